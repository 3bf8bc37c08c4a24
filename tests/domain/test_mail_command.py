from __future__ import annotations

import pytest
from warmcall.domain.mail_command import (
    MAIL_PLACEHOLDERS,
    CodeInMailCommand,
    filled_words,
    mail_names,
    mail_words,
)

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
        ("mutt", "does not say what to send"),
        ("mutt\0 {to}", "has a character in it"),
    ],
)
def test_a_command_that_cannot_work_is_refused_in_a_sentence(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        mail_words(line)


@pytest.mark.parametrize(
    ("line", "program", "name"),
    [
        ("sh -c \"mutt -s '{subject}' {to}\"", "sh", "subject"),
        ("/bin/bash -lc 'msmtp -t < {eml}'", "bash", "eml"),
        ("bash -O extglob -c 'mutt {to}'", "bash", "to"),
        ("bash {body_file}", "bash", "body_file"),
        ("dash -e -c 'mutt {to}'", "dash", "to"),
        ("env sh -c 'mutt {to}'", "sh", "to"),
        ("env -S 'mutt -s {subject}'", "env", "subject"),
        ("nohup nice -n 5 zsh -c 'mutt {mailto}'", "zsh", "mailto"),
        ("busybox sh -c 'mutt {to}'", "sh", "to"),
        ("sh -c 'eval \"mutt $1\"' sh {to}", "sh", "to"),
        ("sh -c 'bash -c \"$1\"' sh {to}", "sh", "to"),
        ("python3.11 -c 'print(\"{subject}\")'", "python", "subject"),
        ("python3 -W ignore -c 'send({to})'", "python", "to"),
        ("perl -e'send(q({subject}))'", "perl", "subject"),
        ("perl -w -e 'x' -e 'y({subject})'", "perl", "subject"),
        ("ruby -e 'send {subject}'", "ruby", "subject"),
        ("node --eval='send({subject})'", "node", "subject"),
        ("php -r 'mail({to});'", "php", "to"),
        ("awk 'BEGIN { print \"{subject}\" }'", "awk", "subject"),
        ('osascript -e \'tell app "Mail" to send "{subject}"\'', "osascript", "subject"),
        ("emacsclient --eval '(compose-mail \"{to}\")'", "emacsclient", "to"),
        ("vim '+set title={subject}' x", "vim", "subject"),
        ("ssh home mutt -s {subject} {to}", "ssh", "subject"),
        ("xargs -a {body_file} mutt", "xargs", "body_file"),
        ("tmux new-window 'mutt -s {subject}'", "tmux", "subject"),
        ("eval mutt {to}", "eval", "to"),
    ],
)
def test_a_command_that_runs_other_peoples_words_is_refused(line: str, program: str, name: str) -> None:
    with pytest.raises(CodeInMailCommand) as refused:
        mail_words(line)
    assert str(refused.value) == f"the mail command lets {program} run {{{name}}} as code"
    assert refused.value.fix


@pytest.mark.parametrize(
    "line",
    [
        'sh -c \'mutt -s "$1" -i "$2" -- "$3"\' sh {subject} {body_file} {to}',
        "sh -c 'msmtp -t < \"$1\"' sh {eml}",
        "sh -e send-mail.sh {subject} {to}",
        "python3 send.py --to {to} -c {subject}",
        "python3 -c 'import sys, sender; sender.send(*sys.argv)' {subject} {to}",
        "perl -MNet::SMTP -e 'send(@ARGV)' {to}",
        "env MAILRC=x mutt -s {subject} -- {to}",
        "nvim {eml}",
        "emacs --eval '(mail-mode)' {body_file}",
        "thunderbird -compose to={to}",
        "mutt -s 'Re: {subject}; thanks' -- {to}",
    ],
)
def test_words_of_their_own_may_go_to_a_shell_or_a_script(line: str) -> None:
    assert mail_words(line)
