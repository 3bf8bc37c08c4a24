"""Mail drafts: an .eml file that a mail program opens to be sent, and mailto: addresses."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, Policy
from urllib.parse import quote

import msgspec

from warmcall.domain.sanitize import one_line

MAILTO_SURE = 2000
"""Characters of a mailto: address that every program takes; some cut a longer one without a word."""

LONGEST_HEADER = 400
"""Characters of a subject or a name; RFC 5322 allows a line 998, and one word cannot be broken."""

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_LONGEST_LOCAL, _LONGEST_ADDRESS = 64, 254
_BREAKING = ("Cc", "Cs", "Zl", "Zp", "Zs")
"""Kinds of characters that a header may not have, or that readers of headers take for a plain space."""


class MailDraft(msgspec.Struct, frozen=True):
    """One mail, not sent yet. `date` is aware; `message_id` has its angle brackets."""

    to: str
    subject: str
    body: str
    to_name: str = ""
    from_name: str = ""
    from_address: str = ""
    date: datetime | None = None
    message_id: str = ""


def eml(draft: MailDraft) -> bytes:
    """Return `draft` as a file that mail programs open as one of their own drafts.

    The text is kept letter for letter, its line ends as the format has them; in the subject and the
    names, line breaks and control characters become spaces.

    Raises:
        ValueError: with a sentence, if an address or the message id cannot be one.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = _Line("To", _mailbox("To", draft.to_name, draft.to))
    if draft.from_address.strip():
        message["From"] = _Line("From", _mailbox("From", draft.from_name, draft.from_address))
    message["Subject"] = _Line("Subject", _coded("Subject", header_text(draft.subject)))
    if draft.date is not None:
        message["Date"] = draft.date
    if draft.message_id:
        if not _MESSAGE_ID.fullmatch(draft.message_id):
            raise ValueError("a message id looks like <something@place.org>")
        message["Message-ID"] = draft.message_id
    message["X-Unsent"] = "1"
    body = plain_text(draft.body)
    message.set_content(body, charset="utf-8", cte="7bit" if _plain(body) else "quoted-printable")
    return bytes(message)


def mailto(to: str, subject: str, body: str) -> str:
    """Return a mailto: address as RFC 6068 has it, longer than `MAILTO_SURE` if the text is.

    Raises:
        ValueError: with a sentence, if `to` is no address.
    """
    local, _, domain = checked_address(to).rpartition("@")
    text = plain_text(body).replace("\n", "\r\n")
    subject = quote(header_text(subject), safe="")
    return f"mailto:{quote(local, safe='')}@{domain}?subject={subject}&body={quote(text, safe='')}"


def checked_address(text: str) -> str:
    """Return `text` as an address that can stand in a header and cannot be taken for an option.

    Raises:
        ValueError: with a sentence, if it cannot be one.
    """
    local, at, place = text.strip().rpartition("@")
    try:
        domain = place if place.isascii() else place.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not local.isascii():
        raise ValueError("mail programs take only plain letters before the @ of an address")
    labels = domain.split(".")
    right = (
        at
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
        and len(local) <= _LONGEST_LOCAL
        and len(local) + 1 + len(domain) <= _LONGEST_ADDRESS
    )
    if not right:
        raise ValueError("an email looks like name@place.org")
    if local.startswith("-"):
        raise ValueError("an email that begins with “-” would be taken for an option")
    return f"{local}@{domain}"


def header_text(text: str) -> str:
    """Return `text` for one line of a header, every break, control sign and run of spaces one space.

    What is longer than `LONGEST_HEADER` is cut.
    """
    signs = (" " if unicodedata.category(sign) in _BREAKING else sign for sign in text)
    words = " ".join(one_line("".join(signs)).split())
    return words if len(words) <= LONGEST_HEADER else f"{words[: LONGEST_HEADER - 1].rstrip()}…"


def plain_text(text: str) -> str:
    """Return `text` with line feeds as line ends, and � for what is no character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Line(str):
    """A header that is folded and coded already, and goes into the file as it is.

    Left to itself the package loses a space where a line breaks between two coded words.
    """

    name: str

    def __new__(cls, name: str, value: str) -> _Line:
        line = super().__new__(cls, value)
        line.name = name
        return line

    def fold(self, *, policy: Policy[EmailMessage]) -> str:
        """Return the header with its name and its end, as the policy asks for it."""
        return f"{self.name}: {self}{policy.linesep}"


def _mailbox(header: str, name: str, address: str) -> str:
    """Return “name <address>” for a header; the name is quoted or coded, so that it is only a name."""
    name, address = header_text(name), checked_address(address)
    if not name:
        return address
    if not _fits(name):
        return f"{_coded(header, name)}{SMTP.linesep} <{address}>"
    quoted = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{quoted}" <{address}>'


def _coded(header: str, text: str) -> str:
    """Return `text` as it is if it fits, else as coded words on lines of their own."""
    return text if _fits(text) else Header(text, "utf-8", header_name=header).encode(linesep=SMTP.linesep)


def _fits(text: str) -> bool:
    """Return whether `text` can stand on one line, and nobody takes it for coded words."""
    return text.isascii() and len(text) <= 60 and "=?" not in text


def _plain(body: str) -> bool:
    """Return whether `body` can stand in a file as it is."""
    lines = body.split("\n")
    return all(line.replace("\t", " ").isprintable() and line.isascii() and len(line) < 78 for line in lines)
