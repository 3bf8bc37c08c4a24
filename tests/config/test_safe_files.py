from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from warmcall.config import safe_files
from warmcall.config.safe_files import (
    YAML_BYTES,
    FileRefused,
    create,
    is_own,
    keep_owner,
    make_private_folder,
    open_in_place,
    read_file,
    read_text,
    resolved,
    write_private,
)

from tests.requirements import needs_file, needs_ordinary_user

UNUSUAL: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "it is a folder"),
    "pipe": (os.mkfifo, "it is a named pipe"),
    "socket": (lambda path: os.mknod(path, stat.S_IFSOCK | 0o600), "it is a socket"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "it is a "),
    "circle": (lambda path: path.symlink_to(path), "its symbolic links lead in a circle"),
    "dangling": (
        lambda path: path.symlink_to("/nonexistent/x"),
        "a symbolic link to /nonexistent/x, where n",
    ),
    "large": (
        lambda path: path.write_bytes(b"#" * (YAML_BYTES + 1)),
        "it has 1 MB, and at most 1 MB are read",
    ),
    "latin": (lambda path: path.write_bytes(b"caf\xe9"), "it is not UTF-8"),
}
"""What can lie where a file is expected: how it is made, and what is said about it."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("kind", UNUSUAL)
def test_what_is_no_text_file_is_refused_with_a_reason_and_a_fix(path: Path, kind: str) -> None:
    make, reason = UNUSUAL[kind]
    make(path)
    with pytest.raises(FileRefused) as refused:
        read_text(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert reason in refused.value.what
    assert refused.value.fix


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("in the way/file", "not a directory: a part of its path is a file"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "no file can have that name"),
        ("a\ud800b", "no file can have that name"),
        ("gone/file", "gone is a symbolic link to /nonexistent, where nothing is"),
    ],
)
def test_a_path_that_leads_to_no_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "in the way").touch()
    (tmp_path / "gone").symlink_to("/nonexistent")
    with pytest.raises(FileRefused, match=reason):
        resolved(tmp_path / name)


def test_a_file_that_is_not_there_is_missing(path: Path) -> None:
    assert resolved(path) == path
    for read in (read_text, lambda path: read_file(path, 9)):
        with pytest.raises(FileNotFoundError):
            read(path)


def test_a_link_of_the_users_own_is_followed_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    (tmp_path / "synced" / "real").write_text("words ☃")
    (tmp_path / "second").symlink_to("synced/real")
    (tmp_path / "first").symlink_to(tmp_path / "second")
    assert read_text(tmp_path / "first") == "words ☃"
    assert resolved(tmp_path / "first") == tmp_path / "synced" / "real"
    with pytest.raises(FileRefused, match="it is a symbolic link"):
        read_file(tmp_path / "first", 100)


def test_a_link_that_somebody_else_made_is_not_followed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path.parent / "real").write_text("x")
    path.symlink_to("real")
    attributes = list(path.lstat())
    attributes[4] = 4242
    lstat = Path.lstat
    monkeypatch.setattr(
        Path, "lstat", lambda self: os.stat_result(attributes) if self == path else lstat(self)
    )
    with pytest.raises(FileRefused, match="a symbolic link that somebody else made"):
        resolved(path)


@needs_file("/proc/self/status")
def test_a_file_without_a_size_is_read_whole_up_to_the_limit() -> None:
    status = Path("/proc/self/status")
    assert b"\nUid:" in read_file(status, 100_000)[0]
    with pytest.raises(FileRefused, match="are read"):
        read_file(status, 100)


@needs_ordinary_user
def test_a_file_without_permission_is_refused(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(FileRefused, match="permission denied: check with ls -l who may use it"):
        read_text(path)


@pytest.mark.parametrize(
    ("owner", "mode", "user", "folder_owner", "own"),
    [
        (1000, 0o644, 1000, 0, True),
        (0, 0o644, 1000, 1000, True),
        (1001, 0o644, 1000, 1000, False),
        (1001, 0o644, 1000, 1001, False),
        (1001, 0o600, 1000, 1001, True),  # as on a network drive: only 1001 may open it, and 1000 has
        (1001, 0o600, 0, 1001, True),
        (1001, 0o600, 0, 0, False),
    ],
)
def test_a_file_is_the_users_own_or_roots(
    owner: int, mode: int, user: int, folder_owner: int, own: bool
) -> None:
    found = os.stat_result((stat.S_IFREG | mode, 0, 0, 1, owner, owner, 0, 0, 0, 0))
    assert is_own(found, user, folder_owner) is own


@pytest.mark.parametrize("use", [read_text, open_in_place, lambda path: write_private(path, "new")])
def test_a_file_of_somebody_else_is_neither_read_nor_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, use: Callable[[Path], object]
) -> None:
    path.write_text("theirs")
    monkeypatch.setattr(safe_files, "is_own", lambda *_: False)
    with pytest.raises(FileRefused, match=r"it belongs to another user \(number [0-9]+\)"):
        use(path)
    assert path.read_text() == "theirs"


def test_a_file_written_in_place_is_made_private_and_then_opened_as_it_is(path: Path) -> None:
    for content in (b"one", b"two"):
        descriptor = open_in_place(path)
        os.pwrite(descriptor, content, 0)
        os.close(descriptor)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("linked", [False, True])
def test_a_file_with_a_second_name_is_not_written_in_place_unless_it_may_have_one(
    path: Path, linked: bool
) -> None:
    (path.parent / "authorized_keys").write_text("a key")
    path.hardlink_to(path.parent / "authorized_keys")
    if linked:
        os.close(open_in_place(path, linked))
    else:
        with pytest.raises(FileRefused, match="a second name elsewhere"):
            open_in_place(path)


@pytest.mark.parametrize("target", ["authorized_keys", "nowhere"])
def test_a_planted_link_is_not_written_through(path: Path, target: str) -> None:
    (path.parent / "authorized_keys").write_text("a key")
    path.symlink_to(target)
    for use in (open_in_place, create, lambda path: write_private(path, "new")):
        with pytest.raises(OSError, match="file"):
            use(path)
    assert sorted(found.name for found in path.parent.iterdir()) == ["authorized_keys", "file", "home"]
    assert (path.parent / "authorized_keys").read_text() == "a key"


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_private_text_is_not_written_into_what_is_no_file(path: Path, overwrite: bool) -> None:
    os.mkfifo(path)
    with pytest.raises(FileRefused, match="it is a named pipe"):
        write_private(path, "new", overwrite)
    with pytest.raises(FileRefused, match="it is a device"):
        write_private(Path("/dev/null"), "new", overwrite)


def test_what_root_makes_belongs_to_the_owner_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[object, int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda file, user, group, **_: given.append((file, user, group)))
    stats = Path.stat
    attributes = list(tmp_path.stat())
    attributes[4:6] = [1000, 100]
    monkeypatch.setattr(
        Path,
        "stat",
        lambda self, **options: os.stat_result(attributes) if self == tmp_path else stats(self, **options),
    )
    os.close(create(tmp_path / "file"))
    make_private_folder(tmp_path / "folder")
    keep_owner(7, tmp_path)
    assert [owner[1:] for owner in given] == [(1000, 100)] * 3
    assert [file for file, *_ in given[1:]] == [tmp_path / "folder", 7]


def test_every_folder_it_makes_is_private_and_the_others_stay_as_they_are(tmp_path: Path) -> None:
    open_folder = tmp_path / "open"
    open_folder.mkdir()
    open_folder.chmod(0o755)
    make_private_folder(open_folder / "a" / "b")
    modes = [
        stat.S_IMODE(path.stat().st_mode) for path in (open_folder, open_folder / "a", open_folder / "a/b")
    ]
    assert modes == [0o755, 0o700, 0o700]
    make_private_folder(open_folder / "a" / "b")


def test_a_private_text_is_for_its_owner_alone_even_if_it_was_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "copied.txt"
    path.parent.mkdir()
    path.write_text("old and longer than the new one")
    path.chmod(0o644)
    write_private(path, "new ☃ \ud800")
    assert path.read_text(encoding="utf-8") == "new ☃ ?"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_private_text_is_not_written_through_a_link(tmp_path: Path) -> None:
    aim = tmp_path / "aim.txt"
    aim.write_text("untouched")
    link = tmp_path / "copied.txt"
    link.symlink_to(aim)
    with pytest.raises(FileRefused, match="it is a symbolic link"):
        write_private(link, "new")
    assert aim.read_text() == "untouched"


def test_a_private_text_that_cannot_be_written_whole_leaves_what_was_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space left on device"):
        write_private(path, "new")
    assert [found.name for found in path.parent.iterdir() if found.is_file()] == ["file"]
    assert path.read_text() == "old"
