"""What a test needs of the machine.

Without it a test is skipped on a user's machine, and fails where CI is set. This is the one place that skips.
A check in two parts, one as root and one as an ordinary user, says by PART which of them a run is, so that
each test has to run in one of them.
Tests say what they need by a mark, `needs("tmux")`, `needs_file("/dev/full")` or `needs_ordinary_user`; what
shows only while a test runs is reported by `missing`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Where servers lie, which the path of an ordinary user may not name."""

PART = "WARMCALL_TESTS_PART"
"""The variable that says, where CI is set, which part of the check a run is.

"root": another run, as an ordinary user, has the tests marked by `needs_ordinary_user`, and this one may skip
them. "ordinary": another run, as root, has every other test, and this one may skip those whose machine lacks
something, such as a login shell. Without it nothing may be skipped.
"""

needs_ordinary_user = pytest.mark.needs_ordinary_user
"""For what root may always do. `.ci/run` runs these tests as an ordinary user, too."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Return the mark of a test that runs these programs."""
    return pytest.mark.needs(*programs)


def needs_file(path: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs a file that not every system has."""
    return pytest.mark.needs_file(path)


def program(name: str) -> str:
    """Return where a program is, or leave the test out if it is nowhere."""
    found = shutil.which(name, path=os.pathsep.join((os.environ["PATH"], *SYSTEM_FOLDERS)))
    return found if found is not None else missing(f"{name} is not on this machine")


def missing(reason: str, run_by: str = "root") -> NoReturn:
    """Leave the running test out for a reason; let it fail where this is the part of the check to run it."""
    if os.environ.get("CI") and (os.environ.get(PART) or run_by) == run_by:
        pytest.fail(f"{reason}, and where CI is set no test may be skipped in every part of the check")
    pytest.skip(reason)


def needs_what_no_check_installs(*programs: str) -> None:
    """Leave the running test out, also where CI is set, unless root runs it and these programs are there.

    It is for servers that change the machine they are installed on: a check brings none.
    """
    path = os.pathsep.join((os.environ["PATH"], *SYSTEM_FOLDERS))
    lacking = [name for name in programs if shutil.which(name, path=path) is None]
    if lacking or os.geteuid() != 0:
        pytest.skip(f"{', '.join(lacking) or 'root'}: whoever wants this test has to bring it")


def check(item: pytest.Item) -> None:
    """See that the machine has what the marks of a test ask for."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            program(name)
    for mark in item.iter_markers("needs_file"):
        if not Path(mark.args[0]).exists():
            missing(f"there is no {mark.args[0]} here")
    if item.get_closest_marker("needs_ordinary_user") and os.geteuid() == 0:
        missing("root may do everything: an ordinary user has to run this", run_by="ordinary")
