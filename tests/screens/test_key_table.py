"""The table of keys in the README says of each key what footer, help, palette and keymap say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from textual.binding import Binding
from warmcall.app.keymap import REPLY
from warmcall.app.keymap_registry import PLACES, declared_keys
from warmcall.widgets.keys import key_display

from tests.screens.test_keys import CLASSES, bindings

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

SPLIT = {"Call, in writing": "Call", "A check-in": "A message"}
"""Rows of their own for keys that are there only sometimes, and the place whose ids they have."""

VARYING = {"dialog.leave"}
"""Ids with more keys in some places than in others; the table lists the one they all have."""


class Hint(NamedTuple):
    """One key in a row of the table: how it is shown, and what it does."""

    keys: tuple[str, ...]
    words: str


class DeclaredId(NamedTuple):
    """One id as the app declares it: its keys as shown, and all labels it has."""

    id: str
    keys: tuple[str, ...]
    labels: frozenset[str]


def documented() -> dict[str, list[Hint]]:
    """Return the keys in the README's table by place."""
    section = README.partition("\n## Keys\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|`]+) \| (`.+) \|$", section, re.MULTILINE)
    found: dict[str, list[Hint]] = {}
    for place, cell in rows:
        hints = found.setdefault(SPLIT.get(place, place), [])
        for part in cell.split(" · "):
            match = re.fullmatch(r"((?:`[^`]+`[ …]?)+) ?([^`].*)", part)
            assert match, f"{place}: {part}"
            hints.append(Hint(tuple(re.findall(r"`([^`]+)`", match[1])), match[2].strip()))
    return found


def declared_ids() -> dict[str, list[DeclaredId]]:
    """Return the ids that the app declares, by place."""
    keys: dict[str, dict[str, None]] = {}
    labels: dict[str, set[str]] = {}
    for key in declared_keys():
        if not key.id.startswith(REPLY):
            shown = (key_display(Binding(name, "", "")) for name in key.keys)
            keys.setdefault(key.id, {}).update(dict.fromkeys(shown))
            labels.setdefault(key.id, set()).add(key.label.casefold())
    found: dict[str, list[DeclaredId]] = {}
    for id_ in keys:
        place = PLACES[id_.partition(".")[0]]
        found.setdefault(place, []).append(DeclaredId(id_, tuple(keys[id_]), frozenset(labels[id_])))
    return found


DOCUMENTED, DECLARED = documented(), declared_ids()


def test_the_table_has_every_place_and_no_other() -> None:
    assert set(DOCUMENTED) == set(DECLARED) == set(PLACES.values())


def fits(hint: Hint, declared: DeclaredId) -> bool:
    """Return whether a hint has the same keys as an id, and words that begin as one of its labels does."""
    same = set(hint.keys) == set(declared.keys)
    if declared.id in VARYING:
        same = hint.keys == declared.keys[:1]
    return same and hint.words.casefold().startswith(tuple(declared.labels))


def test_each_key_of_a_place_is_listed_once_with_its_keys_and_its_label() -> None:
    missing = {
        (place, declared.id): declared.keys
        for place in PLACES.values()
        for declared in DECLARED[place]
        if sum(fits(hint, declared) for hint in DOCUMENTED[place]) != 1
    }
    assert missing == {}, "the rows of these places in the README's table should list these"


def test_a_row_lists_no_key_that_is_not_there() -> None:
    unknown = [
        (place, hint.keys)
        for place in sorted({*PLACES.values()})
        for hint in DOCUMENTED[place]
        if not any(fits(hint, declared) for declared in DECLARED[place])
    ]
    assert unknown == [("Call", ("a", "z"))], "the replies alone stand for keys of many ids"


def test_what_is_declared_anywhere_is_in_the_table() -> None:
    ids = {str(binding.id) for kind in CLASSES for binding in bindings(kind)}
    in_table = {declared.id for rows in DECLARED.values() for declared in rows}
    assert {id_ for id_ in ids if not id_.startswith(REPLY)} == in_table


def test_the_example_of_a_keymap_can_be_used_as_it_stands(tmp_path: Path) -> None:
    from warmcall.app.keymap import usable
    from warmcall.app.keymap_registry import keyboard
    from warmcall.config.keymap import read_keymap
    from warmcall.config.paths import Paths

    (example,) = (
        text for text in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "queue.done" in text
    )
    (tmp_path / "keymap.yaml").write_text(example, encoding="utf-8")
    keymap, problems = read_keymap(
        Paths(tmp_path / "warmcall.json", tmp_path), "", lambda entries: usable(entries, keyboard())
    )
    assert problems == ()
    assert keymap == {
        "queue.done": ("D",),
        "app.help": ("question_mark", "f9"),
        "rows.down": ("j", "down", "ctrl+n"),
        "queue.fold": (),
    }
