"""The manual page, made from the commands themselves, so that it never differs from them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from types import MappingProxyType

import click

from warmcall import __version__
from warmcall.cli.base import examples, examples_of
from warmcall.cli.neighbours import INTRODUCTION, RECIPES
from warmcall.cli.snippets import SNIPPETS
from warmcall.config.settings import SETTINGS
from warmcall.terminal.ascii_fallback import ascii_for

NAME = "warmcall"
_FILE = "warmcall.1"
"""The page in the package; `python -m warmcall.cli.manual` writes it again."""

_SUMMARY = "informational interviews, run from the terminal"

_DESCRIPTION = (
    "warmcall takes a person through informational interviews: choose a job to aim at, find people who do it "
    "or hire for it, call them with a script and ask for twenty minutes, run the interview from a checklist "
    "against the clock, and follow up until the contact is a relationship.",
    "Without a command it opens full screen, for the keyboard alone. The commands work without the screens, "
    "in a pipe, too.",
)

_KEYS = (
    ("?", "every key that is active now; type to filter, Enter runs it"),
    ("1 to 6, [ ]", "the screens"),
    ("arrows, j k, Enter", "move, open"),
    ("Esc, q", "close what is open; q quits on the main screens, ctrl+q anywhere"),
    ("a e d, u U", "add, edit, delete; undo, redo"),
    ("Y", "copy"),
    (":", "the command palette"),
)

_FILES = (
    ("$XDG_DATA_HOME/warmcall/warmcall.json", "the state file: everything, as plain JSON. Backups, drafts, "
     "warmcall.ics, interview.txt and copied.txt are beside it, for your eyes only"),
    ("$XDG_STATE_HOME/warmcall/warmcall.log", "what happened when an error in warmcall ended it; beside the "
     "state file if that was named by --db or WARMCALL_DB"),
    ("$XDG_CONFIG_HOME/warmcall/config.yaml", "settings, all of them optional"),
    ("$XDG_CONFIG_HOME/warmcall/keymap.yaml", "your own keys by id, unless the settings name another file; "
     "warmcall keys lists the ids"),
    ("$XDG_CONFIG_HOME/warmcall/themes/NAME.yaml", "a theme of your own, called NAME in the settings and "
     "in the palette; see THEMES"),
    ("$XDG_CONFIG_HOME/warmcall/scripts, questions, messages", "your own YAML; cadence.yaml, "
     "job_questions.yaml, preparation.yaml, ranking.yaml and sources.yaml beside them"),
    ("/etc/xdg/warmcall", "all of these but keymap.yaml, for everybody on the host; see ON A SHARED HOST"),
)  # fmt: skip

_SHARED = (
    ("/etc/xdg/warmcall", "what somebody, such as a careers office, gives to everybody on the host: "
     "config.yaml, themes, scripts, questions, messages and the figures, as in "
     "$XDG_CONFIG_HOME/warmcall. The user's own come first: of two files with one id, or two themes of one "
     "name, theirs holds, and each figure and setting by itself. XDG_CONFIG_DIRS names other folders"),
    ("Who may write there", "root alone, else it is not used and warmcall check says why: neither files and "
     "folders of other users, nor what a group or others may write, nor links that others could change"),
    ("Mistakes there", "are named by file and line by warmcall check. To root they are errors; for users, "
     "who can do nothing about them, they are notes, and that file or setting is left out"),
    ("Who reads what", "state files, their backups, drafts and all else that warmcall writes are for their "
     "owner alone, whatever the umask. --db with the file of somebody else is refused"),
)  # fmt: skip

_ENVIRONMENT = (
    ("WARMCALL_DB", "the state file, if --db names none"),
    ("XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME", "where those folders are; if not set, ~/.local/share, "
     "~/.config and ~/.local/state"),
    ("XDG_CONFIG_DIRS", "folders, with : between them and the most important first, in which warmcall/ is "
     "for everybody on the host; if not set, /etc/xdg"),
    ("VISUAL, EDITOR", "your own editor, with its options; VISUAL comes first"),
    ("PAGER", "the program that shows what does not fit on a terminal, with its options; less, as LESS says, "
     "or FRX if that is not set. cat, or nothing, means none, as --no-pager does"),
    ("NO_COLOR", "if it is set and not empty, no colour at all"),
    ("TERM", "what the terminal can do; if it cannot place the cursor, the screens do not open"),
    ("TMUX, STY", "inside tmux or screen, copied text goes through them"),
    ("LC_ALL, LC_CTYPE, LANG", "the encoding of the terminal"),
    ("TZ", "your time zone, if the settings name none and it is not the machine's"),
    ("WARMCALL_PLAIN_TEXTUAL", "if it is set, Textual draws and reads keys as it does by itself, "
     "and the window title is left alone"),
)  # fmt: skip

_THEMES = (
    ("theme: NAME", "in config.yaml: dark, light, contrast, terminal (the colours of the terminal itself), "
     "or a theme of your own. The palette shows each as one moves, and keeps the one chosen"),
    ("dark, foreground, background", "what a theme of your own has to say: true or false, and two colours in "
     "six digits from 0 to f after #, in quotes, as in background: \"#15171a\""),
    ("surface, panel, selected, rule, muted", "dialogs; bars and the field one types in; the row of the "
     "cursor; thin lines; what matters less. Without them they are mixed of foreground and background"),
    ("primary, warning, error, success", "keys and titles; late, gaps and the last minutes; time over and "
     "mistakes; in touch and on pace. Without them they are those of dark, or of light where dark is false"),
    ("sign-call, sign-write, sign-meet, sign-promise, sign-tell", "the colours of the signs in lists; "
     "without them as above"),
    ("warmcall theme NAME", "shows every sign and colour of a theme; warmcall check names its mistakes by "
     "line, and text with a contrast of less than 4.5:1"),
)  # fmt: skip

_READERS = (
    ("cursor: true", "in config.yaml, shows the terminal's own cursor. It stands on the first cell of the "
     "selected row, on the caret of a field, and elsewhere on the first line to be read, such as what to "
     "say on a call. Neither the countdown nor a message moves it"),
    ("ascii: true, --ascii", "draws borders and signs with characters that every reader has a word for"),
    ("brltty", "follows the cursor, unless its tracking was turned off (CSRTRK turns it on and off); HOME "
     "comes back to the cursor"),
    ("speakup", "the asterisk of the keypad goes from one way of following to the next: choose cursoring "
     "on, not highlight tracking; 8 on the keypad says the line of the cursor"),
    ("fenrir", "follows the cursor with cursor=True under [focus] in its settings; highlight=False there "
     "keeps it from reading the selection twice"),
    ("M, ctrl+g", "messages stand in the last line for a few seconds; M lists the last of them, and ctrl+g "
     "in a text field, too"),
    ("Without the screens", "every command answers in lines, one thing a line, without signs: next says what "
     "to do and how, show all that is known of somebody, log and done record it"),
)  # fmt: skip

EXIT_CODES = (
    ("0", "done; for due and next, something is due"),
    ("1", "for due and next, nothing is due; for list and answers, nothing fits"),
    ("2", "something is wrong with what was asked or found; a sentence says what"),
    ("70", "an error in warmcall itself, in a command or on the screens; warmcall.log says which"),
    ("128 + N", "ended by signal N: 129 the line dropped, 130 an interrupt, 141 the reader went away, 143 a "
     "request to end"),
)  # fmt: skip

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

_JSON = (
    "With --json, commands print an object with schema, which is 1, and items, a list with an item a line. "
    "The type of an item says what it is, such as person, follow_up, attempt or interview: commands that "
    "change something print all that they changed. "
    "Days are dates, as 2026-12-01. Instants are in UTC, in whole seconds, and end in Z. Ids are whole, and "
    "the same in all records. A text that nobody gave is empty; an id, a day, an instant or a record that is "
    "not there is null. Within one schema fields may come; none goes or changes. All is in ASCII, with other "
    "characters escaped.",
    "warmcall schema prints the JSON Schema (draft 2020-12), which describes each field. Answers that are "
    "not to be repeated are in it, marked by not_to_repeat: what leaves this machine is better made by "
    "export md or report, which leave them out.",
)

_ESCAPES = str.maketrans({
    "\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq", "\n": " ",
})  # fmt: skip


@click.command(
    epilog=examples(
        ("warmcall man", "read it"),
        ("warmcall man > warmcall.1", "keep it in a file"),
    ),
)
def man() -> None:
    """Show the manual page; where no terminal reads it, print it as it is."""
    import shutil
    import subprocess
    import sys

    page = resources.files("warmcall") / _FILE
    if sys.stdout.isatty() and (program := shutil.which("man")):
        with resources.as_file(page) as path:
            done = subprocess.run([program, str(path)], check=False)  # noqa: S603 - a file of our own
        if done.returncode == 0:
            return
    click.echo(page.read_text(encoding="ascii"), nl=False)


def whole_page() -> str:
    """Return the page that is installed, with all keys; imports Textual."""
    from warmcall.app.keymap_registry import keys_by_place
    from warmcall.cli.main import main

    places = keys_by_place({}).items()
    keys = {place: [(keys or "none", meaning) for _, keys, meaning in listed] for place, listed in places}
    return f"{manual(main, keys)}\n"


def manual(
    command: click.Command, keys: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({})
) -> str:
    """Return the manual page of a command and all its subcommands: roff with the man macros, in ASCII.

    `keys` has by place the keys of the screens, each with what it does. The macros are described in
    groff_man(7).
    """
    head = f'.TH {NAME.upper()} 1 "" "{NAME} {__version__}" "User Commands"'
    body = "\n".join(_sections(command, keys))
    return "\n".join([head, *_fallbacks(body), body])


def _fallbacks(page: str) -> Iterator[str]:
    """Yield what stands for characters of a page where the terminal has none like them (groff's `.fchar`)."""
    for code in sorted(set(re.findall(r"\\\[u([0-9A-F]+)\]", page))):
        plain = "..." if code == "2026" else ascii_for(chr(int(code, 16)))
        yield f".fchar \\[u{code}] {escaped(plain)}"


def _sections(command: click.Command, keys: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[str]:
    top = click.Context(command, info_name=NAME, **command.context_settings)
    yield from (".nh", ".ad l")
    yield from (".SH NAME", f"{NAME} \\- {escaped(_SUMMARY)}")
    yield ".SH SYNOPSIS"
    yield from _usage(top)
    yield ".SH DESCRIPTION"
    yield from _paragraphs(_DESCRIPTION)
    yield ".SH OPTIONS"
    yield from _options(top)
    yield ".SH COMMANDS"
    for context in _subcommands(top):
        if not isinstance(context.command, click.Group) or examples_of(context.command):
            yield f".SS {escaped(_command_words(context))}"
            yield from _usage(context)
            yield from _paragraphs(_help(context.command))
            yield from _options(context)
            yield from _examples_of(context.command)
    for title, entries in (
        ("KEYS", _KEYS),
        ("SCREEN READERS AND BRAILLE", _READERS),
        ("FILES", _FILES),
        ("ON A SHARED HOST", _SHARED),
        ("SETTINGS", ((name, f"{found.about}, as in {found.example}") for name, found in SETTINGS.items())),
        ("THEMES", _THEMES),
        ("ENVIRONMENT", _ENVIRONMENT),
    ):
        yield f".SH {title}"
        yield from _list(entries)
    yield ".SH JSON"
    yield from _paragraphs(_JSON)
    yield from _list(_shapes())
    yield ".SH PROMPTS, CRON AND JQ"
    for snippet in SNIPPETS:
        yield from _list([(snippet.title, snippet.about)])
        yield from _verbatim(snippet.lines)
    yield ".SH NEIGHBOURS"
    yield from _paragraphs((INTRODUCTION,))
    for title, steps in RECIPES.items():
        yield f".SS {escaped(title)}"
        for step in steps:
            yield from _paragraphs((step.words,))
            yield from _verbatim(step.lines.strip().split("\n"))
    yield ".SH EXIT STATUS"
    yield from _list(EXIT_CODES)
    yield ".SH EXAMPLES"
    yield from _list(_EXAMPLES)
    yield from _all_keys(keys)
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


def _usage(context: click.Context) -> Iterator[str]:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    yield f"\\fB{escaped(_command_words(context))}\\fR {escaped(pieces)}"


def _help(command: click.Command) -> list[str]:
    return inspect.cleandoc(command.help or "").split("\n\n")


def _options(context: click.Context) -> Iterator[str]:
    every = context.command.params if context.parent else context.command.get_params(context)
    options = (option for option in every if isinstance(option, click.Option))
    records = (option.get_help_record(context) for option in options)
    yield from _list(record for record in records if record is not None)


def _list(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, words in entries:
        yield from (
            ".TP",
            f"\\fB{escaped(term)}\\fR",
            escaped(f"{words[:1].upper()}{words[1:]}".rstrip(".") + "."),
        )


def _examples_of(command: click.Command) -> Iterator[str]:
    """Yield the examples in the help of a command, each as a line to be typed and what it does."""
    found = examples_of(command)
    if found:
        yield from (".PP", "For example:")
        yield ".RS"
        yield from _list(found)
        yield ".RE"


def _all_keys(keys: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[str]:
    """Yield every key with what it does, by place."""
    if keys:
        yield ".SH ALL KEYS"
        yield from _paragraphs(("warmcall keys lists them with their ids, and with your own.",))
    for place, entries in keys.items():
        yield f".SS {escaped(place)}"
        yield from _list(entries)


def _shapes() -> Iterator[tuple[str, str]]:
    """Yield each shape that commands print, with what it is and the names of its fields."""
    from warmcall.cli.schema import CHANGING, outputs
    from warmcall.presentation.json_shapes import schema_of

    commands: dict[str, dict[str, None]] = {}
    for command, kinds in outputs().items():
        for kind in kinds:
            words = "each command that changes one" if command in CHANGING else command
            commands.setdefault(kind.__name__, {})[words] = None
    every = dict.fromkeys(kind for kinds in outputs().values() for kind in kinds)
    for name, shape in schema_of(*every)["$defs"].items():
        if "properties" in shape:
            printed = f" Printed by {', '.join(commands[name])}." if name in commands else ""
            yield name, f"{shape['description']}{printed} It has {', '.join(shape['properties'])}"


def _verbatim(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as they are to be typed, under what was said before."""
    yield from (".RS", ".nf")
    for line in lines:
        text = line.lstrip()
        indent = "\\ " * (len(line) - len(text))
        yield f"{indent}{escaped(text)}"
    yield from (".fi", ".RE")


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (".PP", escaped(text))


def escaped(text: str) -> str:
    """Return `text` in ASCII, escaped so that man shows it character by character and runs none of it."""
    plain = " ".join(text.split()).translate(_ESCAPES)
    plain = "".join(character if character.isascii() else f"\\[u{ord(character):04X}]" for character in plain)
    return f"\\&{plain}" if plain.startswith(".") else plain


if __name__ == "__main__":
    click.echo(whole_page(), nl=False)
