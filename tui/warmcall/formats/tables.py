"""All records as JSON, and the contacts as CSV for a spreadsheet. Pure functions.

What a spreadsheet or a terminal would run in a CSV file is made inert (OWASP, "CSV Injection",
https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

from warmcall.domain.records import TABLES, Contact, PoolPerson, Unfinished, to_document
from warmcall.domain.sanitize import many_lines
from warmcall.domain.store import Store

CONTACT_COLUMNS = (
    "name", "kind", "organization", "title", "phone", "email", "zone", "source", "referrer", "notes",
    "goes_by", "found", "news", "why", "connected_on",
)  # fmt: skip
POOL_COLUMNS = ("link",)
_FORMULA = ("=", "+", "-", "@")
"""What a formula begins with, in any width: NFKC makes ＝, ﹢ and the like one of these."""

_BLANK = ("Cc", "Cf", "Zl", "Zp", "Zs")
"""The Unicode categories of what a spreadsheet may drop before a formula: spaces, control characters, BOM."""

_NUMBER = re.compile(r"[+-]?[0-9][0-9 ]*([.,][0-9]+)*|\+[0-9 ().\-/]+(,? ?(x|#|ext(\.|ension)?) ?[0-9]+)?")
"""A number or a telephone number, which names no function and no cell and stays what it is."""


def as_json(store: Store) -> str:
    """Return every record by table, each as in the state file, except forms that are half filled in."""
    tables = {
        name: [to_document(record) for record in store.all(kind)]
        for name, kind in TABLES.items()
        if kind is not Unfinished
    }
    return json.dumps(tables, indent=1) + "\n"


def contacts_csv(store: Store, with_pool: bool = False) -> str:
    """Return the contacts sorted by name, after a header, with CRLF line ends (RFC 4180).

    With the people of the pool it has one more column, their links. Control characters, escape sequences and
    direction overrides stand in it as visible signs or not at all.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    columns = (*CONTACT_COLUMNS, *POOL_COLUMNS) if with_pool else CONTACT_COLUMNS
    writer.writerow(columns)
    for person in exported_people(store, with_pool):
        fields = {name: str(getattr(person, name, None) or "") for name in columns}
        if isinstance(person, Contact):
            referrer = store.contact(person.referrer_id)
            fields["referrer"] = referrer.name if referrer else ""
        elif with_pool:
            fields["link"] = " ::: ".join(person.links)
        writer.writerow([defused(fields[name]) for name in columns])
    return out.getvalue()


def exported_people(store: Store, with_pool: bool) -> list[Contact | PoolPerson]:
    """Return the contacts, and the people of the pool if they are wanted too, by name."""
    people: list[Contact | PoolPerson] = [*store.all(Contact), *(store.all(PoolPerson) if with_pool else ())]
    return sorted(people, key=lambda person: (person.name.casefold(), person.id))


def defused(cell: str) -> str:
    """Return `cell` as inert text, with an apostrophe before it if a spreadsheet would run it as a formula.

    It gets one more if it looks like a cell that got one, so that `original_cell` can undo this.
    """
    cell = many_lines(cell)
    return f"'{cell}" if _is_formula(cell.lstrip("'")) else cell


def original_cell(cell: str) -> str:
    """Return what `defused` got, from a CSV file of ours."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def _is_formula(cell: str) -> bool:
    start = next((letter for letter in cell if unicodedata.category(letter) not in _BLANK), "")
    return unicodedata.normalize("NFKC", start) in _FORMULA and not _NUMBER.fullmatch(cell)
