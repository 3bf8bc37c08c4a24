"""The app's side of the state file: undo, what is not saved yet, and what other sessions changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.timer import Timer

from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import FormDialog
from warmcall.screens.unsaved import UnsavedDialog
from warmcall.services.history import UndoRefused
from warmcall.services.services import Services
from warmcall.storage.state_file import ExternalChanges
from warmcall.storage.writer import SaveState, Writer
from warmcall.terminal.key_queue import KeyMarker, KeyQueue
from warmcall.terminal.redraw import Redraw
from warmcall.terminal.shutdown import LIMIT_SECONDS

QUIT_SECONDS = 1.0
"""How long quitting waits for the last save before it says that something is not saved."""

SLOW_SAVE_SECONDS = 0.3
"""How long a save may take before the bar says so: a mark for each fast one would flicker at every letter."""

NEWS_AT_ONCE = 100
"""Edits of another session taken in one go, so that a large change never holds the keys up."""


class SavingApp(App[str]):
    """An app over the services whose changes a writer makes durable."""

    def __init__(self, services: Services, writer: Writer, **textual: Any) -> None:
        super().__init__(**textual)
        self.key_queue = KeyQueue(self)
        self.redraw = Redraw(self)
        self.services = services
        self.writer = writer
        self._saving: Timer | None = None
        self._slow = False

    def notify(self, message: str, **how: Any) -> None:
        """Tell one thing at a time: the newest takes the place of what was told before."""
        self.clear_notifications()
        super().notify(message, **how)

    async def on_event(self, event: events.Event) -> None:
        """Deliver keys and pastes in order."""
        await self.key_queue.handle(event, super().on_event)

    def on_key_marker(self, message: KeyMarker) -> None:
        """Tell the key queue that a marker arrived."""
        message.stop()
        message.arrived()

    def on_unmount(self) -> None:
        """Deliver no more keys."""
        self.key_queue.stop()

    def on_resize(self) -> None:
        """Draw everything again."""
        self.redraw.after_resize()

    def bell(self) -> None:
        """Ring; a terminal that flashes instead may not put back what it showed."""
        super().bell()
        self.redraw.forget_frame()

    def action_redraw(self) -> None:
        """Draw everything again."""
        self.redraw.everything()

    def show_bar(self) -> None:
        """Show the time left and what is not saved yet."""

    def unsaved_words(self) -> str:
        """Return what the bar says of changes that are not on disk; of a save under way, if it takes long."""
        state = self.writer.state
        if state.unsaved and state.reason:
            return f"not saved: {state.reason}, retrying"
        if state.unsaved and self._saving is None:
            self._saving = self.set_timer(SLOW_SAVE_SECONDS, self._save_is_slow)
        elif not state.unsaved and self._saving is not None:
            self._saving.stop()
            self._saving, self._slow = None, False
        return "saving…" if state.unsaved and self._slow else ""

    def follow_the_file(self) -> None:
        """Show from now on what is saved, what others change, and what may not be changed."""
        self.writer.on_state(self._saved)
        self.writer.on_external_changes(self._heard)
        self.services.history.on_refusal = self.say

    def say(self, words: str) -> None:
        """Tell the user something in passing."""
        self.notify(words, markup=False, timeout=4)

    def flush(self) -> None:
        """Hand everything typed and not yet saved to the services."""
        for screen in self.screen_stack:
            if isinstance(screen, TabScreen | Dialog):
                screen.flush()

    def save_all(self) -> None:
        """Have everything typed on disk when this returns, or after three seconds; another may go on."""
        try:
            self.flush()
            self.services.interview_lock.release()
        finally:
            self.writer.drain(LIMIT_SECONDS)

    def rescue(self) -> None:
        """Hand over what was typed, as far as it goes, when a mistake of ours ends the app."""
        for screen in self.screen_stack:
            if isinstance(screen, TabScreen | Dialog):
                with suppress(Exception):  # the mistake may be in this very screen
                    screen.flush()
        with suppress(Exception):  # a screen that repaints may make the mistake again
            self.services.interview_lock.release()

    def action_undo(self) -> None:
        """Take the last change back, and say what it was."""
        self.flush()
        self._move(self.services.history.undo, "Undone", "Nothing to undo")

    def action_redo(self) -> None:
        """Make the last change taken back again."""
        self._move(self.services.history.redo, "Done again", "Nothing to redo")

    def action_save_now(self) -> None:
        """Try again to save what could not be saved."""
        self.flush()
        unsaved = self.writer.state.unsaved
        self.writer.retry()
        self.say("Trying again to save" if unsaved else "Everything is saved")

    async def action_quit(self) -> None:
        """Save what was typed, and leave; ask first if something cannot be saved."""
        self.flush()
        if isinstance(self.screen, FormDialog) and self.screen.holds_back("app.quit_anywhere"):
            return
        self.services.interview_lock.release()
        if self.writer.drain(QUIT_SECONDS):
            self.exit()
            return
        if isinstance(self.screen, UnsavedDialog):
            return
        state = self.writer.state

        def take(leave: bool | None) -> None:
            if leave:
                self.exit()

        retry = partial(self.writer.drain, LIMIT_SECONDS)
        self.push_screen(
            UnsavedDialog(self.services, state.unsaved, state.reason, retry, self._write_copy), take
        )

    def _save_is_slow(self) -> None:
        self._slow = True
        self.show_bar()

    def _saved(self, _state: SaveState) -> None:
        """Take the writer's news, which comes from its own thread."""
        self.call_later(self.show_bar)

    def _heard(self, news: ExternalChanges) -> None:
        """Take news of other sessions, which come from the writer's thread."""
        for part in news.sliced(NEWS_AT_ONCE):
            self.call_later(self._take_in, part)

    def _take_in(self, news: ExternalChanges) -> None:
        for sentence in (*news.told, *self.services.history.apply_remote(news.edits)):
            self.notify(sentence, severity="warning", markup=False, timeout=8)

    def _write_copy(self, path: str) -> str:
        self.writer.write_copy(Path(path).expanduser())
        return f"Written to {path}, for your eyes only"

    def _move(self, way: Callable[[], str], done: str, nothing: str) -> None:
        try:
            label = way()
        except UndoRefused as refused:
            self.say(str(refused))
            return
        self.say(f"{done}: {label}" if label else nothing)
