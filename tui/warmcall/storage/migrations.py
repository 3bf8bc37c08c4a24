"""Migrations: bringing an older file's layout up to date, one version at a time."""

from __future__ import annotations

from collections.abc import Callable

from warmcall.storage.raw_table import RawTable

SCHEMA = 1
"""The version of the file's layout. A file with a newer one is only read."""

Migration = Callable[[dict[str, RawTable]], None]

MIGRATIONS: dict[int, Migration] = {}
"""By version, what edits tables of that layout into the next one. To run one twice must do no harm."""


def migrate(tables: dict[str, RawTable], schema: int) -> dict[str, RawTable]:
    """Edit `tables` from the layout of version `schema` into the present one, and return them."""
    for version in range(schema, SCHEMA):
        MIGRATIONS[version](tables)
    meta = tables["meta"]
    number = next(iter(meta))
    meta[number] = dict(meta[number]) | {"schema": SCHEMA}
    return tables
