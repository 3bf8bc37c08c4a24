"""The command that describes what commands print with --json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import examples
from warmcall.cli.invocation import fail
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    import msgspec

_CHANGED = (
    "PersonJson", "FollowUpJson", "AttemptJson", "InterviewJson", "OpeningJson", "AdviceJson", "ProfileJson",
    "TargetJson", "DeletedJson",
)  # fmt: skip
"""The shapes of the records that a command may have changed."""

CHANGING = (
    "add", "edit", "note", "log", "letter", "sent", "done", "snooze", "follow-up", "delete", "undo", "redo",
    "merge-people",
    *(
        f"interview {name}"
        for name in (
            "plan", "start", "note", "ready", "asked", "skip", "reopen", "star", "next", "add-question",
            "reword", "drop-question", "refer", "promise", "advice", "opening", "viewed", "on-file", "pause",
            "go-on", "more", "end", "held", "not-held", "debrief",
        )
    ),
)  # fmt: skip
"""The commands that print the records they have changed."""

_OUTPUTS = {
    "answers": ("AnswerJson",),
    "answers --unanswered": ("OpenQuestionJson",),
    "due": ("FollowUpJson",),
    "due --count": ("DueCountJson",),
    "import": ("ImportedRowJson", "LeftRowJson"),
    "list": ("PersonJson",),
    "next": ("NextJson",),
    "progress": ("ProgressJson",),
    "show": ("WholePersonJson",),
    "backups": ("BackupJson",),
    "check": ("FindingJson",),
    "config": ("SettingJson",),
    "config get": ("SettingJson",),
    "config set": ("SettingJson",),
    "interview status": ("InterviewJson",),
    "paths": ("PathJson",),
    "profile": ("ProfileJson", "TargetJson"),
    "target": ("TargetJson", "ProfileJson"),
    "version": ("VersionJson",),
    **dict.fromkeys(CHANGING, _CHANGED),
    "draft": ("LetterJson",),
    "letter": (*_CHANGED, "LetterChoiceJson"),
    "interview ready": (*_CHANGED, "ReadyItemJson"),
}
"""The shapes of the items that each command prints, by their names in `presentation/json_shapes`."""


def outputs() -> dict[str, tuple[type[msgspec.Struct], ...]]:
    """Return the shapes of the items that each command prints with --json."""
    from warmcall.presentation import json_shapes

    return {
        command: tuple(getattr(json_shapes, name) for name in names) for command, names in _OUTPUTS.items()
    }


def _commands(_context: click.Context, _argument: click.Parameter, typed: str) -> list[str]:
    return [command for command in _OUTPUTS if command.startswith(typed)]


@click.command(
    epilog=examples(
        ("warmcall schema", "of all that commands print"),
        ("warmcall schema due", "of what one prints"),
        ("warmcall schema 'due --count'", "of what it prints with an option"),
    )
)
@click.argument("command", required=False, shell_complete=_commands)
def schema(command: str | None) -> None:
    """Print the JSON Schema of what commands print with --json.

    It is of draft 2020-12, and describes every field.
    """
    from warmcall.presentation.json_shapes import schema_of, schema_of_all

    known, asked = outputs(), " ".join((command or "").split())
    if asked and asked not in known:
        fail(f"schema: “{one_line(asked[:40])}” prints no JSON: use one of {', '.join(known)}")
    described = schema_of(*known[asked]) if asked else schema_of_all(known)
    click.echo(json.dumps(described, indent=1))
