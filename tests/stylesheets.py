"""Stylesheets parsed once for all tests of a run: reading them anew for each app is most of its start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet


@contextmanager
def parsed_once() -> Iterator[None]:
    """Let every stylesheet share what was parsed from the same text with the same variables."""
    known: dict[Any, Any] = {}
    usual = Stylesheet._parse_rules

    def parse(self: Stylesheet, css: str, *args: Any, **more: Any) -> Any:
        key = (css, args, tuple(sorted(more.items())), tuple(sorted(self._variables.items())))
        if key not in known:
            known[key] = usual(self, css, *args, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse)
        yield
