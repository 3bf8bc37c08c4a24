from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from warmcall.domain.records import (
    TABLE_OF,
    TABLES,
    AnyRecord,
    FollowUp,
    Interview,
    from_document,
    instant_fields,
    replace,
    to_document,
)

from tests.examples import NOW, contact, records
from tests.profiles import modest

FIELDS: dict[str, Any] = {
    "id": "f1",
    "created_at": "2026-11-23T15:00:00Z",
    "changed_at": "2026-11-23T15:00:00Z",
    "contact_id": "luis",
    "kind": "call",
    "due": "2026-11-23T18:00:00Z",
}


@modest
@given(records)
def test_every_record_survives_the_plain_values_of_the_file(record: AnyRecord) -> None:
    assert from_document(to_document(record), TABLES[TABLE_OF[type(record)]]) == record


def test_a_record_can_be_as_short_as_what_it_must_have() -> None:
    call = from_document(FIELDS, FollowUp)
    assert (call.done_at, call.waiting, call.dropped) == (None, False, False)


def test_the_fields_that_hold_an_instant_are_known_whether_they_may_be_empty_or_not() -> None:
    assert set(instant_fields(FollowUp)) == {"created_at", "changed_at", "done_at"}
    assert {"at", "ended_at", "held_since"} < set(instant_fields(Interview))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"due": "2026-11-23T18:00:00"}, r"timezone .* `\$\.due`"),
        ({"due": "tomorrow"}, r"Invalid .* `\$\.due`"),
        ({"done_at": "2026-11-23 18:00:00"}, r"timezone .* `\$\.done_at`"),
        ({"kind": "tea"}, r"Invalid enum value 'tea' .* `\$\.kind`"),
        ({"due": 7}, r"Expected a date .* `\$\.due`"),
        ({"due": "\ud800"}, r"Half a character .* `\$\.due`"),
        ({"due": "1876-11-23"}, r"1900 to 2199 .* `\$\.due`"),
        ({"waiting": "yes"}, r"`\$\.waiting`"),
        ({"id": 7}, r"`\$\.id`"),
    ],
)
def test_a_record_with_a_bad_field_is_refused_by_name(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=complaint):
        from_document(FIELDS | changes, FollowUp)


def test_fields_of_a_later_version_are_ignored() -> None:
    assert from_document(FIELDS | {"colour": "blue"}, FollowUp).id == "f1"


def test_a_replaced_record_leaves_the_old_one_as_it_was() -> None:
    luis = contact()
    assert replace(luis, name="Luis O.").name == "Luis O."
    assert (luis.name, luis.created_at) == ("Luis Ortega", NOW)


def test_every_table_has_its_own_kind() -> None:
    assert {name: TABLE_OF[kind] for name, kind in TABLES.items()} == {name: name for name in TABLES}
