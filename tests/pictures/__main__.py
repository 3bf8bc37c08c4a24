"""Makes the pictures of the README: python -m tests.pictures [FOLDER]. Look at them then."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from warmcall.config.library import Library
from warmcall.config.paths import content

from tests.conftest import Bench
from tests.pictures.pictures import pictures
from tests.pictures.story import play
from tests.screens.driving import fill_with_demo


def make(folder: Path) -> None:
    """Write the pictures into a folder, in colour whatever the terminal has."""
    os.environ.pop("NO_COLOR", None)
    bench = Bench(Library(content(), Path("/nonexistent")))
    fill_with_demo(bench)
    for name, svg in pictures(asyncio.run(play(bench))).items():
        (folder / name).write_text(svg, encoding="utf-8")
        print(f"{folder / name}: {len(svg.encode()):,} bytes")  # noqa: T201


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent)
