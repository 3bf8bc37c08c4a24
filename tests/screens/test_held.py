"""One interview in two sessions over one file: one runs it, the other only reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Mode
from warmcall.storage.state_file import StateFile
from warmcall.widgets.debounce import Debounce
from warmcall.widgets.keys import active_keys
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import local, only, state_of
from tests.screens.driving import Driver, driven

FIRST, SECOND = "came-to-it", "ordinary-day"
HELD = "open in another session since 14:02: T takes over"


class OneFile:
    """The session that a test drives, and another one over the same file."""

    def __init__(self, here: Bench, path: Path, library: Library) -> None:
        self.here = here
        self._files = StateFile(path), StateFile(path)
        for file in self._files:
            file.load()
        self._save(0)
        self.there = Bench(library, store=Store(self._files[1].load().records), session="there")
        self.there.clock.move_to(here.clock.now())
        self.meeting_id = only(here.store.all(Interview)).id

    def synchronize(self) -> None:
        """Have each session save its changes and apply those of the other."""
        for which in (0, 1, 0):
            self._save(which)

    def _save(self, which: int) -> None:
        bench, file = (self.here, self._files[0]) if which == 0 else (self.there, self._files[1])
        news = file.save(list(bench.saved)) if bench.saved else file.check_for_changes()
        bench.saved.clear()
        bench.services.history.apply_remote(news.edits)

    def notes(self) -> dict[str, str]:
        """Return the notes in the file, after seeing that both sessions hold the same."""
        self.synchronize()
        assert state_of(self.here.store) == state_of(self.there.store)
        return only(self.here.store.all(Interview)).notes


@pytest.fixture
def shared(known: Bench, tmp_path: Path, library: Library) -> OneFile:
    """A meeting at two o'clock, which the other session began at two minutes past."""
    mei = only(known.store.all(Contact))
    known.clock.move_to(local("2026-11-23 13:00"))
    known.services.interviewing.arrange(mei.id, local("2026-11-23 14:00"), Mode.PHONE, "")
    known.clock.move_to(local("2026-11-23 14:02"))
    one_file = OneFile(known, tmp_path / "warmcall.json", library)
    one_file.there.services.interviewing.start(one_file.meeting_id)
    return one_file


def editor(at: Driver) -> NotesEditor:
    return at.one(NotesEditor, "during-editor")


async def synchronized(at: Driver, shared: OneFile) -> None:
    shared.synchronize()
    await at.settle()


async def test_what_another_session_runs_is_shown_and_not_changed(shared: OneFile) -> None:
    async with driven(shared.here, size=(100, 30)) as at:
        await at.press("4")
        await synchronized(at, shared)
        assert HELD in at.text
        before = state_of(at.store)
        for key in ("space", "s", "asterisk", "x", "w", "plus", "a", "d", "r", "p"):
            await at.press(key)
            assert at.last_said == f"It is {HELD}", key
            assert at.focused == "during-list", key
        await at.press("j", "k", "Y", "enter", "tab")
        await at.type("Quit at 1, 2 or Three\n")
        assert at.last_said == "Not typed: it is open in another session since 14:02. Esc, then T takes over"
        assert at.focused == "during-editor"
        assert editor(at).text == ""
        at.said.clear()
        await at.press("ctrl+underscore")
        assert at.last_said == "Not typed: it is open in another session since 14:02. Esc, then T takes over"
        assert state_of(at.store) == before


async def test_every_key_of_the_interview_says_why_it_does_nothing_while_another_session_runs_it(
    shared: OneFile,
) -> None:
    async with driven(shared.here, size=(100, 30)) as at:
        await at.press("4")
        await synchronized(at, shared)
        keys = {key.label: key.disabled_reason for key in active_keys(at.app.screen)}
        assert keys["Take over"] == keys["Copy"] == keys["Next question"] == ""
        assert keys["End"] == keys["Referral"] == keys["5 more"] == f"It is {HELD}"
        shared.there.services.interview_lock.release()
        await synchronized(at, shared)
        assert "another session" not in at.text
        assert "Take over" not in [key.label for key in active_keys(at.app.screen)]


async def test_what_the_other_session_types_and_its_question_are_shown(shared: OneFile) -> None:
    async with driven(shared.here) as at:
        await at.press("4")
        await synchronized(at, shared)
        shared.there.services.interview_notes.write(shared.meeting_id, FIRST, "By accident")
        await synchronized(at, shared)
        assert editor(at).text == "By accident"
        shared.there.services.interview_notes.go_to(shared.meeting_id, SECOND)
        await synchronized(at, shared)
        assert at.one(Rows, "during-list").key == SECOND


async def test_after_taking_over_it_is_written_here_and_the_other_session_sees_that(shared: OneFile) -> None:
    async with driven(shared.here) as at:
        await at.press("4")
        await synchronized(at, shared)
        shared.there.services.interview_notes.write(shared.meeting_id, FIRST, "theirs")
        await at.press("T")
        assert at.last_said == "The interview is yours now: the other session only shows it"
        assert "another session" not in at.text
        await at.press("enter")
        await at.type("ours")
        await at.press("escape")
        assert sorted(shared.notes()[FIRST].split("\n")) == ["ours", "theirs"]
        there = shared.there.services
        assert there.interview_lock.held_elsewhere(only(shared.there.store.all(Interview)))


async def test_a_session_whose_interview_is_taken_over_keeps_its_words_and_types_no_more(
    shared: OneFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Debounce, "start", lambda _self: None)  # no timer saves what is half typed
    shared.synchronize()
    shared.here.services.interview_lock.take_over(shared.meeting_id)
    shared.synchronize()
    async with driven(shared.here) as at:
        await at.press("enter", "enter")
        await at.type("half a thou")
        assert editor(at).unsaved
        shared.there.services.interview_notes.write(shared.meeting_id, FIRST, "and theirs")
        shared.there.services.interview_lock.take_over(shared.meeting_id)
        await synchronized(at, shared)
        assert at.last_said.endswith("Your words are kept: T takes over")
        assert HELD in at.text
        assert shared.notes() == {FIRST: "and theirs\nhalf a thou"}
        await at.type("qT")
        assert "[4 Interview]" in at.top
        assert at.focused == "during-editor"
        await at.press("escape", "T", "enter")
        await at.type("ght")
        await at.press("escape")
        assert shared.notes() == {FIRST: "and theirs\nhalf a thought"}
        assert only(shared.there.store.all(Interview)).held_by == "here"


async def test_letters_of_both_sessions_in_one_answer_all_stay(
    shared: OneFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Debounce, "start", lambda _self: None)  # no timer saves what is half typed
    async with driven(shared.here) as at:
        await at.press("4")
        await synchronized(at, shared)
        await at.press("T", "enter")
        await at.type("mine")
        shared.there.services.interview_notes.write(shared.meeting_id, FIRST, "theirs")
        await synchronized(at, shared)
        await at.type(" too")
        await at.press("escape")
        assert sorted(shared.notes()[FIRST].split("\n")) == ["mine too", "theirs"]


async def test_resuming_at_start_takes_it_over_without_asking(shared: OneFile) -> None:
    shared.synchronize()
    async with driven(shared.here) as at:
        assert "It is open in another session since 14:02: resuming takes it over." in at.text
        await at.press("enter", "enter")
        await at.type("on another terminal")
        await at.press("escape")
        assert shared.notes() == {FIRST: "on another terminal"}


async def test_an_interview_of_another_session_can_be_ended_at_start(shared: OneFile) -> None:
    shared.synchronize()
    async with driven(shared.here) as at:
        await at.press("x")
        assert "Debrief" in at.text
        shared.synchronize()
        assert only(shared.there.store.all(Interview)).ended_at == local("2026-11-23 14:02")


async def test_a_session_that_quits_releases_the_interview(shared: OneFile) -> None:
    shared.synchronize()
    shared.here.services.interview_lock.take_over(shared.meeting_id)
    async with driven(shared.here) as at:
        await at.press("ctrl+q")
    shared.synchronize()
    assert only(shared.there.store.all(Interview)).held_by == ""


async def test_when_the_session_that_runs_it_was_killed_the_interview_goes_on_here(shared: OneFile) -> None:
    killed = False
    shared.here.services.interview_lock._has_ended = lambda _session: killed
    async with driven(shared.here, size=(100, 30)) as at:
        await at.press("4")
        await synchronized(at, shared)
        assert HELD in at.text
        killed = True
        await at.forward(seconds=1)
        assert "open in another session" not in at.text
        assert only(at.store.all(Interview)).held_by == "here"
        await at.press("enter")
        await at.type("so")
        await at.cut_off()
        assert shared.notes() == {FIRST: "so"}
