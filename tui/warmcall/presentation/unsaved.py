"""What is said while changes cannot be saved into the state file."""

from __future__ import annotations

from warmcall.domain.sanitize import one_line


def bar_words(reason: str) -> str:
    """Return what the bar says as long as saving fails."""
    return f"not saved: {one_line(reason)}, retrying"


def cannot_save(reason: str, fix: str, kept: bool) -> str:
    """Return what is said once when saving begins to fail; `kept` is whether nothing can be lost any more."""
    where = "What you do is safe in a file beside it" if kept else "What you do is kept in memory until then"
    reason, fix = one_line(reason), one_line(fix)
    return f"Nothing can be saved now: {reason}. To go on: {fix}. {where}; saving is tried again by itself."


def one_after_another(under_way: str) -> str:
    """Return why a large change cannot begin now; `under_way` is what the bar says of the one before it."""
    return f"Not yet: {under_way.rstrip('…')} goes on for a moment"
