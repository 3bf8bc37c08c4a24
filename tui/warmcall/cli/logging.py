"""The command that records how an attempt at somebody ended, with all that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from warmcall.cli.acting import (
    Act,
    acting,
    checked_line,
    coming,
    json_option,
    namesake_id,
    past_instant,
    quoted,
    typed_text,
)
from warmcall.cli.base import db_option, examples
from warmcall.cli.completers import days, people
from warmcall.cli.gaps import gap_words
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.selecting import select_person
from warmcall.cli.words import CHANNEL, MODE, OUTCOME
from warmcall.domain.id_prefixes import LEAST, beginning_with
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import NOT_REACHED, Channel, Mode, Outcome

if TYPE_CHECKING:
    from datetime import tzinfo

    from warmcall.services.calling import CallPlan, CallResult
    from warmcall.services.running_interviews import Stop
    from warmcall.services.services import Services

_REFUSAL = "not logged"

USUAL_CHANNEL = {Outcome.VOICEMAIL: Channel.VOICEMAIL, Outcome.SENT: Channel.EMAIL}
"""The channel of an outcome unless another one is said; it is the phone for the other outcomes."""


@click.command(
    epilog=examples(
        ("warmcall log luis voicemail", "a message was left just now"),
        ("warmcall log luis no-answer --at 'yesterday 10:15'", "a call made earlier"),
        ("warmcall log mei scheduled --when 'thu 2pm' --mode video", "an interview was set"),
        ("warmcall log dana referred --name 'Ana Ruiz'", "they named somebody else"),
    )
)
@click.argument("who", shell_complete=people)
@click.argument("outcome", type=OUTCOME)
@click.option(
    "--at",
    "made_at",
    metavar="WHEN",
    shell_complete=days,
    help="When it was, if not just now: 'yesterday 10:15', 'tue 9:40'.",
)
@click.option(
    "--channel", type=CHANNEL, help=f"How: {', '.join(CHANNEL.usual)}; what the outcome says without it."
)
@click.option("--note", help="What was said, or is to be remembered.")
@click.option(
    "--when",
    metavar="WHEN",
    shell_complete=days,
    help="When you meet (scheduled), or when to call (call-back).",
)
@click.option("--their-time", is_flag=True, help="That --when is by their clock, in their zone.")
@click.option("--mode", type=MODE, help=f"How you meet (scheduled): {', '.join(MODE.usual)}.")
@click.option("--place", help="Where, or the link (scheduled).")
@click.option("--minutes", type=click.IntRange(1, 600), help="How many minutes they have (talk-now).")
@click.option("--name", help="Whom they named (referred).")
@click.option("--phone", help="The number of whom they named (referred).")
@click.option(
    "--new", "is_new", is_flag=True, help="Somebody else, although that name is in People (referred)."
)
@click.option("--promise", "promises", multiple=True, metavar="THING", help="What you promised: 'my resume'.")
@click.option("--on-file", is_flag=True, help="They keep your resume.")
@click.option("--subject", help="The subject of what was sent.")
@click.option("--body", help="The text of what was sent; - reads standard input.")
@click.option(
    "--stop", type=click.Choice(["end", "pause"]), help="What becomes of an interview that runs (talk-now)."
)
@json_option
@db_option
@click.pass_obj
def log(invocation: Invocation, /, who: str, outcome: Outcome, as_json: bool, **options: Any) -> None:
    """Record how a call or a letter ended.

    What follows from it goes into the queue. OUTCOME is scheduled (with --when), talk-now, voicemail,
    no-answer, call-back (with --when), sent, replied, referred (with --name), declined or wrong-number.
    WHO is a name, or the id of what is owed.
    """
    with acting(invocation, _REFUSAL, as_json) as act:
        contact, opened = _who(act.services, who)
        result = _result(act.services, contact, outcome, options)
        _record(act, contact, made_for(act.services, contact, opened, result), options["stop"])


def _who(services: Services, words: str) -> tuple[Contact, FollowUp | None]:
    """Return the person that `words` name, and the follow-up if they are its id."""
    store = services.store
    ids = [owed.id for owed in store.all(FollowUp) if owed.done_at is None]
    found = beginning_with(ids, words) if len(words.strip()) >= LEAST else []
    if len(found) == 1 and not services.search.people_named(words, 1):
        opened = store.require(FollowUp, found[0])
        if (contact := store.contact(opened.contact_id)) is not None:
            return contact, opened
    return select_person(services, words, _REFUSAL), None


def _result(services: Services, contact: Contact, outcome: Outcome, options: dict[str, Any]) -> CallResult:
    """Return what the options say of the attempt, or end with a sentence about the first that is wrong."""
    from warmcall.services.calling import CallResult

    _refuse_what_does_not_belong(outcome, options)
    for name in ("place", "name", "phone", "subject"):
        options[name] = checked_line(options[name] or "", _REFUSAL, name).strip()
    made_at = past_instant(services, options["made_at"], _REFUSAL) if options["made_at"] else None
    if outcome is Outcome.TALK_NOW and contact.id in {talk.contact_id for talk in services.store.going()}:
        fail(f"{_REFUSAL}: the interview with them is running: warmcall interview end ends it")
    if options["on_file"] and outcome in NOT_REACHED:
        fail(f"{_REFUSAL}: nobody was there to say that they keep your resume: leave --on-file out")
    result = CallResult(
        outcome=outcome,
        channel=options["channel"] or USUAL_CHANNEL.get(outcome, Channel.PHONE),
        note=typed_text([options["note"]], _REFUSAL, "note") if options["note"] else "",
        made_at=made_at,
        minutes=options["minutes"] or 0,
        owes=_things(options["promises"]),
        on_file=options["on_file"],
    )
    from msgspec.structs import replace

    match outcome:
        case Outcome.SCHEDULED | Outcome.CALL_BACK:
            what = "you meet" if outcome is Outcome.SCHEDULED else "to call"
            if not options["when"]:
                fix = f"say when {what}, as in --when 'thu 2pm'"
                fail(f"{_REFUSAL}: {OUTCOME.word_for(outcome)} needs a time: {fix}")
            zone = their_zone(services, contact, _REFUSAL) if options["their_time"] else None
            needs_hour = outcome is Outcome.SCHEDULED
            at = coming(services, options["when"], _REFUSAL, zone, needs_hour)
            return replace(result, at=at, mode=options["mode"] or Mode.PHONE, place=options["place"])
        case Outcome.REFERRED:
            person, phone = options["name"], options["phone"]
            problems = services.address_book.problems({"name": person, "phone": phone})
            for field, problem in problems.items():
                fail(f"{_REFUSAL}: {field}: {problem}, as in --name 'Ana Ruiz'")
            same_as = "" if options["is_new"] else namesake_id(services, person, contact.id, _REFUSAL)
            return replace(result, person=person, person_phone=phone, person_same_as=same_as)
        case Outcome.SENT:
            body = typed_text([options["body"]], _REFUSAL, "body") if options["body"] else ""
            if gap := gap_words(options["subject"], body):
                fail(f"{_REFUSAL}: say {gap} in your own words first: --body takes the text as it was sent")
            return replace(result, subject=options["subject"], body=body)
    return result


def _refuse_what_does_not_belong(outcome: Outcome, options: dict[str, Any]) -> None:
    """End with a sentence if an option was given that says nothing about this outcome."""
    belongs = {
        "when": (Outcome.SCHEDULED, Outcome.CALL_BACK), "their_time": (Outcome.SCHEDULED, Outcome.CALL_BACK),
        "mode": (Outcome.SCHEDULED,), "place": (Outcome.SCHEDULED,), "minutes": (Outcome.TALK_NOW,),
        "stop": (Outcome.TALK_NOW,), "name": (Outcome.REFERRED,), "phone": (Outcome.REFERRED,),
        "is_new": (Outcome.REFERRED,), "subject": (Outcome.SENT,), "body": (Outcome.SENT,),
    }  # fmt: skip
    for name, outcomes in belongs.items():
        if options[name] and outcome not in outcomes:
            option = {"is_new": "new"}.get(name, name).replace("_", "-")
            fits = " or ".join(OUTCOME.word_for(fitting) for fitting in outcomes)
            fail(f"{_REFUSAL}: --{option} goes with {fits}, not with {OUTCOME.word_for(outcome)}")


def _things(promises: tuple[str, ...]) -> tuple[str, ...]:
    """Return promises as things, or end with a sentence that says how to write one."""
    from warmcall.domain.promises import as_thing, promise_problem

    for words in promises:
        if problem := promise_problem(checked_line(words, _REFUSAL, "promise")):
            fail(f"{_REFUSAL}: promise: {quoted(words)}: {problem}")
    return tuple(map(as_thing, promises))


def their_zone(services: Services, contact: Contact, refusal: str) -> tzinfo:
    """Return the zone of a contact, or end with a sentence if it is not known."""
    from warmcall.config.zones import zone_named

    zone = zone_named(contact.zone)
    if zone is None:
        fix = "warmcall edit --zone sets it, as in --zone Europe/Berlin"
        fail(f"{refusal}: the time zone of {one_line(contact.name)} is not known: {fix}")
    return zone


def _record(act: Act, contact: Contact, result: CallResult, stop: str | None) -> None:
    """Record the attempt, and say what it was and what it did."""
    from warmcall.presentation import acts, wording
    from warmcall.services.running_interviews import AnotherInterviewRuns
    from warmcall.services.running_interviews import Stop as HowToStop

    services = act.services
    try:
        plan = record_attempt(services, contact, result, HowToStop(stop) if stop else None)
    except AnotherInterviewRuns as runs:
        fail(f"{_REFUSAL}: {runs}: --stop end or --stop pause says what becomes of it")
    act.items += [record for record in plan.records[:1] if services.store.get(type(record), record.id)]
    when = ""
    if result.made_at is not None:
        when = f" {wording.moment(result.made_at, services.time.now(), services.time.calendar)}"
    effect = acts.logged_effect(services, plan, result.outcome)
    said = "we spoke" if _spoke(services, result) else wording.OUTCOME[result.outcome]
    words = f"Logged with {acts.person_words(services, contact)}{when}: {said}"
    if not effect and not (act.owed or plan.interview):
        effect = "the queue stays as it is"
    act.done = "; ".join(filter(None, (words, effect)))
    if plan.interview is not None:
        _say_interview(act, plan, result)


def _spoke(services: Services, result: CallResult) -> bool:
    from warmcall.domain.script import ScriptFor

    return result.outcome is Outcome.REPLIED and result.serves is not ScriptFor.ASK


def made_for(services: Services, contact: Contact, opened: FollowUp | None, result: CallResult) -> CallResult:
    """Return `result` with what the attempt was for, as on the call screen; unknown of one made earlier.

    `opened` is the follow-up that was named, if one was.
    """
    from msgspec.structs import replace

    if result.made_at is not None:
        return result
    serves = services.calling.script_uses(contact, opened)[0]
    answered = services.calling.made_for(contact, serves, opened)
    return replace(result, serves=serves, answers=answered.id if answered else "")


def record_attempt(
    services: Services, contact: Contact, result: CallResult, stop: Stop | None = None
) -> CallPlan:
    """Record an attempt made just now as the call screen does, or one made earlier as the form for those.

    Raises:
        AnotherInterviewRuns: if a talk began at once while an interview runs, and `stop` is None.
    """
    if result.made_at is not None:
        return services.attempts.log(contact.id, result)
    if result.outcome is Outcome.TALK_NOW:
        plan = services.interviewing.talk_now(contact.id, result, stop)
        services.interview_lock.release()
        return plan
    return services.calling.record(contact.id, result)


def _say_interview(act: Act, plan: CallPlan, result: CallResult) -> None:
    """Say of an interview that was set, or began, when it is."""
    from warmcall.presentation import acts

    interview = plan.interview
    if interview is None:
        return
    if result.outcome is not Outcome.TALK_NOW:
        act.follows.append(f"interview: {acts.meeting_words(interview, act.services)}")
    elif result.made_at is None:
        minutes = interview.countdown.minutes
        act.follows.append(f"The interview runs, {minutes} minutes on the clock: warmcall interview status")
