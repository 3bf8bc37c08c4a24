"""Gaps in texts that are to go out, such as ‹your name›, and what to type to fill them."""

from __future__ import annotations

from warmcall.domain.sanitize import one_line

_SHOWN = 40
"""How many characters of a gap a sentence shows."""

_SET_BY = {
    "me": ("profile", ("name", "background", "school", "degree", "phone", "email")),
    "target": ("target", ("role", "industry", "place", "why")),
}
"""The commands that set what every text of the user says, with their options, by how a placeholder begins."""

_OPTION = {
    "me.first_name": "name", "me.intro": "background", "me.education": "school", "target.a_role": "role",
}  # fmt: skip
"""Placeholders that are called otherwise than the option."""


def gap_words(subject: str, body: str) -> str:
    """Return the first gap of a letter as a sentence shows it: "‹your name›"; empty without one."""
    from warmcall.domain.templates import first_gap

    gap = " ".join(one_line(first_gap(subject) or first_gap(body)).split())
    return gap if len(gap) <= _SHOWN else f"{gap[: _SHOWN - 2].rstrip()}…›"


def fill_it(gap: str, draft: str) -> str:
    """Return what to type to fill a gap in a letter; `draft` is the command line that drafts it."""
    here = f"{draft} --edit, or --body - with the whole text"
    return f"{setting} in all texts, or {draft} --edit in this one" if (setting := _set_by(gap)) else here


def _set_by(gap: str) -> str:
    """Return the command that sets what a gap is for: "warmcall profile --name"; empty if there is none."""
    from warmcall.domain.templates import PLACEHOLDERS

    for placeholder, words in PLACEHOLDERS.items():
        about, _, field = placeholder.partition(".")
        command, options = _SET_BY.get(about, ("", ()))
        option = _OPTION.get(placeholder, field)
        if gap == f"‹{words}›" and option in options:
            return f"warmcall {command} --{option}"
    return ""
