"""Folders with a file for each event or card, as vdirsyncer, khal and khard keep them (a vdir).

Nothing is remembered beside the folder. An item is warmcall's if its UID is of that form, and nobody else has
changed it if it still says what warmcall wrote, by the fingerprint in it. Whatever else is in the folder is
left alone: no other file is opened to write, replaced or removed, and no link is followed.

The form of such a folder: https://vdirsyncer.pimutils.org/en/stable/vdir.html
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from pathlib import Path

import msgspec

from warmcall.config.safe_files import FileRefused, make_private_folder, read_file
from warmcall.formats.content_lines import FolderItem, FoundItem, ItemKind, found_items
from warmcall.storage.atomic_storage import sync_folder
from warmcall.storage.whole_files import write_synced

ITEM_BYTES = 1_000_000
"""The most that is read of a file: an event or a card of ours takes a thousandth of it."""

_TEMPORARY = re.compile(r"\.warmcall-[0-9a-f]{16}\.tmp")
_LEFTOVER_SECONDS = 3600
"""How old a temporary file must be to belong to a run that was killed."""

_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9@._+-]{0,99}")
"""Names that every file system and server takes, and in which capitals make no difference."""

_Place = tuple[int, int, int, int]
"""What a file is: device, inode, size in bytes, and time of change in nanoseconds."""


class Kept(Enum):
    """Why a file was left as it is though it is not what it should be.

    Another program CHANGED it, or changed what is NOT_OWED any more; or its name is TAKEN by something that
    is no item of warmcall.
    """

    CHANGED = "changed"
    NOT_OWED = "not owed"
    TAKEN = "taken"


class KeptItem(msgspec.Struct, frozen=True):
    """A file that was left as it is: its name, what its event or card is called, and why."""

    name: str
    label: str
    why: Kept


class VdirResult(msgspec.Struct, frozen=True):
    """How many files were written, removed, and left as they were, and which were kept though they differ."""

    written: int
    removed: int
    unchanged: int
    kept: tuple[KeptItem, ...]


class _File(msgspec.Struct, frozen=True):
    """A file in the folder with one item of warmcall's in it."""

    path: Path
    item: FoundItem
    place: _Place


def update_vdir(
    folder: Path, kind: ItemKind, items: Iterable[FolderItem], overwrite: bool = False
) -> VdirResult:
    """Bring the files of warmcall's items in `folder` to `items`; the folder is made if only it is missing.

    A file that says what it should is not touched. One that somebody else changed is kept as it is, unless
    `overwrite` is set. Each file is replaced as a whole when the new one is on disk.

    Raises:
        OSError: if something cannot be read or written; the files brought up to then are whole.
    """
    folder = _opened(folder)
    files = _files_of_ours(folder, kind)
    written = removed = unchanged = 0
    kept: list[KeptItem] = []
    for item in items:
        of_uid = sorted(files.pop(item.uid, []), key=lambda file: _preference(file, item, kind))
        own = of_uid[0] if of_uid else None
        if len(of_uid) > 1:
            files[item.uid] = of_uid[1:]
        path = own.path if own is not None else folder / file_name(item.uid, kind)
        if own is not None and own.item.fingerprint == own.item.written == item.fingerprint:
            unchanged += 1
        elif own is None and _is_there(path):
            kept.append(KeptItem(path.name, item.label, Kept.TAKEN))
        elif _may_be_replaced(own, item, overwrite) and _replaced(path, item, own):
            written += 1
        else:
            kept.append(KeptItem(path.name, item.label, Kept.CHANGED))
    for file in (file for of_uid in files.values() for file in of_uid):
        if (overwrite or file.item.is_as_written) and _removed(file):
            removed += 1
        else:
            kept.append(KeptItem(file.path.name, file.item.label, Kept.NOT_OWED))
    if written or removed:
        sync_folder(folder)
    return VdirResult(written, removed, unchanged, tuple(kept))


def _may_be_replaced(own: _File | None, item: FolderItem, overwrite: bool) -> bool:
    """Return whether nothing is lost where `item` is written over a file: nothing that others changed."""
    return own is None or overwrite or own.item.is_as_written or own.item.fingerprint == item.fingerprint


def file_name(uid: str, kind: ItemKind) -> str:
    """Return the name of the file of an item: its UID if any file may be called so, else a hash of it."""
    plain = _PLAIN_NAME.fullmatch(uid)
    stem = uid if plain else hashlib.sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{stem}{kind.ending}"


def _opened(folder: Path) -> Path:
    """Return the folder without links, made if it is missing and the one above it is not."""
    if not folder.parent.is_dir():
        raise FileRefused(
            errno.ENOENT, folder, f"there is no folder {folder.parent}", "make it, or name another"
        )
    if not folder.is_dir() and (folder.is_symlink() or folder.exists()):
        raise FileRefused(errno.ENOTDIR, folder, "it is not a folder", "name a folder")
    make_private_folder(folder)
    return Path(os.path.realpath(folder))


def _files_of_ours(folder: Path, kind: ItemKind) -> dict[str, list[_File]]:
    """Return the files in `folder` with one item, which is warmcall's, by its UID."""
    files: dict[str, list[_File]] = {}
    for entry in sorted(os.listdir(folder)):
        path = folder / entry
        if _TEMPORARY.fullmatch(entry):
            _remove_leftover(path)
        if entry.startswith(".") or not entry.endswith(kind.ending):
            continue
        try:
            content, found = read_file(path, ITEM_BYTES)
        except (FileNotFoundError, FileRefused):
            continue  # a link, a folder, a file of somebody else's: no item of ours
        items = found_items(content, kind) if b"warmcall" in content else []
        if len(items) == 1 and kind.is_ours(items[0].uid):
            files.setdefault(items[0].uid, []).append(_File(path, items[0], _place(found)))
    return files


def _preference(file: _File, item: FolderItem, kind: ItemKind) -> tuple[bool, bool, str]:
    """Return what puts the file that stays first, of several with one UID, as a conflict may leave them."""
    name = file.path.name
    return file.item.fingerprint != item.fingerprint, name != file_name(item.uid, kind), name


def _replaced(path: Path, item: FolderItem, own: _File | None) -> bool:
    """Write `item` to `path`; return False if the file is no longer what it was when it was read."""
    temporary = path.with_name(f".warmcall-{secrets.token_hex(8)}.tmp")
    write_synced(temporary, item.render(own.item if own is not None else None))
    try:
        if not (_is_same(own) if own is not None else not _is_there(path)):
            return False
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def _removed(file: _File) -> bool:
    """Remove a file; return False if it is no longer what it was when it was read."""
    if _is_there(file.path):
        if not _is_same(file):
            return False
        file.path.unlink(missing_ok=True)
    return True


def _remove_leftover(path: Path) -> None:
    """Remove a temporary file of a run that was killed, but none of one that may still be at work."""
    with suppress(OSError):
        found = path.lstat()
        is_old = time.time() - found.st_mtime > _LEFTOVER_SECONDS
        if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and is_old:
            path.unlink()


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _is_same(file: _File) -> bool:
    try:
        return _place(file.path.lstat()) == file.place
    except FileNotFoundError:
        return False


def _place(found: os.stat_result) -> _Place:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
