from __future__ import annotations

from collections.abc import Generator

from warmcall.app.large_changes import LargeChanges


async def test_the_bar_counts_what_is_done_and_the_screens_are_drawn_once_at_the_end() -> None:
    seen: list[str] = []
    changes = LargeChanges(lambda: seen.append("drawn"), lambda: seen.append(changes.words))

    def steps() -> Generator[int, None, str]:
        for done in (0, 500, 1_000):
            seen.append(f"{changes.words} quiet" if changes.quiet else "loud")
            yield done
        return "all"

    with changes.under_way("importing 1,000 people…"):
        assert await changes.make(steps()) == "all"
        assert not changes.quiet
        assert changes.words == "importing 1,000 people… 1,000"
    assert seen == [
        "importing 1,000 people…", "importing 1,000 people… quiet", "importing 1,000 people… quiet",
        "importing 1,000 people… 500 quiet", "drawn", "",
    ]  # fmt: skip
    assert changes.under_way_now == ""
