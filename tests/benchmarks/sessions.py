"""Programs on terminals of their own, measured from outside: what they use until what is waited for is shown.

`Session` is one program on one pseudo-terminal with an emulated screen. Its figures come from the system: the
processor time of all its threads (clock_getcpuclockid(3)), its memory and what it writes to disk (proc(5)),
and the bytes that its terminal receives. Each is taken when a piece of output is read, before the emulated
screen is told of it, so that what the emulation takes is in no figure.

What is waited for is a frame: a whole screen, learned in a session before by the same keys (`learn`). Times
of day, countdowns, their bar, and figures made of blocks are left out of it. A frame that does not come is
an error, and so is one that is there before the key.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import warmcall

from tests.clock import BEGAN, MONDAY_MORNING, NOW
from tests.terminal.emulator import WARMCALL, Terminal

SMALL, LARGE = (80, 24), (200, 60)
"""Columns and rows of the two windows in which everything is measured."""

PATIENCE_SECONDS = 240.0
"""How long a frame is waited for."""

REST_SECONDS = 0.15
"""A program rests when it neither ran nor wrote for so long."""

LEARNING_SECONDS = 0.5
"""The same where a frame is learned: nothing may come after it."""

IDLE_MS, IDLE_MS_A_SECOND = 1.0, 5.0
"""What a program that rests may use: its timers look whether there is something to do."""

NOTICE_LINES = 3
"""The lines at the bottom where notices come and go."""

BARE = (sys.executable, "-m", "tests.benchmarks.bare")
PLAIN = (sys.executable, "-m", "warmcall")
"""warmcall as users start it, where no day matters."""

PACKAGES, TESTS = Path(warmcall.__file__).parent.parent, Path(__file__).parent.parent.parent
"""Where the warmcall that is measured lies, and the tests."""

ENTRY = "tests/terminal/entry.py"

_TIME = re.compile(r"\b\d{1,2}:\d\d\b")
_BLOCK = re.compile("[█▀▄▉▊▋▌▍▎░]")


class NotMeasured(Exception):
    """What was to be measured did not happen."""


class Cost(NamedTuple):
    """What a key, or a start, costs.

    `processor` and `wall` are in milliseconds until the frame was shown, `all` is the processor time until
    the program rested again, and `received` how many bytes came by then.
    """

    processor: float
    wall: float
    all: float
    received: int


class Memory(NamedTuple):
    """The memory of a process in MB (10**6 bytes): its share of all it uses, and what is its own alone."""

    share: float
    own: float


class Frame(NamedTuple):
    """A screen that is waited for.

    Where notices come and go, without the last lines, and without where the bar beside a list stands: the
    list is shorter while there are any.
    """

    lines: tuple[str, ...]
    notices: bool = False

    @classmethod
    def of(cls, text: str, notices: bool = False) -> Frame:
        """Return the frame that a screen of this text shows."""
        steady = _BLOCK.sub(" ", _TIME.sub("#:##", text))
        lines = [line.rstrip() for line in steady.split("\n")]
        if notices:
            lines = [line.replace("┃", "│") for line in lines[:-NOTICE_LINES]]
        return cls(tuple(lines), notices)

    def is_on(self, text: str) -> bool:
        """Return whether a screen of this text shows it."""
        return Frame.of(text, self.notices) == self


class Step(NamedTuple):
    """Keys, and what they lead to.

    `name` is that of what they cost; without one they are not measured. `shows` must be on the screen when
    they are done, `gone` must not. `notices` says that the lines at the bottom do not belong to the frame,
    `saves` that what follows is over only when the state file was written. `command` are the words of a
    command that another process runs on the same state file in place of keys.
    """

    name: str
    keys: tuple[str, ...]
    shows: str = ""
    gone: str = ""
    notices: bool = False
    saves: bool = False
    command: tuple[str, ...] = ()

    def is_done_on(self, text: str) -> bool:
        """Return whether a screen of this text shows that the keys have led where they should."""
        return self.shows in text and not (self.gone and self.gone in text)


class _Reading(NamedTuple):
    processor: float
    wall: float
    data: bytes


def environment(clock: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what the programs have beside the plain environment: modules to import, and a clock.

    The clock of each begins on the Monday morning when it is started, so that its screens do not depend on
    when that was; or it is the `clock` of another that is running. Where another tree is measured, its own
    tests start it.
    """
    roots = [PACKAGES, *(root for root in (PACKAGES.parent, TESTS) if (root / ENTRY).exists())]
    began = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    path = os.pathsep.join(map(str, dict.fromkeys(roots)))
    return {"PYTHONPATH": path, BEGAN: str(began), NOW: MONDAY_MORNING.isoformat(), **(clock or {})}


def apart(program: Sequence[str]) -> Sequence[str]:
    """Return what runs a Python program without the modules of the folder it is run in.

    The bare app is run as a file: another tree need not have it.
    """
    if program == BARE:
        return (sys.executable, str(Path(__file__).with_name("bare.py")))
    return (program[0], "-P", *program[1:]) if program[0] == sys.executable else program


class Session:
    """A program on a terminal; `state` is copied for it, and `file` is the copy.

    Only tests let it be forked from a process that has everything imported: its start costs nothing then.
    """

    def __init__(
        self,
        folder: Path,
        program: Sequence[str] = WARMCALL,
        arguments: Sequence[str] = (),
        state: Path | None = None,
        size: tuple[int, int] = SMALL,
        fork: bool = False,
    ) -> None:
        home = folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        self.file = folder / "state" / "warmcall.json"
        if state is not None:
            self.file.parent.mkdir(exist_ok=True)
            shutil.copy(state, self.file)
        words = [*arguments]
        if program == WARMCALL:
            words = ["--db", str(self.file), *words]
        environ = environment()
        self._clock = {name: environ[name] for name in (BEGAN, NOW)}
        if fork:
            del environ["PYTHONPATH"]  # the server has another, and everything is imported
        else:
            program = apart(program)
        self._began = time.perf_counter()
        self.at = Terminal(
            *words, home=home, columns=size[0], rows=size[1], program=program, environ=environ, fork=fork
        )
        self.process = self.at.child.pid or 0

    def processor(self) -> float:
        """Return the processor time used so far by all threads, those that have ended among them, in ms.

        Raises:
            NotMeasured: if the program has ended.
        """
        try:
            return time.clock_gettime_ns(~self.process << 3 | 2) / 1e6  # as clock_getcpuclockid(3) has it
        except OSError as error:
            raise NotMeasured(f"the program has ended:\n{self.at.text}") from error

    def memory(self) -> Memory:
        """Return the memory it has."""
        lines = Path(f"/proc/{self.process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        sizes = {name: int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines)}
        own = sizes["Private_Clean"] + sizes["Private_Dirty"]
        return Memory(sizes["Pss"] * 1024 / 1e6, own * 1024 / 1e6)

    def written(self) -> int:
        """Return how many bytes it has had written to disk, in whole pages; none in memory file systems."""
        lines = Path(f"/proc/{self.process}/io").read_text(encoding="ascii").splitlines()
        return int(dict(line.split(": ") for line in lines)["write_bytes"])

    def started(self, frame: Frame) -> Cost:
        """Return what the start cost until a frame, and until the program rested."""
        shown = self._wait(frame.is_on, "the first frame")
        all_ = self.rest()
        return Cost(shown.processor, (shown.wall - self._began) * 1000, all_, self.at.received)

    def key(self, step: Step, frame: Frame) -> Cost:
        """Wait until the program rests, press the keys of a step and return what they cost.

        Raises:
            NotMeasured: if the frame is there before the keys, or does not come.
        """
        before = self.rest()
        if frame.is_on(self.at.text):
            raise NotMeasured(f"{step.name or step.keys}: the frame is there before the key:\n{self.at.text}")
        received, file = self.at.received, self._file_seen()
        began = self._do(step)
        shown = self._wait(frame.is_on, step.name or str(step.keys), "\n".join(frame.lines))
        if step.saves:
            self.until_saved(file)
        all_ = self.rest() - before
        wall = (shown.wall - began) * 1000
        return Cost(shown.processor - before, wall, all_, self.at.received - received)

    def learn(self, step: Step) -> Frame:
        """Press the keys of a step; return the frame to which they lead.

        Raises:
            NotMeasured: if it is without the words it must show, or nothing changes.
        """
        self.rest()
        before, file = Frame.of(self.at.text, step.notices), self._file_seen()
        self._do(step)

        def done(text: str) -> bool:
            return step.is_done_on(text) and not before.is_on(text)

        self._wait(done, step.name or str(step.keys), f"{step.shows!r} without {step.gone!r}")
        if step.saves:
            self.until_saved(file)
        self.rest(LEARNING_SECONDS)
        frame = Frame.of(self.at.text, step.notices)
        if not done(self.at.text):
            raise NotMeasured(f"{step.name or step.keys}: it does not last:\n{self.at.text}")
        return frame

    def _do(self, step: Step) -> float:
        """Press the keys of a step, or have its command run; return the instant from which they count."""
        began = time.perf_counter()
        self.at.press(*step.keys)
        if step.command:
            command((*WARMCALL, "--db", str(self.file), *step.command), clock=self._clock)
            began = time.perf_counter()
        return began

    def wait_for(self, *shows: str) -> None:
        """Wait until these words are on the screen."""

        def shown(text: str) -> bool:
            return all(words in text for words in shows)

        if not shown(self.at.text):
            self._wait(shown, f"a screen with {shows}")

    def first_frame(self, *shows: str) -> Frame:
        """Wait until these words are on the screen and the program rests; return the frame."""
        self.wait_for(*shows)
        self.rest(LEARNING_SECONDS)
        return Frame.of(self.at.text)

    def ticks(self, clock: re.Pattern[str], count: int) -> list[Cost]:
        """Return what each of the next turns of a clock on the screen costs, from one turn to the next."""
        found: list[Cost] = []
        last: _Reading | None = None
        received = 0
        while len(found) < count:
            before = clock.findall(self.at.text)
            if not before:
                raise NotMeasured(f"no clock {clock.pattern} is on the screen:\n{self.at.text}")
            shown = self._wait(lambda text: clock.findall(text) not in ([], before), "the clock stands")  # noqa: B023
            if last is not None:
                used = shown.processor - last.processor
                came = self.at.received - received
                found.append(Cost(used, (shown.wall - last.wall) * 1000, used, came))
            last, received = shown, self.at.received
        return found

    def rest(self, seconds: float = 0.0) -> float:
        """Read until the program has neither run nor written for so long, or REST_SECONDS.

        Returns the processor time it used by then, in ms.

        Raises:
            NotMeasured: if it does not come to rest.
        """
        end = time.perf_counter() + PATIENCE_SECONDS
        used, since = self.processor(), time.perf_counter()
        while time.perf_counter() < end:
            came = self._readings(0.01)
            for reading in came:
                self.at.show(reading.data)
            now = self.processor()
            passed = time.perf_counter() - since
            if came or now - used > IDLE_MS + IDLE_MS_A_SECOND * passed or self._runs():
                used, since = now, time.perf_counter()
            elif passed >= (seconds or REST_SECONDS):
                return used
        raise NotMeasured(f"it never rests:\n{self.at.text}")

    def until_saved(self, before: tuple[int, int]) -> None:
        """Read until the state file is another than it was.

        Raises:
            NotMeasured: if it stays.
        """
        end = time.perf_counter() + PATIENCE_SECONDS
        while self._file_seen() == before:
            if time.perf_counter() > end:
                raise NotMeasured(f"the state file is not written:\n{self.at.text}")
            for reading in self._readings(0.02):
                self.at.show(reading.data)

    def follow(self, steps: Sequence[Step]) -> None:
        """Press the keys of some steps, each as soon as the one before has led where it should."""
        for step in steps:
            self.at.press(*step.keys)
            if step.shows or step.gone:
                self._wait(step.is_done_on, str(step.keys), f"{step.shows!r} without {step.gone!r}")

    def drain(self) -> None:
        """Read what has come, and show it."""
        for reading in self._readings(0):
            self.at.show(reading.data)

    def close(self) -> None:
        """End the program."""
        self.at.close()

    def _wait(self, shown: Callable[[str], bool], what: str, expected: str = "") -> _Reading:
        """Read until the screen shows something; return the reading that made it so."""
        end = time.perf_counter() + PATIENCE_SECONDS
        while time.perf_counter() < end:
            found: _Reading | None = None
            for reading in self._readings(0.2):
                self.at.show(reading.data)
                if found is None and shown(self.at.text):
                    found = reading
            if found is not None:
                return found
        raise NotMeasured(f"{what}: it never came.\nExpected:\n{expected}\nOn the screen:\n{self.at.text}")

    def _readings(self, seconds: float) -> list[_Reading]:
        """Return all that has come, waiting so long for the first of it."""
        found: list[_Reading] = []
        descriptor = self.at.child.child_fd
        while select.select([descriptor], [], [], 0.0 if found else seconds)[0]:
            with suppress(OSError):
                if data := os.read(descriptor, 65536):
                    found.append(_Reading(self.processor(), time.perf_counter(), data))
                    continue
            raise NotMeasured(f"the program has ended:\n{self.at.text}")
        return found

    def _runs(self) -> bool:
        """Return whether a thread of it runs, waits for a processor, or for the disk."""
        states = []
        for task in Path(f"/proc/{self.process}/task").iterdir():
            with suppress(OSError):
                states.append((task / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0])
        return bool({"R", "D"} & set(states))

    def _file_seen(self) -> tuple[int, int]:
        try:
            seen = self.file.stat()
        except FileNotFoundError:
            return 0, 0
        return seen.st_ino, seen.st_mtime_ns


@contextmanager
def session(
    program: Sequence[str] = WARMCALL,
    arguments: Sequence[str] = (),
    state: Path | None = None,
    size: tuple[int, int] = SMALL,
    fork: bool = False,
) -> Iterator[Session]:
    """Give a session in a folder of its own, both gone in the end."""
    with tempfile.TemporaryDirectory(prefix="warmcall-bench-", ignore_cleanup_errors=True) as folder:
        made = Session(Path(folder), program, arguments, state, size, fork)
        try:
            yield made
        finally:
            made.close()


def command(
    words: Sequence[str],
    state: Path | None = None,
    codes: Sequence[int] = (0,),
    clock: Mapping[str, str] | None = None,
) -> Cost:
    """Run a program that ends by itself, on no terminal; return what it cost, and the bytes it printed.

    `clock` is that of a session on whose state file it acts: what it adds is later than what was there.

    Raises:
        NotMeasured: if it ends with another code than those.
    """
    with tempfile.TemporaryDirectory(prefix="warmcall-bench-") as folder:
        given = list(apart(words))
        if state is not None:
            given += ["--db", str(shutil.copy(state, folder))]
        environ = {
            "HOME": folder,
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **environment(clock),
        }
        printed = os.open(Path(folder) / "printed", os.O_RDWR | os.O_CREAT)
        opened = [(os.POSIX_SPAWN_DUP2, printed, number) for number in (1, 2)]
        began = time.perf_counter()
        process = os.posix_spawn(given[0], given, environ, file_actions=opened)
        _, status, usage = os.wait4(process, 0)
        wall = (time.perf_counter() - began) * 1000
        output = os.pread(printed, 10_000_000, 0)
        size = os.fstat(printed).st_size
        os.close(printed)
    if os.waitstatus_to_exitcode(status) not in codes:
        raise NotMeasured(f"{words}: {output[-1000:].decode(errors='replace')}")
    used = (usage.ru_utime + usage.ru_stime) * 1000
    return Cost(used, wall, used, size)


def learned(steps: Sequence[Step], first: Sequence[str], **how: Any) -> tuple[Frame, list[Frame]]:
    """Go through steps once; return the first frame, which shows these words, and that of each step."""
    with session(**how) as at:
        start = at.first_frame(*first)
        return start, [at.learn(step) for step in steps]
