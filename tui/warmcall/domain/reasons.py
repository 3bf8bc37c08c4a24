"""Reasons for a check-in, found in the records, so that it never has to ask for openings.

The strongest is that somebody's advice was followed, as career centres teach; the weakest, and always there,
is that the user still thinks of the talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from warmcall.domain.advice_given import AdviceGiven, followed_sentence
from warmcall.domain.articles import with_article
from warmcall.domain.business_days import Calendar
from warmcall.domain.date_mentions import DateMention, date_mentions
from warmcall.domain.evidence import ON_FILE, all_notes, kept_on_file, long_date
from warmcall.domain.names import written_name
from warmcall.domain.openings import reason_to_write, still_open
from warmcall.domain.promises import as_thing, promise_sentence
from warmcall.domain.records import Contact, FollowUp, Interview, Opening, Target
from warmcall.domain.templates import gap, greeting_name, has_gap, recast
from warmcall.domain.text_analysis import sentences
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When

BEFORE_DATE = timedelta(days=14)
"""From this long before a day they mentioned, it is a reason to write."""

AFTER_DATE = timedelta(days=60)
"""Until this long after a day they mentioned, it is a reason to ask how it was."""

STARRED_MAX = 2
"""How many starred answers are offered as reasons; more would repeat the whole talk."""

QUOTE_MAX = 160
"""How many characters of a note a reason quotes; a longer note is cut."""

_ADVICE = re.compile(r"\b(?:advice|advis\w+|recommend\w*|suggest\w*|should|ought|tips?)\b", re.IGNORECASE)
_STARRED = "meeting.starred_"
_GAP = gap("follow_up.note")
_REPLACED_MIN = 8
"""A reason with fewer letters is not replaced in a text, since it could be there by chance."""

_SENTENCE = re.compile(
    r"(?:i|we|you|it|there|thanks|thank)(?:['’](?:m|ve|d|ll|s|re))?\s+\S"
    r"|(?:my|your|our|this|last|since|after|when|today|yesterday)\s+(?:\S+\s+){2}\S",
    re.IGNORECASE,
)
"""How a reason begins that is a sentence as it stands."""


class ReasonKind(StrEnum):
    """The kinds of reasons, the strongest first."""

    ADVICE = "advice"
    MET = "met"
    TARGET = "target"
    PROMISE = "promise"
    DATE = "date"
    SAID = "said"


NEWS = (ReasonKind.ADVICE, ReasonKind.MET, ReasonKind.TARGET)
"""The kinds that say what was done since the meeting."""

_STRENGTH = list(ReasonKind)


class Reason(msgspec.Struct, frozen=True):
    """One reason: its `words` as a sentence without a full stop, and the record it comes from, in words.

    What they said stands in a gap to be recast. `when` is when that happened, or the day they mentioned.
    """

    words: str
    source: str
    kind: ReasonKind
    when: When


Named = tuple[Contact, Sequence[Interview]]
"""A person named by the contact, with the meetings held with that person."""


def reasons_to_write(
    contact: Contact,
    interviews: Sequence[Interview],
    follow_ups: Sequence[FollowUp],
    advice: Sequence[AdviceGiven],
    named: Sequence[Named],
    target: Target | None,
    target_then: Target | None,
    now: datetime,
    calendar: Calendar,
    openings: Sequence[Opening] = (),
    asked_about: Set[str] = frozenset(),
    roles: Mapping[str, str] = {},
) -> tuple[Reason, ...]:
    """Return the reasons to write to `contact`, the strongest kind first, and of one kind the newest first.

    `interviews`, `follow_ups` and `advice` are theirs, `named` the people they named; `target` is the one
    aimed at now, `target_then` that of their last meeting. `openings` are those they spoke of, and the resume
    they keep; `asked_about` are the ids of those that another letter is about, and `roles` the jobs of all
    targets by id. A reason already used in a check-in is left out.
    """
    met = sorted((interview for interview in interviews if interview.was_held), key=_ended, reverse=True)
    found = [
        *_advice_followed(advice, calendar),
        *_tasks_done(follow_ups, met, {given.task.id for given in advice if given.task}, calendar),
        *_people_met(follow_ups, named, calendar),
        *_target_changes(met, target, target_then, calendar),
        *_their_promises(contact, follow_ups, now, calendar),
        *_dates_mentioned(met, now, calendar),
        *_starred(met, openings, calendar),
        *_openings_spoken_of(
            contact, openings, asked_about, roles, target.role if target is not None else "", calendar
        ),
    ]
    used = {
        _plain(follow_up.note)
        for follow_up in follow_ups
        if follow_up.kind is FollowUpKind.CHECK_IN and follow_up.done_at
    }
    once = {_plain(reason.words): reason for reason in reversed(found)}
    fresh = [
        reason
        for reason in found
        if reason is once[_plain(reason.words)] and _plain(reason.words) not in used
    ]
    newest = sorted(fresh, key=lambda reason: calendar.order_of(reason.when), reverse=True)
    return tuple(sorted(newest, key=lambda reason: _STRENGTH.index(reason.kind)))


def news_since(reasons: Sequence[Reason], note: str) -> str:
    """Return the two strongest reasons that are news and not in `note` already, as one text."""
    noted = _plain(note)
    news = [
        reason.words
        for reason in reasons
        if reason.kind in NEWS and not has_gap(reason.words) and _plain(reason.words) not in noted
    ]
    return ". ".join(news[:2])


def reason_value(note: str) -> str:
    """Return a reason as it stands in a letter: a sentence, or the gap in which it is to become one."""
    line = " ".join(note.split()).rstrip(" .")
    if not line or has_gap(line):
        return line
    return f"{line[0].upper()}{line[1:]}" if _SENTENCE.match(line) else recast(line, "say it in a sentence")


def without_quoted(values: Mapping[str, str], note: str) -> dict[str, str]:
    """Return `values` without the starred answers that `note` quotes; the others are renumbered."""
    names = sorted(name for name in values if name.startswith(_STARRED))
    left = [values[name] for name in names if values[name] not in note]
    others = {name: value for name, value in values.items() if name not in names}
    return others | {f"{_STARRED}{number}": text for number, text in enumerate(left, start=1)}


def with_reason(text: str, old: str, new: str) -> str | None:
    """Return `text` with its gap, or the reason `old`, replaced by `new`; None if it has neither."""
    for place in (_GAP, reason_value(old)):
        if new.strip() and len(place) >= _REPLACED_MIN and text.count(place) == 1:
            return text.replace(place, reason_value(new))
    return None


def reason_in(text: str, drafted: str) -> str:
    """Return what the user wrote into the gap that `drafted` has for the reason; empty if nothing.

    It is found by the words around the gap on its line.
    """
    line = next((line for line in drafted.split("\n") if _GAP in line), "")
    before, _, after = line.partition(_GAP)
    if not f"{before}{after}".strip(" ."):
        return ""
    lines = text.split("\n")
    around = [line for line in lines if line.startswith(before) and line.endswith(after)]
    written = next((line for line in (around or lines) if before.strip() and line.startswith(before)), "")
    written = written or next(iter(around), "")
    reason = written.removeprefix(before).removesuffix(after).strip(" .")
    return "" if "‹" in reason else reason


def _ended(interview: Interview) -> datetime:
    return interview.ended_at or interview.at


def _advice_followed(advice: Sequence[AdviceGiven], calendar: Calendar) -> Iterator[Reason]:
    """Yield the advice that was followed and of which they do not know."""
    for given in advice:
        if given.followed_at is not None and given.known_since is None:
            source = f"advice followed: {_quoted(given.words)}, {long_date(given.followed_at, calendar)}"
            words = followed_sentence(given.words, given.on_resume)
            yield Reason(words, source, ReasonKind.ADVICE, When(given.followed_at))


def _tasks_done(
    follow_ups: Sequence[FollowUp], met: Sequence[Interview], advice: Set[str], calendar: Calendar
) -> Iterator[Reason]:
    """Yield the tasks done since the first meeting: promises kept, and others not among the ids `advice`."""
    if not met:
        return
    ids = {interview.id for interview in met}
    for follow_up in follow_ups:
        note = _quoted(follow_up.note)
        if (
            follow_up.done_at is None
            or follow_up.dropped
            or follow_up.waiting
            or follow_up.id in advice
            or not note
            or follow_up.done_at < _ended(met[-1])
        ):
            continue
        if follow_up.kind is FollowUpKind.PROMISE:
            thing = as_thing(note)
            words = f"I hope you found {thing} useful" if thing else f"I've kept my promise, {recast(note)}"
            source = f"a promise kept: {note}"
        elif (
            follow_up.kind is not FollowUpKind.OTHER
            or follow_up.attempt_id
            or follow_up.about_id
            or follow_up.letter
        ):
            continue
        elif follow_up.interview_id in ids:
            words = f"I've taken your advice, {recast(note, 'say what you did')}"
            source = "advice followed"
        else:
            words, source = f"Since we spoke, {recast(note, 'say what you did')}", "done"
        source = f"{source}, {long_date(follow_up.done_at, calendar)}"
        yield Reason(words, source, ReasonKind.ADVICE, When(follow_up.done_at))


def _people_met(
    follow_ups: Sequence[FollowUp], named: Sequence[Named], calendar: Calendar
) -> Iterator[Reason]:
    """Yield the meetings with people they named, except those they heard of already."""
    reported = {
        follow_up.about_id
        for follow_up in follow_ups
        if follow_up.kind is FollowUpKind.TELL_REFERRER and follow_up.done_at
    }
    for person, interviews in named:
        last = max((_ended(interview) for interview in interviews if interview.was_held), default=None)
        if last is not None and person.id not in reported:
            words = f"I've talked with {_quoted(written_name(person.name))}, whose name you gave me"
            source = f"you met {_quoted(person.name)} {long_date(last, calendar)}"
            yield Reason(words, source, ReasonKind.MET, When(last))


def _target_changes(
    met: Sequence[Interview], target: Target | None, then: Target | None, calendar: Calendar
) -> Iterator[Reason]:
    """Yield the changes of the target since the last meeting, or because of it."""
    if not met:
        return
    last = met[0]
    if _quoted(last.debrief.changes):
        words = f"Our talk changed what I aim at, {recast(last.debrief.changes)}"
        source = f"your debrief, {long_date(_ended(last), calendar)}"
        yield Reason(words, source, ReasonKind.TARGET, When(_ended(last)))
    if target is None or not target.role.strip() or target.changed_at <= _ended(last):
        return
    aim, source = f"the work of {with_article(_quoted(target.role))}", long_date(target.changed_at, calendar)
    source = f"your target, changed {source}"
    if last.target_id in ("", target.id):
        if target.changed_at <= target.created_at:
            return
        where = "".join(f" in {_quoted(item)}" for item in (target.industry, target.place) if item.strip())
        words = f"Our talk helped me see more clearly what I aim at, {aim}{where}"
    elif then is not None and then.role.strip() and _plain(then.role) != _plain(target.role):
        words = f"I aim at {aim} now, and no longer at that of {with_article(_quoted(then.role))}"
    elif then is None:
        words = f"I aim at {aim} now"
    else:
        return
    yield Reason(words, source, ReasonKind.TARGET, When(target.changed_at))


def _their_promises(
    contact: Contact, follow_ups: Sequence[FollowUp], now: datetime, calendar: Calendar
) -> Iterator[Reason]:
    """Yield the promises of theirs that are due."""
    for follow_up in follow_ups:
        due = calendar.has_come(follow_up.due, now)
        theirs = follow_up.kind is FollowUpKind.PROMISE and follow_up.waiting and follow_up.done_at is None
        if theirs and due and _quoted(follow_up.note):
            thing = as_thing(follow_up.note, theirs=True)
            words = promise_sentence(thing or recast(follow_up.note, "say what they offered"), theirs=True)
            words = words.rstrip(".")
            source = f"{_quoted(greeting_name(contact))} promised it for {long_date(follow_up.due, calendar)}"
            yield Reason(words, source, ReasonKind.PROMISE, follow_up.due)


def _dates_mentioned(met: Sequence[Interview], now: datetime, calendar: Calendar) -> Iterator[Reason]:
    """Yield the days they mentioned that are near, or not long past."""
    today = calendar.day_of(now)
    for meeting in met:
        said_on = calendar.day_of(_ended(meeting))
        for sentence in (sentence for note in all_notes(meeting) for sentence in sentences(note)):
            for day in date_mentions(sentence, said_on):
                if _is_time_for(day, today):
                    words = f"You mentioned {day.words} when we spoke, and I thought of it"
                    source = f"“{_quoted(sentence)}”, {long_date(_ended(meeting), calendar)}"
                    yield Reason(words, source, ReasonKind.DATE, When(day.first))


def _is_time_for(day: DateMention, today: date) -> bool:
    return day.first - BEFORE_DATE <= today <= day.last + AFTER_DATE


def _openings_spoken_of(
    contact: Contact,
    openings: Sequence[Opening],
    asked_about: Set[str],
    roles: Mapping[str, str],
    role: str,
    calendar: Calendar,
) -> Iterator[Reason]:
    """Yield the resume they keep, and the openings they spoke of, while something may still come of it.

    `role` is the job of an opening for none of the targets in `roles`.
    """
    for opening in openings:
        if still_open(opening) and opening.id not in asked_about:
            heard_on = When(opening.heard_on)
            words = reason_to_write(opening, contact, roles.get(opening.target_id, role))
            source = f"they {'kept it' if opening.on_file else 'said so'} {long_date(heard_on, calendar)}"
            yield Reason(words, source, ReasonKind.SAID, heard_on)


def _starred(met: Sequence[Interview], openings: Sequence[Opening], calendar: Calendar) -> Iterator[Reason]:
    """Yield the starred answers of the last meeting, advice first, and that they keep the user on file."""
    if not met:
        return
    last = met[0]
    source, at = f"starred, {long_date(_ended(last), calendar)}", _ended(last)
    answers = [
        (bool(_ADVICE.search(f"{question.ask} {note}")), note)
        for question in last.checklist
        if question.starred and (note := _quoted(last.notes.get(question.id, "")))
    ]
    for advice, note in sorted(answers, key=lambda answer: not answer[0])[:STARRED_MAX]:
        begins = "Your advice has stayed with me" if advice else "I keep coming back to what you said"
        yield Reason(f"{begins}, {recast(note)}", source, ReasonKind.SAID, When(at))
    if kept_on_file(last, openings):
        yield Reason(ON_FILE, f"they said it {long_date(at, calendar)}", ReasonKind.SAID, When(at))


def _quoted(text: str) -> str:
    """Return `text` on one line, without a full stop at its end, cut to QUOTE_MAX characters."""
    line = " ".join(text.split()).rstrip(" .")
    return line if len(line) <= QUOTE_MAX else f"{line[: QUOTE_MAX - 1].rstrip()}…"


def _plain(text: str) -> str:
    """Return `text` as it is compared: without case, extra spaces and a full stop at the end."""
    return " ".join(text.casefold().split()).rstrip(" .")
