"""What is wrong with a file, in a sentence a person can act on."""

from __future__ import annotations

from pathlib import Path


class BadStateFile(Exception):
    """The state file cannot be used as it is. It was left untouched."""

    def __init__(self, path: Path, what: str, fix: str = "") -> None:
        self.path = path
        self.what = what
        self.fix = fix or "mend it or move it away, or open another file with --db FILE"
        super().__init__(f"{path}: {what}. Nothing was changed: {self.fix}.")
