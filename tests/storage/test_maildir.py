"""Drafts in a Maildir: where they are put, and what a folder has to be."""

from __future__ import annotations

import mailbox
import re
import stat
from pathlib import Path

import pytest
from warmcall.config.safe_files import FileRefused
from warmcall.storage.maildir import deliver_draft

MESSAGE = (
    b"To: mei@example.com\r\nDate: Mon, 23 Nov 2026 15:00:00 +0000\r\nMessage-ID: <1@x>\r\n\r\nDear Mei\r\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Drafts"


def delivered(folder: Path, message: bytes = MESSAGE) -> tuple[Path, bool]:
    return deliver_draft(folder, message, 1795000000, "my/host:é")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def test_a_draft_is_delivered_whole_for_its_owner_alone_and_flagged(folder: Path) -> None:
    path, is_new = delivered(folder)
    assert is_new
    assert path.parent == folder / "cur"
    assert re.fullmatch(r"1795000000\.R[0-9a-f]{16}P\d+\.my-host-:2,DS", path.name)
    assert path.read_bytes() == MESSAGE.replace(b"\r\n", b"\n")
    assert files(folder) == [path]
    modes = {stat.S_IMODE(found.stat().st_mode) for found in (folder, *folder.iterdir(), path)}
    assert modes == {0o700, 0o600}
    (message,) = mailbox.Maildir(folder)
    assert isinstance(message, mailbox.MaildirMessage)
    assert (message.get_flags(), message["To"]) == ("DS", "mei@example.com")


def test_the_same_letter_is_not_delivered_twice_and_another_is(folder: Path) -> None:
    path, _ = delivered(folder)
    later = MESSAGE.replace(b"15:00", b"16:00").replace(b"<1@x>", b"\r\n <2@x>")
    assert delivered(folder, later) == (path, False)
    assert delivered(folder, MESSAGE.replace(b"Dear Mei", b"Date: Mei"))[1]
    sent = path.rename(path.with_name(path.name.removesuffix(":2,DS") + ":2,S"))
    assert delivered(folder)[1]
    assert len(files(folder)) == 3
    assert sent.exists()


def test_a_folder_that_is_no_maildir_is_left_as_it_is(folder: Path) -> None:
    outside = folder.with_name("outside")
    (outside / "cur").mkdir(parents=True)
    for names, link in ((("x",), ""), (("tmp", "new"), "cur"), (("cur", "tmp"), "")):
        place = folder.with_name("-".join(names))
        for name in names:
            (place / name).mkdir(parents=True)
        if link:
            (place / link).symlink_to(outside / "cur")
        with pytest.raises(FileRefused, match="it is no Maildir"):
            delivered(place)
    for place in (folder / "Drafts", outside / "file" / "Drafts"):
        with pytest.raises(FileRefused, match="there is no folder"):
            delivered(place)
    (outside / "file").touch()
    with pytest.raises(FileRefused, match="it is not a folder"):
        delivered(outside / "file")
    assert files(folder.parent) == [outside / "file"]


def test_where_a_draft_cannot_be_delivered_no_part_of_it_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space"):
        delivered(folder)
    assert files(folder) == []
