"""The call: what to say, what they answer on one letter, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from tui.domain.inert import one_line
from tui.domain.records import Contact
from tui.domain.script import REPLY_LETTERS, speaking_seconds, word_count
from tui.domain.vocabulary import Channel, FollowUpKind, Outcome
from tui.screens.asking import Asking
from tui.screens.base import Copy, Go, WarmScreen
from tui.screens.call_facts import FactsDialog, facts
from tui.screens.call_header import header
from tui.screens.forms import FormDialog, Values
from tui.screens.outcome import OutcomeDialog, in_queue, letter_of
from tui.screens.person_forms import contact_form
from tui.screens.profile_forms import profile_form
from tui.services.calling import CallEnd
from tui.services.desk import Desk
from tui.widgets.form import Field
from tui.widgets.panel import Panel, Part
from tui.widgets.talk import Said, Talk

_FIELD_OF = {
    "first_name": "name",
    "a_role": "role",
    "connection": "source",
    "referrer": "referrer_id",
    "referrer_first_name": "referrer_id",
}
"""The form field that fills a placeholder, where their names differ."""


class CallScreen(WarmScreen):
    """One call, or what is written instead of it; where it stands is all it remembers."""

    TAB = "Call"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "outcome", "outcome", id="call.outcome", tooltip="How it ended: one more letter"),
        Binding("n", "note", "note", id="call.note", tooltip="A note on this call"),
        Binding("Y", "copy", "copy", id="call.copy", tooltip="Copy the phone number, or what is written"),
        Binding("left", "step_back", "step back", id="call.back", tooltip="To the step before"),
        Binding(
            "tab", "channel", "other ways", id="call.channel", tooltip="Phone, voicemail, email, message"
        ),
        Binding("E", "fill", "fill a gap", id="call.fill", tooltip="Fill the first thing missing in ‹ ›"),
        Binding("B", "facts", "background", id="call.facts", tooltip="Tries, notes, research"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="call.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="call.up"),
        *(
            Binding(letter, f"reply('{letter}')", "they say", show=False, id=f"call.reply.{letter}")
            for letter in sorted(REPLY_LETTERS)
        ),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._contact_id = ""
        self._asking: Asking | None = None
        self._since: datetime | None = None
        self._counter: Timer | None = None

    def body(self) -> ComposeResult:
        """Lay out who it is, what to say, and the replies."""
        yield Talk(id="talk")
        yield Panel(id="empty")

    def on_mount(self) -> None:
        """Count the seconds of a voicemail while it is spoken."""
        self._counter = self.set_interval(1.0, self._count, pause=True)

    def show(self, contact_id: str) -> None:
        """Begin a call with a contact, at the start of the script for their kind."""
        if contact_id and contact_id != self._contact_id:
            self._contact_id = contact_id
            self._asking = None
        self.reload()

    def reload(self) -> None:
        """Show the step as it is filled now."""
        if self._person() is None:
            self._contact_id = self._next_to_call()
            self._asking = None
        person = self._person()
        self._talk.display = person is not None
        empty = self.query_one("#empty", Panel)
        empty.display = person is None
        if person is None:
            empty.show(
                "Nobody is to be called.\n\n", ("2", "bold $primary"), "  People: c calls the one chosen\n",
                ("1", "bold $primary"), "  Queue: a adds someone new",
            )  # fmt: skip
        else:
            asking = self._asking = self._asking or Asking(self.desk.library, person.kind)
            self._show_words(person, asking)
        self.refresh_bindings()

    def tick(self) -> None:
        """Let the times in the header follow the clock."""
        person = self._person()
        if person and self._asking:
            self._talk.head(header(self.desk, person, self._asking.channel))
            self._count()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave only the letters of the replies that are there to be heard."""
        if action == "reply":
            step = self._asking.step if self._asking else None
            return step is not None and parameters[0] in step.replies
        return super().check_action(action, parameters)

    def label_of(self, action: str) -> str:
        """Return what a letter stands for at this step."""
        step = self._asking.step if self._asking else None
        if not action.startswith("reply(") or step is None:
            return ""
        reply = step.replies.get(action.removeprefix("reply('").removesuffix("')"))
        return one_line(reply.hear) if reply else ""

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        person, asking = self._person(), self._asking
        if action not in ("outcome", "note", "copy", "step_back", "channel", "fill", "facts"):
            return ""
        if person is None or asking is None:
            return "Nobody is to be called: 2 is People, where c calls"
        if action == "facts" and not facts(self.desk, person):
            return "Nothing is known yet: notes, tries and research will be here"
        if action == "step_back" and asking.at_start:
            return "This is the beginning"
        if action == "fill" and not self._gaps():
            return "Nothing is missing here"
        if action == "copy" and not asking.written and not person.phone:
            return "There is no number yet: E fills what is missing"
        return ""

    def action_reply(self, letter: str) -> None:
        """Go where the reply leads."""
        if self._asking:
            self._asking.reply(letter)
            self._step_begins()

    def action_step_back(self) -> None:
        """Go back one step."""
        if not self.refuses("step_back") and self._asking:
            self._asking.back()
            self._step_begins()

    def action_channel(self) -> None:
        """Turn to the next way of asking: the call, a voicemail, an email, a message."""
        if not self.refuses("channel") and self._asking:
            self._asking.next_way()
            self._step_begins()

    def action_outcome(self) -> None:
        """Ask how it ended, and record it with all that follows."""
        person, asking = self._person(), self._asking
        if self.refuses("outcome") or person is None or asking is None:
            return
        step = asking.step
        suggested = Outcome.SENT if asking.written else step.outcome if step else None
        end = CallEnd(
            outcome=Outcome.NO_ANSWER, channel=asking.channel, path=asking.path,
            minutes=step.minutes if step else 0,
        )  # fmt: skip
        self.app.push_screen(
            OutcomeDialog(self.desk, person, end, suggested), lambda told: self._record(person, told)
        )

    def action_note(self) -> None:
        """Ask for a note on this call, and keep it."""
        person, asking = self._person(), self._asking
        if self.refuses("note") or person is None or asking is None:
            return
        under_way = self.desk.calling.under_way(person.id)

        def take(values: Values | None) -> None:
            if values is not None:
                self.desk.calling.note(person.id, values["note"], asking.channel)

        form = FormDialog(
            self.desk, f"A note on this call: {person.name}", (Field("note", "Note", lines=5),),
            {"note": under_way.note if under_way else ""}, lambda _values: {}, about=person.id,
        )  # fmt: skip
        self.app.push_screen(form, take)

    def action_copy(self) -> None:
        """Copy the number to dial, or subject and text of what is written."""
        person, asking = self._person(), self._asking
        if self.refuses("copy") or person is None or asking is None:
            return
        subject, text = asking.filled(self._values(person))
        written = f"{subject.text}\n\n{text.text}" if subject.text else text.text
        self.post_message(Copy(written if asking.written else person.phone))

    def action_facts(self) -> None:
        """Show all that is known of the person."""
        person = self._person()
        if not self.refuses("facts") and person:
            self.app.push_screen(FactsDialog(self.desk, person))

    def action_fill(self) -> None:
        """Open the form with the first thing missing, in its field."""
        person, gaps = self._person(), self._gaps()
        if self.refuses("fill") or person is None:
            return
        group, _, name = gaps[0].partition(".")
        field = _FIELD_OF.get(name, name)

        def take(values: Values | None) -> None:
            if values and group == "contact":
                self.desk.address_book.edit(person.id, values)
            elif values:
                self.desk.targeting.save(values)

        contacts = group == "contact"
        form = contact_form(self.desk, person, field) if contacts else profile_form(self.desk, field)
        self.app.push_screen(form, take)

    def action_scroll(self, by: int) -> None:
        """Move what is said up or down, where it is longer than its place."""
        self._talk.move(by)

    def _record(self, person: Contact, told: CallEnd | None) -> None:
        if told is None:
            return
        ending = self.desk.calling.record(person.id, told)
        self._asking = None
        if told.outcome is Outcome.TALK_NOW and ending.interview:
            self.post_message(Go("Interview", person.id, ending.interview.id))
            return
        words = in_queue(self.desk, ending, told.outcome)
        self.say(f"{person.name}: {words or 'recorded'}. u takes it back")
        self._contact_id = ""
        self.post_message(Go("Queue"))

    def _show_words(self, person: Contact, asking: Asking) -> None:
        step = asking.step
        subject, text = asking.filled(self._values(person))
        outcome = Outcome.SENT if asking.written else step.outcome if step else None
        ends = f"o {letter_of(outcome)}  when it ends here: {outcome.replace('_', ' ')}" if outcome else ""
        dialling = asking.at_start and asking.channel is Channel.PHONE
        self._talk.show(
            Said(
                head=header(self.desk, person, asking.channel),
                title=asking.written.title if asking.written else "Say",
                measure=self._measure(text.text, asking),
                words=[*([(f"{subject.text}\n\n", "bold")] if subject.text else []), *with_gaps(text.text)],
                tip=step.tip if step else "",
                heard={letter: reply.hear for letter, reply in step.replies.items()} if step else {},
                ends=ends,
                number=person.phone if dialling and is_number(person.phone) else "",
                facts=facts(self.desk, person),
            )
        )
        if self._counter is not None:
            if asking.channel is Channel.VOICEMAIL:
                self._counter.resume()
            else:
                self._counter.pause()

    def _step_begins(self) -> None:
        self._since = self.now()
        self.reload()

    def _count(self) -> None:
        """Show how long a voicemail has been spoken."""
        person, asking = self._person(), self._asking
        if person is not None and asking is not None and asking.channel is Channel.VOICEMAIL:
            self._talk.measure(self._measure(asking.filled(self._values(person))[1].text, asking))

    def _measure(self, text: str, asking: Asking) -> str:
        """Return how long a text is; of a voicemail also how long it has been spoken."""
        words = f"{word_count(text)} words"
        if asking.written:
            return f"{words} · {len(text)} characters"
        seconds = speaking_seconds(text, self.desk.library.cadence.speaking_words_per_minute)
        if asking.channel is not Channel.VOICEMAIL or self._since is None:
            return f"{words} · {seconds} s"
        return f"{words} · {int((self.now() - self._since).total_seconds())} s of {seconds} s"

    def _gaps(self) -> tuple[str, ...]:
        person = self._person()
        if person is None or self._asking is None:
            return ()
        missing = () if person.phone else ("contact.phone",)
        return self._asking.gaps(self._values(person)) or missing

    def _values(self, person: Contact) -> dict[str, str]:
        return self.desk.following_up.values(person)

    @property
    def _talk(self) -> Talk:
        return self.query_one("#talk", Talk)

    def _person(self) -> Contact | None:
        return self.desk.book.contact(self._contact_id)

    def _next_to_call(self) -> str:
        queue = (entry.follow_up for entry in self.desk.following_up.queue())
        return next((one.contact_id for one in queue if one.kind is FollowUpKind.CALL), "")


def is_number(phone: str) -> bool:
    """Return whether a phone number has nothing in it but what large figures can show."""
    return bool(phone) and set(phone) <= set("0123456789 +-()./")


def with_gaps(text: str) -> list[Part]:
    """Return `text` in parts, its gaps standing out."""
    pieces = text.replace("‹", "\0‹").replace("›", "›\0").split("\0")
    return [(one, "bold reverse $warning") if one.startswith("‹") else one for one in pieces if one]
