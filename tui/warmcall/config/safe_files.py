"""Opening files in folders that others may write, too: no planted link is followed, nothing blocks.

A file is read or written in place only if it is an ordinary file, of a bounded size, that belongs to

* the user;
* root, who can change every file anyway, so that settings which an administrator put there can be used;
* the owner of its folder, if root runs warmcall (see `keep_owner`);
* somebody else by name only: nobody but the owner may open it, and yet the system let the user do so. Network
  drives that show all files as one user's are like that.

A symbolic link is followed only where users make some on purpose, to the state file, settings, keymaps and
YAML, and only if it belongs to the user, root or the owner of its folder. No file warmcall makes is a link.

`protected_symlinks` in proc_sys_fs(5) of Linux says why; not every system has it, and it covers few folders.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

from warmcall.config.durable import sync_file

STATE_BYTES = 512_000_000
"""The most that is read of a state file or a backup: ten times what 30,000 contacts take, the most LinkedIn
allows. Decoding more would take gigabytes of memory on a host shared with others."""

YAML_BYTES = 1_000_000
"""The most that is read of a settings, keymap or library file: fifty times the largest bundled one. To parse
as much takes seconds."""

_MOST_LINKS = 40
"""How many symbolic links in a row are followed, as many as Linux does."""

_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
"""How every file is opened that exists: without following a link, waiting for a pipe or taking a terminal."""

_STALE_TRIES = 5
"""How often a file is opened that another machine replaces at that moment, on a network home: its old content
is gone then, also for who has it open (ESTALE, nfs(5))."""

_Found = TypeVar("_Found")

_PIECE_BYTES = 65_536
"""How much more than the size of a file is read at once."""

_KINDS = (
    (stat.S_ISDIR, "a folder, not a file", "name a file in it"),
    (stat.S_ISLNK, "a symbolic link", "remove the link, or name the file it leads to"),
    (stat.S_ISFIFO, "a named pipe, not a file", "remove it, or name an ordinary file"),
    (stat.S_ISSOCK, "a socket, not a file", "remove it, or name an ordinary file"),
)
"""What a file can be besides an ordinary one, by the test for it, and what to do."""

_DEVICE, _DEVICE_FIX = "a device, not a file", "name an ordinary file"

_REASONS = {
    errno.EACCES: ("permission denied", "check with ls -l who may use it"),
    errno.EPERM: ("permission denied", "check with ls -l who may use it"),
    errno.ENOTDIR: ("not a directory: a part of its path is a file", "name a file in a folder"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("its symbolic links lead in a circle", "remove them, or name the file itself"),
}
"""Why the system does not open a file, and what to do, by error number."""

_OTHER_FIX = "check whether its disk is full, read-only or gone"


class FileRefused(OSError):
    """A file is not opened: `what` says why, `fix` what the user can do about it."""

    def __init__(self, number: int, path: str | Path, what: str, fix: str) -> None:
        super().__init__(number, what, str(path))
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.filename}: {self.what}: {self.fix}"


def explanation(error: OSError) -> str:
    """Return which file could not be used and why, and what to do about it if that is known."""
    if isinstance(error, FileRefused) or not error.strerror:
        return str(error)
    return f"{error.filename}: {error.strerror.lower()}" if error.filename else error.strerror.lower()


def resolved(path: Path) -> Path:
    """Return the path of the file that `path` leads to, through the user's own links; it need not exist.

    Raises:
        FileRefused: if it is no file, leads through a link of somebody else's, or to where nothing is.
    """
    with explained(path):
        current = path.absolute()
        for _ in range(_MOST_LINKS):
            try:
                found = current.lstat()
            except FileNotFoundError:
                _refuse_dangling_links(path)
                break
            if not stat.S_ISLNK(found.st_mode):
                _refuse_kind(path, found)
                break
            _refuse_link_of_others(current, found)
            current = current.parent / current.readlink()
        else:
            _refuse(path, *_REASONS[errno.ELOOP])
        return Path(os.path.realpath(current))


def read_text(path: Path) -> str:
    """Return the text of a YAML file, through the user's own links.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it cannot or must not be read, or is not UTF-8.
    """
    try:
        return read_file(resolved(path), YAML_BYTES)[0].decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(errno.EILSEQ, path, "it is not UTF-8", "save it as UTF-8 text") from error


def read_file(path: Path, most: int) -> tuple[bytes, os.stat_result]:
    """Return the content of a file of at most `most` bytes, and its attributes. No link is followed.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it cannot or must not be read.
    """

    def read() -> tuple[bytes, os.stat_result]:
        descriptor, found = _opened(path, os.O_RDONLY)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            size, pieces = found.st_size, []
            # Others may write to it meanwhile, and the files of /proc have no size.
            while size <= most and (piece := file.read(found.st_size + _PIECE_BYTES)):
                pieces.append(piece)
                size = max(found.st_size, sum(map(len, pieces)))
        if size > most:
            megabytes = f"it has {size / 1e6:,.0f} MB, and at most {most / 1e6:,.0f} MB are read"
            _refuse(path, megabytes, "check whether it is the right file")
        return b"".join(pieces), found

    with explained(path):
        return _unless_stale(read)


def _unless_stale(read: Callable[[], _Found]) -> _Found:
    """Return what `read` finds in a file that it opens, again if the file is replaced meanwhile."""
    for _ in range(_STALE_TRIES - 1):
        try:
            return read()
        except OSError as error:
            if error.errno != errno.ESTALE:
                raise
    return read()


def read_named(path: Path, most: int) -> bytes:
    """Return the content of a file that the user named to be read once, of at most `most` bytes.

    Anybody's file is read, and links are followed: nothing of it is trusted, and nothing is written there.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it is no ordinary file, cannot be read, or is larger.
    """
    with explained(path):
        _refuse_kind(path, path.stat())
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        with os.fdopen(descriptor, "rb") as file:
            _refuse_kind(path, os.fstat(file.fileno()))
            content = file.read(most + 1)
        if len(content) > most:
            too_large = f"it has more than {most / 1e6:,.0f} MB"
            _refuse(path, too_large, "check whether it is the right file")
        return content


def read_start(path: Path, size: int) -> bytes:
    """Return the first `size` bytes of a file, or all there are. No link is followed.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it cannot or must not be read.
    """

    def read() -> bytes:
        descriptor, _ = _opened(path, os.O_RDONLY)
        try:
            return os.pread(descriptor, size, 0)
        finally:
            os.close(descriptor)

    with explained(path):
        return _unless_stale(read)


def open_to_read(path: Path) -> tuple[int, os.stat_result]:
    """Open a file of ours; return its descriptor, which the caller closes, and its attributes.

    No link is followed.

    Raises:
        FileNotFoundError: if there is none.
        FileRefused: if it cannot or must not be read.
    """
    with explained(path):
        return _unless_stale(lambda: _opened(path, os.O_RDONLY))


def open_in_place(path: Path, linked: bool = False) -> int:
    """Open a file of ours for reading and writing, after making it if there is none; return its descriptor.

    No link is followed. A file with a second name (a hard link) is refused, as what is written would appear
    there, too, unless it may be `linked`.

    Raises:
        FileRefused: if it cannot or must not be opened.
    """
    with explained(path):
        try:
            descriptor, found = _opened(path, os.O_RDWR)
        except FileNotFoundError:
            try:
                return create(path, os.O_RDWR)
            except FileExistsError:  # another session made it in between
                descriptor, found = _opened(path, os.O_RDWR)
        if found.st_nlink > 1 and not linked:
            os.close(descriptor)
            _refuse(path, "it has a second name elsewhere (a hard link)", "remove it")
        return descriptor


def create(path: Path, access: int = os.O_WRONLY) -> int:
    """Make a new file, readable by its owner alone, and return its descriptor, for `access`.

    Raises:
        FileExistsError: if there is anything by that name, even a link that leads nowhere.
        OSError: if it cannot be made.
    """
    with explained(path):
        descriptor = os.open(path, access | os.O_CREAT | os.O_EXCL | _OPEN, 0o600)
        keep_owner(descriptor, path.parent)
        return descriptor


def keep_owner(file: int | Path, folder: Path) -> None:
    """Give a new file or folder to the owner of the `folder` it is in, if root made it.

    Otherwise `sudo warmcall`, which keeps HOME on many systems, would leave files there that their owner can
    neither read nor replace. Where this is impossible, such as on a network drive, it is left out.
    """
    if os.geteuid() == 0:
        with suppress(OSError):
            found = folder.stat()
            if found.st_uid != 0:
                os.chown(file, found.st_uid, found.st_gid, follow_symlinks=isinstance(file, int))


def make_private_folder(folder: Path) -> None:
    """Make `folder`, and missing folders above it, readable by their owner alone.

    Their names are made durable: without that, a power cut could take a folder with all the files in it,
    however durable those are.

    Raises:
        OSError: if it cannot be made, or is a link of somebody else's.
    """
    with explained(folder):
        with suppress(FileNotFoundError):
            if stat.S_ISDIR(folder.lstat().st_mode):  # as nearly always: nothing above it needs a check
                return
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
            keep_owner(path, path.parent)
            _sync_names(path.parent)
        found = folder.lstat()
        if stat.S_ISLNK(found.st_mode):
            _refuse_link_of_others(folder, found)


def _sync_names(folder: Path) -> None:
    """Make the names in `folder` durable, where it may be opened and its file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)


def write_all(descriptor: int, piece: bytes) -> None:
    """Write all of `piece`, however the system divides it.

    Raises:
        OSError: if that fails.
    """
    view = memoryview(piece)
    while view:
        view = view[os.write(descriptor, view) :]


def write_private(path: Path, text: str, overwrite: bool = True) -> None:
    """Write `text` to `path`, readable by its owner alone; what was there is replaced when all is written.

    Raises:
        FileExistsError: if there is a file already and `overwrite` is false.
        OSError: if it cannot be written; then what was there is still there.
    """
    make_private_folder(path.parent)
    with explained(path):
        with suppress(FileNotFoundError):
            os.close(_opened(path, os.O_RDONLY)[0])
            if not overwrite:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        if overwrite:
            import tempfile  # most commands write no such file

            descriptor, name = tempfile.mkstemp(prefix=".warmcall-", dir=path.parent)
            keep_owner(descriptor, path.parent)
            written = Path(name)
        else:
            descriptor, written = create(path), path
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="") as file:
                file.write(text)
            if overwrite:
                written.replace(path)
        except BaseException:
            with suppress(OSError):
                written.unlink(missing_ok=True)
            raise


def _opened(path: Path, access: int) -> tuple[int, os.stat_result]:
    """Open an ordinary file that belongs to the user; return its descriptor and attributes.

    Raises:
        FileRefused: if it is another kind of file, or somebody else's.
        OSError: if the system does not open it.
    """
    _refuse_kind(path, path.lstat())  # to open a device, even for a moment, may do something
    descriptor = os.open(path, access | _OPEN)
    try:
        found = os.fstat(descriptor)
        _refuse_kind(path, found)
        user = os.geteuid()
        folder_owner = user if found.st_uid == user else path.parent.stat().st_uid
        if not is_own(found, user, folder_owner):
            owner = f"it belongs to another user (number {found.st_uid})"
            _refuse(path, owner, "run warmcall as that user, or make a copy of your own")
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, found


def is_own(found: os.stat_result, user: int, folder_owner: int) -> bool:
    """Return whether a file that `user` could open belongs to them, in the sense of this module."""
    if found.st_uid in (user, 0):
        return True
    if user == 0:
        return found.st_uid == folder_owner
    return stat.S_IMODE(found.st_mode) & 0o077 == 0


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the system's errors inside into `FileRefused`, except that a file is missing or there already."""
    try:
        yield
    except (FileRefused, FileNotFoundError, FileExistsError):
        raise
    except OSError as error:
        what, fix = _REASONS.get(error.errno or 0, ((error.strerror or "it is not read").lower(), _OTHER_FIX))
        raise FileRefused(error.errno or errno.EIO, path, what, fix) from error
    except ValueError as error:
        raise FileRefused(errno.EINVAL, path, "no file can have that name", "choose another one") from error


def _refuse(path: Path, what: str, fix: str) -> NoReturn:
    raise FileRefused(errno.EINVAL, path, what, fix)


def other_kind(found: os.stat_result) -> str:
    """Return what a file is that is no ordinary one, such as "a symbolic link"; empty if it is ordinary."""
    return _kind(found)[0]


def _kind(found: os.stat_result) -> tuple[str, str]:
    """Return what a file is that is no ordinary one, and what to do; empty texts if it is ordinary."""
    if stat.S_ISREG(found.st_mode):
        return "", ""
    kinds = (words for is_kind, *words in _KINDS if is_kind(found.st_mode))
    what, fix = next(kinds, (_DEVICE, _DEVICE_FIX))
    return what, fix


def _refuse_kind(path: Path, found: os.stat_result) -> None:
    """Refuse what is no ordinary file."""
    what, fix = _kind(found)
    if what:
        _refuse(path, f"it is {what}", fix)


def _refuse_link_of_others(link: Path, found: os.stat_result) -> None:
    """Refuse a symbolic link unless it is the user's, root's, or of the owner of the folder it is in."""
    if found.st_uid not in (os.geteuid(), 0, link.parent.stat().st_uid):
        _refuse(link, "it is a symbolic link that somebody else made", "remove it")


def _refuse_dangling_links(path: Path) -> None:
    """Refuse a missing file whose path leads through a symbolic link to where nothing is."""
    absolute = path.absolute()
    for link in (absolute, *absolute.parents):
        if link.is_symlink() and not link.exists():
            subject = "it" if link == absolute else str(link)
            what = f"{subject} is a symbolic link to {link.readlink()}, where nothing is"
            _refuse(path, what, "bring back the disk it is on, or remove the link")
