"""Search: finding people and follow-ups by the words a user types.

Every word has to be a part of some field, in any order; case does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest

import msgspec

from warmcall.domain.queue import QueueEntry
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Target
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind

KIND_PREFIX, TARGET_PREFIX = "kind:", "target:"
"""The prefixes of words to find in the kind of a follow-up, or in its target, alone."""

_CONTACT_FIELDS = (
    "name", "goes_by", "organization", "title", "phone", "email", "zone", "found", "why", "notes",
)  # fmt: skip


def folded(text: str) -> str:
    """Return `text` as it is compared: case does not count, and "ß" is "ss"."""
    return text.casefold()


def folded_words(typed: str) -> list[str]:
    """Return the words that were typed, as they are compared."""
    return folded(typed).split()


def has_words(words: Iterable[str], text: str) -> bool:
    """Return whether all of `words` are parts of `text`, both folded."""
    return all(word in text for word in words)


class _FollowUpText(msgspec.Struct, frozen=True, gc=False):
    """What is searched in one follow-up, folded: its kind and its target alone, and everything."""

    kind: str
    target: str
    everything: str


class Search:
    """Finds people and follow-ups by words; the text of follow-ups is kept while the records are the same.

    `kind_names` of a search for follow-ups are the names that each kind goes by on the screen.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._revision: tuple[int, ...] = ()
        self._texts: dict[str, _FollowUpText] = {}
        self._targets: dict[str, str] = {}

    def people(self, typed: str) -> list[Contact]:
        """Return the contacts that have every word typed in some field, by name; without words, all."""
        words = folded_words(typed)
        found = [
            contact
            for contact in self._store.all(Contact)
            if not words or has_words(words, self._contact_text(contact))
        ]
        return sorted(found, key=lambda contact: (folded(contact.name), contact.id))

    def people_named(self, typed: str, limit: int, exclude: str = "") -> list[Contact]:
        """Return at most `limit` contacts whose name, title and organization have all words typed.

        The likeliest come first: those whose name is what was typed, then begins with it, then has it.
        `exclude` is the id of a contact to leave out.
        """
        words = folded_words(typed)
        phrase = " ".join(words)

        def ranked() -> Iterator[tuple[int, str, str, Contact]]:
            for contact in self._store.all(Contact):
                name = folded(contact.name)
                text = folded(f"{contact.name}\n{contact.title}\n{contact.organization}")
                if contact.id != exclude and has_words(words, text):
                    starts, has = name.startswith(phrase), phrase in name
                    rank = 0 if name == phrase else 1 if starts else 2 if has else 3
                    yield rank, name, contact.id, contact

        return [found[-1] for found in nsmallest(limit, ranked(), key=lambda found: found[:3])]

    def follow_ups(
        self, entries: Iterable[QueueEntry], typed: str, kind_names: Mapping[FollowUpKind, str]
    ) -> list[QueueEntry]:
        """Return those of `entries` that have every word typed in some field, in the order they are in.

        A word after "kind:" or "target:" has to be in that field.
        """
        revision = self._store.revision(FollowUp, Contact, Target)
        if revision != self._revision:
            self._revision, self._texts, self._targets = revision, {}, {}
        texts, found = self._texts, list(entries)
        for entry in found:
            if entry.follow_up.id not in texts:
                texts[entry.follow_up.id] = self._follow_up_text(entry.follow_up, kind_names)
        for word in folded_words(typed):
            if word.startswith(KIND_PREFIX):
                kind = word.removeprefix(KIND_PREFIX)
                found = [entry for entry in found if kind in texts[entry.follow_up.id].kind]
            elif word.startswith(TARGET_PREFIX):
                target = word.removeprefix(TARGET_PREFIX)
                found = [entry for entry in found if target in texts[entry.follow_up.id].target]
            else:
                found = [entry for entry in found if word in texts[entry.follow_up.id].everything]
        return found

    def _contact_text(self, contact: Contact) -> str:
        own, referrer = self._store.of_contact, self._store.contact(contact.referrer_id)
        stage = stage_of(own(Attempt, contact.id), own(Interview, contact.id), own(FollowUp, contact.id))
        texts = [
            *(getattr(contact, name) for name in _CONTACT_FIELDS),
            *(value.replace("_", " ") for value in (contact.kind, contact.source, stage)),
            referrer.name if referrer else "",
        ]
        return folded("\n".join(texts))

    def _follow_up_text(self, follow_up: FollowUp, kind_names: Mapping[FollowUpKind, str]) -> _FollowUpText:
        contact, about = (self._store.contact(id_) for id_ in (follow_up.contact_id, follow_up.about_id))
        kind = folded(f"{kind_names[follow_up.kind]}\n{follow_up.kind.replace('_', ' ')}")
        target = self._target_text(contact.target_id) if contact else ""
        who = f"{contact.name}\n{contact.title}\n{contact.organization}" if contact else ""
        rest = f"{who}\n{follow_up.why}\n{follow_up.note}\n{about.name if about else ''}"
        return _FollowUpText(kind, target, f"{kind}\n{target}\n{folded(rest)}")

    def _target_text(self, target_id: str) -> str:
        if target_id not in self._targets:
            target = self._store.get(Target, target_id)
            words = f"{target.role}\n{target.industry}\n{target.place}" if target else ""
            self._targets[target_id] = folded(words)
        return self._targets[target_id]
