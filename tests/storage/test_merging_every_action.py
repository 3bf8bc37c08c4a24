"""Merging copies in which three machines did what a user can do, by the services, with clocks far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.records import (
    OF_CONTACT,
    AnyRecord,
    Capture,
    Contact,
    Evidence,
    FollowUp,
    Interview,
    MergedPerson,
    Organization,
    PoolPerson,
    Requirement,
    Target,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode, Outcome, TargetVerdict
from warmcall.domain.when import When
from warmcall.services.calling import CallResult
from warmcall.services.history import UndoRefused
from warmcall.services.people_merging import MergeRefused
from warmcall.services.running_interviews import AnotherInterviewRuns
from warmcall.services.services import Services
from warmcall.storage.state_file import StateFile

from tests.conftest import FakeClock
from tests.examples import NOW, contact, follow_up, interview, pool_person, profile, question, target
from tests.profiles import examples
from tests.storage.test_file_merge import Machine, merged_by_all

REFUSED = (UndoRefused, MergeRefused, AnotherInterviewRuns)


class User:
    """A user at one machine, with a clock of its own, who does things at random by the services."""

    def __init__(self, machine: Machine, library: Library, ahead: timedelta) -> None:
        self.machine = machine
        self._library = library
        self._clock = FakeClock(NOW + ahead)
        self._made = 0

    def do(self, what: str, seed: int) -> None:
        """Do one thing in a session of its own, two minutes after the last."""
        self._clock.forward(minutes=2)
        file = StateFile(self.machine.path)
        loaded = file.load()
        changes: list[object] = []
        services = Services(
            Store(loaded.records), self._library, Config(), self._clock, lambda: UTC, changes.append,
            self._new_id, loaded.changes, session=self._new_id(),
        )  # fmt: skip
        with suppress(*REFUSED):
            ACTIONS[what](services, Random(seed), self._new_id())
        file.save(changes)  # type: ignore[arg-type]

    def _new_id(self) -> str:
        self._made += 1
        return f"{self.machine.name}{self._made}"


def _one(services: Services, chance: Random, kind: type[AnyRecord], **having: object) -> str:
    """Return the id of a record of a kind at random; empty if there is none."""
    found = sorted(
        record.id
        for record in services.store.all(kind)
        if all(getattr(record, name) == value for name, value in having.items())
    )
    return chance.choice(found) if found else ""


def _log(services: Services, chance: Random, word: str) -> None:
    person = _one(services, chance, Contact)
    if not person:
        return
    outcome = chance.choice(list(Outcome))
    at = When(services.time.now() + timedelta(days=2))
    services.calling.record(
        person, CallResult(outcome=outcome, note=word, at=at, person=f"Person {word}", owes=(f"the {word}",))
    )


def _plan(services: Services, chance: Random, _word: str) -> None:
    at = services.time.now() + timedelta(days=chance.randrange(1, 4))
    services.interviewing.arrange(_one(services, chance, Contact), at, Mode.PHONE, "")


def _start(services: Services, chance: Random, _word: str) -> None:
    services.interviewing.start_now(_one(services, chance, Contact))


def _pause(services: Services, chance: Random, _word: str) -> None:
    if services.store.going():
        services.interviewing.toggle_pause(chance.choice(services.store.going()).id)


def _extend(services: Services, chance: Random, _word: str) -> None:
    if services.store.going():
        services.interviewing.extend(chance.choice(services.store.going()).id)


def _end(services: Services, chance: Random, _word: str) -> None:
    if services.store.going():
        services.interviewing.end(chance.choice(services.store.going()).id)


def _note(services: Services, chance: Random, word: str) -> None:
    meeting = services.store.get(Interview, _one(services, chance, Interview))
    if meeting is not None:
        services.interview_notes.add(
            meeting.id, chance.choice([one.id for one in meeting.checklist] or [""]), word
        )


def _capture(services: Services, chance: Random, word: str) -> None:
    meeting = _one(services, chance, Interview)
    if meeting:
        services.capturing.add(meeting, Capture(id="", kind=chance.choice(list(CaptureKind)), what=word))


def _merge_people(services: Services, chance: Random, _word: str) -> None:
    kinds: list[type[Contact | PoolPerson]] = [Contact, Contact, PoolPerson]
    one, other = (_one(services, chance, chance.choice(kinds)) for _ in range(2))
    if one and other and one != other:
        services.people_merging.merge(one, other)


def _take_apart(services: Services, chance: Random, _word: str) -> None:
    record = services.store.get(MergedPerson, _one(services, chance, MergedPerson))
    if record is not None and services.people_merging.person(record.kept_id) is not None:
        services.people_merging.take_apart(record.kept_id)


def _tag(services: Services, chance: Random, word: str) -> None:
    answers = sorted(services.answers.all().by_id)
    if answers:
        services.answer_marking.toggle_theme(chance.choice(answers), chance.choice(["fit", word]))


def _weigh(services: Services, chance: Random, word: str) -> None:
    answers = services.answers.all().by_id
    requirement = _one(services, chance, Requirement)
    if answers and requirement and chance.random() < 0.7:
        answer = answers[chance.choice(sorted(answers))]
        services.deciding.add_evidence(requirement, answer, chance.random() < 0.5)
    elif requirement and chance.random() < 0.5:
        services.deciding.delete_requirement(requirement)
    else:
        services.deciding.add_requirement(word)


def _snooze(services: Services, chance: Random, _word: str) -> None:
    day = services.time.calendar.day_of(services.time.now()) + timedelta(days=chance.randrange(1, 9))
    services.following_up.snooze(_one(services, chance, FollowUp, done_at=None), When(day))


def _change_target(services: Services, chance: Random, word: str) -> None:
    what = chance.choice(["add", "change", "delete", "edit"])
    one = _one(services, chance, Target)
    if what == "add" or not one:
        services.targets.add({"role": word})
    elif what == "change":
        services.targets.change_to(one)
    elif what == "edit":
        services.targets.edit(one, {"role": word})
    else:
        services.targets.delete(one)


def _organization(services: Services, chance: Random, word: str) -> None:
    places = sorted(services.store.all(Organization), key=lambda place: place.id)
    if not places:
        services.organizations.add({"name": word})
        return
    one, other = chance.choice(places), chance.choice(places)
    what = chance.choice(["want", "edit", "merge", "delete"])
    if what == "want":
        services.organizations.want(one.id, 1)
    elif what == "edit":
        services.organizations.edit(one.id, {"name": f"The {word}"})
    elif what == "merge":
        services.organizations.merge(one.id, other.id)
    else:
        services.organizations.delete(one.id)


ACTIONS: dict[str, Callable[[Services, Random, str], object]] = {
    "add": lambda services, chance, word: services.address_book.add(
        {"name": word, "organization": chance.choice(["Parkway", "Northgate", ""])}
    ),
    "edit": lambda services, chance, word: services.address_book.edit(
        _one(services, chance, Contact), {chance.choice(["phone", "title", "notes", "organization"]): word}
    ),
    "delete": lambda services, chance, _: services.address_book.delete(_one(services, chance, Contact)),
    "log": _log,
    "plan": _plan,
    "start": _start,
    "pause": _pause,
    "extend": _extend,
    "end": _end,
    "note": _note,
    "capture": _capture,
    "merge people": _merge_people,
    "take apart": _take_apart,
    "choose": lambda services, chance, _: services.pool.choose([_one(services, chance, PoolPerson)]),
    "leave pool": lambda services, chance, _: services.pool.delete(_one(services, chance, PoolPerson)),
    "never": lambda services, chance, _: services.pool.never(_one(services, chance, PoolPerson)),
    "snooze": _snooze,
    "done": lambda services, chance, _: services.following_up.done(
        _one(services, chance, FollowUp, done_at=None)
    ),
    "drop": lambda services, chance, _: services.following_up.delete(_one(services, chance, FollowUp)),
    "tag": _tag,
    "weigh": _weigh,
    "decide": lambda services, chance, word: services.deciding.decide(
        chance.choice(list(TargetVerdict)), word, ""
    ),
    "target": _change_target,
    "organization": _organization,
    "undo": lambda services, _chance, _word: services.history.undo(),
    "redo": lambda services, _chance, _word: services.history.redo(),
}
"""What a user can do, by a word for it."""


def faults(store: Store) -> Iterator[str]:
    """Yield what must not be in any store that merging made, and no session makes."""
    calls = Counter(step.contact_id for step in store.open_follow_ups() if step.kind is FollowUpKind.CALL)
    for id_, count in calls.items():
        if count > 1:
            yield f"{count} open calls to {id_}"
    for person in store.all(PoolPerson):
        if store.contact(person.id) is not None:
            yield f"{person.id} is a contact, and in the pool"
    for kind in OF_CONTACT:
        for record in store.all(kind):
            if store.contact(record.contact_id) is None:
                yield f"{kind.__name__} {record.id} of nobody: {record.contact_id}"
    for meeting in store.all(Interview):
        if meeting.ended_at is not None and meeting.countdown.going:
            yield f"{meeting.id} has ended, and its countdown goes on"
        pauses = meeting.countdown.pauses
        if any(pause.until is None for pause in pauses[:-1]):
            yield f"{meeting.id} has a pause without an end"
    for piece in store.all(Evidence):
        if store.get(Requirement, piece.requirement_id) is None:
            yield f"evidence {piece.id} for a requirement that is not there"


ACTED = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([*ACTIONS, "merge", "merge"]), st.integers(0, 10**6)),
    min_size=1, max_size=25,
)  # fmt: skip
"""What three users do, one after the other: at which machine, what, and a seed for their choices."""


def begin(machines: Sequence[Machine]) -> None:
    """Put the same few people on all machines."""
    machines[0].path.parent.mkdir()
    machines[0].add(
        profile(target_id="target"), target(),
        contact(organization="Parkway"), contact(id="mei", name="Mei", referrer_id="luis"),
        interview(
            id="held", contact_id="mei", notes={"day": "Reads."}, checklist=(question("day"), question("how"))
        ),
        follow_up(FollowUpKind.CALL, id="call"), pool_person(), pool_person(id="omar", name="Omar"),
    )  # fmt: skip
    for machine in machines[1:]:
        machine.copy(machines[0])


@examples(usual=6, long=400)
@given(acted=ACTED, fast=st.integers(-24, 24), slow=st.integers(-24, 24), seed=st.integers(0, 10**6))
def test_whatever_users_do_copies_merged_in_any_order_are_all_the_same_and_sound(
    tmp_path_factory: pytest.TempPathFactory,
    library: Library,
    acted: list[tuple[int, str, int]],
    fast: int,
    slow: int,
    seed: int,
) -> None:
    folder = tmp_path_factory.mktemp("users")
    hours = (0, fast, slow)
    users = [
        User(Machine(folder, name), library, timedelta(hours=at))
        for name, at in zip("abc", hours, strict=True)
    ]
    machines = [user.machine for user in users]
    begin(machines)
    before: set[str] = set()
    for at, what, chosen in acted:
        if what == "merge":
            machines[at].merge(machines[(at + 1 + chosen % 2) % 3])
        else:
            users[at].do(what, chosen)
            before |= set(faults(Store(StateFile(machines[at].path).load().records)))
    _, records = merged_by_all(machines, seed)
    found = set(faults(Store(records)))
    assert not found - before
