"""Every file and folder of a user that warmcall reads or writes, by the names that `warmcall paths` takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warmcall.config.paths import Paths
from warmcall.storage.backups import backups_folder
from warmcall.storage.lock import lock_path, writer_path

_FOLDERS = (
    ("scripts", "your own call scripts"),
    ("questions", "your own question banks"),
    ("messages", "your own letters and messages"),
    ("themes", "your own themes"),
)
_FIGURES = (
    ("cadence", "your own figures of the cadence"),
    ("preparation", "your own preparation list"),
    ("ranking", "how much each reason of the shortlist counts"),
    ("sources", "your own sources of names"),
    ("job-questions", "your own questions of job interviews"),
    ("holidays", "days off, each like 2026-12-24: Closed; one without a name is a business day"),
)


def own_places(found: Paths, keymap: str) -> Iterator[tuple[str, Path | str, str]]:
    """Yield the name, the path and the use of each, whether it is there or not; `keymap` is that of the keys.

    A path that ends in * stands for all that begin so.
    """
    state, folder = found.state_file, found.config_folder
    places: tuple[tuple[str, Path | str, str], ...] = (
        ("state", state, "everything, as plain JSON"),
        ("lock", lock_path(state), "held while the state file is written; never removed"),
        ("writer", writer_path(state), "there while the state file is written; says who writes"),
        ("typing", f"{state}.typing-*", "words being typed, until they are in the state file"),
        ("backups", backups_folder(state), "what the state file held before, compressed"),
        ("drafts", found.drafts_folder, "letters as .eml files"),
        ("calendar", found.calendar_file, "interviews and follow-ups, written by C"),
        ("page", found.briefing_file, "the page to read before an interview"),
        ("copied", found.clipboard_file, "the last text that was too long for the clipboard"),
        ("exports", found.export_file("*"), "exports from the palette"),
        ("columns", found.columns_file, "what you answered about the columns of tables"),
        (
            "holidays",
            found.cache_folder / "holidays-*",
            "those of your country, kept from one start to the next",
        ),
        ("log", found.log_file, "what happened when an error in warmcall ended it"),
        ("settings", found.config_file, "your settings"),
        ("keymap", keymap, "your own keys"),
        *((name, folder / name, about) for name, about in _FOLDERS),
        *((name, folder / f"{name.replace('-', '_')}.yaml", about) for name, about in _FIGURES),
        ("days-off", folder / "holidays.yaml", "your own days off, beside the public holidays"),
    )
    yield from places
