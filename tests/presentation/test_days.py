"""A day is the same date wherever it was made, and wherever it is read."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.queue import entry
from warmcall.domain.records import FollowUp, from_document, to_document
from warmcall.domain.store import Store
from warmcall.domain.time_words import read_time_to_come
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.formats.icalendar import calendar_file
from warmcall.formats.markdown import markdown, plain
from warmcall.formats.tables import as_json, contacts_csv
from warmcall.presentation import wording
from warmcall.presentation.full_record import full_record
from warmcall.presentation.json_shapes import follow_up_json
from warmcall.presentation.owed import due_words
from warmcall.presentation.person import summary
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import LUIS, adding, follow_up, only
from tests.profiles import modest

ZONES = ["Pacific/Honolulu", "America/New_York", "UTC", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland",
         "Pacific/Kiritimati"]  # fmt: skip
zones = st.sampled_from(ZONES)
typed_days = st.dates(date(2026, 1, 10), date(2035, 12, 31))
hours = st.times().map(lambda found: found.replace(second=0, microsecond=0))


@settings(modest, max_examples=30)
@given(typed_days, zones, zones, hours)
def test_a_day_typed_in_one_zone_is_that_date_everywhere_in_another(
    library: Library, day: date, made_in: str, read_in: str, hour: time
) -> None:
    writer, reader = Bench(library, zone=ZoneInfo(made_in)), Bench(library, zone=ZoneInfo(read_in))
    now = datetime.combine(day - timedelta(days=3), hour, ZoneInfo(made_in))
    due = read_time_to_come(day.isoformat(), now, writer.services.time.calendar).when
    written = json.dumps(to_document(follow_up(FollowUpKind.OTHER, due, note="ask")))
    owed = from_document(json.loads(written), FollowUp)
    reader.store.apply(adding(LUIS, owed))
    services, calendar = reader.services, reader.services.time.calendar

    for later, words in ((-1, "tomorrow"), (0, "today"), (1, "1 d late"), (2, "2 d late")):
        reader.clock.move_to(datetime.combine(day + timedelta(days=later), hour, calendar.zone))
        now = reader.clock.now()
        assert due_words(entry(owed, now, calendar), now, calendar) == words
    assert only(services.queue.entries()).late == timedelta(days=2)
    assert f"next   · {wording.moment(due, now, calendar)}, ask" in plain_text(summary(services, LUIS, str))
    assert follow_up_json(services.store, services.time, owed).due == day.isoformat()
    exported = json.loads(as_json(reader.store))
    assert only(exported["follow_ups"])["due"] == day.isoformat()
    calendar_text = calendar_file(Store([LUIS, owed]), now, calendar)
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in calendar_text
    assert f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}" in calendar_text
    assert f"- {day.isoformat()} · other" in markdown(full_record(services))
    assert f"- {day.isoformat()} · other" in plain(full_record(services))
    assert day.isoformat() not in contacts_csv(reader.store)


@settings(modest, max_examples=30)
@given(typed_days, hours, zones, zones)
def test_an_hour_typed_in_one_zone_is_that_instant_in_another(
    library: Library, day: date, hour: time, made_in: str, read_in: str
) -> None:
    writer, reader = Bench(library, zone=ZoneInfo(made_in)), Bench(library, zone=ZoneInfo(read_in))
    there, here = writer.services.time.calendar, reader.services.time.calendar
    instant = there.at(day, hour)
    typed = f"{there.local(instant):%Y-%m-%d %H:%M}"
    due = read_time_to_come(typed, instant - timedelta(days=2), there).when
    owed = from_document(to_document(follow_up(FollowUpKind.OTHER, due)), FollowUp)
    reader.store.apply(adding(LUIS, owed))
    at = owed.due.instant
    assert at in (instant, instant - timedelta(hours=1))  # an hour that is there twice is the first
    shown = follow_up_json(reader.store, reader.services.time, owed)
    assert (shown.due, shown.due_on) == (f"{at:%Y-%m-%dT%H:%M:%SZ}", here.local(at).date())
    assert f"{here.local(at):%Y-%m-%d %H:%M} · other" in markdown(full_record(reader.services))
