"""Runs warmcall and writes down, frame by frame, what is sent and what Textual alone would have sent.

Run it with: python -m tests.terminal.recorder FILE [ARGUMENTS OF warmcall]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.control import Control
from warmcall.terminal.textual_patches import DiffedDrawing

from tests.terminal.entry import start


def record(path: Path) -> None:
    """Add a line of JSON to `path` for each frame from now on."""
    text_for = DiffedDrawing.text_for

    def recorded(self: DiffedDrawing, update: Any) -> str:
        sent = text_for(self, update)
        app = self._app
        cursor = app.screen.outer_size.clamp_offset(app.cursor_position)
        alone = update.render_segments(app.console) + Control.move_to(*cursor).segment.text
        with path.open("a", encoding="utf-8") as file:
            fits = app.screen._compositor.size == app.size
            frame = {"size": tuple(app.size), "fits": fits, "sent": sent, "alone": alone}
            file.write(json.dumps(frame) + "\n")
        return sent

    DiffedDrawing.text_for = recorded  # type: ignore[method-assign]


if __name__ == "__main__":
    record(Path(sys.argv[1]))
    del sys.argv[1]
    start()
