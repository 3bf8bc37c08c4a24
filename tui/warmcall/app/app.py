"""The app: the screens, the way between them, and what is the same on all of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from warmcall.app.context import AppContext
from warmcall.app.navigation import TurningApp
from warmcall.app.palette import KeyCommands
from warmcall.app.themes import DARK, THEMES, theme_for
from warmcall.domain.change import Change
from warmcall.domain.sanitize import many_lines
from warmcall.screens.base import TABS, CopyText, GoTo, TabScreen
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.external import ExternalPrograms
from warmcall.screens.help import HelpDialog
from warmcall.screens.interview.briefing_page import PrintPage
from warmcall.screens.interview.resume import NeverEndedDialog, ResumeChoice, ResumeDialog
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.screens.people.screen import PeopleScreen
from warmcall.screens.profile.first_run import DEMO, FirstRun
from warmcall.screens.profile.screen import TargetScreen
from warmcall.screens.queue.screen import QueueScreen
from warmcall.services.services import Services
from warmcall.services.unfinished_forms import only_unfinished_forms
from warmcall.storage.writer import Writer
from warmcall.terminal.charset import filters_for
from warmcall.terminal.clipboard import ClipboardRoutes, copy
from warmcall.terminal.shutdown import ShutdownHandler
from warmcall.terminal.textual_patches import send
from warmcall.widgets.keys import ActiveKey, active_keys, key_displays, keymap_for_textual

NOTICES = 3
"""How many things are told at the start at most: more would cover what they are about."""

NOTICE_SECONDS = 6.0
"""How long each of them takes to be read."""


class WarmcallApp(TurningApp):
    """Gives back DEMO if the user asks for the sample data, else nothing."""

    TITLE = "warmcall"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False  # a double click opens; text is marked with Shift, as without a mouse
    COMMANDS: ClassVar[set[Any]] = {KeyCommands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"tab('{label}')", label, show=False, id=f"app.{label.lower()}")
            for key, label in TABS
        ),
        Binding("left_square_bracket", "next_tab(-1)", "Screen before", show=False, id="app.tab_before"),
        Binding("right_square_bracket", "next_tab(1)", "Screen after", show=False, id="app.tab_after"),
        Binding("u", "undo", "Undo", show=False, id="app.undo", tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Make it again"),
        Binding("colon,ctrl+p", "command_palette", "Palette", show=False, id="app.palette",
                tooltip="Find an action by its name"),
        Binding("question_mark,f1", "help", "help", id="app.help", tooltip="Every key that is active"),
        Binding("ctrl+s", "save_now", "Save now", show=False, id="app.save_now", tooltip="Try again to save"),
        Binding("ctrl+l", "redraw", "Redraw", show=False, id="app.redraw", tooltip="Draw the screen anew"),
        Binding("ctrl+z", "suspend_process", "To the shell", show=False, id="app.shell", priority=True,
                tooltip="fg comes back; the countdown goes on"),
        Binding("q", "quit", "Quit", show=False, id="app.quit", tooltip="Everything is saved"),
        Binding("ctrl+q", "quit", "Quit", show=False, id="app.quit_anywhere", priority=True),
    ]  # fmt: skip

    def __init__(
        self,
        services: Services,
        writer: Writer,
        around: AppContext,
        notices: tuple[str, ...] = (),
        practice: str = "",
    ) -> None:
        no_color = bool(around.environ.get("NO_COLOR"))
        # Textual chooses its filter for colours when it is made, so it must know now.
        super().__init__(services, writer, practice, ansi_color=True if no_color else None)
        self._around = around
        self._line_filters = filters_for(around.letters)
        self.external = ExternalPrograms(
            self, around.environ, around.to_draft, around.to_calendar, self.flush, self.say
        )
        self._notices = notices
        self._copied = ""
        self._ending = ShutdownHandler(
            self.save_all, lambda code: self.exit(return_code=code), around.tidy, self.give_title_back
        )
        self.set_keymap(keymap_for_textual(around.keymap))
        self.key_displays = key_displays(around.keymap)
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        few_colours = "TERM" in around.environ and self.console.color_system == "standard"
        self.theme = theme_for(services.config.theme, no_color, few_colours)
        for label, screen in _SCREENS.items():
            self.add_mode(label, partial(screen, services))

    def on_mount(self) -> None:
        """Open the home screen, and offer what a new or an interrupted user needs."""
        self.services.store.listen(self._changed)
        self.follow_the_file()
        self.follow_the_clock()
        self._watch_signals()
        self.switch_mode("Queue")
        self.call_after_refresh(self._welcome)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of our own that a theme of Textual's lacks."""
        return DARK.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes before it is drawn: Textual's own, then ours."""
        return (*super().get_line_filters(), *self._line_filters)

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen under the first one, which is never seen."""
        return Screen(id="_default")

    def notify(self, message: str, **more: Any) -> None:
        """Say `message` in passing, whatever it holds."""
        super().notify(many_lines(message), **more)

    def on_copy_text(self, message: CopyText) -> None:
        """Copy a text."""
        self.copy_to_clipboard(message.text)

    @property
    def clipboard(self) -> str:
        """What was copied here last, whichever way it went."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the way the surroundings ask for, and say what was done; a text field copies so, too."""
        if not text:
            return
        self._copied = text
        around = self._around
        ways = ClipboardRoutes(
            plain=super().copy_to_clipboard,
            codes=partial(send, self, around.environ),
            to_file=around.to_file,
            under_mosh=around.under_mosh,
        )
        try:
            done = copy(text, around.environ, ways)
        except OSError as error:
            done = f"Not copied: {(error.strerror or str(error)).lower()}"
        self.notify(done, markup=False, timeout=4)

    def on_print_page(self, message: PrintPage) -> None:
        """Write a page to a file, and say which."""
        try:
            done = f"Written to {self._around.to_page(message.text)}, ready to print"
        except OSError as error:
            done = f"Not written: {error.strerror}"
        self.notify(done, markup=False, timeout=8)

    async def action_help(self) -> None:
        """Show the active keys, and run the one chosen; close them if they show."""
        if isinstance(self.screen, HelpDialog):
            self.screen.action_leave()
            return
        keys = [key for key in active_keys(self.screen) if not key.action.endswith("help")]

        def run(chosen: ActiveKey | None) -> None:
            if chosen is not None:
                self.call_next(self.run_action, chosen.action, chosen.node)

        self.push_screen(HelpDialog(self.services, keys), run)

    def _changed(self, change: Change) -> None:
        """Repaint what shows from the store, a page under a dialog included."""
        for screen in [] if only_unfinished_forms(change) else self.screen_stack:
            if isinstance(screen, TabScreen | Dialog) and screen.is_mounted and screen.is_attached:
                screen.reload()
        self.show_bar()

    def _welcome(self) -> None:
        self.show_bar()
        notices = [*self._notices, *filter(None, [self.look_at_the_clock()])]
        if len(notices) > NOTICES:
            rest = f"and {len(notices) - NOTICES} more: `warmcall check` lists all"
            notices = [*notices[:NOTICES], rest]
        if notices:
            seconds = NOTICE_SECONDS * len(notices)
            self.notify("\n".join(notices), severity="warning", markup=False, timeout=seconds)
        if self.practice_only:
            self.practise_and_exit()
            return
        for form in self.services.unfinished.all()[:1]:
            self.say(f"Words you did not save are kept: open “{form.title}” again")
        running = self.services.store.running()
        if running is not None:
            left = self.services.unfinished_interviews.left_running(running)
            ask = NeverEndedDialog(self.services, running) if left else ResumeDialog(self.services, running)
            self.push_screen(ask, partial(self._resumed, left))
        elif self.services.store.empty:
            self.push_screen(FirstRun(self.services), self._begun)

    def _begun(self, how: str | None) -> None:
        if how == DEMO:
            self.exit(DEMO)

    def _resumed(self, left: bool, what: ResumeChoice | None) -> None:
        running = self.services.store.running()
        if running is None or what in (None, ResumeChoice.LATER):
            return
        go = GoTo("Interview", running.contact_id, running.id)
        if left and what is ResumeChoice.END:
            self.services.unfinished_interviews.end_as_presumed(running.id)
        else:
            self.services.interview_lock.take_over(running.id)
        if what is ResumeChoice.END:
            self.call_next(self._end_interview, go)
        else:
            self.post_message(go)

    async def _end_interview(self, go: GoTo) -> None:
        """End it once its screen is there, which then shows the page after."""
        await self.on_go_to(go)
        if isinstance(self.screen, InterviewScreen):
            self.screen.finish()

    def _watch_signals(self) -> None:
        """On a hang-up or a request to end or stop, save what was typed, whatever the terminal does."""
        if threading.current_thread() is not threading.main_thread() or self.is_headless:
            return
        self._ending.watch(asyncio.get_running_loop())
        self.watch_stops(self._around.environ)
        self.show_in_title(self._around.environ)
        self.set_interval(1.0, self._ending.look)


_SCREENS: dict[str, type[TabScreen]] = {
    "Queue": QueueScreen,
    "People": PeopleScreen,
    "Call": CallScreen,
    "Interview": InterviewScreen,
    "Target": TargetScreen,
}
