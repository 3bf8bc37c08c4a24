"""The top line: the screens, what is due, the time left while an interview runs, what is not saved yet."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

APART = "  "

Tabs = tuple[tuple[str, str], ...]
"""The screens shown, by key and name; an empty name shows the key alone."""


class TopBar(Widget):
    """Shows which screen this is, and on the right what must never be out of sight."""

    DEFAULT_CSS = """
    TopBar { height: 1; dock: top; background: $panel; }
    """

    class Clicked(Message):
        """The screen of that name was clicked."""

        def __init__(self, label: str) -> None:
            self.label = label
            super().__init__()

    def __init__(self, tabs: Tabs, active: str) -> None:
        super().__init__()
        self._tabs = tabs
        self._active = active
        self._left = ""
        self._unsaved = ""
        self._due = ("", "")

    def show(self, time_left: str, unsaved: str, due: tuple[str, str] = ("", "")) -> None:
        """Show the time left, what is not saved, and what is due; nothing is drawn if none of it changed.

        `due` is in full and short: whichever fits beside the names of the screens.
        """
        if (time_left, unsaved, due) != (self._left, self._unsaved, self._due):
            self._left, self._unsaved, self._due = time_left, unsaved, due
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Tell which screen was clicked."""
        name, labels, *_ = self._laid_out()
        begin = cell_len(name)
        for key, label in labels:
            end = begin + cell_len(self._tab(key, label))
            if begin <= event.x < end:
                self.post_message(self.Clicked(dict(self._tabs)[key]))
            begin = end

    def render(self) -> Content:
        """Draw the line."""
        name, labels, due, apart, right = self._laid_out()
        texts = [self._tab(key, label) for key, label in labels]
        parts: list[str | tuple[str, str]] = [(name, "bold $primary")]
        for (_, label), text in zip(labels, texts, strict=True):
            parts.append((text, "bold" if label == self._active else "$muted"))
        used = cell_len(name) + sum(cell_len(text) for text in texts)
        gap = self.size.width - used - cell_len(due) - len(apart) - cell_len(right) - 1
        parts += [" " * max(gap, 1), (due, "$muted"), apart, (right, "bold $warning")]
        return Content.assemble(*parts)

    def _laid_out(self) -> tuple[str, Tabs, str, str, str]:
        """Return what the line shows: name, screens, what is due, what keeps it apart, and the right end."""
        width = self.size.width
        room = max(width - cell_len(self._left) - 4, 0)
        unsaved = self._unsaved
        if self._left and cell_len(unsaved) > room:
            unsaved = set_cell_size(unsaved, room - 1).rstrip() + "…" if room > 1 else ""
        right = "  ".join(filter(None, [unsaved, self._left]))
        room = width - cell_len(right) - 2
        for name, labels, due in self._layouts():
            used = cell_len(name) + sum(cell_len(self._tab(key, label)) for key, label in labels)
            apart = APART if due and right else ""
            if used + cell_len(due) + len(apart) <= room:
                break
        return name, labels, due, apart, right

    def _layouts(self) -> Iterator[tuple[str, Tabs, str]]:
        """Yield the name, the screens and what is due, from all of it to nothing, as room gets less.

        The name gives way to what is due, and that to the names of the screens.
        """
        yield from ((" warmcall  ", self._tabs, due) for due in self._due)
        short = tuple((key, label if label == self._active else "") for key, label in self._tabs)
        alone = tuple((key, label) for key, label in self._tabs if label == self._active)
        for name, labels in ((" ", self._tabs), (" ", short), ("", alone)):
            yield from ((name, labels, due) for due in (*self._due, ""))
        yield "", (), ""

    def _tab(self, key: str, label: str) -> str:
        words = f"{key} {label}".rstrip()
        return f"[{words}]" if label == self._active else f" {words} "
