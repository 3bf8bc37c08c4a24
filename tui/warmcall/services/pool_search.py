"""Search in the pool: finding people known of by the words a user types, as contacts are found."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from warmcall.domain.change import Change
from warmcall.domain.records import TABLE_OF, PoolPerson
from warmcall.domain.store import Store
from warmcall.domain.text_folding import fits, folded, searchable, terms
from warmcall.services.search import RANKED_MAX, Found, Part, Where, having, is_narrower, where_in

POOL_SLICE = 500
"""How many people are indexed at a time: some 10 ms of processor."""

_INSERTED_MAX = 64
"""So many at most are put at their places one by one; if there are more, all are put in order again."""

_Text = tuple[str, str, int, str]
"""What is searched of a person: the name to sort by, the text, where its head ends, and the id."""


class PoolSearch:
    """Finds people in the pool by words, in one index of folded texts, a text for each person.

    The index is made by `prepare`, in slices; after a change only those concerned are indexed again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._begun = self._appending = False
        self._unindexed: dict[str, None] = {}
        self._by_id: dict[str, _Text] = {}
        self._texts: list[_Text] = []
        self._last: tuple[str, list[_Text], list[str]] | None = None
        store.listen(self._note_changed)

    def prepare(self, limit: int = POOL_SLICE) -> bool:
        """Index at most `limit` more people; return whether all are indexed."""
        if not self._begun:
            self._begun = True
            self._unindexed = dict.fromkeys(person.id for person in self._store.all(PoolPerson))
        if not self._unindexed:
            return True
        self._last = None
        if len(self._unindexed) > _INSERTED_MAX and not self._appending:
            self._appending = True
            self._texts = [item for item in self._texts if item[3] not in self._unindexed]
            for id_ in self._by_id.keys() & self._unindexed.keys():
                del self._by_id[id_]
        for id_ in list(islice(self._unindexed, limit)):
            del self._unindexed[id_]
            self._put(id_)
        if self._appending and not self._unindexed:
            self._texts.sort()
            self._appending = False
        return not self._unindexed

    def ids(self, typed: str) -> Sequence[str]:
        """Return the ids of those who have every word typed, by name; nobody without words.

        If they are no more than RANKED_MAX, those come first that have the words in name, title and
        organization. All are indexed first, if `prepare` has not done it.
        """
        while not self.prepare(len(self._unindexed) or POOL_SLICE):
            pass
        wanted, words = terms(typed), folded(typed)
        if not wanted:
            return []
        found = self._texts
        if self._last is not None:
            before, fewer, ids = self._last
            if words == before:
                return ids
            found = fewer if is_narrower(words, before) else found
        for term in wanted:
            found = having(found, term, 1)
        if self._last is not None and found is self._last[1] and len(found) > RANKED_MAX:
            ids = self._last[2]
        else:
            ids = [item[3] for item in found]
        if len(found) <= RANKED_MAX:
            in_head = {id_ for _, text, end, id_ in found if all(fits(term, text[:end]) for term in wanted)}
            ids.sort(key=lambda id_: id_ not in in_head)
        self._last = (words, found, ids)
        return ids

    def where_found(self, person_id: str, typed: str, shown: Collection[Where]) -> Found | None:
        """Return where in what is known of somebody most of the words typed are that no part of `shown` has.

        It is None if all the words are in those, or the person is gone.
        """
        person = self._store.get(PoolPerson, person_id)
        return where_in(list(_parts(person)), typed, shown) if person and typed.strip() else None

    def _note_changed(self, change: Change) -> None:
        table = TABLE_OF[PoolPerson]
        for edit in change.edits if self._begun else ():
            if edit.table == table:
                self._unindexed[edit.id] = None

    def _put(self, id_: str) -> None:
        """Index somebody as they are now, at the right place or, while many are to come, at the end."""
        before = self._by_id.pop(id_, None)
        if before is not None and self._appending:
            self._texts.remove(before)
        elif before is not None:
            del self._texts[bisect_left(self._texts, before)]
        person = self._store.get(PoolPerson, id_)
        if person is None:
            return
        parts = list(_parts(person))
        head = searchable("\n".join(text for where, text in parts if where in (Where.NAME, Where.WORK)))
        rest = searchable("\n".join(text for where, text in parts if where not in (Where.NAME, Where.WORK)))
        item = (folded(person.name), f"{head}\n{rest}", len(head), id_)
        self._by_id[id_] = item
        if self._appending:
            self._texts.append(item)
        else:
            insort(self._texts, item)


def _parts(person: PoolPerson) -> Iterator[Part]:
    """Yield what is known of somebody in the pool; empty texts are left out."""
    for where, text in (
        (Where.NAME, person.name),
        (Where.NAME, person.goes_by),
        (Where.WORK, person.title),
        (Where.WORK, person.organization),
        *((Where.PHONE, phone) for phone in person.phones or (person.phone,)),
        *((Where.EMAIL, email) for email in person.emails or (person.email,)),
        (Where.NOTE, person.notes),
        (Where.WHY, person.why),
        (Where.SOURCE, person.found),
        (Where.REFERRER, person.referrer),
        (Where.NOTE, person.earlier_work),
        *((Where.NOTE, link) for link in person.links),
        (Where.SOURCE, f"{person.source.replace('_', ' ')} {person.news}"),
        (Where.STAGE, "pool"),
    ):
        if text:
            yield where, text
