from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.formats.mail import (
    LONGEST_HEADER,
    MAILTO_SURE,
    MailDraft,
    checked_address,
    eml,
    header_text,
    mailto,
    plain_text,
)

from tests.profiles import modest

TO, FROM = "mei@example.com", "robin@example.org"

HEADERS = [
    "Content-Transfer-Encoding", "Content-Type", "From", "MIME-Version", "Subject", "To", "X-Unsent",
]  # fmt: skip

TEXTS = st.text(max_size=300) | st.text(
    alphabet=' =?abé☃\U0001f642\r\n\t\0\x85\u2028\u202e:;,<>@"\\()_-‹\x1b\ud800', max_size=600
)
"""Any text, and texts of what has a meaning in headers."""


def parsed(draft: MailDraft) -> EmailMessage:
    """Return a draft as the parser of the standard library reads it."""
    message = message_from_bytes(eml(draft), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def header(draft: MailDraft, name: str) -> str:
    """Return a header as the older API of the email package decodes it."""
    return str(make_header(decode_header(str(message_from_bytes(eml(draft))[name]))))


def text_of(message: EmailMessage) -> str:
    """Return the text of a mail with line feeds."""
    return str(message.get_content()).replace("\r\n", "\n")


def test_a_draft_is_a_mail_that_opens_as_unsent() -> None:
    message = parsed(
        MailDraft(
            TO, "Thank you for Friday", "Dear Mei,\n\nthank you.\n", "Mei Tanaka", "Robin Vale", FROM,
            datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "<1@warmcall>",
        )
    )  # fmt: skip
    assert dict(message.items()) == {
        "To": "Mei Tanaka <mei@example.com>",
        "From": "Robin Vale <robin@example.org>",
        "Subject": "Thank you for Friday",
        "Date": "Mon, 23 Nov 2026 15:00:00 +0000",
        "Message-ID": "<1@warmcall>",
        "X-Unsent": "1",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
        "MIME-Version": "1.0",
    }
    assert text_of(message) == "Dear Mei,\n\nthank you.\n"


def test_what_is_not_known_is_left_out() -> None:
    message = parsed(MailDraft(TO, "", ""))
    assert message["To"] == TO
    assert not {"From", "Date", "Message-ID"} & set(message.keys())


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Mei Tanaka", "Mei Tanaka"),
        ("Tanaka, Mei", "Tanaka, Mei"),
        ('Mei "the editor" Tanaka\\', 'Mei "the editor" Tanaka\\'),
        ("Müller, Max <max@example.org>", "Müller, Max <max@example.org>"),
        ("Jürgen Öhlenschläger-Überbein und noch einiges mehr, das lang ist", None),
        ("田中 芽衣", "田中 芽衣"),
        ("Mei\r\nBcc: all@example.org", "Mei Bcc: all@example.org"),
        ("=?utf-8?q?Mei=0ABcc:_x?=", "=?utf-8?q?Mei=0ABcc:_x?="),
        ("Mei\0\x1b[31m\u202e", "Mei [31m"),
    ],
)
def test_a_name_stays_one_name_of_one_address(name: str, read: str | None) -> None:
    draft = MailDraft(TO, "x", "y", name)
    (address,) = parsed(draft)["To"].addresses
    assert address.addr_spec == TO
    read_by_older = header(draft, "To").removesuffix(f" <{TO}>")
    assert (read or name) in (address.display_name, read_by_older)


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("Grüße aus … dem Ort", "Grüße aus … dem Ort"),
        ("ü" * 12 + " " + "🙂" * 40 + " ü", "ü" * 12 + " " + "🙂" * 40 + " ü"),
        ("Hello\nBcc: all@example.org\n\nother text", "Hello Bcc: all@example.org other text"),
        ("Hello\r\r\n\t there\u2028you\x85all", "Hello there you all"),
        ("=?utf-8?q?Hello=0ABcc:_x?=", "=?utf-8?q?Hello=0ABcc:_x?="),
        ("x" * 390, "x" * 390),
        ("x" * 1200, "x" * (LONGEST_HEADER - 1) + "…"),
        ("", ""),
    ],
)
def test_a_subject_is_one_line_and_reads_as_it_was_written(subject: str, read: str) -> None:
    message = parsed(MailDraft(TO, subject, "y"))
    assert message["Subject"] == read
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour\n"),
        ("From here\n.\n\nBcc: x\n", "From here\n.\n\nBcc: x\n"),
        ("x" * 5000, "x" * 5000 + "\n"),
        ("trailing  \n\ttab\t\n\n\n", "trailing  \n\ttab\t\n\n\n"),
        ("“ü” 田 🙂\x85\u2028\x0c\0\x1b[31m", "“ü” 田 🙂\x85\u2028\x0c\0\x1b[31m\n"),
        ("half a \ud83d sign", "half a � sign\n"),
        ("=20 = =?utf-8?q?x?=", "=20 = =?utf-8?q?x?=\n"),
        ("", "\n"),
    ],
)
def test_the_text_is_kept_exactly(body: str, read: str) -> None:
    assert text_of(parsed(MailDraft(TO, "x", body))) == read


@settings(modest)
@given(subject=TEXTS, body=TEXTS, to_name=TEXTS, from_name=TEXTS)
def test_no_text_adds_a_header_or_is_read_as_another(
    subject: str, body: str, to_name: str, from_name: str
) -> None:
    draft = MailDraft(TO, subject, body, to_name, from_name, FROM)
    raw, message = eml(draft), parsed(draft)
    assert sorted(message.keys()) == HEADERS
    assert message["Subject"] == header_text(subject)
    for name, words, address in (("To", to_name, TO), ("From", from_name, FROM)):
        assert [addresse.addr_spec for addresse in message[name].addresses] == [address]
        plain = message[name].addresses[0].display_name == header_text(words)
        assert plain or header(draft, name) == f"{header_text(words)} <{address}>"
    text = plain_text(body)
    assert text_of(message) == (text if text.endswith("\n") else f"{text}\n")
    lines = raw.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line or len(line) > 998 for line in lines)
    assert raw.isascii()


BAD_ADDRESSES = [
    "", "mei", "mei@example", "@example.com", "mei@", "a b@example.com", "mei@exa mple.com",
    "mei@example.com\nBcc: all@example.org", "mei@example.com,x@example.org", "mei@-x.com",
    "m..i@example.com", "<mei@example.com>", "mei@@example.com", "mei@example..com",
    "x" * 65 + "@example.com", "mei@" + "x." * 130 + "com",
    "mei\0@example.com", "mei@example.com\x1b",
]  # fmt: skip


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_what_is_no_address_is_refused_with_a_message(address: str) -> None:
    for draft in (MailDraft(address, "x", "y"), MailDraft(TO, "x", "y", from_address=address or "x")):
        with pytest.raises(ValueError, match=r"^an email looks like name@place\.org$"):
            eml(draft)
    with pytest.raises(ValueError, match="looks like"):
        mailto(address, "x", "y")


@pytest.mark.parametrize(
    ("address", "why"),
    [("-oQ/tmp@example.com", "taken for an option"), ("mëi@example.com", "only plain letters before the @")],
)
def test_an_address_that_would_do_harm_or_get_lost_is_refused(address: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        eml(MailDraft(address, "x", "y"))


@pytest.mark.parametrize("message_id", ["1@warmcall", "<1>", "<1@w>\nBcc: x", "<1@w> <2@w>"])
def test_what_is_no_message_id_is_refused(message_id: str) -> None:
    with pytest.raises(ValueError, match="a message id looks like"):
        eml(MailDraft(TO, "x", "y", message_id=message_id))


def test_a_domain_in_other_letters_is_written_in_its_ascii_form() -> None:
    assert parsed(MailDraft(" mei@bücher.example ", "x", "y"))["To"] == "mei@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("to", "subject", "body", "expected"),
    [
        ("mei@example.com", "Hi", "a\nb", "mailto:mei@example.com?subject=Hi&body=a%0D%0Ab"),
        ("a+b&c?@example.com", "1 & 2", "=", "mailto:a%2Bb%26c%3F@example.com?subject=1%20%26%202&body=%3D"),
        ("mei@example.com", "é", "\r\n", "mailto:mei@example.com?subject=%C3%A9&body=%0D%0A"),
        ("mei@example.com", "a\r\nb", "+", "mailto:mei@example.com?subject=a%20b&body=%2B"),
    ],
)  # fmt: skip
def test_a_mailto_address_is_encoded_as_its_standard_says(
    to: str, subject: str, body: str, expected: str
) -> None:
    assert mailto(to, subject, body) == expected


@settings(modest)
@given(subject=TEXTS, body=TEXTS)
def test_a_mailto_address_gives_back_what_was_put_in(subject: str, body: str) -> None:
    address = mailto(TO, subject, body)
    parts = urlsplit(address)
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert (parts.scheme, unquote(parts.path), parts.fragment) == ("mailto", TO, "")
    assert fields == {"subject": [header_text(subject)], "body": [plain_text(body).replace("\n", "\r\n")]}
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


def test_a_thank_you_of_usual_length_is_short_enough_for_every_program() -> None:
    assert len(mailto(TO, "Thank you for Friday", "Nobody tells you how much. " * 40)) < MAILTO_SURE


@pytest.mark.parametrize(
    ("address", "sent_to"),
    [
        ("a@straße.de", "a@xn--strae-oqa.de"),  # IDNA 2003 makes it strasse.de, somebody else's
        ("a@faß.Example", "a@xn--fa-hia.example"),
        ("a@βόλος.com", "a@xn--nxasmm1c.com"),
        ("mei@BÜCHER.example", "mei@xn--bcher-kva.example"),
        ("a@XN--strae-oqa.de", "a@xn--strae-oqa.de"),
        ("a@Example.com", "a@Example.com"),
    ],
)
def test_a_domain_is_the_one_that_is_written(address: str, sent_to: str) -> None:
    assert checked_address(address) == sent_to


@pytest.mark.parametrize(
    "host", ["☃.net", "xn--a.com", "😀.la", "-ü.de", "٣ü.com", "ü..de", "é" * 70 + ".com"]
)
def test_a_domain_that_there_cannot_be_is_said(host: str) -> None:
    with pytest.raises(ValueError, match=f"“{host[:60]}” is not the domain of an email"):
        checked_address(f"a@{host}")
