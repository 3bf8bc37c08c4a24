"""The JSON Schema of what commands print."""

from __future__ import annotations

import json

import click
import pytest
from jsonschema import Draft202012Validator
from warmcall.cli.schema import outputs

from tests.cli.commands import COMMANDS, command_of
from tests.cli.conftest import Run, assert_one_sentence


def test_it_describes_all_that_is_printed_and_the_output_of_one_command(run: Run) -> None:
    every = json.loads(run("schema", db=None).stdout)
    Draft202012Validator.check_schema(every)
    assert [found["title"] for found in every["anyOf"]] == [f"warmcall {words} --json" for words in outputs()]
    for words in ("due", "due --count", "show"):
        one = json.loads(run("schema", words, db=None).stdout)
        Draft202012Validator.check_schema(one)
        assert one["properties"]["schema"]["const"] == 1
        assert one["$defs"].items() <= every["$defs"].items()


@pytest.mark.parametrize("words", ["paths of mine", "xyzzy\x1b[31m"])
def test_a_command_that_prints_no_json_is_refused(run: Run, words: str) -> None:
    result = run("schema", words, db=None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, "prints no JSON: use one of answers")


def test_every_output_that_is_described_is_of_a_command_with_that_option() -> None:
    for words in outputs():
        names = tuple(word for word in words.split() if not word.startswith("-"))
        assert names in COMMANDS
        options = {name for option in command_of(names).params for name in option.opts}
        assert {"--json", *(word for word in words.split() if word.startswith("-"))} <= options
    assert isinstance(command_of(("due",)), click.Command)


def test_every_command_that_prints_json_is_described() -> None:
    printing = {
        " ".join(names)
        for names in COMMANDS
        if names and any("--json" in option.opts for option in command_of(names).params)
    }
    assert printing - outputs().keys() == set()
