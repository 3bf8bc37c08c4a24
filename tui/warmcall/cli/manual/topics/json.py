"""What commands print for programs."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries, words


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "With --json, commands print an object with schema, which is 1, and items, a list with an item a "
        "line. "
        "The type of an item says what it is, such as person, follow_up, attempt or interview: commands that "
        "change something print all that they changed. "
        "Days are dates, as 2026-12-01. Instants are in UTC, in whole seconds, and end in Z. Ids are "
        "whole, and "
        "the same in all records. A text that nobody gave is empty; an id, a day, an instant or a record "
        "that is "
        "not there is null. Within one schema fields may come; none goes or changes. All is in ASCII, "
        "with other "
        "characters escaped.",
        "warmcall schema prints the JSON Schema (draft 2020-12), which describes each field. Answers "
        "that are "
        "not to be repeated are in it, marked by not_to_repeat: what leaves this machine is better made by "
        "export md or report, which leave them out.",
    )
    yield entries(*_shapes())


def _shapes() -> Iterator[tuple[str, str]]:
    """Yield each shape that commands print, with what it is and the names of its fields."""
    from warmcall.cli.schema import CHANGING, outputs
    from warmcall.presentation.json_shapes import schema_of

    commands: dict[str, dict[str, None]] = {}
    for command, kinds in outputs().items():
        for kind in kinds:
            words = "each command that changes one" if command in CHANGING else command
            commands.setdefault(kind.__name__, {})[words] = None
    every = dict.fromkeys(kind for kinds in outputs().values() for kind in kinds)
    for name, shape in schema_of(*every)["$defs"].items():
        if "properties" in shape:
            printed = f" Printed by {', '.join(commands[name])}." if name in commands else ""
            yield name, f"{shape['description']}{printed} It has {', '.join(shape['properties'])}"
