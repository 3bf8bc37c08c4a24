"""The command line: the group of all commands, each in a module that is imported when it is run or listed."""

from __future__ import annotations

import sys

import click

from warmcall.cli.base import WarmcallGroup, db_option, examples, launch_flags, launch_options, pager_option
from warmcall.cli.invocation import fail

_COMMANDS = {
    "Look": {
        "due": "lists.due",
        "next": "person.next_command",
        "list": "people_list.list_command",
        "show": "person.show",
        "answers": "findings.answers",
        "progress": "findings.progress",
    },
    "Do": {
        "add": "records.add",
        "edit": "records.edit",
        "note": "records.note",
        "log": "logging.log",
        "interview": "interview.interview",
        "letter": "letters.letter",
        "draft": "letters.draft",
        "sent": "letters.sent",
        "done": "queue_acts.done",
        "snooze": "queue_acts.snooze",
        "follow-up": "queue_acts.follow_up",
        "delete": "queue_acts.delete",
        "merge-people": "one_person.merge_people",
        "profile": "about_user.profile",
        "target": "about_user.target",
        "undo": "undoing.undo",
        "redo": "undoing.redo",
    },
    "Files and settings": {
        "import": "imports.import_command",
        "merge": "merging.merge",
        "git-setup": "git_setup.git_setup",
        "export": "exports.export",
        "report": "reports.report",
        "backups": "backups.backups",
        "config": "settings.config",
        "example": "example_files.example",
        "paths": "files.paths",
        "check": "files.check",
    },
    "The app": {
        "demo": "launch.demo",
        "practice": "launch.practice",
        "keys": "files.keys",
        "theme": "themes.theme",
    },
    "Help": {
        "help": "about.help_command",
        "schema": "schema.schema",
        "man": "manual.command.man",
        "completion": "completion.completion",
        "version": "about.version_command",
    },
}
"""Where each command is, by the headings of the help: the module in this package, and its name there."""


@click.group(
    cls=WarmcallGroup,
    sections=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        ("warmcall", "open the app"),
        ("warmcall due --within 3d", "what is owed today, or in three days"),
        ("warmcall help due", "what a command does, with examples"),
    ),
)
@db_option
@pager_option
@launch_flags
@click.option("-V", "--version", is_flag=True, help="Print the version.")
@click.option("--json", "as_json", is_flag=True, hidden=True, help="With --version: print JSON.")
@click.pass_context
def main(context: click.Context, version: bool, as_json: bool) -> None:
    """Twenty minutes with someone who knows: informational interviews.

    Without a command, the app opens.

    Exit codes: 0 done; 1 nothing is due, or fits; 2 something is wrong with what was asked or found; 70 an
    error in warmcall itself; 128 + N ended by signal N.
    """
    if version:
        from warmcall.cli.about import print_version

        print_version(as_json)
        context.exit()
    from warmcall.terminal.plain_output import never_fail

    never_fail(sys.stdout, sys.stderr)
    if as_json:
        fail("--json goes after its command: write it as in warmcall due --json")
    if context.invoked_subcommand is None:
        from warmcall.cli.launch import open_app

        open_app(context.obj, launch_options(context))
