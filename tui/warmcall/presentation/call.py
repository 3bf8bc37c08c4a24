"""What a call says in words: the person called, what is known of them, and what an outcome leads to.

Pure functions of records and services; the screen of the call, its dialogs and practice show the results.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from warmcall.config.zones import zone_named
from warmcall.domain.acquaintance import acquaintance
from warmcall.domain.asking_rules import ActiveAsk
from warmcall.domain.cadence import Cadence
from warmcall.domain.calling_hours import BadTime, bad_time_to_call
from warmcall.domain.day_names import WEEKDAYS
from warmcall.domain.evidence import research_lines
from warmcall.domain.person_keys import profile_link
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import greeting_name
from warmcall.domain.vocabulary import Channel, FollowUpKind, Outcome, Permission
from warmcall.presentation import wording
from warmcall.services.calling import CallPlan
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

ATTEMPTS_SHOWN = 5
COLLEAGUES_SHOWN = 6
LONGEST_GROUP = 4
"""Figures of a phone number read together; before the last four of a longer run they are read in threes."""


def call_header(services: Services, person: Contact, channel: Channel, fill_key: str) -> list[RichPart]:
    """Return the lines above a script: who it is; number, channel and the time there; what went before.

    What matters most comes first in each, since a narrow window cuts the ends. `fill_key` is the key that
    fills what is missing, as the user has it. A caution about the referrer's name and the first line of the
    note on this call follow if there are any.
    """
    now, calendar = services.time.now(), services.time.calendar
    work = wording.work(person)
    zone = zone_named(person.zone)
    local = now.astimezone(zone) if zone else None
    pending = services.pending_attempts.pending(person.id, channel)
    referrer = services.store.contact(person.referrer_id)
    hour = hour_caution(local, services.library.cadence) if channel is not Channel.EMAIL else ""
    parts: list[RichPart] = [
        (one_line(person.name), "bold"), f" · {work}" if work else "", "\n",
        _address(person, channel, fill_key), f" · {wording.CHANNEL[channel]} · ",
        wording.local_times(person.zone, local, calendar.local(now)),
        (f" · {hour}" if hour else "", "bold $warning"), "\n",
        _before(services, person, channel, zone),
        f" · named by {one_line(referrer.name)}" if referrer else "",
    ]  # fmt: skip
    if caution := referrer_caution(person, referrer):
        parts += ["\n", (caution, "bold $warning")]
    if pending and pending.note.strip():
        parts += ["\n", ("note  ", "$muted"), pending.note.strip().splitlines()[0]]
    return parts


def _before(services: Services, person: Contact, channel: Channel, zone: tzinfo | None) -> str:
    """Return when `person` was met, with what was tried since; of somebody not met, which try this is.

    Of calls that were not answered it says which half of the day to try, in their `zone`.
    """
    now, calendar = services.time.now(), services.time.calendar
    attempts = services.pending_attempts.completed(person.id)
    met_at = acquaintance((), services.store.of_contact(Interview, person.id)).met_at
    if met_at is None:
        words = wording.tries(attempts, now, calendar)
    else:
        last = attempts[-1] if attempts and attempts[-1].at > met_at else None
        met = f"met {wording.day(calendar.day_of(met_at), calendar.day_of(now))}"
        words = " · ".join(filter(None, [met, wording.last_try(last, now, calendar) if last else ""]))
    half_day = wording.half_day_to_try(attempts, calendar, zone) if channel is Channel.PHONE else ""
    return f"{words}: try {half_day}" if half_day else words


def call_header_brief(services: Services, person: Contact, channel: Channel, fill_key: str) -> list[RichPart]:
    """Return the header on one line, for a low window: the number, a caution, and who it is."""
    zone = zone_named(person.zone)
    local = services.time.now().astimezone(zone) if zone else None
    referrer = services.store.contact(person.referrer_id)
    caution = referrer_caution(person, referrer) or hour_caution(local, services.library.cadence)
    return [
        _address(person, channel, fill_key), (f" · {caution}" if caution else "", "bold $warning"),
        " · ", (one_line(person.name), "bold"),
    ]  # fmt: skip


def _address(person: Contact, channel: Channel, fill_key: str) -> RichPart:
    """Return the number or the address they are reached by, or that there is none."""
    if channel is Channel.EMAIL:
        known, missing = person.email, "no email yet"
    elif channel is Channel.MESSAGE:
        known, missing = person.phone or profile_link(person.notes), "no number yet"
    else:
        known, missing = person.phone, "no number yet" if person.email else "no number or email"
    return (
        (one_line(known), "bold $accent") if known.strip() else (f"{missing} ({fill_key})", "bold $warning")
    )


def grouped_number(phone: str) -> str:
    """Return a phone number in groups of two to four figures, wide apart; empty if it is no plain number."""
    if set(phone) - set("0123456789 +-()./"):
        return ""
    groups: list[str] = []
    for run in re.findall(r"\+?\d+", phone):
        split = [run] if len(run) <= LONGEST_GROUP + 1 else [run[-LONGEST_GROUP:]]
        rest = run[: len(run) - len(split[0])]
        while rest:
            split.insert(0, rest[-3:])
            rest = rest[:-3]
        groups += split
    return "  ".join(groups)


def referrer_caution(person: Contact, referrer: Contact | None) -> str:
    """Return why the name of the contact who referred `person` may not be used yet; empty if it may."""
    if referrer is None:
        return ""
    match person.may_use_name:
        case Permission.ASK_LATER:
            return f"ask {greeting_name(referrer)} first: may I use your name?"
        case Permission.NO:
            return f"leave the name of {greeting_name(referrer)} out: they said no"
        case _:
            return ""


def hour_caution(local: datetime | None, cadence: Cadence) -> str:
    """Return why this is no hour to call somebody at work, by their own clock.

    Empty if it is a good hour, or if their clock is unknown (None).
    """
    if local is None:
        return ""
    match bad_time_to_call(local, cadence):
        case BadTime.WEEKEND:
            return f"it is {WEEKDAYS[local.weekday()]} there"
        case BadTime.OUTSIDE_HOURS:
            return "outside working hours"
        case None:
            return ""


def call_facts(services: Services, person: Contact) -> list[RichPart]:
    """Return what helps during a call, the most useful first: talks, attempts, notes, colleagues, research.

    Empty if nothing is known.
    """
    now, calendar = services.time.now(), services.time.calendar
    attempts = services.pending_attempts.completed(person.id)[-ATTEMPTS_SHOWN:]
    colleagues = ", ".join(
        f"{contact.name} ({wording.STAGE[services.address_book.stage(contact.id)]})"
        for contact in services.address_book.at_same_organization(person)[:COLLEAGUES_SHOWN]
    )
    target = services.store.target_for(person)
    blocks = (
        ("The script speaks of", [_other_target(services, person)]),
        (
            "Tried",
            [
                wording.attempt_line(attempt, now, calendar)
                + (f" · {one_line(attempt.note.strip())}" if attempt.note.strip() else "")
                for attempt in reversed(attempts)
            ],
        ),
        ("Notes", [person.notes.strip()]),
        (f"Also at {person.organization}", [colleagues]),
        ("From your research", research_lines(person.organization, target.research) if target else []),
    )
    parts: list[RichPart] = []
    held = [meeting for meeting in services.store.of_contact(Interview, person.id) if meeting.was_held]
    if held:
        from warmcall.presentation.person import answers_and_debrief
    for meeting in sorted(held, key=lambda meeting: meeting.began_at, reverse=True):
        line = wording.meeting_line(meeting, now, calendar)
        said = answers_and_debrief(meeting, services.answers.kept_back(meeting))
        parts += ["\n" if parts else "", (f"{line}\n", "$muted"), *said]
    for title, lines in blocks:
        if any(lines):
            parts += [
                "\n" if parts else "", (f"{title}\n", "bold"), *(f"{line}\n" for line in lines),
            ]  # fmt: skip
    return parts


def _other_target(services: Services, person: Contact) -> str:
    """Return which target the call speaks of, if that is not the present one; else empty."""
    if services.store.target_for(person) == services.store.target:
        return ""
    from warmcall.presentation.targets import spoken_of

    return spoken_of(services, person)


def gaps_marked(text: str) -> list[RichPart]:
    """Return `text` in parts, each gap in it (‹your name›) standing out."""
    pieces = text.replace("‹", "\0‹").replace("›", "›\0").split("\0")
    return [(piece, "bold reverse $warning") if piece.startswith("‹") else piece for piece in pieces if piece]


def one_ask_at_a_time(services: Services, ask: ActiveAsk) -> str:
    """Return the sentence that somebody else at the organization was written to and has not answered."""
    calendar = services.time.calendar
    sent = wording.day(calendar.day_of(ask.sent_at), calendar.day_of(services.time.now()))
    return (
        f"{ask.contact.name} there was written to {sent}, and has not answered: "
        f"ask one person there at a time, so from {wording.plain_day(ask.another_from)}"
    )


KEEPS_RESUME = "they keep your resume, a letter follows"
"""What follows when they keep the user's resume."""


def outcome_effect(services: Services, plan: CallPlan, outcome: Outcome) -> str:
    """Return what recording `outcome` does, in words: the follow-ups, a hold, or the interview that opens."""
    promises = [follow_up for follow_up in plan.owed if follow_up.kind is FollowUpKind.PROMISE]
    promised = promised_words([follow_up.note for follow_up in promises])
    match outcome:
        case Outcome.TALK_NOW:
            minutes = plan.interview.countdown.minutes if plan.interview else 0
            effect = f"the interview opens, {minutes} minutes on the clock{_in_place_of(services, plan)}"
        case Outcome.DECLINED:
            effect = "nothing more is planned with them"
        case _ if plan.kept is not None:
            effect = f"“{wording.FOLLOW_UP_KIND[plan.kept.kind]}” stays in the queue"
        case _ if plan.hold:
            effect = f"held, not lost: {plan.hold}"
        case _ if plan.settled is not None:
            done = f"“{wording.FOLLOW_UP_KIND[plan.settled.kind]}” is done"
            return "; ".join(filter(None, (done, planned_follow_ups(services, plan))))
        case _ if plan.referred is not None and not plan.owed:
            effect = f"{one_line(plan.referred.name)} is in People already"
        case _:
            return planned_follow_ups(services, plan)
    kept = any(follow_up.opening_id for follow_up in plan.owed)
    return "; ".join(filter(None, (effect, promised, KEEPS_RESUME if kept else "")))


def _in_place_of(services: Services, plan: CallPlan) -> str:
    """Return which planned meeting a talk at once stands for: ", instead of Tue 1 Dec 14:00"; or nothing."""
    planned = services.store.get(Interview, plan.interview.id) if plan.interview else None
    if planned is None or planned.countdown.started:
        return ""
    return f", instead of {wording.moment(planned.at, services.time.now(), services.time.calendar)}"


def promised_words(things: Sequence[str]) -> str:
    """Return what was promised in a call: "promise my resume today"; empty without `things`."""
    return f"promise {' and '.join(things)} today" if things else ""


def planned_follow_ups(services: Services, plan: CallPlan) -> str:
    """Return the follow-ups of a plan in words: "call tomorrow, try 2 of 5"; empty if it has none."""
    now, calendar = services.time.now(), services.time.calendar
    words = [
        f"{_owed_words(plan, follow_up)} {wording.due(follow_up, now, calendar)}"
        + (f", {follow_up.why.partition(',')[0]}" if follow_up.why.startswith("try") else "")
        for follow_up in plan.owed
    ]
    return "; ".join(words)


def _owed_words(plan: CallPlan, follow_up: FollowUp) -> str:
    """Return what is owed by a follow-up of `plan`: "promise my resume", "call Mei Tanaka"."""
    if follow_up.kind is FollowUpKind.PROMISE:
        return f"promise {follow_up.note}"
    if plan.referred is not None and follow_up.contact_id == plan.referred.id:
        return f"call {plan.referred.name}"
    if follow_up.opening_id:
        return "write about your resume on file"
    return follow_up.note or wording.FOLLOW_UP_KIND[follow_up.kind]
