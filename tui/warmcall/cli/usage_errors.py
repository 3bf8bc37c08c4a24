"""What is wrong with a command line, as one sentence: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click

from warmcall.cli.base import examples_of

_MEANT = {
    meant: command
    for command, words in {
        "add": "create new",
        "answers": "quotes said",
        "config": "configure preferences settings",
        "delete": "del remove rm",
        "done": "check-off close complete finish tick",
        "draft": "compose email mail message thank-you thanks write",
        "due": "agenda overdue queue tasks today todo",
        "edit": "change modify update",
        "export csv": "csv spreadsheet",
        "export ics": "calendar ics",
        "export json": "dump json",
        "export md": "markdown md",
        "export vcf": "vcard vcf",
        "import": "load",
        "interview end": "stop",
        "interview plan": "meet meeting schedule",
        "list": "contacts find grep ls people search",
        "log": "call outcome record voicemail",
        "man": "manual",
        "merge-people": "dedupe duplicates merge-contacts",
        "paths": "where",
        "progress": "stats statistics",
        "report": "html pdf",
        "show": "contact info open person view who",
        "snooze": "defer later postpone wait",
    }.items()
    for meant in words.split()
}
"""Words of the screens, and of other programs, that somebody may try as a command, by what does it."""

_EXPORTED = {"calendar": "ics", "markdown": "md", "pdf": "html", "vcard": "vcf"}
"""What else the formats of `export` are called."""

_GROUPS = ("interview", "config", "backups", "export")
"""The commands whose own commands may be tried without them: "start" for "interview start"."""

_NO_CHOICE = re.compile(r"(?P<value>'.*'|\".*\") is not ", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)", re.DOTALL)

_OF_PEOPLE = ("who", "id")
"""What arguments are called that a person can be named by."""

_SHOWN = 40
"""How many characters of a wrong word are shown."""


def usage_sentence(error: click.ClickException) -> str:
    """Return what is wrong with a command line, and what to write instead, for `fail`."""
    if isinstance(error, click.BadOptionUsage):
        return _bad_option(error)
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return error.format_message()
    context = error.ctx
    words = context.command_path.partition(" ")[2]
    match error:
        case click.NoSuchCommand():
            return _no_command(error.command_name, context, words)
        case click.NoSuchOption():
            return _no_option(error.option_name, context, words)
        case click.exceptions.NoArgsIsHelpError():
            return f"{words} needs a command: {_one_of(_names_of(context))}"
        case click.MissingParameter():
            return _missing(error, context, words)
        case click.BadParameter():
            return _bad_value(error, context, words)
    extra = _EXTRA.fullmatch(error.message.rstrip("."))
    return _extra_words(extra["words"], context, words) if extra else _in_command(words, error.message)


def no_help_sentence(word: str, root: click.Context | None = None) -> str:
    """Return what is wrong with a word that is no topic of the manual, nor a command of `root`.

    It names what may be meant: what is spelled nearly so, or topics with the word in their titles.
    """
    from warmcall.cli.manual.contents import TOPICS

    folded = word.casefold()
    names = [*(_names_of(root) if root else ()), *(topic.name for topic in TOPICS)]
    near = (_other_words(folded, root, "") if root else []) or near_misses(word, names)
    if not near and len(folded) > 2:
        near = [topic.name for topic in TOPICS if folded in f"{topic.title} {topic.about}".casefold()][:3]
    what = "command or topic" if root else "topic"
    return f"there is no {what} “{word[:_SHOWN]}”: {_meant(near) or _see_help('', 'lists them')}"


def near_misses(word: str, names: Iterable[str]) -> list[str]:
    """Return which of `names` may be meant by `word`, the likeliest first, at most three.

    They begin with it, or have most of its letters in the same order; of those, the ones with the fewest
    slips of a finger: a letter too many, missing or wrong, or two exchanged.
    """
    from difflib import get_close_matches

    from rapidfuzz.distance import OSA

    folded = word.casefold().strip("-")
    by_fold = {name.casefold().strip("-"): name for name in names}
    begin = [fold for fold in by_fold if len(folded) > 1 and fold.startswith(folded)]
    near = begin or get_close_matches(folded, by_fold, 6, 0.6)
    slips = {fold: OSA.distance(folded, fold) for fold in near}
    fewest = [fold for fold in near if begin or slips[fold] == min(slips.values())]
    return [by_fold[fold] for fold in fewest[:3]]


def meant_or_all(word: str, names: Iterable[str]) -> str:
    """Return what to do after `word`, which is none of `names`: the likeliest of them, or all there are."""
    known = list(names)
    near = near_misses(word, known)
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"


def _no_command(word: str, context: click.Context, words: str) -> str:
    near = _other_words(word.casefold(), context, words) or near_misses(word, _names_of(context))
    what = f"{words} has no command “{word[:_SHOWN]}”" if words else f"there is no command “{word[:_SHOWN]}”"
    return f"{what}: {_meant(near) or _see_help(words, 'lists them')}"


def _other_words(word: str, context: click.Context, words: str) -> list[str]:
    """Return the commands that another word for them, or their name without that of the group, means."""
    if words:
        return [_EXPORTED[word]] if words == "export" and word in _EXPORTED else []
    if word in _MEANT:
        return [_MEANT[word]]
    names = [name for name in _names_of(context) if name in _GROUPS]
    groups = ((name, context.command.get_command(context, name)) for name in names)  # type: ignore[attr-defined]
    return [
        f"{name} {word}"
        for name, group in groups
        if isinstance(group, click.Group) and word in group.commands
    ]


def _no_option(option: str, context: click.Context, words: str) -> str:
    known = [name for parameter in _options(context) for name in (*parameter.opts, *parameter.secondary_opts)]
    near = near_misses(option, known) if option.startswith("--") else []
    what = f"{words} has no option {option[:_SHOWN]}" if words else f"there is no option {option[:_SHOWN]}"
    return f"{what}: {_meant(near) or _see_help(words, 'lists them')}"


def _missing(error: click.MissingParameter, context: click.Context, words: str) -> str:
    parameter = error.param
    if parameter is None:
        return _in_command(words, error.format_message())
    name = _name_of(parameter)
    if isinstance(parameter.type, click.Choice):
        return f"{words} needs {name}: {_one_of(parameter.type.choices)}"
    return f"{words} needs {name}: {_as_in(context) or _see_help(words, 'says what it is')}"


def _bad_value(error: click.BadParameter, context: click.Context, words: str) -> str:
    parameter = error.param
    if parameter is None:
        return _in_command(words, error.format_message())
    name = _name_of(parameter)
    refused = _NO_CHOICE.match(error.message)
    hint = _quotes_hint(context) if isinstance(parameter, click.Argument) else ""
    if refused is None:
        return _in_command(words, f"{name}: {error.message}{hint}")
    what = _in_command(words, f"{name} cannot be “{refused['value'][1:-1][:_SHOWN]}”")
    if not isinstance(parameter.type, click.Choice):
        return f"{what}: write a whole number"
    choices = list(map(str, parameter.type.choices))
    near = near_misses(refused["value"][1:-1], choices)
    return f"{what}: {_meant(near) or f'write {_one_of(choices)}'}{hint}"


def _bad_option(error: click.BadOptionUsage) -> str:
    """Return the sentence about an option with a value it does not have, or without the one it needs."""
    name = error.option_name
    if "not take" in error.message:
        return f"{name} has no value: leave out the = and what follows it"
    return f"{name} needs a value: write it after {name}"


def _extra_words(extra: str, context: click.Context, words: str) -> str:
    """Return the sentence about words too many, which may be the rest of a name without quotes."""
    arguments = [_name_of(item) for item in context.command.params if isinstance(item, click.Argument)]
    taken = f"takes {' and '.join(arguments)}" if arguments else "takes no words"
    return f"{words} {taken}: leave out “{extra[:_SHOWN]}”{_quotes_hint(context)}"


def _quotes_hint(context: click.Context) -> str:
    """Return the hint that a name goes in quotes, if the command has one before what was refused."""
    first = next((item for item in context.command.params if isinstance(item, click.Argument)), None)
    value = context.params.get(str(first.name)) if first is not None and first.name in _OF_PEOPLE else None
    if not isinstance(value, str) or not value.isalpha():
        return ""
    words = context.command_path.partition(" ")[2]
    return f"; a name of several words goes in quotes, as in warmcall {words} '{value[:_SHOWN]} …'"


def _in_command(words: str, sentence: str) -> str:
    return f"{words}: {sentence}" if words else sentence


def _meant(near: Sequence[str]) -> str:
    return f"did you mean {_one_of(near)}?" if near else ""


def _as_in(context: click.Context) -> str:
    examples = examples_of(context.command)
    return f"write it as in {examples[0][0]}" if examples else ""


def _see_help(words: str, what: str = "says more") -> str:
    return f"warmcall help{f' {words}' if words else ''} {what}"


def _name_of(parameter: click.Parameter) -> str:
    """Return what a parameter is called in the help: its longest option, or the word of the argument."""
    if isinstance(parameter, click.Argument):
        name = parameter.human_readable_name.removesuffix("...")
        return name[1:-1] if name.startswith("[") and name.endswith("]") else name
    return max(parameter.opts, key=len)


def _names_of(context: click.Context) -> list[str]:
    command = context.command
    return command.list_commands(context) if isinstance(command, click.Group) else []


def _options(context: click.Context) -> Iterable[click.Option]:
    return (item for item in context.command.get_params(context) if isinstance(item, click.Option))


def _one_of(names: Iterable[str]) -> str:
    """Return "a, b or c"."""
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last
