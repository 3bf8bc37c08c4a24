"""One search on several machines: merging copies by hand, with git, and with programs that sync."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, verbatim, words

SYNCTHING_IGNORES = """
.warmcall.json.*
warmcall.json.backups
warmcall.json.*typing-*
"""
"""What Syncthing has to leave on each machine."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
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
    yield Subheading("With git")
    yield from words("Once, in the folder of the state file, and add a remote of your own:")
    yield verbatim("warmcall git-setup\ngit add -A\ngit commit -m 'My search'")
    yield from words(
        "In each clone, once: warmcall git-setup FOLDER. From then on git pull, rebase and stash merge the "
        "file by its records, and git diff shows it as Markdown. Git does not overwrite what is not "
        "committed: commit before you pull."
    )
    yield Subheading("With Syncthing and the like")
    yield from words(
        "If both machines changed the file, such programs leave one version beside it. warmcall finds it "
        "while it runs and says what it would bring: F merges it into the file, as one change that u takes "
        "back, and moves it to the backups; X leaves it. Without the screens warmcall check names it and "
        "warmcall merge brings it in; then delete it. These lines in the .stignore of each machine keep "
        "there what belongs to it alone:"
    )
    yield verbatim(SYNCTHING_IGNORES)
    yield from words(
        "Syncthing keeps 10 such versions and deletes the oldest: merge them before that, or set "
        "maxConflicts of the folder to -1. With 0 it keeps none, and what one side wrote is lost."
    )
    yield Subheading("An interview on two machines")
    yield from words(
        "An interview may be begun on one machine and continued on the other, once its file has arrived: T "
        "takes it over from a session that still has it. The time left is then as right as the clocks of "
        "both machines, which is said once. A clock that is behind what is on record is named, with how "
        "much."
    )
