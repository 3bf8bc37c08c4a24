"""Call scripts of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words
from warmcall.cli.manual.fields import fields_of
from warmcall.domain.script import REPLY_LETTERS, Reply, Script, Step
from warmcall.domain.templates import PLACEHOLDERS

_RESERVED = sorted(set("abcdefghijklmnopqrstuvwxyz") - REPLY_LETTERS)


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Your own call scripts are YAML files in $XDG_CONFIG_HOME/warmcall/scripts "
        "(~/.config/warmcall/scripts), one script a file. A file with the id of a bundled script replaces "
        "it. Examples for lawyers, nurses and people in software are printed and copied by:"
    )
    yield verbatim("warmcall example law script\nwarmcall example law --copy")
    yield from words(
        "warmcall check names the file, the line and the fix of each error, and notes what weakens a script: "
        "too long, no name, no question, no minutes, no word that no job is expected, a message that does "
        "not exist. To be heard to the end, the first step of an ask and the one that its first reply leads "
        "to should take together at most 45 seconds, the first at most 15; see the topic figures.",
        "A call opens with the script that fits what it is for and how well you know each other; Tab leads "
        "to the others.",
    )
    yield Subheading("A script")
    yield fields_of(
        Script,
        {
            "id": "its name, of your choice; that of a bundled script replaces that one",
            "title": "what the screen calls it",
            "kind": "the kind of contact it is for, or any",
            "channel": "how it is said: phone for a call, voicemail for a message after the tone",
            "start": "the name of the step it begins with",
            "steps": "the steps, each under a name of your choice",
            "for": "when it is used: to ask for a talk, to call somebody you have met, to tell whoever gave "
            "you a name how it went, to confirm a meeting, or because you are late",
        },
        {"serves": "for"},
    )
    yield Subheading("A step, under steps")
    yield fields_of(
        Step,
        {
            "say": "what to say; names in braces are filled in",
            "tip": "a hint that is shown and not said",
            "replies": "what they may answer, each under a letter",
            "outcome": "how the call ended if it ends here; o proposes it",
            "minutes": "how long they have for a talk at once; 0 is the time you ask for",
            "owes": "a thing that this step promises, such as my resume; it is in the queue for the same "
            "day, once the outcome is recorded",
            "notes": "what to write down of their answer, such as posting; n opens a note on it",
            "writes": "the id of the message that this step promises; the next call to them opens with it",
        },
    )
    yield Subheading("A reply, under replies")
    yield from words(f"The letter is any but {' '.join(_RESERVED)}, which the screen needs itself.")
    yield fields_of(
        Reply,
        {
            "hear": "what they say",
            "go": "the step it leads to",
            "script": "or the other script it leads to",
            "weight": "how often it is heard in practice, in proportion to the other replies of its step",
        },
    )
    yield Subheading("Names in braces")
    yield from words(
        "In scripts and messages these are filled in, as in {contact.first_name}. Where nothing is known the "
        "words beside it appear between ‹ and ›. A part in [ ] is left out if a name in it is empty."
    )
    yield entries(*((f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()), as_it_is=True)
