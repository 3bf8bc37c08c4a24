"""Why a file gives nobody, in a sentence with what to do."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """Nobody can be read from a file: `what` says why, `fix` what to do, `columns` which headings it has."""

    def __init__(self, what: str, fix: str, columns: tuple[str, ...] = ()) -> None:
        super().__init__(f"{what}: {fix}")
        self.what = what
        self.fix = fix
        self.columns = columns


class ColumnsNeeded(ValueError):
    """No heading says where the names are, so the user is asked: `columns` are the headings, or the first row
    where there are none, `samples` some rows below it."""

    def __init__(self, columns: tuple[str, ...], samples: tuple[tuple[str, ...], ...]) -> None:
        seen = ", ".join(column for column in columns if column)[:300]
        super().__init__(f"no column is known to hold names; the columns are {seen}: say which one does")
        self.columns = columns
        self.samples = samples
