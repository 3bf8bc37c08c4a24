from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.records import TABLE_OF, TABLES, Contact, Unfinished, from_document
from warmcall.domain.sanitize import many_lines
from warmcall.domain.store import Store
from warmcall.formats.tables import CONTACT_COLUMNS, as_json, contacts_csv, defused, original_cell

from tests.examples import LUIS, REFERRER, contact, contacts, interview, records
from tests.profiles import modest


@modest
@given(st.lists(records, max_size=6))
def test_every_record_comes_back_from_the_json_as_it_was(some: list[msgspec.Struct]) -> None:
    store = Store(some)  # type: ignore[arg-type]
    tables = json.loads(as_json(store))
    assert set(tables) == {name for name, kind in TABLES.items() if kind is not Unfinished}
    for name, rows in tables.items():
        assert [from_document(row, TABLES[name]) for row in rows] == list(store.all(TABLES[name]))


def test_the_json_is_plain_text_for_any_terminal() -> None:
    text = as_json(Store([contact(name="佐藤 \x1b[2J"), interview()]))
    assert text.isascii()
    assert "\x1b" not in text
    assert TABLE_OF[type(LUIS)] in text


def test_contacts_are_rows_by_name_with_who_named_them() -> None:
    luis = contact(id="luis", name="luis", organization="Parkway, Sons", referrer_id="dana", notes="a\nb")
    text = contacts_csv(Store([luis, REFERRER]))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["name"] for row in rows] == ["Dana Whitfield", "luis"]
    assert (rows[1]["organization"], rows[1]["referrer"], rows[1]["notes"]) == (
        "Parkway, Sons",
        "Dana Whitfield",
        "a\nb",
    )
    assert tuple(rows[0]) == CONTACT_COLUMNS
    assert text.splitlines(keepends=True)[0].endswith("\r\n")


LEADS = ["", "\n", "\r", "\t", " ", "\xa0", "\u200b", "\ufeff", "\u3000", " \r\n\t"]
"""What a spreadsheet may drop before a formula."""


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "⁺"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(sign: str) -> None:
    for lead in LEADS:
        for cell in (f"{lead}{sign}cmd|' /c calc'!A1", f"{lead}{sign}1+1", f"'{lead}{sign}x"):
            written = defused(cell)
            assert written.startswith("'")
            assert original_cell(written) == many_lines(cell)
    assert defused(f"1{sign}1") == f"1{sign}1"


@pytest.mark.parametrize(
    "cell",
    [
        "", "'", "it's", "'90s", "=".join("ab"), "-5", "+3.14", "1 000", "+1 312 555 0142", "+13125550142",
        "+1 (312) 555-0142", "+49 30 123/45", "+1 312 555 0142 x77", "+1 312 555 0142, ext. 77",
        "+1 312 555 0142 extension 77", "luis@example.com", "佐藤 由美",
    ],
)  # fmt: skip
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == original_cell(cell) == cell


@pytest.mark.parametrize("cell", ["+1 312 555 0142 x77+A1", "-5+A1", "+A1", "-", "+x77"])
def test_a_number_with_more_than_figures_is_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


def test_nothing_in_a_cell_acts_on_a_terminal_or_turns_text_round() -> None:
    text = contacts_csv(
        Store([contact(name="A\x1b]0;x\x07\x9b2J", notes="one\r\ntwo\tthree \u202egnp.exe\u2066")])
    )
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["name"] == "A␛]0;x␇�2J"
    assert row["notes"] == "one\ntwo three gnp.exe"


@modest
@given(st.lists(contacts, max_size=4))
def test_no_cell_of_the_csv_is_a_formula_and_our_own_csv_comes_back(some: list[Contact]) -> None:
    store = Store(some)
    text = contacts_csv(store)
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    for row, person in zip(
        rows, sorted(store.all(Contact), key=lambda person: (person.name.casefold(), person.id)), strict=True
    ):
        assert not [cell for cell in row if cell.startswith(("=", "@", "\t", "\r"))]
        assert original_cell(row[0]) == many_lines(person.name)
