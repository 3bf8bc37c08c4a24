"""Handing the terminal to other programs; the real terminals are in test_outside_terminal.py."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from textual.app import App
from warmcall.terminal.subprocesses import ProgramFailed, edit, editor_disabled_reason, run_mail_program

TEXT = "Dear Mei,\n\nthank you ✓"


class Suspended:
    """Stands for an app: records when the terminal was handed over, returned and drawn again."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.screen = self

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.done.append("given")
        yield
        self.done.append("returned")

    def refresh(self, *, layout: bool) -> None:
        assert layout
        self.done.append("drawn")

    @property
    def app(self) -> App[Any]:
        return cast("App[Any]", self)


@pytest.fixture
def at() -> Suspended:
    return Suspended()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is to be empty again after each program."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def environ(tmp_path: Path, folder: Path) -> dict[str, str]:
    (tmp_path / "bin").mkdir()
    # A folder of others that cannot be entered would make of every missing program one that may not be run.
    usable = [entry for entry in os.get_exec_path() if os.access(entry, os.X_OK)]
    return {"PATH": os.pathsep.join([str(tmp_path / "bin"), *usable]), "SEEN": str(tmp_path / "seen")}


def program(tmp_path: Path, name: str, does: str) -> None:
    """Put a program on the path."""
    path = tmp_path / "bin" / name
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def seen(environ: dict[str, str]) -> list[str]:
    return Path(environ["SEEN"]).read_text().splitlines()


def test_the_text_goes_into_the_editor_and_comes_back(
    at: Suspended, tmp_path: Path, folder: Path, environ: dict[str, str]
) -> None:
    program(tmp_path, "ed1", 'cp "$1" "$SEEN"; echo "Robin" >> "$1"')
    assert edit(at.app, TEXT, environ | {"EDITOR": "ed1"}) == f"{TEXT}\nRobin"
    assert seen(environ) == ["Dear Mei,", "", "thank you ✓"]
    assert at.done == ["given", "returned", "drawn"]
    assert list(folder.iterdir()) == []


def test_the_text_lies_in_a_private_file_of_its_own(
    at: Suspended, tmp_path: Path, folder: Path, environ: dict[str, str]
) -> None:
    program(tmp_path, "ed1", 'stat -c %a "$1" "$(dirname "$1")" > "$SEEN"; echo "$1" >> "$SEEN"')
    before = os.umask(0)
    try:
        assert edit(at.app, TEXT, environ | {"EDITOR": "ed1"}) == TEXT
    finally:
        os.umask(before)
    file, above, name = seen(environ)
    assert (file, above) == ("600", "700")
    assert Path(name).suffix == ".txt"
    assert Path(name).parent.parent == folder


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"EDITOR": "ed1"}, []),
        ({"VISUAL": "ed1", "EDITOR": "not-this"}, []),
        ({"VISUAL": " ", "EDITOR": "ed1"}, []),
        ({"EDITOR": "ed1 --wait -n"}, ["--wait", "-n"]),
        ({"EDITOR": "ed1 'two words' \"$(id)\" ; # x"}, ["two words", "$(id)", ";", "#", "x"]),
    ],
)
def test_visual_goes_before_editor_and_is_words_not_a_shell(
    at: Suspended, tmp_path: Path, environ: dict[str, str], variables: dict[str, str], words: list[str]
) -> None:
    program(tmp_path, "ed1", 'printf "%s\\n" "$@" > "$SEEN"')
    edit(at.app, TEXT, environ | variables)
    assert seen(environ)[:-1] == words


@pytest.mark.parametrize("variables", [{}, {"VISUAL": "", "EDITOR": "  "}, {"EDITOR": "''"}])
def test_without_an_editor_it_is_said_how_to_name_one(
    at: Suspended, environ: dict[str, str], variables: dict[str, str]
) -> None:
    message = "There is neither nano nor vi here: set EDITOR or VISUAL to your editor"
    assert editor_disabled_reason(variables) == message
    with pytest.raises(ProgramFailed, match=message):
        edit(at.app, TEXT, environ | variables | {"PATH": ""})
    assert at.done == []


@pytest.mark.parametrize(("here", "opened"), [(("nano", "vi"), "nano"), (("vi",), "vi")])
def test_where_none_is_named_nano_or_vi_is_taken(
    at: Suspended, tmp_path: Path, environ: dict[str, str], here: tuple[str, ...], opened: str
) -> None:
    for name in here:
        program(tmp_path, name, f'echo {name} > "$SEEN"')
    edit(at.app, TEXT, environ | {"PATH": str(tmp_path / "bin")})
    assert seen(environ) == [opened]


def test_an_open_quote_in_the_variable_is_named() -> None:
    assert editor_disabled_reason({"EDITOR": "vim '"}) == "EDITOR has a quote in it that is not closed"
    assert editor_disabled_reason({"EDITOR": "vim -n"}) == ""


@pytest.mark.parametrize(
    ("does", "message"),
    [
        ('echo x >> "$1"; exit 3', "ed1 ended with 3: nothing was changed"),
        ('echo x >> "$1"; kill -9 $$', "ed1 was ended by signal 9: nothing was changed"),
        ('rm "$1"', "The edited text cannot be read: it is not there"),
    ],
)
def test_an_editor_that_fails_changes_nothing_and_leaves_nothing(
    at: Suspended, tmp_path: Path, folder: Path, environ: dict[str, str], does: str, message: str
) -> None:
    program(tmp_path, "ed1", does)
    with pytest.raises(ProgramFailed) as reason:
        edit(at.app, TEXT, environ | {"EDITOR": "ed1"})
    assert str(reason.value) == message
    assert at.done == ["given", "returned", "drawn"]
    assert list(folder.iterdir()) == []


def test_an_editor_that_is_not_there_or_no_program_gives_the_terminal_back(
    at: Suspended, tmp_path: Path, folder: Path, environ: dict[str, str]
) -> None:
    with pytest.raises(ProgramFailed, match=r"^ed9 cannot be run: it is not there$"):
        edit(at.app, TEXT, environ | {"EDITOR": "ed9"})
    (tmp_path / "bin" / "ed9").write_text("#!/bin/sh\n")
    with pytest.raises(ProgramFailed, match=r"^ed9 cannot be run: permission denied$"):
        edit(at.app, TEXT, environ | {"EDITOR": str(tmp_path / "bin" / "ed9")})
    with pytest.raises(ProgramFailed, match=r"cannot be run: embedded null byte$"):
        edit(at.app, TEXT, environ | {"EDITOR": "ed\0"})
    assert at.done == ["given", "returned", "drawn"] * 3
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_said_before_the_terminal_is_given_away(
    at: Suspended, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    with pytest.raises(ProgramFailed, match="cannot be put into a file: it is not there"):
        edit(at.app, TEXT, environ | {"EDITOR": "ed1"})
    assert at.done == []


def test_a_disk_that_fills_up_leaves_no_part_of_the_text(
    at: Suspended, folder: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ProgramFailed, match="cannot be put into a file: no space left on device"):
        edit(at.app, TEXT, environ | {"EDITOR": "ed1"})
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "written", "after"),
    [
        ("a", "a\\n", "a"),
        ("a\n", "a\\n", "a\n"),
        ("a", "a\\n\\n", "a\n"),
        ("a", "b", "b"),
        ("a", "", ""),
        ("a", "a\\r\\nb\\rc\\r\\n", "a\nb\nc"),
        ("a", "caf\\351 \\377\\n", "caf� �"),
        ("a", "\\357\\273\\277a\\n", "a"),
    ],
)
def test_what_comes_back_is_text_with_line_feeds(
    at: Suspended, tmp_path: Path, environ: dict[str, str], before: str, written: str, after: str
) -> None:
    program(tmp_path, "ed1", f"printf '{written}' > \"$1\"")
    assert edit(at.app, before, environ | {"EDITOR": "ed1"}) == after


def test_half_a_character_does_not_keep_a_text_from_the_editor(
    at: Suspended, tmp_path: Path, environ: dict[str, str]
) -> None:
    program(tmp_path, "ed1", "true")
    assert edit(at.app, "a\ud800b", environ | {"EDITOR": "ed1"}) == "a?b"


def test_a_file_the_editor_put_in_place_of_ours_is_read_and_what_lies_beside_it_removed(
    at: Suspended, tmp_path: Path, folder: Path, environ: dict[str, str]
) -> None:
    program(tmp_path, "ed1", 'echo new > "$1~"; cp "$1" "$1.bak"; mv "$1~" "$1"')
    assert edit(at.app, TEXT, environ | {"EDITOR": "ed1"}) == "new"
    assert list(folder.iterdir()) == []


async def test_where_the_terminal_cannot_be_given_away_it_is_said(
    tmp_path: Path, folder: Path, environ: dict[str, str]
) -> None:
    program(tmp_path, "ed1", "true")
    app = App[None]()
    async with app.run_test():
        with pytest.raises(ProgramFailed, match=r"^This terminal cannot be given to another program$"):
            edit(app, TEXT, environ | {"EDITOR": "ed1"})
    assert list(folder.iterdir()) == []


def test_interrupts_are_for_the_program_and_our_own_way_with_signals_comes_back(
    at: Suspended, tmp_path: Path, environ: dict[str, str]
) -> None:
    numbers = [signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGHUP, signal.SIGTERM]
    before = [signal.getsignal(number) for number in numbers]
    program(tmp_path, "ed1", 'kill -INT $PPID; kill -QUIT $PPID; echo x >> "$1"')
    assert edit(at.app, TEXT, environ | {"EDITOR": "ed1"}) == f"{TEXT}\nx"
    assert [signal.getsignal(number) for number in numbers] == before
    program(tmp_path, "ed1", 'trap "echo yes > $SEEN; exit 0" INT; kill -INT $$')
    edit(at.app, TEXT, environ | {"EDITOR": "ed1"})
    assert seen(environ) == ["yes"]


VALUES = {
    "mailto": "mailto:mei@example.com",
    "to": "mei@example.com",
    "subject": "$(id) `id`; --x",
    "eml": "/x/mei.eml",
    "body_file": TEXT,
}


def test_a_mail_program_gets_its_words_and_the_text_in_a_private_file(
    at: Suspended, tmp_path: Path, folder: Path, environ: dict[str, str]
) -> None:
    program(
        tmp_path, "mail1", 'stat -c %a "$4" > "$SEEN"; cat "$4" >> "$SEEN"; printf "\\n%s\\n" "$@" >> "$SEEN"'
    )
    message = run_mail_program(
        at.app, "mail1 -s {subject} -i {body_file} {to} {mailto} {eml}", VALUES, environ
    )
    assert message == "Handed to mail1"
    words = [line for line in seen(environ) if line]
    assert words[:5] == ["600", "Dear Mei,", "thank you ✓", "-s", VALUES["subject"]]
    assert words[5] == "-i"
    assert words[7:] == [VALUES["to"], VALUES["mailto"], VALUES["eml"]]
    assert Path(words[6]).parent.parent == folder
    assert list(folder.iterdir()) == []
    assert at.done == ["given", "returned", "drawn"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("mail1 {to}", "mail1 ended with 4: check whether it accepted the mail"),
        ("mail9 {to}", "mail9 cannot be run: it is not there"),
        ("mail1 {cc}", "Not handed over: the mail command does not know {cc}"),
        ("", "Not handed over: the mail command names no program"),
    ],
)
def test_a_mail_program_that_fails_is_said(
    at: Suspended, tmp_path: Path, environ: dict[str, str], command: str, message: str
) -> None:
    program(tmp_path, "mail1", "exit 4")
    with pytest.raises(ProgramFailed) as reason:
        run_mail_program(at.app, command, VALUES, environ)
    assert str(reason.value) == message


def test_a_mail_too_long_for_one_word_is_said(at: Suspended, tmp_path: Path, environ: dict[str, str]) -> None:
    program(tmp_path, "mail1", "true")
    with pytest.raises(ProgramFailed, match=r"^mail1 cannot be run: argument list too long$"):
        run_mail_program(at.app, "mail1 {mailto}", VALUES | {"mailto": "x" * 200_000}, environ)


def test_a_program_gets_no_file_of_ours(at: Suspended, tmp_path: Path, environ: dict[str, str]) -> None:
    program(tmp_path, "ed1", 'if [ -e /proc/self/fd/77 ]; then echo open; else echo shut; fi > "$SEEN"')
    with (tmp_path / "state").open("w") as ours:
        os.dup2(ours.fileno(), 77, inheritable=True)
    try:
        edit(at.app, TEXT, environ | {"EDITOR": "ed1"})
    finally:
        os.close(77)
    assert seen(environ) == ["shut"]
