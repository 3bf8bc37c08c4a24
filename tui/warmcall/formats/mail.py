"""Mail drafts: .eml files that a mail program opens ready to send, and mailto: addresses."""

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
"""Characters of a mailto: address that every program accepts; some silently cut a longer one."""

LONGEST_HEADER = 400
"""Characters of a subject or a name: RFC 5322 allows 998 in a line, and a long word cannot be folded."""

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_LONGEST_LOCAL, _LONGEST_ADDRESS = 64, 254
_BREAKING = ("Cc", "Cs", "Zl", "Zp", "Zs")
"""Unicode categories of characters that a header may not have, or that mail programs read as a space."""


class MailDraft(msgspec.Struct, frozen=True):
    """One mail that is not sent yet. `date` is aware; `message_id` includes its angle brackets."""

    to: str
    subject: str
    body: str
    to_name: str = ""
    from_name: str = ""
    from_address: str = ""
    date: datetime | None = None
    message_id: str = ""


def eml(draft: MailDraft, is_file: bool = True) -> bytes:
    """Return `draft` as a file that mail programs open like a draft of their own.

    The text is kept exactly, with CRLF line ends; in the subject and the names, line breaks and control
    characters become spaces. If it `is_file`, a header says that it is not sent: it would be sent along from
    a mail folder, where flags say the same.

    Raises:
        ValueError: with a sentence, if an address or the message id cannot be one.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = _FoldedHeader("To", _mailbox("To", draft.to_name, draft.to))
    if draft.from_address.strip():
        message["From"] = _FoldedHeader("From", _mailbox("From", draft.from_name, draft.from_address))
    message["Subject"] = _FoldedHeader("Subject", _encoded("Subject", header_text(draft.subject)))
    if draft.date is not None:
        message["Date"] = draft.date
    if draft.message_id:
        if not _MESSAGE_ID.fullmatch(draft.message_id):
            raise ValueError("a message id looks like <something@place.org>")
        message["Message-ID"] = draft.message_id
    if is_file:
        message["X-Unsent"] = "1"
    body = plain_text(draft.body)
    message.set_content(body, charset="utf-8", cte="7bit" if _plain(body) else "quoted-printable")
    return bytes(message)


def mailto(to: str, subject: str, body: str) -> str:
    """Return a mailto: address (RFC 6068). With a long text it is longer than `MAILTO_SURE`.

    Raises:
        ValueError: with a sentence, if `to` is no address.
    """
    local, _, domain = checked_address(to).rpartition("@")
    text = plain_text(body).replace("\n", "\r\n")
    subject = quote(header_text(subject), safe="")
    return f"mailto:{quote(local, safe='')}@{domain}?subject={subject}&body={quote(text, safe='')}"


def checked_address(text: str) -> str:
    """Return `text` as a mail address that is safe in a header and on a command line.

    Raises:
        ValueError: with a sentence, if it cannot be one.
    """
    local, at, host = text.strip().rpartition("@")
    domain = ascii_domain(host)
    if not local.isascii():
        raise ValueError("mail programs take only plain letters before the @ of an address")
    labels = domain.split(".")
    valid = (
        at
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
        and len(local) <= _LONGEST_LOCAL
        and len(local) + 1 + len(domain) <= _LONGEST_ADDRESS
    )
    if not valid:
        raise ValueError("an email looks like name@place.org")
    if local.startswith("-"):
        raise ValueError("an email that begins with “-” would be taken for an option")
    return f"{local}@{domain}"


def ascii_domain(host: str) -> str:
    """Return a domain as mail servers know it, by IDNA 2008 (RFC 5891): "xn--strae-oqa.de" for "straße.de".

    Python's own codec follows the older IDNA 2003, by which that would be strasse.de, somebody else's.

    Raises:
        ValueError: with a sentence, if it cannot be one.
    """
    if host.isascii() and "xn--" not in host.lower():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(f"“{one_line(host)[:60]}” is not the domain of an email") from error


def header_text(text: str) -> str:
    """Return `text` as one line of a header, cut at `LONGEST_HEADER`.

    Each line break, control character and run of spaces is one space.
    """
    spaced = "".join(" " if unicodedata.category(letter) in _BREAKING else letter for letter in text)
    words = " ".join(one_line(spaced).split())
    return words if len(words) <= LONGEST_HEADER else f"{words[: LONGEST_HEADER - 1].rstrip()}…"


def plain_text(text: str) -> str:
    """Return `text` with line feeds as line ends, and � for each half surrogate."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _FoldedHeader(str):
    """A header that is folded and encoded already, and is written as it is.

    The email package alone loses a space where it folds a line between two encoded words (RFC 2047).
    """

    name: str

    def __new__(cls, name: str, value: str) -> _FoldedHeader:
        line = super().__new__(cls, value)
        line.name = name
        return line

    def fold(self, *, policy: Policy[EmailMessage]) -> str:
        """Return the header with its name and line end, as the email package calls for it."""
        return f"{self.name}: {self}{policy.linesep}"


def _mailbox(header: str, name: str, address: str) -> str:
    """Return “name <address>” for a header; the name is quoted or encoded, so that no part is an address."""
    name, address = header_text(name), checked_address(address)
    if not name:
        return address
    if not _fits(name):
        return f"{_encoded(header, name)}{SMTP.linesep} <{address}>"
    quoted = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{quoted}" <{address}>'


def _encoded(header: str, text: str) -> str:
    """Return `text` as it is if it fits, else as encoded words (RFC 2047) on separate lines."""
    return text if _fits(text) else Header(text, "utf-8", header_name=header).encode(linesep=SMTP.linesep)


def _fits(text: str) -> bool:
    """Return whether `text` fits on one line, and cannot be read as encoded words."""
    return text.isascii() and len(text) <= 60 and "=?" not in text


def _plain(body: str) -> bool:
    """Return whether `body` needs no encoding: short lines of printable ASCII."""
    lines = body.split("\n")
    return all(line.replace("\t", " ").isprintable() and line.isascii() and len(line) < 78 for line in lines)
