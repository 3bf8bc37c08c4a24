"""“a” or “an” before a noun, by how its first letters sound."""

from __future__ import annotations

import re


def with_article(noun: str) -> str:
    """Return `noun` with "a" or "an" before it, by how its first letters sound."""
    noun = noun.strip()
    if not noun:
        return ""
    low = noun.lower()
    like_you = re.match(r"(u[bcfhjkqrstnv][aeiou]|u[iknsx]\b|eu|one\b)", low)
    silent = re.match(r"(hono|hour|heir)", low)
    spelt_out = re.match(r"[FHLMNRSX][A-Z0-9&/-]", noun)
    vowel = low[0] in "aeiou" and not like_you
    return f"{'an' if vowel or silent or spelt_out else 'a'} {noun}"
