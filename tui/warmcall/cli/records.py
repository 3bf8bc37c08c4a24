"""The commands about people: adding them, changing what is known of them, and noting something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from warmcall.cli.acting import acting, checked_line, json_option, typed_text, words_after_name
from warmcall.cli.base import db_option, examples, name_argument
from warmcall.cli.completers import people, zones
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.selecting import CANDIDATES, select_person, select_target
from warmcall.cli.words import KIND, NEWS, PERMISSION, SOURCE
from warmcall.domain.sanitize import visible

if TYPE_CHECKING:
    from warmcall.domain.records import Contact
    from warmcall.services.services import Services

_NOT_ADDED, _NOT_CHANGED = "not added", "not changed"

_LINES = (
    "name", "goes_by", "organization", "title", "phone", "email", "zone", "found", "why", "referrer",
    "target",
)  # fmt: skip
"""The fields of one line; the notes may have several."""


def _contact_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each field of a contact but the name."""
    for option in reversed((
        click.option("--kind", type=KIND, help=f"Who they are: {', '.join(KIND.usual)}."),
        click.option("--organization", "--org", help="Where they work."),
        click.option("--title", help="What they are there."),
        click.option("--phone", help="Their number."),
        click.option("--email", help="Their address."),
        click.option("--zone", shell_complete=zones, help="Their time zone, such as Europe/Berlin."),
        click.option("--source", type=SOURCE, help=f"Where the name came from: {', '.join(SOURCE.usual)}."),
        click.option(
            "--referrer", shell_complete=people,
            help="The contact who gave you the name; the source is then referral.",
        ),
        click.option(
            "--may-use-name", type=PERMISSION,
            help=f"Whether the referrer may be named: {', '.join(PERMISSION.usual)}.",
        ),
        click.option("--found", help="Where exactly the name came from, such as 'the Lakeshore Media Club'."),
        click.option("--news", type=NEWS, help=f"News of them: {', '.join(NEWS.usual)}."),
        click.option("--notes", help="Anything else."),
        click.option("--goes-by", help="What they are called, if not by the first name."),
        click.option("--why", help="Why you ask them, as it follows “because you”."),
        click.option("--target", help="Which of your targets they are for; the present one without it."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command(
    epilog=examples(
        ("warmcall add Ana Ruiz --org Northgate --referrer Mei", "somebody Mei Tanaka named"),
        ("warmcall add - --source alumni < names.txt", "a name a line, all or none"),
    )
)
@name_argument("name")
@_contact_options
@json_option
@db_option
@click.pass_obj
def add(invocation: Invocation, /, name: str, as_json: bool, **options: str | None) -> None:
    """Add a contact; their call goes into the queue.

    With - as NAME people are read from standard input, all or none of them: a name a line, or JSON as
    warmcall list prints it, a list, or an object a line. Options then count for those who say nothing else.
    """
    with acting(invocation, _NOT_ADDED, as_json, must_exist=False) as act:
        services = act.services
        given = _given(services, options, _NOT_ADDED)
        if name == "-":
            from warmcall.cli.people_input import add_from_input

            add_from_input(act, given)
            return
        fields = given | {"name": checked_line(name, _NOT_ADDED, "name")}
        _refuse_problems(services.address_book.problems(fields), _NOT_ADDED)
        contact = services.address_book.add(fields)
        act.items.append(contact)
        act.done = f"Added {_person_words(services, contact)}"
        if here := services.duplicates.like_one(contact):
            from warmcall.presentation.duplicates import namesakes

            act.warnings.append(namesakes(services, contact, here[:CANDIDATES]))


@click.command(
    epilog=examples(
        ("warmcall edit luis --title 'Account Director'", "set a field"),
        ("warmcall edit luis --phone ''", "clear one"),
    )
)
@name_argument("who", shell_complete=people)
@click.option("--name", help="Their whole name.")
@_contact_options
@json_option
@db_option
@click.pass_obj
def edit(invocation: Invocation, /, who: str, as_json: bool, **options: str | None) -> None:
    """Change what is known of a contact.

    Each option sets its field; an empty one clears it, as in --phone ''.
    """
    with acting(invocation, _NOT_CHANGED, as_json) as act:
        services = act.services
        contact = select_person(services, who, _NOT_CHANGED)
        fields = _given(services, options, _NOT_CHANGED)
        if not fields:
            fail(f"{_NOT_CHANGED}: say what is to change, as in --phone '+1 312 555 0142'")
        _check_referrer(services, contact, fields)
        _refuse_problems(services.address_book.problems(fields), _NOT_CHANGED)
        services.address_book.edit(contact.id, fields)
        after = services.store.require(type(contact), contact.id)
        names = [name for name in contact.__struct_fields__ if getattr(contact, name) != getattr(after, name)]
        changed = ", ".join(_FIELD.get(name, name.replace("_", " ")) for name in names if name in _SAID)
        act.items.append(after)
        words = _person_words(services, after)
        act.done = (
            f"Changed {words}: {changed}" if changed else f"Nothing to change: {words} has that already"
        )


_FIELD = {"referrer_id": "referrer", "target_id": "target", "may_use_name": "may use name"}
_SAID = frozenset((*_LINES, *_FIELD, "kind", "source", "news", "notes"))


@click.command(
    epilog=examples(
        ("warmcall note luis plays in a band", "a line more in the notes on Luis Ortega"),
        ("warmcall note luis - < page.txt", "from a file"),
    )
)
@click.argument("who", shell_complete=people)
@click.argument("text", nargs=-1, required=True)
@json_option
@db_option
@click.pass_obj
def note(invocation: Invocation, who: str, text: tuple[str, ...], as_json: bool) -> None:
    """Add a line to the notes on a contact.

    With - as TEXT it is read from standard input. What is said in an interview goes under its question:
    warmcall interview note.
    """
    with acting(invocation, "not noted", as_json) as act:
        services = act.services
        contact = select_person(services, who, "not noted")
        written = typed_text(words_after_name(contact.name, who, text), "not noted", "text")
        notes = f"{contact.notes.rstrip()}\n{written}" if contact.notes.strip() else written
        services.address_book.edit(contact.id, {"notes": notes})
        act.items.append(services.store.require(type(contact), contact.id))
        act.done = f"Noted with {_person_words(services, contact)}"


def _given(services: Services, options: Mapping[str, str | None], refusal: str) -> dict[str, str]:
    """Return the fields that the options give, with the ids of referrer and target."""
    fields = {name: str(value) for name, value in options.items() if value is not None}
    for name in _LINES:
        if name in fields:
            fields[name] = checked_line(fields[name], refusal, name.replace("_", " "))
    if fields.get("notes"):
        fields["notes"] = (
            typed_text([fields["notes"]], refusal, "notes") if visible(fields["notes"]).strip() else ""
        )
    referrer, target = fields.pop("referrer", None), fields.pop("target", None)
    if referrer is not None:
        cleared = refusal == _NOT_CHANGED and not referrer.strip()
        found = None if cleared else select_person(services, referrer, f"{refusal}: referrer")
        fields["referrer_id"] = found.id if found else ""
    if target is not None:
        fields["target_id"] = select_target(services, target, f"{refusal}: target").id
    return fields


def _check_referrer(services: Services, contact: Contact, fields: dict[str, str]) -> None:
    """End with a sentence if source and referrer, as `fields` change them, do not go together."""
    from warmcall.domain.sanitize import one_line

    if fields.get("referrer_id") == contact.id:
        fail(f"{_NOT_CHANGED}: referrer: nobody gives you their own name")
    referrer = services.store.contact(fields.get("referrer_id", contact.referrer_id))
    if fields.get("source") == "referral":
        fields.setdefault("referrer_id", contact.referrer_id)
    elif "source" in fields and referrer is not None:
        named = f"{one_line(referrer.name)} gave you the name"
        fail(f"{_NOT_CHANGED}: source: {named}: clear that as well with --referrer ''")
    elif fields.get("referrer_id") == "" and contact.source == "referral" and "source" not in fields:
        fields["source"] = "other"


def _refuse_problems(problems: Mapping[str, str], refusal: str) -> None:
    if problems:
        sentences = (f"{field.removesuffix('_id')}: {problem}" for field, problem in problems.items())
        fail(f"{refusal}: {'; '.join(sentences)}")


def _person_words(services: Services, contact: Contact) -> str:
    from warmcall.presentation.acts import person_words

    return person_words(services, contact)
