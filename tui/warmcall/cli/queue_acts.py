"""The commands that change the queue: done, and put off."""

from __future__ import annotations

import click

from warmcall.cli.acting import acting, coming, json_option, typed_text
from warmcall.cli.base import db_option, examples
from warmcall.cli.completers import days, follow_ups
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.selecting import select_follow_up
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind


@click.command(epilog=examples(("warmcall done 77bb", "by the id that warmcall due prints")))
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
        until = coming(services, typed_text(when, "not put off", "when"), "not put off")
        services.following_up.snooze(owed.id, until)
        act.items.append(services.store.require(FollowUp, owed.id))
        act.done = f"Put off: {words}" if act.owed else f"Nothing to change: it is due then already: {words}"
