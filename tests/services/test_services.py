from __future__ import annotations

from pathlib import Path

import msgspec
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.records import FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Stage
from warmcall.services.calling import CallResult
from warmcall.services.services import Services
from warmcall.storage.state_file import StateFile
from warmcall.storage.writer import Writer

from tests.conftest import CHICAGO, Bench, FakeClock
from tests.examples import local, only, state_of, when


def test_the_desk_heeds_the_country_of_the_settings(library: Library) -> None:
    bench = Bench(library, Config(country="US"))
    bench.clock.move_to(local("2026-11-25 10:00"))
    luis = bench.services.address_book.add({"name": "Luis"})
    ending = bench.services.calling.record(luis.id, CallResult(outcome=Outcome.NO_ANSWER))
    assert only(ending.owed).due == when("2026-11-27")
    assert "too short" in bench.services.address_book.problems({"name": "Luis", "phone": "12 34"})["phone"]


def test_the_desk_heeds_the_figures_of_the_library(library: Library) -> None:
    figures = msgspec.structs.replace(library.cadence, minutes_asked=15, noon_hour=8, thank_you_hours=2)
    bench = Bench(library.replaced(cadence=figures))
    luis = bench.services.address_book.add({"name": "Luis"})
    assert only(bench.services.calling.plan(luis.id, CallResult(outcome=Outcome.NO_ANSWER)).owed).due == when(
        "2026-11-25"
    )
    started = bench.services.interviewing.start_now(luis.id)
    assert started is not None
    assert started.countdown.minutes == 15
    bench.services.interviewing.end(started.id)
    thanks = only(
        follow_up for follow_up in bench.store.all(FollowUp) if follow_up.kind is FollowUpKind.THANK_YOU
    )
    assert thanks.due == when("2026-11-23 11:00")


def test_a_contact_from_the_first_call_to_keeping_in_touch(library: Library, tmp_path: Path) -> None:
    file = StateFile(tmp_path / "warmcall.json")
    writer = Writer(file)
    clock = FakeClock()
    numbers = iter(range(1000))
    store = Store()
    services = Services(
        store, library, Config(), clock, lambda: CHICAGO, writer.put, lambda: f"id{next(numbers)}"
    )
    stages: list[Stage] = []

    mei = services.address_book.add({"name": "Mei Tanaka"})
    stages.append(services.address_book.stage(mei.id))
    services.calling.record(mei.id, CallResult(outcome=Outcome.VOICEMAIL))
    stages.append(services.address_book.stage(mei.id))
    clock.forward(days=3)
    services.calling.record(mei.id, CallResult(outcome=Outcome.SCHEDULED, at=when("2026-12-03 14:00")))
    stages.append(services.address_book.stage(mei.id))
    clock.move_to(local("2026-12-03 14:00"))
    meeting = only(store.all(Interview))
    services.interviewing.start(meeting.id)
    services.interview_notes.write(meeting.id, "came-to-it", "from selling airtime")
    services.checklists.star(meeting.id, "came-to-it")
    clock.forward(minutes=20)
    services.interviewing.end(meeting.id)
    stages.append(services.address_book.stage(mei.id))
    for _ in range(2):
        owed = services.queue.entries()[0].follow_up
        clock.move_to(owed.due.instant or local(f"{owed.due} 12:00"))
        if owed.kind is FollowUpKind.CHECK_IN:
            services.drafting.reasons.set(owed.id, "I took your advice")
        services.following_up.sent(owed.id, "Subject", "Dear Mei.")
        stages.append(services.address_book.stage(mei.id))

    assert stages == [
        Stage.NEW,
        Stage.ASKED,
        Stage.SCHEDULED,
        Stage.MET,
        Stage.THANKED,
        Stage.IN_TOUCH,
    ]
    assert writer.stop(20)
    assert state_of(Store(StateFile(file.path).load().records)) == state_of(store)
