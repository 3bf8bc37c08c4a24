"""Names as they stand in a sentence, whatever the order they were written in."""

from __future__ import annotations


def written_name(name: str) -> str:
    """Return `name` in the order it is said: "Mei Tanaka" for "Tanaka, Mei"; any other as it is."""
    family, comma, given = name.partition(",")
    if not comma or "," in given or not family.strip() or not given.strip():
        return name.strip()
    return f"{given.strip()} {family.strip()}"
