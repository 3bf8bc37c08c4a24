"""Every script as it is spoken by the user of the sample data and three invented ones: `golden/scripts.txt`.

After a change of the words, run this file with WARMCALL_TESTS_GOLDEN=write, and read what changed, aloud.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.script import Script, ScriptFor, speaking_seconds
from warmcall.domain.script_walk import start_walk
from warmcall.domain.script_warnings import opening_steps
from warmcall.domain.templates import fill
from warmcall.domain.vocabulary import Channel, News, Source
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.invented_users import USERS, bench_of
from tests.screens.driving import fill_with_demo

GOLDEN = Path(__file__).parent / "golden" / "scripts.txt"
REWRITE = "WARMCALL_TESTS_GOLDEN"

Spoken = tuple[tuple[str, str], ...]
"""What is said, after a heading that says by which step and to whom."""


def benches(library: Library) -> Iterator[tuple[str, Bench]]:
    """Yield each user by name, with their records."""
    bench = Bench(library)
    fill_with_demo(bench)
    yield "the sample data", bench
    for user in USERS:
        yield user, bench_of(user, library)


def values_for(
    services: Services, person: Contact, script: Script, opened: FollowUp | None
) -> dict[str, str]:
    """Return what the Call screen fills `script` with for `person`."""
    made_for = services.calling.made_for(person, script.serves, opened)
    return services.drafting.values(person, made_for)


def spoken_by(user: str, bench: Bench, library: Library) -> Iterator[tuple[str, str]]:
    """Yield the opening for everybody, and every step of each script for the first whom it serves."""
    services, seen = bench.services, set[str]()
    for person in sorted(bench.store.all(Contact), key=lambda person: person.name):
        for use in services.calling.script_uses(person):
            for script in library.scripts_for(person.kind, use):
                values = values_for(services, person, script, None)
                names = [*opening_steps(script), *script.steps]
                shown = names if script.id not in seen else opening_steps(script)
                seen.add(script.id)
                for name in dict.fromkeys(shown):
                    text = fill(script.steps[name].say, values).text
                    yield f"{user}: {script.id}/{name} to {person.name}", text


@pytest.fixture(scope="module")
def spoken(library: Library) -> Spoken:
    return tuple(said for user, bench in benches(library) for said in spoken_by(user, bench, library))


def test_every_script_sounds_as_it_was_read_aloud(spoken: Spoken) -> None:
    text = "\n".join(f"== {what} ({speaking_seconds(said)} s)\n{said}\n" for what, said in spoken)
    if os.environ.get(REWRITE) == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_bundled_script_is_among_them(spoken: Spoken, library: Library) -> None:
    said = {what.partition(": ")[2].partition(" to ")[0] for what, _ in spoken}
    late = {f"{script.id}/{name}" for script in library.scripts.values() for name in script.steps} - said
    assert late == set()


NEVER = {
    "a doubled “I'm”": r"\bI'm (?:I|I'm|was|am|have)\b",
    "“I'll” without a verb": r"\bI'll (?:the|an?|my|your|our)\b",
    "a small letter after a colon": r":\s+[a-z]",
    "a small letter after a full stop": r"(?<!Dr)(?<!Mrs)\. [a-z]",
    "two spaces": r" {2,}",
    "a space before a sign": r" [,.;:?!]",
    "two full stops": r"\.\.|[?!]\.",
    "an unfilled placeholder": r"[{}\[\]]",
    "a promise not to ask": r"I won't ask (?:you )?for (?:one|an?)\b",
    "a pronoun for the one who is called": r"\b(?:she|he|her|his|him)\b",
}


@pytest.mark.parametrize("fault", NEVER)
def test_nothing_spoken_has(spoken: Spoken, fault: str) -> None:
    for what, said in spoken:
        outside = re.sub("‹[^‹›]*›", "X", said)
        assert not re.search(NEVER[fault], outside), (what, fault, outside)
        assert not {"‹", "›"} & set(outside), what


ASK_SCRIPTS = ("ask-practitioner", "ask-hiring-manager", "ask-connector")


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("news", News)
def test_both_beats_keep_to_the_figures_whatever_the_source(
    library: Library, source: Source, news: News
) -> None:
    if source is not Source.BUSINESS_NEWS and news is not News.OTHER:
        return
    figures = library.cadence
    for user, bench in benches(library):
        fields = {"name": "Mei Tanaka", "found": "the Lakeshore Media Club", "source": source, "news": news}
        person = bench.services.address_book.new(fields)[0]
        values = bench.services.drafting.values(person)
        for id_ in ASK_SCRIPTS:
            script = library.scripts[id_]
            first, second = (fill(script.steps[name].say, values).text for name in opening_steps(script))
            assert speaking_seconds(first) <= figures.greeting_seconds_max == 15, (user, id_, first)
            assert speaking_seconds(f"{first} {second}") <= figures.opening_seconds_max == 45, (user, id_)


def test_every_reply_of_every_script_leads_to_an_end(library: Library) -> None:
    """Walks each script along every reply: each step has a way on to one at which the call can end."""
    for script in library.scripts.values():
        waiting, walks = [start_walk(library.scripts, script)], {}
        while waiting:
            walk = waiting.pop()
            if walk.visited[-1] in walks:
                continue
            after = [walk.after(letter) for letter in walk.step.replies]
            assert None not in after, walk.path
            walks[walk.visited[-1]] = (walk, [later for later in after if later is not None])
            waiting += [later for later in after if later is not None]
        ending = {place for place, (walk, _) in walks.items() if walk.step.outcome is not None}
        while more := {
            place
            for place, (_, after) in walks.items()
            if place not in ending and any(later.visited[-1] in ending for later in after)
        }:
            ending |= more
        assert ending == walks.keys(), script.id
        assert all(library.scripts[id_].channel in (Channel.PHONE, Channel.VOICEMAIL) for id_, _ in walks)


SLOWLY = 3
"""Seconds more that a number takes when it is said as somebody writes it down."""


def test_a_voicemail_has_time_for_the_number_said_slowly_twice(spoken: Spoken, library: Library) -> None:
    figures = library.cadence
    left = [said for what, said in spoken if "voicemail/message" in what]
    for said in left:
        seconds = speaking_seconds(said)
        assert figures.voicemail_seconds_min <= seconds, said
        assert seconds + 2 * SLOWLY <= figures.voicemail_seconds_max == 45, said


HEARD_BY_ALL = (
    *("Talk to HR / apply on our site", "We do have an opening", "What are you selling?"),
    *("Find me on LinkedIn", "Just ask me by email", "Why me?", "I charge for my time"),
    *("Send me your resume", "Send in your resume", "We're not hiring", "I'm not the right person"),
)
HEARD_AT_WORK = ("I can't talk about my employer", "I've left that job")
"""Replies that only somebody has who does the work, or hires for it."""


@pytest.mark.parametrize("id_", ASK_SCRIPTS)
def test_an_ask_is_ready_for_what_people_say(library: Library, id_: str) -> None:
    script = library.scripts[id_]
    replies = [(name, reply) for name, step in script.steps.items() for reply in step.replies.values()]
    wanted = {*HEARD_BY_ALL, *(HEARD_AT_WORK if id_ != "ask-connector" else ())}
    assert wanted <= {reply.hear for _, reply in replies}
    resumes = [script.steps[reply.go] for _, reply in replies if "your resume" in reply.hear]
    assert {step.owes for step in resumes} == {"my resume"}
    openings = [script.steps[reply.go] for _, reply in replies if "have an opening" in reply.hear]
    assert {step.notes for step in openings} == {"posting"}
    wrong = {(name, reply.hear) for name, reply in replies if reply.go == "wrong_number"}
    assert wrong == {("opening", "You have the wrong number"), ("assistant", "Nobody here by that name")}


def test_only_an_ask_reassures_and_once(library: Library) -> None:
    reassurance = re.compile(
        r"no opening|not after (?:one|an opening)|not applying|isn't about a job|not to ask for a job"
    )
    for script in library.scripts.values():
        said = " ".join(script.steps[name].say for name in opening_steps(script))
        denials = {
            match
            for sentence in re.split(r"(?<=[.?!])\s", said)
            for match in reassurance.findall(sentence)[:1]
        }
        assert len(denials) == (script.serves is ScriptFor.ASK), script.id
