from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from warmcall.storage.drafts import LONGEST_NAME, safe_name, write_draft


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_draft_is_for_its_owner_alone(folder: Path) -> None:
    before = os.umask(0)
    try:
        path = write_draft(folder, "2026-11-23 Mei Tanaka", b"To: mei@example.com\r\n\r\n\xff")
    finally:
        os.umask(before)
    assert path == folder / "2026-11-23-mei-tanaka.eml"
    assert path.read_bytes() == b"To: mei@example.com\r\n\r\n\xff"
    assert (mode(folder.parent), mode(folder), mode(path)) == (0o700, 0o700, 0o600)


def test_a_draft_never_overwrites_another(folder: Path) -> None:
    names = [write_draft(folder, "Mei", str(number).encode()).name for number in range(3)]
    assert names == ["mei.eml", "mei-2.eml", "mei-3.eml"]
    assert [(folder / name).read_bytes() for name in names] == [b"0", b"1", b"2"]


def test_a_draft_is_not_written_through_a_link(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "mei.eml").symlink_to(folder.parent / "aim")
    assert write_draft(folder, "Mei", b"x").name == "mei-2.eml"
    assert not (folder.parent / "aim").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2026-11-23 Mei Tanaka", "2026-11-23-mei-tanaka"),
        ("Zoë Müller-Lüdenscheidt", "zoe-muller-ludenscheidt"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("--rf", "rf"),
        ("a\nb\0c\x1b", "a-b-c"),
        ("a\ud800b", "ab"),
        ("2026-11-23 田中", "2026-11-23"),
        ("田中", "draft"),
        ("", "draft"),
        ("x" * 500, "x" * LONGEST_NAME),
        ("x" * (LONGEST_NAME - 1) + " y", "x" * (LONGEST_NAME - 1)),
    ],
)
def test_a_name_becomes_one_that_every_file_system_and_program_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_draft_that_cannot_be_written_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_draft(folder, "Mei", b"x")
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(OSError, match="state"):
        write_draft(tmp_path / "state" / "drafts", "Mei", b"x")
