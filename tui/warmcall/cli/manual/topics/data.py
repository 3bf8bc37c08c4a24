"""The state file: how it is kept, its backups, other copies of it, and scripts that edit it."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words

OWN_SCRIPT = """
from tinydb import where
from warmcall import open_db

with open_db() as db:
    luis = where("name") == "Luis Ortega"
    db.table("contacts").update({"phone": "+1 312 555 0163"}, luis)
"""
"""An example of a Python script that edits the state file."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Everything is in one file, warmcall.json, in plain JSON, one record a line. It is saved by itself, "
        "within half a second after a change; words being typed are kept sooner, so that neither a crash "
        "nor a dropped line loses them. Several sessions and commands may use the file at once: each shows "
        "what the others did within two seconds. A mark in the bar shows while something is not saved; if "
        "it cannot be, the bar says why, and ctrl+s tries again."
    )
    yield Subheading("Backups")
    yield from words(
        "In warmcall.json.backups, beside the file, are compressed copies: one for each hour of the last "
        "day and each day of the last month in which the file changed, and one from before each import, "
        "merge, restore and change of the file's schema, and from before another copy replaced the file."
    )
    yield entries(
        ("warmcall backups", "lists them, the newest first"),
        ("warmcall backups restore N", "brings one back; the file as it was is backed up first"),
        ("zcat FILE", "shows one"),
    )
    yield from words(
        "Together they take at most 200 MB, or 24 times the size of the file if that is more. Where that is "
        "too little, the oldest of the hours are removed first, then the oldest of the days, and warmcall "
        "check says so."
    )
    yield Subheading("If another copy replaces the file")
    yield from words(
        "A sync program, git checkout, rsync or a backup tool may put an older or another copy in place of "
        "the file while warmcall runs. The bar then says so until you decide: F brings back what the copy "
        "lacks, as one change that u takes back; X leaves the file as it is. In either case what was known "
        "before is kept as a backup, whose name ends in -replaced.",
        "Versions that such programs leave beside the file, such as ….sync-conflict-…, … (conflicted copy "
        "…), ….orig and …~, are named when warmcall starts, and by warmcall check, which also says what to "
        "do. See the topic machines.",
    )
    yield Subheading("Newer and older versions")
    yield from words(
        "A file of an older schema is read as it is, and changed to the present one with the first change, "
        "after a backup; warmcall check says which schema a file has. A file of a newer warmcall is only "
        "read. So an older session that still runs can no longer save then, and says why.",
    )
    yield Subheading("Scripts that edit it")
    yield from words(
        "Any program may read the file; TinyDB(path) opens it. A Python script that edits it opens it with "
        "open_db(), or open_db(path): each edit then locks the file and replaces it whole. A running "
        "session shows the edit within two seconds, and keeps its own edits, too.",
    )
    yield verbatim(OWN_SCRIPT)
    yield from words(
        'Days are dates, and instants end in Z: "due": "2026-12-01", or "2026-12-01T16:15:00Z" for one '
        "with an hour.",
        "With plain TinyDB(path), open the file anew for each edit. If it stays open while warmcall saves, "
        "the edit goes into a file that has been replaced, and is lost.",
    )
