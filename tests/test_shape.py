"""The size of modules and classes: small enough to be read whole."""

from __future__ import annotations

import ast
from pathlib import Path

MODULES = sorted((Path(__file__).parents[1] / "tui").rglob("*.py"))

LINES_OF_A_MODULE = 300
LINES_OF_A_CLASS = 200


def test_every_module_is_shorter_than_three_hundred_lines() -> None:
    assert len(MODULES) > 100
    counts = {one.name: len(one.read_text(encoding="utf-8").splitlines()) for one in MODULES}
    long = {name: count for name, count in counts.items() if count >= LINES_OF_A_MODULE}
    assert long == {}


def test_every_class_is_shorter_than_two_hundred_lines() -> None:
    long: dict[str, int] = {}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.end_lineno is not None:
                count = node.end_lineno - node.lineno + 1
                if count >= LINES_OF_A_CLASS:
                    long[f"{module.name}: {node.name}"] = count
    assert long == {}
