"""What all screens share: the bars, the way to the others, and repainting from the store."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Label

from warmcall.domain.sanitize import one_line
from warmcall.screens.disabled_reason import ExplainsDisabledKeys
from warmcall.services.services import Services
from warmcall.widgets.key_bar import KeyBar
from warmcall.widgets.panel import assembled
from warmcall.widgets.top_bar import TopBar

TABS: tuple[tuple[str, str], ...] = (
    ("1", "Queue"),
    ("2", "People"),
    ("3", "Call"),
    ("4", "Interview"),
    ("6", "Target"),
)
"""The screens by their key; Progress takes 5 when it is there."""

TOO_SMALL = "This window is small: make it at least 50 by 14."

T = TypeVar("T")


class GoTo(Message):
    """Another of the screens is wanted, on a person if one is named."""

    def __init__(self, tab: str, contact_id: str = "", interview_id: str = "") -> None:
        self.tab = tab
        self.contact_id = contact_id
        self.interview_id = interview_id
        super().__init__()


class GoBack(Message):
    """The screen before this one is wanted."""


class ScreenShown(Message):
    """A screen has come up, and its top line is to say what the others say."""


class CopyText(Message):
    """A text is to be copied."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__()


class TabScreen(ExplainsDisabledKeys, Screen[None]):
    """A full screen between the two bars. `TAB` is the one it belongs to."""

    TAB: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (76, "-usual"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (14, "-low"), (22, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,backspace", "back", "Back", show=False, id="screen.back", tooltip="To where you were"
        ),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.bar = TopBar(TABS, self.TAB)

    def compose(self) -> ComposeResult:
        """Put the body between the bars."""
        yield self.bar
        yield Label(TOO_SMALL, id="too-small", markup=False)
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """Lay out what is between the bars."""
        raise NotImplementedError

    def in_view(self) -> str:
        """Return the id of the contact shown or chosen; empty if there is none."""
        return ""

    def now(self) -> datetime:
        """Return the present instant."""
        return self.services.time.now()

    def on_screen_resume(self) -> None:
        """Repaint: the store may have changed while another screen was shown."""
        self.reload()
        self.post_message(ScreenShown())

    def on_screen_suspend(self) -> None:
        """Lose nothing typed when another screen comes up."""
        self.flush()

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.flush()
        self.post_message(GoBack())


class Dialog(ExplainsDisabledKeys, ModalScreen[T]):
    """A box over the screen, with its own keys in its last line."""

    HORIZONTAL_BREAKPOINTS = TabScreen.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = TabScreen.VERTICAL_BREAKPOINTS
    TITLE_WORDS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Close without doing anything"),
        Binding("question_mark,f1", "app.help", "help", id="app.help", tooltip="What the keys do here"),
        Binding("colon,ctrl+p", "app.command_palette", "Palette", show=False, id="app.palette",
                tooltip="Find an action by its name"),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def compose(self) -> ComposeResult:
        """Put the body into a box."""
        with Vertical(id="box") as box:
            box.border_title = assembled(one_line(self.title_words))
            yield from self.body()
            yield KeyBar()

    @property
    def title_words(self) -> str:
        """What stands in the box's upper border."""
        return self.TITLE_WORDS

    def body(self) -> ComposeResult:
        """Lay out what is inside the box."""
        raise NotImplementedError

    def tick(self) -> None:
        """Repaint what changes with the time alone."""

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
