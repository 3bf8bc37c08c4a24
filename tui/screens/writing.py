"""Writing with other programs: the user's own editor and mail program, the same from every screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from textual.app import App

from tui.domain.inert import many_lines
from tui.domain.mail_command import mail_names, mail_words
from tui.domain.records import Contact
from tui.screens.speaking import Speaking
from tui.terminal import outside
from tui.widgets.letter import Letter

WriteDraft = Callable[[str, bytes], str]
"""Writes a new file into the folder of drafts, called after a name, and returns its path.

Raises OSError if it cannot be written.
"""

WriteText = Callable[[str], str]
"""Writes a text to the one file meant for it, and returns its path. Raises OSError if it cannot."""


class Outside:
    """The ways out of the app, as the user's surroundings have them; `WarmcallApp.outside` holds one."""

    def __init__(
        self, environ: Mapping[str, str], write_draft: WriteDraft, write_calendar: WriteText
    ) -> None:
        self._environ = environ
        self.write_draft = write_draft
        self.write_calendar = write_calendar

    def why_no_editor(self) -> str:
        """Return why there is no editor of the user's own; empty if there is one."""
        return outside.why_no_editor(self._environ)

    def edit(self, app: App[Any], text: str) -> str:
        """Return `text` as the user left it in their editor; raises NotDone."""
        return outside.edit(app, text, self._environ)

    def hand_to_mail(self, app: App[Any], command: str, values: Mapping[str, str]) -> str:
        """Run the mail program, and return what to say of it; raises NotDone."""
        return outside.hand_to_mail(app, command, values, self._environ)


class _WithWaysOut(Protocol):
    """What the screens here ask of their app beyond what every app has."""

    outside: Outside

    def flush(self) -> None:
        """Hand everything typed and not yet saved to the services."""


def why_no_editor(screen: Speaking) -> str:
    """Return why the key for the user's own editor cannot act now; empty if it can."""
    return _ways(screen).outside.why_no_editor()


def in_own_editor(screen: Speaking, text: str) -> str | None:
    """Return `text` as the user wrote it in their own editor, made inert; None if nothing is to change.

    What was typed before is handed to the services first, and what keeps it from working is told.
    """
    _ways(screen).flush()
    try:
        written = _ways(screen).outside.edit(screen.app, text)
    except outside.NotDone as reason:
        screen.say(str(reason))
        return None
    if written == text:
        screen.say("The text came back as it was")
        return None
    return many_lines(written)


def write_in_own_editor(screen: Speaking, letter: Letter) -> None:
    """Have the words of `letter` written in the user's own editor, and keep them."""
    text = in_own_editor(screen, letter.text)
    if text is not None:
        letter.replace(text)
        screen.flush()


def why_not_mailed(screen: Speaking, contact: Contact | None) -> str:
    """Return why nothing can be mailed to `contact`; empty if it can."""
    if contact is None or not contact.email.strip():
        return screen.keyed("There is no email for them yet: {person.edit} on their page in People adds one")
    reason = _no_address(contact.email)
    return f"“{contact.email}” is no address to mail to: {reason}" if reason else ""


def hand_over(screen: Speaking, contact: Contact, subject: str, body: str) -> str:
    """Hand a mail to the program of the settings, or write it as a draft; return what to say of it.

    It is not marked as sent: only the user knows whether it was.
    """
    from tui.exchange.mail import MAILTO_SURE, checked_address, mailto

    _ways(screen).flush()
    command = screen.desk.config.mail
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
        done = _ways(screen).outside.hand_to_mail(screen.app, command, values)
    except outside.NotDone as reason:
        return str(reason)
    except ValueError as error:
        return f"Not handed over: {error}"
    except OSError as error:
        return f"Draft not written: {(error.strerror or str(error)).lower()}"
    if "mailto" in names and len(address) > MAILTO_SURE:
        return f"{done}. It is long: see that all of it arrived"
    return done


def write_calendar(screen: Speaking) -> str:
    """Write the calendar file, and return what to say of it."""
    from tui.exchange.calendar_file import calendar_file

    _ways(screen).flush()
    desk = screen.desk
    try:
        path = _ways(screen).outside.write_calendar(
            calendar_file(desk.book, desk.time.now(), desk.time.calendar)
        )
    except OSError as error:
        return f"Calendar file not written: {(error.strerror or str(error)).lower()}"
    return f"Written to {path}: your calendar takes it in, and again after changes"


def _draft(screen: Speaking, contact: Contact, subject: str, body: str) -> str:
    """Write an .eml draft, and return its path."""
    from tui.exchange.mail import MailDraft, eml

    desk = screen.desk
    profile, now = desk.book.profile, desk.time.now()
    draft = MailDraft(
        contact.email,
        subject,
        body,
        to_name=contact.name,
        from_name=profile.name if profile else "",
        from_address=profile.email if profile and not _no_address(profile.email) else "",
        date=now,
    )
    day = desk.time.calendar.local(now).date().isoformat()
    return _ways(screen).outside.write_draft(f"{day} {contact.name}", eml(draft))


def _no_address(text: str) -> str:
    """Return why `text` is no address that can be mailed to; empty if it is one."""
    from tui.exchange.mail import checked_address

    try:
        checked_address(text)
    except ValueError as error:
        return str(error)
    return ""


def _ways(screen: Speaking) -> _WithWaysOut:
    return cast("_WithWaysOut", screen.app)
