"""Migrations: bringing the layout of an older file up to date, one version at a time."""

from __future__ import annotations

from collections.abc import Callable

from warmcall.storage.raw_table import RawTable

SCHEMA = 1
"""The version of the file's layout; a file with a newer one is read, and not written by this program."""

Migration = Callable[[dict[str, RawTable]], None]

MIGRATIONS: dict[int, Migration] = {}
"""What takes tables of each older version to the next one, in place; run again it changes nothing more."""


def migrate(tables: dict[str, RawTable], schema: int) -> dict[str, RawTable]:
    """Return `tables`, whose layout is of version `schema`, in the layout of today."""
    for version in range(schema, SCHEMA):
        MIGRATIONS[version](tables)
    meta = tables["meta"]
    number = next(iter(meta))
    meta[number] = dict(meta[number]) | {"schema": SCHEMA}
    return tables
