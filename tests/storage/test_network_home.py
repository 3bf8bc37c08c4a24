"""Two machines with one home on a real NFS server: nothing that either saved is lost.

In Debian the programs are in the packages user-mode-linux, nfs-kernel-server, rpcbind and kmod.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.requirements import needs_what_no_check_installs
from tests.storage.nfs import PROGRAMS, ROUNDS, boot

SECONDS = 60.0


@pytest.mark.long
@pytest.mark.parametrize("options", ["vers=3,nolock"])
def test_sessions_on_two_machines_with_one_home_lose_nothing_and_agree_at_last(
    tmp_path: Path, options: str
) -> None:
    needs_what_no_check_installs(*PROGRAMS)
    found = boot(tmp_path, options, SECONDS, seed=1)
    assert found["durable"] > 100
    assert (found["lost"], found["ended"], found["different"]) == ([], 0, 0)
    assert found["stopped"] == ["stopped"] * 4 + ["saved"] * 4 * ROUNDS
