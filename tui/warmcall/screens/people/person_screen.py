"""What the keys on a person do, wherever a person is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.base import GoTo, TabScreen

if TYPE_CHECKING:
    from warmcall.screens.forms import Values
    from warmcall.services.drafting import LetterChoice

_OWN_ACTIONS = ("call", "interview", "follow_up", "thank", "write_letter")


class PersonScreen(TabScreen):
    """A screen with the keys that act on the person in view, the same on all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "call", "Call", id="person.call", tooltip="Open the call script for this person"),
        Binding("i", "interview", "Interview", id="person.interview", tooltip="Prepare or run the interview"),
        Binding("f", "follow_up", "Follow-up", id="person.follow_up", tooltip="Add something to the queue"),
        Binding("t", "thank", "Thank-you", id="person.thank", tooltip="Write the thank-you that is due"),
        Binding("W", "write_letter", "Letter", show=False, id="person.letter",
                tooltip="Another letter: settle a time, an introduction, thanks for a no or a name, late"),
    ]  # fmt: skip

    def person(self) -> Contact | None:
        """Return the contact the keys act on, if there is one."""
        raise NotImplementedError

    def selected_follow_up_id(self) -> str:
        """Return the id of the follow-up that is selected; empty where none can be, or is."""
        return ""

    def in_view(self) -> str:
        """Return the id of the contact the keys act on; empty if there is none."""
        person = self.person()
        return person.id if person else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        person = self.person()
        if action in _OWN_ACTIONS and person is None:
            return self.with_keys(
                "Nobody is chosen: {app.people} goes to People, {people.add} there adds someone"
            )
        if action == "thank" and person is not None and self._thank_you() is None:
            follow_ups = self.services.store.of_contact(FollowUp, person.id)
            if any(follow_up.kind is FollowUpKind.THANK_YOU for follow_up in follow_ups):
                return f"The thank-you to {person.name} is sent already"
            return f"No thank-you is due to {person.name}: it comes when an interview ends"
        if action == "write_letter" and person and not self.services.drafting.letters_for(person):
            return self.with_keys("No other letter fits now: {person.call} asks them, also in writing")
        return ""

    def action_call(self) -> None:
        """Open the script on this person, or the letter in its place to somebody without a number."""
        person, opened = self.person(), self.selected_follow_up_id()
        if self.blocked("call") or person is None:
            return
        opened_from = self.services.store.get(FollowUp, opened)
        letter = self.services.calling.letter_instead(person, opened_from)
        if letter is None and self.services.calling.tells_late_in_writing(person, opened_from):
            letter = self.services.following_up.late_letter(person)
        if letter is not None:
            self._open_letter(letter)
        else:
            self.post_message(GoTo("Call", person.id, follow_up_id=opened))

    def action_interview(self) -> None:
        """Open the interview with this person."""
        person = self.person()
        if not self.blocked("interview") and person:
            self.post_message(GoTo("Interview", person.id))

    def action_follow_up(self) -> None:
        """Ask for a follow-up to this person, and put it into the queue."""
        from warmcall.screens.when_form import follow_up_form, parse_when

        person = self.person()
        if self.blocked("follow_up") or person is None:
            return

        def add(values: Values | None) -> None:
            if values:
                when = parse_when(self.services, values["when"])
                kind = FollowUpKind(values["kind"])
                self.services.following_up.add(person.id, kind, when, values["note"])

        self.app.push_screen(follow_up_form(self.services, f"A follow-up: {person.name}", {}), add)

    def action_thank(self) -> None:
        """Open the draft of the thank-you."""
        follow_up = self._thank_you()
        if not self.blocked("thank") and follow_up:
            self._open_letter(follow_up)

    def action_write_letter(self) -> None:
        """Let the user choose a letter, put it into the queue, and open its draft."""
        from warmcall.screens.message.letters import LettersDialog

        person = self.person()
        if self.blocked("write_letter") or person is None:
            return

        def write(choice: LetterChoice | None) -> None:
            if choice is not None:
                about_id = choice.about.id if choice.about else ""
                self._open_letter(self.services.following_up.add_letter(person.id, choice.template, about_id))

        self.app.push_screen(LettersDialog(self.services, person), write)

    def _open_letter(self, owed: FollowUp) -> None:
        """Open the draft of a letter that is owed."""
        from warmcall.screens.message.dialog import MessageDialog

        self.app.push_screen(MessageDialog(self.services, owed.id))

    def _thank_you(self) -> FollowUp | None:
        """Return the thank-you that is owed to the person."""
        person = self.person()
        for follow_up in self.services.store.of_contact(FollowUp, person.id) if person else []:
            if follow_up.kind is FollowUpKind.THANK_YOU and follow_up.done_at is None:
                return follow_up
        return None
