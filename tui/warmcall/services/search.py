"""Search: finding people and follow-ups by the words a user types.

Every word has to be a part of something on record, in any order; case, accents and composition do not count,
and figures are compared apart from the signs between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from heapq import nsmallest
from typing import Any, NamedTuple, TypeVar
from unicodedata import normalize

from warmcall.domain.change import Change
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
from warmcall.services.contact_changes import contacts_of

KIND_PREFIX, TARGET_PREFIX = "kind:", "target:"
"""The prefixes of words to find in the kind of a follow-up, or in its target, alone."""


RANKED_MAX = 1000
"""Up to so many people found are put in order by where the words are: nobody reads more."""


_MOVED_MAX = 500
"""Up to so many changed contacts are indexed again at once; more are left to `prepare`."""

_REMEMBERED_MAX = 12
"""So many letters can be taken back without searching again."""


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


class Found(NamedTuple):
    """Where something was found: the whole text, composed and of one line, and from where to where it is."""

    where: Where
    text: str
    start: int
    end: int


Part = tuple[Where, str]

T = TypeVar("T", bound=tuple[Any, ...])
T_Key = TypeVar("T_Key", bound=str)


_Text = tuple[str, str, int, int, tuple[tuple[str, int, int], ...]]
"""The searchable text of a contact, their id, where in it the names, the title and the organization end, and
all that is their own; and the id of each follow-up, from where and to where its part is. It is a plain tuple,
as the garbage collector passes over those that hold nothing but texts and numbers."""

_Owed = tuple[str, bool, str, int, int, int, str, tuple[str, ...], str]
"""What is searched of a follow-up: the text of its contact, whether all of that counts, and its reason.

If not all counts, what ends at the first number does, and what is between the other two. Then come its kind,
the ids of its targets, and its own id.
"""

_FollowUpsFound = tuple[str, list[_Owed], Sequence[QueueEntry]]
"""The words, what is searched of those that have them, and their entries in the queue."""


class Search:
    """Finds people and follow-ups by words, in one index of folded texts, a text for each contact.

    The index is made when it is first needed, or bit by bit by `prepare`; after a change only the contacts
    concerned are indexed again. `kind_names` of a search for follow-ups are the names that each kind goes by
    on the screen.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._key_of: dict[str, str] = {}
        self._keys: list[str] = []
        self._ids: list[str] = []
        self._texts: dict[str, _Text] = {}
        self._missing: list[str] = []
        self._listed: list[_Text] | None = None
        self._found: list[tuple[str, list[_Text], list[str]]] = []
        self._owed: dict[str, _Owed] = {}
        self._entries: tuple[object, object, list[_Owed]] = (None, None, [])
        self._found_owed: list[_FollowUpsFound] = []
        self._changed: set[str] = set()
        self._renamed: set[str] = set()
        self._revision: object = None
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
            self._found.clear()
            return self._ids
        words = folded(typed)
        if (before := _wider(self._found, words)) and before[0] == words:
            return before[2]
        found = fewer = before[1] if before else self._all_listed()
        for term in wanted:
            found = having(found, term, 0)
        ids = before[2] if before and found is fewer else [item[1] for item in found]
        if len(found) <= RANKED_MAX:
            in_head = {item[1] for item in found if all(fits(term, item[0][: item[2]]) for term in wanted)}
            ids = sorted((item[1] for item in found), key=lambda id_: id_ not in in_head)
        _remember(self._found, (words, found, ids))
        return ids

    def prepare(self, limit: int) -> bool:
        """Index at most `limit` more contacts; return whether all are indexed.

        Where there are more, putting them in order is a step of its own, at the start and at the end.
        """
        stale = self._revision is None
        self._update()
        many = len(self._ids) > limit
        if self._listed is not None or (stale and many):
            return self._listed is not None
        some = self._missing[-limit:] if limit else []
        del self._missing[len(self._missing) - len(some) :]
        for id_ in some:
            if id_ in self._key_of:
                self._index(id_)
        if not self._missing and not (some and many):
            self._all_listed()
        return self._listed is not None

    def where_found(self, contact_id: str, typed: str, shown: Collection[Where]) -> Found | None:
        """Return where on record of the contact most of the words typed are that are in no part of `shown`.

        It is None if all the words are in those, or the contact is gone. The first of the words is marked.
        """
        if not typed.strip() or self._is_in_head(contact_id, typed, shown):
            return None
        return where_in(list(self._parts(contact_id)), typed, shown)

    def where_found_for(
        self, follow_up: FollowUp, kind_name: str, typed: str, shown: Collection[Where]
    ) -> Found | None:
        """Return the same for a follow-up, whose reason, note and letter are looked at first.

        The name of its kind counts as a part of the reason.
        """
        words = " ".join(word for word in typed.split() if not word.startswith((KIND_PREFIX, TARGET_PREFIX)))
        if not words or self._is_in_head(follow_up.contact_id, words, shown):
            return None
        own = self._own_parts(follow_up.contact_id)
        reason = (Where.REASON, f"{kind_name}\n{follow_up.why}")
        return where_in([reason, *self._follow_up_parts(follow_up), *own], words, shown)

    def _is_in_head(self, contact_id: str, typed: str, shown: Collection[Where]) -> bool:
        """Return whether all the words are in names and work, and these are shown, so far as is indexed."""
        self._update()
        text = self._texts.get(contact_id)
        if text is None or Where.NAME not in shown or Where.WORK not in shown:
            return False
        head = text[0][: text[2]]
        return all(fits(term, head) for term in _terms_of(typed))

    def people_named(self, typed: str, limit: int, exclude: str = "") -> list[Contact]:
        """Return at most `limit` contacts whose name, title and organization have all words typed.

        The likeliest come first: those whose name is what was typed, then begins with it, then has it.
        `exclude` is the id of a contact to leave out. Without the index all are gone through.
        """
        wanted, phrase = terms(typed), " ".join(folded_words(typed))

        def ranked() -> Iterator[tuple[int, str, str, Contact]]:
            for contact in self._likely(wanted):
                name, head = folded(contact.name), _head_of(contact)
                if contact.id != exclude and all(fits(term, head) for term in wanted):
                    starts, has = name.startswith(phrase), phrase in name
                    rank = 0 if name == phrase else 1 if starts else 2 if has else 3
                    yield rank, name, contact.id, contact

        return [found[-1] for found in nsmallest(limit, ranked(), key=lambda found: found[:3])]

    def _likely(self, wanted: Sequence[Term]) -> Iterator[Contact]:
        """Yield the contacts who have all that is wanted on record; without the index everybody."""
        if self._revision is None or not self.prepare(0):
            yield from self._store.all(Contact)
            return
        found = self._all_listed()
        for term in wanted:
            found = having(found, term, 0)
        yield from (contact for item in found if (contact := self._store.contact(item[1])) is not None)

    def follow_ups(
        self, entries: Sequence[QueueEntry], typed: str, kind_names: Mapping[FollowUpKind, str]
    ) -> Sequence[QueueEntry]:
        """Return those of `entries` that have every word typed on record, in the order they are in.

        What counts is what is on record of the follow-up itself and of its contact, without their other
        follow-ups. A word after "kind:" or "target:" has to be in that field. Without words it only prepares.
        """
        self._update()
        everything = self._owed_listed(entries)
        words = folded(typed)
        if not words.strip():
            return entries
        if (before := _wider(self._found_owed, words)) and before[0] == words:
            return before[2]
        found = fewer = before[1] if before and ":" not in words else everything
        among = before[2] if before and ":" not in words else entries
        kinds = {kind: folded(f"{name}\n{kind.replace('_', ' ')}") for kind, name in kind_names.items()}
        targets = {
            target.id: searchable(f"{target.role}\n{target.industry}\n{target.place}")
            for target in self._store.all(Target)
        }
        rest = []
        for word in typed.split():
            if word.startswith(KIND_PREFIX):
                of_kind = _having(kinds, folded(word.removeprefix(KIND_PREFIX)))
                found = [item for item in found if item[6] in of_kind]
            elif word.startswith(TARGET_PREFIX):
                of_target = _having(targets, folded(word.removeprefix(TARGET_PREFIX)))
                found = [item for item in found if not of_target.isdisjoint(item[7])]
            else:
                rest.append(word)
        for term in terms(" ".join(rest)):
            found = _owed_having(found, term, kinds, targets)
        # The same list again tells whoever shows it that the rows are the same.
        shown = among
        if len(found) != len(fewer):
            ids = {item[8] for item in found}
            shown = [entry for entry in among if entry.follow_up.id in ids]
        _remember(self._found_owed, (words, found, shown))
        return shown

    def _owed_listed(self, entries: Sequence[QueueEntry]) -> list[_Owed]:
        """Return what is searched of each of `entries`; it is kept while nothing changes."""
        revisions = (self._revision, self._store.revision(Target))
        if self._entries[0] is not entries or self._entries[1] != revisions:
            owed = [self._owed.get(entry.follow_up.id) or self._owed_of(entry.follow_up) for entry in entries]
            self._entries = (entries, revisions, owed)
            self._found_owed.clear()
        return self._entries[2]

    def _owed_of(self, follow_up: FollowUp) -> _Owed:
        """Return what is searched of a follow-up; it is kept as long as the text of its contact is."""
        id_ = follow_up.contact_id
        contact = self._store.contact(id_)
        text, _, _, own_end, spans = self._index(id_) if contact else self._text_of(id_)
        start, end = next((span[1:] for span in spans if span[0] == follow_up.id), (0, 0))
        targets = (contact.target_id, *contact.also_for) if contact else ()
        why, whole = _searchable_reason(follow_up.why), len(spans) == 1
        owed = (text, whole, why, own_end, start, end, follow_up.kind.value, targets, follow_up.id)
        if contact:
            self._owed[follow_up.id] = owed
        return owed

    def _note_changed(self, change: Change) -> None:
        for edit in change.edits:
            self._changed.update(contacts_of(self._store, edit))
            if edit.table == TABLE_OF[Contact]:
                self._changed.add(edit.id)
            if edit.table == TABLE_OF[Contact] and (
                not edit.before or "name" in (edit.after or {"name": ""})
            ):
                self._renamed.add(edit.id)

    def _update(self) -> None:
        """Index again what has changed, as far as the index is made; without knowing what, begin anew."""
        revision = self._store.revision(Contact, Attempt, Interview, FollowUp)
        if revision == self._revision:
            return
        store, changed = self._store, self._changed
        if changed and self._renamed:
            changed |= {one.id for one in store.all(Contact) if one.referrer_id in self._renamed}
            changed |= {owed.contact_id for owed in store.all(FollowUp) if owed.about_id in self._renamed}
        if self._revision is None or not 0 < len(changed) <= _MOVED_MAX:
            self._start_again(changed if self._revision is not None else set())
        else:
            self._follow(changed)
        self._found.clear()
        self._changed, self._renamed, self._revision = set(), set(), revision

    def _start_again(self, changed: set[str]) -> None:
        """Put all contacts in order; only those not `changed`, if any is, need not be indexed again."""
        if not changed:
            self._texts.clear()
            self._owed.clear()
        for id_ in changed:
            self._forget(id_)
        self._key_of = {contact.id: _sort_key(contact) for contact in self._store.all(Contact)}
        self._ids = sorted(self._key_of, key=self._key_of.__getitem__)
        self._keys = [self._key_of[id_] for id_ in self._ids]
        self._missing = [id_ for id_ in self._ids if id_ not in self._texts]
        self._listed = None

    def _follow(self, changed: set[str]) -> None:
        """Bring the order, and the index as far as it is made, up to date with some contacts that changed."""
        listed = self._listed
        for id_ in changed:
            self._forget(id_)
            contact = self._store.contact(id_)
            before, after = self._key_of.pop(id_, ""), _sort_key(contact) if contact else ""
            if before != after:
                self._ids = self._ids.copy()  # whoever has the list sees that it is another
            if before and before != after:
                place = bisect_left(self._keys, before)
                del self._keys[place], self._ids[place]
                if listed is not None:
                    del listed[place]
            if not after:
                continue
            self._key_of[id_] = after
            place = bisect_left(self._keys, after)
            if before != after:
                self._keys.insert(place, after)
                self._ids.insert(place, id_)
            if listed is None:
                self._missing.append(id_)
            elif before != after:
                listed.insert(place, self._index(id_))
            else:
                listed[place] = self._index(id_)

    def _forget(self, contact_id: str) -> None:
        """Take the text of a contact, and what is owed to them, out of the index."""
        text = self._texts.pop(contact_id, None)
        for follow_up_id, _, _ in text[4] if text else ():
            self._owed.pop(follow_up_id, None)

    def _index(self, contact_id: str) -> _Text:
        """Make the text of a contact, and what is searched of their open follow-ups; return the text."""
        text = self._texts.get(contact_id)
        if text is None:
            text = self._texts[contact_id] = self._text_of(contact_id)
            for follow_up in self._store.open_of_contact(contact_id) if text[4] else ():
                self._owed_of(follow_up)
        return text

    def _all_listed(self) -> list[_Text]:
        """Return the text of each contact, by name."""
        if self._listed is None:
            self._listed = [self._index(id_) for id_ in self._ids]
            self._missing.clear()
        return self._listed

    def _text_of(self, contact_id: str) -> _Text:
        """Return the text of a contact: names and work come first."""
        head: list[str] = []
        rest: list[str] = []
        for where, text in self._own_parts(contact_id):
            (head if where is Where.NAME or where is Where.WORK else rest).append(text)
        text = searchable("\n".join(head))
        head_end = len(text)
        if rest:
            text += "\n" + searchable("\n".join(rest))
        own_end = len(text)
        spans: list[tuple[str, int, int]] = []
        for follow_up in self._store.of_contact(FollowUp, contact_id):
            more = searchable("\n".join(part for _, part in self._follow_up_parts(follow_up)))
            spans.append((follow_up.id, len(text) + 1, len(text) + 1 + len(more)))
            text = f"{text}\n{more}"
        return (text, contact_id, head_end, own_end, tuple(spans))

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


@lru_cache(16)
def _terms_of(typed: str) -> tuple[Term, ...]:
    """Return what was typed as terms, which is asked for every row in view."""
    return tuple(terms(typed))


def where_in(parts: list[Part], typed: str, shown: Collection[Where]) -> Found | None:
    """Return where among `parts` most of the words typed are that no part of `shown` has.

    It is None if all the words are in those. The first of the words is marked.
    """
    in_sight = searchable("\n".join(text for where, text in parts if where in shown))
    wanted = _terms_of(typed)
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


def _head_of(contact: Contact) -> str:
    """Return the searchable text of the name and the work of a contact."""
    head = f"{contact.name}\n{contact.title}\n{contact.organization}"
    return folded(head) if head.isascii() else searchable(head)


def _sort_key(contact: Contact) -> str:
    """Return what puts contacts in the order of their names: one text is compared faster than two."""
    return f"{folded(contact.name)}\0{contact.id}"


def is_narrower(words: str, before: str) -> bool:
    """Return whether whoever has `words` has the words `before`, too; both are folded.

    More letters only take people out; more figures may make a number of what was none.
    """
    return words.startswith(before) and not any(letter.isdecimal() for letter in words)


F = TypeVar("F", tuple[str, list[_Text], list[str]], _FollowUpsFound)


def _wider(found: list[F], words: str) -> F | None:
    """Return the last of what was `found` among which whoever has `words` must be; forget what came after."""
    while found and found[-1][0] != words and not is_narrower(words, found[-1][0]):
        found.pop()
    return found[-1] if found else None


def _remember(found: list[F], last: F) -> None:
    """Keep what was found last, so that a letter less finds it again at once."""
    found.append(last)
    del found[:-_REMEMBERED_MAX]


@lru_cache(1024)
def _searchable_reason(why: str) -> str:
    """Return the searchable text of a reason, which is the same for many follow-ups."""
    return searchable(why)


def _having(texts: Mapping[T_Key, str], part: str) -> set[T_Key]:
    """Return the keys of the texts that have `part`."""
    return {key for key, text in texts.items() if part in text}


def _owed_having(
    found: list[_Owed], term: Term, kinds: Mapping[FollowUpKind, str], targets: Mapping[str, str]
) -> list[_Owed]:
    """Return those of `found` of which the follow-up, its contact, kind, target or reason has the term."""
    kept: list[list[_Owed]] = []
    for parts in term:
        having = found
        for part in parts:
            of_kind, of_target = _having(kinds, part), _having(targets, part)
            having = [
                item
                for item in having
                if (part in item[0] and (item[1] or _has_own(item, part)))
                or part in item[2]
                or item[6] in of_kind
                or (of_target and not of_target.isdisjoint(item[7]))
            ]
        kept.append(having)
    if len(kept) == 1:
        return kept[0]
    ids = {id(item) for having in kept for item in having}
    return [item for item in found if id(item) in ids]


def _has_own(owed: _Owed, part: str) -> bool:
    """Return whether what counts in the text of the contact has `part`."""
    text, _, _, own_end, start, end, *_ = owed
    return text.find(part, 0, own_end) >= 0 or text.find(part, start, end) >= 0


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
