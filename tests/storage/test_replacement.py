"""An older or another copy is put over the file while a session runs: nothing it knew is lost."""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, given, settings
from warmcall import open_db
from warmcall.domain.change import INCIDENTAL_FIELDS, Change
from warmcall.domain.records import TABLES, AnyRecord, Contact, to_document
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.merge_back import MergeBack
from warmcall.storage import change_log
from warmcall.storage.backups import content_of
from warmcall.storage.replacement import Replacement
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile

from tests.conftest import FakeClock
from tests.examples import Step, adding, contact, follow_up, planned_changes, steps
from tests.profiles import modest
from tests.storage.test_two_sessions import Session


class Watching(Session):
    """A session that can merge back what a copy put over the file lacks."""

    def __init__(self, path: Path, prefix: str = "") -> None:
        numbers = itertools.count(hash(prefix) % 1000 * 1000)
        super().__init__(path, numbers, FakeClock(), orphans=True)
        self.merge_back = MergeBack(self.store, self.history)
        self.found: list[str] = []

    def apply(self, news: ExternalChanges) -> None:
        super().apply(news)
        if news.replacement is not None:
            self.merge_back.add(news.replacement)
            self.found.append("older" if news.replacement.older else "other")

    def commit(self, *records: AnyRecord, removed: tuple[AnyRecord, ...] = ()) -> None:
        self.history.commit("an edit", *records, removed=removed)
        self.save()

    @property
    def people(self) -> dict[str, str]:
        """The telephone numbers by name, as the store has them."""
        return {item.name: item.phone for item in self.store.all(Contact)}


def opened(path: Path) -> Watching:
    return Watching(path)


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file, as most programs do it."""
    new = path.with_name("new")
    new.write_bytes(content)
    os.replace(new, path)


def overwrite(path: Path, content: bytes) -> None:
    """Write `content` into the file itself, as some do it."""
    path.write_bytes(content)
    os.utime(path, (1e9, 1e9))


def check(session: Watching) -> None:
    session.check_for_changes()


def save(session: Watching) -> None:
    session.commit(contact(id="eve", name="Eve"))


MEI, TOM = contact(id="mei", name="Mei", phone="1"), contact(id="tom", name="Tom")


@pytest.mark.parametrize("notices", [check, save])
@pytest.mark.parametrize("put", [replace, overwrite])
def test_an_older_copy_takes_nobody_away_for_good(tmp_path: Path, put: Any, notices: Any) -> None:
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    older = path.read_bytes()
    here.commit(MEI, follow_up(FollowUpKind.CALL, id="f", contact_id="mei"))
    here.commit(TOM)
    before = here.people
    put(path, older)
    notices(here)
    assert here.found == ["older"]
    assert here.notices[0].startswith(
        "An older copy was put over the state file (revision 1, known here: 3); "
        "what was known here is kept as before-"
    )
    (backup,) = [backup for backup in here.file.backups.all() if backup.name.endswith("-replaced.json.gz")]
    kept = json.loads(content_of(backup))["contacts"].values()
    assert {document["name"] for document in kept} == set(before)
    assert "Mei" not in here.people
    assert here.merge_back.merge() == []
    assert here.people.items() >= before.items()
    here.save()
    assert opened(path).people == here.people
    assert here.history.undo() == "what a copy put over the file lacked"
    assert "Mei" not in here.people
    assert here.merge_back.replacement is None


def parted(path: Path, here: Watching, saves: int) -> None:
    """Put a copy over the file that somebody else edited so many times since the last save here."""
    elsewhere = path.with_name("elsewhere.json")
    elsewhere.write_bytes(path.read_bytes())
    there = Watching(elsewhere, "there")
    here.commit(MEI)
    for number in range(saves):
        luis = there.store.contact("luis")
        assert luis is not None
        there.commit(msgspec.structs.replace(luis, email=f"{number}@b.c"))
    replace(path, elsewhere.read_bytes())


@pytest.mark.parametrize("saves", [1, 2, 5])
def test_of_a_copy_edited_elsewhere_both_sides_stay(tmp_path: Path, saves: int) -> None:
    """Its revision may be the same as the one known here, or higher."""
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    parted(path, here, saves)
    check(here)
    assert here.found == ["other"]
    assert here.merge_back.merge() == []
    luis = here.store.contact("luis")
    assert luis is not None
    assert (luis.email, here.people["Mei"]) == (f"{saves - 1}@b.c", "1")


def test_of_two_values_given_apart_the_one_that_does_not_stay_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sides have edited so much that neither's change of the number is among those that are kept."""
    monkeypatch.setattr(change_log, "CHANGES_KEPT", 3)
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    older = path.read_bytes()
    here.commit(contact(phone="1"))
    for number in range(4):
        here.history.commit("edit", contact(id="mei", name=f"Mei {number}"))
        here.save()
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(older)
    there = Watching(elsewhere, "there")
    there.commit(contact(phone="2"))
    for number in range(4):
        there.commit(contact(id="tom", name=f"Tom {number}"))
    replace(path, elsewhere.read_bytes())
    check(here)
    [said] = here.merge_back.merge()
    kept = here.people["Luis Ortega"]  # both were given in the same millisecond
    assert here.people == {"Luis Ortega": kept, "Mei 3": "", "Tom 3": ""}
    other = {"1": "2", "2": "1"}[kept]
    assert said == f"Luis Ortega: phone “{kept}” stays; “{other}” was given apart from it"


def test_what_was_edited_since_is_neither_deleted_nor_overwritten_by_the_merge(tmp_path: Path) -> None:
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact(), MEI)
    older = path.read_bytes()
    here.commit(removed=(MEI,))
    here.commit(contact(phone="1"))
    replace(path, older)
    check(here)
    here.commit(msgspec.structs.replace(MEI, phone="5"), contact(email="a@b.c"))
    (problem,) = here.merge_back.merge()
    assert problem == "Mei was changed in another session meanwhile, so it is not deleted"
    assert here.people == {"Luis Ortega": "1", "Mei": "5"}
    luis = here.store.contact("luis")
    assert luis is not None
    assert luis.email == "a@b.c"


def test_nothing_is_left_to_merge_when_the_right_file_is_back_or_another_session_merged(
    tmp_path: Path,
) -> None:
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    older = path.read_bytes()
    here.commit(MEI)
    newer = path.read_bytes()
    there = Watching(path, "there")
    replace(path, older)
    for session in (here, there):
        check(session)
        assert session.merge_back.replacement is not None
    replace(path, newer)
    check(here)
    assert here.merge_back.replacement is None
    replace(path, older)
    check(here)
    there.merge_back.merge()
    there.save()
    check(here)
    assert here.people == there.people == {"Luis Ortega": "", "Mei": "1"}
    assert here.merge_back.replacement is None


def test_each_session_that_knew_more_notices_it(tmp_path: Path) -> None:
    """Even if the first of them has saved so often that the revision is higher again."""
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    older = path.read_bytes()
    here.commit(MEI)
    there = Watching(path, "there")
    replace(path, older)
    for number in range(5):
        here.commit(contact(phone=str(number)))
    check(there)
    assert (here.found, there.found) == (["older"], ["other"])


def test_a_backup_that_cannot_be_written_is_said_and_the_merge_works_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    older = path.read_bytes()
    here.commit(MEI)
    replace(path, older)

    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(here.file.backups, "keep_content", refuse)
    check(here)
    assert here.notices[0].endswith("what was known here is not kept as a backup: no space left on device")
    here.merge_back.merge()
    assert here.people == {"Luis Ortega": "", "Mei": "1"}


def test_scripts_write_beside_a_session_without_an_alarm_and_what_they_wrote_is_merged_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "warmcall.json"
    here = opened(path)
    here.commit(contact())
    older = path.read_bytes()
    with open_db(path) as db:
        db.table("contacts").update({"phone": "7"})
        check(here)
        replace(path, older)
        db.table("contacts").insert(to_document(MEI))
    assert here.found == []
    check(here)
    assert here.found == ["other"]
    assert here.merge_back.merge() == []
    assert here.people == {"Luis Ortega": "7", "Mei": "1"}
    here.save()
    assert opened(path).people == here.people


def state(records: Iterable[AnyRecord]) -> dict[str, dict[str, Any]]:
    """Return the fields of records that the user means, by id."""
    return {
        record.id: {
            name: value for name, value in to_document(record).items() if name not in INCIDENTAL_FIELDS
        }
        for record in records
    }


@settings(modest, max_examples=15, report_multiple_bugs=False, phases=[Phase.generate])
@given(steps)
def test_whatever_was_done_since_an_older_copy_comes_back_whole(plan: list[list[Step]]) -> None:
    changes, states = planned_changes(plan)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warmcall.json"
        file = StateFile(path)
        file.save([adding(contact())])
        contents = [path.read_bytes()]
        for change in changes:
            file.save([change])
            contents.append(path.read_bytes())
        for content, records in zip(contents, states, strict=True):
            replace(path, contents[-1])
            here = opened(path)
            replace(path, content)
            check(here)
            assert state(StateFile(path).load().records) == state([contact(), *records.values()])
            assert here.merge_back.merge() == []
            here.save()
            assert state(here.file.load().records) == state([contact(), *states[-1].values()])


def deleted(changes: Iterable[Change]) -> set[str]:
    """Return the ids of the records that `changes` remove, and of those whose removal may be refused."""
    return {edit.id for change in changes for edit in change.edits if edit.after is None}


@settings(modest, max_examples=15, report_multiple_bugs=False, phases=[Phase.generate])
@given(steps, steps, steps)
def test_of_two_histories_nothing_is_lost_that_neither_side_deleted(
    shared: list[list[Step]], one: list[list[Step]], other: list[list[Step]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warmcall.json"
        sides = [planned_changes([*shared, *plan]) for plan in (one, other)]
        mine, theirs = (
            [msgspec.structs.replace(change, id=f"{change.id}{side}") for change in changes[len(shared) :]]
            for side, (changes, _) in zip("ab", sides, strict=True)
        )
        StateFile(path).save([adding(contact()), *sides[0][0][: len(shared)]])
        here = opened(path)
        elsewhere = path.with_name("elsewhere.json")
        elsewhere.write_bytes(path.read_bytes())
        for change in mine:
            here.store.apply(change)
            here.waiting.append(change)
            here.save()
        there = StateFile(elsewhere)
        for change in theirs:
            there.save([change])
        known = {record.id for loaded in (path, elsewhere) for record in StateFile(loaded).load().records}
        replace(path, elsewhere.read_bytes())
        check(here)
        here.merge_back.merge()
        here.save()
        saved = StateFile(path).load().records
        assert state(saved) == state(record for kind in TABLES.values() for record in here.store.all(kind))
        kept = known - deleted([*mine, *theirs])
        assert kept <= {record.id for record in saved}


def test_what_is_missing_comes_with_the_last_part_of_the_changes() -> None:
    edits = adding(*(contact(id=f"c{number}") for number in range(5))).edits
    found = Replacement({}, True, ())
    parts = list(ExternalChanges(edits, ("so",), found).in_parts(2))
    assert [len(part.edits) for part in parts] == [2, 2, 1]
    assert [part.messages for part in parts] == [("so",), (), ()]
    assert [part.replacement for part in parts] == [None, None, found]
    assert list(ExternalChanges((), ("so",), found).in_parts(2)) == [ExternalChanges((), ("so",), found)]
