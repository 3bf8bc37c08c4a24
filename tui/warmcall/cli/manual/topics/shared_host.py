"""What somebody gives to everybody on a host."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(
        (
            "/etc/xdg/warmcall",
            "what somebody, such as a careers office, gives to everybody on the host: "
            "config.yaml, themes, scripts, questions, messages and the figures, as in "
            "$XDG_CONFIG_HOME/warmcall. The user's own come first: of two files with one id, or two "
            "themes of one "
            "name, theirs holds, and each figure and setting by itself. XDG_CONFIG_DIRS names other folders",
        ),
        (
            "Who may write there",
            "root alone, else it is not used and warmcall check says why: neither files and "
            "folders of other users, nor what a group or others may write, nor links that others could "
            "change",
        ),
        (
            "Mistakes there",
            "are named by file and line by warmcall check. To root they are errors; for users, "
            "who can do nothing about them, they are notes, and that file or setting is left out",
        ),
        (
            "Who reads what",
            "state files, their backups, drafts and all else that warmcall writes are for their "
            "owner alone, whatever the umask. --db with the file of somebody else is refused",
        ),
    )
