"""A session in a process of its own that does one thing after another at random: see test_five_sessions.py.

    python -m tests.storage.random_session FILE LOG NAME SEED

Until there is a file `stop` beside FILE it acts, and writes into LOG which of its things are durable
("+ thing") and which it is about to delete or undo ("- thing"). Then it says "stopped"; for each line that
comes in it saves, reads what others did and says "saved"; at the line "state" it says what its store holds.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from warmcall.domain.records import AnyRecord, Contact, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.history import UndoRefused
from warmcall.storage.lock import LockBusy

from tests.conftest import FakeClock
from tests.examples import contact, follow_up
from tests.storage.session import say
from tests.storage.test_typing_machine import MEETING, QUESTIONS, Typist


class Actor(Typist):
    """A session that acts at random; whatever it makes has a name that nothing else has."""

    def __init__(self, path: Path, name: str, seed: int) -> None:
        self._chance = random.Random(f"{name} {seed}")
        self._name, self._made = name, 0
        super().__init__(path, itertools.count(seed * 1_000_000), FakeClock())
        self._not_logged: set[str] = set()

    def _new(self) -> str:
        self._made += 1
        return f"{self._name}.{self._made}"

    def things(self) -> set[str]:
        """Return the ids of all contacts and follow-ups and all words in notes."""
        ids = {found.id for kind in (Contact, FollowUp) for found in self.store.all(kind)}
        return ids.union(*(text.split() for text in self.notes().values()))

    def act(self, log: Callable[[str], object]) -> None:
        """Do one thing, and mostly make it durable at once."""
        before = self.things()
        chosen = self._chance.choices(
            [self.write, self.add, self.edit, self.owe, self.delete, self.go_back, self.select],
            [50, 10, 12, 10, 3, 8, 7],
        )
        chosen[0]()
        present = self.things()
        for thing in before - present:
            log(f"- {thing}")
        if self._chance.random() < 0.8:
            with suppress(LockBusy):
                _ = self.keep() if self._chance.random() < 0.9 else self.save()
                if not self.waiting:
                    for thing in present - before | self._not_logged:
                        log(f"+ {thing}")
                    self._not_logged = set()
        else:
            self._not_logged |= present - before
        if self._chance.random() < 0.3:
            with suppress(LockBusy):
                self.poll()

    def write(self) -> None:
        self.type(self._chance.choice(QUESTIONS), self._new())

    def add(self) -> None:
        self.history.commit("add", contact(id=self._new()))

    def edit(self) -> None:
        field = self._chance.choice(["phone", "email", "notes"])
        self.history.commit("edit", msgspec.structs.replace(self._any_contact(), **{field: self._new()}))

    def owe(self) -> None:
        owed = follow_up(FollowUpKind.CALL, id=self._new(), contact_id=self._any_contact().id)
        self.history.commit("owe", owed)

    def delete(self) -> None:
        """Delete a contact with what is owed to them, but nobody who is met."""
        gone = self._any_contact()
        if not self.store.of_contact(Interview, gone.id):
            records: tuple[AnyRecord, ...] = (gone, *self.store.of_contact(FollowUp, gone.id))
            self.history.commit("delete", removed=records)

    def go_back(self) -> None:
        with suppress(UndoRefused):
            _ = self.history.undo() if self._chance.random() < 0.7 else self.history.redo()

    def select(self) -> None:
        """Go to a question, which undo skips."""
        meeting = self.store.get(Interview, MEETING)
        assert meeting is not None
        changed = msgspec.structs.replace(meeting, current=self._chance.choice(QUESTIONS))
        self.history.commit("select", changed, undoable=False)

    def _any_contact(self) -> Contact:
        return self._chance.choice(list(self.store.all(Contact)))


def main(path: Path, log_path: Path, name: str, seed: int) -> None:
    """Act until told to stop, then save and read until told to say what there is."""
    actor = Actor(path, name, seed)
    with log_path.open("a", buffering=1) as log:
        while not path.with_name("stop").exists():
            actor.act(lambda line: log.write(f"{line}\n"))
        say("stopped")
        for line in sys.stdin:
            if line == "state\n":
                state = {" ".join(place): document for place, document in actor.state().items()}
                say(json.dumps({"state": state, "replaced": actor.replaced}))
            else:
                actor.save()
                actor.poll()
                say("saved")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
