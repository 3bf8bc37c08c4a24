from __future__ import annotations

from unittest.mock import patch

import pytest
from textual.strip import Strip
from warmcall.widgets.rich_text import Excerpt
from warmcall.widgets.rows import Column, LazyRows, Row, Rows

from tests.widgets.stage import Staged, staged

COLUMNS = (Column(8), Column(weight=1))


def rows_of(text: str) -> list[Row]:
    """Return rows from words: one that ends in ":" is a heading, any other a row of that key."""
    return [
        Row("", (word,), heading=True) if word.endswith(":") else Row(word, (word, f"about {word}"))
        for word in text.split()
    ]


async def shown(at: Staged, rows: Rows, text: str, key: str = "") -> None:
    """Show rows, and put the focus on them."""
    rows.show(rows_of(text), key)
    rows.focus()
    await at.pilot.pause()
    at.received(Rows.Moved)


async def test_the_cursor_begins_on_the_first_row_that_is_no_heading() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        rows.show(rows_of("Today: a b"))
        await at.pilot.pause()
        assert rows.key == "a"
        assert [item.key for item in at.received(Rows.Moved)] == ["a"]
        assert at.lines[:3] == [" Today:", "▸a        about a", " b        about b"]


async def test_the_cursor_stays_on_its_row_when_others_come_and_go() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        await shown(at, rows, "a b c d", "c")
        for text in ("Late: x a b c d", "c", "c d", "Today: d Soon: c"):
            rows.show(rows_of(text))
            assert rows.key == "c", text
        await at.pilot.pause()
        assert at.received(Rows.Moved) == []


@pytest.mark.parametrize(
    ("before", "on", "after", "then"),
    [
        ("a b c", "b", "a c", "c"),
        ("a b c", "c", "a b", "b"),
        ("a b c", "b", "Today: x y", "x"),
        ("a b c", "c", "a Today:", "a"),
        ("a", "a", "", ""),
        ("a", "a", "Today:", ""),
    ],
)
async def test_when_its_row_is_gone_the_cursor_goes_nearby_and_says_so(
    before: str, on: str, after: str, then: str
) -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        await shown(at, rows, before, on)
        rows.show(rows_of(after))
        await at.pilot.pause()
        assert rows.key == then
        assert [item.key for item in at.received(Rows.Moved)] == [then]


async def test_the_same_rows_again_are_not_drawn_again() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        await shown(at, rows, "a b", "b")
        with patch.object(rows, "refresh") as refresh:
            rows.show(rows_of("a b"))
        assert refresh.call_count == 0


@pytest.mark.parametrize(
    ("keys", "then"),
    [
        (("j",), "b"),
        (("j", "j"), "c"),
        (("down", "down", "up"), "b"),
        (("G",), "f"),
        (("end", "k"), "e"),
        (("G", "j", "j"), "f"),
        (("G", "g"), "a"),
        (("G", "home", "k", "k"), "a"),
        (("pagedown",), "f"),
        (("pagedown", "pageup"), "a"),
        (("ctrl+d",), "d"),
        (("ctrl+d", "ctrl+u"), "a"),
    ],
)
async def test_moving_goes_over_headings_and_stops_at_the_ends(keys: tuple[str, ...], then: str) -> None:
    rows = Rows(COLUMNS)
    async with staged(rows, (40, 10)) as at:
        await shown(at, rows, "Today: a b Soon: c d Later: e f")
        await at.press(*keys)
        assert rows.key == then


async def test_enter_chooses_the_row_and_nothing_where_there_is_none() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        await shown(at, rows, "a b", "b")
        await at.press("enter")
        (chosen,) = at.received(Rows.Chosen)
        assert (chosen.key, chosen.control) == ("b", rows)
        await shown(at, rows, "")
        await at.press("enter", "j", "k", "g", "G", "pagedown", "pageup")
        assert at.received(Rows.Chosen) == []
        assert rows.key == ""


async def test_a_click_moves_and_a_second_one_chooses() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        await shown(at, rows, "Today: a b")
        await at.pilot.click(rows, offset=(3, 2))
        assert rows.key == "b"
        await at.pilot.click(rows, offset=(3, 0))
        assert rows.key == "b"
        await at.pilot.click(rows, offset=(3, 2))
        assert [item.key for item in at.received(Rows.Chosen)] == ["b"]


async def test_the_heading_above_the_first_row_is_scrolled_into_view_with_it() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows, (40, 4)) as at:
        await shown(at, rows, "Today: a b c d e f g")
        await at.press("G")
        assert at.lines[-1].startswith("▸g")
        await at.press("k", "k", "k", "k", "k", "k")
        assert at.lines[0].startswith(" Today:")
        assert rows.key == "a"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (30, "▸key    first      second"),
        (29, "▸key    instead of both"),
        (12, "▸key    ins…"),
    ],
)
async def test_columns_show_only_where_there_is_room_for_them(width: int, line: str) -> None:
    columns = (
        Column(6),
        Column(weight=1, min_width=30),
        Column(weight=1, min_width=30),
        Column(weight=1, below_width=30),
    )
    rows = Rows(columns)
    async with staged(rows, (width, 4)) as at:
        rows.show([Row("k", ("key", "first", "second", "instead of both"))])
        await at.pilot.pause()
        assert at.lines[0] == line


async def test_whatever_a_cell_holds_it_stays_on_its_line_and_in_its_column() -> None:
    rows = Rows((Column(12), Column(weight=1)))
    async with staged(rows, (30, 4)) as at:
        rows.show([Row("k", ("[b]a\nb\x1b\u202e", "next")), Row("l", ("佐藤由美佐藤由美", "next"))])
        await at.pilot.pause()
        assert at.lines[0] == "▸[b]a␊b␛      next"
        assert at.lines[1] == " 佐藤由美佐…  next"


async def test_thirty_thousand_rows_draw_only_the_lines_that_show() -> None:
    drawn: list[int] = []
    draw = Rows.render_line

    def counting(self: Rows, y: int) -> Strip:
        drawn.append(y)
        return draw(self, y)

    rows = Rows(COLUMNS)
    with patch.object(Rows, "render_line", counting):
        async with staged(rows, (80, 24)) as at:
            rows.show([Row(str(number), (str(number), "x")) for number in range(30_000)])
            rows.focus()
            await at.pilot.pause()
            drawn.clear()
            await at.press("G")
            assert rows.key == "29999"
            assert at.lines[-1].startswith("▸29999")
            assert max(drawn) < 24
            assert len(drawn) <= 4 * 24
            drawn.clear()
            await at.pilot.press("k")
            assert 0 < len(drawn) <= 2


async def test_lazy_rows_are_made_only_when_they_are_drawn_and_once() -> None:
    made: list[str] = []

    def make(key: str) -> Row:
        made.append(key)
        return Row(key, (key, f"about {key}"))

    rows = Rows(COLUMNS)
    async with staged(rows, (80, 24)) as at:
        keys = [str(number) for number in range(30_000)]
        rows.show(LazyRows(keys, make), "15000")
        rows.focus()
        await at.pilot.pause()
        await at.press("j", "k", "j")
        assert rows.key == "15001"
        assert rows.rows[15_001].selectable
        assert len(made) == len(set(made)) <= 2 * 24 + 1
        rows.show(LazyRows(keys[:100], make))
        await at.pilot.pause()
        assert rows.key == "99"
        assert [row.key for row in rows.rows[1:3]] == ["1", "2"]


async def test_lazy_rows_with_other_words_redraw_only_the_lines_that_differ() -> None:
    words = {"a": "one", "b": "two", "c": "three"}
    rows = Rows(COLUMNS)
    async with staged(rows, (40, 10)) as at:
        rows.show(LazyRows(list(words), lambda key: Row(key, (key, words[key]))), "b")
        rows.focus()
        await at.pilot.pause()
        changed = words | {"c": "3"}
        with patch.object(rows, "refresh", wraps=rows.refresh) as refresh:
            rows.show(LazyRows(list(words), lambda key: Row(key, (key, words[key]))))
            assert refresh.call_count == 0
            rows.show(LazyRows(list(words), lambda key: Row(key, (key, changed[key]))))
            assert [call.args[0].y for call in refresh.call_args_list] == [2]
        await at.pilot.pause()
        assert [line.split() for line in at.lines[:3]] == [["a", "one"], ["▸b", "two"], ["c", "3"]]


async def test_a_heading_with_a_key_can_be_selected_and_chosen() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        rows.show([*rows_of("Today: a"), Row("later", ("Later, folded",), heading=True)])
        rows.focus()
        await at.press("j")
        assert rows.key == "later"
        assert at.lines[2] == "▸Later, folded"
        at.received(Rows.Chosen)
        await at.press("enter")
        assert [item.key for item in at.received(Rows.Chosen)] == ["later"]


async def test_the_cursor_moves_down_from_a_heading_that_can_no_longer_be_selected() -> None:
    rows = Rows(COLUMNS)
    folded = {"#": True}

    def make(key: str) -> Row:
        return Row(key if folded["#"] else "", ("Later",), heading=True) if key == "#" else Row(key, (key,))

    async with staged(rows) as at:
        rows.show(LazyRows(["a", "#"], make), "#")
        await at.pilot.pause()
        assert rows.key == "#"
        folded["#"] = False
        rows.show(LazyRows(["a", "#", "b"], make), "#")
        assert rows.key == "b"


async def test_marked_rows_have_a_sign_in_a_column_that_is_there_while_any_is_marked() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows) as at:
        await shown(at, rows, "Today: a b", "a")
        rows.mark(frozenset("b"))
        await at.pilot.pause()
        assert at.lines[:3] == [" Today:", "▸ a        about a", " ●b        about b"]
        rows.mark(frozenset())
        await at.pilot.pause()
        assert at.lines[:3] == [" Today:", "▸a        about a", " b        about b"]


async def test_a_resize_keeps_the_cursor_in_view() -> None:
    rows = Rows(COLUMNS)
    async with staged(rows, (40, 10)) as at:
        await shown(at, rows, " ".join("abcdefghij"), "j")
        await at.pilot.resize_terminal(40, 3)
        await at.pilot.pause()
        assert at.lines[-1].startswith("▸j")


@pytest.mark.parametrize(
    ("width", "line", "marked"),
    [(40, "▸a        said: …people's sheets, and so o", "sheets"), (22, "▸a        said: …peop…", "")],
)
async def test_an_excerpt_stands_in_place_of_other_columns_and_what_was_found_is_underlined(
    width: int, line: str, marked: str
) -> None:
    rows = Rows((Column(8), Column(weight=1), Column(6)))
    text = "said: …people's sheets, and so on and on"
    found = Excerpt(text, text.index("sheets"), text.index("sheets") + len("sheets"))
    async with staged(rows, size=(width, 5)) as at:
        rows.show([Row("a", ("a", "work", "stage"), excerpt=found)])
        await at.pilot.pause()
        assert at.lines[0].rstrip("…").startswith(line.rstrip("…")[: width - 1])
        underlined = [part.text for part in rows.render_line(0) if part.style and part.style.underline]
        assert "".join(underlined) == marked
