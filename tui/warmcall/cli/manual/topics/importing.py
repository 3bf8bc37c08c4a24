"""Importing people, and what follows: the pool, the shortlist, people who are there twice."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "I in People, or warmcall import FILE, adds the people in a file to the pool: people you know of, to "
        "whom nothing is owed yet. A whole import is one change, which u or warmcall undo takes back; a "
        "backup is made before it. Whoever is here already is not added again: what is new of them is added, "
        "and a new job or title is noted as a reason to write."
    )
    yield entries(
        (
            "LinkedIn",
            "the ZIP that LinkedIn sends when you ask for a copy of your data (Settings, Data privacy), or "
            "the Connections.csv in it",
        ),
        ("Google", "Google Contacts, Export, as Google CSV"),
        ("Outlook", "People, Manage contacts, Export, as CSV"),
        ("phones", "a vCard file (.vcf), as iPhone, Android and most address books export it"),
        ("any other table", "CSV with a column of names; the other columns are recognised by their headings"),
        ("warmcall", "what export csv or export json wrote"),
        ("-", "standard input, as in zcat people.csv.gz | warmcall import -"),
    )
    yield Subheading("See first, then import")
    yield from words(
        "--dry-run shows row by row what would become of each, and changes nothing; the screen shows the "
        "same before Enter imports. Where a heading is not known, say what its column holds, with c on the "
        "screen or with --column; the answer is remembered. Where a date such as 12/3 can be read in two "
        "ways, d on the screen, --day-first or --month-first decides. If letters are wrong, --encoding says "
        "in what the file is written."
    )
    yield verbatim(
        "warmcall import --dry-run people.csv\nwarmcall import people.csv --column 'Placed at=organization'"
    )
    yield Subheading("From the pool to a call")
    yield from words(
        "S in Queue, People and Target proposes whom of all you know to ask this week, with the reasons "
        "and how much each counts; Space chooses, x leaves somebody out for good. Whoever is chosen "
        "becomes a contact with a call in the queue. In People, / finds anybody in the pool, and Space "
        "adds them to the queue. The weights of the reasons are in ranking.yaml; see the topic figures.",
    )
    yield Subheading("People who are there twice")
    yield from words(
        "= in People shows two people who may be one, side by side: l or r says whose values stay where they "
        "differ, b says that they are two. m on a person merges them with another, A there takes them apart "
        "again; so do warmcall merge-people and its option --take-apart.",
    )
