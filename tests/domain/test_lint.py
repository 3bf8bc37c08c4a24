from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.cadence import Cadence
from warmcall.domain.lint import Remark, lint
from warmcall.domain.message import Medium, Purpose, draft

from tests.domain.test_message import MEETING, values
from tests.profiles import modest

FIGURES = Cadence()
EMAIL, MESSAGE = Medium.EMAIL, Medium.MESSAGE
SUBJECT = "Learning about your work"
BODY = """\
Dear Luis,

Dana Whitfield gave me your name. I'm Robin Vale, and I'd like to learn about your work.

Could I ask you a few questions, for twenty minutes?

With thanks,
Robin Vale
"""
DANA = "Dana Whitfield"
GAVE = "Dana Whitfield gave me your name"


def filled(count: int, text: str = BODY) -> str:
    """Return `text` made `count` words long."""
    return text + "Well " * (count - len(text.split()))


def of_ask(
    body: str, subject: str = SUBJECT, medium: Medium = EMAIL, referrer: str = "", connection: str = ""
) -> list[tuple[str, bool]]:
    remarks = lint(subject, body, medium, Purpose.ASK, FIGURES, referrer=referrer, connection=connection)
    return [(remark.what, remark.serious) for remark in remarks]


def test_a_good_ask_gets_no_remark() -> None:
    assert of_ask(BODY, referrer=DANA, connection=GAVE) == []
    assert of_ask(BODY, subject="", medium=MESSAGE, referrer=DANA, connection=GAVE) == []


@pytest.mark.parametrize("body", ["", " \n"])
def test_an_empty_message_is_only_empty(body: str) -> None:
    for purpose in Purpose:
        assert lint("", body, EMAIL, purpose, FIGURES) == (Remark("There is nothing in it yet", True),)


@pytest.mark.parametrize(
    ("count", "remarks"),
    [
        (75, []),
        (76, [("76 words: 75 can be read at a glance", False)]),
        (82, [("82 words: 75 can be read at a glance", False)]),
        (100, [("100 words: 75 can be read at a glance", False)]),
        (101, [("101 words: past 100, few read to the end", True)]),
    ],
)
def test_an_email_is_short(count: int, remarks: list[tuple[str, bool]]) -> None:
    assert of_ask(filled(count)) == remarks


@pytest.mark.parametrize(
    ("count", "remarks"),
    [
        (200, []),
        (201, [("201 characters: only paid accounts can send more than 200", False)]),
        (300, [("300 characters: only paid accounts can send more than 200", False)]),
        (301, [("301 characters: even paid accounts can't send more than 300", True)]),
    ],
)
def test_a_message_is_counted_in_characters(count: int, remarks: list[tuple[str, bool]]) -> None:
    short = "Hello Luis. May I ask you something?"
    longer = short.replace("thing", "thing" + "!" * (count - len(short)))
    assert of_ask(f"{longer}\n", subject="", medium=MESSAGE) == remarks


BEGIN_WITH_DANA = [("Begin with Dana Whitfield: a name they know is why they read on", False)]
BEGIN_WITH_HOW = [("Begin with how you found them: it's why they read on", False)]
FOUND = "I found your name through the alumni office"


@pytest.mark.parametrize(
    ("beginning", "referrer", "connection", "remarks"),
    [
        ("Dear Luis,\n\nDana Whitfield gave me your name. I'm Robin.", DANA, GAVE, []),
        ("Dear Luis,\n\nI'm Robin. Dana  Whitfield thought of you.", DANA, GAVE, []),
        ("Dear Luis,\n\nDana told me about you.", DANA, GAVE, []),
        ("Dear Luis,\n\nI'm Robin. I read.\nDana Whitfield thought of you.", DANA, GAVE, BEGIN_WITH_DANA),
        ("Dear Luis,\n\nDanae told me about you.", DANA, GAVE, BEGIN_WITH_DANA),
        ("Dear Luis,\n\nI found your name online.", DANA, GAVE, BEGIN_WITH_DANA),
        ("Dear Dr. Marsh,\n\nI'm Robin. DANA WHITFIELD sent me.", DANA, GAVE, []),
        ("Dear Luis,\n\nI'm Robin. Dr. Helen J. Marsh sent me.", "Dr. Helen J. Marsh", "", []),
        ("Hello Luis. Dana Whitfield gave me your name.", DANA, GAVE, []),
        ("Hello Luis, one of my teachers, Dana Whitfield, sent me.", DANA, "", []),
        ("Hello Luis Dana Whitfield gave me your name.", DANA, GAVE, []),
        ("Good morning!\nI'm Robin. I write. Dana Whitfield says hello.", DANA, GAVE, BEGIN_WITH_DANA),
        ("Dana Whitfield gave me your name, Luis.", DANA, GAVE, []),
        ("Dear Luis,\n\nI found your name through the alumni office.", "", FOUND, []),
        ("Dear Luis,\n\nWe met at the fair.", "", FOUND, []),
        ("Dear Luis,\n\nMy professor mentioned you.", "", FOUND, []),
        ("Dear Luis,\n\nI'm Robin. I like media.", "", FOUND, BEGIN_WITH_HOW),
        ("Dear Luis,\n\nI'm Robin. I like media.", "", "", []),
    ],
)
def test_the_connection_comes_first_where_one_is_known(
    beginning: str, referrer: str, connection: str, remarks: list[tuple[str, bool]]
) -> None:
    body = f"{beginning}\n\nI'd like to learn.\n\nMay I ask you something?"
    assert of_ask(body, referrer=referrer, connection=connection) == remarks


@pytest.mark.parametrize(
    ("body", "remarks"),
    [
        ("Hello Luis. Tell me more.", [("It asks nothing yet: end with a question", True)]),
        ("Hello Luis. See x.org/?a=b.", [("It asks nothing yet: end with a question", True)]),
        ("Hello Luis. One? Two? Three?", []),
        ("Hello Luis. Really?? Two? Three?", []),
        ("Hello Luis. One? Two? Three? Four?", [("4 questions: 3 are easy to answer", False)]),
    ],
)
def test_an_ask_has_one_to_three_questions(body: str, remarks: list[tuple[str, bool]]) -> None:
    assert of_ask(body) == remarks


@pytest.mark.parametrize(
    "word",
    [
        "job",
        "Jobs",
        "opening",
        "openings",
        "hiring",
        "vacancy",
        "vacancies",
        "resume",
        "résumé",
        "CV",
        "hire",
    ],
)
def test_an_ask_says_no_word_of_jobs(word: str) -> None:
    remark = (f"Leave “{word}” out: asking for advice gets a yes more often", True)
    assert of_ask(BODY.replace("your work", f"the {word}")) == [remark]
    assert of_ask(BODY, subject=f"About the {word}") == [remark]
    assert of_ask(BODY, subject=f"About the {word}", medium=MESSAGE) == []


@pytest.mark.parametrize(
    ("subject", "remarks"),
    [
        ("Learning about media", []),
        (SUBJECT, []),
        ("Hello", [("The subject has 1 word: 3 to 4 are read whole", False)]),
        ("Learning all about your work", [("The subject has 5 words: 3 to 4 are read whole", False)]),
        (" ", [("Give it a subject of 3 to 4 words", True)]),
    ],
)
def test_the_subject_has_three_to_four_words(subject: str, remarks: list[tuple[str, bool]]) -> None:
    assert of_ask(BODY, subject=subject) == remarks
    assert of_ask(BODY, subject=subject, medium=MESSAGE) == []


FIRST = "Fill in ‹their name› first"
BRACKETS = "A [ ] is still there: fill it in, or remove it"


@pytest.mark.parametrize(
    ("subject", "body", "what"),
    [
        ("", "Dear ‹their name›,", [FIRST]),
        ("For ‹their name›", "Dear Luis,", [FIRST]),
        ("", "Dear {contact.name},", ["Fill in {contact.name} first"]),
        ("", "Dear Luis, I'm [your background].", [BRACKETS]),
        ("", "Dear Luis, ‹their name› [", [FIRST, BRACKETS]),
        ("", "Dear Luis › and ‹ friends", []),
    ],
)
def test_what_is_left_unfilled_is_serious_in_every_message(subject: str, body: str, what: list[str]) -> None:
    for purpose in Purpose:
        remarks = lint(subject, body, EMAIL, purpose, FIGURES, reason="I took your advice")
        assert [
            remark.what for remark in remarks if remark.what in (FIRST, BRACKETS) or "Fill in" in remark.what
        ] == what, purpose
        assert all(remark.serious for remark in remarks if remark.what in what), purpose


THANKS = f"Dear Luis, thank you. You spoke of small agency budgets. {'Well ' * 60}"
NAME_ONE = "Name one thing they said: it shows that you listened"


def of_thanks(body: str, *said: str) -> list[tuple[str, bool]]:
    remarks = lint("", body, EMAIL, Purpose.THANK_YOU, FIGURES, said=said)
    return [(remark.what, remark.serious) for remark in remarks]


@pytest.mark.parametrize(
    ("count", "what"),
    [
        (1, ["1 word: with fewer than 60, it could be for anybody"]),
        (59, ["59 words: with fewer than 60, it could be for anybody"]),
        (60, []),
        (150, []),
        (151, ["151 words: 150 are enough, and quick to read"]),
    ],
)
def test_a_thank_you_has_60_to_150_words(count: int, what: list[str]) -> None:
    assert of_thanks("Well " * count) == [(item, False) for item in what]


@pytest.mark.parametrize(
    ("said", "remarks"),
    [
        ([], []),
        (["begin with small agency budgets"], []),
        (["read the trade press", "begin with small agency budgets"], []),
        (["read the trade press"], [(NAME_ONE, False)]),
        (["his name is Luis"], [(NAME_ONE, False)]),
        (["hello, and budgets"], [(NAME_ONE, False)]),
    ],
)
def test_a_thank_you_names_one_thing_they_said(said: list[str], remarks: list[tuple[str, bool]]) -> None:
    assert of_thanks(THANKS, *said) == remarks


ASKS = "It reads like asking for a job: leave that out"


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Are you hiring?", True),
        ("Do let me know of any openings.", True),
        ("My resume is attached.", True),
        ("Thank you for looking at my resume.", False),
        ("I've changed my resume as you advised.", False),
        ("I'm not looking for a job.", False),
        ("I found a job at last!", False),
    ],
)
def test_no_other_message_asks_for_a_job(words: str, asks: bool) -> None:
    for purpose in {*Purpose} - {Purpose.ASK}:
        said = lint("Hello again", f"{THANKS} {words}", EMAIL, purpose, FIGURES, reason="I took your advice")
        promised = purpose is Purpose.PROMISE and "resume" in words
        expected = [Remark(ASKS, True)] if asks and not promised else []
        assert [remark for remark in said if remark.serious] == expected, purpose


@pytest.mark.parametrize(
    ("reason", "what"),
    [
        ("I took your advice and went to the Media Club", []),
        ("I found a job, thanks to you", []),
        ("", ["Give a reason to write: advice you took, news, or how it turned out"]),
        (" … ", ["Give a reason to write: advice you took, news, or how it turned out"]),
        ("any openings?", ["Give another reason to write: this one asks for a job"]),
        ("Ask if they are hiring now", ["Give another reason to write: this one asks for a job"]),
        (
            "see whether there are any new positions",
            ["Give another reason to write: this one asks for a job"],
        ),
    ],
)
def test_a_check_in_has_a_reason_that_is_no_ask(reason: str, what: list[str]) -> None:
    remarks = lint("Since we spoke", "Dear Luis,\n\nhello.", EMAIL, Purpose.CHECK_IN, FIGURES, reason=reason)
    assert remarks == tuple(Remark(item, True) for item in what)


def test_the_serious_comes_first() -> None:
    remarks = lint("Hello", filled(80), EMAIL, Purpose.ASK, FIGURES, connection="no such thing")
    worse = lint("Hello", filled(80, BODY.replace("minutes?", "[minutes]")), EMAIL, Purpose.ASK, FIGURES)
    assert [remark.serious for remark in remarks] == [False, False]
    assert [remark.serious for remark in worse] == [True, True, False, False]


def test_the_figures_are_those_of_the_cadence() -> None:
    figures = Cadence(email_words_warn=5, subject_words_max=9, email_questions_max=1, thank_you_words_max=5)
    what = [
        remark.what
        for remark in lint("One two three four five", f"{BODY} Well?", EMAIL, Purpose.ASK, figures)
    ]
    assert what == ["34 words: 5 can be read at a glance", "2 questions: one is easy to answer"]
    assert len(lint("", THANKS, EMAIL, Purpose.THANK_YOU, figures)) == 1


MEANT_FOR_THE_USER = (
    "Fill in ‹say it to them",
    "Fill in ‹what you did",
    "Fill in ‹your first question",
    "Check that you are free",
    "“With this email",
)
"""What bundled messages leave to the user: what was said or decided, the times, what is attached."""


def test_the_bundled_messages_get_no_remark_but_what_is_left_to_the_user(library: Library) -> None:
    for starred, met in ((("day",), True), (("day", "path"), False), (("day", "path", "look"), False)):
        given_values = values(*starred)
        said = [MEETING.notes[id_] for id_ in starred]
        for template in library.messages.values():
            known = met or template.purpose is not Purpose.ASK
            text = draft(template, given_values if known else given_values | {"met.when": ""})
            remarks = lint(
                text.subject,
                text.body,
                template.channel,
                template.purpose,
                library.cadence,
                referrer=given_values["contact.referrer"],
                connection=given_values["contact.connection"],
                said=said,
                reason=given_values["follow_up.note"],
            )
            unexpected = [remark.what for remark in remarks if not remark.what.startswith(MEANT_FOR_THE_USER)]
            assert unexpected == [], template.id


def test_a_draft_with_gaps_says_so(library: Library) -> None:
    for template in library.messages.values():
        text = draft(template, {})
        remarks = lint(text.subject, text.body, template.channel, template.purpose, library.cadence)
        assert remarks[0].what.startswith("Fill in ‹")


@modest
@given(
    st.text(), st.text(), st.sampled_from(Medium), st.sampled_from(Purpose), st.text(), st.text(),
    st.lists(st.text(), max_size=2), st.text(),
)  # fmt: skip
def test_any_text_can_be_reviewed(
    subject: str, body: str, medium: Medium, purpose: Purpose, referrer: str, connection: str,
    said: list[str], reason: str,
) -> None:  # fmt: skip
    remarks = lint(
        subject, body, medium, purpose, FIGURES,
        referrer=referrer, connection=connection, said=said, reason=reason,
    )  # fmt: skip
    assert all(remark.what.strip() for remark in remarks)
    assert all("\n" not in remark.what for remark in remarks)


def of_letter(body: str, purpose: Purpose = Purpose.CONFIRM, **given: Any) -> list[tuple[str, bool]]:
    return [(remark.what, remark.serious) for remark in lint("Hello", body, EMAIL, purpose, FIGURES, **given)]


NOTHING_ATTACHED = "“attached”: nothing is attached yet; add it in your mail program, or put the link here"


@pytest.mark.parametrize(
    ("body", "given_values", "remarks"),
    [
        ("Dear Ana, she told me to call.", {}, [("“she”: the reader is “you”; name anybody else", False)]),
        ("Dear Ana, I spoke with Tom, and he was kind.", {"about": True}, []),
        (
            "Dear Ana, I liked that they told me.",
            {},
            [("“they”: the reader is “you”; name anybody else", False)],
        ),
        ("Their time was kind. Thank you.", {}, [("“Their”: the reader is “you”; name anybody else", False)]),
        ("Thank you. I've met two planners. They think as you do.", {}, []),
        ("I asked your readers what they want.", {}, []),
        ("If someone else is better, I'd ask them.", {}, []),
        (
            "Thank you always. It is kind that they have time.",
            {},
            [("“they”: the reader is “you”; name anybody else", False)],
        ),
        ("I spoke with Tom, and they were kind.", {"about": True}, []),
        (
            "We talk on Tuesday 1 December at 15:30.",
            {"agreed": ("Tuesday 1 December", "15:30 your time")},
            [],
        ),
        ("We talk tomorrow at 15:30.", {"agreed": ("Tuesday 1 December", "15:30")}, []),
        (
            "We talk on Monday 30 November at 15:30.",
            {"agreed": ("Tuesday 1 December", "15:30")},
            [("The meeting is on Tuesday 1 December at 15:30: say so", True)],
        ),
        (
            "We talk on Tuesday at 15:00.",
            {"agreed": ("Tuesday 1 December", "15:30")},
            [("The meeting is on Tuesday 1 December at 15:30: say so", True)],
        ),
        ("Thank you for talking with me today.", {"day": "today"}, []),
        (
            "Thank you for talking with me today.",
            {"day": "on Friday"},
            [("You spoke on Friday, and it says “today”: change the day", True)],
        ),
        ("Today I went to the club.", {"day": "on Friday"}, []),
        (
            "You told me ‹say it to them: “she did”›.",
            {},
            [("Fill in ‹say it to them: “she did”› first", True)],
        ),
        (
            "You told me she did›.",
            {"about": True},
            [("Half a gap is still there: remove the ‹ or ›", True)],
        ),
        ("Dear Ana, I'm I'm late.", {}, [("Read this aloud: “I'm I'm”", True)]),
        ("As I said, I'll the survey.", {}, [("Read this aloud: “I'll the”", True)]),
        ("One thing: the article.", {}, [("A sentence begins in lower case: “: the article”", False)]),
        ("Thank you. you helped.", {}, [("A sentence begins in lower case: “. you helped”", False)]),
        (
            "It is attached.",
            {},
            [
                (
                    "“attached”: nothing is attached yet; add it in your mail program, or put the link here",
                    False,
                )
            ],
        ),
        (
            "Tom was difficult.",
            {"names": lambda: {"Tom"}, "reader": "Ana Ruiz"},
            [("“difficult” beside Tom: leave out judgements on other people", True)],
        ),
        ("Ana, it was difficult.", {"names": lambda: {"Ana"}, "reader": "Ana Ruiz"}, []),
        (
            "You said: Read six plans and ask two questions.",
            {"said": ["read six plans and ask two questions"]},
            [("Your notes are in it word for word: say it as you would to them", False)],
        ),
        (
            "Planners draft a plan in a minute now.",
            {"owners": {"draft a plan in a minute": "Priya Raman"}},
            [("“draft a plan in a minute …” are Priya Raman's words: remove them", True)],
        ),
    ],
)
def test_what_no_letter_does(
    body: str, given_values: dict[str, Any], remarks: list[tuple[str, bool]]
) -> None:
    assert of_letter(body, **given_values) == remarks


def test_a_promise_of_the_meeting_belongs_into_the_thank_you() -> None:
    missing = ("You promised them the article: say that you haven't forgotten", False)
    assert missing in of_letter(THANKS, Purpose.THANK_YOU, promised=["the article"])
    kept = f"{THANKS} I haven't forgotten the article."
    assert missing not in of_letter(kept, Purpose.THANK_YOU, promised=["the article"])
