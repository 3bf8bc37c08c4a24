from __future__ import annotations

import stat
from pathlib import Path

import pytest
from warmcall.config.paths import content, make_private_folder, user_paths, write_private


def test_the_state_file_is_in_the_data_folder(tmp_path: Path) -> None:
    paths = user_paths(None, {})
    assert paths.state_file == tmp_path / "home/.local/share/warmcall/warmcall.json"
    assert paths.config_file == tmp_path / "home/.config/warmcall/config.yaml"


def test_the_xdg_folders_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    paths = user_paths(None, {})
    assert paths.state_file == tmp_path / "d/warmcall/warmcall.json"
    assert paths.config_folder == tmp_path / "c/warmcall"


@pytest.mark.parametrize(
    ("db", "environ", "expected"),
    [
        (Path("/given/file.json"), {"WARMCALL_DB": "/environ/file.json"}, "/given/file.json"),
        (None, {"WARMCALL_DB": "/environ/file.json"}, "/environ/file.json"),
        (None, {"WARMCALL_DB": ""}, "HOME/.local/share/warmcall/warmcall.json"),
        (Path("~/my.json"), {}, "HOME/my.json"),
    ],
)
def test_the_file_can_be_chosen(
    tmp_path: Path, db: Path | None, environ: dict[str, str], expected: str
) -> None:
    home = str(tmp_path / "home")
    paths = user_paths(db, environ)
    assert str(paths.state_file) == expected.replace("HOME", home)
    assert paths.log_file.parent == paths.clipboard_file.parent == paths.state_file.parent


def test_the_bundled_files_are_found() -> None:
    names = {path.name for path in content().iterdir()}
    assert {"scripts", "questions", "messages", "cadence.yaml", "preparation.yaml", "demo.yaml"} <= names


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
    with pytest.raises(OSError, match="copied"):
        write_private(link, "new")
    assert aim.read_text() == "untouched"
