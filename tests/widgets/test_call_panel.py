from __future__ import annotations

import pytest
from warmcall.widgets.call_panel import Replies

from tests.widgets.stage import staged

REPLIES = {"y": "Sure, when?", "b": "I'm busy", "w": "Who?"}


async def test_two_columns_where_there_is_room_filled_downwards() -> None:
    replies = Replies()
    async with staged(replies, (60, 8)) as at:
        replies.show(REPLIES, "o s  when it ends here")
        await at.pilot.pause()
        assert at.lines[0] == " They say"
        assert at.lines[1].split() == ["y", "Sure,", "when?", "w", "Who?"]
        assert at.lines[2].split() == ["b", "I'm", "busy"]
        assert at.lines[3] == " o s  when it ends here"
        assert replies.size.height == 4


async def test_one_column_in_a_narrow_window_and_long_words_cut() -> None:
    replies = Replies()
    async with staged(replies, (24, 8)) as at:
        replies.show({"y": "Sure, when would it suit you?", "b": "[b]\x1b"})
        await at.pilot.pause()
        assert at.lines[1] == "  y  Sure, when would i…"
        assert at.lines[2] == "  b  [b]␛"


async def test_a_step_without_replies_shows_only_how_it_ends() -> None:
    replies = Replies()
    async with staged(replies, (60, 8)) as at:
        replies.show({}, "o v  if it ends here: voicemail")
        await at.pilot.pause()
        assert at.lines[0] == " o v  if it ends here: voicemail"


@pytest.mark.parametrize(
    ("width", "place", "letter"),
    [
        (60, (3, 1), "y"), (60, (29, 1), "y"), (60, (31, 1), "w"), (60, (3, 2), "b"),
        (60, (40, 2), ""), (60, (3, 0), ""), (60, (3, 3), ""),
        (24, (3, 1), "y"), (24, (20, 2), "b"), (24, (3, 3), "w"), (24, (3, 4), ""),
    ],
)  # fmt: skip
async def test_a_click_reports_the_letter_of_the_reply_under_it(
    width: int, place: tuple[int, int], letter: str
) -> None:
    replies = Replies()
    async with staged(replies, (width, 8)) as at:
        replies.show(REPLIES, "o s  when it ends here")
        await at.pilot.pause()
        await at.pilot.click(offset=place)
        assert [item.letter for item in at.received(Replies.Clicked)] == [*letter]
