"""No key is silent: each one that is active does something to be seen, or says why it does not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from textual.app import App
from textual.command import CommandList
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from tests.conftest import Made
from tests.examples import local
from tests.screens.driving import Driver, driven, fill_with_demo
from tests.screens.test_looks import with_person
from tui.domain.records import Contact
from tui.key_table import declared_keys
from tui.storage.library import Library
from tui.widgets.keys import active_keys
from tui.widgets.rows import Rows

MOVING = ("move(", "first", "last", "page", "scroll", "turn(")
"""At the end of a list there is nowhere to go, which everybody sees."""

ELSEWHERE = {"app.shell", "app.redraw"}
"""Keys whose effect is the terminal's, and seen in the tests on real terminals."""


def empty(library: Library) -> Made:
    return Made(library)


def sample(library: Library) -> Made:
    made = Made(library)
    fill_with_demo(made)
    return made


def owing_everything(library: Library) -> Made:
    """Somebody to whom everything is owed, and a meeting planned."""
    made = sample(library)
    with_person(made, "Maria Fernandez")
    return made


def under_way(library: Library) -> Made:
    """An interview that began a while ago, with something captured."""
    made = sample(library)
    made.clock.move_to(local("2026-11-23 14:00"))
    contact = next(one for one in made.book.all(Contact) if one.name == "Luis Ortega")
    interview = made.desk.interviewing.begin_now(contact.id)
    assert interview is not None
    return made


def over(library: Library) -> Made:
    """The same, ended."""
    made = under_way(library)
    running = made.book.running()
    assert running is not None
    made.clock.forward(minutes=18)
    made.desk.interviewing.end(running.id)
    return made


def read_only(library: Library) -> Made:
    made = sample(library)
    made.desk.history.read_only = "it was written by a newer warmcall"
    return made


HERE_KEYS_OF_THE_APP_TOO = {"empty 1", "read only 1", *(f"sample {key}" for key in "12346")}
"""Keys that act everywhere are pressed where that may make a difference, not in each of fifty places."""


TOGETHER = {frozenset(one.place) for one in declared_keys()}
"""What lies within one another, as the table of keys has it: a keymap is checked against that."""


class Place(NamedTuple):
    """Somewhere in the app: over which book, and by which keys one gets there."""

    name: str
    book: Callable[[Library], Made]
    keys: str = ""


PLACES = [
    Place("first run", empty),
    *(Place(f"empty {key}", empty, f"l {key}") for key in "12346"),
    *(Place(f"sample {key}", sample, key) for key in "12346"),
    Place("queue marked", sample, "space space"),
    Place("queue folded", sample, "left"),
    Place("filter", sample, "slash L u"),
    Place("people filter", sample, "2 slash L u"),
    Place("person", sample, "2 enter"),
    Place("attempts", sample, "2 j j enter h"),
    Place("attempts, none", sample, "2 h"),
    Place("contact form", sample, "2 e"),
    Place("when", sample, "z"),
    Place("follow-up form", sample, "f"),
    Place("help", sample, "question_mark"),
    Place("call, second step", sample, "3 y"),
    Place("voicemail", sample, "3 tab"),
    Place("email", sample, "3 tab tab"),
    Place("email text", sample, "3 tab tab enter"),
    Place("facts", sample, "3 B"),
    Place("outcome", sample, "3 o"),
    Place("outcome note", sample, "3 o tab"),
    Place("practice", sample, "P"),
    Place("practice, said", sample, "P enter enter"),
    Place("practice summary", sample, "P enter s"),
    Place("practised interview", sample, "I"),
    Place("practised interview over", sample, "I x"),
    Place("before", owing_everything, "4"),
    Place("before, a question", owing_everything, "4 G"),
    Place("page to read", owing_everything, "4 b"),
    Place("questions", owing_everything, "4 a"),
    Place("questions list", owing_everything, "4 a tab"),
    Place("during", under_way, "enter"),
    Place("during, general notes", under_way, "enter G"),
    Place("notes", under_way, "enter enter"),
    Place("resume", under_way),
    Place("after", over, "4"),
    Place("debrief", over, "4 e"),
    Place("debrief, a choice", over, "4 e tab tab"),
    Place("thank-you", over, "4 t"),
    *(Place(f"read only {key}", read_only, key) for key in "12346"),
]


LIKE_OTHERS = {
    "empty 3", "empty 4", "empty 6", "queue marked", "queue folded", "people filter", "attempts, none",
    "email", "outcome note", "practice, said", "practice summary", "practised interview over",
    "page to read", "questions list", "during, general notes", "debrief, a choice", "call, second step",
    "before", "sample 3", "sample 4", "sample 6", "read only 2", "read only 3", "read only 4", "read only 6",
    "follow-up form", "facts", "voicemail", "questions", "practised interview", "attempts", "empty 2", "help",
    "outcome", "sample 2", "read only 1", "when", "debrief", "practice", "email text", "filter", "resume",
    "before, a question", "contact form", "notes", "thank-you",
}  # fmt: skip
"""Places much like another one, where the keys are pressed in the long runs."""

LISTED = {
    "first run", "sample 1", "sample 2", "filter", "person", "contact form", "email text", "outcome",
    "practice", "before, a question", "during", "notes", "resume", "after", "thank-you",
}  # fmt: skip
"""Places of every make, where help and palette are read in the usual run, too."""


def walked(names: set[str]) -> list[Any]:
    """Return all places, those of other names for the long runs."""
    return [
        pytest.param(one, id=one.name, marks=[] if one.name in names else [pytest.mark.long])
        for one in PLACES
    ]


def seen(at: Driver) -> tuple[Any, ...]:
    """Return all that a person would notice."""
    focused = at.app.focused
    cursor: object = None
    if isinstance(focused, TextArea | Input):
        cursor = focused.cursor_location if isinstance(focused, TextArea) else focused.cursor_position
    return (at.app.screen, at.text, focused, cursor)


def what_acts(at: Driver) -> dict[str, str]:
    """Return a key for each thing that can be done here, by its id."""
    listed = {(one.action, id(one.node)) for one in active_keys(at.app.screen)}
    found: dict[str, str] = {}
    for key, active in at.app.screen.active_bindings.items():
        binding = active.binding
        acts = binding.id and (binding.action, id(active.node)) in listed
        if acts and binding.id not in ELSEWHERE and not binding.action.startswith(MOVING):
            found.setdefault(str(binding.id), key)
    return found


def apart(at: Driver) -> list[tuple[str, str]]:
    """Return what has keys here at once, two by two, where the table of keys knows no place with both."""
    bound = [one for one in at.app.screen.active_bindings.values() if one.binding.id and one.node is not None]
    kinds = {"app" if isinstance(one.node, App) else type(one.node).__name__ for one in bound}
    everywhere = {"app"} if isinstance(at.app.screen, ModalScreen) else set[str]()
    pairs = combinations(sorted(kinds - everywhere), 2)
    return [two for two in pairs if not any({*two} <= one for one in TOGETHER)]


@pytest.mark.parametrize("place", walked({one.name for one in PLACES} - LIKE_OTHERS))
async def test_every_key_does_something_or_says_why_not(library: Library, place: Place) -> None:
    tried: set[str] = set()
    silent: list[str] = []
    while await pressed_until_it_is_another_place(place, library, tried, silent):
        pass
    assert tried
    assert silent == []


async def pressed_until_it_is_another_place(
    place: Place, library: Library, tried: set[str], silent: list[str]
) -> bool:
    """Press keys not `tried` yet at a place, as long as one comes back to it; return whether any are left."""
    made = place.book(library)
    async with driven(made, size=(100, 30)) as at:
        await at.press(*place.keys.split())
        await at.forward(seconds=3)
        assert apart(at) == []
        before, saved = seen(at), len(made.saved)
        at.said.clear()
        left = {id_: key for id_, key in what_acts(at).items() if id_ not in tried}
        if place.name not in HERE_KEYS_OF_THE_APP_TOO:
            left = {id_: key for id_, key in left.items() if not id_.startswith("app.")}
        for id_, key in left.items():
            tried.add(id_)
            at.said.clear()
            at.copied.clear()
            await at.press(key)
            if not at.app.is_running or at.app._exit:
                return len(left) > 1
            if seen(at) == before and not at.said and not at.copied and len(made.saved) == saved:
                silent.append(f"{id_} on {key}")
            for _ in range(2):
                if seen(at) != before and at.app.screen is not before[0]:
                    await at.press("escape")
            if seen(at) != before and place.keys[-1:] in "12346":
                await at.press(*place.keys[-1:])
            if len(made.saved) != saved and at.app.screen is before[0]:
                at.app.action_undo()
                await at.settle()
                saved = len(made.saved)
            if seen(at) != before or len(made.saved) != saved:
                return True
    return False


@pytest.mark.parametrize("place", [one for one in walked(LISTED) if one.id != "help"])
async def test_help_and_palette_list_exactly_what_is_active_and_one_comes_back(
    library: Library, place: Place
) -> None:
    made = place.book(library)
    async with driven(made, size=(120, 40)) as at:
        await at.press(*place.keys.split())
        before, keys = seen(at), active_keys(at.app.screen)
        await at.press("f1")
        listed = [row.cells for row in at.one(Rows, "keys").rows]
        assert listed == [
            (" ".join(one.keys), one.label, f"not now: {one.why_not}" if one.why_not else one.tooltip)
            for one in keys
            if not one.action.endswith("help")
        ]
        await at.press("f1")
        assert seen(at) == before
        await at.press("ctrl+p")
        await at.app.workers.wait_for_complete()
        await at.settle()
        prompts = [str(option.prompt) for option in at.app.screen.query_one(CommandList).options]
        offered = [prompt.partition("\n")[0].strip() for prompt in prompts]
        assert offered == [
            f"{one.label}  ({' '.join(one.keys)})" for one in keys if "palette" not in one.action
        ]
        await at.press("escape")
        assert seen(at) == before
