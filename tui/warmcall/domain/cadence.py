"""The cadence: the rules that turn an outcome into follow-ups.

The figures are those of `data/cadence.yaml`, where each has its reason beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.call_slots import slot_to_try
from warmcall.domain.day_names import plain_day
from warmcall.domain.records import Attempt, FollowUp, Interview
from warmcall.domain.vocabulary import Channel, DayPart, FollowUpKind, Outcome
from warmcall.domain.when import When

Figure = Annotated[int, msgspec.Meta(ge=0, le=1000)]
"""A figure people can change: never negative, and small enough for every date it leads to."""

Span = Annotated[int, msgspec.Meta(ge=1, le=1000)]
"""A figure that something is divided by, or that a meeting lasts: at least 1."""

WeeklyGoal = Annotated[int, msgspec.Meta(ge=1, le=50)]
"""How many people to ask in a week: nobody is no goal, and more than ten a working day are not asked well."""

TimeOfDay = (
    Annotated[str, msgspec.Meta(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$")]
    | Annotated[int, msgspec.Meta(ge=0, lt=24 * 60)]
)
"""A time such as "8:30", or the minutes since midnight, which is how YAML 1.1 reads 8:30 without quotes."""


class Cadence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The figures.

    Days are business days, but those of thank-yous, of check-ins and of telling the referrer, which are
    calendar days.
    """

    minutes_asked: Span = 20
    questions_min: Figure = 5
    questions_max: Figure = 10
    close_minutes: Figure = 3
    speaking_words_per_minute: Span = 150
    opening_seconds_max: Figure = 45
    greeting_seconds_max: Figure = 15
    voicemail_seconds_min: Figure = 30
    voicemail_seconds_max: Figure = 45
    email_words_max: Figure = 100
    email_words_warn: Figure = 75
    email_questions_max: Figure = 3
    subject_words_min: Figure = 3
    subject_words_max: Figure = 4
    note_characters: Figure = 200
    note_characters_paid: Figure = 300
    thank_you_words_min: Figure = 60
    thank_you_words_max: Figure = 150
    no_answer_days: Figure = 1
    no_answer_attempts: Figure = 5
    voicemail_days: Figure = 3
    voicemail_attempts: Figure = 3
    written_other_person_days: Figure = 3
    written_again_days: Figure = 7
    written_attempts: Figure = 2
    first_call_days: Figure = 0
    referral_call_days: Figure = 2
    promise_days: Figure = 2
    ask_name_days: Figure = 1
    replied_days: Figure = 1
    asked_to_write_days: Figure = 0
    wrong_number_days: Figure = 1
    noon_hour: Figure = 12
    confirm_days_before: Figure = 1
    thank_you_hours: Figure = 24
    thank_you_late_days: Figure = 5
    tell_referrer_days: Figure = 1
    introduction_days: Figure = 3
    check_in_first_days: Figure = 30
    check_in_next_days: Figure = 90
    opening_months: Span = 3
    extension_minutes: Figure = 5
    call_from: TimeOfDay = "8:30"
    call_until: TimeOfDay = "17:30"
    weekly_goal: WeeklyGoal = 5

    @property
    def close(self) -> timedelta:
        """The end of the meeting that is kept for "who else should I talk to?"."""
        return timedelta(minutes=self.close_minutes)

    def close_of(self, minutes: int) -> timedelta:
        """Return the close of a meeting of so many minutes, in proportion if it is shorter than usual."""
        return self.close * min(1.0, minutes / self.minutes_asked)

    @property
    def call_hours(self) -> tuple[time, time]:
        """The first and the last time of day to call somebody at work, by their own clock."""
        return _time_of_day(self.call_from), _time_of_day(self.call_until)


def _time_of_day(written: str | int) -> time:
    hour, minute = divmod(written, 60) if isinstance(written, int) else map(int, written.split(":"))
    return time(hour, minute)


class FollowUpPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that the cadence asks for, before it is a record."""

    kind: FollowUpKind
    due: When
    part: DayPart = DayPart.ANY
    note: str = ""
    why: str = ""
    waiting: bool = False


class Plan(msgspec.Struct, frozen=True):
    """What follows from an outcome. `hold` says why nothing more is tried, empty if something is."""

    owed: tuple[FollowUpPlan, ...] = ()
    hold: str = ""


def after_attempt(
    attempt: Attempt,
    earlier: Sequence[Attempt],
    organization: str,
    cadence: Cadence,
    calendar: Calendar,
    call_back_at: When | None = None,
) -> Plan:
    """Return what follows from `attempt`, whose outcome is known.

    `earlier` are the attempts at the same contact before it. `call_back_at` is needed for call_back.

    Raises:
        ValueError: if the outcome is not known, or a call back has no time.
    """
    silent = (*_silent(earlier), attempt)
    match attempt.outcome:
        case None:
            raise ValueError("the attempt has no outcome yet")
        case Outcome.NO_ANSWER:
            return _try_again(silent, attempt, cadence.no_answer_attempts, cadence.no_answer_days, calendar)
        case Outcome.VOICEMAIL:
            return _try_again(silent, attempt, cadence.voicemail_attempts, cadence.voicemail_days, calendar)
        case Outcome.SENT:
            return _after_sent(silent, attempt, organization, cadence, calendar)
        case Outcome.CALL_BACK:
            if call_back_at is None:
                raise ValueError("a call back needs a time")
            asked_on = _day_words(attempt.at, calendar)
            why = f"asked on {asked_on} to be called back"
            return Plan((FollowUpPlan(kind=FollowUpKind.CALL, due=call_back_at, why=why),))
        case Outcome.REPLIED:
            written = attempt.channel in (Channel.EMAIL, Channel.MESSAGE)
            days = cadence.replied_days if written else cadence.asked_to_write_days
            why = "they wrote back: settle a time" if written else "they asked you to write"
            return Plan((_in_days(FollowUpKind.CALL, attempt.at, days, why, calendar),))
        case Outcome.WRONG_NUMBER:
            days, why, note = cadence.wrong_number_days, "wrong number", "find a number that works"
            return Plan((_in_days(FollowUpKind.OTHER, attempt.at, days, why, calendar, note),))
        case Outcome.DECLINED | Outcome.REFERRED | Outcome.SCHEDULED | Outcome.TALK_NOW:
            return Plan()


def _silent(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """Return the attempts since the last time there was any answer, oldest first."""
    in_order = sorted(attempts, key=lambda attempt: attempt.at)
    unanswered = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.SENT)
    kept: list[Attempt] = []
    for attempt in reversed(in_order):
        if attempt.outcome not in unanswered:
            break
        kept.append(attempt)
    return tuple(reversed(kept))


def _try_again(silent: Sequence[Attempt], attempt: Attempt, most: int, days: int, calendar: Calendar) -> Plan:
    """Plan the next call, at another time of day; hold after `most` attempts that ended the same way."""
    alike = [other for other in silent if other.outcome is attempt.outcome]
    words = "voicemail" if attempt.outcome is Outcome.VOICEMAIL else "no answer"
    tries = len(alike)
    if tries >= most:
        plural = "voicemails" if attempt.outcome is Outcome.VOICEMAIL else "calls"
        return Plan(hold=f"{tries} {plural} without an answer")
    why = f"try {tries + 1} of {most}, {words} {_day_words(attempt.at, calendar)}"
    owed = _counted(FollowUpKind.CALL, attempt.at, days, why, calendar)
    return Plan((msgspec.structs.replace(owed, part=slot_to_try(silent, calendar)),))


def _after_sent(
    silent: Sequence[Attempt], attempt: Attempt, organization: str, cadence: Cadence, calendar: Calendar
) -> Plan:
    """Plan to ask somebody else at the same place, and to write again; hold after the last message."""
    sent = [attempt for attempt in silent if attempt.outcome is Outcome.SENT]
    if len(sent) >= cadence.written_attempts:
        return Plan(hold=f"{len(sent)} messages without an answer")
    silence = f"no answer to what you wrote {_day_words(attempt.at, calendar)}"
    days, why = cadence.written_again_days, f"{silence}: write again, or call"
    again = _counted(FollowUpKind.CALL, attempt.at, days, why, calendar, waiting=True)
    if not organization:
        return Plan((again,))
    days, note = cadence.written_other_person_days, f"ask another person at {organization}"
    other = _counted(FollowUpKind.OTHER, attempt.at, days, silence, calendar, note, waiting=True)
    return Plan((other, again))


def for_new_contact(
    referred: bool, now: datetime, cadence: Cadence, calendar: Calendar, why: str
) -> FollowUpPlan:
    """Return the first call owed to a contact just added."""
    days = cadence.referral_call_days if referred else cadence.first_call_days
    return _in_days(FollowUpKind.CALL, now, days, why, calendar)


def for_meeting(
    at: datetime, now: datetime, cadence: Cadence, calendar: Calendar
) -> tuple[FollowUpPlan, ...]:
    """Return the follow-ups of a meeting at `at`: itself, and a confirmation if there is a day for it."""
    agreed = f"agreed {_day_words(now, calendar)}"
    owed = [FollowUpPlan(kind=FollowUpKind.INTERVIEW, due=When(at), why=agreed)]
    day = calendar.day_of(at)
    confirm_on = calendar.before(day, cadence.confirm_days_before)
    if confirm_on > calendar.day_of(now):
        why = _with_holidays(f"you meet {_day_words(at, calendar)}", confirm_on, day, calendar)
        owed.append(FollowUpPlan(kind=FollowUpKind.CONFIRM, due=When(confirm_on), why=why))
    return tuple(owed)


def after_missed(at: datetime, now: datetime, calendar: Calendar) -> FollowUpPlan:
    """Return the call owed today after a meeting planned for `at` that did not take place."""
    why = f"not held {_day_words(at, calendar)}: arrange another day"
    return FollowUpPlan(kind=FollowUpKind.CALL, due=When(calendar.day_of(now)), why=why)


def after_interview(
    ended_at: datetime, referred: bool, cadence: Cadence, calendar: Calendar
) -> tuple[FollowUpPlan, ...]:
    """Return the follow-ups of a meeting that has ended: the thank-you, and a word to whoever named them."""
    thanks = FollowUpPlan(
        kind=FollowUpKind.THANK_YOU,
        due=When(ended_at + timedelta(hours=cadence.thank_you_hours)),
        why=f"met {_day_words(ended_at, calendar)}",
    )
    if not referred:
        return (thanks,)
    day = calendar.day_of(ended_at) + timedelta(days=cadence.tell_referrer_days)
    report = FollowUpPlan(kind=FollowUpKind.TELL_REFERRER, due=When(day), why="they named someone you met")
    return (thanks, report)


def for_promise(now: datetime, cadence: Cadence, calendar: Calendar) -> When:
    """Return when a promise made at `now` is due if no day was said."""
    return When(calendar.add(calendar.day_of(now), cadence.promise_days))


def for_introduction(
    whom: str, how_far: str, now: datetime, cadence: Cadence, calendar: Calendar
) -> FollowUpPlan:
    """Return the wait for an introduction to `whom`, empty if unknown, `how_far` ("asked") at `now`."""
    why = f"{how_far} {_day_words(now, calendar)}"
    note = f"introduction to {whom}" if whom else "introduction"
    days = cadence.introduction_days
    return _counted(FollowUpKind.OTHER, now, days, why, calendar, note, waiting=True)


def check_in(
    last_contact: datetime, first: bool, cadence: Cadence, calendar: Calendar, met: bool | None = None
) -> FollowUpPlan:
    """Return the next check-in after a contact at `last_contact`, on a business day.

    The intervals follow the habit career centres teach: a month after the meeting, then each season. `met`
    says whether the last contact was the meeting; left out, that of the first check-in was.
    """
    days = cadence.check_in_first_days if first else cadence.check_in_next_days
    day = calendar.add(calendar.day_of(last_contact) + timedelta(days=days), 0)
    why = f"{days} days after {'you met' if (first if met is None else met) else 'your last word'}"
    return FollowUpPlan(kind=FollowUpKind.CHECK_IN, due=When(day), why=why)


def is_in_turn(follow_up: FollowUp) -> bool:
    """Return whether it is a check-in of the usual turn, which any contact puts off.

    A letter about an opening, or about the resume on file, stays on its day.
    """
    return follow_up.kind is FollowUpKind.CHECK_IN and not follow_up.opening_id


def superseded(follow_ups: Sequence[FollowUp], outcome: Outcome) -> list[FollowUp]:
    """Return the open follow-ups that an attempt with `outcome` settles."""
    kinds = {FollowUpKind.CALL}
    if outcome is not Outcome.SENT:
        kinds |= {FollowUpKind.OTHER}
    return [
        follow_up
        for follow_up in follow_ups
        if follow_up.done_at is None
        and follow_up.kind in kinds
        and (follow_up.kind is FollowUpKind.CALL or follow_up.attempt_id)
    ]


def last_meeting(interviews: Sequence[Interview]) -> Interview | None:
    """Return the meeting that ended last, or None."""
    ended = [interview for interview in interviews if interview.ended_at is not None]
    return max(ended, key=lambda interview: interview.ended_at or interview.at, default=None)


def _in_days(
    kind: FollowUpKind, at: datetime, days: int, why: str, calendar: Calendar, note: str = ""
) -> FollowUpPlan:
    """Return a follow-up due `days` business days after the day of `at`, whatever the hour."""
    today = calendar.day_of(at)
    day = calendar.add(today, days)
    return FollowUpPlan(kind=kind, due=When(day), note=note, why=_with_holidays(why, today, day, calendar))


def _counted(
    kind: FollowUpKind, at: datetime, days: int, why: str, calendar: Calendar, note: str = "",
    waiting: bool = False,
) -> FollowUpPlan:  # fmt: skip
    """Return a follow-up due `days` business days after an attempt at `at`, by the noon rule.

    Its `why` says whether noon, a weekend or a holiday moved the day.
    """
    day, counted, due_on = calendar.day_of(at), calendar.counts_from(at), calendar.after(at, days)
    if counted != day:
        noon = "noon" if calendar.noon_hour() == 12 else f"{calendar.noon_hour()}:00"
        idle = "on a weekend" if day.weekday() > 4 else "on a holiday"
        moved_by = f"after {noon}" if calendar.is_business_day(day) else idle
        why = f"{why}; {moved_by}, so it counts from {plain_day(counted)}"
    why = _with_holidays(why, day + timedelta(days=1), due_on, calendar)
    return FollowUpPlan(kind=kind, due=When(due_on), note=note, why=why, waiting=waiting)


def _with_holidays(why: str, day: date, until: date, calendar: Calendar) -> str:
    """Return `why` with the holidays from `day` to the day before `until`, which did not count."""
    skipped = [plain_day(other_day) for other_day in calendar.holidays(day, until)]
    verb = "is a holiday" if len(skipped) == 1 else "are holidays"
    return f"{why}; {' and '.join(skipped)} {verb}" if skipped else why


def _day_words(instant: datetime, calendar: Calendar) -> str:
    return plain_day(calendar.day_of(instant))
