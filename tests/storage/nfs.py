"""A real NFS server and two clients in a Linux of its own, for tests: user-mode Linux, an ordinary program.

It has the file system of this machine, a loopback network only, and a disk that is a file. Each mount has
caches of its own, as if it were another machine's. Run by init there, this module lets sessions on both act
at random: see test_network_home.py.

    python -m tests.storage.nfs MOUNT MOUNT SECONDS SEED
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from warmcall.domain.change import ChangeKind
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact, interview
from tests.requirements import SYSTEM_FOLDERS
from tests.storage.test_five_sessions import documents
from tests.storage.test_processes import line, start
from tests.storage.test_two_sessions import differing
from tests.storage.test_typing_machine import MEETING

PROGRAMS = ("linux.uml", "rpcbind", "rpc.nfsd", "rpc.mountd", "exportfs", "mount.nfs", "modprobe", "depmod",
            "mkfs.ext4", "unshare", "ip")  # fmt: skip
ROUNDS = 3
LEFT_SECONDS = 45.0
"""Longer than the file of a killed writer holds back those on another machine."""

INIT = r"""#!/bin/sh
export {environ}
mount -t proc proc /proc; mount -t sysfs sys /sys
for folder in /run /var/lib /mnt; do mount -t tmpfs tmp $folder; done
(sleep {most}; echo o > /proc/sysrq-trigger) &
mkdir -p /var/lib/nfs/sm /var/lib/nfs/v4recovery /mnt/server /mnt/a /mnt/b /mnt/home
touch /var/lib/nfs/etab /var/lib/nfs/rmtab
(cat /etc/passwd; echo "_rpc:x:123:0::/run:/bin/false") > /run/passwd; mount --bind /run/passwd /etc/passwd
ip link set lo up
for module in nfs nfsv3 nfsv4 nfsd; do modprobe -d {modules} $module; done
mount -t nfsd nfsd /proc/fs/nfsd
mount -t ext4 /dev/ubda /mnt/server
rpcbind -w
exportfs -i -o rw,no_root_squash,sync,fsid=0,no_subtree_check,insecure 127.0.0.1:/mnt/server
rpc.nfsd 4
rpc.mountd
for client in a b; do mount.nfs 127.0.0.1:{exported} /mnt/$client -o nosharecache,{options}; done
grep ' nfs' /proc/mounts > {folder}/mounts
cd {tests}; {python} -m tests.storage.nfs /mnt/a /mnt/b {seconds} {seed} > {folder}/found 2> {folder}/errors
echo o > /proc/sysrq-trigger
sleep 9
"""

HOST = r"""hostname {name}; echo {name} > /run/{name}
mount --bind /run/{name} /proc/sys/kernel/random/boot_id
mount --bind {mount} /mnt/home; exec "$@"
"""


def boot(folder: Path, options: str, seconds: float, seed: int) -> dict[str, Any]:
    """Return what the sessions left, on mounts with these options, after so many seconds."""
    path = os.pathsep.join((os.environ["PATH"], *SYSTEM_FOLDERS))
    linux = shutil.which("linux.uml", path=path)
    assert linux is not None
    modules, disk, init = folder / "modules", folder / "disk", folder / "init"
    (modules / "lib").mkdir(parents=True)
    for kernel in (Path(linux).parent.parent / "lib/uml/modules").iterdir():
        shutil.copytree(kernel, modules / "lib/modules" / kernel.name)
        subprocess.run(["depmod", "-b", modules, kernel.name], env=os.environ | {"PATH": path}, check=True)
    with disk.open("wb") as file:
        file.truncate(200_000_000)
    subprocess.run(["mkfs.ext4", "-q", "-F", disk], env=os.environ | {"PATH": path}, check=True)
    environ = {
        "PATH": path,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
    }
    init.write_text(
        INIT.format(
            environ=" ".join(f"{name}='{value}'" for name, value in environ.items()),
            modules=modules,
            folder=folder,
            tests=Path(__file__).parents[2],
            python=sys.executable,
            exported="/" if "vers=4" in options else "/mnt/server",
            options=options,
            seconds=seconds,
            seed=seed,
            most=seconds + 150,
        )
    )
    init.chmod(0o755)
    words = ["mem=1G", "quiet", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "rw", f"ubda={disk}"]
    subprocess.run(
        [linux, *words, f"init={init}", "con=null", "con0=null,fd:1"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds + 200,
        check=False,
    )
    mounts = (folder / "mounts").read_text() if (folder / "mounts").exists() else ""
    assert mounts.count("/mnt/") >= 2, "no NFS was mounted"
    errors = (folder / "errors").read_text()
    assert (folder / "found").read_text(), errors
    found: dict[str, Any] = json.loads((folder / "found").read_text().splitlines()[-1])
    return found


def on_host(name: str, mount: str) -> list[str]:
    """Return the words that run a command as on a machine of that name, whose home is `mount`."""
    words = ["unshare", "--uts", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc"]
    return [*words, "sh", "-c", HOST.format(name=name, mount=mount), "sh"]


def act(mounts: list[str], seconds: float, seed: int) -> dict[str, Any]:
    """Let two sessions on each of two machines act at random and be killed; return what came of it."""
    path = Path(mounts[0]) / "warmcall.json"
    beginning = adding(contact(), interview(id=MEETING))
    StateFile(path).save([msgspec.structs.replace(beginning, kind=ChangeKind.NOT_UNDOABLE)])
    logs = [Path(f"/run/log{number}") for number in range(2 * len(mounts))]

    def opened(number: int, life: int) -> subprocess.Popen[str]:
        host = on_host(f"host{number % 2}", mounts[number % 2])
        command = [sys.executable, "-m", "tests.storage.random_session", "/mnt/home/warmcall.json"]
        words = [str(logs[number]), f"s{number}l{life}", str(seed * 10_000 + number * 1_000 + life)]
        return subprocess.Popen(
            [*host, *command, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    sessions = [opened(number, 0) for number in range(len(logs))]
    chance, end, killed, ended = Random(seed), time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        number = chance.randrange(len(sessions))
        try:
            sessions[number].wait(chance.uniform(3, 7))
            ended += 1
        except subprocess.TimeoutExpired:
            sessions[number].kill()
            sessions[number].wait()
        killed += 1
        sessions[number] = opened(number, killed)
    path.with_name("stop").touch()
    stopped = [line(session) for session in sessions]
    time.sleep(LEFT_SECONDS)
    for session in sessions * ROUNDS:
        start(session)
        stopped.append(line(session))
    on_disk, different = documents(path), 0
    for session in sessions:
        assert session.stdin is not None
        session.stdin.write("state\n")
        session.stdin.flush()
        state = json.loads(line(session))["state"]
        different += state.keys() != on_disk.keys()
        different += sum(bool(differing(on_disk[place], made)) for place, made in state.items())
    lines = [words.split() for log in logs for words in log.read_text().splitlines()]
    gone = {thing for sign, thing in lines if sign == "-"}
    durable = {thing for sign, thing in lines if sign == "+"} - gone
    words = {word for text in on_disk[f"interviews {MEETING}"]["notes"].values() for word in text.split()}
    lost = durable - {place.split()[1] for place in on_disk} - words
    return {
        "durable": len(durable),
        "lost": sorted(lost),
        "killed": killed,
        "ended": ended,
        "stopped": stopped,
        "different": different,
    }


if __name__ == "__main__":
    one, other, how_long, number = sys.argv[1:]
    sys.stdout.write(f"\n{json.dumps(act([one, other], float(how_long), int(number)))}\n")
