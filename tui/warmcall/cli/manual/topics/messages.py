"""Letters and messages of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, verbatim, words
from warmcall.cli.manual.fields import fields_of
from warmcall.domain.message import MessageTemplate, Wording

EXAMPLE = """
id: my-thank-you
title: My thank-you
for: thank_you
subject: Thank you, {contact.first_name}
body: |
  Dear {contact.first_name},

  Thank you for your time on {meeting.weekday}. What stayed with me: {meeting.starred_1}

  {me.name}
"""
"""A message of one's own; the tests read it."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Your own letters are YAML files in $XDG_CONFIG_HOME/warmcall/messages "
        "(~/.config/warmcall/messages). A file with the id of a bundled one replaces it; of several for one "
        "purpose, yours comes first, and T leads to the others. An example:"
    )
    yield verbatim(EXAMPLE)
    yield from words(
        "What somebody said is filled in between ‹ and ›, to be said in your own words: before that the "
        "message is neither sent nor mailed. The names in braces are listed in the topic scripts. An email "
        "that asks for a talk has at most 100 words and a subject of three or four; see the topic figures.",
    )
    yield Subheading("A message")
    yield fields_of(
        MessageTemplate,
        {
            "id": "its name, of your choice; that of a bundled message replaces that one",
            "title": "what the screen calls it",
            "for": "what it is for",
            "body": "the text",
            "channel": "message is a short one without a subject, which somebody without an email address "
            "gets first",
            "subject": "the subject; an email needs one",
            "again": "the wording for somebody who was written to before and has not answered",
            "known": "the wording for somebody you have met",
        },
    )
    yield Subheading("Another wording, under again and known")
    yield fields_of(Wording, {"body": "the text", "subject": "the subject"})
