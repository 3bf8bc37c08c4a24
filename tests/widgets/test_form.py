from __future__ import annotations

from warmcall.widgets.form import Area, Choice, Field, Form
from warmcall.widgets.text_fields import Line

from tests.widgets.stage import staged

KIND = Field("kind", "Who", choices=(("p", "practitioner"), ("h", "hiring manager"), ("c", "connector")))
FIELDS = (Field("name", "Name", "hint"), KIND, Field("notes", "Notes", lines=2))


async def test_values_are_what_was_given_until_something_is_typed_or_chosen() -> None:
    form = Form(FIELDS, {"name": "Mei", "kind": "h", "notes": "a\nb"})
    async with staged(form) as at:
        assert form.values == {"name": "Mei", "kind": "h", "notes": "a\nb"}
        changed = [form.changed]
        form.focus_field("kind")
        await at.press("right")
        assert form.values["kind"] == "c"
        changed.append(form.changed)
        await at.press("left")
        assert [*changed, form.changed] == [False, True, False]


async def test_a_value_that_is_no_choice_counts_as_the_first_one() -> None:
    form = Form(FIELDS, {"kind": "gone"})
    async with staged(form):
        assert form.values["kind"] == "p"
        assert not form.changed


async def test_problems_are_shown_beside_their_fields_and_go_away() -> None:
    form = Form(FIELDS, {})
    async with staged(form, (60, 10)) as at:
        right = form.query_one("#field-notes", Area).content_region.right
        form.show_problems({"notes": "too [long]"})
        await at.pilot.pause()
        assert "too [long]" in at.lines[2]
        assert form.query_one("#field-notes", Area).content_region.right == right - len("too [long]")
        assert at.pilot.app.focused is form.query_one("#field-notes", Area)
        form.show_problems({})
        await at.pilot.pause()
        assert form.query_one("#field-notes", Area).content_region.right == right
        assert not any("too" in line for line in at.lines)


async def test_enter_and_arrows_go_through_the_lines_and_enter_in_the_last_submits() -> None:
    form = Form(FIELDS[:2], {})
    async with staged(form) as at:
        form.focus_field("name")
        await at.press("enter")
        assert at.pilot.app.focused is form.query_one("#field-kind", Choice)
        await at.press("up", "down", "enter")
        assert len(at.received(Form.Submitted)) == 1


async def test_a_hint_shows_only_in_an_empty_field() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        assert "(hint)" in at.lines[0]
        form.query_one("#field-name", Line).value = "Mei"
        await at.pilot.pause()
        assert "(hint)" not in at.lines[0]


async def test_controls_in_what_is_given_are_made_visible_and_count_as_no_change() -> None:
    form = Form(FIELDS, {"name": "a\x1b\nb", "notes": "c\x07\nd"})
    async with staged(form) as at:
        assert form.values["name"] == "a␛␊b"
        assert form.values["notes"] == "c␇\nd"
        assert not form.changed
        assert "\x1b" not in "".join(at.lines)


async def test_a_choice_without_choices_is_empty() -> None:
    choice = Choice((), "")
    async with staged(choice) as at:
        choice.focus()
        await at.press("right", "x")
        assert choice.value == ""
        assert at.lines[0].strip() == "‹  ›"


async def test_new_values_are_shown_except_where_something_is_being_typed() -> None:
    form = Form(FIELDS, {"name": "Mei", "kind": "h", "notes": "a"})
    async with staged(form) as at:
        form.focus_field("name")
        await at.press("end", "!")
        form.show({"name": "Ana", "kind": "c", "notes": "b\x1bc"})
        await at.pilot.pause()
        assert form.values["name"] == "Mei!"
        assert form.query_one("#field-kind", Choice).value == "c"
        assert "\x1b" not in form.query_one("#field-notes", Area).text
        assert form.mark_saved() == {"name": "Mei!"}
        assert form.mark_saved() == {}
        form.show({"name": "Ana", "kind": "gone", "notes": ""})
        await at.pilot.pause()
        assert form.values == {"name": "Ana", "kind": "p", "notes": ""}
        assert not form.changed


async def test_a_long_value_shows_its_beginning_when_it_is_left() -> None:
    words = "the beginning of a long sentence, which goes on and on to the very end"
    form = Form([Field("a", "One"), Field("b", "Two")], {"a": words})
    async with staged(form) as at:
        form.focus_field("a")
        await at.press("end")
        assert at.lines[0].endswith("to the very end")
        await at.press("tab")
        assert at.lines[0].endswith("the beginning of a long s")
        form.show({"a": f"{words}.", "b": words})
        await at.pilot.pause()
        assert at.lines[0].endswith("the beginning of a long s")
        await at.press("shift+tab")
        assert at.lines[0].endswith("o the very end.")
