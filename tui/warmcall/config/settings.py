"""The user's settings in `config.yaml`, all of them optional."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

import msgspec

from warmcall.config.layouts import LAYOUTS
from warmcall.config.office import for_this_user, read_office_text
from warmcall.config.safe_files import FileRefused, read_text, resolved, write_private
from warmcall.config.themes import BUNDLED_NAMES, own_theme_names
from warmcall.config.yaml_source import Problem, YamlFault, read_yaml
from warmcall.config.zones import zone_named

_VALUE = r"""[ \t]*(?:"(?:[^"\\\r\n]|\\[^\r\n])*"|'[^'\r\n]*'|(?!["'])(?:[^\r\n#]|(?<=\S)#)*?)"""
"""A value in one line: in quotes of either kind, where a # means nothing, or without."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings; an empty one means the default.

    `theme` is the name of a theme, bundled or in the folder `themes` beside the file; `country` the ISO
    3166 two-letter code whose public holidays count, found as `config/country.py` says if it is empty;
    `zone` the IANA name of the user's time zone. `mail` is the command line of the program that gets a
    written draft, with names of `MAIL_PLACEHOLDERS` in braces. `bell` is whether the countdown may ring,
    `ascii` whether borders and marks are drawn in ASCII (None: if the locale needs it), `mouse` whether
    the mouse is used, `cursor` whether the terminal's own cursor is seen, on the selected row or in the
    field, as screen readers need it. `keymap` is the name of a layout in `LAYOUTS`, or the path of the
    keymap from the folder of the settings.
    """

    theme: str = ""
    country: str = ""
    zone: str = ""
    mail: str = ""
    bell: bool = True
    ascii: bool | None = None
    mouse: bool = False
    cursor: bool = False
    keymap: str = ""


class Setting(msgspec.Struct, frozen=True):
    """What a setting is for, and an `example` of its value, as it stands in the file."""

    about: str
    example: str


SETTINGS = {
    "theme": Setting(
        "the colours: dark, light, contrast, terminal for the terminal's own sixteen, or a theme of your own "
        "in the folder themes; dark without it",
        "light",
    ),
    "ascii": Setting(
        "whether borders, marks and signs are drawn in ASCII: true or false; without it they are where the "
        "locale is not UTF-8",
        "true",
    ),
    "country": Setting(
        "whose public holidays are no business days, and whether 12/3 begins with the month: two letters; "
        "without it that of the locale, else of your phone number",
        "US",
    ),
    "zone": Setting("your time zone; without it the machine's", "America/Chicago"),
    "mail": Setting(
        "the program that gets a letter, with those of {to}, {subject}, {mailto}, {eml} and {body_file} it "
        "needs; without it a draft is written",
        '"mutt -s {subject} -i {body_file} -- {to}"',
    ),
    "bell": Setting(
        "whether it rings at five minutes left, at the close and when the time is up; true without it",
        "false",
    ),
    "mouse": Setting("whether the mouse is used, as --mouse does; false without it", "true"),
    "cursor": Setting(
        "whether the terminal's own cursor is seen, on the selected row or in the field, as braille and "
        "speech need it; false without it",
        "true",
    ),
    "keymap": Setting(
        "your own keys: the name of a file beside this one, or azerty, qwertz or cyrillic; keymap.yaml "
        "without it",
        "mine.yaml",
    ),
}
"""What each setting is for, in the order in which people look for them."""

YES_OR_NO = ("ascii", "bell", "mouse", "cursor")
"""The settings that are true or false."""

_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""How people write true and false on a command line."""


class SettingRefused(ValueError):
    """A setting cannot be used; `fix` says what can be written instead."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


class Written(msgspec.Struct, frozen=True):
    """A setting as it stands: its value, the file, the line, from 1, and whether the file is the office's."""

    value: Any
    file: Path
    line: int
    of_office: bool = False


def read_config(path: Path, office: Sequence[Path] = ()) -> tuple[Config, tuple[Problem, ...]]:
    """Return the settings in `path` over those of the `office`, and what is wrong in the files.

    One that cannot be used is as if it were not there.
    """
    written, problems = written_settings(path, office)
    return config_of(written), problems


def config_of(written: dict[str, Written]) -> Config:
    """Return the settings of which these are `written`."""
    return msgspec.convert({name: setting.value for name, setting in written.items()}, Config)


def written_settings(
    path: Path, office: Sequence[Path] = ()
) -> tuple[dict[str, Written], tuple[Problem, ...]]:
    """Return the settings that can be used, by name, and what is wrong with the others.

    They are those in `path`, and the ones in the folders of the `office`, the most important last, that are
    not in `path`.
    """
    written: dict[str, Written] = {}
    problems: list[Problem] = []
    for at, folder in enumerate(office):
        found, wrong = _written_in(folder / "config.yaml", office[: at + 1], of_office=True)
        written |= found
        problems += wrong
    found, wrong = _written_in(path, (*office, path.parent), of_office=False)
    return written | found, (*for_this_user(problems, office), *wrong)


def _written_in(
    path: Path, folders: Sequence[Path], of_office: bool
) -> tuple[dict[str, Written], list[Problem]]:
    """Return the settings of one file, with the themes in `folders`, and what is wrong in it."""
    try:
        source = read_yaml((read_office_text if of_office else read_text)(path))
    except FileNotFoundError:
        return {}, []
    except YamlFault as fault:
        return {}, [Problem(str(path), fault.line, fault.what, fault.fix)]
    except FileRefused as refused:
        return {}, [Problem(str(path), 1, refused.what, refused.fix)]
    if source.value is None:
        return {}, []
    if not isinstance(source.value, dict):
        return {}, [Problem(str(path), 1, "there are no settings by name", "write one like theme: light")]
    written: dict[str, Written] = {}
    problems: list[Problem] = []
    for name, value in source.value.items():
        line = source.line_of((name,))
        try:
            check_setting(name, value, folders)
            if of_office and name == "keymap" and value not in ("", *LAYOUTS):
                fix = f"use one of: {', '.join(LAYOUTS)}"
                raise SettingRefused("keys of one's own cannot be given to everybody", fix)
        except SettingRefused as refused:
            problems.append(Problem(str(path), line, str(refused), refused.fix))
        else:
            written[name] = Written(value, path, line, of_office)
    return written, problems


def setting_value(name: str, text: str, folders: Sequence[Path]) -> str | bool:
    """Return the value that was typed for a setting, where `folders` may have themes.

    Raises:
        SettingRefused: if there is no such setting, or it cannot have this value.
    """
    value = _WORDS.get(text.casefold(), text) if name in YES_OR_NO else text
    check_setting(name, value, folders)
    return value


def write_setting(path: Path, name: str, value: str | bool | None) -> None:
    """Give a setting in the file `path` another value, or with None take it out; every other line stays.

    A new one stands behind a comment that shows it (`#theme: light`), else at the end.

    Raises:
        OSError: if the file cannot be read or written.
        ValueError: with a sentence, if it is not YAML, or the setting stands in it over several lines.
    """
    path = resolved(path)
    try:
        text = read_text(path)
    except FileNotFoundError:
        text = ""
    reason = ""
    for word in _spellings(value):
        changed = _with_line(text, name, word)
        try:
            settings = read_yaml(changed).value or {}
        except YamlFault as fault:
            reason = f"line {fault.line}: {fault.what}"
            continue
        if isinstance(settings, dict) and settings.get(name) == value:
            if changed != text:
                write_private(path, changed)
            return
        reason = f"{name} is written there in a way that only you can change"
    raise ValueError(reason)


def settings_file() -> str:
    """Return a settings file in which every setting is explained, and none is set."""
    lines = [
        "# Settings of warmcall, all of them optional: remove the # before a setting to use it.",
        "# warmcall config shows which hold, warmcall check says what is wrong with them.",
    ]
    for name, setting in SETTINGS.items():
        lines += ["", *wrap(f"{setting.about}.", 98, initial_indent=f"# {name}: ", subsequent_indent="# ")]
        lines.append(f"#{name}: {setting.example}")
    return "\n".join(lines) + "\n"


def _spellings(value: str | bool | None) -> list[str]:
    """Return how a value may be written in YAML: as it is, or in quotes where that means something else."""
    if value is None:
        return [""]
    if isinstance(value, bool):
        return [str(value).lower()]
    return [value, json.dumps(value, ensure_ascii=False)]


def _with_line(text: str, name: str, word: str) -> str:
    """Return the text of a settings file with `word` as a setting's value, or without it if that is empty."""
    line = rf"{re.escape(name)}[ \t]*:{_VALUE}([ \t]+#[^\r\n]*)?[ \t]*(?=\r?$)"
    if not word:
        return re.sub(rf"^{line}\r?\n?", "", text, count=1, flags=re.MULTILINE)
    changed, count = re.subn(
        rf"^{line}", lambda found: f"{name}: {word}{found[1] or ''}", text, count=1, flags=re.MULTILINE
    )
    if count:
        return changed
    shown = re.search(rf"^#{re.escape(name)}[ \t]*:[^\r\n]*\r?\n", text, re.MULTILINE)
    at = len(text) if shown is None else shown.end()
    new_line = "" if not at or text[at - 1] == "\n" else "\n"
    return f"{text[:at]}{new_line}{name}: {word}\n{text[at:]}"


def check_setting(name: str, value: Any, folders: Sequence[Path]) -> None:
    """Check one setting, where `folders` may have themes.

    Raises:
        SettingRefused: if there is no such setting, or the value has another type or cannot be used.
    """
    if name not in Config.__struct_fields__:
        from difflib import get_close_matches

        near = get_close_matches(name, Config.__struct_fields__, 1)
        fix = f"is “{near[0]}” meant?" if near else f"there are {', '.join(Config.__struct_fields__)}"
        raise SettingRefused(f"there is no setting “{name}”", fix)
    try:
        msgspec.convert({name: value}, Config)
    except msgspec.ValidationError:
        fix = "write true or false" if name in YES_OR_NO else "write a text, in quotes"
        raise SettingRefused(f"“{name}” cannot have this value", fix) from None
    if not value:
        return
    if name == "theme" and value not in BUNDLED_NAMES:
        themes = (*BUNDLED_NAMES, *own_theme_names(folders))
        if value not in themes:
            raise SettingRefused(f"there is no theme “{value}”", "use one of: " + ", ".join(themes))
    if name == "zone" and zone_named(value) is None:
        raise SettingRefused(f"there is no zone “{value}”", "write one like Europe/Berlin")
    if name == "country" and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise SettingRefused(f"“{value}” is not a country code", "write two letters like US")
    if name == "mail":
        from warmcall.domain.mail_command import MAIL_PLACEHOLDERS, CodeInMailCommand, mail_words

        try:
            mail_words(value)
        except CodeInMailCommand as error:
            raise SettingRefused(str(error), error.fix) from error
        except ValueError as error:
            names = ", ".join(f"{{{placeholder}}}" for placeholder in MAIL_PLACEHOLDERS)
            fix = f"name a program with those of {names} it needs, all in quotes"
            raise SettingRefused(str(error), fix) from error
