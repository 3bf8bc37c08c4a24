from __future__ import annotations

from pathlib import Path

from tinydb import TinyDB

from tests.terminal.conftest import Opens


def test_the_whole_day_from_an_empty_file_to_a_sent_thank_you_survives_a_kill(
    open_terminal: Opens, tmp_path: Path
) -> None:
    file = tmp_path / "state" / "warmcall.json"

    at = open_terminal("--db", str(file))
    at.wait_for("warmcall helps you learn", "look around on sample data")
    at.press("Enter")
    at.wait_for("A few facts for the script")
    at.press("Robin Vale", "Enter", "a graduate in history who ran a shop", "Enter", "Tab", "Tab")
    at.press("+1 312 555 0118", "Enter", "Media Planner", "Enter")
    at.press("advertising", "ctrl+s")
    at.wait_for("Nobody here yet")

    at.press("2")
    at.wait_for("[2 People]")
    at.press("a")
    at.wait_for("A new contact")
    at.press("Mei Tanaka", "Enter", "Enter", "Northgate Agency", "Enter", "Media Planner", "Enter", "call me")
    at.press("ctrl+s")
    at.wait_for("only figures, spaces")
    at.press("\x15", "+1 312 555 0142", "ctrl+s")
    at.wait_for("in the queue to be called", gone="A new contact")

    at.press("1")
    at.wait_for("[1 Queue]", "☎ Mei Tanaka")
    at.press("Enter")
    at.wait_for("[3 Call]", "Hello Mei, this is Robin Vale.", "No, go on")
    at.press("y")
    at.wait_for("We're not hiring")
    at.press("Left")
    at.wait_for("Hello Mei, this is Robin Vale.")
    at.press("o")
    at.wait_for("How did it end?", "try 2 of 3")
    at.press("t")
    at.wait_for("[4 Interview]", "left", "How did you come to this job?")

    at.press("Enter", "By accident: a temp week that lasted.", "Tab")
    at.press("Half of it is other people's spreadsheets", "Tab")
    at.wait_for("question 3 of 8")
    at.press("Everything moves to video")
    at.wait_for("Everything moves to video")
    at.press("Esc")
    at.wait_for("x End")
    at.press("Up", "*")
    at.wait_for("✓★ What fills an ordinary day?")
    at.wait_until(lambda: '"starred":true' in file.read_text(), "not saved")
    at.kill()

    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka, 19:", "left?")
    at.press("Enter")
    at.wait_for("[4 Interview]", "question 2 of 8", "Half of it is other people's")
    at.press("r")
    at.wait_for("Named by Mei Tanaka")
    at.press("Ana Ruiz", "ctrl+s")
    at.wait_for("captured: Ana Ruiz", gone="Named by")
    at.press("p")
    at.wait_for("A promise: Mei Tanaka")
    at.press("send you the article", "ctrl+s")
    at.wait_for("captured: the article, Ana Ruiz")
    at.press("x")
    at.wait_for("while it is fresh: what did you learn?")
    at.press("e", "It is a numbers job.", "Tab", "Tab", "Right", "Right", "Esc")
    at.wait_for("‹ 2: rather not ›", "t Thank-you")

    at.press("t")
    at.wait_for("Thank-you · Mei Tanaka", "Hello Mei,", "Half of it is other people's", "Ana Ruiz")
    at.press("Y")
    at.wait_for("Sent to your terminal's clipboard")
    at.press("g", "that half of it is spreadsheets", "Esc")
    at.wait_for("told me that half of it is spreadsheets", gone="‹say")
    at.press("s")
    at.wait_for("The thank-you is sent.", gone="Hello Mei,")
    at.press("1")
    at.wait_for("[1 Queue]", "✉ Mei Tanaka", "30 days after you met", "☎ Ana Ruiz")
    at.press("q")
    assert at.wait_for_end() == 0

    check(file)


def check(file: Path) -> None:
    """Plain TinyDB finds the day in the file."""
    with TinyDB(file) as db:
        by_name = {item["name"]: item for item in db.table("contacts")}
        mei = by_name["Mei Tanaka"]
        assert mei["phone"] == "+1 312 555 0142"
        assert by_name["Ana Ruiz"]["referrer_id"] == mei["id"]
        [attempt] = db.table("attempts").all()
        assert (attempt["contact_id"], attempt["outcome"]) == (mei["id"], "talk_now")
        assert attempt["path"] == ["ask-practitioner/opening"]
        [interview] = db.table("interviews").all()
        assert interview["attempt_id"] == attempt["id"]
        assert interview["ended_at"]
        assert interview["notes"]["came-to-it"] == "By accident: a temp week that lasted."
        assert interview["notes"]["ordinary-day"] == "Half of it is other people's spreadsheets"
        assert interview["notes"]["field-changing"] == "Everything moves to video"
        assert interview["debrief"]["learned"] == "It is a numbers job."
        of_kind = {item["kind"]: item for item in db.table("follow_ups") if item["contact_id"] == mei["id"]}
        assert of_kind["thank_you"]["done_at"]
        assert "half of it is spreadsheets" in of_kind["thank_you"]["body"]
        assert of_kind["check_in"]["done_at"] is None
        assert of_kind["promise"]["note"] == "the article"
