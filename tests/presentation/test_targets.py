from __future__ import annotations

import pytest
from warmcall.domain.pipeline import AskResult, PersonProgress, Pipeline, PipelineStep
from warmcall.domain.records import Decision
from warmcall.domain.vocabulary import Source, TargetVerdict
from warmcall.presentation import targets as words
from warmcall.services.progress import RatedTalk
from warmcall.services.targets import TargetStanding
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.text_width import fit_width

from tests.conftest import Bench
from tests.examples import NOW, adding, contact, profile, target

PLANNER = target(id="planner", industry="advertising", place="Chicago")
BUYER = target(id="buyer", role="Media Buyer")


def pipeline(*asked: PersonProgress) -> Pipeline:
    return Pipeline(tuple(person.contact_id for person in asked), asked)


def person(answer: AskResult, step: PipelineStep) -> PersonProgress:
    return PersonProgress(f"{answer} {step}", Source.EVENT, step, answer)


YES, NO = person(AskResult.YES, PipelineStep.MET), person(AskResult.NO, PipelineStep.ASKED)
OPEN = person(AskResult.OPEN, PipelineStep.ASKED)
TALKS = tuple(RatedTalk("ana", NOW, sure, fit) for sure, fit in ((2, 4), (3, 0)))
GIVEN_UP = Decision(
    id="d", created_at=NOW, changed_at=NOW, target_id="buyer", verdict=TargetVerdict.ANOTHER_TARGET
)
OF_PLANNER = TargetStanding(PLANNER, True, pipeline(YES, YES, YES, YES, NO, OPEN), 1, TALKS)
OF_BUYER = TargetStanding(BUYER, False, pipeline(YES, OPEN), 0, (), GIVEN_UP)

SIDE_BY_SIDE = """\
target    Media Planner (present)           Media Buyer
people    6, 1 for another too              2
asked     6, 1 open                         2, 1 open
answers   ●●●●○·                            ●·
said yes  4 of 5                            1 of 1
likely    44 to 95 %                        –
met       4                                 1
fit       4 –                               –
sure      2 3                               –
decided   –                                 another target
"""


def compared(width: int) -> str:
    text = plain_text(words.compared((OF_PLANNER, OF_BUYER), width, fit_width))
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_targets_stand_side_by_side_where_there_is_room() -> None:
    assert compared(78) == SIDE_BY_SIDE


def test_in_a_narrow_page_they_stand_one_below_another() -> None:
    lines = compared(58).splitlines()
    assert [line[10:] for line in lines if line.startswith("target")] == [
        "Media Planner (present)",
        "Media Buyer",
    ]
    assert lines.count("") == 1
    assert "likely    44 to 95 %" in lines
    assert lines[-1] == "decided   another target"


def test_of_more_talks_than_there_is_room_for_the_newest_are_shown() -> None:
    many = TargetStanding(PLANNER, True, Pipeline(()), 0, TALKS * 20)
    sure = plain_text(words.compared((many, OF_BUYER, OF_BUYER), 78, fit_width)).splitlines()[-2]
    assert sure.split() == ["sure", *["3", *["2", "3"] * 5], "–", "–"]


def test_a_row_says_which_is_the_present_one() -> None:
    assert plain_text([words.row_cells(OF_PLANNER)[0]]) == "●"
    assert words.row_cells(OF_BUYER)[1:] == (
        ("Media Buyer", ""),
        ("", "$muted"),
        "2 people",
        ("1 met", "$muted"),
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, ""), (1, "1 person serves none of these, and counts for each: K on a person says which"),
     (3, "3 people serve none of these, and count for each: K on a person says which")],
)  # fmt: skip
def test_people_of_no_target_are_said_to_count_for_each(count: int, said: str) -> None:
    assert words.unsaid(count, lambda _keys: "K") == said


@pytest.mark.parametrize(
    ("alone", "said"),
    [
        (0, "Deleted: Media Buyer"),
        (
            1,
            "Deleted: Media Buyer. 1 person who served it stays, and counts for each target until you say"
            " which",
        ),
        (4, "Deleted: Media Buyer. Its 4 people stay, and count for each target until you say which"),
    ],
)
def test_the_people_of_a_target_deleted_are_said_to_stay(alone: int, said: str) -> None:
    assert words.deleted(BUYER, alone) == said


def test_a_person_is_said_to_serve_targets_only_where_there_are_several(bench: Bench) -> None:
    luis = contact(target_id="buyer")
    bench.store.apply(adding(profile(target_id="planner"), PLANNER))
    assert (words.served(bench.services, luis), words.spoken_of(bench.services, luis)) == ("", "")
    bench.store.apply(adding(BUYER))
    assert words.served(bench.services, luis) == "Media Buyer"
    assert words.spoken_of(bench.services, luis) == "Media Buyer"
    both = contact(target_id="buyer", also_for=("planner",))
    assert words.served(bench.services, both) == "Media Buyer, Media Planner"
    assert words.spoken_of(bench.services, both) == ""
    assert words.served(bench.services, contact()) == "not said: they count for each target"
