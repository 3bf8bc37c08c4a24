from __future__ import annotations

from warmcall.domain.records import Interview
from warmcall.domain.vocabulary import ContactKind
from warmcall.presentation.profile import SHOWN
from warmcall.screens.forms import FormDialog
from warmcall.widgets.form import Area
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.screens.driving import driven


async def test_profile_target_and_research_stand_on_one_page(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6")
        assert at.line_of("Your name").split()[2:4] == ["Robin", "Vale"]
        assert at.line_of("The job  ").split()[2:4] == ["Media", "Planner"]
        assert "CST (the machine's)" in at.text
        assert "Planners decide where a campaign runs" in at.text
        await at.press("G")
        assert "for people who hire for it" in at.text


async def test_what_nobody_answered_yet_stands_below_the_research_and_shrinks_with_each_answer(
    demo: Bench,
) -> None:
    async with driven(demo, size=(200, 60)) as at:
        await at.press("6")
        assert "╮╭─ What is known, and what is not ─" in at.lines[1]
        assert at.lines[2].split() == [
            "│", "You", "││", "Research", "Still", "unanswered,", "the", "most", "important", "first", "│",
        ]  # fmt: skip
        assert at.one(Panel, "target-research").content_size.width <= 72
        target, questions = at.store.target, demo.services.answers.unanswered(ContactKind.PRACTITIONER)
        assert target
        assert f"for people who do the job, {len(questions)}" in at.text
        assert questions[0].ask in at.text
        assert questions[-1].ask in at.flat
        await at.pilot.resize_terminal(120, 40)
        await at.settle()
        assert questions[0].ask in at.text
        assert questions[SHOWN].ask not in at.text
        asked = {
            question.ask
            for interview in at.store.all(Interview)
            for question in interview.checklist
            if interview.target_id == target.id and interview.notes.get(question.id)
        }
        assert not asked & {question.ask for question in questions}


async def test_empty_fields_say_how_to_fill_them(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "6")
        assert at.text.count("e fills this") == 12
        assert "r begins: what do you know about the job and the place?" in at.text


async def test_e_and_enter_edit_and_r_begins_in_the_research(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "e")
        assert at.focused == "field-name"
        await at.press("escape", "enter")
        assert at.focused == "field-name"
        await at.press("escape", "r")
        area = at.one(Area, "field-research")
        assert at.focused == "field-research"
        area.move_cursor(area.document.end)
        await at.press("enter")
        await at.type("Ask about a day without meetings.")
        await at.press("ctrl+s")
        target = at.store.target
        assert target is not None
        assert target.research.endswith("\nAsk about a day without meetings.")
        await at.press("u")
        assert at.last_said == "Undone: profile and target"


async def test_each_problem_shows_beside_its_field_and_nothing_typed_is_lost(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "6", "e")
        for field, text in (
            ("phone", "call me"), ("email", "robin"), ("minutes", "4"), ("zone", "Chicago time"),
        ):  # fmt: skip
            line = at.one(Line, f"field-{field}")
            line.value = text
        await at.press("ctrl+s")
        assert at.shows(FormDialog)
        assert "only figures, spaces and + ( ) - /" in at.line_of("Your phone")
        assert "an email has an @ in it" in at.line_of("robin")
        assert "minutes: a number from 5 to 120" in at.text
        assert "a zone looks like Europe/Berlin" in at.line_of("Chicago time")
        assert at.focused == "field-phone"
        assert bench.done == []


async def test_y_copies_target_and_research(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "Y")
        (text,) = at.copied
        assert text.startswith("Media Planner\nadvertising\nChicago\n")


async def test_the_zone_of_the_profile_counts_on_every_screen(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "e")
        at.one(Line, "field-zone").value = "Europe/Berlin"
        await at.press("ctrl+s", "1")
        assert "◷ Mei Tanaka" in at.line_of("21:00 5 h")
