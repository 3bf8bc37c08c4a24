"""The command palette: the active keys, found by name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.widgets.keys import ActiveKey, active_keys


class KeyCommands(Provider):
    """Offers what the keys do on the screen under the palette."""

    async def discover(self) -> Hits:
        """Offer everything while nothing is typed."""
        for one in self._keys():
            yield DiscoveryHit(_title(one), partial(self._run, one), help=_about(one))

    async def search(self, query: str) -> Hits:
        """Offer what fits the words typed."""
        matcher = self.matcher(query)
        for one in self._keys():
            score = matcher.match(f"{one.label} {one.tooltip}")
            if score:
                yield Hit(score, _title(one), partial(self._run, one), help=_about(one))

    def _keys(self) -> list[ActiveKey]:
        return [one for one in active_keys(self.screen) if "palette" not in one.action]

    def _run(self, one: ActiveKey) -> None:
        self.app.call_next(self.app.run_action, one.action, one.node)


def _title(one: ActiveKey) -> str:
    title = f"{one.label}  ({' '.join(one.keys)})" if one.keys else one.label
    return title.replace("[", "\\[")


def _about(one: ActiveKey) -> str:
    about = f"not now: {one.why_not}" if one.why_not else one.tooltip
    return about.replace("[", "\\[")
