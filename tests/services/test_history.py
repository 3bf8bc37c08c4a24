from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.change import Change, ChangeKind, Edit
from warmcall.domain.records import (
    OF_CONTACT,
    AnyRecord,
    Contact,
    Debrief,
    FollowUp,
    Interview,
    PoolPerson,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import CaptureKind, Channel, FollowUpKind, Mode, Outcome, QuestionState
from warmcall.domain.when import When
from warmcall.services.calling import CallResult
from warmcall.services.history import ENCODED_ABOVE, UNDO_LIMIT, History, UndoRefused
from warmcall.services.services import Services
from warmcall.storage.state_file import StateFile

from tests.conftest import Bench
from tests.examples import adding, advice, attempt, capture, follow_up, interview, opening, state_of, when
from tests.profiles import examples, modest


def new(services: Services, name: str = "Luis") -> Contact:
    return Contact(**services.history.stamp(), name=name)


def test_a_stamp_is_new_each_time_and_of_this_moment(bench: Bench) -> None:
    first, second = bench.services.history.stamp(), bench.services.history.stamp()
    assert first["id"] != second["id"]
    assert first["created_at"] == first["changed_at"] == bench.clock.now() == bench.services.history.now()


def test_a_commit_reaches_the_store_and_the_writer_as_one_change(bench: Bench) -> None:
    luis, mei = new(bench.services), new(bench.services, "Mei")
    change = bench.services.history.commit("add two", luis, mei)
    assert bench.saved == [change]
    assert change is not None
    assert (change.label, change.at, len(change.edits)) == ("add two", bench.clock.now(), 2)
    assert list(bench.store.all(Contact)) == [luis, mei]


def test_a_commit_says_when_the_record_was_changed(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.clock.forward(minutes=5)
    bench.services.history.commit("edit", replace(luis, phone="1"))
    changed = bench.store.contact(luis.id)
    assert changed is not None
    assert (changed.created_at, changed.changed_at) == (luis.created_at, bench.clock.now())


def test_a_commit_that_would_change_nothing_is_no_change(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.clock.forward(minutes=5)
    assert bench.services.history.commit("edit", luis) is None
    assert bench.services.history.commit("nothing") is None
    assert len(bench.saved) == 1


def test_a_contact_is_not_taken_back_while_records_of_later_changes_belong_to_it(bench: Bench) -> None:
    luis = new(bench.services)
    call = follow_up(FollowUpKind.CALL, contact_id=luis.id)
    history = bench.services.history
    history.commit("add", luis)
    history.commit("owe", call)
    history.apply_remote([Edit("follow_ups", call.id, {"note": call.note}, {"note": "changed there"})])
    for label in ("owe", "add"):
        with pytest.raises(UndoRefused, match=f"Not undone: {label}"):
            history.undo()
    assert [found.contact_id for found in bench.store.all(FollowUp)] == [luis.id]
    assert bench.store.contact(luis.id) is not None


@pytest.mark.parametrize("kind", OF_CONTACT, ids=lambda kind: kind.__name__)
def test_a_contact_is_not_taken_back_while_another_session_has_added_anything_about_them(
    bench: Bench, kind: type[AnyRecord]
) -> None:
    of_each_kind: list[AnyRecord] = [
        attempt(bench.clock.now(), None), interview(), follow_up(FollowUpKind.CALL), advice("go"), opening(),
    ]  # fmt: skip
    (added,) = (record for record in of_each_kind if type(record) is kind)
    luis = new(bench.services)
    history = bench.services.history
    history.commit("add", luis)
    history.apply_remote(list(adding(replace(added, contact_id=luis.id)).edits))
    with pytest.raises(UndoRefused, match="More was added about this person since"):
        history.undo()
    assert bench.store.contact(luis.id) is not None


def test_undo_and_redo_go_back_and_forth_and_say_what(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.services.history.commit("edit", replace(luis, phone="1"))
    history = bench.services.history
    assert [history.undo(), history.undo(), history.undo()] == ["edit", "add", ""]
    assert bench.store.empty
    assert [history.redo(), history.redo(), history.redo()] == ["add", "edit", ""]
    assert bench.store.contact(luis.id) == replace(luis, phone="1")


def test_every_step_back_is_saved_as_a_change_of_its_own(bench: Bench) -> None:
    bench.services.history.commit("add", new(bench.services))
    bench.services.history.undo()
    bench.services.history.redo()
    assert [change.label for change in bench.saved] == ["add", "add", "add"]
    assert len({change.id for change in bench.saved}) == 3
    replayed = Store()
    for change in bench.saved:
        replayed.apply(change)
    assert state_of(replayed) == state_of(bench.store)


def test_after_a_new_change_there_is_nothing_to_redo(bench: Bench) -> None:
    bench.services.history.commit("add", new(bench.services))
    bench.services.history.undo()
    bench.services.history.commit("add other", new(bench.services, "Mei"))
    assert bench.services.history.redo() == ""


def test_changes_that_belong_together_are_undone_together(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    for text in ("a", "ab", "abc"):
        bench.services.history.commit("notes", replace(luis, notes=text), merge="notes luis")
    assert bench.services.history.undo() == "notes"
    assert bench.store.contact(luis.id) == luis
    assert bench.services.history.redo() == "notes"
    assert bench.store.contact(luis.id) == replace(luis, notes="abc")


def test_something_else_in_between_keeps_them_apart(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.services.history.commit("notes", replace(luis, notes="a"), merge="notes")
    bench.services.history.commit("phone", replace(luis, notes="a", phone="1"))
    bench.services.history.commit("notes", replace(luis, notes="ab", phone="1"), merge="notes")
    bench.services.history.undo()
    assert bench.store.contact(luis.id) == replace(luis, notes="a", phone="1")


def test_what_was_undone_and_redone_is_a_step_of_its_own(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.services.history.commit("notes", replace(luis, notes="a"), merge="notes")
    bench.services.history.undo()
    bench.services.history.redo()
    bench.services.history.commit("notes", replace(luis, notes="ab"), merge="notes")
    bench.services.history.undo()
    assert bench.store.contact(luis.id) == replace(luis, notes="a")


def test_what_is_not_undoable_is_skipped_by_undo(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.services.history.commit("look", replace(luis, title="seen"), undoable=False)
    bench.services.history.commit("phone", replace(luis, title="seen", phone="1"))
    assert bench.services.history.undo() == "phone"
    assert bench.store.contact(luis.id) == replace(luis, title="seen")
    assert bench.services.history.undo() == "add"
    assert bench.store.empty


def test_the_last_hundred_changes_can_be_undone(bench: Bench) -> None:
    assert UNDO_LIMIT == 100
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    for number in range(1, 106):
        bench.services.history.commit(f"edit {number}", replace(luis, phone=str(number)))
    undone = []
    while label := bench.services.history.undo():
        undone.append(label)
    assert undone == [f"edit {number}" for number in range(105, 5, -1)]
    assert bench.store.contact(luis.id) == replace(luis, phone="5")
    for _ in undone:
        assert bench.services.history.redo()
    assert bench.store.contact(luis.id) == replace(luis, phone="105")


def test_a_removed_record_comes_back_whole(bench: Bench) -> None:
    luis = new(bench.services)
    bench.services.history.commit("add", luis)
    bench.services.history.commit("delete", removed=(luis,))
    assert bench.store.empty
    bench.services.history.undo()
    assert bench.store.contact(luis.id) == luis


def test_what_was_done_before_a_restart_is_undone_after_it(library: Library, tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state" / "warmcall.json")
    bench = Bench(library)
    luis = bench.services.address_book.add({"name": "Luis"})
    called = CallResult(outcome=Outcome.SCHEDULED, at=when("2026-11-26 14:00"), path=("ask/opening",))
    meeting = bench.services.calling.record(luis.id, called).interview
    assert meeting is not None
    bench.services.capturing.add(meeting.id, capture(CaptureKind.PROMISE, "it", due=when("2026-12-01")))
    file.save(bench.saved)
    loaded = StateFile(file.path).load()
    store, ids = Store(loaded.records), count()
    history = History(store, bench.services.time, lambda _: None, lambda: f"u{next(ids)}", loaded.changes)
    assert [history.undo() for _ in range(3)] == ["promise: it", "scheduled: Luis", "add Luis"]
    assert store.empty


@pytest.mark.parametrize("something_new", [False, True])
def test_what_was_undone_before_a_restart_is_redone_after_it_unless_something_new_was_done(
    library: Library, something_new: bool
) -> None:
    bench = Bench(library)
    history = bench.services.history
    history.commit("add Luis", new(bench.services))
    history.undo()
    after, ids = Store(), count()
    again = History(after, bench.services.time, lambda _: None, lambda: f"u{next(ids)}", bench.saved)
    if something_new:
        again.commit("add Mei", new(bench.services, name="Mei"))
    assert again.redo() == ("" if something_new else "add Luis")
    assert again.undo() == ("add Mei" if something_new else "add Luis")
    assert again.undo() == ""
    assert after.empty


@pytest.mark.parametrize("undone_meanwhile", [False, True])
def test_what_earlier_runs_did_is_read_before_something_is_undone_while_changes_are_made(
    library: Library, undone_meanwhile: bool
) -> None:
    bench = Bench(library)
    for name in ("Luis", "Mei"):
        bench.services.history.commit(f"add {name}", new(bench.services, name=name))
    read: list[Change] = []

    class Earlier:
        def __iter__(self) -> Iterator[Change]:
            for change in bench.saved:
                read.append(change)
                yield change

    store, ids = Store(bench.store.all(Contact)), count()
    again = History(store, bench.services.time, lambda _: None, lambda: f"u{next(ids)}", Earlier())
    reading = again.read_ahead()
    next(reading)
    again.commit("add Ana", new(bench.services, name="Ana"))
    undone = [again.undo()] if undone_meanwhile else []
    assert len(list(reading)) == 1
    at_first = len(read)
    undone += [again.undo() for _ in range(4 - len(undone))]
    assert undone == ["add Ana", "add Mei", "add Luis", ""]
    assert [again.redo() for _ in range(3)] == ["add Luis", "add Mei", "add Ana"]
    assert len(read) == at_first


def test_a_large_import_is_undone_after_a_restart_from_the_ids_the_file_keeps(
    library: Library, tmp_path: Path
) -> None:
    file = StateFile(tmp_path / "state" / "warmcall.json")
    bench = Bench(library)
    before = bench.services.address_book.add({"name": "Luis"})
    people = [
        PoolPerson(**bench.services.history.stamp(), name=f"Ann {number}", notes="n" * 40)
        for number in range(1_500)
    ]
    bench.services.history.commit("import 1,500 people", replace(before, phone="1"), *people)
    file.save(bench.saved)
    size = file.path.stat().st_size
    loaded = StateFile(file.path).load()
    assert size < 1.6 * sum(len(line) for line in file.path.read_bytes().splitlines() if b"Ann" in line)
    store, ids = Store(loaded.records), count()
    saved: list[Change] = []
    history = History(store, bench.services.time, saved.append, lambda: f"u{next(ids)}", loaded.changes)
    assert history.undo() == "import 1,500 people"
    assert (store.count(PoolPerson), store.require(Contact, before.id).phone) == (0, "")
    assert history.redo() == "import 1,500 people"
    assert store.count(PoolPerson) == 1_500
    history.undo()
    file.save(saved[:1])
    loaded = StateFile(file.path).load()
    assert not any(isinstance(record, PoolPerson) for record in loaded.records)
    again = History(Store(loaded.records), bench.services.time, saved.append, str, loaded.changes)
    assert again.redo() == ""  # only the ids of what was removed are kept
    assert again.undo() == "add Luis"


def test_of_a_large_change_nothing_is_kept_for_undo_but_its_encoding(bench: Bench) -> None:
    history = bench.services.history
    names = {f"Imported here alone {number}" for number in range(ENCODED_ABOVE + 1)}
    people = [PoolPerson(**history.stamp(), name=name) for name in sorted(names)]
    history.commit("import", *people)
    assert history.last_size(ChangeKind.UNDO) == len(people)
    history.commit("one more", new(bench.services))
    bench.saved.clear()
    edits = (item for item in gc.get_objects() if type(item) is Edit)
    assert not any((edit.after or {}).get("name") in names for edit in edits)
    assert [history.undo(), history.undo(), bench.store.count(PoolPerson)] == ["one more", "import", 0]
    assert [history.redo(), list(bench.store.all(PoolPerson))] == ["import", people]


def test_a_large_change_is_undone_in_steps_while_other_changes_are_made(bench: Bench) -> None:
    history = bench.services.history
    people = [PoolPerson(**history.stamp(), name=f"Ann {number}") for number in range(25)]
    history.commit("import", *people)
    assert history.last_size(ChangeKind.UNDO) == 25
    steps = history.revert_in_steps(ChangeKind.UNDO, 10)
    next(steps)
    history.commit("add", luis := new(bench.services))
    seen: list[int] = []
    for _ in steps:
        seen.append(bench.store.count(PoolPerson))
    assert seen[-4:] == [25, 15, 5, 0]
    assert bench.store.contact(luis.id) == luis
    history.commit("edit", replace(luis, phone="1"))
    assert [history.undo(), history.undo()] == ["edit", "add"]


def test_what_was_edited_while_a_large_change_is_undone_is_not_undone(bench: Bench) -> None:
    history = bench.services.history
    people = [PoolPerson(**history.stamp(), name=f"Ann {number}") for number in range(25)]
    history.commit("import", *people)
    steps = history.revert_in_steps(ChangeKind.UNDO, 10)
    next(steps)
    history.commit("never", replace(people[-1], never=True))
    with pytest.raises(UndoRefused, match="Its never was changed again since"):
        list(steps)
    assert bench.store.count(PoolPerson) == 25


class Doing:
    """Carries out any sequence of service calls, each drawn by a number, on services of its own."""

    def __init__(self, library: Library) -> None:
        self.bench = Bench(library)
        self.services = self.bench.services

    def _pick(self, kind: type[Any], number: int) -> Any:
        known = list(self.bench.store.all(kind))
        return known[number % len(known)] if known else None

    def do(self, what: str, number: int, text: str) -> None:
        self.bench.clock.forward(minutes=number % 90)
        contact = self._pick(Contact, number)
        meeting = self._pick(Interview, number)
        owed = self._pick(FollowUp, number)
        action = getattr(self, f"_{what}")
        needs = {"on_contact": contact, "on_meeting": meeting, "on_owed": owed}
        place = next((name for name in needs if name in what), "")
        if not place:
            action(number, text)
        elif needs[place] is not None:
            action(needs[place].id, number, text)

    def _add(self, number: int, text: str) -> None:
        referrer = self._pick(Contact, number) if number % 2 else None
        self.services.address_book.add({"name": text, "referrer_id": referrer.id if referrer else ""})

    def _save_profile(self, number: int, text: str) -> None:
        self.services.profile_editing.save({"name": text, "role": text, "minutes": str(5 + number % 60)})

    def _edit_on_contact(self, id_: str, number: int, text: str) -> None:
        self.services.address_book.edit(id_, {"phone": str(number), "notes": text})

    def _delete_on_contact(self, id_: str, number: int, text: str) -> None:
        self.services.address_book.delete(id_)

    def _note_on_contact(self, id_: str, number: int, text: str) -> None:
        self.services.pending_attempts.note(id_, text, Channel.PHONE)

    def _end_on_contact(self, id_: str, number: int, text: str) -> None:
        outcome = list(Outcome)[number % len(Outcome)]
        at = When(self.bench.clock.now() + timedelta(days=1 + number % 9))
        self.services.calling.record(id_, CallResult(outcome=outcome, at=at, note=text, person=text))

    def _arrange_on_contact(self, id_: str, number: int, text: str) -> None:
        self.services.interviewing.arrange(
            id_, self.bench.clock.now() + timedelta(days=number % 20), Mode.VIDEO, text
        )

    def _owe_on_contact(self, id_: str, number: int, text: str) -> None:
        kind, now = list(FollowUpKind)[number % len(FollowUpKind)], self.bench.clock.now()
        self.services.following_up.add(id_, kind, When(now if number % 2 else now.date()), text)

    def _run_on_meeting(self, id_: str, number: int, text: str) -> None:
        meeting = self.bench.store.get(Interview, id_)
        assert meeting is not None
        asked = meeting.checklist[number % len(meeting.checklist)].id if meeting.checklist else ""
        interviewing, checklists = self.services.interviewing, self.services.checklists
        calls: list[Callable[[], object]] = [
            lambda: interviewing.start(id_),
            lambda: interviewing.toggle_pause(id_),
            lambda: interviewing.extend(id_),
            lambda: self.services.interview_notes.write(id_, asked, text),
            lambda: checklists.mark(id_, asked, QuestionState.SKIPPED),
            lambda: checklists.star(id_, asked),
            lambda: checklists.move(id_, asked, 1),
            lambda: checklists.drop(id_, asked),
            lambda: checklists.add_questions(id_, [checklists.own_question(text)]),
            lambda: interviewing.toggle_prepared(id_, "dressed"),
            lambda: self.services.capturing.add(
                id_, capture(list(CaptureKind)[number % 4], text, theirs=bool(number % 3))
            ),
            lambda: self.services.capturing.remove(id_, meeting.captured[0].id if meeting.captured else ""),
            lambda: interviewing.debrief(id_, Debrief(learned=text, fit=3, confidence=4)),
            lambda: interviewing.end(id_),
        ]
        calls[number % len(calls)]()

    def _follow_on_owed(self, id_: str, number: int, text: str) -> None:
        following = self.services.following_up
        calls: list[Callable[[], object]] = [
            lambda: following.done(id_),
            lambda: following.snooze(id_, When(self.bench.clock.now())),
            lambda: following.edit(id_, When(self.bench.clock.now().date()), text),
            lambda: following.delete(id_),
            lambda: following.keep_draft(id_, "Subject", text),
            lambda: following.sent(id_, "Subject", text),
        ]
        calls[number % len(calls)]()


doings = st.lists(
    st.tuples(
        st.sampled_from([name[1:] for name in vars(Doing) if name.startswith("_") and name[1] not in "_p"]),
        st.integers(0, 2000),
        st.sampled_from(["", "Ana", "a longer word or two", "‹gap›"]),
    ),
    max_size=25,
)


@examples(usual=35, long=80)
@given(doings)
def test_undoing_everything_leads_back_to_the_start_and_redoing_it_to_the_end(
    library: Library, calls: list[tuple[str, int, str]]
) -> None:
    doing = Doing(library)
    for what, number, text in calls:
        doing.do(what, number, text)
    last = state_of(doing.bench.store)
    while doing.services.history.undo():
        pass
    assert state_of(doing.bench.store) == {}
    while doing.services.history.redo():
        pass
    assert state_of(doing.bench.store) == last


@settings(modest, max_examples=40)
@given(doings)
def test_what_was_saved_builds_the_same_book(library: Library, calls: list[tuple[str, int, str]]) -> None:
    doing = Doing(library)
    for what, number, text in calls:
        doing.do(what, number, text)
        if number % 7 == 0:
            doing.services.history.undo()
    replayed = Store()
    for change in doing.bench.saved:
        replayed.apply(change)
    assert state_of(replayed) == state_of(doing.bench.store)


@pytest.mark.parametrize("minutes", [0, 10])
def test_one_service_call_is_one_change(bench: Bench, minutes: int) -> None:
    contact = bench.services.address_book.add({"name": "Luis"})
    bench.clock.forward(minutes=minutes)
    before = state_of(bench.store)
    saved = len(bench.saved)
    end = CallResult(outcome=Outcome.SCHEDULED, at=When(bench.clock.now() + timedelta(days=4)))
    bench.services.calling.record(contact.id, end)
    assert len(bench.saved) == saved + 1
    bench.services.history.undo()
    assert state_of(bench.store) == before
