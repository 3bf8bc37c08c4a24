"""What is not saved yet, what other sessions changed, saving and quitting."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from warmcall.app.large_changes import LargeChanges
from warmcall.presentation import replaced_file, unsaved
from warmcall.screens.base import View
from warmcall.screens.confirm_once import ConfirmOnce
from warmcall.services.services import Services
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.writer import SaveState, Writer
from warmcall.terminal.shutdown import LIMIT_SECONDS
from warmcall.widgets.keys import key_display_of

QUIT_SECONDS = 1.0
"""How long quitting waits for the last save before it says that something is not saved."""

SLOW_SAVE_SECONDS = 0.3
"""How long a save may take before the bar mentions it: a mark for each fast save would flicker."""

CANNOT_SAVE_SECONDS = 12
"""How long it is shown why nothing can be saved and what to do: three lines to read. The bar goes on."""

MERGE_TRIES = 5
"""How often a large merge starts again because a record it read was edited while it was computed."""

EDITS_AT_ONCE = 100
"""How many edits of another session are applied in one go, so that a large change never blocks the keys."""


class SaveStatus:
    """Follows the writer, and says what is not on disk, and what a copy put over the file lacks.

    `flush` hands everything typed to the services; `rescue` hands over what can be had of it, whatever state
    the screens are in, and lets another session go on. `update_bar` repaints the bar that shows `words`, and
    `say` shows a sentence to the user. `surprise`
    is called when another session or a copy changes what the keys do, with whether a screen comes up or goes.
    `large_changes` are made in steps, one at a time.
    """

    def __init__(
        self,
        app: App[Any],
        services: Services,
        writer: Writer,
        flush: Callable[[], None],
        rescue: Callable[[], None],
        update_bar: Callable[[], None],
        say: Callable[[str], None],
        surprise: Callable[[bool], None],
        large_changes: LargeChanges,
    ) -> None:
        self._app = app
        self._services = services
        self.writer = writer
        self._flush = flush
        self._rescue = rescue
        self._update_bar = update_bar
        self._say = say
        self._surprise = surprise
        self._large_changes = large_changes
        self._slow_timer: Timer | None = None
        self._slow = False
        self._said_reason = ""
        self._confirm = ConfirmOnce(say)

    def watch(self) -> None:
        """Follow the writer from now on: its state, other sessions' changes, and changes that are refused."""
        self.writer.on_state(self._on_state)
        self.writer.on_external_changes(self._on_external_changes)
        self._services.history.on_refusal = self._say

    def words(self) -> str:
        """Return what the bar says about changes that are not on disk; a save is mentioned only if slow.

        As long as a copy put over the file lacks something, it says so, and with which keys it is settled.
        """
        state = self.writer.state
        if state.unsaved and state.reason:
            return unsaved.bar_words(state.reason)
        if state.unsaved and self._slow_timer is None:
            self._slow_timer = self._app.set_timer(SLOW_SAVE_SECONDS, self._on_slow_save)
        elif not state.unsaved and self._slow_timer is not None:
            self._slow_timer.stop()
            self._slow_timer, self._slow = None, False
        if self._large_changes.words:
            return self._large_changes.words
        replacement = self._services.merge_back.replacement
        if replacement is not None:
            merge, leave = (key_display_of(self._app, f"app.{name}") for name in ("merge_back", "leave_copy"))
            return replaced_file.bar_words(replacement.older, merge, leave, bool(replacement.beside))
        return "saving…" if state.unsaved and self._slow else ""

    def merge_back_reason(self) -> str:
        """Return why nothing can be merged back or left out now; empty if it can."""
        if self._large_changes.under_way_now == replaced_file.MERGING:
            return replaced_file.MERGING_REASON
        return "" if self._services.merge_back.replacement else replaced_file.NOTHING_MISSING

    def merge_back(self) -> None:
        """Merge back what a copy put over the file lacks, and say what cannot be merged."""
        self._flush()
        if reason := self.merge_back_reason():
            self._say(reason)
            return
        self.writer.keep_backup("merge")
        replacement = self._services.merge_back.replacement
        beside = replacement is not None and bool(replacement.beside)
        if not self._services.merge_back.is_large:
            self._say_merged(self._services.merge_back.merge(), beside)
        elif self._large_changes.under_way_now:
            self._say(unsaved.one_after_another(self._large_changes.under_way_now))
        else:
            self._app.run_worker(self._merge_large(beside), name="merge back")

    async def _merge_large(self, beside: bool) -> None:
        """Merge back thousands of records, computed in another thread and made in steps, while keys act."""
        merge_back = self._services.merge_back
        with self._large_changes.under_way(replaced_file.MERGING):
            for _ in range(MERGE_TRIES):
                merging = merge_back.start()
                await asyncio.to_thread(merging.compute)
                steps = merge_back.commit(merging)
                if steps is not None:  # else one of the records was edited meanwhile
                    await self._large_changes.make(steps)
                    self._say_merged(merging.messages, beside)
                    return
            self._say(replaced_file.EDITED_MEANWHILE)

    def _say_merged(self, problems: list[str], beside: bool) -> None:
        """Say that it is merged, and what is not."""
        done = replaced_file.merged_back(key_display_of(self._app, "app.undo"), problems, beside)
        self._app.notify(done, severity="warning", markup=False, timeout=12)
        self._update_bar()

    def leave_copy(self) -> None:
        """Let the file be as the copy put over it has it."""
        if reason := self.merge_back_reason():
            self._say(reason)
            return
        replacement = self._services.merge_back.replacement
        self._services.merge_back.leave()
        beside = replacement is not None and replacement.beside
        self._say(replaced_file.LEFT_BESIDE if beside else replaced_file.LEFT)
        self._update_bar()

    def fold_typed(self) -> None:
        """Have what was typed, which is on disk beside the state file, saved into it."""
        self._flush()
        self.writer.save_now()

    def save_now(self) -> None:
        """Try again to save what could not be saved."""
        self._flush()
        unsaved = self.writer.state.unsaved
        self.writer.save_now()
        self._say("Trying again to save" if unsaved else "Everything is saved")

    def save_before_stop(self) -> None:
        """Have everything on disk before the process is stopped: a stopped process saves nothing."""
        self._flush()
        self.writer.drain(QUIT_SECONDS)

    def save_at_end(self) -> None:
        """Have everything on disk, waiting at most `LIMIT_SECONDS`, also while a screen is just opening."""
        self._rescue()
        self.writer.drain(LIMIT_SECONDS)

    def quit(self) -> None:
        """Save what was typed and leave, or ask first if something cannot be saved."""
        self._flush()
        screen = self._app.screen
        views = (view for view in self._app.screen_stack if isinstance(view, View))
        if any(view.warn_unsaved("app.quit_anywhere") for view in views):
            return
        self._services.interview_lock.release()
        if self.writer.drain(QUIT_SECONDS):
            self._app.exit()
            return
        from warmcall.screens.unsaved import UnsavedDialog

        if isinstance(screen, UnsavedDialog):
            return
        state = self.writer.state
        retry = partial(self.writer.drain, LIMIT_SECONDS)
        dialog = UnsavedDialog(self._services, state.unsaved, state.reason, retry, self._write_copy)
        self._surprise(True)
        self._app.push_screen(dialog, lambda leave: self._app.exit() if leave else None)

    def may_leave_interview(self) -> bool:
        """Return whether no interview runs here, or the user was warned that its clock goes on."""
        services = self._services
        running = services.store.running()
        contact = services.store.contact(running.contact_id) if running is not None else None
        if (
            running is None
            or contact is None
            or services.interview_lock.held_elsewhere(running)
            or services.unfinished_interviews.left_running(running)
        ):
            return True
        from warmcall.presentation.interview import quit_while_running

        key = key_display_of(self._app, "app.quit")
        return self._confirm.confirmed(quit_while_running(contact.name, key))

    def _on_slow_save(self) -> None:
        self._slow = True
        self._update_bar()

    def _on_state(self, state: SaveState) -> None:
        """Repaint the bar; the writer calls this from its own thread."""
        self._app.call_later(self._show_state, state)

    def _show_state(self, state: SaveState) -> None:
        """Repaint the bar; say once, when saving begins to fail, why and what to do, until it works again."""
        self._update_bar()
        if state.reason and state.fix and state.reason != self._said_reason:
            sentence = unsaved.cannot_save(state.reason, state.fix, state.kept)
            self._app.notify(sentence, severity="warning", markup=False, timeout=CANNOT_SAVE_SECONDS)
        if state.reason or not state.unsaved:
            self._said_reason = state.reason

    def _on_external_changes(self, changes: ExternalChanges) -> None:
        """Apply other sessions' changes piece by piece; the writer calls this from its own thread."""
        parts = list(changes.in_parts(EDITS_AT_ONCE))
        for part in parts[:-1]:
            self._app.call_later(self._apply_quietly, part)
        self._app.call_later(self._apply, parts[-1])

    def _apply_quietly(self, changes: ExternalChanges) -> None:
        """Apply a part that others follow: the screens are repainted with the last one."""
        with self._large_changes.quietly():
            self._apply(changes)

    def _apply(self, changes: ExternalChanges) -> None:
        before = self._app.screen, self._app.focused
        for sentence in (*changes.messages, *self._services.history.apply_remote(changes.edits)):
            self._app.notify(sentence, severity="warning", markup=False, timeout=8)
        self._app.call_later(self._after_remote_change, *before)
        if changes.replacement is not None:
            self._surprise(False)
            self._services.merge_back.add(changes.replacement)
            self._update_bar()

    def _after_remote_change(self, screen: Screen[Any], focused: Widget | None) -> None:
        """Wait for the screen on top, which may have yet to put up and focus what that change calls for."""
        self._app.screen.call_later(self._app.call_later, self._ignore_keys_if_moved, screen, focused)

    def _ignore_keys_if_moved(self, screen: Screen[Any], focused: Widget | None) -> None:
        """Have keys ignored for a moment if that change closed a screen, or moved the focus."""
        if (self._app.screen, self._app.focused) != (screen, focused):
            self._surprise(False)

    def _write_copy(self, path: str) -> str:
        self.writer.write_copy(Path(os.path.expanduser(path)))  # leaves ~nobody as it is
        return f"Written to {path}, for your eyes only"
