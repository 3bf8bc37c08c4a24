"""Recording captures in passing: a key, a few words, and back to where the cursor was."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Capture, Contact, FollowUp, Interview
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Permission
from warmcall.screens.forms import FormDialog
from warmcall.screens.interview.captures import CapturesDialog
from warmcall.widgets.form import Choice
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import adding, contact, only, when
from tests.screens.driving import Driver, driven

SECOND = "ordinary-day"


def captures(at: Driver) -> tuple[Capture, ...]:
    return only(at.store.all(Interview)).captured


async def referral(at: Driver, name: str) -> None:
    await at.press("r")
    await at.type(name)
    await at.press("ctrl+s")


async def test_a_referral_is_recorded_by_name_reason_and_may_i_use_your_name(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "j", "r")
        assert "Named by Mei Tanaka" in at.text
        await at.type("Ana Ruiz")
        await at.press("enter")
        await at.type("runs the desk")
        await at.press("enter", "a")
        assert at.one(Choice, "field-may_use_name").value == "ask_later"
        await at.press("enter")
        assert not at.shows(FormDialog)
        assert at.last_said == "Noted: Ana Ruiz. u undoes it"
        (capture,) = captures(at)
        assert (capture.kind, capture.what, capture.why) == (
            CaptureKind.REFERRAL,
            "Ana Ruiz",
            "runs the desk",
        )
        assert capture.may_use_name is Permission.ASK_LATER
        assert at.focused == "during-list"
        assert only(at.store.all(Interview)).current == SECOND
        assert [contact.name for contact in at.store.all(Contact)] == ["Mei Tanaka"]


@pytest.mark.parametrize(("keys", "same_as"), [(["enter"], "dana"), (["j", "enter"], "new")])
async def test_a_name_that_is_in_people_is_asked_about_and_escape_leads_back(
    running: Bench, keys: list[str], same_as: str
) -> None:
    running.store.apply(adding(contact(id="dana", name="Dana Whitfield", title="Professor")))
    async with driven(running) as at:
        await at.press("enter", "r")
        await at.type("dana whitfield")
        await at.press("ctrl+s")
        assert "Dana Whitfield · Professor · new" in at.text
        assert "somebody else called dana whitfield" in at.text
        await at.press("escape")
        assert at.one(Line, "field-what").value == "dana whitfield"
        await at.press("ctrl+s", *keys)
        assert only(captures(at)).fields["same_as"] == same_as


async def test_each_answer_to_may_i_use_your_name_is_one_letter(running: Bench) -> None:
    letters = {
        "y": Permission.YES, "n": Permission.NO, "a": Permission.ASK_LATER, "–": Permission.NOT_ASKED,
    }  # fmt: skip
    async with driven(running) as at:
        await at.press("enter")
        for letter, permission in letters.items():
            await at.press("r")
            await at.type("Ana Ruiz")
            await at.press("tab", "tab", letter, "enter")
            assert only(captures(at)).may_use_name is permission
            await at.press("u")
            assert list(captures(at)) == []


async def test_a_promise_of_theirs_is_recorded_with_its_day_in_words(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "p", "ctrl+s")
        assert "say what was promised" in at.text
        await at.type("send me the list")
        await at.press("tab", "right", "tab")
        await at.type("no day at all")
        await at.press("ctrl+s")
        assert at.shows(FormDialog)
        at.one(Line, "field-when").value = "fri"
        await at.press("enter")
        capture = only(captures(at))
        assert (capture.what, capture.theirs, capture.due) == (
            "the list",
            True,
            when("2026-11-27"),
        )
        assert "C  captured: the list (theirs) by Fri 27 Nov · u undoes" in at.text


async def test_the_resume_looked_at_and_kept_on_file_need_a_key_and_enter(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "v")
        assert "Only if they offered to look." in at.text
        await at.type("one page")
        await at.press("enter", "o", "enter")
        assert [(capture.kind, capture.what) for capture in captures(at)] == [
            (CaptureKind.RESUME, "one page"), (CaptureKind.ON_FILE, ""),
        ]  # fmt: skip
        assert "captured: on file, resume: one page" in at.text


async def test_a_form_that_is_left_records_nothing_and_the_line_shows_only_with_a_capture(
    running: Bench,
) -> None:
    async with driven(running) as at:
        await at.press("enter")
        for key in "rpvo":
            await at.press(key, "escape")
        assert captures(at) == ()
        assert "captured" not in at.text
        await referral(at, "Ana Ruiz")
        assert "C  captured: Ana Ruiz · u undoes" in at.text
        await at.press("u")
        assert captures(at) == ()
        assert "captured" not in at.text


async def test_in_the_notes_the_letters_are_text_and_what_is_captured_stays_in_sight(running: Bench) -> None:
    async with driven(running, size=(60, 20)) as at:
        await at.press("enter")
        await referral(at, "Ana Ruiz")
        await at.press("enter")
        await at.type("rpvoC")
        assert "captured: Ana Ruiz" in at.text
        await at.press("escape")
        assert only(at.store.all(Interview)).notes == {"came-to-it": "rpvoC"}
        assert len(captures(at)) == 1


async def test_captures_are_listed_changed_and_removed(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "C")
        assert at.last_said == "Nothing is captured yet: r referral, p promise, A advice, v resume, o on file"
        await referral(at, "Ana Ruis")
        await at.press("p")
        await at.type("the survey")
        await at.press("enter", "enter")
        await at.type("fri 3pm")
        await at.press("enter", "C")
        assert at.shows(CapturesDialog)
        await at.press("enter", "backspace")
        await at.type("z")
        await at.press("tab", "tab", "y", "tab", "h", "tab")
        await at.type("Halyard")
        await at.press("ctrl+s")
        assert "▸referral  Ana Ruiz · may use the name: yes · Halyard" in at.text
        await at.press("j", "e")
        assert at.one(Line, "field-when").value == "27 nov 2026 15:00"
        await at.press("tab", "right", "ctrl+s")
        ana, promise = captures(at)
        assert (ana.what, ana.fields["kind"], ana.may_use_name) == (
            "Ana Ruiz", "hiring_manager", Permission.YES,
        )  # fmt: skip
        assert (promise.theirs, promise.due) == (True, when("2026-11-27 15:00"))
        await at.press("d")
        assert captures(at) == (ana,)
        await at.press("d")
        assert not at.shows(CapturesDialog)
        assert at.focused == "during-list"
        await at.press("u", "u")
        assert captures(at) == (ana, promise)


async def test_a_day_that_was_said_is_kept_when_the_rest_of_a_promise_is_changed(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "p")
        await at.type("the survey")
        await at.press("enter", "enter")
        await at.type("10 jan 2027")
        await at.press("enter", "C", "enter", "backspace", "ctrl+s")
        capture = only(captures(at))
        assert (capture.what, capture.due) == ("the surve", when("2027-01-10"))


async def test_the_end_makes_people_and_follow_ups_of_them_and_undo_reverts_it_all(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter")
        await referral(at, "Ana Ruiz")
        await at.press("v")
        await at.type("one page")
        await at.press("enter", "o", "enter", "x")
        assert at.contact("Ana Ruiz").referrer_id == at.contact("Mei Tanaka").id
        assert at.owed("Ana Ruiz", FollowUpKind.CALL).due == when("2026-11-25")
        assert at.owed("Mei Tanaka", FollowUpKind.OTHER).note == "what they advised for my resume: one page"
        for words in ("They named", "Ana Ruiz", "Looked at the resume", "one page", "Keeps you on file"):
            assert words in at.text
        await at.press("2", "j", "enter")
        assert "Keeps you on file" in at.text
        await at.press("q", "4", "u")
        assert "captured: on file, resume: one page, Ana Ruiz" in at.text
        assert at.store.count(Contact) == 1
        assert at.top.endswith(" 20:00 left")


async def test_after_the_end_a_capture_is_a_record_at_once(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "x")
        await referral(at, "Ana Ruiz")
        assert at.last_said == "In People, and to be called: Ana Ruiz. u undoes it"
        assert at.contact("Ana Ruiz").referrer_id
        await at.press("p")
        await at.type("the survey")
        await at.press("ctrl+s")
        assert "the survey (mine, open)" in at.text
        assert at.focused == "after-page"
        await at.press("u", "u")
        assert at.store.count(Contact) == 1
        assert FollowUpKind.PROMISE not in {follow_up.kind for follow_up in at.store.all(FollowUp)}


REFERRED = {
    "Ana": ("yes", "named by Mei Tanaka", "Mei Tanaka suggested I talk to you"),
    "Ben": ("no", "leave the name of Mei out: they said no", "Someone in the field suggested I talk to you"),
    "Cai": (
        "ask_later",
        "ask Mei first: may I use your name?",
        "Someone in the field suggested I talk to you",
    ),
}


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_call_of_a_referral_says_whether_the_name_may_be_used(
    known: Bench, size: tuple[int, int]
) -> None:
    mei = only(known.store.all(Contact))
    for name, (permission, _, _) in REFERRED.items():
        fields = {"name": f"{name} Ruiz", "referrer_id": mei.id, "may_use_name": permission}
        known.services.address_book.add(fields)
    async with driven(known, size=size) as at:
        for name, (permission, header, opening) in REFERRED.items():
            await at.press("1")
            at.one(Rows, "queue").go(at.owed(f"{name} Ruiz", FollowUpKind.CALL).id)
            await at.press("enter")
            assert f"Hello {name}" in at.text
            assert header in at.text
            assert f"{opening}." in at.flat
            await at.press("tab", "tab")
            assert opening in at.flat
            assert ("Mei Tanaka suggested" in at.text) is (permission == "yes")


async def test_the_contact_form_has_the_permission_beside_the_referrer(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    known.services.address_book.add({"name": "Ana Ruiz", "referrer_id": mei.id, "may_use_name": "ask_later"})
    async with driven(known) as at:
        await at.press("2", "enter", "e")
        lines = [line.split("‹")[0].strip("│ ") for line in at.lines if "‹" in line]
        assert lines[-2:] == ["Use their name", "News of them"]
        for _ in range(9):
            await at.press("tab")
        assert at.focused == "field-may_use_name"
        await at.press("y", "ctrl+s")
        assert at.contact("Ana Ruiz").may_use_name is Permission.YES
        assert "named by Mei Tanaka · may be named" in at.text


async def test_from_inside_the_notes_one_chord_each_stars_and_captures(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "enter")
        assert all(hint in at.footer for hint in ("^t Star", "^r Referral", "^o Promise"))
        await at.type("Ask Kei. ")
        await at.press("ctrl+t", "ctrl+r")
        await at.type("Kei Arai")
        await at.press("ctrl+s", "ctrl+o")
        await at.type("the article")
        await at.press("ctrl+s")
        await at.type("Go on.")
        (meeting,) = at.store.going()
        assert [capture.what for capture in meeting.captured] == ["Kei Arai", "the article"]
        assert meeting.checklist[0].starred
        assert at.one(NotesEditor, "during-editor").text.endswith("Ask Kei. Go on.")
