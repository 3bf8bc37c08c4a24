"""The app: what is the same on every screen, in one class that owns an object for each part of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from warmcall.app.context import AppContext
from warmcall.app.first_uses import FirstUses
from warmcall.app.idle_work import IdleWork
from warmcall.app.large_changes import LargeChanges
from warmcall.app.navigation import HOME, Navigation
from warmcall.app.nothing_owed import NothingOwed
from warmcall.app.notices import Notices
from warmcall.app.practice import Practice
from warmcall.app.save_status import SaveStatus
from warmcall.app.screen_imports import ScreenImports, import_screens
from warmcall.app.signals import Signals
from warmcall.app.themes import DARK, THEMES, textual_theme
from warmcall.app.ticker import Ticker
from warmcall.app.two_interviews import TwoInterviews
from warmcall.config.safe_files import explanation
from warmcall.config.themes import theme_for
from warmcall.domain.change import Change
from warmcall.presentation import top_bar
from warmcall.presentation.keyboard import other_layout
from warmcall.presentation.queue import due_counts
from warmcall.presentation.unsaved import one_after_another
from warmcall.screens.base import NAMED_KEYS, TABS, CopyText, GoTo, TabScreen, View, screens_in_sight
from warmcall.screens.external import ExternalPrograms
from warmcall.screens.index_preparation import SLICE
from warmcall.screens.undo import REDO, UNDO, Direction
from warmcall.services.services import Services
from warmcall.services.unfinished_forms import only_unfinished_forms
from warmcall.storage.writer import Writer
from warmcall.terminal.charset import Charset, charset_for, filters_for
from warmcall.terminal.clipboard import ClipboardRoutes, copy
from warmcall.terminal.hardware_cursor import cursor_offset
from warmcall.terminal.key_queue import KeyMarker, KeyQueue
from warmcall.terminal.redraw import Redraw
from warmcall.terminal.textual_patches import send, use_mouse
from warmcall.widgets.bars import KeyBar, TopBar
from warmcall.widgets.figures import ASCII_CLASS
from warmcall.widgets.key_names import name_of
from warmcall.widgets.keys import ActiveKey, KeyDisplays, active_keys, key_display_of, keymap_for_textual
from warmcall.widgets.scroll_bar import SignedScrollBar

if TYPE_CHECKING:
    from warmcall.app.palette import Palette
    from warmcall.app.people_import import PeopleImport
    from warmcall.screens.interview.briefing_page import PrintPage
    from warmcall.screens.interview.resume import ResumeChoice
    from warmcall.screens.people.importing import MakeImport

NOTICE_SECONDS = 4.0
"""How long a notice is shown at least, unless whoever shows it says how long."""

START_SECONDS = 12.0
"""How long the first notice of the start is shown at least: the screen is new, too."""

STARTED_SECONDS = 1.0
"""How long after its first screen the app has started: what a start makes is made by then."""

CLOSED_SECONDS = 0.05
"""How long after a screen or dialog began to close nothing of it is needed, and what is under it is drawn."""


class WarmcallApp(App[str]):
    """The full-screen app over `services`, whose changes `writer` makes durable.

    `notices` are shown at the start. With `practice_only`, "call" or "interview", the app is nothing but
    that. Running it returns DEMO if the user asked for the sample data, else None.
    """

    TITLE = "warmcall"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # ours is a dialog like any other
    ALLOW_SELECT = False  # a double click opens; Shift marks text, as it does without mouse support
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"tab('{label}')", label, show=False, id=f"app.{label.lower()}")
            for key, label in TABS
        ),
        Binding("left_square_bracket", "next_tab(-1)", "Previous screen", show=False, id="app.tab_before"),
        Binding("right_square_bracket", "next_tab(1)", "Next screen", show=False, id="app.tab_after"),
        Binding("u", "undo", "Undo", show=False, id="app.undo", tooltip="Undo the last change"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Redo what was undone"),
        Binding("colon,ctrl+p", "palette", "Palette", show=False, id="app.palette",
                tooltip="Find anything by its name: people, exports, themes, what keys do"),
        Binding("question_mark,f1", "help", "help", id="app.help", tooltip="Every key that is active"),
        Binding("M,ctrl+g", "messages", "Messages", show=False, id="app.messages",
                tooltip="The last messages, to read again"),
        Binding("O", "next_step", "Next step", show=False, id="app.next_step",
                tooltip="Plan it for those left with nothing in the queue"),
        Binding("ctrl+s", "save_now", "Save now", show=False, id="app.save_now", tooltip="Try again to save"),
        Binding("F", "merge_back", "Merge back", show=False, id="app.merge_back",
                tooltip="Bring back what is missing from the older copy that replaced the state file"),
        Binding("X", "leave_copy", "Leave the file as it is", show=False, id="app.leave_copy",
                tooltip="Keep the older copy; the backup has the rest"),
        Binding("ctrl+l", "redraw", "Redraw", show=False, id="app.redraw",
                tooltip="Draw the whole screen again"),
        Binding("ctrl+z", "suspend_process", "To the shell", show=False, id="app.shell", priority=True,
                tooltip="fg comes back; the countdown goes on"),
        Binding("q", "quit_if_sure", "Quit", show=False, id="app.quit", tooltip="Everything is saved"),
        Binding("ctrl+q", "quit", "Quit", show=False, id="app.quit_anywhere", priority=True),
        Binding("P", "practice", "Practise a call", show=False, id="app.practice",
                tooltip="Say the lines aloud to nobody; nothing is kept"),
        Binding("I", "practise_interview", "Practise an interview", show=False, id="app.practise_interview",
                tooltip="Five minutes with nobody; nothing is kept"),
    ]  # fmt: skip

    def __init__(
        self,
        services: Services,
        writer: Writer,
        context: AppContext,
        notices: tuple[str, ...] = (),
        practice_only: str = "",
    ) -> None:
        no_color = bool(context.environ.get("NO_COLOR"))
        # Textual chooses its colour filter when it is made, so it has to know now.
        super().__init__(ansi_color=True if no_color else None)
        self.services = services
        self.context = context
        self._start_notices = notices
        self._copied = ""
        self._layout_explained = False
        self._charset_changed = False
        self._line_filters = filters_for(context.charset)
        self.set_class(context.charset is not Charset.ALL, ASCII_CLASS)
        ScrollBar.renderer = SignedScrollBar
        self.key_queue = KeyQueue(self, context.monotonic, _translations(context))
        self.redraw = Redraw(self)
        self.notices = Notices(self, services)
        self.navigation = Navigation(self, services, self.flush, self.update_bar)
        self.ticker = Ticker(self, services, self._on_tick)
        self._idle_work = IdleWork(
            self,
            services.store,
            [
                ScreenImports().step,
                FirstUses(self, services, context.environ).step,
                self._prepare_search,
                self._prepare_pool_search,
                self._prepare_names,
                self._keep_prepared,
            ],
        )
        self._two_interviews = TwoInterviews(self, services, self.key_queue.surprise)
        self._nothing_owed = NothingOwed(self, services)
        self.large_changes = LargeChanges(self._reload_screens, self.update_bar)
        self.save_status = SaveStatus(
            self,
            services,
            writer,
            self.flush,
            self.rescue,
            self.update_bar,
            self.say,
            self.key_queue.surprise,
            self.large_changes,
        )
        self.signals = Signals(
            self, context, self.save_status, self.ticker, self.redraw.everything, services.config.cursor
        )
        self.practice = Practice(self, services, self.say, practice_only)
        self.external = ExternalPrograms(
            self,
            context.environ,
            context.write_draft,
            context.write_calendar,
            context.write_named,
            self.flush,
            self.say,
            context.people_files,
        )
        self.set_keymap(keymap_for_textual(context.keymap))
        self.key_displays = KeyDisplays(context.keymap, NAMED_KEYS, import_screens)
        self.animation_level = "none"
        for theme in (*THEMES, *map(textual_theme, context.own_themes)):
            self.register_theme(theme)
        few_colors = "TERM" in context.environ and self.console.color_system == "standard"
        self.theme = theme_for(services.config.theme, no_color, few_colors, context.own_themes)
        # Without this Textual would parse the style sheet with its own theme first.
        self.stylesheet.set_variables(self.get_css_variables())
        for _, label in TABS:
            self.add_mode(label, partial(self.navigation.new_screen, label))

    def _prepare_search(self) -> bool:
        return self.services.search.prepare(SLICE)

    def _prepare_pool_search(self) -> bool:
        return self.services.pool_search.prepare()

    def _prepare_names(self) -> bool:
        return self.services.here_already.prepare_few()

    def _keep_prepared(self) -> bool:
        """Leave what was prepared out of each look for garbage; a dialog that is open would never go."""
        if isinstance(self.screen, TabScreen):
            self.context.after_preparing()
        return True

    @cached_property
    def palette(self) -> Palette:
        """What the palette offers; imported when it is first opened."""
        from warmcall.app.palette import Palette

        return Palette(self, self.services, self.context, self.say, self._use_ascii, self._use_mouse)

    @cached_property
    def _people_import(self) -> PeopleImport:
        from warmcall.app.people_import import PeopleImport

        keep_backup = self.save_status.writer.keep_backup
        return PeopleImport(self, self.services, keep_backup, self.large_changes, self.say)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours, for themes of Textual's that lack them."""
        return DARK.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes through before it is drawn: Textual's own filters, then ours."""
        return (*super().get_line_filters(), *self._line_filters)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style `node` and all it contains; what is not on a screen yet is styled when it is put there."""
        if node is self or node.is_attached:
            super().update_styles(node, animate)

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen under the first one, which is never seen."""
        return Screen(id="_default")

    async def on_event(self, event: events.Event) -> None:
        """Deliver keys and pastes in order."""
        if isinstance(event, events.Key):
            self._idle_work.note_key()
        await self.key_queue.handle(event, super().on_event)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top."""
        self.set_timer(CLOSED_SECONDS, self.context.after_closing)
        return super().pop_screen()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message at the bottom in place of the one before; no markup in it is ever read."""
        whole = self._nothing_owed.added_to(message)
        self.notices.add(whole, severity != "information", timeout or NOTICE_SECONDS)

    def clear_notifications(self) -> None:
        """Show the present message no more."""
        self.notices.hide()

    def bell(self) -> None:
        """Ring; a terminal that flashes instead may not restore what it showed."""
        super().bell()
        self.redraw.forget_frame()

    @property
    def cursor_position(self) -> Offset:
        """The cell of the screen where the terminal's cursor is left after each frame."""
        screen = self.screen
        reading = screen.focused or (screen.reading_start() if isinstance(screen, View) else None)
        return cursor_offset(reading) if reading is not None and reading.region else self._caret

    @cursor_position.setter
    def cursor_position(self, caret: Offset) -> None:
        self._caret = caret

    @property
    def clipboard(self) -> str:
        """What was copied here last, whichever way it went."""
        return self._copied

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text the way the terminal allows, and say what was done; text fields call this, too."""
        if not text:
            return
        self._copied = text
        routes = ClipboardRoutes(
            plain=super().copy_to_clipboard,
            codes=partial(send, self, self.context.environ),
            to_file=self.context.write_clipboard,
            under_mosh=self.context.under_mosh,
        )
        try:
            message = copy(text, self.context.environ, routes)
        except OSError as error:
            message = f"Not copied: {explanation(error)}"
        self.say(message)

    def say(self, words: str) -> None:
        """Show a sentence for a few seconds."""
        self.notify(words)

    def flush(self) -> None:
        """Hand everything typed and not yet saved to the services."""
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.flush()

    def rescue(self) -> None:
        """Hand over what can be had of what was typed, when an unexpected error or a signal ends the app."""
        for screen in self.screen_stack:
            if isinstance(screen, View):
                with suppress(Exception):  # the error may be in this very screen, or it is not composed yet
                    screen.flush()
        with suppress(Exception):  # a screen that repaints may raise the error again
            self.services.interview_lock.release()

    def update_bar(self) -> None:
        """Show on every screen what is due, the time left and what is not saved yet."""
        self.ticker.update_title()
        time_left, unsaved = self.ticker.time_left(), self.save_status.words()
        due = due_counts(self.services.queue.counts())
        notes = top_bar.forms(due, self.context.sample_data)
        for screen in self.screen_stack:
            if isinstance(screen, TabScreen):
                screen.bar.show(time_left, unsaved, notes, self.ticker.urgency())

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now; empty if it can."""
        match action:
            case "practise_interview":
                return self.practice.disabled_reason()
            case "next_step":
                return self._nothing_owed.disabled_reason()
            case "merge_back" | "leave_copy":
                return self.save_status.merge_back_reason()
        return ""

    def on_mount(self) -> None:
        """Open the home screen, then offer what a new or an interrupted user needs."""
        self.services.store.listen(self._on_change, shows=True)
        self.save_status.watch()
        self.ticker.start()
        self.signals.watch()
        self.switch_mode(HOME)
        self.call_next(self._offer_at_start)  # before the first frame, which then has what is offered, too
        self.set_timer(STARTED_SECONDS, self.context.after_start)

    def on_unmount(self) -> None:
        """Deliver no more keys, and restore the window's title, however the app ends."""
        self.key_queue.stop()
        self.ticker.restore_title()

    def on_notes_editor_left(self) -> None:
        """Save a text into the state file once the user leaves it."""
        self.save_status.fold_typed()

    def on_resize(self) -> None:
        """Draw everything again."""
        self.redraw.after_resize()
        self.notices.window_resized()

    def on_key(self, event: events.Key) -> None:
        """Say once why the letters of another layout do nothing."""
        unknown = event.character is not None and event.character.isalpha() and not event.character.isascii()
        if unknown and event.key not in self.screen.active_bindings and not self._layout_explained:
            self._layout_explained = True
            self.say(other_layout(str(event.character)))

    def on_key_marker(self, message: KeyMarker) -> None:
        """Let the key queue know that a marker arrived."""
        message.stop()
        message.arrived()

    async def on_go_to(self, message: GoTo) -> None:
        """Show the screen asked for."""
        await self.navigation.go_to(message)

    async def on_go_back(self) -> None:
        """Close what covers one of the screens."""
        await self.navigation.go_back()

    def on_screen_shown(self) -> None:
        """Fill the bar of a screen that has come up."""
        self.key_queue.screen_shown()
        self.notices.screen_shown()
        if self._charset_changed:
            self._draw_in_charset()
        self.update_bar()

    def on_top_bar_clicked(self, message: TopBar.Clicked) -> None:
        """Show the screen whose tab was clicked, as its key does."""
        self.action_tab(message.label)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what the key does whose hint was clicked, or say why it cannot be done now."""
        key = message.key
        if key.disabled_reason:
            self.say(key.disabled_reason)
        else:
            self.call_next(self.run_action, key.action, key.node)

    def on_make_import(self, message: MakeImport) -> None:
        """Make an import that was looked at and wanted."""
        self._people_import.start(message.plan, message.origins)

    def on_copy_text(self, message: CopyText) -> None:
        """Copy a text."""
        self.copy_to_clipboard(message.text)

    def on_print_page(self, message: PrintPage) -> None:
        """Write a page to a file, and say which."""
        try:
            done = f"Written to {self.context.write_page(message.text)}, ready to print"
        except OSError as error:
            done = f"Not written: {explanation(error)}"
        self.notify(done)

    def action_tab(self, label: str) -> None:
        """Show a screen."""
        self.post_message(self.navigation.target(label))

    def action_next_tab(self, step: int) -> None:
        """Show the screen beside this one."""
        self.post_message(self.navigation.neighbour(step))

    def action_undo(self) -> None:
        """Undo the last change, and say what it was."""
        self.flush()
        self._revert(UNDO)

    def action_redo(self) -> None:
        """Make the change again that was undone last, and say what it was."""
        self._revert(REDO)

    def _revert(self, direction: Direction) -> None:
        """Undo or redo; a change of thousands of records in steps, while keys act."""
        from warmcall.services.merge_back import EDITS_AT_ONCE

        history = self.services.history
        if self.large_changes.under_way_now:
            self.say(one_after_another(self.large_changes.under_way_now))
        elif direction.size(history) > EDITS_AT_ONCE:
            self.run_worker(self._revert_large(direction), name="undo")
        else:
            self.say(direction.revert(history))

    async def _revert_large(self, direction: Direction) -> None:
        from warmcall.services.merge_back import EDITS_AT_ONCE

        with self.large_changes.under_way(direction.under_way):
            steps = direction.revert_in_steps(self.services.history, EDITS_AT_ONCE)
            self.say(await self.large_changes.make(steps))

    async def action_help(self) -> None:
        """Show the active keys, and run the one chosen; close the list if it is open."""
        from warmcall.screens.help import HelpDialog

        if isinstance(self.screen, HelpDialog):
            self.screen.dismiss(None)
            return
        keys = [key for key in active_keys(self.screen) if not key.action.endswith("help")]

        def run(chosen: ActiveKey | None) -> None:
            if chosen is not None:
                self.call_next(self.run_action, chosen.action, chosen.node)

        self.push_screen(HelpDialog(self.services, keys), run)

    def action_messages(self) -> None:
        """List the last messages."""
        from warmcall.screens.notices import NoticesDialog

        self.notices.hide()
        self.push_screen(NoticesDialog(self.services, self.notices.newest_first))

    def action_palette(self) -> None:
        """Show the palette."""
        self.palette.open()

    def action_next_step(self) -> None:
        """Plan the next step with those to whom nothing is owed any more, and say what it is."""
        reason = self._nothing_owed.disabled_reason()
        undo = key_display_of(self, "app.undo")
        self.say(reason or f"{self._nothing_owed.plan_next_steps()}. {undo} undoes it")

    def action_save_now(self) -> None:
        """Try again to save what could not be saved."""
        self.save_status.save_now()

    def action_merge_back(self) -> None:
        """Bring back what a copy put over the state file lacks."""
        self.save_status.merge_back()

    def action_leave_copy(self) -> None:
        """Do without what a copy put over the state file lacks."""
        self.save_status.leave_copy()

    def action_redraw(self) -> None:
        """Draw everything again."""
        self.redraw.everything()

    def action_suspend_process(self) -> None:
        """Go to the shell, everything saved; `fg` comes back."""
        if not self.signals.suspend():
            self.say("There is no shell to go back to here")

    def action_quit_if_sure(self) -> None:
        """Save what was typed, and leave; while an interview runs, the first press only says so."""
        self.flush()
        if self.save_status.may_leave_interview():
            self.save_status.quit()

    async def action_quit(self) -> None:
        """Save what was typed, and leave."""
        self.save_status.quit()

    def action_practice(self) -> None:
        """Practise a call."""
        self.practice.start_call()

    def action_practise_interview(self) -> None:
        """Practise an interview."""
        self.practice.start_interview()

    def _use_ascii(self, on: bool) -> None:
        """Draw borders, marks and signs in ASCII from now on, or as they are."""
        charset = charset_for(on, self.context.environ)
        self._line_filters = filters_for(charset)
        self.set_class(charset is not Charset.ALL, ASCII_CLASS)
        self._charset_changed = True
        self._draw_in_charset()

    def _use_mouse(self, on: bool) -> None:
        """Let the mouse in, or leave it to the terminal."""
        use_mouse(self, self.context.environ, on)

    def _draw_in_charset(self) -> None:
        """Draw the screen again, each widget of it; Textual keeps the lines of those that did not change."""
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                widget.refresh()
            screen.refresh()

    def _on_change(self, change: Change) -> None:
        """Repaint from the store what is on the screen, a page under a dialog included."""
        if not (only_unfinished_forms(change) or self.large_changes.quiet):
            self._reload_screens()
        self._nothing_owed.check(change)
        self.update_bar()

    def _reload_screens(self) -> None:
        for screen in screens_in_sight(self.screen_stack):
            if isinstance(screen, View) and screen.is_mounted and screen.is_attached:
                screen.reload()

    def _on_tick(self) -> None:
        """Update the bar, and ask which interview goes on if two run."""
        self.update_bar()
        self._two_interviews.check()

    def _offer_at_start(self) -> None:
        """Show the notices; offer practice, the interview that is running, or the way in for a new user."""
        self.update_bar()
        self._show_notices()
        if self.practice.only:
            self.practice.start_only()
            return
        for form in self.services.unfinished.all()[:1]:
            self.say(f"What you typed is kept: open “{form.title}” again")
        running = self.services.store.running()
        if running is not None:
            from warmcall.screens.interview.resume import NeverEndedDialog, ResumeDialog

            never_ended = self.services.unfinished_interviews.left_running(running)
            dialog = NeverEndedDialog if never_ended else ResumeDialog
            self.key_queue.surprise()
            self.push_screen(dialog(self.services, running), partial(self._resume, never_ended))
        elif self.services.store.empty:
            from warmcall.screens.profile.first_run import FirstRun

            self.key_queue.surprise()
            self.push_screen(FirstRun(self.services), self._after_first_run)

    def _show_notices(self) -> None:
        notices = [*self._start_notices, *filter(None, [self.ticker.check_alarms()])]
        self.notices.add_all(notices, START_SECONDS)

    def _after_first_run(self, choice: str | None) -> None:
        from warmcall.screens.profile.first_run import DEMO

        if choice == DEMO:
            self.exit(DEMO)

    def _resume(self, never_ended: bool, choice: ResumeChoice | None) -> None:
        """Resume or end the interview that was found running, as the user chose."""
        from warmcall.screens.interview.resume import ResumeChoice

        running = self.services.store.running()
        if running is None or choice in (None, ResumeChoice.LATER):
            return
        target = GoTo("Interview", running.contact_id, running.id)
        if never_ended and choice is ResumeChoice.END:
            self.services.unfinished_interviews.end_as_presumed(running.id)
        else:
            self.services.interview_lock.take_over(running.id)
        if choice is ResumeChoice.END:
            self.call_next(self._end_interview, target)
        else:
            self.post_message(target)

    async def _end_interview(self, target: GoTo) -> None:
        """End the interview once its screen is there, which then shows the debrief."""
        from warmcall.screens.interview.screen import InterviewScreen

        await self.navigation.go_to(target)
        if isinstance(self.screen, InterviewScreen):
            self.screen.finish()


def _translations(context: AppContext) -> dict[str, tuple[str, str]]:
    """Return the name and the sign of the key that each sign of the user's layout acts as.

    A key that the user's keymap names keeps the meaning it has there.
    """
    named = {key for keys in context.keymap.values() for key in keys}
    layout = context.layout.items()
    return {typed: (name_of(latin), latin) for typed, latin in layout if name_of(typed) not in named}
