"""The recipes for several machines, copied from the manual and run: two homes, and an `ssh` between them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from warmcall.cli.manual.several_machines import SYNCTHING_IGNORES, WITH_GIT, WITH_SSH, WITH_SYNCTHING

from tests.cli.conftest import tables
from tests.requirements import needs

pytestmark = pytest.mark.long

SSH = """#!/bin/sh
# What ssh does as seen from a recipe: run the words at the other machine, which is another home.
while [ "$1" != myhost ]; do shift; done
shift
HOME={home}
cd && exec sh -c "$*"
"""


class Machine:
    """A machine with a home of its own, on which `myhost` is reached by ssh."""

    def __init__(self, folder: Path, name: str) -> None:
        self.home, programs = folder / name, folder / "bin"
        self.folder = self.home / ".local/share/warmcall"
        self.home.mkdir()
        programs.mkdir(exist_ok=True)
        for program, text in {
            "ssh": SSH.format(home=folder / "myhost"),
            "warmcall": f'#!/bin/sh\nexec "{sys.executable}" -m warmcall "$@"\n',
        }.items():
            (programs / program).write_text(text)
            (programs / program).chmod(0o755)
        (self.home / ".gitconfig").write_text("[user]\nname = Robin\nemail = robin@example.org\n")
        self._environ = {
            "HOME": str(self.home),
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def run(self, lines: str) -> str:
        """Have a shell run lines as they stand, in the home; return what they print."""
        done = subprocess.run(
            ["sh", "-c", lines], cwd=self.home, env=self._environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def names(self) -> set[str]:
        return {found["name"] for found in tables(self.folder / "warmcall.json")["contacts"].values()}


def machines(folder: Path, *names: str) -> Sequence[Machine]:
    return [Machine(folder, name) for name in names]


@needs("git")
def test_with_git_both_machines_have_what_each_added(tmp_path: Path) -> None:
    host, laptop, other = machines(tmp_path, "myhost", "laptop", "other")
    repository, begin, clone, daily = (step.lines for step in WITH_GIT)
    host.run(repository)
    laptop.run("warmcall add 'Ana Ruiz'")
    laptop.run(begin)
    other.run(clone)
    assert other.names() == {"Ana Ruiz"}
    laptop.run("warmcall add 'Mei Tanaka'")
    other.run("warmcall add 'Luis Ortega'")
    for machine in (laptop, other):
        machine.run(daily)
    laptop.run("cd ~/.local/share/warmcall && git pull --no-rebase --no-edit")
    assert laptop.names() == other.names() == {"Ana Ruiz", "Luis Ortega", "Mei Tanaka"}


def test_with_syncthing_a_version_beside_the_file_is_merged_and_deleted(tmp_path: Path) -> None:
    here, there = machines(tmp_path, "here", "there")
    ignores, merge = (step.lines for step in WITH_SYNCTHING)
    here.run("warmcall add 'Ana Ruiz'")
    there.run("warmcall add 'Luis Ortega'")
    here.run(ignores)
    assert (here.folder / ".stignore").read_text() == SYNCTHING_IGNORES.lstrip()
    beside = here.folder / "warmcall.sync-conflict-20261130-101500-ABCDEFG.json"
    (there.folder / "warmcall.json").replace(beside)
    assert beside.name in here.run(merge)
    assert here.names() == {"Ana Ruiz", "Luis Ortega"}
    assert not beside.exists()


def test_with_ssh_alone_both_machines_have_what_each_added(tmp_path: Path) -> None:
    host, laptop = machines(tmp_path, "myhost", "laptop")
    host.run("warmcall add 'Ana Ruiz'")
    laptop.run("warmcall add 'Luis Ortega'")
    for step in WITH_SSH:
        laptop.run(step.lines)
    assert laptop.names() == host.names() == {"Ana Ruiz", "Luis Ortega"}
