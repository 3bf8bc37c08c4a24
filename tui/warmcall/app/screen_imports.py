"""The modules of the screens and dialogs, imported one by one while nothing else is done, or all at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from warmcall import screens


def import_screens() -> None:
    """Import every screen and dialog: the app does so when each is first used, but all have keys."""
    for _ in _imports():
        pass


class ScreenImports:
    """Imports the screens before they are first asked for, so that no key waits for it."""

    def __init__(self) -> None:
        self._imports = _imports()

    def step(self) -> bool:
        """Import one more module; return whether all are imported."""
        return next(self._imports, None) is None


def _imports() -> Iterator[str]:
    """Import one module after the other, and yield the name of each."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
        yield module.name
