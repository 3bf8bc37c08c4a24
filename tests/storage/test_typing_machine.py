"""Sessions that type, save, are killed and lose power, over the state file and the typing files beside it."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from warmcall.domain.change import Change
from warmcall.domain.records import Interview
from warmcall.storage.state_file import StateFile

from tests.conftest import FakeClock
from tests.examples import adding, contact, interview
from tests.profiles import modest
from tests.storage.calls import Failing, close_as_killed
from tests.storage.test_two_sessions import Crash, Session

MEETING = "meeting"
QUESTIONS = ("q1", "q2")


class Typist(Session):
    """A session that keeps what is typed as the writer does. Every word is another one."""

    def notes(self) -> dict[str, str]:
        meeting = self.store.get(Interview, MEETING)
        return dict(meeting.notes) if meeting else {}

    def type(self, question: str, word: str) -> None:
        """Type a word after the others of an answer, which waits until `keep` or `save`."""
        meeting = self.store.get(Interview, MEETING)
        assert meeting is not None
        text = " ".join(filter(None, [meeting.notes.get(question, ""), word]))
        changed = msgspec.structs.replace(meeting, notes=meeting.notes | {question: text})
        self.history.commit("notes", changed, merge=f"notes {question}")

    def keep(self) -> list[Change]:
        """Make what waits durable as cheaply as possible; return what is now."""
        waiting = list(self.waiting)
        if not waiting or not all(change.merge for change in waiting) or not self.file.keep_typed(waiting):
            return self.save()
        del self.waiting[: len(waiting)]
        return waiting

    def save(self) -> list[Change]:
        """Save what waits and fold what was typed."""
        saved = list(self.waiting)
        news = self.file.save(saved)
        del self.waiting[: len(saved)]
        self.apply(news)
        return saved

    def poll(self) -> None:
        self.check_for_changes()
        if self.file.fold_due:
            self.save()

    def kill(self) -> None:
        """End as a kill does."""
        close_as_killed(self.file)


def words_of(changes: list[Change]) -> set[str]:
    """Return all words that the new texts in `changes` hold."""
    found: set[str] = set()
    for change in changes:
        for edit in change.edits:
            for name, text in (edit.after or {}).items():
                if name.startswith("notes."):
                    found |= set(str(text).split())
    return found


class Typing(RuleBasedStateMachine):
    """Two sessions in one interview, in different answers and in the same."""

    which = st.integers(0, 1)

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        names = itertools.count(1)
        self.patch.setattr("os.urandom", lambda size: next(names).to_bytes(size, "big"))
        self.patch.setattr("os.fsync", lambda _descriptor: None)
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "warmcall.json"
        self.numbers = itertools.count()
        self.clock = FakeClock()
        StateFile(self.path).save([adding(contact(), interview(id=MEETING))])
        self.durable: set[str] = set()
        self.sessions = [self.opened(), self.opened()]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            for session in self.sessions:
                session.kill()
            shutil.rmtree(self.folder)
            self.patch.undo()

    def opened(self) -> Typist:
        return Typist(self.path, self.numbers, self.clock)

    @rule(which=which, question=st.sampled_from(QUESTIONS), words=st.integers(1, 3))
    def type(self, which: int, question: str, words: int) -> None:
        for _ in range(words):
            self.sessions[which].type(question, f"w{next(self.numbers)}")

    @rule(which=which)
    def keep(self, which: int) -> None:
        self.durable |= words_of(self.sessions[which].keep())

    @rule(which=which, question=st.sampled_from(QUESTIONS))
    def type_and_keep(self, which: int, question: str) -> None:
        self.type(which, question, 1)
        self.keep(which)

    @rule(which=which)
    def save(self, which: int) -> None:
        self.durable |= words_of(self.sessions[which].save())

    @rule(which=which)
    def add(self, which: int) -> None:
        session = self.sessions[which]
        session.history.commit("add", contact(id=f"person{next(self.numbers)}"))
        self.durable |= words_of(session.save())

    @rule(which=which)
    def poll(self, which: int) -> None:
        self.sessions[which].poll()

    @rule(which=which, minutes=st.integers(1, 2))
    def wait(self, which: int, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule(which=which)
    def kill(self, which: int) -> None:
        self.sessions[which].kill()
        self.sessions[which] = self.opened()

    @rule(which=which, number=st.integers(0, 60), folds=st.booleans(), typed=st.booleans())
    def kill_between_calls(self, which: int, number: int, folds: bool, typed: bool) -> None:
        """The process ends just before a call of the system."""
        session = self.sessions[which]
        if typed:
            session.type("q1", f"w{next(self.numbers)}")
        with suppress(Crash), Failing(number, Crash(), lasting=True).on():
            self.durable |= words_of(session.save() if folds else session.keep())
        session.kill()
        self.sessions[which] = self.opened()

    @rule(which=which, number=st.integers(0, 60), folds=st.booleans(), lasting=st.booleans())
    def fail(self, which: int, number: int, folds: bool, lasting: bool) -> None:
        """A call of the system fails; what was not acknowledged goes on waiting."""
        session = self.sessions[which]
        with suppress(OSError), Failing(number, OSError(5, "Input/output error"), lasting).on():
            self.durable |= words_of(session.save() if folds else session.keep())

    @rule(garbage=st.sampled_from([b"", b"\0" * 300, b"torn", b"deadbeef {}\n", b"\xff\xfe\n"]))
    def tear(self, garbage: bytes) -> None:
        """The power goes: what was never synced is torn, and both sessions are gone."""
        for session in self.sessions:
            session.kill()
        for path in self.folder.glob("*.typing-*"):
            with path.open("ab") as file:
                file.write(garbage)
        self.sessions = [self.opened(), self.opened()]

    @invariant()
    def every_durable_word_is_there_once_at_the_next_start(self) -> None:
        if hasattr(self, "folder"):
            json.loads(self.path.read_bytes())
            (meeting,) = [
                record for record in StateFile(self.path).load().records if isinstance(record, Interview)
            ]
            found = [word for text in meeting.notes.values() for word in text.split()]
            assert self.durable <= set(found)
            assert len(found) == len(set(found))

    @rule()
    def everybody_sees_the_same(self) -> None:
        for session in (*self.sessions, *self.sessions):
            self.durable |= words_of(session.save())
            session.poll()
        for session in self.sessions:
            session.check_for_changes()
        stored: Any = json.loads(self.path.read_bytes())["interviews"]["1"]["notes"]
        assert [session.notes() for session in self.sessions] == [stored, stored]
        assert not list(self.folder.glob("*.json.typing-*"))


TestTyping = Typing.TestCase
TestTyping.settings = settings(modest, max_examples=25, stateful_step_count=20)


@pytest.mark.long
def test_typing_for_long() -> None:
    run_state_machine_as_test(
        Typing,
        settings=settings(modest, max_examples=1500, stateful_step_count=40),
    )
