"""The walk through the scripts of a call: on by what the other side replies, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from warmcall.domain.script import Script, Step


class ScriptWalk(msgspec.Struct, frozen=True):
    """Where a call stands in `scripts`, which are by id, and the way there.

    `visited` holds the steps said so far as pairs of a script's id and a step's name, the present one
    last. Every one of them is in `scripts`.
    """

    scripts: Mapping[str, Script]
    visited: tuple[tuple[str, str], ...]

    @property
    def script(self) -> Script:
        """The script that the present step is in."""
        return self.scripts[self.visited[-1][0]]

    @property
    def step_name(self) -> str:
        """The name of the present step within its script."""
        return self.visited[-1][1]

    @property
    def step(self) -> Step:
        """The step to say now."""
        return self.script.steps[self.step_name]

    @property
    def path(self) -> tuple[str, ...]:
        """The steps visited, as "script/step"; this is what an attempt keeps."""
        return tuple(f"{script}/{step}" for script, step in self.visited)

    @property
    def owes(self) -> tuple[str, ...]:
        """The things promised on the way, each once."""
        steps = (self.scripts[script].steps[name] for script, name in self.visited)
        return tuple(dict.fromkeys(step.owes for step in steps if step.owes))

    @property
    def owes_before(self) -> tuple[str, ...]:
        """The things promised before the present step: somebody heard it, such as an assistant."""
        return self.back().owes if not self.at_start else ()

    @property
    def at_start(self) -> bool:
        """Whether there is no step to go back to."""
        return len(self.visited) == 1

    def after(self, letter: str) -> ScriptWalk | None:
        """Return the walk one step on, by the reply on that letter; None if it leads nowhere."""
        reply = self.step.replies.get(letter)
        if reply is None:
            return None
        script = self.scripts.get(reply.script) if reply.script else self.script
        name = script.start if script is not None and reply.script else reply.go
        if script is None or name not in script.steps:
            return None
        return ScriptWalk(self.scripts, (*self.visited, (script.id, name)))

    def back(self) -> ScriptWalk:
        """Return the walk one step back; unchanged at the start."""
        return self if self.at_start else ScriptWalk(self.scripts, self.visited[:-1])


def start_walk(scripts: Mapping[str, Script], script: Script) -> ScriptWalk:
    """Return the walk at the first step of `script`, which is one of `scripts`."""
    return ScriptWalk(scripts, ((script.id, script.start),))


def promised_template(scripts: Mapping[str, Script], path: Sequence[str]) -> str:
    """Return the id of the message template that the last step of `path` promised to write from.

    `path` holds "script/step"; empty if no step of it that is still in `scripts` promised one.
    """
    for visited in reversed(path):
        script_id, _, name = visited.partition("/")
        script = scripts.get(script_id)
        step = script.steps.get(name) if script is not None else None
        if step is not None and step.writes:
            return step.writes
    return ""
