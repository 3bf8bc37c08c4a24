"""The manual page: all commands and options, in a form that man takes without complaint."""

from __future__ import annotations

import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

import click
import pytest
import warmcall
from click.testing import CliRunner
from warmcall import __version__
from warmcall.cli.base import examples_of
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.cli.manual.blocks import Verbatim
from warmcall.cli.manual.contents import TOPICS
from warmcall.cli.manual.neighbours import RECIPES
from warmcall.cli.manual.page import manual, whole_page
from warmcall.cli.manual.plain import WIDEST, plain
from warmcall.cli.manual.roff import escaped
from warmcall.cli.manual.topics import environment, messages, themes
from warmcall.cli.manual.topics.dates import EXAMPLES, PAST_EXAMPLES
from warmcall.cli.manual.topics.settings import MAIL_EXAMPLES
from warmcall.cli.manual.topics.shell import DAY
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.config.settings import SETTINGS, check_setting
from warmcall.config.themes import read_themes
from warmcall.config.yaml_source import read_yaml
from warmcall.domain.time_words import read_past_time, read_time_to_come

from tests.cli.commands import COMMANDS, OPTIONS, command_of
from tests.cli.conftest import Run
from tests.examples import CALENDAR, NOW
from tests.requirements import needs

PAGE = Path(warmcall.__file__).with_name("warmcall.1")

needs_groff = needs("groff")
needs_man = needs("man", "groff")


def rendered(source: str) -> subprocess.CompletedProcess[str]:
    """Return the page as groff shows it, with every warning there is."""
    return subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-c", "-rLL=100n"],
        input=source, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip


@cache
def read(source: str) -> str:
    """Return the words of a rendered page, in one line."""
    return " ".join(re.sub(".\b", "", rendered(source).stdout).split())


def test_the_page_that_is_installed_is_the_one_that_commands_and_keys_make() -> None:
    if PAGE.read_text() != whole_page():
        pytest.fail("it is older than they are: python -m warmcall.cli.manual > tui/warmcall/warmcall.1")


def test_it_is_printed_as_it_is() -> None:
    done = CliRunner().invoke(main, ["man"])
    assert (done.exit_code, done.output) == (0, PAGE.read_text())
    assert done.output.startswith(f'.TH WARMCALL 1 "" "warmcall {__version__}"')
    assert done.output.isascii()


@needs_groff
def test_groff_has_nothing_to_complain_about() -> None:
    assert rendered(PAGE.read_text()).stderr == ""


@needs_man
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_man_shows_it_from_a_pipe_in_any_locale(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    shown = subprocess.run(
        ["man", "--warnings", "-l", "-"], input=PAGE.read_text(), capture_output=True, text=True, check=True
    )
    assert shown.stderr == ""
    assert "NAME" in shown.stdout


@needs_groff
def test_every_command_and_option_is_in_it() -> None:
    shown = read(PAGE.read_text())
    for names in COMMANDS:
        assert " ".join(("warmcall", *names)) in shown
    for names, option in OPTIONS:
        for spelled in (*option.opts, *option.secondary_opts):
            assert spelled in shown
        assert " ".join((option.help or "").split()).rstrip(".") in shown, (names, option.name)


def test_every_section_a_reader_looks_for_is_there() -> None:
    assert re.findall(r"^\.SH (.*)", PAGE.read_text(), re.MULTILINE) == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS",
        *(escaped(topic.title.upper()) for topic in TOPICS), "EXAMPLES", "SEE ALSO",
    ]  # fmt: skip


@needs_groff
def test_settings_and_the_examples_of_every_command_are_in_it() -> None:
    shown = read(PAGE.read_text())
    for name, setting in SETTINGS.items():
        assert f"{name} {setting.about[:1].upper()}{' '.join(setting.about.split())[1:]}" in shown
    for names in COMMANDS:
        for line, words in examples_of(command_of(names)) if names else ():
            assert f"{line} {words[:1].upper()}{words[1:]}" in shown


@pytest.mark.parametrize(
    "name",
    ["config.yaml", "keymap.yaml", "cadence.yaml", "preparation.yaml", "sources.yaml", "job_questions.yaml"],
)
def test_every_file_the_user_may_write_is_listed(name: str) -> None:
    assert name in PAGE.read_text()


@pytest.mark.parametrize(
    "text",
    [
        ".TH is no command", "'sp 3", "C:\\new\\fB", "--db", "it's `so` ^ ~ \"quoted\"", "naïve – “w” … 美",
        "\\", "...", "a .b 'c",
    ],
)  # fmt: skip
@needs_groff
def test_a_text_is_shown_letter_by_letter(text: str) -> None:
    source = f".TH T 1\n.SH NAME\nt \\- u\n.SH TEXT\n.PP\n{escaped(text)}\n"
    assert rendered(source).stderr == ""
    assert text in read(source)


@needs_groff
def test_a_new_command_is_in_it_by_itself() -> None:
    @click.group()
    def top() -> None:
        """Do things."""

    @top.command()
    @click.option("--new-thing", help="Be new.")
    def sub() -> None:
        """Do a thing."""

    shown = read(manual(top))
    assert "warmcall sub [OPTIONS] Do a thing. --new-thing TEXT Be new." in shown


@needs_groff
def test_lines_to_be_copied_are_shown_as_they_are() -> None:
    page = re.sub(".\b", "", rendered(PAGE.read_text()).stdout)
    steps = [step for steps in RECIPES.values() for step in steps]
    assert len(steps) > 5
    for step in steps:
        shown = "".join(f"{' ' * 14}{line}".rstrip() + "\n" for line in step.lines.strip().split("\n"))
        assert shown in page


def test_the_commands_of_recipes_are_commands() -> None:
    lines = [line for steps in RECIPES.values() for step in steps for line in step.lines.split("\n")]
    commands = [line.partition("warmcall ")[2] for line in lines if re.search(r"(^|\* )warmcall ", line)]
    assert len(commands) >= 5
    for command in commands:
        words = shlex.split(re.split("[>|;&]", command)[0])
        context = click.Context(main)
        at: click.Command = main
        while isinstance(at, click.Group):
            found = at.get_command(context, words.pop(0))
            assert found is not None, command
            at = found
        at.make_context(at.name, words, obj=Invocation())


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_topics_are_wrapped_to_the_width_but_for_lines_to_be_copied(columns: int) -> None:
    for topic in TOPICS:
        blocks = list(topic.blocks())
        copied = {
            f"    {line}".rstrip() for block in blocks if isinstance(block, Verbatim) for line in block.lines
        }
        for line in plain(topic.title, blocks, columns):
            fits = len(line) <= min(columns, WIDEST)
            assert fits or line in copied or len(line.split()) == 1, (topic.name, line)


def test_help_and_man_show_a_topic_and_help_a_command_of_that_name_before_it() -> None:
    def output(*words: str) -> str:
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0
        return done.output

    shown = output("help", "exit-codes")
    assert shown.startswith("EXIT CODES\n\n  0 ")
    assert output("help", "exit", "codes") == output("man", "exit-codes") == shown
    assert output("help", "keys") == f"{output('keys', '--help')}\n{output('man', 'keys')}"


def test_the_values_of_mail_and_the_days_and_times_in_it_are_taken_as_they_are() -> None:
    for example in MAIL_EXAMPLES:
        check_setting("mail", read_yaml(f"mail: {example}\n").value["mail"], [])
    for _, shown in EXAMPLES:
        for words in shown:
            assert read_time_to_come(words, NOW, CALENDAR)
    for words in PAST_EXAMPLES:
        assert read_past_time(words, NOW, CALENDAR)


def test_the_theme_and_the_letter_in_it_can_be_used_as_they_stand(tmp_path: Path) -> None:
    for name, text in (("themes/mine.yaml", themes.EXAMPLE), ("messages/mine.yaml", messages.EXAMPLE)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    found, problems = read_themes(tmp_path, ())
    assert ([theme.name for theme in found if theme.own], problems) == (["mine"], ())
    library = Library(content(), tmp_path)
    assert "my-thank-you" in library.messages
    assert library.problems == ()


def test_the_day_by_commands_goes_as_it_is_written(run: Run) -> None:
    for line in DAY.replace("--edit", "--body 'Thank you for your time.'").strip().splitlines():
        done = run(*shlex.split(line)[1:])
        assert (done.exit_code, done.stderr) == (0, ""), line


def test_every_variable_of_the_environment_that_is_read_is_in_it() -> None:
    package = Path(warmcall.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    read_there = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", sources))
    ours = {"COMP_TYPED", "COMP_WORDS"}
    of_everybody = {"HOME", "PATH", "PYTHONIOENCODING", "TEXTUAL", "TEXTUAL_LOG"}
    section = "\n".join(plain("", environment.blocks(), 80))
    assert {name for name in read_there - ours - of_everybody if name not in section} == set()
