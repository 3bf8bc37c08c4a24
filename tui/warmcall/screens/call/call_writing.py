"""The part of the call that is written: its text is kept, measured and looked over as it is typed."""

from __future__ import annotations

from warmcall.domain.records import Contact
from warmcall.screens.base import TabScreen
from warmcall.screens.call.asking import Ask
from warmcall.screens.call.written_ask import WrittenAsk
from warmcall.services.services import Services
from warmcall.widgets.call_panel import CallPanel


class WritingScreen(TabScreen):
    """A screen with an ask that may be written, to one contact."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._contact_id = ""
        self._asking: Ask | None = None

    def flush(self) -> None:
        """Keep what was written and is not kept yet."""
        written, letter = self._written(), self._panel.editor
        if written and letter.unsaved:
            written.keep(*letter.mark_saved())

    def action_back(self) -> None:
        """Come out of the text; else go back to the screen before."""
        if self._panel.editor.is_editing:
            self.on_message_editor_left()
        else:
            super().action_back()

    def action_write(self) -> None:
        """Go into the text of what is written."""
        if not self.blocked("write"):
            self._panel.editor.focus_text()

    def on_message_editor_changed(self) -> None:
        """Show how long it is, and what is to be said of it."""
        written, letter = self._written(), self._panel.editor
        if written:
            self._panel.show_length(written.measure(letter.text))
            letter.show_remarks(written.remarks(letter.subject, letter.text))

    def on_message_editor_save_requested(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_message_editor_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def _written(self) -> WrittenAsk | None:
        """Return what is being written, if this ask is."""
        person, asking = self._person(), self._asking
        if person is None or asking is None or asking.written is None:
            return None
        return WrittenAsk(self.services, person, asking, asking.written)

    @property
    def _panel(self) -> CallPanel:
        return self.query_one("#talk", CallPanel)

    def _person(self) -> Contact | None:
        return self.services.store.contact(self._contact_id)
