"""Everything that is known as JSON, and the contacts as CSV for a spreadsheet. Pure functions."""

from __future__ import annotations

import csv
import io
import json

import msgspec

from warmcall.domain.records import TABLES, Contact, Unfinished
from warmcall.domain.store import Store

CONTACT_COLUMNS = (
    "name", "kind", "organization", "title", "phone", "email", "zone", "source", "referrer", "notes",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV injection)."""


def as_json(store: Store) -> str:
    """Return every record by table, each as the state file holds it, but for forms left half typed."""
    tables = {
        name: [msgspec.to_builtins(record) for record in store.all(kind)]
        for name, kind in TABLES.items()
        if kind is not Unfinished
    }
    return json.dumps(tables, indent=1) + "\n"


def contacts_csv(store: Store) -> str:
    """Return the contacts by name, a header first, with CRLF line ends as RFC 4180 has them.

    A cell that a spreadsheet would run begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CONTACT_COLUMNS)
    for contact in sorted(store.all(Contact), key=lambda contact: (contact.name.casefold(), contact.id)):
        referrer = store.contact(contact.referrer_id)
        fields = {name: str(getattr(contact, name, "")) for name in CONTACT_COLUMNS}
        fields["referrer"] = referrer.name if referrer else ""
        writer.writerow([defused(fields[name]) for name in CONTACT_COLUMNS])
    return out.getvalue()


def defused(cell: str) -> str:
    """Return `cell` so that a spreadsheet takes it for text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
