from __future__ import annotations

import pytest
from warmcall.domain.mail_command import MAIL_PLACEHOLDERS, filled_words, mail_names, mail_words

VALUES = {
    "mailto": "mailto:mei@example.com?subject=x",
    "eml": "/home/me/drafts/mei.eml",
    "to": "mei@example.com",
    "subject": "Thank you; rm -rf ~ $(x) `y` \"z\" 'w' {to}",
    "body_file": "/tmp/x/text.txt",  # noqa: S108 - never opened
}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("xdg-open {mailto}", ["xdg-open", VALUES["mailto"]]),
        ("thunderbird '{eml}'", ["thunderbird", VALUES["eml"]]),
        (
            "mutt -s {subject} -i {body_file} -- {to}",
            ["mutt", "-s", VALUES["subject"], "-i", VALUES["body_file"], "--", VALUES["to"]],
        ),
        ("my\\ mail --to={to},{to}", ["my mail", "--to=mei@example.com,mei@example.com"]),
    ],
)
def test_each_value_is_in_one_word_whatever_it_holds(line: str, words: list[str]) -> None:
    assert list(filled_words(mail_words(line), VALUES)) == words


def test_a_value_in_front_of_a_word_cannot_become_an_option() -> None:
    values = VALUES | {"subject": "--delete-all"}
    assert filled_words(("p", "{subject}", "-s{subject}"), values) == ("p", " --delete-all", "-s--delete-all")


def test_a_value_loses_what_no_word_can_hold() -> None:
    assert filled_words(("p", "{subject}"), VALUES | {"subject": "a\0b"}) == ("p", "a b")


def test_every_name_there_is_can_be_used() -> None:
    words = mail_words("mail " + " ".join(f"{{{name}}}" for name in MAIL_PLACEHOLDERS))
    assert mail_names(words) == set(MAIL_PLACEHOLDERS) == set(VALUES)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "names no program"),
        ("  ", "names no program"),
        ("'' {to}", "names no program"),
        ("mutt '{to}", "a quote is not closed"),
        ("mutt {cc}", "does not know {cc}"),
        ("mutt {}", "does not know {}"),
        ("mutt {to.name}", "does not know {to.name}"),
        ("{eml} {to}", "begins with a name in braces"),
        ("mutt", "is not told what to send"),
        ("mutt\0 {to}", "has a character in it"),
    ],
)
def test_a_command_that_cannot_work_is_refused_in_a_sentence(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        mail_words(line)
