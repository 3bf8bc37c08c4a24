"""What is said of a state file that an older or another copy was put over, while the app runs."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from warmcall.domain.sanitize import one_line

NOTHING_MISSING = "The state file was not replaced by an older copy"
MERGING = "merging back…"
MERGING_REASON = "It is being merged back"
EDITED_MEANWHILE = "Not merged back: the records are being edited; try again in a moment"
LEFT = "The file stays as it is; what it lacks is in the backup that `warmcall backups` lists"
LEFT_BESIDE = "Not merged; `warmcall check` names the version beside the file as long as it is there"

PROBLEMS_SHOWN = 4
"""How many sentences about what was not merged are shown at most: the backup has it all."""

NAMES_SHOWN = 2
"""How many files are named at most in the notice at the start."""


def bar_words(older: bool, merge_key: str, leave_key: str, beside: bool = False) -> str:
    """Return what the bar says as long as a copy, or a version `beside` the file, is not merged or left."""
    if beside:
        return f"version beside: {merge_key} merges it, {leave_key} leaves it"
    return f"{'older' if older else 'other'} file: {merge_key} merges back, {leave_key} leaves it"


def merged_back(undo_key: str, problems: Sequence[str], beside: bool = False) -> str:
    """Return what was done, and what could not be merged, a line each."""
    shown = [f"Not merged: {problem}" for problem in problems[:PROBLEMS_SHOWN]]
    if len(problems) > PROBLEMS_SHOWN:
        shown.append(f"and {len(problems) - PROBLEMS_SHOWN} more; the backup has all of it")
    done = "Merged" if beside else "Merged back"
    return "\n".join([f"{done}, as one change; {undo_key} undoes it", *shown])


def conflict_notice(names: Sequence[str]) -> str:
    """Return what is said at the start of other versions of the state file beside it; empty without any."""
    if not names:
        return ""
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    shown = ", ".join(one_line(name) for name in names[:NAMES_SHOWN])
    left = "left by a sync, merge or backup program: `warmcall check` says what to do"
    return f"Beside the state file: {shown}{more}, {left}"


def conflict_note(name: str, content: str) -> str:
    """Return what `warmcall check` says of another version of the state file; `content` is what it holds."""
    return (
        f"{one_line(name)}: another version of the state file ({content}), left by a sync, merge or backup "
        f"program: warmcall merge {shlex.quote(one_line(name))} brings in what only it has; then move it away"
    )
