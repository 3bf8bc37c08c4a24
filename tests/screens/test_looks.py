"""What holds on every screen, whatever the size, the names and the colours."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator

import pytest
from rich.cells import cell_len
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.vocabulary import Channel, FollowUpKind, Mode
from warmcall.screens.people.person_page import PersonPage
from warmcall.terminal.charset import Charset
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import local, when
from tests.screens.driving import WIDE_CHARACTER_REST, Driver, cells, driven

HOSTILE = "[bold]x[/] \x1b[31m\nline2 \u202e"
NAMED = (
    "queue", "people", "page", "attempts", "call", "practice", "before", "page to read", "during", "after",
    "outcome s", "thank-you", "deleted",
)  # fmt: skip
"""Where the person's name is on the screen."""

TOO_SMALL = "This window is small: make it at least 50 by 14."
SIXTY_LETTERS = "Wilhelmina Theodora Cassandra Featherstonehaugh-Cholmondeley"


def with_person(bench: Bench, name: str) -> Contact:
    """Put a person of that name everywhere a name can stand, with everything owed to them."""
    bench.services.profile_editing.save(
        {"name": name, "phone": "+1 312 555 0118", "role": name, "research": name, "background": name}
    )
    fields = {"name": name, "organization": name, "title": name, "notes": name, "phone": name, "zone": name}
    person = bench.services.address_book.add(fields)
    bench.services.address_book.add({"name": "Ana Ruiz", "referrer_id": person.id})
    bench.services.pending_attempts.note(person.id, name, Channel.PHONE)
    for kind in FollowUpKind:
        if kind is not FollowUpKind.INTERVIEW:
            bench.services.following_up.add(person.id, kind, when("2026-11-24"), name)
    meeting = bench.services.interviewing.arrange(person.id, local("2026-11-23 14:00"), Mode.VIDEO, name)
    assert meeting is not None
    question = bench.services.checklists.own_question(name)
    bench.services.checklists.add_questions(meeting.id, [question], "came-to-it")
    bench.services.interview_notes.write(meeting.id, "came-to-it", name)
    return person


async def everywhere(at: Driver, person: Contact) -> AsyncIterator[str]:
    """Walk through every screen and dialog that shows a person, saying where it is."""
    app = at.app
    yield "queue"
    for kind in FollowUpKind:
        owed = [follow_up for follow_up in at.store.of_contact(FollowUp, person.id) if follow_up.kind is kind]
        if kind not in (FollowUpKind.CALL, FollowUpKind.INTERVIEW) and owed:
            at.one(Rows, "queue").go(owed[0].id)
            await at.press("enter")
            yield f"enter on {kind}"
            await at.press("escape")
    for key, where in (("z", "snooze"), ("e", "edit"), ("f", "follow-up"), ("?", "help"), (":", "palette")):
        await at.press(key)
        await app.workers.wait_for_complete()
        await at.settle()
        yield where
        await at.press("escape")
    await people(at, person)
    yield "people"
    await at.press("/")
    await at.type("line2")
    yield "filtered"
    await at.press("escape")
    await people(at, person)
    await at.press("e")
    yield "contact form"
    await at.press("escape", "a")
    await at.press("escape", "enter")
    yield "page"
    await at.press("l")
    yield "attempt form"
    await at.press("escape", "h")
    yield "attempts"
    await at.press("e")
    yield "attempt edited"
    await at.press("escape", "escape", "c")
    yield "call"
    await at.press("P")
    yield "practice"
    await at.press("enter", "l", "s")
    yield "practised"
    await at.press("escape")
    for where in ("voicemail", "email", "message"):
        await at.press("tab")
        yield where
    await at.press("n")
    yield "note"
    await at.press("escape", "o")
    yield "outcome"
    for key in "sbf":
        await at.press(key)
        yield f"outcome {key}"
        await at.press("escape")
    await at.press("escape")
    await people(at, person)
    await at.press("i")
    yield "before"
    await at.press("b")
    yield "page to read"
    await at.press("escape", "m")
    yield "meeting"
    await at.press("escape", "s")
    yield "during"
    await at.press("j")
    yield "second question"
    await at.press("r")
    yield "referral"
    await at.type(person.organization)
    await at.press("ctrl+s")
    yield "captured"
    await at.press("C")
    yield "captures"
    await at.press("enter")
    yield "capture to edit"
    await at.press("escape", "escape", "p")
    yield "promise"
    await at.press("escape", "v")
    yield "resume"
    await at.press("escape", "o")
    yield "on file"
    await at.press("escape", "x")
    yield "after"
    await at.press("e")
    await at.type(person.organization)
    await at.press("escape")
    yield "debriefed"
    await at.press("t")
    yield "thank-you"
    await at.press("escape", "6")
    yield "target"
    await at.press("e")
    yield "profile form"
    await at.press("escape")
    await people(at, person)
    await at.press("d")
    yield "deleted"


async def people(at: Driver, person: Contact) -> None:
    """Turn to People, the cursor on that person."""
    await at.press("2")
    if at.shows(PersonPage):
        await at.press("q")
    at.one(Rows, "people").go(person.id)
    await at.settle()


@pytest.mark.parametrize(
    "size", [(60, 20), *(pytest.param(size, marks=pytest.mark.long) for size in ((40, 10), (200, 60)))]
)
async def test_a_hostile_name_is_inert_on_every_screen_of_any_size(
    bench: Bench, size: tuple[int, int]
) -> None:
    person = with_person(bench, HOSTILE)
    async with driven(bench, size=size, toasts=True) as at:
        async for where in everywhere(at, person):
            strips = at.strips
            assert len(strips) == size[1], where
            for strip in strips:
                assert not any(segment.control for segment in strip), where
                bad = [item for item in strip.text if unicodedata.category(item) in ("Cc", "Cf")]
                assert not bad, f"{bad} in {where}: {strip.text!r}"
                assert cell_len(strip.text) == size[0], f"{where}: {strip.text!r}"
            if where in NAMED and size != (40, 10):
                assert "[bold]x[/]" in at.text, where


@pytest.mark.long
@pytest.mark.parametrize("charset", [Charset.ASCII, Charset.OWN_ASCII])
async def test_every_screen_and_dialog_can_be_drawn_in_ascii(bench: Bench, charset: Charset) -> None:
    own = charset is Charset.OWN_ASCII
    name = "佐藤 Zoe\u0301 line2"
    person = with_person(bench, name)
    async with driven(bench, toasts=True, charset=charset) as at:
        async for where in everywhere(at, person):
            rest = at.text.replace("佐", "").replace("藤", "").replace("e\u0301", "") if own else at.text
            assert rest.isascii(), f"{[item for item in rest if not item.isascii()]} in {where}"
            assert [cell_len(strip.text) for strip in at.strips] == [80] * 24, where
            if where in NAMED and where != "deleted":
                assert (name if own else "???? Zoe line2") in at.text, where


@pytest.mark.parametrize("size", [(20, 4), (8, 2), (1, 1)])
async def test_not_even_a_window_of_no_use_breaks_a_screen(demo: Bench, size: tuple[int, int]) -> None:
    async with driven(demo, size=size) as at:
        for key in ("1", "2", "3", "4", "6"):
            await at.press(key)
            assert len(at.strips) == size[1], key


async def test_a_tiny_window_says_so_and_still_shows_the_countdown(demo: Bench) -> None:
    meeting = demo.services.interviewing.start_now(next(iter(demo.store.all(Contact))).id)
    assert meeting is not None
    async with driven(demo, size=(40, 10)) as at:
        assert at.top.endswith(" 20:00 left")
        await at.press("l")
        for key in ("1", "2", "3", "4", "6"):
            await at.press(key)
            assert at.top.endswith(" 20:00 left"), key
            assert TOO_SMALL in at.flat, key


async def test_a_window_made_larger_is_whole_again(demo: Bench) -> None:
    async with driven(demo, size=(40, 10)) as at:
        assert TOO_SMALL in at.flat
        await at.pilot.resize_terminal(80, 24)
        await at.settle()
        assert "promise to Helen Marsh" in at.text
        assert TOO_SMALL not in at.flat
        await at.pilot.resize_terminal(200, 60)
        await at.settle()
        assert "Runs a team of nine." in at.text


async def test_sixty_by_twenty_is_one_pane_with_everything_to_be_done(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        assert at.text.count("\n") == 19
        assert "promise to Helen" in at.text
        await at.press("e")
        assert "Save" in at.text
        await at.press("escape", "6", "e")
        assert "Save" in at.text
        await at.press("escape", "3", "o")
        assert "Record" in at.text
        assert "w  wrong number" in at.text


async def test_a_sixty_letter_name_is_cut_with_an_ellipsis_and_whole_on_its_page(bench: Bench) -> None:
    person = bench.services.address_book.add({"name": SIXTY_LETTERS, "organization": "Bellwether & Quill"})
    async with driven(bench) as at:
        assert "call Wilhelmina" in at.text
        assert "…" in at.lines[2]
        assert SIXTY_LETTERS not in at.text
        await at.press("2", "enter")
        assert at.lines[1] == f" {SIXTY_LETTERS}"
        assert at.store.contact(person.id)


@pytest.mark.parametrize(
    ("tab", "japanese", "latin"),
    [
        ("1", ("call 佐藤", "no answer by then"), ("call Luis", "try 2 of 3")),
        ("2", ("佐藤", "Media Planner", "asked", "call, "), ("Luis", "Account", "asked", "call, ")),
    ],
)
async def test_a_japanese_name_keeps_the_columns_straight(
    demo: Bench, tab: str, japanese: tuple[str, ...], latin: tuple[str, ...]
) -> None:
    async with driven(demo) as at:
        await at.press(tab)
        theirs, other = cells(at.line_of("佐藤 由美")), cells(at.line_of("Luis Ortega"))
        assert WIDE_CHARACTER_REST in theirs
        places = [theirs.index(cells(words)) for words in japanese]
        assert places == [other.index(words) for words in latin]


async def test_no_color_means_no_colour_at_all(demo: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(demo, environ={"NO_COLOR": "1"}) as at:
        for keys in (("1",), ("2",), ("3",), ("o",), ("escape", "4"), ("6",), ("e",)):
            await at.press(*keys)
            for strip in at.strips:
                for segment in strip:
                    style = segment.style
                    colours = [style.color, style.bgcolor] if style else []
                    assert all(color is None or color.is_default for color in colours), (keys, segment)


async def test_lateness_is_told_in_words_and_the_cursor_by_a_sign_not_by_colour_alone(demo: Bench) -> None:
    async with driven(demo, environ={"NO_COLOR": "1"}) as at:
        assert at.lines[2].startswith("▸4 d late")
        assert "[1 Queue]" in at.top


async def test_without_colour_the_cursor_and_what_is_chosen_are_told_by_other_means(
    demo: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(demo, environ={"NO_COLOR": "1"}) as at:

        def marked(how: str) -> list[str]:
            found = (
                segment
                for strip in at.strips
                for segment in strip
                if segment.style and getattr(segment.style, how)
            )
            return [segment.text.strip() for segment in found if segment.text.strip(" \u2581\u2584")]

        assert marked("reverse")[0].startswith("▸4 d late")
        assert marked("dim") == []
        await at.press("2", "e")
        await at.press("home")
        assert marked("reverse")[-1] == "D"
        assert "[2 People]" in at.top
        await at.press("tab")
        assert marked("reverse")[-1] == "‹ connector: can introduce ›"
        await at.press("escape", "4", "m")
        assert any(item.startswith("2") for item in marked("reverse"))
        await at.press("escape", "3")
        assert "back" in marked("dim")
        await at.press("colon")
        await at.app.workers.wait_for_complete()
        await at.settle()
        first = marked("underline")
        await at.press("down")
        assert first != marked("underline")
        assert all(marked("underline"))
