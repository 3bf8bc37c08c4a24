"""What the palette says of people, exports, themes and settings, and the words they are found by."""

from __future__ import annotations

from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.presentation import wording

EXPORTS = {
    "json": "Export as JSON",
    "csv": "Export as CSV",
    "md": "Export as Markdown",
    "ics": "Export the calendar",
}
"""The label of each export, by the ending of its file."""

EXPORT_ABOUT = {
    "json": "Every record, for other programs",
    "csv": "The contacts, for a spreadsheet",
    "md": "Contacts, history and answers, to read",
    "ics": "Interviews and follow-ups, for your calendar",
}

EXPORT_WORDS = "export write save file download ics icalendar"

_THEME_ABOUT = {
    "dark": "Light letters on dark",
    "light": "Dark letters on light",
    "contrast": "The highest contrast",
    "terminal": "The colours of your terminal",
}

THEME_WORDS = "theme colour color look appearance settings"

SWITCH = {
    ("ascii", True): ("ASCII on", "Borders, marks and signs in ASCII only"),
    ("ascii", False): ("ASCII off", "Borders, marks and signs in Unicode"),
    ("mouse", True): ("Mouse on", "Clicks and the wheel come to warmcall; Shift marks text"),
    ("mouse", False): ("Mouse off", "Clicks and the wheel stay with the terminal"),
}
"""The label and the effect of turning a setting on or off."""

SWITCH_WORDS = {"ascii": "ascii unicode borders signs settings", "mouse": "mouse click wheel settings"}


def person(contact: Contact) -> str:
    """Return what sets somebody apart in the list: where they work, or that their page opens."""
    return one_line(wording.work(contact)) or "their page"


def theme(name: str) -> str:
    """Return the label of a theme."""
    return f"Theme: {name}"


def theme_about(name: str) -> str:
    """Return what a theme looks like; one that the user wrote is called theirs."""
    return _THEME_ABOUT.get(name, "Your own colours")


def written(path: str) -> str:
    """Return where an export was written."""
    return f"Written to {one_line(path)}, for your eyes only"


def not_written(reason: str) -> str:
    """Return why an export was not written."""
    return f"Not written: {reason}"


def setting_kept(name: str, value: str | bool) -> str:
    """Return that a setting holds from now on."""
    return f"{_setting(name, value)}, kept in your settings"


def setting_not_kept(name: str, reason: str) -> str:
    """Return why a setting holds only until the end."""
    return f"Only until you quit: {name} is not kept in your settings: {reason}"


def _setting(name: str, value: str | bool) -> str:
    return f"{name.capitalize()} {value}" if isinstance(value, str) else SWITCH[name, value][0]
