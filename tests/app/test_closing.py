"""What is closed is freed at once: memory does not grow until the collector of garbage runs by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact
from tests.idle import PATIENCE_SECONDS

CLOSED = f"""
import asyncio, gc, sys, weakref
from pathlib import Path
from warmcall.app import app as app_module
from warmcall.app.app import WarmcallApp
from warmcall.cli.bootstrap import run_app
from warmcall.cli.invocation import Invocation, LaunchOptions
from warmcall.cli.loading import load_context

app_module.STARTED_SECONDS = 3600  # until then no garbage is collected by itself

async def walk(app):
    held = []
    async with app.run_test(size=(80, 24)) as pilot:
        for key, close in 3 * [("question_mark", "question_mark"), ("colon", "escape")]:
            await pilot.press(key)
            held.append([weakref.ref(widget) for widget in (app.screen, *app.screen.query("*"))])
            await pilot.press(close)
        async with asyncio.timeout({PATIENCE_SECONDS}):
            while sum(any(ref() is not None for ref in each) for each in held) > 1:
                await asyncio.sleep(0.001)
        print(*map(len, held), gc.isenabled())

WarmcallApp.run = lambda app, **_: asyncio.run(walk(app))
run_app(load_context(Invocation(db=Path(sys.argv[1]), locale={{}})), LaunchOptions())
"""
"""Runs the app without a terminal; opens and closes dialogs, and waits until nothing is left of all but one:
Textual holds what the last frame had over the screen."""


def test_closed_dialogs_are_freed_with_all_that_was_in_them(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    StateFile(file).save([adding(contact(name="Luis Ortega"))])
    done = subprocess.run(
        [sys.executable, "-c", CLOSED, str(file)],
        capture_output=True, text=True, check=True, cwd=Path.cwd(),
    )  # fmt: skip
    *sizes, collects_by_itself = done.stdout.split()
    assert (len(sizes), min(map(int, sizes)) > 3, collects_by_itself) == (6, True, "False")
