"""Reading what commands print with --json, once it is found to be as `warmcall schema` has it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from click.testing import Result
from jsonschema import Draft202012Validator
from warmcall.cli.schema import outputs
from warmcall.presentation.json_shapes import schema_of, schema_of_all


@cache
def validator(command: str) -> Draft202012Validator:
    """Return what validates the output of a command; without one, that of any."""
    described = schema_of(*outputs()[command]) if command else schema_of_all(outputs())
    return Draft202012Validator(described, format_checker=Draft202012Validator.FORMAT_CHECKER)


def items_of(result: Result, command: str) -> list[dict[str, Any]]:
    """Return the items that a command printed, by its words ("due --count")."""
    found = json.loads(result.stdout)
    for asked in (command, ""):
        validator(asked).validate(found)
    assert found["schema"] == 1
    items: list[dict[str, Any]] = found["items"]
    return items
