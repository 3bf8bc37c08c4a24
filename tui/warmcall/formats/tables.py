"""All records as JSON, and the contacts as CSV for a spreadsheet. Pure functions."""

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
"""What a cell begins with that a spreadsheet runs as a formula (OWASP, "CSV Injection")."""


def as_json(store: Store) -> str:
    """Return every record by table, each as in the state file, except forms that are half filled in."""
    tables = {
        name: [msgspec.to_builtins(record) for record in store.all(kind)]
        for name, kind in TABLES.items()
        if kind is not Unfinished
    }
    return json.dumps(tables, indent=1) + "\n"


def contacts_csv(store: Store) -> str:
    """Return the contacts sorted by name, after a header, with CRLF line ends (RFC 4180)."""
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
    """Return `cell`, with an apostrophe before it if a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
