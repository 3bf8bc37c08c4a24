"""The commands of an interview: planning it, running it against the clock, ending it, and what came of it."""

from __future__ import annotations

import shlex

import pytest
from warmcall.domain.records import Profile, Target, replace
from warmcall.domain.vocabulary import CaptureKind
from warmcall.storage.state_file import StateFile

from tests.cli.conftest import EVIL, Shell, assert_inert, save, tables
from tests.cli.json_output import items_of
from tests.examples import STAMP, adding, contact, interview, local, question


@pytest.fixture
def planned(shell: Shell) -> Shell:
    """A shell on the day of an interview with Mei Tanaka: four questions, the last one for the close."""
    asks = ("How did you come to this job?", "What fills a day?", "What surprised you?", "Who else?")
    checklist = tuple(
        question(f"q{number}", ask=ask, referral=number == 4) for number, ask in enumerate(asks, 1)
    )
    save(
        shell.file,
        Profile(**STAMP, id="profile", name="Robin Vale", target_id="job"),
        Target(**STAMP, id="job", role="Media Planner"),
        contact(id="aaaa1111", name="Luis Ortega"),
        contact(id="bbbb2222", name="Mei Tanaka", title="Media Planner", organization="Northgate Agency"),
        interview("2026-11-23 09:00", id="abcd1234", contact_id="bbbb2222", checklist=checklist),
    )
    return shell


@pytest.fixture
def running(planned: Shell) -> Shell:
    """The shell, with that interview started."""
    planned.ok("interview", "start")
    return planned


def meeting(shell: Shell) -> dict[str, object]:
    found: dict[str, object] = next(
        row for row in tables(shell.file)["interviews"].values() if row["id"] == "abcd1234"
    )
    return found


def test_the_clock_and_the_list_are_shown_and_every_state_is_said_in_words(planned: Shell) -> None:
    assert planned.ok("interview", "status").splitlines() == [
        "Interview with Mei Tanaka (id abcd) · Media Planner, Northgate Agency · by phone",
        "Planned for today 09:00, by phone.",
        "1. How did you come to this job?",
        "2. What fills a day?",
        "3. What surprised you?",
        "The close · last 3 min:",
        "4. Who else?",
    ]
    started = planned.ok("interview", "start", "mei")
    assert started.splitlines()[:4] == [
        "Started.",
        "Interview with Mei Tanaka (id abcd) · Media Planner, Northgate Agency · by phone",
        "20:00 left · question 1 of 4 · 5:40 each · on pace",
        "1. How did you come to this job? (now)",
    ]
    planned.clock.forward(minutes=2)
    planned.ok("interview", "note", "By accident.")
    planned.ok("interview", "note", "-q", "3", "Nobody tells you.")
    planned.ok("interview", "star")
    planned.ok("interview", "skip", "2")
    planned.ok("interview", "promise", "send her the article", "--by", "friday")
    planned.ok("interview", "note", "-q", "general", "-", stdin="In a hurry.\n")
    planned.clock.forward(minutes=15, seconds=30)
    assert planned.ok("interview", "status", "mei", "--notes").splitlines()[1:] == [
        "close, 2:30 left · question 3 of 4 · the close: who else?",
        "The close: “Is there something I should have asked, and didn't?” "
        "Then “Who else would you talk to? May I use your name?”",
        "1. How did you come to this job? (asked)",
        "   By accident.",
        "2. What fills a day? (skipped)",
        "3. What surprised you? (now, starred)",
        "   Nobody tells you.",
        "The close · last 3 min:",
        "4. Who else?",
        "General notes:",
        "   In a hurry.",
        "Captured: promise: the article by Fri 27 Nov",
    ]


SAID = [
    ("next", "2. What fills a day? · 20:00 left · 5:40 each · on pace"),
    ("next 3", "3. What surprised you? · 20:00 left"),
    ("next surpris", "3. What surprised you? · 20:00 left"),
    ("note Nobody tells you", "Noted under 1. How did you come to this job? · 20:00 left"),
    ("note 3 'Nobody tells you.'", "Noted under 3. What surprised you? · 20:00 left"),
    ("note 2 years", "Noted under 1. "),
    ("note 9 'years or more'", "Noted under 1. "),
    ("referral Bo Berg", "Noted: Bo Berg"),
    ("note -q 2 20 people", "Noted under 2. What fills a day? · 20:00 left"),
    ("asked", "Asked: 1. How did you come to this job? · 20:00 left"),
    ("skip 2", "Skipped: 2. What fills a day? · 20:00 left"),
    ("star", "Starred: 1. How did you come to this job? · 20:00 left"),
    ("add-question 'What do you read?'", "Added: 4. What do you read?"),
    ("add-question 'What do you read?' --after 1", "Added: 2. What do you read?"),
    ("drop-question 2", "Dropped: 2. What fills a day?"),
    ("reword 2 What did yesterday hold?", "Reworded: 2. What did yesterday hold?"),
    ("refer Ana Ruiz --why 'hires juniors'", "Noted: Ana Ruiz · interview with Mei Tanaka"),
    ("refer luis ortega", "Noted: luis ortega · interview with Mei Tanaka"),
    ("promise the article", "Noted: the article · interview with Mei Tanaka"),
    ("promise 'her list' --theirs --by friday", "Noted: your list (theirs) by Fri 27 Nov · interview"),
    ("advice join the media club", "Noted: advice: join the media club · interview with Mei Tanaka"),
    ("viewed one page", "Noted: resume: one page · interview with Mei Tanaka"),
    ("on-file", "Noted: on file · interview with Mei Tanaka"),
    ("opening", "Noted: an opening · interview with Mei Tanaka"),
    ("pause", "Paused · paused, 20:00 left"),
    ("more", "More time: 20 + 5 minutes · 25:00 left"),
    ("end", "Ended: the interview with Mei Tanaka (id abcd): today 09:00 · interview by phone, 0:00"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), SAID, ids=lambda each: str(each)[:30])
def test_each_command_says_what_it_did_and_is_undone_as_one(running: Shell, typed: str, said: str) -> None:
    before = meeting(running)
    assert running.ok("interview", *shlex.split(typed)).startswith(said)
    if not typed.startswith("next"):
        assert running.ok("undo").startswith("Undone: ")
        after = meeting(running)
        incidental = {"changed_at", "current", "last_note_at"}
        assert {key: after.get(key) for key in before if key not in incidental} == {
            key: before.get(key) for key in before if key not in incidental
        }


REFUSED = [
    ("start mei", "not started: the interview with Mei Tanaka is running already."),
    ("start luis", "not started: The interview with Mei Tanaka is running: --stop end or --stop pause says"),
    ("start nobody", "not started: nobody is called “nobody”"),
    ("next 9", "not done: there is no question 9: they are 1 to 4."),
    ("next ²", "not done: “²” is in no question"),
    ("next what", "not done: “what” could be 2. What fills a day?; 3. What surprised you?: give its number."),
    ("star zebra", "not done: “zebra” is in no question: warmcall interview status lists them."),
    ("note ' '", "not noted: text: there is nothing in it"),
    ("advice", "not noted: words: there is nothing in it: say what they advise."),
    ("promise 'call her'", "not noted: promise: “call her”: say it as a thing: “the call”."),
    ("promise the article --by yesterday", "not noted: “yesterday”: that has passed already"),
    ("refer Ana --email x", "not noted: email: "),
    ("go-on", "not done: the interview with Mei Tanaka is running already."),
    ("plan mei --at 'fri 9:00'", "not planned: the interview with Mei Tanaka is running."),
    ("plan luis --at fri", "not planned: “fri”: say the hour too, as in “thu 2pm”."),
    ("plan luis --at 'fri 9:00' --their-time", "not planned: the time zone of Luis Ortega is not known"),
    ("debrief --learned x", "not noted: a debrief comes after the end"),
    ("debrief", "not noted: say what you learned"),
    ("held mei", "not recorded: no interview with Mei Tanaka is planned that was not started."),
    ("not-held luis", "not recorded: there is no interview with Luis Ortega"),
    ("end --with luis", "not ended: there is no interview with Luis Ortega"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "sentence"), REFUSED, ids=lambda each: str(each)[:30])
def test_what_cannot_be_done_is_refused_in_one_sentence(running: Shell, typed: str, sentence: str) -> None:
    assert running.refused("interview", *shlex.split(typed)).startswith(sentence)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("note x", "not noted: no interview is running: warmcall interview start WHO starts one."),
        ("end", "not ended: no interview is running: warmcall interview start WHO starts one."),
        ("note x --with mei", "not noted: the interview with Mei Tanaka has not started"),
        ("debrief --learned x", "not noted: a debrief comes after the end"),
    ],
)
def test_before_the_start_there_is_nothing_to_note_or_to_end(
    planned: Shell, typed: str, sentence: str
) -> None:
    assert planned.refused("interview", *shlex.split(typed)).startswith(sentence)


def test_what_was_captured_becomes_people_and_promises_when_it_ends_on_time(running: Shell) -> None:
    running.ok(
        "interview",
        "refer",
        "Ana Ruiz",
        "--why",
        "hires",
        "--may-use-name",
        "ask-later",
        "--org",
        "Two Lamps",
    )
    running.ok("interview", "promise", "my resume")
    running.clock.forward(minutes=20)
    lines = running.ok("interview", "end").splitlines()
    assert lines[0].endswith("today 09:00 · interview by phone, 20:00")
    assert lines[1].startswith("named: Ana Ruiz (id ")
    assert [line.partition("  ")[2] for line in lines if line.startswith("next: ")] == [
        "tomorrow 09:20 · thank Mei Tanaka · met Mon 23 Nov",
        "tomorrow · ask whether I may use their name with Ana Ruiz: Mei Tanaka",
        "Wed 25 Nov · keep the promise to Mei Tanaka · my resume",
        "Wed 25 Nov · call Ana Ruiz · named by Mei Tanaka",
    ]
    said = running.ok("interview", "debrief", "--learned", "It is numbers.", "--fit", "4", "--next", "Ana")
    assert said == "Debrief of the interview with Mei Tanaka: learned, fit 4, next\n"
    assert running.ok("interview", "refer", "Bo Diaz").startswith("In People, and to be called: Bo Diaz")
    [shown] = items_of(running("interview", "status", "mei", "--json"), "interview status")
    assert shown["debrief"] == {
        "learned": "It is numbers.", "changes": "", "next": "Ana", "fit": 4, "confidence": None,
    }  # fmt: skip


def test_another_interview_is_ended_or_paused_first_if_that_is_said(running: Shell) -> None:
    assert running.ok("interview", "start", "luis", "--stop", "pause").startswith(
        "Started.\nInterview with Luis"
    )
    assert running.refused("interview", "go-on", "--with", "mei").startswith(
        "not done: The interview with Luis Ortega is running"
    )
    said = running.ok("interview", "go-on", "--with", "mei", "--stop", "end")
    assert said.startswith("The clock runs again · 20:00 left")
    assert running.ok("undo").startswith("Undone: resume")


def test_the_lock_is_released_when_a_command_ends_and_one_of_a_session_that_lives_is_respected(
    running: Shell,
) -> None:
    assert meeting(running).get("held_by", "") == ""
    file = StateFile(running.file)
    [found] = [each for each in file.load().records if getattr(each, "id", "") == "abcd1234"]
    held = replace(found, held_by="an app elsewhere", held_since=local("2026-11-23 09:00"))
    file.save([adding(held)])
    for typed in ("note x", "star", "end", "refer Ana", "pause"):
        assert running.refused("interview", *typed.split()).endswith(
            ": it is open in another session since 09:00: do it there, or here with --anyway."
        )
    running.ok("interview", "note", "x", "--anyway")
    assert meeting(running)["held_by"] == "an app elsewhere"
    running.clock.forward(hours=2)
    running.ok("interview", "note", "y")


def test_one_left_running_ends_when_something_was_last_done_in_it(running: Shell) -> None:
    running.clock.forward(minutes=14)
    running.ok("interview", "note", "x")
    running.clock.forward(hours=3)
    assert "It was never ended: last note 09:14." in running.ok("interview", "status")
    assert running.ok("interview", "end").startswith("Ended as of today 09:14: ")


def test_one_that_nobody_started_was_held_or_was_not(planned: Shell) -> None:
    planned.clock.forward(hours=3)
    held = planned.ok("interview", "held", "mei")
    assert held.startswith("Held: the interview with Mei Tanaka (id abcd)\nnext: ")
    assert "thank Mei Tanaka" in held
    planned.ok("undo")
    called_off = planned.ok("interview", "not-held", "mei")
    assert called_off.startswith("Called off: the interview with Mei Tanaka (id abcd)\nnext: ")
    assert "call Mei Tanaka" in called_off


def test_one_is_planned_and_moved_and_keeps_what_is_not_said(planned: Shell) -> None:
    said = planned.ok(
        "interview", "plan", "luis", "--at", "1 dec 14:00", "--mode", "video", "--place", "a link"
    )
    assert said.splitlines()[0].endswith("): Tue 1 Dec 14:00, by video, a link")
    assert "Mon 30 Nov · confirm the interview with Luis Ortega" in said
    moved = planned.ok("interview", "plan", "luis", "--at", "2 dec 9:00")
    assert moved.startswith("Moved the interview with Luis Ortega (id ")
    assert "Wed 2 Dec 09:00, by video, a link" in moved


def test_what_to_have_ready_is_listed_and_ticked(planned: Shell) -> None:
    listed = planned.ok("interview", "ready").splitlines()
    assert listed[0] == "Have ready · 0 of 10 · interview with Mei Tanaka"
    assert listed[2] == "2. Research read once more"
    ticked = planned.ok("interview", "ready", "research", "read").splitlines()
    items = items_of(planned("interview", "ready", "--json"), "interview ready")
    assert [(item["number"], item["ticked"]) for item in items][:3] == [(1, False), (2, True), (3, False)]
    assert (ticked[0][:21], ticked[2]) == ("Have ready · 1 of 10 ", "2. Research read once more (ready)")
    assert planned.ok("undo") == "Undone: preparation\n"
    assert planned.ok("interview", "ready", "2") == "\n".join([*ticked, ""])
    for typed, why in (
        ("11", "there is no 11 on the list: it goes from 1 to 10"),
        ("zebra", "is nothing on the list"),
    ):
        assert why in planned.refused("interview", "ready", typed)


def test_somebody_named_who_could_be_several_is_asked_about(running: Shell) -> None:
    file = StateFile(running.file)
    file.save([adding(contact(id="eeee5555", name="Luis Ortega"))])
    assert running.refused("interview", "refer", "Luis Ortega").startswith(
        "not noted: “Luis Ortega” could be Luis Ortega (id aaaa); Luis Ortega (id eeee): give more"
    )
    running.ok("interview", "refer", "Luis Ortega", "--new")


def test_it_is_printed_for_programs(running: Shell) -> None:
    [item] = items_of(running("interview", "status", "--json"), "interview status")
    assert (item["state"], item["contact"]) == ("running", "Mei Tanaka")
    items = items_of(running("interview", "end", "--json"), "interview end")
    assert items[0]["state"] == "ended"
    assert items[1]["kind"] == "thank_you"


def test_what_is_said_in_it_is_inert(running: Shell) -> None:
    text = EVIL.replace("\x00", "")
    for typed in (["note", text], ["add-question", text], ["advice", text], ["refer", text], ["next", "4"]):
        assert_inert(running.ok("interview", *typed), lines=1)
    lines = running.ok("interview", "status", "--notes")
    assert_inert(lines, lines=lines.count("\n"))
    assert CaptureKind.ADVICE in lines
