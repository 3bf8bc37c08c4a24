"""One page to read before a meeting, over the whole of the screen, to be copied or printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from warmcall.domain.records import Interview
from warmcall.domain.sanitize import one_line
from warmcall.formats.markdown import DocumentSection, Item, Mark, plain
from warmcall.presentation.briefing import briefing
from warmcall.screens.base import CopyText
from warmcall.screens.dialog import Dialog
from warmcall.screens.people.person_page import Page
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart

_SIGNS = {Mark.NONE: "", Mark.POINT: "- ", Mark.DONE: "[✓] ", Mark.OPEN: "[ ] "}


class PrintPage(Message):
    """A page is to be written to a file, from which it is printed."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__()


class BriefingDialog(Dialog[None]):
    """The page, as long as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "print", "Print", id="briefing.print", tooltip="Write the page to a file, to print it"),
        Binding("Y", "copy", "Copy", id="briefing.copy", tooltip="Copy the page"),
        Binding("b,q,escape,backspace", "leave", "Back", id="dialog.leave", tooltip="To the lists"),
    ]

    def __init__(self, services: Services, interview_id: str) -> None:
        super().__init__(services)
        self._interview_id = interview_id

    @property
    def title_words(self) -> str:
        """What the page is for."""
        return "To read before you meet"

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="briefing"):
            yield Panel(id="briefing-text")

    def on_mount(self) -> None:
        """Show the page, where the keys that move it go."""
        self.reload()
        self.query_one("#briefing", Page).focus()

    def reload(self) -> None:
        """Show what is known now."""
        interview = self._interview
        if interview is None:
            return
        page = briefing(self.services, interview)
        parts: list[RichPart] = [(f"{one_line(page.title)}\n", "bold")]
        parts += [f"{one_line(line)}\n" for line in page.lines]
        self.query_one("#briefing-text", Panel).show(*parts, *section_parts(page.sections))

    def action_print(self) -> None:
        """Have the page written to a file."""
        if self._interview is not None:
            self.post_message(PrintPage(plain(briefing(self.services, self._interview))))

    def action_copy(self) -> None:
        """Copy the page."""
        if self._interview is not None:
            self.post_message(CopyText(plain(briefing(self.services, self._interview))))

    @property
    def _interview(self) -> Interview | None:
        return self.services.store.get(Interview, self._interview_id)


def section_parts(sections: Iterable[DocumentSection]) -> list[RichPart]:
    """Return sections as they are shown on the screen."""
    parts: list[RichPart] = []
    for section in sections:
        parts += ["\n", (f"{one_line(section.title)}\n", "bold $primary")]
        number = 0
        for item in section.items:
            number += item.mark is Mark.NUMBER
            parts += _item_parts(item, number)
    return parts


def _item_parts(item: Item, number: int) -> list[RichPart]:
    if not item.text.strip():
        return []
    sign = _SIGNS.get(item.mark, f"{number}. ")
    return [f"{sign}{one_line(item.text)}\n", *(f"  {one_line(text)}\n" for text in item.more)]
