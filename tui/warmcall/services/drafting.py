"""Drafting messages to a contact: from a template and the records, and reviewing what was written."""

from __future__ import annotations

from warmcall.config.library import Library
from warmcall.config.zones import zone_named
from warmcall.domain import cadence as rules
from warmcall.domain import message as messages
from warmcall.domain.evidence import all_notes, meeting_values, starred_answers
from warmcall.domain.lint import Remark, lint
from warmcall.domain.message import PURPOSE_OF, Draft, MessageTemplate
from warmcall.domain.objections import Objection, objection
from warmcall.domain.reasons import reason_in
from warmcall.domain.records import Contact, FollowUp, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.templates import about_values
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.profile import ProfileEditing
from warmcall.services.reasons import Reasons


class Drafting:
    """Drafts and reviews messages; nothing here changes anything but `reasons.set`."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        profile_editing: ProfileEditing,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._address_book = address_book
        self._profile_editing = profile_editing
        self.reasons = Reasons(store, history, time)

    def templates(self, follow_up: FollowUp) -> list[MessageTemplate]:
        """Return the templates a follow-up can be written from, the one to begin with first."""
        purpose = PURPOSE_OF.get(follow_up.kind)
        return self._library.messages_for(purpose) if purpose else []

    def draft(self, follow_up: FollowUp, template_id: str = "") -> Draft:
        """Return what was written so far, else a template filled from the records.

        Without a template of that id the first one is used; a kind without templates gives an empty draft.
        """
        if follow_up.body:
            return Draft(follow_up.subject, follow_up.body)
        template = self._template(follow_up, template_id)
        contact = self._store.contact(follow_up.contact_id)
        if template is None or contact is None:
            return Draft("", "")
        return messages.draft(template, self.values(contact, follow_up))

    def values(self, contact: Contact, follow_up: FollowUp | None = None) -> dict[str, str]:
        """Return everything templates can use for a contact, and for one follow-up of theirs."""
        about = self._store.contact(follow_up.about_id) if follow_up else None
        meeting = self._store.get(Interview, follow_up.interview_id) if follow_up else None
        meeting = meeting or rules.last_meeting(self._store.of_contact(Interview, contact.id))
        named_ids = meeting.named if meeting else ()
        named = [person for id_ in named_ids if (person := self._store.contact(id_))]
        own = self._store.of_contact(FollowUp, contact.id)
        values = (
            self._profile_editing.values()
            | self._address_book.values(contact)
            | meeting_values(meeting, named, own, self._time.calendar, zone_named(contact.zone))
            | about_values(about)
            | {"follow_up.note": follow_up.note.rstrip(" .") if follow_up else ""}
        )
        return self.reasons.values(follow_up, values) if follow_up else values

    def review(
        self, follow_up: FollowUp, subject: str, body: str, template_id: str = ""
    ) -> tuple[Remark, ...]:
        """Return what could be better in a message, the serious remarks first."""
        purpose, template = PURPOSE_OF.get(follow_up.kind), self._template(follow_up, template_id)
        if purpose is None or template is None:
            return ()
        meeting = self._store.get(Interview, follow_up.interview_id)
        said = starred_answers(meeting) or all_notes(meeting) if meeting else []
        reason = self.reason(follow_up, body, template_id)
        return lint(subject, body, template.channel, purpose, self._library.cadence, said=said, reason=reason)

    def reason(self, follow_up: FollowUp, body: str, template_id: str = "") -> str:
        """Return why a check-in is written: its note, else what was typed into the gap of the template."""
        if follow_up.note.strip() or follow_up.kind is not FollowUpKind.CHECK_IN:
            return follow_up.note
        blank = replace(follow_up, subject="", body="")
        return reason_in(body, self.draft(blank, template_id).body)

    def objection(
        self, follow_up: FollowUp, subject: str, body: str, template_id: str = ""
    ) -> Objection | None:
        """Return why a message should not go out like this, or None."""
        return objection(follow_up.kind, subject, body, self.reason(follow_up, body, template_id))

    def _template(self, follow_up: FollowUp, template_id: str) -> MessageTemplate | None:
        templates = self.templates(follow_up)
        chosen = (template for template in templates if template.id == template_id)
        return next(chosen, templates[0] if templates else None)
