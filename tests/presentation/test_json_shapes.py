"""Records as commands print them for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from jsonschema import Draft202012Validator
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import (
    Advice,
    Attempt,
    Contact,
    FollowUp,
    Interview,
    Opening,
    PoolPerson,
    replace,
)
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Outcome, QuestionState
from warmcall.presentation import json_shapes
from warmcall.presentation.json_shapes import encoded, schema_of

from tests.conftest import Bench
from tests.examples import (
    NOW,
    REFERRER,
    adding,
    attempt,
    contact,
    follow_up,
    interview,
    pool_person,
    question,
)
from tests.screens.driving import fill_with_demo
from tests.services.test_report import mark

SHAPES = [
    kind
    for kind in vars(json_shapes).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == json_shapes.__name__
]


def printed(items: Iterable[msgspec.Struct]) -> list[dict[str, Any]]:
    """Return the items of what is printed, once it is found to be as the schema has it."""
    listed = list(items)
    document = json.loads(encoded(listed))
    schema = schema_of(*dict.fromkeys(map(type, listed)))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)
    assert document["schema"] == 1
    found: list[dict[str, Any]] = document["items"]
    return found


def test_every_record_of_a_whole_search_is_printed_as_the_schema_has_it(bench: Bench) -> None:
    fill_with_demo(bench)
    services, store = bench.services, bench.store
    for kind, items in (
        (Contact, (json_shapes.person_json(services, one) for one in store.all(Contact))),
        (Contact, (json_shapes.whole_person_json(services, one) for one in store.all(Contact))),
        (PoolPerson, (json_shapes.pool_person_json(one) for one in store.all(PoolPerson))),
        (FollowUp, (json_shapes.follow_up_json(store, services.time, one) for one in store.all(FollowUp))),
        (Attempt, (json_shapes.attempt_json(store, one) for one in store.all(Attempt))),
        (Interview, (json_shapes.interview_json(store, services.time, one) for one in store.all(Interview))),
        (Opening, (json_shapes.opening_json(store, one) for one in store.all(Opening))),
        (Advice, (json_shapes.advice_json(store, one) for one in store.all(Advice))),
    ):
        found = printed(items)
        assert len(found) == store.count(kind) > 0
        wholes = [one.get("person", one) for one in found]
        assert {one["id"] for one in wholes} == {one.id for one in store.all(kind)}
    answers = services.answers.all().by_id.values()
    said = printed(json_shapes.answer_json(services, answer) for answer in answers)
    assert len(said) == len(answers) > 10
    assert {one["not_to_repeat"] for one in said} == {True, False}
    assert any(one["differs"] for one in said)


def test_a_schema_is_one_and_says_what_every_field_is() -> None:
    schema = schema_of(*SHAPES)
    Draft202012Validator.check_schema(schema)
    fields = [
        (name, field)
        for shape in schema["$defs"].values()
        for name, field in shape.get("properties", {}).items()
    ]
    assert len(SHAPES) > 10
    assert all(field["description"].endswith(".") for _, field in fields)
    assert {name for name, _ in fields} == json_shapes.ABOUT.keys()
    assert all(shape["required"] == list(shape["properties"]) for shape in schema["$defs"].values()
               if "properties" in shape)  # fmt: skip


def test_days_are_dates_instants_end_in_z_and_what_is_not_there_is_null(bench: Bench) -> None:
    luis = contact(organization="Parkway & Sons", phone="+1 312 555 0142", referrer_id="dana")
    bench.store.apply(
        adding(
            luis,
            REFERRER,
            follow_up(FollowUpKind.CALL, "2026-11-20", why="try 2 of 3"),
            follow_up(FollowUpKind.INTERVIEW, "2026-11-23 19:00"),
            follow_up(FollowUpKind.OTHER, contact_id="gone", done_at=bench.clock.now()),
        )
    )
    store, time = bench.store, bench.services.time
    late, meeting, gone = printed(json_shapes.follow_up_json(store, time, one) for one in store.all(FollowUp))
    assert late == {
        "type": "follow_up",
        "id": "f call 2026-11-20",
        "contact_id": "luis",
        "contact": "Luis Ortega",
        "organization": "Parkway & Sons",
        "phone": "+1 312 555 0142",
        "email": "",
        "kind": "call",
        "section": "overdue",
        "due": "2026-11-20",
        "due_on": "2026-11-20",
        "part": "",
        "what": "call Luis Ortega",
        "why": "try 2 of 3",
        "note": "",
        "waiting": False,
        "about_id": None,
        "about": None,
        "interview_id": None,
        "attempt_id": None,
        "opening_id": None,
        "target_id": None,
        "introduction": "",
        "letter": "",
        "subject": "",
        "body": "",
        "done_at": None,
        "dropped": False,
        "created_at": "2026-11-23T15:00:00Z",
        "changed_at": "2026-11-23T15:00:00Z",
    }
    assert (meeting["due"], meeting["due_on"]) == ("2026-11-24T01:00:00Z", "2026-11-23")
    assert (gone["contact"], gone["section"], gone["done_at"]) == (None, None, "2026-11-23T15:00:00Z")
    (person,) = printed([json_shapes.person_json(bench.services, luis)])
    assert (person["stage"], person["referrer_id"], person["referrer"]) == ("new", "dana", REFERRER.name)
    assert person["next_step"] == late
    assert (person["in_pool"], person["connected_on"], person["also_for"]) == (False, None, [])


def test_an_interview_has_its_notes_by_question_and_marks_what_is_not_to_be_repeated(bench: Bench) -> None:
    luis = contact()
    bench.store.apply(
        adding(
            luis,
            interview(
                id="talk luis",
                checklist=(question("day", state=QuestionState.ASKED, starred=True), question("pay")),
                notes={"day": "Reading spreadsheets.", "pay": "60 a year.", "": "Kind."},
            ),
            mark(luis, "pay", not_to_repeat=True, themes=("money",)),
            attempt("2026-11-20 10:05", Outcome.VOICEMAIL),
        )
    )
    talk, time = bench.store.require(Interview, "talk luis"), bench.services.time
    (found,) = printed([json_shapes.interview_json(bench.store, time, talk)])
    day, pay = found["checklist"]
    assert (day["ask"], day["note"], day["starred"]) == ("What about day?", "Reading spreadsheets.", True)
    assert (pay["note"], pay["not_to_repeat"], pay["themes"]) == ("60 a year.", True, ["money"])
    assert (found["notes"], found["state"], found["seconds_spent"]) == ("Kind.", "planned", None)
    going = replace(talk, countdown=Countdown(started_at=NOW - timedelta(minutes=5)), current="pay")
    (found,) = printed([json_shapes.interview_json(bench.store, time, going)])
    assert (found["state"], found["seconds_left"], found["current"]) == ("running", 900, "pay")
    (tried,) = printed(json_shapes.attempt_json(bench.store, one) for one in bench.store.all(Attempt))
    assert (tried["at"], tried["channel"], tried["outcome"]) == ("2026-11-20T16:05:00Z", "phone", "voicemail")


def test_somebody_in_the_pool_has_the_shape_of_a_contact_without_a_stage() -> None:
    nora = pool_person(kind=ContactKind.CONNECTOR, referrer="Dana", phone="+1 312 555 0199")
    (found,) = printed([json_shapes.pool_person_json(nora)])
    assert (found["in_pool"], found["stage"], found["next_step"]) == (True, None, None)
    assert (found["kind"], found["referrer"], found["referrer_id"]) == ("connector", "Dana", None)


def test_what_is_printed_is_ascii_an_item_a_line_and_comes_back_as_it_was() -> None:
    evil = "Evil\x1b[31m\nred\x7f\x9b2J\u202e\u2028Jos\xe9 \U0001f44b \ud800"
    text = encoded([json_shapes.pool_person_json(pool_person(name=evil, id=name)) for name in ("a", "b")])
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert len(text.splitlines()) == 4
    assert [one["name"] for one in json.loads(text)["items"]] == [evil, evil]
    assert encoded([]) == '{"schema": 1, "items": []}'
