"""Starts warmcall with the clock of the tests, so that what they see depends on no date.

Run it with: python -m tests.terminal.entry [ARGUMENTS OF warmcall]

The clock begins on Monday 23 November 2026 at 15:00 UTC, and goes on as the machine's. Two variables of the
environment say more:

WARMCALL_TESTS_BEGAN: when the tests began, in nanoseconds since the machine was started. The tests set it
for every process of theirs, so that all of them have the same time. Without it the clock begins when the
process does.

WARMCALL_TESTS_NOW: what time it is to be when the tests begin, such as 2026-12-05T10:00:00+00:00. Set it to
try the tests on another day: WARMCALL_TESTS_NOW=2028-02-29T10:00:00+00:00 pytest tests/terminal

The zone of the terminals is WARMCALL_TESTS_ZONE, UTC without it. Just before the clocks change in Chicago:
WARMCALL_TESTS_ZONE=America/Chicago WARMCALL_TESTS_NOW=2027-03-14T07:59:00+00:00 pytest tests/terminal
"""

from __future__ import annotations

from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main

from tests.clock import RunningClock


def start() -> None:
    """Start warmcall."""
    main(prog_name="warmcall", obj=Invocation(clock=RunningClock(), locale=None))


if __name__ == "__main__":
    start()
