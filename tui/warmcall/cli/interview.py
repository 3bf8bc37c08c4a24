"""The commands of an interview: planning it, running it against the clock, ending it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from warmcall.cli.acting import (
    Act,
    acting,
    checked_line,
    coming,
    json_option,
    namesake_id,
    quoted,
    typed_text,
)
from warmcall.cli.base import db_option, examples, name_argument
from warmcall.cli.bootstrap import load_services
from warmcall.cli.completers import days, people
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import load_context
from warmcall.cli.logging import their_zone
from warmcall.cli.reading import print_json, print_lines, services_for
from warmcall.cli.selecting import select_person
from warmcall.cli.words import KIND, MODE, PERMISSION
from warmcall.domain.id_prefixes import LEAST, beginning_with
from warmcall.domain.records import Capture, ChecklistQuestion, Debrief, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import CaptureKind, Mode, Permission, QuestionState

if TYPE_CHECKING:
    from warmcall.domain.preparation import Prepared
    from warmcall.services.running_interviews import Stop
    from warmcall.services.services import Services

_NOT_NOTED, _NOT_DONE = "not noted", "not done"

_STARTS = "warmcall interview start WHO starts one"


class _Commands(click.Group):
    """The commands of an interview; some have a further name, by which lists do not show them."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or of that further name."""
        return super().get_command(ctx, {"referral": "refer"}.get(cmd_name, cmd_name))


@click.group(
    cls=_Commands,
    epilog=examples(
        ("warmcall interview start mei", "start the clock"),
        ("warmcall interview note nobody tells you that", "what they say, under the question it is at"),
        ("warmcall interview next", "go to the next question"),
        ("warmcall interview star", "star that answer"),
        ("warmcall interview refer 'Ana Ruiz' --why 'hires juniors'", "somebody they named"),
        ("warmcall interview end", "end it, on time"),
    ),
)
@db_option
def interview() -> None:
    """Plan, run and end an interview.

    The commands are about the one that runs, or has ended last, unless --with names another one.
    """


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose the interview, and --json and --db."""
    for option in (
        click.pass_obj,
        db_option,
        json_option,
        click.option("--anyway", is_flag=True, help="Although another session runs it; its words are kept."),
        click.option(
            "--with", "who", metavar="WHO", shell_complete=people,
            help="Which interview: with whom, or its id.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


_stop_option = click.option(
    "--stop", type=click.Choice(["end", "pause"]), help="What becomes of another interview that runs."
)


@interview.command(
    epilog=examples(
        ("warmcall interview plan mei --at 'thu 2pm'", "by your clock"),
        ("warmcall interview plan mei --at 'thu 2pm' --their-time --mode video", "by hers, by video"),
    ),
)
@name_argument("who", shell_complete=people)
@click.option(
    "--at",
    "when",
    metavar="WHEN",
    shell_complete=days,
    required=True,
    help="The day and the hour: 'thu 2pm'.",
)
@click.option("--their-time", is_flag=True, help="That --at is by their clock, in their zone.")
@click.option("--mode", type=MODE, help=f"How you meet: {', '.join(MODE.usual)}.")
@click.option("--place", help="Where, or the link.")
@json_option
@db_option
@click.pass_obj
def plan(
    invocation: Invocation,
    who: str,
    when: str,
    their_time: bool,
    mode: Mode | None,
    place: str | None,
    as_json: bool,
) -> None:
    """Plan an interview, or move the one planned.

    It is confirmed the business day before. Without --mode and --place those of an interview that is
    moved stay.
    """
    from warmcall.presentation.acts import interview_words, meeting_words

    refusal = "not planned"
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        contact = select_person(services, who, refusal)
        zone = their_zone(services, contact, refusal) if their_time else None
        at = coming(services, when, refusal, zone, needs_hour=True).instant
        before = services.calling.planned_meeting(contact.id)
        if before is not None and before.countdown.started:
            fail(f"{refusal}: the interview with {one_line(contact.name)} is running")
        where = before.place if before else ""
        if place is not None:
            where = checked_line(place, refusal, "place").strip()
        how = mode or (before.mode if before else Mode.PHONE)
        planned = services.interviewing.arrange(contact.id, at, how, where) if at is not None else None
        if planned is not None:
            act.items.append(planned)
            verb = "Moved" if before else "Planned"
            act.done = f"{verb} {interview_words(services, planned)}: {meeting_words(planned, services)}"


@interview.command(
    epilog=examples(
        ("warmcall interview start mei", "the clock runs"),
        ("warmcall interview start mei --stop pause", "although another one runs"),
    ),
)
@click.argument("who", shell_complete=people, nargs=-1)
@_stop_option
@json_option
@db_option
@click.pass_obj
def start(invocation: Invocation, who: tuple[str, ...], stop: str | None, as_json: bool) -> None:
    """Start the clock of an interview.

    It is the one planned with WHO, else one by phone right now; without WHO the next one planned. The
    countdown goes on when this command has ended; the app shows it, as does warmcall interview status.
    """
    from warmcall.presentation.interview_status import status_lines
    from warmcall.services.running_interviews import AnotherInterviewRuns
    from warmcall.services.running_interviews import Stop as HowToStop

    refusal = "not started"
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        planned, contact_id = _to_start(services, " ".join(who), refusal)
        how: Stop | None = HowToStop(stop) if stop else None
        try:
            if planned is not None:
                services.interviewing.start(planned.id, how)
                found: Interview | None = services.store.require(Interview, planned.id)
            else:
                found = services.interviewing.start_now(contact_id, how)
        except AnotherInterviewRuns as runs:
            fail(f"{refusal}: {runs}: --stop end or --stop pause says what becomes of it")
        services.interview_lock.release()
        if found is not None:
            act.items.append(found)
            act.done = "\n".join(["Started.", *status_lines(services, found)])


def _to_start(services: Services, who: str, refusal: str) -> tuple[Interview | None, str]:
    """Return the interview to start, or None and the id of the contact to talk to without one."""
    if not who.strip():
        from warmcall.services.meetings import NoSuchMeeting, meeting_with

        try:
            found = meeting_with(services.store, services.time, "")
        except NoSuchMeeting:
            fix = "say with whom it is, as in warmcall interview start 'Mei Tanaka'"
            fail(f"{refusal}: no interview is planned: {fix}")
    else:
        by_id = _by_id(services, who)
        contact_id = by_id.contact_id if by_id else select_person(services, who, refusal).id
        planned = by_id or services.calling.planned_meeting(contact_id)
        if planned is None:
            return None, contact_id
        found = planned
    name = _name(services, found)
    if found.ended_at is not None or found.cancelled:
        fail(f"{refusal}: the interview with {name} is over: name the person to start another one")
    if found.countdown.started:
        paused = ": warmcall interview go-on lets it run again" if found.countdown.paused else ""
        fail(f"{refusal}: the interview with {name} is {'paused' if paused else 'running'} already{paused}")
    return found, found.contact_id


@interview.command(
    epilog=examples(
        ("warmcall interview status", "the time left, and the questions by number"),
        ("warmcall interview status --json", "for a status line"),
    ),
)
@click.argument("who", shell_complete=people, nargs=-1)
@click.option("--notes", "with_notes", is_flag=True, help="What was noted under each question, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the interview as JSON, schema 1.")
@db_option
@click.pass_obj
def status(invocation: Invocation, who: tuple[str, ...], with_notes: bool, as_json: bool) -> None:
    """Print the time left, and the questions.

    The questions have their numbers. It is the interview that runs, else the next one planned; or of the
    one with WHO.
    """
    from warmcall.presentation.interview_status import status_lines
    from warmcall.services.meetings import NoSuchMeeting, meeting_with

    services, _ = load_services(load_context(invocation))
    if who:
        found: Interview = _with(services, " ".join(who), "interview")
    else:
        try:
            found = services.store.running() or meeting_with(services.store, services.time, "")
        except NoSuchMeeting:
            fail("interview: none runs, and none is planned: warmcall interview plan WHO --at WHEN plans one")
    if as_json:
        from warmcall.presentation.json_shapes import encoded, interview_json

        click.echo(encoded([interview_json(services.store, services.time, found)]))
    else:
        click.echo("\n".join(status_lines(services, found, with_notes)))


@interview.command(
    epilog=examples(
        ("warmcall interview note nobody tells you that", "under the question it is at"),
        ("warmcall interview note 3 'two years at least'", "under the third"),
        ("warmcall interview note -q surprised 'the hours'", "under the one with that word"),
    ),
)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "-q", "--question", help="Under which question: its number, or words of it; general is under none."
)
@_options
def note(
    invocation: Invocation,
    text: tuple[str, ...],
    question: str | None,
    who: str | None,
    anyway: bool,
    as_json: bool,
) -> None:
    """Note what they say.

    It goes under the question it is at, or another one: a number before a text of several words in quotes
    is that of the question, as -q is. - as TEXT reads standard input.
    """
    with acting(invocation, _NOT_NOTED, as_json) as act:
        found = _at_hand(act.services, who, anyway, _NOT_NOTED)
        if question is None and _begins_with_number(text, found):
            question, *text_after = text
            text = tuple(text_after)
        written = typed_text(text, _NOT_NOTED, "text")
        if question is not None and question.strip().casefold() == "general":
            asked = None
        else:
            asked = _question(found, question, _NOT_NOTED)
        act.services.interview_notes.add(found.id, asked.id if asked else "", written)
        _say(act, found.id, f"Noted under {_numbered(found, asked)}" if asked else "Noted, in general")


def _begins_with_number(text: tuple[str, ...], found: Interview) -> bool:
    """Return whether the first of two words is the number of a question, and the second a text in quotes.

    What is in quotes has several words: "5 years" without them is a text.
    """
    if len(text) != 2 or len(text[1].split()) < 2:
        return False
    number = text[0].rstrip(".")
    return number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(found.checklist)


@interview.command(
    "next",
    epilog=examples(
        ("warmcall interview next", "the next question"),
        ("warmcall interview next 5", "the fifth"),
    ),
)
@click.argument("question", required=False)
@_options
def next_question(
    invocation: Invocation, question: str | None, who: str | None, anyway: bool, as_json: bool
) -> None:
    """Go to the next question.

    It is the next open one, or QUESTION: a number, or words of it. The question left counts as asked if
    something is noted under it.
    """
    with acting(invocation, _NOT_DONE, as_json) as act:
        found = _at_hand(act.services, who, anyway, _NOT_DONE)
        asked = _question(found, question, _NOT_DONE) if question is not None else _next_open(found)
        if asked is None:
            fail(f"{_NOT_DONE}: no question is open any more: warmcall interview end ends it")
        act.services.interview_notes.go_to(found.id, asked.id)
        _say(act, found.id, _numbered(found, asked))


@interview.command()
@click.argument("item", nargs=-1)
@_options
def ready(
    invocation: Invocation, item: tuple[str, ...], who: str | None, anyway: bool, as_json: bool
) -> None:
    """List what to have ready, or tick it.

    ITEM is the number of a thing, or words of it; a second time takes the tick off. It is the interview
    that is next, or the one with WHO.
    """
    from warmcall.presentation.briefing import readiness

    if not item:
        _list_ready(invocation, who, as_json)
        return
    with acting(invocation, _NOT_DONE, as_json) as act:
        services = act.services
        found = _at_hand(services, who, anyway, _NOT_DONE, planned=True)
        listed = readiness(services, found)
        number = _item(" ".join(item), [each.item.text for each in listed])
        if listed[number].automatic:
            fail(f"{_NOT_DONE}: {quoted(listed[number].item.text)} ticks itself when that is done")
        services.interviewing.toggle_prepared(found.id, listed[number].item.id)
        found = services.store.require(Interview, found.id)
        act.items.append(found)
        act.done, *act.follows = _ready_lines(services, found, readiness(services, found))


def _list_ready(invocation: Invocation, who: str | None, as_json: bool) -> None:
    """Print what to have ready for an interview, with the numbers by which it is ticked."""
    from warmcall.presentation.briefing import readiness
    from warmcall.presentation.json_shapes import ReadyItemJson

    services = services_for(invocation)
    found = _at_hand(services, who, anyway=True, refusal="interview", planned=True)
    listed = readiness(services, found)
    if as_json:
        print_json(
            ReadyItemJson(
                number=number,
                id=each.item.id,
                words=each.item.text,
                ticked=each.ticked,
                automatic=each.automatic,
                interview_id=found.id,
            )
            for number, each in enumerate(listed, 1)
        )
    else:
        print_lines(_ready_lines(services, found, listed))


def _ready_lines(services: Services, found: Interview, listed: tuple[Prepared, ...]) -> list[str]:
    from warmcall.presentation.briefing import readiness_heading

    heading = f"{readiness_heading(listed)} · interview with {_name(services, found)}"
    return [
        heading,
        *(
            one_line(f"{number}. {each.item.text}{' (ready)' if each.ticked else ''}")
            for number, each in enumerate(listed, 1)
        ),
    ]


def _item(words: str, texts: Sequence[str]) -> int:
    """Return the place of the one text that a number from 1, or words, mean, or end with a sentence."""
    from warmcall.domain.text_folding import folded, folded_words, has_words

    if words.strip().isascii() and words.strip().isdigit():
        number = int(words.strip()[:4])
        if not 1 <= number <= len(texts):
            fail(f"{_NOT_DONE}: there is no {number} on the list: it goes from 1 to {len(texts)}")
        return number - 1
    typed = folded_words(words)
    fits = [at for at, text in enumerate(texts) if typed and has_words(typed, folded(text))]
    if len(fits) != 1:
        why = "is several things" if fits else "is nothing"
        fail(f"{_NOT_DONE}: {quoted(words)} {why} on the list: give the number")
    return fits[0]


def _mark(state: QuestionState, said: str) -> Callable[..., None]:
    """Return what a command does that marks a question."""

    def mark(
        invocation: Invocation, question: str | None, who: str | None, anyway: bool, as_json: bool
    ) -> None:
        with acting(invocation, _NOT_DONE, as_json) as act:
            found = _at_hand(act.services, who, anyway, _NOT_DONE)
            asked = _question(found, question, _NOT_DONE)
            if state is QuestionState.SKIPPED and asked.state is QuestionState.ASKED:
                fail(f"{_NOT_DONE}: it is asked already: warmcall interview reopen opens it again")
            act.services.checklists.mark(found.id, asked.id, state)
            _say(act, found.id, f"{said}: {_numbered(found, asked)}")

    return mark


for _name_of, _state, _said, _about in (
    ("asked", QuestionState.ASKED, "Asked", "Mark a question asked.\n\nIt is the one it is at, or QUESTION."),
    ("skip", QuestionState.SKIPPED, "Skipped", "Skip a question.\n\nIt is the one it is at, or QUESTION."),
    ("reopen", QuestionState.OPEN, "Open again", "Open a question again."),
):
    interview.command(_name_of, help=_about)(
        click.argument("question", required=False)(_options(_mark(_state, _said)))
    )


@interview.command()
@click.argument("question", required=False)
@_options
def star(invocation: Invocation, question: str | None, who: str | None, anyway: bool, as_json: bool) -> None:
    """Star an answer, or take the star off.

    A starred answer is worth thanking for. It is that to the question it is at, or to QUESTION.
    """
    with acting(invocation, _NOT_DONE, as_json) as act:
        found = _at_hand(act.services, who, anyway, _NOT_DONE)
        asked = _question(found, question, _NOT_DONE)
        act.services.checklists.star(found.id, asked.id)
        _say(
            act, found.id, f"{'No star any more' if asked.starred else 'Starred'}: {_numbered(found, asked)}"
        )


@interview.command("add-question")
@click.argument("words", nargs=-1, required=True)
@click.option("--after", metavar="QUESTION", help="After which question; before the close without it.")
@_options
def add_question(
    invocation: Invocation,
    words: tuple[str, ...],
    after: str | None,
    who: str | None,
    anyway: bool,
    as_json: bool,
) -> None:
    """Put a question of your own on the list."""
    with acting(invocation, "not added", as_json) as act:
        services = act.services
        found = _at_hand(services, who, anyway, "not added", planned=True)
        ask = checked_line(
            " ".join(typed_text(words, "not added", "question").split()), "not added", "question"
        )
        after_id = _question(found, after, "not added").id if after is not None else ""
        services.checklists.add_questions(found.id, [services.checklists.own_question(ask)], after_id)
        listed = services.store.require(Interview, found.id)
        added = next((asked for asked in listed.checklist if asked.ask == ask), None)
        act.items.append(listed)
        act.done = f"Added: {_numbered(listed, added)}" if added else ""
        if warning := services.checklists.warning(listed):
            act.warnings.append(f"{warning}.")


@interview.command()
@click.argument("question")
@click.argument("words", nargs=-1, required=True)
@_options
def reword(
    invocation: Invocation,
    question: str,
    words: tuple[str, ...],
    who: str | None,
    anyway: bool,
    as_json: bool,
) -> None:
    """Change the words of a question.

    QUESTION is its number, or words of it in quotes.
    """
    with acting(invocation, _NOT_DONE, as_json) as act:
        services = act.services
        found = _at_hand(services, who, anyway, _NOT_DONE, planned=True)
        asked = _question(found, question, _NOT_DONE)
        ask = " ".join(typed_text(words, _NOT_DONE, "question").split())
        services.checklists.reword(found.id, asked.id, checked_line(ask, _NOT_DONE, "question"))
        listed = services.store.require(Interview, found.id)
        act.items.append(listed)
        act.done = f"Reworded: {_numbered(listed, asked)}"


@interview.command("drop-question")
@click.argument("question")
@_options
def drop_question(
    invocation: Invocation, question: str, who: str | None, anyway: bool, as_json: bool
) -> None:
    """Take a question off the list.

    What was noted under it stays in the file.
    """
    with acting(invocation, _NOT_DONE, as_json) as act:
        services = act.services
        found = _at_hand(services, who, anyway, _NOT_DONE, planned=True)
        asked = _question(found, question, _NOT_DONE)
        services.checklists.drop(found.id, asked.id)
        act.items.append(services.store.require(Interview, found.id))
        act.done = f"Dropped: {_numbered(found, asked)}"
        if warning := services.checklists.warning(services.store.require(Interview, found.id)):
            act.warnings.append(f"{warning}.")


@interview.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--why", help="Why them: what they know, or do.")
@click.option("--may-use-name", type=PERMISSION, help=f"May you use the name: {', '.join(PERMISSION.usual)}.")
@click.option("--kind", type=KIND, help=f"Who they are: {', '.join(KIND.usual)}.")
@click.option("--organization", "--org", help="Where they work.")
@click.option("--title", help="What they are there.")
@click.option("--phone", help="Their number.")
@click.option("--email", help="Their address.")
@click.option("--new", "is_new", is_flag=True, help="A new person, although that name is in People.")
@_options
def refer(
    invocation: Invocation,
    name: tuple[str, ...],
    who: str | None,
    anyway: bool,
    as_json: bool,
    is_new: bool,
    why: str | None,
    may_use_name: Permission | None,
    **options: str | None,
) -> None:
    """Take down somebody they name; referral is another word for it.

    A call to them comes into the queue when the interview ends.
    """
    from warmcall.services.address_book import SAME_AS, SOMEBODY_ELSE

    with acting(invocation, _NOT_NOTED, as_json) as act:
        services = act.services
        found = _at_hand(services, who, anyway, _NOT_NOTED)
        words = checked_line(typed_text(name, _NOT_NOTED, "name"), _NOT_NOTED, "name")
        fields = {
            field: checked_line(str(text), _NOT_NOTED, field).strip()
            for field, text in options.items()
            if text is not None
        }
        for field, problem in services.address_book.problems({**fields, "name": words}).items():
            fail(f"{_NOT_NOTED}: {field}: {problem}")
        same = namesake_id(services, words, found.contact_id, _NOT_NOTED) if not is_new else SOMEBODY_ELSE
        capture = Capture(
            id="", kind=CaptureKind.REFERRAL, what=words, why=(why or "").strip(),
            may_use_name=may_use_name or Permission.NOT_ASKED,
            fields=fields | ({SAME_AS: same} if same else {}),
        )  # fmt: skip
        _capture(act, found, capture)


@interview.command()
@click.argument("thing", nargs=-1, required=True)
@click.option("--theirs", is_flag=True, help="They made it.")
@click.option(
    "--by",
    "when",
    metavar="WHEN",
    shell_complete=days,
    help="When it is due; in two business days without it.",
)
@_options
def promise(
    invocation: Invocation,
    thing: tuple[str, ...],
    theirs: bool,
    when: str | None,
    who: str | None,
    anyway: bool,
    as_json: bool,
) -> None:
    """Take down a promise.

    It is a thing, such as "the article" or "my resume", and comes into the queue when the interview ends.
    """
    from warmcall.domain.promises import as_thing, promise_problem

    with acting(invocation, _NOT_NOTED, as_json) as act:
        services = act.services
        found = _at_hand(services, who, anyway, _NOT_NOTED)
        words = checked_line(typed_text(thing, _NOT_NOTED, "promise"), _NOT_NOTED, "promise")
        if problem := promise_problem(words, theirs):
            fail(f"{_NOT_NOTED}: promise: {quoted(words)}: {problem}")
        due = coming(services, when, _NOT_NOTED) if when is not None else None
        what = as_thing(words, theirs)
        _capture(act, found, Capture(id="", kind=CaptureKind.PROMISE, what=what, theirs=theirs, due=due))


def _capturing(kind: CaptureKind, needs_words: str) -> Callable[..., None]:
    """Return what a command does that records a capture of a few words; they are needed if that is said."""

    def record(
        invocation: Invocation, words: tuple[str, ...], who: str | None, anyway: bool, as_json: bool
    ) -> None:
        with acting(invocation, _NOT_NOTED, as_json) as act:
            found = _at_hand(act.services, who, anyway, _NOT_NOTED)
            text = typed_text(words, _NOT_NOTED, "words", needs_words) if words or needs_words else ""
            what = checked_line(" ".join(text.split()), _NOT_NOTED, "words")
            _capture(act, found, Capture(id="", kind=kind, what=what))

    return record


for _name_of, _kind, _needs, _about in (
    ("advice", CaptureKind.ADVICE, "say what they advise", "Take down what they advise."),
    (
        "viewed",
        CaptureKind.RESUME,
        "",
        "Take down that they saw your resume.\n\nWORDS are what they advised.",
    ),
    ("on-file", CaptureKind.ON_FILE, "", "Take down that they keep your resume."),
    ("opening", CaptureKind.OPENING, "", "Take down an opening they spoke of."),
):
    interview.command(_name_of, help=_about)(
        click.argument("words", nargs=-1)(_options(_capturing(_kind, _needs)))
    )


def _capture(act: Act, found: Interview, capture: Capture) -> None:
    """Record a capture, and say what it is and where it is found."""
    from warmcall.presentation.captures import capture_recorded

    services = act.services
    added = services.capturing.add(found.id, capture)
    act.items.append(services.store.require(Interview, found.id))
    ended = found.ended_at is not None
    recorded = capture_recorded(added, ended, services.time.now(), services.time.calendar)
    act.done = one_line(f"{recorded} · interview with {_name(services, found)}")


@interview.command()
@_options
def pause(invocation: Invocation, who: str | None, anyway: bool, as_json: bool) -> None:
    """Stop the clock for a while."""
    with acting(invocation, _NOT_DONE, as_json) as act:
        found = _going(act.services, who, anyway, _NOT_DONE)
        if found.countdown.paused:
            fail(f"{_NOT_DONE}: the interview with {_name(act.services, found)} is paused already")
        act.services.interviewing.toggle_pause(found.id)
        _say(act, found.id, "Paused")


@interview.command("go-on")
@_stop_option
@_options
def go_on(invocation: Invocation, stop: str | None, who: str | None, anyway: bool, as_json: bool) -> None:
    """Let the clock run again after a pause."""
    from warmcall.services.running_interviews import AnotherInterviewRuns, Stop

    with acting(invocation, _NOT_DONE, as_json) as act:
        found = _going(act.services, who, anyway, _NOT_DONE)
        if not found.countdown.paused:
            fail(f"{_NOT_DONE}: the interview with {_name(act.services, found)} is running already")
        try:
            act.services.interviewing.toggle_pause(found.id, Stop(stop) if stop else None)
        except AnotherInterviewRuns as runs:
            fail(f"{_NOT_DONE}: {runs}: --stop end or --stop pause says what becomes of it")
        _say(act, found.id, "The clock runs again")


@interview.command()
@_options
def more(invocation: Invocation, who: str | None, anyway: bool, as_json: bool) -> None:
    """Add five minutes, if they offer them."""
    from warmcall.presentation.countdown import limit

    with acting(invocation, _NOT_DONE, as_json) as act:
        found = _going(act.services, who, anyway, _NOT_DONE)
        act.services.interviewing.extend(found.id)
        countdown = act.services.store.require(Interview, found.id).countdown
        _say(act, found.id, f"More time: {limit(countdown)}")


@interview.command()
@_options
def end(invocation: Invocation, who: str | None, anyway: bool, as_json: bool) -> None:
    """End the interview.

    The thank-you comes into the queue, with whom they named and what was promised. One that was left
    running long ago ends when something was last done in it.
    """
    from warmcall.presentation import wording
    from warmcall.presentation.acts import interview_words, person_words

    refusal = "not ended"
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        found = _going(services, who, anyway, refusal)
        was_left = services.unfinished_interviews.left_running(found)
        if was_left:
            services.unfinished_interviews.end_as_presumed(found.id)
        else:
            services.interviewing.end(found.id)
        ended = services.store.require(Interview, found.id)
        act.items.append(ended)
        now, calendar = services.time.now(), services.time.calendar
        as_of = (
            f" as of {wording.moment(ended.ended_at, now, calendar)}" if was_left and ended.ended_at else ""
        )
        line = wording.meeting_line(ended, now, calendar)
        act.done = f"Ended{as_of}: {interview_words(services, ended)}: {line}"
        named = [services.store.contact(id_) for id_ in ended.named]
        act.follows += [f"named: {person_words(services, person)}" for person in named if person]
        if ended.debrief == Debrief():
            act.follows.append(
                "While it is fresh, what did you learn? warmcall interview debrief --learned …"
            )


@interview.command()
@name_argument("who", shell_complete=people)
@json_option
@db_option
@click.pass_obj
def held(invocation: Invocation, who: str, as_json: bool) -> None:
    """Record that one was held without the clock.

    It ended after the minutes agreed.
    """
    _settle_missed(invocation, who, as_json, was_held=True)


@interview.command("not-held")
@name_argument("who", shell_complete=people)
@json_option
@db_option
@click.pass_obj
def not_held(invocation: Invocation, who: str, as_json: bool) -> None:
    """Record that one was not held.

    A call to arrange another one comes into the queue.
    """
    _settle_missed(invocation, who, as_json, was_held=False)


def _settle_missed(invocation: Invocation, who: str, as_json: bool, was_held: bool) -> None:
    from warmcall.presentation.acts import interview_words

    refusal = "not recorded"
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        found = _with(services, who, refusal)
        name = _name(services, found)
        if not found.is_planned or found.countdown.started:
            fail(f"{refusal}: no interview with {name} is planned that was not started")
        if was_held and found.at > services.time.now():
            fail(f"{refusal}: the interview with {name} is still to come")
        if was_held:
            services.unfinished_interviews.record_held(found.id)
        else:
            services.unfinished_interviews.record_not_held(found.id)
        after = services.store.require(Interview, found.id)
        act.items.append(after)
        act.done = f"{'Held' if was_held else 'Called off'}: {interview_words(services, after)}"


@interview.command()
@click.option("--learned", help="What you learned; - reads standard input.")
@click.option("--changes", help="What it changes about the job you aim at.")
@click.option("--fit", type=click.IntRange(0, 5), help="How the job fits you, from 1 to 5; 0 is not said.")
@click.option("--confidence", type=click.IntRange(0, 5), help="How sure you are, from 1 to 5; 0 is not said.")
@click.option("--next", "next_", help="Whom to talk to next.")
@_options
def debrief(
    invocation: Invocation,
    who: str | None,
    anyway: bool,
    as_json: bool,
    learned: str | None,
    changes: str | None,
    fit: int | None,
    confidence: int | None,
    next_: str | None,
) -> None:
    """Write down what you learned.

    Each option sets its field.
    """
    given = {"learned": learned, "changes": changes, "fit": fit, "confidence": confidence, "next": next_}
    fields = {name: value for name, value in given.items() if value is not None}
    if not fields:
        fail(f"{_NOT_NOTED}: say what you learned, as in --learned 'It is more numbers than words' --fit 4")
    with acting(invocation, _NOT_NOTED, as_json) as act:
        services = act.services
        found = _last_ended(services) if who is None else _with(services, who, _NOT_NOTED)
        if found is None or found.ended_at is None:
            fail(f"{_NOT_NOTED}: a debrief comes after the end: warmcall interview end ends the interview")
        for name, value in fields.items():
            if isinstance(value, str) and value.strip():
                fields[name] = typed_text([value], _NOT_NOTED, name)
        services.interviewing.debrief(found.id, msgspec.structs.replace(found.debrief, **fields))
        act.items.append(services.store.require(Interview, found.id))
        said = ", ".join(
            f"{name} {value}" if isinstance(value, int) else name for name, value in fields.items()
        )
        act.done = f"Debrief of the interview with {_name(services, found)}: {said}"


def _say(act: Act, interview_id: str, words: str) -> None:
    """Say what was done, and the time left while it is going."""
    from warmcall.presentation.interview_status import clock_lines

    found = act.services.store.require(Interview, interview_id)
    act.items.append(found)
    first, *more = clock_lines(act.services, found, with_place=False) if found.countdown.going else [""]
    act.done = f"{words} · {first}" if first else words
    act.follows += more


def _going(services: Services, who: str | None, anyway: bool, refusal: str) -> Interview:
    """Return the interview that is going, running or paused, or end with a sentence."""
    if who is not None:
        found: Interview | None = _with(services, who, refusal)
    else:
        found = services.store.running()
    if found is None or not found.countdown.going:
        name = f" with {_name(services, found)}" if found is not None else ""
        fail(f"{refusal}: no interview{name} is running: {_STARTS}")
    return _not_held_elsewhere(services, found, anyway, refusal)


def _at_hand(
    services: Services, who: str | None, anyway: bool, refusal: str, planned: bool = False
) -> Interview:
    """Return the interview that a command is about: the one named, else that going, else the last that ended.

    Before the start, which `planned` allows, it is the next one rather than the last.
    """
    if who is not None:
        found: Interview | None = _with(services, who, refusal)
    else:
        found = services.store.running()
        if found is None and planned:
            from warmcall.services.meetings import planned as planned_meetings

            found = next(iter(planned_meetings(services.store)), None)
        if found is None:
            found = _last_ended(services)
    if found is None or found.cancelled:
        fail(f"{refusal}: no interview is running: {_STARTS}")
    if not planned and found.is_planned and not found.countdown.started:
        fix = "warmcall interview start starts it"
        fail(f"{refusal}: the interview with {_name(services, found)} has not started: {fix}")
    return _not_held_elsewhere(services, found, anyway, refusal)


def _last_ended(services: Services) -> Interview | None:
    held = (talk for talk in services.store.all(Interview) if talk.was_held)
    return max(held, key=lambda talk: talk.ended_at or talk.at, default=None)


def _not_held_elsewhere(services: Services, found: Interview, anyway: bool, refusal: str) -> Interview:
    """Return the interview, or end with a sentence if another session runs it and --anyway was not given."""
    if not anyway and services.interview_lock.held_elsewhere(found):
        from warmcall.presentation.wording import held_elsewhere

        held = held_elsewhere(found.held_since, services.time.now(), services.time.calendar)
        fail(f"{refusal}: it is {held}: do it there, or here with --anyway")
    return found


def _by_id(services: Services, words: str) -> Interview | None:
    """Return the interview whose id, or the only one whose id's beginning, `words` are."""
    if len(words.strip()) < LEAST:
        return None
    found = beginning_with((talk.id for talk in services.store.all(Interview)), words)
    return services.store.get(Interview, found[0]) if len(found) == 1 else None


def _with(services: Services, words: str, refusal: str) -> Interview:
    """Return the interview of that id, or with that person, the one to come before the last, else end."""
    if (by_id := _by_id(services, words)) is not None:
        return by_id
    contact = select_person(services, words, refusal)
    found = services.interviewing.current(contact.id)
    if found is None:
        fix = "warmcall interview plan plans one, warmcall interview start starts one"
        fail(f"{refusal}: there is no interview with {one_line(contact.name)}: {fix}")
    return found


def _question(found: Interview, words: str | None, refusal: str) -> ChecklistQuestion:
    """Return the question that a number or words name, without them the one it is at; else end."""
    from warmcall.domain.text_folding import folded, folded_words, has_words

    listed = found.checklist
    if words is None:
        fits = [asked for asked in listed if asked.id == found.current]
        if not fits:
            fail(f"{refusal}: it is at no question: say which, by its number in warmcall interview status")
        return fits[0]
    typed = words.strip().rstrip(".")
    if typed.isascii() and typed.isdigit():
        number = int(typed) if len(typed) < 4 else 0
        if not 1 <= number <= len(listed):
            fail(f"{refusal}: there is no question {typed[:12]}: they are 1 to {len(listed)}")
        return listed[number - 1]
    fits = [
        asked for asked in listed if folded_words(typed) and has_words(folded_words(typed), folded(asked.ask))
    ]
    if len(fits) != 1:
        which = "; ".join(_numbered(found, asked) for asked in fits[:5])
        could = (
            f"could be {which}: give its number"
            if fits
            else "is in no question: warmcall interview status lists them"
        )
        fail(f"{refusal}: {quoted(words)} {could}")
    return fits[0]


def _next_open(found: Interview) -> ChecklistQuestion | None:
    """Return the next open question after the one it is at, else the first open one."""
    ids = [asked.id for asked in found.checklist]
    at = ids.index(found.current) if found.current in ids else -1
    in_turn = (*found.checklist[at + 1 :], *found.checklist[: max(at, 0)])
    return next((asked for asked in in_turn if asked.state is QuestionState.OPEN), None)


def _numbered(found: Interview, asked: ChecklistQuestion) -> str:
    """Return a question with its number: "4. What surprised you most?"."""
    number, listed = next(
        (number, other) for number, other in enumerate(found.checklist, 1) if other.id == asked.id
    )
    return f"{number}. {one_line(listed.ask)}"


def _name(services: Services, found: Interview) -> str:
    contact = services.store.contact(found.contact_id)
    return one_line(contact.name) if contact else "a deleted contact"


_EXAMPLES = {
    "add-question": (
        ("warmcall interview add-question What would you do first?", "under the one it is at"),
        ("warmcall interview add-question 'How did you hear of it?' --with mei", "before it begins"),
    ),
    "advice": (
        ("warmcall interview advice write to the editor first", "what they advise"),
        ("warmcall interview advice - < page.txt", "from a file"),
    ),
    "asked": (
        ("warmcall interview asked", "the one it is at"),
        ("warmcall interview asked 3", "the third"),
    ),
    "debrief": (
        ("warmcall interview debrief --learned 'they train beginners' --fit 4", "right after it"),
        ("warmcall interview debrief --next 'ask Ana Ruiz' --with mei", "of one before"),
    ),
    "drop-question": (
        ("warmcall interview drop-question 7", "the seventh"),
        ("warmcall interview drop-question surprised", "by a word of it"),
    ),
    "end": (
        ("warmcall interview end", "the one that runs"),
        ("warmcall interview end --with mei", "one that was left running"),
    ),
    "go-on": (
        ("warmcall interview go-on", "the clock runs again"),
        ("warmcall interview go-on --stop pause", "although another one runs"),
    ),
    "held": (
        ("warmcall interview held mei", "it took place without the clock"),
        ("warmcall interview debrief --learned 'they hire in May' --with mei", "what came of it"),
    ),
    "more": (
        ("warmcall interview more", "five minutes"),
        ("warmcall interview status", "how much that leaves"),
    ),
    "not-held": (
        ("warmcall interview not-held mei", "it did not take place"),
        ("warmcall undo", "it did, after all"),
    ),
    "on-file": (
        ("warmcall interview on-file", "they keep your resume"),
        ("warmcall interview on-file until the spring", "and what they said of it"),
    ),
    "opening": (
        ("warmcall interview opening a junior planner in May", "what they spoke of"),
        ("warmcall interview opening 'an assistant' --with mei", "in one before"),
    ),
    "pause": (
        ("warmcall interview pause", "the clock stops"),
        ("warmcall interview go-on", "and runs again"),
    ),
    "promise": (
        ("warmcall interview promise the article", "you owe it"),
        ("warmcall interview promise 'the report' --theirs --by friday", "they do"),
    ),
    "ready": (
        ("warmcall interview ready", "what to have ready, by number"),
        ("warmcall interview ready 2", "tick the second"),
    ),
    "refer": (
        ("warmcall interview refer Ana Ruiz --why 'hires juniors'", "a name they give"),
        ("warmcall interview refer Tom Bell --org Northgate --may-use-name yes", "with what they say of him"),
    ),
    "reopen": (
        ("warmcall interview reopen", "the one it is at"),
        ("warmcall interview reopen 3", "the third"),
    ),
    "reword": (
        ("warmcall interview reword 3 What would you learn first?", "the third"),
        ("warmcall interview reword surprised 'What did nobody tell you?'", "by a word of it"),
    ),
    "skip": (
        ("warmcall interview skip", "the one it is at"),
        ("warmcall interview skip 5", "the fifth"),
    ),
    "star": (
        ("warmcall interview star", "the answer to the one it is at"),
        ("warmcall interview star 2 --with mei", "of one before"),
    ),
    "viewed": (
        ("warmcall interview viewed", "they looked at your resume"),
        ("warmcall interview viewed put the project first", "and what they advised"),
    ),
}  # fmt: skip
"""The examples in the help of the commands that are about the interview that runs."""

for _word, _found in _EXAMPLES.items():
    interview.commands[_word].epilog = examples(*_found)
