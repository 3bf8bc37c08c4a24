"""Keys that arrive all at once, as on a line that was stuck: they act where they were typed for."""

from __future__ import annotations

import json
from pathlib import Path

from tests.terminal.conftest import Opens, kept_notes, notes
from tests.terminal.emulator import Terminal

PASTE = "\x1b[200~{}\x1b[201~"


def test_enter_answers_and_tabs_in_one_write_reach_their_questions(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.burst(
        *("Enter", "By accident: quick answers, 5 jobs.", "Tab", "reading 1 2 3 sheets? x", "Tab", "video"),
        *("Esc", "\x1b[A", "*"),
    )
    at.wait_for("✓★ What fills an ordinary day?", "x End")
    at.wait_until(lambda: len(kept_notes(file)) == 3, "not saved")
    assert kept_notes(file) == {
        "came-to-it": "By accident: quick answers, 5 jobs.",
        "ordinary-day": "reading 1 2 3 sheets? x",
        "field-changing": "video",
    }


def test_the_whole_way_from_the_resume_offer_into_the_notes_can_be_typed_ahead(
    open_terminal: Opens, file: Path
) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.burst("Enter", "Enter", "quite by accident")
    at.wait_for("quite by accident")
    at.wait_until(lambda: kept_notes(file) == {"came-to-it": "quite by accident"}, "not saved")


def test_a_whole_contact_in_one_write_is_added(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "2")
    at.wait_for("[2 People]", "Mei Tanaka", gone="Resume with")
    at.burst(
        *("a", "Ana Ruiz", "Enter", "Right", "Enter", "Corner & Field", "Enter", "Media Director", "Enter"),
        *("+1 312 555 0199", "Enter", "ana@example.com", "Enter", "America/Chicago", "ctrl+s"),
    )
    at.wait_for("Ana Ruiz", "in the queue to be called", gone="A new contact")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    ana = json.loads(file.read_bytes())["contacts"]["2"]
    expected = {
        "name": "Ana Ruiz",
        "kind": "hiring_manager",
        "organization": "Corner & Field",
        "title": "Media Director",
        "phone": "+1 312 555 0199",
        "email": "ana@example.com",
        "zone": "America/Chicago",
    }
    assert {name: ana[name] for name in expected} == expected


def test_quitting_after_a_burst_keeps_all_of_it(in_the_notes: Terminal, file: Path) -> None:
    text = "the quick brown fox jumps over the lazy dog " * 3
    in_the_notes.burst(text, "ctrl+q")
    assert in_the_notes.wait_for_end() == 0
    assert notes(file) == {"came-to-it": text}
    left = {f".{file.name}.lock", file.name, f"{file.name}.backups"}
    assert {path.name for path in file.parent.iterdir()} == left


def test_a_paste_of_three_thousand_words_lands_whole(in_the_notes: Terminal, file: Path) -> None:
    text = "\n".join(" ".join(f"word{line * 20 + at}" for at in range(20)) for line in range(150))
    in_the_notes.burst(PASTE.format(text.replace("\n", "\r")), " and this", "Tab", "next")
    in_the_notes.wait_for("question 2 of 8", "next")
    saved = {"came-to-it": text + " and this", "ordinary-day": "next"}
    in_the_notes.wait_until(lambda: kept_notes(file) == saved, "not saved")


def test_a_paste_is_text_and_never_keys(in_the_notes: Terminal, file: Path) -> None:
    in_the_notes.burst(PASTE.format("a\tb \x1b x *\x1b[A\r1 q"), "Esc")
    in_the_notes.wait_for("x End")
    assert "[4 Interview]" in in_the_notes.text
    in_the_notes.wait_until(lambda: bool(notes(file)), "not saved")
    assert notes(file)["came-to-it"].split() == ["a", "b", "␛", "x", "*␛[A", "1", "q"]
