"""Stylesheets parsed once for all tests of a run: reading them anew for each app is most of its start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values


@contextmanager
def parsed_once() -> Iterator[None]:
    """Let every stylesheet share what was parsed from the same text, and the same values of variables."""
    known: dict[Any, Any] = {}
    known_values: dict[Any, Any] = {}
    variables_numbers: dict[Any, int] = {}
    usual = Stylesheet._parse_rules

    def parse(self: Stylesheet, css: str, *args: Any, **more: Any) -> Any:
        sheet: Any = self
        if getattr(sheet, "numbered_variables", None) is not sheet._variables:
            variables = tuple(sheet._variables.items())
            sheet.number = variables_numbers.setdefault(variables, len(variables_numbers))
            sheet.numbered_variables = sheet._variables
        key = (css, args, tuple(more.items()), sheet.number)
        if key not in known:
            known[key] = usual(self, css, *args, **more)
        return known[key]

    def tokenize(values: dict[str, str]) -> Any:
        key = tuple(values.items())
        if key not in known_values:
            known_values[key] = tokenize_values(values)
        return dict(known_values[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RuleSet, "__hash__", object.__hash__)  # theirs does the same, in Python
        patch.setattr(Stylesheet, "_parse_rules", parse)
        patch.setattr("textual.css.stylesheet.tokenize_values", tokenize)
        yield
