from __future__ import annotations

import msgspec
import pytest

from tests.conftest import Made
from tests.examples import interview, local, question
from tui.domain.vocabulary import ContactKind, Mode


@pytest.mark.parametrize("kind", list(ContactKind))
def test_the_first_choice_has_5_to_10_questions_and_asks_for_names_last(
    made: Made, kind: ContactKind
) -> None:
    checklist = made.desk.checklists.first_choice(kind)
    assert 5 <= len(checklist) <= 10
    assert checklist[-1].referral


def test_the_rest_of_the_bank_can_be_added(made: Made) -> None:
    mei = made.desk.address_book.add({"name": "Mei", "kind": "practitioner"})
    meeting = made.desk.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    more = made.desk.checklists.more(meeting)
    bank = made.desk.library.banks["practitioner"]
    assert {one.id for one in more} | {one.id for one in meeting.checklist} == {
        one.id for one in bank.questions
    }
    assert len(more) + len(meeting.checklist) == len(bank.questions)


def test_there_is_nothing_to_add_for_somebody_who_is_gone(made: Made) -> None:
    assert made.desk.checklists.more(interview(contact_id="gone")) == []


@pytest.mark.parametrize(
    ("count", "warning"),
    [(0, "fewer than 5"), (4, "fewer than 5"), (5, ""), (10, ""), (11, "more than 10"), (20, "more than 10")],
)
def test_too_few_or_too_many_questions_are_a_warning(made: Made, count: int, warning: str) -> None:
    meeting = interview(checklist=tuple(question(f"q{number}") for number in range(count)))
    found = made.desk.checklists.warning(meeting)
    assert warning in found
    assert bool(found) == bool(warning)


def test_the_range_is_that_of_the_cadence(made: Made) -> None:
    figures = msgspec.structs.replace(made.desk.library.cadence, questions_min=2, questions_max=3)
    library = msgspec.structs.replace(made.desk.library, cadence=figures)
    checklists = Made(library).desk.checklists
    assert len(checklists.first_choice(ContactKind.PRACTITIONER)) == 3
    assert checklists.cadence == figures
