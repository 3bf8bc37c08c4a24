"""Where things lie: the state file, the user's own files, and the files warmcall brings along."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
import platformdirs


class Paths(msgspec.Struct, frozen=True):
    """The places of one user. None of them has to exist."""

    state_file: Path
    config_folder: Path

    @property
    def config_file(self) -> Path:
        """The user's settings."""
        return self.config_folder / "config.yaml"

    def keymap_file(self, named: str) -> Path:
        """Return the file of the user's own keys: the one `named` in the settings, else the usual one.

        Raises:
            RuntimeError: if it lies in the home of somebody who is not known here.
            ValueError: if no file can have that name.
        """
        return self.config_folder / Path(named or "keymap.yaml").expanduser()

    @property
    def log_file(self) -> Path:
        """Where a crash leaves its trace."""
        return self.state_file.with_name("warmcall.log")

    @property
    def exports(self) -> Path:
        """Where text that is too long for the clipboard goes."""
        return self.state_file.with_name("copied.txt")

    @property
    def page(self) -> Path:
        """Where the page to read before a meeting goes, to be printed."""
        return self.state_file.with_name("interview.txt")

    @property
    def calendar(self) -> Path:
        """Where interviews and follow-ups go for a calendar to take in."""
        return self.state_file.with_name("warmcall.ics")

    @property
    def drafts(self) -> Path:
        """The folder of mail drafts."""
        return self.state_file.with_name("drafts")


def user_paths(db: Path | None, environ: Mapping[str, str]) -> Paths:
    """Return the places for this user: `db` if given, else `$WARMCALL_DB`, else the data folder."""
    chosen = db or environ.get("WARMCALL_DB") or ""
    data = platformdirs.user_data_path("warmcall")
    state_file = Path(os.path.expanduser(chosen)) if chosen else data / "warmcall.json"
    return Paths(state_file, platformdirs.user_config_path("warmcall"))


def content() -> Traversable:
    """Return the folder of bundled YAML: packaged beside the code, or the checkout's own."""
    packaged = files("warmcall") / "data"
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parents[3] / "data"


def make_private_folder(folder: Path) -> None:
    """Make `folder`, and what is missing above it, readable by its owner alone.

    Raises:
        OSError: if it cannot be made.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, text: str, over: bool = True) -> None:
    """Write `text` to `path`, readable by its owner alone; over what is there only if `over` is set.

    Raises:
        FileExistsError: if there is a file already, and it is not to be written over.
        OSError: if it cannot be written.
    """
    make_private_folder(path.parent)
    there = os.O_TRUNC if over else os.O_EXCL
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | there | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)
