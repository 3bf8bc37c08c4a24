"""One asking: the script being walked, or the message being written instead of it."""

from __future__ import annotations

from warmcall.config.library import Library
from warmcall.domain.message import MessageTemplate, Purpose
from warmcall.domain.script import Script, Step
from warmcall.domain.templates import Filled, Values, fill
from warmcall.domain.vocabulary import Channel, ContactKind


class ScriptWalk:
    """Where a call stands: the steps walked so far, each with its script."""

    def __init__(self, library: Library, kind: ContactKind) -> None:
        self._library = library
        self._ways: list[Script | MessageTemplate] = [
            *library.scripts_for(kind),
            *library.messages_for(Purpose.ASK),
        ]
        self._at = 0
        self._walk: list[tuple[str, str]] = []
        self._enter()

    @property
    def written(self) -> MessageTemplate | None:
        """The message, if this asking is written."""
        way = self._ways[self._at] if self._ways else None
        return way if isinstance(way, MessageTemplate) else None

    @property
    def step(self) -> Step | None:
        """The step to say now, if this asking is spoken."""
        if not self._walk:
            return None
        script, name = self._walk[-1]
        return self._library.scripts[script].steps.get(name)

    @property
    def channel(self) -> Channel:
        """The way the asking goes, the last script walked into deciding."""
        if self.written:
            return Channel(self.written.channel.value)
        return self._library.scripts[self._walk[-1][0]].channel if self._walk else Channel.PHONE

    @property
    def path(self) -> tuple[str, ...]:
        """The steps walked, as "script/step"."""
        return tuple(f"{script}/{step}" for script, step in self._walk)

    @property
    def at_start(self) -> bool:
        """Whether there is no step before this one."""
        return len(self._walk) < 2

    def reply(self, letter: str) -> None:
        """Go where the reply on that letter leads."""
        reply = self.step.replies.get(letter) if self.step else None
        if reply is None:
            return
        other = self._library.scripts.get(reply.script)
        here = self._walk[-1][0]
        self._walk.append((other.id, other.start) if other else (here, reply.go))

    def back(self) -> None:
        """Go back one step."""
        if not self.at_start:
            self._walk.pop()

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
        self._walk = [(way.id, way.start)] if isinstance(way, Script) else []
