"""The user's own answers in a job interview: written, with what was learned beside them, and practised."""

from __future__ import annotations

import msgspec
from warmcall.domain.answers import answer_id
from warmcall.domain.records import AnswerMark, Interview, JobAnswer
from warmcall.screens.practice.answers import AnswerPractice
from warmcall.screens.progress.job_answer import JobAnswerPage, PlaceDialog
from warmcall.screens.progress.job_answers import JobAnswersPage
from warmcall.screens.progress.screen import ProgressScreen
from warmcall.terminal.charset import Charset
from warmcall.widgets.notes_editor import NotesEditor

from tests.conftest import Bench
from tests.examples import STAMP
from tests.screens.driving import Driver, driven

WHY, YOU = "why-this-work", "why-you"


def kept(at: Driver, question_id: str) -> JobAnswer:
    """Return the answer to a question as it is in the store."""
    (found,) = (answer for answer in at.store.all(JobAnswer) if answer.question_id == question_id)
    return found


async def test_an_answer_is_written_and_what_is_typed_survives_a_dropped_line(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5", "y")
        assert at.shows(JobAnswersPage)
        assert "1 of 4 written, 1 practised" in at.lines[1]
        assert at.line_of("▸").split()[-3:] == ["1", "time", "2→3"]
        assert at.footer.startswith(" Enter Write  P Practise")
        await at.press("j")
        assert "Not written yet: e writes it" in at.panel("job-detail")
        await at.press("enter")
        assert (at.shows(JobAnswerPage), at.focused) == (True, "job-editor")
        await at.type("I sold the space")
        assert at.panel("job-length").startswith("4 words · 2 s of about 60")
        await at.cut_off()
        assert kept(at, YOU).text == "I sold the space"
        await at.press("tab")
        assert "What do you know of us?" in at.lines[1]
        await at.type("You train beginners.")
        await at.press("shift+tab")
        assert at.one(NotesEditor, "job-editor").text == "I sold the space"
        await at.press("escape", "right", "right")
        assert kept(at, "know-of-us").text == "You train beginners."
        assert "Tell me about yourself" in at.lines[1]
        await at.press("o")
        assert at.last_said == "This question is the same wherever it is asked"
        await at.press("left", "o")
        assert at.shows(PlaceDialog)
        await at.press("j", "enter")
        assert "They train beginners for a year, says Isaac" in at.panel("job-material-text")
        await at.press("q", "Y")
        assert at.copied[-1].endswith(
            "\n\nWhy you?\nI sold the space\n\nWhat do you know of us?\nYou train beginners."
        )
        await at.press("u", "u")
        assert "1 of 4 written" in at.lines[1]
        await at.press("q")
        assert at.shows(ProgressScreen)


async def test_words_of_another_session_join_those_being_typed(demo: Bench) -> None:
    async with driven(demo) as at:
        at.services.job_answers.write(WHY, "One.")
        await at.press("5", "y", "enter")
        await at.type(" Two.")
        answer = kept(at, WHY)
        theirs = msgspec.structs.replace(answer, text=f"Zero. {answer.text}")
        at.services.history.commit("elsewhere", theirs)
        await at.cut_off()
        assert kept(at, WHY).text == "Zero. One. Two."


async def test_all_four_are_practised_in_a_row_and_each_is_kept_as_one_change(demo: Bench) -> None:
    async with driven(demo) as at:
        at.services.job_answers.write(WHY, "I liked deciding where it goes.")
        saved = len(at.bench.saved)
        await at.press("5", "y", "P", "enter")
        assert at.shows(AnswerPractice)
        assert at.last_said == "Say how sure you are first: 1 to 5"
        await at.press("2")
        assert "I liked deciding" not in at.text
        await at.forward(seconds=50)
        at.app.screen.tick()  # type: ignore[attr-defined]
        await at.settle()
        assert "0:50 of about 1:00" in at.text
        await at.press("l")
        assert "I liked deciding where it goes." in at.text
        await at.press("1")
        assert at.last_said == "How sure you are is asked before you say an answer, and after"
        await at.press("enter")
        assert len(at.bench.saved) == saved
        await at.press("4")
        assert "before  2" in at.text
        assert len(at.bench.saved) == saved + 1
        practice = kept(at, WHY).practices[-1]
        assert (practice.before, practice.after, practice.seconds) == (2, 4, 50)
        await at.press("enter", "3")
        assert "Nothing is written yet: say it in your own words" in at.flat
        await at.press("n", "3", "enter", "3", "enter", "3", "enter", "5")
        assert "This round" in at.text
        assert [answer.question_id for answer in at.store.all(JobAnswer)] == [
            WHY,
            "know-of-us",
            "about-yourself",
        ]
        await at.press("enter")
        assert at.shows(JobAnswersPage)
        assert "1 of 4 written, 3 practised" in at.lines[1]
        assert at.line_of("▸").split()[-3:] == ["2", "times", "2→4"]
        await at.press("u")
        assert "1 of 4 written, 2 practised" in at.lines[1]
        await at.press("q", "G")
        assert at.line_of("▸your answers").endswith("1 of 4 written · sure 2→4, 3→3")
        await at.read()
        assert at.footer.startswith(" Enter Open")
        await at.press("enter")
        assert at.shows(JobAnswersPage)


async def test_it_fits_every_window_in_ascii_too_and_shows_what_is_not_to_be_repeated(demo: Bench) -> None:
    talk = next(talk for talk in demo.store.all(Interview) if talk.was_held and talk.notes)
    question_id = next(iter(talk.notes))
    mark = AnswerMark(
        **STAMP | {"id": answer_id(talk.id, question_id)},
        interview_id=talk.id, question_id=question_id, not_to_repeat=True,
    )  # fmt: skip
    demo.services.history.commit("a mark", mark)
    async with driven(demo, size=(60, 20), charset=Charset.ASCII) as at:
        await at.press("5", "y")
        await at.press("enter")
        assert "⊘ not to be repeated there" in at.panel("job-material-text")
        assert at.text.isascii()
        for width, height in ((80, 24), (120, 40), (200, 60)):
            await at.pilot.resize_terminal(width, height)
            await at.settle()
            editor = at.one(NotesEditor, "job-editor").region
            beside = at.app.screen.query_one("#job-material").region
            assert (editor.right < beside.x) == (width >= 120)
            assert editor.height >= 6


async def test_without_a_target_the_key_says_where_to_give_one(bench: Bench) -> None:
    bench.services.address_book.add({"name": "Ana Ruiz"})
    async with driven(bench) as at:
        await at.press("5", "y")
        assert at.last_said == "There is no target yet: 6 e says which job you aim at"
