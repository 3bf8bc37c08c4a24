"""Attempts under way: notes and words kept before it is known how they ended; and those that ended."""

from __future__ import annotations

from tui.domain.book import Book
from tui.domain.records import Attempt, replace
from tui.domain.vocabulary import Channel
from tui.services.clock import Timekeeper
from tui.services.history import History

WRITTEN = frozenset({Channel.EMAIL, Channel.MESSAGE})
"""The channels on which an ask is written."""


class CallsUnderWay:
    """What is kept of an attempt while it lasts."""

    def __init__(self, book: Book, history: History, time: Timekeeper) -> None:
        self._book = book
        self._history = history
        self._time = time

    def note(self, contact_id: str, text: str, channel: Channel) -> None:
        """Keep a note of the call under way; it goes with the attempt that is recorded next."""
        present = self.under_way(contact_id, channel)
        if present is None and not text.strip():
            return
        now = self._time.now()
        attempt = present or Attempt(**self._history.stamp(), contact_id=contact_id, at=now, channel=channel)
        self._history.commit("note on the call", replace(attempt, note=text), merge=f"call note {contact_id}")

    def write(self, contact_id: str, channel: Channel, subject: str, body: str) -> None:
        """Keep what is being written to a contact; it goes with the attempt recorded on that channel."""
        present = self.under_way(contact_id, channel)
        now = self._time.now()
        attempt = present or Attempt(**self._history.stamp(), contact_id=contact_id, at=now, channel=channel)
        merge = f"ask {contact_id} {channel}"
        self._history.commit("what is written", replace(attempt, subject=subject, body=body), merge=merge)

    def under_way(self, contact_id: str, channel: Channel = Channel.PHONE) -> Attempt | None:
        """Return the attempt at that contact that has a note or words but no outcome yet.

        What is written belongs to its own channel; a note belongs to whatever is spoken.
        """
        for one in self._book.of_contact(Attempt, contact_id):
            if one.outcome is None and (one.channel is channel or {one.channel, channel}.isdisjoint(WRITTEN)):
                return one
        return None

    def attempts(self, contact_id: str) -> list[Attempt]:
        """Return the attempts at that contact whose outcome is known, oldest first."""
        known = (one for one in self._book.of_contact(Attempt, contact_id) if one.outcome is not None)
        return sorted(known, key=lambda one: one.at)
