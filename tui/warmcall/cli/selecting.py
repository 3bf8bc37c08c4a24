"""Finding the person or the follow-up that somebody named on the command line, by id or by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from warmcall.cli.invocation import fail
from warmcall.domain.id_prefixes import beginning_with, short_ids
from warmcall.domain.records import Contact, FollowUp, Target
from warmcall.domain.sanitize import one_line
from warmcall.domain.text_folding import fits, folded_words, searchable, terms

if TYPE_CHECKING:
    from warmcall.services.services import Services

CANDIDATES = 5
"""How many are named at most where words could mean any of several."""

_LONGEST = 40
"""How many characters of what was typed are repeated in a sentence."""


def select_person(services: Services, words: str, refusal: str = "") -> Contact:
    """Return the contact that `words` name: an id, a name, a part of one, or the beginning of an id.

    A whole name is preferred to a longer one, and one whose words begin so to one that has it within a word:
    “ana” is Ana Ruiz rather than Mei Tanaka. Ends with a sentence that names the candidates, after `refusal`
    ("not added"), if nobody fits or more than one does.
    """
    found = services.store.get(Contact, words.strip())
    if found is not None:
        return found
    people = services.search.people_named(words, CANDIDATES + 1) if words.strip() else []
    typed = " ".join(words.casefold().split())
    exact = [contact for contact in people if " ".join(contact.name.casefold().split()) == typed]
    people = exact or _begun(people, words) or people
    if not people:
        ids = beginning_with((contact.id for contact in services.store.all(Contact)), words)
        people = [services.store.require(Contact, person_id) for person_id in ids[: CANDIDATES + 1]]
    start, shown = f"{refusal}: " if refusal else "", _shown(words)
    if not shown or not people:
        fail(f"{start}nobody is called “{shown}”: warmcall list shows who there is")
    if len(people) > 1:
        short = short_ids(contact.id for contact in services.store.all(Contact))
        fix = "give more of the name, or of where they work, or the id"
        fail(f"{start}“{shown}” could be {_listed(_person_words(found, short) for found in people)}: {fix}")
    return people[0]


def select_follow_up(services: Services, words: str, refusal: str = "") -> FollowUp:
    """Return the follow-up that `words` name: an id, the beginning of one, or whom it is with.

    A name is enough if one thing is owed to that person. What is done already is found by its whole id only.
    Ends with a sentence that names the candidates, after `refusal`, if none fits or more than one does.
    """
    whole = services.store.get(FollowUp, words.strip())
    if whole is not None:
        return whole
    entries = services.queue.entries()
    open_ids = [entry.follow_up.id for entry in entries]
    found = beginning_with(open_ids, words)
    if not found:
        person = select_person(services, words, refusal)
        found = [entry.follow_up.id for entry in entries if entry.follow_up.contact_id == person.id]
        if not found:
            start = f"{refusal}: " if refusal else ""
            fail(f"{start}nothing is owed to {person.name}: warmcall due lists what is owed, with its id")
    if len(found) > 1:
        start, short = f"{refusal}: " if refusal else "", short_ids(open_ids)
        candidates = (
            _follow_up_words(services, services.store.require(FollowUp, found_id), short)
            for found_id in found[: CANDIDATES + 1]
        )
        fail(f"{start}“{_shown(words)}” could be {_listed(candidates)}: give the id")
    return services.store.require(FollowUp, found[0])


def _begun(people: Iterable[Contact], words: str) -> list[Contact]:
    """Return those of `people` with words in their names that begin with each of the words typed."""
    typed = folded_words(words)
    return [
        contact
        for contact in people
        if all(any(part.startswith(word) for part in folded_words(contact.name)) for word in typed)
    ]


def select_target(services: Services, words: str, refusal: str = "") -> Target:
    """Return the target that `words` name: an id, the beginning of one, or words of the job, field and place.

    A whole job is preferred to a longer one. Ends with a sentence that names the targets, after `refusal`, if
    none fits or more than one does.
    """
    targets = services.targets.all()
    ids, wanted = beginning_with((target.id for target in targets), words), terms(words)
    found = [target for target in targets if target.id in ids]
    found = found or [target for target in targets if folded_words(target.role) == folded_words(words) != []]
    texts = {target.id: searchable(f"{target.role}\n{target.industry}\n{target.place}") for target in targets}
    if not found and wanted:
        found = [target for target in targets if all(fits(term, texts[target.id]) for term in wanted)]
    if len(found) != 1:
        start = f"{refusal}: " if refusal else "target: "
        roles = "; ".join(one_line(target.role) or "one without a name" for target in targets[:CANDIDATES])
        known = f"your targets are {roles}" if targets else "there is no target yet: warmcall target --role"
        fail(f"{start}“{_shown(words)}” is not one of them: {known}")
    return found[0]


def _shown(words: str) -> str:
    return one_line(words.strip()[:_LONGEST])


def _listed(candidates: Iterable[str]) -> str:
    """Return the first candidates in a row, and that there are more if so."""
    named = list(candidates)
    more = "; and more" if len(named) > CANDIDATES else ""
    return f"{'; '.join(map(one_line, named[:CANDIDATES]))}{more}"


def _person_words(contact: Contact, short: dict[str, str]) -> str:
    from warmcall.presentation.wording import work

    return f"{', '.join(filter(None, [contact.name, work(contact)]))} (id {short[contact.id]})"


def _follow_up_words(services: Services, follow_up: FollowUp, short: dict[str, str]) -> str:
    from warmcall.presentation import wording

    contact = services.store.contact(follow_up.contact_id)
    due = wording.due(follow_up, services.time.now(), services.time.calendar)
    return f"{wording.what(follow_up, contact)}, {due} (id {short[follow_up.id]})"
