"""Every letter for the sample data and three invented users, as it is drafted: `golden/letters.txt`.

After a change of the words, run this file with WARMCALL_TESTS_GOLDEN=write, and read what changed, aloud.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from warmcall.config.library import Library
from warmcall.domain.message import Medium, Purpose, draft
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.vocabulary import FollowUpKind, Introduction, Source
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.invented_users import USERS, bench_of
from tests.screens.driving import fill_with_demo

GOLDEN = Path(__file__).parent / "golden" / "letters.txt"
REWRITE = "WARMCALL_TESTS_GOLDEN"

Letters = tuple[tuple[str, str, str], ...]
"""Of each letter: whose, which and to whom; its subject; its text."""


def letters_of(user: str, library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield every letter that `user` could write now: to whom and which, its subject, and its text."""
    if user == "the sample data":
        bench = Bench(library)
        fill_with_demo(bench)
    else:
        bench = bench_of(user, library)
    services = bench.services
    for entry in services.queue.entries():
        yield from _of_follow_up(services, entry.follow_up)
    for contact in sorted(bench.store.all(Contact), key=lambda contact: contact.name):
        for choice in services.drafting.letters_for(contact):
            about_id = choice.about.id if choice.about else ""
            letter = services.following_up.add_letter(contact.id, choice.template, about_id)
            yield from _of_follow_up(services, letter)
            if choice.template.purpose is Purpose.INTRODUCTION:
                yield from _thanks_for_introduction(services, letter)
        for template in library.messages_for(Purpose.ASK):
            now = services.store.require(Contact, contact.id)
            text = draft(template, services.drafting.ask_values(now))
            yield f"{template.id} to {contact.name}", text.subject, text.body
    yield from _asking_for_names(services)


def _asking_for_names(services: Services) -> Iterator[tuple[str, str, str]]:
    """Yield the letters that ask for names, to readers who are not in People."""
    for source in Source:
        template = services.sources.letter(source)
        if template is not None:
            text = services.sources.draft(source)
            yield f"{template.id} to somebody not in People", text.subject, text.body


def _thanks_for_introduction(services: Services, letter: FollowUp) -> Iterator[tuple[str, str, str]]:
    """Yield the thanks for the introduction that `letter` asks for, once it is made."""
    services.following_up.done(letter.id)
    owed = services.store.open_of_contact(letter.contact_id, FollowUpKind.OTHER)
    asked = next(other for other in owed if other.introduction is Introduction.ASKED)
    services.following_up.introductions.make(asked.id)
    yield from _of_follow_up(services, services.store.require(FollowUp, asked.id))


def _of_follow_up(services: Services, owed: FollowUp) -> Iterator[tuple[str, str, str]]:
    contact = services.store.require(Contact, owed.contact_id)
    if owed.kind is FollowUpKind.PROMISE and owed.waiting:
        return
    templates = services.drafting.templates(owed)
    for template in templates if contact.email else templates[:1]:
        text = services.drafting.draft(owed, template.id)
        yield f"{template.id} to {contact.name}", text.subject, text.body


@pytest.fixture(scope="module")
def letters(library: Library) -> Letters:
    return tuple(
        (f"{user}: {what}", subject, body)
        for user in ("the sample data", *USERS)
        for what, subject, body in letters_of(user, library)
    )


def test_every_letter_reads_as_it_was_read(letters: Letters) -> None:
    pages = [
        f"== {what}\n{f'Subject: {subject}' if subject else '(no subject)'}\n\n{body}\n"
        for what, subject, body in letters
    ]
    text = "\n".join(pages)
    if os.environ.get(REWRITE) == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_bundled_template_is_among_them(letters: Letters, library: Library) -> None:
    ids = {what.partition(": ")[2].partition(" to ")[0] for what, _, _ in letters}
    assert {id_ for id_ in library.messages if not id_.endswith("-message")} <= ids


NEVER = {
    "a doubled “I'm”": r"\bI'm (?:I|I'm|was|am|have)\b",
    "“I'll” without a verb": r"\bI'll (?:the|an?|my|your|our)\b",
    "a small letter after a colon": r":\s+[a-z]",
    "a small letter after a full stop": r"(?<!Dr)(?<!Mrs)\. [a-z]",
    "an empty pair of brackets": r"\(\s*\)|\[|\]",
    "two spaces": r"[^\n] {2,}",
    "a space before a sign": r" [,.;:?!]",
    "two full stops": r"\.\.|[?!]\.",
    "an unfilled placeholder": r"[{}]",
    "a pronoun for the reader": r"\b(?:she|he|her|his|him)\b",
    "a promise not to ask": r"I won't ask for",
    "a note in front of a sentence": r"(?<=\n)[,;.]",
}


@pytest.mark.parametrize("fault", NEVER)
def test_no_letter_has(letters: Letters, fault: str) -> None:
    for what, subject, body in letters:
        outside = re.sub("‹[^‹›]*›", "X", f"{subject}\n{body}")
        assert not re.search(NEVER[fault], outside), (what, fault, outside)
        assert "‹" not in outside, what
        assert "›" not in outside, what


def test_a_short_message_has_no_subject_and_an_email_has_one(letters: Letters, library: Library) -> None:
    for what, subject, _ in letters:
        template = library.messages[what.partition(": ")[2].partition(" to ")[0]]
        assert bool(subject) == (template.channel is Medium.EMAIL), what
