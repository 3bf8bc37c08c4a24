"""Organizations by their names: when two names are those of one organization, and what changes their names.

People have the name of their organization as a text. The record it is the name of is found here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from warmcall.domain.records import Organization, replace
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import Posting

MOST_WANTED = 3
"""How much an organization can be wanted, from 0 on."""

_LEGAL_FORMS = frozenset(
    {
        "inc", "incorporated", "llc", "llp", "lp", "pllc", "ltd", "limited", "plc", "co", "company",
        "corp", "corporation", "pty", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "ev",
        "eg", "sa", "sas", "sasu", "sarl", "srl", "spa", "sl", "slu", "bv", "nv", "vof", "ab", "as",
        "asa", "aps", "oy", "oyj", "kk", "pvt", "cie", "gbr", "cic", "sro", "zrt", "kft", "doo",
        "oo", "lda", "ltda",
    }
)  # fmt: skip
"""Legal forms, which a name has on one card and lacks on another; "and" is dropped with them."""

_NOT_SPOKEN = re.compile(r"[./’']")
_BETWEEN_WORDS = re.compile(r"[^\w]+")


@lru_cache(maxsize=65536)
def organization_key(name: str) -> str:
    """Return what the name of an organization is compared by; empty if it has no letter and no figure.

    Case, accents, signs, "the" before it, and "and" and legal forms in it do not count: "Smith, Jones & Co."
    is "Smith Jones". A name of nothing else keeps its words: "Co" is "co".
    """
    words = [word for word in _BETWEEN_WORDS.split(_NOT_SPOKEN.sub("", folded(name))) if word]
    said = [word for word in words if word != "and"]
    if said and said[0] == "the":
        said = said[1:]
    while said and said[-1] in _LEGAL_FORMS:
        said.pop()
    return " ".join(said or words)


def organization_id(name: str) -> str:
    """Return the id of the record for an organization of that name.

    It follows from the name, so that two sessions, or two machines, which make the record make the same.
    """
    from hashlib import blake2b  # few starts need it

    return f"org-{blake2b(organization_key(name).encode(), digest_size=12).hexdigest()}"


class OrganizationIndex:
    """Finds the record of an organization by its name, or by one of its other names.

    Where two records claim a name, one whose own name it is comes before one that has it as another name, and
    then the older.
    """

    def __init__(self, organizations: Iterable[Organization] = ()) -> None:
        self._by_key: dict[str, Organization] = {}
        in_order = sorted(organizations, key=lambda record: (record.created_at, record.id))
        for record in in_order:
            if key := organization_key(record.name):
                self._by_key.setdefault(key, record)
        for record in in_order:
            for name in record.other_names:
                if key := organization_key(name):
                    self._by_key.setdefault(key, record)

    def find(self, name: str) -> Organization | None:
        """Return the record of the organization that is called `name`, or None."""
        return self._by_key.get(organization_key(name))

    def place_of(self, name: str) -> str:
        """Return what all names of one organization have in common, and those of no other; empty for no name.

        It is the id of the record, else the key of the name.
        """
        return self.place_of_key(organization_key(name))

    def place_of_key(self, key: str) -> str:
        """Return the same for the key of a name."""
        record = self._by_key.get(key)
        return record.id if record is not None else key


def usual_name(names: Iterable[str]) -> str:
    """Return the name that is there most often; of several the first in the order of their letters."""
    counts = Counter(name for name in names if organization_key(name))
    return min(counts, key=lambda name: (-counts[name], name), default="")


def distinct_names(names: Iterable[str], besides: str) -> tuple[str, ...]:
    """Return `names` without empty ones, and those of one key with an earlier one, or with `besides`."""
    found: dict[str, str] = {}
    for name in names:
        key = organization_key(name)
        if key and key != organization_key(besides):
            found.setdefault(key, name)
    return tuple(found.values())


def renamed(organization: Organization, name: str) -> Organization:
    """Return `organization` under another name; the old one becomes one of its other names."""
    others = distinct_names((*organization.other_names, organization.name), besides=name)
    return replace(organization, name=name, other_names=others)


def merged(kept: Organization, other: Organization) -> Organization:
    """Return `kept` with what `other` adds: names, notes, a posting, and how much it is wanted, if more.

    Of two that say something of openings, `kept` is right, unless only `other` has some.
    """
    names = (*kept.other_names, other.name, *other.other_names)
    notes = [text for text in (kept.notes, other.notes) if text.strip()]
    either = (kept.posting, other.posting)
    return replace(
        kept,
        other_names=distinct_names(names, besides=kept.name),
        wanted=max(kept.wanted, other.wanted),
        posting=Posting.OPEN if Posting.OPEN in either else kept.posting or other.posting,
        notes="\n\n".join(dict.fromkeys(notes)),
    )
