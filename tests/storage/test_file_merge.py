"""Making one state file of copies that were changed apart."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.country import country_finder
from warmcall.domain.business_days import usual_noon
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import TABLES, AnyRecord, Contact, FollowUp, Interview, PoolPerson
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History, UndoRefused
from warmcall.storage.atomic_storage import write_durably
from warmcall.storage.file_merge import MergedFiles, merge_files
from warmcall.storage.json_parser import file_content, tables_of
from warmcall.storage.raw_table import RawTable
from warmcall.storage.stamps import clock_time, covers, joined, next_time, stamp
from warmcall.storage.state_file import StateFile
from warmcall.storage.versions import KEPT_AFTER_REMOVAL, VERSIONS

from tests.conftest import FakeClock
from tests.examples import NOW, adding, attempt, contact, follow_up, interview, pool_person, question, target
from tests.profiles import examples

Tables = dict[str, RawTable]


class Machine:
    """A copy of the state file on a machine with a clock of its own, `ahead` of the right time."""

    def __init__(self, folder: Path, name: str, ahead: timedelta = timedelta()) -> None:
        self.path = folder / name / "warmcall.json"
        self.name = name
        self._made = 0
        self._clock = FakeClock(NOW + ahead)

    def tables(self) -> Tables:
        """Return what is in the file."""
        return tables_of(self.path.read_bytes(), self.path)

    def copy(self, other: Machine) -> None:
        """Put a copy of the file of another machine in the place of this one's."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(other.path, self.path)

    def put(self, tables: Tables) -> None:
        """Write tables to the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        write_durably(self.path, file_content(tables))

    def merge(self, *others: Machine, base: Tables | None = None) -> MergedFiles:
        """Merge the files of others into this machine's, one after the other; return the last merge."""
        for other in others:
            found = merge_files(self.tables(), other.tables(), base)
            self.put(found.tables)
        return found

    def act(self, *actions: Callable[[History, Store], object]) -> None:
        """Do something as a session of its own does it, a minute after the last."""
        for action in actions:
            self._clock.forward(minutes=1)
            file = StateFile(self.path)
            loaded = file.load()
            store = Store(loaded.records)
            changes: list[Any] = []
            time = Timekeeper(self._clock, store, lambda: UTC, country_finder(""), usual_noon)
            history = History(store, time, changes.append, self._new_id, loaded.changes)
            action(history, store)
            file.save(changes)

    def set(self, record_id: str, kind: type[AnyRecord] = Contact, **fields: Any) -> None:
        """Set fields of a record."""
        self.act(
            lambda history, store: history.commit(
                "edit", msgspec.structs.replace(store.require(kind, record_id), **fields)
            )
        )

    def add(self, *records: AnyRecord) -> None:
        """Add records."""
        self.act(lambda history, store: history.commit("add", *records))

    def delete(self, contact_id: str) -> None:
        """Delete a contact with everything that belongs to them, as the app does."""
        self.act(lambda history, store: history.commit("delete", removed=all_of(store, contact_id)))

    def undo(self) -> None:
        """Undo the last change."""
        self.act(lambda history, store: history.undo())

    def get(self, kind: type[Any], record_id: str) -> Any:
        """Return a record; None if it is not there."""
        return Store(StateFile(self.path).load().records).get(kind, record_id)

    def _new_id(self) -> str:
        self._made += 1
        return f"{self.name}{self._made}"


def all_of(store: Store, contact_id: str) -> tuple[AnyRecord, ...]:
    """Return a contact and all that belongs to them."""
    steps, meetings = store.of_contact(FollowUp, contact_id), store.of_contact(Interview, contact_id)
    return (store.require(Contact, contact_id), *steps, *meetings)


def content(tables: Tables) -> dict[str, Any]:
    """Return the records of a file and what is known of their versions, by id."""
    return {
        f"{name} {document.pop('id')}": document
        for name in (*TABLES, VERSIONS)
        for document in (tables[name].values() if name in tables else ())
    }


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Machine, Machine, Machine]:
    """Return three machines with the same file, the clock of the second fast, and that of the third slow."""
    laptop = Machine(tmp_path, "a")
    host = Machine(tmp_path, "b", timedelta(hours=10))
    office = Machine(tmp_path, "c", timedelta(hours=-9))
    laptop.path.parent.mkdir()
    StateFile(laptop.path).save(
        [adding(contact(), contact(id="mei", name="Mei"), follow_up(FollowUpKind.CALL, id="call"), target())]
    )
    laptop.set("luis", phone="+1 312 555 0100")
    for machine in (host, office):
        machine.copy(laptop)
    return laptop, host, office


def test_different_fields_and_records_of_both_sides_stay(machines: tuple[Machine, ...]) -> None:
    laptop, host, _ = machines
    laptop.set("luis", email="luis@example.org")
    host.set("luis", title="Director")
    host.add(contact(id="ana", name="Ana"))
    laptop.merge(host)
    luis = laptop.get(Contact, "luis")
    assert (luis.email, luis.title, luis.phone) == ("luis@example.org", "Director", "+1 312 555 0100")
    assert laptop.get(Contact, "ana") is not None


def test_of_two_values_given_apart_the_later_stays_and_the_other_is_kept_until_somebody_decides(
    machines: tuple[Machine, ...],
) -> None:
    laptop, host, office = machines
    laptop.set("luis", phone="1")
    host.set("luis", phone="2")  # its clock is ahead
    found = laptop.merge(host)
    assert laptop.get(Contact, "luis").phone == "2"
    assert [(value.key, value.name, value.kept, value.beside) for value in found.beside] == [
        (("contacts", "luis"), "phone", "2", "1")
    ]
    assert laptop.merge(host).beside == (), "it is said once"
    laptop.set("luis", phone="3")
    office.merge(laptop)
    found = host.merge(office)
    assert (host.get(Contact, "luis").phone, found.beside) == ("3", ()), "whoever gave it had seen both"


def test_a_value_given_with_another_in_view_is_the_later_one_whatever_the_clocks_say(
    machines: tuple[Machine, ...],
) -> None:
    _, host, office = machines
    host.set("luis", phone="2")  # ten hours ahead
    office.merge(host)
    office.set("luis", phone="3")  # nine hours behind
    found = host.merge(office)
    assert (host.get(Contact, "luis").phone, found.beside) == ("3", ())


def test_the_words_of_both_stay_in_an_answer(machines: tuple[Machine, ...]) -> None:
    laptop, host, office = machines
    laptop.add(interview(notes={"day": "Reads a lot."}, checklist=(question("day"), question("how"))))
    host.copy(laptop)
    office.copy(laptop)
    laptop.set("meeting", Interview, notes={"day": "Reads a lot.\nMostly sheets.", "how": "By chance."})
    host.set("meeting", Interview, notes={"day": "Reads a lot.\nAnd writes."})
    host.set("meeting", Interview, checklist=(question("day", starred=True), question("how")))
    office.set("meeting", Interview, checklist=(question("day"), question("how"), question("new")))
    office.merge(laptop, host)
    meeting = office.get(Interview, "meeting")
    assert sorted(meeting.notes["day"].split("\n")) == ["And writes.", "Mostly sheets.", "Reads a lot."]
    assert meeting.notes["how"] == "By chance."
    assert [(asked.id, asked.starred) for asked in meeting.checklist] == [
        ("day", True), ("how", False), ("new", False),
    ]  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_contact_removed_on_one_side_is_gone_unless_the_other_changed_them(
    machines: tuple[Machine, ...], order: tuple[int, int]
) -> None:
    laptop, host = machines[:2]
    laptop.delete("luis")
    laptop.delete("mei")
    host.set("mei", title="Planner")
    merged = (laptop, host)[order[0]]
    found = merged.merge((laptop, host)[order[1]])
    assert merged.get(Contact, "luis") is None
    assert merged.get(FollowUp, "call") is None
    assert merged.get(Contact, "mei").title == "Planner"
    assert found.revived == (("contacts", "mei"),)


@pytest.mark.parametrize("deleted_too", [False, True])
def test_a_contact_to_whom_the_other_side_added_a_record_stays_with_all_that_went_with_them(
    machines: tuple[Machine, ...], deleted_too: bool
) -> None:
    laptop, host, office = machines
    laptop.delete("luis")
    host.add(attempt("2026-11-23 10:00", None, id="try"))
    laptop.merge(host)
    office.merge(laptop)
    assert office.get(Contact, "luis").phone == "+1 312 555 0100"
    assert office.get(FollowUp, "call") is not None
    if deleted_too:
        office.act(
            lambda history, store: history.commit("x", removed=tuple(store.of_contact(FollowUp, "luis")))
        )
        office.merge(host, laptop)
        assert office.get(FollowUp, "call") is None
        assert office.get(Contact, "luis") is not None


def merged_in_every_order(machines: Sequence[Machine]) -> list[dict[str, Any]]:
    """Return what three files are when they are merged, in each order, and merged once more."""
    found = []
    for a, b, c in itertools.permutations([machine.tables() for machine in machines]):
        left = merge_files(merge_files(a, b).tables, c).tables
        right = merge_files(a, merge_files(b, c).tables).tables
        found += [content(tables) for tables in (left, right, merge_files(left, b).tables)]
    return found


def test_a_step_that_is_back_with_its_contact_stays_when_only_the_step_differs(
    machines: tuple[Machine, ...],
) -> None:
    laptop, host, office = machines
    planned = {
        machine.name: follow_up(
            FollowUpKind.CALL, id=f"next {machine.name}", created_at=NOW + timedelta(hours=at)
        )
        for machine, at in ((laptop, 0), (office, -9))
    }
    host.add(follow_up(FollowUpKind.INTERVIEW, id="meeting's"))
    for machine in (office, laptop):
        machine.add(planned[machine.name])
    laptop.delete("luis")
    office.merge(laptop)
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    assert every[0]["follow_ups next a"]["dropped"], "a meeting is planned"


@pytest.mark.parametrize("edited", [False, True])
def test_somebody_of_the_pool_whom_one_side_removed_and_another_changed_is_the_same_in_every_order(
    machines: tuple[Machine, ...], edited: bool
) -> None:
    laptop, host, office = machines
    laptop.add(pool_person())
    for machine in (host, office):
        machine.copy(laptop)
    if edited:
        laptop.set("nora", PoolPerson, phone="1")
        host.merge(laptop)
    laptop.act(lambda history, store: history.commit("x", removed=(store.require(PoolPerson, "nora"),)))
    office.set("nora", PoolPerson, never=True)  # its clock is behind
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    assert every[0]["pool nora"]["never"]
    assert every[0]["pool nora"].get("phone", "") == ("1" if edited else "")


def test_somebody_of_the_pool_who_was_chosen_deleted_and_changed_elsewhere_is_the_same_in_every_order(
    machines: tuple[Machine, ...],
) -> None:
    laptop, host, office = machines
    laptop.add(pool_person())
    for machine in (host, office):
        machine.copy(laptop)
    office.add(contact(id="nora", name="Nora Feld"))
    host.merge(office)
    laptop.set("nora", PoolPerson, never=True)
    office.delete("nora")
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    assert every[0]["pool nora"]["never"]


def test_that_somebody_was_removed_whom_this_copy_never_had_is_kept(machines: tuple[Machine, ...]) -> None:
    laptop, host, office = machines
    host.add(contact(id="ana", name="Ana"))
    office.merge(host)
    host.delete("ana")
    file = StateFile(laptop.path)
    assert file.merge_in(host.tables(), None).differs
    assert not file.merge_in(host.tables(), None).differs
    laptop.merge(office)
    assert laptop.get(Contact, "ana") is None


def test_a_mark_in_the_pool_that_was_taken_back_on_one_side_is_no_fault_in_the_file(
    machines: tuple[Machine, ...],
) -> None:
    laptop, host, office = machines
    laptop.add(pool_person())
    laptop.set("nora", PoolPerson, never=True)
    for machine in (host, office):
        machine.copy(laptop)
    host.undo()
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    assert "never" not in every[0]["pool nora"]
    laptop.merge(host)
    assert StateFile(laptop.path).load().problems == ()
    assert not laptop.get(PoolPerson, "nora").never


def test_a_step_that_was_done_somewhere_is_done_and_a_countdown_stopped_somewhere_is_stopped(
    machines: tuple[Machine, ...],
) -> None:
    laptop, host, office = machines
    running = Countdown().start(NOW)
    laptop.add(interview(countdown=running))
    for machine in (host, office):
        machine.copy(laptop)
    laptop.set("call", FollowUp, done_at=NOW)
    host.set("call", FollowUp, done_at=NOW)
    host.undo()  # its clock is ahead
    laptop.set("meeting", Interview, countdown=running.stop(NOW), ended_at=NOW)
    host.set("meeting", Interview, countdown=running.pause(NOW))
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    laptop.merge(host, office)
    assert laptop.get(FollowUp, "call").done_at == NOW
    assert not laptop.get(Interview, "meeting").countdown.going


def test_a_step_that_merging_closed_and_somebody_did_is_not_dropped_in_any_order(
    machines: tuple[Machine, ...],
) -> None:
    laptop, host, office = machines
    host.add(follow_up(FollowUpKind.INTERVIEW, id="talk"))
    laptop.add(follow_up(FollowUpKind.CALL, id="again"))
    office.merge(laptop)
    office.set("again", FollowUp, done_at=NOW)
    laptop.merge(host)
    assert laptop.get(FollowUp, "again").dropped
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    assert not every[0]["follow_ups again"]["dropped"]


def test_a_step_removed_by_itself_is_not_back_with_its_contact(machines: tuple[Machine, ...]) -> None:
    laptop, host, office = machines
    office.act(lambda history, store: history.commit("x", removed=(store.require(FollowUp, "call"),)))
    laptop.delete("luis")  # later, by its clock
    host.set("luis", title="Director")
    every = merged_in_every_order(machines)
    assert all(found == every[0] for found in every)
    assert "follow_ups call" not in every[0]
    assert every[0]["contacts luis"]["title"] == "Director"


def test_what_was_removed_and_brought_back_by_undo_stays(machines: tuple[Machine, ...]) -> None:
    laptop, host, _ = machines
    laptop.delete("luis")
    host.merge(laptop)
    laptop.undo()
    host.merge(laptop)
    assert host.get(Contact, "luis").phone == "+1 312 555 0100"
    assert host.get(FollowUp, "call") is not None


def test_of_the_next_steps_planned_apart_one_stays_open(machines: tuple[Machine, ...]) -> None:
    laptop, host, office = machines
    for machine in (laptop, host, office):
        machine.act(
            lambda history, store, name=machine.name: history.commit(  # type: ignore[misc]
                "call",
                msgspec.structs.replace(store.require(FollowUp, "call"), done_at=NOW),
                follow_up(FollowUpKind.CALL, "2026-11-24", **history.stamp() | {"id": f"next {name}"}),
            )
        )
    office.merge(laptop, host)
    steps = {found.id: found for found in Store(StateFile(office.path).load().records).all(FollowUp)}
    assert [id_ for id_, step in steps.items() if step.done_at is None] == ["next b"], "planned last"
    assert steps["next a"].dropped
    office.add(follow_up(FollowUpKind.CALL, "2026-12-01", id="another"))
    laptop.merge(office)
    assert laptop.get(FollowUp, "another").done_at is None, "whoever planned it had the others in view"
    assert laptop.get(FollowUp, "next b").done_at is None


def test_undo_takes_back_what_was_done_last_on_either_side(machines: tuple[Machine, ...]) -> None:
    laptop, host, _ = machines
    laptop.set("luis", title="A")
    laptop.set("mei", title="B")
    laptop.undo()
    host.set("luis", organization="C")
    laptop.merge(host)
    assert laptop.get(Contact, "luis").organization == "C"
    laptop.undo()
    assert laptop.get(Contact, "luis").organization == ""
    laptop.undo()
    assert (laptop.get(Contact, "luis").title, laptop.get(Contact, "mei").title) == ("", "")


@pytest.mark.parametrize("with_base", [True, False])
def test_a_field_that_another_program_edited_without_a_stamp_is_new_where_it_differs_from_the_base(
    machines: tuple[Machine, ...], with_base: bool
) -> None:
    laptop, host, _ = machines
    base = laptop.tables()
    document = json.loads(laptop.path.read_bytes())
    document["contacts"]["1"]["email"] = "a@example.org"
    laptop.path.write_text(json.dumps(document))
    host.set("luis", title="Director")
    host.merge(laptop, base=base if with_base else None)
    assert host.get(Contact, "luis").email == "a@example.org"
    assert host.get(Contact, "luis").title == "Director"


def test_files_without_versions_are_merged_by_their_last_changes(machines: tuple[Machine, ...]) -> None:
    laptop, host, _ = machines
    laptop.delete("mei")
    laptop.set("luis", phone="1")
    host.set("luis", title="Director")
    for machine in (laptop, host):
        tables = machine.tables()
        del tables[VERSIONS]
        meta = {name: value for name, value in tables["meta"]["1"].items() if "versions" not in name}
        tables["meta"]["1"] = meta
        machine.put(tables)
    found = laptop.merge(host)
    luis = laptop.get(Contact, "luis")
    assert (luis.phone, luis.title, laptop.get(Contact, "mei"), found.beside) == ("1", "Director", None, ())


def test_what_was_in_a_removed_record_is_kept_for_a_month(machines: tuple[Machine, ...]) -> None:
    laptop = machines[0]
    laptop.delete("luis")
    assert b"+1 312 555 0100" in b"".join(laptop.tables()[VERSIONS].lines.values())
    laptop._clock.forward(days=KEPT_AFTER_REMOVAL.days + 1)
    laptop.delete("mei")
    assert b"+1 312 555 0100" not in b"".join(laptop.tables()[VERSIONS].lines.values())


ACTIONS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["edit", "note", "add", "owe", "delete", "undo", "merge"]),
              st.integers(0, 10**6)),
    min_size=1, max_size=14,
)  # fmt: skip
"""What three machines do, one after the other: which, what, and a seed for its choices."""


def words_in(tables: Tables, *names: str) -> set[str]:
    """Return the words of the searcher in tables, those of all records unless they are named."""
    text = json.dumps([dict(tables.get(name, {})) for name in names or TABLES])
    return set(re.findall(r"\bw[0-9]+\b", text.replace("\\n", " ")))


class Searcher:
    """Does things at random on a machine, each with words that nothing else has.

    `given_up` are the words that somebody replaced, deleted or undid with them in view.
    """

    def __init__(self, machines: Sequence[Machine]) -> None:
        self._machines = machines
        self._made = 0
        self.given_up: set[str] = set()

    def do(self, at: int, action: str, seed: int) -> None:
        """Do one thing on the machine of that number."""
        before = words_in(self._machines[at].tables())
        self._do(self._machines[at], action, Random(seed))
        if action != "merge":
            self.given_up |= before - words_in(self._machines[at].tables())

    def _do(self, machine: Machine, action: str, chance: Random) -> None:
        if action == "merge":
            machine.merge(chance.choice([other for other in self._machines if other is not machine]))
        elif action == "undo":
            machine.act(_undo_if_possible)
        else:
            machine.act(lambda history, store: getattr(self, f"_{action}")(history, store, chance))

    def _word(self) -> str:
        self._made += 1
        return f"w{self._made}"

    def _edit(self, history: History, store: Store, chance: Random) -> None:
        person = _any_of(store, chance)
        if person is not None:
            field = chance.choice(["phone", "email", "title"])
            history.commit("edit", msgspec.structs.replace(person, **{field: self._word()}))

    def _note(self, history: History, store: Store, chance: Random) -> None:
        meeting = store.get(Interview, "meeting")
        if meeting is not None:
            name = chance.choice(["day", "how"])
            text = f"{meeting.notes.get(name, '')}\n{self._word()}".strip()
            history.commit("note", msgspec.structs.replace(meeting, notes=meeting.notes | {name: text}))

    def _add(self, history: History, _store: Store, _chance: Random) -> None:
        history.commit("add", contact(**history.stamp() | {"id": self._word()}))

    def _owe(self, history: History, store: Store, chance: Random) -> None:
        person = _any_of(store, chance)
        if person is not None:
            made = history.stamp() | {"id": self._word(), "contact_id": person.id}
            history.commit("owe", follow_up(FollowUpKind.CALL, **made))

    def _delete(self, history: History, store: Store, chance: Random) -> None:
        person = _any_of(store, chance)
        if person is not None:
            history.commit("delete", removed=all_of(store, person.id))


def _any_of(store: Store, chance: Random) -> Contact | None:
    people = sorted(store.all(Contact), key=lambda person: person.id)
    return chance.choice(people) if people else None


def _undo_if_possible(history: History, _store: Store) -> None:
    with suppress(UndoRefused):
        history.undo()


def merged_by_all(machines: Sequence[Machine], seed: int) -> tuple[Tables, Sequence[AnyRecord]]:
    """Check that three files merge to the same in any order, and let all machines merge until all have it.

    Returns the files merged, and the records that the first machine loads in the end.
    """
    a, b, c = (machine.tables() for machine in machines)
    left = merge_files(merge_files(a, b).tables, c).tables
    right = merge_files(a, merge_files(b, c).tables).tables
    assert content(left) == content(right), "associative"
    assert content(merge_files(a, b).tables) == content(merge_files(b, a).tables), "commutative"
    assert content(merge_files(a, a).tables) == content(a), "idempotent"
    again = merge_files(left, b)
    assert (content(again.tables), again.differs) == (content(left), False), "idempotent"
    chance = Random(seed)
    for _ in range(2):
        for machine in chance.sample(machines, 3):
            machine.merge(*chance.sample([other for other in machines if other is not machine], 2))
    assert content(machines[0].tables()) == content(machines[1].tables()) == content(machines[2].tables())
    loaded = StateFile(machines[0].path).load()
    assert loaded.problems == ()
    return left, loaded.records


@examples(usual=15, long=600)
@given(actions=ACTIONS, fast=st.integers(-24, 24), slow=st.integers(-24, 24), seed=st.integers(0, 10**6))
def test_copies_merged_in_any_order_are_all_the_same_and_lack_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    actions: list[tuple[int, str, int]],
    fast: int,
    slow: int,
    seed: int,
) -> None:
    folder = tmp_path_factory.mktemp("three")
    machines = [
        Machine(folder, "a"),
        Machine(folder, "b", timedelta(hours=fast)),
        Machine(folder, "c", timedelta(hours=slow)),
    ]
    machines[0].path.parent.mkdir()
    machines[0].add(
        contact(),
        contact(id="mei", name="Mei"),
        interview(contact_id="mei"),
        follow_up(FollowUpKind.CALL, id="call"),
    )
    for machine in machines[1:]:
        machine.copy(machines[0])
    searcher = Searcher(machines)
    for action in actions:
        searcher.do(*action)
    a, b, c = (machine.tables() for machine in machines)
    left, _ = merged_by_all(machines, seed)
    known = words_in(a) | words_in(b) | words_in(c)
    assert words_in(left, *TABLES, VERSIONS) >= known - searcher.given_up, "nothing is lost"


def test_a_stamp_is_later_than_all_in_view_and_names_its_session() -> None:
    seen = clock_time(NOW + timedelta(days=1))
    later = next_time(seen, NOW)
    assert seen < later < clock_time(NOW + timedelta(days=1, milliseconds=1))
    assert next_time(later, NOW + timedelta(days=2)) == clock_time(NOW + timedelta(days=2))
    ours, theirs = stamp(later, "0a1b2c3d"), stamp(seen, "session 7")
    assert joined([theirs, ours], [stamp(seen, "0a1b2c3d")]) == [ours, theirs]
    assert covers([ours], stamp(seen, "0a1b2c3d"))
    assert not covers([ours], theirs)
    assert not covers([stamp(seen, "0a1b2c3d")], ours)
