"""Writing with other programs: the user's own editor and mail program, the same from every screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from textual.app import App

from warmcall.domain.mail_command import mail_names, mail_words
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import many_lines
from warmcall.screens.base import View
from warmcall.terminal import subprocesses as outside
from warmcall.widgets.message_editor import MessageEditor

WriteDraft = Callable[[str, bytes], str]
"""Writes a new file into the folder of drafts, called after a name, and returns its path.

Raises OSError if it cannot be written.
"""

WriteText = Callable[[str], str]
"""Writes a text to the one file meant for it, and returns its path. Raises OSError if it cannot."""


class ExternalPrograms:
    """The ways out of the app, as the user's surroundings have them; `WarmcallApp.outside` holds one."""

    def __init__(
        self, environ: Mapping[str, str], write_draft: WriteDraft, write_calendar: WriteText
    ) -> None:
        self._environ = environ
        self.write_draft = write_draft
        self.write_calendar = write_calendar

    def editor_disabled_reason(self) -> str:
        """Return why there is no editor of the user's own; empty if there is one."""
        return outside.editor_disabled_reason(self._environ)

    def edit(self, app: App[Any], text: str) -> str:
        """Return `text` as the user left it in their editor; raises ProgramFailed."""
        return outside.edit(app, text, self._environ)

    def run_mail_program(self, app: App[Any], command: str, values: Mapping[str, str]) -> str:
        """Run the mail program, and return what to say of it; raises ProgramFailed."""
        return outside.run_mail_program(app, command, values, self._environ)


class _WithWaysOut(Protocol):
    """What the screens here ask of their app beyond what every app has."""

    outside: ExternalPrograms

    def flush(self) -> None:
        """Hand everything typed and not yet saved to the services."""


def editor_disabled_reason(screen: View) -> str:
    """Return why the key for the user's own editor cannot act now; empty if it can."""
    return _ways(screen).outside.editor_disabled_reason()


def edit_in_own_editor(screen: View, text: str) -> str | None:
    """Return `text` as the user wrote it in their own editor, made inert; None if nothing is to change.

    What was typed before is handed to the services first, and what keeps it from working is told.
    """
    _ways(screen).flush()
    try:
        written = _ways(screen).outside.edit(screen.app, text)
    except outside.ProgramFailed as reason:
        screen.say(str(reason))
        return None
    if written == text:
        screen.say("The text came back as it was")
        return None
    return many_lines(written)


def write_in_own_editor(screen: View, letter: MessageEditor) -> None:
    """Have the words of `letter` written in the user's own editor, and keep them."""
    text = edit_in_own_editor(screen, letter.text)
    if text is not None:
        letter.replace(text)
        screen.flush()


def mail_disabled_reason(screen: View, contact: Contact | None) -> str:
    """Return why nothing can be mailed to `contact`; empty if it can."""
    if contact is None or not contact.email.strip():
        return screen.with_keys(
            "There is no email for them yet: {person.edit} on their page in People adds one"
        )
    reason = _no_address(contact.email)
    return f"“{contact.email}” is no address to mail to: {reason}" if reason else ""


def hand_to_mail_program(screen: View, contact: Contact, subject: str, body: str) -> str:
    """Hand a mail to the program of the settings, or write it as a draft; return what to say of it.

    It is not marked as sent: only the user knows whether it was.
    """
    from warmcall.formats.mail import MAILTO_SURE, checked_address, mailto

    _ways(screen).flush()
    command = screen.services.config.mail
    try:
        if not command:
            return f"Draft written to {_draft(screen, contact, subject, body)}"
        address = mailto(contact.email, subject, body)
        values = {
            "mailto": address,
            "to": checked_address(contact.email),
            "subject": subject,
            "body_file": body,
        }
        names = mail_names(mail_words(command))
        if "eml" in names:
            values["eml"] = _draft(screen, contact, subject, body)
        done = _ways(screen).outside.run_mail_program(screen.app, command, values)
    except outside.ProgramFailed as reason:
        return str(reason)
    except ValueError as error:
        return f"Not handed over: {error}"
    except OSError as error:
        return f"Draft not written: {(error.strerror or str(error)).lower()}"
    if "mailto" in names and len(address) > MAILTO_SURE:
        return f"{done}. It is long: see that all of it arrived"
    return done


def write_calendar(screen: View) -> str:
    """Write the calendar file, and return what to say of it."""
    from warmcall.formats.icalendar import calendar_file

    _ways(screen).flush()
    services = screen.services
    try:
        path = _ways(screen).outside.write_calendar(
            calendar_file(services.store, services.time.now(), services.time.calendar)
        )
    except OSError as error:
        return f"Calendar file not written: {(error.strerror or str(error)).lower()}"
    return f"Written to {path}: your calendar takes it in, and again after changes"


def _draft(screen: View, contact: Contact, subject: str, body: str) -> str:
    """Write an .eml draft, and return its path."""
    from warmcall.formats.mail import MailDraft, eml

    services = screen.services
    profile, now = services.store.profile, services.time.now()
    draft = MailDraft(
        contact.email,
        subject,
        body,
        to_name=contact.name,
        from_name=profile.name if profile else "",
        from_address=profile.email if profile and not _no_address(profile.email) else "",
        date=now,
    )
    day = services.time.calendar.local(now).date().isoformat()
    return _ways(screen).outside.write_draft(f"{day} {contact.name}", eml(draft))


def _no_address(text: str) -> str:
    """Return why `text` is no address that can be mailed to; empty if it is one."""
    from warmcall.formats.mail import checked_address

    try:
        checked_address(text)
    except ValueError as error:
        return str(error)
    return ""


def _ways(screen: View) -> _WithWaysOut:
    return cast("_WithWaysOut", screen.app)
