"""What the start of the app imports: nothing that its first frame does not show."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from warmcall.domain.records import AnyRecord
from warmcall.domain.vocabulary import FollowUpKind, Outcome
from warmcall.storage.state_file import StateFile

from tests.examples import adding, attempt, contact, follow_up, profile

START = """
import asyncio, json, sys
from pathlib import Path
from warmcall.cli.bootstrap import run_app
from warmcall.cli.invocation import Invocation, LaunchOptions
from warmcall.cli.loading import load_context
from warmcall.app.app import WarmcallApp
from warmcall.screens.queue import screen as queue

queue.HOLIDAYS_AFTER_SECONDS = 3600  # however slow the machine, they come after the first frame

async def first_frame(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = [type(app.screen).__name__, *sys.modules]
        print(json.dumps([app.key_displays.of("interview.meeting"), *shown]))

WarmcallApp.run = lambda app, **_: asyncio.run(first_frame(app))
run_app(load_context(Invocation(db=Path(sys.argv[1]), locale={})), LaunchOptions())
"""
"""Starts the app without a terminal; prints the key of a screen not seen yet, the first screen, and what is
imported by then."""

LATER = (
    "warmcall.screens.call", "warmcall.screens.interview", "warmcall.screens.message",
    "warmcall.screens.people.contact_form", "warmcall.screens.people.person_page",
    "warmcall.screens.people.screen", "warmcall.screens.people.shortlist", "warmcall.screens.places",
    "warmcall.screens.practice", "warmcall.screens.progress", "warmcall.screens.queue.week_review",
    "warmcall.screens.help", "warmcall.screens.notices", "warmcall.screens.palette",
    "warmcall.screens.when_form", "warmcall.screens.forms", "warmcall.app.keymap_registry",
    "warmcall.services.following_up", "warmcall.services.search", "warmcall.services.shortlist",
    "warmcall.domain.names", "textual.widgets._text_area",
    "charset_normalizer", "holidays", "icalendar", "idna", "importlib.metadata", "phonenumbers",
    "rapidfuzz",
)  # fmt: skip
"""What is imported when it is first used: other screens and dialogs, what only they need, and libraries."""


def imported_at_start(file: Path, *records: AnyRecord) -> tuple[str, Sequence[str]]:
    """Return the class of the first screen over `records`, and the modules imported by then."""
    if records:
        StateFile(file).save([adding(*records)])
    done = subprocess.run(
        [sys.executable, "-c", START, str(file)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    key_of_later, screen, *modules = json.loads(done.stdout)
    assert key_of_later == "m"
    return screen, modules


def of(names: Sequence[str], modules: Sequence[str]) -> list[str]:
    """Return those of `modules` that are, or are in, one of `names`."""
    return [module for module in modules if any(f"{module}.".startswith(f"{name}.") for name in names)]


def test_the_queue_comes_up_without_another_screen_and_without_the_libraries_of_later(tmp_path: Path) -> None:
    screen, modules = imported_at_start(
        tmp_path / "state.json",
        profile(phone="+1 312 555 0142"),
        contact(id="c1", name="Luis Ortega"),
        attempt("2026-11-17 10:05", Outcome.VOICEMAIL, id="a1", contact_id="c1"),
        follow_up(FollowUpKind.CALL, id="f1", contact_id="c1"),
    )
    assert screen == "QueueScreen"
    assert of(LATER, modules) == []


def test_a_new_user_is_greeted_without_another_screen(tmp_path: Path) -> None:
    screen, modules = imported_at_start(tmp_path / "state.json")
    assert screen == "FirstRun"
    assert of(LATER, modules) == []


def test_between_keys_what_is_likely_next_is_imported_bit_by_bit() -> None:
    code = """
import sys
from warmcall.app.screen_imports import LIKELY, ScreenImports
imports, counts, names = ScreenImports(), [], [f"warmcall.screens.{name}" for name in LIKELY]
while not imports.step():
    counts.append(sum(name in sys.modules for name in names))
print(counts[0], len(names) - counts[-1], *[name for name in names if name not in sys.modules])
print(sum(name in sys.modules for name in ("warmcall.screens.practice.call", "warmcall.services.report")))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, last, *missing = done.stdout.split("\n")[0].split()
    assert (int(first) < 4, int(last) < 4, missing) == (True, True, [])
    assert done.stdout.split("\n")[1] == "0", "what is seldom asked for is imported when it is"


def test_everything_in_the_table_exists() -> None:
    assert [name for name in LATER if find_spec(name) is None] == []
