"""Who led to whom, in words: the lines of the tree, how far each person has come, and who was told of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import FollowUpKind, Stage
from warmcall.presentation import signs, wording
from warmcall.services.progress import Referrals
from warmcall.services.services import Services

DEEPEST = 6
"""So many levels above a person are drawn at most; a deeper one would leave no room for the name."""

_STAGES_MET = (Stage.MET, Stage.THANKED, Stage.IN_TOUCH)


class ReferralLine(NamedTuple):
    """One person of the tree: the lines to them with their name, what they are, how far, and who was told.

    `stage` and `told` are a text with its style.
    """

    name: str
    kind: str
    sign: tuple[str, str]
    stage: tuple[str, str]
    told: tuple[str, str]


def head(referrals: Referrals) -> str:
    """Return what the tree comes to: "1 of 3 chains goes on · owed: 2 not told yet · the longest: …"."""
    count = len(referrals.chains)
    if not count:
        return "Nobody has named anybody yet"
    chains = "chain" if count == 1 else "chains"
    go_on = "goes on" if referrals.going_on == 1 else "go on"
    longest = f"the longest: {referrals.longest} people"
    owed = f"owed: {referrals.untold} not told yet" if referrals.untold else "all told"
    return f"{referrals.going_on} of {count} {chains} {go_on} · {owed} · {longest}"


def referral_line(services: Services, referrals: Referrals, contact_id: str) -> ReferralLine:
    """Return the line of one contact in the tree."""
    branch, contact = referrals.branches.get(contact_id), services.store.require(Contact, contact_id)
    stage = services.address_book.stage(contact_id)
    sign = signs.STAGE[stage]
    words, is_late = _stage_words(services, contact_id, stage, referrals.today)
    return ReferralLine(
        name=f"{tree_signs(branch.leads if branch else ())}{contact.name}",
        kind=wording.KIND[contact.kind] if branch and branch.depth else wording.SOURCE[contact.source],
        sign=sign,
        stage=(words, "$warning" if is_late else sign[1]),
        told=_told(services, referrals, contact),
    )


def tree_signs(leads: tuple[bool, ...]) -> str:
    """Return the lines that lead to a person, given for each level whether more follow at it below."""
    if not leads:
        return ""
    above = leads[:-1]
    passed = "".join("│  " if goes_on else "   " for goes_on in above[-DEEPEST:])
    return f"{'…  ' if len(above) > DEEPEST else ''}{passed}{'├─ ' if leads[-1] else '└─ '}"


def _stage_words(services: Services, contact_id: str, stage: Stage, today: date) -> tuple[str, bool]:
    """Return how far somebody has come, "met 28 Sep", "Mon 30 14:00", "call 2 d late"; and if late."""
    talks = services.store.of_contact(Interview, contact_id)
    calendar = services.time.calendar
    if stage in _STAGES_MET:
        met = [talk.began_at for talk in talks if talk.was_held]
        return (f"met {wording.short_day(calendar.day_of(max(met)), today)}" if met else "met"), False
    if stage is Stage.SCHEDULED:
        planned = min(talk.at for talk in talks if talk.is_planned)
        day = calendar.day_of(planned)
        return f"{wording.short_day(day, today)} {calendar.local(planned):%H:%M}", day < today
    owed = services.address_book.next_step(contact_id)
    if owed is None or owed.kind is not FollowUpKind.CALL:
        return wording.STAGE[stage], False
    if owed.waiting:
        return "waiting", False
    words, is_late = wording.day_owed(owed.due, today, calendar)
    return f"call {words}", is_late


def _told(services: Services, referrals: Referrals, contact: Contact) -> tuple[str, str]:
    """Return whether the referrer was told that somebody was met: "told Dana ✔", "tell Isaac, Mon 30"."""
    owed = referrals.telling.get(contact.id)
    referrer = services.store.contact(contact.referrer_id)
    if owed is None or referrer is None:
        return "", ""
    name = wording.short_name(referrer)
    if owed.done_at is not None:
        return f"told {name} ✔", "$muted"
    words, is_late = wording.day_owed(owed.due, referrals.today, services.time.calendar)
    return f"tell {name}, {words}", "$warning" if is_late else ""
