"""The top line: the screens, the time left while an interview runs, and what is not saved yet."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget


class TopBar(Widget):
    """Shows which screen this is, and on the right what must never be out of sight."""

    DEFAULT_CSS = """
    TopBar { height: 1; dock: top; background: $panel; }
    """

    def __init__(self, tabs: tuple[tuple[str, str], ...], active: str) -> None:
        super().__init__()
        self._tabs = tabs
        self._active = active
        self._left = ""
        self._unsaved = ""

    def show(self, time_left: str, unsaved: str) -> None:
        """Show the time left, and what is not saved; nothing is drawn if neither changed."""
        if (time_left, unsaved) != (self._left, self._unsaved):
            self._left, self._unsaved = time_left, unsaved
            self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        width = self.size.width
        right = "  ".join(filter(None, [self._unsaved, self._left]))
        room = width - cell_len(right) - 2
        for name, labels in (
            (" warmcall  ", [(key, label) for key, label in self._tabs]),
            (" ", [(key, label) for key, label in self._tabs]),
            (" ", [(key, label if label == self._active else "") for key, label in self._tabs]),
            ("", [(key, label) for key, label in self._tabs if label == self._active]),
            ("", []),
        ):
            texts = [self._tab(key, label) for key, label in labels]
            if cell_len(name) + sum(cell_len(text) for text in texts) <= room:
                break
        parts: list[str | tuple[str, str]] = [(name, "bold $primary")]
        for (_, label), text in zip(labels, texts, strict=True):
            parts.append((text, "bold" if label == self._active else "$muted"))
        used = cell_len(name) + sum(cell_len(text) for text in texts)
        parts += [" " * max(width - used - cell_len(right) - 1, 1), (right, "bold $warning")]
        return Content.assemble(*parts)

    def _tab(self, key: str, label: str) -> str:
        words = f"{key} {label}".rstrip()
        return f"[{words}]" if label == self._active else f" {words} "
