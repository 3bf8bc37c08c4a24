"""After the interview: what was learned, who was named, and the way to the thank-you and the next one."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.domain.records import Contact, Debrief, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation import wording
from warmcall.presentation.person import answers, said
from warmcall.screens.base import CopyText, View
from warmcall.screens.forms import Values
from warmcall.screens.interview.capture_actions import CaptureActions
from warmcall.screens.interview.debrief_form import DebriefForm
from warmcall.screens.people.contact_form import contact_form
from warmcall.screens.people.person_page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart, plain_text
from warmcall.widgets.text_width import NAME_CELLS, cut


class DebriefPane(CaptureActions):
    """The meeting as it was, and the debrief while it is fresh."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "debrief", "Debrief", id="after.debrief",
                tooltip="Into what you learned, and how it fits; {debrief.leave} comes out again"),
        Binding("t", "screen.thank", "Thank-you", id="after.thank", tooltip="Write the thank-you"),
        Binding("m", "screen.meeting", "Next meeting", id="after.meeting", tooltip="Set the next meeting"),
        Binding("a", "add", "Add who is next", show=False, id="after.add",
                tooltip="Add whom to talk to next to People"),
        Binding("Y", "copy", "Copy", id="after.copy", tooltip="Copy the answers"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out the head, the debrief, and below or beside it what was said."""
        yield Panel(id="after-head")
        with Container(id="after-parts"):
            yield DebriefForm(self.services, id="debrief")
            with Page(id="after-page"):
                yield Panel(id="after-text")

    def reload(self) -> None:
        """Show the meeting as it is now."""
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        self._form.show_of(interview)
        now, calendar = self.services.time.now(), self.services.time.calendar
        fresh = interview.debrief == Debrief()
        offer = "  while it is fresh: what did you learn?" if fresh else "  goes on with it"
        self.query_one("#after-head", Panel).show(
            (cut(one_line(contact.name), NAME_CELLS), "bold"),
            f" · {wording.meeting_line(interview, now, calendar)}\n",
            *self._thanks(interview), *self._coming(interview),
            ("Debrief", "bold"), "  ", (self.key("after.debrief"), "bold $primary"), offer,
        )  # fmt: skip
        named = [
            other_contact.name
            for id_ in interview.named
            if (other_contact := self.services.store.contact(id_))
        ]
        told = said(interview)
        blocks: list[list[RichPart]] = [
            self._leads(interview.debrief),
            [("They named\n", "bold"), ", ".join(named), "\n"] if named else [],
            self._promises(interview),
            [("What they said\n", "bold"), *told] if told else [],
        ]
        parts: list[RichPart] = []
        for block in filter(None, blocks):
            parts += [*(["\n"] if parts else []), *block]
        self.query_one("#after-text", Panel).show(*parts)

    def enter(self) -> None:
        """Take the focus."""
        self.query_one("#after-page", Page).focus()

    def flush(self) -> None:
        """Save what was typed into the debrief."""
        for form in self.query(DebriefForm):
            form.flush()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        name = action.removeprefix("screen.")
        if name != action and isinstance(self.screen, View):
            return self.screen.disabled_reason(name)
        return super().disabled_reason(action)

    def on_debrief_form_left(self) -> None:
        """Come out of the debrief: letters are keys again."""
        self.enter()

    def action_debrief(self) -> None:
        """Go into the debrief."""
        self._form.enter()

    def action_add(self) -> None:
        """Ask for the person to talk to next, and add them with their call."""
        interview = self.interview
        name = next_name(interview.debrief.next) if interview else ""
        if self._known(name):
            self.say(f"{name} is in People already")
            return

        def take(values: Values | None) -> None:
            if values:
                person = self.services.address_book.add(values)
                self.say(f"{person.name} is in People, and to be called")

        self.app.push_screen(contact_form(self.services, known={"name": name}), take)

    def action_copy(self) -> None:
        """Copy the answers."""
        self.flush()
        if self.interview is not None:
            self.post_message(CopyText(plain_text(answers(self.interview))))

    def _thanks(self, interview: Interview) -> list[RichPart]:
        owed = next(iter(self._owed(interview, FollowUpKind.THANK_YOU)), None)
        if owed is None:
            return []
        if owed.done_at is not None:
            return ["The thank-you is sent.\n"]
        when = wording.due(owed, self.services.time.now(), self.services.time.calendar)
        return [(self.key("after.thank"), "bold $primary"), f"  writes the thank-you, due {when}\n"]

    def _coming(self, interview: Interview) -> list[RichPart]:
        """Return when they are met next, or the key that settles it."""
        coming = self.services.calling.planned_meeting(interview.contact_id)
        if coming is None:
            return [(self.key("after.meeting"), "bold $primary"), "  sets the next meeting with them\n"]
        now, calendar = self.services.time.now(), self.services.time.calendar
        return [f"The next meeting is {wording.moment(coming.at, now, calendar)}.\n"]

    def _leads(self, told: Debrief) -> list[RichPart]:
        """Return the keys that do what the debrief says is to be done."""
        parts: list[RichPart] = []
        if told.changes.strip():
            parts += [
                (self.key("app.target"), "bold $primary"),
                "  opens the target: change it while you know why\n",
            ]
        name = next_name(told.next)
        if name and not self._known(name):
            parts += [(self.key("after.add"), "bold $primary"), f"  adds {one_line(name)} to People\n"]
        return parts

    def _promises(self, interview: Interview) -> list[RichPart]:
        lines = [
            f"{promise.note} ({'theirs' if promise.waiting else 'mine'}, "
            f"{'kept' if promise.done_at else 'open'})\n"
            for promise in self._owed(interview, FollowUpKind.PROMISE)
        ]
        return [("Promises\n", "bold"), *lines] if lines else []

    def _owed(self, interview: Interview, kind: FollowUpKind) -> list[FollowUp]:
        own = self.services.store.of_contact(FollowUp, interview.contact_id)
        return [
            follow_up
            for follow_up in own
            if follow_up.kind is kind and follow_up.interview_id == interview.id
        ]

    def _known(self, name: str) -> bool:
        """Return whether somebody of that name is in People."""
        wanted = name.casefold()
        return bool(wanted) and any(
            contact.name.casefold() == wanted for contact in self.services.store.all(Contact)
        )

    @property
    def _form(self) -> DebriefForm:
        return self.query_one("#debrief", DebriefForm)


def next_name(words: str) -> str:
    """Return the first name in what was said about who is next."""
    return re.split(r"[,;(:\n]| and ", words.strip(), maxsplit=1)[0].strip()
