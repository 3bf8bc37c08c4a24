from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.change import Edit, composed, edit_of, inverse, patched
from warmcall.domain.records import AnyRecord, Interview, to_document

from tests.examples import contact, interview, interviews, of_one_kind, target
from tests.profiles import modest

pairs = of_one_kind.map(lambda two: (two[0], msgspec.structs.replace(two[1], id=two[0].id)))
"""Two states of one record."""


def test_an_edit_holds_only_what_differs() -> None:
    edit = edit_of(contact(phone="1", email="a@b.c"), contact(phone="2", email="a@b.c"))
    assert edit == Edit("contacts", "luis", {"phone": "1"}, {"phone": "2"})


def test_the_same_record_needs_no_edit() -> None:
    assert edit_of(contact(), contact()) is None


def test_a_new_record_is_held_whole() -> None:
    assert edit_of(None, contact()) == Edit("contacts", "luis", None, to_document(contact()))


def test_a_removed_record_is_held_whole() -> None:
    assert edit_of(contact(), None) == Edit("contacts", "luis", to_document(contact()), None)


def test_each_note_is_a_field_of_its_own() -> None:
    old = interview(notes={"q1": "one", "q2": "two", "q3": "three"})
    new = interview(notes={"q1": "one", "q2": "two, and more", "": "at large"})
    assert edit_of(old, new) == Edit(
        "interviews",
        "meeting",
        {"notes.q2": "two", "notes.q3": "three"},
        {"notes.q2": "two, and more", "notes.": "at large"},
    )


def test_the_notes_on_a_contact_are_one_text() -> None:
    edit = edit_of(contact(notes="a"), contact(notes="b"))
    assert edit == Edit("contacts", "luis", {"notes": "a"}, {"notes": "b"})


@pytest.mark.parametrize(
    ("old", "new"),
    [(None, None), (contact(), contact(id="other")), (contact(id="same"), target(id="same"))],
)
def test_an_edit_is_about_one_record(old: AnyRecord | None, new: AnyRecord | None) -> None:
    with pytest.raises(ValueError, match="one record"):
        edit_of(old, new)


@modest
@given(pairs)
def test_an_edit_leads_from_the_old_record_to_the_new_one(pair: tuple[AnyRecord, AnyRecord]) -> None:
    old, new = pair
    edit = edit_of(old, new)
    if edit is None:
        assert old == new
    else:
        assert patched(to_document(old), edit) == to_document(new)


@modest
@given(pairs)
def test_the_inverse_leads_back(pair: tuple[AnyRecord, AnyRecord]) -> None:
    old, new = pair
    edit = edit_of(old, new)
    if edit is not None:
        (back,) = inverse((edit,))
        assert patched(to_document(new), back) == to_document(old)
        assert inverse(inverse((edit,))) == (edit,)


@modest
@given(pairs)
def test_an_edit_made_twice_is_the_edit_made_once(pair: tuple[AnyRecord, AnyRecord]) -> None:
    old, new = pair
    edit = edit_of(old, new)
    if edit is not None:
        assert patched(patched(to_document(old), edit), edit) == to_document(new)


@modest
@given(pairs)
def test_fields_nobody_here_knows_survive(pair: tuple[AnyRecord, AnyRecord]) -> None:
    old, new = pair
    strange = {"colour": "blue", "of a.later": {"version": [1, None]}}
    edit = edit_of(old, new)
    if edit is not None:
        assert patched(to_document(old) | strange, edit) == to_document(new) | strange


@modest
@given(interviews, st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=3))
def test_two_people_writing_under_two_questions_both_keep_their_words(
    meeting: Interview, mine: dict[str, str]
) -> None:
    theirs = {f"their {key}": "words" for key in mine}
    with_mine = msgspec.structs.replace(meeting, notes=meeting.notes | mine)
    with_theirs = msgspec.structs.replace(meeting, notes=meeting.notes | theirs)
    edit = edit_of(meeting, with_mine)
    if edit is not None:
        notes = patched(to_document(with_theirs), edit)["notes"]
        assert notes == meeting.notes | theirs | mine


def test_a_patch_leaves_the_document_as_it_was() -> None:
    before = interview(notes={"q1": "one"})
    document = to_document(before)
    edit = edit_of(before, interview(notes={"q1": "two"}))
    assert edit is not None
    patched(document, edit)
    assert document == to_document(before)


def test_inverses_come_in_the_opposite_order() -> None:
    first = Edit("contacts", "a", None, {"id": "a"})
    second = Edit("contacts", "a", {"id": "a"}, None)
    assert inverse((first, second)) == (
        Edit("contacts", "a", None, {"id": "a"}),
        Edit("contacts", "a", {"id": "a"}, None),
    )


@modest
@given(st.lists(st.none() | interviews, min_size=2, max_size=5))
def test_composed_edits_do_the_same_as_one_after_the_other(states: list[Interview | None]) -> None:
    records = [interview and msgspec.structs.replace(interview, id="same") for interview in states]
    edits = [
        edit
        for old, new in pairwise(records)
        if (old is not None or new is not None) and (edit := edit_of(old, new))
    ]
    whole = composed(tuple(edits))
    assert len(whole) <= 1
    first, last = (
        None if interview is None else to_document(interview) for interview in (records[0], records[-1])
    )
    assert replayed(first, whole) == last
    assert replayed(last, inverse(whole)) == first


def replayed(document: dict[str, Any] | None, edits: tuple[Edit, ...]) -> dict[str, Any] | None:
    for edit in edits:
        if edit.before is None or edit.after is None:
            assert document == edit.before
            document = edit.after
        else:
            assert document is not None
            document = patched(document, edit)
    return document
