from __future__ import annotations

import pytest
from warmcall.domain.records import Debrief
from warmcall.presentation.interview import next_names, running_question, who_next
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import adding, contact, interview


def test_the_question_about_a_running_interview_names_both_people_and_the_time_left(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    meeting = bench.services.interviewing.start_now(mei.id)
    assert meeting is not None
    bench.clock.forward(minutes=7, seconds=19)
    words = plain_text(running_question(bench.services, meeting, "Luis Ortega"))
    assert words == (
        "The interview with Mei Tanaka is running, 12:41 left.\n"
        "It can end, or wait, while you talk with Luis Ortega."
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", []),
        ("Teo Barlow", ["Teo Barlow"]),
        (" Teo Barlow, at Two Lamps", ["Teo Barlow"]),
        ("Teo Barlow (Two Lamps)", ["Teo Barlow"]),
        ("Teo Barlow and his partner", ["Teo Barlow"]),
        ("Sandy Anderson; Teo", ["Sandy Anderson", "Teo"]),
        ("somebody in print and Teo Barlow: he knows", ["somebody in print", "Teo Barlow"]),
    ],
)
def test_the_names_in_who_is_next(words: str, names: list[str]) -> None:
    assert next_names(words) == names


@pytest.mark.parametrize(
    ("words", "name", "id_"),
    [
        ("Nora Feld", "Nora Feld", ""),
        ("dana whitfield", "dana whitfield", "dana"),
        ("Prof. Dana Whitfield", "Prof. Dana Whitfield", "dana"),
        ("Teodoro Barlow", "", ""),
        ("Teo Barlow", "", ""),
        ("Teo", "", ""),
        ("Teo and Nora Feld", "Nora Feld", ""),
        ("Mei Tanaka", "Mei Tanaka", ""),
    ],
)
def test_who_is_next_is_matched_with_people_and_not_proposed_again_once_named(
    bench: Bench, words: str, name: str, id_: str
) -> None:
    people = [
        contact(id="mei", name="Mei Tanaka"),
        contact(id="dana", name="Dana Whitfield"),
        contact(id="teo", name="Teodoro Barlow", goes_by="Teo"),
    ]
    meeting = interview("2026-11-23 08:00", contact_id="mei", named=("teo",), debrief=Debrief(next=words))
    bench.store.apply(adding(*people, meeting))
    found, known = who_next(bench.services, meeting)
    assert (found, known.id if known else "") == (name, id_)
