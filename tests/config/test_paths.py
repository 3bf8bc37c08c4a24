from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.config.paths import content, user_paths


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
    assert paths.clipboard_file.parent == paths.drafts_folder.parent == paths.state_file.parent
    named = expected.startswith(("/", "HOME/my"))
    assert str(paths.log_file.parent) == (
        str(paths.state_file.parent) if named else f"{home}/.local/state/warmcall"
    )


def test_the_bundled_files_are_found() -> None:
    names = {path.name for path in content().iterdir()}
    assert {"scripts", "questions", "messages", "cadence.yaml", "preparation.yaml", "demo.yaml"} <= names
