"""What informational interviewing asks for, sentence by sentence, and the places of the app that serve it.

Each place is looked for in what the app ships: a script's words, a question of the default list, a figure, a
key. A sentence fails when one of its places is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from warmcall.app.keymap_registry import declared_keys
from warmcall.config.library import Library
from warmcall.domain.connections import connection
from warmcall.domain.evidence import is_resume_task
from warmcall.domain.job_answers import sureness
from warmcall.domain.message import Purpose
from warmcall.domain.proposals import Proposal, ProposalKind, proposal
from warmcall.domain.records import AnyRecord, Debrief, FollowUp, Interview, JobPractice
from warmcall.domain.script import Script
from warmcall.domain.script_warnings import warnings
from warmcall.domain.store import Store
from warmcall.domain.templates import contact_values, fill, profile_values, target_values
from warmcall.domain.vocabulary import (
    CaptureKind,
    ContactKind,
    FollowUpKind,
    Mode,
    News,
    Source,
    TargetChange,
)
from warmcall.presentation.person import answers_and_debrief
from warmcall.presentation.wording import SOURCE
from warmcall.screens.profile.profile_form import FIRST_FIELDS
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import AIM, NOW, capture, contact, interview, local, profile

Place = Callable[[Library], bool]
"""Returns whether one place is there."""

OPENINGS = {
    ContactKind.PRACTITIONER: "ask-practitioner",
    ContactKind.HIRING_MANAGER: "ask-hiring-manager",
    ContactKind.CONNECTOR: "ask-connector",
}


def key(*ids: str) -> Place:
    """Return the place that there are keys of these ids."""
    return lambda _library: set(ids) <= {key.id for key in declared_keys()}


def asks(kind: ContactKind, *question_ids: str) -> Place:
    """Return the place that questions are on the default list for a kind of contact."""

    def there(library: Library) -> bool:
        bank = library.bank_for(kind)
        return bank is not None and set(question_ids) <= {q.id for q in bank.questions if q.core}

    return there


def spoken(script: Script) -> str:
    """Return everything a script says."""
    return " ".join(step.say for step in script.steps.values())


def says(*words: str) -> Place:
    """Return the place that each opening script says, or fills in, all of `words` somewhere."""
    return lambda library: all(
        word in spoken(library.scripts[id_]) for id_ in OPENINGS.values() for word in words
    )


def hears(words: str) -> Place:
    """Return the place that each opening script has a reply with `words`."""
    return lambda library: all(
        any(
            words in reply.hear
            for step in library.scripts[id_].steps.values()
            for reply in step.replies.values()
        )
        for id_ in OPENINGS.values()
    )


def asks_field(*names: str) -> Place:
    """Return the place that a new user is asked for the fields `names`."""
    return lambda _library: set(names) <= {field.name for field in FIRST_FIELDS}


def writes(purpose: Purpose) -> Place:
    """Return the place that there is a letter for `purpose`."""
    return lambda library: bool(library.messages_for(purpose))


def prepares(mode: Mode, item_id: str) -> Place:
    """Return the place that an item is to be ticked before a meeting held so."""
    return lambda library: any(item.id == item_id and mode in item.modes for item in library.preparation)


def no_warnings(library: Library) -> bool:
    """Whether each opening says who calls, the ask, the minutes, and that no job is expected, in time."""
    return not [
        fault for id_ in OPENINGS.values() for fault in warnings(library.scripts[id_], library.cadence)
    ]


def says_school_and_degree(library: Library) -> bool:
    """Whether each opening says where the user studied and what, once both are known."""
    me = profile(background="a line cook", school="Harbor College", degree="AS in Food Science")
    values = profile_values(me) | target_values(AIM) | contact_values(contact(), None, me)
    asks = [library.scripts[id_].steps["ask"].say for id_ in OPENINGS.values()]
    return all("I have an AS in Food Science from Harbor College" in fill(ask, values).text for ask in asks)


def names_come_from(source: Source, **fields: object) -> Place:
    """Return the place that the form of a contact has a source, and that the call says it."""
    person = contact(source=source, **fields)
    return lambda _library: bool(connection(person, None, None)) and bool(SOURCE[source])


def only_to_learn(library: Library) -> bool:
    """Whether each first letter says why it is written, or that it asks for a line on each question."""
    return all(
        "only to learn" in template.body or "A line on each" in template.body
        for template in library.messages_for(Purpose.ASK)
    )


def talked(library: Library) -> tuple[Bench, Interview]:
    """Return the services after a talk in which a name, advice and a promise were given, and its record."""
    bench = Bench(library)
    services = bench.services
    dana = services.address_book.add({"name": "Dana Whitfield", "kind": "practitioner"})
    talk = services.interviewing.start_now(dana.id)
    assert talk is not None
    for kind, what in (
        (CaptureKind.REFERRAL, "Mei Tanaka"), (CaptureKind.RESUME, "one page"), (CaptureKind.ON_FILE, ""),
    ):  # fmt: skip
        services.capturing.add(talk.id, capture(kind, what))
    services.interviewing.end(talk.id)
    services.interviewing.debrief(talk.id, Debrief(learned="Half is checking.", confidence=3))
    return bench, bench.store.require(Interview, talk.id)


def owed(bench: Bench, talk: Interview, kind: FollowUpKind) -> list[FollowUp]:
    """Return what is owed of that kind to whom the talk was with."""
    return bench.store.open_of_contact(talk.contact_id, kind)


def widens_the_network(library: Library) -> bool:
    """Whether the person named is in People, with whoever named them, and a call in the queue."""
    bench, talk = talked(library)
    (mei,) = bench.store.referred_by(talk.contact_id)
    return mei.name == "Mei Tanaka" and bool(bench.store.open_of_contact(mei.id, FollowUpKind.CALL))


def keeps_what_was_learned(library: Library) -> bool:
    """Whether what was learned, and how sure the user is now, stands on the person's page."""
    _, talk = talked(library)
    shown = plain_text(answers_and_debrief(talk))
    return "Half is checking." in shown and "3 of 5" in shown


def takes_suggestions_down(library: Library) -> bool:
    """Whether what they said of the resume is a task in the queue."""
    bench, talk = talked(library)
    return any(is_resume_task(task.note) for task in owed(bench, talk, FollowUpKind.OTHER))


def thanks_within_a_day(library: Library) -> bool:
    """Whether a thank-you is due a day after the talk."""
    bench, talk = talked(library)
    (thanks,) = owed(bench, talk, FollowUpKind.THANK_YOU)
    assert talk.ended_at is not None
    return thanks.due.instant == talk.ended_at + timedelta(hours=24)


def stays_in_touch(library: Library) -> bool:
    """Whether a check-in follows the thank-you, besides the letter about the resume on file."""
    bench, talk = talked(library)
    bench.services.following_up.done(owed(bench, talk, FollowUpKind.THANK_YOU)[0].id)
    return "" in {check_in.opening_id for check_in in owed(bench, talk, FollowUpKind.CHECK_IN)}


def keeps_openings(library: Library) -> bool:
    """Whether a resume on file is recorded, and months later a letter is owed that says so."""
    bench, talk = talked(library)
    (opening,) = bench.services.openings.listed()
    (letter,) = [one for one in owed(bench, talk, FollowUpKind.CHECK_IN) if one.opening_id == opening.id]
    body = bench.services.drafting.draft(letter).body
    later = bench.services.time.calendar.day_of(letter.due) - opening.heard_on
    return opening.on_file and later > timedelta(days=80) and "You kept my resume on file in" in body


def asks_for_names(source: Source) -> Place:
    """Return the place that there is a letter which asks for names that way, for `Purpose.NAMES`."""

    def there(library: Library) -> bool:
        advice = library.sources[source]
        return library.messages[advice.letter].purpose is Purpose.NAMES and bool(advice.titles)

    return there


def each_way_says_what_is_next(library: Library) -> bool:
    """Whether each way names come is listed before anything was tried, with what to do."""
    states = Bench(library).services.sources.states()
    named = {
        Source.PROFESSOR, Source.PLACEMENT_OFFICE, Source.ASSOCIATION, Source.BUSINESS_NEWS, Source.REFERRAL,
    }  # fmt: skip
    return named <= {state.source for state in states} and all(state.next for state in states)


def looks_back_on_a_week(library: Library) -> bool:
    """Whether the look back at a week says who was asked, met and named, and keeps what was learned."""
    bench, talk = talked(library)
    weeks = bench.services.weeks
    weeks.write(weeks.present(), "Half is checking.", TargetChange.NO)
    review = weeks.review(weeks.present())
    people = [person.id for person in review.met]
    return people == [talk.contact_id] and bool(review.named) and review.week.learned == "Half is checking."


def shows_progress(library: Library) -> bool:
    """Whether Progress shows whom somebody led to, and how sure the user was after the talk."""
    bench, talk = talked(library)
    progress = bench.services.progress
    (mei,) = bench.store.referred_by(talk.contact_id)
    rated = [rating.confidence for rating in progress.figures().talks]
    return rated == [3] and progress.referrals().branches[mei.id].depth == 1


def practises_own_answers(library: Library) -> bool:
    """Whether the answers of a job interview are said aloud, with how sure the user is before and after."""
    services = Bench(library).services
    services.profile_editing.save({"role": "Media Planner"})
    (why, *others) = services.job_answers.states()
    services.job_answers.practised(why.question.id, JobPractice(at=NOW, before=2, after=4, seconds=55))
    practised = services.job_answers.state(why.question.id)
    return len(others) == 3 and practised is not None and sureness(practised.answer) == (2, 4)


DOER, MANAGER, CONNECTOR = ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER, ContactKind.CONNECTOR

TWO_MET: list[AnyRecord] = [
    contact(id="ana"),
    contact(id="mei"),
    *(
        interview("2026-11-20 10:00", id=f"met {id_}", contact_id=id_, ended_at=local("2026-11-20 10:20"))
        for id_ in ("ana", "mei")
    ),
]

MISSION: list[tuple[str, dict[str, Place]]] = [
    (
        "The meeting is for information, not for getting a job; the other side hears that at once.",
        {"the openings": no_warnings, "the written ask": only_to_learn},
    ),
    (
        "It widens one's network, teaches about the field, and builds confidence for later job interviews.",
        {
            "whom they named": widens_the_network,
            "what was learned, and confidence from 1 to 5": keeps_what_was_learned,
            "the debrief": key("after.debrief"),
            "week by week: asked, met, named, one sentence learned": looks_back_on_a_week,
            "the look back": key("queue.week", "week.write", "week.off"),
            "Progress: who led to whom, and confidence over time": shows_progress,
            "one's own answers for the job interview, surer with each practice": practises_own_answers,
        },
    ),
    (
        "It starts with one specific job as the target, and with research before anybody is asked.",
        {
            "the first form": asks_field("role", "industry", "place", "why"),
            "the research on Target": key("target.research"),
            "the queue asks for it": lambda _: (
                proposal(Store([contact()]), NOW) == Proposal(ProposalKind.RESEARCH)
            ),
            "read again before a meeting": prepares(Mode.PHONE, "research-read"),
        },
    ),
    (
        "Two kinds of people are worth meeting, best both: those who do the job, and those who hire for it.",
        {
            "a bank for each": lambda library: (
                None not in (library.bank_for(DOER), library.bank_for(MANAGER))
            ),
            "a script for each": lambda library: all(library.scripts_for(kind) for kind in (DOER, MANAGER)),
            "the queue proposes the other kind": lambda _: (
                proposal(Store(TWO_MET), NOW) == Proposal(ProposalKind.HIRING_MANAGER, 2)
            ),
            "what both said, side by side": key("progress.answers", "answers.list"),
        },
    ),
    (
        "Who does the job is asked about ordinary days, trends, and how it matches interests and abilities.",
        {"the list": asks(DOER, "ordinary-day", "field-changing", "my-experience")},
    ),
    (
        "Who hires is asked what is looked for, how skills and education are judged, what a usual path is.",
        {"the list": asks(MANAGER, "look-for", "judge-skills", "schooling-counts", "usual-path")},
    ),
    (
        "Names come from professors, the placement office, associations, business news; and from contacts.",
        {
            "professors": names_come_from(Source.PROFESSOR),
            "the placement office": names_come_from(Source.PLACEMENT_OFFICE),
            "associations": names_come_from(Source.ASSOCIATION, found="the Media Club"),
            "promoted": names_come_from(Source.BUSINESS_NEWS, news=News.PROMOTED),
            "hired": names_come_from(Source.BUSINESS_NEWS, news=News.HIRED),
            "who else to talk to": asks(DOER, "who-else"),
            "a name given in the meeting": key("capture.referral"),
            "each way with what to do next": each_way_says_what_is_next,
            "a letter to a professor": asks_for_names(Source.PROFESSOR),
            "a letter to the placement office": asks_for_names(Source.PLACEMENT_OFFICE),
            "a name read in the news": key("target.news", "sources.news"),
            "what was tried, and what it gave": key("target.sources", "sources.tried"),
        },
    ),
    (
        "The call is concise: name, school and degree, the job and field, 20 minutes, and why them.",
        {
            "the form": asks_field("name", "school", "degree", "role", "industry", "minutes"),
            "name, job, field and minutes": says(
                "{me.name}", "{target.a_role}", "{target.industry}", "{me.minutes}"
            ),
            "school and degree": says_school_and_degree,
            "seconds": no_warnings,
            "twenty minutes": lambda library: library.cadence.minutes_asked == 20,
        },
    ),
    (
        "The reassurance that there may be no openings is ready, and no more than information is expected.",
        {"the openings": no_warnings, "the reply": hears("We're not hiring")},
    ),
    (
        "The caller asks the questions: 5 to 10, prepared, about the industry and the job; notes are taken.",
        {
            "the figures": lambda library: (
                (library.cadence.questions_min, library.cadence.questions_max) == (5, 10)
            ),
            "each default list": lambda library: all(
                5 <= sum(question.core for question in bank.questions) <= 10
                for kind in ContactKind
                if (bank := library.bank_for(kind))
            ),
            "the notes": key("notes.leave", "during.star"),
        },
    ),
    (
        "Among them: a typical day; the qualities that matter; how they got it; one's experience; advice.",
        {
            "the list": asks(
                DOER, "ordinary-day", "who-does-well", "came-to-it", "my-experience", "advice-entering"
            )
        },
    ),
    (
        "On time, dressed professionally, mindful of the limit: stick to the 20 minutes and leave promptly.",
        {
            "dressed": prepares(Mode.IN_PERSON, "dressed"),
            "on time": prepares(Mode.IN_PERSON, "ten-minutes-early"),
            "the close": lambda library: library.cadence.close_minutes == 3,
            "the end": key("during.end", "during.extend"),
        },
    ),
    (
        "Copies of the resume are along, for a contact willing to look; suggestions are taken down.",
        {
            "copies": prepares(Mode.IN_PERSON, "resume-copies"),
            "their advice": key("capture.resume"),
            "a task of it": takes_suggestions_down,
            "all of them in one list": key("progress.advice", "advice.tick"),
            "asked for on the phone": hears("Send me your resume"),
        },
    ),
    (
        "A thank-you follows.",
        {
            "the letter": writes(Purpose.THANK_YOU),
            "within a day": thanks_within_a_day,
        },
    ),
    (
        "After a few meetings one is better prepared for job interviews: practice where little is at stake.",
        {
            "practice": key("app.practice", "app.practise_interview"),
            "a minute on oneself": key("before.minute"),
            "Progress: how sure one is after each meeting": shows_progress,
            "one's own answers, written with what was learned": key(
                "progress.job_answers", "job_answer.write"
            ),
            "said aloud against the clock": key("job_answers.practise", "answering.sure_1", "answering.next"),
            "how sure, before and after": practises_own_answers,
        },
    ),
    (
        "Sometimes it leads to a job months later: kept on file, called back, an opening never advertised.",
        {
            "kept on file": key("capture.on_file"),
            "all of them in one list": key("progress.openings"),
            "recorded, and written about months later": keeps_openings,
            "an opening heard of on the phone": hears("We do have an opening"),
            "the contact is kept": stays_in_touch,
            "a letter with a reason": writes(Purpose.CHECK_IN),
            "every 90 days": lambda library: library.cadence.check_in_next_days == 90,
        },
    ),
]


@pytest.mark.parametrize(
    ("sentence", "place"), [(sentence, place) for sentence, places in MISSION for place in places]
)
def test_each_sentence_of_the_mission_has_its_places(library: Library, sentence: str, place: str) -> None:
    assert dict(MISSION)[sentence][place](library), f"{sentence}: {place}"
