"""The variables of the environment."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(
        ("WARMCALL_DB", "the state file, if --db names none"),
        (
            "XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
            "the folders of data, settings, the log, and what can be made again; if not set, ~/.local/share, "
            "~/.config, ~/.local/state and ~/.cache; see the topic files",
        ),
        (
            "XDG_CONFIG_DIRS",
            "folders, with : between them and the most important first, in which warmcall/ is "
            "for everybody on the host; if not set, /etc/xdg",
        ),
        ("VISUAL, EDITOR", "your own editor, with its options; VISUAL comes first"),
        (
            "PAGER",
            "the program that shows what does not fit on a terminal, with its options; less, as LESS says, "
            "or FRX if that is not set. cat, or nothing, means none, as --no-pager does",
        ),
        ("NO_COLOR", "if it is set and not empty, no colour at all"),
        (
            "TERM, COLORTERM",
            "what the terminal can do; if it cannot place the cursor, the screens do not open",
        ),
        ("TMUX, STY", "inside tmux or screen, copied text goes through them"),
        (
            "LC_ALL, LC_CTYPE, LC_TIME, LANG",
            "the encoding of the terminal; and, by LC_TIME, your country, if the settings name none",
        ),
        ("TZ", "your time zone, if the settings name none and it is not the machine's"),
        (
            "WARMCALL_PLAIN_TEXTUAL",
            "if it is set, Textual draws and reads keys as it does by itself, and the window title is left "
            "alone",
        ),
    )
