from __future__ import annotations

import re

import pytest
from warmcall.config.library import Library
from warmcall.domain.practice_call import CALLS
from warmcall.domain.script import Reply, Script, Step
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.palette import PaletteDialog
from warmcall.screens.people.screen import PeopleScreen
from warmcall.screens.practice.call import PracticeScreen
from warmcall.screens.queue.screen import QueueScreen

from tests.conftest import Bench
from tests.screens.driving import Driver, app_over, driven

ONE_WAY = Script(
    "ask", "Ask", None, Channel.PHONE, "opening",
    {
        "opening": Step(
            "Hello {contact.first_name}.", "Then wait.", {"h": Reply("We're not hiring", "all_right")},
        ),
        "all_right": Step(
            "That is quite all right, I am not looking for an opening, I would only like to hear"
            " how your days go and how you got there, if that suits you too, for twenty"
            " minutes, by phone or video, whichever is easier.",
            "", {"y": Reply("All right, when?", "book")},
        ),
        "book": Step("Tuesday at ten?", "", outcome=Outcome.SCHEDULED),
    },
)  # fmt: skip
"""A script with one way through it: 2 words in 1 s, 42 words in 17 s, 3 words in 2 s."""

HIDDEN = "Answer aloud, from memory."


@pytest.fixture
def one_way(library: Library) -> Bench:
    """the services with that one script, and Mei Tanaka to be called."""
    bench = Bench(library.replaced(scripts={"ask": ONE_WAY}))
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    bench.services.address_book.add({"name": "Mei Tanaka", "organization": "Northgate Agency"})
    return bench


async def one_call(at: Driver, slowly: float = 31) -> None:
    """Say the three lines of the call, the second one slowly, up to how it ended."""
    await at.forward(seconds=2)
    await at.press("enter")
    await at.forward(seconds=slowly)
    await at.press("enter", "enter")
    await at.forward(seconds=1)
    await at.press("enter", "enter")


async def test_the_first_line_is_there_at_once_with_its_words_its_time_and_the_mark(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P")
        assert at.shows(PracticeScreen)
        assert at.top == " Practice · call 1 of 10 · nobody is called, nothing is kept"
        assert at.lines[1] == " Mei Tanaka · Northgate Agency"
        assert "They pick up the phone." in at.text
        assert "Say · practice" in at.text
        assert "Hello Mei." in at.text
        assert "Then wait." in at.text
        assert "2 words · 1 s" in at.text
        assert "0:00 of about 0:01" in at.text


async def test_the_counter_follows_the_clock_while_a_line_is_said(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P")
        await at.forward(seconds=7)
        assert "0:07 of about 0:01" in at.text
        await at.press("enter")
        await at.forward(seconds=1)
        assert "0:01 of about 0:17 · the line before: 0:07 of about 0:01" in at.text
        await at.press("enter")
        await at.forward(seconds=30)
        assert "0:01 of about 0:17 · 0:16 under" in at.text


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_they_answer_and_the_line_shows_once_it_was_said_from_memory(one_way: Bench, key: str) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P", key)
        assert "They say  “We're not hiring”" in at.text
        assert HIDDEN in at.text
        assert "quite all right" not in at.text
        assert "Enter said it" in at.footer
        await at.forward(seconds=31)
        await at.press(key)
        assert "That is quite all right" in at.flat
        assert "0:31 of about 0:17 · 0:14 over" in at.text
        assert "Enter they answer" in at.footer
        await at.press(key)
        assert "They say  “All right, when?”" in at.text


async def test_l_shows_the_line_first_and_one_key_then_leads_on(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P", "l")
        assert at.last_said == "The line is shown already"
        await at.press("enter", "l")
        assert "That is quite all right" in at.flat
        await at.forward(seconds=20)
        await at.press("enter")
        assert "They say  “All right, when?”" in at.text
        assert "the line before: 0:20 of about 0:17" in at.text
        assert HIDDEN in at.text


async def test_r_restarts_the_time_of_the_line(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P", "enter")
        await at.forward(minutes=9)
        await at.press("r")
        await at.forward(seconds=4)
        assert "0:04 of about 0:17" in at.text
        await at.press("enter", "r")
        assert at.last_said == "There is nothing to say at this point"


async def test_the_end_of_a_call_says_how_it_ended_and_enter_begins_the_next(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P")
        await one_call(at)
        assert "Practice · call 1 is over" in at.text
        assert "An interview was set." in at.text
        assert re.search(r"\+0:01 +0:02 +0:01  Hello Mei\.", at.text)
        assert re.search(r"\+0:14 +0:31 +0:17  That is quite", at.text)
        assert re.search(r"-0:01 +0:01 +0:02  Tuesday at ten\?", at.text)
        assert "Enter next call" in at.footer
        await at.press("enter")
        assert "call 2 of 10" in at.top
        assert "Hello Mei." in at.text


async def test_after_ten_calls_the_costliest_replies_come_first(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P")
        for number in range(1, CALLS + 1):
            assert f"call {number} of 10" in at.top
            await one_call(at, slowly=22 + 2 * number)
            await at.press("enter")
        assert "Practice · 10 calls" in at.text
        assert "10 ×  an interview was set" in at.text
        first, second = (line for line in at.lines if "“" in line)
        assert re.search(r"\+0:16 +0:33 +0:17 +10 ×  “We're not hiring”", first)
        assert re.search(r"-0:01 +0:01 +0:02 +10 ×  “All right, when\?”", second)
        assert "Your lines, the slowest first" in at.text
        assert "Enter more calls" in at.footer
        await at.press("enter")
        assert "call 1 of 10" in at.top
        await at.press("s")
        assert at.last_said == "Nothing was said yet"


async def test_s_shows_the_summary_and_restarts_the_time_of_the_line_afterwards(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P")
        await at.forward(seconds=5)
        await at.press("enter", "s")
        assert "Practice · 0 calls" in at.text
        assert re.search(r"\+0:04 +0:05 +0:01 +1 ×  Hello Mei\.", at.text)
        await at.press("s")
        assert at.last_said == "This is the summary"
        await at.forward(minutes=3)
        await at.press("enter")
        assert "They say  “We're not hiring”" in at.text
        assert "0:00 of about 0:17" in at.text


async def test_a_summary_longer_than_its_box_is_scrolled(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        await at.press("3", "P")
        while "Practice · 10 calls" not in at.text:
            await at.press("enter")
        before = at.text
        assert "slowest answers first" in before
        await at.press(*["j"] * 60)
        assert "Times are means; they begin when you hear the reply." in at.flat
        await at.press(*["k"] * 60)
        assert at.text == before


@pytest.mark.parametrize(("tab", "screen"), [("1", QueueScreen), ("2", PeopleScreen), ("3", CallScreen)])
async def test_leaving_leads_back_to_the_screen_before(
    one_way: Bench, tab: str, screen: type[QueueScreen]
) -> None:
    async with driven(one_way) as at:
        await at.press(tab)
        before = at.text
        for key in ("escape", "q", "backspace"):
            await at.press("P", "enter", key)
            assert at.shows(screen), key
            assert at.text == before, key


async def test_practice_saves_nothing_and_no_key_in_it_changes_a_real_record(one_way: Bench) -> None:
    saved = list(one_way.saved)
    async with driven(one_way) as at:
        await at.press("3")
        before = at.text
        await at.press("P")
        await one_call(at)
        await at.press("u", "U", "o", "n", "Y", "E", "d", "a", "z", "1", "2", "ctrl+s", "enter")
        assert at.shows(PracticeScreen)
        assert "call 2 of 10" in at.top
        await at.press("q")
        assert at.lines[4:] == before.split("\n")[4:]
        assert at.copied == []
    assert one_way.saved == saved


async def test_the_palette_starts_practice_from_any_screen(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("6", ":")
        assert at.shows(PaletteDialog)
        await at.type("practise a call")
        await at.press("enter")
        assert at.shows(PracticeScreen)
        assert at.lines[1] == " Alex Moreau · Media Planner, Calder & Rowe · made up"


async def test_help_lists_the_keys_of_practice(one_way: Bench) -> None:
    async with driven(one_way) as at:
        await at.press("3", "P", "?")
        assert "not now: The line is shown already" in at.flat
        assert "said it" in at.text
        await at.press("escape")
        assert at.shows(PracticeScreen)


async def test_an_interview_that_runs_stays_in_sight_even_in_a_small_window(one_way: Bench) -> None:
    mei = next(iter(one_way.store.open_follow_ups())).contact_id
    assert one_way.services.interviewing.start_now(mei) is not None
    for size in ((80, 24), (60, 20), (40, 10)):
        async with driven(one_way, size=size) as at:
            await at.press("l", "3", "P")
            assert at.top.startswith(" Practice · 20:00 left · call 1")
            assert ("This window is small: make it at least 50 by 14." in at.flat) == (size == (40, 10))


@pytest.mark.parametrize("size", [(60, 20), (50, 14), (200, 60)])
async def test_practice_fits_every_window(known: Bench, size: tuple[int, int]) -> None:
    async with driven(known, size=size) as at:
        await at.press("3", "P")
        assert at.text.count("╭") == at.text.count("╯") == 1
        assert "Enter said it" in at.footer
        assert "Hello Mei, this is Robin Vale." in at.flat


async def test_a_fixed_seed_makes_the_same_call_again(known: Bench, library: Library) -> None:
    seen = []
    for bench in (known, Bench(library)):
        async with driven(bench) as at:
            if not at.shows(QueueScreen):
                await at.press("l")
            await at.press("P")
            replies = []
            while "is over" not in at.text:
                replies += [line for line in at.lines if "They say" in line]
                await at.press("enter")
            seen.append(replies)
    assert seen[0] == seen[1] != []


async def test_without_a_script_practice_can_only_be_left(library: Library) -> None:
    bench = Bench(library.replaced(scripts={}))
    async with driven(bench) as at:
        await at.press("l", "P")
        assert "No call script fits this kind of contact." in at.text
        await at.press("enter", "l", "s")
        assert at.last_said == "There is no script to practise: Esc leaves"
        await at.press("q")
        assert at.shows(QueueScreen)


async def test_practice_alone_opens_at_once_and_ends_with_it(one_way: Bench) -> None:
    saved = list(one_way.saved)
    app = app_over(one_way, practice_only="call")
    async with app.run_test(size=(80, 24)) as pilot:
        at = Driver(app, one_way, pilot)
        await at.settle()
        assert at.shows(PracticeScreen)
        assert " Alex Moreau · Media Planner" in at.text
        await one_call(at)
        await at.press("q")
        assert not app.is_running
    assert app.return_value is None
    assert one_way.saved == saved
