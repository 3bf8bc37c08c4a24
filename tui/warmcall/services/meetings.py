"""Finding a meeting by whom it is with."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warmcall.domain.records import Contact, Interview
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded, folded_words, has_words
from warmcall.services.clock import Timekeeper


class NoSuchMeeting(LookupError):
    """No single meeting fits; the message is a sentence that says why, with the names if several do."""


def planned(store: Store) -> list[Interview]:
    """Return the meetings that have neither ended nor been cancelled, the earliest first."""
    real = (
        interview
        for interview in store.all(Interview)
        if interview.is_planned and not interview.practice and store.contact(interview.contact_id) is not None
    )
    return sorted(real, key=lambda interview: (interview.at, interview.id))


def meeting_with(store: Store, time: Timekeeper, who: str) -> Interview:
    """Return the planned meeting with the person whose name `who` is, or is a part of.

    Without a name it is the one going on, else the next from today on, else the last that was missed.
    `best_matches` says who fits a name.

    Raises:
        NoSuchMeeting: if there is none, or more than one person fits.
    """
    coming = planned(store)
    if not who.strip():
        return _next(store, time, coming)
    people = {interview.contact_id: store.require(Contact, interview.contact_id) for interview in coming}
    ids = {contact.id for contact in best_matches(people.values(), who)}
    found = [interview for interview in coming if interview.contact_id in ids]
    if not found:
        raise NoSuchMeeting(_nobody(store, who))
    if len(ids) > 1:
        names = "; ".join(
            dict.fromkeys(_card(store.require(Contact, interview.contact_id)) for interview in found)
        )
        raise NoSuchMeeting(f"“{who}” can be more than one: {names}. Write more of the name")
    return found[0]


def best_matches(people: Iterable[Contact], who: str) -> list[Contact]:
    """Return those whose whole name is `who`, else those with words that begin so, else that contain it.

    Where no name fits, the organization is compared too.
    """
    words = folded_words(who)
    tests: tuple[Callable[[Contact], bool], ...] = (
        lambda contact: folded_words(contact.name) == words,
        lambda contact: _begins(words, contact.name),
        lambda contact: has_words(words, folded(contact.name)),
        lambda contact: has_words(words, folded(_card(contact))),
    )
    listed = list(people)
    return next((found for fits in tests if (found := list(filter(fits, listed)))), [])


def _next(store: Store, time: Timekeeper, coming: list[Interview]) -> Interview:
    running = store.running()
    if running is not None and running in coming:
        return running
    calendar = time.calendar
    today = calendar.day_of(time.now())
    ahead = [interview for interview in coming if calendar.day_of(interview.at) >= today]
    if not coming:
        raise NoSuchMeeting("no interview is planned: i on a person plans one")
    return ahead[0] if ahead else coming[-1]


def _nobody(store: Store, who: str) -> str:
    known = [contact.name for contact in best_matches(store.all(Contact), who)]
    if not known:
        return f"nobody you know has “{who}” in the name"
    return f"no interview is planned with {' or '.join(known[:3])}"


def _card(contact: Contact) -> str:
    return ", ".join(filter(None, [contact.name, contact.organization]))


def _begins(words: list[str], text: str) -> bool:
    parts = folded_words(text)
    return all(any(part.startswith(word) for part in parts) for word in words)
