from __future__ import annotations

from pathlib import Path

from tests.terminal.conftest import Opens


def test_what_was_learned_is_read_marked_decided_practised_and_reported(
    open_terminal: Opens, home: Path
) -> None:
    at = open_terminal("demo")
    at.wait_for("[1 Queue]", "sample")
    at.press("5")
    at.wait_for("[5 Progress]", "Where the name came from", "likely")

    at.press("a")
    at.wait_for("questions answered", "Who does it", "Still unanswered")
    at.press("#")
    at.wait_for("theme")
    at.press("the way in", "Enter")
    at.wait_for("the way in 1")
    at.press("!")
    at.wait_for("⊘")
    at.press("u", "u")
    at.wait_for("questions answered", gone="the way in 1")
    at.press("q")
    at.wait_for("Where the name came from", gone="Still unanswered")

    at.press("w")
    at.wait_for("chains", "└─")
    at.press("q")
    at.wait_for("Where the name came from", gone="└─")

    at.press("v")
    at.wait_for("Advice", "Followed")
    at.press("q")
    at.wait_for("Where the name came from")

    at.press("d")
    at.wait_for("for you?", "Could still say")
    at.press("a")
    at.wait_for("Save")
    at.press("I like what fills the days", "ctrl+s")
    at.wait_for("I like what fills the days", gone="Save")
    at.press("q")
    at.wait_for("Where the name came from", gone="Could still say")

    at.press("y")
    at.wait_for("Your answers", "Why you?", "1 practised")
    at.press("j", "P")
    at.wait_for("Why you?", "before you say it")
    at.press("2")
    at.wait_for("Why you?", gone="before you say it")
    at.press("Enter")
    at.wait_for("5 very")
    at.press("4")
    at.wait_for("practised once", "sure 2→4")
    at.press("q")
    at.wait_for("Your answers", "2 practised")
    at.press("q")
    at.wait_for("Where the name came from", gone="Your answers")

    at.press("o")
    at.wait_for("Who told you", gone="Where the name came from")
    at.press("q")
    at.wait_for("Where the name came from")

    at.press("T")
    at.wait_for("(present)", "Media Planner")
    at.press("q")
    at.wait_for("Where the name came from", gone="(present)")

    at.press("R")
    at.wait_for("~/warmcall-report.html")
    at.press("ctrl+s")
    report = home / "warmcall-report.html"
    at.wait_until(report.exists, "no report")
    at.wait_for("warmcall-report.html", gone="with names")
    written = report.read_text(encoding="utf-8")
    assert written.rstrip().endswith("</html>")
    assert "I like what fills the days" in written
    assert report.stat().st_mode & 0o777 == 0o600

    at.press("ctrl+q")
    assert at.wait_for_end() == 0
