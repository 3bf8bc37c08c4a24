"""The palette: everything the app can do and everybody it knows, found by words; Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_fields import Line

_NOTHING = "No command and no person has these words"


class Command(NamedTuple):
    """Something to be found by its label, by what it does (`about`), and by other `words`.

    `run` does it once the palette is closed. `preview` shows what it would do while the cursor is on it.
    A `dim` one cannot be done now, and `about` says why.
    """

    label: str
    keys: str
    about: str
    run: Callable[[], object]
    words: str = ""
    preview: Callable[[], object] | None = None
    dim: bool = False


class PaletteDialog(Dialog[Command | None]):
    """A line for words, and under it the commands that have them; gives back the one chosen.

    `find_people` returns commands for the people whom the words name. `end_preview` undoes what a preview
    showed; it is called when the cursor leaves the command, and when nothing was chosen.
    """

    TITLE_WORDS = "Find anything by its name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, id="palette.down"),
        Binding("up", "move(-1)", "Up", show=False, id="palette.up"),
        Binding("escape", "leave", "Close", id="dialog.leave", tooltip="Close without doing anything"),
    ]

    def __init__(
        self,
        services: Services,
        commands: Sequence[Command],
        find_people: Callable[[str], Sequence[Command]],
        end_preview: Callable[[], object],
    ) -> None:
        super().__init__(services)
        self._commands = tuple(commands)
        self._find_people = find_people
        self._end_preview = end_preview
        self._found: Sequence[Command] = ()

    def body(self) -> ComposeResult:
        """Lay out the line, what is found, and the whole text about the selected one."""
        yield Line(hint="type a command or a name; Enter runs it", id="typed")
        yield Rows((Column(weight=2), Column(8), Column(weight=3)), id="keys", enter_label=None)
        yield Panel(id="about")

    def on_mount(self) -> None:
        """Show everything."""
        self._show()
        self.query_one("#typed", Line).focus()

    def on_input_changed(self) -> None:
        """Show what has the words typed, the likeliest first and selected."""
        self._show()
        self._list.action_first()

    def on_input_submitted(self) -> None:
        """Close, and give the command under the cursor back; or say that there is none."""
        command = self._selected()
        if command is None:
            self.say(_NOTHING)
        else:
            self.dismiss(command)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the whole text about a command, and what it would do if that can be shown."""
        event.stop()
        self._show_about()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Run a command that was clicked."""
        if not isinstance(event, Rows.Moved):
            self.on_input_submitted()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.action_move(by)

    def action_leave(self) -> None:
        """Close without doing anything."""
        self._end_preview()
        self.dismiss(None)

    def _show(self) -> None:
        typed = self.query_one("#typed", Line).value
        people = self._find_people(typed) if typed.strip() else ()
        self._found = found(self._commands, people, typed)
        self._list.show([_row(str(index), command) for index, command in enumerate(self._found)])
        self._show_about()

    def _show_about(self) -> None:
        command = self._selected()
        if command is not None and command.preview is not None:
            command.preview()
        else:
            self._end_preview()
        self.query_one("#about", Panel).show(command.about if command else _NOTHING)

    def _selected(self) -> Command | None:
        key = self._list.key
        return self._found[int(key)] if key and int(key) < len(self._found) else None

    @property
    def _list(self) -> Rows:
        return self.query_one("#keys", Rows)


def _row(key: str, command: Command) -> Row:
    """Return the row of a command; one that cannot be done now is dim as a whole."""
    if command.dim:
        return Row(key, (command.label, command.keys, command.about), "dim")
    return Row(key, (command.label, (command.keys, "bold $primary"), (command.about, "$muted")))


def found(commands: Sequence[Command], people: Sequence[Command], typed: str) -> tuple[Command, ...]:
    """Return the commands that have every word typed, and the people.

    First come the commands whose label begins with the words, then those that have them in the label, then
    the people, then commands found by what they do; with nothing typed, all are in the order given.
    """
    phrase = " ".join(typed.casefold().split())

    def rank(command: Command) -> int:
        label = command.label.casefold()
        return 0 if label.startswith(phrase) else 1 if phrase in label else 3

    having = [
        (rank(command), command)
        for command in commands
        if all(word in _searched(command) for word in phrase.split())
    ]
    ranked = sorted([*having, *((2, person) for person in people)], key=lambda item: item[0])
    return tuple(command for _, command in ranked)


def _searched(command: Command) -> str:
    """Return what the words typed are looked for in."""
    about = "" if command.dim else command.about
    return f"{command.label} {about} {command.words}".casefold()
