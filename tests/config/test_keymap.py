"""The keymap file: keys by id, each error reported with its line, and the rest applied."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from warmcall.app.keymap import DeclaredKey, Keyboard, usable
from warmcall.config.keymap import Keymap, KeymapEntry, read_keymap
from warmcall.config.paths import Paths
from warmcall.config.yaml_source import YamlFault


def check(entries: Sequence[KeymapEntry]) -> tuple[Keymap, list[YamlFault]]:
    declared = (
        DeclaredKey("queue.done", ("x",), "Done", "", ("app", "Queue")),
        DeclaredKey("queue.mark", ("space",), "Mark", "", ("app", "Queue")),
        DeclaredKey("app.help", ("question_mark", "f1"), "help", "", ("app",)),
    )
    return usable(entries, Keyboard(declared, frozenset()))


def paths(folder: Path) -> Paths:
    return Paths(folder / "warmcall.json", folder)


def read(folder: Path, text: str) -> tuple[Keymap, list[str]]:
    path = folder / "keymap.yaml"
    path.write_text(text, encoding="utf-8")
    keymap, problems = read_keymap(paths(folder), "", check)
    assert all(problem.file == str(path) and not problem.warning for problem in problems)
    return keymap, [f"{problem.line} {problem.what}; {problem.fix}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "keymap"),
    [
        ("", {}),
        ("# nothing yet\n", {}),
        ("queue.done: d\n", {"queue.done": ("d",)}),
        ("queue.done: 7\n", {"queue.done": ("7",)}),
        ("queue.done: [d, F5, d]\napp.help: ['?', F1]\n",
         {"queue.done": ("d", "f5"), "app.help": ("question_mark", "f1")}),
        ("queue.done:\n  - ctrl+g\n  - shift+d\n", {"queue.done": ("ctrl+g", "D")}),
        ("queue.done: []\n", {"queue.done": ()}),
    ],
)  # fmt: skip
def test_keys_are_given_by_id(tmp_path: Path, text: str, keymap: Keymap) -> None:
    assert read(tmp_path, text) == (keymap, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("queue.mark: m\nqueue.don: d\n", "2 there is no key called “queue.don”; did you mean queue.done"),
        ("queue.mark: m\nqueue.done: dd\n", "2 queue.done: there is no key “dd”"),
        ("queue.mark: m\nqueue.done:\n  - d\n  - alt+d\n", "4 queue.done: “alt+d” looks like Esc"),
        ("queue.mark: m\nqueue.done: yes\n", "2 queue.done: YAML does not read this as a key; put quotes"),
        ("queue.mark: m\nqueue.done:\n", "2 queue.done: YAML does not read this as a key"),
        ("queue.mark: m\nqueue.done: {key: d}\n", "2 queue.done: this is not a key; write a key such as"),
        ("queue.mark: m\nqueue.done: 1.5\n", "2 queue.done: this is not a key"),
        ("queue.mark: m\nqueue.done: m\n", "2 queue.done: m is queue.mark"),
    ],
)
def test_an_error_in_one_entry_leaves_that_entry_out_and_the_rest_applies(
    tmp_path: Path, text: str, said: str
) -> None:
    keymap, (problem,) = read(tmp_path, text)
    assert keymap == {"queue.mark": ("m",)}
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("queue.mark: m\nqueue.done: [\n", '"[" need quotes'),
        ("queue.mark: m\nqueue.mark: n\n", "2 “queue.mark” is there twice"),
        ("- queue.done\n", "1 this is not a list of keys by id; write lines like"),
        ("just words\n", "1 this is not a list of keys by id"),
    ],
)
def test_a_file_that_is_no_keymap_is_ignored_with_a_message(tmp_path: Path, text: str, said: str) -> None:
    keymap, (problem,) = read(tmp_path, text)
    assert keymap == {}
    assert said in problem


def test_several_errors_are_reported_in_the_order_of_their_lines(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "nothing: x\nqueue.done: xx\napp.help: []\n")
    assert [problem[:2] for problem in problems] == ["1 ", "2 ", "3 "]


def test_without_a_file_there_is_nothing_to_check_and_nothing_is_wrong(tmp_path: Path) -> None:
    def never(_entries: Sequence[KeymapEntry]) -> tuple[Keymap, list[YamlFault]]:
        raise AssertionError

    assert read_keymap(paths(tmp_path), "", never) == ({}, ())


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("mine.yaml", "the keymap “mine.yaml” is not there"),
        ("~nosuchuser/mine.yaml", "the keymap “~nosuchuser/mine.yaml” cannot be read"),
        ("a\0b", "the keymap “a␀b” cannot be read"),
    ],
)
def test_a_name_of_no_file_is_reported_with_its_line_in_the_settings(
    tmp_path: Path, named: str, said: str
) -> None:
    config = paths(tmp_path).config_file
    config.write_text("theme: light\nkeymap: anything\n", encoding="utf-8")
    keymap, (problem,) = read_keymap(paths(tmp_path), named, check)
    assert keymap == {}
    assert (problem.file, problem.line) == (str(config), 2)
    assert problem.what.startswith(said)


def test_a_keymap_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "keymap.yaml"
    path.write_bytes(b"queue.done: \xff\n")
    keymap, (problem,) = read_keymap(paths(tmp_path), "", check)
    assert keymap == {}
    assert "not UTF-8" in problem.what
    path.unlink()
    os.mkfifo(path)
    _, (problem,) = read_keymap(paths(tmp_path), "", check)
    assert "it is a named pipe" in problem.what
