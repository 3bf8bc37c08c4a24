"""The list of topics: the sections of the manual, each of which `warmcall help` shows by its name.

To add one, write its line here and `topics/NAME.py` (with _ for -), whose function `blocks` yields its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from warmcall.cli.manual.blocks import Block


class Topic(NamedTuple):
    """A section: the word by which it is asked for, its heading, and a phrase for the list of topics.

    `module` is that in `topics`, if it cannot have the name of the topic.
    """

    name: str
    title: str
    about: str
    module: str = ""

    def blocks(self) -> Iterable[Block]:
        """Return the text of the section."""
        name = self.module or self.name.replace("-", "_")
        found: Iterable[Block] = import_module(f"warmcall.cli.manual.topics.{name}").blocks()
        return found


TOPICS = (
    Topic("day", "The day", "your first call, and an ordinary day"),
    Topic("keys", "Keys", "every key, and keys of your own"),
    Topic("dates", "Days and times", "days and times as you type them"),
    Topic("import", "Importing people", "LinkedIn, Google, phones, tables", "importing"),
    Topic("settings", "Settings", "config.yaml, your mail program, your editor"),
    Topic("themes", "Themes", "colours, and a theme of your own"),
    Topic("scripts", "Call scripts", "your own call scripts"),
    Topic("questions", "Questions", "your own questions"),
    Topic("messages", "Letters and messages", "your own letters and messages"),
    Topic("figures", "Figures and lists", "how long, how often; shortlist, preparation"),
    Topic("files", "Files", "where everything is"),
    Topic("data", "Your data", "the state file, backups, scripts that edit it"),
    Topic("machines", "Several machines", "git, Syncthing, ssh, a shared home, merging copies"),
    Topic("ssh", "Over SSH", "slow lines, dropped lines, copying, tmux"),
    Topic("accessibility", "Accessibility", "screen readers, braille, colours, ASCII"),
    Topic("shared-host", "On a shared host", "what is given to everybody on a host"),
    Topic("shell", "In the shell", "commands, completion, prompts, cron, jq"),
    Topic("json", "JSON", "what commands print for programs"),
    Topic("programs", "Beside other programs", "calendars, address books, mail, documents"),
    Topic("environment", "Environment", "the variables that warmcall reads"),
    Topic("exit-codes", "Exit codes", "how a command ended"),
)
"""All topics, in the order of the manual."""


def topic_called(words: Iterable[str]) -> Topic | None:
    """Return the topic that is called so, in any case, with hyphens or spaces; None if there is none."""
    wanted = "-".join(words).casefold()
    return next((topic for topic in TOPICS if topic.name == wanted), None)
