"""Attempts at a contact: those still going on, with a note or a text but no outcome, and those completed."""

from __future__ import annotations

from warmcall.domain.records import Attempt, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Channel
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History

WRITTEN = frozenset({Channel.EMAIL, Channel.MESSAGE})
"""The channels on which an ask is written."""


class PendingAttempts:
    """Keeps the note or the text of an attempt until its outcome is recorded; each method is one change."""

    def __init__(self, store: Store, history: History, time: Timekeeper) -> None:
        self._store = store
        self._history = history
        self._time = time

    def note(self, contact_id: str, text: str, channel: Channel) -> None:
        """Keep a note of the call under way; it goes with the attempt that is recorded next."""
        present = self.pending(contact_id, channel)
        if present is None and not text.strip():
            return
        now = self._time.now()
        attempt = present or Attempt(**self._history.stamp(), contact_id=contact_id, at=now, channel=channel)
        self._history.commit("note on the call", replace(attempt, note=text), merge=f"call note {contact_id}")

    def write(self, contact_id: str, channel: Channel, subject: str, body: str) -> None:
        """Keep what is being written to a contact; it goes with the attempt recorded on that channel."""
        present = self.pending(contact_id, channel)
        now = self._time.now()
        attempt = present or Attempt(**self._history.stamp(), contact_id=contact_id, at=now, channel=channel)
        merge = f"ask {contact_id} {channel}"
        self._history.commit("what is written", replace(attempt, subject=subject, body=body), merge=merge)

    def pending(self, contact_id: str, channel: Channel = Channel.PHONE) -> Attempt | None:
        """Return the attempt at that contact that has a note or words but no outcome yet.

        What is written belongs to its own channel; a note belongs to whatever is spoken.
        """
        for attempt in self._store.of_contact(Attempt, contact_id):
            if attempt.outcome is None and (
                attempt.channel is channel or {attempt.channel, channel}.isdisjoint(WRITTEN)
            ):
                return attempt
        return None

    def completed(self, contact_id: str) -> list[Attempt]:
        """Return the attempts at that contact whose outcome is known, oldest first."""
        known = (
            attempt for attempt in self._store.of_contact(Attempt, contact_id) if attempt.outcome is not None
        )
        return sorted(known, key=lambda attempt: attempt.at)
