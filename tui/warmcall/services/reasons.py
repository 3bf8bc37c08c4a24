"""Why a check-in is written: the reasons the records give, and the one the user chose."""

from __future__ import annotations

from warmcall.domain import cadence as rules
from warmcall.domain.advice_given import advice_given
from warmcall.domain.reasons import Reason, news_since, reasons_to_write, with_reason, without_quoted
from warmcall.domain.records import Advice, Contact, FollowUp, Interview, Opening, Target, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.answers import Answers
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History


class Reasons:
    """Finds reasons for a check-in, and sets the one chosen, as one change."""

    def __init__(self, store: Store, history: History, time: Timekeeper, answers: Answers) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._answers = answers

    def proposed(self, follow_up: FollowUp) -> tuple[Reason, ...]:
        """Return the reasons the records give for a check-in, the strongest first; none for other kinds."""
        contact = self._store.contact(follow_up.contact_id)
        if contact is None or follow_up.kind is not FollowUpKind.CHECK_IN:
            return ()
        meetings = self._meetings(contact.id)
        last = rules.last_meeting(
            [interview for interview in meetings if not interview.cancelled and not interview.practice]
        )
        owed = self._store.of_contact(FollowUp, contact.id)
        check_ins = self._store.open_of_contact(contact.id, FollowUpKind.CHECK_IN)
        target = self._store.target_for(contact)
        then = self._store.get(Target, last.target_id) if last else None
        if then is not None and len(self._store.target_ids) > 1:
            target = then  # both are aimed at: neither has taken the place of the other
        return reasons_to_write(
            contact,
            meetings,
            owed,
            advice_given(self._store.of_contact(Advice, contact.id), owed, lambda _id: owed),
            [(person, self._meetings(person.id)) for person in self._named_by(contact, meetings)],
            target,
            then,
            self._time.now(),
            self._time.calendar,
            [opening for opening in self._store.all(Opening) if opening.contact_id == contact.id],
            {other.opening_id for other in check_ins if other.id != follow_up.id},
            {target.id: target.role for target in self._store.all(Target)},
        )

    def values(self, follow_up: FollowUp, values: dict[str, str]) -> dict[str, str]:
        """Return `values` for the templates of a check-in: with what has happened since the meeting, and
        without the answers that its reason quotes already."""
        if follow_up.kind is not FollowUpKind.CHECK_IN:
            return values
        since = news_since(self.proposed(follow_up), follow_up.note)
        return without_quoted(values, follow_up.note) | {"follow_up.since": since}

    def set(self, follow_up_id: str, words: str, redraft: bool = False) -> None:
        """Make `words` the reason of a check-in.

        In a text that was written already they replace the gap or the reason before; with `redraft` that
        text is dropped, so that it is drafted from the template again.
        """
        follow_up = self._store.get(FollowUp, follow_up_id)
        if follow_up is None:
            return
        subject, body = follow_up.subject, follow_up.body
        if redraft:
            subject = body = ""
        elif body:
            body = with_reason(body, follow_up.note, words) or body
        changed = replace(follow_up, note=words.strip(), subject=subject, body=body)
        self._history.commit("reason to write", changed)

    def fits_in(self, follow_up: FollowUp, words: str) -> bool:
        """Return whether `words` can become the reason without a written text being dropped."""
        return not follow_up.body or with_reason(follow_up.body, follow_up.note, words) is not None

    def _meetings(self, contact_id: str) -> list[Interview]:
        """Return the meetings with a contact, without what is not to be repeated."""
        return [self._answers.repeatable(talk) for talk in self._store.of_contact(Interview, contact_id)]

    def _named_by(self, contact: Contact, meetings: list[Interview]) -> list[Contact]:
        """Return the people a contact named, those who were known already included."""
        ids = (id_ for meeting in meetings for id_ in meeting.named)
        named = (person for id_ in ids if (person := self._store.contact(id_)) is not None)
        referred = self._store.referred_by(contact.id)
        return list({person.id: person for person in (*referred, *named)}.values())
