from __future__ import annotations

from warmcall.screens.confirm_once import ConfirmOnce


def test_a_warning_is_shown_at_the_first_press_and_the_second_confirms() -> None:
    shown: list[str] = []
    confirm = ConfirmOnce(shown.append)
    assert [confirm.confirmed("Drop it?") for _ in range(3)] == [False, True, True]
    assert shown == ["Drop it?"]


def test_each_warning_is_confirmed_by_itself() -> None:
    confirm = ConfirmOnce(lambda _words: None)
    assert not confirm.confirmed("Drop the text?")
    assert not confirm.confirmed("Drop the reason?")
    assert confirm.confirmed("Drop the text?")


def test_after_a_reset_every_warning_is_shown_again() -> None:
    shown: list[str] = []
    confirm = ConfirmOnce(shown.append)
    confirm.confirmed("Drop it?")
    confirm.reset()
    assert not confirm.confirmed("Drop it?")
    assert shown == ["Drop it?"] * 2
