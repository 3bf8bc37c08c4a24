"""What is said of a row that was read from a file of another program."""

from __future__ import annotations

from warmcall.domain.found_people import LeftReason, LeftRow, RemarkKind, RowRemark

_REMARKS = {
    RemarkKind.BAD_PHONE: "“{value}” is no phone number: it is in the notes",
    RemarkKind.BAD_EMAIL: "“{value}” is no email address: it is in the notes",
    RemarkKind.BAD_DATE: "“{value}” is no date: it is in the notes",
    RemarkKind.BAD_ZONE: "“{value}” is no time zone: it is in the notes",
    RemarkKind.UNKNOWN_WORD: "“{value}” is no {column} known here: it is in the notes",
    RemarkKind.NAMED_BY_ORGANIZATION: "no name: it has the name of the organization",
    RemarkKind.UNEVEN_QUOTES: "a quotation mark is not closed: the line was read alone",
    RemarkKind.MORE_CELLS: "more cells than headings: “{value}” is in the notes",
}

_LEFT = {
    LeftReason.NO_NAME: "no name",
    LeftReason.GROUP: "a group, not a person",
    LeftReason.CUT_SHORT: "the card is cut short",
    LeftReason.BROKEN: "not a valid contact",
    LeftReason.HEADINGS: "the headings again",
}

_MOST_LETTERS = 60


def remark_words(remark: RowRemark) -> str:
    """Return what is to tell of a person found."""
    value = remark.value if len(remark.value) <= _MOST_LETTERS else f"{remark.value[: _MOST_LETTERS - 1]}…"
    return _REMARKS[remark.kind].format(value=value, column=remark.column.lower() or "word")


def left_words(left: LeftRow) -> str:
    """Return why a row became nobody, as "line 12: no name (newsletter@example.org)"."""
    text = f" ({left.text})" if left.text else ""
    return f"line {left.line}: {_LEFT[left.reason]}{text}"
