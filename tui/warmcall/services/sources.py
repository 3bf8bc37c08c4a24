"""Where names come from: what was tried for each way, what it gave, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import msgspec

from warmcall.config.library import Library
from warmcall.domain.message import Draft, MessageTemplate
from warmcall.domain.message import draft as draft_of
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, SourceNote, replace
from warmcall.domain.sanitize import plain_line
from warmcall.domain.source_advice import ALWAYS_SHOWN, SourceAdvice
from warmcall.domain.store import Store
from warmcall.domain.templates import fill
from warmcall.domain.vocabulary import AGREED, NOBODY_ASKED, Source
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.profile import ProfileEditing

NEWEST_SHOWN = 4
"""How many of the people that a way gave are named; the others are counted."""


class Tried(msgspec.Struct, frozen=True):
    """Something tried. `note_id` is its record, empty for a letter sent, which is kept with its reader.

    `reader` is who got that letter.
    """

    at: datetime
    what: str = ""
    note_id: str = ""
    reader: Contact | None = None


class SourceState(msgspec.Struct, frozen=True):
    """One way names come: `tried` and `newest` people have the latest first, `next` is a sentence.

    `people` is how many contacts came this way; of these, how many were asked, agreed, and were met.
    """

    advice: SourceAdvice
    tried: tuple[Tried, ...]
    newest: tuple[Contact, ...]
    people: int
    asked: int
    agreed: int
    met: int
    next: str

    @property
    def source(self) -> Source:
        """The way itself."""
        return self.advice.source


class Sources:
    """Says what each way gave; every method that changes anything is one change."""

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
        self._basis: object = None
        self._states: tuple[SourceState, ...] = ()

    def states(self) -> tuple[SourceState, ...]:
        """Return each way with what it gave, in the order of the file of advice; cached until that changes.

        A way that is not for everybody is there once it was tried, or gave somebody.
        """
        basis = self._store.revision(Contact, Attempt, Interview, FollowUp, SourceNote)
        filled = (self._store.profile, self._store.target)
        if (basis, filled) != self._basis:
            self._basis, self._states = (basis, filled), self._found()
        return self._states

    def state(self, source: Source) -> SourceState | None:
        """Return one way; None if it is not shown."""
        return next((state for state in self.states() if state.source is source), None)

    def mark_tried(self, source: Source, what: str = "") -> None:
        """Note that a way was tried just now; without words in those of the advice."""
        advice = self._library.sources.get(source)
        words = plain_line(what) or (advice.tried if advice else "")
        note = SourceNote(**self._history.stamp(), source=source, what=words, at=self._time.now())
        self._history.commit(words, note)

    def edit_note(self, note_id: str, what: str) -> None:
        """Change the words of something tried."""
        note = self._store.get(SourceNote, note_id)
        if note is not None:
            self._history.commit("what you tried", replace(note, what=plain_line(what)))

    def delete_note(self, note_id: str) -> None:
        """Delete something tried."""
        note = self._store.get(SourceNote, note_id)
        if note is not None:
            self._history.commit(f"delete: {note.what}", removed=(note,))

    def letter(self, source: Source) -> MessageTemplate | None:
        """Return the letter that asks for names this way, or None."""
        advice = self._library.sources.get(source)
        return self._library.messages.get(advice.letter) if advice else None

    def recipients(self, source: Source) -> list[Contact]:
        """Return the contacts who can be asked for names this way, by name."""
        advice = self._library.sources.get(source)
        found = [contact for contact in self._store.all(Contact) if advice and advice.is_asked_of(contact)]
        return sorted(found, key=lambda contact: contact.name.casefold())

    def draft(self, source: Source) -> Draft:
        """Return the letter to somebody who is not in People, filled from the profile and the target."""
        template = self.letter(source)
        return draft_of(template, self._profile_editing.values()) if template else Draft("", "")

    def add_from_news(self, fields: Mapping[str, str]) -> Contact:
        """Add somebody read of in the business news, with a call in the queue."""
        return self._address_book.add({**fields, "source": Source.BUSINESS_NEWS.value})

    def _found(self) -> tuple[SourceState, ...]:
        tried = self._tried()
        by_source: dict[Source, list[Contact]] = {}
        for contact in self._store.all(Contact):
            by_source.setdefault(contact.source, []).append(contact)
        agreed, met = self._agreed_and_met()
        asked = {
            other.contact_id
            for other in self._store.all(Attempt)
            if other.outcome not in (None, *NOBODY_ASKED)
        }
        asked |= agreed
        values = self._profile_editing.values()
        states = []
        for source, advice in self._library.sources.items():
            people, notes = by_source.get(source, []), tried.get(source, [])
            if not (source in ALWAYS_SHOWN or people or notes):
                continue
            ids = Counter[str](
                group
                for contact in people
                for group, members in (("asked", asked), ("agreed", agreed), ("met", met))
                if contact.id in members
            )
            newest = sorted(people, key=lambda contact: contact.created_at, reverse=True)[:NEWEST_SHOWN]
            states.append(
                SourceState(
                    advice=advice,
                    tried=tuple(sorted(notes, key=lambda one: one.at, reverse=True)),
                    newest=tuple(newest),
                    people=len(people),
                    asked=ids["asked"],
                    agreed=ids["agreed"],
                    met=ids["met"],
                    next=fill(advice.next_template(bool(notes), bool(people)), values).text,
                )
            )
        return tuple(states)

    def _tried(self) -> dict[Source, list[Tried]]:
        """Return what was tried each way: what was noted, and the letters sent."""
        found: dict[Source, list[Tried]] = {}
        for note in self._store.all(SourceNote):
            found.setdefault(note.source, []).append(Tried(note.at, note.what, note.id))
        by_letter = {advice.letter: source for source, advice in self._library.sources.items()}
        for owed in self._store.all(FollowUp):
            if owed.letter in by_letter and owed.letter and owed.done_at and not owed.dropped:
                reader = self._store.contact(owed.contact_id)
                found.setdefault(by_letter[owed.letter], []).append(Tried(owed.done_at, reader=reader))
        return found

    def _agreed_and_met(self) -> tuple[set[str], set[str]]:
        """Return the ids of those who agreed to a talk, and of those met."""
        talks = [talk for talk in self._store.all(Interview) if not talk.practice]
        agreed = {talk.contact_id for talk in talks}
        agreed |= {other.contact_id for other in self._store.all(Attempt) if other.outcome in AGREED}
        return agreed, {talk.contact_id for talk in talks if talk.was_held}
