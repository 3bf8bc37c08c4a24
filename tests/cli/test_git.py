"""Git keeps the state file of two machines, and merges it by its records: with the real git."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import process, tables
from tests.requirements import needs

pytestmark = needs("git")


class Clone:
    """A clone of the repository, on a machine of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "warmcall.json"

    def git(self, *arguments: str, fails: bool = False) -> str:
        """Run git there; return what it printed."""
        identity = {
            f"GIT_{who}_{what}": "robin@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        environ = (
            dict(os.environ)
            | identity
            | {
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "GIT_CONFIG_GLOBAL": "/dev/null",
                "GIT_CONFIG_NOSYSTEM": "1",
            }
        )
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environ, capture_output=True, text=True, check=False
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def warmcall(self, *arguments: str) -> str:
        """Run a command of warmcall on the clone's file; return what it printed."""
        done = process("--db", str(self.state), *arguments)
        assert done.returncode == 0, done.stderr
        return str(done.stdout.decode())

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-qm", "state")

    def names(self) -> set[str]:
        """Return who is in the file."""
        return {found["name"] for found in tables(self.state)["contacts"].values()}

    def phone_of(self, name: str) -> str:
        """Return somebody's number."""
        [found] = [found for found in tables(self.state)["contacts"].values() if found["name"] == name]
        return str(found["phone"])


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    """Return the clones of two machines, with Ana in both, and a bare repository between them."""
    laptop, host = Clone(tmp_path / "laptop"), Clone(tmp_path / "host")
    laptop.folder.mkdir()
    laptop.warmcall("add", "Ana Ruiz")
    assert "is a git repository now" in laptop.warmcall("git-setup")
    laptop.git("checkout", "-qb", "main")
    laptop.commit()
    laptop.git("clone", "-q", "--bare", ".", "../between.git")
    laptop.git("remote", "add", "origin", "../between.git")
    laptop.git("fetch", "-q")
    laptop.git("branch", "-q", "-u", "origin/main")
    laptop.git("clone", "-q", "../between.git", "../host")
    assert "in a git repository already" in host.warmcall("git-setup")
    return laptop, host


def test_what_two_machines_changed_is_merged_by_pull_and_shown_as_markdown(
    clones: tuple[Clone, Clone],
) -> None:
    laptop, host = clones
    laptop.warmcall("edit", "Ana Ruiz", "--phone", "+1 312 555 0100")
    laptop.commit()
    laptop.git("push", "-q")
    host.warmcall("add", "Mei Tanaka")
    host.commit()
    host.git("pull", "-q", "--no-rebase", "--no-edit")
    assert host.names() == {"Ana Ruiz", "Mei Tanaka"}
    assert host.phone_of("Ana Ruiz") == "+1 312 555 0100"
    assert host.git("status", "--porcelain") == "", "no lock, no backups"
    assert '"contacts"' not in host.git("diff", "HEAD~1")


@pytest.mark.long
def test_what_two_machines_changed_is_merged_by_pull_rebase_and_stash(clones: tuple[Clone, Clone]) -> None:
    laptop, host = clones
    laptop.warmcall("add", "Tom Bell")
    laptop.warmcall("edit", "Ana Ruiz", "--phone", "+1 312 555 0100")
    laptop.commit()
    laptop.git("push", "-q")
    host.warmcall("add", "Mei Tanaka")
    host.warmcall("edit", "Ana Ruiz", "--title", "Editor")
    host.commit()
    host.git("pull", "-q", "--no-rebase", "--no-edit")
    assert host.names() == {"Ana Ruiz", "Tom Bell", "Mei Tanaka"}
    assert host.phone_of("Ana Ruiz") == "+1 312 555 0100"
    host.git("push", "-q")
    laptop.warmcall("add", "Helen Marsh")
    laptop.commit()
    laptop.git("pull", "-q", "--rebase")
    assert laptop.names() == {"Ana Ruiz", "Tom Bell", "Mei Tanaka", "Helen Marsh"}
    laptop.git("push", "-q")
    host.warmcall("add", "Luis Ortega")
    host.git("stash", "-q")
    host.git("pull", "-q")
    host.git("stash", "pop", "-q")
    assert host.names() == {"Ana Ruiz", "Tom Bell", "Mei Tanaka", "Helen Marsh", "Luis Ortega"}
    assert "Luis Ortega" in host.git("diff"), "as Markdown"
    assert '"contacts"' not in host.git("diff")
    assert host.git("status", "--porcelain").split() == ["M", "warmcall.json"], "no lock, no backups"
    assert "call Helen Marsh" in host.warmcall("due")


def test_a_file_that_git_cannot_merge_is_a_conflict_for_git(clones: tuple[Clone, Clone]) -> None:
    laptop, host = clones
    laptop.state.write_text("{broken")
    laptop.commit()
    laptop.git("push", "-q")
    host.warmcall("add", "Mei Tanaka")
    host.commit()
    assert "CONFLICT" in host.git("pull", "--no-rebase", "--no-edit", fails=True)
    assert host.names() == {"Ana Ruiz", "Mei Tanaka"}, "ours is what it was"


def test_a_folder_that_is_not_there_and_files_with_lines_already_are_left_alone(tmp_path: Path) -> None:
    done = process("git-setup", str(tmp_path / "nowhere"))
    assert (done.returncode, b"there is no such folder" in done.stderr) == (2, True)
    (tmp_path / ".gitignore").write_text("mine")
    for _ in range(2):
        assert process("git-setup", str(tmp_path)).returncode == 0
    ignored = (tmp_path / ".gitignore").read_text().splitlines()
    assert ignored[0] == "mine"
    assert len(ignored) == len(set(ignored))


@pytest.mark.parametrize("name", ["warmcall.json", "my [own] state*.json", "#1.json"])
def test_the_lock_backups_and_unfinished_words_of_a_state_file_are_left_out(
    tmp_path: Path, name: str
) -> None:
    assert process("--db", str(tmp_path / name), "add", "Ana Ruiz").returncode == 0
    left_out = [f".{name}.new", f"{name}.typing-0a1b", f"{name}.damaged-typing-0a1b"]
    for other in left_out:
        (tmp_path / other).touch()
    assert process("--db", str(tmp_path / name), "git-setup").returncode == 0
    clone = Clone(tmp_path)
    clone.git("add", "-A")
    listed = clone.git("ls-files", "-z").split("\0")
    assert {found for found in listed if found and not found.startswith(".git")} == {name}
