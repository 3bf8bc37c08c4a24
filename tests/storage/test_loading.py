"""What reading a state file costs, counted: how much of it is scanned, and how often a record is decoded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import json_decoder_of_many, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.history import History
from warmcall.storage import change_log, json_parser, raw_table, record_decoder
from warmcall.storage.state_file import StateFile

from tests.conftest import Bench
from tests.examples import adding, change, contact, follow_up, interview


class CountingDecoder:
    """Decodes as another decoder does, and counts what it is given."""

    def __init__(self, decoder: Any, calls: Counter[str], name: str) -> None:
        self._decoder, self._calls, self._name = decoder, calls, name

    def decode(self, raw: bytes) -> Any:
        self._calls[self._name] += 1
        self._calls["bytes"] += len(raw)
        return self._decoder.decode(raw)


def test_loading_scans_the_file_once_and_decodes_the_records_of_a_piece_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [contact(id=f"c{number}", notes="Met at the club. " * 20) for number in range(1000)]
    calls = [follow_up(FollowUpKind.CALL, id=f"f{number}", contact_id=f"c{number}") for number in range(300)]
    StateFile(tmp_path / "s.json").save([adding(*people, *calls, interview(contact_id="c1"))])
    size = (tmp_path / "s.json").stat().st_size
    scanned, decoded, decoded_again = Counter[str](), Counter[str](), Counter[str]()

    def decoder(kind: Any) -> Any:
        return CountingDecoder(json_decoder_of_many(kind), decoded, kind.__name__)

    def document_in(line: bytes) -> Any:
        decoded_again[line.decode()[:16]] += 1
        return raw_document(line)

    raw_document = raw_table.document_in
    monkeypatch.setattr(json_parser, "json_decoder_of_many", decoder)
    monkeypatch.setattr(json_parser, "_SCANNER", CountingDecoder(json_parser._SCANNER, scanned, "pieces"))
    for module in (json_parser, raw_table, record_decoder):
        monkeypatch.setattr(module, "document_in", document_in)
    monkeypatch.delattr(record_decoder, "json_decoder")
    loaded = StateFile(tmp_path / "s.json").load()
    assert (len(loaded.records), loaded.problems) == (1301, ())
    assert scanned["bytes"] + decoded["bytes"] < size * 1.01
    assert decoded["Contact"] <= size / 90_000 + 1
    assert (decoded["FollowUp"], decoded["Interview"]) == (2, 1)
    assert set(decoded_again) == {'"1":{"id":"meta"'}


def test_of_a_file_that_another_session_changed_only_what_is_new_is_scanned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = StateFile(tmp_path / "s.json"), StateFile(tmp_path / "s.json")
    people = [contact(id=f"c{number}", notes="Met at the club. " * 20) for number in range(2000)]
    here.save([adding(*people)])
    here.save([change((person, replace(person, phone="2"))) for person in people[:9]])
    there.load()
    there.save([change((people[1500], replace(people[1500], phone="1"))), adding(contact(id="new"))])
    scanned = Counter[str]()
    for name in ("_SCANNER", "_VALUE"):
        decoder = CountingDecoder(getattr(json_parser, name), scanned, name)
        monkeypatch.setattr(json_parser, name, decoder)
    edits = here.check_for_changes().edits
    assert [(edit.id, edit.before is None) for edit in edits] == [("c1500", False), ("new", True)]
    assert scanned["bytes"] < 10_000
    assert scanned["_SCANNER"] == 0


def test_the_last_changes_are_decoded_when_something_is_undone_and_not_before(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = StateFile(tmp_path / "s.json")
    file.save([adding(contact(id=f"c{number}")) for number in range(3)])
    decoded = Counter[str]()
    decoder = CountingDecoder(change_log._DECODER, decoded, "changes")
    monkeypatch.setattr(change_log, "_DECODER", decoder)
    loaded = StateFile(file.path).load()
    bench = Bench(library)
    history = History(
        Store(loaded.records), bench.services.time, lambda _: None, lambda: "id", loaded.changes
    )
    history.commit("add Mei", contact(id="mei", name="Mei"))
    assert decoded["changes"] == 0
    assert [history.undo() for _ in range(3)] == ["add Mei", "a change", "a change"]
    assert decoded["changes"] == 3
