"""The pictures by the names of their files, with what they say to whoever cannot see them."""

from __future__ import annotations

from tests.pictures.drawing import film, still
from tests.pictures.story import Camera

DAY = (
    "The queue says whom to call. On the call, the script is on the screen and each answer is one letter. "
    "An interview is set by typing “thu 2pm”. In another interview a countdown runs while notes are typed; "
    "an answer is starred, somebody is named. Then the thank-you is drafted from the starred answer."
)
CALL = "The script asks for twenty minutes; under it, what they may answer, each on one letter."
INTERVIEW = "The time left, the questions, one of them starred, and the notes under it."


def pictures(story: Camera) -> dict[str, str]:
    """Return the text of each picture of what was played."""
    title = "A call, an interview and a thank-you in warmcall"
    return {
        "day.svg": film(story.frames, 0, title, DAY, story.colors),
        "call.svg": still(story.stills["call"], "A call in warmcall", CALL, story.colors),
        "interview.svg": still(
            story.stills["interview"], "An interview in warmcall", INTERVIEW, story.colors
        ),
    }
