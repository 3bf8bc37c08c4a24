from __future__ import annotations

from warmcall.widgets.cards import Cards
from warmcall.widgets.rich_text import Card, CardGroup

from tests.widgets.stage import staged

LONG = "\n".join(f"line {number}" for number in range(60))
DOES = CardGroup("Does it", (Card("a", "★", ("Ana",), LONG), Card("b", " ", ("Ben",), "short")))
HIRES = CardGroup("Hires", (Card("c", " ", ("Cleo",), "other"),))
NOBODY = CardGroup("Hires", (), "nobody asked yet")


async def test_a_long_card_is_read_to_its_end_before_the_cursor_leaves_it() -> None:
    cards = Cards()
    async with staged(cards, size=(80, 10)) as at:
        cards.show([DOES, HIRES])
        cards.focus()
        await at.pilot.pause()
        assert at.lines[0].startswith(" Does it")
        assert "│ Hires" in at.lines[0]
        assert at.lines[1].startswith("▸★ Ana")
        seen = set()
        presses = 0
        while cards.key == "a":
            seen |= {line for line in LONG.split("\n") for row in at.lines if row.strip().startswith(line)}
            await at.pilot.press("j")
            presses += 1
        assert presses > 1
        assert len(seen) == 60
        assert (cards.key, "▸  Ben" in "\n".join(at.lines)) == ("b", True)
        await at.pilot.press("j")
        assert cards.key == "c"
        assert any("▸  Cleo" in line for line in at.lines)
        await at.pilot.press("g")
        assert cards.key == "a"
        await at.pilot.press("k")
        assert cards.key == "a"
        await at.pilot.press("G")
        assert cards.key == "c"


async def test_the_cursor_stays_on_its_card_and_goes_on_when_that_is_gone() -> None:
    cards = Cards()
    async with staged(cards, size=(80, 10)) as at:
        cards.show([DOES, HIRES])
        cards.focus()
        cards.go("c")
        cards.show([HIRES, DOES])
        assert cards.key == "c"
        cards.show([DOES, NOBODY], lambda text: (0, 4) if text.startswith("   sh") else None)
        await at.pilot.pause()
        assert cards.key == "a"
        assert "│ nobody asked yet" in "\n".join(at.lines)
        cards.show([NOBODY])
        await at.pilot.pause()
        assert cards.key == ""
        assert at.lines[:2] == [" Hires", " nobody asked yet"]
        assert cards.disabled_reason("choose")
