from __future__ import annotations

import pytest
from textual.app import App
from textual.binding import Binding
from textual.widget import Widget
from warmcall.widgets.keys import KeyDisplays, key_display, key_display_of


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("enter", "Enter"),
        ("escape", "Esc"),
        ("space", "Space"),
        ("left", "←"),
        ("shift+tab", "S-Tab"),
        ("ctrl+s", "^s"),
        ("f1", "F1"),
        ("z", "z"),
        ("U", "U"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("left_square_bracket", "["),
        ("colon", ":"),
    ],
)
def test_a_key_is_shown_as_it_is_called_or_typed(key: str, sign: str) -> None:
    assert key_display(Binding(key, "x", "x")) == sign


def test_a_key_can_be_shown_otherwise() -> None:
    assert key_display(Binding("asterisk", "x", "x", key_display="*")) == "*"


def test_an_app_that_does_not_know_how_its_keys_are_shown_is_an_error() -> None:
    with pytest.raises(AttributeError, match="key_displays"):
        key_display_of(App[None](), "app.undo")


def test_a_key_of_a_class_that_is_not_imported_yet_is_found_by_importing_everything_once() -> None:
    imported: list[type] = []

    def import_all() -> None:
        bindings = [Binding("m", "meet", "Meet", id="made.later")]
        imported.append(type("MadeLater", (Widget,), {"BINDINGS": bindings, "__module__": "warmcall.later"}))

    named = Binding("o", "open", "Open", id="made.elsewhere")
    displays = KeyDisplays({"made.later": ("ctrl+m",)}, [named], import_all)
    assert (displays.of("made.elsewhere"), imported) == ("o", [])
    assert [displays.of("made.later"), displays.of("made.later"), displays.of("nowhere")] == ["^m", "^m", ""]
    assert len(imported) == 1
