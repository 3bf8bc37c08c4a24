from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks import sessions, states
from tests.benchmarks.sessions import Frame, NotMeasured, Session, Step, command, session

MOVE = Step("list move", ("j",), "▸")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session with three contacts, on its first frame."""
    folder = tmp_path_factory.mktemp("session")
    with session(state=states.make(folder / "made" / "warmcall.json", 8), fork=True) as at:
        at.first_frame("[1 Queue]", "▸", "Luis Ortega")
        yield at


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "PATIENCE_SECONDS", 0.4)


def test_a_key_costs_what_is_used_and_sent_until_its_frame_is_there(at: Session) -> None:
    at.learn(MOVE)
    back = at.learn(Step("back", ("k",), "Luis"))
    moved = at.learn(MOVE)
    there = at.key(Step("back", ("k",)), back)
    again = at.key(MOVE, moved)
    for cost in (there, again):
        assert 0 < cost.processor <= cost.all
        assert cost.wall > 0
        assert cost.received > 20


@pytest.mark.usefixtures("_impatient")
def test_a_frame_that_never_comes_is_an_error(at: Session) -> None:
    with pytest.raises(NotMeasured, match=r"(?s)it never came.*something else.*\[1 Queue\]"):
        at.key(MOVE, Frame.of("something else"))


def test_a_frame_that_is_there_before_the_key_is_an_error(at: Session) -> None:
    with pytest.raises(NotMeasured, match="there before the key"):
        at.key(MOVE, Frame.of(at.at.text))


@pytest.mark.usefixtures("_impatient")
def test_a_key_that_changes_nothing_is_an_error_and_so_is_one_that_does_not_lead_where_it_should(
    at: Session,
) -> None:
    for step in (Step("nothing", ("^",)), Step("elsewhere", ("g",), "no such words")):
        with pytest.raises(NotMeasured, match="it never came"):
            at.learn(step)


@pytest.mark.usefixtures("_impatient")
def test_a_clock_that_stands_still_is_an_error(at: Session) -> None:
    with pytest.raises(NotMeasured, match="stands"):
        at.ticks(re.compile("1 Queue"), 1)
    with pytest.raises(NotMeasured, match="no clock"):
        at.ticks(re.compile("such clock"), 1)


def test_a_session_says_what_memory_it_has(at: Session) -> None:
    memory = at.memory()
    assert 1 < memory.own <= memory.share


def test_frames_are_the_same_at_any_time_and_without_the_lines_of_notices() -> None:
    assert Frame.of("19:59 left\n ████ \nb").is_on("20:00 left\n ██░░ \nb")
    assert not Frame.of("19:59 left\na").is_on("19:59 left\nb")
    assert Frame.of("a\n1\n2\n3", notices=True).is_on("a\n4\n5\n6")


def test_a_program_that_has_ended_is_an_error(tmp_path: Path) -> None:
    at = Session(tmp_path, (sys.executable, "-c", "pass"), fork=True)
    try:
        with pytest.raises(NotMeasured, match="has ended"):
            at.first_frame("anything")
    finally:
        at.close()


def test_a_command_is_waited_for_and_one_that_fails_is_an_error() -> None:
    cost = command((sys.executable, "-S", "-c", "print('words')"))
    assert cost.processor > 1
    assert cost.received == len("words\n")
    with pytest.raises(NotMeasured, match="of no use"):
        command((sys.executable, "-S", "-c", "raise SystemExit('of no use')"))
