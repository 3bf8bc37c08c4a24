"""Search: finding people and follow-ups by the words a user types.

Every word has to be a part of something on record, in any order; case, accents and composition do not count,
and figures are compared apart from the signs between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from heapq import nsmallest
from typing import Any, NamedTuple, TypeVar
from unicodedata import normalize

from warmcall.domain.change import Change, Edit
from warmcall.domain.queue import QueueEntry
from warmcall.domain.records import TABLE_OF, Attempt, Contact, FollowUp, Interview, Target
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.text_folding import (
    Term,
    fits,
    folded,
    folded_words,
    searchable,
    span_of,
    terms,
)
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, QuestionState

KIND_PREFIX, TARGET_PREFIX = "kind:", "target:"
"""The prefixes of words to find in the kind of a follow-up, or in its target, alone."""


RANKED_MAX = 1000
"""Up to so many people found are put in order by where the words are: nobody reads more."""


class Where(StrEnum):
    """Where a word was found."""

    NAME = "name"
    WORK = "work"
    PHONE = "phone"
    EMAIL = "email"
    ZONE = "zone"
    SOURCE = "source"
    WHY = "why"
    NOTE = "note"
    KIND = "kind"
    STAGE = "stage"
    REFERRER = "referrer"
    SAID = "said"
    ASKED = "asked"
    TO_ASK = "to_ask"
    DEBRIEF = "debrief"
    CAPTURED = "captured"
    MEETING = "meeting"
    CALL = "call"
    LETTER = "letter"
    OWED = "owed"
    REASON = "reason"


_HEAD = (Where.NAME, Where.WORK)
"""The parts that come first in a text: whoever has what was typed in these is listed first."""


class Found(NamedTuple):
    """Where something was found: the whole text, composed and of one line, and from where to where it is."""

    where: Where
    text: str
    start: int
    end: int


Part = tuple[Where, str]

T = TypeVar("T", bound=tuple[Any, ...])


class _Entry(NamedTuple):
    """All the searchable text of one contact.

    The names, the title and the organization end at `head_end`, all that belongs to the contact at `own_end`;
    `spans` says from where to where that of each follow-up is.
    """

    text: str
    head_end: int
    own_end: int
    spans: Mapping[str, tuple[int, int]]


_Listed = tuple[str, str, int, int]
"""The text of a contact, their id, and where in the text the head ends and what is their own."""


class _Owed(NamedTuple):
    """What is searched of one entry of the queue.

    In the `text` of its contact counts what comes before `own_end`, and what is between `start` and `end`;
    with `whole` all of it does. `besides` are its kind, its target and its reason.
    """

    text: str
    whole: bool
    own_end: int
    start: int
    end: int
    besides: str
    kind: str
    target: str
    entry: QueueEntry

    def has_own(self, part: str) -> bool:
        """Return whether what counts in the text has `part`."""
        text = self.text
        return text.find(part, 0, self.own_end) >= 0 or text.find(part, self.start, self.end) >= 0


class Search:
    """Finds people and follow-ups by words, in one index of folded texts, a text for each contact.

    The index is made when it is first needed, or bit by bit by `prepare`; after a change only the contacts
    concerned are indexed again. `kind_names` of a search for follow-ups are the names that each kind goes by
    on the screen.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[str, _Entry] = {}
        self._names: dict[str, str] = {}
        self._ids: list[str] = []
        self._listed: list[_Listed] | None = None
        self._prepared = False
        self._last: tuple[str, list[_Listed], list[str]] | None = None
        self._changed: set[str] = set()
        self._renamed: set[str] = set()
        self._revision: object = None
        self._owed: tuple[object, object, list[_Owed]] = (None, None, [])
        self._last_owed: tuple[list[_Owed], str, list[_Owed], Sequence[QueueEntry]] | None = None
        store.listen(self._note_changed)

    def people(self, typed: str) -> list[Contact]:
        """Return the contacts that have every word typed on record; without words, all.

        They are by name; if they are no more than RANKED_MAX, those come first that have the words in their
        names, title and organization.
        """
        found = (self._store.contact(id_) for id_ in self.people_ids(typed))
        return [contact for contact in found if contact is not None]

    def people_ids(self, typed: str) -> Sequence[str]:
        """Return the ids of the contacts that `people` returns."""
        self._update()
        wanted = terms(typed)
        if not wanted:
            return self._ids
        words = folded(typed)
        found = self._all_listed()
        if self._last is not None:
            before, fewer, ids = self._last
            if words == before:
                return ids
            if is_narrower(words, before):
                found = fewer
        for term in wanted:
            found = having(found, term, 0)
        if self._last is not None and found is self._last[1] and len(found) > RANKED_MAX:
            ids = self._last[2]
        else:
            ids = [item[1] for item in found]
        if len(found) <= RANKED_MAX:
            heads = (text[:head_end] for text, _, head_end, _ in found)
            in_head = {item[1] for item, head in zip(found, heads, strict=True)
                       if all(fits(term, head) for term in wanted)}  # fmt: skip
            ids.sort(key=lambda id_: id_ not in in_head)
        self._last = (words, found, ids)
        return ids

    def prepare(self, limit: int) -> bool:
        """Index at most `limit` more contacts; return whether all but those changed since are indexed.

        Where there are more, putting them in order is a step of its own, at the start and at the end.
        """
        stale = self._revision is None
        self._update()
        many = len(self._ids) > limit
        if self._prepared or (stale and many):
            return self._prepared
        missing = [id_ for id_ in self._ids if id_ not in self._entries]
        for id_ in missing[:limit]:
            self._entries[id_] = self._entry_of(id_)
        if not (missing and many):
            self._all_listed()
            self._prepared = True
        return self._prepared

    def where_found(self, contact_id: str, typed: str, shown: Collection[Where]) -> Found | None:
        """Return where on record of the contact most of the words typed are that are in no part of `shown`.

        It is None if all the words are in those, or the contact is gone. The first of the words is marked.
        """
        return where_in(list(self._parts(contact_id)), typed, shown) if typed.strip() else None

    def where_found_for(
        self, follow_up: FollowUp, kind_name: str, typed: str, shown: Collection[Where]
    ) -> Found | None:
        """Return the same for a follow-up, whose reason, note and letter are looked at first.

        The name of its kind counts as a part of the reason.
        """
        if not typed.strip():
            return None
        own = self._own_parts(follow_up.contact_id)
        reason = (Where.REASON, f"{kind_name}\n{follow_up.why}")
        parts = [reason, *self._follow_up_parts(follow_up), *own]
        words = (word for word in typed.split() if not word.startswith((KIND_PREFIX, TARGET_PREFIX)))
        return where_in(parts, " ".join(words), shown)

    def people_named(self, typed: str, limit: int, exclude: str = "") -> list[Contact]:
        """Return at most `limit` contacts whose name, title and organization have all words typed.

        The likeliest come first: those whose name is what was typed, then begins with it, then has it.
        `exclude` is the id of a contact to leave out.
        """
        wanted, phrase = terms(typed), " ".join(folded_words(typed))

        def ranked() -> Iterator[tuple[int, str, str, Contact]]:
            for contact in self._store.all(Contact):
                name = folded(contact.name)
                head = f"{contact.name}\n{contact.title}\n{contact.organization}"
                text = folded(head) if head.isascii() else searchable(head)
                if contact.id != exclude and all(fits(term, text) for term in wanted):
                    starts, has = name.startswith(phrase), phrase in name
                    rank = 0 if name == phrase else 1 if starts else 2 if has else 3
                    yield rank, name, contact.id, contact

        return [found[-1] for found in nsmallest(limit, ranked(), key=lambda found: found[:3])]

    def follow_ups(
        self, entries: Sequence[QueueEntry], typed: str, kind_names: Mapping[FollowUpKind, str]
    ) -> Sequence[QueueEntry]:
        """Return those of `entries` that have every word typed on record, in the order they are in.

        What counts is what is on record of the follow-up itself and of its contact, without their other
        follow-ups. A word after "kind:" or "target:" has to be in that field. Without words it only prepares.
        """
        self._update()
        everything = listed = self._owed_listed(entries, kind_names)
        words, ids = folded(typed), entries
        if not words.strip():
            return entries
        if self._last_owed is not None and self._last_owed[0] is everything:
            _, before, fewer, shown = self._last_owed
            if words == before:
                return shown
            if is_narrower(words, before) and ":" not in words:
                listed, ids = fewer, shown
        found, rest = listed, []
        for word in typed.split():
            if word.startswith(KIND_PREFIX):
                kind = folded(word.removeprefix(KIND_PREFIX))
                found = [item for item in found if kind in item.kind]
            elif word.startswith(TARGET_PREFIX):
                target = folded(word.removeprefix(TARGET_PREFIX))
                found = [item for item in found if target in item.target]
            else:
                rest.append(word)
        for term in terms(" ".join(rest)):
            found = _owed_having(found, term)
        # The same list again tells whoever shows it that the rows are the same.
        shown = ids if len(found) == len(ids) else [item.entry for item in found]
        self._last_owed = (everything, words, found, shown)
        return shown

    def _owed_listed(
        self, entries: Sequence[QueueEntry], kind_names: Mapping[FollowUpKind, str]
    ) -> list[_Owed]:
        """Return what is searched of each of `entries`; it is kept while nothing changes."""
        revisions = (self._revision, self._store.revision(Target))
        if self._owed[0] is not entries or self._owed[1] != revisions:
            kinds = {kind: folded(f"{name}\n{kind.replace('_', ' ')}") for kind, name in kind_names.items()}
            targets = {
                target.id: searchable(f"{target.role}\n{target.industry}\n{target.place}")
                for target in self._store.all(Target)
            }
            owed = [self._owed_of(entry, kinds, targets) for entry in entries]
            self._owed = (entries, revisions, owed)
        return self._owed[2]

    def _owed_of(
        self, entry: QueueEntry, kinds: Mapping[FollowUpKind, str], targets: Mapping[str, str]
    ) -> _Owed:
        follow_up = entry.follow_up
        contact, found = self._store.contact(follow_up.contact_id), self._entry(follow_up.contact_id)
        kind, of_targets = kinds[follow_up.kind], (contact.target_id, *contact.also_for) if contact else ()
        target = "\n".join(targets[id_] for id_ in of_targets if id_ in targets)
        start, end = found.spans.get(follow_up.id, (0, 0))
        besides, whole = _besides(kind, target, follow_up.why), len(found.spans) == 1
        return _Owed(found.text, whole, found.own_end, start, end, besides, kind, target, entry)

    def _note_changed(self, change: Change) -> None:
        for edit in change.edits:
            self._changed.update(self._contacts_of(edit))
            if edit.table == TABLE_OF[Contact] and (
                not edit.before or "name" in (edit.after or {"name": ""})
            ):
                self._renamed.add(edit.id)

    def _contacts_of(self, edit: Edit) -> Iterator[str]:
        """Yield the ids of the contacts to which a record belongs now, and did before."""
        if edit.table == TABLE_OF[Contact]:
            yield edit.id
        for side in (edit.before, edit.after):
            if side and "contact_id" in side:
                yield str(side["contact_id"])
        kinds: tuple[type[Attempt | Interview | FollowUp], ...] = (Attempt, Interview, FollowUp)
        for kind in kinds:
            record = self._store.get(kind, edit.id) if edit.table == TABLE_OF[kind] else None
            if record is not None:
                yield record.contact_id

    def _update(self) -> None:
        """Take out of the index what has changed; without knowing what, all of it."""
        revision = self._store.revision(Contact, Attempt, Interview, FollowUp)
        if revision == self._revision:
            return
        store, changed = self._store, self._changed
        if not changed or self._revision is None:
            self._entries.clear()
            self._prepared = False
            self._names = {contact.id: _sort_key(contact) for contact in store.all(Contact)}
        else:
            if self._renamed:
                changed |= {one.id for one in store.all(Contact) if one.referrer_id in self._renamed}
                changed |= {owed.contact_id for owed in store.all(FollowUp) if owed.about_id in self._renamed}
            for id_ in changed:
                self._entries.pop(id_, None)
                self._names.pop(id_, None)
                contact = store.contact(id_)
                if contact is not None:
                    self._names[id_] = _sort_key(contact)
        self._ids = sorted(self._names, key=self._names.__getitem__)
        self._listed = self._last = None
        self._changed, self._renamed, self._revision = set(), set(), revision

    def _all_listed(self) -> list[_Listed]:
        """Return the text of each contact, by name."""
        if self._listed is None:
            entries = ((id_, self._entry(id_)) for id_ in self._ids)
            self._listed = [(entry.text, id_, entry.head_end, entry.own_end) for id_, entry in entries]
        return self._listed

    def _entry(self, contact_id: str) -> _Entry:
        entry = self._entries.get(contact_id)
        if entry is None:
            entry = self._entries[contact_id] = self._entry_of(contact_id)
        return entry

    def _entry_of(self, contact_id: str) -> _Entry:
        parts = list(self._own_parts(contact_id))
        text = searchable("\n".join(text for where, text in parts if where in _HEAD))
        head_end = len(text)
        if len(parts) > 1:
            text += "\n" + searchable("\n".join(text for where, text in parts if where not in _HEAD))
        own_end = len(text)
        spans: dict[str, tuple[int, int]] = {}
        for follow_up in self._store.of_contact(FollowUp, contact_id):
            more = searchable("\n".join(part for _, part in self._follow_up_parts(follow_up)))
            spans[follow_up.id] = (len(text) + 1, len(text) + 1 + len(more))
            text = f"{text}\n{more}"
        return _Entry(text, head_end, own_end, spans)

    def _parts(self, contact_id: str) -> Iterator[Part]:
        yield from self._own_parts(contact_id)
        for follow_up in self._store.of_contact(FollowUp, contact_id):
            yield from self._follow_up_parts(follow_up)

    def _own_parts(self, contact_id: str) -> Iterator[Part]:
        """Yield what is on record of a contact, but for the follow-ups; empty texts are left out."""
        store, contact = self._store, self._store.contact(contact_id)
        attempts, interviews = store.of_contact(Attempt, contact_id), store.of_contact(Interview, contact_id)
        if contact is not None:
            referrer = store.contact(contact.referrer_id)
            stage = stage_of(attempts, interviews, store.of_contact(FollowUp, contact_id))
            yield Where.NAME, contact.name
            for where, text in (
                (Where.NAME, contact.goes_by),
                (Where.WORK, contact.title),
                (Where.WORK, contact.organization),
                (Where.PHONE, contact.phone),
                (Where.EMAIL, contact.email),
                (Where.NOTE, contact.notes),
                (Where.WHY, contact.why),
                (Where.SOURCE, contact.found),
                (Where.REFERRER, referrer.name if referrer else ""),
                (Where.ZONE, contact.zone),
                (Where.KIND, contact.kind.replace("_", " ")),
                (Where.SOURCE, f"{contact.source.replace('_', ' ')} {contact.news}"),
                (Where.STAGE, stage.replace("_", " ")),
            ):
                if text:
                    yield where, text
        for interview in interviews:
            yield from _interview_parts(interview)
        for attempt in attempts:
            outcome = f"{attempt.channel} {attempt.outcome or ''}".replace("_", " ")
            yield Where.CALL, f"{attempt.note} ({outcome})" if attempt.note else outcome
            yield from ((Where.LETTER, text) for text in (attempt.subject, attempt.body) if text)

    def _follow_up_parts(self, follow_up: FollowUp) -> Iterator[Part]:
        about = self._store.contact(follow_up.about_id)
        for text in (follow_up.note, about.name if about else ""):
            if text:
                yield Where.OWED, text
        yield from ((Where.LETTER, text) for text in (follow_up.subject, follow_up.body) if text)


def where_in(parts: list[Part], typed: str, shown: Collection[Where]) -> Found | None:
    """Return where among `parts` most of the words typed are that no part of `shown` has.

    It is None if all the words are in those. The first of the words is marked.
    """
    in_sight = searchable("\n".join(text for where, text in parts if where in shown))
    wanted = terms(typed)
    missing = [term for term in wanted if not fits(term, in_sight)]
    if not missing:
        return None

    def most(part: Part) -> tuple[int, int]:
        text = searchable(part[1])
        return sum(fits(term, text) for term in missing), sum(fits(term, text) for term in wanted)

    others = (part for part in parts if part[0] not in shown)
    where, text = max(others, key=most, default=(Where.NOTE, ""))
    line = " ".join(normalize("NFC", text).split())
    spans = (span_of(term, line) for term in missing)
    start, end = next((span for span in spans if span is not None), (0, 0))
    return Found(where, line, start, end) if end else None


def _sort_key(contact: Contact) -> str:
    """Return what puts contacts in the order of their names: one text is compared faster than two."""
    return f"{folded(contact.name)}\0{contact.id}"


def is_narrower(words: str, before: str) -> bool:
    """Return whether whoever has `words` has the words `before`, too; both are folded.

    More letters only take people out; more figures may make a number of what was none.
    """
    return words.startswith(before) and not any(letter.isdecimal() for letter in words)


@lru_cache(1024)
def _besides(kind: str, target: str, why: str) -> str:
    """Return the searchable text of what is in no contact's text, which is the same for many entries."""
    return f"{kind}\n{target}\n{searchable(why)}"


def _owed_having(found: list[_Owed], term: Term) -> list[_Owed]:
    """Return those of `found` of which the follow-up, its contact, kind, target or reason has the term."""
    kept: list[list[_Owed]] = []
    for parts in term:
        having = found
        for part in parts:
            # item[0] is the text and item[1] whole: by number they are read twice as fast as by name.
            having = [
                item
                for item in having
                if (part in item[0] and (item[1] or item.has_own(part))) or part in item.besides
            ]
        kept.append(having)
    if len(kept) == 1:
        return kept[0]
    ids = {id(item) for having in kept for item in having}
    return [item for item in found if id(item) in ids]


def having(found: list[T], term: Term, place: int) -> list[T]:
    """Return those of `found` whose text, at that place of each, has what the term asks for.

    The loops take little time; the same list is returned where all have it.
    """
    kept: list[list[T]] = []
    for parts in term:
        fewer = found
        for part in parts:
            these = [item for item in fewer if part in item[place]]
            fewer = these if len(these) < len(fewer) else fewer
        kept.append(fewer)
    if len(kept) == 1:
        return kept[0]
    ids = {id(item) for some in kept for item in some}
    return [item for item in found if id(item) in ids]


def _interview_parts(interview: Interview) -> Iterator[Part]:
    """Yield what was asked, said and noted in an interview, and what is to be asked in one to come."""
    if interview.place:
        yield Where.MEETING, interview.place
    asked = {question.id: question.ask for question in interview.checklist}
    for id_, answer in interview.notes.items():
        if answer:
            yield Where.SAID if id_ else Where.NOTE, answer
            if id_ in asked:
                yield Where.ASKED, asked[id_]
    for question in interview.checklist:
        if not interview.notes.get(question.id):
            if question.state is QuestionState.ASKED:
                yield Where.ASKED, question.ask
            elif interview.is_planned:
                yield Where.TO_ASK, question.ask
    debrief = interview.debrief
    yield from ((Where.DEBRIEF, text) for text in (debrief.learned, debrief.changes, debrief.next) if text)
    for capture in interview.captured:
        texts = (capture.what, capture.why, *capture.fields.values())
        where = Where.OWED if capture.kind is CaptureKind.PROMISE else Where.CAPTURED
        yield from ((where, text) for text in texts if text)
