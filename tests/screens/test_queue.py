from __future__ import annotations

import pytest
from warmcall.domain.queue import DUE
from warmcall.domain.records import Contact, FollowUp, PoolPerson
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Introduction, Mode
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.message.introduction import IntroductionDialog
from warmcall.screens.people.person_beside import PersonBeside
from warmcall.screens.when_form import WhenDialog, WhenFormDialog
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import capture, local, when
from tests.screens.driving import Driver, driven

NOTHING_CHOSEN = "Nothing is in the queue: a adds someone, f a follow-up"
NOBODY_CHOSEN = "Nobody is chosen: 2 goes to People, a there adds someone"


def one_owed(bench: Bench, kind: FollowUpKind, waiting: bool = False) -> FollowUp:
    """Put one follow-up to Mei Tanaka into the queue, and delete all others."""
    for follow_up in list(bench.store.open_follow_ups()):
        bench.services.following_up.delete(follow_up.id)
    mei = next(iter(bench.store.all(Contact)))
    bench.services.following_up.add(mei.id, kind, when("2026-11-23"), "a note")
    if waiting:
        meeting = bench.services.interviewing.arrange(mei.id, local("2026-11-24 12:00"), Mode.PHONE, "")
        assert meeting is not None
        promise = capture(CaptureKind.PROMISE, "send me the list", theirs=True)
        bench.services.capturing.add(meeting.id, promise)
        bench.services.interviewing.start(meeting.id)
        bench.services.interviewing.end(meeting.id)
        for follow_up in list(bench.store.open_follow_ups()):
            if not follow_up.waiting:
                bench.services.following_up.delete(follow_up.id)
    (owed,) = bench.store.open_follow_ups()
    return owed


ENTER_OPENS = [
    (FollowUpKind.CALL, "[3 Call]", "Hello Mei, this is Robin Vale."),
    (FollowUpKind.INTERVIEW, "[4 Interview]", "No interview is planned with Mei Tanaka."),
    (FollowUpKind.CONFIRM, "", "Confirm the interview · Mei Tanaka"),
    (FollowUpKind.THANK_YOU, "", "Thank-you · Mei Tanaka"),
    (FollowUpKind.TELL_REFERRER, "", "Tell the referrer · Mei Tanaka"),
    (FollowUpKind.CHECK_IN, "", "Keep in touch · Mei Tanaka"),
    (FollowUpKind.PROMISE, "", "Promise · Mei Tanaka"),
    (FollowUpKind.OTHER, "[1 Queue]", "Edit: a note: Mei Tanaka"),
]


async def test_enter_opens_what_the_row_asks_for(known: Bench) -> None:
    async with driven(known) as at:
        for kind, screen, words in ENTER_OPENS:
            one_owed(known, kind)
            await at.press("1", "enter")
            assert words in at.text, kind
            assert screen in at.top, kind
            assert at.shows(MessageDialog) == (not screen), kind
            await at.press("escape")


async def test_enter_on_what_they_promised_edits_it_since_there_is_nothing_to_write(known: Bench) -> None:
    one_owed(known, FollowUpKind.PROMISE, waiting=True)
    async with driven(known) as at:
        assert "the list (theirs)" in at.text
        await at.press("enter")
        assert "Edit: promise from Mei Tanaka" in at.text
        assert at.shows(WhenFormDialog)


SNOOZED = [
    ("1", "", "2026-11-24"),
    ("2", "", "2026-11-26"),
    ("3", "", "2026-11-30"),
    ("", "thu 2pm", "2026-11-26 14:00"),
    ("", "in 2 weeks", "2026-12-07"),
]


async def test_enter_on_an_introduction_asks_how_far_it_has_come(demo: Bench) -> None:
    async with driven(demo) as at:
        priya = next(person for person in demo.store.all(Contact) if person.name == "Priya Raman")
        choice = next(
            choice for choice in demo.services.drafting.letters_for(priya) if choice.about is not None
        )
        assert choice.about is not None
        letter = demo.services.following_up.add_letter(priya.id, choice.template, choice.about.id)
        demo.services.following_up.done(letter.id)
        await at.settle()
        asked = at.owed("Priya Raman", FollowUpKind.OTHER)
        for keys, state in (
            (("q",), Introduction.ASKED),
            (("enter",), Introduction.PASSED_ON),
            (("enter",), Introduction.MADE),
        ):
            at.one(Rows, "queue").go(asked.id)
            await at.press("enter")
            assert at.shows(IntroductionDialog)
            await at.press(*keys)
            assert demo.store.require(FollowUp, asked.id).introduction is state
        at.one(Rows, "queue").go(asked.id)
        await at.press("enter")
        assert at.shows(MessageDialog)


async def test_z_snoozes_by_a_digit_or_in_words(known: Bench) -> None:
    async with driven(known) as at:
        for keys, words, due in SNOOZED:
            await at.press("z", *keys)
            if words:
                await at.type(words)
                await at.press("enter")
            put_off = at.owed("Mei Tanaka", FollowUpKind.CALL)
            assert put_off.due == when(due)
            assert "Coming up  1" in at.text
            await at.press("u")
            assert at.owed("Mei Tanaka", FollowUpKind.CALL).due == when("2026-11-23")


async def test_words_that_are_no_date_bring_an_error_and_stay(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("z", "tab")
        await at.type("soon enough")
        await at.press("enter")
        assert at.shows(WhenDialog)
        assert "“soon enough” is not a date I know" in at.text
        assert at.one(Line, "when").value == "soon enough"
        await at.press("escape")
        assert at.owed("Mei Tanaka", FollowUpKind.CALL).due == when("2026-11-23")


async def test_x_and_d_remove_a_row_and_u_brings_it_back_selected(known: Bench) -> None:
    async with driven(known) as at:
        for key, said in (("x", "Done. u undoes it"), ("d", "Deleted. u undoes it")):
            await at.press(key)
            assert at.last_said == said
            assert "Nothing is owed to anybody." in at.text
            await at.press("u")
            assert "☎ Mei Tanaka" in at.text
        await at.press("enter")
        assert "[3 Call]" in at.top


async def test_completing_a_thank_you_adds_the_check_in(demo: Bench) -> None:
    async with driven(demo) as at:
        await go_to(at, FollowUpKind.THANK_YOU, "Priya Raman")
        await at.press("x")
        assert at.owed("Priya Raman", FollowUpKind.CHECK_IN).due == when("2026-12-21")


async def test_keys_without_a_row_say_why_they_do_nothing(bench: Bench) -> None:
    keys = dict.fromkeys(
        ("space", "x", "z", "e", "d", "Y", "/", "left", "minus", "right", "plus"), NOTHING_CHOSEN
    )
    keys |= dict.fromkeys(("c", "i", "f", "t"), NOBODY_CHOSEN)
    async with driven(bench) as at:
        await at.press("l")
        for key, said in keys.items():
            at.said.clear()
            await at.press(key)
            assert at.last_said == said, key
        assert bench.saved == []


async def test_moving_about_in_an_empty_list_is_harmless(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l")
        for screen in ("1", "2"):
            await at.press(screen, "j", "k", "g", "G", "pagedown", "pageup", "ctrl+d", "ctrl+u", "enter")
            assert "Nobody here yet." in at.text


async def test_an_interview_cannot_be_marked_done_nor_a_thank_you_written_early(
    demo: Bench,
) -> None:
    async with driven(demo) as at:
        await go_to(at, FollowUpKind.INTERVIEW, "Mei Tanaka")
        await at.press("x")
        assert at.last_said == "An interview is done when you end it: Enter opens it"
        await at.press("t")
        assert at.last_said == "No thank-you is due to Mei Tanaka: it comes when an interview ends"


async def test_the_person_keys_act_on_the_row_under_the_cursor(demo: Bench) -> None:
    async with driven(demo) as at:
        await go_to(at, FollowUpKind.THANK_YOU, "Priya Raman")
        await at.press("t")
        assert "Thank-you · Priya Raman" in at.text
        await at.press("q", "c")
        assert "[3 Call]" in at.top
        assert at.lines[1].startswith(" Priya Raman")
        await at.press("1", "i")
        assert "[4 Interview]" in at.top
        assert at.lines[1].startswith(" Priya Raman")
        await at.press("1", "f")
        await at.type("lend her the book")
        await at.press("enter")
        await at.type("fri 9am")
        await at.press("ctrl+s")
        added = at.owed("Priya Raman", FollowUpKind.OTHER)
        assert (added.note, added.due) == ("lend her the book", when("2026-11-27 09:00"))


async def test_e_proposes_today_for_a_late_follow_up_and_the_hour_of_a_timed_one(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("e")
        assert at.one(Line, "field-when").value == "today"
        await at.press("escape")
        await go_to(at, FollowUpKind.INTERVIEW, "Mei Tanaka")
        await at.press("e")
        assert at.one(Line, "field-when").value == "2026-11-23 14:00"
        await at.type(" dial early")
        await at.press("ctrl+s")
        assert at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).note == "dial early"


async def test_a_adds_somebody_and_y_copies_the_row(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "a")
        await at.type("Luis Ortega")
        await at.press("ctrl+s")
        assert "new: not called yet" in at.text
        await at.press("Y")
        assert at.copied == ["call Luis Ortega · new: not called yet"]
        assert at.last_said == "Sent to your terminal's clipboard"


async def test_sections_stand_in_order_and_follow_the_clock(demo: Bench) -> None:
    async with driven(demo) as at:
        assert [heading.rstrip(" 0123456789") for heading in headings_of(at)] == [
            "Overdue", "Today", "Coming up", "Waiting on them",
        ]  # fmt: skip
        assert at.line_of("◷ Mei Tanaka").startswith(" 14:00 5 h ")
        await at.at(local("2026-11-23 13:10"))
        assert at.line_of("◷ Mei Tanaka").startswith(" 14:00 50 min ")
        await at.at(local("2026-11-23 14:20"))
        assert " 20 min late " in at.line_of("◷ Mei Tanaka")
        await at.at(local("2026-11-24 09:00"))
        assert " 1 d late " in at.line_of("☎ Luis Ortega")
        assert at.one(Rows, "queue").key == first_of(at, "Helen Marsh")


async def test_a_wide_window_shows_the_person_of_the_row_beside_the_list(demo: Bench) -> None:
    async with driven(demo, size=(200, 60)) as at:
        assert "Runs a team of nine." in at.text
        await at.press("j")
        assert "Runs a team of nine." not in at.text
        assert "Started as an assistant planner there." in at.flat


async def test_the_person_beside_has_a_scrollbar_before_a_longer_text_is_laid_out_and_none_for_a_short_one(
    demo: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(demo, size=(200, 60)) as at:
        beside = at.one(PersonBeside, "detail")
        bars: list[bool] = []
        show = beside.show_person

        def noted(person: Contact | PoolPerson | None) -> None:
            show(person)
            bars.append(beside.show_vertical_scrollbar)

        monkeypatch.setattr(beside, "show_person", noted)
        for _ in range(5):
            await at.press("j")
            assert bars[-1] == beside.show_vertical_scrollbar == (beside.max_scroll_y > 0)
        assert {*bars} == {True, False}


async def test_an_empty_home_screen_names_the_keys_to_begin_with(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("d")
        assert "2  People: c calls, f adds a follow-up" in at.text
        await at.press("q")
    assert at.app.return_value is None
    assert not at.app.is_running


async def go_to(at: Driver, kind: FollowUpKind, name: str) -> None:
    """Put the cursor on the row of what is owed to somebody."""
    at.one(Rows, "queue").go(at.owed(name, kind).id)
    await at.settle()


def first_of(at: Driver, name: str) -> str:
    """Return the id of the first thing owed to somebody."""
    owed = at.services.address_book.next_step(at.contact(name).id)
    assert owed is not None
    return owed.id


async def test_an_agreed_hour_is_shown_and_kept_by_a_snooze_of_days(known: Bench) -> None:
    for follow_up in list(known.store.open_follow_ups()):
        known.services.following_up.delete(follow_up.id)
    mei = next(iter(known.store.all(Contact)))
    known.services.following_up.add(mei.id, FollowUpKind.PROMISE, when("2026-11-23 14:30"), "")
    async with driven(known) as at:
        await at.press("z")
        assert "1 tomorrow: Tue 24 Nov, 14:30" in at.flat
        await at.type("in 2 weeks")
        assert "Monday 7 December, 14:30" in at.flat
        await at.press("ctrl+u")
        await at.type("fri 9am")
        assert "Friday 27 November, 09:00 your time" in at.flat
        await at.press("escape", "z", "1")
        owed = at.owed("Mei Tanaka", FollowUpKind.PROMISE)
        assert owed.due == when("2026-11-24 14:30")


async def test_a_meeting_is_moved_and_not_snoozed(demo: Bench) -> None:
    async with driven(demo) as at:
        await go_to(at, FollowUpKind.INTERVIEW, "Mei Tanaka")
        await at.press("z")
        assert at.last_said == "An interview is moved on its own screen: Enter opens it, m moves it"
        assert not at.shows(WhenDialog)


async def test_space_marks_and_one_key_acts_on_all_marked_rows_as_one_change(
    demo: Bench,
) -> None:
    async with driven(demo) as at:
        before = count_of(at)
        await at.press("space", "space")
        assert [line[1:2] for line in at.lines[2:4]] == ["●", "●"]
        assert "x Done 2 marked  z Snooze 2" in at.footer
        await at.press("x")
        assert at.last_said == "2 done. u undoes it"
        assert count_of(at) == before - 2
        assert "●" not in at.text
        assert "2 marked" not in at.footer
        await at.press("u")
        assert count_of(at) == before
        assert "Overdue  2" in at.text


async def test_all_marked_rows_are_snoozed_deleted_or_copied(demo: Bench) -> None:
    async with driven(demo) as at:
        before = count_of(at)
        await at.press("space", "space", "Y")
        assert [line.split(" · ")[0] for line in at.copied[-1].splitlines()] == [
            "keep the promise to Helen Marsh",
            "call Maximiliana Konstantinidou-Featherstonehaugh",
        ]
        await at.press("z")
        assert "Put off: 2 follow-ups" in at.text
        await at.press("1")
        assert at.last_said == "2 put off. u undoes it"
        assert "Overdue" not in at.text
        await at.press("u")
        assert "Overdue  2" in at.text
        await at.press("g", "space", "space", "d")
        assert at.last_said == "2 deleted. u undoes it"
        assert count_of(at) == before - 2
        await at.press("u")
        assert count_of(at) == before


async def test_escape_unmarks_all_and_space_unmarks_one(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "1", "space", "k", "space", "space")
        assert [line[1:2] for line in at.lines[2:4]] == [" ", "●"]
        await at.press("escape")
        assert "●" not in at.text
        await at.press("escape")
        assert "[1 Queue]" in at.top


async def test_while_an_interview_runs_done_asks_first_and_again_on_another_row(running: Bench) -> None:
    running.services.address_book.add({"name": "Luis Ortega"})
    running.services.address_book.add({"name": "Ana Ruiz"})
    async with driven(running) as at:
        await at.press("l", "G")
        owed = count_of(at)
        await at.press("x")
        assert at.last_said.startswith(
            "The interview with Mei Tanaka is running: 4 goes to it. x again marks"
        )
        await at.press("k", "x")
        assert count_of(at) == owed
        await at.press("x")
        assert count_of(at) == owed - 1


@pytest.mark.parametrize("tab", ["1", "2"])
async def test_somebody_added_is_selected_and_said_also_where_a_filter_would_hide_them(
    demo: Bench, tab: str
) -> None:
    async with driven(demo) as at:
        await at.press(tab, "/", *"Luis", "enter", "a")
        await at.type("Nora Quist")
        await at.press("ctrl+s")
        assert at.app.screen.person() == at.contact("Nora Quist")  # type: ignore[attr-defined]
        assert at.last_said == "Nora Quist is in the queue to be called. u undoes it"


async def test_quitting_says_once_that_an_interview_runs(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("l", "q")
        assert at.last_said == (
            "The interview with Mei Tanaka is running, and its clock goes on: q again quits"
        )
        assert at.app.is_running
        await at.press("q")
    assert not at.app.is_running


async def test_an_interview_among_the_marked_rows_stays_and_is_counted(demo: Bench) -> None:
    async with driven(demo) as at:
        await go_to(at, FollowUpKind.INTERVIEW, "Mei Tanaka")
        await at.press("space", "space", "x")
        assert at.last_said == "1 done, 1 interview stays. u undoes it"
        assert at.owed("Mei Tanaka", FollowUpKind.INTERVIEW)


async def test_a_deleted_follow_up_is_no_longer_marked(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("space", "space")
        demo.services.following_up.delete(at.owed("Helen Marsh", FollowUpKind.PROMISE).id)
        await at.settle()
        assert "x Done 1 marked" in at.footer


@pytest.mark.parametrize(("fold", "unfold"), [("left", "right"), ("minus", "plus"), ("left", "enter")])
async def test_a_section_folds_and_unfolds(demo: Bench, fold: str, unfold: str) -> None:
    async with driven(demo) as at:
        await go_to(at, FollowUpKind.CALL, "Luis Ortega")
        await at.press(fold)
        assert "▸Today  4, folded" in at.text
        assert "☎ Luis Ortega" not in at.text
        await at.press("j")
        assert at.line_of("▸").startswith("▸tomorrow")
        await at.press("k", fold)
        assert at.last_said == "This section is folded: → shows it again"
        await at.press("x")
        assert at.last_said == "This section is folded: Enter shows what is in it"
        await at.press(unfold)
        assert at.line_of("▸").startswith("▸14:00")
        assert "Today  4, folded" not in at.text


async def test_a_folded_section_stays_folded_and_is_counted_and_marked_as_a_whole(demo: Bench) -> None:
    async with driven(demo) as at:
        before = count_of(at)
        await at.press("left", "2", "1")
        assert at.lines[1] == "▸Overdue  2, folded"
        await at.press("space")
        assert "x Done 2 marked" in at.footer
        await at.press("k", "space")
        assert "marked" not in at.footer
        await at.press("k", "space", "x")
        assert count_of(at) == before - 2
        await at.press("u", "right")
        assert "Overdue  2" in at.text


FOUND = [
    ("promise", ["Helen Marsh", "Priya Raman"]),
    ("thank-you", ["Priya Raman"]),
    ("kind:interview", ["Mei Tanaka", "Owen Achterberg"]),
    ("bellwether", ["Maximiliana Konstantinidou-Featherstonehaugh"]),
    ("LUIS orte", ["Luis Ortega", "Dana Whitfield"]),
    ("parkway voicemail", ["Luis Ortega"]),
    ("stillwater", []),
    ("target:planner kind:confirm", ["Owen Achterberg"]),
    ("target:plumber", []),
]


async def test_a_filter_finds_by_kind_person_place_target_and_reason(demo: Bench) -> None:
    async with driven(demo) as at:
        for words, found in FOUND:
            await at.press("/")
            await at.type(words)
            assert listed(at) == found, words
            if not found:
                assert f"Nothing that is owed has “{words}” in any field." in at.text
            await at.press("escape")
            assert len(listed(at)) == count_of(at), words
            assert at.focused == "queue"


async def test_enter_and_down_go_from_the_filter_into_the_list(demo: Bench) -> None:
    async with driven(demo) as at:
        for key in ("enter", "down"):
            await at.press("/")
            await at.type("kind:thank")
            assert "z" not in at.footer
            await at.press(key)
            assert at.focused == "queue"
            assert at.line_of("▸").split()[:4] == ["▸15:21", "6", "h", "✉"]
            await at.press("escape")
        await at.press("/")
        await at.type("kind:promise")
        await at.press("enter", "space", "space", "escape", "escape")
        assert len(listed(at)) == count_of(at)


async def test_a_filter_shows_folded_sections_and_keeps_marks(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("left", "/")
        await at.type("helen")
        assert {"Helen Marsh"} <= set(listed(at))
        await at.press("enter", "left")
        assert at.last_said == "While a filter is on, nothing is folded: Esc clears it"
        await at.press("g", "space", "backspace", "backspace")
        assert at.lines[1].endswith("Overdue  2, folded")


async def test_the_bar_counts_what_is_late_and_for_today_on_every_screen(demo: Bench) -> None:
    async with driven(demo, size=(100, 24)) as at:
        for key in ("1", "2", "3", "5", "6"):
            await at.press(key)
            assert at.top.endswith("  2 late · 4 today")
        await at.press("1", "x")
        assert at.top.endswith("  1 late · 4 today")
        await at.at(local("2026-11-23 14:01"))
        assert at.top.endswith("  2 late · 3 today")
        await at.pilot.resize_terminal(80, 24)
        await at.settle()
        assert at.top.endswith("  5 due")


async def test_what_is_due_changes_at_midnight_and_at_its_hour_without_a_key(known: Bench) -> None:
    mei = next(iter(known.store.all(Contact)))
    known.services.following_up.add(mei.id, FollowUpKind.PROMISE, when("2026-11-24 09:30"), "")
    async with driven(known) as at:
        for moment, headings in (
            ("2026-11-23 23:59", ["Today  1", "Coming up  1"]),
            ("2026-11-24 00:00", ["Overdue  1", "Today  1"]),
            ("2026-11-24 09:30", ["Overdue  1", "Today  1"]),
            ("2026-11-24 09:31", ["Overdue  2"]),
        ):
            await at.at(local(moment))
            assert headings_of(at) == headings, moment


async def test_with_nothing_due_it_says_until_when_and_who_was_silent_longest(
    demo: Bench,
) -> None:
    for entry in demo.services.queue.entries():
        if entry.section in DUE:
            demo.services.following_up.delete(entry.follow_up.id)
    idle_summary = "Longest without a word: Isaac Brandt, 12 days."
    async with driven(demo) as at:
        assert at.lines[1:4] == [
            " Nothing is due until tomorrow: keep the promise to Priya Raman.",
            f" {idle_summary}",
            " To call next: Teodoro Barlow, Two Lamps, named by Priya Raman.",
        ]
        assert "Coming up  " in at.text
        demo.services.following_up.delete_all([entry.follow_up.id for entry in demo.services.queue.entries()])
        await at.settle()
        assert "Nothing is owed to anybody." in at.text
        assert idle_summary in at.text
        assert "To call next: Ingrid Solheim, Meridian Row, named by Hal Brennick." in at.text


def listed(at: Driver) -> list[str]:
    """Return what the listed rows ask to do."""
    return [row.texts[3] for row in at.one(Rows, "queue").rows if not row.heading]


def headings_of(at: Driver) -> list[str]:
    """Return the headings of the sections."""
    rows = at.one(Rows, "queue").rows
    return ["".join(row.texts) for row in rows if row.heading and any(row.texts)]


def count_of(at: Driver) -> int:
    """Return how much is owed."""
    return len(list(at.store.open_follow_ups()))
