"""Answers: reading them question by question, marking them, and putting what is open on a list."""

from __future__ import annotations

import pytest
from warmcall.domain.records import AnswerMark, Contact, Difference, Interview, JoinedQuestion
from warmcall.screens.base import GoTo
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.progress.answer_dialogs import DifferDialog, JoinDialog, ThemeDialog
from warmcall.screens.progress.answers import AnswersPage
from warmcall.screens.progress.screen import ProgressScreen
from warmcall.widgets.cards import Cards
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import driven


async def test_answers_are_read_question_by_question_and_marked(demo: Bench) -> None:
    found = demo.services.answers
    count = len(found.all().questions)
    for pair in found.all().differences:
        demo.services.answer_marking.differ(*pair.answers, "")
    first, second = (asked.ask for asked in found.all().questions[:2])
    async with driven(demo) as at:
        await at.press("5", "a")
        assert at.shows(AnswersPage)
        cards = at.one(Cards, "answers")
        assert cards.has_focus
        assert at.panel("answers-ask").startswith(first)
        await at.press("l")
        assert at.panel("answers-ask").startswith(second)
        await at.press("h", "h")
        assert f"question {count} of {count}" in at.panel("answers-ask")
        await at.press("right", "right")
        above, below = cards.keys[:2]
        assert cards.key == above

        await at.press("number_sign")
        assert at.shows(ThemeDialog)
        await at.type("Mornings")
        await at.press("enter", "j", ".")
        assert dict(found.all().themes)["Mornings"] == 2
        assert "Mornings 2" in at.panel("answers-themes")
        await at.press("number_sign", "enter")
        assert "Mornings" not in found.all().by_id[below].themes

        await at.press("exclamation_mark")
        assert found.all().by_id[below].not_to_repeat
        assert "stays out of letters" in at.last_said
        await at.press("m")
        assert at.shows(DifferDialog)
        at.one(Rows, "others").go(above)
        await at.press("enter")
        await at.type("one checks")
        await at.press("enter")
        assert [pair.how for pair in found.all().differences] == ["one checks"]
        assert {above, below} == found.all().differing.keys()
        starred = found.all().by_id[below].starred
        await at.press("asterisk")
        assert found.all().by_id[below].starred is not starred
        assert cards.key == below
        await at.press("u", "u", "u")
        assert at.store.count(Difference) == 0
        assert not found.all().by_id[below].not_to_repeat

        await at.press("enter")
        assert at.shows(PersonPage)
        await at.press("q", "q")
        assert at.shows(ProgressScreen)


async def test_the_copied_answers_of_a_meeting_lack_what_is_not_to_be_repeated(demo: Bench) -> None:
    priya = next(person for person in demo.store.all(Contact) if person.name == "Priya Raman")
    answers = [
        answer
        for answer in demo.services.answers.all().by_id.values()
        if answer.contact_id == priya.id and not answer.not_to_repeat
    ]
    demo.services.answer_marking.toggle_not_to_repeat(answers[0].id)
    async with driven(demo) as at:
        at.app.post_message(GoTo("Interview", priya.id))
        await at.settle()
        await at.press("Y")
        assert answers[0].words not in at.copied[-1]
        assert answers[1].words in at.copied[-1]


async def test_a_question_is_joined_to_another_and_taken_apart(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5", "a", "=")
        assert at.shows(JoinDialog)
        chosen = at.one(Rows, "same").key
        await at.press("enter")
        (joint,) = at.store.all(JoinedQuestion)
        assert joint.id == chosen
        assert "also asked as" in at.panel("answers-ask")
        await at.press("=", "enter")
        assert at.store.count(JoinedQuestion) == 0


async def test_no_question_that_somebody_answered_is_offered_as_one_that_nobody_did(demo: Bench) -> None:
    answers = demo.services.answers
    open_ids = [open_.question.id for open_ in answers.still_open().questions]
    assert "best-part" in open_ids
    assert answers.all().question("best-part")
    async with driven(demo) as at:
        await at.press("5", "a", "=")
        rows = at.one(Rows, "same").rows
        assert sum(row.key == "best-part" for row in rows) == 1
        heading = next(place for place, row in enumerate(rows) if "Nobody" in str(row.cells[0]))
        never = [row.key for row in rows[heading + 1 :]]
        assert never
        assert not any(answers.all().question(id_) for id_ in never)


async def test_a_word_is_found_in_all_answers(demo: Bench) -> None:
    total = len(demo.services.answers.all().by_id)
    async with driven(demo) as at:
        await at.press("5", "a", "/")
        await at.type("clients calm")
        assert f"1 of {total}" in at.lines[2]
        assert "clients calm" in " ".join(line.strip() for line in at.lines)
        await at.press("enter")
        assert at.one(Cards, "answers").has_focus
        assert len(at.one(Cards, "answers").keys) == 1
        await at.press("n")
        assert at.last_said == "There is no other question with answers here"
        await at.press("/")
        await at.type("zzz")
        assert "is in no answer" in at.panel("answers-none")
        await at.press("escape")
        assert not at.one(FilterLine, "answers-find").display
        assert len(at.one(Cards, "answers").keys) >= 1


async def test_what_is_open_goes_onto_the_list_of_who_could_say_it(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5", "a", "tab")
        assert at.one(Rows, "open").has_focus
        at.one(Rows, "open").action_move(1)
        wanted = demo.services.answers.still_open().questions[1]
        contact_id = wanted.next_to_ask
        await at.press("+")
        after = demo.services.answers.still_open().questions[1]
        assert after.listed == (contact_id,)
        person = at.store.require(Contact, contact_id)
        planned = [talk for talk in at.store.of_contact(Interview, contact_id) if talk.is_planned]
        lists = [asked.id for talk in planned for asked in talk.checklist]
        assert wanted.question.id in [*lists, *(asked.id for asked in person.to_ask)]
        await at.press("number_sign")
        assert "No answer is chosen" in at.last_said
        await at.press("enter")
        assert at.shows(PersonPage)
        assert person.name in at.text


@pytest.mark.parametrize(("size", "beside"), [((60, 20), False), ((80, 24), True), ((200, 60), True)])
async def test_the_answers_of_both_kinds_stand_side_by_side_where_there_is_room(
    demo: Bench, size: tuple[int, int], beside: bool
) -> None:
    async with driven(demo, size=size) as at:
        await at.press("5", "a")
        assert ("Who hires for it" in at.line_of("Who does it")) is beside
        assert "Still unanswered" in at.text
        wide = size[0] >= 120
        assert bool(at.one(Rows, "questions").region) is wide
        if wide:
            await at.press("tab", "tab", "j")
            assert at.one(Rows, "questions").has_focus
            second = demo.services.answers.all().questions[1]
            assert at.panel("answers-ask").startswith(second.ask)
            await at.press("enter")
            assert at.one(Cards, "answers").has_focus


async def test_before_any_answer_it_says_what_to_do_and_shows_what_is_open(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    async with driven(bench) as at:
        await at.press("5", "a")
        assert "Nobody has answered anything yet" in at.panel("answers-none")
        assert "nobody yet who hires" in at.text
        await at.press("+")
        assert "Nobody is left to ask" in at.last_said
        assert at.store.count(AnswerMark) == 0
