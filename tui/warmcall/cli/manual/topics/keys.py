"""The keys: in short, keys of one's own, and every key by the place where it is active."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words

OWN_KEYS = """
queue.done: D                    # one key instead of its own
app.help: ["?", F9]              # or several; signs stand in quotes
rows.down: [j, ↓, ctrl+n]
queue.fold: []                   # or none: help and the palette still find what it does
"""
"""An example of `keymap.yaml`."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic; imports Textual, in which the keys are declared."""
    from warmcall.app.keymap_registry import keys_by_place

    yield entries(
        ("?", "every key that is active now; type to filter, Enter runs it"),
        ("1 to 6, [ ]", "the screens"),
        ("arrows, j k, Enter", "move, open"),
        ("Esc, q", "close what is open; q quits on the main screens, ctrl+q anywhere"),
        ("a e d, u U", "add, edit, delete; undo, redo"),
        ("Y", "copy"),
        (":", "the command palette"),
    )
    yield Subheading("Your own keys")
    yield from words(
        "Each key has an id, such as queue.done; warmcall keys lists the ids with what they do. In "
        "keymap.yaml, which is in the folder of the settings, ids get other keys:"
    )
    yield verbatim(OWN_KEYS)
    for place, keys in keys_by_place({}).items():
        yield Subheading(place)
        yield entries(*((shown or "none", meaning) for _, shown, meaning in keys))
