"""The keys there are, and what would be wrong with other ones in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import msgspec

from warmcall.domain.key_names import types, written

Keys = tuple[str, ...]

Place = tuple[str, ...]
"""Where a key is active, from the outside in: a key is active in all places that begin with its own."""

REPLY = "call.reply."
"""What the ids of the replies begin with: their letters stand in the script."""

ALWAYS = ("app.help", "dialog.leave", "notes.leave", "debrief.leave", "form.save", "screen.back")
"""What has to have a key, so that nobody is ever stuck or without help."""

WAYS_TO_QUIT = ("app.quit", "app.quit_anywhere")
"""One of them has to have a key."""


class DeclaredKey(msgspec.Struct, frozen=True):
    """What a key does in one place, and the `keys` it has there unless the user gave it others.

    With `typing` it has to work while a text is typed; a `first` one does so before any text.
    """

    id: str
    keys: Keys
    label: str
    tooltip: str
    place: Place
    typing: bool = False
    first: bool = False


class KeymapEntry(msgspec.Struct, frozen=True):
    """The keys that a user gives to an id, as the screens call them, and the line where it stands."""

    id: str
    keys: Keys
    line: int


class Wrong(msgspec.Struct, frozen=True):
    """An entry that cannot be used, why, and what to do about it."""

    entry: KeymapEntry
    what: str
    fix: str


def usable(
    entries: Sequence[KeymapEntry], declared: Sequence[DeclaredKey], editing: frozenset[str] = frozenset()
) -> tuple[tuple[KeymapEntry, ...], tuple[Wrong, ...]]:
    """Return the entries that can be used together, and what is wrong with each of the others.

    `editing` are the keys that a text keeps for itself. Of two entries that want one key in one place the
    later one gives way.
    """
    wrong: list[Wrong] = []
    left: list[KeymapEntry] = []
    for entry in entries:
        found = _alone(entry, declared, editing)
        if found is None:
            left.append(entry)
        else:
            wrong.append(found)
    while (found := _together(left, declared)) is not None:
        left.remove(found.entry)
        wrong.append(found)
    return tuple(left), tuple(sorted(wrong, key=lambda fault: fault.entry.line))


def keys_in_force(key: DeclaredKey, keymap: Mapping[str, Keys]) -> Keys:
    """Return the keys of `one`: those the user gave it, else its own."""
    return keymap.get(key.id, key.keys)


def _alone(entry: KeymapEntry, declared: Sequence[DeclaredKey], editing: frozenset[str]) -> Wrong | None:
    """Return what is wrong with an entry whatever the others say."""
    ids = dict.fromkeys(key.id for key in declared)
    if entry.id not in ids:
        near = get_close_matches(entry.id, ids, n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        return Wrong(
            entry, f"there is no key called “{entry.id[:40]}”", f"{meant}`warmcall keys` lists them all"
        )
    if entry.id.startswith(REPLY):
        return Wrong(entry, "the letters of replies stand in the script", "change them there")
    if entry.id in ALWAYS and not entry.keys:
        return Wrong(entry, f"{entry.id} would have no key at all", "leave it one")
    own = [key for key in declared if key.id == entry.id]
    for other_key in own:
        works = [key for key in entry.keys if not types(key) and (other_key.first or key not in editing)]
        if other_key.typing and entry.keys and not works:
            what = f"{entry.id} has to work while you type, and {_shown(entry.keys)} would not"
            return Wrong(entry, what, "add a key such as ctrl+g or F2")
    return None


def _together(entries: Sequence[KeymapEntry], declared: Sequence[DeclaredKey]) -> Wrong | None:
    """Return what is wrong with the last entry that cannot stand beside the others."""
    keymap = {entry.id: entry.keys for entry in entries}
    for entry in reversed(entries):
        if entry.id in WAYS_TO_QUIT and not any(
            keys_in_force(key, keymap) for key in declared if key.id in WAYS_TO_QUIT
        ):
            return Wrong(entry, "nothing would be left to quit with", f"leave {entry.id} a key")
        clashes = _clashes(entry, declared, keymap)
        for key, other in sorted(clashes, key=lambda clashe: -len(clashe[1].place)):
            if other.id.startswith(REPLY):
                what = f"{entry.id}: {_shown((key,))} may be a reply on the call screen"
                return Wrong(
                    entry, what, "take another key: of the lower-case letters j k n o q u are free there"
                )
            what = f"{entry.id}: {_shown((key,))} is {other.id} ({other.label}) in the same place"
            return Wrong(entry, what, "take another key, or give that one another")
    return None


def _clashes(
    entry: KeymapEntry, declared: Sequence[DeclaredKey], keymap: Mapping[str, Keys]
) -> Iterator[tuple[str, DeclaredKey]]:
    """Yield each key of an entry that does something else where it is active, and what."""
    own = [key for key in declared if key.id == entry.id]
    for other in declared:
        shared = [key for key in entry.keys if key in keys_in_force(other, keymap)]
        if shared and other.id != entry.id and _meet(own, other) and not _meant(own, other, declared):
            yield shared[0], other


def _meet(own: Iterable[DeclaredKey], other: DeclaredKey) -> bool:
    """Return whether both are active somewhere at once: one place lies within the other."""
    return any(
        key.place[: len(other.place)] == other.place or other.place[: len(key.place)] == key.place
        for key in own
    )


def _meant(own: Sequence[DeclaredKey], other: DeclaredKey, declared: Iterable[DeclaredKey]) -> bool:
    """Return whether the two share a key from the beginning, one of them going before the other."""
    return any(
        key.id == other.id and _meet(own, key) and any({*mine.keys} & {*key.keys} for mine in own)
        for key in declared
    )


def _shown(keys: Iterable[str]) -> str:
    return " ".join(written(key) for key in keys)
