"""The error of a state file that cannot be used."""

from __future__ import annotations

from pathlib import Path


class BadStateFile(Exception):
    """The state file at `path` cannot be used, and was not changed.

    `what` says what is wrong, and `fix` what the user can do about it.
    """

    def __init__(self, path: Path, what: str, fix: str = "") -> None:
        self.path = path
        self.what = what
        self.fix = fix or "repair it or move it away, or open another file with --db FILE"
        super().__init__(f"{path}: {what}. Nothing was changed: {self.fix}.")
