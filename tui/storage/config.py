"""The user's settings: `config.yaml`, all of it optional."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tui.domain.mail_command import MAIL_PLACEHOLDERS, mail_words
from tui.storage.library import Problem, convert
from tui.storage.yaml_source import Source, YamlFault, read_yaml
from tui.storage.zones import zone_named


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings. `country` is a two-letter code whose public holidays count; `zone` an IANA name.

    `mail` is the command line of the program a written draft is handed to, with the names of
    `MAIL_PLACEHOLDERS` in braces; `bell` whether the countdown may ring; `ascii` whether borders and marks
    are drawn in ASCII, by the locale if nothing is said; `mouse` whether the mouse may be used; `keymap` the
    file of the user's own keys, beside the settings unless it says where.
    """

    theme: str = ""
    country: str = ""
    zone: str = ""
    mail: str = ""
    bell: bool = True
    ascii: bool | None = None
    mouse: bool = False
    keymap: str = ""


def read_config(path: Path) -> tuple[Config, tuple[Problem, ...]]:
    """Return the settings in `path`, or the usual ones with a problem if they cannot be used."""
    try:
        source = read_yaml(path.read_text(encoding="utf-8"))
        if source.value is None:
            return Config(), ()
        config = convert(source, (), Config)
        _check(config, source)
        return config, ()
    except FileNotFoundError:
        return Config(), ()
    except YamlFault as fault:
        return Config(), (Problem(str(path), fault.line, fault.what, fault.mend),)
    except (OSError, UnicodeDecodeError) as error:
        what = f"it cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})"
        return Config(), (Problem(str(path), 1, what, "make it a readable text file"),)


THEMES = ("dark", "light", "contrast", "terminal")


def _check(config: Config, source: Source) -> None:
    """Refuse what is of the right type and still cannot be used.

    Raises:
        YamlFault: with the line.
    """
    if config.theme and config.theme not in THEMES:
        mend = "use one of: " + ", ".join(THEMES)
        raise YamlFault(source.line_of(("theme",)), f"there is no theme “{config.theme}”", mend)
    if config.zone and zone_named(config.zone) is None:
        raise YamlFault(
            source.line_of(("zone",)), f"there is no zone “{config.zone}”", "write one like Europe/Berlin"
        )
    if config.country and not (
        len(config.country) == 2 and config.country.isascii() and config.country.isalpha()
    ):
        raise YamlFault(
            source.line_of(("country",)),
            f"“{config.country}” is no country code",
            "write two letters like US",
        )
    if config.mail:
        try:
            mail_words(config.mail)
        except ValueError as error:
            names = ", ".join(f"{{{name}}}" for name in MAIL_PLACEHOLDERS)
            mend = f"name a program and what it takes of {names}, all in quotes"
            raise YamlFault(source.line_of(("mail",)), str(error), mend) from error
