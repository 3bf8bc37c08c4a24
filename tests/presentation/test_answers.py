from __future__ import annotations

from warmcall.domain.question_bank import Offer
from warmcall.domain.vocabulary import ContactKind, Mode
from warmcall.presentation.answers import (
    answered_or_not,
    card_groups,
    head,
    plain_lines,
    put_words,
    question_parts,
    said_counts,
    still_unanswered,
    theme_words,
    who_could_say,
)
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import adding, contact, interview, local, question, target
from tests.services.test_answer_marking import ANA, BOSS, DAY, TALK

BEN = contact(id="ben", name="Ben Ruiz")
OTHER = interview(
    "2026-10-16 10:00", id="other", contact_id="ben", ended_at=local("2026-10-16 10:20"),
    checklist=(question("ordinary-day", starred=True, ask="And your days?"),),
    notes={"ordinary-day": "Calls"},
)  # fmt: skip


def test_the_head_counts_what_is_answered_for_the_target(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    total = bench.services.answers.still_open().total
    assert head(bench.services) == f"Answers · 0 of {total} questions answered · Media Planner"


def test_with_several_targets_it_says_for_which_nobody_has_answered(bench: Bench) -> None:
    bench.store.apply(adding(ANA, TALK, target()))
    assert still_unanswered(bench.services) == "Still unanswered, most wanted first"
    bench.store.apply(adding(target(id="buyer", role="Media Buyer")))
    assert still_unanswered(bench.services) == "Still unanswered for Media Buyer, most wanted first"
    planned = interview("2026-12-03 10:30", contact_id="ana", target_id="target")
    never = Offer(question("pay"))
    said = [answered_or_not(bench.services, planned, offer) for offer in (never, never._replace(answered=1))]
    assert said == ["Nobody has answered these yet for Media Planner", "Answered already"]


def test_a_question_says_who_answered_it_and_in_which_other_words(bench: Bench) -> None:
    bench.store.apply(adding(ANA, BOSS, BEN, TALK, OTHER))
    bench.services.answer_marking.join("mine", "ordinary-day")
    (asked,) = bench.services.answers.all().questions
    assert said_counts(asked) == "2 who do it, nobody who hires"
    assert plain_text(question_parts(asked, 1, 3)) == (
        "What fills an ordinary day?\n"
        "2 who do it, nobody who hires · question 1 of 3 · also asked as: What do you read?"
    )


def test_as_lines_to_be_heard_answers_have_words_for_marks_and_say_where_nobody_answered(
    bench: Bench,
) -> None:
    bench.store.apply(adding(ANA, BOSS, BEN, TALK, OTHER))
    marking = bench.services.answer_marking
    marking.toggle_theme(DAY, "plans")
    marking.toggle_not_to_repeat(DAY)
    marking.differ(DAY, "other~ordinary-day", "plans or calls")
    found = bench.services.answers.all()
    asked = found.questions[0]
    lines = [
        "What fills an ordinary day? (2 who do it, nobody who hires)",
        "Who does it:",
        "  Ben Ruiz, Fri 16 Oct, starred",
        "    Calls",
        "    differs from Ana: plans or calls",
        "    asked as: And your days?",
        "  Ana Ruiz, Mon 16 Nov, not to repeat, theme plans",
        "    Checking plans",
        "    differs from Ben: plans or calls",
        "    asked as: What about ordinary-day?",
        "Who hires for it: nobody asked yet",
    ]

    def shown(ids: set[str], with_nobody: bool) -> list[str]:
        found = plain_lines(bench.services, [asked], ids, with_nobody)
        return ["".join(part if isinstance(part, str) else part[0] for part in line) for line in found]

    assert shown({answer.id for answer in asked.answers}, with_nobody=True) == lines
    assert shown({DAY}, with_nobody=False) == [*lines[:2], *lines[6:10]]
    assert shown(set(), with_nobody=True) == []


def test_answers_stand_by_kind_with_their_marks(bench: Bench) -> None:
    bench.store.apply(adding(ANA, BOSS, BEN, TALK, OTHER))
    marking = bench.services.answer_marking
    marking.toggle_theme(DAY, "plans")
    marking.toggle_not_to_repeat(DAY)
    marking.differ(DAY, "other~ordinary-day", "plans or calls")
    asked = bench.services.answers.all().questions[0]
    does, hires = card_groups(bench.services, asked, asked.answers, "+")
    assert (does.title, hires.title) == ("Who does it", "Who hires for it")
    assert hires.nothing == "nobody asked yet\nOwen could say: + puts it on the list"
    assert [plain_text([card.sign, " ", *card.head]) for card in does.cards] == [
        "★ Ben Ruiz ≠ · 16 Oct",
        "Ana Ruiz ≠ ⊘ · 16 Nov",
    ]
    assert [plain_text([note]) for note in does.cards[0].notes] == [
        "≠ Ana: plans or calls",
        "asked as: And your days?",
    ]
    assert [plain_text([note]) for note in does.cards[1].notes] == [
        "not to repeat",
        "themes: plans",
        "≠ Ben: plans or calls",
        "asked as: What about ordinary-day?",
    ]
    assert theme_words(bench.services.answers.all().themes) == "plans 1"


def test_what_is_open_says_who_could_say_it_or_on_whose_list_it_is(bench: Bench) -> None:
    services = bench.services
    first = services.answers.still_open().questions[0]
    assert who_could_say(services, first) == "nobody yet who hires"
    bench.store.apply(adding(BOSS, contact(id="eve", name="Eve Marsh", kind=ContactKind.HIRING_MANAGER)))
    meeting = services.interviewing.arrange("boss", local("2026-12-03 10:30"), Mode.PHONE, "")
    assert meeting is not None
    hires = [open_ for open_ in services.answers.still_open().questions if open_.kind is BOSS.kind]
    assert who_could_say(services, next(open_ for open_ in hires if not open_.listed)) == "Owen could say"
    listed = next(open_ for open_ in services.answers.still_open().questions if open_.listed)
    assert who_could_say(services, listed) == "on Owen's list"
    services.checklists.put_on_list("eve", listed.question.id)
    listed = next(open_ for open_ in services.answers.still_open().questions if open_.listed)
    assert who_could_say(services, listed) == "on Owen's list and 1 more"
    assert put_words(services, BOSS, meeting) == "On the list for Owen, Thu 3 Dec 10:30"
    assert put_words(services, BOSS, None) == "On the list for Owen, whenever you meet"


def test_the_words_of_a_question_are_no_markup_and_of_one_line(bench: Bench) -> None:
    asked = question("odd", ask="[b]Who?[/b]\n\x1b[31m")
    talk = interview(
        "2026-11-16 10:00", id="talk", contact_id="ana", ended_at=local("2026-11-16 10:20"),
        checklist=(asked,), notes={"odd": "words"},
    )  # fmt: skip
    bench.store.apply(adding(ANA, talk))
    (found,) = bench.services.answers.all().questions
    first, second = plain_text(question_parts(found, 1, 1)).split("\n")
    assert first.startswith("[b]Who?[/b]")
    assert "\x1b" not in first
    assert second.startswith("1 who does it")
