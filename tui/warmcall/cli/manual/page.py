"""The manual page: the commands with their options and examples, made from themselves, and the topics."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from warmcall import __version__
from warmcall.cli.base import examples_of
from warmcall.cli.manual.blocks import Block, Entries, entries, words
from warmcall.cli.manual.contents import TOPICS
from warmcall.cli.manual.roff import escaped, fallbacks, roff, section

NAME = "warmcall"

_SUMMARY = "informational interviews, run from the terminal"

_DESCRIPTION = (
    "warmcall takes a person through informational interviews: choose a job to aim at, find people who do it "
    "or hire for it, call them with a script and ask for twenty minutes, run the interview from a checklist "
    "against the clock, and follow up until the contact is a relationship.",
    "Without a command it opens full screen, for the keyboard alone. The commands work without the screens, "
    "in a pipe, too.",
    "warmcall help TOPIC shows a section of this page by itself; warmcall help lists the topics.",
)

_EXAMPLES = (
    ("warmcall demo", "look around in sample data"),
    ("warmcall add 'Ana Ruiz' --org Northgate --referrer 'Mei Tanaka'", "note a name you were given"),
    (
        "warmcall import ~/Downloads/Basic_LinkedInDataExport.zip",
        "people from LinkedIn into the pool; --dry-run says first what becomes of each row",
    ),
    ("warmcall due --within 3d", "see what comes due in three days"),
    ("warmcall next", "what to do now, and how"),
    ("warmcall show 'Mei Tanaka'", "all that is known of somebody"),
    ("warmcall export md --interview | lpr", "print the page to read before the next interview"),
    ("warmcall man > ~/.local/share/man/man1/warmcall.1", "keep this page where man finds it"),
)


def whole_page() -> str:
    """Return the page that is installed."""
    from warmcall.cli.main import main

    return f"{manual(main)}\n"


def manual(command: click.Command) -> str:
    """Return the manual page of a command and all its subcommands: roff with the man macros, in ASCII."""
    head = f'.TH {NAME.upper()} 1 "" "{NAME} {__version__}" "User Commands"'
    body = "\n".join(_sections(command))
    return "\n".join([head, *fallbacks(body), body])


def _sections(command: click.Command) -> Iterator[str]:
    top = click.Context(command, info_name=NAME, **command.context_settings)
    yield from (".nh", ".ad l")
    yield from (".SH NAME", f"{NAME} \\- {escaped(_SUMMARY)}")
    yield ".SH SYNOPSIS"
    yield _usage(top)
    yield from section("Description", words(*_DESCRIPTION))
    yield from section("Options", [_options(top)])
    yield ".SH COMMANDS"
    for context in _subcommands(top):
        if not isinstance(context.command, click.Group) or examples_of(context.command):
            yield f".SS {escaped(_command_words(context))}"
            yield _usage(context)
            yield from roff(_help(context))
            yield from _examples_of(context.command)
    for topic in TOPICS:
        yield from section(topic.title, topic.blocks())
    yield from section("Examples", [entries(*_EXAMPLES)])
    yield from (".SH SEE ALSO", ".BR tmux (1),", ".BR screen (1),", ".BR mosh (1)")


def _subcommands(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of every subcommand, at all depths, by name."""
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command is not None and not command.hidden:
                subcontext = click.Context(command, parent=context, info_name=name)
                yield subcontext
                yield from _subcommands(subcontext)


def _command_words(context: click.Context) -> str:
    """Return the words that run a command, without the options between them."""
    names = [context.info_name or ""]
    while context.parent is not None:
        context = context.parent
        names.append(context.info_name or "")
    return " ".join(reversed(names))


def _usage(context: click.Context) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    return f"\\fB{escaped(_command_words(context))}\\fR {escaped(pieces)}"


def _help(context: click.Context) -> Iterator[Block]:
    yield from words(*inspect.cleandoc(context.command.help or "").split("\n\n"))
    yield _options(context)


def _options(context: click.Context) -> Entries:
    every = context.command.params if context.parent else context.command.get_params(context)
    options = (option for option in every if isinstance(option, click.Option))
    records = (option.get_help_record(context) for option in options)
    return entries(*(_in_words(*record) for record in records if record is not None))


def _in_words(term: str, about: str) -> tuple[str, str]:
    """Return an option without the range that click adds, which its words say if it matters."""
    return term.replace("INTEGER RANGE", "NUMBER"), re.sub(r" *\[\d+<=x<=\d+\]", "", about)


def _examples_of(command: click.Command) -> Iterator[str]:
    """Yield the examples in the help of a command, each as a line to be typed and what it does."""
    found = examples_of(command)
    if found:
        yield from (".PP", "For example:", ".RS", *roff([entries(*found)]), ".RE")
