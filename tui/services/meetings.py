"""Finding a meeting by whom it is with."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.book import Book
from tui.domain.records import Contact, Interview
from tui.services.clock import Timekeeper


class NoSuchMeeting(LookupError):
    """No one meeting is meant; the text is a sentence that says why, with the names if there are several."""


def planned(book: Book) -> list[Interview]:
    """Return the meetings that have neither ended nor been cancelled, the earliest first."""
    open_ones = (one for one in book.all(Interview) if one.ended_at is None and not one.cancelled)
    real = (one for one in open_ones if not one.practice and book.contact(one.contact_id) is not None)
    return sorted(real, key=lambda one: (one.at, one.id))


def meant(book: Book, time: Timekeeper, who: str) -> Interview:
    """Return the planned meeting with the person `who` is a part of the name of.

    With nobody named it is the one under way, else the next from today on, else the last that was
    missed. Who fits is told by `fitting`.

    Raises:
        NoSuchMeeting: if there is none, or more than one person is meant.
    """
    coming = planned(book)
    if not who.strip():
        return _next(book, time, coming)
    people = {one.contact_id: _contact(book, one) for one in coming}
    ids = {one.id for one in fitting(people.values(), who)}
    found = [one for one in coming if one.contact_id in ids]
    if not found:
        raise NoSuchMeeting(_nobody(book, who))
    if len(ids) > 1:
        names = "; ".join(dict.fromkeys(_card(_contact(book, one)) for one in found))
        raise NoSuchMeeting(f"“{who}” can be more than one: {names}. Write more of the name")
    return found[0]


def fitting(people: Iterable[Contact], who: str) -> list[Contact]:
    """Return those whom `who` fits best: by the whole name, else by how its words begin, else by parts.

    The organization is looked at only where no name fits.
    """
    words = who.casefold().split()
    listed = list(people)
    for fits in (
        lambda one: one.name.casefold().split() == words,
        lambda one: _begins(words, one.name),
        lambda one: _has(words, one.name),
        lambda one: _has(words, _card(one)),
    ):
        found = [one for one in listed if fits(one)]
        if found:
            return found
    return []


def _next(book: Book, time: Timekeeper, coming: list[Interview]) -> Interview:
    running = book.running()
    if running is not None and running in coming:
        return running
    calendar = time.calendar
    today = calendar.day_of(time.now())
    ahead = [one for one in coming if calendar.day_of(one.at) >= today]
    if not coming:
        raise NoSuchMeeting("no meeting is planned: i on a person plans one")
    return ahead[0] if ahead else coming[-1]


def _nobody(book: Book, who: str) -> str:
    known = [one.name for one in fitting(book.all(Contact), who)]
    if not known:
        return f"nobody you know has “{who}” in the name"
    return f"no meeting is planned with {' or '.join(known[:3])}"


def _contact(book: Book, interview: Interview) -> Contact:
    found = book.contact(interview.contact_id)
    if found is None:
        raise KeyError(interview.contact_id)
    return found


def _card(contact: Contact) -> str:
    return ", ".join(filter(None, [contact.name, contact.organization]))


def _has(words: list[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _begins(words: list[str], text: str) -> bool:
    parts = text.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in words)
