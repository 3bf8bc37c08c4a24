"""Sentences name a key by its id, so that they hold whatever keys the user has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from warmcall.app.keymap_registry import declared_keys

TUI = Path(__file__).parents[2] / "tui" / "warmcall"
IDS = {key.id for key in declared_keys()}

FIXED = {
    "type your own and press Enter, or go down and choose": "Enter takes a line, wherever it is",
    "type a command or a name; Enter runs it": "Enter takes a line, wherever it is",
    "Or Enter": "Enter leaves a field, wherever it is",
    "write one such as x, S, ctrl+s, F5, Enter or ←": "examples of keys, for a keymap",
    "” looks like Esc and a letter on a slow line": "the key Esc itself, which no keymap changes",
}
"""Words that may name a key as it is, and why."""


def words_in(module: Path) -> Iterator[str]:
    """Yield the texts that a module holds, but for its docstrings."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {id(expr.value) for expr in ast.walk(tree) if isinstance(expr, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def asked_for(module: Path) -> Iterator[str]:
    """Yield the ids for which a module asks what their key is called."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            last = node.args[-1] if node.args else None
            if name in ("key", "key_display_of") and isinstance(last, ast.Constant):
                yield str(last.value)


def sentences() -> list[Path]:
    """Return the modules whose texts are read on the screen."""
    return [
        *(TUI / "screens").rglob("*.py"),
        *(TUI / "presentation").rglob("*.py"),
        *(TUI / "widgets").rglob("*.py"),
        TUI / "domain" / "objections.py",
    ]


def test_no_sentence_names_a_key_that_may_have_been_moved() -> None:
    key = re.compile(r"\b(Enter|Esc)\b.*\w|\w.*\b(Enter|Esc)\b|\b[a-zA-Z] (leaves|takes|goes|opens)\b")
    found = {words for module in sentences() for words in words_in(module) if key.search(words)}
    assert found == FIXED.keys()


def test_every_id_in_a_sentence_is_that_of_a_key() -> None:
    modules = [*sentences(), *(TUI / "app").glob("*.py"), *(TUI / "cli").glob("*.py")]
    texts = [words for module in modules for words in words_in(module)]
    in_braces = {id_ for words in texts for id_ in re.findall(r"\{([a-z_]+\.[a-z0-9_]+)\}", words)}
    asked = {id_ for module in modules for id_ in asked_for(module) if "." in id_}
    assert in_braces >= {"app.undo", "message.copy", "queue.add"}
    assert asked >= {"rehearsal.leave"}
    assert (in_braces | asked) - IDS == set()
