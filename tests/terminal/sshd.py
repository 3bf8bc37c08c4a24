"""An sshd of our own on 127.0.0.1, with keys made for it, for warmcall over a real ssh."""

from __future__ import annotations

import os
import pwd
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.requirements import missing, program
from tests.terminal.emulator import WARMCALL, environment
from tests.terminal.processes import Watched, below

START_SECONDS = 10.0
TRIES = 3
"""How often another port is taken, if somebody else took the one that was free."""

END_SECONDS = 5.0
"""How long what runs under the server may take to end by itself, before it is killed."""

SEPARATION = Path("/run/sshd")
"""The empty folder that an sshd started by root asks for."""

HOST = "warmcall-tests"
"""What the host is called in the file of known hosts, whatever port it listens on."""

CONFIG = """
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
SetEnv "HOME={home}"
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PermitUserRC no
PrintMotd no
PrintLastLog no
UseDNS no
Compression yes
LogLevel INFO
"""

OPTIONS = (
    "BatchMode=yes", "StrictHostKeyChecking=yes", f"HostKeyAlias={HOST}", "GlobalKnownHostsFile=/dev/null",
    "IdentitiesOnly=yes", "IdentityAgent=none", "LogLevel=ERROR",
    # Newer clients hide when keys are typed behind packets that would be counted as ours.
    "IgnoreUnknown=ObscureKeystrokeTiming", "ObscureKeystrokeTiming=no",
)  # fmt: skip


class Sshd:
    """A server that lets in whoever runs the tests; everything that runs under it ends with it.

    The test is left out where it cannot run.
    """

    def __init__(self, folder: Path, home: Path) -> None:
        self._home = home
        self._folder = folder
        self._ssh = program("ssh")
        daemon = program("sshd")
        _separation()
        self._user = _login_user()
        folder.mkdir(mode=0o700)
        for name in ("host_key", "user_key"):
            command = (
                program("ssh-keygen"),
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "",
                "-f",
                str(folder / name),
            )
            subprocess.run(command, check=True)
        host = (folder / "host_key.pub").read_text(encoding="utf-8")
        (folder / "known_hosts").write_text(f"{HOST} {host}", encoding="utf-8")
        (folder / "config").write_text(CONFIG.format(folder=folder, home=home), encoding="utf-8")
        for _ in range(TRIES):
            self.port = _free_port()
            if self._start(daemon):
                return
        missing(f"sshd does not start: {self._output()}")

    def client(
        self,
        *arguments: str,
        program: Sequence[str] = WARMCALL,
        options: Sequence[str] = (),
        port: int = 0,
        **environ: str,
    ) -> tuple[str, ...]:
        """Return the ssh that runs `program` on a terminal there, by way of another port if one is given.

        The name of the terminal goes with ssh itself; the rest of a plain environment and `environ` are set
        behind it.
        """
        known = (f"UserKnownHostsFile={self._folder}/known_hosts", f"IdentityFile={self._folder}/user_key")
        given = [word for option in (*OPTIONS, *known) for word in ("-o", option)]
        there = f"{self._user}@127.0.0.1"
        order = shlex.join(["env", *_set(environment(self._home) | environ), *program, *arguments])
        ssh = (self._ssh, "-F", "none", *given, *options, "-t", "-p", str(port or self.port), there, "--")
        return (*ssh, f"cd {shlex.quote(str(self._home))} && exec {order}")

    def processes(self) -> list[int]:
        """Return what runs under the server: its sessions, each before what runs in it."""
        return below(self._daemon.pid)

    def close(self) -> None:
        """End everything, and wait for it."""
        running = []
        for process in self.processes():
            try:
                running.append(Watched(process))
            except ProcessLookupError:
                continue
        self._daemon.terminate()
        for other_process in running:
            if not other_process.gone:
                _ask_to_end(other_process)
        self._daemon.wait(END_SECONDS)
        end = time.monotonic() + END_SECONDS
        for other_process in running:
            with other_process:
                other_process.gone_within(max(0.0, end - time.monotonic()))

    def _start(self, daemon: str) -> bool:
        """Start it on the port; return False if it ended instead of listening."""
        log = self._folder / "log"
        with log.open("wb") as output:
            self._daemon = subprocess.Popen(
                [daemon, "-D", "-e", "-f", str(self._folder / "config"), "-p", str(self.port)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={"PATH": os.environ["PATH"]},
            )
        end = time.monotonic() + START_SECONDS
        while "Server listening" not in self._output():
            if self._daemon.poll() is not None:
                return False
            if time.monotonic() > end:
                self._daemon.kill()
                self._daemon.wait()
                return False
            with suppress(subprocess.TimeoutExpired):
                self._daemon.wait(0.01)
        return True

    def _output(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")


def _separation() -> None:
    """Make the folder that an sshd started by root asks for.

    The test is left out where it cannot be made.
    """
    if os.geteuid() == 0:
        try:
            SEPARATION.mkdir(mode=0o755, exist_ok=True)
        except OSError as error:
            missing(f"{SEPARATION} cannot be made: {error.strerror}")


def _login_user() -> str:
    """Return the name of the user who runs the tests.

    The test is left out where that user's shell runs nothing, as the one of a system account.
    """
    try:
        user = pwd.getpwuid(os.getuid())
    except KeyError:
        missing(f"user {os.getuid()} has no name")
    shell = user.pw_shell or "/bin/sh"
    if subprocess.run([shell, "-c", "true"], check=False, capture_output=True).returncode != 0:
        missing(f"{user.pw_name} cannot log in: its shell is {shell}")
    return user.pw_name


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _set(environ: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environ.items() if value and name != "TERM"]


def _ask_to_end(process: Watched) -> None:
    with suppress(ProcessLookupError):
        process.send(signal.SIGTERM)
