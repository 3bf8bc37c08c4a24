"""Two sessions on one file, in every order, with crashes: nothing is lost that the rules keep."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from warmcall.config.country import country_finder
from warmcall.domain.business_days import usual_noon
from warmcall.domain.change import INCIDENTAL_FIELDS, Change, Edit, patched
from warmcall.domain.records import TABLES, AnyRecord, Contact, FollowUp, Interview, to_document
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History, UndoRefused
from warmcall.storage.change_log import CHANGES_KEPT
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile

from tests.conftest import FakeClock
from tests.examples import contact, follow_up, interview
from tests.profiles import modest
from tests.storage.calls import Failing

Place = tuple[str, str]


class Session:
    """A store and a history over a state file; what is committed waits until `save`."""

    def __init__(
        self, path: Path, new_id: itertools.count[int], clock: FakeClock, orphans: bool = False
    ) -> None:
        self.file = StateFile(path)
        loaded = self.file.load()
        assert orphans or loaded.problems == ()
        self.store = Store(loaded.records)
        self.waiting: list[Change] = []
        self.notices: list[str] = []
        self.replaced = False
        time = Timekeeper(clock, self.store, lambda: UTC, country_finder(""), usual_noon)
        self.history = History(
            self.store, time, self.waiting.append, lambda: f"id{next(new_id)}", loaded.changes
        )

    def save(self) -> list[Change]:
        saved = list(self.waiting)
        news = self.file.save(saved) if saved else ExternalChanges()
        del self.waiting[: len(saved)]
        self.apply(news)
        return saved

    def check_for_changes(self) -> None:
        self.apply(self.file.check_for_changes())

    def apply(self, news: ExternalChanges) -> None:
        self.replaced = self.replaced or news.replacement is not None
        self.notices += [*news.messages, *self.history.apply_remote(news.edits)]

    def state(self) -> dict[Place, Any]:
        kinds: Any = TABLES.items()
        return {(name, item.id): to_document(item) for name, kind in kinds for item in self.store.all(kind)}


def differing(item: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {
        name for name in item | other if name not in INCIDENTAL_FIELDS and item.get(name) != other.get(name)
    }


class Model:
    """What the file should hold, by the rules alone and without any file."""

    def __init__(self) -> None:
        self.documents: dict[Place, dict[str, Any]] = {}
        self.buried: dict[Place, tuple[list[Edit], dict[str, Any]]] = {}
        self.removed: set[Place] = set()

    def save(self, changes: list[Change]) -> None:
        self.removed = set()
        for change in changes:
            deleted = {(edit.table, edit.id) for edit in change.edits if edit.after is None}
            belonging = {
                item["contact_id"]
                for place, item in self.documents.items()
                if "contact_id" in item and place not in deleted
            }
            left_alone = any(table == "contacts" and id_ in belonging for table, id_ in deleted)
            if not left_alone and not any(self._edited_elsewhere(edit) for edit in change.edits):
                for edit in change.edits:
                    self._make(edit, change)

    def _edited_elsewhere(self, edit: Edit) -> bool:
        present = self.documents.get((edit.table, edit.id))
        return edit.after is None and present is not None and bool(differing(present, edit.before or {}))

    def _make(self, edit: Edit, change: Change) -> None:
        place = (edit.table, edit.id)
        if edit.after is None:
            self.removed.add(place)
            if place in self.documents:
                self.buried[place] = (
                    [edit for edit in change.edits if edit.after is None],
                    self.documents.pop(place),
                )
        elif edit.before is None:
            self.removed.discard(place)
            self.documents[place] = dict(edit.after)
            self._dig_up(("contacts", edit.after.get("contact_id", "")))
        else:
            self._dig_up(place)
            self.documents[place] = patched(self.documents[place], edit)

    def _dig_up(self, place: Place) -> None:
        """Put back what others deleted, with all that was deleted with it, and the contact it belongs to."""
        if place not in self.documents and place in self.buried and place not in self.removed:
            for edit in self.buried[place][0]:
                if (edit.table, edit.id) not in self.removed:
                    document = self.buried[edit.table, edit.id][1]
                    self.documents.setdefault((edit.table, edit.id), document)
                    self._dig_up(("contacts", document.get("contact_id", "")))


class Crash(BaseException):
    """The end of a process, in the middle of a call."""


class TwoSessions(RuleBasedStateMachine):
    """Two people, or one with two terminals."""

    which = st.integers(0, 1)
    person = st.integers(0, 2)
    word = st.sampled_from(["", "one", "two", "three"])

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "warmcall.json"
        self.numbers = itertools.count()
        self.clock = FakeClock()
        self.model = Model()
        self.sessions = [self.opened(), self.opened()]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def opened(self) -> Session:
        return Session(self.path, self.numbers, self.clock)

    def on_disk(self) -> dict[Place, Any]:
        tables = json.loads(self.path.read_bytes()) if self.path.exists() else {}
        return {(name, item["id"]): item for name in TABLES for item in tables.get(name, {}).values()}

    @rule(which=which, word=word)
    def add(self, which: int, word: str) -> None:
        new = contact(id=f"person{next(self.numbers)}", name=word)
        self.sessions[which].history.commit("add", new)

    def picked(self, which: int, person: int) -> Contact | None:
        """Return one of the first contacts of the session, if there are any."""
        known = list(self.sessions[which].store.all(Contact))[:3]
        return known[person % len(known)] if known else None

    @rule(which=which, person=person, field=st.sampled_from(["phone", "email", "notes"]), word=word)
    def edit(self, which: int, person: int, field: str, word: str) -> None:
        self.clock.forward(minutes=1)
        present = self.picked(which, person)
        if present:
            merge = f"notes {present.id}" if field == "notes" else ""
            new = msgspec.structs.replace(present, **{field: word})
            self.sessions[which].history.commit(field, new, merge=merge)

    @rule(which=which, person=person, word=word)
    def owe(self, which: int, person: int, word: str) -> None:
        present = self.picked(which, person)
        if present:
            session = self.sessions[which]
            owed = next(iter(session.store.of_contact(FollowUp, present.id)), None)
            owed = owed or follow_up(FollowUpKind.CALL, id=f"owed{next(self.numbers)}", contact_id=present.id)
            session.history.commit("owe", msgspec.structs.replace(owed, note=word))

    @rule(which=which, person=person)
    def delete(self, which: int, person: int) -> None:
        present = self.picked(which, person)
        if present:
            session = self.sessions[which]
            gone: list[AnyRecord] = [present, *session.store.of_contact(FollowUp, present.id)]
            session.history.commit("delete", removed=tuple(gone))

    @rule(which=which, back=st.booleans())
    def undo(self, which: int, back: bool) -> None:
        history = self.sessions[which].history
        with suppress(UndoRefused):
            _ = history.undo() if back else history.redo()

    @rule(which=which)
    def save(self, which: int) -> None:
        self.model.save(self.sessions[which].save())

    @rule(which=which)
    def check(self, which: int) -> None:
        self.sessions[which].check_for_changes()

    @rule(which=which, number=st.integers(0, 45))
    def fail(self, which: int, number: int) -> None:
        """One call of the system fails in a save; the change goes on waiting."""
        session = self.sessions[which]
        calls = Failing(number, OSError(5, "Input/output error"))
        waiting = list(session.waiting)
        try:
            with calls.on():
                session.save()
        except OSError:
            assert session.waiting == waiting
            if "replace" in calls.done[:number]:
                self.model.save(waiting)
                session.save()
        else:
            self.model.save(waiting)

    @rule(which=which, number=st.integers(0, 45))
    def crash(self, which: int, number: int) -> None:
        """The session ends in the middle of a save, and another one begins."""
        session = self.sessions[which]
        before = self.path.read_bytes() if self.path.exists() else b""
        waiting = list(session.waiting)
        try:
            with Failing(number, Crash(), lasting=True).on():
                session.save()
        except Crash:
            pass
        after = self.path.read_bytes() if self.path.exists() else b""
        if after != before:
            self.model.save(waiting)
        self.sessions[which] = self.opened()

    @invariant()
    def nobody_takes_a_save_of_another_session_for_an_older_copy(self) -> None:
        if hasattr(self, "sessions"):
            assert not any(session.replaced for session in self.sessions)

    @invariant()
    def the_file_holds_what_the_rules_say(self) -> None:
        if hasattr(self, "model"):
            found = self.on_disk()
            assert found.keys() == self.model.documents.keys()
            for place, document in self.model.documents.items():
                assert differing(document, found[place]) == set()

    @rule()
    def everybody_sees_the_same(self) -> None:
        for session in (*self.sessions, *self.sessions):
            self.model.save(session.save())
            session.check_for_changes()
        for session in self.sessions:
            session.check_for_changes()
            assert {place: set[str]() for place in self.on_disk()} == {
                place: differing(document, self.on_disk().get(place, {}))
                for place, document in session.state().items()
            }


TestTwoSessions = TwoSessions.TestCase
TestTwoSessions.settings = settings(modest, max_examples=60, stateful_step_count=25)


@pytest.mark.long
def test_two_sessions_for_long() -> None:
    run_state_machine_as_test(
        TwoSessions, settings=settings(modest, max_examples=2000, stateful_step_count=40)
    )


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Session, Session]:
    numbers, clock = itertools.count(), FakeClock()
    path = tmp_path / "warmcall.json"
    first = Session(path, numbers, clock)
    first.history.commit("add", contact(), follow_up(FollowUpKind.CALL, id="f1"))
    first.save()
    return first, Session(path, numbers, clock)


def luis(session: Session) -> Contact:
    found = session.store.contact("luis")
    assert found is not None
    return found


def owed(session: Session) -> FollowUp:
    (call,) = session.store.of_contact(FollowUp, "luis")
    return call


def edit(session: Session, **fields: Any) -> None:
    session.history.commit("edit", msgspec.structs.replace(luis(session), **fields))


def test_of_one_field_the_later_stays_and_the_earlier_comes_back_by_undo(
    pair: tuple[Session, Session],
) -> None:
    here, there = pair
    edit(here, phone="1")
    edit(there, phone="2")
    here.save()
    there.save()
    here.check_for_changes()
    assert [luis(session).phone for session in pair] == ["2", "2"]
    assert here.notices == ["Luis Ortega: phone changed in another session too. u brings yours back"]
    assert here.history.undo() == "Luis Ortega: phone as it was here"
    here.save()
    there.check_for_changes()
    assert [luis(session).phone for session in pair] == ["1", "1"]
    labels = [change.label for change in StateFile(here.file.path).load().changes]
    assert "edit (changed in another session too)" in labels


def test_what_was_edited_there_is_not_deleted_here_but_reported(
    pair: tuple[Session, Session],
) -> None:
    here, there = pair
    edit(there, phone="2")
    there.save()
    here.history.commit("delete", removed=(luis(here), *here.store.of_contact(FollowUp, "luis")))
    here.save()
    assert luis(here).phone == "2"
    assert here.store.get(FollowUp, "f1") is not None
    assert here.notices[0] == "Luis Ortega was changed in another session meanwhile, so it is not deleted"


@pytest.mark.parametrize("later_changes", [0, CHANGES_KEPT], ids=["just before", "long before"])
@pytest.mark.parametrize("seen", [False, True], ids=["not seen here", "seen here"])
@pytest.mark.parametrize("edited", [Contact, FollowUp])
def test_what_was_deleted_there_and_edited_here_is_kept_with_all_that_belongs_to_it(
    pair: tuple[Session, Session], later_changes: int, seen: bool, edited: type[Contact | FollowUp]
) -> None:
    here, there = pair
    there.history.commit("delete", removed=(luis(there), *there.store.of_contact(FollowUp, "luis")))
    for number in range(later_changes):
        there.history.commit("add", contact(id=f"other {number}"))
    there.save()
    phone = "1" if edited is Contact else ""
    if edited is Contact:
        edit(here, phone=phone)
    else:
        here.history.commit("edit", msgspec.structs.replace(owed(here), note="ask for Ana"))
    if seen:
        here.check_for_changes()
    here.save()
    there.check_for_changes()
    assert [luis(session).phone for session in pair] == [phone, phone]
    assert [session.store.get(FollowUp, "f1") is not None for session in pair] == [True, True]
    assert "it is kept, because it was changed here" in here.notices[0]
    assert there.notices[0] == "Luis Ortega: kept, because it was changed in another session"


def test_a_file_that_was_taken_away_is_written_again_whole(pair: tuple[Session, Session]) -> None:
    here, _ = pair
    here.file.path.unlink()
    here.check_for_changes()
    edit(here, phone="1")
    here.save()
    assert here.notices == ["The state file was removed; it is written again with everything in it"]
    assert {record.id for record in StateFile(here.file.path).load().records} == {"luis", "f1"}


def test_a_copy_holds_what_waits_and_never_replaces_a_file(
    pair: tuple[Session, Session], tmp_path: Path
) -> None:
    here, _ = pair
    edit(here, phone="1")
    here.file.write_copy(tmp_path / "copy.json", here.waiting)
    (copied,) = [
        contact
        for contact in StateFile(tmp_path / "copy.json").load().records
        if isinstance(contact, Contact)
    ]
    assert copied.phone == "1"
    with pytest.raises(FileExistsError):
        here.file.write_copy(here.file.path, here.waiting)


def failed_save(session: Session) -> None:
    """Try to save where there is no room: the file has been read by then."""
    edit(session, email="a@b.c")
    error = OSError(28, "No space left on device")
    with (
        patch("warmcall.storage.atomic_storage.write_durably", side_effect=error),
        pytest.raises(OSError, match="No space"),
    ):
        session.save()


def query(session: Session) -> None:
    """Read the file through its TinyDB."""
    assert session.file.db.table("contacts").get(doc_id=1)["phone"] == "2"  # type: ignore[index]


@pytest.mark.parametrize("reading", [failed_save, query])
def test_what_a_session_has_read_but_not_applied_is_still_news_to_it(
    pair: tuple[Session, Session], reading: Callable[[Session], None]
) -> None:
    here, there = pair
    edit(there, phone="2")
    there.save()
    reading(here)
    assert luis(here).phone == ""
    here.check_for_changes()
    assert luis(here).phone == "2"


def test_undo_outlives_the_session(pair: tuple[Session, Session]) -> None:
    here, there = pair
    edit(here, phone="1")
    edit(here, phone="2")
    here.history.undo()
    here.save()
    again = Session(here.file.path, itertools.count(1000), FakeClock())
    assert again.history.undo() == "edit"
    assert luis(again).phone == ""
    assert [again.history.redo(), again.history.redo(), luis(again).phone] == ["edit", "edit", "2"]
    assert there.history.undo() == "add"


def write(session: Session, text: str, question: str = "q1") -> None:
    meeting = session.store.get(Interview, "meeting")
    assert meeting is not None
    notes = meeting.notes | {question: text}
    session.history.commit("notes", msgspec.structs.replace(meeting, notes=notes), merge="notes")


def answers(session: Session) -> dict[str, str]:
    meeting = session.store.get(Interview, "meeting")
    assert meeting is not None
    return meeting.notes


@pytest.fixture
def talking(pair: tuple[Session, Session]) -> tuple[Session, Session]:
    here, there = pair
    here.history.commit("meeting", interview(notes={"q1": "so"}))
    here.save()
    there.check_for_changes()
    return pair


def test_of_one_answer_typed_by_both_at_once_no_word_is_lost_and_nothing_is_reported(
    talking: tuple[Session, Session],
) -> None:
    here, there = talking
    write(here, "so far")
    write(there, "so be it")
    write(there, "general", "")
    here.save()
    there.save()
    write(here, "so far and on")
    here.save()
    there.check_for_changes()
    assert answers(here) == answers(there) == {"q1": "so far\n be it\n and on", "": "general"}
    assert here.notices == there.notices == []
    write(there, "so far\n be it\n and on.")
    there.save()
    here.check_for_changes()
    assert answers(here)["q1"] == "so far\n be it\n and on."


def test_undo_of_what_was_typed_leaves_what_another_session_typed_in_between(
    talking: tuple[Session, Session],
) -> None:
    here, there = talking
    for session, text in ((here, "so far"), (there, "so far so"), (here, "so far so good")):
        session.check_for_changes()
        write(session, text)
        session.save()
    assert here.history.undo() == "notes"
    with pytest.raises(UndoRefused):
        here.history.undo()
    assert answers(here)["q1"] == "so far so"


def test_words_taken_out_of_an_answer_by_another_session_come_back_by_undo(
    talking: tuple[Session, Session],
) -> None:
    here, there = talking
    write(here, "so far")
    here.save()
    there.check_for_changes()
    write(there, "far")
    there.save()
    here.check_for_changes()
    assert here.notices == ["Luis Ortega: notes changed in another session too. u brings yours back"]
    here.history.undo()
    assert answers(here) == {"q1": "so far"}
