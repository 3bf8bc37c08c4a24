"""What `config.yaml` can say."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, Verbatim, entries, verbatim, words
from warmcall.config.settings import SETTINGS
from warmcall.domain.mail_command import MAIL_PLACEHOLDERS

MAIL_EXAMPLES = (
    '"mutt -s {subject} -i {body_file} -- {to}"',
    '"xdg-open {mailto}"',
    """'sh -c ''msmtp -t < "$1"'' sh {eml}'""",
)
"""Values of `mail` as they are written in the file; the tests read each."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Settings are in config.yaml in $XDG_CONFIG_HOME/warmcall (~/.config/warmcall). All of them are "
        "optional; country and mail are worth setting first. warmcall config shows each with its value and "
        "where it comes from. These change one, make a file that explains them all, and open it in your "
        "editor:"
    )
    yield verbatim("warmcall config set country US\nwarmcall config --init\nwarmcall config --edit")
    yield entries(
        *((name, f"{found.about}. For example, {name}: {found.example}") for name, found in SETTINGS.items())
    )
    yield Subheading("Your mail program")
    yield from words(
        "mail is a program and its words, never a line for the shell: a subject may contain what a shell "
        "would run. These are filled in:"
    )
    yield entries(*((f"{{{name}}}", meaning) for name, meaning in MAIL_PLACEHOLDERS.items()))
    yield from words("Some that work; the last one shows how to use a shell where one is needed:")
    yield Verbatim(tuple(f"mail: {example}" for example in MAIL_EXAMPLES))
    yield from words(
        "Without mail, m writes a draft (.eml) into the folder drafts beside the state file; mail programs "
        "open it."
    )
    yield Subheading("Your editor")
    yield from words(
        "V opens messages, notes, research, the debrief and your answers in $VISUAL, else $EDITOR, such as "
        "code --wait, else in nano or vi. If the line drops while your editor runs, the text is what the "
        "editor had saved; a swap file of vim stays in a folder warmcall-… of the temporary folder."
    )
