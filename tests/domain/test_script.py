from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest
from warmcall.config.library import Library
from warmcall.domain.script import (
    REPLY_LETTERS,
    Fault,
    Reply,
    Script,
    Step,
    faults,
    speaking_seconds,
    word_count,
)
from warmcall.domain.script_warnings import opening_steps
from warmcall.domain.templates import contact_values, fill
from warmcall.domain.text_analysis import expects_no_job
from warmcall.domain.vocabulary import Channel, ContactKind, Outcome

from tests.examples import ME, contact, ordinary_values

OPENING = Step("Hello.", replies={"y": Reply("Yes", go="book"), "v": Reply("beep", script="voicemail")})
BOOK = Step("When?", outcome=Outcome.SCHEDULED)
SOUND = {"opening": OPENING, "book": BOOK}


def script(steps: Mapping[str, Step], start: str = "opening") -> Script:
    return Script("ask", "Ask", None, Channel.PHONE, start, dict(steps))


def found(steps: Mapping[str, Step], start: str = "opening") -> list[Fault]:
    return list(faults(script(steps, start), frozenset({"ask", "voicemail"})))


def opening(**fields: object) -> dict[str, Step]:
    return SOUND | {"opening": msgspec.structs.replace(OPENING, **fields)}


def replying(letter: str, reply: Reply) -> dict[str, Step]:
    return opening(replies=OPENING.replies | {letter: reply})


def test_a_sound_script_has_no_faults() -> None:
    assert found(SOUND) == []


AT = ("steps", "opening")


@pytest.mark.parametrize(
    ("steps", "where", "what", "fix"),
    [
        (opening(say=" "), (*AT, "say"), "the step “opening” says nothing", "write what to say"),
        (
            opening(say="Hello {contact.nmae}."),
            (*AT, "say"),
            "unknown placeholder {contact.nmae}",
            "{contact.first_name}",
        ),
        (opening(say="{x}"), (*AT, "say"), "unknown placeholder {x}", "{me.name}"),
        (
            {"opening": Step("Hello.")},
            AT,
            "the step “opening” neither goes on nor ends",
            "give it replies or an outcome",
        ),
        (
            SOUND | {"lost": BOOK},
            ("steps", "lost"),
            "no reply leads to the step “lost”",
            "lead a reply to it, or remove it",
        ),
        (
            replying("a", Reply("?", go="bok")),
            (*AT, "replies", "a"),
            "the reply “a” goes to “bok”, which does not exist",
            "use one of: book, opening",
        ),
        (
            replying("a", Reply("?", script="voicmail")),
            (*AT, "replies", "a"),
            "there is no script “voicmail”",
            "use one of: ask, voicemail",
        ),
        (
            replying("a", Reply("?")),
            (*AT, "replies", "a"),
            "the reply “a” leads nowhere, or to two places",
            "give it one “go”",
        ),
        (
            replying("a", Reply("?", go="book", script="voicemail")),
            (*AT, "replies", "a"),
            "the reply “a” leads nowhere, or to two places",
            "give it one “go”",
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_fix(
    steps: dict[str, Step], where: tuple[str, ...], what: str, fix: str
) -> None:
    (fault,) = found(steps)
    assert (fault.where, fault.what, fault.warning) == (where, what, False)
    assert fix in fault.fix


@pytest.mark.parametrize("letter", ["j", "k", "n", "o", "q", "u", "Y", "1", "yy", "", "é", " "])
def test_a_key_the_screen_needs_is_not_free_for_a_reply(letter: str) -> None:
    (fault,) = found(replying(letter, Reply("?", go="book")))
    assert fault.where == (*AT, "replies", letter)
    assert fault.what == f"the key “{letter}” is not free for a reply"


@pytest.mark.parametrize("letter", sorted(REPLY_LETTERS))
def test_every_other_lower_case_letter_is_free(letter: str) -> None:
    assert found(replying(letter, Reply("?", go="book"))) == []


def test_a_start_that_does_not_exist_reaches_nothing() -> None:
    kinds = [fault.where for fault in found(SOUND, start="begin")]
    assert kinds == [("start",), ("steps", "book"), ("steps", "opening")]


def test_a_script_may_go_round_in_circles() -> None:
    again = replying("a", Reply("?", go="opening"))
    assert found(again) == []


def test_a_script_without_steps_is_a_fault_and_not_an_error() -> None:
    assert [fault.where for fault in found({})] == [("start",)]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("Hello.", 1), ("It's me – Robin … yes", 4), ("+1 312 555", 3), ("a-b c", 2), ("— …", 0)],
)
def test_words_are_counted_as_they_are_spoken(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(("count", "seconds"), [(0, 0), (1, 1), (5, 2), (112, 45), (113, 46), (150, 60)])
def test_speaking_time(count: int, seconds: int) -> None:
    assert speaking_seconds("word " * count) == seconds


PHONE_SCRIPTS = ["ask-practitioner", "ask-hiring-manager", "ask-connector"]


def test_the_bundled_scripts_are_all_sound(library: Library) -> None:
    ids = frozenset(library.scripts)
    assert {*PHONE_SCRIPTS, "voicemail"} <= ids
    assert [fault for script in library.scripts.values() for fault in faults(script, ids)] == []
    assert library.problems == ()


@pytest.mark.parametrize("kind", list(ContactKind))
def test_every_kind_of_contact_has_a_phone_script_of_its_own_first(
    library: Library, kind: ContactKind
) -> None:
    first = library.scripts_for(kind)[0]
    assert (first.kind, first.channel) == (kind, Channel.PHONE)


@pytest.mark.parametrize("id_", PHONE_SCRIPTS)
def test_the_opening_says_all_it_must_in_two_beats(library: Library, id_: str) -> None:
    script = library.scripts[id_]
    filled = [fill(script.steps[name].say, ordinary_values()) for name in opening_steps(script)]
    assert [beat.gaps for beat in filled] == [(), ()]
    greeting, ask = (beat.text for beat in filled)
    for part in ("Luis", "Robin Vale", "Dana Whitfield suggested I talk to you", "a bad moment?"):
        assert part in greeting
    assert "minutes" not in greeting
    for part in (ME.background, "a Media Planner", "twenty minutes"):
        assert part in ask
    assert ask.endswith("?")
    assert expects_no_job(ask)
    assert not expects_no_job(greeting)


@pytest.mark.parametrize("id_", PHONE_SCRIPTS)
def test_an_opening_to_a_stranger_leaves_the_connection_out(library: Library, id_: str) -> None:
    script = library.scripts[id_]
    values = ordinary_values() | contact_values(contact(), None, ME)
    assert fill(script.steps[script.start].say, values).gaps == ()


def test_the_voicemail_lasts_30_to_45_seconds_and_gives_the_number_twice(library: Library) -> None:
    script = library.scripts["voicemail"]
    text = fill(script.steps[script.start].say, ordinary_values()).text
    figures = library.cadence
    seconds = speaking_seconds(text)
    assert (figures.voicemail_seconds_min, figures.voicemail_seconds_max) == (30, 45)
    assert 30 <= seconds <= 45
    assert text.count("+1 312 555 0118") >= 2
    assert text.count("Robin Vale") >= 2
    assert text.index("+1 312 555 0118") < len(text) / 4
    assert text.rindex("+1 312 555 0118") > len(text) * 3 / 4


@pytest.mark.parametrize("id_", [*PHONE_SCRIPTS, "voicemail"])
def test_every_step_can_be_filled_with_ordinary_values(library: Library, id_: str) -> None:
    gaps = {
        name: filled.gaps
        for name, step in library.scripts[id_].steps.items()
        if (filled := fill(step.say, ordinary_values())).gaps
    }
    assert gaps == {}


@pytest.mark.parametrize("id_", PHONE_SCRIPTS)
def test_no_step_offers_more_replies_than_fit_beside_each_other(library: Library, id_: str) -> None:
    assert max(len(step.replies) for step in library.scripts[id_].steps.values()) <= 12
