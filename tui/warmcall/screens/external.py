"""Other programs: the user's editor, their mail program, and the files that go to them or come from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.binding import Binding

from warmcall.config.safe_files import explanation
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import many_lines
from warmcall.services.mail_drafts import address_problem, mail_draft
from warmcall.services.services import Services
from warmcall.terminal import subprocesses
from warmcall.widgets.keys import with_keys

if TYPE_CHECKING:
    from warmcall.services.people_reading import PeopleFiles
    from warmcall.widgets.message_editor import MessageEditor

WriteDraft = Callable[[str, bytes], str]
"""Writes a mail draft under a name into the folder of drafts and returns its path; raises OSError."""

WriteText = Callable[[str], str]
"""Writes a text to the file reserved for it and returns its path; raises OSError."""

WriteNamed = Callable[[str, str, bool], str]
"""Writes to a path that was typed, over a file that is there only if its last argument says so.

It returns the whole path, and raises FileExistsError, or another OSError.
"""

CALENDAR_KEY = Binding(
    "C", "calendar", "Calendar file", show=False, id="calendar.write",
    tooltip="Write interviews and follow-ups to a file for your calendar",
)  # fmt: skip
"""The key of the screens that write the calendar file."""


class ExternalPrograms:
    """Hands texts to the other programs of the user; the app owns one, and `View.external` is it.

    Everything typed is saved with `flush` before another program runs, and `say` shows what came of it.
    """

    def __init__(
        self,
        app: App[Any],
        environ: Mapping[str, str],
        write_draft: WriteDraft,
        write_calendar: WriteText,
        write_named: WriteNamed,
        flush: Callable[[], None],
        say: Callable[[str], None],
        people_files: Callable[[], PeopleFiles],
    ) -> None:
        self._app = app
        self._environ = environ
        self.write_draft = write_draft
        self.write_calendar = write_calendar
        self.write_named = write_named
        self._people_files = people_files
        self._flush = flush
        self._say = say

    @cached_property
    def people_files(self) -> PeopleFiles:
        """The files with people that the user names."""
        return self._people_files()

    def editor_disabled_reason(self) -> str:
        """Return why no editor can be run; empty if one is named or found."""
        return subprocesses.editor_disabled_reason(self._environ)

    def edit(self, letter: MessageEditor) -> None:
        """Have the user write the words of `letter` in their own editor, and save them."""
        self._flush()
        self.edit_text(letter.text, letter.replace)
        self._flush()

    def edit_text(self, text: str, save: Callable[[str], object]) -> None:
        """Have the user change `text` in their own editor, and `save` it if they did; else say why not."""
        self._flush()
        try:
            written = subprocesses.edit(self._app, text, self._environ)
        except subprocesses.ProgramFailed as reason:
            self._say(str(reason))
            return
        if written == text:
            self._say("Nothing was changed in the editor")
        else:
            save(many_lines(written))

    def mail_disabled_reason(self, contact: Contact | None) -> str:
        """Return why nothing can be mailed to `contact`; empty if it can."""
        if contact is None or not contact.email.strip():
            words = "There is no email for them yet: {person.edit} on their page in People adds one"
            return with_keys(self._app, words)
        problem = address_problem(contact.email)
        return f"“{contact.email}” is not an address to mail to: {problem}" if problem else ""

    def mail(self, services: Services, contact: Contact, subject: str, body: str) -> None:
        """Hand a mail to the mail program of the settings; without one, write it as a draft.

        It is not recorded as sent: only the user knows whether it was.
        """
        self._flush()
        self._say(self._mailed(services, contact, subject, body))

    def export_calendar(self, services: Services) -> None:
        """Write the file of interviews and follow-ups that calendars import, and say where it is."""
        from warmcall.formats.icalendar import calendar_file  # slow to import, and seldom used

        self._flush()
        time, reverted = services.time, services.history.reverted
        text = calendar_file(services.store, time.now(), time.calendar, reverted=reverted)
        try:
            path = self.write_calendar(text)
        except OSError as error:
            self._say(f"Calendar file not written: {explanation(error)}")
        else:
            self._say(f"Written to {path}: open it in your calendar, and again after changes")

    def _mailed(self, services: Services, contact: Contact, subject: str, body: str) -> str:
        """Hand over a mail or write its draft; return what to say of it."""
        from warmcall.formats.mail import MAILTO_SURE, checked_address, mailto

        command = services.config.mail
        try:
            if not command:
                return f"Draft written to {self._draft(services, contact, subject, body)}"
            address = mailto(contact.email, subject, body)
            values = {
                "mailto": address,
                "to": checked_address(contact.email),
                "subject": subject,
                "body_file": body,
            }
            from warmcall.domain.mail_command import mail_names, mail_words

            names = mail_names(mail_words(command))
            if "eml" in names:
                values["eml"] = self._draft(services, contact, subject, body)
            done = subprocesses.run_mail_program(self._app, command, values, self._environ)
        except subprocesses.ProgramFailed as reason:
            return str(reason)
        except ValueError as error:
            return f"Not handed over: {error}"
        except OSError as error:
            return f"Draft not written: {explanation(error)}"
        if "mailto" in names and len(address) > MAILTO_SURE:
            return f"{done}. It is long: check that all of it arrived"
        return done

    def _draft(self, services: Services, contact: Contact, subject: str, body: str) -> str:
        """Write a mail as a draft (.eml), and return its path. Raises OSError."""
        from warmcall.formats.mail import eml

        draft = mail_draft(services, contact, subject, body)
        day = services.time.calendar.local(services.time.now()).date().isoformat()
        return self.write_draft(f"{day} {contact.name}", eml(draft))
