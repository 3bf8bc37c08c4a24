"""The state file: what it is, its copies, and scripts that edit it."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, verbatim, words

OWN_SCRIPT = """
from tinydb import where
from warmcall import open_db

with open_db() as db:
    db.table("contacts").update({"phone": "+1 312 555 0163"}, where("name") == "Luis Ortega")
"""
"""An example of a Python script that edits the state file."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words("A Python script that edits the state file opens it with open_db(), or open_db(path):")
    yield verbatim(OWN_SCRIPT)
