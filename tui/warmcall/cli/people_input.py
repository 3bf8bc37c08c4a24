"""Reading people to add from standard input: a name a line, or JSON; and adding all of them, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from warmcall.cli.acting import Act, checked_line, read_input
from warmcall.cli.invocation import fail
from warmcall.cli.words import KIND, NEWS, PERMISSION, SOURCE, WordType
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    from warmcall.services.services import Services

ADDED_AT_ONCE = 1_000
"""How many people are added at most: each gets a call in the queue. `warmcall import` has no such limit."""

MOST_BYTES = 4_000_000

_REFUSAL = "not added"

_WORDS: dict[str, WordType[Any]] = {
    "kind": KIND, "source": SOURCE, "news": NEWS, "may_use_name": PERMISSION,
}  # fmt: skip

_TEXTS = (
    "name", "goes_by", "organization", "title", "phone", "email", "zone", "found", "why", "notes", "referrer",
)  # fmt: skip

_OUTPUT_ONLY = (
    "type", "id", "in_pool", "stage", "next_step", "referrer_id", "named_ids", "target_id", "also_for",
    "connected_on", "created_at", "changed_at",
)  # fmt: skip
"""Fields of what `warmcall list --json` prints that say nothing of a new contact here."""


class _Person(NamedTuple):
    """The fields of one person, and where they stand in the input: "line 3", "item 2"."""

    place: str
    fields: dict[str, str]


def add_from_input(act: Act, usual: Mapping[str, str]) -> None:
    """Add the people on standard input; the fields `usual` count for those who have no value of their own."""
    services = act.services
    people = list(_people(read_input(_REFUSAL, MOST_BYTES)))
    if not people:
        fail(f"{_REFUSAL}: there is nobody on standard input: write a name a line, or JSON")
    if len(people) > ADDED_AT_ONCE:
        fail(f"{_REFUSAL}: {len(people):,} people are more than {ADDED_AT_ONCE:,}: use warmcall import")
    names: set[str] = set()
    rows: list[dict[str, str]] = []
    for person in people:
        fields = _with_referrer(services, person, {**usual, **person.fields}, names)
        problems = services.address_book.problems(fields)
        for field, problem in problems.items():
            fail(f"{_REFUSAL}: {person.place}: {field.removesuffix('_id')}: {problem}")
        rows.append(fields)
        names.add(_key(fields["name"]))
    known = [row["name"] for row in rows if services.address_book.people_called(row["name"])]
    added = services.address_book.add_all(rows)
    act.items += added
    from warmcall.presentation.acts import FOLLOW_UPS_SHOWN, person_words

    act.done = f"Added {len(added)} people"
    if len(added) <= FOLLOW_UPS_SHOWN:
        act.done = "\n".join(f"Added {person_words(services, person)}" for person in added)
    if known:
        shown = ", ".join(one_line(name) for name in dict.fromkeys(known[:3]))
        more = f" and {len(known) - 3} more" if len(known) > 3 else ""
        act.warnings.append(
            f"{shown}{more}: somebody of that name is in People already; "
            "warmcall merge-people makes two who are one person one."
        )


def _people(text: str) -> Iterator[_Person]:
    """Yield the people in a text, or end with a sentence about the first one that cannot be read."""
    if text.lstrip()[:1] not in ("{", "["):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                place = f"line {number}"
                yield _Person(place, {"name": checked_line(line.strip(), f"{_REFUSAL}: {place}", "name")})
        return
    try:
        whole = json.loads(text)
    except RecursionError:
        fail(f"{_REFUSAL}: standard input is nested too deeply to be people")
    except ValueError as error:
        yield from _json_lines(text, error)
        return
    items = whole.get("items") if isinstance(whole, dict) and "items" in whole else whole
    if isinstance(whole, dict) and whole is not items and whole.get("schema", 1) != 1:
        fail(f"{_REFUSAL}: standard input is of another schema than 1: use the warmcall that wrote it")
    for number, item in enumerate(items if isinstance(items, list) else [items], 1):
        yield _person(f"item {number}", item)


def _json_lines(text: str, whole: ValueError) -> Iterator[_Person]:
    """Yield the people of objects on a line each; if the first is none, `whole` says what is wrong."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            fault = whole if number == 1 and isinstance(whole, json.JSONDecodeError) else error
            at = fault.lineno if isinstance(fault, json.JSONDecodeError) and fault is whole else number
            what = fault.msg if isinstance(fault, json.JSONDecodeError) else "nested too deeply"
            fail(f"{_REFUSAL}: line {at} is not JSON: {what[:1].lower()}{what[1:]}")
        yield _person(f"line {number}", item)


def _person(place: str, item: object) -> _Person:
    """Return the fields of a JSON object, or end with a sentence about the first that is wrong."""
    refusal = f"{_REFUSAL}: {place}"
    if isinstance(item, str):
        item = {"name": item}
    if not isinstance(item, dict):
        fail(f'{refusal}: a person is an object such as {{"name": "Ana Ruiz"}}')
    fields: dict[str, str] = {}
    for name, value in item.items():
        if name in _OUTPUT_ONLY or value is None:
            continue
        shown = one_line(name[:40])
        if name not in _TEXTS and name not in _WORDS:
            fail(f"{refusal}: {shown}: there is no such field: use one of {', '.join((*_TEXTS, *_WORDS))}")
        if not isinstance(value, str):
            fail(f"{refusal}: {shown}: a text is needed, in quotes")
        if name in _WORDS:
            try:
                value = str(_WORDS[name].read(value))
            except ValueError as error:
                fail(f"{refusal}: {shown}: {error}")
        fields[name] = value if name == "notes" else checked_line(value, refusal, shown)
    if not fields.get("name", "").strip():
        fail(f"{refusal}: name: a name is needed")
    return _Person(place, fields)


def _with_referrer(
    services: Services, person: _Person, fields: dict[str, str], names: set[str]
) -> dict[str, str]:
    """Return `fields` with the id of the referrer, who is in People or one of the `names` before them."""
    from warmcall.cli.selecting import select_person
    from warmcall.services.address_book import referrer_to_add

    referrer = fields.pop("referrer", "")
    if not referrer.strip():
        return fields
    if _key(referrer) in names:
        return fields | {"referrer_id": referrer_to_add(referrer)}
    found = select_person(services, referrer, f"{_REFUSAL}: {person.place}: referrer")
    return fields | {"referrer_id": found.id}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
