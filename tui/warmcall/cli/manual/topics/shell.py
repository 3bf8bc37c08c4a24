"""The commands, without the screens, and lines for other programs: prompts, status lines, cron, jq."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, Verbatim, entries, verbatim, words
from warmcall.cli.manual.snippets import SNIPPETS

DAY = """
warmcall profile --name 'Robin Vale'
warmcall target --role 'media planner'
warmcall add 'Luis Ortega' --org Parkway
warmcall due --within 3d
warmcall next
warmcall log luis voicemail
warmcall log luis scheduled --when 'thu 2pm'
warmcall interview start luis
warmcall interview end
warmcall draft luis --edit
warmcall sent luis
"""
"""A day by commands alone; the tests run each."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Everything important is a command, too: for a bad line, cron, a script, a screen reader. warmcall "
        "help lists them, and warmcall help log shows one with examples. No command starts the screens; all "
        "of them work while the app is open, which shows within two seconds what they did, and warmcall "
        "undo takes it back. A day:"
    )
    yield verbatim(DAY)
    yield from words(
        "profile and target say who you are and what you aim at, add adds somebody to call; add - reads a "
        "name a line, or JSON. next is the one thing to do now, with the number and what to say. log "
        "records how a call ended, and says what the next step is. During an interview there are note, "
        "star, refer, promise, next and status. draft writes the thank-you, sent records that you sent it. "
        "due lists what is owed, each with an id that done and snooze take. list and show print people; "
        "answers and progress what came of it all.",
        "Commands that print take --json, see the topic json. --db FILE may be before a command or behind "
        "it. What is longer than the terminal is shown by $PAGER; --no-pager prints it at once. The exit "
        "code says how it ended; see the topic exit-codes.",
    )
    yield Subheading("Completion")
    yield from words(
        "The first line is for bash, the second for zsh (put it behind compinit), the third for fish:"
    )
    yield verbatim(
        "warmcall completion bash >> ~/.bashrc\n"
        "warmcall completion zsh >> ~/.zshrc\n"
        "warmcall completion fish > ~/.config/fish/completions/warmcall.fish"
    )
    yield Subheading("Prompts, status lines, cron and jq")
    for snippet in SNIPPETS:
        yield entries((snippet.title, snippet.about))
        yield Verbatim(snippet.lines)
