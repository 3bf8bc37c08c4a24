from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.records import TABLE_OF, TABLES, Unfinished
from warmcall.domain.store import Store
from warmcall.formats.tables import CONTACT_COLUMNS, as_json, contacts_csv, defused

from tests.examples import LUIS, REFERRER, contact, contacts, interview, modest, records


@modest
@given(st.lists(records, max_size=6))
def test_every_record_comes_back_from_the_json_as_it_was(some: list[msgspec.Struct]) -> None:
    store = Store(some)  # type: ignore[arg-type]
    tables = json.loads(as_json(store))
    assert set(tables) == {name for name, kind in TABLES.items() if kind is not Unfinished}
    for name, rows in tables.items():
        assert [msgspec.convert(row, TABLES[name]) for row in rows] == list(store.all(TABLES[name]))


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


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(sign: str) -> None:
    assert defused(f"{sign}1+1") == f"'{sign}1+1"
    assert defused(f"1{sign}1") == f"1{sign}1"
    assert defused("") == ""


@modest
@given(st.lists(contacts, max_size=4))
def test_no_cell_of_the_csv_is_a_formula(some: list[msgspec.Struct]) -> None:
    text = contacts_csv(Store(some))  # type: ignore[arg-type]
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
