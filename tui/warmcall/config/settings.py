"""The user's settings in `config.yaml`, all of them optional."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from warmcall.config.safe_files import FileRefused, read_text, resolved, write_private
from warmcall.config.themes import BUNDLED_NAMES, own_theme_files
from warmcall.config.yaml_source import Problem, YamlFault, read_yaml
from warmcall.config.zones import zone_named


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


def read_config(path: Path) -> tuple[Config, tuple[Problem, ...]]:
    """Return the settings in `path`; one that cannot be used has its default, and a problem says why."""
    try:
        source = read_yaml(read_text(path))
    except FileNotFoundError:
        return Config(), ()
    except YamlFault as fault:
        return Config(), (Problem(str(path), fault.line, fault.what, fault.fix),)
    except FileRefused as refused:
        return Config(), (Problem(str(path), 1, refused.what, refused.fix),)
    if source.value is None:
        return Config(), ()
    if not isinstance(source.value, dict):
        return Config(), (
            Problem(str(path), 1, "there are no settings by name", "write one like theme: light"),
        )
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in source.value.items():
        try:
            _check(name, value, path.parent)
        except _SettingRefused as refused:
            problems.append(Problem(str(path), source.line_of((name,)), str(refused), refused.fix))
        else:
            values[name] = value
    return msgspec.convert(values, Config), tuple(problems)


def write_setting(path: Path, name: str, value: str | bool) -> None:
    """Give a setting in the file `path` another value; every other line stays as it is.

    Raises:
        OSError: if the file cannot be read or written.
        ValueError: with a sentence, if it is not YAML, or the setting stands in it over several lines.
    """
    path = resolved(path)
    try:
        text = read_text(path)
    except FileNotFoundError:
        text = ""
    word = value if isinstance(value, str) else str(value).lower()
    line = re.compile(rf"^{re.escape(name)}[ \t]*:[^\r\n#]*?([ \t]*#[^\r\n]*)?(?=\r?$)", re.MULTILINE)
    changed, count = line.subn(lambda found: f"{name}: {word}{found[1] or ''}", text, count=1)
    if not count:
        changed = f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{name}: {word}\n"
    try:
        settings = read_yaml(changed).value
    except YamlFault as fault:
        raise ValueError(f"line {fault.line}: {fault.what}") from fault
    if not isinstance(settings, dict) or settings.get(name) != value:
        raise ValueError(f"{name} is written there in a way that only you can change")
    write_private(path, changed)


class _SettingRefused(ValueError):
    """A setting cannot be used; `fix` says what can be written instead."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


def _check(name: str, value: Any, folder: Path) -> None:
    """Check one setting of a file in `folder`.

    Raises:
        _SettingRefused: if there is no such setting, or the value has another type or cannot be used.
    """
    if name not in Config.__struct_fields__:
        from difflib import get_close_matches

        near = get_close_matches(name, Config.__struct_fields__, 1)
        fix = f"is “{near[0]}” meant?" if near else f"there are {', '.join(Config.__struct_fields__)}"
        raise _SettingRefused(f"there is no setting “{name}”", fix)
    try:
        msgspec.convert({name: value}, Config)
    except msgspec.ValidationError:
        yes_or_no = name in ("bell", "ascii", "mouse", "cursor")
        fix = "write true or false" if yes_or_no else "write a text, in quotes"
        raise _SettingRefused(f"“{name}” cannot have this value", fix) from None
    if not value:
        return
    if name == "theme" and value not in BUNDLED_NAMES:
        themes = (*BUNDLED_NAMES, *(path.stem for path in own_theme_files(folder)))
        if value not in themes:
            raise _SettingRefused(f"there is no theme “{value}”", "use one of: " + ", ".join(themes))
    if name == "zone" and zone_named(value) is None:
        raise _SettingRefused(f"there is no zone “{value}”", "write one like Europe/Berlin")
    if name == "country" and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise _SettingRefused(f"“{value}” is not a country code", "write two letters like US")
    if name == "mail":
        from warmcall.domain.mail_command import MAIL_PLACEHOLDERS, CodeInMailCommand, mail_words

        try:
            mail_words(value)
        except CodeInMailCommand as error:
            raise _SettingRefused(str(error), error.fix) from error
        except ValueError as error:
            names = ", ".join(f"{{{placeholder}}}" for placeholder in MAIL_PLACEHOLDERS)
            fix = f"name a program with those of {names} it needs, all in quotes"
            raise _SettingRefused(str(error), fix) from error
