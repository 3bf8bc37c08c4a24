"""The things done most often, and the few keys that do them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.vocabulary import Outcome

from tests.conftest import Bench
from tests.examples import only
from tests.screens.driving import Driver, driven

TEXTS = {"NAME": "Ana Ruiz", "NOTE": "Half of it is spreadsheets."}
"""What is typed where these stand among the keys."""

NAMES = {"^s": "ctrl+s", "Enter": "enter", "Esc": "escape", "Space": "space"}


def outcome(at: Driver) -> Outcome | None:
    return only(at.store.all(Attempt)).outcome


def talk(at: Driver) -> Interview:
    return only(at.store.all(Interview))


def starred(at: Driver) -> list[str]:
    return [question.ask for question in talk(at).checklist if question.starred]


THINGS: dict[str, tuple[str, Callable[[Driver], bool]]] = {
    "add somebody to call": ("a NAME ^s", lambda at: at.store.count(Contact) == 2),
    "call, and nobody answers": ("Enter o n", lambda at: outcome(at) is Outcome.NO_ANSWER),
    "leave a voicemail": ("Enter v o Enter", lambda at: outcome(at) is Outcome.VOICEMAIL),
    "put a call off until tomorrow": (
        "z 1", lambda at: str(only(at.store.all(FollowUp)).due) == "2026-11-24",
    ),
    "mark something done": ("x", lambda at: only(at.store.all(FollowUp)).done_at is not None),
    "begin a talk now, and write": ("i s Enter NOTE", lambda at: talk(at).countdown.going),
    "star an answer, and go on": ("i s Enter NOTE Esc * Space", lambda at: len(starred(at)) == 1),
    "end a talk, and thank": ("i s Enter NOTE Esc x t", lambda at: "Dear Mei" in at.text),
}  # fmt: skip


@pytest.mark.parametrize("thing", THINGS)
async def test_what_is_done_often_takes_few_keys(known: Bench, thing: str) -> None:
    keys, is_done = THINGS[thing]
    async with driven(known) as at:
        for key in keys.split():
            if key in TEXTS:
                await at.type(TEXTS[key])
            else:
                await at.press(NAMES.get(key, key))
        assert is_done(at)
