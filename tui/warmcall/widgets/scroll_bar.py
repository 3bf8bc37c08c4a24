"""A scrollbar that is seen without colour and in ASCII: arrows say on which side there is more."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

UP, DOWN = "▲", "▼"
"""What stands at the end of the bar beyond which something is hidden."""

_BACK, _BAR = Color.parse("#555555"), Color.parse("bright_magenta")
"""What Textual has where no colour is given."""

TRACK, THUMB = "│", "┃"


class SignedScrollBar(ScrollBarRender):
    """Draws a vertical scrollbar with signs: a line, a thick one where the window is, arrows at its ends.

    Textual draws it with background colours alone, so that without colour nothing says that a text goes on.
    """

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = _BACK,
        bar_color: Color = _BAR,
    ) -> Segments:
        """Return the bar, of `size` cells, for a window at `position` in a text of `virtual_size` lines."""
        if not vertical:
            return super().render_bar(
                size, virtual_size, window_size, position, thickness, vertical, back_color, bar_color
            )
        segments = []
        for at, sign in enumerate(signs(size, virtual_size, window_size, position)):
            grabs = sign == THUMB
            click = "grab" if grabs else "scroll_up" if at * virtual_size < position * size else "scroll_down"
            style = Style(color=bar_color, dim=sign == TRACK, meta={"@mouse.down": click})
            segments.append(Segment(sign * thickness, style))
        return Segments(segments, new_lines=True)


def signs(size: int, virtual_size: float, window_size: float, position: float) -> list[str]:
    """Return the sign of each of the `size` cells of a bar from the top; blanks where all of it shows."""
    if not size or not window_size or virtual_size <= window_size:
        return [" "] * size
    hidden = virtual_size - window_size
    position = min(max(position, 0), hidden)
    length = max(1, round(size * window_size / virtual_size))
    start = round((size - length) * position / hidden)
    found = [THUMB if start <= at < start + length else TRACK for at in range(size)]
    if position < hidden:
        found[-1] = DOWN
    if position > 0 and (size > 1 or position >= hidden):
        found[0] = UP
    return found
