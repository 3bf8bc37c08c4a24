"""One asking: the script being walked, or the message being written instead of it."""

from __future__ import annotations

from warmcall.config.library import Library
from warmcall.domain.message import MessageTemplate, Purpose
from warmcall.domain.script import Script, Step
from warmcall.domain.script_walk import ScriptWalk, start_walk
from warmcall.domain.templates import Filled, Values, fill
from warmcall.domain.vocabulary import Channel, ContactKind


class Ask:
    """The ask to one person: a walk through the scripts, or a message chosen instead."""

    def __init__(self, library: Library, kind: ContactKind) -> None:
        self._library = library
        self._ways: list[Script | MessageTemplate] = [
            *library.scripts_for(kind),
            *library.messages_for(Purpose.ASK),
        ]
        self._at = 0
        self._walk: ScriptWalk | None = None
        self._enter()

    @property
    def written(self) -> MessageTemplate | None:
        """The message, if this asking is written."""
        way = self._ways[self._at] if self._ways else None
        return way if isinstance(way, MessageTemplate) else None

    @property
    def step(self) -> Step | None:
        """The step to say now, if this asking is spoken."""
        return self._walk.step if self._walk else None

    @property
    def channel(self) -> Channel:
        """The channel of the message, or of the script that the present step is in."""
        if self.written:
            return Channel(self.written.channel.value)
        return self._walk.script.channel if self._walk else Channel.PHONE

    @property
    def path(self) -> tuple[str, ...]:
        """The steps visited, as "script/step"."""
        return self._walk.path if self._walk else ()

    @property
    def at_start(self) -> bool:
        """Whether there is no step before this one."""
        return self._walk is None or self._walk.at_start

    def reply(self, letter: str) -> None:
        """Go where the reply on that letter leads."""
        if self._walk:
            self._walk = self._walk.after(letter) or self._walk

    def back(self) -> None:
        """Go back one step."""
        if self._walk:
            self._walk = self._walk.back()

    def next_way(self) -> None:
        """Turn to the next way of asking: each script for this kind of contact, then each message."""
        if self._ways:
            self._at = (self._at + 1) % len(self._ways)
            self._enter()

    def filled(self, values: Values) -> tuple[Filled, Filled]:
        """Return subject and text as they are said or written now; the subject of a step is empty."""
        if self.written:
            return fill(self.written.subject, values), fill(self.written.body, values)
        words = self.step.say if self.step else "No script fits this kind of contact."
        return fill("", values), fill(words, values)

    def gaps(self, values: Values) -> tuple[str, ...]:
        """Return the placeholders without a value, in order."""
        subject, text = self.filled(values)
        return subject.gaps + text.gaps

    def _enter(self) -> None:
        way = self._ways[self._at] if self._ways else None
        self._walk = start_walk(self._library.scripts, way) if isinstance(way, Script) else None
