"""The call: what to say, what they answer on one letter, and how it ended; or the text written instead."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.domain.script import REPLY_LETTERS, ScriptFor, Step, speaking_seconds, word_count
from warmcall.domain.templates import first_gap, has_gap
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.presentation.call import (
    call_facts,
    call_header,
    call_header_brief,
    gaps_marked,
    grouped_number,
    outcome_effect,
)
from warmcall.presentation.counts import words_and_seconds
from warmcall.screens.base import CopyText, GoTo, TabScreen
from warmcall.screens.call.asking import Ask
from warmcall.screens.call.written_ask import WrittenAsk
from warmcall.screens.message.delivery import Delivery
from warmcall.services.calling import CallResult, only_written
from warmcall.services.running_interviews import Stop
from warmcall.services.services import Services
from warmcall.widgets.call_panel import CallPanel, CallView, Replies
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart

if TYPE_CHECKING:
    from warmcall.screens.forms import Values

_WRITTEN_ACTIONS = ("write", "mail", "own_editor")
_FILLED_HERE = ("me.", "target.", "contact.")
"""How the placeholders begin that a form of the profile or of the contact fills."""
_CALL_ACTIONS = ("outcome", "note", "copy", "step_back", "channel", "fill", "facts")


class CallScreen(TabScreen):
    """One ask to one contact, spoken along a script or written, with everything that can be done with it."""

    TAB = "Call"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "outcome", "outcome", id="call.outcome", tooltip="Say how the call ended"),
        Binding("n", "note", "note", id="call.note", tooltip="A note on this call"),
        Binding("Y", "copy", "copy", id="call.copy", tooltip="Copy the phone number, or the text"),
        Binding("E", "fill", "fill gap", id="call.fill", tooltip="Fill what is missing in ‹ ›"),
        Binding("m", "mail", "mail", id="call.mail",
                tooltip="Hand it to your mail program, or write a draft it can open"),
        Binding("V", "own_editor", "own editor", show=False, id="call.own_editor",
                tooltip="Write in your own editor, $VISUAL or $EDITOR"),
        Binding("B", "facts", "more", id="call.facts", tooltip="Attempts, notes, research"),
        Binding("left", "step_back", "back", id="call.back", tooltip="Back to the previous step"),
        Binding("enter", "write", "write", id="call.write", tooltip="Edit the text"),
        Binding("tab", "channel", "other ways", id="call.channel",
                tooltip="Another script, a voicemail, an email or a message"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="call.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="call.up"),
        *(
            Binding(letter, f"reply('{letter}')", "they say", show=False, id=f"call.reply.{letter}")
            for letter in sorted(REPLY_LETTERS)
        ),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._contact_id = ""
        self._follow_up_id = ""
        self._ask: Ask | None = None
        self._step_shown_at: datetime | None = None
        self._voicemail_timer: Timer | None = None
        self._delivery = Delivery(self, self._person)

    def body(self) -> ComposeResult:
        """Lay out who is called, what to say, and the replies; or that nobody is to be called."""
        yield CallPanel(id="talk")
        yield Panel(id="empty")

    def on_mount(self) -> None:
        """Have the seconds of a voicemail counted; the timer runs only while one is spoken."""
        self._voicemail_timer = self.set_interval(1.0, self._show_voicemail_seconds, pause=True)

    def in_view(self) -> str:
        """Return the id of the contact to be called; empty if there is none."""
        return self._contact_id

    def go_to(self, target: GoTo) -> None:
        """Show the contact that `target` names, and what the call is for."""
        self.show(target.contact_id, target.follow_up_id)

    def show(self, contact_id: str, follow_up_id: str = "") -> None:
        """Show a contact at the start of the script that serves; a call going on stays as it is.

        `follow_up_id` is what the call is opened for, if anything.
        """
        is_same = contact_id == self._contact_id and follow_up_id in ("", self._follow_up_id)
        if contact_id and not is_same:
            self._contact_id, self._follow_up_id = contact_id, follow_up_id
            self._ask = None
        self.reload()

    def reload(self) -> None:
        """Show the present step from the store; without a contact, the next one to call."""
        if self._person() is None:
            self._contact_id, self._follow_up_id = self.services.following_up.next_to_call(), ""
            self._ask = None
        person = self._person()
        self._panel.display = person is not None
        empty = self.query_one("#empty", Panel)
        empty.display = person is None
        if person is None:
            empty.show(
                *self.with_key_lines(
                    "No calls due.",
                    ("{app.people}", "People: {person.call} calls the one chosen"),
                    ("{app.queue}", "Queue: {queue.add} adds someone new"),
                )
            )
        else:
            self._ask = self._ask or self._new_ask(person)
            self._show_step(person, self._ask)
        self.refresh_bindings()

    def _new_ask(self, person: Contact) -> Ask:
        """Return the ask that serves now: by how well the two know each other, and by how to reach them."""
        uses = self.services.calling.script_uses(person, self._follow_up())
        write_first = None
        if uses[0] is ScriptFor.ASK:
            write_first = self.services.calling.template_promised(person, self.services.library.scripts)
        if write_first is None and uses[0] in (ScriptFor.ASK, ScriptFor.MET) and only_written(person):
            write_first = "" if person.email.strip() else Channel.MESSAGE.value
        return Ask(self.services.library, person.kind, uses, write_first)

    def _follow_up(self) -> FollowUp | None:
        """Return the follow-up that the call was opened for."""
        return self.services.store.get(FollowUp, self._follow_up_id)

    def _made_for(self, person: Contact, ask: Ask) -> FollowUp | None:
        """Return the follow-up that the present script is for."""
        return self.services.calling.made_for(person, ask.serves, self._follow_up())

    def tick(self) -> None:
        """Let the seconds of a voicemail follow the clock."""
        self._show_voicemail_seconds()

    def new_minute(self) -> None:
        """Let the times in the header follow the clock."""
        person = self._person()
        if person and self._ask:
            self._panel.show_head(self._head(person, self._ask), self._brief_head(person, self._ask))

    def on_message_editor_changed(self) -> None:
        """Show how long the text is, and what could be better."""
        written = self._written()
        if written:
            from warmcall.presentation.remarks import remarks

            editor = self._panel.editor
            self._panel.show_length(written.length(editor.text))
            editor.show_remarks(remarks(written.review(editor.subject, editor.text)))

    def _show_step(self, person: Contact, ask: Ask) -> None:
        step, written = ask.step, self._written()
        text = ask.filled(self._values(person))[1].text
        draft = written.draft() if written else None
        outcome = self._suggested_outcome(ask)
        ending = ""
        if outcome:
            from warmcall.screens.call.outcome import key_id

            keys = f"{self.key('call.outcome')} {self.key(key_id(outcome))}"
            known = ask.serves is not ScriptFor.ASK and outcome is Outcome.REPLIED
            words = "we spoke" if known else outcome.replace("_", " ")
            ending = f"{keys}  if it ends here: {words}"
        if step and step.notes:
            notes = f"{self.key('call.note')}  write it down: {step.notes}"
            ending = f"{notes} · {ending}" if ending else notes
        dialling = ask.at_start and ask.channel is Channel.PHONE
        self._panel.show(
            CallView(
                head=self._head(person, ask),
                brief=self._brief_head(person, ask),
                title=ask.title or "Say",
                length=written.length(draft[1]) if written and draft else self._spoken_length(text, ask),
                text=gaps_marked(text),
                tip=step.tip if step else "",
                replies={letter: reply.hear for letter, reply in step.replies.items()} if step else {},
                next_words=ask.next_words(self._values(person)),
                ending=ending,
                number=grouped_number(person.phone) if dialling else "",
                facts=call_facts(self.services, person),
                more_facts=self.with_keys("{call.facts} shows the rest"),
                message=(written.key, *draft) if written and draft else None,
            )
        )
        self.on_message_editor_changed()
        if self._voicemail_timer is not None:
            if ask.channel is Channel.VOICEMAIL:
                self._voicemail_timer.resume()
            else:
                self._voicemail_timer.pause()

    def _head(self, person: Contact, ask: Ask) -> list[RichPart]:
        return call_header(self.services, person, ask.channel, self.key("call.fill"))

    def _brief_head(self, person: Contact, ask: Ask) -> list[RichPart]:
        """Return the same on one line."""
        return call_header_brief(self.services, person, ask.channel, self.key("call.fill"))

    def _show_voicemail_seconds(self) -> None:
        person, ask = self._person(), self._ask
        if person is not None and ask is not None and ask.channel is Channel.VOICEMAIL:
            self._panel.show_length(self._spoken_length(ask.filled(self._values(person))[1].text, ask))

    def _spoken_length(self, text: str, ask: Ask) -> str:
        """Return how long a text takes to say; for a voicemail, also how long it has been spoken."""
        seconds = speaking_seconds(text, self.services.library.cadence.speaking_words_per_minute)
        spoken = None
        if ask.channel is Channel.VOICEMAIL and self._step_shown_at is not None:
            spoken = (self.now() - self._step_shown_at).total_seconds()
        return words_and_seconds(word_count(text), seconds, spoken)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out letters that are no reply here, and the keys of a text where none is written."""
        if action == "reply":
            step = self._ask.step if self._ask else None
            return step is not None and parameters[0] in step.replies
        if action in _WRITTEN_ACTIONS:
            return self._ask is not None and self._ask.template is not None
        return super().check_action(action, parameters)

    def label_of(self, action: str) -> str:
        """Return what the other side says for the letter of a reply; empty for any other action."""
        step = self._ask.step if self._ask else None
        if not action.startswith("reply(") or step is None:
            return ""
        reply = step.replies.get(action.removeprefix("reply('").removesuffix("')"))
        return one_line(reply.hear) if reply else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        person, ask = self._person(), self._ask
        if action == "mail" and has_gap(self._panel.editor.subject + self._panel.editor.text):
            return self.with_keys("Fill the gaps in ‹ › first: {call.fill} fills them")
        if action not in _CALL_ACTIONS:
            return self._delivery.disabled_reason(action)
        if person is None or ask is None:
            return self.with_keys("No calls due: {app.people} goes to People, {person.call} there calls")
        if action == "facts" and not call_facts(self.services, person):
            return "Nothing is known yet: notes, attempts and research will be here"
        if action == "step_back" and ask.at_start:
            return "This is the first step"
        if action == "fill" and not self._gaps() and not self._gap_in_text():
            return "Nothing is missing here"
        if action == "copy" and not ask.template and not person.phone:
            return self.with_keys("There is no number yet: {call.fill} adds it")
        return ""

    def action_reply(self, letter: str) -> None:
        """Go where the reply leads."""
        if self._ask:
            self._ask.reply(letter)
            self._begin_step()

    def on_replies_clicked(self, event: Replies.Clicked) -> None:
        """Go where the reply clicked leads."""
        self.action_reply(event.letter)

    def action_step_back(self) -> None:
        """Go back one step."""
        if not self.blocked("step_back") and self._ask:
            self._ask.back()
            self._begin_step()

    def action_channel(self) -> None:
        """Switch to the next way to ask: the call, a voicemail, an email, a message."""
        self.flush()
        if self._panel.is_editing:
            self._panel.editor.focus_text()
        elif not self.blocked("channel") and self._ask:
            self._ask.next_option()
            self._begin_step()

    def action_scroll(self, by: int) -> None:
        """Move what is said up or down, where it is longer than its place."""
        self._panel.scroll_text(by)

    def action_facts(self) -> None:
        """Show all that is known of the person."""
        from warmcall.screens.call.facts import FactsDialog

        person = self._person()
        if not self.blocked("facts") and person:
            self.app.push_screen(FactsDialog(self.services, person))

    def action_fill(self) -> None:
        """Open the form with the first fact missing, in its field; else select the first gap in the text."""
        person = self._person()
        if self.blocked("fill") or person is None:
            return
        gap = self._gap_in_text()
        if gap and not self._facts_missing(person):
            self._panel.editor.select(gap)
        else:
            from warmcall.screens.call.gaps import fill_gaps

            fill_gaps(self, person, self._gaps())

    def action_note(self) -> None:
        """Ask for a note on this call, and keep it."""
        from warmcall.screens.forms import FormDialog
        from warmcall.widgets.form import Field

        person, ask = self._person(), self._ask
        if self.blocked("note") or person is None or ask is None:
            return
        pending = self.services.pending_attempts.pending(person.id, ask.channel)

        def save(values: Values | None) -> None:
            if values is not None:
                note = _without_empty_label(values["note"], ask.step)
                self.services.pending_attempts.note(person.id, note, ask.channel)

        form = FormDialog(
            self.services, f"A note on this call: {person.name}",
            (Field("note", "Note", lines=5, at_end=True),),
            {"note": _with_label(pending.note if pending else "", ask.step)},
            lambda _values: {}, about=person.id,
        )  # fmt: skip
        self.app.push_screen(form, save)

    def action_outcome(self) -> None:
        """Ask how it ended, and record it with all that follows."""
        from warmcall.screens.call.outcome import OutcomeDialog

        person, ask = self._person(), self._ask
        if self.blocked("outcome") or person is None or ask is None:
            return
        self.flush()
        step, panel = ask.step, self._panel
        subject, body = (panel.editor.subject, panel.editor.text) if ask.template else ("", "")
        made_for = self._made_for(person, ask)
        result = CallResult(
            outcome=Outcome.NO_ANSWER, channel=ask.channel, path=ask.path,
            minutes=step.minutes if step else 0, subject=subject, body=body,
            owes=ask.owes, owes_before=ask.owes_before,
            answers=made_for.id if made_for else "", serves=ask.serves,
        )  # fmt: skip

        def record(result: CallResult | None) -> None:
            if result is not None:
                self._record(person, result)

        self.app.push_screen(
            OutcomeDialog(self.services, person, result, self._suggested_outcome(ask)), record
        )

    def action_copy(self) -> None:
        """Copy the number to dial, or subject and text of what is written."""
        person, ask = self._person(), self._ask
        if self.blocked("copy") or person is None or ask is None:
            return
        if ask.template:
            self._delivery.copy()
        else:
            self.post_message(CopyText(person.phone))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        self._delivery.own_editor()

    def action_mail(self) -> None:
        """Hand the text to the mail program; that it was sent is an outcome of its own."""
        self._delivery.mail()

    def flush(self) -> None:
        """Keep what was written and is not kept yet."""
        written = self._written()
        if written and self._panel.editor.unsaved:
            written.save(*self._panel.editor.mark_saved())

    def action_write(self) -> None:
        """Go into the text of what is written."""
        if not self.blocked("write"):
            self._panel.editor.focus_text()

    def action_back(self) -> None:
        """Come out of the text; else close a message."""
        if self._panel.is_editing:
            self.on_message_editor_left()
        else:
            super().action_back()

    def on_message_editor_save_requested(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_message_editor_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def _record(self, person: Contact, result: CallResult) -> None:
        if result.outcome is Outcome.TALK_NOW:
            planned = self.services.calling.planned_meeting(person.id)
            talk = partial(self._talk, person, result)
            from warmcall.screens.interview.one_at_a_time import stop_first

            stop_first(self, self.services, planned.id if planned else "", person.name, talk)
            return
        plan = self.services.calling.record(person.id, result)
        self._ask = None
        effect = outcome_effect(self.services, plan, result.outcome)
        self.say_undoable(f"{person.name}: {effect or 'recorded'}")
        self._contact_id = self._follow_up_id = ""
        self.post_message(GoTo("Queue"))

    def _talk(self, person: Contact, result: CallResult, stop: Stop | None) -> None:
        """Record a talk at once, and show its interview."""
        plan = self.services.interviewing.talk_now(person.id, result, stop)
        self._ask = None
        if plan.interview and plan.interview.set_aside:
            count = len(plan.interview.checklist)
            self.say(self.with_keys(f"{count} questions fit the time: {{during.add}} adds others"))
        if plan.interview:
            self.post_message(GoTo("Interview", person.id, plan.interview.id))

    def _begin_step(self) -> None:
        self._step_shown_at = self.now()
        self.reload()

    def _suggested_outcome(self, ask: Ask) -> Outcome | None:
        """Return the outcome that fits best if it ends here; None if the call should go on."""
        if ask.template:
            return Outcome.SENT
        return ask.step.outcome if ask.step else None

    def _gaps(self) -> tuple[str, ...]:
        """Return the placeholders without a value; a missing phone number is one where nothing else is."""
        person = self._person()
        if person is None or self._ask is None:
            return ()
        field = "email" if self._ask.channel is Channel.EMAIL else "phone"
        missing = () if getattr(person, field).strip() else (f"contact.{field}",)
        return self._facts_missing(person) or missing

    def _facts_missing(self, person: Contact) -> tuple[str, ...]:
        """Return the placeholders without a value that a form of the profile or of the contact fills."""
        gaps = self._ask.gaps(self._values(person)) if self._ask else ()
        return tuple(gap for gap in gaps if gap.startswith(_FILLED_HERE))

    def _gap_in_text(self) -> str:
        """Return the first gap in what is being written; empty if there is none, or the ask is spoken."""
        if self._written() is None:
            return ""
        editor = self._panel.editor
        return first_gap(editor.subject) or first_gap(editor.text)

    def _written(self) -> WrittenAsk | None:
        """Return the text being written; None if the ask is spoken."""
        person, ask = self._person(), self._ask
        if person is None or ask is None or ask.template is None:
            return None
        return WrittenAsk(self.services, person, ask.template)

    def _person(self) -> Contact | None:
        return self.services.store.contact(self._contact_id)

    def _values(self, person: Contact) -> dict[str, str]:
        made_for = self._made_for(person, self._ask) if self._ask else None
        return self.services.drafting.values(person, made_for)

    @property
    def _panel(self) -> CallPanel:
        return self.query_one("#talk", CallPanel)


def _with_label(note: str, step: Step | None) -> str:
    """Return `note` with a last line for what `step` notes, such as "posting: ", unless it has one."""
    label = f"{step.notes}: " if step and step.notes else ""
    if not label or label.strip() in note:
        return note
    return f"{note.rstrip()}\n{label}".lstrip()


def _without_empty_label(note: str, step: Step | None) -> str:
    """Return `note` without the line for what `step` notes, if nothing was written in it."""
    label = f"{step.notes}:" if step and step.notes else ""
    return "\n".join(line for line in note.splitlines() if not label or line.strip() != label)
