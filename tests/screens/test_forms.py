from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, Unfinished
from warmcall.screens.forms import FormDialog
from warmcall.widgets.form import Area, Choice
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import adding, contact
from tests.screens.driving import Driver, driven

NOT_SAVED = "Not saved: ^s saves, Esc again leaves without saving"


async def new_contact(at: Driver) -> None:
    """Open the form of a new contact on People."""
    await at.press("2", "a")
    assert at.shows(FormDialog)


async def test_each_problem_shows_beside_its_field_and_nothing_typed_is_lost(known: Bench) -> None:
    async with driven(known, size=(100, 30)) as at:
        await new_contact(at)
        typed = {"phone": "12", "email": "luis@", "zone": "Mars/Olympus", "organization": "Parkway & Sons"}
        for field, text in typed.items():
            at.one(Line, f"field-{field}").value = text
        at.one(Area, "field-notes").load_text("two\nlines")
        await at.press("ctrl+s")
        assert at.line_of("Name  ").split("│")[1].split() == ["Name", "a", "name", "is", "needed"]
        assert "too short for a phone number" in at.line_of("Phone")
        assert "an email looks like name@place.org" in at.line_of("luis@")
        assert "a zone looks like Europe/Berlin" in at.line_of("Mars/Olympus")
        assert at.focused == "field-name"
        assert {field: at.one(Line, f"field-{field}").value for field in typed} == typed
        assert at.store.count(Contact) == 1
        await at.type("Luis Ortega")
        for field, text in (("phone", "+1 312 555 0142"), ("email", ""), ("zone", "America/Chicago")):
            at.one(Line, f"field-{field}").value = text
        await at.press("ctrl+s")
        luis = at.contact("Luis Ortega")
        assert (luis.organization, luis.notes) == ("Parkway & Sons", "two\nlines")


async def test_a_problem_disappears_once_it_is_solved(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        at.one(Line, "field-phone").value = "12"
        await at.press("ctrl+s")
        assert "a name is needed" in at.text
        await at.type("Luis Ortega")
        await at.press("ctrl+s")
        assert "a name is needed" not in at.text
        assert "too short for a phone number" in at.text
        assert at.focused == "field-phone"


async def test_only_the_second_escape_discards_what_was_typed(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.type("Luis")
        await at.press("escape")
        assert at.last_said == NOT_SAVED
        assert at.one(Line, "field-name").value == "Luis"
        await at.press("escape")
        assert not at.shows(FormDialog)
        assert at.store.count(Contact) == 1


async def test_escape_leaves_an_untouched_form_at_once(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.press("tab", "right", "left", "escape")
        assert not at.shows(FormDialog)
        assert at.said == []


async def test_enter_goes_from_field_to_field_and_saves_from_the_last(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "f")
        await at.type("Ana Ruiz")
        await at.press("enter")
        assert at.focused == "field-phone"
        await at.press("enter")
        assert at.contact("Ana Ruiz").referrer_id


async def test_arrows_tab_and_shift_tab_move_between_fields(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        moves = (
            ("down", "kind"), ("down", "organization"), ("up", "kind"), ("up", "name"), ("tab", "kind"),
            ("shift+tab", "name"), ("shift+tab", "why"), ("tab", "name"),
        )  # fmt: skip
        for key, field in moves:
            await at.press(key)
            assert at.focused == f"field-{field}", key


async def test_arrows_space_and_letters_change_a_choice(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.press("down")
        kind = at.one(Choice, "field-kind")
        seen = []
        for key in ("right", "space", "right", "left", "h", "c", "z"):
            await at.press(key)
            seen.append(kind.value)
        assert seen == [
            "hiring_manager", "connector", "practitioner", "connector", "hiring_manager", "connector",
            "connector",
        ]  # fmt: skip
        assert "‹ connector: can introduce ›" in at.text


async def test_letters_and_digits_in_a_field_never_reach_the_screen_below(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        everything = "qu?:/123456[]zcift *+-aedY"
        await at.type(everything)
        assert at.one(Line, "field-name").value == everything
        assert at.shows(FormDialog)


async def test_notes_take_line_breaks_and_tab_leaves_them(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        at.one(Area, "field-notes").focus()
        await at.settle()
        await at.type("one")
        await at.press("enter")
        await at.type("two")
        assert at.one(Area, "field-notes").text == "one\ntwo"
        await at.press("tab")
        assert at.focused == "field-goes_by"


async def test_enter_in_the_last_field_saves(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.type("Nora Quist")
        await at.press("shift+tab", "enter")
        assert at.contact("Nora Quist")


async def test_a_form_taller_than_the_window_scrolls_to_the_focused_field(known: Bench) -> None:
    async with driven(known, size=(60, 14)) as at:
        await at.press("6", "e")
        for _ in range(12):
            await at.press("tab")
        assert "Why this job" in at.text
        assert "Save" in at.text


async def test_unsaved_words_are_kept_while_typing_and_come_back(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.type("Luis Or")
        await at.cut_off()
        [kept] = at.store.all(Unfinished)
        assert (kept.title, kept.typed) == ("A new contact", {"name": "Luis Or"})
        before = at.store.count(Contact)
    async with driven(known) as at:
        assert at.last_said == "What you typed is kept: open “A new contact” again"
        await new_contact(at)
        assert at.one(Line, "field-name").value == "Luis Or"
        assert "What you typed on Mon 23 Nov at 09:00 was not saved; here it is." in at.text
        await at.press("escape")
        assert at.last_said == NOT_SAVED
        await at.press("end", "t", "ctrl+s")
        assert at.contact("Luis Ort")
        assert at.store.count(Contact) == before + 1
        assert list(at.store.all(Unfinished)) == []
        await at.press("u")
        assert at.store.count(Contact) == before


@pytest.mark.parametrize(
    "keys", [("escape", "escape"), ("backspace",) * 4], ids=["discarded", "deleted again"]
)
async def test_discarded_words_are_not_kept(known: Bench, keys: tuple[str, ...]) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.type("Luis")
        await at.cut_off()
        await at.press(*keys)
        if at.shows(FormDialog):
            await at.cut_off()
        assert list(at.store.all(Unfinished)) == []


async def test_unsaved_words_of_one_person_do_not_appear_in_the_form_of_another(known: Bench) -> None:
    known.services.address_book.add({"name": "Mei Tanaka"})
    async with driven(known) as at:
        await at.press("2", "e")
        await at.type(" the first")
        await at.cut_off()
        at.app.pop_screen()
        await at.settle()
        await at.press("down", "e")
        assert "the first" not in at.one(Line, "field-name").value


async def test_a_referral_without_a_referrer_is_a_problem_until_one_is_chosen(
    known: Bench,
) -> None:
    async with driven(known, size=(100, 30)) as at:
        await new_contact(at)
        await at.type("Ana Ruiz")
        at.one(Choice, "field-source").choose("referral")
        await at.press("ctrl+s")
        assert "choose who gave you the name" in at.line_of("Referred by")
        assert at.focused == "field-referrer_id"
        await at.type("who")
        await at.press("ctrl+s")
        assert "choose one of those listed" in at.line_of("Referred by")
        assert "▸who  new: will be added too" in at.text
        assert at.store.count(Contact) == 1
        await at.press("backspace", "backspace", "backspace")
        await at.type("mei")
        await at.press("ctrl+s")
        ana = at.contact("Ana Ruiz")
        assert (ana.referrer_id, ana.source) == (at.contact("Mei Tanaka").id, "referral")


async def test_a_referral_whose_referrer_was_deleted_can_still_be_edited(known: Bench) -> None:
    store = known.services.address_book
    ana = store.add({"name": "Ana Ruiz", "referrer_id": next(iter(known.store.all(Contact))).id})
    store.delete(ana.referrer_id)
    async with driven(known) as at:
        await at.press("2", "e")
        await at.type("s")
        await at.press("ctrl+s")
        assert at.contact("Ana Ruizs").source == "referral"


async def test_nobody_is_their_own_referrer(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("2", "e")
        at.one(Line, "field-referrer_id").focus()
        await at.settle()
        await at.type("mei tanaka")
        assert "nobody has that name" in at.text


async def test_a_referrer_who_is_not_there_yet_is_added_with_the_contact_in_one_change(known: Bench) -> None:
    async with driven(known, size=(100, 30)) as at:
        await new_contact(at)
        await at.type("Ana Ruiz")
        at.one(Line, "field-referrer_id").focus()
        await at.settle()
        await at.type("Ivo Santos")
        await at.press("enter", "ctrl+s")
        ana, ivo = at.contact("Ana Ruiz"), at.contact("Ivo Santos")
        assert (ana.referrer_id, ana.source, ivo.kind) == (ivo.id, "referral", "connector")
        assert list(at.store.open_of_contact(ivo.id)) == []
        assert at.last_said.startswith("Ana Ruiz is in the queue to be called; Ivo Santos, who named them,")
        await at.press("u")
        assert at.store.count(Contact) == 1


async def test_a_zone_completes_from_its_city(known: Bench) -> None:
    async with driven(known) as at:
        await new_contact(at)
        await at.type("Ana Ruiz")
        at.one(Line, "field-zone").focus()
        await at.settle()
        await at.type("chicago")
        assert "▸America/Chicago" in at.text
        await at.press("ctrl+s")
        ana = at.contact("Ana Ruiz")
        assert (ana.zone, ana.source) == ("America/Chicago", "other")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_matches_of_a_picker_are_in_view_in_any_window(demo: Bench, size: tuple[int, int]) -> None:
    async with driven(demo, size=size) as at:
        await new_contact(at)
        at.one(Line, "field-referrer_id").focus()
        await at.settle()
        await at.type("a")
        await at.settle()  # the list is scrolled into view a frame after it is laid out
        assert "more: type on" in at.text
        assert "Referred by    a" in at.text
        assert "Take" in at.text


@pytest.mark.parametrize("count", [3_000, pytest.param(30_000, marks=pytest.mark.long)])
async def test_letters_typed_into_a_picker_among_thousands_find_the_name(known: Bench, count: int) -> None:
    many = [contact(id=f"n{number}", name=f"Name {number} Last") for number in range(count)]
    known.store.update(adding(*many))
    async with driven(known) as at:
        await new_contact(at)
        at.one(Line, "field-referrer_id").focus()
        await at.settle()
        await at.type(f"{count - 1} last")
        assert f"▸Name {count - 1} Last" in at.text
        await at.press("enter")
        assert at.focused == "field-may_use_name"
