"""The user's keymap: which of its entries can be used, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import msgspec

from warmcall.config.keymap import Keymap, KeymapEntry, Keys
from warmcall.config.yaml_source import YamlFault
from warmcall.widgets.key_names import NoSuchKey, key_named, types, written

Place = tuple[str, ...]
"""Where a key is active, from the outermost part inwards: it is active in every place that begins so."""

REPLY = "call.reply."
"""How the ids of replies begin; their letters are set in the script."""

ALWAYS = ("app.help", "dialog.leave", "notes.leave", "debrief.leave", "form.save", "screen.back")
"""Ids that must have a key, so that nobody is ever stuck or without help."""

QUIT_IDS = ("app.quit", "app.quit_anywhere")
"""At least one of these ids must have a key."""


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


def usable(entries: Sequence[KeymapEntry], keyboard: Keyboard) -> tuple[Keymap, list[YamlFault]]:
    """Return the keys of the entries that can be used together, and the fault of each of the others, by line.

    Of two entries with the same key in the same place the later one cannot be used. Textual reports a clash
    only within one widget, and only once a key is pressed there (`App.handle_bindings_clash`).
    """
    lines = {entry.id: entry.line for entry in entries}
    faults: list[YamlFault] = []
    keymap: Keymap = {}
    for entry in entries:
        try:
            keymap[entry.id] = _checked_alone(entry, keyboard)
        except YamlFault as fault:
            faults.append(fault)
    while (clash := _last_clash(keymap, keyboard.declared)) is not None:
        id_, what, fix = clash
        del keymap[id_]
        faults.append(YamlFault(lines[id_], what, fix))
    return keymap, sorted(faults, key=lambda fault: fault.line)


def keys_in_force(key: DeclaredKey, keymap: Mapping[str, Keys]) -> Keys:
    """Return the keys that `key` has: those in the keymap, else those declared."""
    return keymap.get(key.id, key.keys)


def _checked_alone(entry: KeymapEntry, keyboard: Keyboard) -> Keys:
    """Return the keys of an entry in Textual's names.

    Raises:
        YamlFault: if it cannot be used, whatever the other entries are.
    """
    id_, ids = entry.id, dict.fromkeys(key.id for key in keyboard.declared)
    keys = tuple(dict.fromkeys(_key_of(id_, *key) for key in entry.keys))
    if id_ not in ids:
        near = get_close_matches(id_, ids, n=1)
        fix = (
            f"did you mean {near[0]}? `warmcall keys` lists them all"
            if near
            else "`warmcall keys` lists them all"
        )
        raise YamlFault(entry.line, f"there is no key called “{id_[:40]}”", fix)
    if id_.startswith(REPLY):
        raise YamlFault(entry.line, "the letters of replies are set in the script", "change them there")
    if id_ in ALWAYS and not keys:
        raise YamlFault(entry.line, f"{id_} would have no key at all", "leave it at least one")
    for declared in keyboard.declared:
        works = any(not types(key) and (declared.first or key not in keyboard.editing) for key in keys)
        if declared.id == id_ and declared.typing and keys and not works:
            what = f"{id_} has to work while you type, and {_shown(keys)} would not"
            raise YamlFault(entry.line, what, "add a key such as ctrl+g or F2")
    return keys


def _key_of(id_: str, words: str, line: int) -> str:
    """Return Textual's name of the key that a user wrote.

    Raises:
        YamlFault: if there is no such key.
    """
    try:
        return key_named(words)
    except NoSuchKey as error:
        raise YamlFault(line, f"{id_}: {error.what}", error.fix) from error


def _last_clash(keymap: Keymap, declared: Sequence[DeclaredKey]) -> tuple[str, str, str] | None:
    """Return the last id in `keymap` that clashes with others, what is wrong, and the fix; or None."""
    for id_ in reversed(keymap):
        quits = (keys_in_force(key, keymap) for key in declared if key.id in QUIT_IDS)
        if id_ in QUIT_IDS and not any(quits):
            return id_, "nothing would be left to quit with", f"leave {id_} a key"
        clashes = _clashes(id_, declared, keymap)
        for key, other in sorted(clashes, key=lambda clash: -len(clash[1].place)):
            shown = f"{id_}: {written(key)}"
            if other.id.startswith(REPLY):
                fix = "choose another key: of the lower-case letters j k n o q u are free there"
                return id_, f"{shown} may be a reply on the call screen", fix
            what = f"{shown} is {other.id} ({other.label}) in the same place"
            return id_, what, "choose another key, or give the other action another key"
    return None


def _clashes(
    id_: str, declared: Sequence[DeclaredKey], keymap: Mapping[str, Keys]
) -> Iterator[tuple[str, DeclaredKey]]:
    """Yield each key given to `id_` that has another action where it is active, and that action."""
    own = [key for key in declared if key.id == id_]
    for other in declared:
        shared = [key for key in keymap[id_] if key in keys_in_force(other, keymap)]
        if shared and other.id != id_ and _overlap(own, other) and not _share_by_design(own, other, declared):
            yield shared[0], other


def _overlap(own: Iterable[DeclaredKey], other: DeclaredKey) -> bool:
    """Return whether both are active somewhere at once: the place of one is within that of the other."""
    return any(
        key.place[: len(other.place)] == other.place or other.place[: len(key.place)] == key.place
        for key in own
    )


def _share_by_design(own: Sequence[DeclaredKey], other: DeclaredKey, declared: Iterable[DeclaredKey]) -> bool:
    """Return whether the two share a key as declared, so that one of them comes first on purpose."""
    return any(
        key.id == other.id and _overlap(own, key) and any({*mine.keys} & {*key.keys} for mine in own)
        for key in declared
    )


def _shown(keys: Iterable[str]) -> str:
    return " ".join(written(key) for key in keys)
