from __future__ import annotations

import pytest
from warmcall.domain.lint import Remark
from warmcall.presentation.remarks import remarks
from warmcall.widgets.rich_text import plain_text


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], ""),
        ([Remark("no question", serious=True)], "! no question"),
        ([Remark("no question", serious=True), Remark("long", serious=False)], "! no question\n· long"),
        ([Remark(f"remark {number}", serious=False) for number in (1, 2, 3, 4, 5)],
         "· remark 1\n· remark 2\n· remark 3 (and 2 more)"),
    ],
)  # fmt: skip
def test_remarks_stand_on_a_line_each_and_three_at_once(found: list[Remark], words: str) -> None:
    assert plain_text(remarks(found)) == words


def test_a_serious_remark_is_marked() -> None:
    assert remarks([Remark("no question", serious=True)])[0] == ("! ", "bold $warning")
