"""Five sessions that act at random in one file and are killed: nothing durable is lost, and all agree."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from warmcall.domain.change import ChangeKind
from warmcall.domain.records import TABLES
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact, interview
from tests.storage.test_processes import line, start
from tests.storage.test_two_sessions import differing
from tests.storage.test_typing_machine import MEETING

SESSIONS = 5
SECONDS = 30.0
DOUBLED = 1 / 200
"""How many words may be doubled. All type in two answers, a word in a few milliseconds each, and get those
of others in different orders. A merge that cannot tell whether a word was moved keeps it in both places."""

ROUNDS = 3
"""How often all save and read, one after the other, until everybody must have everything."""


def documents(path: Path) -> dict[str, Any]:
    tables = json.loads(path.read_bytes())
    return {f"{name} {found['id']}": found for name in TABLES for found in tables.get(name, {}).values()}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_five_sessions_that_act_at_random_and_are_killed_lose_nothing_durable_and_agree_at_last(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "state" / "warmcall.json"
    beginning = adding(contact(), interview(id=MEETING))
    StateFile(path).save([msgspec.structs.replace(beginning, kind=ChangeKind.NOT_UNDOABLE)])
    chance, logs = random.Random(seed), [tmp_path / f"log{number}" for number in range(SESSIONS)]
    with ExitStack() as processes:

        def opened(number: int, life: int) -> subprocess.Popen[str]:
            command = [sys.executable, "-m", "tests.storage.random_session", str(path), str(logs[number])]
            words = [f"s{number}l{life}", str(seed * 10_000 + number * 1_000 + life)]
            process = processes.enter_context(
                subprocess.Popen([*command, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            processes.callback(process.kill)
            return process

        sessions = [opened(number, 0) for number in range(SESSIONS)]
        end, life = time.monotonic() + SECONDS, 0
        while time.monotonic() < end:
            life += 1
            number = chance.randrange(SESSIONS)
            try:
                sessions[number].wait(chance.uniform(1, 3))
            except subprocess.TimeoutExpired:
                sessions[number].kill()
                sessions[number].wait()
                sessions[number] = opened(number, life)
        path.with_name("stop").touch()
        assert [line(session) for session in sessions] == ["stopped"] * SESSIONS
        for session in sessions * ROUNDS:
            start(session)
            assert line(session) == "saved"
        on_disk = documents(path)
        for session in sessions:
            assert session.stdin is not None
            session.stdin.write("state\n")
            session.stdin.flush()
            found = json.loads(line(session))
            assert not found["replaced"]
            assert found["state"].keys() == on_disk.keys()
            assert not any(differing(on_disk[place], made) for place, made in found["state"].items())
    lines = [words.split() for log in logs for words in log.read_text().splitlines()]
    durable = {thing for sign, thing in lines if sign == "+"} - {
        thing for sign, thing in lines if sign == "-"
    }
    words = [word for text in on_disk[f"interviews {MEETING}"]["notes"].values() for word in text.split()]
    assert len(durable) > 100, f"{life} sessions were killed"
    assert len(words) - len(set(words)) <= len(words) * DOUBLED
    assert durable <= {place.split()[1] for place in on_disk} | set(words)
    assert StateFile(path).load().problems == ()
    assert not list(path.parent.glob("*typing*"))
