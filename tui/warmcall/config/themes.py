"""The themes: the colours of the bundled ones by name, and those that users write.

The contrast of text is at least 4.5:1 on every background, 7:1 in high contrast, as WCAG 2.2 asks
(https://www.w3.org/TR/WCAG22/, 1.4.3 and 1.4.6). Nothing is said by colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from warmcall.config.office import check_folder, for_this_user, read_office_text
from warmcall.config.safe_files import FileRefused, read_text
from warmcall.config.yaml_source import Problem, YamlFault, YamlSource, read_yaml
from warmcall.domain.sanitize import one_line

SIGN_COLORS = ("sign-call", "sign-write", "sign-meet", "sign-promise", "sign-tell")
"""The colours of the signs that say what kind of thing is owed; the sign itself says it, too."""

BACKGROUNDS = ("background", "surface", "panel", "selected")
"""What text lies on: the screen, dialogs, bars and fields, and the row of the cursor."""

TEXT_COLORS = ("foreground", "muted", "primary", "warning", "error", "success", *SIGN_COLORS)

COLOR_NAMES = (*TEXT_COLORS, "rule", *BACKGROUNDS)
"""The colours that a user's theme may name; `rule` is that of thin lines."""

NEEDED = ("dark", "foreground", "background")
"""What a user's theme has to say."""

LEAST_CONTRAST = 4.5
"""What WCAG 2.2 asks of text (1.4.3)."""

DEFAULT = "dark"
"""The theme where the settings name none."""

TERMINAL = "terminal"
"""The theme that has only colours of the terminal's own."""

_FIT_FOR_SIXTEEN_COLORS = ("contrast", TERMINAL)


class ThemeColors(msgspec.Struct, frozen=True):
    """A theme: its colours by name, as "#rrggbb".

    Those of `TERMINAL` are Textual's names of the terminal's own colours, such as "ansi_red". Besides
    `COLOR_NAMES` there are `hint`, for the hint in an empty field, and `selection` and `selection-text`, for
    text that is marked. `dark` is whether letters are lighter than what they lie on, `own` whether it is not
    a bundled one.
    """

    name: str
    dark: bool
    colors: Mapping[str, str]
    own: bool = False


_DARK = ThemeColors("dark", True, {
    "foreground": "#d6d9dd", "muted": "#a0a5ab", "hint": "#a3a8ae",
    "primary": "#8fb0ee", "warning": "#e3b04f", "error": "#f28b82", "success": "#a3cc7a",
    "sign-call": "#63c3dc", "sign-write": "#c3a2ef", "sign-meet": "#4fcfae", "sign-promise": "#ee97b8",
    "sign-tell": "#cdb78d",
    "background": "#15171a", "surface": "#1a1d20", "panel": "#22252a", "selected": "#2f353e",
    "rule": "#3f444b", "selection": "#2f4d75", "selection-text": "#e6e8eb",
})  # fmt: skip
_LIGHT = ThemeColors("light", False, {
    "foreground": "#22262b", "muted": "#55595f", "hint": "#50545b",
    "primary": "#2455a4", "warning": "#754300", "error": "#b0201a", "success": "#336214",
    "sign-call": "#005f80", "sign-write": "#5f2f9e", "sign-meet": "#00634c", "sign-promise": "#a1275d",
    "sign-tell": "#6a5320",
    "background": "#fbfaf7", "surface": "#f4f2ed", "panel": "#e9e7e2", "selected": "#dfe3ea",
    "rule": "#c4bfb3", "selection": "#bcd2ec", "selection-text": "#16191d",
})  # fmt: skip
_CONTRAST = ThemeColors("contrast", True, {
    "foreground": "#ffffff", "muted": "#d0d0d0", "hint": "#d0d0d0",
    "primary": "#8fd7ff", "warning": "#ffff00", "error": "#ff9f9f", "success": "#87ff5f",
    "sign-call": "#00ffff", "sign-write": "#e0b0ff", "sign-meet": "#5fffd7", "sign-promise": "#ffafd7",
    "sign-tell": "#ffd7af",
    "background": "#000000", "surface": "#000000", "panel": "#141414", "selected": "#2a2a2a",
    "rule": "#ffffff", "selection": "#ffff00", "selection-text": "#000000",
})  # fmt: skip
_TERMINAL = ThemeColors(TERMINAL, True, {
    **dict.fromkeys((*COLOR_NAMES, "hint", "selection", "selection-text"), "ansi_default"),
    "primary": "ansi_magenta", "success": "ansi_magenta", "warning": "ansi_red", "error": "ansi_red",
})  # fmt: skip
"""The terminal's own palette. Its background may be black or white: of the sixteen colours only magenta and
red can be read on both; yellow, green and cyan fade on white, and blue on black."""

BUNDLED = (_DARK, _LIGHT, _CONTRAST, _TERMINAL)
BUNDLED_NAMES = tuple(theme.name for theme in BUNDLED)

_HEX = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")
_NAME = re.compile("[A-Za-z][A-Za-z0-9_-]{0,39}")
_COLOR_FIX = 'write six digits from 0 to f after #, in quotes: "#8fb0ee"'

_MIXED = (("surface", 3), ("panel", 7), ("selected", 13), ("rule", 23), ("muted", 75), ("hint", 77))
"""Where a theme does not name them: how many hundredths of the foreground are mixed into the background."""


def theme_for(name: str, no_color: bool, few_colors: bool = False, own: Sequence[ThemeColors] = ()) -> str:
    """Return the name of the theme to use where the settings name `name`.

    With `no_color` it is the terminal's own palette, the only theme that sends no colour at all (see
    https://no-color.org). `few_colors` is whether the terminal has only sixteen colours. There the greys of
    other themes become one colour, so that some text could not be seen; the terminal's own palette takes
    their place, while high contrast stays as it is. `own` are the themes that the user wrote.
    """
    if no_color:
        return TERMINAL
    theme = name if name in {theme.name for theme in (*BUNDLED, *own)} else DEFAULT
    return TERMINAL if few_colors and theme not in _FIT_FOR_SIXTEEN_COLORS else theme


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, "#rrggbb", from 1 to 21, as WCAG 2.2 defines it (1.4.3)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def channels(color: str) -> tuple[int, int, int]:
    """Return red, green and blue of a colour "#rrggbb", each from 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def own_theme_names(config_folders: Iterable[Path]) -> list[str]:
    """Return the names of the themes in folders of settings, without those in one that cannot be listed."""
    names: list[str] = []
    for folder in config_folders:
        with suppress(OSError):
            names += [path.stem for path in _listed(folder)]
    return [*dict.fromkeys(names)]


def _listed(config_folder: Path) -> list[Path]:
    """Return the files in a folder of themes by name; none if there is no such folder.

    Raises:
        OSError: if it cannot be listed.
    """
    try:
        entries = list((config_folder / "themes").iterdir())
    except FileNotFoundError:
        return []
    return sorted(entry for entry in entries if entry.suffix in (".yaml", ".yml"))


def read_themes(
    config_folder: Path, office: Sequence[Path] = ()
) -> tuple[tuple[ThemeColors, ...], tuple[Problem, ...]]:
    """Return the themes that the user and the office wrote, and what is wrong in their files.

    The user's replace those of the office by their name. Warnings are of contrast.
    """
    themes: dict[str, ThemeColors] = {}
    problems: list[Problem] = []
    for folder in (*office, config_folder):
        found, wrong = _themes_in(folder, for_everybody=folder in office)
        themes |= found
        problems += wrong
    return tuple(themes.values()), for_this_user(problems, office)


def _themes_in(folder: Path, for_everybody: bool) -> tuple[dict[str, ThemeColors], list[Problem]]:
    """Return the themes in a folder of settings by name, and what is wrong in their files."""
    themes: dict[str, ThemeColors] = {}
    problems: list[Problem] = []
    read = read_office_text if for_everybody else read_text
    try:
        files = _listed(folder)
        if files and for_everybody:
            check_folder(folder / "themes")
    except FileRefused as refused:
        return {}, [Problem(str(folder / "themes"), 1, refused.what, refused.fix)]
    except OSError as error:
        what = f"it cannot be listed: {(error.strerror or str(error)).lower()}"
        fix = "check with ls -l what it is and who may use it"
        return {}, [Problem(str(folder / "themes"), 1, what, fix)]
    for path in files:
        try:
            _check_name(path.stem, themes)
            source = read_yaml(read(path))
            theme, faults = _theme(path.stem, source)
        except FileNotFoundError:
            continue
        except YamlFault as fault:
            problems.append(Problem(str(path), fault.line, fault.what, fault.fix))
        except FileRefused as refused:
            problems.append(Problem(str(path), 1, refused.what, refused.fix))
        else:
            problems += [Problem(str(path), fault.line, fault.what, fault.fix) for fault in faults]
            if theme is not None:
                themes[theme.name] = theme
                problems += _contrast_warnings(path, source, theme)
    return themes, problems


def _check_name(name: str, themes: Mapping[str, ThemeColors]) -> None:
    """Refuse a name that the settings could not hold, or that another theme has.

    Raises:
        YamlFault: if it cannot be the name of a theme.
    """
    shown = one_line(name)[:40]
    if not _NAME.fullmatch(name) or read_yaml(name).value != name:
        fix = "give the file a name of letters, digits and hyphens, such as sea.yaml"
        raise YamlFault(1, f"“{shown}” cannot be the name of a theme", fix)
    if name in BUNDLED_NAMES:
        raise YamlFault(1, f"“{name}” is a theme of warmcall's own", "give the file another name")
    if name in themes:
        raise YamlFault(1, f"there is another file for the theme “{name}”", "remove one of them")


def _theme(name: str, source: YamlSource) -> tuple[ThemeColors | None, list[YamlFault]]:
    """Return the theme in a file, None if it has faults, and the faults by line."""
    if not isinstance(source.value, dict):
        what = "the file is empty" if source.value is None else "there are no colours by name"
        return None, [YamlFault(1, what, 'write lines like background: "#15171a"')]
    faults = list(_faults(name, source))
    if faults:
        return None, sorted(faults, key=lambda fault: fault.line)
    given = {key: _long(value) for key, value in source.value.items() if key in COLOR_NAMES}
    dark: bool = source.value["dark"]
    foreground, background = given["foreground"], given["background"]
    mixed = {key: _mixed(background, foreground, share) for key, share in _MIXED}
    base = _DARK if dark else _LIGHT
    colors = {**base.colors, **mixed, **given}
    colors["selection"] = _mixed(colors["background"], colors["primary"], 30)
    colors["selection-text"] = foreground
    return ThemeColors(name, dark, colors, own=True), []


def _faults(name: str, source: YamlSource) -> Iterator[YamlFault]:
    """Yield what is wrong in a theme, by what is written, then what is missing."""
    for key, value in source.value.items():
        line = source.line_of((key,))
        if key == "name":
            if value != name:
                shown = one_line(str(value))[:40]
                what = f"name: “{shown}” is not the name of the file"
                yield YamlFault(line, what, f"write name: {name}, or leave it out")
        elif key == "dark":
            if not isinstance(value, bool):
                yield YamlFault(line, "dark: this is neither true nor false", "write true or false")
        elif key not in COLOR_NAMES:
            from difflib import get_close_matches

            near = get_close_matches(key, ("name", *NEEDED, *COLOR_NAMES), 1)
            fix = f"is “{near[0]}” meant?" if near else f"there are {', '.join(COLOR_NAMES)}"
            yield YamlFault(line, f"there is no colour called “{one_line(key)[:40]}”", fix)
        elif value is None:
            fix = f'put quotes around the colour: {key}: "#8fb0ee"'
            yield YamlFault(line, f"{key}: it is empty, as # begins a comment", fix)
        elif not isinstance(value, str) or not _HEX.fullmatch(value):
            yield YamlFault(line, f"{key}: “{one_line(str(value))[:40]}” is not a colour", _COLOR_FIX)
    for key in NEEDED:
        if key not in source.value:
            value = "true" if key == "dark" else f'"{_DARK.colors[key]}"'
            yield YamlFault(1, f"{key} is missing", f"add a line like {key}: {value}")


def _contrast_warnings(path: Path, source: YamlSource, theme: ThemeColors) -> Iterator[Problem]:
    """Yield a warning for each colour of text that is hard to read, on the background where it is hardest."""
    for name in TEXT_COLORS:
        ratio, under = min(
            (contrast(theme.colors[name], theme.colors[under]), under) for under in BACKGROUNDS
        )
        if ratio < LEAST_CONTRAST:
            line = source.line_of((name if name in source.value else "background",))
            what = (
                f"{name} on {under} has a contrast of {int(ratio * 10) / 10}:1, less than {LEAST_CONTRAST}:1"
            )
            lighter = "lighter" if theme.dark else "darker"
            yield Problem(
                str(path), line, what, f"make {name} {lighter} to be read by everybody", warning=True
            )


def _long(color: Any) -> str:
    """Return a colour "#rgb" or "#rrggbb" as "#rrggbb"."""
    digits = str(color)[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def _mixed(one: str, other: str, share: int) -> str:
    """Return the colour `one` with `share` hundredths of `other`."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(at + (to - at) * share / 100):02x}" for at, to in pairs)


def _luminance(color: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1, as WCAG 2.2 defines it."""
    parts = (channel / 255 for channel in channels(color))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
