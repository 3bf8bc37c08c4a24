from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.benchmarks.bench_bytes import A_LETTER, AND_BACK, GOALS, INTO_AN_INTERVIEW, INTO_NOTES, LETTER
from tests.benchmarks.bench_ssh import TO_THE_MEETING, served, there
from tests.benchmarks.lines import Counted
from tests.benchmarks.sessions import Step
from tests.terminal.emulator import PATIENCE_SECONDS, WARMCALL
from tests.terminal.proxy import Line, Shape

PACKET_BYTES = 64
"""The most ssh adds to what one packet carries: 14 bytes of lengths and kinds, padding, and its seal."""


@pytest.fixture
def answering() -> Iterator[int]:
    """The port of a server that sends everything back to the one who comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            other_socket, _ = server.accept()
            with other_socket:
                while data := other_socket.recv(65536):
                    other_socket.sendall(data)

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def echo(line: Line, data: bytes) -> float:
    """Send `data` through the line and take it back; return how many seconds that takes."""
    with socket.create_connection(("127.0.0.1", line.port), PATIENCE_SECONDS) as other_socket:
        began = time.monotonic()
        other_socket.sendall(data)
        back = b""
        while len(back) < len(data):
            back += other_socket.recv(65536)
        assert back == data
        return time.monotonic() - began


def test_the_line_counts_what_comes_back(answering: int) -> None:
    line = Line(answering)
    echo(line, b"x" * 100_000)
    assert line.to_client == 100_000
    line.close()


WITHOUT_TICKS = Step("", ("w",), "paused")
"""Pauses the countdown, whose ticks would come with the letters."""


@pytest.mark.parametrize(
    ("count", "least"),
    [
        pytest.param(1, 0.2, id="both ways"),
        pytest.param(2000, 0.2 + 2000 / 8000, id="byte after byte"),
    ],
)
def test_a_slow_line_takes_its_time(answering: int, count: int, least: float) -> None:
    line = Line(answering, Shape(bytes_a_second=8000.0, seconds=0.1))
    assert least <= echo(line, b"x" * count) < least + PATIENCE_SECONDS
    line.close()


def test_a_letter_costs_one_small_packet_and_a_slow_line_takes_its_time_for_it() -> None:
    with served() as (sshd, home):
        at = there(sshd, home, shape=Shape(bytes_a_second=80_000.0, seconds=0.05))((*WARMCALL, "demo"))
        try:
            counted = Counted(at, settle=0.4)
            counted.wait(lambda text: "◷ Mei Tanaka" in text, "the start")
            counted.go(TO_THE_MEETING, *INTO_AN_INTERVIEW, WITHOUT_TICKS, *INTO_NOTES)
            sent = counted.letters(A_LETTER, AND_BACK, 3, between_ticks=False)
        finally:
            at.close()
    assert 0 < min(key.received for key in sent) <= GOALS[LETTER] + PACKET_BYTES
    assert min(key.seconds for key in sent) >= 0.1
