from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from warmcall.config.paths import Paths
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.screens.interview.briefing_page import BriefingDialog

from tests.conftest import Bench
from tests.examples import local, only
from tests.screens.driving import Driver, app_context, driven


@pytest.fixture
def planned(known: Bench) -> Bench:
    """A meeting with Mei Tanaka on Wednesday at two o'clock, by video, and a note on the call."""
    mei = only(known.store.all(Contact))
    known.services.profile_editing.save(
        {"research": "Northgate Agency won the ferry.\nBuyers get the price."}
    )
    known.services.interviewing.arrange(
        mei.id, local("2026-11-25 14:00"), Mode.VIDEO, "https://meet.example.com/x"
    )
    return known


async def scrolled(at: Driver) -> str:
    """Return everything the page shows, from its top to its end."""
    seen = [at.text]
    for _ in range(12):
        await at.press("pagedown")
        seen.append(at.text)
    return "\n".join(seen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_the_whole_page_can_be_read_at_every_size(planned: Bench, size: tuple[int, int]) -> None:
    async with driven(planned, size=size) as at:
        await at.press("4")
        assert "b Read" in at.footer
        await at.press("b")
        assert at.shows(BriefingDialog)
        text = await scrolled(at)
        for words in (
            "Mei Tanaka", "Media Planner, Northgate Agency", "Wed 25 Nov 14:00 (15:00 theirs), by video",
            "Who they are", "How you met", "Northgate Agency won the ferry.", "Media Planner in advertising",
            "Have ready · 0 of 12", "[ ] Research read once more", "10 questions, about 20 of 20 minutes",
            "10. Who else should I talk to? May I use your name?",
        ):  # fmt: skip
            assert words in text, words


async def test_the_page_is_left_to_the_lists_by_keys_other_than_escape_too(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4")
        for key in ("b", "q", "escape", "backspace"):
            await at.press("b", key)
            assert not at.shows(BriefingDialog), key
            assert at.focused == "before-list", key


async def test_only_a_wide_window_has_the_page_beside_the_lists(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4")
        assert "How you met" not in at.text
    async with driven(planned, size=(160, 40)) as at:
        await at.press("4")
        assert "How you met" in at.text
        assert "Northgate Agency won the ferry." in at.text
        assert at.text.count("Have ready") == 1


async def test_p_writes_the_page_for_the_printer_and_says_where(planned: Bench) -> None:
    written: list[str] = []

    def to_page(text: str) -> str:
        written.append(text)
        return "/there/interview.txt"

    async with driven(planned) as at:
        with patch.object(at.app, "context", app_context(write_page=to_page)):
            await at.press("4", "space", "b", "P")
        assert at.last_said == "Written to /there/interview.txt, ready to print"
        assert at.shows(BriefingDialog)
        await at.press("Y")
        assert at.copied == written
    (text,) = written
    assert "[x] Day and time confirmed" in text
    assert all(len(line) <= 78 for line in text.splitlines())


async def test_a_page_that_cannot_be_written_is_reported(planned: Bench) -> None:
    def full(_text: str) -> str:
        raise OSError(28, "No space left on device")

    async with driven(planned) as at:
        with patch.object(at.app, "context", app_context(write_page=full)):
            await at.press("4", "b", "P")
        assert at.last_said == "Not written: no space left on device"


def test_the_printed_page_lies_beside_the_state_file() -> None:
    assert Paths(Path("/home/me/warmcall.json"), Path("/etc")).briefing_file == Path("/home/me/interview.txt")


async def test_confirmed_is_ticked_by_itself_and_says_so(planned: Bench) -> None:
    async with driven(planned) as at:
        confirm = at.owed("Mei Tanaka", FollowUpKind.CONFIRM)
        await at.press("4")
        assert "[ ] Day and time confirmed" in at.text
        at.services.following_up.done(confirm.id)
        await at.settle()
        assert "[✓] Day and time confirmed" in at.text
        assert "Have ready · 1 of 12" in at.text
        await at.press("space")
        assert at.last_said == "This one ticks itself when it is done"
        assert only(at.store.all(Interview)).prepared == ()
        await at.forward(minutes=1)
        await at.press("m")
        await at.type("thu 10am")
        await at.press("ctrl+s")
        assert at.store.get(FollowUp, confirm.id) is not None
        assert "[ ] Day and time confirmed" in at.text


async def test_questions_that_need_more_time_than_was_asked_for_are_reported(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4", "a", "enter", "enter")
        assert "11 questions, about 22 of 20 minutes: more than fits" in at.text
