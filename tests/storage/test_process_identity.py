"""Whether a process that holds something has ended: yes, no, or unknown from here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.storage import process_identity
from warmcall.storage.process_identity import ProcessIdentity, SessionNames

from tests.profiles import modest

ME = ProcessIdentity(os.getpid(), "here", "boot", "5000", "100", "machine")


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        ({}, False),
        ({"pid": 7}, True),
        ({"started": "4999"}, True),
        ({"started": ""}, False),
        ({"boot": "earlier"}, True),
        ({"boot": "earlier", "started": "4999", "pid_space": "7"}, True),
        ({"pid_space": "101"}, None),
        ({"pid_space": "101", "pid": 7, "host": "container"}, None),
        ({"boot": "theirs", "host": "there"}, None),
        ({"boot": "theirs", "machine": "theirs"}, None),
        ({"boot": "theirs", "machine": ""}, None),
        ({"boot": ""}, None),
        ({"boot": "", "pid": 7}, True),
        ({"boot": "", "pid": 7, "started": "", "pid_space": "", "machine": ""}, True),
        ({"boot": "", "pid": 7, "pid_space": "101"}, None),
        ({"boot": "", "pid": 7, "machine": "theirs"}, None),
        ({"boot": "", "pid": 7, "host": "there"}, None),
        ({"pid_space": "", "pid": 7}, True),
        ({"pid_space": ""}, None),
        ({"pid_space": "", "pid": 7, "host": "there"}, None),
    ],
    ids=[
        "itself", "gone", "its number was given to another", "when it started is not known",
        "the machine was started again", "and all else differs, too", "another container",
        "another container, where the number means another process", "another machine",
        "another machine of the same name", "a machine without an id", "a boot without an id",
        "gone, without a boot id", "gone, and nothing else is known",
        "without a boot id in another container", "without a boot id on another machine",
        "without a boot id on another host",
        "gone, the container is not known", "the container is not known", "nor is the host the same",
    ],
)  # fmt: skip
def test_what_is_known_of_a_holder(
    monkeypatch: pytest.MonkeyPatch, holder: dict[str, Any], expected: bool | None
) -> None:
    running = {ME.pid: ("S", ME.started)}
    monkeypatch.setattr(process_identity, "_state_and_start", lambda pid: running.get(pid, ("", "")))

    def kill(pid: int, _signal: int) -> None:
        if pid not in running:
            raise ProcessLookupError

    monkeypatch.setattr(os, "kill", kill)
    assert ME.has_ended(msgspec.structs.replace(ME, **holder)) is expected


@pytest.mark.parametrize(
    ("error", "expected"), [(ProcessLookupError, True), (PermissionError, None), (None, None)]
)
def test_on_a_system_without_boot_ids_a_number_in_use_says_nothing(
    monkeypatch: pytest.MonkeyPatch, error: type[OSError] | None, expected: bool | None
) -> None:
    def kill(_pid: int, _signal: int) -> None:
        if error is not None:
            raise error

    monkeypatch.setattr(process_identity, "_state_and_start", lambda _pid: ("", ""))
    monkeypatch.setattr(os, "kill", kill)
    me = ProcessIdentity(1, "here")
    assert me.has_ended(ProcessIdentity(2, "here")) is expected
    assert me.has_ended(ProcessIdentity(2, "there")) is None


def test_a_process_hidden_from_us_may_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """/proc mounted with hidepid, as on many shared hosts, shows no process of others."""

    def refuse(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(process_identity, "_state_and_start", lambda _pid: ("", ""))
    monkeypatch.setattr(os, "kill", refuse)
    assert ME.has_ended(msgspec.structs.replace(ME, pid=7)) is False


IDENTITY = """
import msgspec, sys
from warmcall.storage.process_identity import ProcessIdentity
sys.stdout.buffer.write(msgspec.json.encode(ProcessIdentity.of_this_process()) + b"\\n")
sys.stdout.flush()
sys.stdin.read()
"""


def test_a_process_that_was_killed_has_ended_even_before_its_parent_asks() -> None:
    own = ProcessIdentity.of_this_process()
    with subprocess.Popen(
        [sys.executable, "-c", IDENTITY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        identity = msgspec.json.decode(other.stdout.readline(), type=ProcessIdentity)
        assert (identity.pid, own.has_ended(identity)) == (other.pid, False)
        other.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        assert own.has_ended(identity) is True
        other.wait()
        assert own.has_ended(identity) is True


@modest
@given(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), st.text(min_size=1, max_size=30))
def test_a_name_identifies_its_own_process(word: str, host: str) -> None:
    own = msgspec.structs.replace(ProcessIdentity.of_this_process(), host=host)
    names = SessionNames(own)
    assert names.name(word).startswith(f"{word} ")
    assert names.has_ended(names.name(word)) is False
    reused = SessionNames(msgspec.structs.replace(own, started="1"))
    assert names.has_ended(reused.name(word)) is (None if not own.boot else True)


@pytest.mark.parametrize("name", ["", "0123456789abcdef", "there", "a b c d e f g", "a -1 b c d e f"])
def test_nothing_is_known_of_a_name_of_an_earlier_version(name: str) -> None:
    assert SessionNames(ME).has_ended(name) is None
