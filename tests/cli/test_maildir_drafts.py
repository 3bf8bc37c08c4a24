"""Letters put into a Maildir by commands."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from warmcall.cli.maildir_drafts import deliver_to_maildir
from warmcall.config.library import Library
from warmcall.domain.store import Store

from tests.cli.conftest import EVIL, assert_inert, assert_one_sentence
from tests.conftest import Bench
from tests.examples import contact, profile

MEI = contact(id="mei", name="Mei Tänaka", email="mei@example.com")
ROBIN = profile(name="Robin Vale", email="robin@example.org")


def delivered(
    library: Library, folder: Path, person: Any = MEI, subject: str = "Hi", body: str = "Dear"
) -> str:
    services = Bench(library, store=Store([person, ROBIN])).services
    return deliver_to_maildir(services, person, subject, body, folder)


def test_a_letter_is_a_draft_with_every_header_and_no_other(library: Library, tmp_path: Path) -> None:
    body = "Dear Mei,\n\nthank you. Grüße\nFrom here\nBcc: x@example.org\n"
    said = delivered(library, tmp_path / "Drafts", MEI, "Thänk you\nBcc: all@example.org", body)
    (path,) = (tmp_path / "Drafts" / "cur").iterdir()
    assert said == f"Draft written to {path}"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message.keys() == [
        "To", "From", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding",
        "MIME-Version",
    ]  # fmt: skip
    assert (message["To"], message["From"], message["Subject"]) == (
        "Mei Tänaka <mei@example.com>", "Robin Vale <robin@example.org>", "Thänk you Bcc: all@example.org",
    )  # fmt: skip
    assert message["Message-ID"].endswith("@example.org>")
    assert message.get_content() == body
    said = delivered(library, tmp_path / "Drafts", MEI, "Thänk you\nBcc: all@example.org", body)
    assert said == f"The same draft is there already: {path}"


def test_without_an_address_of_the_user_the_mail_program_says_who_writes(
    library: Library, tmp_path: Path
) -> None:
    services = Bench(library, store=Store([MEI])).services
    deliver_to_maildir(services, MEI, "Hi", "Dear Mei", tmp_path / "Drafts")
    (path,) = (tmp_path / "Drafts" / "cur").iterdir()
    assert not {"From", "Message-ID"} & set(message_from_bytes(path.read_bytes()).keys())


@pytest.mark.parametrize(
    ("person", "subject", "body", "words"),
    [
        (MEI, "Hi", "I am ‹your background\x1b›.", "a gap, ‹your background␛›: fill it in your own words"),
        (MEI, "About ‹their job›", "Dear Mei", "a gap, ‹their job›"),
        (MEI, "Hi", " \n", "there is nothing in the letter to Mei Tänaka yet"),
        (contact(name=EVIL, email=""), "Hi", "x", "is known: add it with warmcall edit"),
        (contact(email="mei@example.com\nBcc: x@y.org"), "Hi", "x", "is not one: an email looks like"),
    ],
)
def test_a_letter_that_is_not_ready_is_refused(
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    person: Any,
    subject: str,
    body: str,
    words: str,
) -> None:
    with pytest.raises(SystemExit) as ended:
        delivered(library, tmp_path / "Drafts", person, subject, body)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert_one_sentence(said, words)
    assert_inert(said, 1)
    assert not (tmp_path / "Drafts").exists()


def test_a_folder_that_is_no_maildir_is_said(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        delivered(library, tmp_path)
    assert_one_sentence(
        capsys.readouterr().err, "it is no Maildir: tmp is not a folder in it. Nothing was written"
    )
