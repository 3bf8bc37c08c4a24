from __future__ import annotations

import msgspec
import pytest

from tests.conftest import Made
from tui.domain.practice import CALLS, Practice, PracticeState
from tui.domain.vocabulary import ContactKind
from tui.services.desk import Desk
from tui.services.practising import SAMPLE_NAME
from tui.storage.library import Library


def begun(desk: Desk, contact_id: str = "") -> Practice:
    found = desk.practising.begin(contact_id)
    assert found is not None
    return found


def over(desk: Desk, practice: Practice) -> Practice:
    """Return the practice with its present call brought to an end."""
    while practice.state is not PracticeState.ENDED:
        practice = desk.practising.answered(desk.practising.said(practice))
    return practice


def test_the_sample_contact_does_the_job_aimed_at(desk: Desk) -> None:
    assert desk.practising.person("").title == ""
    desk.targeting.save({"name": "Robin Vale", "role": "Media Planner"})
    person = desk.practising.person("")
    assert (person.id, person.name, person.title, person.kind) == (
        "", SAMPLE_NAME, "Media Planner", ContactKind.PRACTITIONER,
    )  # fmt: skip
    text = desk.practising.text(begun(desk))
    assert text.startswith("Hello Alex, this is Robin Vale.")
    assert "a Media Planner" in text


def test_what_is_missing_stays_a_gap(desk: Desk) -> None:
    text = desk.practising.text(begun(desk))
    assert "this is ‹your name›" in text
    assert "‹the role you aim at›" in text


@pytest.mark.parametrize(
    ("kind", "script"),
    [
        ("practitioner", "ask-practitioner"),
        ("hiring_manager", "ask-hiring-manager"),
        ("connector", "ask-connector"),
    ],
)
def test_a_contact_is_practised_with_the_script_for_their_kind(desk: Desk, kind: str, script: str) -> None:
    mei = desk.address_book.add({"name": "Mei Tanaka", "kind": kind})
    practice = begun(desk, mei.id)
    assert (practice.script, practice.contact_id) == (script, mei.id)
    assert desk.practising.text(practice).startswith("Hello Mei, ")


def test_a_contact_deleted_meanwhile_gives_place_to_the_sample_one(desk: Desk) -> None:
    mei = desk.address_book.add({"name": "Mei Tanaka", "kind": "connector"})
    practice = begun(desk, mei.id)
    desk.address_book.delete(mei.id)
    assert desk.practising.text(practice).startswith("Hello Alex, ")
    assert desk.practising.next_call(over(desk, practice)).script == "ask-practitioner"


def test_the_clock_measures_and_the_pace_of_the_settings_says_what_the_text_takes(made: Made) -> None:
    practice = begun(made.desk)
    made.clock.forward(seconds=31)
    line = made.desk.practising.said(practice).last
    assert line is not None
    assert (line.seconds, line.heard, line.step) == (31, "", "opening")
    assert line.text == made.desk.practising.text(practice)
    assert line.text_seconds == made.desk.practising.text_seconds(line.text) > 20


def test_ten_calls_are_one_practice_and_another_ten_the_next(desk: Desk) -> None:
    practice = over(desk, begun(desk))
    for number in range(2, CALLS + 1):
        practice = desk.practising.next_call(practice)
        assert practice.number == number
        practice = over(desk, practice)
    assert practice.complete
    assert desk.practising.next_call(practice) == begun(desk)


def test_the_same_dice_make_the_same_practice(library: Library) -> None:
    first, second = Made(library).desk, Made(library).desk
    assert over(first, begun(first)) == over(second, begun(second))


def test_without_a_script_there_is_no_practice(library: Library) -> None:
    desk = Made(msgspec.structs.replace(library, scripts={})).desk
    assert desk.practising.begin() is None


def test_practice_changes_nothing_whatever_is_done_in_it(made: Made) -> None:
    mei = made.desk.address_book.add({"name": "Mei Tanaka"})
    saved, queue = list(made.saved), made.desk.following_up.queue()
    practice = begun(made.desk, mei.id)
    for _ in range(CALLS):
        practice = made.desk.practising.next_call(over(made.desk, practice))
    made.desk.practising.started_over(practice)
    assert made.saved == saved
    assert made.desk.following_up.queue() == queue
    assert made.book.contact(mei.id) == mei
    assert made.desk.history.undo() == "add Mei Tanaka"
