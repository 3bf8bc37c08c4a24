"""The part of the call that is written: its text is kept, measured and looked over as it is typed."""

from __future__ import annotations

from tui.domain.records import Contact
from tui.screens.asking import Asking
from tui.screens.base import WarmScreen
from tui.screens.call_written import WrittenAsk
from tui.services.desk import Desk
from tui.widgets.talk import Talk


class WritingScreen(WarmScreen):
    """A screen with an ask that may be written, to one contact."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._contact_id = ""
        self._asking: Asking | None = None

    def flush(self) -> None:
        """Keep what was written and is not kept yet."""
        written, letter = self._written(), self._talk.letter
        if written and letter.unsaved:
            written.keep(*letter.taken())

    def action_back(self) -> None:
        """Come out of the text; else go back to the screen before."""
        if self._talk.letter.entered:
            self.on_letter_left()
        else:
            super().action_back()

    def action_write(self) -> None:
        """Go into the text of what is written."""
        if not self.refuses("write"):
            self._talk.letter.enter()

    def on_letter_changed(self) -> None:
        """Show how long it is, and what is to be said of it."""
        written, letter = self._written(), self._talk.letter
        if written:
            self._talk.measure(written.measure(letter.text))
            letter.remark(written.remarks(letter.subject, letter.text))

    def on_letter_kept(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_letter_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def _written(self) -> WrittenAsk | None:
        """Return what is being written, if this ask is."""
        person, asking = self._person(), self._asking
        if person is None or asking is None or asking.written is None:
            return None
        return WrittenAsk(self.desk, person, asking, asking.written)

    @property
    def _talk(self) -> Talk:
        return self.query_one("#talk", Talk)

    def _person(self) -> Contact | None:
        return self.desk.book.contact(self._contact_id)
