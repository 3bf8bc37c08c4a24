"""The commands that change the queue: adding to it, done, put off, and deleting what was never to be."""

from __future__ import annotations

import click

from warmcall.cli.acting import acting, coming, json_option, quoted, typed_text, words_after_name
from warmcall.cli.base import db_option, examples, name_argument
from warmcall.cli.completers import days, follow_ups, people
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.selecting import select_follow_up, select_person
from warmcall.cli.words import TO_ADD
from warmcall.domain.id_prefixes import LEAST, beginning_with
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind


@click.command(
    epilog=examples(
        ("warmcall done 77bb", "by the id that warmcall due prints"),
        ("warmcall done luis mei", "what is owed to two people, one thing each"),
    )
)
@click.argument("ids", metavar="ID...", shell_complete=follow_ups, nargs=-1, required=True)
@json_option
@db_option
@click.pass_obj
def done(invocation: Invocation, ids: tuple[str, ...], as_json: bool) -> None:
    """Mark what is owed as done.

    Several at once are one change. An ID is what warmcall due prints, the beginning of one, or the name
    of whom it is with. A call is done by warmcall log, which says what comes next, and an interview by
    warmcall interview end.
    """
    from warmcall.presentation.acts import follow_up_words

    with acting(invocation, "not done", as_json) as act:
        services = act.services
        found = {owed.id: owed for owed in (select_follow_up(services, words, "not done") for words in ids)}
        for owed in found.values():
            words = follow_up_words(services, owed)
            if owed.done_at is not None:
                fail(f"not done: it is done already: {words}")
            if owed.kind is FollowUpKind.INTERVIEW:
                fix = "warmcall interview start starts it, and warmcall interview end ends it"
                fail(f"not done: an interview is done when it ends: {fix}: {words}")
        lines = [f"Done: {follow_up_words(services, owed)}" for owed in found.values()]
        services.following_up.complete_all([*found])
        act.items += [services.store.require(FollowUp, id_) for id_ in found]
        act.done = "\n".join(lines)


@click.command(
    epilog=examples(
        ("warmcall snooze 77bb 3d", "for three days"),
        ("warmcall snooze luis 24 dec 14:00", "what is owed to Luis Ortega, until then"),
    )
)
@click.argument("id", metavar="ID", shell_complete=follow_ups)
@click.argument("when", shell_complete=days, nargs=-1, required=True)
@json_option
@db_option
@click.pass_obj
def snooze(invocation: Invocation, id: str, when: tuple[str, ...], as_json: bool) -> None:
    """Put something owed off.

    WHEN is a day or an hour in words: tomorrow, 3d, friday, 24 dec 14:00. Put off to a day, something
    with an hour keeps it.
    """
    from warmcall.presentation.acts import follow_up_words

    with acting(invocation, "not put off", as_json) as act:
        services = act.services
        owed = select_follow_up(services, id, "not put off")
        words = follow_up_words(services, owed)
        if owed.done_at is not None:
            fail(f"not put off: it is done already: {words}")
        if owed.kind is FollowUpKind.INTERVIEW:
            fix = "warmcall interview plan moves it"
            fail(f"not put off: an interview stays when it was agreed: {fix}: {words}")
        contact = services.store.contact(owed.contact_id)
        words_of_time = words_after_name(contact.name if contact else "", id, when)
        until = coming(services, typed_text(words_of_time, "not put off", "when"), "not put off")
        services.following_up.snooze(owed.id, until)
        act.items.append(services.store.require(FollowUp, owed.id))
        act.done = f"Put off: {words}" if act.owed else f"Nothing to change: it is due then already: {words}"


@click.command(
    "follow-up",
    epilog=examples(
        ("warmcall follow-up luis lend him the book --due friday", "something of your own"),
        ("warmcall follow-up mei the article --due 3d --kind promise", "a promise made on the way out"),
    ),
)
@click.argument("who", shell_complete=people)
@click.argument("what", nargs=-1)
@click.option(
    "--due", metavar="WHEN", shell_complete=days, required=True, help="When: friday, 3d, 24 dec 14:00."
)
@click.option("--kind", type=TO_ADD, help=f"What it is: {', '.join(TO_ADD.usual)}.")
@json_option
@db_option
@click.pass_obj
def follow_up(
    invocation: Invocation,
    who: str,
    what: tuple[str, ...],
    due: str,
    kind: FollowUpKind | None,
    as_json: bool,
) -> None:
    """Add something owed to a contact.

    WHAT says what it is, in your words; a promise is a thing, such as "the article".
    """
    from warmcall.domain.promises import promise_problem
    from warmcall.presentation.acts import person_words

    refusal = "not added"
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        contact = select_person(services, who, refusal)
        needs_words = kind in (None, FollowUpKind.OTHER, FollowUpKind.PROMISE)
        what = words_after_name(contact.name, who, what)
        note = typed_text(what, refusal, "what", "say what is owed") if what or needs_words else ""
        if kind is FollowUpKind.PROMISE and (problem := promise_problem(note)):
            fail(f"{refusal}: promise: {quoted(note)}: {problem}")
        when = coming(services, due, refusal)
        services.following_up.add(contact.id, kind or FollowUpKind.OTHER, when, note)
        act.items += act.owed
        act.done = f"Added for {person_words(services, contact)}"


@click.command(
    epilog=examples(
        ("warmcall delete luis", "a contact, with all that belongs to them"),
        ("warmcall delete 77bb", "something owed, by the id that warmcall due prints"),
    )
)
@name_argument("what", shell_complete=people)
@json_option
@db_option
@click.pass_obj
def delete(invocation: Invocation, what: str, as_json: bool) -> None:
    """Delete a contact, or something owed.

    A contact goes with all calls, interviews and notes; warmcall undo brings everything back.
    """
    from warmcall.presentation.acts import follow_up_words, person_words

    refusal = "not deleted"
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        ids = [entry.follow_up.id for entry in services.queue.entries()]
        found = beginning_with(ids, what) if len(what.strip()) >= LEAST else []
        if len(found) == 1 and not services.search.people_named(what, 1):
            act.done = f"Deleted: {follow_up_words(services, services.store.require(FollowUp, found[0]))}"
            services.following_up.delete(found[0])
            return
        contact = select_person(services, what, refusal)
        if reason := services.people_merging.disabled_reason(contact.id):
            fail(f"{refusal}: {reason[:1].lower()}{reason[1:]}")
        words = person_words(services, contact)
        services.address_book.delete(contact.id)
        count = len(act.deleted) - 1
        more = f", with {count} record{'s' if count > 1 else ''} of theirs" if count > 0 else ""
        act.done = f"Deleted: {words}{more}"
