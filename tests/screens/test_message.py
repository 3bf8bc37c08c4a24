from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.formats.mail import mailto
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.queue.screen import QueueScreen
from warmcall.widgets.keys import active_keys
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import when
from tests.screens.driving import Driver, driven, fill_with_demo

GAP = "‹the reason you write›"
NOT_YET = f"Say {GAP} in your own words first: g goes to it"


async def open_draft(at: Driver, name: str, kind: FollowUpKind) -> FollowUp:
    """Open what is to be written to somebody."""
    owed = at.owed(name, kind)
    at.one(Rows, "queue").go(owed.id)
    await at.press("enter")
    assert at.shows(MessageDialog)
    return owed


def written(at: Driver, owed: FollowUp) -> tuple[str, str]:
    """Return what the store holds of the message."""
    kept = at.store.get(FollowUp, owed.id)
    assert kept is not None
    return kept.subject, kept.body


async def say_it_in_own_words(at: Driver) -> None:
    """Write something of the user's own where the draft has a gap."""
    text = at.one(NotesEditor, "text")
    text.load_text(re.sub("‹[^‹›]*›", "that half of it is spreadsheets", text.text))
    await at.settle()


DRAFTS = [
    ("Priya Raman", FollowUpKind.THANK_YOU, "half of it is reading other people's spreadsheets"),
    ("Priya Raman", FollowUpKind.PROMISE, "the survey of student readers."),
    ("Owen Achterberg", FollowUpKind.CONFIRM, "Thursday 26 November at 10:30"),
    ("Isaac Brandt", FollowUpKind.TELL_REFERRER, "Thank you for pointing me to Priya Raman."),
    ("Helen Marsh", FollowUpKind.CHECK_IN, "I've put my figures from the paper on one sheet"),
]


async def test_each_draft_is_built_from_the_records(demo: Bench) -> None:
    async with driven(demo) as at:
        for name, kind, words in DRAFTS:
            await open_draft(at, name, kind)
            text = at.one(NotesEditor, "text").text
            assert text.startswith(f"Dear {name.split()[0]},")
            assert words in " ".join(text.split())
            assert f"to {at.contact(name).email} · due " in at.text
            await at.press("escape")


async def test_letters_are_keys_outside_the_text_and_text_inside_it(demo: Bench) -> None:
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
        assert at.copied == [f"Thank you, Priya\n\nseYRqu?: {draft}"]


async def test_tab_goes_to_the_subject_and_enter_from_it_into_the_text(demo: Bench) -> None:
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


async def test_closing_keeps_the_draft_and_shift_r_drafts_anew(demo: Bench) -> None:
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


async def test_opening_a_draft_changes_nothing(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("enter", "escape", "q")
        assert demo.saved == []


async def test_sent_marks_it_done_and_keeps_the_words_with_the_person(demo: Bench) -> None:
    async with driven(demo) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await say_it_in_own_words(at)
        await at.press("s")
        assert at.last_said == "Marked as sent, and kept with the person. u undoes it"
        assert at.shows(QueueScreen)
        kept = at.store.get(FollowUp, owed.id)
        assert kept is not None
        assert kept.done_at == at.clock.now()
        assert "spreadsheets" in kept.body
        await at.press("u")
        undone = at.store.get(FollowUp, owed.id)
        assert undone is not None
        assert undone.done_at is None


async def owed_to_mei(known: Bench, kind: FollowUpKind, note: str = "") -> None:
    """Put something to be written to Mei into the queue."""
    mei = next(iter(known.store.open_follow_ups())).contact_id
    known.services.following_up.add(mei, kind, when("2026-11-23"), note)


async def test_a_gap_is_reported_with_the_key_the_user_has_for_the_text(known: Bench) -> None:
    await owed_to_mei(known, FollowUpKind.PROMISE)
    async with driven(known, keymap={"message.gap": ("f6",)}) as at:
        await open_draft(at, "Mei Tanaka", FollowUpKind.PROMISE)
        await at.press("s")
        assert at.last_said == NOT_YET.replace("first: g", "first: F6")


async def test_a_message_with_a_gap_is_not_sent_nor_mailed_and_copied_with_a_warning(
    known: Bench,
) -> None:
    await owed_to_mei(known, FollowUpKind.PROMISE)
    async with driven(known) as at:
        owed = await open_draft(at, "Mei Tanaka", FollowUpKind.PROMISE)
        assert GAP in at.text
        assert "Fill in ‹" in at.text
        await at.press("s")
        assert at.last_said == NOT_YET
        assert at.shows(MessageDialog)
        for key in ("s", "m", "L"):
            await at.press(key)
            assert at.last_said == NOT_YET
        await at.press("Y")
        assert NOT_YET in " ".join(at.said)
        assert GAP in at.copied[0]
        await at.press("q")
        assert (at.store.get(FollowUp, owed.id) or owed).done_at is None


async def test_a_check_in_without_a_reason_asks_for_one_and_is_drafted_with_it(known: Bench) -> None:
    await owed_to_mei(known, FollowUpKind.CHECK_IN)
    async with driven(known) as at:
        owed = await open_draft(at, "Mei Tanaka", FollowUpKind.CHECK_IN)
        assert "Give a reason to write" in at.text
        await at.press("1")
        assert at.last_said == "No reason is on record yet: w lets you type one"
        for _ in range(2):
            await at.press("s")
            assert at.last_said == "Why do you write? Type a reason"
        await at.press("m")
        assert at.last_said == "Why do you write? Type a reason"
        await at.press("w")
        assert at.focused == "why"
        await at.type("I took your advice on 3 books")
        await at.press("enter")
        assert at.focused == ""
        assert "I took your advice on 3 books. You helped me on the way" in at.flat
        assert "Give a reason to write" not in at.text
        await at.press("s")
        kept = at.store.get(FollowUp, owed.id)
        assert kept is not None
        assert (kept.note, kept.done_at) == ("I took your advice on 3 books", at.clock.now())


async def test_a_reason_typed_is_kept_when_the_line_drops_and_when_esc_leaves_it(known: Bench) -> None:
    await owed_to_mei(known, FollowUpKind.CHECK_IN)
    async with driven(known) as at:
        owed = await open_draft(at, "Mei Tanaka", FollowUpKind.CHECK_IN)
        await at.press("w")
        await at.type("I read")
        await at.cut_off()
        assert (at.store.get(FollowUp, owed.id) or owed).note == "I read"
        await at.type(" it all")
        await at.press("escape")
        assert (at.store.get(FollowUp, owed.id) or owed).note == "I read it all"
        assert "I read it all. You helped me on the way" in at.flat


async def test_a_check_in_never_asks_for_a_job(known: Bench) -> None:
    await owed_to_mei(known, FollowUpKind.CHECK_IN)
    async with driven(known) as at:
        await open_draft(at, "Mei Tanaka", FollowUpKind.CHECK_IN)
        await at.press("w")
        await at.type("do you have any openings?")
        await at.press("enter")
        assert "Give another reason to write" in at.text
        await at.press("s", "s")
        assert at.last_said == "Give another reason to write: this one asks for a job"
        assert at.shows(MessageDialog)


async def check_in_to_priya(demo: Bench) -> None:
    """Put a check-in to Priya, who was met and said two things worth a star, into the queue."""
    priya = next(contact for contact in demo.store.all(Contact) if contact.name == "Priya Raman")
    demo.services.following_up.add(priya.id, FollowUpKind.CHECK_IN, when("2026-11-23"), "")


async def test_reasons_are_proposed_and_a_number_sets_one(demo: Bench) -> None:
    await check_in_to_priya(demo)
    async with driven(demo, size=(100, 40)) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.CHECK_IN)
        proposed = at.services.drafting.reasons.proposed(owed)
        assert 1 < len(proposed) < 4
        shown = [
            f"{number}  {reason.words} · {reason.source}" for number, reason in enumerate(proposed, start=1)
        ]
        assert str(at.one(Panel, "reasons").content) == "\n".join(shown)
        assert "starred, Friday 20 November" in at.text
        saved = len(demo.saved)
        await at.press("2")
        assert len(demo.saved) == saved + 1
        kept = at.store.get(FollowUp, owed.id)
        assert kept is not None
        assert kept.note == proposed[1].words
        assert f"2✓ {proposed[1].words[:40]}" in at.text
        text = at.one(NotesEditor, "text").text
        assert f"Dear Priya,\n\n{proposed[1].words}." in text
        assert GAP not in text
        await at.press(*([] if len(proposed) == 3 else ["3"]))
        if len(proposed) < 3:
            assert at.last_said == "There is no reason 3: w, and type why you write"
        await at.press("q", "u")
        assert (at.store.get(FollowUp, owed.id) or kept).note == ""


async def test_a_reason_goes_into_the_gap_of_what_was_written_already(demo: Bench) -> None:
    await check_in_to_priya(demo)
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.CHECK_IN)
        await at.press("enter")
        await at.type("By the way. ")
        await at.press("escape", "1")
        text = at.one(NotesEditor, "text").text
        assert text.startswith("By the way. Dear Priya,")
        assert GAP not in text


async def test_a_text_without_a_place_for_the_reason_is_dropped_at_the_second_press_only(
    demo: Bench,
) -> None:
    await check_in_to_priya(demo)
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.CHECK_IN)
        text = at.one(NotesEditor, "text")
        text.load_text("Dear Priya, all my own words.")
        await at.settle()
        await at.press("1")
        assert at.last_said == "That replaces what you wrote: press 1 again to do it"
        assert text.text == "Dear Priya, all my own words."
        await at.press("1")
        assert text.text.startswith("Dear Priya,\n\nOur talk changed what I aim at, ‹say it to them: ")


async def test_numbers_and_w_are_keys_of_a_check_in_alone(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        assert {"1", "w"} & {
            key for other_key in active_keys(at.app.screen) for key in other_key.keys
        } == set()


async def test_the_mail_link_is_shown_whole_and_copied(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await say_it_in_own_words(at)
        await at.press("L")
        assert "which every program accepts" in at.text
        await at.press("Y", "q")
        assert at.shows(MessageDialog)
        (address,) = at.copied
        editor = at.one(MessageEditor, "editor")
        assert address == mailto("priya.raman@example.com", editor.subject, editor.text)
        at.one(NotesEditor, "text").load_text("A line.\n" * 300)
        await at.settle()
        await at.press("L")
        assert "some programs cut a link after 2,000" in at.text


async def test_the_mail_link_needs_an_email(known: Bench) -> None:
    await owed_to_mei(known, FollowUpKind.CONFIRM)
    mei = next(iter(known.store.all(Contact)))
    known.services.address_book.edit(mei.id, {"email": ""})
    async with driven(known) as at:
        await open_draft(at, "Mei Tanaka", FollowUpKind.CONFIRM)
        await at.press("L")
        assert at.last_said.startswith("There is no email for them yet")
        assert at.shows(MessageDialog)


@pytest.fixture
def own_thanks(tmp_path: Path) -> Bench:
    """the services over the sample data whose user wrote two thank-yous, a long one and a short message."""
    folder = tmp_path / "own" / "messages"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(
        "id: zz-mine\ntitle: Mine\nfor: thank_you\nsubject: My own thanks\nbody: Dear {contact.name}, mine."
    )
    (folder / "b.yaml").write_text(
        "id: brief\ntitle: Brief\nfor: thank_you\nchannel: message\nbody: Thanks {contact.first_name}!"
    )
    bench = Bench(Library(content(), tmp_path / "own"))
    fill_with_demo(bench)
    return bench


async def test_shift_t_drafts_from_the_next_template_the_users_own_first(own_thanks: Bench) -> None:
    async with driven(own_thanks) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        editor, subject = at.one(MessageEditor, "editor"), at.one(Line, "subject")
        assert (editor.subject, editor.text) == ("My own thanks", "Dear Priya Raman, mine.")
        await at.press("T")
        assert at.last_said == "Drafted from “Brief”"
        assert (editor.text, subject.display) == ("Thanks Priya!", False)
        await at.press("T")
        assert editor.text.startswith("Dear Priya,\n\nThank you for talking")
        assert (editor.subject, subject.display) == ("Thank you, Priya", True)
        await at.press("T")
        assert editor.text.startswith("Hello Priya, it's Robin Vale. Thank you for talking")
        await at.press("enter")
        await at.type("By the way. ")
        await at.press("escape", "T")
        assert at.last_said == "That replaces what you wrote: press T again to do it"
        assert editor.text.startswith("By the way. ")
        await at.press("T")
        assert editor.text == "Dear Priya Raman, mine."
        await at.press("s")
        assert at.shows(QueueScreen)


async def test_g_goes_to_the_gap_and_what_is_typed_takes_its_place(demo: Bench) -> None:
    async with driven(demo) as at:
        owed = await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("g")
        await at.type("that half of it is spreadsheets")
        await at.press("escape")
        assert "You told me that half of it is spreadsheets, and" in written(at, owed)[1]
        assert "gap" not in {key.action for key in active_keys(at.app.screen)}
        await at.press("s")
        assert at.shows(QueueScreen)


async def test_with_one_template_there_is_no_next_one(demo: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(cast("dict[str, object]", demo.services.library.messages), "late-email")
    async with driven(demo) as at:
        mei = at.contact("Mei Tanaka")
        letter = at.services.library.messages["late"]
        owed = at.services.following_up.add_letter(mei.id, letter)
        at.app.push_screen(MessageDialog(at.services, owed.id))
        await at.settle()
        await at.press("T")
        assert at.last_said.startswith("There is only one template for this")


async def test_what_was_sent_shows_in_the_persons_history(known: Bench) -> None:
    for kind in PURPOSE_OF:
        await owed_to_mei(known, kind, "the thing")
    async with driven(known, size=(100, 50)) as at:
        for kind in PURPOSE_OF:
            await open_draft(at, "Mei Tanaka", kind)
            at.one(Line, "subject").value = "My own subject"
            at.one(NotesEditor, "text").load_text("Dear Mei, these are my very own words.")
            await at.settle()
            await at.press("s", "2", "enter")
            assert "My own subject" in at.text, kind
            assert "Dear Mei, these are my very own words." in at.text, kind
            await at.press("escape", "1", "u", "2", "enter")
            assert "my very own words" not in at.text, kind
            await at.press("escape", "1")


async def test_an_emptied_message_is_not_sent(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        at.one(NotesEditor, "text").load_text("")
        await at.settle()
        await at.press("s")
        assert at.last_said == "there is nothing in it yet"
        assert at.shows(MessageDialog)


async def test_a_missing_address_is_shown_as_missing(known: Bench) -> None:
    mei = next(iter(known.store.open_follow_ups())).contact_id
    known.services.address_book.edit(mei, {"email": "", "phone": ""})
    known.services.following_up.add(mei, FollowUpKind.CONFIRM, when("2026-11-23"), "")
    async with driven(known) as at:
        await open_draft(at, "Mei Tanaka", FollowUpKind.CONFIRM)
        assert "as a message, or by phone: no number yet · due today" in at.text
