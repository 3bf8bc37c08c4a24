"""The whole day, key by key, on exact times; then all of it taken back and made again."""

from __future__ import annotations

from typing import Any

from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, to_document
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Mode, Outcome, QuestionState

from tests.conftest import Bench
from tests.examples import local, only, state_of, when
from tests.screens.driving import Driver, driven

THURSDAY_AT_TWO = local("2026-11-26 14:00")
AT_THE_END = local("2026-11-26 14:28")


async def test_the_whole_day_on_exact_times_and_all_of_it_taken_back_and_made_again(bench: Bench) -> None:
    async with driven(bench) as at:
        await first_run(at)
        await add_somebody(at)
        await call_and_schedule(at)
        await open_the_meeting(at)
        await write_and_star(at)
        await name_and_promise(at)
        await run_out_of_time(at)
        await end_and_debrief(at)
        await thank(at)

        await at.press("1")
        as_it_was = contents(at.store)
        taken_back = await undo_all(at)
        assert at.store.empty
        assert "Nobody here yet." in at.text
        await redo_all(at, taken_back)
        assert contents(at.store) == as_it_was


async def first_run(at: Driver) -> None:
    assert "warmcall helps you learn about a job from the people who do it" in at.flat
    await at.press("enter")
    assert "A few facts for the script" in at.text
    for text in (
        "Robin Vale",
        "a graduate in history who ran a shop",
        "",
        "",
        "+1 312 555 0118",
        "Media Planner",
    ):
        await at.type(text)
        await at.press("enter")
    await at.type("advertising")
    await at.press("ctrl+s")
    assert "Nobody here yet." in at.text
    profile = at.store.profile
    assert profile is not None
    assert (profile.name, profile.minutes) == ("Robin Vale", 20)
    assert profile.created_at == local("2026-11-23 09:00")


async def add_somebody(at: Driver) -> None:
    await at.press("2", "a")
    for text in ("Mei Tanaka", "", "Northgate Agency", "Media Planner", "+1 312 555 0142"):
        await at.type(text)
        await at.press("enter")
    await at.press("ctrl+s")
    assert at.last_said == "Mei Tanaka is in the queue to be called. u undoes it"
    await at.press("1")
    assert at.lines[1] == " Before the first call: P practises it aloud; 6, then r, is for research."
    await at.press("6", "r")
    await at.type("Planners decide where a campaign runs.")
    await at.press("ctrl+s", "1")
    assert at.lines[1] == " Today  1"
    assert " ".join(at.lines[2].split()).startswith("▸today ☎ Mei Tanaka new: not called yet · Northgate A")
    assert at.owed("Mei Tanaka", FollowUpKind.CALL).due == when("2026-11-23")


async def call_and_schedule(at: Driver) -> None:
    await at.press("enter")
    assert "[3 Call]" in at.top
    assert "Hello Mei, this is Robin Vale. Have I caught you at a bad moment?" in at.flat
    await at.press("y")
    assert "I'm a graduate in history who ran a shop, and I'm thinking of becoming" in at.flat
    await at.press("left")
    assert "Hello Mei, this is Robin Vale." in at.text
    await at.press("y", "h", "y")
    assert "o s  if it ends here: scheduled" in at.text
    await at.forward(minutes=5)
    await at.press("o", "s")
    await at.type("thu 2pm")
    assert "Thursday 26 November, 14:00 your time" in at.text
    assert "then interview Thu 26 Nov 14:00; confirm the interview Wed 25 Nov" in at.flat
    await at.press("enter", "space")
    assert "‹ by video ›" in at.text
    await at.press("enter")
    await at.type("https://meet.example.com/mei")
    await at.press("enter")

    assert "[1 Queue]" in at.top
    attempt = only(at.store.all(Attempt))
    assert (attempt.outcome, attempt.at) == (Outcome.SCHEDULED, local("2026-11-23 09:05"))
    assert attempt.path == (
        "ask-practitioner/opening", "ask-practitioner/ask",
        "ask-practitioner/not_hiring", "ask-practitioner/book",
    )  # fmt: skip
    meeting = only(at.store.all(Interview))
    assert (meeting.at, meeting.mode) == (THURSDAY_AT_TWO, Mode.VIDEO)
    assert meeting.place == "https://meet.example.com/mei"
    interview = at.owed("Mei Tanaka", FollowUpKind.INTERVIEW)
    assert interview.due == when("2026-11-26 14:00")
    confirm = at.owed("Mei Tanaka", FollowUpKind.CONFIRM)
    assert confirm.due == when("2026-11-25")
    assert [follow_up.kind for follow_up in at.store.open_follow_ups()] == [
        FollowUpKind.INTERVIEW,
        FollowUpKind.CONFIRM,
    ]


async def open_the_meeting(at: Driver) -> None:
    await at.at(THURSDAY_AT_TWO)
    assert "▸! 1 d late" in at.text
    assert at.line_of("◷ Mei Tanaka").split()[:3] == ["14:00", "1", "min"]
    await at.press("j", "enter")
    assert "[4 Interview]" in at.top
    assert "today 14:00, by video · https://meet.example.com/mei · 20 minutes" in at.text
    await at.press("space")
    assert "Have ready · 1 of 12" in at.text
    await at.press("s")
    assert at.top.endswith(" 20:00 left")
    assert at.store.running() is not None


async def write_and_star(at: Driver) -> None:
    await at.press("enter")
    await at.type("By accident: a temp week that lasted.")
    await at.press("tab")
    await at.type("half of it is other people's spreadsheets")
    await at.press("escape", "*")
    assert "✓  How did you come to this job?" in at.text
    assert "▸ ★ What fills an ordinary day?" in at.text
    await at.forward(minutes=10)
    assert at.top.endswith(" 10:00 left")
    await at.press("w")
    assert at.top.endswith(" paused, 10:00 left")
    await at.forward(minutes=3)
    assert at.top.endswith(" paused, 10:00 left")
    await at.press("w")
    assert at.top.endswith(" 10:00 left")
    assert "paused" not in at.top


async def name_and_promise(at: Driver) -> None:
    await at.press("r")
    await at.type("Ana Ruiz")
    await at.press("ctrl+s")
    assert at.last_said == "Noted: Ana Ruiz. u undoes it"
    await at.press("p")
    await at.type("send you the article")
    await at.press("ctrl+s")
    assert "C  captured: the article, Ana Ruiz · u undoes" in at.text
    assert [contact.name for contact in at.store.all(Contact)] == ["Mei Tanaka"]
    assert [follow_up.kind for follow_up in at.store.open_follow_ups()] == [
        FollowUpKind.INTERVIEW,
        FollowUpKind.CONFIRM,
    ]


async def run_out_of_time(at: Driver) -> None:
    await at.press("+")
    assert at.top.endswith(" 15:00 left")
    await at.forward(minutes=12)
    assert at.top.endswith(" 3:00 left")
    page = at.panel("close-text")
    assert "p Promised: the article" in page
    assert "r Named: Ana Ruiz" in page
    await at.forward(minutes=3)
    assert "Time is up: “The 25 minutes are up. Thank you: I will let you go.”" in at.panel("close-text")
    assert at.top.endswith(" time up")


async def end_and_debrief(at: Driver) -> None:
    await at.press("x")
    meeting = only(at.store.all(Interview))
    assert meeting.ended_at == AT_THE_END
    assert meeting.countdown.spent(AT_THE_END) == meeting.countdown.limit
    assert [question.state for question in meeting.checklist[:2]] == [QuestionState.ASKED, QuestionState.OPEN]
    thanks = at.owed("Mei Tanaka", FollowUpKind.THANK_YOU)
    assert thanks.due == when("2026-11-27 14:28")
    assert at.owed("Ana Ruiz", FollowUpKind.CALL).due == when("2026-11-30")
    assert at.contact("Ana Ruiz").referrer_id == at.contact("Mei Tanaka").id
    promise = at.owed("Mei Tanaka", FollowUpKind.PROMISE)
    assert (promise.note, promise.due) == ("the article", when("2026-11-30"))
    assert not promise.waiting
    await at.press("e")
    await at.type("It is a numbers job.")
    await at.press("tab", "tab", "right", "right", "right", "tab", "1", "escape")
    debrief = only(at.store.all(Interview)).debrief
    assert (debrief.learned, debrief.fit, debrief.confidence) == ("It is a numbers job.", 3, 1)
    assert "‹ 3: could be ›" in at.text
    assert "‹ 1: a first guess ›" in at.text
    assert {follow_up.kind for follow_up in at.store.open_follow_ups()} == {
        FollowUpKind.THANK_YOU, FollowUpKind.PROMISE, FollowUpKind.CALL,
    }  # fmt: skip


async def thank(at: Driver) -> None:
    await at.forward(minutes=10)
    await at.press("t")
    assert "Thank-you · Mei Tanaka" in at.text
    assert "due tomorrow 14:28" in at.text
    await at.press("Y")
    (draft,) = at.copied
    assert "Hello Mei, it's Robin Vale. Thank you for talking with me today." in draft
    assert "You told me ‹say it to them: “half of it is other people's spreadsheets”›, and" in draft
    assert "I'm getting in touch with Ana Ruiz." in draft
    assert "I haven't forgotten the article." in draft
    await at.press("g")
    await at.type("that half of it is spreadsheets")
    await at.press("escape", "s")
    assert "The thank-you is sent." in at.text
    sent = only(follow_up for follow_up in at.store.all(FollowUp) if follow_up.kind is FollowUpKind.THANK_YOU)
    assert sent.done_at == local("2026-11-26 14:38")
    assert "You told me that half of it is spreadsheets, and" in sent.body
    check_in = at.owed("Mei Tanaka", FollowUpKind.CHECK_IN)
    assert check_in.due == when("2026-12-28")
    assert check_in.why == "30 days after you met"


async def undo_all(at: Driver) -> list[str]:
    for _ in range(10):
        await at.press(*"uuuuuuuuuu")
        if at.last_said == "Nothing to undo":
            return [words.removeprefix("Undone: ") for words in at.said if words.startswith("Undone: ")]
    raise AssertionError("undo never comes to an end")


async def redo_all(at: Driver, taken_back: list[str]) -> None:
    at.said.clear()
    await at.press(*"U" * len(taken_back), "U")
    assert at.said == [*(f"Done again: {label}" for label in reversed(taken_back)), "Nothing to redo"]


def contents(store: Store) -> dict[tuple[str, str], dict[str, Any]]:
    """Return all records, without which question the eye was on, which is not a change to take back."""
    records = {key: to_document(record) for key, record in state_of(store).items()}
    for (table, _), fields in records.items():
        if table == "interviews":
            fields.pop("current")
            fields.pop("changed_at")
    return records


async def test_undo_takes_back_on_the_screen_where_it_is_pressed(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "a")
        await at.type("Mei Tanaka")
        await at.press("ctrl+s", "3", "o", "t")
        assert at.top.endswith(" 20:00 left")
        screens = ["[4 Interview]", "[4 Interview]"]
        for screen, label in zip(screens, ("talk now: Mei Tanaka", "add Mei Tanaka"), strict=True):
            await at.press("u")
            assert at.last_said == f"Undone: {label}"
            assert screen in at.top
            assert "left" not in at.top
        assert "No interview is planned." in at.text
        assert at.store.empty
