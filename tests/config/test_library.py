from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import PARTS, Library
from warmcall.config.paths import content
from warmcall.config.yaml_source import Problem, YamlSource, read_yaml
from warmcall.domain.cadence import Cadence
from warmcall.domain.message import Purpose
from warmcall.domain.question_bank import Occasion
from warmcall.domain.script import ScriptFor
from warmcall.domain.vocabulary import ContactKind, Source

from tests.examples import only
from tests.profiles import examples, modest

SCRIPT = """\
id: ask
title: Ask
kind: any
channel: phone
start: opening
steps:
  opening:
    say: Hello {contact.first_name}, it's {me.name}. I'm not after a job. Have you {me.minutes} minutes?
    replies:
      y: {hear: "Yes", go: book}
  book:
    say: When?
    outcome: scheduled
"""
SAY = SCRIPT.splitlines()[7].strip()
BANK = """\
id: mine
title: Mine
kind: practitioner
questions:
  - {id: day, ask: "What fills a day?", priority: 1, core: true}
  - {id: who, ask: "Who else?", priority: 2, core: true, referral: true}
"""
MESSAGE = """\
id: mine
title: Mine
for: ask
channel: message
body: Hello {contact.first_name}.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "config"


def write(own: Path, name: str, text: str | bytes) -> Path:
    path = own / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(own: Path) -> Library:
    return Library(content(), own)


def everything_in(library: Library) -> dict[str, object]:
    return {part: getattr(library, part) for part in (*PARTS, "problems")}


def problem(own: Path) -> Problem:
    return only(read(own).problems)


def test_the_bundled_files_have_no_problems(library: Library) -> None:
    assert library.problems == ()
    assert len(library.scripts) >= 4
    assert {bank.kind for bank in library.banks.values() if bank.when is None} == set(ContactKind)
    assert {template.purpose for template in library.messages.values()} == set(Purpose)
    assert library.cadence == Cadence()


def test_a_file_of_the_user_is_added(own: Path, library: Library) -> None:
    write(own, "scripts/ask.yaml", SCRIPT)
    write(own, "questions/mine.yml", BANK)
    write(own, "messages/mine.yaml", MESSAGE)
    found = read(own)
    assert found.problems == ()
    assert found.scripts.keys() == library.scripts.keys() | {"ask"}
    assert found.messages.keys() == library.messages.keys() | {"mine"}
    assert found.banks.keys() == library.banks.keys() | {"mine"}


SET = """\
id: {id}
title: Mine
when: {when}
questions:
  - {{id: dust, ask: "I'd read {{read}}. And the dust?", priority: 1, core: true}}
"""


@pytest.mark.parametrize(("id_", "count"), [("mine", 1), ("video", 0)])
def test_a_set_of_the_user_is_added_before_the_bundled_ones_of_its_occasion_or_replaces_one(
    own: Path, library: Library, id_: str, count: int
) -> None:
    write(own, "questions/mine.yaml", SET.format(id=id_, when="video"))
    found = read(own)
    assert found.problems == ()
    assert len(found.banks) == len(library.banks) + count
    video = [one_set for one_set in found.sets_for(ContactKind.CONNECTOR) if one_set.when is Occasion.VIDEO]
    assert [one_set.id for one_set in video] == [id_, *(["video"] if count else [])]
    assert found.bank_for(ContactKind.CONNECTOR) == library.bank_for(ContactKind.CONNECTOR)


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        ("when: video", "when: vidio", 3, "“vidio” is not a value of “when”", "second_meeting"),
        ("when: video", "kind: boss", 3, "“boss” is not a value of “kind”", "hiring_manager"),
        ("when: video\n", "", 1, "it does not say for whom, or when", "ten_minutes"),
        ("{read}", "{raed}", 5, "unknown placeholder {raed}", "{advised}"),
        ("priority: 1", "priority: 1, alone: true", 5, "unknown field “alone”", "bundled"),
    ],
)
def test_an_error_in_a_set_is_reported_with_its_line_and_what_to_write(
    own: Path, library: Library, old: str, new: str, line: int, what: str, fix: str
) -> None:
    text = SET.format(id="mine", when="video")
    assert old in text
    write(own, "questions/mine.yaml", text.replace(old, new))
    found = read(own)
    first = found.problems[0]
    assert (first.line, first.warning) == (line, False)
    assert what in first.what
    assert fix in first.fix
    assert found.banks == library.banks


def test_a_bank_of_the_user_is_preferred_for_its_kind(own: Path, library: Library) -> None:
    write(own, "questions/mine.yaml", BANK)
    found = read(own)
    preferred = found.bank_for(ContactKind.PRACTITIONER)
    assert preferred is not None
    assert preferred.id == "mine"
    assert found.bank_for(ContactKind.CONNECTOR) == library.bank_for(ContactKind.CONNECTOR)


def test_a_file_of_the_user_replaces_the_bundled_one_with_its_id(own: Path, library: Library) -> None:
    write(own, "scripts/anything.yaml", SCRIPT.replace("id: ask", "id: ask-practitioner"))
    write(own, "questions/anything.yaml", BANK.replace("id: mine", "id: practitioner"))
    write(own, "messages/anything.yaml", MESSAGE.replace("id: mine", "id: ask-message"))
    found = read(own)
    assert found.problems == ()
    assert found.scripts.keys() == library.scripts.keys()
    assert found.scripts["ask-practitioner"].title == "Ask"
    assert found.banks["practitioner"].title == "Mine"
    assert found.messages["ask-message"].title == "Mine"


def test_preparation_items_are_replaced_and_added_by_id(own: Path, library: Library) -> None:
    write(
        own,
        "preparation.yaml",
        'items:\n  - {id: dressed, text: "A tie", modes: [video]}\n  - {id: tea, text: "Tea"}\n',
    )
    found = {item.id: item for item in read(own).preparation}
    assert found.keys() == {item.id for item in library.preparation} | {"tea"}
    assert found["dressed"].text == "A tie"


def test_questions_of_a_job_interview_are_replaced_and_added_by_id(own: Path, library: Library) -> None:
    first = library.job_questions[0]
    write(
        own,
        "job_questions.yaml",
        f"questions:\n  - {{id: {first.id}, ask: Why?, seconds: 30}}\n"
        "  - {id: pay, ask: How much?, seconds: 20}\n",
    )
    found = read(own)
    assert found.problems == ()
    assert [question.id for question in found.job_questions] == [
        *(question.id for question in library.job_questions),
        "pay",
    ]
    assert (found.job_questions[0].ask, found.job_questions[0].seconds) == ("Why?", 30)
    write(own, "job_questions.yaml", "questions:\n  - {id: why, ask: '', seconds: 60}")
    found = read(own)
    assert found.job_questions == library.job_questions
    assert (problem(own).line, problem(own).what) == (2, "“ask” is empty")


def test_the_questions_of_a_job_interview_draw_on_questions_of_the_banks(library: Library) -> None:
    banked = {question.id for bank in library.banks.values() for question in bank.questions}
    for question in library.job_questions:
        assert set(question.asked_as) <= banked, question.id


def test_figures_of_the_user_replace_those_of_the_same_name_only(own: Path) -> None:
    write(own, "cadence.yaml", "thank_you_hours: 6\nno_answer_attempts: 2\n")
    found = read(own)
    assert found.problems == ()
    assert found.cadence == Cadence(thank_you_hours=6, no_answer_attempts=2)


@pytest.mark.parametrize("text", ["", "# thank_you_hours: 6\n", "---\n", "{}\n"])
def test_a_file_of_figures_may_be_empty(own: Path, text: str) -> None:
    write(own, "cadence.yaml", text)
    found = read(own)
    assert (found.problems, found.cadence) == ((), Cadence())


def test_weights_of_the_user_replace_those_of_the_same_name_only(own: Path, library: Library) -> None:
    write(own, "ranking.yaml", "school: 0\nhires_words: [boss]\n")
    found = read(own)
    assert (found.problems, found.ranking.school, found.ranking.hires_words) == ((), 0, ("boss",))
    assert found.ranking.title == library.ranking.title


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("title: 4\nschool: much", 2, "school: expected “int”, got “str”"),
        ("school: -1", 1, "school: expected “int” >= 0"),
        ("title: 101", 1, "title: expected “int” <= 100"),
        ("known_years: 0", 1, "known_years: expected “int” >= 1"),
        ("# words\nhires_words: [boss, 3]", 2, "hires_words.1: expected “str”, got “int”"),
        ("hires_words: boss", 1, "hires_words: expected “array”, got “str”"),
        ("luck: 3", 1, "object contains unknown field “luck”"),
    ],
)
def test_weights_that_cannot_be_used_leave_the_bundled_ones(
    own: Path, library: Library, text: str, line: int, what: str
) -> None:
    path = write(own, "ranking.yaml", text)
    found = read(own)
    assert found.ranking == library.ranking
    assert str(only(found.problems)) == f"{path}, line {line}: {what}; see the bundled files for the form"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# mine\nthank_you_hours: soon", 2, "thank_you_hours: expected “int”, got “str”"),
        ("thank_you_hours: 6\nno_answer_days: -1", 2, "no_answer_days: expected “int” >= 0"),
        ("check_in_next_days: 99999999999", 1, "check_in_next_days: expected “int” <= 1000"),
        ("check_in_next_days: 99999999999999999999999", 1, "check_in_next_days: "),
        ("speaking_words_per_minute: 0", 1, "speaking_words_per_minute: expected “int” >= 1"),
        ("weekly_goal: 0", 1, "weekly_goal: expected “int” >= 1"),
        ("weekly_goal: 51", 1, "weekly_goal: expected “int” <= 50"),
        ("noon_hour: 12.5", 1, "noon_hour: expected “int”, got “float”"),
        ("noon_hour: .nan", 1, "noon_hour: expected “int”, got “float”"),
        ("noon_hour: yes", 1, "noon_hour: expected “int”, got “bool”"),
        ("noon_hour:", 1, "noon_hour: expected “int”, got “null”"),
        ("thank_you_hours: 6\nthank_you_minutes: 5", 2, "object contains unknown field “thank_you_minutes”"),
        ("- 6", 1, "expected “object”, got “array”"),
        ("thank_you_hours: 6\nthank_you_hours: 7", 2, "“thank_you_hours” is there twice"),
        ("thank_you_hours: [", 1, "this is not YAML"),
    ],
)
def test_figures_that_cannot_be_used_leave_the_bundled_ones(
    own: Path, text: str, line: int, what: str
) -> None:
    path = write(own, "cadence.yaml", text)
    found = read(own)
    assert found.cadence == Cadence()
    problem = only(found.problems)
    assert (problem.file, problem.line, problem.warning) == (str(path), line, False)
    assert what in problem.what
    assert problem.fix


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("go: book", "go: bok", 10, "the reply “y” goes to “bok”, which does not exist"),
        ("go: book", "script: voicmail", 10, "there is no script “voicmail”"),
        ("{contact.first_name}", "{contact.nmae}", 8, "unknown placeholder {contact.nmae}"),
        ("{contact.first_name}", "{contact.__class__}", 8, "unknown placeholder {contact.__class__}"),
        (SAY, "say: ' '", 8, "the step “opening” says nothing"),
        ("      y: ", "      n: ", 10, "the key “n” is not free for a reply"),
        ("      y: ", "      yes: ", 10, "the key “yes” is not free for a reply"),
        (", go: book}", "}\n      a: {hear: x, go: book}", 10, "the reply “y” leads nowhere"),
        ("    outcome: scheduled\n", "", 11, "the step “book” neither goes on nor ends"),
        (
            "    outcome: scheduled",
            "    outcome: planned",
            13,
            "steps.book.outcome: invalid enum value 'planned'",
        ),
        (
            "  book:",
            "  book:\n    say: a\n    outcome: sent\n  lost:",
            14,
            "no reply leads to the step “lost”",
        ),
        ("kind: any", "kind: any\nfor: friends", 4, "for: invalid enum value 'friends'"),
        ("say: When?", "say: When?\n    owes: send my resume", 13, "“send my resume” is not a thing"),
        (
            "say: When?",
            f"say: When?\n    owes: {'x' * 61}",
            13,
            "steps.book.owes: expected “str” of length <= 60",
        ),
        ("start: opening", "start: begin", 5, "the start step “begin” does not exist"),
        ("kind: any", "kind: friend", 3, "“friend” is not a kind"),
        ("channel: phone", "channel: pigeon", 4, "channel: invalid enum value 'pigeon'"),
        ("channel: phone", "chanel: phone", 4, "object contains unknown field “chanel”"),
        ("title: Ask\n", "", 1, "object missing required field “title”"),
        ("id: ask", "id: 7", 1, "id: expected “str”, got “int”"),
        ("say: When?", "say: [When?]", 12, "steps.book.say: expected “str”, got “array”"),
        ("say: When?", "sai: When?", 12, "steps.book: object contains unknown field “sai”"),
        ("say: When?", "say:", 12, "steps.book.say: expected “str”, got “null”"),
        ('{hear: "Yes", go: book}', '"Yes"', 10, "steps.opening.replies.y: expected “object”, got “str”"),
        (
            '{hear: "Yes", go: book}',
            "{go: book}",
            10,
            "steps.opening.replies.y: object missing required field",
        ),
        (
            '{hear: "Yes", go: book}',
            "{hear: 1, go: book}",
            10,
            "steps.opening.replies.y.hear: expected “str”",
        ),
        ("go: book}", "go: book, weight: 0}", 10, "steps.opening.replies.y.weight: expected “int” >= 1"),
        ("go: book}", "go: book, weight: 101}", 10, "steps.opening.replies.y.weight: expected “int” <= 100"),
        ("go: book}", "go: book, weight: often}", 10, "steps.opening.replies.y.weight: expected “int”"),
        ('\n      y: {hear: "Yes", go: book}', " [yes]", 9, "each reply needs a letter"),
        ('\n      y: {hear: "Yes", go: book}', " 7", 9, "each reply needs a letter"),
        (
            "  book:\n    say: When?\n    outcome: scheduled",
            "  book: When?",
            11,
            "steps.book: expected “object”",
        ),
        ("say: When?", "say: When?\n    say: Where?", 13, "steps.book: “say” is there twice"),
        (
            "  book:",
            "      y: {hear: No, go: book}\n  book:",
            11,
            "steps.opening.replies: “y” is there twice",
        ),
        ("say: When?", "say: Well: when?", 12, "this is not YAML"),
        ("say: When?", "say: &x When?\n    tip: *x", 13, "repeats another part"),
        ("say: When?", "say: !!python/name:os.system ''", 12, "this is not YAML"),
        (SCRIPT, "", 1, "expected “object”, got “null”"),
        (SCRIPT, "- a\n", 1, "expected “object”, got “array”"),
        (SCRIPT, "hello", 1, "expected “object”, got “str”"),
    ],
)
def test_an_error_in_a_script_is_reported_with_its_line(
    own: Path, library: Library, old: str, new: str, line: int, what: str
) -> None:
    assert old in SCRIPT
    path = write(own, "scripts/ask.yaml", SCRIPT.replace(old, new))
    found = read(own)
    first = next(problem for problem in found.problems if what in problem.what)
    assert (first.file, first.line, first.warning) == (str(path), line, False)
    assert first.fix
    assert str(first) == f"{path}, line {line}: {first.what}; {first.fix}"
    assert found.scripts == library.scripts


@pytest.mark.parametrize(("written", "weight"), [("", 1), (", weight: 1", 1), (", weight: 100", 100)])
def test_a_reply_weighs_what_is_written_and_one_if_nothing_is(own: Path, written: str, weight: int) -> None:
    write(own, "scripts/ask.yaml", SCRIPT.replace("go: book}", f"go: book{written}}}"))
    found = read(own)
    assert found.scripts["ask"].steps["opening"].replies["y"].weight == weight


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: who", "id: day", 6, "the id “day” is there twice"),
        ("id: who", "id: a.b", 6, "“a.b” cannot be an id"),
        ("id: who", "id: ''", 6, "“” cannot be an id"),
        ('ask: "Who else?"', "ask: ''", 6, "the question is empty"),
        ("priority: 2", "priority: first", 6, "questions.1.priority: expected “int”, got “str”"),
        ("priority: 2, ", "", 6, "questions.1: object missing required field “priority”"),
        ("core: true, ref", "cor: true, ref", 6, "questions.1: object contains unknown field “cor”"),
        ("kind: practitioner", "kind: any", 3, "“any” is not a value of “kind”"),
        (BANK[BANK.index("questions") :], "questions: []\n", 4, "the bank has no questions"),
        (BANK[BANK.index("questions") :], "questions:\n", 4, "questions: expected “array”, got “null”"),
        (BANK[BANK.index("questions") :], "", 1, "object missing required field “questions”"),
    ],
)
def test_an_error_in_a_bank_is_reported_with_its_line(
    own: Path, library: Library, old: str, new: str, line: int, what: str
) -> None:
    assert old in BANK
    path = write(own, "questions/mine.yaml", BANK.replace(old, new))
    found = read(own)
    first = found.problems[0]
    assert (first.file, first.line, first.warning) == (str(path), line, False)
    assert what in first.what
    assert found.banks == library.banks


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("{contact.first_name}", "{contact.nmae}", 5, "unknown placeholder {contact.nmae}"),
        ("{contact.first_name}", "{contact.first_name!r}", 5, "unknown placeholder {contact.first_name!r}"),
        ("body: Hello {contact.first_name}.", "body: ' '", 5, "the message is empty"),
        ("channel: message", "channel: email", 1, "an email needs a subject"),
        ("channel: message", "channel: email\nsubject: {a: b}", 5, "subject: expected “str”, got “object”"),
        ("for: ask", "for: fun", 3, "for: invalid enum value 'fun'"),
        ("for: ask", "purpose: ask", 3, "object contains unknown field “purpose”"),
        ("for: ask\n", "", 1, "object missing required field “for”"),
    ],
)
def test_an_error_in_a_message_is_reported_with_its_line(
    own: Path, library: Library, old: str, new: str, line: int, what: str
) -> None:
    assert old in MESSAGE
    path = write(own, "messages/mine.yaml", MESSAGE.replace(old, new))
    found = read(own)
    problem = only(found.problems)
    assert (problem.file, problem.line, problem.warning) == (str(path), line, False)
    assert what in problem.what
    assert found.messages == library.messages


ADVICE = """sources:
  - source: alumni
    name: graduates
    tried: asked the alumni club
    first: "Ask the alumni club[ of {me.school}]."
    again: Ask again.
    more: Ask each of them.
"""


def test_the_advice_of_the_user_takes_the_place_of_that_for_the_same_source(
    own: Path, library: Library
) -> None:
    assert set(library.sources) == set(Source)
    write(own, "sources.yaml", ADVICE)
    found = read(own)
    assert found.problems == ()
    assert [*found.sources] == [*library.sources]
    changed = {source for source in Source if found.sources[source] != library.sources[source]}
    assert changed == {Source.ALUMNI}
    assert found.sources[Source.ALUMNI].name == "graduates"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("{me.school}", "{me.scool}", 5, "unknown placeholder {me.scool}"),
        ("again: Ask again.", "again: ' '", 6, "“again” says nothing"),
        ("alumni\n", "alumnae\n", 2, "sources.0.source: invalid enum value 'alumnae'"),
        ("    more: Ask each of them.\n", "", 2, "sources.0: object missing required field “more”"),
        ("tried:", "letter: ask-a-club\n    tried:", 4, "there is no message “ask-a-club”"),
    ],
)
def test_an_error_in_the_advice_is_reported_with_its_line(
    own: Path, library: Library, old: str, new: str, line: int, what: str
) -> None:
    assert old in ADVICE
    path = write(own, "sources.yaml", ADVICE.replace(old, new))
    found = read(own)
    problem = only(found.problems)
    assert (problem.file, problem.line) == (str(path), line)
    assert what in problem.what
    assert found.sources == library.sources


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("items:\n  - {id: tea}", 2, "items.0: object missing required field “text”"),
        ("items:\n  - {id: tea, text: Tea, modes: [pigeon]}", 2, "items.0.modes.0: invalid enum value"),
        ("tea: Tea", 1, "object contains unknown field “tea”"),
    ],
)
def test_an_error_in_the_preparation_list_is_reported_with_its_line(
    own: Path, library: Library, text: str, line: int, what: str
) -> None:
    write(own, "preparation.yaml", text)
    found = read(own)
    problem = only(found.problems)
    assert (problem.line, what in problem.what) == (line, True), problem
    assert found.preparation == library.preparation


def test_a_bank_without_a_referral_question_is_usable_with_a_warning(own: Path) -> None:
    write(own, "questions/mine.yaml", BANK.replace(", referral: true", ""))
    found = read(own)
    problem = only(found.problems)
    assert (problem.line, problem.warning) == (4, True)
    assert "mine" in found.banks


FAULTY = [
    ("scripts/a.yaml", SCRIPT.replace("id: ask", "id: ask-practitioner").replace("go: book", "go: bok")),
    ("scripts/a.yaml", SCRIPT.replace("id: ask", "id: voicemail").replace("go: book", "go: bok")),
    ("questions/a.yaml", BANK.replace("id: mine", "id: practitioner").replace("id: who", "id: day")),
    ("messages/a.yaml", MESSAGE.replace("id: mine", "id: ask-message").replace("{contact", "{contract")),
    ("preparation.yaml", "items: 7"),
]


@pytest.mark.parametrize(("name", "text"), FAULTY)
def test_a_file_with_faults_does_not_replace_the_bundled_one_with_its_id(
    own: Path, library: Library, name: str, text: str
) -> None:
    write(own, name, text)
    found = read(own)
    assert {problem.file for problem in found.problems} == {str(own / name)}
    assert (found.scripts, found.banks) == (library.scripts, library.banks)
    assert (found.messages, found.preparation) == (library.messages, library.preparation)


LONG = f"{'well ' * 112}when?"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("it's {me.name}", "it's me", 8, "the opening does not say your name; write “this is {me.name}”"),
        ("minutes?", "minutes.", 8, "the opening asks for nothing; end it with a question"),
        (
            "{me.minutes} minutes",
            "a moment",
            8,
            "the opening does not say how many minutes you ask for; write “{me.minutes} minutes”",
        ),
        (
            "not after",
            "after",
            8,
            "the opening does not say that no job is expected; "
            "write a sentence such as “I'm not expecting an opening”",
        ),
        (
            "say: When?",
            f"say: {LONG}",
            12,
            "the step “book” takes about 46 s to say; cut about 1 word: 45 s are listened to",
        ),
        (
            "channel: phone",
            "channel: voicemail",
            8,
            "the voicemail takes about 6 s to say; say a little more: it should take 30 to 45 s",
        ),
    ],
)
def test_a_weak_script_of_the_user_is_used_with_a_warning_that_names_its_line(
    own: Path, library: Library, old: str, new: str, line: int, message: str
) -> None:
    assert old in SCRIPT
    path = write(own, "scripts/ask.yaml", SCRIPT.replace(old, new))
    found = read(own)
    assert found.scripts.keys() == library.scripts.keys() | {"ask"}
    problem = found.problems[0]
    assert (str(problem), problem.line, problem.warning) == (f"{path}, line {line}: {message}", line, True)
    assert all(other.warning for other in found.problems)


def test_warnings_go_by_the_figures_of_the_user_and_never_name_a_bundled_script(own: Path) -> None:
    write(own, "cadence.yaml", "opening_seconds_max: 5\n")
    path = write(own, "scripts/ask.yaml", SCRIPT)
    other_problem = problem(own)
    assert (other_problem.file, other_problem.line, other_problem.warning) == (str(path), 8, True)
    assert other_problem.what == "the step “opening” takes about 6 s to say"


def test_a_script_that_leads_to_one_with_faults_has_a_fault_too(own: Path, library: Library) -> None:
    write(own, "scripts/a.yaml", SCRIPT.replace("id: ask", "id: a").replace("go: book", "script: b"))
    write(own, "scripts/b.yaml", SCRIPT.replace("id: ask", "id: b").replace("start: opening", "start: x"))
    found = read(own)
    assert found.scripts == library.scripts
    assert {Path(problem.file).name for problem in found.problems} == {"a.yaml", "b.yaml"}


def test_two_scripts_may_lead_to_each_other(own: Path) -> None:
    for item, other in ("ab", "ba"):
        text = SCRIPT.replace("id: ask", f"id: {item}")
        reply = f'{{hear: "Yes", go: book}}\n      m: {{hear: More, script: {other}}}'
        write(own, f"scripts/{item}.yaml", text.replace('{hear: "Yes", go: book}', reply))
    found = read(own)
    assert found.problems == ()
    assert {"a", "b"} <= found.scripts.keys()


def test_one_bad_file_leaves_the_good_ones_beside_it(own: Path) -> None:
    write(own, "scripts/a.yaml", "[")
    write(own, "scripts/b.yaml", SCRIPT)
    write(own, "questions/a.yaml", b"\xff\xfe")
    write(own, "questions/b.yaml", BANK)
    (own / "messages" / "folder.yaml").mkdir(parents=True)
    (own / "messages" / "nowhere.yaml").symlink_to(own / "gone.yaml")
    write(own, "messages/z.yaml", MESSAGE)
    write(own, "messages/notes.txt", "not looked at")
    found = read(own)
    assert "ask" in found.scripts
    assert "mine" in found.banks
    assert "mine" in found.messages
    assert sorted(Path(problem.file).name for problem in found.problems) == [
        "a.yaml",
        "a.yaml",
        "folder.yaml",
        "nowhere.yaml",
    ]


def test_a_folder_that_cannot_be_listed_is_a_problem(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(own, "scripts/ask.yaml", SCRIPT)
    listed = Path.iterdir

    def iterdir(self: Path) -> object:
        if self == own / "scripts":
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    other_problem = problem(own)
    assert other_problem.file == str(own / "scripts")
    assert "permission denied" in other_problem.what.lower()


def test_a_folder_that_cannot_be_reached_is_a_problem(
    own: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_dir = Path.is_dir

    def refused(self: Path) -> bool:
        if self == own:
            raise PermissionError(13, "Permission denied")
        return is_dir(self)

    monkeypatch.setattr(Path, "is_dir", refused)
    found = read(own)
    assert found.scripts == library.scripts
    assert [str(item) for item in found.problems] == [
        f"{own}, line 1: it cannot be listed: permission denied; check with ls -l who may use it"
    ]


@pytest.mark.parametrize("name", ["cadence.yaml", "scripts/ask.yaml"])
def test_a_pipe_in_the_place_of_a_file_is_a_problem(own: Path, name: str) -> None:
    (own / "scripts").mkdir(parents=True)
    os.mkfifo(own / name)
    found = problem(own)
    assert (found.file, found.line) == (str(own / name), 1)
    assert "it is a named pipe" in found.what


def test_files_in_the_place_of_folders_are_ignored(own: Path, library: Library) -> None:
    write(own, "scripts", "not a folder")
    assert everything_in(read(own)) == everything_in(library)
    assert everything_in(read(own / "scripts")) == everything_in(library)


@pytest.mark.parametrize(
    ("own_file", "part", "read_first"),
    [
        ("", "cadence", 1),
        ("", "problems", 0),
        ("", "banks", "questions"),
        ("config.yaml", "problems", 0),
        ("cadence.yaml", "cadence", 2),
    ],
)
def test_a_part_is_read_when_it_is_asked_for_and_the_bundled_files_not_for_their_problems(
    own: Path, monkeypatch: pytest.MonkeyPatch, own_file: str, part: str, read_first: int | str
) -> None:
    if own_file:
        write(own, own_file, "")
    texts: list[str] = []

    def read_and_count(text: str) -> YamlSource:
        texts.append(text)
        return read_yaml(text)

    monkeypatch.setattr("warmcall.config.yaml_folders.read_yaml", read_and_count)
    found = read(own)
    assert getattr(found, part) is not None
    expected = read_first if isinstance(read_first, int) else len(list((content() / read_first).iterdir()))
    assert len(texts) == expected
    assert getattr(found, part) is getattr(found, part)
    assert len(texts) == expected


EMPTY = Path("/nonexistent")
PLACES = ["preparation.yaml", "cadence.yaml", "sources.yaml", "job_questions.yaml"]
PLACES += ["scripts/a.yaml", "questions/a.yaml", "messages/a.yaml"]
BUNDLED = [
    ("scripts/a.yaml", "scripts/ask-practitioner.yaml"),
    ("scripts/a.yaml", "scripts/voicemail.yaml"),
    ("questions/a.yaml", "questions/connector.yaml"),
    ("messages/a.yaml", "messages/thank-you.yaml"),
    ("preparation.yaml", "preparation.yaml"),
    ("cadence.yaml", "cadence.yaml"),
    ("sources.yaml", "sources.yaml"),
    ("job_questions.yaml", "job_questions.yaml"),
]


def survives(place: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), place, data)
        found = Library(EMPTY, Path(folder))
    for problem in found.problems:
        assert problem.line >= 1
        assert problem.what
        assert problem.fix


@modest
@given(st.sampled_from(PLACES), st.binary(max_size=40) | st.text(max_size=80).map(str.encode))
def test_no_file_raises_whatever_it_holds(place: str, data: bytes) -> None:
    survives(place, data)


values = st.recursive(
    st.sampled_from(["null", "true", "7", "-1", ".inf", ".nan", "''", "word", "2026-11-23", "'{x}'"]),
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda parts: f"[{', '.join(parts)}]")
        | st.dictionaries(st.sampled_from("ayn"), inner, max_size=2).map(
            lambda parts: "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"
        )
    ),
    max_leaves=4,
)
fields = {
    "scripts/a.yaml": ["id", "title", "kind", "channel", "start", "steps"],
    "questions/a.yaml": ["id", "title", "kind", "questions"],
    "messages/a.yaml": ["id", "title", "for", "channel", "subject", "body"],
    "preparation.yaml": ["items"],
    "sources.yaml": ["sources"],
    "job_questions.yaml": ["questions"],
    "cadence.yaml": ["noon_hour", "close_minutes"],
}


@modest
@given(st.sampled_from(PLACES), st.data())
def test_no_value_in_a_known_field_raises(place: str, data: st.DataObject) -> None:
    lines = [f"{field}: {data.draw(values)}" for field in fields[place]]
    survives(place, "\n".join(lines).encode())


@examples(usual=40, long=100)
@given(st.sampled_from(BUNDLED), st.data())
def test_no_damage_to_a_bundled_file_raises(place_and_name: tuple[str, str], data: st.DataObject) -> None:
    place, name = place_and_name
    lines = (content() / name).read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match data.draw(st.sampled_from(["drop", "double", "cut", "put", "shift", "value"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, line)
            case "cut":
                lines[at] = line[: data.draw(st.integers(0, len(line)))]
            case "put":
                where = data.draw(st.integers(0, len(line)))
                lines[at] = (
                    line[:where] + data.draw(st.text(":{}[]&*!'\"#-? \tx0", max_size=3)) + line[where:]
                )
            case "shift":
                lines[at] = " " * data.draw(st.integers(1, 3)) + line
            case "value":
                lines[at] = f"{line.partition(':')[0]}: {data.draw(values)}"
    survives(place, "\n".join(lines).encode())


def test_the_users_own_messages_come_first_whatever_their_form(own: Path) -> None:
    write(
        own,
        "messages/note.yaml",
        "id: zz-note\ntitle: Mine\nfor: confirm\nchannel: message\nbody: See you.\n",
    )
    write(own, "messages/thanks.yaml", "id: thank-you\ntitle: Mine\nfor: thank_you\nsubject: Hi\nbody: Hi.\n")
    library = read(own)
    assert [template.id for template in library.messages_for(Purpose.CONFIRM)] == [
        "zz-note",
        "confirm",
        "confirm-message",
    ]
    assert [template.title for template in library.messages_for(Purpose.THANK_YOU)] == [
        "Mine",
        "Thank you, in short",
    ]
    assert library.own_messages.keys() == {"zz-note", "thank-you"}


def test_a_script_that_writes_from_a_message_that_is_not_there_is_noted(own: Path) -> None:
    write(own, "scripts/ask.yaml", SCRIPT.replace("say: When?", "say: When?\n    writes: ask-emial"))
    found = problem(own)
    assert (found.line, found.what, found.warning) == (13, "there is no message “ask-emial”", True)


def test_scripts_are_chosen_by_what_they_serve(own: Path) -> None:
    write(own, "scripts/ask.yaml", SCRIPT.replace("kind: any", "kind: any\nfor: late"))
    found = read(own)
    assert found.problems == ()
    for kind in ContactKind:
        assert "ask" in {script.id for script in found.scripts_for(kind, ScriptFor.LATE)}
        assert all(script.serves is ScriptFor.ASK for script in found.scripts_for(kind))
