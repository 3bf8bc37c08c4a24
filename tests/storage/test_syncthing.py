"""Two machines whose state files a real Syncthing makes the same: nothing that either wrote is lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from warmcall.cli.main import main
from warmcall.domain.records import TABLES
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.history import History
from warmcall.services.merge_back import MergeBack
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.json_parser import tables_of
from warmcall.storage.raw_table import RawTable
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile
from warmcall.storage.versions import VERSIONS

from tests.conftest import FakeClock
from tests.examples import NOW, contact, follow_up, interview
from tests.requirements import needs
from tests.storage.syncthing import Pair, syncthing_pair
from tests.storage.test_file_merge import Machine, Searcher, content, words_in
from tests.storage.test_two_sessions import Session

ROUNDS = 12
ACTIONS = ("edit", "edit", "note", "note", "add", "owe", "delete", "undo")
MOST_TURNS = 20
"""How often both look for what came, at most, until nothing more comes."""


class RunningSession:
    """A session that stays open at one machine while its file is replaced under it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._clock = FakeClock(NOW)
        self._session = Session(path, itertools.count(), self._clock)
        self._merge_back = MergeBack(self._session.store, self._session.history)
        self.notices = self._session.notices

    def tables(self) -> dict[str, RawTable]:
        """Return what is in the file."""
        return tables_of(self.path.read_bytes(), self.path)

    def act(self, action: Callable[[History, Store], object]) -> None:
        """Do something, and save it, whatever became of the file meanwhile."""
        self._clock.forward(minutes=1)
        action(self._session.history, self._session.store)
        self._save()

    def look(self) -> bool:
        """Read what others changed, and merge each version that was found; return whether there was any."""
        found = False
        while news := self._session.file.check_for_changes():
            found = True
            self._apply(news)
            if self._merge_back.replacement is not None:
                self._merge_back.merge()
                self._save()
        return found

    def _save(self) -> None:
        waiting = self._session.waiting
        if waiting:
            saved = list(waiting)
            news = self._session.file.save(saved)
            del waiting[: len(saved)]
            self._apply(news)

    def _apply(self, news: ExternalChanges) -> None:
        self._session.apply(news)
        if news.replacement is not None:
            self._merge_back.add(news.replacement)


class Commands(Machine):
    """Plain commands at the other machine, each of which reads the file anew."""

    def look(self) -> bool:
        """Merge each version that lies beside the file with warmcall merge, and delete it."""
        found = conflict_files(self.path)
        for path in found:
            done = CliRunner().invoke(main, ["merge", str(self.path), str(path)], catch_exceptions=False)
            assert done.exit_code == 0, done.output
            path.unlink()
        return bool(found)


def beside(path: Path) -> set[str]:
    """Return the words in the versions of a file that were moved to its backups after they were merged."""
    put_away = path.with_name(f"{path.name}.backups").glob("*.sync-conflict-*")
    return set[str]().union(*(words_in(tables_of(found.read_bytes(), found)) for found in put_away))


def act_and_sync(pair: Pair, rounds: int, seed: int) -> list[str]:
    """Let both machines act for so many rounds, and see that nothing is lost; return the conflict files."""
    laptop_path, host_path = (side.folder / "warmcall.json" for side in pair.sides)
    begin = Machine(laptop_path.parent.parent, "laptop")
    begin.add(
        contact(), contact(id="mei", name="Mei"), interview(contact_id="mei"),
        follow_up(FollowUpKind.CALL, id="call"),
    )  # fmt: skip
    pair.sync()
    laptop = RunningSession(laptop_path)
    host = Commands(host_path.parent.parent, "host", timedelta(hours=7))
    machines: list[RunningSession | Commands] = [laptop, host]
    searcher, chance = Searcher(machines), Random(seed)  # type: ignore[arg-type]
    known: set[str] = set()
    conflicts: set[str] = set()

    def act(count: int) -> None:
        for _ in range(count):
            at = chance.randrange(2)
            searcher.do(at, chance.choice(ACTIONS), chance.randrange(10**6))
            known.update(words_in(machines[at].tables()))

    for _ in range(rounds):
        offline = chance.random() < 0.7
        if offline:
            pair.disconnect()
        act(chance.randrange(1, 5))
        for side in pair.sides:
            side.start_scan()
        act(chance.randrange(3))  # while what was changed before is on its way, unless they are offline
        if offline:
            pair.connect()
        for _ in range(MOST_TURNS):
            pair.sync()
            conflicts |= {path.name for machine in machines for path in conflict_files(machine.path)}
            found = [machine.look() for machine in machines]
            if not any(found):
                break
        else:
            raise AssertionError("they never agree")
    assert content(laptop.tables()) == content(host.tables())
    missing = known - searcher.given_up - words_in(laptop.tables(), *TABLES, VERSIONS)
    assert missing <= beside(laptop.path), "what stays is the later value; the other is with the backups"
    assert StateFile(laptop.path).load().problems == ()
    return sorted(conflicts)


@pytest.mark.long
@needs("syncthing")
def test_a_session_and_commands_at_two_machines_lose_nothing_whatever_syncthing_does(tmp_path: Path) -> None:
    with syncthing_pair(tmp_path) as pair:
        conflicts = act_and_sync(pair, ROUNDS, seed=1)
    assert conflicts, "both changed the file apart from each other"
