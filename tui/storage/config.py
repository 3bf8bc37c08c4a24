"""The user's settings: `config.yaml`, all of it optional."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tui.storage.library import Problem, convert
from tui.storage.yaml_source import YamlFault, read_yaml


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings. `country` is a two-letter code whose public holidays count; `zone` an IANA name."""

    theme: str = ""
    country: str = ""
    zone: str = ""
    bell: bool = True


def read_config(path: Path) -> tuple[Config, tuple[Problem, ...]]:
    """Return the settings in `path`, or the usual ones with a problem if they cannot be used."""
    try:
        source = read_yaml(path.read_text(encoding="utf-8"))
        if source.value is None:
            return Config(), ()
        return convert(source, (), Config), ()
    except FileNotFoundError:
        return Config(), ()
    except YamlFault as fault:
        return Config(), (Problem(str(path), fault.line, fault.what, fault.mend),)
    except (OSError, UnicodeDecodeError) as error:
        what = f"it cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})"
        return Config(), (Problem(str(path), 1, what, "make it a readable text file"),)
