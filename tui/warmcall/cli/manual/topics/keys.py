"""The keys: in short, keys of one's own, and every key by the place where it is active."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words
from warmcall.config.layouts import LAYOUTS

OWN_KEYS = """
queue.done: D            # one key instead of its own
app.help: ["?", F9]      # or several; signs are in quotes
rows.down: [j, ↓, ctrl+n]
queue.fold: []           # or none: ? and : still find it
"""
"""An example of `keymap.yaml`."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic; imports Textual, in which the keys are declared."""
    from warmcall.app.keymap_registry import keys_by_place

    *others, last = LAYOUTS
    layouts = f"{', '.join(others)} or {last}"
    yield from words(
        "On every screen, ? lists the keys that are active there; one that cannot act now says why. Single "
        "letters do nothing while you type in a text field. No key needs a function key, Alt or a mouse. ^s "
        "is Ctrl and s, S-Tab is Shift and Tab. … says that in some places other keys do it, too: the key "
        "that opened a dialog mostly closes it, and so does q where nothing is typed."
    )
    yield entries(
        ("?", "all keys that are active now; / filters them, Enter runs one"),
        ("1 to 6, [ ]", "the six screens: Queue, People, Call, Interview, Progress, Target"),
        ("arrows, j k, Enter", "move, open"),
        ("Esc, q", "close what is open; q quits on the six screens, ctrl+q anywhere"),
        ("a e d, u U", "add, edit, delete; undo, redo"),
        ("/ n N", "filter or find; the next, the previous one found"),
        ("c i f t", "on a person: call, interview, add a follow-up, thank-you"),
        ("Y", "copy"),
        (
            ": or ctrl+p",
            "the command palette: the same by name, and people, exports, themes, ASCII, the mouse",
        ),
    )
    yield Subheading("Your own keys")
    yield from words(
        "Each key has an id, such as queue.done; warmcall keys lists the ids with what they do. In "
        "keymap.yaml, in the folder of your settings, ids get other keys:"
    )
    yield verbatim(OWN_KEYS)
    yield from words(
        'A key is written as it is called: x, S, "[", ctrl+s or ^s, F5, Enter, Space, ←, PgUp. warmcall '
        "check, and warmcall when it starts, name the line of each entry that cannot be used: an id or a key "
        "that does not exist, a key that already does something else in the same place, or a letter for what "
        "has to work while you type. The other entries count. A file that is not YAML, or has an id twice, "
        "is not used at all. The letters of answers on a call are in the script, not here.",
        f"Where keys are hard to reach on your keyboard, keymap: {layouts} in config.yaml lets "
        "nearby keys act as those, in addition to keymap.yaml: with azerty & to à as 1 to 0, and < > as "
        "[ and ]; with qwertz ö ä (or é à) as [ and ]; with cyrillic each Cyrillic letter as the Latin one "
        "on the same key. What you type into a text stays as it is.",
    )
    yield Subheading("The mouse")
    yield from words(
        "The mouse belongs to the terminal, unless --mouse or mouse: true in config.yaml gives it to "
        "warmcall. Then a click selects a row and a second click opens it, the wheel scrolls, and screens, "
        "hints, answers and fields can be clicked. Shift and the mouse still mark text."
    )
    for place, keys in keys_by_place({}).items():
        yield Subheading(place)
        yield entries(*((shown or "none", meaning) for _, shown, meaning in keys))
