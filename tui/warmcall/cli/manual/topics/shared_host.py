"""What somebody gives to everybody on a host."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries, words


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "A careers office or a school can give scripts, questions, messages, figures, days off, themes and "
        "settings to everybody on a host, in the folder /etc/xdg/warmcall."
    )
    yield entries(
        (
            "/etc/xdg/warmcall",
            "has the same files as $XDG_CONFIG_HOME/warmcall, but for keymap.yaml. The user's own come "
            "first: of two files with one id, or two themes of one name, the user's counts, and each "
            "figure and setting by itself. XDG_CONFIG_DIRS names other folders",
        ),
        (
            "holidays.yaml",
            "there has the days on which nobody is called, beside the public holidays, each like "
            "2026-12-24: Closed. A day without a name in your own holidays.yaml is a business day for you",
        ),
        (
            "Who may write there",
            "root alone. Otherwise the folder is not used, and warmcall check says why: neither files and "
            "folders of other users, nor what a group or others may write, nor links that others could "
            "change",
        ),
        (
            "Errors there",
            "are named by warmcall check with file and line. To root they are errors; to users, who can do "
            "nothing about them, they are notes, and that file or setting is left out",
        ),
        (
            "Who reads what",
            "state files, their backups, drafts and all else that warmcall writes are for their owner alone, "
            "whatever the umask. --db with the file of somebody else is refused",
        ),
        (
            "warmcall check for everybody",
            "by cron, for each user of a group: see the topic shell",
        ),
    )
