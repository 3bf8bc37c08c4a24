"""A line between an ssh and its sshd: what crosses it is counted, and as slow as is asked for."""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import suppress
from typing import NamedTuple

_AT_ONCE = 65536
_SHAPED_AT_ONCE = 256
"""Bytes that are let through together on a slow line, so that the first of many do not wait for the last."""


class Shape(NamedTuple):
    """How slow a line is each way: bytes a second, and seconds from one end to the other."""

    bytes_a_second: float
    seconds: float


class Way:
    """One way through the line, on threads of its own: one takes bytes in, one gives them out in time."""

    def __init__(self, come: socket.socket, go: socket.socket, shape: Shape | None) -> None:
        self.count = 0
        self._come = come
        self._go = go
        self._shape = shape
        self._due: queue.Queue[tuple[float, bytes]] = queue.Queue()
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._receive, self._give)]

    def start(self) -> None:
        """Let bytes through from now on."""
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until nothing comes this way any more."""
        for thread in self._threads:
            thread.join()

    def _receive(self) -> None:
        """Take bytes in, and work out when each piece is at the other end."""
        free = 0.0
        data = b"begin"
        while data:
            try:
                data = self._come.recv(_SHAPED_AT_ONCE if self._shape else _AT_ONCE)
            except OSError:
                data = b""
            due = time.monotonic()
            if self._shape:
                free = max(due, free) + len(data) / self._shape.bytes_a_second
                due = free + self._shape.seconds
            self._due.put((due, data))

    def _give(self) -> None:
        """Give out each piece when it is due; at the end, shut the other end down."""
        data = b"begin"
        while data:
            due, data = self._due.get()
            time.sleep(max(0.0, due - time.monotonic()))
            self.count += len(data)
            try:
                self._go.sendall(data)
            except OSError:
                break
        with suppress(OSError):
            self._go.shutdown(socket.SHUT_WR)


class Line:
    """A port on 127.0.0.1 that stands for another one there; for one connection."""

    def __init__(self, port: int, shape: Shape | None = None) -> None:
        self._server_port = port
        self._shape = shape
        self._open: list[socket.socket] = []
        self._directions: list[Way] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._answering = threading.Thread(target=self._answer, daemon=True)
        self._answering.start()

    @property
    def to_client(self) -> int:
        """How many bytes have come back so far."""
        return self._directions[1].count if self._directions else 0

    def close(self) -> None:
        """Cut the line, and wait until nothing of it is left."""
        for other_socket in (self._server, *self._open):
            with suppress(OSError):
                other_socket.shutdown(socket.SHUT_RDWR)
        self._answering.join()
        for way in self._directions:
            way.join()
        for other_socket in (self._server, *self._open):
            other_socket.close()

    def _answer(self) -> None:
        try:
            client, _ = self._server.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", self._server_port))
        self._open = [client, server]
        for other_socket in self._open:
            other_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._directions = [Way(client, server, self._shape), Way(server, client, self._shape)]
        for way in self._directions:  # only now: whoever waits for an answer may ask for the count at once
            way.start()
