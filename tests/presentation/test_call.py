from __future__ import annotations

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, replace
from warmcall.domain.vocabulary import Channel, ContactKind, Outcome, Permission
from warmcall.presentation.call import (
    call_facts,
    call_header,
    call_header_brief,
    gaps_marked,
    grouped_number,
    hour_caution,
    outcome_effect,
    referrer_caution,
)
from warmcall.services.calling import CallResult
from warmcall.widgets.rich_text import RichPart, plain_text

from tests.conftest import Bench
from tests.examples import CHICAGO, contact, local, only
from tests.screens.driving import fill_with_demo


@pytest.fixture
def mei(bench: Bench) -> Contact:
    """Mei Tanaka, who is to be called."""
    return bench.services.address_book.add(
        {"name": "Mei Tanaka", "organization": "Northgate Agency", "phone": "+1 312 555 0142"}
    )


def lines(parts: list[RichPart]) -> list[str]:
    return plain_text(parts).split("\n")


def test_the_header_names_the_person_the_number_and_the_time_there(bench: Bench, mei: Contact) -> None:
    assert lines(call_header(bench.services, mei, Channel.PHONE, "E")) == [
        "Mei Tanaka · Northgate Agency",
        "+1 312 555 0142 · phone · their time unknown",
        "first try",
    ]


def test_the_header_has_the_email_of_an_ask_by_email_and_the_note_on_its_last_line(
    bench: Bench, mei: Contact
) -> None:
    bench.services.pending_attempts.note(mei.id, "Write to her\nin the morning", Channel.PHONE)
    assert (
        lines(call_header(bench.services, mei, Channel.EMAIL, "X"))[1]
        == "no email yet (X) · email · their time unknown"
    )
    assert lines(call_header(bench.services, mei, Channel.PHONE, "E"))[-1] == "note  Write to her"
    mei = replace(mei, phone="", notes="Met once.\nhttps://www.linkedin.com/in/mei-t")
    head = lines(call_header(bench.services, mei, Channel.MESSAGE, "E"))
    assert head[1].startswith("linkedin.com/in/mei-t · ")


@pytest.mark.parametrize(
    ("phone", "part"),
    [
        ("+1 312 555 0142", ("+1 312 555 0142", "bold $accent")),
        ("", ("no number or email (E)", "bold $warning")),
    ],
)
def test_a_low_window_has_the_number_and_the_name_on_one_line_and_a_missing_number_stands_out(
    bench: Bench, mei: Contact, phone: str, part: RichPart
) -> None:
    person = replace(mei, phone=phone)
    head = call_header_brief(bench.services, person, Channel.PHONE, "E")
    assert head[0] == part
    assert lines(head) == [f"{part[0]} · Mei Tanaka"]


@pytest.mark.parametrize(
    ("phone", "groups"),
    [
        ("+1 312 555 0142", "+1  312  555  0142"),
        ("+13125550142", "+1  312  555  0142"),
        ("5550142", "555  0142"),
        ("+442071838750", "+44  207  183  8750"),
        ("(312) 555-0142", "312  555  0142"),
        ("extension: ask for Mei", ""),
        ("", ""),
    ],
)
def test_a_number_to_dial_is_grouped(phone: str, groups: str) -> None:
    assert grouped_number(phone) == groups


def test_what_was_said_in_a_talk_comes_first_of_what_is_known(bench: Bench) -> None:
    fill_with_demo(bench)
    isaac = only([person for person in bench.store.all(Contact) if person.name == "Isaac Brandt"])
    facts = lines(call_facts(bench.services, isaac))
    assert facts[0] == "Mon 12 Oct 12:30 · interview in person, 25:00"
    assert facts.index("★ What fills an ordinary day?") < facts.index("Tried") < facts.index("Notes")
    assert "⊘ Which part of it wears you down?" in facts


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23 09:00", ""),
        ("2026-11-23 18:00", "outside working hours"),
        ("2026-11-28 09:00", "it is Saturday there"),
    ],
)
def test_a_bad_hour_to_call_is_named(library: Library, at: str, words: str) -> None:
    assert hour_caution(local(at).astimezone(CHICAGO), library.cadence) == words


def test_no_hour_is_bad_where_their_clock_is_unknown(library: Library) -> None:
    assert hour_caution(None, library.cadence) == ""


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.ASK_LATER, "ask Dana first: may I use your name?"),
        (Permission.NO, "leave the name of Dana out: they said no"),
        (Permission.YES, ""),
    ],
)
def test_the_name_of_a_referrer_is_used_with_their_permission_alone(
    permission: Permission, words: str
) -> None:
    person = contact(may_use_name=permission)
    assert referrer_caution(person, contact(id="dana", name="Dana Whitfield")) == words
    assert referrer_caution(person, None) == ""


def test_a_gap_stands_out_from_the_words_around_it() -> None:
    assert gaps_marked("Hello, this is ‹your name›.") == [
        "Hello, this is ", ("‹your name›", "bold reverse $warning"), ".",
    ]  # fmt: skip


def test_nothing_is_known_of_a_new_contact(bench: Bench, mei: Contact) -> None:
    assert call_facts(bench.services, mei) == []


def test_facts_are_attempts_notes_colleagues_and_research(bench: Bench, mei: Contact) -> None:
    services = bench.services
    services.address_book.edit(mei.id, {"notes": "Promoted in autumn"})
    services.address_book.add({"name": "Ana Ruiz", "organization": "northgate agency"})
    services.profile_editing.save({"role": "Planner", "research": "Northgate Agency bought a studio\nother"})
    services.calling.record(mei.id, CallResult(outcome=Outcome.NO_ANSWER, note="rang long"))
    assert lines(call_facts(services, services.store.contact(mei.id) or mei)) == [
        "Tried", "today 09:00 · phone: no answer · rang long", "",
        "Notes", "Promoted in autumn", "",
        "Also at Northgate Agency", "Ana Ruiz (new)", "",
        "From your research", "Northgate Agency bought a studio",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.NO_ANSWER, "call tomorrow afternoon, try 2 of 5"),
        (Outcome.TALK_NOW, "the interview opens, 20 minutes on the clock"),
        (Outcome.DECLINED, "nothing more is planned with them"),
    ],
)
def test_what_an_outcome_leads_to_is_said_before_it_is_recorded(
    bench: Bench, mei: Contact, outcome: Outcome, words: str
) -> None:
    plan = bench.services.calling.plan(mei.id, CallResult(outcome=outcome))
    assert outcome_effect(bench.services, plan, outcome) == words


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.DECLINED, "nothing more is planned with them; they keep your resume, a letter follows"),
        (Outcome.REPLIED, "write about your resume on file Tue 23 Feb"),
    ],
)
def test_a_resume_on_file_is_among_what_follows(
    bench: Bench, mei: Contact, outcome: Outcome, words: str
) -> None:
    plan = bench.services.calling.plan(mei.id, CallResult(outcome=outcome, on_file=True))
    assert words in outcome_effect(bench.services, plan, outcome)


def test_a_person_they_name_is_to_be_called(bench: Bench, mei: Contact) -> None:
    result = CallResult(outcome=Outcome.REFERRED, person="Luis Ortega")
    plan = bench.services.calling.plan(mei.id, result)
    assert plan.referred is not None
    assert plan.referred.kind is ContactKind.PRACTITIONER
    assert outcome_effect(bench.services, plan, Outcome.REFERRED) == "call Luis Ortega Wed 25 Nov"
    luis = bench.services.address_book.add({"name": "Luis Ortega"})
    again = bench.services.calling.plan(
        mei.id, CallResult(outcome=Outcome.REFERRED, person="Luis Ortega", person_same_as=luis.id)
    )
    assert outcome_effect(bench.services, again, Outcome.REFERRED) == "Luis Ortega is in People already"
