"""Paths of files as people type them: ~ is their home, and what follows can be completed."""

from __future__ import annotations

import os
from pathlib import Path

_MOST_ENTRIES = 5000
"""How many names of a folder are looked at: more would take long on a slow drive."""


def typed_path(text: str) -> Path:
    """Return the path that was typed; quotation marks around it, as a terminal pastes them, are left out."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    return Path(os.path.expanduser(text))


def completions(text: str, most: int) -> list[str]:
    """Return how a path that is being typed may go on, at most `most` ways; a folder ends with a slash.

    Hidden names are left out until the point is typed. What cannot be read has none.
    """
    start = text.rpartition("/")[2]
    prefix = text[: len(text) - len(start)]
    where = os.path.expanduser(prefix) if prefix else "."
    found: list[str] = []
    try:
        with os.scandir(where) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_ENTRIES:
                    break
                if entry.name.casefold().startswith(start.casefold()) and (
                    start.startswith(".") or not entry.name.startswith(".")
                ):
                    found.append(f"{prefix}{entry.name}{'/' if _is_folder(entry) else ''}")
    except (OSError, ValueError):
        return []
    return sorted(found, key=str.casefold)[:most]


def completed(text: str) -> str:
    """Return a path that is being typed with all that is certain to follow."""
    found = completions(text, _MOST_ENTRIES)
    if not found:
        return text
    first, last = min(found), max(found)
    same = next((at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first))
    return first[:same] if same > len(text) else text


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
