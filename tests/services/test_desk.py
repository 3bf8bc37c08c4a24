from __future__ import annotations

from pathlib import Path

import msgspec

from tests.conftest import CHICAGO, FakeClock, Made
from tests.examples import local, only, state_of
from tui.domain.book import Book
from tui.domain.records import FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind, Outcome, Stage
from tui.services.calling import CallEnd
from tui.services.desk import Desk
from tui.storage.config import Config
from tui.storage.library import Library
from tui.storage.state_file import StateFile
from tui.storage.writer import Writer


def test_the_desk_heeds_the_country_of_the_settings(library: Library) -> None:
    made = Made(library, Config(country="US"))
    made.clock.move_to(local("2026-11-25 10:00"))
    luis = made.desk.address_book.add({"name": "Luis"})
    ending = made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.NO_ANSWER))
    assert only(ending.owed).due == local("2026-11-27 12:00")
    assert "too short" in made.desk.address_book.problems({"name": "Luis", "phone": "12 34"})["phone"]


def test_the_desk_heeds_the_figures_of_the_library(library: Library) -> None:
    figures = msgspec.structs.replace(library.cadence, minutes_asked=15, noon_hour=8, thank_you_hours=2)
    made = Made(msgspec.structs.replace(library, cadence=figures))
    luis = made.desk.address_book.add({"name": "Luis"})
    assert only(made.desk.calling.plan(luis.id, CallEnd(outcome=Outcome.NO_ANSWER)).owed).due == local(
        "2026-11-25 12:00"
    )
    begun = made.desk.interviewing.begin_now(luis.id)
    assert begun is not None
    assert begun.countdown.minutes == 15
    made.desk.interviewing.end(begun.id)
    thanks = only(one for one in made.book.all(FollowUp) if one.kind is FollowUpKind.THANK_YOU)
    assert thanks.due == local("2026-11-23 11:00")


def test_a_contact_from_the_first_call_to_keeping_in_touch(library: Library, tmp_path: Path) -> None:
    file = StateFile(tmp_path / "warmcall.json")
    writer = Writer(file)
    clock = FakeClock()
    numbers = iter(range(1000))
    book = Book()
    desk = Desk(book, library, Config(), clock, lambda: CHICAGO, writer.put, lambda: f"id{next(numbers)}")
    stages: list[Stage] = []

    mei = desk.address_book.add({"name": "Mei Tanaka"})
    stages.append(desk.address_book.stage(mei.id))
    desk.calling.record(mei.id, CallEnd(outcome=Outcome.VOICEMAIL))
    stages.append(desk.address_book.stage(mei.id))
    clock.forward(days=3)
    desk.calling.record(mei.id, CallEnd(outcome=Outcome.SCHEDULED, at=local("2026-12-03 14:00")))
    stages.append(desk.address_book.stage(mei.id))
    clock.move_to(local("2026-12-03 14:00"))
    meeting = only(book.all(Interview))
    desk.interviewing.start(meeting.id)
    desk.interviewing.write_notes(meeting.id, "came-to-it", "from selling airtime")
    desk.interviewing.star(meeting.id, "came-to-it")
    clock.forward(minutes=20)
    desk.interviewing.end(meeting.id)
    stages.append(desk.address_book.stage(mei.id))
    for _ in range(2):
        owed = desk.following_up.queue()[0].follow_up
        clock.move_to(owed.due)
        if owed.kind is FollowUpKind.CHECK_IN:
            desk.following_up.reasons.take(owed.id, "I took your advice")
        desk.following_up.sent(owed.id, "Subject", "Dear Mei.")
        stages.append(desk.address_book.stage(mei.id))

    assert stages == [
        Stage.NEW,
        Stage.ASKED,
        Stage.SCHEDULED,
        Stage.MET,
        Stage.THANKED,
        Stage.IN_TOUCH,
    ]
    assert writer.stop(20)
    assert state_of(Book(StateFile(file.path).load().records)) == state_of(book)
