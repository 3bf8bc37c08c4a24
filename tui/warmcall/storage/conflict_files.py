"""Finds the files that sync and merge programs leave beside a state file when two versions of it met.

Each program has a name of its own for the version it did not put in the file's place. Nothing reads those
files, so what only they hold is easily forgotten.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_MARKS = re.compile(
    r"""
      \.sync-conflict-\d{8}-\d{6}      # Syncthing: NAME.sync-conflict-20261129-101500-DEVICE.json
    | conflicted\ copy                 # Dropbox, Nextcloud: NAME (conflicted copy 2026-11-29 101500).json
    | _conflict-\d{8}-\d{6}            # ownCloud: NAME_conflict-20261129-101500.json
    | \(SFConflict\b                   # Seafile: NAME (SFConflict 2026-11-29-10-15-00).json
    | \.conflict\d+                    # rclone bisync: NAME.json.conflict1
    | _(BACKUP|BASE|LOCAL|REMOTE)_\d+  # git mergetool while it runs: NAME_LOCAL_1234.json
    | \.(orig|rej)$                    # git mergetool and patch: NAME.json.orig, NAME.json.rej
    | ~\d*~?$                          # rsync and cp with --backup: NAME.json~, NAME.json.~1~
    """,
    re.VERBOSE | re.IGNORECASE,
)


def conflict_files(path: Path) -> list[Path]:
    """Return the other versions of the state file at `path` in its folder, by name.

    An empty list if the folder cannot be read.
    """
    try:
        with os.scandir(path.parent) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.name.startswith(path.stem) and entry.name != path.name
                and _MARKS.search(entry.name, len(path.stem)) and entry.is_file(follow_symlinks=False)
            )  # fmt: skip
    except OSError:
        return []
    return [path.with_name(name) for name in names]
