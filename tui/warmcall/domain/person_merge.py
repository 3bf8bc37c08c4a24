"""Two records of one person made one: whose values stay, and which next step remains. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from warmcall.domain.business_days import Calendar
from warmcall.domain.names import recognized_by
from warmcall.domain.organizations import organization_key
from warmcall.domain.question_bank import with_questions
from warmcall.domain.queue import due_order
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, PoolPerson, replace
from warmcall.domain.stage import stage_of
from warmcall.domain.targets import target_fields
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import FollowUpKind, News, Permission, Source, Stage

AnyPerson = Contact | PoolPerson
P = TypeVar("P", Contact, PoolPerson)

_NEXT_STEPS = (FollowUpKind.CALL, FollowUpKind.CHECK_IN)
"""The kinds of which one person needs only one: how to reach them next. All else is owed all the same.

So is a check-in about an opening, or about the resume on file.
"""


class PastRecords(NamedTuple):
    """The records of one contact; those of somebody in the pool are none."""

    attempts: Sequence[Attempt] = ()
    interviews: Sequence[Interview] = ()
    follow_ups: Sequence[FollowUp] = ()


_TEXTS = ("goes_by", "phone", "email", "zone", "why")


def merged_person(
    kept: P, other: AnyPerson, kept_wins: bool, name_of: Callable[[str], str] = lambda _id: ""
) -> P:
    """Return `kept` with what is known of `other`, who is the same person.

    Where both have a value, that of `kept` stays if `kept_wins`, else that of `other` does; what has no place
    any more, such as a second number, goes into the notes. `name_of` gives the name of a contact by id.
    """
    first, second = (kept, other) if kept_wins else (other, kept)
    lost: list[str] = []
    values: dict[str, Any] = {"name": first.name, **_work(first, second, lost), **_found(first, second)}
    values["kind"] = first.kind or second.kind
    if not set(recognized_by(first.name, first.goes_by)) & set(recognized_by(second.name, second.goes_by)):
        lost.insert(0, second.name.strip())
    for name in _TEXTS:
        mine, theirs = getattr(first, name).strip(), getattr(second, name).strip()
        values[name] = getattr(first, name) if mine else getattr(second, name)
        if mine and theirs and _compared(name, mine) != _compared(name, theirs):
            lost.append(theirs)
    lost += [
        f"Found: {place}"
        for person in (first, second)
        if (place := person.found.strip()) and folded(place) != folded(values["found"])
    ]
    referrers = [person.referrer_id for person in (first, second) if isinstance(person, Contact)]
    ids = (values["referrer_id"], kept.id, other.id)
    lost += [f"Named by: {name}" for id_ in referrers if id_ not in ids and (name := name_of(id_))]
    if isinstance(kept, Contact):
        if isinstance(other, PoolPerson):
            lost += _only_in_pool(other, values["referrer_id"])
        else:
            values |= _targets(kept, other)
            values["to_ask"] = with_questions(kept.to_ask, other.to_ask)
    elif isinstance(other, PoolPerson):
        del values["referrer_id"]
        values |= _of_pool(kept, other, kept_wins)
    values["notes"] = _joined(kept.notes, other.notes, lost)
    return replace(kept, **values)


def _compared(name: str, text: str) -> str:
    return "".join(filter(str.isdecimal, text)) if name == "phone" else folded(text)


def _work(first: AnyPerson, second: AnyPerson, lost: list[str]) -> dict[str, str]:
    """Return where they work and what they are there; a title is never put with another organization."""
    organization, title = first.organization, first.title
    here, there = organization_key(organization), organization_key(second.organization)
    same_title = not title.strip() or not second.title.strip() or folded(title) == folded(second.title)
    fits = (not here or not there or here == there) and same_title
    if fits:
        organization = organization if organization.strip() else second.organization
        title = title if title.strip() else second.title
    elif here == there and not title.strip():
        title = second.title
    elif second.organization.strip() or second.title.strip():
        lost.append(", ".join(filter(None, [second.title.strip(), second.organization.strip()])))
    return {"organization": organization, "title": title}


def _found(first: AnyPerson, second: AnyPerson) -> dict[str, Any]:
    """Return where the name came from, which is one answer, what was read of them, and since when they are
    connected.

    Nobody refers themselves.
    """
    both = (first, second)
    ids = ("", first.id, second.id)
    from_whom: AnyPerson
    for person in both:
        if isinstance(person, Contact) and person.referrer_id not in ids:
            from_whom, referrer_id = person, person.referrer_id
            break
    else:
        known = [person for person in both if not _named_by(person, ids[1:])]
        said = [person for person in known if person.source is not Source.OTHER or person.found.strip()]
        from_whom, referrer_id = next(iter((*said, *known, first))), ""
    permissions = (
        from_whom.may_use_name,
        *(() if referrer_id else (first.may_use_name, second.may_use_name)),
    )
    return {
        "source": Source.OTHER if _named_by(from_whom, ids[1:]) else from_whom.source,
        "found": from_whom.found,
        "news": first.news if first.news is not News.OTHER else second.news,
        "may_use_name": next(filter(None, permissions), Permission.NOT_ASKED),
        "referrer_id": referrer_id,
        "connected_on": min(filter(None, (first.connected_on, second.connected_on)), default=None),
    }


def _named_by(person: AnyPerson, ids: tuple[str, ...]) -> bool:
    return isinstance(person, Contact) and person.referrer_id in ids


def _only_in_pool(other: PoolPerson, referrer_id: str) -> list[str]:
    """Return as lines what a contact has no field for; a name is no referrer, who is a contact."""
    referrer = other.referrer.strip()
    return [
        *([f"Earlier: {other.earlier_work}"] if other.earlier_work.strip() else []),
        *([f"Named by: {referrer}"] if referrer and not referrer_id else []),
        *(*other.emails[1:], *other.phones[1:], *other.links),
    ]


def _targets(kept: Contact, other: Contact) -> dict[str, object]:
    """Return the targets that either serves; that of `kept` is their own."""
    return target_fields((kept.target_id, *kept.also_for, other.target_id, *other.also_for))


def _of_pool(kept: PoolPerson, other: PoolPerson, kept_wins: bool) -> dict[str, Any]:
    """Return the fields that only people of the pool have; the shorter acquaintance is within the longer."""
    first, second = (kept, other) if kept_wins else (other, kept)
    return {
        "referrer": first.referrer if first.referrer.strip() else second.referrer,
        "emails": tuple(dict.fromkeys((*first.emails, *second.emails))),
        "phones": tuple(dict.fromkeys((*first.phones, *second.phones))),
        "links": tuple(dict.fromkeys((*first.links, *second.links))),
        "earlier_work": first.earlier_work if first.earlier_work.strip() else second.earlier_work,
        "work_changed_on": first.work_changed_on or second.work_changed_on,
        "never": kept.never or other.never,
    }


def _joined(kept: str, other: str, lost: Iterable[str]) -> str:
    """Return the notes of both, each once, and below them the lines of what has no place any more."""
    own = kept.strip()
    added: list[str] = []
    if other.strip() and other.strip() not in own:
        added.append(other.strip())
    there = "\n".join([own, *added])
    added += [f"Also: {line}" if ": " not in line else line for line in lost if line and line not in there]
    if not added:
        return kept
    words = "\n".join(added)
    return f"{kept}\n\n{words}" if own else words


def without_added(before: str, after: str, present: str) -> str:
    """Return the `present` text without what a merge that made `after` of `before` added to it.

    What was written since stays; if the added words were themselves changed since, all does.
    """
    if present == after:
        return before
    if not after.startswith(before):
        return present
    added = after[len(before) :]
    if not added or added not in present:
        return present
    return present.replace(added, "", 1) if before else present.replace(added, "", 1).lstrip("\n")


def steps_to_close(kept: PastRecords, other: PastRecords, calendar: Calendar) -> list[FollowUp]:
    """Return the open calls and check-ins to close so that one next step with the person remains.

    It is the one due first of those that fit: what was owed to the record that was further along, and a
    check-in. A first call does not fit somebody who was tried, met, has a meeting set or said no, only
    because the other record said nothing of it.
    """
    stages = (stage_of(*kept), stage_of(*other))
    whole = stage_of(
        (*kept.attempts, *other.attempts),
        (*kept.interviews, *other.interviews),
        (*kept.follow_ups, *other.follow_ups),
    )
    steps = [
        (stage, follow_up)
        for stage, history in zip(stages, (kept, other), strict=True)
        for follow_up in history.follow_ups
        if follow_up.done_at is None and follow_up.kind in _NEXT_STEPS and not follow_up.opening_id
    ]
    owners = {follow_up.contact_id for _, follow_up in steps}
    if len(owners) < 2 and all(stage is whole for stage, _ in steps):
        return []
    steps.sort(key=lambda step: due_order(step[1], calendar))
    fitting = [step for stage, step in steps if stage is whole or step.kind is FollowUpKind.CHECK_IN]
    none_needed = whole in (Stage.SCHEDULED, Stage.DECLINED)
    remaining = fitting[:1] or ([] if none_needed else [step for _, step in steps[:1]])
    return [step for _, step in steps if step not in remaining]
