"""The command palette: what the active keys do, found by name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from warmcall.widgets.keys import ActiveKey, active_keys


class KeyCommands(Provider):
    """Offers what the keys do on the screen that the palette covers."""

    async def discover(self) -> Hits:
        """Offer everything as long as nothing is typed."""
        for key in self._keys():
            yield DiscoveryHit(_title(key), partial(self._run, key), help=_escaped(key.about))

    async def search(self, query: str) -> Hits:
        """Offer what matches the words typed, the best match first."""
        matcher = self.matcher(query)
        for key in self._keys():
            score = matcher.match(f"{key.label} {key.tooltip}")
            if score:
                yield Hit(score, _title(key), partial(self._run, key), help=_escaped(key.about))

    def _keys(self) -> list[ActiveKey]:
        return [key for key in active_keys(self.screen) if "palette" not in key.action]

    def _run(self, key: ActiveKey) -> None:
        self.app.call_next(self.app.run_action, key.action, key.node)


def _title(key: ActiveKey) -> str:
    title = f"{key.label}  ({' '.join(key.keys)})" if key.keys else key.label
    return _escaped(title)


def _escaped(text: str) -> str:
    """Return `text` so that the palette reads no markup in it."""
    return text.replace("[", "\\[")
