"""Organizations by their names: when two names are those of one organization."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from warmcall.domain.text_folding import folded

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
    return f"org-{blake2b(organization_key(name).encode(), digest_size=12).hexdigest()}"
