"""What is private in Textual is used in one module, with one version of it, and works on a terminal."""

from __future__ import annotations

import ast
import asyncio
import inspect
import io
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache, wraps
from importlib import metadata
from importlib.metadata import requires
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual import Logger, _callback, events, log, message_pump
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.color import Color
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive, reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import AwaitMount, Widget
from textual.widgets import Static
from warmcall.terminal import textual_patches
from warmcall.terminal.redraw import Redraw
from warmcall.terminal.textual_patches import (
    PINNED,
    SWITCH,
    count_parameters_of_code,
    decode_input_leniently,
    disable_pixel_mouse,
    draw_new_screens_settled,
    draw_no_frame_in_a_batch,
    find_handlers_once,
    finish_output,
    hold_back_for_one_message,
    install_crash_handler,
    install_frame_diff,
    keep_pastes_whole,
    lay_out_new_screens_once,
    lay_out_nothing_for_closed_screens,
    leave_out_toasts_and_tooltips,
    log_no_messages,
    make_strip_caches_when_used,
    parse_styles_ahead,
    parse_styles_once,
    plain_drawing_notice,
    read_reactives_directly,
    release_closed_widgets,
    render_changes_alone,
    send,
    split_escape_pairs,
    split_text_at_graphemes,
    start_tasks_in_turn,
    style_alike_once,
    style_new_screens_once,
    tint_each_style_once,
    turn_full_screen_on,
    wait_quietly_for_input,
)

from tests.conftest import Bench
from tests.idle import DRAW_ALL_FRAMES
from tests.screens.driving import driven, fill_with_demo
from tests.terminal.conftest import Opens, kept_notes, notes
from tests.terminal.emulator import Terminal
from tests.test_shape import PACKAGE, own_classes

# The rule: private parts of Textual here alone.

PATCHES = Path(textual_patches.__file__)
MODULES = [module for module in sorted(PACKAGE.rglob("*.py")) if module != PATCHES]
PUBLIC_ALL_THE_SAME = {"_asdict", "_replace", "_exit"}
"""What a named tuple has for everybody's use, and `os`."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def private_uses(module: Path) -> list[str]:
    """Return where a module imports what is private in Textual, or uses what is private to another module."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    own = {node.attr for node in nodes if isinstance(node, ast.Attribute) and of_self(node)}
    found = []
    for node in nodes:
        names: list[str] = []
        if isinstance(node, ast.Import | ast.ImportFrom):
            whole = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                whole = [f"{node.module}.{name}" for name in whole]
            parts = [name.split(".") for name in whole]
            names = [".".join(part) for part in parts if part[0] == "textual" and any(map(is_private, part))]
        elif isinstance(node, ast.Attribute) and not of_self(node):
            names = [node.attr] if node.attr not in own | PUBLIC_ALL_THE_SAME else []
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("getattr", "hasattr", "setattr"):
            names = [str(item.value) for item in node.args[1:2] if isinstance(item, ast.Constant)]
        found += [f"{module.relative_to(PACKAGE)}: {name}"
                  for name in names if is_private(name) or name.startswith("textual.")]  # fmt: skip
    return found


def of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def test_no_other_module_touches_what_is_private_in_textual() -> None:
    assert [use for module in MODULES for use in private_uses(module)] == []


@cache
def source_of(module: str) -> str:
    return inspect.getsource(sys.modules[module])


@cache
def own_names_in(kind: type) -> frozenset[str]:
    """Return what a class has, and what it uses of itself; a class inside another one is part of it."""
    outermost = kind.__qualname__.partition(".")[0]
    source = re.search(rf"^class {outermost}\b.*?(?=^[^\s#)\]]|\Z)", source_of(kind.__module__), re.M | re.S)
    assert source, kind
    return frozenset(vars(kind)) | frozenset(re.findall(r"\b(?:self|cls)\.(_\w+)", source[0]))


def test_no_class_of_ours_uses_or_hides_a_private_name_of_its_bases_in_textual() -> None:
    clashes = []
    for kind in own_classes():
        bases = [base for base in kind.__mro__ if base.__module__.startswith("textual.")]
        theirs = {name for base in bases for name in own_names_in(base)}
        names = {name for name in theirs & own_names_in(kind) if is_private(name)}
        clashes += [f"{kind.__qualname__}.{name}" for name in sorted(names - OF_EVERY_NODE) if bases]
    assert clashes == []


OF_EVERY_NODE = {
    "_abc_impl", "_css_type_name", "_css_type_names", "_merged_bindings", "_inherit_css",
    "_inherit_bindings", "_inherit_component_classes", "_decorated_handlers", "_computes", "_reactives",
}  # fmt: skip
"""What Textual and Python put into each class that is derived from one of Textual's."""


# One gate, one switch.


def another_version(patch: pytest.MonkeyPatch) -> dict[str, str]:
    patch.setattr(textual_patches, "version", lambda _name: "8.2.9")
    return {}


def switched_off(_patch: pytest.MonkeyPatch) -> dict[str, str]:
    return {SWITCH: "1"}


@pytest.mark.parametrize("shut", [another_version, switched_off])
def test_with_another_version_or_switched_off_no_patch_is_made(
    monkeypatch: pytest.MonkeyPatch, shut: Callable[[pytest.MonkeyPatch], dict[str, str]]
) -> None:
    environ = shut(monkeypatch)
    app = App[None]()
    classes = (
        LinuxDriver, Segment, StylesCache, Reactive, Strip, MessagePump, Screen, Widget, AwaitMount, App,
        RuleSet, Stylesheet, Compositor, BackgroundScreen,
    )  # fmt: skip
    patched = (app, linux_driver, _callback, message_pump, *classes)
    before = [*(dict(vars(item)) for item in patched), dict(ANSI_SEQUENCES_KEYS)]
    assert not split_escape_pairs(environ)
    assert not disable_pixel_mouse(environ)
    assert not decode_input_leniently(environ, "utf-8")
    assert not keep_pastes_whole(environ)
    assert not wait_quietly_for_input(environ)
    assert not split_text_at_graphemes(environ)
    assert not parse_styles_once(environ)
    assert not style_alike_once(environ)
    assert not tint_each_style_once(environ)
    assert not list(parse_styles_ahead(app, [Static], environ))
    assert not draw_no_frame_in_a_batch(environ)
    assert not release_closed_widgets(environ)
    assert not make_strip_caches_when_used(environ)
    assert not find_handlers_once(environ)
    assert not count_parameters_of_code(environ)
    assert not log_no_messages(environ)
    assert not read_reactives_directly(environ)
    assert not lay_out_new_screens_once(environ)
    assert not draw_new_screens_settled(environ)
    assert not hold_back_for_one_message(environ)
    assert not lay_out_nothing_for_closed_screens(environ)
    assert not leave_out_toasts_and_tooltips(app, environ)
    assert not render_changes_alone(environ)
    assert not install_crash_handler(app, environ, lambda _error: None)
    assert not install_frame_diff(app, Redraw(app), environ)
    assert not start_tasks_in_turn(app, environ)
    assert not style_new_screens_once(app, environ)
    assert not send(app, environ, "\x1b[m")
    assert not finish_output(app, environ)
    assert not turn_full_screen_on(app, environ)
    assert [*(dict(vars(item)) for item in patched), dict(ANSI_SEQUENCES_KEYS)] == before


def test_only_another_version_is_worth_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain_drawing_notice() == ""
    another_version(monkeypatch)
    assert plain_drawing_notice() == "Textual 8.2.9: drawn plainly"


def test_the_version_is_the_one_that_the_installer_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    textual_patches.version.cache_clear()
    assert textual_patches.version("textual") == metadata.version("textual")
    textual_patches.version.cache_clear()
    monkeypatch.setattr(textual_patches, "find_spec", lambda _name: None)
    assert textual_patches.version("textual") == metadata.version("textual")


def test_the_version_that_is_patched_is_the_one_that_is_installed_with_the_app() -> None:
    assert f"textual=={PINNED}" in requires("warmcall")  # type: ignore[operator]


def test_asking_for_the_version_imports_no_textual() -> None:
    code = (
        "import sys; from warmcall.terminal.textual_patches import plain_drawing_notice;"
        "plain_drawing_notice(); print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_text_of_styles_is_parsed_once_for_the_same_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse_by_textual = Stylesheet._parse_rules

    def parse(sheet: Stylesheet, css: str, *args: Any, **more: Any) -> list[RuleSet]:
        parsed.append(css)
        return parse_by_textual(sheet, css, *args, **more)

    def colour(variables: dict[str, str]) -> str:
        sheet = Stylesheet(variables=variables)
        sheet.add_source("Label { color: $sign; }", ("file", ""))
        sheet.reparse()
        return sheet.rules[0].styles.color.hex

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse)
    monkeypatch.setattr("textual.css.stylesheet.tokenize_values", tokenize_values)
    assert parse_styles_once({})
    red, blue = {"sign": "#ff0000"}, {"sign": "#0000ff"}
    assert [colour(colours) for colours in (red, dict(red), blue, blue)] == [
        *["#FF0000"] * 2,
        *["#0000FF"] * 2,
    ]
    assert len(parsed) == 2


async def test_styles_parsed_ahead_are_not_parsed_when_their_widget_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []
    parse_by_textual = Stylesheet._parse_rules

    def parse(sheet: Stylesheet, css: str, *args: Any, **more: Any) -> list[RuleSet]:
        parsed.append(css)
        return parse_by_textual(sheet, css, *args, **more)

    class Base(Static):
        DEFAULT_CSS = "Base { color: red; }"

    class Derived(Base):
        DEFAULT_CSS = "Derived { color: blue; }"

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse)
    monkeypatch.setattr("textual.css.stylesheet.tokenize_values", tokenize_values)
    assert parse_styles_once({})
    async with App[None]().run_test() as pilot:
        assert list(parse_styles_ahead(pilot.app, [Derived], {}))
        count = len(parsed)
        await pilot.app.mount(Derived(), Base())
        colours = [widget.styles.color.hex for widget in pilot.app.query(Base)]
    assert colours == ["#0000FF", "#FF0000"]
    assert len(parsed) == count


async def test_the_parts_of_alike_widgets_have_the_styles_that_textual_gives_them(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_with_demo(bench)
    monkeypatch.setattr(RuleSet, "__hash__", RuleSet.__hash__)
    monkeypatch.setattr(Stylesheet, "apply", Stylesheet.apply)
    style_parts = Stylesheet._process_component_classes
    monkeypatch.setattr(Stylesheet, "_process_component_classes", style_parts)
    styled: list[Widget] = []

    def record(sheet: Stylesheet, node: Any) -> None:
        if node._get_component_classes():
            styled.append(node)
        style_parts(sheet, node)

    monkeypatch.setattr(Stylesheet, "_process_component_classes", record)
    assert style_alike_once({})
    async with driven(bench) as at:
        await at.press("2")
        styled.clear()
        await at.press("a")
        fields = list(at.one(Widget, "form").children)
        assert len([field for field in fields if field in styled]) < len(fields) / 2
        for widget in (*fields, at.one(Widget, "form")):
            found = {name: dict(styles.get_rules()) for name, styles in widget._component_styles.items()}
            style_parts(at.app.stylesheet, widget)
            assert found == {
                name: dict(styles.get_rules()) for name, styles in widget._component_styles.items()
            }


async def test_each_message_has_the_handlers_that_textual_finds_in_the_same_order(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_with_demo(bench)
    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", MessagePump._get_dispatch_methods)
    assert find_handlers_once({})
    find: Any = MessagePump._get_dispatch_methods
    compared: set[tuple[str, str]] = set()

    def compare(owner: MessagePump, name: str, message: Message) -> Any:
        handlers = list(find(owner, name, message))
        assert handlers == list(find.__wrapped__(owner, name, message))
        compared.update((type(owner).__name__, handler.__qualname__) for _, handler in handlers)
        return find(owner, name, message)

    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", compare)
    async with driven(bench) as at:
        await at.press("2", "slash", *"mei", "escape", "e", "tab", *"x", "escape", "escape")
    assert {("QueueScreen", "TabScreen.on_screen_resume"), ("FieldLine", "Input._on_key")} <= compared


async def test_each_callback_is_given_as_many_parameters_as_the_standard_library_counts(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_callback, "_count_parameters", _callback._count_parameters)
    assert count_parameters_of_code({})
    count: Any = _callback._count_parameters

    class Called:
        def __call__(self, _one: int) -> None: ...

        def method(self, _one: int, /, _two: int = 2, *_others: int, _more: int, **_rest: int) -> None: ...

    @wraps(Called.method)
    def wrapping(*_all: object) -> None: ...

    expected = {Called(): 1, Called.method: 6, Called().method: 5, wrapping: 6, print: 5, Called: 0}
    assert {callback: count(callback) for callback in expected} == expected
    compared: set[str] = set()

    def compare(callback: Any) -> int:
        assert count(callback) == len(inspect.signature(callback).parameters), callback
        compared.add(getattr(callback, "__qualname__", ""))
        return int(count(callback))

    monkeypatch.setattr(_callback, "_count_parameters", compare)
    async with driven(bench) as at:
        await at.press("2", "a", *"mei", "ctrl+s", "slash", *"mei", "escape")
    assert {"KeyBar._look_later", "Widget.mount.<locals>.update_styles"} <= compared, compared


def test_what_is_under_a_dialog_is_tinted_as_textual_tints_it(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = (None, "bold", "red", "on #102030", "dim #102030 on blue", "link https://example.org green")
    texts = [Segment(f"{style}", Style.parse(style) if style else None) for style in styles]
    segments = [*texts, Segment("", None, [(ControlType.HOME,)]), *texts]
    colours = [Color(0, 0, 0, 0), Color(10, 20, 30, 0.6)]
    by_textual = [list(BackgroundScreen.process_segments(segments, colour)) for colour in colours]
    monkeypatch.setattr(BackgroundScreen, "process_segments", BackgroundScreen.process_segments)
    assert tint_each_style_once({})
    assert [list(BackgroundScreen.process_segments(segments, colour)) for colour in colours] == by_textual


def test_an_attribute_is_read_as_textual_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Doubling(Widget):
        number: reactive[int] = reactive(1)
        words: reactive[str] = reactive(str)
        double: reactive[int] = reactive(0)

        def compute_double(self) -> int:
            return self.number * 2

    monkeypatch.setattr(Reactive, "__get__", Reactive.__get__)
    assert read_reactives_directly({})
    widget = Doubling()
    assert (widget.number, widget.words, widget.double) == (1, "", 2)
    widget.set_reactive(Doubling.number, 4)
    assert (widget.number, widget.double) == (4, 8)
    assert isinstance(Doubling.number, reactive)


async def test_messages_are_logged_only_for_those_who_ask_for_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[str] = []
    monkeypatch.setattr(Logger, "__call__", lambda _self, *words, **_more: logged.extend(map(str, words[:1])))
    monkeypatch.setattr(message_pump, "log", log)
    for environ in ({"TEXTUAL": "devtools"}, {"TEXTUAL_LOG": "file"}):
        assert not log_no_messages(environ)
    async with driven(bench) as at:
        await at.press("2")
        assert any(words.startswith("Key(") for words in logged)
        logged.clear()
        assert log_no_messages({})
        await at.press("1")
    assert not any(words.startswith("Key(") for words in logged)


async def test_a_handler_that_prevents_the_default_keeps_the_bases_from_handling_the_message() -> None:
    handled: list[str] = []

    class Plain(App[None]):
        def on_key(self, _event: events.Key) -> None:
            handled.append("base")

    class Own(Plain):
        def on_key(self, _event: events.Key) -> None:
            handled.append(_event.key)
            if _event.key == "x":
                _event.prevent_default()

    assert find_handlers_once({})
    async with Own().run_test() as pilot:
        await pilot.press("a", "x")
    assert handled == ["a", "base", "x"]


async def test_no_frame_is_drawn_while_updates_are_held_back_and_the_next_one_has_them_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[object] = []
    draw_by_textual = Compositor.render_update

    def draw(compositor: Compositor, *args: Any, **more: Any) -> Any:
        drawn.append(compositor)
        return draw_by_textual(compositor, *args, **more)

    class Words(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("before")

    monkeypatch.setattr(Compositor, "render_update", draw)
    monkeypatch.setattr(Screen, "_compositor_refresh", Screen._compositor_refresh)
    monkeypatch.setattr(App, "_end_batch", App._end_batch)
    assert draw_no_frame_in_a_batch({})
    async with Words().run_test() as pilot:
        await pilot.pause()
        drawn.clear()
        with pilot.app.batch_update():
            pilot.app.query_one(Static).update("after")
            pilot.app.screen._compositor_refresh()
            assert drawn == []
        await pilot.pause()
        assert drawn
        assert pilot.app.screen._compositor.render_strips()[0].text.startswith("after")


def test_tasks_begin_in_turn_in_every_python() -> None:
    done: list[str] = []

    class Tasks(App[None]):
        async def on_mount(self) -> None:
            async def task() -> None:
                done.append("task")

            begun = asyncio.create_task(task())
            done.append("after it was made")
            await begun
            self.exit()

    app = Tasks()
    assert start_tasks_in_turn(app, {})
    app.run(headless=True)
    assert done == ["after it was made", "task"]


async def test_a_screen_without_toasts_and_tooltips_contains_no_place_for_them() -> None:
    async with App[None]().run_test(notifications=True, tooltips=True) as pilot:
        assert leave_out_toasts_and_tooltips(pilot.app, {})
        screen = Screen[None]()
        await pilot.app.push_screen(screen)
        assert list(screen.children) == []


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_frame_of_changes_has_what_textual_renders_and_asks_fewer_widgets_for_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    fill_with_demo(bench)
    theirs, their_renders = Compositor.render_partial_update, Compositor._get_renders
    monkeypatch.setattr(Compositor, "render_partial_update", theirs)
    monkeypatch.setattr(Compositor, "_get_renders", their_renders)
    assert render_changes_alone({})
    ours, our_renders = Compositor.render_partial_update, Compositor._get_renders
    lines = {"ours": 0, "theirs": 0}

    def counted(renders: Any, whose: str) -> Any:
        def count(compositor: Compositor, crop: Any = None) -> Any:
            for region, clip, strips in renders(compositor, crop):
                lines[whose] += len(strips)
                yield region, clip, strips

        return count

    def compare(compositor: Compositor) -> Any:
        regions = compositor._dirty_regions.copy()
        Compositor._get_renders = counted(our_renders, "ours")  # type: ignore[method-assign]
        found = ours(compositor)
        compositor._dirty_regions.update(regions)
        Compositor._get_renders = counted(their_renders, "theirs")  # type: ignore[method-assign]
        expected = theirs(compositor)
        if expected is not None:
            assert drawn(found) == drawn(expected)
        return found

    def drawn(update: Any) -> list[Any]:
        return [(x, y, list(map(list, strips))) for x, y, strips in textual_patches._strips(update)]

    monkeypatch.setattr(Compositor, "render_partial_update", compare)
    token = DRAW_ALL_FRAMES.set(True)
    async with driven(bench, size=size) as at:
        await at.press("j", "2", "j", "slash", *"mei", "escape", "i", "s", "enter", *"words", "escape", "j")
        await at.forward(seconds=61)
        await at.press("r", *"Ana", "escape", "question_mark", "j", "escape", "3", "y", "m")
    DRAW_ALL_FRAMES.reset(token)
    assert 0 < lines["ours"] < lines["theirs"] / 2


# On a real terminal.


ESC_AND_A_KEY = (
    ("*", "★ How did you come", ""),
    ("w", "paused, ", ""),
    ("w", "x End", ""),
    ("b", "x End", ""),
    ("?", "The keys here and now", "?"),
    ("r", "Named by Mei Tanaka", "Esc"),
    ("p", "A promise: Mei Tanaka", "Esc"),
    ("1", "[1 Queue]", "4"),
)
"""Keys of the interview, what each shows, and what leads back from there."""


def test_esc_and_the_key_after_it_are_two_keys_when_they_arrive_at_once(
    in_the_notes: Terminal, file: Path
) -> None:
    at, text = in_the_notes, ""
    for key, shows, back in ESC_AND_A_KEY:
        at.burst(f"then {key} \x1b{key}")
        text += f"then {key} "
        at.wait_for(shows, gone="Leave notes")
        at.press(*filter(None, [back]))
        at.wait_for("[4 Interview]", "x End", gone=shows if back else "")
        at.press("Enter")
        at.wait_for("Leave notes")
    at.burst("end\x1bx")
    at.wait_for("What they said")
    at.wait_until(lambda: notes(file) == {"came-to-it": f"{text}end"}, "not saved")


def test_turned_off_the_app_works_all_the_same(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), **{SWITCH: "1"})
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")


@pytest.mark.parametrize(
    ("locale", "read", "at_once"),
    [
        ("C.UTF-8", "caf\ufffd au lait", True),
        pytest.param("C", "caf\ufffd au lait", False, marks=pytest.mark.long),
        ("de_DE.ISO-8859-1", "café au lait", True),
    ],
)
def test_a_byte_of_another_encoding_costs_no_word_beside_it(
    open_terminal: Opens, file: Path, locale: str, read: str, at_once: bool
) -> None:
    at = open_terminal("--db", str(file), LANG=locale)
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.press("Enter")
    at.wait_for("Leave notes")
    typed = b"caf\xe9 au lait"
    for piece in [typed] if at_once else [typed[:4], typed[4:]]:
        at.child.send(piece)
        at.wait_for("caf")
    at.wait_until(lambda: kept_notes(file) == {"came-to-it": read}, "not saved")
    assert at.bytes.isascii() == (locale != "C.UTF-8")


def test_a_character_that_comes_in_two_pieces_is_one(in_the_notes: Terminal, file: Path) -> None:
    in_the_notes.child.send(b"caf\xc3")
    in_the_notes.wait_for("caf")
    in_the_notes.child.send(b"\xa9")
    in_the_notes.wait_until(lambda: kept_notes(file) == {"came-to-it": "café"}, "not saved")


class Output(io.StringIO):
    """A terminal that accepts nothing until it is `ready`."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = threading.Event()

    def write(self, text: str) -> int:
        self.ready.wait()
        return super().write(text)


@pytest.mark.parametrize("stuck", [False, True])
def test_what_is_written_is_sent_before_the_end_unless_the_terminal_is_stuck(stuck: bool) -> None:
    app, output = App[None](), Output()
    writer = WriterThread(output)
    app._driver = SimpleNamespace(_writer_thread=writer)  # type: ignore[assignment]
    writer.start()
    for number in range(20):
        writer.write(f"{number} ")
    if not stuck:
        output.ready.set()
    assert finish_output(app, {}) is not stuck
    assert output.getvalue() == ("" if stuck else "".join(f"{number} " for number in range(20)))
    output.ready.set()
    writer.join()


@pytest.mark.parametrize(
    "text", ["👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f", "🇩🇪", "佐 e\u0301 👍🏽 !", "plain"]
)
def test_text_cut_anywhere_keeps_its_width_and_its_other_graphemes(text: str) -> None:
    assert split_text_at_graphemes({})
    for cut in range(cell_len(text) + 2):
        left, right = Segment(text).split_cells(cut)
        assert (left.cell_length, right.cell_length) == (
            min(cut, cell_len(text)),
            max(cell_len(text) - cut, 0),
        )
        assert text.startswith(left.text.removesuffix(" "))
        assert text.endswith(right.text.removeprefix(" "))


def test_a_line_makes_a_cache_when_it_is_first_used_as_large_as_textual_has_it() -> None:
    assert make_strip_caches_when_used({})
    of_textual = re.findall(
        r"self\.(\w+): FIFOCache\[.*?= FIFOCache\((\d+)", source_of("textual.strip"), re.S
    )
    assert len(of_textual) == 7
    strip = Strip([Segment("a line")])
    assert not any(is_made(strip, name) for name, _ in of_textual)
    assert strip.crop(0, 4) is strip.crop(0, 4)
    assert [name for name, _ in of_textual if is_made(strip, name)] == ["_crop_cache"]
    assert [(name, str(getattr(strip, name)._maxsize)) for name, _ in of_textual] == of_textual
    assert not hasattr(strip, "another")


def is_made(strip: Strip, name: str) -> bool:
    try:
        object.__getattribute__(strip, name)
    except AttributeError:
        return False
    return True
