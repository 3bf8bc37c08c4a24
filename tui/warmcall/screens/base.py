"""What all screens have in common: the bars, the messages to the app, and what depends on the services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label

from warmcall.screens.external import ExternalPrograms
from warmcall.services.services import Services
from warmcall.terminal.key_queue import KeyQueue
from warmcall.widgets.bars import KeyBar, TopBar
from warmcall.widgets.keys import key_display_of, with_keys
from warmcall.widgets.notice_line import NoticeLine
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_width import fit_width

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    # Textual takes the keys of a class from its first base that is a widget: that has to be the screen.
    _Widget = object

TABS: tuple[tuple[str, str], ...] = (
    ("1", "Queue"),
    ("2", "People"),
    ("3", "Call"),
    ("4", "Interview"),
    ("5", "Progress"),
    ("6", "Target"),
)
"""The screens with their keys."""

THREE_COLUMNS_FROM = 160
"""The width from which an area may have three columns side by side."""

TOO_SMALL = "This window is small: make it at least 50 by 14."

PLACE_PSEUDO_CLASSES = frozenset(
    ["focus-within", "empty", "odd", "even", "first-child", "last-child", "first-of-type", "last-of-type"]
)
"""What says where a screen is among others and what it holds: no rule for a screen depends on these."""


BACK_KEY = Binding("q", "back", "Back", id="screen.leave", tooltip="To the screen under this one")
"""The key that closes a screen which was opened over another."""

SHORTLIST_KEY = Binding(
    "S", "shortlist", "Shortlist", show=False, id="shortlist.open",
    tooltip="Who of everybody you know is worth asking this week, and why",
)  # fmt: skip
"""The key of the screens from which the shortlist is opened."""

IMPORT_KEY = Binding(
    "I", "import", "Import", show=False, id="people.import",
    tooltip="LinkedIn, contacts, vCards, tables: their people into the pool",
)  # fmt: skip
"""The key of the screens from which people are imported."""

ADD_KEY = Binding("a", "add", "Add", id="people.add", tooltip="Add a contact; their call goes into the queue")
"""The key of People that adds somebody."""

DROP_CAPTURE_KEY = Binding(
    "d", "drop", "Remove", id="captures.drop", tooltip="Remove it; {app.undo} on the interview undoes it"
)
"""The key that removes a capture, in the list of those of an interview."""

NAMED_KEYS = (SHORTLIST_KEY, IMPORT_KEY, ADD_KEY, DROP_CAPTURE_KEY)
"""Keys that a screen names before those that have them are imported."""


class GoTo(Message):
    """Asks the app for another of the screens, opened on a contact or an interview if one is given.

    `follow_up_id` is what a call is opened for.
    """

    def __init__(
        self, tab: str, contact_id: str = "", interview_id: str = "", follow_up_id: str = ""
    ) -> None:
        self.tab = tab
        self.contact_id = contact_id
        self.interview_id = interview_id
        self.follow_up_id = follow_up_id
        super().__init__()


class GoBack(Message):
    """Asks the app to close the page on top, such as a person's."""


class ScreenShown(Message):
    """Says that a screen has come up, so that the app fills its top bar."""


class CopyText(Message):
    """Asks the app to copy a text to the clipboard."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__()


class HostApp(Protocol):
    """What screens ask of their app beyond what every Textual app has."""

    external: ExternalPrograms
    key_queue: KeyQueue


class View(_Widget):
    """What a screen, a dialog and a pane have in common; a mixin, named before the Textual class.

    It shows what the services hold, says why a key cannot act now, and names keys as the user has them.
    """

    services: Services
    _style_state: object = None

    def update_node_styles(self, animate: bool = True) -> None:
        """Style this and all it contains again, unless nothing that its styles depend on has changed.

        Textual asks for it whenever a screen comes up, twice for a new screen. A new theme does not pass
        through here, and what is not on a screen yet is styled when it is put there.
        """
        if not self.is_attached:
            return
        own = self.get_pseudo_classes() - PLACE_PSEUDO_CLASSES
        state = (self.classes, own, self.app.classes, self.app.get_pseudo_classes())
        if state != self._style_state:
            self._style_state = state
            super().update_node_styles(animate)

    @property
    def external(self) -> ExternalPrograms:
        """The other programs that the app can hand texts to."""
        return cast("HostApp", self.app).external

    def surprise(self, opens_screen: bool = True) -> None:
        """Have keys ignored for a moment: a screen, or a part of one, comes up that no key asked for."""
        cast("HostApp", self.app).key_queue.surprise(opens_screen)

    def reload(self) -> None:
        """Repaint from the store."""

    def tick(self) -> None:
        """Repaint what may change with every second; called that often only while a countdown runs."""

    def new_minute(self) -> None:
        """Repaint what changes with the minute: words about time such as "in 2 h"."""

    def flush(self) -> None:
        """Hand what was typed and is not saved yet to the services."""

    def warn_unsaved(self, key_id: str) -> bool:
        """Return whether what was typed here would be lost, after saying so once; `key_id` leaves anyway."""
        return False

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now; empty if it can."""
        return ""

    def blocked(self, action: str) -> bool:
        """Return whether `action` cannot be done now, and if so show the reason."""
        reason = self.disabled_reason(action)
        if reason:
            self.say(reason)
        return bool(reason)

    def key(self, id_: str) -> str:
        """Return the key bound to the id `id_`, as the user has it and as a sentence shows it."""
        return key_display_of(self.app, id_)

    def with_keys(self, words: str) -> str:
        """Return `words` with each {id} replaced by its key; they must hold nothing that users wrote."""
        return with_keys(self.app, words)

    def with_key_lines(self, words: str, *lines: tuple[str, str]) -> list[RichPart]:
        """Return what an empty screen says: `words`, and below them a line for each way on.

        Each of `lines` is the ids of keys, "{people.add}", and what they do, which may name keys, too. The
        keys stand in a column of their own.
        """
        keys = [self.with_keys(ids) for ids, _ in lines]
        widest = max(map(cell_len, keys), default=0)
        parts: list[RichPart] = [words, "\n"]
        for key, (_, what) in zip(keys, lines, strict=True):
            parts += ["\n", (fit_width(key, widest), "bold $primary"), f"  {self.with_keys(what)}"]
        return parts

    def say(self, words: str) -> None:
        """Show `words` as a notice for a few seconds."""
        self.notify(words, markup=False)

    def reading_start(self) -> Widget | None:
        """Return what is read first while nothing has the focus; None if there is nothing yet."""
        for selector in ("#say", "#box", "#empty", "#body"):
            for widget in self.query(selector):
                if widget.region:
                    return _first_inside(widget)
        return None

    def room_for_notice(self) -> int:
        """Return how many lines at the bottom a notice may cover: here that of the keys."""
        return 1

    def say_undoable(self, words: str) -> None:
        """Show what was done, and the key that undoes it."""
        self.say(f"{words}. {self.key('app.undo')} undoes it")


class TabScreen(View, Screen[None]):
    """A full screen between the two bars; `TAB` is the label of the one of `TABS` that it belongs to."""

    TAB: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (76, "-usual"), (100, "-broad"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (14, "-low"), (22, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "Close", show=False, id="screen.back",
                tooltip="Close what is open: a filter, marks, a text, a message"),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.bar = TopBar(TABS, self.TAB)

    def compose(self) -> ComposeResult:
        """Put the body between the bars."""
        set_breakpoints(self)
        yield self.bar
        yield Label(TOO_SMALL, id="too-small", markup=False)
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()
        yield NoticeLine()

    def body(self) -> ComposeResult:
        """Lay out what is between the bars."""
        raise NotImplementedError

    def in_view(self) -> str:
        """Return the id of the contact shown or selected; empty if there is none."""
        return ""

    def go_to(self, target: GoTo) -> None:
        """Show the contact or the interview that `target` names."""

    def shows_advice(self, interview_id: str) -> bool:
        """Return whether the screen shows the sentences to say aloud in that interview."""
        return False

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self.services.time.now()

    def on_screen_resume(self) -> None:
        """Repaint: the store may have changed while another screen was shown."""
        self.reload()
        self.post_message(ScreenShown())

    def on_screen_suspend(self) -> None:
        """Save what was typed before another screen comes up."""
        self.flush()

    def action_back(self) -> None:
        """Close the message that is shown, if there is one."""
        self.app.clear_notifications()


def screens_in_sight(stack: Iterable[Screen[Any]]) -> Iterator[Screen[Any]]:
    """Yield those of a stack of screens that are to be seen, the uppermost first.

    A dialog lies over a part of the screen under it; any other screen covers it. What is covered repaints
    when it comes up again.
    """
    for screen in reversed(list(stack)):
        yield screen
        if not screen.is_modal:
            return


def _first_inside(widget: Widget) -> Widget:
    """Return the first widget to be seen inside another, or that itself if there is none."""
    seen = (child for child in widget.children if child.region)
    first = next(seen, None)
    return _first_inside(first) if first is not None else widget


def set_breakpoints(screen: Screen[Any]) -> None:
    """Give a screen the classes for the size of the window before it contains anything.

    Textual does so only once the screen is laid out, and then has to style all of it again.
    """
    classes = {}
    for cells, breakpoints in (
        (screen.app.size.width, screen.HORIZONTAL_BREAKPOINTS),
        (screen.app.size.height, screen.VERTICAL_BREAKPOINTS),
    ):
        reached = ""
        for at_least, name in sorted(breakpoints or ()):
            classes[name] = False
            reached = name if cells >= at_least else reached
        if reached:
            classes[reached] = True
    screen.update_classes(classes, animate=False)
