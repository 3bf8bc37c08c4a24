"""The editor and the mail program, used from a message as every screen uses them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from unittest.mock import patch

import msgspec
import pytest
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.message.dialog import MessageDialog
from warmcall.terminal import subprocesses
from warmcall.terminal.subprocesses import ProgramFailed
from warmcall.widgets.keys import active_keys
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import adding
from tests.screens.driving import Driver, driven
from tests.screens.test_message import open_draft, say_it_in_own_words, written

NO_EDITOR = "There is neither nano nor vi here: set EDITOR or VISUAL to your editor"


class FakePrograms:
    """Programs that answer at once with `answer`, or fail with it, and record what they were given."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.drafts: list[tuple[str, bytes]] = []
        self.mails: list[tuple[str, dict[str, str]]] = []
        self.answer: str | Exception = ""

    def write_draft(self, name: str, content: bytes) -> str:
        if isinstance(self.answer, Exception):
            raise self.answer
        self.drafts.append((name, content))
        return "/home/me/drafts/one.eml"

    def edit(self, _app: object, text: str, _environ: Mapping[str, str]) -> str:
        self.given.append(text)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def run_mail_program(
        self, _app: object, command: str, values: Mapping[str, str], _environ: Mapping[str, str]
    ) -> str:
        self.mails.append((command, dict(values)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return "Handed to mail1"


@asynccontextmanager
async def writing(bench: Bench, mail: str = "") -> AsyncIterator[tuple[Driver, FakePrograms]]:
    """Open the thank-you to Priya, other programs being faked, `mail` being the mail command."""
    bench.services.config = msgspec.structs.replace(bench.services.config, mail=mail)
    programs = FakePrograms()
    async with driven(bench, environ={"EDITOR": "ed1"}) as at:
        with (
            patch.object(at.app.external, "write_draft", programs.write_draft),
            patch.object(subprocesses, "edit", programs.edit),
            patch.object(subprocesses, "run_mail_program", programs.run_mail_program),
        ):
            await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
            await say_it_in_own_words(at)
            yield at, programs


async def test_the_text_is_written_in_the_editor_and_kept(demo: Bench) -> None:
    async with writing(demo) as (at, programs):
        before = at.one(NotesEditor, "text").text
        programs.answer = "Dear Priya,\n\nby hand.\x1b[31m"
        await at.press("V")
        assert programs.given == [before]
        assert at.one(NotesEditor, "text").text == "Dear Priya,\n\nby hand.␛[31m"
        assert "by hand." in at.text
        assert "4 words" in at.text
        owed = at.owed("Priya Raman", FollowUpKind.THANK_YOU)
        assert written(at, owed) == ("Thank you, Priya", "Dear Priya,\n\nby hand.␛[31m")
        assert at.focused == ""


async def test_what_was_typed_is_saved_before_the_editor_opens(demo: Bench) -> None:
    async with writing(demo) as (at, programs):
        owed = at.owed("Priya Raman", FollowUpKind.THANK_YOU)
        programs.answer = ProgramFailed("ed1 ended with 1: nothing was changed")
        at.one(NotesEditor, "text").load_text("typed")
        await at.press("V")
        assert programs.given == ["typed"]
        assert written(at, owed)[1] == "typed"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ProgramFailed("ed1 ended with 1: nothing was changed"), "ed1 ended with 1: nothing was changed"),
        ("the same", "Nothing was changed in the editor"),
    ],
)
async def test_an_editor_that_changes_nothing_says_so(
    demo: Bench, answer: str | Exception, said: str
) -> None:
    async with writing(demo) as (at, programs):
        at.one(NotesEditor, "text").load_text("the same")
        programs.answer = answer
        await at.press("V")
        assert at.last_said == said
        assert at.one(NotesEditor, "text").text == "the same"


async def test_without_an_editor_the_key_says_why(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        (key,) = (key for key in active_keys(at.app.screen) if key.action == "own_editor")
        assert key.disabled_reason == NO_EDITOR
        await at.press("V")
        assert at.last_said == NO_EDITOR


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        (("6", "V"), lambda at: at.services.profile_editing.fields()["research"]),
        (("2", "V"), lambda at: at.app.screen.person().notes),
        (("2", "enter", "V"), lambda at: at.app.screen.person().notes),
        (("6", "4", "s", "V"), lambda at: next(iter(at.store.going())).notes["came-to-it"]),
        (("6", "4", "s", "x", "V"), lambda at: last_ended(at).debrief.learned),
    ],
    ids=["research", "notes in People", "notes on the page", "notes of a question", "debrief"],
)
async def test_research_notes_and_debrief_are_written_in_the_editor_too(
    demo: Bench, keys: tuple[str, ...], kept: Callable[[Driver], str]
) -> None:
    programs = FakePrograms()
    programs.answer = "by hand\x1b[31m"
    async with driven(demo, environ={"EDITOR": "ed1"}) as at:
        with patch.object(subprocesses, "edit", programs.edit):
            await at.press(*keys)
        assert kept(at) == "by hand␛[31m"
        assert len(programs.given) == 1


def last_ended(at: Driver) -> Interview:
    """Return the interview that ended last."""
    ended = (interview for interview in at.store.all(Interview) if interview.ended_at is not None)
    return max(ended, key=lambda interview: interview.ended_at or interview.created_at)


async def test_a_terminal_that_cannot_be_handed_over_says_so(demo: Bench) -> None:
    async with driven(demo, environ={"EDITOR": "true", "PATH": "/usr/bin:/bin"}) as at:
        await open_draft(at, "Priya Raman", FollowUpKind.THANK_YOU)
        await at.press("V")
        assert at.last_said == "This terminal cannot be given to another program"


async def test_without_a_mail_program_a_draft_is_written(demo: Bench) -> None:
    demo.services.profile_editing.save(
        {"name": "Robin Vale", "email": "robin@example.org", "role": "Media Planner"}
    )
    async with writing(demo) as (at, programs):
        text = at.one(NotesEditor, "text").text
        await at.press("m")
        assert at.last_said == "Draft written to /home/me/drafts/one.eml"
        ((name, content),) = programs.drafts
        assert name == "2026-11-23 Priya Raman"
        message = message_from_bytes(content, policy=policy.default)
        assert dict(message.items()) | {"To": "", "Content-Transfer-Encoding": ""} == {
            "To": "",
            "From": "Robin Vale <robin@example.org>",
            "Subject": "Thank you, Priya",
            "Date": "Mon, 23 Nov 2026 15:00:00 +0000",
            "X-Unsent": "1",
            "Content-Type": 'text/plain; charset="utf-8"',
            "Content-Transfer-Encoding": "",
            "MIME-Version": "1.0",
        }
        assert message["To"] == f"Priya Raman <{at.contact('Priya Raman').email}>"
        assert message.get_content().replace("\r\n", "\n") == f"{text.rstrip()}\n"
        assert at.shows(MessageDialog)
        assert at.owed("Priya Raman", FollowUpKind.THANK_YOU).done_at is None


async def test_the_mail_program_gets_what_its_command_names(demo: Bench) -> None:
    async with writing(demo, "mail1 {mailto}") as (at, programs):
        at.one(NotesEditor, "text").load_text("Dear Priya")
        at.one(Line, "subject").value = "Thanks & more"
        await at.press("m")
        assert at.last_said == "Handed to mail1"
        email = at.contact("Priya Raman").email
        assert programs.mails == [
            (
                "mail1 {mailto}",
                {
                    "mailto": f"mailto:{email}?subject=Thanks%20%26%20more&body=Dear%20Priya",
                    "to": email,
                    "subject": "Thanks & more",
                    "body_file": "Dear Priya",
                },
            )
        ]
        assert programs.drafts == []


async def test_a_command_that_takes_a_file_gets_a_draft(demo: Bench) -> None:
    async with writing(demo, "mail1 {eml}") as (at, programs):
        await at.press("m")
        assert len(programs.drafts) == 1
        assert programs.mails[0][1]["eml"] == "/home/me/drafts/one.eml"


async def test_a_text_longer_than_a_mailto_address_is_sure_to_hold_brings_a_warning(demo: Bench) -> None:
    for command, said in (
        ("mail1 {mailto}", "Handed to mail1. It is long: check that all of it arrived"),
        ("mail1 {to} {body_file}", "Handed to mail1"),
    ):
        async with writing(demo, command) as (at, _):
            at.one(NotesEditor, "text").load_text("word " * 500)
            await at.press("m")
            assert at.last_said == said


@pytest.mark.parametrize(
    ("mail", "answer", "said"),
    [
        ("", OSError(28, "No space left on device"), "Draft not written: no space left on device"),
        ("mail1 {to}", ProgramFailed("mail1 ended with 1: check whether it accepted the mail"), None),
    ],
)
async def test_a_mail_that_is_not_handed_over_says_why(
    demo: Bench, mail: str, answer: Exception, said: str | None
) -> None:
    async with writing(demo, mail) as (at, programs):
        programs.answer = answer
        await at.press("m")
        assert at.last_said == (said or str(answer))
        assert at.shows(MessageDialog)


async def test_a_gap_keeps_a_message_from_being_mailed_and_not_from_the_editor(demo: Bench) -> None:
    async with writing(demo) as (at, programs):
        at.one(NotesEditor, "text").load_text("Dear ‹their name›")
        programs.answer = "Dear Priya"
        await at.press("m")
        assert at.last_said == "Say ‹their name› in your own words first: g goes to it"
        assert programs.drafts == []
        await at.press("V", "m")
        assert len(programs.drafts) == 1


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("", "There is no email for them yet: e on their page in People adds one"),
        ("-x@example.com", "“-x@example.com” is not an address to mail to: an email that begins with “-”"),
    ],
)
async def test_without_an_address_to_mail_to_the_key_says_why(demo: Bench, email: str, why: str) -> None:
    (priya,) = (contact for contact in demo.store.all(Contact) if contact.name == "Priya Raman")
    demo.services.address_book.edit(priya.id, {"email": email})
    async with writing(demo) as (at, programs):
        await at.press("m")
        assert at.last_said.startswith(why)
        assert programs.drafts == []


async def test_the_keys_are_letters_in_the_text(demo: Bench) -> None:
    async with writing(demo) as (at, programs):
        await at.press("enter", "V", "m")
        assert at.one(NotesEditor, "text").text.startswith("VmDear")
        assert (programs.given, programs.drafts) == ([], [])


async def test_a_wrong_sender_is_left_out_of_the_draft(demo: Bench) -> None:
    profile = demo.store.profile
    assert profile is not None
    demo.store.apply(adding(msgspec.structs.replace(profile, email="robin")))
    async with writing(demo) as (at, programs):
        await at.press("m")
        assert b"From:" not in programs.drafts[0][1]
