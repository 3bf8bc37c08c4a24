"""Which keys of a keymap can be used, and what is wrong with the others."""

from __future__ import annotations

import pytest
from warmcall.app.keymap import DeclaredKey, Keyboard, usable
from warmcall.config.keymap import KeymapEntry


def declared(id_: str, keys: str, *place: str, typing: bool = False, first: bool = False) -> DeclaredKey:
    return DeclaredKey(id_, tuple(keys.split()), id_.title(), "", place, typing, first)


DECLARED = (
    declared("app.undo", "u", "app"),
    declared("app.help", "question_mark f1", "app"),
    declared("app.quit", "q", "app"),
    declared("app.quit_anywhere", "ctrl+q", typing=True, first=True),
    declared("queue.done", "x", "app", "Queue"),
    declared("queue.snooze", "z", "app", "Queue"),
    declared("rows.down", "j down", "app", "Queue", "Rows"),
    declared("queue.into_list", "down", "app", "Queue"),
    declared("people.add", "a", "app", "People"),
    declared("call.outcome", "o", "app", "Call"),
    declared("call.reply.b", "b", "app", "Call"),
    declared("dialog.leave", "escape q", "Facts"),
    declared("dialog.leave", "escape", "Form", typing=True),
    declared("form.save", "ctrl+s", "Form", typing=True),
)
EDITING = frozenset({"ctrl+w", "left"})


def judged(keymap: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the ids that can be used, and what is said of the others."""
    entries = [
        KeymapEntry(id_, tuple((key, line) for key in keys.split()), line)
        for line, (id_, keys) in enumerate(keymap.items(), 1)
    ]
    good, wrong = usable(entries, Keyboard(DECLARED, EDITING))
    return [*good], [f"{fault.line} {fault.what}; {fault.fix}" for fault in wrong]


@pytest.mark.parametrize(
    "keymap",
    [
        {"queue.done": "d"},
        {"queue.done": "a"},
        {"queue.done": "z", "queue.snooze": "x"},
        {"queue.done": "o"},
        {"app.undo": "ctrl+g f5"},
        {"rows.down": "down"},
        {"queue.done": ""},
        {"app.quit": ""},
        {"dialog.leave": "x escape"},
        {"app.help": "question_mark"},
        {"form.save": "s f2"},
        {"app.quit_anywhere": "ctrl+w"},
    ],
)
def test_keys_that_meet_no_other_can_be_used(keymap: dict[str, str]) -> None:
    assert judged(keymap) == ([*keymap], [])


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"queue.snoze": "x"}, "did you mean queue.snooze?"),
        ({"zzz": "x"}, "there is no key called “zzz”; `warmcall keys`"),
        ({"queue.done": "z"}, "z is queue.snooze (Queue.Snooze) in the same place"),
        ({"queue.done": "u"}, "u is app.undo"),
        ({"app.undo": "x"}, "x is queue.done"),
        ({"queue.done": "j"}, "j is rows.down"),
        ({"queue.done": "question_mark"}, "? is app.help"),
        ({"people.add": "ctrl+q"}, "ctrl+q is app.quit_anywhere"),
        ({"form.save": "ctrl+q"}, "ctrl+q is app.quit_anywhere"),
        ({"app.undo": "b"}, "may be a reply on the call screen"),
        ({"call.outcome": "b"}, "j k n o q u are free there"),
        ({"call.reply.b": "x"}, "in the script; change them there"),
        ({"app.help": ""}, "would have no key"),
        ({"dialog.leave": ""}, "would have no key"),
        ({"dialog.leave": "q"}, "has to work while you type, and q would not"),
        ({"form.save": "s"}, "has to work while you type"),
        ({"form.save": "ctrl+w"}, "has to work while you type"),
        ({"app.quit_anywhere": "Q"}, "has to work while you type"),
    ],
)
def test_a_key_that_cannot_be_used_is_reported_with_its_line_and_the_fix(
    keymap: dict[str, str], said: str
) -> None:
    good, (wrong,) = judged({"queue.snooze": "f9", **keymap} if "queue.done" not in keymap else keymap)
    assert set(good) == ({"queue.snooze"} if "queue.done" not in keymap else set())
    assert said in wrong
    assert wrong.startswith("2 " if good else "1 ")


def test_a_dialog_may_have_a_key_of_the_screens_under_it() -> None:
    assert judged({"dialog.leave": "escape u"}) == (["dialog.leave"], [])


def test_of_two_entries_that_want_one_key_the_later_gives_way() -> None:
    good, wrong = judged({"queue.done": "m", "people.add": "m", "queue.snooze": "m"})
    assert good == ["queue.done", "people.add"]
    assert [item[:2] for item in wrong] == ["3 "]


def test_an_entry_with_the_key_of_an_entry_left_out_is_left_out_too() -> None:
    good, wrong = judged({"queue.done": "z", "queue.snooze": "j"})
    assert good == []
    assert [item[:2] for item in wrong] == ["1 ", "2 "]


def test_the_last_way_to_quit_stays() -> None:
    good, (wrong,) = judged({"app.quit": "", "app.quit_anywhere": ""})
    assert good == ["app.quit"]
    assert "nothing would be left to quit with" in wrong
