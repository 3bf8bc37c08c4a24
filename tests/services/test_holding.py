from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import local, only, state_of
from tui.domain.records import Contact, Interview
from tui.domain.vocabulary import Channel, Mode, Outcome
from tui.services.calling import CallEnd
from tui.services.desk import Desk
from tui.storage.library import Library


@pytest.fixture
def mei(made: Made) -> Contact:
    return made.desk.address_book.add({"name": "Mei"})


@pytest.fixture
def there(made: Made, library: Library) -> Desk:
    """Another session over the same book."""
    return Made(library, book=made.book, session="there").desk


def meeting(made: Made) -> Interview:
    return only(made.book.all(Interview))


@pytest.mark.parametrize("how", ["begun at once", "planned", "asked on the phone"])
def test_whoever_starts_an_interview_holds_it(made: Made, there: Desk, mei: Contact, how: str) -> None:
    match how:
        case "begun at once":
            made.desk.interviewing.begin_now(mei.id)
        case "planned":
            planned = made.desk.interviewing.arrange(mei.id, local("2026-11-23 14:00"), Mode.PHONE, "")
            assert planned is not None
            there.interviewing.start(planned.id)
            there.history.undo()
            made.desk.interviewing.start(planned.id)
        case _:
            made.desk.calling.record(mei.id, CallEnd(outcome=Outcome.TALK_NOW, channel=Channel.PHONE))
    assert (meeting(made).held_by, meeting(made).held_since) == ("here", made.clock.now())
    assert not made.desk.holding.elsewhere(meeting(made))
    assert there.holding.elsewhere(meeting(made))


def test_opening_takes_what_nobody_holds_and_leaves_what_somebody_does(
    made: Made, there: Desk, mei: Contact
) -> None:
    made.desk.interviewing.begin_now(mei.id)
    there.holding.open(meeting(made).id)
    assert meeting(made).held_by == "here"
    made.desk.holding.release()
    assert (meeting(made).held_by, meeting(made).held_since) == ("", None)
    assert not there.holding.elsewhere(meeting(made))
    there.holding.open(meeting(made).id)
    assert meeting(made).held_by == "there"


def test_taking_over_is_one_change_that_no_undo_touches(made: Made, there: Desk, mei: Contact) -> None:
    made.desk.interviewing.begin_now(mei.id)
    made.desk.interviewing.write_notes(meeting(made).id, "q", "so")
    made.clock.forward(minutes=2)
    saved = len(made.saved)
    there.holding.take(meeting(made).id)
    assert meeting(made).held_by == "there"
    assert there.history.undo() == ""
    made.desk.holding.take(meeting(made).id)
    made.desk.holding.release()
    assert len(made.saved) == saved + 2
    assert made.desk.history.undo() == "notes"
    assert made.desk.history.undo() == "interview with Mei"


def test_a_session_that_ends_gives_back_only_what_it_holds(made: Made, there: Desk, mei: Contact) -> None:
    made.desk.interviewing.begin_now(mei.id)
    before = state_of(made.book)
    there.holding.release()
    assert state_of(made.book) == before


@pytest.mark.parametrize("what", ["planned", "ended", "gone"])
def test_only_an_interview_under_way_is_held(made: Made, there: Desk, mei: Contact, what: str) -> None:
    planned = made.desk.interviewing.arrange(mei.id, local("2026-11-23 14:00"), Mode.PHONE, "")
    assert planned is not None
    if what == "ended":
        made.desk.interviewing.start(planned.id)
        made.desk.interviewing.end(planned.id)
    before = state_of(made.book)
    there.holding.take("gone" if what == "gone" else planned.id)
    there.holding.open("gone" if what == "gone" else planned.id)
    assert state_of(made.book) == before
    assert not there.holding.elsewhere(meeting(made))


def test_where_nothing_may_be_written_nothing_is_held_and_nothing_said(made: Made, mei: Contact) -> None:
    made.desk.interviewing.begin_now(mei.id)
    made.desk.holding.release()
    told: list[str] = []
    made.desk.history.on_refusal = told.append
    made.desk.history.read_only = "a newer warmcall wrote it"
    made.desk.holding.open(meeting(made).id)
    made.desk.holding.take(meeting(made).id)
    assert (meeting(made).held_by, told) == ("", [])
