"""The user's keymap: its keys act, the old ones do not, and everything that names a key names the new one."""

from __future__ import annotations

import pytest
from warmcall.app.keymap import REPLY, usable
from warmcall.app.keymap_registry import declared_keys, keyboard, lines
from warmcall.config.keymap import KeymapEntry
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import FormDialog
from warmcall.screens.help import HelpDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.screen import PeopleScreen
from warmcall.screens.queue.screen import QueueScreen
from warmcall.screens.when_form import WhenDialog
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.screens.driving import Driver, driven

Keymap = dict[str, tuple[str, ...]]


async def listed(at: Driver, words: str) -> list[tuple[str, ...]]:
    """Return keys and label of what help lists for `words`."""
    await at.press("f1", "/")
    await at.type(words)
    found = [row.texts[:2] for row in at.one(Rows, "keys").rows]
    await at.press("escape", "escape")
    return found


async def test_a_new_key_acts_and_the_old_ones_do_not(demo: Bench) -> None:
    async with driven(demo, keymap={"queue.snooze": ("b",), "rows.down": ("ctrl+n", "J")}) as at:
        first = at.one(Rows, "queue").key
        await at.press("z", "down", "j")
        assert at.shows(QueueScreen)
        assert at.one(Rows, "queue").key == first
        await at.press("J", "ctrl+n")
        assert at.one(Rows, "queue").key != first
        await at.press("k", "k", "b")
        assert at.shows(WhenDialog)


async def test_footer_help_and_palette_name_the_new_key(demo: Bench) -> None:
    async with driven(demo, size=(160, 50), keymap={"queue.snooze": ("b", "ctrl+b")}) as at:
        assert "b Snooze" in at.footer
        assert "z Snooze" not in at.footer
        assert await listed(at, "snooze") == [("b ^b", "Snooze")]
        await at.press(":")
        await at.type("snooze")
        assert at.one(Rows, "keys").rows[0].texts[:2] == ("Snooze", "b ^b")


async def test_two_keys_may_change_places(demo: Bench) -> None:
    async with driven(demo, keymap={"queue.snooze": ("x",), "queue.done": ("z",)}) as at:
        await at.press("x")
        assert at.shows(WhenDialog)
        await at.press("escape", "z")
        assert at.last_said == "Done. u undoes it"


async def test_a_key_taken_away_is_gone_and_what_it_did_is_still_found_by_name(demo: Bench) -> None:
    async with driven(demo, size=(160, 50), keymap={"queue.snooze": ()}) as at:
        await at.press("z")
        assert at.shows(QueueScreen)
        assert "Snooze" not in at.footer
        assert await listed(at, "snooze") == [("", "Snooze")]
        await at.press("f1", "/")
        await at.type("snooze")
        await at.press("enter")
        assert at.shows(WhenDialog)


async def test_sentences_name_the_key_the_user_has(bench: Bench) -> None:
    keymap: Keymap = {
        "app.undo": ("f5",), "queue.add": ("f6",), "app.quit": ("f7",), "people.add": (),
        "person.follow_up": ("W",),
    }  # fmt: skip
    async with driven(bench, keymap=keymap) as at:
        await at.press("l")
        assert "F6 first, adds somebody to call" in at.flat
        await at.press("x")
        assert at.last_said == "Nothing is in the queue: F6 adds someone, W a follow-up"
        await at.press("2", "e")
        assert at.last_said == "Nobody is chosen: “Add” adds someone"
        await at.press("1", "f6")
        await at.type("Mei")
        await at.press("ctrl+s", "x")
        assert at.last_said == "Done. F5 undoes it"
        await at.press("f5")
        assert at.last_said.startswith("Undone")


async def test_help_opens_and_closes_on_the_key_the_user_gave_it(demo: Bench) -> None:
    async with driven(demo, keymap={"app.help": ("H", "f9")}) as at:
        assert at.footer.endswith("H help")
        await at.press("H")
        assert at.shows(HelpDialog)
        await at.type("?")
        assert at.shows(HelpDialog)
        await at.press("H")
        assert at.shows(QueueScreen)
        await at.press("a", "f9")
        assert at.shows(HelpDialog)
        await at.press("f9")
        assert at.shows(FormDialog)


async def test_help_runs_on_its_own_key_whatever_opens_a_row_elsewhere(demo: Bench) -> None:
    async with driven(demo, keymap={"rows.choose": ("Z",)}) as at:
        await at.press("?", "/")
        assert "what it does; Enter runs it" in at.text
        assert "Z" not in at.app.screen.active_bindings
        await at.type("put off")
        await at.press("enter")
        assert at.shows(WhenDialog)
    async with driven(demo, keymap={"help.run": ("f5",)}) as at:
        await at.press("?", "/")
        assert "what it does; F5 runs it" in at.text
        await at.type("put off")
        await at.press("f5")
        assert at.shows(WhenDialog)


async def test_the_first_screen_names_the_keys_that_work_there(bench: Bench) -> None:
    keymap: Keymap = {"app.quit": ("F",), "dialog.leave": ("ctrl+g",), "first.demo": ()}
    async with driven(bench, keymap=keymap) as at:
        assert "^g             quit; nothing is written" in at.text
        assert "“Look around”  look around on sample data" in at.text
        await at.press("ctrl+g")
        assert not at.app.is_running


async def test_undo_is_the_same_key_in_practice_and_among_the_attempts(demo: Bench) -> None:
    async with driven(demo, keymap={"app.undo": ("f5",), "rehearsal.leave": ("X",)}) as at:
        await at.press("2", "l", "ctrl+s", "h", "d")
        assert at.last_said == "The attempt is deleted. F5 undoes it"
        await at.press("f5")
        assert at.last_said.startswith("Undone")
        await at.press("escape", "1", "I")
        assert at.top.endswith(" · X leaves")
        await at.press("s", "plus")
        assert at.last_said.endswith(". F5 undoes it")
        await at.press("f5")
        assert at.last_said.startswith("Undone")


async def test_an_id_declared_again_further_down_gets_the_key_everywhere(demo: Bench) -> None:
    async with driven(demo, keymap={"dialog.leave": ("f8",), "person.log": ("w",)}) as at:
        for opens in (("z",), ("a",), ("3", "o"), ("3", "B"), ("2", "h"), ("P",)):
            await at.press(*opens)
            dialog = at.app.screen
            assert isinstance(dialog, Dialog), opens
            await at.press("escape")
            assert at.app.screen is dialog, opens
            await at.press("f8")
            assert not isinstance(at.app.screen, Dialog), opens
        await at.press("2", "w")
        assert isinstance(at.app.screen, FormDialog)
        await at.press("f8", "enter", "w")
        assert isinstance(at.app.screen, FormDialog)
        await at.press("f8")
        assert at.shows(PersonPage)


async def test_letters_of_the_outcomes_and_of_the_ready_made_days_show_as_they_are(demo: Bench) -> None:
    keymap: Keymap = {
        "outcome.declined": ("y",), "when.tomorrow": ("t",), "call.outcome": ("f4",),
    }  # fmt: skip
    async with driven(demo, keymap=keymap) as at:
        await at.press("z")
        assert " t  tomorrow" in at.text
        await at.press("t")
        assert at.shows(QueueScreen)
        await at.press("3", "f4")
        assert "y  said no" in at.text
        await at.press("y")
        assert at.shows(QueueScreen)


async def test_single_letters_stay_dead_in_a_text_whatever_they_mean(demo: Bench) -> None:
    async with driven(demo, keymap={"form.save": ("b", "f2"), "app.palette": ("p",)}) as at:
        await at.press("a")
        await at.type("pb")
        assert at.one(Line, "field-name").value == "pb"
        assert not [key for key, _ in await listed(at, "save") if "b" in key.split()]
        await at.press("f2")
        assert at.shows(QueueScreen)


async def test_the_replies_answer_to_their_letters_whatever_else_was_moved(demo: Bench) -> None:
    async with driven(demo, keymap={"call.outcome": ("u",), "app.undo": ("o",)}) as at:
        await at.press("6", "3", "b")
        assert "I won't keep you" in at.flat
        await at.press("u")
        assert "How did it end?" in at.text
        await at.press("escape")
        assert at.shows(CallScreen)


KEYBOARD = keyboard()


def test_every_id_that_may_have_another_key_can_have_f12() -> None:
    for id_ in {key.id for key in KEYBOARD.declared}:
        good, wrong = usable([KeymapEntry(id_, (("f12", 1),), 1)], KEYBOARD)
        if id_.startswith(REPLY):
            assert "script" in wrong[0].what
        else:
            assert [*good] == [id_]


@pytest.mark.parametrize(
    ("id_", "key", "meets"),
    [
        ("queue.done", "u", "app.undo"), ("queue.done", "j", "rows.down"), ("queue.done", "c", "person.call"),
        ("before.read", "m", "interview.meeting"), ("during.end", "T", "held.take_over"),
        ("people.add", "l", "person.log"), ("message.sent", "q", "dialog.leave"),
        ("outcome.declined", "s", "outcome.scheduled"), ("call.note", "1", "app.queue"),
        ("call.note", "b", "call.reply.b"), ("app.practice", "y", "call.reply.y"),
        ("attempts.edit", "j", "rows.down"), ("form.save", "tab", "form.next"),
        ("notes.next", "escape", "notes.leave"), ("practice.show", "j", "practice.down"),
        ("captures.drop", "ctrl+q", "app.quit_anywhere"), ("briefing.print", "j", "page.down"),
        ("help.run", "escape", "filter.clear"), ("after.copy", "t", "after.thank"),
        ("target.research", "g", "page.first"),
    ],
)  # fmt: skip
def test_a_key_given_twice_where_both_are_active_is_a_fault(id_: str, key: str, meets: str) -> None:
    good, (wrong,) = usable([KeymapEntry(id_, ((key, 1),), 1)], KEYBOARD)
    assert good == {}
    assert ("a reply" if meets.startswith("call.reply") else meets) in wrong.what


@pytest.mark.parametrize(
    ("id_", "key"),
    [
        ("queue.done", "s"),
        ("before.read", "x"),
        ("during.end", "b"),
        ("message.sent", "u"),
        ("after.add", "w"),
    ],
)
def test_a_key_of_another_place_may_be_used(id_: str, key: str) -> None:
    good, wrong = usable([KeymapEntry(id_, ((key, 1),), 1)], KEYBOARD)
    assert [*good] == [id_], wrong


def test_a_key_for_the_rows_of_a_list_may_stand_beside_enter() -> None:
    beside = [KeymapEntry("rows.choose", (("Z", 1), ("enter", 1)), 1)]
    assert usable(beside, KEYBOARD)[1] == []


def test_the_table_lists_every_id_under_its_place_and_marks_what_was_changed() -> None:
    table = "\n".join(lines({"queue.done": ("F",)}))
    ids = {key.id for key in declared_keys() if not key.id.startswith("call.reply.")}
    assert all(f" {id_} " in table for id_ in ids)
    assert "\n  * queue.done                 F " in table
    assert "\n    queue.snooze               z " in table


async def test_the_app_starts_with_a_notice_when_a_key_cannot_be_used(library: Library) -> None:
    bench = Bench(library, Config())
    notice = "keymap.yaml, line 2: there is no key called “queue.don”"
    async with driven(bench, notices=(notice,)) as at:
        assert at.said == [notice]
        assert not at.shows(PeopleScreen)
