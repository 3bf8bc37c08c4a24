"""The list of topics: the sections of the manual, each of which `warmcall help` shows by its name.

To add one, write its line here and `topics/NAME.py` (with _ for -), whose function `blocks` yields its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from warmcall.cli.manual.blocks import Block


class Topic(NamedTuple):
    """A section: the word by which it is asked for, its heading, and a phrase for the list of topics."""

    name: str
    title: str
    about: str

    def blocks(self) -> Iterable[Block]:
        """Return the text of the section."""
        module = import_module(f"warmcall.cli.manual.topics.{self.name.replace('-', '_')}")
        found: Iterable[Block] = module.blocks()
        return found


TOPICS = (
    Topic("keys", "Keys", "the keys on every screen, and keys of your own"),
    Topic("accessibility", "Screen readers and braille", "screen readers, braille, colours, plain ASCII"),
    Topic("files", "Files", "where everything is"),
    Topic("data", "Your data", "the state file, backups, scripts that edit it"),
    Topic("shared-host", "On a shared host", "what an office or a school gives to everybody on a host"),
    Topic("settings", "Settings", "what config.yaml can say"),
    Topic("themes", "Themes", "colours, and a theme of your own"),
    Topic("environment", "Environment", "the variables that warmcall reads"),
    Topic("json", "JSON", "what commands print for programs"),
    Topic("shell", "Prompts, cron and jq", "prompts, the status line, cron, jq"),
    Topic("programs", "Beside other programs", "calendars, address books, mail, documents"),
    Topic("exit-codes", "Exit status", "what the number says with which a command ends"),
)
"""All topics, in the order of the manual."""


def topic_called(words: Iterable[str]) -> Topic | None:
    """Return the topic that is called so, in any case, with hyphens or spaces; None if there is none."""
    wanted = "-".join(words).casefold()
    return next((topic for topic in TOPICS if topic.name == wanted), None)
