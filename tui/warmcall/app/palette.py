"""What the palette offers: the active keys, people, exports, themes, and settings of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.app import App

from warmcall.app.context import AppContext
from warmcall.config.safe_files import explanation
from warmcall.config.themes import BUNDLED
from warmcall.domain.records import Contact
from warmcall.presentation import palette as words
from warmcall.screens.base import GoTo, TabScreen
from warmcall.screens.palette import Command, PaletteDialog
from warmcall.services.services import Services
from warmcall.widgets.keys import ActiveKey, active_keys

PEOPLE_SHOWN = 8
"""How many people are offered for the words typed: as many as one can read at a glance."""


class Palette:
    """Opens the palette over the screen, and does what was chosen there.

    `use_ascii` and `use_mouse` apply the setting of that name to this terminal now.
    """

    def __init__(
        self,
        app: App[Any],
        services: Services,
        context: AppContext,
        say: Callable[[str], None],
        use_ascii: Callable[[bool], None],
        use_mouse: Callable[[bool], None],
    ) -> None:
        self._app = app
        self._services = services
        self._context = context
        self._say = say
        self._settings = {"ascii": use_ascii, "mouse": use_mouse}
        self._on = {"ascii": services.config.ascii is True, "mouse": services.config.mouse}

    def open(self) -> None:
        """Show the palette; if it is shown already, close it."""
        screen = self._app.screen
        if isinstance(screen, PaletteDialog):
            screen.action_leave()
            return
        theme = self._app.theme

        def end_preview() -> None:
            if self._app.theme != theme:
                self._app.theme = theme

        def run(command: Command | None) -> None:
            if command is not None:
                end_preview()
                command.run()

        on_tab = isinstance(screen, TabScreen)
        commands = [*self._keys(), *(self._exports() if on_tab else ()), *self._looks()]
        find_people = self._people if on_tab else lambda _typed: ()
        self._app.push_screen(PaletteDialog(self._services, commands, find_people, end_preview), run)

    def _keys(self) -> Iterator[Command]:
        for key in active_keys(self._app.screen):
            if "palette" not in key.action:
                yield Command(
                    key.label, " ".join(key.keys), key.about, partial(self._press, key), key.tooltip,
                    dim=bool(key.disabled_reason),
                )  # fmt: skip

    def _press(self, key: ActiveKey) -> None:
        self._app.call_next(self._app.run_action, key.action, key.node)

    def _people(self, typed: str) -> list[Command]:
        """Return a command for each of the likeliest people whom the words typed name."""
        found = self._services.search.people_named(typed, PEOPLE_SHOWN)
        return [
            Command(person.name, "", words.person(person), partial(self._open_person, person))
            for person in found
        ]

    def _open_person(self, person: Contact) -> None:
        self._app.post_message(GoTo("People", person.id))

    def _exports(self) -> Iterator[Command]:
        for name, label in words.EXPORTS.items():
            yield Command(
                label, "", words.EXPORT_ABOUT[name], partial(self._export, name), words.EXPORT_WORDS
            )

    def _export(self, name: str) -> None:
        """Write what is known in that format beside the state file, and say where."""
        try:
            self._say(words.written(self._context.write_export(name, _exported(name, self._services))))
        except OSError as error:
            self._say(words.not_written(explanation(error)))

    def _looks(self) -> Iterator[Command]:
        themes = (*BUNDLED, *self._context.own_themes)
        for theme in themes if not self._context.environ.get("NO_COLOR") else ():
            yield Command(
                words.theme(theme.name), "", words.theme_about(theme.name),
                partial(self._keep, "theme", theme.name), words.THEME_WORDS,
                preview=partial(setattr, self._app, "theme", theme.name),
            )  # fmt: skip
        for name, on in self._on.items():
            label, about = words.SWITCH[name, not on]
            yield Command(label, "", about, partial(self._keep, name, not on), words.SWITCH_WORDS[name])

    def _keep(self, name: str, value: str | bool) -> None:
        """Apply a setting now, and write it into the settings."""
        if name == "theme":
            self._app.theme = str(value)
        else:
            self._on[name] = bool(value)
            self._settings[name](bool(value))
        try:
            self._context.write_setting(name, value)
        except (OSError, ValueError) as error:
            reason = explanation(error) if isinstance(error, OSError) else str(error)
            self._say(words.setting_not_kept(name, reason))
        else:
            self._say(words.setting_kept(name, value))


def _exported(name: str, services: Services) -> str:
    """Return everything known, in the format of that name."""
    match name:
        case "json":
            from warmcall.formats.tables import as_json

            return as_json(services.store)
        case "csv":
            from warmcall.formats.tables import contacts_csv

            return contacts_csv(services.store)
        case "md":
            from warmcall.formats.markdown import markdown
            from warmcall.presentation.full_record import full_record

            return markdown(full_record(services))
        case _:
            from warmcall.formats.icalendar import calendar_file

            time, reverted = services.time, services.history.reverted
            return calendar_file(services.store, time.now(), time.calendar, reverted=reverted)
