"""The story that the README shows: a call, an interview and a thank-you, played in the app itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.conftest import Bench
from tests.pictures.frames import Frame, frame_of
from tests.screens.driving import Driver, driven

COLUMNS, ROWS = 80, 24
ZONE = ZoneInfo("America/Chicago")


@dataclass
class Camera:
    """Takes frames of one running app, and remembers which of them are stills, too, by their names."""

    at: Driver
    frames: list[Frame] = field(default_factory=list)
    stills: dict[str, Frame] = field(default_factory=dict)

    @property
    def colors(self) -> tuple[str, str]:
        """The colours of text and screen, as "#rrggbb"."""
        theme = self.at.app.current_theme
        return str(theme.foreground), str(theme.background)

    def take(self, seconds: float, keys: str = "", caption: str = "", still: str = "") -> None:
        """Take a frame that is shown for so long, captioned as the last one if nothing else is given."""
        if not caption:
            keys, caption = self.frames[-1].keys, self.frames[-1].caption
        self.frames.append(frame_of(self.at.strips, *self.colors, seconds, keys, caption))
        if still:
            self.stills[still] = self.frames[-1]

    async def press(
        self, key: str, seconds: float, keys: str = "", caption: str = "", still: str = ""
    ) -> None:
        """Press a key, and take what it shows."""
        await self.at.press(key)
        self.take(seconds, keys, caption, still)

    async def type(self, pieces: str, seconds: float, keys: str = "", caption: str = "") -> None:
        """Type a text piece by piece, divided by |, while the clock goes on, and take each of them."""
        for piece in pieces.split("|"):
            await self.at.type(piece)
            await self.at.forward(seconds=seconds)
            self.take(seconds, keys, caption)


async def play(bench: Bench) -> Camera:
    """Play the story over the sample data in `bench`."""
    bench.clock.move_to(datetime(2026, 11, 23, 10, 10, tzinfo=ZONE))
    async with driven(bench, size=(COLUMNS, ROWS)) as at:
        camera = Camera(at)
        await call(camera)
        await interview(camera)
    return camera


async def call(camera: Camera) -> None:
    """From the queue to an interview that is set."""
    camera.take(1.8, "", "The queue says what is next, with whom, and why.")
    for _ in range(4):
        await camera.press("j", 0.2, "j", "Luis is to be called.")
    await camera.press("enter", 2.4, "Enter", "Read the script aloud. Each answer is one letter.")
    await camera.press("y", 2.6, "y", "“No, go on”: now ask for twenty minutes.", still="call")
    await camera.press("y", 1.0, "y", "“Sure, when?”")
    await camera.press("o", 1.2, "o", "The call is over. How did it end?")
    await camera.press("s", 0.4, "s", "An interview was set.")
    await camera.type("thu| 2pm", 0.3, "", "“thu 2pm”: type times as you say them.")
    camera.take(0.8)
    await camera.press("ctrl+s", 1.8, "^s", "The interview is in the queue, and a note to confirm it.")


async def interview(camera: Camera) -> None:
    """From the interview that is due to the letter of thanks."""
    at = camera.at
    await at.read()
    await at.at(datetime(2026, 11, 23, 13, 59, tzinfo=ZONE))
    await at.press("g", "j", "j")
    camera.take(1.2, "", "Just before two: the interview with Mei.")
    await camera.press("enter", 1.6, "Enter", "What to have ready, and the questions.")
    await camera.press("s", 0.8, "s", "The clock starts: twenty minutes.")
    await camera.press("enter", 0.3, "Enter", "Your notes go under the question.")
    await camera.type("By accident:| the planner| fell ill,| and I had| booked the ads.", 0.25)
    await camera.press("tab", 0.4, "Tab", "The next question.")
    await at.forward(minutes=3)
    await camera.type("half of a| planner's day| is other people's| spreadsheets", 0.25)
    await camera.press("ctrl+t", 1.2, "^t", "A star: this goes into the thank-you.", still="interview")
    await camera.press("ctrl+r", 0.6, "^r", "They name somebody else to talk to …")
    await camera.type("Ana| Ruiz", 0.3)
    await camera.press("ctrl+s", 1.0, "^s", "… whose call will be in the queue.")
    await at.read()
    await at.press("escape")
    await at.forward(minutes=13, seconds=56)
    await at.press(*" " * 5)
    for _ in range(3):
        await at.forward(seconds=1)
        camera.take(0.7, "", "The last three minutes are kept for the close.")
    await at.forward(minutes=2, seconds=57)
    await camera.press("x", 1.4, "x", "It ends on time.")
    await camera.press("t", 3.2, "t", "The thank-you is drafted from the starred answer.")
