from __future__ import annotations

from collections.abc import Sequence

from warmcall.widgets.form import Choice, Field, Form
from warmcall.widgets.picker import SHOWN, Match, MatchSource, Picker

from tests.widgets.stage import Staged, staged

NAMES = {"#d": "Dana Whitfield", "#g": "Gordon Pike", "#h": "Helen Marsh", "#x": "[bold]x\x1b"}
NAMES |= {f"#m{number}": f"Mei {number}" for number in range(9)}


def find(words: str, most: int) -> Sequence[Match]:
    found = [item for item in NAMES.items() if words.casefold() in item[1].casefold()]
    return [Match(value, name, "Planner") for value, name in found][:most]


PICKS = MatchSource(find, lambda value: NAMES.get(value, ""))
FIELDS = (
    Field("kind", "Who", choices=(("p", "practitioner"), ("h", "hiring manager"))),
    Field("who", "Whom", "type a name", match_source=PICKS),
    Field("more", "More"),
)


def at_work(form: Form) -> Picker:
    """Put the cursor into the picker."""
    form.focus_field("who")
    return form.query_one("#field-who", Picker)


def focused(at: Staged) -> str:
    return str(at.pilot.app.focused and at.pilot.app.focused.id)


def matches(at: Staged) -> list[str]:
    """Return what is listed under the line."""
    return [line.strip() for line in at.lines[2:] if line.strip() and not line.startswith("More")]


async def test_typing_lists_matches_and_enter_picks_the_match_under_the_cursor() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        picker = at_work(form)
        await at.press("h")
        assert matches(at) == ["▸Dana Whitfield  Planner", "Helen Marsh  Planner"]
        await at.press("down")
        assert matches(at) == ["Dana Whitfield  Planner", "▸Helen Marsh  Planner"]
        await at.press("down", "up", "enter")
        assert (form.values["who"], picker.value) == ("#h", "Helen Marsh")
        assert [item.value for item in at.received(Picker.Picked)] == ["#h"]
        assert focused(at) == "field-more"
        assert not picker.is_open
        assert form.changes == {"who": "#h"}


async def test_nothing_is_listed_while_the_line_is_empty_and_the_arrows_then_leave_it() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        picker = at_work(form)
        await at.press("h", "backspace")
        assert not picker.is_open
        assert "(type a name)" in at.lines[1]
        await at.press("up")
        assert focused(at) == "field-kind"
        await at.press("down", "enter")
        assert focused(at) == "field-more"
        assert form.values["who"] == ""


async def test_at_most_five_are_listed_with_a_note_that_there_are_more() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        at_work(form)
        await at.press("m", "e", "i")
        assert matches(at) == [
            "▸Mei 0  Planner", *(f"Mei {number}  Planner" for number in range(1, SHOWN)), "more: type on",
        ]  # fmt: skip
        await at.press("up", "enter")
        assert form.values["who"] == f"#m{SHOWN - 1}", "the cursor goes round"


async def test_words_without_a_match_say_so_and_are_returned_as_they_are() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        at_work(form)
        await at.press("z", "z")
        assert matches(at) == ["nobody has that name"]
        await at.press("enter")
        assert form.values["who"] == "zz"


async def test_the_only_match_is_picked_when_the_line_is_left() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        picker = at_work(form)
        await at.press("p", "i")
        assert form.values["who"] == "#g", "even before the line is left"
        await at.press("tab")
        assert (form.values["who"], picker.value, picker.is_open) == ("#g", "Gordon Pike", False)


async def test_none_of_several_matches_is_picked_by_leaving_the_line() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        picker = at_work(form)
        await at.press("h", "tab")
        assert (form.values["who"], picker.is_open) == ("h", False)


async def test_the_form_begins_with_the_name_of_its_value_and_emptying_it_picks_nobody() -> None:
    form = Form(FIELDS, {"who": "#g"})
    async with staged(form) as at:
        assert "Gordon Pike" in at.lines[1]
        assert (form.values["who"], form.changed) == ("#g", False)
        at_work(form)
        await at.press("end", *["backspace"] * 11)
        assert (form.values["who"], form.changes) == ("", {"who": ""})


async def test_a_value_that_is_gone_is_nobody_and_no_change() -> None:
    form = Form(FIELDS, {"who": "gone"})
    async with staged(form):
        assert (form.values["who"], form.changed) == ("", False)


async def test_what_was_typed_before_and_not_saved_is_there_again() -> None:
    for typed, line in (("hel", "hel"), ("#h", "Helen Marsh")):
        form = Form(FIELDS, {}, {"who": typed})
        async with staged(form) as at:
            assert at.lines[1].split(maxsplit=1)[1] == line


async def test_names_are_harmless_in_the_list_and_in_the_line() -> None:
    form = Form(FIELDS, {})
    async with staged(form) as at:
        at_work(form)
        await at.press("[", "b")
        assert matches(at) == ["▸[bold]x␛  Planner"]
        await at.press("enter")
        assert (form.values["who"], form.query_one("#field-who", Picker).value) == ("#x", "[bold]x␛")


async def test_a_problem_is_shown_beside_the_line_and_a_choice_can_be_made_for_the_user() -> None:
    form = Form(FIELDS, {})
    async with staged(form, (60, 10)) as at:
        form.show_problems({"who": "choose one"})
        form.choose("kind", "h")
        await at.pilot.pause()
        assert at.lines[1].endswith("choose one")
        assert form.query_one("#field-kind", Choice).value == "h"
        assert focused(at) == "field-who"
