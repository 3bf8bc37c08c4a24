from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Made
from tests.examples import capture, modest, state_of
from tui.domain.book import Book
from tui.domain.records import Contact, Debrief, FollowUp, Interview, replace
from tui.domain.vocabulary import CaptureKind, Channel, FollowUpKind, Mode, Outcome, QuestionState
from tui.services.calling import CallEnd
from tui.services.desk import Desk
from tui.services.history import KEPT
from tui.storage.library import Library


def new(desk: Desk, name: str = "Luis") -> Contact:
    return Contact(**desk.history.stamp(), name=name)


def test_a_stamp_is_new_each_time_and_of_this_moment(made: Made) -> None:
    first, second = made.desk.history.stamp(), made.desk.history.stamp()
    assert first["id"] != second["id"]
    assert first["created_at"] == first["changed_at"] == made.clock.now() == made.desk.history.now()


def test_a_commit_reaches_the_book_and_the_writer_as_one_change(made: Made) -> None:
    luis, mei = new(made.desk), new(made.desk, "Mei")
    change = made.desk.history.commit("add two", luis, mei)
    assert made.saved == [change]
    assert change is not None
    assert (change.label, change.at, len(change.edits)) == ("add two", made.clock.now(), 2)
    assert list(made.book.all(Contact)) == [luis, mei]


def test_a_commit_says_when_the_record_was_changed(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.clock.forward(minutes=5)
    made.desk.history.commit("edit", replace(luis, phone="1"))
    changed = made.book.contact(luis.id)
    assert changed is not None
    assert (changed.created_at, changed.changed_at) == (luis.created_at, made.clock.now())


def test_a_commit_that_would_change_nothing_is_no_change(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.clock.forward(minutes=5)
    assert made.desk.history.commit("edit", luis) is None
    assert made.desk.history.commit("nothing") is None
    assert len(made.saved) == 1


def test_undo_and_redo_go_back_and_forth_and_say_what(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.desk.history.commit("edit", replace(luis, phone="1"))
    history = made.desk.history
    assert [history.undo(), history.undo(), history.undo()] == ["edit", "add", ""]
    assert made.book.empty
    assert [history.redo(), history.redo(), history.redo()] == ["add", "edit", ""]
    assert made.book.contact(luis.id) == replace(luis, phone="1")


def test_every_step_back_is_saved_as_a_change_of_its_own(made: Made) -> None:
    made.desk.history.commit("add", new(made.desk))
    made.desk.history.undo()
    made.desk.history.redo()
    assert [one.label for one in made.saved] == ["add", "add", "add"]
    assert len({one.id for one in made.saved}) == 3
    replayed = Book()
    for one in made.saved:
        replayed.apply(one)
    assert state_of(replayed) == state_of(made.book)


def test_after_a_new_change_there_is_nothing_to_redo(made: Made) -> None:
    made.desk.history.commit("add", new(made.desk))
    made.desk.history.undo()
    made.desk.history.commit("add other", new(made.desk, "Mei"))
    assert made.desk.history.redo() == ""


def test_changes_that_belong_together_are_undone_together(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    for text in ("a", "ab", "abc"):
        made.desk.history.commit("notes", replace(luis, notes=text), merge="notes luis")
    assert made.desk.history.undo() == "notes"
    assert made.book.contact(luis.id) == luis
    assert made.desk.history.redo() == "notes"
    assert made.book.contact(luis.id) == replace(luis, notes="abc")


def test_something_else_in_between_keeps_them_apart(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.desk.history.commit("notes", replace(luis, notes="a"), merge="notes")
    made.desk.history.commit("phone", replace(luis, notes="a", phone="1"))
    made.desk.history.commit("notes", replace(luis, notes="ab", phone="1"), merge="notes")
    made.desk.history.undo()
    assert made.book.contact(luis.id) == replace(luis, notes="a", phone="1")


def test_what_was_taken_back_and_made_again_stands_alone(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.desk.history.commit("notes", replace(luis, notes="a"), merge="notes")
    made.desk.history.undo()
    made.desk.history.redo()
    made.desk.history.commit("notes", replace(luis, notes="ab"), merge="notes")
    made.desk.history.undo()
    assert made.book.contact(luis.id) == replace(luis, notes="a")


def test_what_is_not_undoable_is_passed_over_by_undo(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.desk.history.commit("look", replace(luis, title="seen"), undoable=False)
    made.desk.history.commit("phone", replace(luis, title="seen", phone="1"))
    assert made.desk.history.undo() == "phone"
    assert made.book.contact(luis.id) == replace(luis, title="seen")
    assert made.desk.history.undo() == "add"
    assert made.book.empty


def test_the_last_hundred_changes_can_be_taken_back(made: Made) -> None:
    assert KEPT == 100
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    for number in range(1, 106):
        made.desk.history.commit(f"edit {number}", replace(luis, phone=str(number)))
    undone = []
    while label := made.desk.history.undo():
        undone.append(label)
    assert undone == [f"edit {number}" for number in range(105, 5, -1)]
    assert made.book.contact(luis.id) == replace(luis, phone="5")
    for _ in undone:
        assert made.desk.history.redo()
    assert made.book.contact(luis.id) == replace(luis, phone="105")


def test_a_removed_record_comes_back_whole(made: Made) -> None:
    luis = new(made.desk)
    made.desk.history.commit("add", luis)
    made.desk.history.commit("delete", removed=(luis,))
    assert made.book.empty
    made.desk.history.undo()
    assert made.book.contact(luis.id) == luis


class Doing:
    """Carries out any sequence of service calls, each drawn by a number, on a desk of its own."""

    def __init__(self, library: Library) -> None:
        self.made = Made(library)
        self.desk = self.made.desk

    def _pick(self, kind: type[Any], number: int) -> Any:
        known = list(self.made.book.all(kind))
        return known[number % len(known)] if known else None

    def do(self, what: str, number: int, text: str) -> None:
        self.made.clock.forward(minutes=number % 90)
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
        self.desk.address_book.add({"name": text, "referrer_id": referrer.id if referrer else ""})

    def _save_profile(self, number: int, text: str) -> None:
        self.desk.targeting.save({"name": text, "role": text, "minutes": str(5 + number % 60)})

    def _edit_on_contact(self, id_: str, number: int, text: str) -> None:
        self.desk.address_book.edit(id_, {"phone": str(number), "notes": text})

    def _delete_on_contact(self, id_: str, number: int, text: str) -> None:
        self.desk.address_book.delete(id_)

    def _note_on_contact(self, id_: str, number: int, text: str) -> None:
        self.desk.calling.note(id_, text, Channel.PHONE)

    def _end_on_contact(self, id_: str, number: int, text: str) -> None:
        outcome = list(Outcome)[number % len(Outcome)]
        at = self.made.clock.now() + timedelta(days=1 + number % 9)
        self.desk.calling.record(id_, CallEnd(outcome=outcome, at=at, note=text, person=text))

    def _arrange_on_contact(self, id_: str, number: int, text: str) -> None:
        self.desk.interviewing.arrange(
            id_, self.made.clock.now() + timedelta(days=number % 20), Mode.VIDEO, text
        )

    def _owe_on_contact(self, id_: str, number: int, text: str) -> None:
        kind = list(FollowUpKind)[number % len(FollowUpKind)]
        self.desk.following_up.add(id_, kind, self.made.clock.now(), False, text)

    def _run_on_meeting(self, id_: str, number: int, text: str) -> None:
        meeting = self.made.book.get(Interview, id_)
        assert meeting is not None
        asked = meeting.checklist[number % len(meeting.checklist)].id if meeting.checklist else ""
        interviewing = self.desk.interviewing
        calls: list[Callable[[], object]] = [
            lambda: interviewing.start(id_),
            lambda: interviewing.pause_or_go_on(id_),
            lambda: interviewing.extend(id_),
            lambda: interviewing.write_notes(id_, asked, text),
            lambda: interviewing.mark(id_, asked, QuestionState.SKIPPED),
            lambda: interviewing.star(id_, asked),
            lambda: interviewing.move(id_, asked, 1),
            lambda: interviewing.drop(id_, asked),
            lambda: interviewing.add_questions(id_, [interviewing.own_question(text)]),
            lambda: interviewing.tick(id_, "dressed"),
            lambda: self.desk.capturing.take_down(
                id_, capture(list(CaptureKind)[number % 4], text, theirs=bool(number % 3))
            ),
            lambda: self.desk.capturing.take_out(id_, meeting.captured[0].id if meeting.captured else ""),
            lambda: interviewing.debrief(id_, Debrief(learned=text, fit=3, confidence=4)),
            lambda: interviewing.end(id_),
        ]
        calls[number % len(calls)]()

    def _follow_on_owed(self, id_: str, number: int, text: str) -> None:
        following = self.desk.following_up
        calls: list[Callable[[], object]] = [
            lambda: following.done(id_),
            lambda: following.snooze(id_, self.made.clock.now(), True),
            lambda: following.edit(id_, self.made.clock.now(), False, text),
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


@settings(modest, max_examples=80)
@given(doings)
def test_undoing_everything_leads_back_to_the_start_and_redoing_it_to_the_end(
    library: Library, calls: list[tuple[str, int, str]]
) -> None:
    doing = Doing(library)
    for what, number, text in calls:
        doing.do(what, number, text)
    last = state_of(doing.made.book)
    while doing.desk.history.undo():
        pass
    assert state_of(doing.made.book) == {}
    while doing.desk.history.redo():
        pass
    assert state_of(doing.made.book) == last


@settings(modest, max_examples=40)
@given(doings)
def test_what_was_saved_builds_the_same_book(library: Library, calls: list[tuple[str, int, str]]) -> None:
    doing = Doing(library)
    for what, number, text in calls:
        doing.do(what, number, text)
        if number % 7 == 0:
            doing.desk.history.undo()
    replayed = Book()
    for one in doing.made.saved:
        replayed.apply(one)
    assert state_of(replayed) == state_of(doing.made.book)


@pytest.mark.parametrize("minutes", [0, 10])
def test_one_service_call_is_one_change(made: Made, minutes: int) -> None:
    contact = made.desk.address_book.add({"name": "Luis"})
    made.clock.forward(minutes=minutes)
    before = state_of(made.book)
    saved = len(made.saved)
    end = CallEnd(outcome=Outcome.SCHEDULED, at=made.clock.now() + timedelta(days=4))
    made.desk.calling.record(contact.id, end)
    assert len(made.saved) == saved + 1
    made.desk.history.undo()
    assert state_of(made.book) == before
