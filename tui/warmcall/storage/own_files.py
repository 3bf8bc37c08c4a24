"""Which files warmcall reads again, so that none of them is written over with something else.

The user names files to write: an export, or a copy of what cannot be saved. Such a name may lead to the state
file itself, by a link, another path or other capitals, and what was written there would be all that is left.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from warmcall.config.paths import Paths, user_paths
from warmcall.config.safe_files import FileRefused
from warmcall.storage.atomic_storage import temporary_path
from warmcall.storage.backups import backups_folder
from warmcall.storage.lock import lock_path, writer_path

_YAML = (".yaml", ".yml")
_STATE, _LOCK, _TYPING = "the state file", "the lock file of the state file", "a file of words being typed"
_BACKUP, _SETTINGS = "a backup of the state file", "a settings file of warmcall"
_COLUMNS, _COLUMNS_NAME = "what warmcall remembers of imported tables", "import-columns.json"

FileId = tuple[int, int]
"""A file or folder whatever its name: its device and inode."""


def refuse_own_file(path: Path, paths: Paths, keymap: str = "") -> None:
    """Refuse `path` as a place to write to if what warmcall reads again is there, or would be looked for.

    Protected are the state file in use, the usual one, every other one that was written by this version
    (there is a lock file beside it), what belongs to them, the settings, and the `keymap` of the settings.
    Files are compared by device and inode, and by name where there is no file yet, as the first one to
    be written would be taken for ours.

    Raises:
        FileRefused: if it is one of them, with a sentence that says which.
    """
    try:
        what = _own_file(Path(os.path.realpath(path)), paths, keymap)
    except (OSError, ValueError, RuntimeError):
        return  # no file can have that name: writing it says why
    if what:
        raise FileRefused(errno.EPERM, path, f"it is {what}", "name another file")


def _own_file(target: Path, paths: Paths, keymap: str) -> str:
    """Return what of ours is at `target`, which is free of links; an empty text if it is not ours."""
    target_id, folder_id = _id_of(target), _id_of(target.parent)
    if lock_path(target).is_file():
        return _STATE
    named = (*_usual_state_files(), paths.state_file)
    for state in dict.fromkeys(Path(os.path.realpath(file)) for file in named):
        is_beside = folder_id is not None and folder_id == _id_of(state.parent)
        if is_beside and (what := _what_beside(target.name, state)):
            return what
        if folder_id is not None and folder_id == _id_of(backups_folder(state)):
            return _BACKUP
        if target_id is not None:
            for what, file in _files_of(state):
                if _id_of(file) == target_id:
                    return what
    settings = [paths.config_file, paths.keymap_file(keymap)]
    for folder in (paths.config_folder, *paths.office_folders):
        settings += _yaml_files(folder)
    if target_id is not None and target_id in map(_id_of, settings):
        return _SETTINGS
    folders = map(_id_of, target.parents)
    config_id = _id_of(paths.config_folder)
    in_settings = target.suffix.lower() in _YAML and config_id is not None and config_id in folders
    return _SETTINGS if in_settings or target == Path(os.path.realpath(settings[1])) else ""


def _usual_state_files() -> Iterator[Path]:
    """Yield the state file that is used without `--db`, and the one without the variable, too."""
    yield user_paths(None, os.environ).state_file
    yield user_paths(None, {}).state_file


def _what_beside(name: str, state: Path) -> str:
    """Return what a file called `name` in the folder of `state` is, if it belongs to that state file."""
    name, state_name = _folded(name), _folded(state.name)
    if name == state_name:
        return _STATE
    if name in (_folded(lock_path(state).name), _folded(writer_path(state).name)):
        return _LOCK
    if name == _folded(temporary_path(state).name):
        return _STATE
    if name == _COLUMNS_NAME:
        return _COLUMNS
    if re.match(re.escape(state_name) + r"\.(damaged-)?typing-", name):
        return _TYPING
    return _BACKUP if name == _folded(backups_folder(state).name) else ""


def _files_of(state: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that belong to a state file and are there, with what each is."""
    for folder in (state.parent, backups_folder(state)):
        for file in _listed(folder):
            what = _BACKUP if folder != state.parent else _what_beside(file.name, state)
            if what:
                yield what, file


def _yaml_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files in the settings folder and those below it."""
    for file in _listed(folder):
        if file.suffix.lower() in _YAML:
            yield file
        elif file.is_dir():
            yield from (below for below in _listed(file) if below.suffix.lower() in _YAML)


def _listed(folder: Path) -> Iterable[Path]:
    try:
        return [*folder.iterdir()]
    except OSError:
        return []


def _id_of(path: Path) -> FileId | None:
    """Return which file is at `path`, through links; None if there is none or it cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _folded(name: str) -> str:
    """Return a name as a file system compares it that knows no capitals, as on macOS and Windows."""
    return unicodedata.normalize("NFC", name).casefold()
