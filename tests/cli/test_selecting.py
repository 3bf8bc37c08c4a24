"""Naming people and follow-ups on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.cli.bootstrap import load_services
from warmcall.cli.invocation import Invocation
from warmcall.cli.loading import load_context
from warmcall.cli.selecting import select_follow_up, select_person
from warmcall.domain.vocabulary import FollowUpKind

from tests.cli.conftest import assert_one_sentence, save
from tests.examples import STAMP, contact, follow_up


@pytest.fixture
def known(file: Path) -> Invocation:
    """Return how to run a command on a file of three people, of whom two are called Dana."""
    save(
        file,
        contact(id="aa11", name="Dana Wu", organization="Tern & Plover"),
        contact(id="aa22", name="Dana Wunsch", organization="Northgate"),
        contact(id="bb33", name="Luis\x1b[31m Ortega"),
        follow_up(FollowUpKind.CALL, "2026-11-20", id="fe01", contact_id="aa11"),
        follow_up(FollowUpKind.CALL, "2026-11-24", id="fe02", contact_id="aa22"),
        follow_up(FollowUpKind.OTHER, "2026-11-25", id="fd03", contact_id="aa22", note="ask"),
        follow_up(
            FollowUpKind.OTHER, "2026-11-19", id="fc04", contact_id="bb33", done_at=STAMP["created_at"]
        ),
    )
    return Invocation(db=file)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("aa11", "aa11"),
        ("AA2", "aa22"),
        ("dana wu", "aa11"),
        ("plover", "aa11"),
        ("wuns", "aa22"),
        ("b", "bb33"),
    ],
)
def test_a_person_is_found_by_id_name_or_work(known: Invocation, words: str, found: str) -> None:
    services, _ = load_services(load_context(known))
    assert select_person(services, words).id == found


@pytest.mark.parametrize(
    ("words", "found"),
    [("fe01", "fe01"), ("FD", "fd03"), ("fc04", "fc04"), ("dana wu", "fe01")],
)
def test_a_follow_up_is_found_by_id_or_by_whom_it_is_with(known: Invocation, words: str, found: str) -> None:
    services, _ = load_services(load_context(known))
    assert select_follow_up(services, words).id == found


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "dana",
            "not done: “dana” could be Dana Wu, Tern & Plover (id aa11); Dana Wunsch, Northgate (id aa22):",
        ),
        ("nobody\x1b[2J", "not done: nobody is called “nobody"),
        ("fe", "not done: “fe” could be call Dana Wu, "),
        ("wunsch", "(id fe02); "),
        ("ortega", "not done: nothing is owed to Luis"),
        (" ", "not done: nobody is called “”"),
    ],
)
def test_what_names_nobody_or_several_ends_with_a_sentence(
    known: Invocation, capsys: pytest.CaptureFixture[str], words: str, sentence: str
) -> None:
    services, _ = load_services(load_context(known))
    with pytest.raises(SystemExit) as ended:
        select_follow_up(services, words, "not done")
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert_one_sentence(said.rstrip("\n").rstrip(".") + ".\n", sentence)
    assert "\x1b" not in said
