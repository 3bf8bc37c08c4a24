"""Stylesheets parsed and matched once for all tests of a run: most of the start of an app goes into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.dom import DOMNode

RULES_AT_MOST = 50_000
"""How many nodes the rules are kept for, each by where it stands."""


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


class Candidates(NamedTuple):
    """What the rules that name a node, its classes or its id ask about nodes by pseudo-classes."""

    asked: tuple[str, ...]
    keep: bool
    hover: bool
    focus_within: bool
    order: bool
    odd_or_even: bool


@contextmanager
def matched_once() -> Iterator[None]:
    """Let nodes that stand in the same place of the same stylesheet have the rules that were found before.

    A place is the path from the app to the node: of each node on it the class, the id, the classes, and all
    that pseudo-classes ask about it. Rules that ask about neighbours or children are looked for each time.
    The rules for all components of a node are found together.
    """
    sheets: dict[tuple[RuleSet, ...], dict[Any, Any]] = {}
    usual, replace = Stylesheet.apply, Stylesheet.replace_rules
    style_components = Stylesheet._process_component_classes
    excluded = Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE
    found: dict[DOMNode, Any] = {}

    def memory_of(sheet: Any) -> dict[Any, Any]:
        rules = sheet.rules
        if getattr(sheet, "remembered_rules", None) is not rules:
            sheet.remembered_rules = rules
            sheet.memory = sheets.setdefault(tuple(rules), {})
        return sheet.memory  # type: ignore[no-any-return]

    def candidates(sheet: Stylesheet, names: frozenset[str]) -> Candidates:
        rules = (rule for name in sheet.rules_map.keys() & names for rule in sheet.rules_map[name])
        asked = set[str]().union(*(rule.pseudo_classes for rule in rules))
        return Candidates(
            tuple(asked),
            asked.isdisjoint(excluded),
            "hover" in asked,
            "focus-within" in asked,
            not asked.isdisjoint({"first-of-type", "last-of-type", "first-child", "last-child", "empty"}),
            not asked.isdisjoint({"odd", "even"}),
        )

    def apply(self: Stylesheet, node: Any, *, animate: bool = False, cache: Any = None) -> None:
        memory = memory_of(self)
        names = frozenset(node._selector_names)
        plan = memory.get(names)
        if plan is None:
            plan = memory[names] = candidates(self, names)
        if not plan.keep:
            usual(self, node, animate=animate, cache=cache)
            return
        path = node.css_path_nodes
        place = (plan, *((type(each), each._id, each.classes) for each in path), *_states(path, plan.asked))
        rules = memory.get(place)
        if rules is None:
            usual(self, node, animate=animate)
            memory[place] = found.pop(node, {})
            return
        node._has_hover_style, node._has_focus_within = plan.hover, plan.focus_within
        node._has_order_style, node._has_odd_or_even = plan.order, plan.odd_or_even
        if rules:
            replace(node, rules, animate=animate)
        self._process_component_classes(node)

    def apply_to_components(self: Stylesheet, node: Any) -> None:
        components = node._get_component_classes()
        if not components:
            return
        memory = memory_of(self)
        plan = memory.get(components)
        if plan is None:
            names = frozenset[str]().union(*(DOMNode(classes=name)._selector_names for name in components))
            plan = memory[components] = candidates(self, names)
        path = node.css_path_nodes
        place = (components, *((type(each), each._id, each.classes) for each in path))
        place += tuple(_states(path, plan.asked))
        found_before = memory.get(place) if plan.keep else None
        if found_before is None:
            style_components(self, node)
            memory[place] = {name: dict(style.base._rules) for name, style in node._component_styles.items()}
            return
        known = node._component_styles
        for name, rules in found_before.items():
            if name not in known or known[name].base._rules != rules:
                component = DOMNode(classes=name)
                component._attach(node)
                component.styles.base._rules.update(rules)
                known[name] = component.styles
                node.refresh()

    def remember(node: DOMNode, rules: Any, animate: bool = False) -> None:
        found[node] = rules
        replace(node, rules, animate=animate)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "apply", apply)
        patch.setattr(Stylesheet, "replace_rules", staticmethod(remember))
        patch.setattr(Stylesheet, "_process_component_classes", apply_to_components)
        yield


def _states(path: list[DOMNode], asked: tuple[str, ...]) -> Iterator[object]:
    """Give what those pseudo-classes say of each node of a path."""
    for name in asked:
        for node in path:
            check: Any = node._PSEUDO_CLASSES.get(name)
            yield check and check(node)
