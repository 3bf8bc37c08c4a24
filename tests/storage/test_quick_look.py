"""A quick look into a state file: people and what is owed, whatever laid the file out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.quick_look import QuickLook
from warmcall.storage.state_file import StateFile

from tests.conftest import FakeClock
from tests.examples import adding, contact, follow_up

PEOPLE = [
    contact(id="ana", name="Ana Ruiz", notes="met Tom"),
    contact(id="bea", name="Béa Ünal"),
    contact(id="tom", name="Tom Bell"),
]


@pytest.fixture(params=["ours", "another program's"])
def looked(request: pytest.FixtureRequest, tmp_path: Path) -> QuickLook:
    path = tmp_path / "state.json"
    owed = [
        follow_up(FollowUpKind.CALL, "2026-12-01", id="later", contact_id="tom"),
        follow_up(FollowUpKind.CALL, "2026-11-20", id="done", contact_id="tom", done_at=FakeClock().now()),
        follow_up(FollowUpKind.CALL, "2026-11-24", id="sooner", contact_id="ana"),
    ]
    StateFile(path).save([adding(*PEOPLE, *owed)])
    if request.param != "ours":
        path.write_text(json.dumps(json.loads(path.read_text())))
    return QuickLook(path)


def test_everybody_is_seen_and_what_is_owed_in_the_order_it_is_due(looked: QuickLook) -> None:
    assert [person.name for person in looked.people()] == ["Ana Ruiz", "Béa Ünal", "Tom Bell"]
    assert [owed.id for owed in looked.owed()] == ["sooner", "later"]


@pytest.mark.parametrize("letters", ["tom", "tom b", "bea", "unal", "zzz", "ü", "", '"'])
def test_nobody_whose_name_has_the_letters_is_left_out(looked: QuickLook, letters: str) -> None:
    having = {person.name for person in PEOPLE if folded(letters) in folded(person.name)}
    assert having <= {person.name for person in looked.people(folded(letters))}


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"\x00" * 9, b'{\n"contacts":{\n"1":7,\n"2":{"id":1}\n}\n}\n']
)
def test_where_nothing_can_be_read_there_is_nothing(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "state.json"
    if content is not None:
        path.write_bytes(content)
    looked = QuickLook(path)
    assert (looked.people(), looked.owed()) == ([], [])
