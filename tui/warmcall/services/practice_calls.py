"""PracticeCalls: calls to nobody, for which nothing is written."""

from __future__ import annotations

from random import Random

from warmcall.config.library import Library
from warmcall.domain import practice_call as rules
from warmcall.domain.practice_call import Practice
from warmcall.domain.records import Contact
from warmcall.domain.script import Script, Step, speaking_seconds
from warmcall.domain.store import Store
from warmcall.domain.templates import fill
from warmcall.domain.vocabulary import Source
from warmcall.services.clock import Timekeeper
from warmcall.services.drafting import Drafting

SAMPLE_NAME, SAMPLE_ORGANIZATION = "Alex Moreau", "Calder & Rowe"
"""Whom one calls in practice if nobody is in view; both are made up."""


class PracticeCalls:
    """Runs a practice. It holds no part of it, and has no way to the history: nothing can be kept."""

    def __init__(
        self, store: Store, time: Timekeeper, library: Library, drafting: Drafting, dice: Random
    ) -> None:
        self._store = store
        self._time = time
        self._library = library
        self._drafting = drafting
        self._dice = dice

    def begin(self, contact_id: str = "") -> Practice | None:
        """Return a practice for that contact, or the sample one; None if no call script fits them."""
        script = self._script(contact_id)
        return rules.begun(contact_id, script, self._time.now()) if script else None

    def said(self, practice: Practice) -> Practice:
        """Note the present line as said at this moment."""
        text = self.text(practice)
        return rules.said(practice, text, self.text_seconds(text), self._time.now())

    def answered(self, practice: Practice) -> Practice:
        """Have the other side answer, or end the call."""
        return rules.answered(practice, self._library.scripts, self._time.now(), self._dice)

    def next_call(self, practice: Practice) -> Practice:
        """Begin the next call; after the last one, a new practice."""
        script = self._script(practice.contact_id)
        if script is None:
            return practice
        if practice.complete:
            return rules.begun(practice.contact_id, script, self._time.now())
        return rules.next_call(practice, script, self._time.now())

    def started_over(self, practice: Practice) -> Practice:
        """Count the time of the present line from this moment."""
        return rules.started_over(practice, self._time.now())

    def person(self, contact_id: str) -> Contact:
        """Return the contact of that id, or one made up who does the job aimed at."""
        found = self._store.contact(contact_id)
        if found is not None:
            return found
        now, target = self._time.now(), self._store.target
        return Contact(
            id="", created_at=now, changed_at=now, name=SAMPLE_NAME, organization=SAMPLE_ORGANIZATION,
            title=target.role if target else "", source=Source.ONLINE,
        )  # fmt: skip

    def step(self, practice: Practice) -> Step:
        """Return the step whose line is to be said."""
        return self._library.scripts[practice.script].steps[practice.step]

    def text(self, practice: Practice) -> str:
        """Return the line to say, filled; what is missing stays a gap."""
        values = self._drafting.values(self.person(practice.contact_id))
        return fill(self.step(practice).say, values).text

    def text_seconds(self, text: str) -> int:
        """Return how many seconds `text` takes at the pace of the settings."""
        return speaking_seconds(text, self._library.cadence.speaking_words_per_minute)

    def _script(self, contact_id: str) -> Script | None:
        """Return the script a call to that contact begins with."""
        return next(iter(self._library.scripts_for(self.person(contact_id).kind)), None)
