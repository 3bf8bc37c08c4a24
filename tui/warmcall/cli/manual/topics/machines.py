"""One search on several machines: merging copies by hand, with git, and with programs that sync."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words
from warmcall.cli.manual.neighbours import RecipeStep
from warmcall.cli.manual.several_machines import SHARED_HOME, WAYS, WITH_GIT, WITH_SSH, WITH_SYNCTHING


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(*WAYS)
    yield from words(
        "Copies of the state file that were changed apart can be merged into one, in any order and any "
        "number of times. Different records, and different fields of one record, of both stay. If both "
        "changed one field, and one of the two was changed with the other value in view, that one stays; "
        "otherwise the later one stays, and the other is kept beside it and named by warmcall check until "
        "the field gets another value. Of answers the words of both stay. Somebody who was deleted on one "
        "machine is gone, unless the other machine changed them meanwhile. Of next steps that both planned "
        "for one person, one stays open."
    )
    yield Subheading("By hand")
    yield from words(
        "The first line brings a copy into the state file in use, the second only says what would come, the "
        "third writes a third file:"
    )
    yield verbatim(
        "warmcall merge from-laptop.json\n"
        "warmcall merge from-laptop.json --dry-run\n"
        "warmcall merge ours.json theirs.json -o both.json"
    )
    yield from _recipe("With git", WITH_GIT)
    yield from words(
        "git pull, rebase and stash merge the file by its records, and git diff shows it as Markdown."
    )
    yield from _recipe("With Syncthing and the like", WITH_SYNCTHING)
    yield from words(
        "Syncthing keeps 10 such versions and deletes the oldest: merge them before that, or set "
        "maxConflicts of the folder to -1. With 0 it keeps none, and what one side wrote is lost."
    )
    yield from _recipe("With ssh alone", WITH_SSH)
    yield Subheading("A home on the network")
    yield entries(*SHARED_HOME)
    yield Subheading("An interview on two machines")
    yield from words(
        "An interview may be begun on one machine and continued on the other, once its file has arrived: T "
        "takes it over from a session that still has it. The time left is then as right as the clocks of "
        "both machines, which is said once. A clock that is behind what is on record is named, with how "
        "much."
    )
    yield Subheading("Clocks")
    yield from words(
        "A clock in the file, which never goes back, says which change is the later one. So a machine whose "
        "clock is wrong undoes nothing that it has seen. Of changes made apart, that of a clock that "
        "is ahead counts as the later; the other value is kept beside it."
    )
    yield Subheading("An office")
    yield from words("What is given to everybody on each machine is in the topic shared-host.")


def _recipe(title: str, steps: tuple[RecipeStep, ...]) -> Iterator[Block]:
    yield Subheading(title)
    for step in steps:
        yield from words(step.words)
        yield verbatim(step.lines)
