"""The ask being made to one contact: spoken along a script, or written from a template."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.config.library import Library
from warmcall.domain.message import MessageTemplate, Purpose
from warmcall.domain.script import Script, ScriptFor, Step
from warmcall.domain.script_walk import ScriptWalk, start_walk
from warmcall.domain.templates import Filled, Values, fill
from warmcall.domain.vocabulary import Channel, ContactKind

NO_SCRIPT = "No script fits this kind of contact."


class Ask:
    """Which script or template is used, and how far the walk through the script has come."""

    def __init__(
        self,
        library: Library,
        kind: ContactKind,
        uses: Sequence[ScriptFor] = (ScriptFor.ASK,),
        write_first: str | None = None,
    ) -> None:
        """Begin with the first script for the first of `uses`; the letters follow the scripts that ask.

        With `write_first`, the id of a template or a channel, begin in writing: with that one, else with the
        first.
        """
        self._library = library
        self._options: list[Script | MessageTemplate] = [
            *(script for use in uses for script in library.scripts_for(kind, use)),
            *library.messages_for(Purpose.ASK),
        ]
        self._selected = self._place_of_template(write_first) if write_first is not None else 0
        self._walk: ScriptWalk | None = None
        self._begin()

    @property
    def template(self) -> MessageTemplate | None:
        """The template of a written ask; None if it is spoken."""
        option = self._options[self._selected] if self._options else None
        return option if isinstance(option, MessageTemplate) else None

    @property
    def serves(self) -> ScriptFor:
        """What the script is for; a written ask asks for a talk."""
        return self._walk.scripts[self._walk.visited[0][0]].serves if self._walk else ScriptFor.ASK

    @property
    def title(self) -> str:
        """The title of the script or the template."""
        option = self._walk.script if self._walk else self.template
        return option.title if option else ""

    @property
    def owes(self) -> tuple[str, ...]:
        """The things promised on the way through the script."""
        return self._walk.owes if self._walk else ()

    @property
    def owes_before(self) -> tuple[str, ...]:
        """The things promised before the present step."""
        return self._walk.owes_before if self._walk else ()

    @property
    def step(self) -> Step | None:
        """The step of the script to say now; None if the ask is written."""
        return self._walk.step if self._walk else None

    @property
    def channel(self) -> Channel:
        """The channel of the ask; a reply may have led from a call into a voicemail."""
        if self.template:
            return Channel(self.template.channel.value)
        return self._walk.script.channel if self._walk else Channel.PHONE

    @property
    def path(self) -> tuple[str, ...]:
        """The steps visited, as "script/step"."""
        return self._walk.path if self._walk else ()

    @property
    def at_start(self) -> bool:
        """Whether there is no step to go back to."""
        return self._walk is None or self._walk.at_start

    def reply(self, letter: str) -> None:
        """Go to the step the reply on that letter leads to; do nothing if there is no such reply."""
        if self._walk:
            self._walk = self._walk.after(letter) or self._walk

    def back(self) -> None:
        """Go back to the step before."""
        if self._walk:
            self._walk = self._walk.back()

    def next_option(self) -> None:
        """Switch to the next way to ask: each script for this kind of contact, then each template."""
        if self._options:
            self._selected = (self._selected + 1) % len(self._options)
            self._begin()

    def filled(self, values: Values) -> tuple[Filled, Filled]:
        """Return subject and text with `values` in their places; a step has an empty subject."""
        if self.template:
            wording = self.template.wording_for(values)
            return fill(wording.subject, values), fill(wording.body, values)
        return fill("", values), fill(self.step.say if self.step else NO_SCRIPT, values)

    def next_words(self, values: Values) -> dict[str, str]:
        """Return by the letter of each reply what is said next, `values` in their places."""
        if self._walk is None:
            return {}
        walks = {letter: self._walk.after(letter) for letter in self._walk.step.replies}
        return {letter: fill(walk.step.say, values).text for letter, walk in walks.items() if walk}

    def gaps(self, values: Values) -> tuple[str, ...]:
        """Return the placeholders that `values` leave empty, in order."""
        subject, text = self.filled(values)
        return subject.gaps + text.gaps

    def _place_of_template(self, id_: str) -> int:
        """Return the place of the template of that id or channel among the options, else of the first one."""
        templates = [
            (place, option)
            for place, option in enumerate(self._options)
            if isinstance(option, MessageTemplate)
        ]
        named = [place for place, option in templates if id_ in (option.id, option.channel.value)]
        return next(iter([*named, *(place for place, _ in templates)]), 0)

    def _begin(self) -> None:
        option = self._options[self._selected] if self._options else None
        self._walk = start_walk(self._library.scripts, option) if isinstance(option, Script) else None
