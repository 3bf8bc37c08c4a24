"""warmcall: twenty minutes with someone who knows, run from the terminal.

The packages, each of which may import only those below it in this list:

cli            one module for each group of commands; `bootstrap` builds everything
app            the Textual app, which owns what is the same on every screen
screens        what a person sees and the keys that act there, one folder for each area
presentation   records put into words, for the screens and the plain commands alike
widgets        generic pieces of a screen; terminal, beside it: what keeps the app quick over SSH
services       one verb, one change: what can be done to the records
storage        the state file: reading it, writing it, merging, backups
config         the settings, the keymap and the YAML of scripts, questions and messages
formats        other people's formats: iCalendar, mail, Markdown, CSV
domain         frozen records and the rules over them; the standard library and msgspec only

Scripts use `open_db`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from warmcall.storage.database import StateDB

__version__ = "1.0.0"


def open_db(path: str | Path | None = None) -> StateDB:
    """Open a state file as a TinyDB that is safe beside running sessions; without a path, the user's own.

    Each edit takes the lock, is made in the file as it is on disk then, and replaces the file whole; running
    sessions merge it and show it within two seconds. `with db.transaction():` makes several edits one.
    Edits made here are not among those that undo brings back. A file in an older layout is read in the
    present one; the first edit writes it so, after a backup.

    Raises:
        FileRefused: an OSError, if no file can be opened there, or only one of somebody else's.
    """
    # Imported here, because only scripts need them and every start of the program would wait for them.
    import os
    from pathlib import Path

    from warmcall.config.paths import user_paths
    from warmcall.config.settings import read_config
    from warmcall.storage.state_file import StateFile

    paths = user_paths(Path(path) if path else None, os.environ)
    return StateFile(paths.state_file, read_config(paths.config_file, paths.office_folders)[0].zone).db
