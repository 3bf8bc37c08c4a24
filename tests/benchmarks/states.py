"""State files for the benchmarks: so many contacts, so many interviews, the same ones every time.

Run it with: python -m tests.benchmarks.states FILE CONTACTS [INTERVIEWS]

The first contact, Luis Ortega, is to be called first of all; Abe Tanaka, the first by name, is to be
interviewed today. One contact in three has a call in the queue, one in five was called before. The
interviews are spread over the contacts, with seven answers each. Days are reckoned from the first of the
clock of the tests.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from warmcall.domain.records import AnyRecord, ChecklistQuestion, Contact
from warmcall.domain.vocabulary import FollowUpKind, Outcome, QuestionState
from warmcall.domain.when import When
from warmcall.storage.state_file import StateFile

from tests.clock import MONDAY_MORNING
from tests.examples import adding, attempt, contact, follow_up, interview, profile, question, target

SEED = 5
INTERVIEWS = 50
"""How many there are where nothing else is said."""

FIRST_DAY = MONDAY_MORNING.date()
CALLED_BEFORE = "2026-11-20 10:05"
DAYS_OF_CALLS = 40
"""Over how many days, from the Friday before the first day on, the calls are spread."""

_GIVEN = (
    "Ann", "Ben", "Carla", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kim", "Lou", "Mia", "Noa",
    "Omar", "Pia", "Quin", "Rui", "Sol", "Tess", "Uma", "Vera", "Wes", "Yara", "Zoe",
)  # fmt: skip
_FAMILY = (
    "Adams", "Brandt", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jansen",
    "Kowalski", "Lindgren", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Silva", "Tamura",
    "Ueda", "Vance", "Weber", "Xu", "Young", "Zhang",
)  # fmt: skip
_PLACES = [
    f"{first} {second}"
    for first in ("Northgate", "Parkway", "Lakeshore", "Bright", "Harbor", "Cedar", "Summit", "Union")
    for second in ("Agency", "Media Group", "Labs", "Partners", "& Sons")
]
_TITLES = ("Media Planner", "Account Director", "Buyer", "Head of Media")
_QUESTIONS = (
    "came-to-it", "ordinary-day", "field-changing", "my-experience", "advice-entering", "not-asked",
    "who-else",
)  # fmt: skip
_SAID = "Half of it is reading other people's spreadsheets, and being polite about what is wrong in them. "


def records(contacts: int, interviews: int) -> Iterator[AnyRecord]:
    """Yield a profile, a target, so many contacts and what they are owed, and so many interviews."""
    dice = Random(SEED)
    yield profile(background="a recent graduate in marketing", school="Lake Arden College")
    yield target(industry="advertising", place="Chicago")
    for number in range(contacts):
        person = _person(number, dice)
        yield person
        if number == 0:
            yield follow_up(
                FollowUpKind.CALL, str(FIRST_DAY - timedelta(days=30)), id="f0", contact_id=person.id
            )
        elif number == 1:
            at = MONDAY_MORNING + timedelta(hours=3, minutes=30)
            yield interview(at, id="next", contact_id=person.id, checklist=_checklist(QuestionState.OPEN))
            yield follow_up(
                FollowUpKind.INTERVIEW, When(at), id="f1", contact_id=person.id, interview_id="next"
            )
        elif number % 3 == 0:
            day = FIRST_DAY - timedelta(days=3) + timedelta(days=dice.randrange(DAYS_OF_CALLS))
            yield follow_up(FollowUpKind.CALL, str(day), id=f"f{number}", contact_id=person.id)
        if number % 5 == 0:
            tried = {"id": f"a{number}", "contact_id": person.id, "note": "No answer yet."}
            yield attempt(CALLED_BEFORE, Outcome.VOICEMAIL, **tried)
    for number in range(interviews):
        yield _met(number, contacts)


def _person(number: int, dice: Random) -> Contact:
    name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)} {number}"
    known = {0: "Luis Ortega", 1: "Abe Tanaka"}
    return contact(
        id=f"c{number:06d}",
        name=known.get(number, name),
        organization=dice.choice(_PLACES),
        title=dice.choice(_TITLES),
        email=f"p{number}@example.com",
        phone=f"+1 312 555 {number % 10_000:04d}",
        notes="Met at the club. " * dice.randint(0, 12),
    )


def _met(number: int, contacts: int) -> AnyRecord:
    """Return an interview of one of the days before, with an answer to each question."""
    at = MONDAY_MORNING - timedelta(days=1 + number % 200)
    with_ = 2 + number % max(contacts - 2, 1)
    return interview(
        at,
        id=f"i{number}",
        contact_id=f"c{with_:06d}",
        checklist=_checklist(QuestionState.ASKED),
        notes={id_: _SAID * (1 + place % 3) for place, id_ in enumerate(_QUESTIONS)},
        ended_at=at + timedelta(minutes=20),
    )


def _checklist(state: QuestionState) -> tuple[ChecklistQuestion, ...]:
    return tuple(question(id_, state=state) for id_ in _QUESTIONS)


def make(path: Path, contacts: int, interviews: int = 0) -> Path:
    """Write such a state file; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    StateFile(path).save([adding(*records(contacts, interviews))])
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("contacts", type=int)
    parser.add_argument("interviews", type=int, nargs="?", default=0)
    asked = parser.parse_args()
    make(asked.file, asked.contacts, asked.interviews)
