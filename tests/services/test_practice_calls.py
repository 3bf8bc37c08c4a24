from __future__ import annotations

import pytest
from warmcall.config.library import Library
from warmcall.domain.practice_call import CALLS, PracticeSession, PracticeState
from warmcall.domain.vocabulary import ContactKind
from warmcall.services.practice_calls import SAMPLE_NAME
from warmcall.services.services import Services

from tests.conftest import Bench


def started(services: Services, contact_id: str = "") -> PracticeSession:
    found = services.practice_calls.start(contact_id)
    assert found is not None
    return found


def over(services: Services, practice: PracticeSession) -> PracticeSession:
    """Return the practice with its present call brought to an end."""
    while practice.state is not PracticeState.ENDED:
        practice = services.practice_calls.answer(services.practice_calls.say_line(practice))
    return practice


def test_the_sample_contact_does_the_job_aimed_at(services: Services) -> None:
    assert services.practice_calls.person("").title == ""
    services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    person = services.practice_calls.person("")
    assert (person.id, person.name, person.title, person.kind) == (
        "", SAMPLE_NAME, "Media Planner", ContactKind.PRACTITIONER,
    )  # fmt: skip
    assert services.practice_calls.text(started(services)).startswith("Hello Alex, this is Robin Vale.")
    assert services.drafting.values(person)["target.a_role"] == "a Media Planner"


def test_what_is_missing_stays_a_gap(services: Services) -> None:
    text = services.practice_calls.text(started(services))
    assert "this is ‹your name›" in text


@pytest.mark.parametrize(
    ("kind", "script"),
    [
        ("practitioner", "ask-practitioner"),
        ("hiring_manager", "ask-hiring-manager"),
        ("connector", "ask-connector"),
    ],
)
def test_a_contact_is_practised_with_the_script_for_their_kind(
    services: Services, kind: str, script: str
) -> None:
    mei = services.address_book.add({"name": "Mei Tanaka", "kind": kind})
    practice = started(services, mei.id)
    assert (practice.walk.script.id, practice.contact_id) == (script, mei.id)
    assert services.practice_calls.text(practice).startswith("Hello Mei, ")


def test_a_contact_deleted_meanwhile_gives_place_to_the_sample_one(services: Services) -> None:
    mei = services.address_book.add({"name": "Mei Tanaka", "kind": "connector"})
    practice = started(services, mei.id)
    services.address_book.delete(mei.id)
    assert services.practice_calls.text(practice).startswith("Hello Alex, ")
    assert services.practice_calls.next_call(over(services, practice)).walk.script.id == "ask-practitioner"


def test_the_clock_measures_and_the_pace_of_the_settings_says_what_the_text_takes(bench: Bench) -> None:
    practice = started(bench.services)
    bench.clock.forward(seconds=31)
    line = bench.services.practice_calls.say_line(practice).last
    assert line is not None
    assert (line.seconds, line.reply, line.step) == (31, "", "opening")
    assert line.text == bench.services.practice_calls.text(practice)
    assert line.text_seconds == bench.services.practice_calls.text_seconds(line.text) > 5


def test_ten_calls_are_one_practice_and_another_ten_the_next(services: Services) -> None:
    practice = over(services, started(services))
    for number in range(2, CALLS + 1):
        practice = services.practice_calls.next_call(practice)
        assert practice.number == number
        practice = over(services, practice)
    assert practice.complete
    assert services.practice_calls.next_call(practice) == started(services)


def test_the_same_dice_make_the_same_practice(library: Library) -> None:
    first, second = Bench(library).services, Bench(library).services
    assert over(first, started(first)) == over(second, started(second))


def test_without_a_script_there_is_no_practice(library: Library) -> None:
    services = Bench(library.replaced(scripts={})).services
    assert services.practice_calls.start() is None


def test_practice_changes_nothing_whatever_is_done_in_it(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    saved, queue = list(bench.saved), bench.services.queue.entries()
    practice = started(bench.services, mei.id)
    for _ in range(CALLS):
        practice = bench.services.practice_calls.next_call(over(bench.services, practice))
    bench.services.practice_calls.restart_line(practice)
    assert bench.saved == saved
    assert bench.services.queue.entries() == queue
    assert bench.store.contact(mei.id) == mei
    assert bench.services.history.undo() == "add Mei Tanaka"
