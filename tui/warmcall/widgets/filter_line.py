"""The line over a list in which the words to filter it are typed."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from warmcall.widgets.text_fields import Line


class FilterLine(Line):
    """A line for the words of a filter, hidden until it is opened; its right end says what was found."""

    DEFAULT_CSS = """
    FilterLine > .filter--found { color: $muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter--found"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Into the list", id="filter.enter", tooltip="To what was found"),
        Binding(
            "down", "into_list", "Into the list", show=False, id="filter.list", tooltip="To what was found"
        ),
        Binding("escape", "clear", "Clear", id="filter.clear", tooltip="Show everything again"),
    ]

    class Cleared(Message):
        """Esc was pressed in the line."""

    def __init__(self, hint: str, id: str | None = None, enter_label: str = "") -> None:
        """Make a hidden line; `enter_label` says what Enter does if it does not lead into the list."""
        super().__init__(hint=hint, id=id)
        self.display = False
        self._enter_label = enter_label
        self._found = ""

    def open(self) -> None:
        """Show the line, empty, and put the cursor into it."""
        self.value = ""
        self.display = True
        self.focus()

    def close(self) -> bool:
        """Empty and hide the line; return whether it was open."""
        was_open = self.display
        self.value = ""
        self.display = False
        return was_open

    def show_found(self, found: int, of: int) -> None:
        """Say how many rows of how many the words found; nothing while there are no words."""
        words = f"{found:,} of {of:,}" if self.value.strip() else ""
        if words != self._found:
            self._found = words
            self.styles.padding = (0, 1 + (cell_len(words) + 1 if words else 0), 0, 1)
            self.refresh()
            self.call_after_refresh(self.show_caret)

    def label_of(self, action: str) -> str:
        """Return what Enter does in this line, if that is not the usual."""
        return self._enter_label if action == "submit" else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the way into the list where there is none."""
        return not self._enter_label if action == "into_list" else super().check_action(action, parameters)

    async def action_into_list(self) -> None:
        """Lead into the list as Enter does."""
        await self.action_submit()

    def action_clear(self) -> None:
        """Ask for the line to be closed."""
        self.post_message(self.Cleared())

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the line, and what was found in the space kept free for it."""
        strips = super().render_lines(crop)
        cells = cell_len(self._found)
        place = self.outer_size.width - cells - 1 - crop.x
        if not cells or not strips or place < 0:
            return strips
        style = self.rich_style + self.get_component_rich_style("filter--found", partial=True)
        found = Strip([Segment(self._found, style)], cells)
        parts = [strips[0].crop(0, place), found, strips[0].crop(place + cells)]
        return [Strip.join(parts), *strips[1:]]
