from __future__ import annotations

from datetime import date

from warmcall.domain.week_counts import WEEKS_COUNTED, week_counts

from tests.examples import CALENDAR, interview, local


def test_the_last_weeks_say_who_was_asked_and_met_in_each_and_which_are_off() -> None:
    asked = {date(2026, 11, 16): ["ana", "mei"], date(2026, 9, 21): ["too long ago"]}
    talks = [
        interview("2026-11-17 10:00", id="a", contact_id="ana", ended_at=local("2026-11-17 10:20")),
        interview("2026-11-18 10:00", id="b", contact_id="ana", ended_at=local("2026-11-18 10:20")),
        interview("2026-11-22 23:30", id="c", contact_id="mei", ended_at=local("2026-11-22 23:50")),
        interview("2026-11-24 10:00", id="d", contact_id="luis"),
        interview("2026-11-23 10:00", id="e", practice=True, ended_at=local("2026-11-23 10:20")),
    ]
    weeks = week_counts(asked, talks, {date(2026, 11, 9)}, date(2026, 11, 24), CALENDAR)
    assert len(weeks) == WEEKS_COUNTED
    assert [week.monday for week in (weeks[0], weeks[-1])] == [date(2026, 9, 28), date(2026, 11, 23)]
    assert (weeks[-2].asked, weeks[-2].met) == (("ana", "mei"), ("ana", "mei"))
    assert {week.monday for week in weeks if week.off} == {date(2026, 11, 9)}
    assert [week.monday for week in weeks if week.asked or week.met] == [date(2026, 11, 16)]
