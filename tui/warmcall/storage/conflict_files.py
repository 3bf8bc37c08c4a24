"""Finds the files that sync and merge programs leave beside a state file when two versions of it met.

Each program has a name of its own for the version it did not put in the file's place. Nothing reads those
files, so what only they hold is easily forgotten. Where the names are from:

* Syncthing: https://forum.syncthing.net/t/how-does-conflict-resolution-work/15113 quotes its FAQ.
* Dropbox: https://help.dropbox.com/syncing-uploads/conflicted-copy. It translates the words; those of German,
  French, Spanish and Japanese are in public programs that look for such files. Maestral, another program for
  Dropbox, writes "conflicting copy" (samschott/maestral#862 on GitHub).
* Nextcloud: https://docs.nextcloud.com/server/latest/user_manual/en/desktop/conflicts.html. OwnCloud has the
  same words now, https://doc.owncloud.com/desktop/next/conflicts.html, and wrote "_conflict-" before.
* Seafile: "SFConflict", as in scripts that clean up after it (gist nyanpasu64/95ba9e768985a8a3e373).
* Resilio Sync: https://help.resilio.com/hc/en-us/articles/204753629-Conflict-files-in-Sync
* pCloud: https://help.pcloud.com/article/files-not-recommended-for-sync-backup-or-uploads
* FileCloud: https://www.getfilecloud.com/supportdocs/display/2SD/20.1+Managing+Sync+Conflicts
* Syncplicity: https://otago.custhelp.com/app/answers/detail/a_id/2465/related/1
* OneDrive: the name of the computer, then perhaps a number (abraunegg/onedrive#207 and
  JeffSteinbok/obsidian-onedrive#128 on GitHub). It may be any word, so only the name of this machine counts,
  and those that Windows and macOS choose by themselves.
* Google Drive: a number in parentheses (sceneview/sceneview#1014 on GitHub).
* iCloud Drive: a number after a space (http://mentalfaculty.tumblr.com/post/102519824251).
* Unison: the default of its preference "backupprefix" (bcpierce00/unison on GitHub).
* rclone bisync, git-mergetool(1), patch(1), rsync(1) and cp(1): their manuals.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_MARKS = re.compile(
    r"""
      \.sync-conflict-\d{8}-\d{6}      # Syncthing: NAME.sync-conflict-20261129-101500-DEVICE.json
    | conflict(ed|ing)\ copy           # Dropbox: NAME (Robin's conflicted copy 2026-11-29).json
    | in\ konflikt\ stehende\ kopie    # Dropbox: NAME (In Konflikt stehende Kopie von Robin 2026-11-29).json
    | konfliktkopie
    | copie\ en\ conflit               # Dropbox: NAME (Copie en conflit de Robin 2026-11-29).json
    | copia\ (en\ conflicto|conflictiva)
    | 問題のあるコピー
    | _conflict-\d{8}-\d{6}            # ownCloud: NAME_conflict-20261129-101500.json
    | \(SFConflict\b                   # Seafile: NAME (SFConflict 2026-11-29-10-15-00).json
    | \(Conflict_                      # FileCloud: NAME(Conflict_robin_2026-11-29-10-15-00).json
    | \(edited\ by\ .+\ on\ .+\ @      # Syncplicity: NAME (edited by Robin on PC @ 11-29-26 10-15-00 AM).json
    | \.conflict(ed)?\d*(\.|$)         # Resilio: NAME.Conflict.json; pCloud: NAME.json.conflicted; rclone
    | _(BACKUP|BASE|LOCAL|REMOTE)_\d+  # git mergetool while it runs: NAME_LOCAL_1234.json
    | \.(orig|rej)$                    # git mergetool and patch: NAME.json.orig, NAME.json.rej
    | ~\d*~?$                          # rsync and cp with --backup: NAME.json~, NAME.json.~1~
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What follows the name without its ending, somewhere."""

_NUMBERED = re.compile(r" (\(\d{1,3}\)|\d{1,2})")
"""What stands between the name and its ending: Google Drive, NAME (1).json; iCloud Drive, NAME 2.json."""

_COMPUTER = (
    r"-({host}|(DESKTOP|LAPTOP|WIN)-[A-Z0-9]{{7,11}}|[^-]*\b(MacBook|iMac|Mac (mini|Studio|Pro))\b.*)(-\d+)?"
)
"""The same with the name of a computer: OneDrive, NAME-DESKTOP-4F2K9QT.json; `host` is that of this one."""

_UNISON = re.compile(r"\.bak\.\d+\.")
"""What stands before the name: Unison with "backuploc = local", .bak.1.NAME.json."""


def conflict_files(path: Path) -> list[Path]:
    """Return the other versions of the state file at `path` in its folder, by name.

    An empty list if the folder cannot be read.
    """
    try:
        with os.scandir(path.parent) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if _is_conflict(entry.name, path) and entry.is_file(follow_symlinks=False)
            )
    except OSError:
        return []
    return [path.with_name(name) for name in names]


def _is_conflict(name: str, path: Path) -> bool:
    """Return whether a file called `name` is another version of the one at `path`."""
    if name == path.name:
        return False
    if not name.startswith(path.stem):
        return name.endswith(path.name) and bool(_UNISON.fullmatch(name.removesuffix(path.name)))
    if _MARKS.search(name, len(path.stem)):
        return True
    if not name.endswith(path.suffix):
        return False
    middle = name[len(path.stem) : len(name) - len(path.suffix)]
    computer = _COMPUTER.format(host=re.escape(os.uname().nodename.partition(".")[0]))
    return bool(_NUMBERED.fullmatch(middle) or re.fullmatch(computer, middle))
