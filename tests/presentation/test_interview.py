from __future__ import annotations

from warmcall.presentation.interview import running_question
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench


def test_the_question_about_a_running_interview_names_both_people_and_the_time_left(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    meeting = bench.services.interviewing.start_now(mei.id)
    assert meeting is not None
    bench.clock.forward(minutes=7, seconds=19)
    words = plain_text(running_question(bench.services, meeting, "Luis Ortega"))
    assert words == (
        "The interview with Mei Tanaka is running, 12:41 left.\n"
        "It can end, or wait, while you talk with Luis Ortega."
    )
