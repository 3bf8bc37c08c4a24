"""Where names come from: each way with what was tried, what it gave, and what to do next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.domain.vocabulary import Source
from warmcall.presentation import sources as words
from warmcall.presentation.person import added as added_words
from warmcall.screens.base import BACK_KEY, CopyText, GoBack, TabScreen
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.people.contact_form import contact_form
from warmcall.screens.people.news_form import add_from_news
from warmcall.screens.profile.source_letter import NOBODY_IN_PEOPLE, ReaderDialog, SourceLetterDialog
from warmcall.services.sources import SourceState, Tried
from warmcall.widgets.form import Field
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, ColumnNames, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

COLUMNS = (
    Column(17, name="way"),
    *(Column(words.COUNT_CELLS, name=name) for name in words.COUNTED),
    Column(1),
    Column(weight=1, name="tried last"),
)


class SourcesScreen(TabScreen):
    """One row for each way names come, and below or beside the list the selected one, whole."""

    CSS_PATH = "profile.tcss"
    TAB = "Target"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tried", "Tried", id="sources.tried", tooltip="Note that you tried this, today"),
        Binding("W", "write_letter", "Letter", id="sources.letter",
                tooltip="A small letter that asks a professor or the placement office for names"),
        Binding("n", "news", "Read in the news", id="sources.news",
                tooltip="Somebody promoted or hired: into People, their call into the queue"),
        Binding("a", "add", "Add person", id="sources.add", tooltip="Add somebody whose name came this way"),
        Binding("e", "edit", "Edit", show=False, id="sources.edit",
                tooltip="Change the words of what you tried last"),
        Binding("d", "delete", "Delete", show=False, id="sources.delete",
                tooltip="Delete what you tried last; {app.undo} undoes it"),
        Binding("Y", "copy", "Copy", show=False, id="sources.copy", tooltip="Copy this way as text"),
        BACK_KEY,
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Lay out the head, the list, and below or beside it the way under the cursor."""
        yield Panel(id="sources-head")
        with Container(id="sources-parts"):
            with TitledPane(title="Where names come from", id="sources-listed"):
                yield ColumnNames(COLUMNS)
                yield Rows(COLUMNS, id="sources", enter_label="Next step", leading=1)
            with TitledPane(title="This way", id="sources-beside"), Page(id="sources-page"):
                yield Panel(id="sources-detail")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._rows.focus()

    def reload(self) -> None:
        """Show every way as it is now."""
        states = self.services.sources.states()
        self.query_one("#sources-head", Panel).show(words.head(self.services))
        self._rows.show([Row(state.source.value, words.row_cells(self.services, state)) for state in states])
        self._show_detail()

    def on_rows_moved(self) -> None:
        """Show the way under the cursor whole."""
        self._show_detail()
        self.refresh_bindings()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Do the next step: write the letter, take down who was in the news, or add a person."""
        if isinstance(event, Rows.Moved):
            return
        state = self._state()
        if state is not None and state.advice.letter:
            self.action_write_letter()
        elif state is not None and state.source is Source.BUSINESS_NEWS:
            self.action_news()
        else:
            self.action_add()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        state = self._state()
        if state is None and action in ("tried", "write_letter", "edit", "delete", "copy"):
            return "No way is listed: the file sources.yaml names none"
        if action == "write_letter" and state and self.services.sources.letter(state.source) is None:
            return "There is no letter for this way: whoever is found this way is asked for an interview"
        if action in ("edit", "delete") and self._last_note() is None:
            return self.with_keys("Nothing is noted here yet: {sources.tried} notes what you tried")
        return ""

    def action_tried(self) -> None:
        """Note that this way was tried, in the usual words."""
        state = self._state()
        if not self.blocked("tried") and state is not None:
            self.services.sources.mark_tried(state.source)
            change = self.with_keys(". {sources.edit} changes the words")
            self.say_undoable(f"Noted: {state.advice.tried}, today{change}")

    def action_write_letter(self) -> None:
        """Write the letter: to somebody in People who can be asked, or to a reader who is not there."""
        state = self._state()
        if self.blocked("write_letter") or state is None:
            return
        people = self.services.sources.recipients(state.source)
        if people:
            self.app.push_screen(ReaderDialog(self.services, people), self._write_to)
        else:
            self._write_to(NOBODY_IN_PEOPLE)

    def action_news(self) -> None:
        """Take down somebody read of in the news."""
        add_from_news(self)

    def action_add(self) -> None:
        """Ask for somebody whose name came this way, and add them with their call."""
        state = self._state()
        source = state.source if state else Source.OTHER

        def add(values: Values | None) -> None:
            if values:
                self.say_undoable(added_words(self.services.address_book.add(values), values))

        self.app.push_screen(contact_form(self.services, known={"source": source.value}), add)

    def action_edit(self) -> None:
        """Ask for other words for what was tried last."""
        last = self._last_note()
        if self.blocked("edit") or last is None:
            return

        def save(values: Values | None) -> None:
            if values:
                self.services.sources.edit_note(last.note_id, values["what"])

        def check(values: Values) -> dict[str, str]:
            return {} if values["what"].strip() else {"what": "say what you tried"}

        field = Field("what", "You", "wrote to the placement office")
        known = {"what": last.what}
        self.app.push_screen(
            FormDialog(self.services, "What you tried", (field,), known, check, about=last.note_id), save
        )

    def action_delete(self) -> None:
        """Delete what was tried last."""
        last = self._last_note()
        if not self.blocked("delete") and last is not None:
            self.services.sources.delete_note(last.note_id)
            self.say_undoable(f"Deleted: {last.what}")

    def action_copy(self) -> None:
        """Copy the way as text."""
        state = self._state()
        if not self.blocked("copy") and state is not None:
            self.post_message(CopyText(words.as_text(self.services, state)))

    def action_back(self) -> None:
        """Go back to the target."""
        self.post_message(GoBack())

    def _write_to(self, reader: str | None) -> None:
        """Open the letter to the contact with the id `reader`, or to somebody who is not in People."""
        state = self._state()
        template = self.services.sources.letter(state.source) if state else None
        if not reader or state is None or template is None:
            return
        if reader == NOBODY_IN_PEOPLE:
            self.app.push_screen(SourceLetterDialog(self.services, state.source))
        else:
            owed = self.services.following_up.add_letter(reader, template)
            self.app.push_screen(MessageDialog(self.services, owed.id))

    def _show_detail(self) -> None:
        state = self._state()
        parts = words.detail(self.services, state) if state else []
        self.query_one("#sources-page", Page).show(*parts)

    def _state(self) -> SourceState | None:
        """Return the way under the cursor."""
        key = self._rows.key
        return self.services.sources.state(Source(key)) if key else None

    def _last_note(self) -> Tried | None:
        """Return what was noted last of the way under the cursor; a letter sent is none of these."""
        state = self._state()
        return next((tried for tried in state.tried if tried.note_id), None) if state else None

    @property
    def _rows(self) -> Rows:
        return self.query_one("#sources", Rows)
