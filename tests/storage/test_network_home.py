"""Two machines with one home on a real NFS server: nothing that either saved is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.requirements import missing, program
from tests.storage.nfs import PROGRAMS, ROUNDS, boot

SECONDS = 60.0


@pytest.mark.long
@pytest.mark.parametrize("options", ["vers=3,nolock", "vers=4.2"])
def test_sessions_on_two_machines_with_one_home_lose_nothing_and_agree_at_last(
    tmp_path: Path, options: str
) -> None:
    if os.geteuid() != 0:
        missing("an NFS server runs as root")
    for name in PROGRAMS:
        program(name)
    found = boot(tmp_path, options, SECONDS, seed=1)
    assert found["durable"] > 100
    assert (found["lost"], found["ended"], found["different"]) == ([], 0, 0)
    assert found["stopped"] == ["stopped"] * 4 + ["saved"] * 4 * ROUNDS
