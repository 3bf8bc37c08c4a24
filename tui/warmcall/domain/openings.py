"""Openings heard of, and resumes on file: when to write about one, and why.

A place that is filled without being advertised goes to whoever comes to mind. So the contact is kept, and
hears from the user after some months, but is never asked whether there is an opening.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from warmcall.domain.articles import with_article
from warmcall.domain.business_days import Calendar, months_after
from warmcall.domain.cadence import Cadence, FollowUpPlan
from warmcall.domain.day_names import MONTHS
from warmcall.domain.organizations import organization_key
from warmcall.domain.records import Contact, Opening
from warmcall.domain.vocabulary import FollowUpKind, OpeningEnd
from warmcall.domain.when import When

WHAT_CAME_OF_IT = "‹say what came of it›"
"""The gap a letter about an opening has: only the user knows whether they applied."""


def letter_about(
    opening: Opening, contact: Contact, role: str, today: date, cadence: Cadence, calendar: Calendar
) -> FollowUpPlan:
    """Return the letter to write about `opening` to `contact`, on a business day; never before `today`.

    `role` is the job aimed at, for an opening whose own is not known.
    """
    months = cadence.opening_months
    day = max(months_after(opening.heard_on, months), today)
    what = "they kept your resume on file" if opening.on_file else "they told you about an opening"
    count = "a month" if months == 1 else f"{months} months"
    return FollowUpPlan(
        kind=FollowUpKind.CHECK_IN,
        due=When(calendar.add(day, 0)),
        note=reason_to_write(opening, contact, role),
        why=f"{count} after {what}",
    )


def reason_to_write(opening: Opening, contact: Contact, role: str) -> str:
    """Return why to write to `contact` about `opening`, as a sentence without a full stop.

    About an opening it leaves a gap for what came of it. It never asks for one.
    """
    month = MONTHS[opening.heard_on.month - 1]
    if opening.on_file:
        return f"You kept my resume on file in {month}, and I'd like to keep you up to date"
    job = " ".join(opening.what.split()).rstrip(".") or role.strip()
    place = opening.organization.strip()
    elsewhere = place and organization_key(place) != organization_key(contact.organization)
    words = f"a place{f' for {with_article(job)}' if job else ''}{f' at {place}' if elsewhere else ''}"
    return f"In {month} you told me about {words}. {WHAT_CAME_OF_IT}"


def still_open(opening: Opening) -> bool:
    """Return whether something may still come of it."""
    return opening.closed is OpeningEnd.OPEN


def in_order(openings: Iterable[Opening]) -> list[Opening]:
    """Return `openings` as they are listed: those still open first, and of both the newest first."""
    newest = sorted(openings, key=lambda opening: (opening.heard_on, opening.id), reverse=True)
    return sorted(newest, key=lambda opening: not still_open(opening))
