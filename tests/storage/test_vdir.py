"""A folder with a file for each event: what is written there, what is left alone, and what is removed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.safe_files import FileRefused
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.formats.content_lines import FolderItem, found_items
from warmcall.formats.icalendar import EVENTS, calendar_items
from warmcall.storage.vdir import Kept, KeptItem, VdirResult, update_vdir
from warmcall.storage.whole_files import write_synced

from tests.examples import CALENDAR, LUIS, NOW, follow_up
from tests.profiles import modest

Days = dict[str, int]
"""What is owed: the day in November by the id of its follow-up."""

Seen = dict[str, tuple[bytes, int, int]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "calendar"


def items(owed: Days) -> list[FolderItem]:
    records = [follow_up(FollowUpKind.CALL, f"2026-11-{day}", id=id_) for id_, day in owed.items()]
    return calendar_items(Store([LUIS, *records]), NOW, CALENDAR)


def exported(folder: Path, owed: Days, overwrite: bool = False) -> VdirResult:
    return update_vdir(folder, EVENTS, items(owed), overwrite)


def seen(folder: Path) -> Seen:
    """Return what is in each file, which file it is and when it was written."""
    found = {path.name: (path, path.lstat()) for path in folder.iterdir()}
    return {
        name: (path.read_bytes(), at.st_ino, at.st_mtime_ns) for name, (path, at) in sorted(found.items())
    }


def days(folder: Path) -> Days:
    """Return what the folder says is owed."""
    return dict(_days(folder.glob("*.ics")))


def _days(files: Iterable[Path]) -> Iterator[tuple[str, int]]:
    for file in files:
        text = file.read_text()
        for item in found_items(text.encode(), EVENTS):
            if EVENTS.is_ours(item.uid):
                yield item.uid.removesuffix("@warmcall"), int(text.partition("VALUE=DATE:202611")[2][:2])


def edit(file: Path, change: Callable[[str], str] = lambda text: text) -> None:
    """Save a file as another program does: in other lines and another order, and with other dates."""
    head, *lines = change(file.read_text()).replace("\r\n ", "").splitlines()
    at = next(number for number, line in enumerate(lines) if line == "BEGIN:VEVENT")
    inside = sorted(line for line in lines[at + 1 : -2] if not line.startswith(("DTSTAMP", "SEQUENCE")))
    mine = ["PRODID:-//other//EN", "BEGIN:VEVENT", "DTSTAMP:20261124T000000Z", "X-OTHER:1", *inside]
    file.write_text("\n".join([head, *mine, "END:VEVENT", "END:VCALENDAR", ""]))


def test_each_event_is_a_file_and_only_what_changes_is_written(folder: Path) -> None:
    assert exported(folder, {"a": 24, "b": 25, "C/..": 26}) == VdirResult(3, 0, 0, ())
    first = seen(folder)
    assert {"a@warmcall.ics", "b@warmcall.ics"} < set(first)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    assert exported(folder, {"a": 24, "b": 25, "C/..": 26}) == VdirResult(0, 0, 3, ())
    assert seen(folder) == first
    assert exported(folder, {"a": 24, "b": 27}) == VdirResult(1, 1, 1, ())
    assert days(folder) == {"a": 24, "b": 27}
    assert seen(folder)["a@warmcall.ics"] == first["a@warmcall.ics"]
    old, new = (found_items(place["b@warmcall.ics"][0], EVENTS)[0] for place in (first, seen(folder)))
    assert new.sequence == old.sequence + 1
    assert new.revised is not None
    assert old.revised is not None
    assert new.revised - old.revised == timedelta(seconds=1)


def test_a_file_another_program_saved_without_changing_it_is_still_ours(folder: Path) -> None:
    exported(folder, {"a": 24})
    file = (folder / "a@warmcall.ics").rename(folder / "0b7c.ics")
    edit(file)
    saved = seen(folder)
    assert exported(folder, {"a": 24}) == VdirResult(0, 0, 1, ())
    assert seen(folder) == saved
    assert exported(folder, {"a": 25}) == VdirResult(1, 0, 0, ())
    assert list(seen(folder)) == ["0b7c.ics"]
    assert exported(folder, {}) == VdirResult(0, 1, 0, ())


def test_what_another_program_changed_is_kept_until_it_is_the_same_here_or_is_to_be_written_over(
    folder: Path,
) -> None:
    exported(folder, {"a": 24, "b": 24, "c": 24})
    for name in "ab":
        edit(
            folder / f"{name}@warmcall.ics",
            lambda text: text.replace("20261124", "20261126").replace("20261125", "20261127"),
        )
    changed = seen(folder)
    kept = KeptItem("a@warmcall.ics", "Call Luis Ortega", Kept.CHANGED)
    assert exported(folder, {"a": 25, "c": 24}) == VdirResult(
        0, 0, 1, (kept, KeptItem("b@warmcall.ics", "Call Luis Ortega", Kept.NOT_OWED))
    )
    assert seen(folder) == changed
    assert exported(folder, {"a": 26, "b": 24, "c": 24}).kept == (
        KeptItem("b@warmcall.ics", "Call Luis Ortega", Kept.CHANGED),
    )
    assert exported(folder, {"a": 28, "b": 26, "c": 24}).kept == ()
    edit(folder / "c@warmcall.ics", lambda text: text.replace("Call Luis", "Lunch with Luis"))
    assert exported(folder, {"a": 28, "b": 26, "c": 24}, overwrite=True) == VdirResult(1, 0, 2, ())
    edit(folder / "c@warmcall.ics", lambda text: text.replace("Call Luis", "Lunch with Luis"))
    assert exported(folder, {}, overwrite=True) == VdirResult(0, 3, 0, ())


OTHERS = {
    "theirs.ics": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@elsewhere\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "no calendar.ics": b"warmcall\xff",
    "open.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x@warmcall\n",
    "two.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x@warmcall\nEND:VEVENT\nBEGIN:VEVENT\nUID:y@warmcall\n"
    b"END:VEVENT\nEND:VCALENDAR\n",
    "color": b"#ff0000",
    ".hidden.ics": b"warmcall",
    "x.ics.tmp": b"warmcall",
}


def test_what_is_not_ours_is_neither_opened_to_write_nor_removed_and_no_link_is_followed(
    folder: Path,
) -> None:
    outside = folder.with_name("outside.ics")
    exported(folder, {"x": 24})
    (folder / "x@warmcall.ics").rename(outside)
    for name, content in OTHERS.items():
        (folder / name).write_bytes(content)
    (folder / "a@warmcall.ics").symlink_to(outside)
    (folder / "linked.ics").symlink_to(outside)
    (folder / "b@warmcall.ics").mkdir()
    os.mkfifo(folder / "c@warmcall.ics")
    before, outer = sorted(folder.iterdir()), outside.read_bytes()
    result = exported(folder, {"a": 25, "b": 25, "c": 25}, overwrite=True)
    assert [(kept.name, kept.why) for kept in result.kept] == [
        (f"{id_}@warmcall.ics", Kept.TAKEN) for id_ in "abc"
    ]
    assert (sorted(folder.iterdir()), outside.read_bytes()) == (before, outer)
    assert (folder / "a@warmcall.ics").readlink() == outside
    assert {name: (folder / name).read_bytes() for name in OTHERS} == OTHERS


def test_of_two_files_with_one_event_the_one_that_is_right_stays(folder: Path) -> None:
    exported(folder, {"a": 24})
    (folder / "a@warmcall.sync-conflict.ics").write_bytes((folder / "a@warmcall.ics").read_bytes())
    assert exported(folder, {"a": 24}) == VdirResult(0, 1, 1, ())
    assert list(seen(folder)) == ["a@warmcall.ics"]


def test_a_file_that_changes_while_the_folder_is_brought_up_to_date_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(folder, {"a": 24})

    def meanwhile(path: Path, content: bytes) -> None:
        edit(folder / "a@warmcall.ics", lambda text: text.replace("Call", "Lunch with"))
        write_synced(path, content)

    monkeypatch.setattr("warmcall.storage.vdir.write_synced", meanwhile)
    assert exported(folder, {"a": 25}).kept[0].why is Kept.CHANGED
    assert "Lunch" in (folder / "a@warmcall.ics").read_text()
    assert len(seen(folder)) == 1


def test_an_export_that_fails_leaves_whole_files_and_goes_on_when_it_is_run_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(folder, {"a": 24, "b": 24})
    before = seen(folder)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _disk_full)
        with pytest.raises(OSError, match="No space"):
            exported(folder, {"a": 25, "b": 25})
    assert seen(folder) == before
    leftover = folder / f".warmcall-{'0' * 16}.tmp"
    for age in (0, 7200):
        leftover.write_text("half")
        os.utime(leftover, (leftover.stat().st_mtime - age,) * 2)
        exported(folder, {"a": 25, "b": 25})
        assert leftover.exists() is (age == 0)
    assert days(folder) == {"a": 25, "b": 25}


def _disk_full(*_arguments: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_folder_has_to_be_one_in_a_folder_that_is_there(folder: Path) -> None:
    folder.mkdir()
    (folder / "file").touch()
    (folder / "link").symlink_to(folder / "gone")
    for name in ("gone/calendar", "file", "link", "file/calendar"):
        with pytest.raises(FileRefused):
            exported(folder / name, {"a": 24})
    assert sorted(path.name for path in folder.iterdir()) == ["file", "link"]


IDS = st.sampled_from("abc")
STEPS = st.lists(
    st.tuples(st.just("owe"), IDS, st.integers(10, 28))
    | st.tuples(
        st.sampled_from(["settle", "edit", "resave", "rename", "delete", "export"]), IDS, st.integers(10, 28)
    ),
    max_size=25,
)


@modest
@given(STEPS)
def test_after_any_changes_an_export_leaves_exactly_what_is_owed_and_what_others_wrote(
    steps: list[tuple[str, str, int]],
) -> None:
    owed: Days = {}
    edited: set[str] = set()
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "theirs.ics").write_bytes(OTHERS["theirs.ics"])
        for step, id_, day in [*steps, ("export", "a", 0)]:
            mine = [path for path in folder.glob("*.ics") if id_ in dict(_days([path]))]
            if step == "owe":
                owed[id_] = day
            elif step == "settle":
                owed.pop(id_, None)
            elif step == "export":
                result = exported(folder, owed)
                assert days(folder).keys() - edited == owed.keys() - edited
                assert {kept.name for kept in result.kept} <= {path.name for path in folder.iterdir()}
                assert {id_: day for id_, day in days(folder).items() if id_ not in edited} == {
                    id_: day for id_, day in owed.items() if id_ not in edited
                }
                assert len(result.kept) == len(edited)
                before = seen(folder)
                assert (exported(folder, owed).written, seen(folder)) == (0, before)
            elif mine and step == "edit":
                edit(mine[0], lambda text: text.replace("SUMMARY:", "SUMMARY:Lunch or "))
                edited.add(id_)
            elif mine and step == "resave":
                edit(mine[0])
            elif mine and step == "rename":
                mine[0].rename(folder / f"{id_}{day}.ics")
            elif mine and step == "delete":
                mine[0].unlink()
                edited.discard(id_)
        assert (folder / "theirs.ics").read_bytes() == OTHERS["theirs.ics"]
