"""What a test needs of the machine.

Without it a test is skipped on a user's machine, and fails where CI is set. This is the one place that skips.
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


def missing(reason: str) -> NoReturn:
    """Leave the running test out for a reason; where everything must be checked, let it fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and where CI is set no test may be skipped")
    pytest.skip(reason)


def check(item: pytest.Item) -> None:
    """See that the machine has what the marks of a test ask for."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            program(name)
    for mark in item.iter_markers("needs_file"):
        if not Path(mark.args[0]).exists():
            missing(f"there is no {mark.args[0]} here")
    if item.get_closest_marker("needs_ordinary_user") and os.geteuid() == 0:
        pytest.skip("root may do everything: an ordinary user has to run this")
