from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from warmcall.config.paths import Paths
from warmcall.config.safe_files import FileRefused
from warmcall.domain.change import Change
from warmcall.storage import backups
from warmcall.storage import writer as writers
from warmcall.storage.errors import BadStateFile
from warmcall.storage.lock import LockBusy
from warmcall.storage.own_files import refuse_own_file
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile
from warmcall.storage.writer import SaveState, Writer, due_at

from tests.examples import adding, contact

LONG = 20.0
"""Seconds no step of these tests ever takes; a wait that lasts so long has failed."""


class Stubborn(StateFile):
    """A state file whose saves can be made to fail, or to wait for a word."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.failing: Exception | None = None
        self.go = threading.Event()
        self.go.set()
        self.started = threading.Event()
        self.batches: list[int] = []

    def save(self, changes: Sequence[Change]) -> ExternalChanges:
        self.started.set()
        assert self.go.wait(LONG)
        if self.failing is not None:
            raise self.failing
        news = super().save(changes)
        self.batches.append(len(changes))
        return news


@pytest.fixture
def file(tmp_path: Path) -> Stubborn:
    return Stubborn(tmp_path / "warmcall.json")


@pytest.fixture
def writer(file: Stubborn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setattr(writers, "RETRY_SECONDS", (0.0,))
    bench = Writer(file)
    yield bench
    file.failing = None
    file.go.set()
    assert bench.stop(LONG)


def names(file: StateFile) -> list[str]:
    return [record.id for record in StateFile(file.path).load().records]


def when(writer: Writer, true: Callable[[SaveState], bool]) -> threading.Event:
    """Return an event that is set as soon as the writer reports a state for which `true` holds."""
    event = threading.Event()

    def listen(state: SaveState) -> None:
        if true(state):
            event.set()

    writer.on_state(listen)
    return event


def test_every_change_is_on_disk_after_a_drain(file: Stubborn, writer: Writer) -> None:
    expected = [f"c{number}" for number in range(200)]
    for name in expected:
        writer.put(adding(contact(id=name)))
    assert writer.drain(LONG)
    assert names(file) == expected
    assert writer.state == SaveState()


def test_changes_from_many_threads_all_arrive(file: Stubborn, writer: Writer) -> None:
    def put(letter: str) -> None:
        for number in range(20):
            writer.put(adding(contact(id=f"{letter}{number}")))

    threads = [threading.Thread(target=put, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert writer.drain(LONG)
    found = names(file)
    assert len(found) == 80
    assert [item for item in found if item[0] == "a"] == [f"a{number}" for number in range(20)]


def test_a_burst_becomes_one_write(file: Stubborn, writer: Writer) -> None:
    file.go.clear()
    writer.put(adding(contact(id="first")))
    assert file.started.wait(LONG)
    for number in range(10):
        writer.put(adding(contact(id=f"c{number}")))
    file.go.set()
    assert writer.drain(LONG)
    assert file.batches == [1, 10]


@pytest.mark.parametrize("cost", [0.001, 0.01, 0.03, 0.05, 0.1, 0.2, 0.3])
def test_in_a_burst_no_change_is_older_than_half_a_second_and_the_writer_works_a_tenth_of_the_time_if_it_can(
    cost: float,
) -> None:
    put = [index / 10 for index in range(600)]
    saved_at = busy = oldest = 0.0
    while put:
        start = max(put[0], due_at(put[0], saved_at, cost, cost))
        saved_at = start + cost
        oldest = max(oldest, saved_at - put[0])
        busy += cost
        put = [instant for instant in put if instant > start]
    # A save takes what waits when it begins, so a change put during one waits for two.
    assert oldest <= max(0.5, 2 * cost) + 1e-9
    assert busy / saved_at <= (0.101 if cost <= 0.05 else cost / (0.5 - cost) + 0.01)


def test_putting_waits_for_nothing(file: Stubborn, writer: Writer) -> None:
    file.go.clear()
    writer.put(adding(contact()))
    assert file.started.wait(LONG)
    assert not writer.drain(0)
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk full"),
        (OSError("odd"), "odd"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "quota used up"),
        (OSError(errno.EFBIG, "File too large"), "file size limit reached"),
        (OSError(errno.EROFS, "Read-only file system"), "the disk is read-only"),
        (OSError(errno.EACCES, "Permission denied"), "no permission"),
        (OSError(errno.EIO, "Input/output error"), "disk error"),
        (LockBusy(Path("x"), "process 7 on here since 9:00"), "process 7 on here since 9:00"),
        (BadStateFile(Path("x"), "it is not ours"), "it is not ours"),
        (ValueError("a number JSON lacks"), "a number JSON lacks"),
        (AttributeError("a mistake in the program"), "a mistake in the program"),
        (AssertionError(), "AssertionError"),
    ],
)
def test_a_save_that_fails_says_why_and_later_succeeds(
    file: Stubborn, writer: Writer, error: Exception, reason: str
) -> None:
    file.failing = error
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact(id="a")))
    assert failed.wait(LONG)
    assert (writer.state.unsaved, reason in writer.state.reason) == (1, True)
    assert not writer.drain(0)
    saved = when(writer, lambda state: state == SaveState())
    writer.put(adding(contact(id="b")))
    file.failing = None
    assert saved.wait(LONG)
    assert writer.drain(LONG)
    assert names(file) == ["a", "b"]


def test_what_fails_is_put_together_with_what_comes_later_in_order(file: Stubborn, writer: Writer) -> None:
    file.failing = OSError(errno.EIO, "Input/output error")
    failed = when(writer, lambda state: state.unsaved == 3 and bool(state.reason))
    for name in "abc":
        writer.put(adding(contact(id=name)))
    assert failed.wait(LONG)
    file.failing = None
    assert writer.drain(LONG)
    assert names(file) == ["a", "b", "c"]


def test_the_state_goes_from_unsaved_to_saved(file: Stubborn, writer: Writer) -> None:
    states: list[SaveState] = []
    saved = threading.Event()

    def listen(state: SaveState) -> None:
        states.append(state)
        if state == SaveState():
            saved.set()

    writer.on_state(listen)
    writer.put(adding(contact()))
    assert saved.wait(LONG)
    assert states == [SaveState(1), SaveState()]


def test_a_listener_that_is_gone_does_not_stop_the_saving(file: Stubborn, writer: Writer) -> None:
    def gone(_state: SaveState) -> None:
        raise RuntimeError("the app is not running")

    writer.on_state(gone)
    for name in "ab":
        writer.put(adding(contact(id=name)))
    assert writer.drain(LONG)
    assert names(file) == ["a", "b"]


def test_stopping_saves_what_is_left(file: Stubborn) -> None:
    writer = Writer(file)
    for number in range(50):
        writer.put(adding(contact(id=f"c{number}")))
    assert writer.stop(LONG)
    assert len(names(file)) == 50


def test_stopping_tries_a_failed_save_once_more_whatever_the_wait(
    file: Stubborn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "RETRY_SECONDS", (10 * LONG,))
    writer = Writer(file)
    file.failing = OSError(errno.ENOSPC, "No space left on device")
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact()))
    assert failed.wait(LONG)
    file.failing = None
    assert writer.stop(LONG)
    assert names(file) == ["luis"]


def test_stopping_reports_what_could_not_be_saved(file: Stubborn) -> None:
    writer = Writer(file)
    file.failing = OSError(errno.ENOSPC, "No space left on device")
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact()))
    assert failed.wait(LONG)
    assert not writer.stop(0.05)
    assert writer.state == SaveState(1, "disk full", "free some space")


def test_nothing_to_save_is_drained_at_once(writer: Writer, file: Stubborn) -> None:
    assert writer.drain(0)
    assert not file.path.exists()


def test_what_another_session_changes_is_passed_on_in_parts(
    file: Stubborn, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "EDITS_AT_ONCE", 2)
    file.load()
    parts: list[int] = []
    whole = threading.Event()

    def pass_on(news: ExternalChanges) -> None:
        parts.append(len(news.edits))
        if sum(parts) == 5:
            whole.set()

    writer.on_external_changes(pass_on)
    StateFile(file.path).save([adding(*(contact(id=f"c{number}") for number in range(5)))])
    assert whole.wait(LONG)
    assert parts == [2, 2, 1]


def test_a_copy_holds_what_is_still_waiting_for_a_save_under_way(
    file: Stubborn, writer: Writer, tmp_path: Path
) -> None:
    file.go.clear()
    writer.put(adding(contact(id="first")))
    assert file.started.wait(LONG)
    writer.put(adding(contact(id="second")))
    writer.write_copy(tmp_path / "copy.json")
    assert [record.id for record in StateFile(tmp_path / "copy.json").load().records] == ["first", "second"]


def test_no_copy_is_written_where_none_may_be(tmp_path: Path) -> None:
    path, config = tmp_path / "warmcall.json", tmp_path / "config"
    writer = Writer(StateFile(path), check_copy=partial(refuse_own_file, paths=Paths(path, config)))
    try:
        for place in (path, path.with_name(".WARMCALL.json.lock")):
            with pytest.raises(FileRefused):
                writer.write_copy(place)
            assert not place.exists()
    finally:
        assert writer.stop(LONG)


def test_a_file_that_is_bad_for_a_moment_is_no_reason_to_complain(file: Stubborn, writer: Writer) -> None:
    states: list[SaveState] = []
    saved = threading.Event()
    tries = iter([BadStateFile(Path("x"), "half written"), None])

    def listen(state: SaveState) -> None:
        states.append(state)
        if not state.unsaved:
            saved.set()

    class Moment(Stubborn):
        def save(self, changes: Sequence[Change]) -> ExternalChanges:
            self.failing = next(tries)
            return super().save(changes)

    other = Writer(Moment(file.path))
    other.on_state(listen)
    other.put(adding(contact()))
    assert saved.wait(LONG)
    assert other.stop(LONG)
    assert states == [SaveState(1), SaveState()]


def test_stopping_takes_no_longer_than_it_may(file: Stubborn) -> None:
    writer = Writer(file)
    file.failing = OSError(errno.ENOSPC, "No space left on device")
    writer.put(adding(contact()))
    assert not writer.stop(0.3)
    file.failing = None


class Recovering(Stubborn):
    """A state file whose first saves fail, and that remembers how many changes each save had."""

    def __init__(self, path: Path, failures: int) -> None:
        super().__init__(path)
        self.tries: list[int] = []
        self.tried_again = threading.Event()
        self._failures = failures

    def save(self, changes: Sequence[Change]) -> ExternalChanges:
        self.tries.append(len(changes))
        if len(self.tries) > 1:
            self.tried_again.set()
        if len(self.tries) <= self._failures:
            raise OSError(errno.EIO, "Input/output error")
        return super().save(changes)


def test_stopping_retries_until_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "RETRY_SECONDS", (10 * LONG,))
    monkeypatch.setattr(writers, "STOP_RETRY_SECONDS", 0.0)
    file = Recovering(tmp_path / "warmcall.json", failures=4)
    writer = Writer(file)
    writer.put(adding(contact()))
    assert writer.stop(LONG)
    assert len(file.tries) == 5
    assert names(file) == ["luis"]


def test_a_new_change_does_not_hurry_a_retry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "RETRY_SECONDS", (10 * LONG,))
    file = Recovering(tmp_path / "warmcall.json", failures=1)
    writer = Writer(file)
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact(id="a")))
    assert failed.wait(LONG)
    counted = when(writer, lambda state: state.unsaved == 2)
    writer.put(adding(contact(id="b")))
    assert counted.wait(LONG)
    assert not file.tried_again.wait(0.2)
    writer.save_now()
    assert file.tried_again.wait(LONG)
    assert writer.stop(LONG)
    assert file.tries == [1, 2]
    assert names(file) == ["a", "b"]


def test_the_end_writes_the_backups_that_wait_and_says_once_that_there_is_little_space(
    file: Stubborn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "LEAST_BOUND", 1)
    monkeypatch.setattr(backups, "TIMES_THE_STATE", 0)
    writer = Writer(file)
    said: list[str] = []
    writer.on_external_changes(lambda changes: said.extend(changes.messages))
    for number in range(3):
        writer.put(adding(contact(id=f"c{number}")))
        assert writer.drain(LONG)
    assert writer.stop(LONG)
    assert [backup.contacts for backup in file.backups.listed()] == [1]
    assert said == [backups.thinned_words(1)]
    assert Path(file.backups.folder / "thinned.txt").read_text() == f"{backups.thinned_words(1)}.\n"


def test_an_idle_writer_writes_the_backups_that_wait(file: Stubborn, monkeypatch: pytest.MonkeyPatch) -> None:
    written = threading.Event()
    write = file.backups.write_waiting

    def write_and_say(may_go_on: Callable[[], bool]) -> bool:
        done = write(may_go_on)
        if file.backups.all():
            written.set()
        return done

    monkeypatch.setattr(writers, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(file.backups, "write_waiting", write_and_say)
    writer = Writer(file)
    writer.keep_backup("merge")
    for number in range(2):
        writer.put(adding(contact(id=f"c{number}")))
        assert writer.drain(LONG)
    assert written.wait(LONG)
    assert any("-merge." in path.name for path in file.backups.all())
    assert writer.stop(LONG)
