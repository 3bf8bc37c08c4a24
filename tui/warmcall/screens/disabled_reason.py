"""What everything that takes keys has in common: it can say why a key does nothing now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmcall.services.services import Services
from warmcall.widgets.keys import sign_of, with_keys

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object


class ExplainsDisabledKeys(_Widget):
    """Part of a screen, a dialog or a pane, over the services."""

    services: Services

    def reload(self) -> None:
        """Repaint from the store."""

    def tick(self) -> None:
        """Repaint what changes with the time alone."""

    def flush(self) -> None:
        """Hand what was typed and not yet saved to the services."""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now; empty if it can."""
        return ""

    def blocked(self, action: str) -> bool:
        """Say why `action` cannot be done now; return whether that is so."""
        reason = self.disabled_reason(action)
        if reason:
            self.say(reason)
        return bool(reason)

    def key(self, id_: str) -> str:
        """Return the key for what that id does, as the user has it, to be named in a sentence."""
        return sign_of(self.app, id_)

    def with_keys(self, words: str) -> str:
        """Return `words` of our own, with the key for each {id} in them."""
        return with_keys(self.app, words)

    def say_undoable(self, words: str) -> None:
        """Tell what was done, and how it is taken back."""
        self.say(f"{words}. {self.key('app.undo')} takes it back")

    def say(self, words: str) -> None:
        """Tell the user something in passing."""
        self.notify(words, markup=False, timeout=4)
