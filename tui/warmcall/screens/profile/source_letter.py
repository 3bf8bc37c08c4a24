"""A letter that asks for names: to whom it goes, and its text where its reader is not in People."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.objections import gap_problem
from warmcall.domain.records import Contact
from warmcall.domain.templates import first_gap, has_gap
from warmcall.domain.vocabulary import Source
from warmcall.presentation.counts import words_in
from warmcall.presentation.person import is_in_people
from warmcall.screens.base import CopyText
from warmcall.screens.confirm_once import ConfirmOnce
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows

NOBODY_IN_PEOPLE = "new"
"""What `ReaderDialog` gives back for a reader who is not in People."""


class ReaderDialog(Dialog[str]):
    """Lists who can be asked for names; gives back the id of one, NOBODY_IN_PEOPLE, or nothing."""

    TITLE_WORDS = "To whom?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close without a letter"),
    ]

    def __init__(self, services: Services, people: Sequence[Contact]) -> None:
        super().__init__(services)
        self._people = people

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Rows((Column(weight=1),), id="readers", enter_label="Write")

    def on_mount(self) -> None:
        """Show who can be asked, and somebody else as the last."""
        rows = [Row(person.id, (is_in_people(self.services, person),)) for person in self._people]
        shown = self.query_one("#readers", Rows)
        shown.show([*rows, Row(NOBODY_IN_PEOPLE, ("somebody who is not in People",))])
        shown.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back who is under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss("")


class SourceLetterDialog(Dialog[None]):
    """The text of a letter that asks for names, to be copied; what was written is kept until it is sent.

    Outside the text, letters are keys; Enter goes into the text.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (22, "-tall"), (30, "-roomy")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="source_letter.edit",
                tooltip="Edit the text; {notes.leave} leaves it"),
        Binding("g", "gap", "Fill ‹ ›", id="source_letter.gap",
                tooltip="Go to the first gap; what you type replaces it"),
        Binding("Y", "copy", "Copy", id="source_letter.copy", tooltip="Copy subject and text"),
        Binding("s", "sent", "Sent", id="source_letter.sent", tooltip="Note that you sent it"),
        Binding("R", "redraft", "Draft again", show=False, id="source_letter.redraft",
                tooltip="Drop the text and draft it again from the template"),
        Binding("V", "own_editor", "Own editor", show=False, id="source_letter.own_editor",
                tooltip="Write in your own editor, $VISUAL or $EDITOR"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close; the draft is kept"),
    ]  # fmt: skip

    def __init__(self, services: Services, source: Source) -> None:
        super().__init__(services)
        self._source = source
        self._confirm = ConfirmOnce(self.say)

    @property
    def title_words(self) -> str:
        """What the letter is for."""
        template = self.services.sources.letter(self._source)
        return template.title if template else "A letter"

    def body(self) -> ComposeResult:
        """Lay out to whom, subject and text, and the length."""
        yield Panel("to somebody who is not in People: the text to copy", id="to")
        yield MessageEditor(id="editor")
        yield Panel("", id="length")

    def on_mount(self) -> None:
        """Show what was written so far, else the draft."""
        draft = self.services.sources.draft(self._source)
        kept, _ = self.services.unfinished.of(self._form_id)
        self._editor.show(self._form_id, kept.get("subject", draft.subject), kept.get("body", draft.body))
        self.on_message_editor_changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key for gaps out where there is none."""
        if action == "gap":
            return has_gap(self._editor.full_text)
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        return self.external.editor_disabled_reason() if action == "own_editor" else ""

    def on_message_editor_changed(self) -> None:
        """Show how long the text is."""
        self.query_one("#length", Panel).show(words_in(self._editor.text))
        self.refresh_bindings()

    def on_message_editor_save_requested(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_message_editor_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def on_screen_suspend(self) -> None:
        """Keep what was written when another screen comes up."""
        self.flush()

    def flush(self) -> None:
        """Keep subject and text where they differ from what is kept."""
        editor = self._editor
        if editor.unsaved:
            subject, body = editor.mark_saved()
            draft = self.services.sources.draft(self._source)
            same = (subject, body) == (draft.subject, draft.body)
            typed = {} if same else {"subject": subject, "body": body}
            self.services.unfinished.keep(self._form_id, self.title_words, typed)

    def action_leave(self) -> None:
        """Come out of the text; else close, keeping the draft."""
        self.flush()
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(None)

    def action_edit(self) -> None:
        """Go into the text."""
        self._editor.focus_text()

    def action_gap(self) -> None:
        """Go to the first gap, selected, so that what is typed takes its place."""
        self._editor.select(first_gap(self._editor.subject) or first_gap(self._editor.text))

    def action_copy(self) -> None:
        """Copy subject and text, with a warning where a gap is still in them."""
        if problem := self._gap_problem():
            self.say(f"Not ready to send. {problem}")
        self.post_message(CopyText(self._editor.full_text))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if not self.blocked("own_editor"):
            self.external.edit(self._editor)

    def action_redraft(self) -> None:
        """Draft it again from the template; a text that was changed is dropped at the second press only."""
        self.flush()
        kept, _ = self.services.unfinished.of(self._form_id)
        if not kept:
            self.say("Nothing was changed in this draft")
            return
        again = self.with_keys("That replaces what you wrote: press {source_letter.redraft} again to do it")
        if not self._confirm.confirmed(again):
            return
        self.services.unfinished.drop(self._form_id)
        draft = self.services.sources.draft(self._source)
        self._editor.show(self._form_id, draft.subject, draft.body)
        self.on_message_editor_changed()

    def action_sent(self) -> None:
        """Note that this way was tried; a gap left in the text is said first."""
        self.flush()
        problem = self._gap_problem()
        again = f"{problem} {self.key('source_letter.sent')} again notes it as sent anyway"
        if problem and not self._confirm.confirmed(again):
            return
        self.services.sources.mark_tried(self._source)
        self.services.unfinished.drop(self._form_id)
        self.say_undoable("Noted as sent")
        self.dismiss(None)

    def _gap_problem(self) -> str:
        found = gap_problem(self._editor.subject, self._editor.text, "source_letter.gap")
        return self.with_keys(found) if found else ""

    @property
    def _form_id(self) -> str:
        return f"letter|{self._source}"

    @property
    def _editor(self) -> MessageEditor:
        return self.query_one(MessageEditor)
