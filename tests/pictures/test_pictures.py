"""The pictures of the README are what the app shows, and safe to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.conftest import Bench
from tests.pictures.frames import Frame
from tests.pictures.pictures import CALL, DAY, INTERVIEW, pictures
from tests.pictures.signs import ALONG, LINES, PARTS, SHAPES
from tests.pictures.story import ROWS, play
from tests.screens.driving import fill_with_demo

FOLDER = Path(__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
SHAPED = str.maketrans(dict.fromkeys([*ALONG, *LINES, *PARTS, *SHAPES], " "))
"""Signs that are drawn as shapes, and so stand in no text."""


async def test_the_pictures_show_what_the_app_shows_and_the_film_shows_it_at_the_right_time(
    bench: Bench,
) -> None:
    fill_with_demo(bench)
    story = await play(bench)
    made = pictures(story)
    kept = {name: (FOLDER / name).read_text(encoding="utf-8") for name in made}
    assert [name for name in made if made[name] != kept[name]] == [], (
        "run python -m tests.pictures and look at these in tests/pictures"
    )

    film = ElementTree.fromstring(made["day.svg"])  # noqa: S314
    seconds = sum(frame.seconds for frame in story.frames)
    began = 0.0
    for frame in story.frames:
        middle = 100 * (began + frame.seconds / 2) / seconds
        assert words_at(film, middle) == words_of(frame)
        began += frame.seconds
    assert seconds <= 31
    assert words_at(film, None) == words_of(story.frames[0]), "what shows where nothing may move"


def test_a_picture_says_what_is_on_it_loads_nothing_and_runs_nothing() -> None:
    for name, said in (("day.svg", DAY), ("call.svg", CALL), ("interview.svg", INTERVIEW)):
        text = (FOLDER / name).read_text(encoding="utf-8")
        picture = ElementTree.fromstring(text)  # noqa: S314
        assert picture.findtext(f"{SVG}desc") == said
        assert picture.findtext(f"{SVG}title")
        assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
            "svg", "title", "desc", "style", "defs", "path", "rect", "circle", "g", "text", "use"
        }  # fmt: skip
        assert re.findall(r'href="[^#]|url\(|@import|\bon\w+=', text) == []
        assert len(text.encode()) < 300_000
    assert "prefers-reduced-motion:no-preference" in (FOLDER / "day.svg").read_text(encoding="utf-8")


def words_at(film: ElementTree.Element, percent: float | None) -> list[str]:
    """Return the texts that a film shows at a time, line by line; with None those where nothing may move."""
    styles = film.findtext(f"{SVG}style") or ""
    shown: list[tuple[float, float, str]] = []
    for group in film.iter(f"{SVG}g"):
        kind = group.get("class", "")
        if kind and percent is None and group.get("visibility") == "hidden":
            continue
        if kind and percent is not None:
            (steps,) = re.findall(rf"@keyframes {kind}\{{((?:[^{{}}]+\{{[^{{}}]+\}})+)\}}", styles)
            states = re.findall(r"([\d.]+)%\{visibility:(\w+)\}", steps)
            if [state for at, state in states if float(at) <= percent][-1] == "hidden":
                continue
        shown += [
            (float(text.get("y", 0)), float(text.get("x", 0)), text.text or "")
            for text in group.findall(f"{SVG}text")
        ]
    return [" ".join(text.split()) for _, _, text in sorted(shown)[1:]]


def words_of(frame: Frame) -> list[str]:
    """Return what a frame shows as texts, line by line: what stands apart is a text of its own."""
    return [*pieces(frame), *frame.keys.split(), frame.caption]


def pieces(frame: Frame) -> Iterator[str]:
    """Yield the texts of the rows of a frame."""
    assert len(frame.rows) == ROWS
    for row in frame.rows:
        for run in row:
            yield from (words for words in re.split(" {2,}", run.text.translate(SHAPED).strip()) if words)
