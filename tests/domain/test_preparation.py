from __future__ import annotations

from typing import Any

import pytest
from warmcall.config.library import Library
from warmcall.domain.preparation import PreparationItem, items_for, minutes_needed, prepared
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind, Mode

from tests.examples import NOW, follow_up, interview, local, question

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
    assert len({item.id for item in items}) == len(items)


def test_the_resume_is_there_but_shown_only_when_asked(library: Library) -> None:
    for mode in Mode:
        resume = [item.text for item in items_for(library.preparation, mode) if "resume" in item.id]
        assert len(resume) == 1
        assert "only if they offer to look" in resume[0]


CONFIRMED = PreparationItem("confirmed", "Confirmed", ticked_by=FollowUpKind.CONFIRM)
ARRANGED = local("2026-11-20 10:00")


def of_meeting(kind: FollowUpKind, **fields: Any) -> FollowUp:
    given = {"interview_id": "meeting", "created_at": ARRANGED} | fields
    return follow_up(kind, "2026-11-24", **given)


@pytest.mark.parametrize(
    ("follow_ups", "ticked"),
    [
        ([], False),
        ([of_meeting(FollowUpKind.CONFIRM)], False),
        ([of_meeting(FollowUpKind.CONFIRM, done_at=NOW)], True),
        ([of_meeting(FollowUpKind.CONFIRM, done_at=NOW, dropped=True)], False),
        ([of_meeting(FollowUpKind.CONFIRM, done_at=NOW, interview_id="another")], False),
        ([of_meeting(FollowUpKind.CALL, done_at=NOW)], False),
        ([of_meeting(FollowUpKind.CONFIRM, done_at=NOW), of_meeting(FollowUpKind.INTERVIEW)], True),
        (
            [
                of_meeting(FollowUpKind.CONFIRM, done_at=NOW),
                of_meeting(FollowUpKind.INTERVIEW, created_at=local("2026-11-23 09:01")),
            ],
            False,
        ),
    ],
    ids=[
        "nothing owed", "still owed", "done", "dropped", "another meeting", "another kind",
        "done since it was arranged", "done before it was moved",
    ],
)  # fmt: skip
def test_confirmed_is_ticked_automatically_when_the_meeting_was_confirmed_for_its_hour(
    follow_ups: list[FollowUp], ticked: bool
) -> None:
    (found,) = prepared((CONFIRMED,), interview(), follow_ups)
    assert (found.ticked, found.automatic) == (ticked, ticked)


def test_ticks_of_the_user_count_beside_automatic_ones() -> None:
    items = (CONFIRMED, EVERYWHERE, AWAY)
    found = prepared(items, interview(prepared=("confirmed", "way"), mode=Mode.PHONE), [])
    assert [(item.item.id, item.ticked, item.automatic) for item in found] == [
        ("confirmed", True, False),
        ("research", False, False),
    ]


def test_the_bundled_list_knows_what_confirms_a_meeting(library: Library) -> None:
    assert [item.id for item in library.preparation if item.ticked_by is FollowUpKind.CONFIRM] == [
        "time-confirmed"
    ]


@pytest.mark.parametrize(
    ("minutes", "referral", "needed"),
    [([], False, 3), ([2, 3], False, 8), ([2, 3], True, 8), ([1] * 9, True, 12)],
)
def test_the_close_takes_its_minutes_and_the_referral_question_none_besides(
    minutes: list[int], referral: bool, needed: int
) -> None:
    listed = [question(f"q{at}", minutes=each) for at, each in enumerate(minutes)]
    last = [question("who", minutes=2, referral=True)] if referral else []
    assert minutes_needed([*listed, *last], 3) == needed
