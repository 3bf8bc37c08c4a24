"""What keys that are pressed for the first time would wait for, made ready while nothing else is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.widget import Widget

from warmcall.services.services import Services
from warmcall.terminal.textual_patches import parse_styles_ahead
from warmcall.widgets.keys import own_node_classes

_NUMBERS = ("+13125550142", "+442079460018")
"""Phone numbers of two countries, reserved for examples."""

_TEXTS_AT_ONCE = 4
"""How many texts of styles are parsed at a time: a millisecond or two, if they are new."""


class FirstUses:
    """Makes ready what takes long when it is first used, once all screens are imported.

    That is what users may have written of scripts and questions, the last changes, which may be undone, the
    countries of phone numbers, the forms of times, and the styles of what screens and dialogs consist of.
    """

    def __init__(self, app: App[Any], services: Services, environ: Mapping[str, str]) -> None:
        self._app = app
        self._services = services
        self._environ = environ
        self._work = self._all()

    def step(self) -> bool:
        """Do the next part of it; return whether all is done."""
        return next(self._work, True)

    def _all(self) -> Iterator[bool]:
        """Do one part after the other, and yield False after each."""
        for _ in self._services.library.read_ahead():
            yield False
        for _ in self._services.history.read_ahead():
            yield False
        self._read_times()
        yield False
        self._know_countries()
        yield False
        kinds = [kind for kind in own_node_classes() if issubclass(kind, Widget)]
        for number, _ in enumerate(parse_styles_ahead(self._app, kinds, self._environ)):
            if number % _TEXTS_AT_ONCE == 0:
                yield False

    def _read_times(self) -> None:
        from warmcall.domain.time_words import TimeRefused, read_time_to_come

        with suppress(TimeRefused):  # it is none, which is known once it is none of all forms
            read_time_to_come("?", self._services.time.now(), self._services.time.calendar)

    def _know_countries(self) -> None:
        from warmcall.services.checklists import is_abroad

        is_abroad(*_NUMBERS)
