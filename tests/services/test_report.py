"""The report: what belongs in it, what never does, and that without names nobody can be found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.answers import answer_id, difference_id
from warmcall.domain.records import (
    Advice,
    AnswerMark,
    AnyRecord,
    Contact,
    Debrief,
    Difference,
    Interview,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind, Source, TargetVerdict
from warmcall.formats.html import html
from warmcall.formats.markdown import markdown
from warmcall.presentation.report import report_document, report_text
from warmcall.services.report import Report, gather_report

from tests.conftest import Bench
from tests.examples import (
    STAMP,
    change,
    contact,
    interview,
    local,
    opening,
    organization,
    pool_person,
    profile,
    question,
    target,
)
from tests.invented_users import USERS, bench_of
from tests.profiles import examples
from tests.screens.driving import fill_with_demo

ENDED = local("2026-11-20 14:20")
MEI = contact(id="mei", name="Mei Tanaka", title="Media Planner", organization="Northgate Agency")
HELEN = contact(
    id="helen", name="Helen Marsh", kind=ContactKind.HIRING_MANAGER, source=Source.REFERRAL, referrer_id="mei"
)
DANA = contact(id="dana", name="Dana Whitfield", kind=ContactKind.CONNECTOR)
DAY, WHO = question("day", starred=True), question("who", referral=True)


def talk(person: Contact, notes: dict[str, str], **fields: object) -> Interview:
    return interview(
        "2026-11-20 14:00",
        **{"id": f"talk {person.id}", "contact_id": person.id, "checklist": (DAY, question("pay"), WHO)}
        | {"notes": notes, "ended_at": ENDED, "target_id": "target"}
        | fields,
    )


def mark(person: Contact, question_id: str, **fields: object) -> AnswerMark:
    ids = {"interview_id": f"talk {person.id}", "question_id": question_id}
    return AnswerMark(id=answer_id(**ids), **STAMP, **ids, **fields)  # type: ignore[arg-type]


def report_of(library: Library, *records: AnyRecord, names: bool = True) -> Report:
    return gather_report(Bench(library, store=Store([profile(), target(), *records])).services, names)


def said(report: Report) -> list[tuple[str, str, str]]:
    """Return the question, who answered, and the words, of each answer."""
    return [
        (question.ask, answer.by.name, answer.words)
        for question in report.questions
        for answer in question.answers
    ]


def test_answers_stand_by_question_with_who_gave_them_what_they_speak_of_and_who_differs(
    library: Library,
) -> None:
    ids = (answer_id("talk helen", "day"), answer_id("talk mei", "day"))
    report = report_of(
        library,
        MEI,
        HELEN,
        talk(MEI, {"day": "[03] Spreadsheets.\n[04] All day."}),
        talk(HELEN, {"day": "Meetings.", "pay": "Little."}),
        mark(MEI, "day", themes=("spreadsheets",)),
        Difference(id=difference_id(*ids), **STAMP, answers=ids, how="desk or table"),
    )
    assert said(report) == [
        ("What about day?", "Mei Tanaka", "Spreadsheets.\nAll day."),
        ("What about day?", "Helen Marsh", "Meetings."),
        ("What about pay?", "Helen Marsh", "Little."),
    ]
    day = report.questions[0]
    assert (day.themes, report.themes) == ((("spreadsheets", 1),), (("spreadsheets", 1),))
    assert [(difference.names, difference.how) for difference in day.differences] == [
        (("Mei Tanaka", "Helen Marsh"), "desk or table")
    ]
    assert day.answers[0].by.work == "Media Planner, Northgate Agency"
    assert [(branch.person.name, branch.depth) for branch in report.chains] == [
        ("Mei Tanaka", 0), ("Helen Marsh", 1),
    ]  # fmt: skip


def test_answers_to_two_questions_that_differ_are_said_so_under_both(library: Library) -> None:
    ids = (answer_id("talk helen", "pay"), answer_id("talk mei", "day"))
    difference = Difference(id=difference_id(*ids), **STAMP, answers=ids, how="desk or table")
    talks = (talk(MEI, {"day": "Desk."}), talk(HELEN, {"pay": "Table."}))
    report = report_of(library, MEI, HELEN, *talks, difference)
    said_under = {asked.ask: [found.how for found in asked.differences] for asked in report.questions}
    assert said_under == {"What about day?": ["desk or table"], "What about pay?": ["desk or table"]}


def test_what_is_not_to_be_repeated_is_nowhere_in_it_nor_a_difference_from_it(library: Library) -> None:
    ids = (answer_id("talk helen", "day"), answer_id("talk mei", "day"))
    report = report_of(
        library,
        MEI,
        HELEN,
        talk(MEI, {"day": "The boss shouts."}),
        talk(HELEN, {"day": "Meetings."}),
        mark(MEI, "day", themes=("shouting",), not_to_repeat=True),
        Difference(id=difference_id(*ids), **STAMP, answers=ids, how="shouts or does not"),
    )
    assert said(report) == [("What about day?", "Helen Marsh", "Meetings.")]
    assert "shout" not in f"{markdown(report_document(report))}{html(report_document(report))}"


@pytest.mark.parametrize(
    "left_out",
    [
        talk(MEI, {"who": "Kei, who is hard to like."}),
        talk(DANA, {"day": "Mei is never on time."}, debrief=Debrief(learned="She gossips.")),
        talk(MEI, {"day": "The other job."}, target_id="other", debrief=Debrief(learned="It pays.")),
        talk(MEI, {"day": "Practice."}, practice=True),
        talk(MEI, {"day": "Called off."}, cancelled=True),
    ],
)
def test_what_was_said_of_people_for_another_target_or_in_practice_is_left_out(
    library: Library, left_out: Interview
) -> None:
    other = target(id="other", role="Actuary")
    store = Store([profile(target_id="target"), target(), other, MEI, DANA, left_out])
    report = gather_report(Bench(library, store=store).services, names=True)
    assert (said(report), report.talks) == ([], ())


def test_people_of_another_target_are_in_the_tree_only_where_they_led_to_somebody(library: Library) -> None:
    actuary = contact(id="kei", name="Kei Arai", target_id="other")
    store: list[AnyRecord] = [
        replace(MEI, target_id="other"), replace(HELEN, target_id="target"), actuary,
        replace(DANA, target_id="target"), target(id="other", role="Actuary"),
    ]  # fmt: skip
    bench = Bench(library, store=Store([profile(target_id="target"), target(), *store]))
    report = gather_report(bench.services, names=True)
    assert [branch.person.name for branch in report.chains] == ["Mei Tanaka", "Helen Marsh"]
    assert report.alone == 1
    assert len(report.figures.pipeline.ids) == 2


def test_the_decision_has_what_must_be_true_with_what_was_said_for_and_against_it(bench: Bench) -> None:
    bench.store.apply(
        change(
            (None, profile()), (None, target()), (None, MEI), (None, HELEN),
            (None, talk(MEI, {"day": "Spreadsheets, all day.", "pay": "Hush."})),
            (None, talk(HELEN, {"day": "Meetings."})), (None, mark(MEI, "pay", not_to_repeat=True)),
        )
    )  # fmt: skip
    deciding, answers = bench.services.deciding, bench.services.answers.all().by_id
    numbers = deciding.add_requirement("I like numbers, as Mei does")
    evidence = deciding.add_evidence(numbers, answers[answer_id("talk mei", "day")], True)
    deciding.quote(evidence, "Spreadsheets")
    deciding.add_evidence(numbers, answers[answer_id("talk helen", "day")], False)
    deciding.add_evidence(numbers, answers[answer_id("talk mei", "pay")], False)
    deciding.decide(TargetVerdict.GO, "Mei is happy", "nobody checks")
    decision = gather_report(bench.services, names=False).decision
    assert (decision.verdict, decision.on) == (TargetVerdict.GO, date(2026, 11, 23))
    assert (decision.why, decision.would_change_my_mind) == ("[Practitioner 1] is happy", "nobody checks")
    (requirement,) = decision.requirements
    assert requirement.text == "I like numbers, as [Practitioner 1] does"
    assert [(said.by.name, said.words, said.starred) for said in requirement.supporting] == [
        ("Practitioner 1", "Spreadsheets", True)
    ]
    assert [said.by.name for said in requirement.opposing] == ["Hiring manager 1"]


def test_a_talk_says_what_was_learned_and_what_it_changes(library: Library) -> None:
    debrief = Debrief(learned="It is checking.", changes="A small agency.", fit=4, confidence=3)
    report = report_of(library, MEI, talk(MEI, {}, debrief=debrief))
    (learned,) = report.talks
    assert (learned.by.name, learned.learned, learned.changes) == (
        "Mei Tanaka", "It is checking.", "A small agency.",
    )  # fmt: skip
    assert report.rated == {"mei": "Mei Tanaka"}


def test_advice_says_by_whom_it_is_and_whether_it_was_followed(library: Library) -> None:
    given = Advice(id="a", **STAMP, contact_id="mei", words="join the club, says Helen", followed_at=ENDED)
    report = report_of(library, MEI, HELEN, given, names=False)
    assert [(advice.by.name, advice.words, advice.is_followed) for advice in report.advice] == [
        ("Practitioner 1", "join the club, says [Hiring manager 1]", True)
    ]


def test_openings_stand_without_names_as_the_people_do_and_without_notes(library: Library) -> None:
    told = opening(
        "2026-11-03", contact_id="mei", organization="Two Lamps", what="Buyer for Helen Marsh",
        note="secret", target_id="target",
    )  # fmt: skip
    kept = replace(told, id="kept", contact_id="", on_file=True, what="", heard_on=date(2026, 11, 2))
    elsewhere = replace(told, id="elsewhere", target_id="other")
    kept = replace(kept, target_id="deleted since")
    targets = (target(id="other", role="Actuary"), profile(target_id="target"))
    report = report_of(library, *targets, MEI, HELEN, told, kept, elsewhere, names=False)
    assert [heard.by.name if heard.by else "" for heard in report.openings] == ["Practitioner 1", ""]
    text = " ".join(markdown(report_document(report)).replace("\\", "").split())
    assert "- Buyer for [Hiring manager 1] at [" in text
    assert ", from Practitioner 1, November 2026 - My resume is on file at [" in text
    assert not any(word in text for word in ("Two Lamps", "secret", "Helen"))


def test_without_names_it_says_of_nobody_in_the_pool_where_they_work(library: Library) -> None:
    pool = pool_person(organization="Kettle & Sons", phones=("+1 312 555 0199",))
    note = "Nora Feld of Kettle & Sons, 312-555-0199, left."
    report = report_of(library, MEI, talk(MEI, {"day": note}), pool, names=False)
    (asked,) = report.questions
    assert asked.answers[0].words == "[name] of [organization], [phone], left."


def test_an_empty_file_has_a_report_that_says_only_the_day(bench: Bench) -> None:
    assert report_text(bench.services, True, False) == "# What I learned\n\n23 November 2026\n"


def test_without_names_nobody_of_the_sample_data_is_named(bench: Bench) -> None:
    fill_with_demo(bench)
    for as_html in (True, False):
        text = report_text(bench.services, False, as_html)
        assert found_in(text, bench.store.all(Contact)) == []
        assert "Practitioner 1, " in text
        assert "may still show who they are" in " ".join(text.split())
    assert "Robin Vale" not in text
    assert found_in(report_text(bench.services, True, False), bench.store.all(Contact)) != []


@pytest.mark.parametrize("user", USERS)
def test_without_names_nobody_of_the_invented_users_is_named(library: Library, user: str) -> None:
    services = bench_of(user, library).services
    assert found_in(report_text(services, False, False), services.store.all(Contact)) == []


def found_in(text: str, people: Iterable[Contact]) -> list[str]:
    """Return what in `text` identifies one of `people`: names, organization, number, address, or profile."""
    page, figures = folded(text), re.sub(r"[\D]", "", text)
    found = []
    for person in people:
        words = re.findall(r"\w{2,}", folded(person.name))
        for word in (*words, folded(person.name), folded(person.organization)):
            if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", page):
                found.append(word)
        if person.email and folded(person.email) in page:
            found.append(person.email)
        number = re.sub(r"\D", "", person.phone)[-7:]
        if number and number in figures:
            found.append(person.phone)
        found += [link for link in re.findall(r"linkedin\S+", folded(person.notes)) if link in page]
    return found


INVENTED = st.lists(
    st.sampled_from(["zor", "quib", "véx", "jøl", "šmu", "ghä", "wyp", "kesk"]), min_size=2, max_size=3
).map(lambda parts: "".join(parts).capitalize())


@examples(usual=15, long=150)
@given(data=st.data())
def test_without_names_no_invented_person_can_be_found_in_it(library: Library, data: st.DataObject) -> None:
    words = data.draw(st.lists(INVENTED, min_size=9, max_size=9, unique_by=folded))
    people: list[Contact] = []
    for number in range(3):
        first, last, firm = words[3 * number : 3 * number + 3]
        name = data.draw(st.sampled_from([f"{first} {last}", f"{last}, {first}", f"{first} van {last}"]))
        people.append(
            contact(
                id=f"p{number}", name=name, organization=f"{firm} Partners", phone=f"+1 312 555 01{number}7",
                email=f"{folded(first)}@example.com", notes=f"linkedin.com/in/{folded(first)}-{folded(last)}",
                kind=data.draw(st.sampled_from(list(ContactKind))),
                referrer_id="p0" if number else "", source=Source.REFERRAL,
            )
        )  # fmt: skip
    pieces = [
        piece
        for person in people
        for piece in (
            person.name, person.name.lower(), person.name.split()[0], person.name.upper(),
            person.organization, person.email, person.phone, person.phone.replace(" ", "-"),
            person.notes, f"{person.name}'s",
        )
    ]  # fmt: skip
    text = st.lists(st.sampled_from([*pieces, "said", "and", "|", "# ", "<b>", "\n"]), max_size=8).map(
        " ".join
    )
    records: list[AnyRecord] = [
        profile(name="Robin Valentino"), organization("Koolbrand"), pool_person(name="Nora Feldspar"),
        target(why=data.draw(text), research=f"{data.draw(text)} Nora Feldspar, Koolbrand, robin valentino"),
    ]  # fmt: skip
    for person in people:
        debrief = Debrief(learned=data.draw(text), changes=data.draw(text), fit=3)
        own = question("own", ask=data.draw(text) or "?")
        notes = {"day": data.draw(text), "own": data.draw(text)}
        records += [person, talk(person, notes, debrief=debrief, checklist=(DAY, own))]
        records.append(mark(person, "day", themes=(data.draw(text),)))
    services = Bench(library, store=Store(records)).services
    known = [
        *people,
        contact(name="Nora Feldspar", organization="Koolbrand"),
        contact(name="Robin Valentino"),
    ]
    for as_html in (True, False):
        assert found_in(report_text(services, False, as_html), known) == []
