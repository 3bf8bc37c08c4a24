"""Importing people: names a file, shows what would be done, asks what it leaves open, and hands it on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from warmcall.config.safe_files import explanation
from warmcall.domain.found_people import ColumnField, FoundPeople
from warmcall.formats.unreadable import ColumnsNeeded, UnreadableFile
from warmcall.presentation import importing as words
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import FormDialog, Values
from warmcall.services.importing import ImportPlan
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_fields import Line

_COMPLETIONS_SHOWN = 5
_ROWS_SHOWN = 6
"""How many rows are shown before an import, those first of which there is more to say."""

_HINT = "a .csv, .vcf, .zip or .json; ~ is your home"


class MakeImport(Message):
    """Asks the app to make an import that was looked at; `origins` name its files in notes."""

    def __init__(self, plan: ImportPlan, origins: tuple[str, ...]) -> None:
        self.plan = plan
        self.origins = origins
        super().__init__()


class _Stopped(Exception):
    """The user stopped the reading of a file."""


class ImportDialog(Dialog[MakeImport | None]):
    """Gives back what to import, None if it was stopped: then nothing is done."""

    AUTO_FOCUS = ""
    TITLE_WORDS = "Import people"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "import", "Import", id="import.do",
                tooltip="Read the file; then add its people to the pool, as one change"),
        Binding("tab", "complete", "Complete", id="import.complete", tooltip="Complete the path"),
        Binding("c", "columns", "Columns", id="import.columns",
                tooltip="Say what the columns of a table hold; it is remembered"),
        Binding("d", "days", "Day or month", show=False, id="import.days",
                tooltip="Read dates in figures the other way: day first, or month first"),
        Binding("f", "file", "Other file", show=False, id="import.file", tooltip="Name another file"),
        Binding("escape,ctrl+c", "leave", "Stop", id="dialog.leave", tooltip="Close; nothing is imported"),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._plan: ImportPlan | None = None
        self._needed: ColumnsNeeded | None = None
        self._columns: Mapping[str, ColumnField] = {}
        self._day_first: bool | None = None
        self._stop = threading.Event()

    def body(self) -> ComposeResult:
        """Lay out the path, and below it how it may go on, or what is in the file."""
        yield Line(hint=_HINT, id="import-path")
        yield Panel(id="import-found")

    def on_mount(self) -> None:
        """Begin with the path."""
        self.action_file()
        self._show(words.NAME_A_FILE)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "import" and self._plan is None:
            return words.READING
        if action == "complete" and self.focused is None:
            return self.with_keys("The path is typed already: {import.file} changes it")
        if action == "columns" and not self._headings:
            return words.NO_COLUMNS
        if action == "days" and (self._plan is None or self._plan.files[0].day_first is None):
            return words.NO_DATES
        return ""

    def on_input_changed(self) -> None:
        """Show how the path may go on."""
        if self.focused is not None:
            self.run_worker(self._show_completions(), exclusive=True, group="completions")

    def on_input_submitted(self) -> None:
        """Read the file."""
        self._columns, self._day_first = {}, None
        if self._line.value.strip():
            self._read()
        else:
            self._show(words.NAME_A_FILE)

    def action_complete(self) -> None:
        """Complete the path as far as it is certain."""
        if self.blocked("complete"):
            return
        line = self._line
        line.value = self.external.people_files.completed(line.value)
        line.action_end()

    def action_import(self) -> None:
        """Hand on what was shown."""
        if self.blocked("import") or self._plan is None:
            return
        if self._plan.does_nothing:
            self.say(words.NOTHING_NEW)
            return
        self.dismiss(MakeImport(self._plan, self._origins(self._plan.files[0])))

    def action_columns(self) -> None:
        """Ask what the columns hold, keep the answer, and read the file by it."""
        if self.blocked("columns"):
            return
        headings = self._headings

        def read(values: Values | None) -> None:
            if values is not None:
                self._columns = {
                    headings[int(number)]: ColumnField(field) for number, field in values.items()
                }
                self.external.people_files.keep(headings, self._columns)
                self._read()

        self.app.push_screen(self._column_form(headings), read)

    def action_days(self) -> None:
        """Read the dates the other way."""
        if not self.blocked("days") and self._plan is not None:
            self._day_first = not self._plan.files[0].day_first
            self._read()

    def action_file(self) -> None:
        """Name another file."""
        self._plan = None
        self._line.focus()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Stop reading, and close."""
        self._stop.set()
        self.dismiss(None)

    @property
    def _line(self) -> Line:
        return self.query_one("#import-path", Line)

    @property
    def _headings(self) -> tuple[str, ...]:
        """The headings of the table, if it is one whose columns may be asked about."""
        if self._needed is not None:
            return self._needed.columns
        columns = self._plan.files[0].columns if self._plan is not None else ()
        return tuple(column.heading for column in columns)

    def _show(self, *lines: str) -> None:
        self.query_one("#import-found", Panel).show("\n".join(lines))

    async def _show_completions(self) -> None:
        typed = self._line.value
        files = self.external.people_files
        found = await asyncio.to_thread(files.completions, typed, _COMPLETIONS_SHOWN + 1)
        if self.is_mounted and self.focused is not None and typed == self._line.value:
            more = ["…"] if len(found) > _COMPLETIONS_SHOWN else []
            self._show(*([*found[:_COMPLETIONS_SHOWN], *more] if typed else [words.NAME_A_FILE]))

    def _read(self) -> None:
        """Read the file in another thread, plan the import of its people, and show it."""
        self._plan = self._needed = None
        self._stop = threading.Event()
        self.set_focus(None)
        self._show(words.READING)
        self.run_worker(self._read_and_show(self._stop), exclusive=True, group="reading")

    async def _read_and_show(self, stop: threading.Event) -> None:
        typed = self._line.value
        try:
            plan = await asyncio.to_thread(self._planned, typed, stop)
        except _Stopped:
            return
        except ColumnsNeeded as needed:
            self._needed = needed
            self._show(words.columns_needed(needed.columns, self.key("import.columns")))
        except UnreadableFile as unreadable:
            self._refuse(words.unreadable(typed, str(unreadable)))
        except FileNotFoundError:
            self._refuse(words.no_such_file(typed))
        except OSError as error:
            self._refuse(f"{explanation(error)}.")
        else:
            self._plan = plan
            self._show(*words.preview(plan, typed, _ROWS_SHOWN, self.key("import.days")))
        self.refresh_bindings()

    def _refuse(self, sentence: str) -> None:
        """Say why nobody is read, and let the path be changed."""
        self._line.focus()
        self._show(sentence)

    def _planned(self, typed: str, stop: threading.Event) -> ImportPlan:
        """Return the plan for the people of a file; in another thread."""

        def on_progress(done: int, every: int) -> None:
            if stop.is_set():
                raise _Stopped
            self.app.call_later(self._show_progress, stop, done, every)

        found = self.external.people_files.read(typed, self._columns, self._day_first)
        if stop.is_set():
            raise _Stopped
        return self.services.importing.plan([found], self._origins(found), on_progress)

    def _show_progress(self, stop: threading.Event, done: int, every: int) -> None:
        if stop is self._stop and self._plan is None and self.is_attached:
            self._show(words.progress(done, every))

    def _origins(self, found: FoundPeople) -> tuple[str, ...]:
        time = self.services.time
        return (words.origin(found, words.note_day(time.calendar.day_of(time.now()))),)

    def _column_form(self, headings: tuple[str, ...]) -> FormDialog:
        choices = tuple((field.value, name) for field, name in words.FIELD.items())
        known = {
            column.heading: column.field for column in (self._plan.files[0].columns if self._plan else ())
        }
        fields = [
            Field(str(number), heading[:14], choices=choices)
            for number, heading in enumerate(headings)
            if heading
        ]
        values = {
            str(number): known.get(heading, self._columns.get(heading, ColumnField.OTHER)).value
            for number, heading in enumerate(headings)
        }

        def check(values: Values) -> Mapping[str, str]:
            named = {ColumnField.NAME, ColumnField.FIRST_NAME, ColumnField.LAST_NAME, ColumnField.GOES_BY}
            return {} if named & set(values.values()) else {next(iter(values)): "one has to hold names"}

        return FormDialog(self.services, "What the columns hold", fields, values, check)


def ask_for_import(screen: TabScreen) -> None:
    """Ask over `screen` for a file with people, and have them imported."""

    def make(wanted: MakeImport | None) -> None:
        if wanted is not None:
            screen.post_message(wanted)

    screen.app.push_screen(ImportDialog(screen.services), make)
