"""People who may be one and the same: how two resemble each other, and an index that finds such people.

Nothing here decides that two are the same: a user is asked, with the reason. What makes two people the same
for sure is in `person_keys`; where such a pair is stored all the same, it is found here, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from warmcall.domain.found_people import FoundPerson
from warmcall.domain.names import FAMILY_FIRST
from warmcall.domain.nicknames import full_names, is_known, name_groups, spellings
from warmcall.domain.organizations import organization_key
from warmcall.domain.person_keys import KeyKind, PersonKeys, keys_of, name_keys, same_person
from warmcall.domain.records import Contact, PoolPerson

COMMON_NAME = 5
"""With more namesakes elsewhere than this a name is a common one, and says nothing alone."""

COMMON_SHORT_FORM = 1
"""The same where the given names are only forms of one: Mike Smith and Michael Smith are many people."""

NAME_SIMILARITY = 88
"""From this similarity on, in per cent of the letters, two names are nearly the same.

A wrong or a missing letter in eleven is 91, in eight is 88; two names that differ in a syllable are below.
"""

_SHORT_WORD = 3
"""A word of so few letters is another word with any other letter in it."""


class Likeness(StrEnum):
    """Why two people may be one, the surest first; CHOSEN is that a user says so."""

    PROFILE = "profile"
    ADDRESS = "address"
    NUMBER = "number"
    LINK = "link"
    NAME_AND_WORK = "name_and_work"
    NAME = "name"
    SHORT_FORM = "short_form"
    WRITTEN = "written"
    INITIALS = "initials"
    TURNED = "turned"
    LONGER = "longer"
    SPELLING = "spelling"
    CHOSEN = "chosen"


_OF_KEY = {
    KeyKind.PROFILE: Likeness.PROFILE,
    KeyKind.EMAIL: Likeness.ADDRESS,
    KeyKind.PHONE: Likeness.NUMBER,
    KeyKind.LINK: Likeness.LINK,
    KeyKind.ORGANIZATION: Likeness.NAME_AND_WORK,
    KeyKind.CONNECTED_ON: Likeness.NAME,
    KeyKind.NAME: Likeness.NAME,
}


class Resemblance(msgspec.Struct, frozen=True, gc=False):
    """Why two people may be one. `elsewhere` is whether they work at different organizations.

    Of SHORT_FORM and WRITTEN, `one` and `other` are the given names, folded, and `full` what they are short
    for if neither is that itself.
    """

    kind: Likeness
    elsewhere: bool = False
    one: str = ""
    other: str = ""
    full: str = ""


class Looks(msgspec.Struct, frozen=True, gc=False):
    """Somebody as they are compared: each spelling of the name in words, and all that is exact.

    `generation` is what follows a family name, as "jr".
    """

    spellings: tuple[tuple[str, ...], ...]
    generation: str
    keys: PersonKeys


_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_DEGREES = frozenset(
    {"phd", "dphil", "md", "dds", "jd", "edd", "esq", "mba", "msc", "bsc", "ma", "ba", "med", "cpa", "cfa"}
    | {"pmp", "phr", "sphr", "pe", "lcsw", "rn", "bs", "ms", "mph", "mfa", "llm", "gphr", "shrm", "cp", "scp"}
)
"""What people write after their names, without a comma too; it is taken off a whole name only."""

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]|“[^”]*”|\"[^\"]*\"")
_NOT_IN_WORDS = re.compile(r"['’.]")
_LETTERS = re.compile(r"[^\W\d_]+")


def looks_of(
    person: Contact | PoolPerson | FoundPerson, organization_key_of: Callable[[str], str] = organization_key
) -> Looks:
    """Return `person` as they are compared; `organization_key_of` is as for `keys_of`."""
    keys = keys_of(person, organization_key_of)
    spellings, generation = _spelled(keys.names)
    return Looks(spellings, generation, keys)


def _spelled(names: Iterable[str]) -> tuple[tuple[tuple[str, ...], ...], str]:
    """Return the words of each of some folded names, without degrees, and what follows a family name."""
    generation = ""
    found: dict[tuple[str, ...], None] = {}
    for name in names:
        words = _words(name)
        while len(words) > 2 and (words[-1] in _DEGREES or words[-1] in _GENERATIONS):
            generation = _GENERATIONS.get(words.pop(), generation)
        if words:
            found[tuple(words)] = None
    return tuple(found), generation


def _words(name: str) -> list[str]:
    """Return the words of a folded name, without what stands in brackets, unless it is nothing else."""
    if name.isascii() and name.replace(" ", "").isalnum():
        words = [word for word in name.split() if not word.isdigit()]
        if all(map(str.isalpha, words)):
            return words
    plain = _IN_BRACKETS.sub(" ", name)
    words = _LETTERS.findall(_NOT_IN_WORDS.sub("", _spaced_initials(plain)))
    return words or _LETTERS.findall(name)


def _spaced_initials(name: str) -> str:
    """Return `name` with a space after each initial: "j.r. tolkien" is "j. r. tolkien"."""
    return re.sub(r"\b([^\W\d_])\.(?=[^\W\d_])", r"\1. ", name)


def likeness(one: Looks, other: Looks, *, anywhere: bool = False) -> Resemblance | None:
    """Return why the two may be one person; None if nothing speaks for it.

    Two people are two if their LinkedIn profiles differ, or the days on which they were connected there, or
    if one is junior and the other senior. Nearly the same name speaks for it at the same place of work only,
    unless `anywhere`.
    """
    mine, theirs = one.keys, other.keys
    kind = same_person(mine, theirs) if one.spellings and other.spellings else None
    elsewhere = bool(mine.organization and theirs.organization and mine.organization != theirs.organization)
    if kind is not None and kind in _OF_KEY:
        return Resemblance(_OF_KEY[kind], elsewhere)
    if (mine.profiles and theirs.profiles) or (mine.connected_on and theirs.connected_on):
        return None
    if one.generation and other.generation and one.generation != other.generation:
        return None
    near = anywhere or bool(mine.organization and mine.organization == theirs.organization)
    found = [
        resemblance
        for a in one.spellings
        for b in other.spellings
        if (resemblance := _name_likeness(a, b, elsewhere, near)) is not None
    ]
    return min(found, key=lambda resemblance: _ORDER[resemblance.kind], default=None)


_ORDER = {kind: place for place, kind in enumerate(Likeness)}


def likeness_order(resemblance: Resemblance) -> tuple[bool, int]:
    """Return the key by which resemblances are sorted, the surest first."""
    return resemblance.elsewhere and resemblance.kind not in _EXACT, _ORDER[resemblance.kind]


_EXACT = frozenset({Likeness.PROFILE, Likeness.ADDRESS, Likeness.NUMBER, Likeness.LINK})
"""What says who somebody is wherever they work."""


def _name_likeness(
    one: tuple[str, ...], other: tuple[str, ...], elsewhere: bool, near: bool
) -> Resemblance | None:
    """Return how two names in words resemble each other; `near` says that a letter may differ."""
    whole_name = "".join(one)
    if whole_name == "".join(other):
        says_something = len(one) > 1 or len(other) > 1 or not elsewhere or FAMILY_FIRST.search(whole_name)
        return Resemblance(Likeness.NAME, elsewhere) if says_something else None
    if min(len(one), len(other)) > 1:
        if one[-1] == other[-1] and (forms := _forms_of_one(one, other, elsewhere)):
            return forms
        whole = len(one[0]) > 1 and one[0] == other[0] and one[-1] == other[-1]
        if _initials_fit(one, other) and (whole or not elsewhere):
            return Resemblance(Likeness.INITIALS, elsewhere)
    if elsewhere:
        return None
    if _is_turned(one, other):
        return Resemblance(Likeness.TURNED)
    fewer, more = sorted((one, other), key=len)
    if (
        len(fewer) > 1
        and len(more) > len(fewer)
        and fewer[0] == more[0]
        and not Counter(fewer) - Counter(more)
    ):
        return Resemblance(Likeness.LONGER)
    return Resemblance(Likeness.SPELLING) if near and _nearly_same(one, other) else None


def _forms_of_one(one: tuple[str, ...], other: tuple[str, ...], elsewhere: bool) -> Resemblance | None:
    """Return how the first of the given names are forms of one, if no other given name contradicts."""
    a, b = one[0], other[0]
    if a == b or not name_groups(a) & name_groups(b):
        return None
    if any(not _word_fits(x, y) for x, y in zip(one[1:-1], other[1:-1], strict=False)):
        return None
    if b in spellings(a):
        return Resemblance(Likeness.WRITTEN, elsewhere, a, b)
    full_a, full_b = full_names(a), full_names(b)
    if full_a & spellings(b):
        return Resemblance(Likeness.SHORT_FORM, elsewhere, a, b)
    if full_b & spellings(a):
        return Resemblance(Likeness.SHORT_FORM, elsewhere, b, a)
    both = sorted(full_a & full_b)
    if both:
        return Resemblance(Likeness.SHORT_FORM, elsewhere, a, b, both[0])
    return Resemblance(Likeness.WRITTEN, elsewhere, a, b)


def _word_fits(one: str, other: str) -> bool:
    """Return whether two given names are the same, or one is the other's initial."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _initials_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the names are the same but for initials, of given names or of the family name."""
    if one[-1] == other[-1]:
        mine, theirs = one[:-1], other[:-1]
        if _run_together(mine, theirs) or _run_together(theirs, mine):
            return True
        if not all(_word_fits(a, b) for a, b in zip(mine, theirs, strict=False)):
            return False
        rest = mine[len(theirs) :] or theirs[len(mine) :]
        letters = any(1 in (len(a), len(b)) and a != b for a, b in zip(mine, theirs, strict=False))
        return letters or (bool(rest) and all(len(word) == 1 for word in rest))
    letter, family = sorted((one[-1], other[-1]), key=len)
    return one[:-1] == other[:-1] and len(one[0]) > 1 and len(letter) == 1 and family.startswith(letter)


def _run_together(letters: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Return whether `letters` is one word, the initials of two or three `names`: "jl" for Jean-Luc."""
    return len(letters) == 1 and 1 < len(names) <= 3 and letters[0] == "".join(name[0] for name in names)


def _is_turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether it is the same name in another order."""
    if len(one) > 1 and len(one) == len(other):
        return sorted(one) == sorted(other)
    a, b = "".join(one), "".join(other)
    return bool(len(a) == len(b) and FAMILY_FIRST.search(a) and b in a + a)


def _nearly_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether one of the words differs in a letter or two, as a slip does, and not as names do.

    A given name that ends otherwise is another one: Maria, Mario; Daniel, Daniela. So is one well known.
    """
    if len(one) != len(other) or len(one) < 2:
        return False
    different = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(different) != 1:
        return False
    at = different[0]
    a, b = one[at], other[at]
    if min(len(a), len(b)) <= _SHORT_WORD or a[0] != b[0]:
        return False
    if at < len(one) - 1 and _are_two_given_names(a, b):
        return False
    from rapidfuzz.distance import OSA
    from rapidfuzz.fuzz import ratio

    return OSA.distance(a, b, score_cutoff=2) <= (1 if min(len(a), len(b)) < 8 else 2) and (
        ratio("".join(one), "".join(other)) >= NAME_SIMILARITY
    )


def _are_two_given_names(one: str, other: str) -> bool:
    """Return whether two given names that differ in a letter or two are rather two than one with a slip."""
    if (is_known(one) and is_known(other)) or one[:-1] in (other, other[:-1]) or other[:-1] == one:
        return True
    different = {letter for pair in zip(one, other, strict=False) if pair[0] != pair[1] for letter in pair}
    return len(one) == len(other) < _LONG_GIVEN_NAME and different <= _VOWELS and len(different) == 2


_VOWELS = frozenset("aeiouy")
_LONG_GIVEN_NAME = 7
"""Shorter given names often differ in a vowel alone: Jean, Joan; Karen, Karin."""


class LooksIndex:
    """People by what they look like: those who resemble somebody are found without looking at everybody.

    Whoever resembles another has an entry in common with them. There may be hundreds of thousands of entries,
    and most lead to one person: they are kept as hashes, and a single id without a list.
    """

    def __init__(self) -> None:
        self.compared = 0
        """How many comparisons `like` has made so far."""
        self._looks: dict[str, Looks] = {}
        self._ids: dict[int, str | list[str]] = {}

    def __contains__(self, person_id: object) -> bool:
        return person_id in self._looks

    def __len__(self) -> int:
        return len(self._looks)

    def put(self, person_id: str, looks: Looks) -> None:
        """Add a person, or what they look like now."""
        self.remove(person_id)
        self._looks[person_id] = looks
        _add(self._ids, set(_entries(looks)), person_id)

    def remove(self, person_id: str) -> None:
        """Remove a person, if they are here."""
        looks = self._looks.pop(person_id, None)
        for entry in set(_entries(looks)) if looks else ():
            found = self._ids[entry]
            if isinstance(found, str):
                del self._ids[entry]
            else:
                found.remove(person_id)
                if len(found) == 1:
                    self._ids[entry] = found[0]

    def looks(self, person_id: str) -> Looks:
        """Return what a person who is here looks like."""
        return self._looks[person_id]

    def like(self, looks: Looks, exclude: str = "") -> dict[str, Resemblance]:
        """Return who resembles a person with `looks`, by id, and why; `exclude` is the id of that person.

        Namesakes elsewhere are left out if the name is a common one.
        """
        found: dict[str, Resemblance] = {}
        seen = {exclude}
        for entry in _probes(looks):
            for id_ in _at(self._ids, entry):
                if id_ not in seen:
                    seen.add(id_)
                    self.compared += 1
                    resemblance = likeness(looks, self._looks[id_])
                    if resemblance is not None:
                        found[id_] = resemblance
        return without_common(found)


class NameIndex:
    """The ids of people by their names alone, for a name that is typed: it is made in a fraction of the time.

    Whoever resembles that name has an entry in common with it. Entries of a name that was changed stay:
    whoever is found has to be compared as they are now.
    """

    def __init__(self) -> None:
        self._ids: dict[int, str | list[str]] = {}

    def put(self, person_id: str, name: str, goes_by: str = "") -> None:
        """Add a person, or the name that they have now."""
        spellings, _ = _spelled(name_keys(name, goes_by))
        _add(self._ids, {entry for words in spellings for entry in _of_name(words)}, person_id)

    def who_may_be(self, looks: Looks) -> list[str]:
        """Return the ids of all who may resemble somebody by name, wherever they work, and of some others."""
        entries = {entry for words in looks.spellings for entry in _of_name(words)}
        return list(dict.fromkeys(id_ for entry in entries for id_ in _at(self._ids, entry)))


def _add(ids: dict[int, str | list[str]], entries: Iterable[int], person_id: str) -> None:
    """Add a person at some entries of an index."""
    for entry in entries:
        found = ids.get(entry)
        if found is None:
            ids[entry] = person_id
        elif isinstance(found, str):
            ids[entry] = [found, person_id]
        else:
            found.append(person_id)


def _at(ids: Mapping[int, str | list[str]], entry: int) -> Sequence[str]:
    """Return who is at an entry of an index."""
    found = ids.get(entry, ())
    return (found,) if isinstance(found, str) else found


def without_common(found: Mapping[str, Resemblance]) -> dict[str, Resemblance]:
    """Return who was `found` without namesakes elsewhere if the name is a common one."""
    elsewhere = Counter(_group(item) for item in found.values() if item.elsewhere)
    return {
        id_: item
        for id_, item in found.items()
        if not item.elsewhere or elsewhere[_group(item)] <= _most_elsewhere(item)
    }


def _group(resemblance: Resemblance) -> Likeness:
    return Likeness.NAME if resemblance.kind is Likeness.INITIALS else resemblance.kind


def _most_elsewhere(resemblance: Resemblance) -> int:
    if resemblance.kind in (Likeness.NAME, Likeness.INITIALS):
        return COMMON_NAME
    forms = resemblance.kind in (Likeness.SHORT_FORM, Likeness.WRITTEN)
    return COMMON_SHORT_FORM if forms else len(Likeness) * 1000


def _entries(looks: Looks) -> Iterator[int]:
    """Yield what somebody is found by."""
    yield from _shared(looks)
    for words in looks.spellings:
        given, family = words[0], words[-1]
        if len(words) > 1:
            yield hash(("i1" if len(given) == 1 else "i", given[0], family))
            yield hash(("f1" if len(family) == 1 else "f", given, family[0]))


def _probes(looks: Looks) -> Iterator[int]:
    """Yield the entries of whoever may resemble somebody."""
    yield from _shared(looks)
    for words in looks.spellings:
        given, family = words[0], words[-1]
        if len(words) > 1:
            yield hash(("i1", given[0], family))
            yield hash(("f1", given, family[0]))
            if len(given) < 4:
                yield hash(("i", given[0], family))
            if len(family) == 1:
                yield hash(("f", given, family))


def _shared(looks: Looks) -> Iterator[int]:
    """Yield what two people who resemble each other have in common."""
    keys = looks.keys
    for kind, values in (("p", keys.profiles), ("e", keys.emails), ("l", keys.links)):
        for value in values:
            yield hash((kind, value))
    for number in keys.phones:
        yield hash(("t", number.national))
    for words in looks.spellings:
        yield from _same_words(words)
        if len(words) > 1 and keys.organization:
            yield hash(("o", keys.organization, words[0][0], words[-1][0]))


def _same_words(words: tuple[str, ...]) -> list[int]:
    """Return what two names have in common that are the same in another order, or forms or parts of one."""
    whole = "".join(words)
    entries = [hash(("n", whole))]
    if not whole.isascii() and FAMILY_FIRST.search(whole):
        entries.append(hash(("s", *sorted(whole))))
    if len(words) > 1:
        entries.append(hash(("s", *sorted(words))))
        given, family = words[0], words[-1]
        entries += [hash(("g", name, family)) for name in name_groups(given)]
        entries += [hash(("g", given, word)) for word in words[1:]]
    return entries


def _of_name(words: tuple[str, ...]) -> list[int]:
    """Return what two names that resemble each other have in common, initials and slips included."""
    initials = [hash(("x", words[0][0], words[-1][0]))] if len(words) > 1 else []
    return _same_words(words) + initials
