"""The command that lists people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Self

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.invocation import EXIT_NOTHING_DUE, EXIT_OK, Invocation, fail
from warmcall.cli.reading import json_option, note_nothing, print_json, print_lines, services_for
from warmcall.cli.selecting import select_target
from warmcall.cli.words import KIND, STAGE
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.targets import serves
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind, Stage

if TYPE_CHECKING:
    from warmcall.services.services import Services


@click.command(
    "list",
    epilog=examples(
        ("warmcall list", "everyone in People, by name"),
        ("warmcall list northgate", "by a word of any field, said or written"),
        ("warmcall list --kind manager --stage new", "those who hire, and were not asked yet"),
        ("warmcall list kind:manager stage:new", "the same"),
        ("warmcall list chicago --pool", "in the pool, too"),
    ),
)
@click.argument("words", nargs=-1)
@click.option("--kind", type=KIND, metavar="KIND", help=f"Only this kind: {', '.join(KIND.usual)}.")
@click.option("--stage", type=STAGE, metavar="STAGE", help=f"Only at this stage: {', '.join(STAGE.usual)}.")
@click.option("--target", metavar="WORDS", help="Only those who serve the target with these words.")
@click.option("--pool", "with_pool", is_flag=True, help="The people in the pool, too.")
@json_option
@pager_option
@db_option
@click.pass_obj
def list_command(
    invocation: Invocation,
    words: tuple[str, ...],
    kind: ContactKind | None,
    stage: Stage | None,
    target: str | None,
    with_pool: bool,
    as_json: bool,
) -> None:
    """List people by name, with their stage and what is owed first.

    WORDS are those of any field, said or written, as in the filter of the screen; those that have them in
    name and work come first. kind:, stage: and target: before a word are the options of that name. Each line
    begins with the id by which other commands know somebody.

    The exit code is 0 if anybody fits, 1 if nobody does.
    """
    wanted = _Wanted.of(words, kind, stage, target)
    services = services_for(invocation)
    people, pool = wanted.people(services), wanted.in_pool(services) if with_pool else []
    if as_json:
        from warmcall.presentation.json_shapes import person_json, pool_person_json

        print_json(
            chain((person_json(services, one) for one in people), (pool_person_json(one) for one in pool))
        )
    else:
        from warmcall.presentation.plain_people import people_lines

        print_lines(people_lines(services, people, pool))
        if not (people or pool):
            note_nothing("Nobody fits." if services.store.count(Contact) else "Nobody is in People yet.")
    raise SystemExit(EXIT_OK if people or pool else EXIT_NOTHING_DUE)


class _Wanted(NamedTuple):
    """Who is to be listed: words of any field, and which kind, stage and target, as words or values."""

    words: str
    kind: ContactKind | None
    stage: Stage | None
    target: str | None

    @classmethod
    def of(
        cls, words: Sequence[str], kind: ContactKind | None, stage: Stage | None, target: str | None
    ) -> Self:
        """Return what options and words say together, or end with a sentence if a word after a prefix is no
        kind or stage."""
        rest = []
        for word in " ".join(words).split():
            prefix, colon, value = word.partition(":")
            try:
                match prefix.casefold() if colon and value else "":
                    case "kind":
                        kind = KIND.read(value)
                    case "stage":
                        stage = STAGE.read(value)
                    case "target":
                        target = value
                    case _:
                        rest.append(word)
            except ValueError as error:
                fail(f"list: {prefix}: {error}")
        return cls(" ".join(rest), kind, stage, target)

    def people(self, services: Services) -> list[Contact]:
        """Return the contacts who are wanted, in the order of the search."""
        target = select_target(services, self.target, "list: target") if self.target is not None else None
        known, tried = services.store.target_ids, services.stages.tried()
        return [
            contact
            for contact in services.search.people(self.words)
            if (self.kind is None or contact.kind is self.kind)
            and (self.stage is None or tried.get(contact.id, Stage.NEW) is self.stage)
            and (target is None or serves(contact, target.id, known))
        ]

    def in_pool(self, services: Services) -> list[PoolPerson]:
        """Return those in the pool who are wanted; they are at no stage, and serve no target."""
        if self.stage is not None or self.target is not None:
            return []
        store = services.store
        found = store.all(PoolPerson)
        if self.words:
            ids = services.pool_search.ids(self.words)
            found = (person for id_ in ids if (person := store.get(PoolPerson, id_)) is not None)
        listed = [person for person in found if self.kind is None or person.kind is self.kind]
        return listed if self.words else sorted(listed, key=lambda person: (folded(person.name), person.id))
