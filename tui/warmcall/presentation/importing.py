"""An import in words: what it adds, merges and leaves, row by row, and what a file is read as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from warmcall.domain.day_names import MONTHS
from warmcall.domain.found_people import ColumnField, FileKind, FoundPeople, LeftRow
from warmcall.domain.person_keys import KeyKind
from warmcall.domain.sanitize import one_line
from warmcall.presentation.counts import counted
from warmcall.presentation.found_people import left_words, remark_words
from warmcall.services.importing import ImportPlan, PlannedRow, RowResult

KIND = {
    FileKind.LINKEDIN: "LinkedIn",
    FileKind.GOOGLE: "Google contacts",
    FileKind.OUTLOOK: "Outlook",
    FileKind.VCARD: "vCard",
    FileKind.OWN_CSV: "warmcall CSV",
    FileKind.OWN_JSON: "warmcall JSON",
    FileKind.TABLE: "a table",
}
BECAUSE = {
    KeyKind.RECORD: "the same record",
    KeyKind.PROFILE: "the same LinkedIn profile",
    KeyKind.EMAIL: "the same address",
    KeyKind.PHONE: "the same number",
    KeyKind.LINK: "the same link",
    KeyKind.ORGANIZATION: "the same name and organization",
    KeyKind.CONNECTED_ON: "the same name, connected on the same day",
    KeyKind.NAME: "the same name, and nothing else to tell them apart",
}
FIELD = {
    ColumnField.NAME: "name",
    ColumnField.FIRST_NAME: "first name",
    ColumnField.LAST_NAME: "last name",
    ColumnField.GOES_BY: "goes by",
    ColumnField.ORGANIZATION: "organization",
    ColumnField.TITLE: "title",
    ColumnField.PHONE: "phone",
    ColumnField.EMAIL: "email",
    ColumnField.LINK: "link",
    ColumnField.KIND: "kind",
    ColumnField.ZONE: "time zone",
    ColumnField.CONNECTED_ON: "connected on",
    ColumnField.SOURCE: "source",
    ColumnField.REFERRER: "referrer",
    ColumnField.FOUND: "found",
    ColumnField.WHY: "why",
    ColumnField.NOTES: "notes",
    ColumnField.OTHER: "other",
    ColumnField.IGNORED: "ignored",
}
"""What the user may say that a column holds; "other" goes into the notes with its heading."""

UNDO = "warmcall undo takes it back, and so does u in the app."
KEPT = "The file as it was before is kept as a backup."
STOPPED = "Stopped: nothing was imported."
NOTHING_NEW = "Nothing is changed: everybody in it is here already, with all that it says."

READING = "Reading…"
NAME_A_FILE = (
    "LinkedIn's ZIP or Connections.csv, contacts of Google or Outlook, vCards, any table with names. "
    "It is read and shown first; nothing is imported yet."
)
NO_COLUMNS = "No table is read yet: name a file first"
NO_DATES = "No date in it can be read two ways"
EDITED_MEANWHILE = "Not imported: people are being edited; try again in a moment"


def progress(done: int, every: int) -> str:
    """Return how far an import has come."""
    return f"{done:,} of {rows(every)}…"


def under_way(plan: ImportPlan) -> str:
    """Return what the bar says while an import is made."""
    return f"importing {people(len(plan.new))}…" if plan.new else "importing…"


def done_notice(plan: ImportPlan, undo_key: str) -> str:
    """Return what was done, with the key that undoes it."""
    return f"{' '.join(summary(plan, done=True))} {undo_key} undoes it"


def columns_needed(columns: Sequence[str], key: str) -> str:
    """Return the question which column holds the names."""
    shown = ", ".join(column for column in columns if column)
    return f"No heading says where the names are: {shown}. {key} says what the columns hold."


def unreadable(name: str, why: str) -> str:
    """Return why nobody is read from a file."""
    return one_line(f"{name}: {why}.")


def no_such_file(name: str) -> str:
    """Return that there is no file of that name."""
    return one_line(f"{name}: there is no such file: check the name.")


def preview(plan: ImportPlan, name: str, most: int, days_key: str) -> list[str]:
    """Return what an import would do: in sums, what is not sure, and the rows of which most is to say."""
    file = plan.files[0]
    member = f", {file.member} in it" if file.member else ""
    lines = [one_line(f"{KIND[file.kind]}{member}: {people(len(file.people))}"), *summary(plan, done=False)]
    if file.day_first is not None and not file.day_first_sure:
        first = "day" if file.day_first else "month"
        lines.append(f"Dates are read with the {first} first; {days_key} reads them the other way.")
    if file.unknown_headings:
        lines.append(one_line(f"In the notes: {', '.join(file.unknown_headings[:8])}."))
    order = {RowResult.MERGED: 1, RowResult.ADDED: 2, RowResult.KNOWN: 3}
    shown = sorted(plan.rows, key=lambda row: 0 if row.news else order[row.result])[:most]
    some = [left_words(left) for left in file.left[: max(most // 3, most - len(shown))]]
    some += [row_words(row) for row in shown[: most - len(some)]]
    more = len(plan.rows) + len(file.left) - len(some)
    return [*lines, "", *map(one_line, some), *([f"and {rows(more)} more"] if more > 0 else [])]


def origin(file: FoundPeople, day: str) -> str:
    """Return how a note names a file that was imported: "LinkedIn, 29 Nov 2026"."""
    return f"{KIND[file.kind]}, {day}"


def note_day(day: date) -> str:
    """Return a day as it stands in a note, for years: "29 Nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def summary(plan: ImportPlan, done: bool) -> list[str]:
    """Return what an import did, or would do while it is not `done`, in a few sentences."""
    added, merged, known = (plan.count(result) for result in RowResult)
    sentences = []
    if added:
        sentences.append(f"{'Added' if done else 'Adds'} {people(added)} to the pool.")
    if merged:
        verb = ("was" if merged == 1 else "were") if done else ("is" if merged == 1 else "are")
        sentences.append(f"{rows(merged)} {verb} merged with people who are here, or in the same file.")
    if known:
        verb = "said" if done else ("says" if known == 1 else "say")
        sentences.append(f"{rows(known)} {verb} nothing new.")
    if moved := len(plan.moved):
        sentences.append(f"{people(moved)} changed job or title since: a reason to write.")
    if plan.left:
        sentences.append(f"{rows(plan.left)} {'was' if plan.left == 1 else 'were'} left.")
    if plan.does_nothing:
        sentences.append(NOTHING_NEW)
    return sentences


def people(count: int) -> str:
    """Return how many people there are: "1 person", "2,970 people"."""
    return counted(count, "person", "people")


def rows(count: int) -> str:
    """Return how many rows there are: "1 row", "140 rows"."""
    return counted(count, "row")


def moved_line(row: PlannedRow) -> str:
    """Return who changed job or title: "Mei Tanaka: now Media Director, Two Lamps (was Media Planner, …)"."""
    before = f" (was {row.work_before})" if row.work_before else ""
    return one_line(f"{row.name}: now {row.news}{before}")


def row_lines(plan: ImportPlan, names: Sequence[str]) -> list[str]:
    """Return a line for each row of all files, in their order; `names` are those of the files."""
    lines: list[str] = []
    for number, file in enumerate(plan.files):
        entries: list[tuple[int, str]] = [(left.line, f"left: {left_words(left)}") for left in file.left]
        entries += [(row.row.line, row_words(row)) for row in plan.rows if row.file == number]
        prefix = f"{names[number]}: " if len(plan.files) > 1 else ""
        lines += [one_line(f"{prefix}{words}") for _, words in sorted(entries, key=lambda entry: entry[0])]
    return lines


def row_words(row: PlannedRow) -> str:
    """Return what becomes of a row: "line 5: Mei Tanaka: merged with line 4, the same address"."""
    remarks = "".join(f"; {remark_words(remark)}" for remark in row.row.remarks)
    return f"line {row.row.line}: {row.row.name}: {result_words(row)}{remarks}"


def result_words(row: PlannedRow) -> str:
    """Return what becomes of a row, and why."""
    because = f", {BECAUSE[row.because]}" if row.because else ""
    if row.result is RowResult.ADDED:
        return "added"
    if row.same_line:
        return f"merged with line {row.same_line}{because}"
    if row.news:
        return f"now {row.news}, merged with {row.name}{because}"
    if row.result is RowResult.KNOWN:
        return f"here already{because}"
    return f"merged with {row.name}{because}"


def file_words(file: FoundPeople, name: str) -> list[str]:
    """Return what to say of how a file was read: what is not sure, and what is in the notes instead."""
    about = [f"{name}: {KIND[file.kind]}" + (f" ({file.member} in it)" if file.member else "")]
    if not file.encoding_sure:
        about.append(f"read as {file.encoding}; if letters are wrong, say --encoding")
    if file.day_first is not None and not file.day_first_sure:
        first, other = ("day", "month") if file.day_first else ("month", "day")
        about.append(f"dates are read with the {first} first; --{other}-first reads them the other way")
    if unknown := file.unknown_headings:
        shown = ", ".join(unknown[:8])
        about.append(
            f"in the notes, since their headings are not known: {shown} (--column “{unknown[0]}=title”)"
        )
    if remarked := sum(bool(person.remarks) for person in file.people):
        about.append(f"{rows(remarked)} with a value that is in the notes instead of its field")
    if file.other_records:
        shown = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in file.other_records.items())
        about.append(f"not imported: {shown}")
    return [one_line(text) for text in about] if len(about) > 1 else []


def left_lines(files: Iterable[FoundPeople], most: int) -> list[str]:
    """Return a line for each row that became nobody, at most `most`, and how many more there are."""
    left: list[LeftRow] = [row for file in files for row in file.left]
    lines = [one_line(left_words(row)) for row in left[:most]]
    return [*lines, f"and {len(left) - most:,} more"] if len(left) > most else lines


def as_json(plan: ImportPlan, names: Sequence[str], done: bool) -> dict[str, Any]:
    """Return an import as JSON values: an item for each row, those left included, in their order."""
    items: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        file = plan.files[number]
        rows = [_row_json(row, name) for row in plan.rows if row.file == number]
        rows += [
            {
                "type": "left_row",
                "file": name,
                "line": left.line,
                "result": "left",
                "reason": left.reason.value,
                "text": left.text,
            }
            for left in file.left
        ]
        items += sorted(rows, key=lambda item: int(item["line"]))
    counts = {result.value: plan.count(result) for result in RowResult} | {"left": plan.left}
    files = [
        {
            "file": name, "kind": file.kind.value, "member": file.member, "encoding": file.encoding,
            "encoding_sure": file.encoding_sure, "day_first": file.day_first,
            "day_first_sure": file.day_first_sure,
            "columns": {column.heading: column.field.value for column in file.columns},
            "unknown_columns": list(file.unknown_headings),
        }
        for name, file in zip(names, plan.files, strict=True)
    ]  # fmt: skip
    return {"schema": 1, "dry_run": not done, "counts": counts, "files": files, "items": items}


def _row_json(row: PlannedRow, name: str) -> dict[str, Any]:
    person = row.row
    fields = (
        "name", "goes_by", "organization", "title", "phone", "email", "zone", "source", "referrer", "found",
        "why", "notes",
    )  # fmt: skip
    return {
        "type": "imported_row",
        "file": name,
        "line": person.line,
        "result": row.result.value,
        "id": row.person_id,
        **{field: str(getattr(person, field)) for field in fields},
        "kind": person.kind.value if person.kind else "",
        "connected_on": person.connected_on.isoformat() if person.connected_on else "",
        "merged_with": "" if row.result is RowResult.ADDED else row.name,
        "because": row.because.value if row.because else "",
        "same_line": row.same_line,
        "now": row.news,
        "was": row.work_before,
        "remarks": [remark_words(remark) for remark in person.remarks],
    }
