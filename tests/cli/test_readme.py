"""The README: what it says to type works, and what it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from warmcall.app.keymap_registry import keys_by_place
from warmcall.cli.invocation import Invocation
from warmcall.cli.manual.contents import topic_called
from warmcall.config.settings import read_config

from tests.cli.commands import COMMANDS, command_of
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSIDE = (ROOT / "tui/README.md").read_text(encoding="utf-8")


def test_the_lines_for_the_shell_go_as_they_are_written(run: Run) -> None:
    (block,) = re.findall(r"```\n(warmcall .*?)```", README, re.DOTALL)
    lines = [re.split(r" {2,}", line)[0] for line in block.splitlines()]
    assert len(lines) >= 4
    for line in lines:
        done = run(*shlex.split(line)[1:])
        assert (done.exit_code in (0, 1), done.stderr) == (True, ""), line


def test_every_command_and_topic_it_names_is_there() -> None:
    named = [text.split() for text in re.findall(r"`warmcall ([a-z][^`]*)`", README)]
    assert len(named) >= 10
    for words in named:
        if words[0] == "help" and words[1:]:
            assert topic_called(words[1:]), words
            continue
        names = next(tuple(words[:count]) for count in (2, 1) if tuple(words[:count]) in COMMANDS)
        command = command_of(names)
        command.make_context(command.name, words[len(names) :], obj=Invocation())


def test_its_keys_are_keys_of_the_app() -> None:
    (table,) = re.findall(r"\n\| key \|.*?\n\n", README, re.DOTALL)
    named = [key for row in table.split("\n| ")[2:] for key in re.findall(r"`([^`]+)`", row.split("|")[0])]
    assert len(named) > 12
    places = keys_by_place({}).values()
    shown = {key for keys in places for _, display, _ in keys for key in display.split()}
    assert [key for key in named if key not in shown] == []


def test_its_settings_can_be_used_as_they_stand(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "config.yaml").write_text(example, encoding="utf-8")
    config, problems = read_config(tmp_path / "config.yaml")
    assert (config.country, problems) == ("US", ())


def test_what_it_links_to_is_there_and_pictures_are_left_out_on_an_index() -> None:
    for text, folder in ((README, ROOT), (INSIDE, ROOT / "tui")):
        links = re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", text)
        assert [link for link in links if not (folder / "".join(link)).exists()] == []
    before, _, rest = README.partition("<!-- pictures -->")
    pictures, _, after = rest.partition("<!-- end of pictures -->")
    assert pictures.count(".svg") == 3
    assert "<" not in before + after
