"""Where files are: the state file and those beside it, the user's settings, and the bundled YAML."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import platformdirs

from warmcall.config.office import office_folders, usable_folders
from warmcall.config.yaml_source import Problem

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


_LOG_NAME = "warmcall.log"


class Paths(msgspec.Struct, frozen=True):
    """The files and folders of one user. None of them has to exist.

    `named_by` is what names the state file, "--db" or "WARMCALL_DB"; empty if it is the usual one. What
    belongs to one that was named lies beside it, whatever it is; of the usual one, what nobody would miss
    is in `log_folder`, as the XDG Base Directory Specification has it, and what people keep beside it.
    `office_folders` are those given to everybody on this host that may be used, the most important last;
    `office_problems` say why others are not.
    """

    state_file: Path
    config_folder: Path
    named_by: str = ""
    log_folder: Path | None = None
    office_folders: tuple[Path, ...] = ()
    office_problems: tuple[Problem, ...] = ()

    @property
    def cache_folder(self) -> Path:
        """The folder of what is made again when it is gone."""
        return platformdirs.user_cache_path("warmcall")

    @property
    def config_file(self) -> Path:
        """The user's settings."""
        return self.config_folder / "config.yaml"

    def keymap_file(self, named: str) -> Path:
        """Return the path of the keymap: `named` in the settings, or by default `keymap.yaml` beside them.

        Raises:
            RuntimeError: if it is in the home folder of a user who does not exist, as in `~nobody/keys.yaml`.
            ValueError: if no file can have that name.
        """
        if "\0" in named:
            raise ValueError("no file can have that name")
        return self.config_folder / Path(named or "keymap.yaml").expanduser()

    @property
    def log_file(self) -> Path:
        """The file for the traceback of a crash."""
        return (self.log_folder or self.state_file.parent) / _LOG_NAME

    @property
    def earlier_log_file(self) -> Path:
        """Where that file was before: beside the state file, also of the usual one."""
        return self.state_file.parent / _LOG_NAME

    @property
    def clipboard_file(self) -> Path:
        """The file for text that is too long for the clipboard."""
        return self.state_file.parent / "copied.txt"

    @property
    def briefing_file(self) -> Path:
        """The file for the page to read before an interview, ready to print."""
        return self.state_file.parent / "interview.txt"

    @property
    def calendar_file(self) -> Path:
        """The iCalendar file of interviews and follow-ups."""
        return self.state_file.parent / "warmcall.ics"

    def export_file(self, ending: str) -> Path:
        """Return the file for an export from within the app, by its ending, such as "csv"."""
        return self.state_file.parent / f"warmcall-export.{ending}"

    @property
    def columns_file(self) -> Path:
        """The file with what the columns of imported tables hold, as the user answered."""
        return self.state_file.parent / "import-columns.json"

    @property
    def drafts_folder(self) -> Path:
        """The folder of mail drafts."""
        return self.state_file.parent / "drafts"


def user_paths(db: Path | None, environ: Mapping[str, str]) -> Paths:
    """Return the paths of this user; the state file is `db`, `$WARMCALL_DB` or in the data folder."""
    chosen = db or environ.get("WARMCALL_DB") or ""
    named_by = ("--db" if db else "WARMCALL_DB") if chosen else ""
    data = platformdirs.user_data_path("warmcall")
    config = platformdirs.user_config_path("warmcall")
    office, problems = usable_folders(office_folders(environ, config))
    state = Path(os.path.expanduser(chosen)) if chosen else data / "warmcall.json"
    log_folder = None if chosen else platformdirs.user_state_path("warmcall")
    return Paths(state, config, named_by, log_folder, office, problems)


def content() -> Traversable:
    """Return the folder of bundled YAML: inside the installed package, or at the top of a checkout."""
    module = Path(__file__).resolve()
    for folder in (module.parents[1] / "data", module.parents[3] / "data"):
        if folder.is_dir():
            return folder
    from importlib.resources import files  # the package is in an archive

    return files("warmcall") / "data"
