from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as every
from tests.benchmarks.sessions import NotMeasured
from tests.benchmarks.tables import Options


def test_one_command_knows_every_benchmark() -> None:
    modules = {path.stem for path in Path(every.__file__).parent.glob("bench_*.py")}
    assert {f"bench_{name}" for name in every.ALL} == modules
    assert set(every.QUICK) == set(every.ALL)


def test_what_cannot_be_measured_says_why_and_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)

    def fails(_asked: Options) -> None:
        raise NotMeasured("no frame came\non a screen")

    monkeypatch.setitem(every.ALL, "start", fails)
    monkeypatch.setitem(every.ALL, "keys", lambda asked: asked.out.write(f"{asked.rounds} rounds"))
    every.main(["--only", "start", "keys", "--rounds", "2"])
    assert "start: not measured: no frame came\n2 rounds" in out.getvalue()
