"""The shape of the code: composition before inheritance, and every class under a name of its own."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import warmcall
from textual.app import App
from textual.screen import Screen

PACKAGE = Path(warmcall.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def own_classes() -> list[type]:
    """Return every class that the package defines, those inside others included."""
    found: dict[str, type] = {}

    def collect(holder: object) -> None:
        for thing in vars(holder).values():
            if inspect.isclass(thing) and thing.__module__.partition(".")[0] == "warmcall":
                name = f"{thing.__module__}.{thing.__qualname__}"
                if name not in found:
                    found[name] = thing
                    collect(thing)

    for module in pkgutil.walk_packages(warmcall.__path__, "warmcall."):
        if module.name != "warmcall.__main__":
            collect(importlib.import_module(module.name))
    return list(found.values())


def names_called() -> Iterator[str]:
    """Yield the name of everything that is called somewhere in the package: a class called is made."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_no_class_exists_only_to_be_the_base_of_a_single_other() -> None:
    classes = own_classes()
    assert len(classes) > 200
    called = set(names_called())
    lonely = {
        base.__qualname__: children[0].__qualname__
        for base in classes
        if len(children := [child for child in classes if base in child.__bases__]) == 1
        and base.__name__ not in called
    }
    assert lonely == {}


def test_at_most_two_classes_of_ours_stand_between_a_screen_and_what_textual_has() -> None:
    deep = {}
    for kind in own_classes():
        if issubclass(kind, App | Screen):
            ours = [base for base in kind.__mro__[1:] if base.__module__.partition(".")[0] == "warmcall"]
            above = [base for base in ours if issubclass(base, App | Screen)]
            if len(above) > 2:
                deep[kind.__qualname__] = [base.__qualname__ for base in above]
    assert deep == {}


def test_no_two_classes_have_the_same_name() -> None:
    names = [kind.__qualname__ for kind in own_classes()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if not ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    ]
    assert silent == []
