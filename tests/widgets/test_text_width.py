from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from warmcall.domain.sanitize import one_line
from warmcall.widgets.text_width import fit_width


@pytest.mark.parametrize(
    ("text", "size", "shown"),
    [
        ("Mei", 5, "Mei  "),
        ("Mei Tanaka", 10, "Mei Tanaka"),
        ("Mei Tanaka", 9, "Mei Tana…"),
        ("Mei Tanaka", 5, "Mei… "),
        ("Mei", 1, "…"),
        ("Mei", 0, ""),
        ("Mei", -1, ""),
        ("", 3, "   "),
        ("佐藤 由美", 9, "佐藤 由美"),
        ("佐藤 由美", 8, "佐藤 由…"),
        ("佐藤 由美", 7, "佐藤…  "),
        ("佐藤", 3, "佐…"),
        ("佐藤", 2, "… "),
    ],
)
def test_text_is_cut_to_cells_with_an_ellipsis(text: str, size: int, shown: str) -> None:
    assert fit_width(text, size) == shown


@given(st.text(max_size=30).map(one_line), st.integers(0, 40))
def test_any_text_takes_exactly_its_cells(text: str, size: int) -> None:
    assert cell_len(fit_width(text, size)) == size
