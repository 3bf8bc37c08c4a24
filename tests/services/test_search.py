from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.records import Contact, Debrief, replace
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode, Outcome
from warmcall.services import search as search_module
from warmcall.services.search import Search, Where
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import (
    NOW,
    adding,
    attempt,
    capture,
    contact,
    follow_up,
    interview,
    local,
    question,
    when,
)

LIBRARY = Library(content(), Path("/nowhere"))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
ACTIONS = ["add", "rename", "delete", "owe", "write", "meet", "undo", "redo"]


def do(bench: Bench, action: str, number: int) -> None:
    """Do one of ACTIONS, with the first contact there is; nothing where there is none."""
    services = bench.services
    first = next(bench.store.all(Contact), None)
    if action == "add":
        services.address_book.add({"name": f"Ana {number}", "referrer_id": first.id if first else ""})
    elif action in ("undo", "redo"):
        (services.history.undo if action == "undo" else services.history.redo)()
    elif first is None:
        return
    elif action == "rename":
        services.address_book.edit(first.id, {"name": f"Tom x{number}"})
    elif action == "delete":
        services.address_book.delete(first.id)
    elif action == "owe":
        services.following_up.add(first.id, FollowUpKind.OTHER, when("2026-11-30"), f"tea x{number}")
    elif action == "write":
        bench.services.history.commit(
            "w", attempt(NOW, Outcome.SENT, id=f"a{number}", contact_id=first.id, body="tea")
        )
    elif action == "meet":
        services.interviewing.arrange(first.id, local("2026-12-03 14:00"), Mode.PHONE, f"room 12{number}")


KIND_NAMES = {kind: f"the {kind.value}" for kind in FollowUpKind} | {FollowUpKind.THANK_YOU: "Danke"}


def add(services: Services, name: str, **fields: str) -> Contact:
    return services.address_book.add({"name": name, **fields})


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Ana Silva", "Dana Whitfield", "Luis Ortega"]),
        ("  ", ["Ana Silva", "Dana Whitfield", "Luis Ortega"]),
        ("LUIS", ["Luis Ortega"]),
        ("ana", ["Ana Silva", "Dana Whitfield", "Luis Ortega"]),
        ("parkway ortega", ["Luis Ortega"]),
        ("ferry", ["Luis Ortega"]),
        ("hiring manager", ["Luis Ortega"]),
        ("dana", ["Dana Whitfield", "Luis Ortega"]),
        ("scheduled", ["Ana Silva"]),
        ("new", ["Dana Whitfield", "Luis Ortega"]),
        ("professor", ["Dana Whitfield"]),
        ("an ordinary day", ["Ana Silva"]),
        ("straße", ["Ana Silva"]),
        ("STRASSE", ["Ana Silva"]),
        ("luis silva", []),
        ("nobody", []),
    ],
)
def test_finding_looks_in_every_field(bench: Bench, words: str, names: list[str]) -> None:
    dana = add(bench.services, "Dana Whitfield", source="professor")
    add(
        bench.services,
        "Luis Ortega",
        organization="Parkway & Sons",
        kind="hiring_manager",
        notes="Look at the\nferry campaign",
        referrer_id=dana.id,
    )
    ana = add(bench.services, "Ana Silva", organization="Lange Straße 7")
    bench.services.interviewing.arrange(ana.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert [contact.name for contact in bench.services.search.people(words)] == names
    found = bench.services.search.where_found(ana.id, words, (Where.NAME, Where.WORK))
    assert (found is not None and found.where is Where.TO_ASK) == ("ordinary" in words)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("dana w", ["Dana Wu", "Dana Wunsch", "Adana Wells"]),
        ("dana wu", ["Dana Wu", "Dana Wunsch"]),
        ("DANA  WUNSCH", ["Dana Wunsch"]),
        ("wu dana", ["Dana Wu", "Dana Wunsch"]),
        ("lamps", ["Adana Wells"]),
        ("adana lamps", ["Adana Wells"]),
        ("wells mueller", ["Adana Wells"]),
        ("a", ["Adana Wells", "Dana Wu", "Dana Wunsch"]),
        ("nobody", []),
    ],
)
def test_people_named_so_come_likeliest_first(bench: Bench, words: str, names: list[str]) -> None:
    add(bench.services, "Dana Wunsch")
    wu = add(bench.services, "Dana Wu")
    add(bench.services, "Adana Wells", organization="Two Lamps Müller")
    named = bench.services.search.people_named
    for _ in range(2):
        assert [contact.name for contact in named(words, 5)] == names
        assert [contact.name for contact in named(words, 1)] == names[:1]
        assert wu not in named(words, 5, exclude=wu.id)
        while not bench.services.search.prepare(2):
            pass


@pytest.fixture
def queue(bench: Bench) -> Bench:
    services = bench.services
    services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner", "place": "Austin"})
    mei = add(services, "Mei Tanaka", organization="Lange Straße 7", title="Planner")
    luis = add(services, "Luis Ortega", organization="Parkway & Sons")
    due = when("2026-11-30 09:00")
    services.following_up.add(mei.id, FollowUpKind.THANK_YOU, due, "for the tea")
    services.following_up.add(luis.id, FollowUpKind.TELL_REFERRER, due, "")
    return bench


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("", ["call", "call", "thank_you", "tell_referrer"]),
        ("MEI", ["call", "thank_you"]),
        ("strasse tea", ["thank_you"]),
        ("danke", ["thank_you"]),
        ("thank you", ["thank_you"]),
        ("parkway tell", ["tell_referrer"]),
        ("kind:call", ["call", "call"]),
        ("kind:mei", []),
        ("kind:call luis", ["call"]),
        ("target:austin", ["call", "call", "thank_you", "tell_referrer"]),
        ("target:parkway", []),
        ("nobody", []),
    ],
)
def test_follow_ups_are_found_by_person_work_kind_target_reason_and_note(
    queue: Bench, words: str, kinds: list[str]
) -> None:
    found = queue.services.search.follow_ups(queue.services.queue.entries(), words, KIND_NAMES)
    assert sorted(entry.follow_up.kind for entry in found) == sorted(kinds)


SAID = "Half of it is reading other people's spreadsheets, and being polite about it"


@pytest.fixture
def met(bench: Bench) -> Bench:
    """Services with Zoë Müller, met and written to, and Tom, whom she named."""
    services = bench.services
    zoe = add(services, "Zoë Müller", phone="+1 (312) 555-0142", notes="Rings before nine")
    add(services, "Tom Łuczak", referrer_id=zoe.id)
    meeting = services.interviewing.start_now(zoe.id)
    assert meeting is not None
    services.interview_notes.write(meeting.id, meeting.checklist[0].id, SAID)
    services.interview_notes.write(meeting.id, "", "Her dog is called Otto")
    services.capturing.add(meeting.id, capture(CaptureKind.RESUME, "one page, figures first"))
    services.capturing.add(meeting.id, capture(CaptureKind.PROMISE, "the rate card"))
    services.interviewing.end(meeting.id)
    services.interviewing.debrief(meeting.id, Debrief(learned="It is mostly checking", next="Priya"))
    (thank_you,) = bench.store.open_of_contact(zoe.id, FollowUpKind.THANK_YOU)
    bench.services.history.commit(
        "draft", replace(thank_you, subject="Thank you", body="I enjoyed the harbour view.")
    )
    written = attempt(
        "2026-11-20 10:00", Outcome.SENT, contact_id=zoe.id, note="long", body="About bus shelters"
    )
    bench.services.history.commit("sent", written)
    return bench


@pytest.mark.parametrize(
    ("typed", "where", "text"),
    [
        ("zoe", None, ""),
        ("MULLER", None, ""),
        ("mueller", None, ""),
        ("polite SPREADSHEETS", Where.SAID, "polite"),
        ("zoe spreadsheets", Where.SAID, "spreadsheets"),
        ("otto half polite", Where.SAID, "Half"),
        ("otto", Where.NOTE, "Otto"),
        ("nine", Where.NOTE, "nine"),
        ("5550142", Where.PHONE, "555-0142"),
        ("312 555 0142", Where.PHONE, "312) 555-0142"),
        ("checking", Where.DEBRIEF, "checking"),
        ("figures", Where.CAPTURED, "figures"),
        ("rate card", Where.OWED, "rate"),
        ("harbour", Where.LETTER, "harbour"),
        ("shelters", Where.LETTER, "shelters"),
        ("this job", Where.ASKED, "this"),
        ("practitioner 5550142", Where.PHONE, "555-0142"),
    ],
)
def test_people_are_found_by_everything_said_and_written_and_where_it_was_is_known(
    met: Bench, typed: str, where: Where | None, text: str
) -> None:
    search = met.services.search
    contact = search.people(typed)[0]
    assert contact.name == "Zoë Müller"
    found = search.where_found(contact.id, typed, (Where.NAME, Where.WORK))
    assert (found.where if found else None) is where
    assert found is None or found.text[found.start : found.end] == text


def test_whoever_has_the_words_in_the_name_comes_before_those_who_only_speak_of_them(met: Bench) -> None:
    add(met.services, "Ada", notes="knows Tom Luczak")
    assert [contact.name for contact in met.services.search.people("luczak")] == ["Tom Łuczak", "Ada"]


def test_a_follow_up_is_found_by_what_its_person_said_but_not_by_their_other_follow_ups(met: Bench) -> None:
    search, queue = met.services.search, met.services.queue.entries()
    said = search.follow_ups(queue, "spreadsheets", KIND_NAMES)
    assert FollowUpKind.THANK_YOU in {entry.follow_up.kind for entry in said}
    assert len({entry.follow_up.contact_id for entry in said}) == 1
    letters = search.follow_ups(queue, "harbour", KIND_NAMES)
    assert [entry.follow_up.kind for entry in letters] == [FollowUpKind.THANK_YOU]
    found = search.where_found_for(letters[0].follow_up, "Danke", "harbour danke", (Where.NAME, Where.REASON))
    assert found is not None
    assert (found.where, found.text[found.start : found.end]) == (Where.LETTER, "harbour")


def test_a_longer_word_is_searched_among_those_found_before_and_a_change_is_seen(met: Bench) -> None:
    search = met.services.search
    for typed in ("l", "lu", "luc", "lucz"):
        assert "Tom Łuczak" in [contact.name for contact in search.people(typed)]
    ada = add(met.services, "Ada Lucz")
    assert [contact.name for contact in search.people("lucz")] == ["Ada Lucz", "Tom Łuczak"]
    met.services.address_book.delete(ada.id)
    assert [contact.name for contact in search.people("lucza")] == ["Tom Łuczak"]
    zoe = search.people("zoe")[0]
    met.services.address_book.edit(zoe.id, {"name": "Zoë Vogel"})
    assert [contact.name for contact in search.people("vogel")] == ["Zoë Vogel", "Tom Łuczak"]
    met.services.history.undo()
    assert [contact.name for contact in search.people("vogel")] == []


def test_the_index_is_made_bit_by_bit(bench: Bench) -> None:
    bench.store.apply(adding(*(contact(id=f"c{number}", name=f"Person {number}") for number in range(5))))
    search = bench.services.search
    assert [search.prepare(2) for _ in range(6)] == [False] * 4 + [True] * 2
    assert len(search.people("person")) == 5


@pytest.mark.parametrize(
    ("change", "indexed"),
    [
        (lambda services, id_: services.address_book.edit(id_, {"notes": "likes tea"}), 1),
        (lambda services, id_: services.address_book.edit(id_, {"name": "Aaron"}), 1),
        (lambda services, id_: services.address_book.add({"name": "Ada", "referrer_id": id_}), 1),
        (lambda services, id_: services.address_book.delete(id_), 0),
        (lambda services, id_: services.profile_editing.save({"name": "Robin"}), 0),
    ],
)
def test_after_a_change_only_those_concerned_are_indexed_again_and_no_letter_indexes_anybody(
    bench: Bench, change: Callable[[Services, str], object], indexed: int
) -> None:
    for number in range(50):
        add(bench.services, f"Person {number}")
    search = bench.services.search
    with patch.object(search_module, "stage_of", wraps=stage_of) as stages:
        assert len(search.people_ids("pers")) == stages.call_count == 50
        stages.reset_mock()
        for typed in ("perso", "person", "pers", "x", "person 7"):
            search.people_ids(typed)
            search.follow_ups(bench.services.queue.entries(), typed, KIND_NAMES)
        assert stages.call_count == 0
        everybody = search.people_ids("")
        change(bench.services, search.people("person 31")[0].id)
        found = search.people_ids("person")
        assert stages.call_count == indexed
        assert found == Search(bench.store).people_ids("person")
        names = {contact.name for contact in bench.store.all(Contact)}
        assert (search.people_ids("") is everybody) == (names == {f"Person {number}" for number in range(50)})


def test_a_letter_taken_back_finds_what_it_found_before(met: Bench) -> None:
    search, queue = met.services.search, met.services.queue.entries()
    for typed in ("t", "to", "tom", "to", "t", "tomx", "tom", "z", "tom 1", "tom", ""):
        assert search.people_ids(typed) == Search(met.store).people_ids(typed), typed
        anew = Search(met.store).follow_ups(queue, typed, KIND_NAMES)
        assert search.follow_ups(queue, typed, KIND_NAMES) == anew, typed


@given(
    st.lists(st.sampled_from(ACTIONS), max_size=8),
    st.sampled_from(["ana", "tom", "x1", "tea", "12"]),
    st.sampled_from([0, 2, 500]),
)
@settings(max_examples=30)
def test_an_index_kept_up_to_date_finds_what_a_new_one_finds(
    actions: list[str], typed: str, at_once: int
) -> None:
    bench = Bench(LIBRARY)
    kept = bench.services.search
    with patch.object(search_module, "_MOVED_MAX", at_once):
        for number, action in enumerate(actions):
            kept.prepare(1)
            do(bench, action, number)
            for words in (typed, typed[:1], typed[:2], typed, "") if number % 2 else ():
                search = Search(bench.store)
                assert kept.people_named(words, 9) == search.people_named(words, 9)
                assert kept.people_ids(words) == search.people_ids(words)
                queue = bench.services.queue.entries()
                found = kept.follow_ups(queue, words, KIND_NAMES)
                assert found == search.follow_ups(queue, words, KIND_NAMES)


@given(st.data())
@settings(max_examples=30)
def test_any_word_of_any_field_finds_its_record(data: st.DataObject) -> None:
    word = data.draw(WORDS)
    fields = {field: data.draw(WORDS) for field in ("name", "title", "organization", "found", "why", "notes")}
    one = contact(**(fields | {"notes": f"a {word} z", "zone": fields["notes"]}))
    notes = {"q": data.draw(WORDS), "": data.draw(WORDS)}
    said = interview(contact_id=one.id, checklist=(question("q"),), notes=notes,
                     debrief=Debrief(learned=data.draw(WORDS)))  # fmt: skip
    wrote = attempt(NOW, Outcome.SENT, contact_id=one.id, subject=data.draw(WORDS), body=data.draw(WORDS))
    owed = follow_up(FollowUpKind.OTHER, contact_id=one.id, note=data.draw(WORDS), body=data.draw(WORDS))
    search = Search(Store([one, said, wrote, owed, contact(id="other", name="")]))
    for text in (
        *fields.values(),
        word,
        *said.notes.values(),
        said.debrief.learned,
        wrote.body,
        owed.note,
        owed.body,
    ):
        for typed in text.split():
            assert one.id in search.people_ids(typed), typed


def test_a_search_follows_the_records(queue: Bench) -> None:
    services = queue.services
    assert services.search.follow_ups(services.queue.entries(), "teo", KIND_NAMES) == []
    mei = next(contact for contact in queue.store.all(Contact) if contact.name == "Mei Tanaka")
    services.address_book.edit(mei.id, {"name": "Teo Barlow"})
    assert len(services.search.follow_ups(services.queue.entries(), "teo", KIND_NAMES)) == 2
