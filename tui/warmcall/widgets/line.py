"""A line of text to type in."""

from __future__ import annotations

from warmcall.widgets.text_fields import PlainInput


class Line(PlainInput):
    """A line of text without a blinking cursor."""

    def __init__(self, text: str = "", hint: str = "", id: str | None = None, replaced: bool = False) -> None:
        """Begin with `text`, which is typed over if it is to be `replaced`."""
        super().__init__(
            text, placeholder=f"({hint})" if hint else "", compact=True, select_on_focus=replaced, id=id
        )
        self.cursor_blink = False
