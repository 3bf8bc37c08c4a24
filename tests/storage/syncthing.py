"""Two Syncthing programs on this machine that share one folder, for tests: nothing leaves the machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import xml.etree.ElementTree as xml
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from warmcall.cli.manual.several_machines import SYNCTHING_IGNORES

FOLDER = "state"
PATIENCE = 120.0
"""Seconds until two programs that do not agree are given up."""

IGNORED = tuple(SYNCTHING_IGNORES.split())
"""The lines of `.stignore` that the manual names."""

MOST_CONFLICTS = 10
"""How many conflict files of a file it keeps, as it does by itself: the oldest is deleted after that."""

_OFF = (
    "globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "startBrowser",
    "crashReportingEnabled",
)  # fmt: skip
_SET = {
    "urAccepted": "-1",
    "autoUpgradeIntervalH": "0",
    "reconnectionIntervalS": "5",
    "stunKeepaliveStartS": "0",
}


class Syncthing:
    """One of the two programs: `home` holds its settings, `folder` is what it shares."""

    def __init__(self, base: Path, name: str) -> None:
        self.home, self.folder = base / f"{name}-syncthing", base / name
        self.folder.mkdir()
        (self.folder / ".stignore").write_text("".join(f"{line}\n" for line in IGNORED))
        _run("syncthing", "generate", "--home", str(self.home), "--no-default-folder", "--skip-port-probing")
        self._settings = xml.parse(self.home / "config.xml")  # noqa: S314 - it was written just now
        self.id = self._found("device").attrib["id"]
        self._key = self._found("gui/apikey").text or ""
        self._port, self.sync_port = _free_port(), _free_port()
        self._seen = 0

    def configure(self, other: Syncthing) -> None:
        """Write settings by which it shares its folder with `other`, and talks to nobody else."""
        root = self._settings.getroot()
        self._found("gui/address").text = f"127.0.0.1:{self._port}"
        options = self._found("options")
        for name in _OFF:
            self._found(f"options/{name}").text = "false"
        for name, value in _SET.items():
            self._found(f"options/{name}").text = value
        self._found("options/listenAddress").text = f"tcp://127.0.0.1:{self.sync_port}"
        assert options is not None
        device = xml.SubElement(root, "device", id=other.id, name="other")
        xml.SubElement(device, "address").text = f"tcp://127.0.0.1:{other.sync_port}"
        shared = xml.SubElement(
            root, "folder", id=FOLDER, path=str(self.folder), type="sendreceive", rescanIntervalS="3600",
            fsWatcherEnabled="false",
        )  # fmt: skip
        for id_ in (self.id, other.id):
            xml.SubElement(shared, "device", id=id_)
        xml.SubElement(shared, "maxConflicts").text = str(MOST_CONFLICTS)
        self._settings.write(self.home / "config.xml")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it, once it answers, until the block ends."""
        command = [
            "syncthing",
            "serve",
            "--home",
            str(self.home),
            "--no-browser",
            "--no-restart",
            "--no-upgrade",
        ]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "GOMAXPROCS": "1"}
        with (self.home / "output").open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            self._until(lambda: self.ask("system/ping") is not None)
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)

    def ask(self, what: str, **body: Any) -> Any:
        """Ask its REST API something, or do something if `what` begins with POST; None if it is not up."""
        method, _, path = what.rpartition(" ")
        request = Request(
            f"http://127.0.0.1:{self._port}/rest/{path}",
            method=method or "GET",
            headers={"X-API-Key": self._key},
            data=json.dumps(body).encode() if body else None,
        )
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - this machine
                content = answer.read()
        except (URLError, ConnectionError):
            return None
        with suppress(ValueError):
            return json.loads(content)
        return content

    def scan(self) -> None:
        """Let it look for changes in its folder, until it has seen them."""
        self.ask(f"POST db/scan?folder={FOLDER}")

    def start_scan(self) -> None:
        """Let it look for changes in its folder a moment later."""
        self.ask(f"POST db/scan?folder={FOLDER}&next=1")

    def wait_for_event(self) -> None:
        """Wait until something happens in it, a second at most."""
        for event in self.ask(f"events?since={self._seen}&timeout=1") or ():
            self._seen = max(self._seen, event["id"])

    def is_settled(self) -> bool:
        """Return whether it has everything that it knows of."""
        status = self.ask(f"db/status?folder={FOLDER}") or {}
        return status.get("state") == "idle" and status.get("needTotalItems") == 0

    def files(self) -> dict[str, bytes]:
        """Return what it shares, by name."""
        found = (path for path in self.folder.iterdir() if path.is_file() and not _is_left_out(path.name))
        return {path.name: path.read_bytes() for path in found}

    def _found(self, path: str) -> xml.Element:
        element = self._settings.getroot().find(path)
        assert element is not None, path
        return element

    def _until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, (self.home / "output").read_text()
            time.sleep(0.05)


class Pair:
    """Two of them that share a folder, connected at first."""

    def __init__(self, one: Syncthing, other: Syncthing) -> None:
        self.sides = (one, other)

    def disconnect(self) -> None:
        """Take the line down."""
        for side, other in (self.sides, self.sides[::-1]):
            side.ask(f"POST system/pause?device={other.id}")

    def connect(self) -> None:
        """Bring it up again."""
        for side, other in (self.sides, self.sides[::-1]):
            side.ask(f"POST system/resume?device={other.id}")

    def sync(self) -> None:
        """Let both see what is in their folders, until both have the same."""
        end = time.monotonic() + PATIENCE
        while True:
            for side in self.sides:
                side.scan()
            if all(side.is_settled() for side in self.sides) and self._same():
                return
            assert time.monotonic() < end, [sorted(side.files()) for side in self.sides]
            self.sides[0].wait_for_event()

    def _same(self) -> bool:
        with suppress(FileNotFoundError):
            return self.sides[0].files() == self.sides[1].files()
        return False


@contextmanager
def syncthing_pair(base: Path) -> Iterator[Pair]:
    """Run two of them with the folders `base`/laptop and `base`/host."""
    one, other = Syncthing(base, "laptop"), Syncthing(base, "host")
    one.configure(other)
    other.configure(one)
    with ExitStack() as stack:
        for side in (one, other):
            stack.enter_context(side.running())
        yield Pair(one, other)


def _is_left_out(name: str) -> bool:
    path = Path(name)
    return any(path.match(pattern) for pattern in (*IGNORED, ".st*", ".syncthing.*"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
