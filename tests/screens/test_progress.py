"""Progress: what it shows in each window, and where its lines lead."""

from __future__ import annotations

import re
from unittest.mock import patch

from textual.widget import Widget
from warmcall.config.safe_files import FileRefused
from warmcall.domain.evidence import resume_task
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation.progress import lines
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.progress.people import ProgressPeople
from warmcall.screens.progress.referrals import ReferralsPage
from warmcall.screens.progress.screen import ProgressScreen
from warmcall.terminal.charset import Charset
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import when
from tests.screens.driving import Driver, driven


async def test_a_line_leads_to_its_people_and_back(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5", "j", "enter")
        assert at.shows(ProgressPeople)
        people = re.fullmatch(r" asked · (\d+) people", at.lines[1])
        rows = at.one(Rows, "group").rows
        assert people
        assert int(people[1]) == len([row for row in rows if row.selectable])
        assert at.lines[2] == " ● said yes"
        await at.press("G", "enter")
        assert at.shows(PersonPage)
        assert "[5 Progress]" in at.top
        assert "Ruth Okafor-Lindqvist" in at.lines[1]
        await at.press("q", "1", "5")
        assert at.shows(ProgressPeople)
        assert at.one(Rows, "group").key.endswith(at.contact("Ruth Okafor-Lindqvist").id)
        await at.press("escape")
        assert at.shows(ProgressScreen)
        at.one(Rows, "progress").go("source:professor")
        await at.press("enter")
        assert at.shows(PersonPage)
        assert at.app.screen.in_view() == at.contact("Dana Whitfield").id  # type: ignore[attr-defined]


async def test_keys_act_on_the_person_in_the_list_and_in_the_tree(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5", "w")
        assert at.shows(ReferralsPage)
        at.one(Rows, "referrals").go(at.contact("Luis Ortega").id)
        await at.press("c")
        assert "[3 Call]" in at.top
        assert "Luis Ortega" in at.lines[1]
        await at.press("5", "escape", "enter")
        at.one(Rows, "group").go(f"1/{at.contact('Mei Tanaka').id}")
        await at.press("i")
        assert "[4 Interview]" in at.top
        assert "Mei Tanaka" in at.lines[1]


async def test_a_page_follows_what_changes_and_closes_when_it_is_empty(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5")
        at.one(Rows, "progress").go("step:IN_TOUCH")
        await at.press("enter")
        ids = [row.key.rpartition("/")[2] for row in at.one(Rows, "group").rows if "/" in row.key]
        assert at.lines[1] == f" in touch · {len(ids)} people"
        for id_ in ids:
            at.services.address_book.delete(id_)
            await at.settle()
        assert at.shows(ProgressScreen)
        at.one(Rows, "progress").go("step:IN_TOUCH")
        await at.press("enter")
        assert at.last_said == "Nobody there yet"


async def test_the_tree_stands_beside_the_figures_where_there_is_room(demo: Bench) -> None:
    async with driven(demo, size=(120, 40)) as at:
        await at.press("5")
        assert "this week" in at.text
        assert "told Dana ✔" in at.line_of("├─ Helen Marsh")
        await at.press("w", "j", "enter")
        assert at.shows(PersonPage)
        await at.press("q", "escape", "enter")
        assert at.shows(ProgressPeople)
        await at.press("q")
        await at.pilot.resize_terminal(60, 20)
        await at.settle()
        assert "told Dana" not in at.text
        assert re.search(r"\d+ of \d+, likely \d+–\d+ %", at.text)


async def test_advice_is_taken_down_by_hand_ticked_and_told(demo: Bench) -> None:
    helen = next(person for person in demo.store.all(Contact) if person.name == "Helen Marsh")
    async with driven(demo) as at:
        note = resume_task("Put the numbers on one page")
        at.services.following_up.add(helen.id, FollowUpKind.OTHER, when("2026-11-25"), note)
        await at.press("5", "v", "a")
        await at.type("dana")
        await at.press("enter")
        await at.type("join the media club")
        assert "“I followed your advice to join the media club.”" in at.flat
        await at.press("ctrl+s")
        assert at.line_of("join the media").startswith("▸[ ]")
        assert "no day" in at.line_of("join the media")
        await at.press("T")
        assert at.last_said.startswith("Space first")
        await at.press("space", "T")
        assert "[x]" in at.line_of("join the media")
        assert "told today" in at.line_of("join the media")
        await at.press("space", "u", "u", "u", "d")
        assert "join the media" not in at.text
        at.one(Rows, "advice").go(at.services.advice.given()[0].id)
        assert "due Wed 25" in at.line_of("Put the numbers")
        await at.press("e", "tab", "tab", "tab", "2", "5", " ", "d", "e", "c", "ctrl+s")
        assert "due 25 Dec" in at.line_of("Put the numbers")
        await at.press("enter")
        assert at.app.screen.in_view() == helen.id  # type: ignore[attr-defined]


async def test_nothing_is_drawn_while_nothing_changes(demo: Bench) -> None:
    async with driven(demo, size=(200, 60)) as at:
        await at.press("5")
        drawn: list[Widget] = []
        with patch.object(Widget, "refresh", lambda widget, *_regions, **_more: drawn.append(widget)):
            await at.forward(hours=2)
            await at.forward(hours=2)
        assert [widget for widget in drawn if isinstance(widget, Rows)] == []
        before = at.text
        await at.forward(days=1)
        assert at.text != before


async def test_a_screen_that_a_page_covers_is_drawn_again_only_when_it_comes_up_again(demo: Bench) -> None:
    drawn: list[ProgressScreen] = []
    reload = ProgressScreen.reload

    def counted(screen: ProgressScreen) -> None:
        drawn.append(screen)
        reload(screen)

    def found(at: Driver) -> int:
        return int(at.line_of("found").split()[1])

    async with driven(demo) as at:
        await at.press("5")
        before = found(at)
        await at.press("a")
        with patch.object(ProgressScreen, "reload", counted):
            at.services.address_book.add({"name": "Ana Ruiz"})
            await at.press("asterisk")
            await at.forward(days=1)
            assert drawn == []
            await at.press("q")
            assert (len(drawn), found(at)) == (1, before + 1)
            await at.press("R")
            assert not at.shows(ProgressScreen)
            at.services.address_book.add({"name": "Ben Ito"})
            assert len(drawn) == 2
            await at.press("escape")
            assert found(at) == before + 2


async def test_lines_are_put_together_again_only_for_other_figures_or_names(demo: Bench) -> None:
    with patch("warmcall.screens.progress.screen.lines", side_effect=lines) as put_together:
        async with driven(demo) as at:
            await at.press("5")
            before = put_together.call_count
            await at.press("o", "q", "1", "5")
            assert put_together.call_count == before
            last = at.services.progress.figures().talks[-1].contact_id
            at.services.address_book.edit(last, {"name": "Zoe Quist", "goes_by": ""})
            await at.settle()
            assert put_together.call_count == before + 1
            assert "Zoe" in at.line_of("1 to 5, after")


async def test_in_ascii_the_tree_has_lines_too(demo: Bench) -> None:
    async with driven(demo, charset=Charset.ASCII) as at:
        await at.press("5", "w")
        assert "+- Mei Tanaka" in at.line_of("Mei Tanaka")
        assert at.text.isascii()


async def test_an_empty_file_says_what_to_press(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "5", "w")
        assert "2 a adds the first person to call, in People" in at.flat
        assert at.last_said.startswith("Nobody is in People yet")
        at.services.address_book.add({"name": "Ana Ruiz"})
        await at.settle()
        assert at.line_of("found").split()[:2] == ["▸found", "1"]
        await at.press("enter")
        assert at.shows(PersonPage)
        assert next(iter(at.store.all(Contact))).name in at.text


async def test_the_report_is_written_where_it_is_asked_for_and_over_a_file_at_the_second_press(
    demo: Bench,
) -> None:
    files: dict[str, str] = {"~/mine.html": "mine"}

    def write(typed: str, text: str, overwrite: bool) -> str:
        if typed.startswith("/gone"):
            raise FileRefused(2, typed, "there is no folder /gone", "make it, or name another")
        if typed in files and not overwrite:
            raise FileExistsError(typed)
        files[typed] = text
        return typed.replace("~", "/home/robin")

    async with driven(demo, write_named=write) as at:
        await at.press("5", "R", "ctrl+s")
        assert at.last_said == "Written to /home/robin/warmcall-report.html, for your eyes only"
        assert "Isaac Brandt" in files["~/warmcall-report.html"]
        assert at.shows(ProgressScreen)
        await at.press("R", "o")
        assert "may still show who they are" in at.flat
        await at.press("enter", "m")
        assert "~/warmcall-report.md" in at.text
        await at.press("ctrl+s")
        assert "Practitioner 1" in files["~/warmcall-report.md"]
        assert "Isaac" not in files["~/warmcall-report.md"]
        await at.press("R", "enter", "enter", "ctrl+a", "ctrl+k", *"~/mine.html", "enter")
        assert at.last_said == "~/mine.html is there already: ^s again writes over it"
        assert files["~/mine.html"] == "mine"
        await at.press("ctrl+s")
        assert files["~/mine.html"].startswith("<!DOCTYPE html>")
        await at.press("R", "enter", "enter", "ctrl+a", "ctrl+k", *"/gone/x", "ctrl+s")
        assert at.last_said == "Not written: /gone/x: there is no folder /gone: make it, or name another"
        await at.press("escape", "escape")
        assert at.shows(ProgressScreen)
