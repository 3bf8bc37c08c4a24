"""The user's keymap: which of its entries can be used, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import msgspec

from warmcall.domain.key_names import types, written

Keys = tuple[str, ...]

Place = tuple[str, ...]
"""Where a key is active, from the outermost part inwards: it is active in every place that begins so."""

REPLY = "call.reply."
"""How the ids of replies begin; their letters are set in the script."""

ALWAYS = ("app.help", "dialog.leave", "notes.leave", "debrief.leave", "form.save", "screen.back")
"""Ids that must have a key, so that nobody is ever stuck or without help."""

QUIT_IDS = ("app.quit", "app.quit_anywhere")
"""Ids of which at least one must have a key."""


class DeclaredKey(msgspec.Struct, frozen=True):
    """An action in one place, and its `keys` there unless the user gave it others.

    With `typing` it must work while a text is typed; with `first` it gets the key before the text does.
    """

    id: str
    keys: Keys
    label: str
    tooltip: str
    place: Place
    typing: bool = False
    first: bool = False


class Keyboard(msgspec.Struct, frozen=True):
    """What the app declares: every key in every place, and the keys that a text field uses itself."""

    declared: tuple[DeclaredKey, ...]
    editing: frozenset[str] = frozenset()


class KeymapEntry(msgspec.Struct, frozen=True):
    """The keys that a user gives to an id, as the screens call them, and the line where it stands."""

    id: str
    keys: Keys
    line: int


class KeymapFault(msgspec.Struct, frozen=True):
    """An entry that cannot be used, what is wrong with it, and how to fix it."""

    entry: KeymapEntry
    what: str
    fix: str


def usable(
    entries: Sequence[KeymapEntry], keyboard: Keyboard
) -> tuple[tuple[KeymapEntry, ...], tuple[KeymapFault, ...]]:
    """Return the entries that can be used together, and the fault of each of the others, by line.

    Of two entries with the same key in the same place the later one cannot be used.
    """
    faults: list[KeymapFault] = []
    kept: list[KeymapEntry] = []
    for entry in entries:
        fault = _own_fault(entry, keyboard)
        if fault is None:
            kept.append(entry)
        else:
            faults.append(fault)
    while (fault := _clash_fault(kept, keyboard.declared)) is not None:
        kept.remove(fault.entry)
        faults.append(fault)
    return tuple(kept), tuple(sorted(faults, key=lambda fault: fault.entry.line))


def keys_in_force(key: DeclaredKey, keymap: Mapping[str, Keys]) -> Keys:
    """Return the keys that `key` has: those in the keymap, else those declared."""
    return keymap.get(key.id, key.keys)


def _own_fault(entry: KeymapEntry, keyboard: Keyboard) -> KeymapFault | None:
    """Return what is wrong with an entry by itself, or None."""
    ids = dict.fromkeys(key.id for key in keyboard.declared)
    if entry.id not in ids:
        near = get_close_matches(entry.id, ids, n=1)
        suggestion = f"did you mean {near[0]}? " if near else ""
        return KeymapFault(
            entry, f"there is no key called “{entry.id[:40]}”", f"{suggestion}`warmcall keys` lists them all"
        )
    if entry.id.startswith(REPLY):
        return KeymapFault(entry, "the letters of replies stand in the script", "change them there")
    if entry.id in ALWAYS and not entry.keys:
        return KeymapFault(entry, f"{entry.id} would have no key at all", "leave it one")
    for declaration in (key for key in keyboard.declared if key.id == entry.id):
        works = [
            key for key in entry.keys if not types(key) and (declaration.first or key not in keyboard.editing)
        ]
        if declaration.typing and entry.keys and not works:
            what = f"{entry.id} has to work while you type, and {_shown(entry.keys)} would not"
            return KeymapFault(entry, what, "add a key such as ctrl+g or F2")
    return None


def _clash_fault(entries: Sequence[KeymapEntry], declared: Sequence[DeclaredKey]) -> KeymapFault | None:
    """Return the fault of the last entry that clashes with the others, or None."""
    keymap = {entry.id: entry.keys for entry in entries}
    for entry in reversed(entries):
        if entry.id in QUIT_IDS and not any(
            keys_in_force(key, keymap) for key in declared if key.id in QUIT_IDS
        ):
            return KeymapFault(entry, "nothing would be left to quit with", f"leave {entry.id} a key")
        clashes = _clashes(entry, declared, keymap)
        for key, other in sorted(clashes, key=lambda clash: -len(clash[1].place)):
            if other.id.startswith(REPLY):
                what = f"{entry.id}: {_shown((key,))} may be a reply on the call screen"
                return KeymapFault(
                    entry, what, "take another key: of the lower-case letters j k n o q u are free there"
                )
            what = f"{entry.id}: {_shown((key,))} is {other.id} ({other.label}) in the same place"
            return KeymapFault(entry, what, "take another key, or give that one another")
    return None


def _clashes(
    entry: KeymapEntry, declared: Sequence[DeclaredKey], keymap: Mapping[str, Keys]
) -> Iterator[tuple[str, DeclaredKey]]:
    """Yield each key of an entry that has another action where it is active, and that action."""
    own = [key for key in declared if key.id == entry.id]
    for other in declared:
        shared = [key for key in entry.keys if key in keys_in_force(other, keymap)]
        if (
            shared
            and other.id != entry.id
            and _overlap(own, other)
            and not _share_by_design(own, other, declared)
        ):
            yield shared[0], other


def _overlap(own: Iterable[DeclaredKey], other: DeclaredKey) -> bool:
    """Return whether both are active somewhere at once: the place of one is within that of the other."""
    return any(
        key.place[: len(other.place)] == other.place or other.place[: len(key.place)] == key.place
        for key in own
    )


def _share_by_design(own: Sequence[DeclaredKey], other: DeclaredKey, declared: Iterable[DeclaredKey]) -> bool:
    """Return whether the two share a key as declared, so that one of them is meant to come first."""
    return any(
        key.id == other.id and _overlap(own, key) and any({*mine.keys} & {*key.keys} for mine in own)
        for key in declared
    )


def _shown(keys: Iterable[str]) -> str:
    return " ".join(written(key) for key in keys)
