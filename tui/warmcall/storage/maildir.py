"""Drafts in a Maildir, the folder of mail programs such as mutt, neomutt and aerc.

A message is written into tmp and gets its place by a rename, so that no program reads a part of it:
https://cr.yp.to/proto/maildir.html
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from warmcall.config.safe_files import FileRefused, make_private_folder, read_file
from warmcall.storage.atomic_storage import sync_folder
from warmcall.storage.whole_files import write_synced

MESSAGE_BYTES = 1_000_000
"""The most that is read of a message: a letter takes a few thousand bytes."""

_FOLDERS = ("tmp", "new", "cur")
_DRAFT_FLAGS = ":2,DS"
"""A draft that was seen: mail programs offer to go on writing it, and announce no new mail."""

_NOT_IN_HOST = re.compile(r"[^A-Za-z0-9.-]+")
_OF_EACH_TIME = re.compile(rb"^(?:Date|Message-ID):.*(?:\r?\n[ \t].*)*\r?\n", re.IGNORECASE | re.MULTILINE)


def deliver_draft(folder: Path, message: bytes, seconds: int, host: str) -> tuple[Path, bool]:
    """Deliver a message as a draft into a Maildir; return its path, and whether it is new there.

    `seconds` is the time since 1970 and `host` the name of the machine, for the name of the file. A Maildir
    is made if there is none, and the folder above it is there. The same letter is not delivered twice: a
    draft with the same words to the same address is left as it is.

    Raises:
        OSError: if it cannot be written, or the folder is no Maildir; then no part of it is left.
    """
    _open(folder)
    content = message.replace(b"\r\n", b"\n")
    for path, present in _drafts(folder / "cur"):
        if _words(present) == _words(content):
            return path, False
    unique = f"{seconds}.R{secrets.token_hex(8)}P{os.getpid()}.{_NOT_IN_HOST.sub('-', host) or 'localhost'}"
    temporary, place = folder / "tmp" / unique, folder / "cur" / f"{unique}{_DRAFT_FLAGS}"
    write_synced(temporary, content)
    try:
        temporary.rename(place)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)
    return place, True


def _open(folder: Path) -> None:
    """See that a folder is a Maildir; make it one if it is missing or empty.

    Raises:
        FileRefused: if it is something else.
    """
    if not folder.parent.is_dir():
        raise FileRefused(
            errno.ENOENT, folder, f"there is no folder {folder.parent}", "make it, or name another"
        )
    if os.path.lexists(folder) and not folder.is_dir():
        raise FileRefused(errno.ENOTDIR, folder, "it is not a folder", "name a Maildir")
    if folder.is_dir():
        missing = [name for name in _FOLDERS if not _is_folder(folder / name)]
        if missing and any(folder.iterdir()):
            what = f"it is no Maildir: {missing[0]} is not a folder in it"
            raise FileRefused(
                errno.ENOTDIR, folder, what, "name a Maildir, or a folder that is not there yet"
            )
    for path in (folder, *(folder / name for name in _FOLDERS)):
        make_private_folder(path)


def _is_folder(path: Path) -> bool:
    """Return whether a folder is there itself, and no link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _drafts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the drafts in a folder that can be read, with what is in them."""
    for path in sorted(folder.iterdir()):
        if "D" in path.name.partition(":2,")[2]:
            with suppress(FileNotFoundError, FileRefused):
                yield path, read_file(path, MESSAGE_BYTES)[0]


def _words(message: bytes) -> bytes:
    """Return a message without what differs each time it is made."""
    head, gap, body = message.replace(b"\r\n", b"\n").partition(b"\n\n")
    return _OF_EACH_TIME.sub(b"", head + b"\n") + gap + body
