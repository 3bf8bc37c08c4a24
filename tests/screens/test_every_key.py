"""No key is silent: each one that is active does something to be seen, or says why it does not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea
from warmcall.app.keymap_registry import declared_keys
from warmcall.config.library import Library
from warmcall.domain.evidence import resume_task
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import FollowUpKind, TargetVerdict
from warmcall.widgets.keys import active_keys
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import local, when
from tests.screens.driving import Driver, driven, fill_with_demo
from tests.screens.walk import with_person

MOVING = ("move(", "first", "last", "page", "scroll", "turn(")
"""At the end of a list there is nowhere to go, which everybody sees."""

ELSEWHERE = {"app.shell", "app.redraw"}
"""Keys whose effect is the terminal's, and seen in the tests on real terminals."""

LEADS_AWAY = {
    "app.queue", "app.people", "app.call", "app.interview", "app.progress", "app.target",
    "app.tab_before", "app.tab_after", "rows.choose", "person.call", "person.interview",
    "resume.go_on", "resume.end",
    "organization.ask",
}  # fmt: skip
"""Keys whose hint says that they lead to another screen; besides these only an outcome does, which ends the
call."""

QUIET = {
    "screen.back", "app.queue", "app.people", "app.call", "app.interview", "app.progress", "app.target"
}  # fmt: skip
"""Keys that do nothing, and need not say so, where nothing is open, or on the screen that is their own."""


def empty(library: Library) -> Bench:
    return Bench(library)


def sample(library: Library) -> Bench:
    bench = Bench(library)
    fill_with_demo(bench)
    return bench


def owing_everything(library: Library) -> Bench:
    """Somebody to whom everything is owed, and a meeting planned."""
    bench = sample(library)
    with_person(bench, "Maria Fernandez")
    return bench


def advised(library: Library) -> Bench:
    """Somebody has given advice, on the resume and otherwise."""
    bench = sample(library)
    helen = next(contact for contact in bench.store.all(Contact) if contact.name == "Helen Marsh")
    bench.services.following_up.add(helen.id, FollowUpKind.OTHER, when("2026-11-24"), resume_task("shorter"))
    bench.services.advice.add(helen.id, "join the club", None)
    return bench


def weighing(library: Library) -> Bench:
    """Two things must be true, and an answer speaks for the first of them."""
    bench = sample(library)
    answer = next(iter(bench.services.answers.all().by_id.values()))
    first, _ = (bench.services.deciding.add_requirement(text) for text in ("I like it", "It pays"))
    bench.services.deciding.add_evidence(first, answer, supports=True)
    bench.services.deciding.decide(TargetVerdict.GO, "I like it", "")
    return bench


def pending_attempt(library: Library) -> Bench:
    """An interview that began a while ago, with something captured."""
    bench = sample(library)
    bench.clock.move_to(local("2026-11-23 14:00"))
    contact = next(contact for contact in bench.store.all(Contact) if contact.name == "Luis Ortega")
    interview = bench.services.interviewing.start_now(contact.id)
    assert interview is not None
    return bench


def over(library: Library) -> Bench:
    """The same, ended."""
    bench = pending_attempt(library)
    running = bench.store.running()
    assert running is not None
    bench.clock.forward(minutes=18)
    bench.services.interviewing.end(running.id)
    return bench


def read_only(library: Library) -> Bench:
    bench = sample(library)
    bench.services.history.read_only = "it was written by a newer warmcall"
    return bench


HERE_KEYS_OF_THE_APP_TOO = {"empty 1", "read only 1", *(f"sample {key}" for key in "123456")}
"""Keys that act everywhere are pressed where that may make a difference, not in each of fifty places."""


TOGETHER = {frozenset(key.place) for key in declared_keys()}
"""What lies within one another, as the table of keys has it: a keymap is checked against that."""


class Place(NamedTuple):
    """Somewhere in the app: over which store, and by which keys one gets there."""

    name: str
    store: Callable[[Library], Bench]
    keys: str = ""


PLACES = [
    Place("first run", empty),
    *(Place(f"empty {key}", empty, f"l {key}") for key in "123456"),
    *(Place(f"sample {key}", sample, key) for key in "123456"),
    Place("queue marked", sample, "space space"),
    Place("queue folded", sample, "left"),
    Place("filter", sample, "slash L u"),
    Place("people filter", sample, "2 slash L u"),
    Place("person", sample, "2 enter"),
    Place("places", sample, "2 p"),
    Place("organization", sample, "2 p enter"),
    Place("attempts", sample, "2 j j enter h"),
    Place("attempts, none", sample, "2 h"),
    Place("your week", sample, "R"),
    Place("your week, a choice", sample, "R e tab"),
    Place("sources", sample, "6 o space"),
    Place("a letter for names", sample, "6 o j W"),
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
    Place("people of a figure", sample, "5 j enter"),
    Place("who led to whom", sample, "5 w"),
    Place("advice", advised, "5 v"),
    Place("decision", weighing, "5 d"),
    Place("decision, what was said", weighing, "5 d tab"),
    Place("choosing an answer", weighing, "5 d plus tab"),
    Place("your answers", sample, "5 y"),
    Place("one of your answers", sample, "5 y j j enter escape"),
    Place("one of your answers, its text", sample, "5 y enter x y"),
    Place("who asks", sample, "5 y j j enter escape o"),
    Place("practising an answer", sample, "5 y P"),
    Place("practising an answer aloud", sample, "5 y enter x escape P 3"),
    Place("an answer practised", sample, "5 y P 3 enter 4"),
    Place("before", owing_everything, "4"),
    Place("before, a question", owing_everything, "4 G"),
    Place("page to read", owing_everything, "4 b"),
    Place("questions", owing_everything, "4 a"),
    Place("questions list", owing_everything, "4 a tab"),
    Place("during", pending_attempt, "enter"),
    Place("during, general notes", pending_attempt, "enter G"),
    Place("notes", pending_attempt, "enter enter"),
    Place("resume", pending_attempt),
    Place("after", over, "4"),
    Place("debrief", over, "4 e"),
    Place("debrief, a choice", over, "4 e tab tab"),
    Place("thank-you", over, "4 t"),
    *(Place(f"read only {key}", read_only, key) for key in "123456"),
]


LIKE_OTHERS = {
    "empty 3", "empty 4", "empty 5", "empty 6", "read only 5", "people of a figure", "advice",
    "decision", "choosing an answer",
    "queue marked", "queue folded", "people filter", "attempts, none",
    "email", "outcome note", "practice, said", "practice summary", "practised interview over",
    "page to read", "questions list", "during, general notes", "debrief, a choice", "call, second step",
    "before", "sample 3", "sample 4", "sample 6", "read only 2", "read only 3", "read only 4", "read only 6",
    "follow-up form", "facts", "voicemail", "questions", "practised interview", "attempts", "empty 2", "help",
    "outcome", "sample 2", "read only 1", "when", "debrief", "practice", "email text", "filter", "resume",
    "before, a question", "contact form", "notes", "thank-you", "your week", "your week, a choice",
    "your answers", "one of your answers, its text", "who asks", "practising an answer",
    "an answer practised", "organization", "places", "sources", "a letter for names", "who led to whom",
}  # fmt: skip
"""Places much like another one, where the keys are pressed in the long runs."""

LISTED = {
    "first run", "sample 1", "filter", "person", "contact form", "email text", "outcome",
    "practice", "before, a question", "during", "notes", "after",
}  # fmt: skip
"""Places of every make, where help and palette are read in the usual run, too."""


def walked(names: set[str]) -> list[Any]:
    """Return all places, those of other names for the long runs."""
    return [
        pytest.param(place, id=place.name, marks=[] if place.name in names else [pytest.mark.long])
        for place in PLACES
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
    listed = {(key.action, id(key.node)) for key in active_keys(at.app.screen)}
    found: dict[str, str] = {}
    for key, active in at.app.screen.active_bindings.items():
        binding = active.binding
        acts = binding.id and (binding.action, id(active.node)) in listed
        if acts and binding.id not in ELSEWHERE and not binding.action.startswith(MOVING):
            found.setdefault(str(binding.id), key)
    return found


def apart(at: Driver) -> list[tuple[str, str]]:
    """Return what has keys here at once, two by two, where the table of keys knows no place with both."""
    bound = [
        active_binding
        for active_binding in at.app.screen.active_bindings.values()
        if active_binding.binding.id and active_binding.node is not None
    ]
    kinds = {
        "app" if isinstance(active_binding.node, App) else type(active_binding.node).__name__
        for active_binding in bound
    }
    everywhere = {"app"} if isinstance(at.app.screen, ModalScreen) else set[str]()
    pairs = combinations(sorted(kinds - everywhere), 2)
    return [two for two in pairs if not any({*two} <= item for item in TOGETHER)]


@pytest.mark.parametrize("place", walked({place.name for place in PLACES} - LIKE_OTHERS))
async def test_every_key_does_something_or_says_why_not(library: Library, place: Place) -> None:
    tried: set[str] = set()
    silent: list[str] = []
    led_away: set[str] = set()
    while await pressed_until_it_is_another_place(place, library, tried, silent, led_away):
        pass
    assert tried
    assert silent == []
    assert {id_ for id_ in led_away if not id_.startswith("outcome.")} <= LEADS_AWAY


async def pressed_until_it_is_another_place(
    place: Place, library: Library, tried: set[str], silent: list[str], led_away: set[str]
) -> bool:
    """Press keys not `tried` yet at a place, as long as one comes back to it; return whether any are left."""
    bench = place.store(library)
    async with driven(bench, size=(100, 30)) as at:
        await at.press(*place.keys.split())
        await at.forward(seconds=3)
        assert apart(at) == []
        before, saved = seen(at), len(bench.saved)
        at.said.clear()
        left = {id_: key for id_, key in what_acts(at).items() if id_ not in tried}
        if place.name not in HERE_KEYS_OF_THE_APP_TOO:
            left = {id_: key for id_, key in left.items() if not id_.startswith("app.")}
        for id_, key in left.items():
            tried.add(id_)
            screen = at.app.current_mode
            at.said.clear()
            at.copied.clear()
            await at.press(key)
            if not at.app.is_running or at.app._exit:
                return len(left) > 1
            if at.app.current_mode != screen:
                led_away.add(id_)
            heard = at.said or at.copied or len(bench.saved) != saved or at.app.screen is not before[0]
            if not heard and id_ not in QUIET and seen(at) == before:
                silent.append(f"{id_} on {key}")
            for _ in range(2):
                if at.app.screen is not before[0]:
                    await at.press("escape")
            if place.keys[-1:] in "123456" and seen(at) != before:
                await at.press(*place.keys[-1:])
            if len(bench.saved) != saved and at.app.screen is before[0]:
                at.app.action_undo()
                await at.settle()
                saved = len(bench.saved)
            if seen(at) != before or len(bench.saved) != saved:
                return True
    return False


@pytest.mark.parametrize("place", [item for item in walked(LISTED) if item.id != "help"])
async def test_help_and_palette_list_exactly_what_is_active_and_one_comes_back(
    library: Library, place: Place
) -> None:
    bench = place.store(library)
    async with driven(bench, size=(120, 40)) as at:
        await at.press(*place.keys.split())
        before, keys = seen(at), active_keys(at.app.screen)
        await at.press("f1")
        listed = [row.texts for row in at.one(Rows, "keys").rows]
        assert listed == [
            (
                " ".join(key.keys),
                key.label,
                f"not now: {key.disabled_reason}" if key.disabled_reason else key.tooltip,
            )
            for key in keys
            if not key.action.endswith("help")
        ]
        await at.press("f1")
        assert seen(at) == before
        await at.press("ctrl+p")
        offered = [row.texts[:2] for row in at.one(Rows, "keys").rows]
        active = [(key.label, " ".join(key.keys)) for key in keys if "palette" not in key.action]
        assert offered[: len(active)] == active
        await at.press("escape")
        assert seen(at) == before
