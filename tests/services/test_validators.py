from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.formats.contact_details import email_problem, phone_problem
from warmcall.services.validators import minutes_problem, plain_field, zone_problem

from tests.profiles import modest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "a@b.co",
        " robin.vale@example.com ",
        "m.konstantinidou-featherstonehaugh@mail.example.co.uk",
        "o'brien+list@example.org",
        "佐藤@例え.jp",
    ],
)
def test_a_usable_email_has_no_problem(text: str) -> None:
    assert email_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("robin", "an email has an @ in it"),
        ("robin.example.com", "an email has an @ in it"),
        ("robin@", "looks like"),
        ("@example.com", "looks like"),
        ("robin@example", "looks like"),
        ("robin@example.", "looks like"),
        ("robin@.com", "looks like"),
        ("robin@a..com", "looks like"),
        ("robin vale@example.com", "looks like"),
        ("a@b@c.com", "looks like"),
        ("Robin <robin@example.com>", "looks like"),
        ("a@b.com, c@d.com", "looks like"),
        ("a@b.com\nBcc: c@d.com", "looks like"),
        ("a@☃.net", "“☃.net” is not the domain of an email"),
        ("a@xn--a.com", "“xn--a.com” is not the domain of an email"),
        (f"{'a' * 250}@b.com", "looks like"),
    ],
)
def test_what_cannot_be_an_email_is_said(text: str, what: str) -> None:
    assert what in email_problem(text)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("", ""),
        ("+1 312 555 0142", ""),
        ("+1 (312) 555-0142", "US"),
        ("312 555 0142", "US"),
        ("312 555 0142", "us"),
        ("312.555.0142 x12", "US"),
        ("312-555-0142 ext. 12", "US"),
        ("555 0142", "US"),
        ("+49 30 901820", "US"),
        ("030 901820", "DE"),
        ("123", ""),
        ("312 555 0142", ""),
        ("020 7946 0018", "UK"),
        ("312 555 0142", "Nowhere"),
        ("tel:+1-312-555-0142", ""),
        ("tel:+1-312-555-0142;ext=77", "US"),
        ("TEL:7042;phone-context=example.com", ""),
        ("312 555 0142 extension 77", "US"),
        ("312 555 0142, ext. 77", "US"),
        ("312 555 0142;ext=12", "US"),
        ("312 555 0142x77", "US"),
        ("\u202a+1\xa0312\u2011555\u20110142\u202c", "US"),
        ("＋１ ３１２ ５５５ ０１４２", ""),
        ("٠٣٠ ٩٠١٨٢٠", "DE"),
    ],
)
def test_a_usable_phone_number_has_no_problem(text: str, country: str) -> None:
    assert phone_problem(text, country) == ""


@pytest.mark.parametrize(
    ("text", "country", "what"),
    [
        ("call me", "", "figures"),
        ("312 555 0142; rm -rf", "", "figures"),
        ("++1 312", "", "figures"),
        ("12", "", "too short"),
        ("+1", "", "too short"),
        ("12 34", "US", "too short"),
        ("+1 312 55", "", "too short"),
        ("1" * 21, "", "too long"),
        ("1" * 21, "Nowhere", "too long"),
        ("+1 312 555 0142 999", "", "too long"),
        ("312 555 0142 9999", "US", "too long"),
        ("+999 123 4567", "", "no country"),
        ("()-", "", "too short"),
    ],
)
def test_what_cannot_be_a_phone_number_is_said(text: str, country: str, what: str) -> None:
    assert what in phone_problem(text, country)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tel:+1-312-555-0142", "+1-312-555-0142"),
        ("tel:+1%20312;isub=1;ext=77", "+1 312 ext. 77"),
        ("312 555 0142;ext=12", "312 555 0142 ext. 12"),
        ("312 555 0142, ext. 77", "312 555 0142, ext. 77"),
        ("\u202a+1\xa0312\u2011555–0142\u202c", "+1 312-555-0142"),
        ("＋１（３１２）", "+1(312)"),
        ("٠٣٠ ٩٠", "030 90"),
    ],
)
def test_a_phone_number_is_kept_in_plain_figures(text: str, kept: str) -> None:
    assert plain_field("phone", text) == kept


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("email", "mailto:mei@example.com", "mei@example.com"),
        ("email", "\u200bmei@ex\u2011ample.com\xa0", "mei@ex-ample.com"),
        ("name", "Mei\u200b\xa0Tanaka", "Mei Tanaka"),
        ("notes", " one\xa0two\u200b\nthree ", "one\xa0two\nthree"),
    ],
)
def test_a_field_is_kept_without_what_nobody_can_see(name: str, text: str, kept: str) -> None:
    assert plain_field(name, text) == kept


@pytest.mark.parametrize("text", ["", " ", "5", "20", " 20 ", "020", "120"])
def test_usable_minutes_have_no_problem(text: str) -> None:
    assert minutes_problem(text) == ""


@pytest.mark.parametrize(
    "text", ["4", "121", "0", "-5", "20.5", "twenty", "1e2", "1200", "12000", "00200000", "01205", "²", "٢٠"]
)
def test_what_cannot_be_minutes_is_said(text: str) -> None:
    assert minutes_problem(text) == "minutes: a number from 5 to 120"


@pytest.mark.parametrize("text", ["", " ", "America/Chicago", " Europe/Berlin ", "UTC"])
def test_a_zone_that_is_known_has_no_problem(text: str) -> None:
    assert zone_problem(text) == ""


@pytest.mark.parametrize("text", ["Chicago", "EST5", "../UTC", "Europe/Berlin\x00", "Mars/Olympus"])
def test_a_zone_nobody_knows_is_said(text: str) -> None:
    assert zone_problem(text) == "a zone looks like Europe/Berlin"


@modest
@given(
    st.text(max_size=40) | st.text("+0123456789 ()-./x#", max_size=30), st.sampled_from(["", "US", "GB", "?"])
)
def test_any_text_can_be_checked(text: str, country: str) -> None:
    for what in (
        email_problem(text),
        phone_problem(text, country),
        minutes_problem(text),
        zone_problem(text),
    ):
        assert isinstance(what, str)
    if minutes_problem(text) == "" and text.strip():
        assert 5 <= int(text) <= 120
