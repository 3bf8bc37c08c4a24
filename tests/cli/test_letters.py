"""Printing, handing over and marking sent the letters that are owed."""

from __future__ import annotations

import email
import os
import sys
from email.policy import default
from pathlib import Path

import pexpect
import pytest
from warmcall.domain.records import Profile, Target
from warmcall.domain.vocabulary import FollowUpKind

from tests.cli.conftest import Shell, save, tables, write_user_file
from tests.cli.json_output import items_of
from tests.examples import STAMP, contact, follow_up, interview, local, question

LETTER = "Dear Mei,\n\nThank you for today. The numbers were news to me.\n\nRobin"


@pytest.fixture
def owed(shell: Shell) -> Shell:
    """A shell to whose user a thank-you, a check-in, a promise and two asks are owed."""
    held = interview(
        "2026-11-20 14:00", id="abcd1234", contact_id="bbbb2222", ended_at=local("2026-11-20 14:20"),
        checklist=(question("q1", ask="What surprised you?", starred=True),), notes={"q1": "The numbers"},
    )  # fmt: skip
    save(
        shell.file,
        Profile(**STAMP, id="profile", name="Robin Vale", email="robin@example.org", target_id="job",
                background="a graduate in history"),
        Target(**STAMP, id="job", role="Media Planner"),
        contact(id="aaaa1111", name="Luis Ortega", phone="+1 312 555 0142"),
        contact(id="bbbb2222", name="Mei Tanaka", email="mei@example.com"),
        contact(id="cccc3333", name="Ana Ruiz", email="ana@example.org"),
        contact(id="dddd4444", name="Bo Diaz", email="bo@example.org"),
        held,
        follow_up(FollowUpKind.THANK_YOU, "2026-11-21", id="1111aaaa", contact_id="bbbb2222",
                  interview_id="abcd1234"),
        follow_up(FollowUpKind.CALL, "2026-11-23", id="2222bbbb", contact_id="aaaa1111"),
        follow_up(FollowUpKind.CALL, "2026-11-23", id="3333cccc", contact_id="cccc3333"),
        follow_up(FollowUpKind.CHECK_IN, "2026-11-23", id="4444dddd", contact_id="dddd4444"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-30", id="5555eeee", contact_id="aaaa1111"),
    )  # fmt: skip
    return shell


def test_a_letter_is_printed_with_its_gaps_and_what_could_be_better(owed: Shell) -> None:
    result = owed("draft", "mei")
    assert result.exit_code == 0
    head, _, body = result.stdout.partition("\n\n")
    assert head == "To: Mei Tanaka <mei@example.com>\nSubject: Thank you, Mei"
    assert body.startswith("Dear Mei,\n\nThank you for")
    assert "‹say it to them: “The numbers”›" in body
    assert result.stderr.startswith("warmcall: not ready to be sent: say ‹say it to them: “The numbers”›")
    [letter] = items_of(owed("draft", "mei", "--json"), "draft")
    assert (letter["address"], letter["text"].strip()) == ("mei@example.com", body.strip())
    assert letter["gaps"] == ["‹say it to them: “The numbers”›"]
    assert letter["remarks"][0].startswith("not ready to be sent: ")


def test_other_words_are_kept_and_then_sent_and_what_follows_is_said(owed: Shell) -> None:
    kept = owed.ok("draft", "1111", "--subject", "Thank you", "--body", "-", stdin=LETTER)
    assert kept == f"To: Mei Tanaka <mei@example.com>\nSubject: Thank you\n\n{LETTER}\n"
    assert owed.ok("draft", "Mei", "Tanaka") == kept
    said = owed.ok("sent", "mei")
    assert said.startswith("Sent: thank Mei Tanaka (id 1111)\nnext: ")
    assert "· write to Mei Tanaka · 30 days after you met" in said
    [sent] = [row for row in tables(owed.file)["follow_ups"].values() if row["id"] == "1111aaaa"]
    assert (sent["subject"], sent["body"]) == ("Thank you", LETTER)
    assert owed.ok("undo").startswith("Undone: thank you sent: Mei Tanaka")


def test_an_ask_in_writing_counts_as_an_attempt(owed: Shell) -> None:
    assert owed.ok("draft", "ana").startswith("To: Ana Ruiz <ana@example.org>\nSubject: ")
    assert owed.ok("draft", "luis").startswith(
        "To: Luis Ortega, as a message, or by phone: +1 312 555 0142\n\n"
    )
    said = owed.ok("sent", "3333", "--subject", "Your work", "--body", "Dear Ana, may I ask you?")
    assert said.startswith("Sent: call Ana Ruiz (id 3333")
    [attempt] = tables(owed.file)["attempts"].values()
    assert (attempt["outcome"], attempt["channel"], attempt["subject"]) == ("sent", "email", "Your work")


def test_a_letter_besides_those_of_the_queue_is_listed_added_and_drafted(owed: Shell) -> None:
    listed = owed.ok("letter", "mei").splitlines()
    assert any(line.endswith(". Say what I decided") for line in listed)
    assert [line.partition(". ")[0] for line in listed] == [str(at) for at, _ in enumerate(listed, 1)]
    choices = items_of(owed("letter", "mei", "--json"), "letter")
    assert [f"{choice['number']}. {choice['title']}" for choice in choices] == listed
    added = owed.ok("letter", "mei", "decided").splitlines()
    assert added[0] == "Added: Say what I decided; warmcall draft prints it"
    letter_id = added[1].removeprefix("next: ").partition(" ")[0]
    assert owed.ok("draft", letter_id).startswith("To: Mei Tanaka <mei@example.com>\nSubject: ")
    owed.ok("undo")
    assert owed.refused("letter", "mei", "99").startswith(
        "not added: “99” is not one of them: use a number: 1 "
    )
    assert owed.refused("letter", "ana") == "not added: no other letter to Ana Ruiz fits now."


def test_a_check_in_needs_a_reason_that_is_no_job(owed: Shell) -> None:
    refusal = "not marked sent: say why you write: --reason "
    assert owed.refused("sent", "bo").startswith(refusal)
    drafted = owed.ok("draft", "bo", "--reason", "I read the book you named")
    assert "I read the book you named" in drafted
    assert owed.refused("draft", "bo", "--reason", "9").startswith("no draft: there is no reason 9: ")
    objected = owed.refused("sent", "bo", "--body", "I read the book. Are there any openings?")
    assert objected.startswith(
        "not marked sent: it reads like asking for a job: leave that out: --anyway marks"
    )
    owed.ok("sent", "bo", "--body", "I read the book. Are there any openings?", "--anyway")


REFUSED = [
    (["draft", "nobody"], "no draft: nobody is called “nobody”"),
    (["draft", "5555"], "no draft: this is not done by a letter: interview Luis Ortega (id 5555)."),
    (["draft", "mei", "--template", "x\x1b[1m"], "no draft: there is no template “x␛[1m” for this: use"),
    (
        ["draft", "mei", "--mail"],
        "no draft: say ‹say it to them: “The numbers”› in your own words first: "
        "warmcall draft 1111 --edit, or --body - with the whole text.",
    ),
    (["draft", "luis", "--mail"], "no draft: there is no email for Luis Ortega yet: "),
    (["draft", "luis", "--eml"], "no draft: there is no email for Luis Ortega yet"),
    (["draft", "mei", "--mail", "--eml"], "no draft: --mail, --eml, --maildir and --json each say"),
    (["draft", "mei", "--edit"], "no draft: an editor needs a terminal: --body gives the text without one."),
    (["draft", "mei", "--reason", "x"], "no draft: --reason is for keeping in touch"),
    (["draft", "mei", "--body", " "], "no draft: body: there is nothing in it"),
    (["draft", "mei", "-o", "/nonexistent/a.txt"], "/nonexistent/a.txt: there is no folder /nonexistent"),
    (
        ["sent", "mei"],
        "not marked sent: say ‹say it to them: “The numbers”› in your own words first: warmcall draft 1111",
    ),
    (
        ["sent", "ana", "--body", "‹your name›"],
        "not marked sent: say ‹your name› in your own words first: "
        "warmcall profile --name in all texts, or warmcall draft ",
    ),
    (["sent", "1111", "--body", "x" * 200_001], "not marked sent: body: 200,001 characters are more than"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED, ids=lambda each: " ".join(each)[:40])
def test_what_cannot_be_drafted_or_sent_is_refused_in_one_sentence(
    owed: Shell, arguments: list[str], sentence: str
) -> None:
    assert owed.refused(*arguments).startswith(sentence)


def test_it_is_an_email_a_file_or_a_draft_in_a_maildir(owed: Shell, tmp_path: Path) -> None:
    owed.ok("draft", "1111", "--subject", "Thank you", "--body", LETTER)
    mail = email.message_from_string(owed.ok("draft", "mei", "--eml"), policy=default)
    assert (mail["To"], mail["From"]) == ("Mei Tanaka <mei@example.com>", "Robin Vale <robin@example.org>")
    assert mail.get_content().replace("\r\n", "\n").strip() == LETTER
    written = tmp_path / "letter.txt"
    owed.ok("draft", "mei", "-o", str(written))
    assert written.read_text().endswith(f"\n\n{LETTER}\n")
    assert "exists already" in owed.refused("draft", "mei", "-o", str(written))
    said = owed.ok("draft", "mei", "--maildir", str(tmp_path / "Drafts"))
    [path] = (tmp_path / "Drafts/cur").iterdir()
    assert said == f"Draft written to {path}.\n"
    drafted = owed.ok("draft", "mei", "--mail")
    assert drafted.startswith("Draft written to ")
    assert Path(drafted.removeprefix("Draft written to ").strip().removesuffix(".")).name.endswith(".eml")


def test_the_mail_program_gets_each_part_as_one_word_and_the_text_in_a_private_file(
    owed: Shell, tmp_path: Path
) -> None:
    program = tmp_path / "mailer"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/words\ncat "$4" > {tmp_path}/text\n')
    program.chmod(0o755)
    write_user_file(tmp_path, "config.yaml", f"mail: {program} -s {{subject}} -i {{body_file}} -- {{to}}\n")
    owed.ok("draft", "1111", "--subject", "Thanks; rm -rf ~", "--body", LETTER)
    assert owed.ok("draft", "mei", "--mail") == "Handed to mailer.\n"
    words = (tmp_path / "words").read_text().splitlines()
    assert (words[:3], words[4:]) == (["-s", "Thanks; rm -rf ~", "-i"], ["--", "mei@example.com"])
    assert (tmp_path / "text").read_text() == LETTER
    assert not Path(words[3]).exists()
    program.write_text("#!/bin/sh\nexit 3\n")
    assert (
        owed.refused("draft", "mei", "--mail") == "mailer ended with 3: check whether it accepted the mail."
    )


def test_the_text_is_written_in_the_users_own_editor(owed: Shell, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Dear Mei,\\nthank you.\\n" > "$1"\n')
    editor.chmod(0o755)
    environ = dict(os.environ) | {
        "EDITOR": str(editor),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    environ.pop("VISUAL", None)
    command = ["-m", "warmcall", "--db", str(owed.file), "draft", "mei", "--edit"]
    at = pexpect.spawn(sys.executable, command, env=environ, timeout=20)
    at.expect_exact("thank you.")
    at.expect(pexpect.EOF)
    assert owed.ok("draft", "mei").endswith("\n\nDear Mei,\nthank you.\n")


def test_a_letter_that_was_sent_is_printed_for_programs(owed: Shell) -> None:
    items = items_of(owed("sent", "mei", "--body", LETTER, "--json"), "sent")
    assert (items[0]["kind"], items[0]["body"], items[1]["kind"]) == ("thank_you", LETTER, "check_in")


def test_two_people_who_are_one_are_merged_and_taken_apart(shell: Shell) -> None:
    save(
        shell.file,
        contact(id="aaaa1111", name="Luis Ortega", phone="+1 312 555 0142", title="Director"),
        contact(id="bbbb2222", name="Luis Ortega", phone="+1 312 555 0199", email="luis@example.org"),
        follow_up(FollowUpKind.CALL, "2026-11-23", id="1111aaaa", contact_id="aaaa1111"),
        follow_up(FollowUpKind.CALL, "2026-11-24", id="2222bbbb", contact_id="bbbb2222"),
    )
    said = shell.ok("merge-people", "aaaa", "bbbb").splitlines()
    assert said[0].startswith("Luis Ortega is listed once now; closed: call ")
    assert said[0].endswith(": Luis Ortega (id aaaa)")
    assert said[1] == "phone: +1 312 555 0142, not +1 312 555 0199"
    assert len(tables(shell.file)["contacts"]) == 1
    assert shell.ok("merge-people", "--take-apart", "luis").startswith("Luis Ortega is back in People\n")
    assert len(tables(shell.file)["contacts"]) == 2
    preferred = shell.ok("merge-people", "aaaa", "bbbb", "--prefer", "second")
    assert "phone: +1 312 555 0199, not +1 312 555 0142" in preferred
    assert shell.ok("undo").startswith("Undone: merge Luis Ortega into Luis Ortega")
    for arguments, sentence in (
        (["aaaa", "aaaa"], "Not merged: both are Luis Ortega."),
        (["luis", "aaaa"], "not merged: “luis” could be Luis Ortega"),
        (["aaaa"], "not merged: two people are needed"),
        (["--take-apart", "aaaa"], "Not taken apart: nobody was merged into Luis Ortega."),
        (["aaaa", "bbbb", "--take-apart", "aaaa"], "not taken apart: --take-apart names the person itself"),
    ):
        assert shell.refused("merge-people", *arguments).startswith(sentence)
