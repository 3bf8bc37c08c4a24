from __future__ import annotations

import pytest

from tui.domain.preparation import PreparationItem, items_for
from tui.domain.vocabulary import Mode
from tui.storage.library import Library

EVERYWHERE = PreparationItem("research", "Research read")
AWAY = PreparationItem("way", "Way looked up", (Mode.IN_PERSON,))
SEEN = PreparationItem("dressed", "Dressed", (Mode.IN_PERSON, Mode.VIDEO))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Mode.PHONE, (EVERYWHERE,)),
        (Mode.VIDEO, (EVERYWHERE, SEEN)),
        (Mode.IN_PERSON, (EVERYWHERE, AWAY, SEEN)),
    ],
)
def test_the_list_fits_the_way_to_meet(mode: Mode, expected: tuple[PreparationItem, ...]) -> None:
    assert items_for((EVERYWHERE, AWAY, SEEN), mode) == expected


@pytest.mark.parametrize("mode", list(Mode))
def test_the_bundled_list_has_something_for_every_way_to_meet(library: Library, mode: Mode) -> None:
    items = items_for(library.preparation, mode)
    assert len(items) >= 4
    assert len({one.id for one in items}) == len(items)


def test_the_resume_is_there_but_shown_only_when_asked(library: Library) -> None:
    for mode in Mode:
        resume = [one.text for one in items_for(library.preparation, mode) if "resume" in one.id]
        assert len(resume) == 1
        assert "only if they offer to look" in resume[0]
