"""What came of it: the answers, and how the search goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.domain.vocabulary import ContactKind, Outcome, QuestionState, Source

from tests.cli.conftest import EVIL, Run, assert_inert, assert_one_sentence, save
from tests.cli.json_output import items_of
from tests.examples import attempt, contact, interview, local, question, target
from tests.services.test_report import mark

ANA = contact(id="ana", name="Ana Ruiz", organization="Two Lamps")
BOSS = contact(id="boss", name="Owen Marsh", kind=ContactKind.HIRING_MANAGER)


def talk(who: str, **notes: str) -> object:
    return interview(
        "2026-11-16 10:00",
        id=f"talk {who}",
        contact_id=who,
        ended_at=local("2026-11-16 10:20"),
        checklist=tuple(
            question(id_.replace("_", "-"), state=QuestionState.ASKED, starred=id_ == "pay") for id_ in notes
        ),
        notes={id_.replace("_", "-"): text for id_, text in notes.items()},
    )


@pytest.fixture
def said(file: Path) -> Path:
    """A file with two talks, in which three answers were given."""
    records = [
        ANA,
        BOSS,
        talk("ana", day="Spreadsheets.\nÉtés.", pay="60 a year."),
        talk("boss", day="Calls."),
    ]
    save(file, *records, mark(ANA, "pay", not_to_repeat=True, themes=("Money",)))  # type: ignore[arg-type]
    return file


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], ["Spreadsheets.\nÉtés.", "Calls.", "60 a year."]),
        (["spread"], ["Spreadsheets.\nÉtés."]),
        (["ETES", "about", "day"], ["Spreadsheets.\nÉtés."]),
        (["--question", "about day"], ["Spreadsheets.\nÉtés.", "Calls."]),
        (["--question", "pay"], ["60 a year."]),
        (["--starred"], ["60 a year."]),
        (["--theme", "money"], ["60 a year."]),
        (["--repeatable"], ["Spreadsheets.\nÉtés.", "Calls."]),
        (["--starred", "--repeatable"], []),
        (["--theme", "mon"], []),
        (["--question", "xyzzy"], []),
        (["xyzzy"], []),
    ],
    ids=" ".join,
)
def test_answers_are_chosen_by_words_question_theme_and_star(
    run: Run, said: Path, options: list[str], words: list[str]
) -> None:
    result = run("answers", *options, "--json")
    found = items_of(result, "answers")
    assert [answer["words"] for answer in found] == words
    assert result.exit_code == (0 if words else 1)
    plain = run("answers", *options)
    assert (plain.exit_code, plain.stderr) == (result.exit_code, "")
    for text in words:
        assert f"\n    {text.splitlines()[0]}\n" in plain.stdout
    assert bool(words) == bool(plain.stdout)
    assert ("not to repeat" in plain.stdout) == ("60 a year." in words)


def test_answers_are_printed_by_question_and_kind_of_people(run: Run, said: Path) -> None:
    assert run("answers").stdout.splitlines() == [
        "What about day? (1 who does it, 1 who hires)",
        "Who does it:",
        "  Ana Ruiz, Two Lamps, Mon 16 Nov",
        "    Spreadsheets.",
        "    Étés.",
        "Who hires for it:",
        "  Owen Marsh, Mon 16 Nov",
        "    Calls.",
        "",
        "What about pay? (1 who does it, nobody who hires)",
        "Who does it:",
        "  Ana Ruiz, Two Lamps, Mon 16 Nov, starred, not to repeat, theme Money",
        "    60 a year.",
        "Who hires for it: nobody asked yet",
    ]


def test_what_nobody_has_answered_is_printed_with_who_could(run: Run, said: Path) -> None:
    result = run("answers", "--unanswered", "surprised")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "What surprised you most? · for those who do it · nobody yet who does it\n"
    every = items_of(run("answers", "--unanswered", "--json"), "answers --unanswered")
    assert len(every) > 10
    assert {found["kind"] for found in every} == {"practitioner", "hiring_manager"}
    assert run("answers", "--unanswered", "xyzzy").exit_code == 1


def test_answers_written_by_others_are_inert(run: Run, file: Path) -> None:
    save(file, contact(id="ana", name=EVIL, organization=EVIL), talk("ana", day=EVIL))  # type: ignore[arg-type]
    result = run("answers")
    assert_inert(result.stdout, lines=result.stdout.count("\n"))


def test_progress_says_how_the_search_for_a_target_goes(run: Run, file: Path) -> None:
    buyer = target(id="t2", role="Media Buyer", place="Boston")
    asked = [
        contact(id=f"p{number}", name=f"P {number}", source=Source.EVENT, target_id="target")
        for number in range(6)
    ]
    tries = [
        attempt(
            "2026-11-20 10:00",
            Outcome.DECLINED if number else Outcome.SENT,
            id=f"a{number}",
            contact_id=f"p{number}",
        )
        for number in range(6)
    ]
    save(file, buyer, target(), *asked, *tries)
    result = run("progress", "--target", "planner")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Media Planner · ")
    assert "event: 6 asked, 0 yes, 5 no, 1 open, likely 0 to 35 %" in lines
    (figures,) = items_of(run("progress", "--target", "target", "--json"), "progress")
    assert (figures["target"], figures["no"], figures["open"], figures["likely_high"]) == (
        "Media Planner",
        5,
        1,
        35,
    )
    assert [step["people"] for step in figures["pipeline"]] == [6, 6, 0, 0, 0]
    (other,) = items_of(run("progress", "--target", "boston", "--json"), "progress")
    assert (other["target_id"], other["pipeline"][0]["people"]) == ("t2", 0)


def test_progress_of_an_empty_file_is_nothing_yet(run: Run, file: Path) -> None:
    save(file, ANA)
    (figures,) = items_of(run("progress", "--json"), "progress")
    assert (figures["target_id"], figures["target"], figures["likely_low"]) == (None, "", None)
    assert "found: 1, 1 not asked yet" in run("progress").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x", "“x” is not one of them"),
        ("media", "your targets are Media Buyer; Media Planner"),
        ("", "“” is not one of them"),
    ],
)
def test_progress_refuses_a_target_that_is_none_or_several(
    run: Run, file: Path, words: str, said: str
) -> None:
    save(file, target(), target(id="t2", role="Media Buyer"))
    result = run("progress", "--target", words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, said)
