"""One declaration per key: it is whole, it leads somewhere, and footer, help and palette agree on it."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
import warmcall
from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from warmcall.app.app import WarmcallApp
from warmcall.app.keymap import REPLY
from warmcall.app.keymap_registry import keys_by_place
from warmcall.config.library import Library
from warmcall.domain.script import REPLY_LETTERS
from warmcall.screens.base import TABS
from warmcall.screens.call.outcome import LETTERS
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.interview.pane import Pane
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.widgets.bars import KeyBar, hints_that_fit
from warmcall.widgets.keys import ActiveKey, active_keys
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.screens.driving import Driver, driven

RESERVED = set("jknoqu")
"""The lower-case letters of the call screen that no reply may take."""

ONLY_WHERE_NOBODY_REPLIES = {"call.mail"}
"""Keys of what is written, which never meet a reply."""

DECLARED_MORE_THAN_ONCE = {
    "app.help", "app.palette", "app.messages", "app.undo", "app.redo", "dialog.leave",
    "person.log", "person.attempts",
}  # fmt: skip
"""Ids that several classes declare for the same action, some with another label or shown in the footer."""


def classes() -> list[type[DOMNode]]:
    """Return every class of the app that declares keys."""
    found: dict[str, type[DOMNode]] = {}
    for module in pkgutil.walk_packages(warmcall.__path__, "warmcall."):
        if module.name == "warmcall.__main__":
            continue
        for thing in vars(importlib.import_module(module.name)).values():
            own = isinstance(thing, type) and thing.__module__.startswith("warmcall.")
            if own and issubclass(thing, DOMNode) and "BINDINGS" in vars(thing):
                found[f"{thing.__module__}.{thing.__qualname__}"] = thing
    return list(found.values())


def bindings(kind: type[DOMNode]) -> list[Binding]:
    """Return the keys a class itself declares."""
    declared = vars(kind).get("BINDINGS", [])
    return [binding for binding in declared if isinstance(binding, Binding)]


CLASSES = classes()


def test_every_key_that_a_class_declares_is_in_the_lists_of_keys() -> None:
    ids = {str(binding.id) for kind in CLASSES for binding in bindings(kind)}
    listed = {id_ for keys in keys_by_place({}).values() for id_, _, _ in keys}
    assert {id_ for id_ in ids if not id_.startswith(REPLY)} == listed - {f"{REPLY}…"}


def test_all_screens_dialogs_panes_and_widgets_are_found() -> None:
    names = {kind.__name__ for kind in CLASSES}
    assert names >= {
        "WarmcallApp", "TabScreen", "Dialog", "QueueScreen", "PeopleScreen", "CallScreen", "InterviewScreen",
        "TargetScreen", "PersonScreen", "PersonPage", "Page", "FormDialog", "WhenDialog", "OutcomeDialog",
        "MessageDialog", "HelpDialog", "ResumeDialog", "FirstRun", "QuestionDialog", "PrepPane", "LivePane",
        "DebriefPane", "DebriefForm", "CapturesDialog", "BriefingDialog", "PracticeScreen",
        "InterviewPractice", "PracticeSummaryDialog", "Rows", "Choice", "NotesEditor",
        "AttemptsDialog", "NoticesDialog", "Picker", "MailAddressDialog",
    }  # fmt: skip


def test_every_key_has_an_id_a_label_and_a_place_to_lead_to() -> None:
    for kind in CLASSES:
        declared = bindings(kind)
        assert len(declared) == len(vars(kind)["BINDINGS"]), kind
        for binding in declared:
            assert binding.id, (kind, binding)
            assert binding.description, (kind, binding)
            assert resolves(kind, binding.action), (kind, binding)


def resolves(kind: type[DOMNode], action: str) -> bool:
    """Return whether `action` of a key of `kind` is a method where its namespace says."""
    namespace, name, _ = parse(action)
    owners: dict[str, type[Any]] = {"": kind, "app": WarmcallApp, "screen": InterviewScreen}
    owner = owners[namespace]
    assert namespace != "screen" or issubclass(kind, Pane)
    return callable(getattr(owner, f"action_{name}", None))


def test_ids_are_unique_in_a_class_and_its_bases() -> None:
    for kind in CLASSES:
        own = Counter(binding.id for binding in bindings(kind))
        assert max(own.values()) == 1, kind
        above = {binding.id for parent in kind.__mro__[1:] for binding in bindings(parent)}
        assert own.keys() & above <= DECLARED_MORE_THAN_ONCE, kind


def test_only_known_ids_are_declared_by_several_classes_other_than_as_one_binding_they_share() -> None:
    declared = {binding for kind in CLASSES for binding in bindings(kind)}
    users = Counter(binding.id for binding in declared)
    assert {id_ for id_, count in users.items() if count > 1} <= DECLARED_MORE_THAN_ONCE


def test_no_key_needs_a_function_key_or_alt() -> None:
    for binding in (binding for kind in CLASSES for binding in bindings(kind)):
        plain = [key for key in binding.key.split(",") if not key.startswith("alt+") and not is_function(key)]
        assert plain, binding


def is_function(key: str) -> bool:
    """Return whether `key` is a function key."""
    return key[:1] == "f" and key[1:].isdigit()


def test_reply_letters_never_collide_with_the_keys_of_the_call_screen(library: Library) -> None:
    assert not REPLY_LETTERS & RESERVED
    assert {chr(code) for code in range(ord("a"), ord("z") + 1)} == REPLY_LETTERS | RESERVED
    for script in library.scripts.values():
        for name, step in script.steps.items():
            assert set(step.replies) <= REPLY_LETTERS, f"{script.id}/{name}"
    for kind in (*CallScreen.__mro__, WarmcallApp):
        for binding in bindings(kind):
            if not str(binding.id).startswith("call.reply.") and binding.id not in ONLY_WHERE_NOBODY_REPLIES:
                letters = {key for key in binding.key.split(",") if len(key) == 1 and key.islower()}
                assert letters <= RESERVED, binding


def test_outcome_letters_leave_alone_what_moves_and_leaves() -> None:
    assert not set(LETTERS) & {"o", "q", "j", "k", "g"}


@pytest.mark.parametrize(("key", "label"), TABS)
async def test_footer_help_and_palette_list_the_same_keys(demo: Bench, key: str, label: str) -> None:
    async with driven(demo, size=(160, 50)) as at:
        await at.press(key)
        await at.read()
        assert f"[{key} {label}]" in at.top
        keys = active_keys(at.app.screen)
        footer = list(in_footer(at, keys))
        assert at.footer.split() == [word for hint in footer for word in " ".join(hint).split()]
        await at.press("?")
        listed = [row.texts[:2] for row in at.one(Rows, "keys").rows]
        assert listed == [(" ".join(key.keys), key.label) for key in keys if key.action != "help"]
        await at.press("escape", ":")
        offered = [row.texts[:2] for row in at.one(Rows, "keys").rows]
        expected = [(key.label, " ".join(key.keys)) for key in keys if key.action != "palette"]
        assert offered[: len(expected)] == expected


def in_footer(at: Driver, keys: list[ActiveKey]) -> Iterator[tuple[str, str]]:
    """Return the hints that fit into the footer."""
    shown = [key for key in keys if key.shown]
    hints = [(key.keys[0], key.label) for key in shown if key.action != "help"]
    (last,) = ((key.keys[0], key.label) for key in shown if key.action == "help")
    yield from hints_that_fit(hints, last, at.app.size.width)


async def test_the_footer_leaves_alone_the_tooltips_that_only_help_and_palette_show(demo: Bench) -> None:
    async with driven(demo) as at:
        with patch("warmcall.widgets.keys.with_keys", side_effect=AssertionError):
            at.app.screen.query_one(KeyBar).render()


TEXT_FIELDS = {
    "2 /": "filter",
    "escape 1 a": "field-name",
    "escape 1 z tab": "when",
    "escape escape 1 enter enter": "text",
    "tab": "subject",
    "escape escape 6 r": "field-research",
    "escape escape 4 a": "own",
    "escape s enter": "during-editor",
    "escape x e": "field-learned",
}
"""The keys that lead from each text field to the next, the first one from the queue."""


async def test_single_letters_are_dead_while_a_text_field_has_the_focus(demo: Bench) -> None:
    async with driven(demo) as at:
        for keys, field in TEXT_FIELDS.items():
            await at.press(*keys.split())
            assert at.focused == field, keys
            alive = active_keys(at.app.screen)
            letters = [sign for key in alive for sign in key.keys if len(sign) == 1 and sign not in "↑↓←→"]
            assert letters == [], field
            assert any("F1" in key.keys for key in alive), field


async def test_brackets_and_figures_turn_between_the_screens(demo: Bench) -> None:
    labels = [name for _, name in TABS]
    async with driven(demo) as at:
        for place, (key, label) in enumerate(TABS):
            await at.press(key)
            assert f"{label}]" in at.top
            await at.press("]")
            assert f"{labels[(place + 1) % len(labels)]}]" in at.top
            await at.press("[")
            assert f"{label}]" in at.top
        await at.press(TABS[0][0], "[")
        assert f"{labels[-1]}]" in at.top


async def test_escape_and_backspace_lead_to_no_other_screen(demo: Bench) -> None:
    async with driven(demo) as at:
        for key, label in TABS:
            await at.press("6" if key != "6" else "1", key, "escape", "backspace", "escape")
            assert (f"{label}]" in at.top, at.last_said) == (True, "")


async def test_the_key_of_a_screen_does_nothing_there(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("j", "j")
        before = at.text
        await at.press("1")
        assert (at.text, at.last_said) == (before, "")


async def test_escape_closes_a_message_before_anything_else_is_done(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("x")
        assert "undoes it" in at.text
        await at.press("escape")
        assert "undoes it" not in at.text


async def test_a_burst_of_keys_is_taken_in_order(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.type("2jaNora Quist")
        assert at.one(Line, "field-name").value == "Nora Quist"
        await at.press("ctrl+s")
        assert at.one(Rows, "people").key == at.contact("Nora Quist").id
