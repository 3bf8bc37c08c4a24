"""The dialog: a box over the screen that asks for something and gives back the answer."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from warmcall.domain.sanitize import one_line
from warmcall.screens.base import ScreenShown, TabScreen, View, set_breakpoints
from warmcall.services.services import Services
from warmcall.widgets.bars import KeyBar
from warmcall.widgets.notice_line import NoticeLine
from warmcall.widgets.panel import safe_content

T = TypeVar("T")


class Dialog(View, ModalScreen[T]):
    """A box over the screen, with its keys in its last line; it gives back a T, or None when it is left."""

    HORIZONTAL_BREAKPOINTS = TabScreen.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = [*TabScreen.VERTICAL_BREAKPOINTS, (24, "-high")]
    TITLE_WORDS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Close without doing anything"),
        Binding("question_mark,f1", "app.help", "help", id="app.help", tooltip="What the keys do here"),
        Binding("colon,ctrl+p", "app.palette", "Palette", show=False, id="app.palette",
                tooltip="Find anything by its name"),
        Binding("M,ctrl+g", "app.messages", "Messages", show=False, id="app.messages",
                tooltip="The last messages, to read again"),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def compose(self) -> ComposeResult:
        """Put the body into a box with a title, and the keys below it."""
        set_breakpoints(self)
        with Vertical(id="box") as box:
            box.border_title = safe_content(one_line(self.title_words))
            yield from self.body()
            yield KeyBar()
        yield NoticeLine()

    def on_screen_resume(self) -> None:
        """Let the app know that it is shown."""
        self.post_message(ScreenShown())

    @property
    def title_words(self) -> str:
        """What stands in the box's upper border."""
        return self.TITLE_WORDS

    def room_for_notice(self) -> int:
        """Return how many lines are free below the box; in a low window its border may be covered."""
        box = self.query_one("#box").region
        return max(self.size.height - box.bottom, 1) if box else 1

    def body(self) -> ComposeResult:
        """Lay out what is inside the box."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
