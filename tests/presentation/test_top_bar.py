from __future__ import annotations

import pytest
from warmcall.presentation.top_bar import forms


@pytest.mark.parametrize(
    ("due", "sample", "shown"),
    [
        (("", ""), False, ()),
        (("2 late · 4 today", "6 due"), False, ("2 late · 4 today", "6 due")),
        (("", ""), True, ("sample data, not kept", "sample data", "sample")),
        (
            ("2 late", "2 due"),
            True,
            (
                "sample data, not kept  2 late",
                "sample data  2 late",
                "sample data  2 due",
                "sample  2 due",
                "sample",
            ),
        ),
    ],
)
def test_sample_data_are_marked_in_every_form_and_what_is_due_gives_way(
    due: tuple[str, str], sample: bool, shown: tuple[str, ...]
) -> None:
    assert forms(due, sample) == shown
