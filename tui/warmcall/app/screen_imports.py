"""The modules of the screens and dialogs: those that are likely next one by one, or all at once."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from warmcall import screens

LIKELY = (
    "call.asking", "call.facts", "call.gaps", "call.outcome", "call.screen", "when_form",
    "people.contact_form", "people.screen", "people.person_page", "message.dialog",
    "interview.screen", "interview.prep_pane", "interview.live_pane", "interview.debrief_pane",
    "profile.screen", "progress.answers", "progress.screen", "help", "palette",
)  # fmt: skip
"""What a key may ask for at any moment, the most likely first, each a bit of what it needs."""


def import_screens() -> None:
    """Import every screen and dialog: the app does so when each is first used, but all have keys."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)


class ScreenImports:
    """Imports what is likely to be asked for before it is, so that no key waits for it."""

    def __init__(self) -> None:
        self._left = list(reversed(LIKELY))

    def step(self) -> bool:
        """Import one more module; return whether all those are imported."""
        if self._left:
            import_module(f"{screens.__name__}.{self._left.pop()}")
        return not self._left
