"""The state file as scripts edit it: through TinyDB, beside running sessions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tinydb import where
from warmcall import open_db
from warmcall.cli.manual.topics.data import OWN_SCRIPT
from warmcall.storage.errors import BadStateFile
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile
from warmcall.storage.writer import Writer

from tests.examples import adding, change, contact

LIMIT_SECONDS = 20.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file with a contact."""
    path = tmp_path / "warmcall.json"
    StateFile(path).save([adding(contact())])
    return path


def test_the_script_in_the_manual_edits_the_file_of_a_running_session(path: Path) -> None:
    file = StateFile(path)
    file.load()
    writer = Writer(file)
    arrived: list[ExternalChanges] = []
    seen = threading.Event()

    def on_changes(changes: ExternalChanges) -> None:
        arrived.append(changes)
        seen.set()

    writer.on_external_changes(on_changes)
    environ = os.environ | {"WARMCALL_DB": str(path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", OWN_SCRIPT], check=True, env=environ, timeout=LIMIT_SECONDS)
    assert seen.wait(LIMIT_SECONDS)
    (edit,) = arrived[0].edits
    assert (edit.id, edit.after) == ("luis", {"phone": "+1 312 555 0163"})
    writer.put(change((contact(), contact(email="luis@example.com"))))
    assert writer.stop(LIMIT_SECONDS)
    expected = (contact(phone="+1 312 555 0163", email="luis@example.com"),)
    assert StateFile(path).load().records == expected


def test_a_query_after_an_edit_is_answered_from_the_file(path: Path) -> None:
    contacts = open_db(path).table("contacts")
    called = where("phone") == "1"
    assert contacts.count(called) == 0
    contacts.update({"phone": "1"}, where("id") == "luis")
    assert contacts.count(called) == 1
    StateFile(path).save([adding(contact(id="mei", phone="1"))])
    assert contacts.count(called) == 2
    contacts.remove(where("id") == "mei")
    assert contacts.count(called) == 1


def test_two_scripts_give_their_records_different_numbers(path: Path) -> None:
    first, second = open_db(path).table("contacts"), open_db(path).table("contacts")
    assert [first.insert({"id": "a"}), second.insert({"id": "b"}), first.insert({"id": "c"})] == [2, 3, 4]
    assert second.upsert({"id": "b", "name": "Bo"}, where("id") == "b") == [3]


def test_several_edits_in_a_transaction_are_one_write_and_none_after_an_error(path: Path) -> None:
    db = open_db(path)
    before = path.read_bytes()

    def fail_half_way() -> None:
        with db.transaction():
            db.table("contacts").update({"phone": "1"})
            db.table("contacts").insert({"id": "mei"})
            assert path.read_bytes() == before
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert path.read_bytes() == before
    with db.transaction():
        db.table("contacts").update({"phone": "1"})
        db.table("contacts").update({"email": "a@b.c"})
    assert StateFile(path).load().records == (contact(phone="1", email="a@b.c"),)


def test_a_file_that_a_script_empties_is_still_a_state_file(path: Path) -> None:
    open_db(path).drop_tables()
    assert StateFile(path).load().records == ()
    open_db(path.with_name("new.json")).table("contacts").insert({"id": "a"})
    assert len(StateFile(path.with_name("new.json")).load().problems) == 1


@pytest.mark.parametrize("meta", [{"app": "warmcall", "schema": 99}, {"app": "other", "schema": 1}])
def test_a_script_edits_no_file_of_a_newer_version_or_another_program(
    path: Path, meta: dict[str, object]
) -> None:
    path.write_text(json.dumps({"meta": {"1": meta}}))
    before = path.read_bytes()
    with pytest.raises(BadStateFile):
        open_db(path).table("contacts").insert({"id": "a"})
    assert path.read_bytes() == before


def test_importing_warmcall_imports_none_of_its_modules() -> None:
    code = "import sys, warmcall; print([name for name in sys.modules if name.startswith('warmcall.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=LIMIT_SECONDS
    )
    assert done.stdout == "[]\n"
