"""Where everything is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warmcall.cli.manual.blocks import Block, entries, verbatim, words
from warmcall.cli.places import own_places
from warmcall.config.paths import Paths

_DATA, _CONFIG, _CACHE, _STATE = (
    Path(f"$XDG_{kind}_HOME/warmcall") for kind in ("DATA", "CONFIG", "CACHE", "STATE")
)


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    found = Paths(_DATA / "warmcall.json", _CONFIG, log_folder=_STATE)
    places = own_places(found, str(_CONFIG / "keymap.yaml"))
    yield from words(
        "warmcall paths says where everything is on your machine, and warmcall paths NAME where one thing "
        "is, for a script. Where the variables below are not set, the folders are ~/.local/share, ~/.config, "
        "~/.cache and ~/.local/state; on macOS, ~/Library/Application Support and ~/Library/Caches."
    )
    yield entries(
        *(
            (name, f"{str(place).replace(str(found.cache_folder), str(_CACHE))}: {about}.")
            for name, place, about in places
        ),
        ("office", "/etc/xdg/warmcall: what is given to everybody on this host; see the topic shared-host."),
        as_it_is=True,
    )
    yield from words(
        "--db FILE, before a command or behind it, or the variable WARMCALL_DB names another state file. "
        "What belongs to that file is then beside it, the log, too.",
        "For example, to edit your figures of the cadence:",
    )
    yield verbatim('$EDITOR "$(warmcall paths cadence)"')
    yield from words(
        "The state file and your YAML files may be symbolic links that you made, into a synced folder for "
        "example. If the disk that they lead to is not mounted, a sentence says so, and nothing is made.",
        "Files must be ordinary files and yours, or root's: links and files that somebody else put there "
        "are not opened. A state file may have 512 MB, a YAML file 1 MB. What root writes, as with sudo, "
        "belongs to the owner of the folder. All that warmcall writes is for its owner's eyes only.",
    )
