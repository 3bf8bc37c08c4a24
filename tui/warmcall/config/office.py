"""What is given to everybody on a host, such as by a careers office: where it is, and reading it safely.

Such a folder has the same files as the user's own, and is read under it. It is used only if nobody but root
and the user could change it or lead the way to it elsewhere: what is in it speaks in the user's name.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from warmcall.config.safe_files import YAML_BYTES, FileRefused, explained, read_file
from warmcall.config.yaml_source import Problem

_USUAL_FOLDERS = "/etc/xdg"
"""What holds without the variable; see https://specifications.freedesktop.org/basedir-spec/latest/."""

_MOST_LINKS = 40
"""How many symbolic links are followed on the way to a file, as many as Linux does."""


def office_folders(environ: Mapping[str, str], own: Path) -> tuple[Path, ...]:
    """Return the folders that are read under the user's `own`, the most important last; none has to exist.

    They are called `warmcall` in the folders of `$XDG_CONFIG_DIRS`, which has the most important first. The
    specification has paths that are not absolute ignored.
    """
    named = (environ.get("XDG_CONFIG_DIRS") or _USUAL_FOLDERS).split(":")
    folders = (Path(name) / "warmcall" for name in named if name.startswith("/") and "\0" not in name)
    return tuple(reversed([folder for folder in dict.fromkeys(folders) if folder != own]))


def usable_folders(folders: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return those of `folders` that are there and may be used, and why each of the others is not used."""
    usable: list[Path] = []
    problems: list[Problem] = []
    for folder in folders:
        if not os.path.lexists(folder):
            continue
        try:
            check_folder(folder)
            usable.append(folder)
        except FileNotFoundError:
            continue
        except FileRefused as refused:
            problems.append(Problem(str(folder), 1, refused.what, refused.fix))
    return tuple(usable), for_this_user(problems, [Path(problem.file) for problem in problems])


def check_folder(folder: Path) -> None:
    """Check a folder for everybody.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it is no folder, or somebody other than root and the user may change what is in it.
    """
    with explained(folder):
        place, found = _followed(folder)
        if not stat.S_ISDIR(found.st_mode):
            raise FileRefused(errno.ENOTDIR, folder, "it is no folder", "remove it, or make a folder of it")
        _refuse_if_changed_by_others(folder, place, found)


def read_office_text(path: Path) -> str:
    """Return the text of a YAML file for everybody.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it cannot be read, is not UTF-8, or others than root and the user may change it.
    """
    with explained(path):
        place, _ = _followed(path)
        content, found = read_file(place, YAML_BYTES)
        _refuse_if_changed_by_others(path, place, found)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise FileRefused(errno.EILSEQ, path, "it is not UTF-8", "save it as UTF-8 text") from error


def for_this_user(problems: Iterable[Problem], folders: Sequence[Path]) -> tuple[Problem, ...]:
    """Return `problems` as they concern this user, who may not be the one to look after `folders`.

    To root and the owner of a file they are what they are. To everybody else a problem in the folders is a
    note, as they can do nothing about it but say so, and what only weakens a script is left out.
    """
    found: list[Problem] = []
    for problem in problems:
        if _looks_after(Path(problem.file), folders):
            found.append(problem)
        elif not problem.warning:
            fix = f"tell those who look after it: {problem.fix}"
            found.append(msgspec.structs.replace(problem, fix=fix, warning=True))
    return tuple(found)


def is_in(path: Path, folders: Sequence[Path]) -> bool:
    """Return whether `path` is one of `folders` or in one of them."""
    return any(folder == path or folder in path.parents for folder in folders)


def _looks_after(path: Path, folders: Sequence[Path]) -> bool:
    if not is_in(path, folders) or os.geteuid() == 0:
        return True
    try:
        return path.stat().st_uid == os.geteuid()
    except OSError:
        return False


def _followed(path: Path) -> tuple[Path, os.stat_result]:
    """Return where an absolute path leads, free of links, and the attributes of what is there.

    Raises:
        FileNotFoundError: if nothing is there.
        FileRefused: if somebody other than root and the user could lead it elsewhere.
        OSError: if the system does not let the user see it.
    """
    place, waiting, links = Path("/"), [*reversed(path.parts[1:])], 0
    found = place.lstat()
    while waiting:
        step = place / waiting.pop()
        if stat.S_IMODE(found.st_mode) & stat.S_ISVTX == 0:  # else only its owner may remove what is in it
            _refuse_if_changed_by_others(path, place, found)
        found = step.lstat()
        if not stat.S_ISLNK(found.st_mode):
            _refuse_if_of_others(path, step, found)
            place = place.parent if step.name == ".." else step
            continue
        links += 1
        if links > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        _refuse_if_of_others(path, step, found)
        target = step.readlink()
        place = Path("/") if target.is_absolute() else place
        waiting += reversed(target.parts[1:] if target.is_absolute() else target.parts)
        found = place.lstat()
    return place, found


def _refuse_if_of_others(path: Path, place: Path, found: os.stat_result) -> None:
    if found.st_uid not in (os.geteuid(), 0):
        subject = "it" if place == path else str(place)
        what = f"{subject} belongs to another user (number {found.st_uid}), not to root"
        raise FileRefused(errno.EPERM, path, what, f"chown root {place}")


def _refuse_if_changed_by_others(path: Path, place: Path, found: os.stat_result) -> None:
    """Refuse what is of others, or may be written by others; the group of root is root's."""
    _refuse_if_of_others(path, place, found)
    mode = stat.S_IMODE(found.st_mode)
    if mode & stat.S_IWOTH or (mode & stat.S_IWGRP and found.st_gid != 0):
        subject = "it" if place == path else str(place)
        raise FileRefused(errno.EPERM, path, f"{subject} may be written by others", f"chmod go-w {place}")
