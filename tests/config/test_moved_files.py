"""The log of earlier versions, which lay beside the state file, is moved once to where it lies now."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from warmcall.config.moved_files import move_log
from warmcall.config.paths import Paths, user_paths

from tests.requirements import needs_ordinary_user


@pytest.fixture
def paths() -> Paths:
    """Return the usual paths, with a log where earlier versions had it."""
    found = user_paths(None, {})
    found.earlier_log_file.parent.mkdir(parents=True)
    found.earlier_log_file.write_text("a trace")
    found.earlier_log_file.chmod(0o600)
    return found


def no_links(_from: object, _to: object, **_options: object) -> None:
    raise OSError(errno.EXDEV, "another file system")


@pytest.mark.parametrize("link", [os.link, no_links], ids=["the same file system", "another one"])
def test_it_is_moved_once_with_a_sentence_that_says_so(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, link: Callable[..., None]
) -> None:
    monkeypatch.setattr(os, "link", link)
    said = move_log(paths)
    assert said == f"The log lies in {paths.log_file} now: it was moved there from {paths.earlier_log_file}"
    assert paths.log_file.read_text() == "a trace"
    assert paths.log_file.stat().st_mode & 0o777 == 0o600
    assert paths.log_file.parent.stat().st_mode & 0o777 == 0o700
    assert not paths.earlier_log_file.exists()
    assert move_log(paths) == ""


@pytest.mark.parametrize("link", [os.link, no_links], ids=["the same file system", "another one"])
def test_of_many_that_do_it_at_once_one_does(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, link: Callable[..., None]
) -> None:
    monkeypatch.setattr(os, "link", link)
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _number: move_log(paths), range(8)))
    assert len([sentence for sentence in said if sentence]) == 1
    assert paths.log_file.read_text() == "a trace"
    assert not paths.earlier_log_file.exists()


def test_one_that_is_there_already_stays_and_so_does_the_earlier_one(paths: Paths) -> None:
    paths.log_file.parent.mkdir(parents=True)
    paths.log_file.write_text("newer")
    assert move_log(paths) == ""
    assert (paths.log_file.read_text(), paths.earlier_log_file.read_text()) == ("newer", "a trace")


def test_nothing_is_moved_for_a_state_file_that_was_named(paths: Paths) -> None:
    named = user_paths(paths.state_file, {})
    assert named.log_file == named.earlier_log_file
    assert move_log(named) == ""
    assert paths.earlier_log_file.exists()


@pytest.mark.parametrize(
    "make",
    [lambda path: path.symlink_to("/etc/hostname"), Path.mkdir, os.mkfifo],
    ids=["a link", "a folder", "a pipe"],
)
def test_what_is_no_log_is_left_alone(paths: Paths, make: Callable[[Path], object]) -> None:
    paths.earlier_log_file.unlink()
    make(paths.earlier_log_file)
    assert move_log(paths) == ""
    assert os.path.lexists(paths.earlier_log_file)
    assert not paths.log_file.exists()


@needs_ordinary_user
@pytest.mark.parametrize("which", ["earlier", "new"])
def test_a_folder_that_must_not_be_written_keeps_what_it_has(paths: Paths, which: str) -> None:
    paths.log_file.parent.mkdir(parents=True)
    folder = (paths.earlier_log_file if which == "earlier" else paths.log_file).parent
    folder.chmod(0o500)
    said = move_log(paths)
    folder.chmod(0o700)
    assert said == ""
    assert paths.earlier_log_file.read_text() == "a trace"
    assert not paths.log_file.exists()
