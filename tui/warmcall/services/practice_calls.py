"""Practice calls: nobody is called, and nothing is kept."""

from __future__ import annotations

from random import Random

from warmcall.config.library import Library
from warmcall.domain import practice_call as rules
from warmcall.domain.practice_call import PracticeSession
from warmcall.domain.records import Contact
from warmcall.domain.script import speaking_seconds
from warmcall.domain.script_walk import ScriptWalk, start_walk
from warmcall.domain.store import Store
from warmcall.domain.templates import fill
from warmcall.domain.vocabulary import Source
from warmcall.services.clock import Timekeeper
from warmcall.services.drafting import Drafting

SAMPLE_NAME, SAMPLE_ORGANIZATION = "Alex Moreau", "Calder & Rowe"
"""The made-up person who is called in practice if no contact was chosen."""


class PracticeCalls:
    """Moves a practice on. It keeps no state and has no access to the history, so nothing can be saved."""

    def __init__(
        self, store: Store, time: Timekeeper, library: Library, drafting: Drafting, dice: Random
    ) -> None:
        self._store = store
        self._time = time
        self._library = library
        self._drafting = drafting
        self._dice = dice

    def start(self, contact_id: str = "") -> PracticeSession | None:
        """Return a practice for that contact, or the sample person; None if no call script fits them."""
        walk = self._walk(contact_id)
        return rules.start_practice(contact_id, walk, self._time.now()) if walk else None

    def say_line(self, practice: PracticeSession) -> PracticeSession:
        """Record that the present line was said, at this moment."""
        text = self.text(practice)
        return rules.say_line(practice, text, self.text_seconds(text), self._time.now())

    def answer(self, practice: PracticeSession) -> PracticeSession:
        """Let the other side answer, or end the call."""
        return rules.answer(practice, self._time.now(), self._dice)

    def next_call(self, practice: PracticeSession) -> PracticeSession:
        """Begin the next call; after the last one, a new practice."""
        walk = self._walk(practice.contact_id)
        return rules.next_call(practice, walk, self._time.now()) if walk else practice

    def restart_line(self, practice: PracticeSession) -> PracticeSession:
        """Count the time of the present line from this moment."""
        return rules.restart_line(practice, self._time.now())

    def person(self, contact_id: str) -> Contact:
        """Return the contact of that id, else the sample person, who has the job aimed at."""
        found = self._store.contact(contact_id)
        if found is not None:
            return found
        now, target = self._time.now(), self._store.target
        return Contact(
            id="", created_at=now, changed_at=now, name=SAMPLE_NAME, organization=SAMPLE_ORGANIZATION,
            title=target.role if target else "", source=Source.ONLINE,
        )  # fmt: skip

    def text(self, practice: PracticeSession) -> str:
        """Return the line to say, filled; what is missing stays a gap."""
        values = self._drafting.values(self.person(practice.contact_id))
        return fill(practice.walk.step.say, values).text

    def text_seconds(self, text: str) -> int:
        """Return how many seconds `text` takes at the pace of the settings."""
        return speaking_seconds(text, self._library.cadence.speaking_words_per_minute)

    def _walk(self, contact_id: str) -> ScriptWalk | None:
        """Return the walk at the start of the script for that contact; None if there is no script."""
        script = next(iter(self._library.scripts_for(self.person(contact_id).kind)), None)
        return start_walk(self._library.scripts, script) if script else None
