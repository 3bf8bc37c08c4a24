from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.screens.driving import Driver, driven
from tui.domain.records import FollowUp
from tui.domain.vocabulary import FollowUpKind
from tui.screens.message import MessageDialog
from tui.screens.queue import QueueScreen
from tui.widgets.form import Line
from tui.widgets.notes_editor import NotesEditor
from tui.widgets.rows import Rows

NOT_YET = "Fill the gaps in ‹ › first: Enter goes into the text"


async def open_draft(at: Driver, name: str, kind: FollowUpKind) -> FollowUp:
    """Open what is to be written to somebody."""
    owed = at.owed(name, kind)
    at.one(Rows, "queue").go(owed.id)
    await at.press("enter")
    assert at.shows(MessageDialog)
    return owed


def written(at: Driver, owed: FollowUp) -> tuple[str, str]:
    """Return what the book holds of the message."""
    kept = at.book.get(FollowUp, owed.id)
    assert kept is not None
    return kept.subject, kept.body


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("Priya Raman", FollowUpKind.THANK_YOU, "half of it is reading other people's spreadsheets"),
        ("Priya Raman", FollowUpKind.PROMISE, "the survey of student readers I mentioned"),
        ("Owen Achterberg", FollowUpKind.CONFIRM, "Thursday 26 November at 10:30"),
        ("Isaac Brandt", FollowUpKind.TELL_REFERRER, "Thank you for giving me the name of Priya Raman."),
        ("Helen Marsh", FollowUpKind.CHECK_IN, "the one page of numbers, and what came of it"),
    ],
)
async def test_each_draft_is_built_on_what_the_book_knows(
    demo: Made, name: str, kind: FollowUpKind, words: str
) -> None:
    async with driven(demo) as at:
        await open_draft(at, name, kind)
        text = at.one(NotesEditor, "text").text
        assert text.startswith(f"Dear {name.split()[0]},")
        assert words in " ".join(text.split())
        assert f"to {at.contact(name).email} · due " in at.text


async def test_letters_are_keys_outside_the_text_and_text_inside_it(demo: Made) -> None:
    async with driven(demo) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        draft = at.one(NotesEditor, "text").text
        await at.press("enter")
        await at.type("seYRqu?: ")
        assert at.one(NotesEditor, "text").text == f"seYRqu?: {draft}"
        await at.press("escape")
        assert at.focused == ""
        assert written(at, owed)[1].startswith("seYRqu?: Dear")
        await at.press("Y")
        assert at.copied == [f"Thank you for Friday\n\nseYRqu?: {draft}"]


async def test_tab_goes_to_the_subject_and_enter_from_it_into_the_text(demo: Made) -> None:
    async with driven(demo) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("enter", "tab")
        subject = at.one(Line, "subject")
        assert at.focused == "subject"
        subject.value = "Thank you"
        await at.press("enter")
        assert at.focused == "text"
        await at.press("escape", "q")
        assert at.shows(QueueScreen)
        assert written(at, owed)[0] == "Thank you"


async def test_closing_keeps_the_draft_and_shift_r_drafts_anew(demo: Made) -> None:
    async with driven(demo) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("e")
        await at.type("By the way. ")
        await at.press("escape", "escape", "enter")
        text = at.one(NotesEditor, "text")
        assert text.text.startswith("By the way. Dear Priya,")
        await at.press("R")
        assert text.text.startswith("Dear Priya,")
        await at.press("q")
        assert written(at, owed) == ("", "")


async def test_a_draft_only_looked_at_changes_nothing(demo: Made) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("enter", "escape", "q")
        assert demo.saved == []


async def test_sent_marks_it_done_and_keeps_the_words_with_the_person(demo: Made) -> None:
    async with driven(demo) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("s")
        assert at.last_said == "Sent, and kept with the person. u takes it back"
        assert at.shows(QueueScreen)
        kept = at.book.get(FollowUp, owed.id)
        assert kept is not None
        assert kept.done_at == at.clock.now()
        assert "spreadsheets" in kept.body
        await at.press("u")
        undone = at.book.get(FollowUp, owed.id)
        assert undone is not None
        assert undone.done_at is None


async def test_a_gap_keeps_a_message_from_being_sent(known: Made) -> None:
    mei = next(iter(known.book.open_follow_ups())).contact_id
    known.desk.following_up.add(mei, FollowUpKind.CHECK_IN, known.clock.now(), False, "")
    async with driven(known) as at:
        owed = await open_draft(at, "Mei Tanaka", FollowUpKind.CHECK_IN)
        assert "‹the reason you write›" in at.text
        assert "Fill in ‹" in at.text
        await at.press("s")
        assert at.last_said == NOT_YET
        text = at.one(NotesEditor, "text")
        text.load_text(text.text.replace("‹the reason you write›", "I took your advice"))
        await at.settle()
        assert "a gap in ‹ ›" not in at.text
        await at.press("s")
        assert at.shows(QueueScreen)
        assert "Here's why I'm writing: I took your advice." in written(at, owed)[1]


async def test_an_emptied_message_is_not_sent(demo: Made) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        at.one(NotesEditor, "text").load_text("")
        await at.settle()
        await at.press("s")
        assert at.last_said == "there is nothing in it yet"
        assert at.shows(MessageDialog)


async def test_how_to_reach_them_is_said_even_if_nothing_is_known(known: Made) -> None:
    mei = next(iter(known.book.open_follow_ups())).contact_id
    known.desk.address_book.edit(mei, {"email": "", "phone": ""})
    known.desk.following_up.add(mei, FollowUpKind.CONFIRM, known.clock.now(), False, "")
    async with driven(known) as at:
        await open_draft(at, "Mei Tanaka", FollowUpKind.CONFIRM)
        assert "to no email or phone yet · due today" in at.text
