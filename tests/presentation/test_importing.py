from __future__ import annotations

from datetime import date

from warmcall.domain.found_people import (
    FileKind,
    FoundPeople,
    FoundPerson,
    LeftReason,
    LeftRow,
    RemarkKind,
    RowRemark,
)
from warmcall.domain.person_keys import KeyKind
from warmcall.presentation import importing as words
from warmcall.services.importing import ImportPlan, PlannedRow, RowResult

MEI, LUIS = FoundPerson(line=2, name="Mei Tanaka"), FoundPerson(line=3, name="Luis Ortega")


def plan(*rows: PlannedRow, left: int = 0) -> ImportPlan:
    gone = tuple(LeftRow(line=9 + n, reason=LeftReason.NO_NAME) for n in range(left))
    file = FoundPeople(kind=FileKind.LINKEDIN, people=tuple(row.row for row in rows), left=gone)
    new = {row.person_id: row.row for row in rows if row.result is RowResult.ADDED}
    return ImportPlan((file,), rows, new, (), ())


def test_what_an_import_did_and_would_do_is_said_in_sums() -> None:
    one = plan(PlannedRow(MEI, 0, RowResult.ADDED, "m", "Mei Tanaka"), left=1)
    assert words.summary(one, done=False) == ["Adds 1 person to the pool.", "1 row was left."]
    known = PlannedRow(LUIS, 0, RowResult.KNOWN, "l", "Luis Ortega", KeyKind.PHONE)
    assert words.summary(plan(known), done=False) == ["1 row says nothing new.", words.NOTHING_NEW]
    assert words.summary(plan(known, known), done=True)[0] == "2 rows said nothing new."


def test_a_row_with_two_values_in_the_notes_is_one_row() -> None:
    remarks = (RowRemark(kind=RemarkKind.BAD_PHONE), RowRemark(kind=RemarkKind.BAD_EMAIL))
    ana = FoundPerson(line=4, name="Ana Ruiz", remarks=remarks)
    file = FoundPeople(kind=FileKind.LINKEDIN, people=(ana, MEI))
    assert words.file_words(file, "a.csv") == [
        "a.csv: LinkedIn",
        "1 row with a value that is in the notes instead of its field",
    ]


def test_each_row_says_what_becomes_of_it_and_why() -> None:
    same = PlannedRow(LUIS, 0, RowResult.MERGED, "m", "Mei Tanaka", KeyKind.EMAIL, same_line=2)
    assert words.row_words(same) == "line 3: Luis Ortega: merged with line 2, the same address"
    moved = PlannedRow(
        MEI, 0, RowResult.MERGED, "m", "Mei T", KeyKind.PROFILE, news="Director, Tern", work_before="Planner"
    )
    assert words.row_words(moved) == (
        "line 2: Mei Tanaka: now Director, Tern, merged with Mei T, the same LinkedIn profile"
    )
    assert words.moved_line(moved) == "Mei T: now Director, Tern (was Planner)"
    assert words.note_day(date(2026, 11, 29)) == "29 Nov 2026"
