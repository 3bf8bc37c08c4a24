"""Handing a letter to the mail program of the settings; without one, writing it as a draft."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from warmcall.cli.invocation import fail
from warmcall.config.safe_files import explanation

if TYPE_CHECKING:
    from warmcall.cli.loading import Context
    from warmcall.domain.records import Contact
    from warmcall.services.services import Services

_REFUSAL = "not handed over"


def hand_over(context: Context, services: Services, contact: Contact, subject: str, body: str) -> str:
    """Hand a letter, which is ready to be sent, to the mail program; return a sentence that says so.

    The program has the terminal until it ends, and is never run through a shell. Without a mail command in
    the settings, the letter is written as a draft into the folder of drafts. It is not recorded as sent: only
    the user knows whether it was. Ends with a sentence if it cannot be done.
    """
    from warmcall.domain.mail_command import filled_words, mail_names, mail_words
    from warmcall.formats.mail import MAILTO_SURE, checked_address, mailto

    command = services.config.mail
    if not command:
        return f"Draft written to {_draft(context, services, contact, subject, body)}"
    try:
        words, address = mail_words(command), mailto(contact.email, subject, body)
        values = {
            "mailto": address,
            "to": checked_address(contact.email),
            "subject": subject,
            "body_file": "",
        }
    except ValueError as error:
        fail(f"{_REFUSAL}: {error}")
    names = mail_names(words)
    if "eml" in names:
        values["eml"] = str(_draft(context, services, contact, subject, body))
    folder = Path(tempfile.mkdtemp(prefix="warmcall-"))
    try:
        path = folder / "text.txt"
        path.touch(0o600)
        path.write_text(body, encoding="utf-8", errors="replace", newline="\n")
        done = subprocess.run(  # noqa: S603 - the user's own program
            list(filled_words(words, {**values, "body_file": str(path)})), env=dict(os.environ), check=False
        )
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        fix = "warmcall config shows the mail command"
        fail(f"{_REFUSAL}: {Path(words[0]).name} cannot be run: {reason}: {fix}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    name = Path(words[0]).name
    if done.returncode:
        how = (
            f"ended with {done.returncode}"
            if done.returncode > 0
            else f"was ended by signal {-done.returncode}"
        )
        fail(f"{name} {how}: check whether it accepted the mail")
    long = (
        ". It is long: check that all of it arrived"
        if "mailto" in names and len(address) > MAILTO_SURE
        else ""
    )
    return f"Handed to {name}{long}"


def _draft(context: Context, services: Services, contact: Contact, subject: str, body: str) -> Path:
    """Write a letter as a draft (.eml), and return its path."""
    from warmcall.formats.mail import eml
    from warmcall.services.mail_drafts import mail_draft
    from warmcall.storage.drafts import write_draft

    day = services.time.calendar.local(services.time.now()).date().isoformat()
    draft = eml(mail_draft(services, contact, subject, body))
    try:
        return write_draft(context.paths.drafts_folder, f"{day} {contact.name}", draft)
    except OSError as error:
        fail(f"the draft is not written: {explanation(error)}")
