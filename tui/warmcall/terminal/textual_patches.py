"""Everything that depends on private parts of Textual: the patches, and the codes its driver sends.

One gate: private names may change with any release, so they are used only with the version of Textual that is
`PINNED`. One switch: any value of `WARMCALL_PLAIN_TEXTUAL` turns all of it off. A function that was kept from
doing its work returns False, and the app then behaves as Textual does without it. Importing this module does
not import Textual, so that `warmcall check` can ask for the version quickly.
"""

from __future__ import annotations

import asyncio
import codecs
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from functools import cache, lru_cache, partial, wraps
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, MethodType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary, WeakSet

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.segment import Segment
    from textual.app import App
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.strip import Strip

    from warmcall.terminal.redraw import Redraw

SWITCH = "WARMCALL_PLAIN_TEXTUAL"
"""The environment variable that turns every patch off."""

PINNED = "8.2.8"
"""The version of Textual that the patches are written for; pyproject.toml requires the same."""

SYNC_BYTES = 200
"""Frames up to this length arrive in one piece anyway, and are sent without marks of their start and end."""

SETTLING_ROUNDS = 100
"""How many rounds of the event loop a new screen has to settle in before it is drawn, at most."""

QUIET_ROUNDS = 3
"""How many of them without anything to do say that it has: a scrollbar takes two to ask to be drawn."""

HELD_BACK_SECONDS = 0.001
"""How long a round takes while updates of the whole app are held back."""

OUTPUT_SECONDS = 0.1
"""The longest wait for what is still to be sent: half of what resetting the terminal may take."""

_MOUSE_ON = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"
"""Reports of mouse buttons and moves, with coordinates of any size, as Textual's driver turns them on."""

_FULL_SCREEN_ON = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[?1004h\x1b[?2004h"
"""Alternate screen, no wrapping, no cursor, focus reports, bracketed paste: what Textual's driver turns on,
and shells and pagers turn off."""

PLAIN_STYLE = "\x1b[m"
"""Sets no attributes, and the colours that the terminal has by itself."""

EVERYTHING_OFF = (
    b"\x18\x1b[m\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?7h"
    b"\x1b[?2048l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Cancels a sequence that was cut off, sets the plain style, and turns off every mode that Textual's driver
turns on. Turning off a mode that is off already is harmless, so this is sent with any version of Textual."""

_SEQUENCE_STARTS = "[O]P_^NX\\"
"""Characters that start a longer sequence after Esc; only their timing distinguishes those."""


@cache
def version(package: str) -> str:
    """Return the version of an installed package.

    It is in the name of the folder that the installer puts beside the package; the standard library is asked
    where that is not so, as it takes longer to import than the rest of this module.
    """
    spec = find_spec(package)
    beside = Path(spec.origin).parents[1] if spec and spec.origin else Path()
    names = [folder.name for folder in beside.glob(f"{package}-*.dist-info")]
    if len(names) != 1:
        from importlib import metadata

        return metadata.version(package)
    return names[0].removeprefix(f"{package}-").removesuffix(".dist-info")


class _KeyName(NamedTuple):
    """Stands for a member of Textual's `Keys` in its table of sequences, which reads only `value`."""

    value: str


def plain_drawing_notice() -> str:
    """Return the installed version of Textual in a sentence if it is not the one that is patched, else ""."""
    found = version("textual")
    return "" if found == PINNED else f"Textual {found}: drawn plainly"


def patches_allowed(environ: Mapping[str, str]) -> bool:
    """Return whether private parts may be used: the version is `PINNED`, and the switch is not set."""
    return not environ.get(SWITCH) and not plain_drawing_notice()


def split_escape_pairs(environ: Mapping[str, str]) -> bool:
    """Have Esc and a character that arrive together read as two keys; return whether it was done.

    Textual reads such a pair as Alt and the character, or drops the Esc. On a slow line it is more likely
    that a person typed one after the other.
    """
    if not patches_allowed(environ):
        return False
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS as sequences
    from textual.keys import Keys, _character_to_key

    for code in range(0x20, 0x7F):
        character = chr(code)
        if character not in _SEQUENCE_STARTS:
            pair = (Keys.Escape, _KeyName(_character_to_key(character)))
            sequences[f"\x1b{character}"] = pair  # type: ignore[index]
    return True


def disable_pixel_mouse(environ: Mapping[str, str]) -> bool:
    """Keep Textual from asking for mouse positions in pixels, which it does not turn off again at the end.

    Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.drivers.linux_driver import LinuxDriver

    LinuxDriver._enable_mouse_pixels = lambda self: None  # type: ignore[method-assign]
    return True


def decode_input_leniently(environ: Mapping[str, str], encoding: str) -> bool:
    """Have input decoded as `encoding`, with � for a byte that is invalid in it; Textual alone would crash.

    Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.drivers import linux_driver

    def decoder(_utf_8: str) -> Callable[[], codecs.IncrementalDecoder]:
        return partial(codecs.getincrementaldecoder(encoding), "replace")

    linux_driver.getincrementaldecoder = decoder  # type: ignore[assignment,attr-defined]
    return True


def keep_pastes_whole(environ: Mapping[str, str]) -> bool:
    """Have what is pasted read as one text, with no keys in it; return whether it was done."""
    if not patches_allowed(environ):
        return False
    from textual._xterm_parser import XTermParser
    from textual.drivers import linux_driver

    from warmcall.terminal.pastes import PasteReader

    def parser(debug: bool) -> XTermParser:
        made = XTermParser(debug)
        reader = PasteReader(made.feed, made.tick)
        made.feed, made.tick = reader.feed, reader.tick  # type: ignore[method-assign]
        return made

    linux_driver.XTermParser = parser  # type: ignore[assignment,attr-defined]
    return True


def wait_quietly_for_input(environ: Mapping[str, str]) -> bool:
    """Have the thread for input sleep until something comes, once nothing has for a while.

    Textual wakes it ten times a second. Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    import selectors
    from types import SimpleNamespace

    from textual.drivers import linux_driver

    from warmcall.terminal.quiet_input import QuietSelector, StopEvent

    run_by_textual = linux_driver.LinuxDriver.run_input_thread
    running = threading.local()  # the event that ends the thread for input

    def run(driver: linux_driver.LinuxDriver) -> None:
        running.stop = driver.exit_event
        run_by_textual(driver)

    linux_driver.Event = StopEvent  # type: ignore[attr-defined]
    linux_driver.selectors = SimpleNamespace(  # type: ignore[assignment,attr-defined]
        SelectSelector=lambda: QuietSelector(running.stop), EVENT_READ=selectors.EVENT_READ
    )
    linux_driver.LinuxDriver.run_input_thread = run  # type: ignore[assignment,method-assign]
    return True


def split_text_at_graphemes(environ: Mapping[str, str]) -> bool:
    """Have drawn text split between graphemes, with blanks for one that is wider; return whether it was done.

    Rich 15.0.0 splits between characters: where an edge crossed one of several characters, a part of it was
    gone, and the rest of the line moved by a cell.
    """
    if not patches_allowed(environ):
        return False
    from rich.cells import split_text
    from rich.segment import Segment

    @lru_cache(maxsize=16_384)
    def split_cells(segment: Segment, cut: int) -> tuple[Segment, Segment]:
        text, style, control = segment
        left, right = split_text(text, cut) if cut < segment.cell_length else (text, "")
        return Segment(left, style, control), Segment(right, style, control)

    Segment.split_cells = split_cells  # type: ignore[method-assign]
    return True


def release_closed_widgets(environ: Mapping[str, str]) -> bool:
    """Have Textual let go of a widget once it is closed; return whether it was done.

    Textual keeps the drawn lines of up to a thousand widgets for the two colours that each of them asked for,
    and every text area ever shown, with all that is around it, for the next change of the theme.
    """
    if not patches_allowed(environ):
        return False
    from textual._context import active_app
    from textual._styles_cache import StylesCache
    from textual.color import Color
    from textual.reactive import Reactive
    from textual.style import Style

    @lru_cache(maxsize=1024)
    def inner_and_outer(base: Color, background: Color) -> tuple[Style, Style]:
        return Style(background=base + background), Style(background=base)

    def get_inner_outer(_lines: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
        return inner_and_outer(base, background)

    def clear_watchers(closed: Any) -> None:
        getattr(closed, "__watchers", {}).clear()
        for watchers in getattr(active_app.get(None), "__watchers", {}).values():
            watchers[:] = [(watcher, callback) for watcher, callback in watchers if watcher is not closed]

    StylesCache.get_inner_outer = get_inner_outer  # type: ignore[assignment,method-assign]
    Reactive._clear_watchers = clear_watchers  # type: ignore[assignment,method-assign]
    return True


def make_strip_caches_when_used(environ: Mapping[str, str]) -> bool:
    """Have a drawn line make each of its seven caches when it is first used; return whether it was done.

    Most lines use one or two of them. Empty ones take a kilobyte a line, and most of the time to make it.
    """
    if not patches_allowed(environ):
        return False
    from textual.cache import FIFOCache
    from textual.strip import Strip

    sizes = {
        "_divide_cache": 4,
        "_crop_cache": 16,
        "_style_cache": 16,
        "_filter_cache": 4,
        "_line_length_cache": 4,
        "_crop_extend_cache": 4,
        "_offsets_cache": 4,
    }

    def init(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        strip._segments = list(segments)
        strip._cell_length = cell_length
        strip._render_cache = strip._link_ids = strip._cell_count = None

    def make_cache(strip: Strip, name: str) -> FIFOCache[Any, Any]:
        if name not in sizes:
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(sizes[name])
        setattr(strip, name, cache)
        return cache

    Strip.__init__ = init  # type: ignore[assignment,method-assign]
    Strip.__getattr__ = make_cache  # type: ignore[attr-defined]
    return True


def find_handlers_once(environ: Mapping[str, str]) -> bool:
    """Have a class's handlers of a kind of message found once; Textual goes through all its bases each time.

    A class with handlers for messages of certain widgets only is left to Textual.

    Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.message import Message
    from textual.message_pump import MessagePump

    find_by_textual = MessagePump._get_dispatch_methods

    @cache
    def handlers_of(owner: type, kind: type, name: str) -> tuple[tuple[type, Any], ...] | None:
        kinds = [base for base in kind.__mro__ if issubclass(base, Message)]
        found = []
        for base in owner.__mro__:
            if any(map((vars(base).get("_decorated_handlers") or {}).get, kinds)):
                return None
            handler = vars(base).get(f"_{name}") or vars(base).get(name)
            if handler is not None and not getattr(handler, "_textual_on", None):
                found.append((base, handler))
        return tuple(found)

    @wraps(find_by_textual)
    def find(owner: MessagePump, name: str, message: Message) -> Iterator[tuple[type, Any]]:
        kinds: tuple[type, type] = (owner.__class__, message.__class__)
        handlers = handlers_of(*kinds, name)
        if handlers is None:
            yield from find_by_textual(owner, name, message)
            return
        for base, handler in handlers:
            if message._no_default_action:  # a handler prevented those of the bases
                return
            yield base, handler.__get__(owner, base)

    MessagePump._get_dispatch_methods = find  # type: ignore[assignment,method-assign]
    return True


def count_parameters_of_code(environ: Mapping[str, str]) -> bool:
    """Have the parameters of a callback counted by its code; return whether it was done.

    Textual has the standard library put its whole signature together, for each new callback, such as whatever
    waits for a widget.
    """
    if not patches_allowed(environ):
        return False
    from inspect import CO_VARARGS, CO_VARKEYWORDS

    from textual import _callback

    count_by_textual = _callback._count_parameters

    def count(callback: Callable[..., Any]) -> int:
        if isinstance(callback, MethodType):
            return count(callback.__func__) - 1
        call: Any = type(callback).__call__
        if type(call) is FunctionType and not hasattr(callback, "__signature__"):
            return count(call) - 1
        if type(callback) is not FunctionType or callback.__dict__:  # it may stand for another
            return count_by_textual(callback)
        code = callback.__code__
        collecting = [code.co_flags & flag for flag in (CO_VARARGS, CO_VARKEYWORDS)]
        return code.co_argcount + code.co_kwonlyargcount + sum(map(bool, collecting))

    _callback._count_parameters = count  # type: ignore[assignment]
    return True


def read_reactives_directly(environ: Mapping[str, str]) -> bool:
    """Have an attribute that refreshes its widget read as any other, once it has a value.

    Textual looks each time whether there is a value, and a method that computes it. Returns whether it was
    done.
    """
    if not patches_allowed(environ):
        return False
    from textual.reactive import Reactive

    get_by_textual = Reactive.__get__
    missing = object()

    @cache
    def is_computed(kind: type, name: str) -> bool:
        return hasattr(kind, name)

    def get(reactive: Reactive[Any], owner: Any, kind: type) -> Any:
        if owner is not None:
            value = vars(owner).get(reactive.internal_name, missing)
            if value is not missing and not is_computed(kind, reactive.compute_name):
                return value
        return get_by_textual(reactive, owner, kind)

    Reactive.__get__ = get  # type: ignore[assignment,method-assign]
    return True


def log_no_messages(environ: Mapping[str, str]) -> bool:
    """Have messages handled without logging each; return whether it was done.

    Textual makes two loggers for every message a widget handles, for its console or a file. Where the
    environment asks for either, messages are logged.
    """
    if not patches_allowed(environ) or environ.get("TEXTUAL") or environ.get("TEXTUAL_LOG"):
        return False
    from textual import log, message_pump

    def ignore(*_words: object) -> None:
        """Log nothing."""

    def verbosity(_verbose: bool) -> Callable[..., None]:
        return ignore

    module: Any = message_pump
    module.log = SimpleNamespace(warning=log.warning, event=SimpleNamespace(verbosity=verbosity))
    return True


def send(app: App[Any], environ: Mapping[str, str], codes: str) -> bool:
    """Send `codes` to the terminal of `app`, in order with what the app draws; return whether it was done."""
    if not patches_allowed(environ) or app._driver is None:
        return False
    app._driver.write(codes)
    return True


def use_mouse(app: App[Any], environ: Mapping[str, str], on: bool) -> None:
    """Have the terminal of `app` report the mouse from now on, or no longer."""
    driver: Any = app._driver
    if not patches_allowed(environ) or not hasattr(driver, "_enable_mouse_support"):
        return
    if on:
        driver._mouse = True
        driver._enable_mouse_support()
    else:
        driver._disable_mouse_support()
        driver._mouse = False


def finish_output(app: App[Any], environ: Mapping[str, str]) -> bool:
    """Send what `app` has written and Textual has not sent yet; return whether all of it is sent.

    Call it just before the process ends: nothing can be written through the app afterwards. A terminal that
    accepts no output is waited for `OUTPUT_SECONDS` at most.
    """
    writer = getattr(app._driver, "_writer_thread", None) if patches_allowed(environ) else None
    if writer is None or not writer.is_alive():
        return False
    threading.Thread(target=writer.stop, daemon=True).start()
    writer.join(OUTPUT_SECONDS)
    return not writer.is_alive()


def turn_full_screen_on(app: App[Any], environ: Mapping[str, str]) -> bool:
    """Turn on again what Textual's driver turns on at the start, with the mouse only if the app uses it.

    Returns whether it was done.
    """
    mouse = patches_allowed(environ) and app._driver is not None and app._driver._mouse
    return send(app, environ, _FULL_SCREEN_ON + (_MOUSE_ON if mouse else ""))


def install_crash_handler(
    app: App[Any],
    environ: Mapping[str, str],
    report: Callable[[Exception], object],
    is_ending: Callable[[], bool] = lambda: False,
) -> bool:
    """Have the error that ends `app` passed to `report`; Textual alone prints it with variables' values.

    Errors are ignored once `is_ending`: a screen that was just opening is cut short when the app ends.

    Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from rich.text import Text
    from textual.drivers.linux_driver import LinuxDriver

    handle_by_textual = app._handle_exception
    reported = False

    def handle(error: Exception) -> None:
        nonlocal reported
        if not reported and not is_ending():
            reported = True
            with suppress(Exception):  # a failing report must not keep the app from ending
                report(error)
            app._fatal_error = lambda: app.panic(Text())  # type: ignore[method-assign]
            handle_by_textual(error)

    def run_input_thread(driver: LinuxDriver) -> None:
        try:
            driver.run_input_thread()
        except Exception as error:
            app.call_later(handle, error)

    app._handle_exception = handle  # type: ignore[method-assign]
    LinuxDriver._run_input_thread = run_input_thread  # type: ignore[assignment,method-assign]
    return True


def start_tasks_in_turn(app: App[Any], environ: Mapping[str, str]) -> bool:
    """Have tasks begin when their turn comes, in every Python alike; return whether it was done.

    From Python 3.12 on Textual has them begin at once (`asyncio.eager_task_factory`): the widgets of a new
    screen are then put there, and drawn, before it has the styles of its own file.
    """
    if not patches_allowed(environ):
        return False
    process_messages = app._process_messages

    async def process(*arguments: Any, **options: Any) -> None:
        asyncio.get_running_loop().set_task_factory(None)
        await process_messages(*arguments, **options)

    app._process_messages = process  # type: ignore[method-assign]
    return True


def style_new_screens_once(app: App[Any], environ: Mapping[str, str]) -> bool:
    """Open a screen with the styles it was made with; Textual parses and applies all of them twice more.

    The styles of its own files are added first, on which nothing depends that is there already. Returns
    whether it was done.
    """
    if not patches_allowed(environ):
        return False
    load_css = app._load_screen_css

    def load(screen: Screen[Any]) -> None:
        sheet = app.stylesheet
        new = [path for path in screen.css_path if not sheet.has_source(str(path))]
        if new:
            sheet.read_all(new)
            sheet.parse()
        load_css(screen)
        if screen._css_update_count < 0:  # new, so it has what the stylesheet has
            screen._css_update_count = app._css_update_count

    app._load_screen_css = load  # type: ignore[method-assign]
    return True


def lay_out_new_screens_once(environ: Mapping[str, str]) -> bool:
    """Have a new screen laid out and drawn once, with all it contains; return whether it was done.

    Textual does both again for the size it has just given a screen, for what each widget asked for while it
    was put there, once for each time somebody waits for that, and for the sizes that the first layout itself
    gave; and it draws the screen below once more.
    """
    if not patches_allowed(environ):
        return False
    from textual._time import get_time
    from textual.screen import Screen
    from textual.widget import AwaitMount, Widget

    if Screen._refresh_layout.__module__ == __name__:
        return True  # done before
    lay_out, resize = Screen._refresh_layout, Screen._screen_resized
    resume, suspend = Screen._on_screen_resume, Screen._on_screen_suspend
    on_layout, on_update = Screen._on_layout, Screen._on_update
    set_sizes = Widget._size_updated
    first_layouts: WeakKeyDictionary[Screen[Any], float] = WeakKeyDictionary()

    at_first: set[Screen[Any]] = set()  # the screen that is laid out for the first time, while it is

    def refresh_layout(screen: Screen[Any], size: Any = None, scroll: bool = False) -> None:
        if size and screen not in first_layouts and screen.is_mounted:
            first_layouts[screen] = get_time()
            for widget in screen.walk_children(Widget, with_self=True):
                widget._layout_required = widget._repaint_required = False
            at_first.add(screen)
        try:
            lay_out(screen, size, scroll)
        finally:
            at_first.discard(screen)

    def screen_resized(screen: Screen[Any], size: Any) -> None:
        if screen._compositor.size != size:
            resize(screen, size)

    def on_screen_resume(screen: Screen[Any], event: Any) -> None:
        new = screen not in first_layouts
        resume(screen, event)
        if new and screen in first_layouts:
            screen._repaint_required = False  # all of it has just been drawn

    def on_screen_suspend(screen: Screen[Any], _event: Any = None) -> None:
        suspend(screen)
        screen._repaint_required = False  # it is drawn below the new screen, or again when it comes up

    async def on_layout_asked(screen: Screen[Any], message: Any) -> None:
        if message.time >= first_layouts.get(screen, 0):
            await on_layout(screen, message)

    async def on_update_asked(screen: Screen[Any], message: Any) -> None:
        if message.time >= first_layouts.get(screen, 0):
            await on_update(screen, message)

    def size_updated(
        widget: Widget, size: Any, virtual_size: Any, container: Any, layout: bool = True
    ) -> bool:
        if not (at_first and widget.screen in at_first):
            return set_sizes(widget, size, virtual_size, container, layout)
        for node in widget.ancestors_with_self:
            if isinstance(node, Widget):
                node._clear_arrangement_cache()
                node._layout_updates += 1
        return set_sizes(widget, size, virtual_size, container, layout=False)

    async def until_mounted(parent: Widget, widgets: Sequence[Widget]) -> None:
        for widget in widgets:
            await widget._mounted_event.wait()
        if not widgets or not parent.is_attached:
            return
        laid_out = parent.screen._compositor.full_map
        if not all(widget in laid_out for widget in widgets if widget.display):
            parent.refresh(layout=True)
        parent.app._update_mouse_over(parent.screen)

    def wait_until_mounted(mounting: AwaitMount) -> Any:
        return until_mounted(mounting._parent, mounting._widgets).__await__()

    Screen._refresh_layout = refresh_layout  # type: ignore[assignment,method-assign]
    Screen._screen_resized = screen_resized  # type: ignore[assignment,method-assign]
    Screen._on_screen_resume = on_screen_resume  # type: ignore[assignment,method-assign]
    Screen._on_screen_suspend = on_screen_suspend  # type: ignore[assignment,method-assign]
    Screen._on_layout = on_layout_asked  # type: ignore[assignment,method-assign]
    Screen._on_update = on_update_asked  # type: ignore[assignment,method-assign]
    Widget._size_updated = size_updated  # type: ignore[assignment,method-assign]
    AwaitMount.__await__ = wait_until_mounted  # type: ignore[assignment,method-assign]
    return True


def draw_new_screens_settled(environ: Mapping[str, str]) -> bool:
    """Have a new screen drawn once all it contains has taken in its size; return whether it was done.

    Textual draws it as soon as it has been laid out: a list that then finds that it needs a scrollbar, or a
    line that names keys, has the screen laid out and drawn again. What one update of a screen changes, its
    layout and its widgets, is drawn in one frame, too.
    """
    if not patches_allowed(environ):
        return False
    from textual.screen import Screen

    if Screen._on_timer_update.__module__ == __name__:
        return True  # done before
    lay_out, refresh_by_textual = Screen._refresh_layout, Screen._compositor_refresh
    update_by_textual = Screen._on_timer_update
    begun: WeakSet[Screen[Any]] = WeakSet()  # the screens that have been laid out
    held_back: dict[Screen[Any], bool] = {}  # the screens not to be drawn now, and whether they asked for it
    settling: set[asyncio.Task[None]] = set()

    def refresh(screen: Screen[Any]) -> None:
        if screen in held_back:
            held_back[screen] = True
        else:
            refresh_by_textual(screen)

    def draw_what_was_held_back(screen: Screen[Any]) -> None:
        if held_back.pop(screen, False) and screen.is_current:
            screen._compositor_refresh()

    def update(screen: Screen[Any]) -> None:
        if screen in held_back:
            update_by_textual(screen)
            return
        held_back[screen] = False
        try:
            update_by_textual(screen)
        finally:
            draw_what_was_held_back(screen)

    def is_busy(screen: Screen[Any]) -> bool:
        pumps: list[Any] = [screen, *screen.walk_children()]
        return any(
            pump._message_queue.qsize() or pump._next_callbacks or not pump._mounted_event.is_set()
            for pump in pumps
        )

    async def until_settled(screen: Screen[Any]) -> None:
        quiet = 0
        for _ in range(SETTLING_ROUNDS):
            await asyncio.sleep(HELD_BACK_SECONDS if screen.app._batch_count else 0)
            quiet = 0 if screen.app._batch_count or is_busy(screen) else quiet + 1
            if quiet < QUIET_ROUNDS:
                continue
            if not screen.is_current:
                return
            if screen._layout_required or screen._scroll_required:
                update_by_textual(screen)
            elif screen._callbacks:
                await screen._invoke_and_clear_callbacks()
            else:
                return
            quiet = 0

    async def settle(screen: Screen[Any]) -> None:
        try:
            await until_settled(screen)
            update_by_textual(screen)
            draw_what_was_held_back(screen)
        except Exception as error:
            screen.app._handle_exception(error)
        finally:
            held_back.pop(screen, None)

    def refresh_layout(screen: Screen[Any], size: Any = None, scroll: bool = False) -> None:
        if size and screen not in begun and screen.is_mounted:
            begun.add(screen)
            held_back[screen] = False
            task = asyncio.create_task(settle(screen))
            settling.add(task)
            task.add_done_callback(settling.discard)
        lay_out(screen, size, scroll)

    Screen._refresh_layout = refresh_layout  # type: ignore[assignment,method-assign]
    Screen._compositor_refresh = refresh  # type: ignore[assignment,method-assign]
    Screen._on_timer_update = update  # type: ignore[assignment,method-assign]
    return True


def hold_back_for_one_message(environ: Mapping[str, str]) -> bool:
    """Have no frame held back for a twentieth of a second when one screen is shown in place of another.

    They are held back until what led to it has been done. Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.app import App

    def hold_back(app: App[Any], _seconds: float = 0.0) -> None:
        app._begin_batch()

        def end() -> None:
            app._end_batch()
            if not app._batch_count:
                app.screen.refresh()

        app.call_later(end)

    App.delay_update = hold_back  # type: ignore[assignment,method-assign]
    return True


def lay_out_nothing_for_closed_screens(environ: Mapping[str, str]) -> bool:
    """Have what is below a closed screen not laid out and drawn once more; return whether it was done."""
    if not patches_allowed(environ):
        return False
    from textual.app import App
    from textual.screen import Screen

    prune = App._prune

    def prune_nodes(app: App[Any], *nodes: Any, parent: Any = None) -> Any:
        return prune(app, *nodes, parent=None if all(isinstance(node, Screen) for node in nodes) else parent)

    App._prune = prune_nodes  # type: ignore[assignment,method-assign]
    return True


def render_changes_alone(environ: Mapping[str, str]) -> bool:
    """Have a frame that changes parts of the screen render those, and no others; return whether it was done.

    Textual renders every widget inside the smallest rectangle around them: for a clock in the first line and
    a bar in the last one, all there are.
    """
    if not patches_allowed(environ):
        return False
    from textual._compositor import Compositor
    from textual.geometry import Region

    render_part, renders_by_textual = Compositor.render_partial_update, Compositor._get_renders
    changed: dict[Compositor, tuple[Region, ...]] = {}

    def render_partial_update(compositor: Compositor) -> Any:
        changed[compositor] = tuple(compositor._dirty_regions)
        try:
            return render_part(compositor)
        finally:
            del changed[compositor]

    def get_renders(compositor: Compositor, crop: Region | None = None) -> Iterator[Any]:
        regions = changed.get(compositor)
        if regions is None:
            yield from renders_by_textual(compositor, crop)
            return
        for widget, (region, clip) in compositor.visible_widgets.items():
            seen = region.intersection(clip)
            within = [part for part in map(seen.intersection, regions) if part]
            if within:
                top, bottom = min(part.y for part in within), max(part.bottom for part in within)
                lines = Region(seen.x, top, seen.width, bottom - top)
                yield region, lines, widget.render_lines(lines.translate(-region.offset))

    Compositor.render_partial_update = render_partial_update  # type: ignore[assignment,method-assign]
    Compositor._get_renders = get_renders  # type: ignore[assignment,method-assign]
    return True


def tint_each_style_once(environ: Mapping[str, str]) -> bool:
    """Have each style under a dialog tinted once, not for each text in it; return whether it was done."""
    if not patches_allowed(environ):
        return False
    from rich.segment import Segment
    from textual.color import Color
    from textual.renderables.background_screen import BackgroundScreen

    tint_by_textual = BackgroundScreen.process_segments

    @lru_cache(maxsize=512)
    def tinted(style: Any, color: Color) -> Any:
        return next(iter(tint_by_textual([Segment("", style)], color))).style

    def tint(segments: Iterable[Segment], color: Color) -> Iterator[Segment]:
        for segment in segments:
            text, style, control = segment
            yield segment if control else Segment(text, tinted(style, color))

    BackgroundScreen.process_segments = staticmethod(tint)  # type: ignore[method-assign]
    return True


def leave_out_toasts_and_tooltips(app: App[Any], environ: Mapping[str, str]) -> bool:
    """Have no screen of `app` contain a place for toasts and one for tooltips: the app shows neither.

    Textual has a new screen laid out once more to find that there are no toasts. Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    app._disable_notifications = app._disable_tooltips = True
    return True


def draw_no_frame_in_a_batch(environ: Mapping[str, str]) -> bool:
    """Have no frame drawn while updates are held back: Textual draws it and throws it away.

    It is drawn afterwards, unless another one came first, which has it all. Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.app import App
    from textual.screen import Screen

    refresh_by_textual, end_by_textual = Screen._compositor_refresh, App._end_batch
    held_back: WeakSet[Screen[Any]] = WeakSet()

    def refresh(screen: Screen[Any]) -> None:
        if screen.app._batch_count:
            held_back.add(screen)
        else:
            held_back.discard(screen)
            refresh_by_textual(screen)

    def refresh_held_back() -> None:
        for screen in list(held_back):
            refresh(screen)

    def end_batch(app: App[Any]) -> None:
        end_by_textual(app)
        if held_back and not app._batch_count:
            app.call_later(refresh_held_back)

    Screen._compositor_refresh = refresh  # type: ignore[assignment,method-assign]
    App._end_batch = end_batch  # type: ignore[assignment,method-assign]
    return True


def parse_styles_once(environ: Mapping[str, str]) -> bool:
    """Have each text of styles parsed once while the colours of the theme are the same.

    Textual remembers 64 texts, of which an app with more widgets than that finds none, and forgets them
    whenever it reads all of them again; and it parses the styles of a class once more when they are found to
    be further up among the bases of another. Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.css import stylesheet

    known: dict[Any, dict[int, list[Any]]] = {}
    variables: list[tuple[dict[str, str], Any]] = []  # those that `known` was parsed with, and their tokens
    parse_by_textual = stylesheet.Stylesheet._parse_rules
    tokenize_by_textual = stylesheet.tokenize_values  # type: ignore[attr-defined]

    def tokens_of(values: dict[str, str]) -> Any:
        if not variables or variables[0][0] != values:
            known.clear()
            variables[:] = [(dict(values), tokenize_by_textual(values))]
        return variables[0][1].copy()

    def parse(
        sheet: stylesheet.Stylesheet,
        css: str,
        read_from: Any,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[Any]:
        tokens_of(sheet._variables)
        found = known.setdefault((css, read_from, is_default_rules, scope), {})
        if tie_breaker not in found:
            if found:
                found[tie_breaker] = [copy(rule) for rule in next(iter(found.values()))]
                for rule in found[tie_breaker]:
                    rule.tie_breaker = tie_breaker
            else:
                found[tie_breaker] = parse_by_textual(
                    sheet, css, read_from, is_default_rules, tie_breaker, scope
                )
        return found[tie_breaker]

    stylesheet.Stylesheet._parse_rules = parse  # type: ignore[assignment,method-assign]
    stylesheet.tokenize_values = tokens_of  # type: ignore[attr-defined]
    return True


def parse_styles_ahead(
    app: App[Any], kinds: Iterable[type[DOMNode]], environ: Mapping[str, str]
) -> Iterator[None]:
    """Parse the styles of some kinds of widgets and screens of `app`, one text after the other.

    `parse_styles_once` keeps them until they are asked for.
    """
    if not patches_allowed(environ):
        return
    from textual._path import _css_path_type_as_list, _make_path_object_relative
    from textual.screen import Screen

    sheet = app.stylesheet
    for kind in kinds:
        blank = object.__new__(kind)  # what is asked of it depends on its class alone
        for read_from, css, tie_breaker, scope in blank._get_default_css():
            sheet._parse_rules(css, read_from, True, tie_breaker, scope)
        yield
        if issubclass(kind, Screen) and kind.CSS_PATH:
            for relative in _css_path_type_as_list(kind.CSS_PATH):
                path = _make_path_object_relative(relative, blank).absolute()
                sheet._parse_rules(path.read_text(encoding="utf-8"), (str(path), ""), False, 0, "")
            yield


def style_alike_once(environ: Mapping[str, str]) -> bool:
    """Have the parts of widgets that are alike, such as the fields of a form, styled once for all of them.

    Textual makes a node for each part of each of them, such as the caret of a line, and looks for its rules
    among all there are, with a function of its own to compare two of them. Returns whether it was done.
    """
    if not patches_allowed(environ):
        return False
    from textual.css.model import RuleSet
    from textual.css.stylesheet import Stylesheet

    apply_by_textual, style_parts = Stylesheet.apply, Stylesheet._process_component_classes
    caches: list[dict[Any, Any] | None] = []  # that of the group of widgets which is being styled

    def apply(sheet: Stylesheet, node: Any, *, animate: bool = False, cache: Any = None) -> None:
        caches.append(cache)
        try:
            apply_by_textual(sheet, node, animate=animate, cache=cache)
        finally:
            caches.pop()

    def style_parts_once(sheet: Stylesheet, node: Any) -> None:
        cache = caches[-1] if caches else None
        if (
            cache is None
            or node._has_order_style
            or node._has_odd_or_even
            or not node._get_component_classes()
        ):
            style_parts(sheet, node)
            return
        known_by_id = node._id is not None and f"#{node._id}" in sheet.rules_map
        key = (
            "parts", node._parent, node._id if known_by_id else None, node.classes,
            node._pseudo_classes_cache_key, type(node),
        )  # fmt: skip
        parts = cache.get(key)
        if parts is None:
            style_parts(sheet, node)
            cache[key] = node._component_styles.copy()
        elif parts != node._component_styles:
            node._component_styles.clear()
            node._component_styles.update(parts)
            node.refresh()

    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]
    Stylesheet.apply = apply  # type: ignore[assignment,method-assign]
    Stylesheet._process_component_classes = style_parts_once  # type: ignore[assignment,method-assign]
    return True


def install_frame_diff(
    app: App[Any], redraw: Redraw, environ: Mapping[str, str], plain: bool = False
) -> bool:
    """Have `app` send only the cells that change, from now on, unless `plain`; return whether it was done.

    `redraw.forget_frame` is set, so that a redraw sends every cell again.
    """
    if plain or not patches_allowed(environ):
        return False
    from textual.drivers.linux_driver import LinuxDriver

    leave = LinuxDriver.stop_application_mode
    if leave.__module__ != __name__:

        def leave_plain(driver: LinuxDriver) -> None:
            driver.write(PLAIN_STYLE)  # frames leave the style of what they drew last
            leave(driver)

        LinuxDriver.stop_application_mode = leave_plain  # type: ignore[assignment,method-assign]
    drawing = DiffedDrawing(app, environ)
    redraw.forget_frame = drawing.forget
    app._display = drawing.display  # type: ignore[assignment,method-assign]
    return True


class DiffedDrawing:
    """Replaces `App._display`, which sends a frame to the terminal, and falls back on it.

    Textual sends a frame with links or control codes, and every frame after an unexpected error.
    """

    def __init__(self, app: App[Any], environ: Mapping[str, str]) -> None:
        from warmcall.terminal.frame_diff import FrameDiff, erases_in_color

        self._app = app
        self._display_by_textual = app._display
        self._frame_diff = FrameDiff(erases_in_color(environ))
        self._writer_thread: object = None
        self._began = False

    def forget(self) -> None:
        """Treat what the terminal shows as unknown."""
        self._frame_diff.forget()

    def display(self, screen: Any, update: Any) -> None:
        """Send a frame, by differences if it consists of text in cells, else as Textual does."""
        app, driver = self._app, self._app._driver
        drawn = update is not None and not app._batch_count and app._running and not app._closed
        if not drawn or app.is_headless or driver is None or driver.is_inline:
            self._display_by_textual(screen, update)
            return
        from textual._compositor import ChopsUpdate

        try:
            if not self._began and isinstance(update, ChopsUpdate):  # a part: the rest would come one by one
                update = screen._compositor.render_full_update()
            self._began = True
            text: str | None = self.text_for(update)
        except ValueError:  # not text in cells: only this frame is sent as Textual does
            text = None
        except Exception:
            app.log.error("Drawing by differences is off")
            del app._display
            text = None
        if text is None:
            self.forget()
            driver.write(PLAIN_STYLE)
            self._display_by_textual(screen, update)
            return
        if text:
            from textual._ansi_sequences import SYNC_END, SYNC_START

            synchronized = app._sync_available and len(text) > SYNC_BYTES
            driver.write(f"{SYNC_START}{text}{SYNC_END}" if synchronized else text)
            driver.flush()
        app.post_display_hook()

    def text_for(self, update: Any) -> str:
        """Return what to send for an update of Textual's compositor.

        Raises:
            ValueError: if it is more than text in cells.
        """
        from rich.color import ColorSystem
        from rich.console import COLOR_SYSTEMS
        from textual._compositor import LayoutUpdate

        app = self._app
        thread = getattr(app._driver, "_writer_thread", None)
        if thread is not self._writer_thread:  # replaced each time another program had the terminal
            self._writer_thread = thread
            self.forget()
        colors = COLOR_SYSTEMS.get(app.console.color_system or "", ColorSystem.TRUECOLOR)
        whole = isinstance(update, LayoutUpdate) and update.region == app.size.region
        cursor = app.screen.outer_size.clamp_offset(app.cursor_position)
        pieces = [
            (x, y, [run for strip in strips for run in _runs(strip, colors)])
            for x, y, strips in _strips(update)
        ]
        text = self._frame_diff.draw((app.size.width, app.size.height), pieces, (cursor.x, cursor.y), whole)
        app._previous_cursor_position = cursor
        return text


def _strips(update: Any) -> Iterator[tuple[int, int, list[Strip]]]:
    """Yield column, row and strips of each piece of an update, cropped as Textual does.

    Raises:
        ValueError: if the update is of an unknown kind.
    """
    from textual._compositor import ChopsUpdate, LayoutUpdate

    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            yield update.region.x, y, list(line)
    elif isinstance(update, ChopsUpdate):
        for y, span_start, span_end in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is None or x > span_end or end <= span_start:
                    continue
                inside = span_start <= x < span_end and end <= span_end
                yield x, y, [strip if inside else strip.crop(0, min(end, span_end) - x)]
    else:
        raise ValueError("another kind of update")


def _runs(strip: Strip, colors: ColorSystem) -> Iterator[tuple[str, Any]]:
    """Yield the texts of a strip, each with the style that Textual would draw it in.

    Raises:
        ValueError: if the strip contains a link or a control sequence.
    """
    from warmcall.terminal.styles import PLAIN, cell_style_of

    for text, style, control in strip:
        if control or (style is not None and style.link):
            raise ValueError("more than text")
        yield text, PLAIN if style is None else cell_style_of(strip.render_ansi(style, colors))
