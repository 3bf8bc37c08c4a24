from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.business_days import Calendar
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import AnyRecord
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.formats.icalendar import calendar_file

from tests.conftest import Bench
from tests.examples import CALENDAR, NOW, contact, follow_up, instants, interview, local, only
from tests.formats.ics import Component, read
from tests.profiles import modest

MEI = contact(id="mei", name="Mei Tanaka", phone="+1 312 555 0142", notes="Likes tea")
CALL, THANKS = FollowUpKind.CALL, FollowUpKind.THANK_YOU


def with_mei(**fields: Any) -> AnyRecord:
    return interview("2026-11-24 14:00", **({"contact_id": "mei"} | fields))


def owed(kind: FollowUpKind, due: str, **fields: Any) -> AnyRecord:
    return follow_up(kind, due, **({"contact_id": "mei"} | fields))


def written(*records: AnyRecord, now: datetime = NOW, notes: bool = False) -> str:
    return calendar_file(Store([MEI, *records]), now, CALENDAR, notes)


def event(*records: AnyRecord, now: datetime = NOW, notes: bool = False) -> Component:
    """Return the one event of the file."""
    return only(read(written(*records, now=now, notes=notes)).inside)


def test_an_interview_is_an_event_with_an_alarm_and_nothing_private() -> None:
    place = "Northgate, 3rd floor; ask for Mei"
    text = written(with_mei(place=place, notes={"": "private"}, countdown=Countdown(minutes=25)))
    assert "private" not in text
    assert "Likes tea" not in text
    assert "555" not in text
    meeting = only(read(text).inside)
    alarm = only(meeting.inside)
    assert meeting.name == "VEVENT"
    assert meeting.text("SUMMARY") == "Interview: Mei Tanaka"
    assert meeting.text("LOCATION") == place
    assert re.fullmatch("[0-9a-f]{32}", meeting.lines["X-WARMCALL-CONTENT"])
    assert meeting.lines | {"SUMMARY": "", "LOCATION": "", "X-WARMCALL-CONTENT": ""} == {
        "UID": "meeting@warmcall",
        "DTSTAMP": "20261123T150000Z",
        "CREATED": "20261123T150000Z",
        "LAST-MODIFIED": "20261123T150000Z",
        "SEQUENCE": "0",
        "X-WARMCALL-CONTENT": "",
        "SUMMARY": "",
        "LOCATION": "",
        "DTSTART": "20261124T200000Z",
        "DTEND": "20261124T202500Z",
        "STATUS": "CONFIRMED",
    }
    assert (alarm.name, alarm.lines["ACTION"], alarm.lines["TRIGGER"]) == ("VALARM", "DISPLAY", "-PT15M")
    assert alarm.text("DESCRIPTION") == "Interview: Mei Tanaka"


@pytest.mark.parametrize(
    ("mode", "place"), [(Mode.PHONE, "by phone"), (Mode.VIDEO, "by video"), (Mode.IN_PERSON, "in person")]
)
def test_without_a_place_the_location_says_how_one_meets(mode: Mode, place: str) -> None:
    assert event(with_mei(mode=mode)).lines["LOCATION"] == place


def test_a_cancelled_interview_is_marked_so_and_has_no_alarm() -> None:
    meeting = event(with_mei(cancelled=True))
    assert (meeting.lines["STATUS"], meeting.inside) == ("CANCELLED", [])
    assert event(with_mei(ended_at=NOW)).inside == []


@pytest.mark.parametrize(
    ("kind", "summary"),
    [
        (CALL, "Call Mei Tanaka"),
        (FollowUpKind.CONFIRM, "Confirm the interview with Mei Tanaka"),
        (THANKS, "Thank Mei Tanaka"),
        (FollowUpKind.PROMISE, "Keep promise: Mei Tanaka"),
        (FollowUpKind.TELL_REFERRER, "Tell Mei Tanaka how it went"),
        (FollowUpKind.CHECK_IN, "Keep in touch with Mei Tanaka"),
        (FollowUpKind.OTHER, "Follow-up: Mei Tanaka"),
    ],
)
def test_a_follow_up_with_an_hour_is_an_event_at_that_hour(kind: FollowUpKind, summary: str) -> None:
    rich_part = event(owed(kind, "2026-11-24 16:30", note="private"))
    assert rich_part.lines["SUMMARY"] == summary
    assert (rich_part.lines["DTSTART"], rich_part.lines["DTEND"]) == ("20261124T223000Z", "20261124T224500Z")
    assert (rich_part.lines["STATUS"], rich_part.lines["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert only(rich_part.inside).lines["TRIGGER"] == "-PT5M"
    assert "DESCRIPTION" not in rich_part.lines


def test_a_follow_up_on_a_day_takes_that_whole_day_in_every_zone() -> None:
    rich_part = event(owed(CALL, "2026-11-24"))
    assert (rich_part.lines["DTSTART;VALUE=DATE"], rich_part.lines["DTEND;VALUE=DATE"]) == (
        "20261124",
        "20261125",
    )
    assert rich_part.inside == []
    far = Calendar(ZoneInfo("Pacific/Auckland"))
    text = calendar_file(Store([MEI, follow_up(CALL, "2026-11-24", contact_id="mei")]), NOW, far)
    assert only(read(text).inside).lines["DTSTART;VALUE=DATE"] == "20261124"


@pytest.mark.parametrize(
    ("records", "statuses"),
    [
        ([owed(FollowUpKind.INTERVIEW, "2026-11-24 14:00")], []),
        ([owed(CALL, "2026-11-23", done_at=NOW)], ["CANCELLED"]),
        ([owed(CALL, "2026-11-24 09:00", done_at=NOW)], ["CANCELLED"]),
        ([owed(CALL, "2026-11-22", done_at=NOW)], []),
        ([owed(CALL, "2026-11-20")], ["CONFIRMED"]),
        ([with_mei(practice=True)], []),
        ([with_mei(contact_id="gone"), owed(CALL, "2026-11-24", contact_id="gone")], []),
        ([owed(CALL, "2026-11-25"), with_mei(), owed(THANKS, "2026-11-24")], ["CONFIRMED"] * 3),
        ([], []),
    ],
)
def test_a_follow_up_that_is_done_is_cancelled_until_its_day_and_left_out_after_it(
    records: list[AnyRecord], statuses: list[str]
) -> None:
    text = written(*records)
    assert [rich_part.lines["STATUS"] for rich_part in read(text).inside] == statuses
    assert icalendar.Calendar.from_ical(text)["VERSION"] == "2.0"


def test_notes_are_included_only_when_asked_for() -> None:
    mei = contact(id="mei", name="Mei", title="Planner", organization="Northgate", notes="Likes\r\ntea\x07\n")
    store = Store([mei, with_mei(), owed(CALL, "2026-11-25", note="ask about the club", why="try 2 of 3")])
    meeting, call = read(calendar_file(store, NOW, CALENDAR, notes=True)).inside
    assert meeting.text("DESCRIPTION") == "Planner, Northgate\nLikes\ntea"
    assert call.text("DESCRIPTION") == "ask about the club\ntry 2 of 3"


def test_an_interview_that_was_moved_keeps_its_identity_and_is_newer_and_newer_still_when_moved_back(
    bench: Bench,
) -> None:
    services, clock = bench.services, bench.clock
    mei = services.address_book.add({"name": "Mei Tanaka"})
    seen: list[tuple[str, str, int]] = []

    def look() -> None:
        reverted = services.history.reverted
        text = calendar_file(bench.store, clock.now(), services.time.calendar, reverted=reverted)
        rich_part = only(
            rich_part for rich_part in read(text).inside if rich_part.lines["SUMMARY"].startswith("Interview")
        )
        seen.append((rich_part.lines["UID"], rich_part.lines["DTSTART"], int(rich_part.lines["SEQUENCE"])))

    services.interviewing.arrange(mei.id, local("2026-11-25 14:00"), Mode.PHONE, "")
    look()
    clock.forward(minutes=5)
    services.interviewing.arrange(mei.id, local("2026-11-26 09:00"), Mode.PHONE, "")
    look()
    clock.forward(minutes=5)
    services.history.undo()
    look()
    assert len({uid for uid, _, _ in seen}) == 1
    assert [start for _, start, _ in seen] == ["20261125T200000Z", "20261126T150000Z", "20261125T200000Z"]
    assert [sequence for _, _, sequence in seen] == [0, 300, 600]


def test_a_clock_that_was_set_back_makes_no_negative_sequence() -> None:
    assert event(with_mei(changed_at=NOW - timedelta(days=1), created_at=NOW)).lines["SEQUENCE"] == "0"
    assert event(with_mei(changed_at=local("2099-01-01 00:00"))).lines["SEQUENCE"] == str(2**31 - 1)


def test_a_file_written_over_another_dates_and_numbers_only_what_says_something_else() -> None:
    """What is noted in the meeting changes its record, and nothing that a calendar shows."""
    before = [with_mei(), owed(CALL, "2026-11-25", id="owed"), owed(THANKS, "2026-11-24", id="thanks")]
    first = written(*before)
    later = NOW + timedelta(hours=1)
    noted = with_mei(changed_at=later, notes={"": "private"})
    moved = owed(CALL, "2026-11-26", id="owed")  # as after an undo: changed no later than before
    second = calendar_file(
        Store([MEI, noted, moved, before[2]]), later, CALENDAR, previous=first.encode("utf-8")
    )
    old, new = ({item.lines["UID"]: item for item in read(text).inside} for text in (first, second))
    assert {uid for uid, item in new.items() if item != old[uid]} == {"owed@warmcall"}
    assert [new["owed@warmcall"].lines[name] for name in ("DTSTAMP", "SEQUENCE")] == ["20261123T150001Z", "1"]
    again = calendar_file(
        Store([MEI, noted, moved, before[2]]), later, CALENDAR, previous=second.encode("utf-8")
    )
    assert again == second


def test_the_same_store_at_the_same_time_gives_the_same_file() -> None:
    records = [with_mei(), owed(CALL, "2026-11-25"), owed(THANKS, "2026-11-24")]
    assert written(*records) == written(*reversed(records))


@modest
@given(name=st.text(max_size=120), place=st.text(max_size=200), note=st.text(max_size=200), at=instants)
def test_with_any_text_the_file_is_valid_and_has_no_control_characters(
    name: str, place: str, note: str, at: datetime
) -> None:
    someone = contact(id="mei", name=name, notes=note)
    store = Store(
        [someone, interview(at, contact_id="mei", place=place), owed(CALL, "2026-11-25", note=note)]
    )
    text = calendar_file(store, NOW, CALENDAR, notes=True)
    for rich_part in read(text).inside:
        for line in rich_part.lines.values():
            assert not {unicodedata.category(sign) for sign in line} & {"Cc", "Cs"}
        assert rich_part.lines["UID"].endswith("@warmcall")
    parsed = icalendar.Calendar.from_ical(text)
    for mine, theirs in zip(read(text).inside, parsed.walk("VEVENT"), strict=True):
        assert mine.text("SUMMARY") == str(theirs["SUMMARY"])
        assert theirs.errors == []


def test_a_joined_emoji_stays_whole_and_directions_are_dropped() -> None:
    someone = contact(id="mei", name="Mei 👩\u200d💻 \u202eTanaka\u2066\ufeff")
    text = calendar_file(Store([someone, with_mei()]), NOW, CALENDAR)
    assert only(read(text).inside).text("SUMMARY") == "Interview: Mei 👩\u200d💻 Tanaka"
