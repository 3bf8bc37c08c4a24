"""The guard of an interview that another session runs: read only here, until this session takes it over."""

from __future__ import annotations

from warmcall.domain.records import Interview
from warmcall.presentation import wording
from warmcall.screens.interview.pane import Pane
from warmcall.widgets.rich_text import RichPart

_HARMLESS = frozenset({"copy", "step(1)", "step(-1)", "take_over"})
"""The actions of a pane that are possible all the same: they change nothing, or take the interview over."""


class ReadOnlyGuard:
    """Knows whether the interview a pane shows may be changed in this session, and why not."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._last_question = ""

    @property
    def held(self) -> str:
        """Where another session has the interview open, and since when; empty if it may be changed here."""
        interview, services = self._pane.interview, self._pane.services
        if interview is None or not services.interview_lock.held_elsewhere(interview):
            return ""
        return wording.held_elsewhere(interview.held_since, services.time.now(), services.time.calendar)

    def disabled_reason(self, action: str) -> str:
        """Return why `action` cannot be done here now; empty if it can."""
        held = self.held
        return f"It is {held}: {self._takes_over}" if held and action not in _HARMLESS else ""

    def not_typed(self) -> str:
        """Return what to say when a letter is typed into notes that are read only."""
        keys = self._pane.with_keys("{notes.leave}, then {held.take_over}")
        return f"Not typed: it is {self.held}. {keys} takes over"

    def words_kept(self) -> str:
        """Return what to say when another session takes the interview over from this one."""
        return f"It is {self.held}. Your words are kept: {self._takes_over}"

    def head_line(self) -> RichPart:
        """Return the line of the pane's head that says where the interview is open; empty if it is here."""
        held = self.held
        return (f"\n{held}: {self._takes_over}" if held else "", "bold $warning")

    def question_to_show(self, interview: Interview, here: str) -> str:
        """Return the id of the question to show: `here`, or the one that the other session went to."""
        moved_on = interview.current != self._last_question
        self._last_question = interview.current
        return interview.current if self.held and moved_on else here

    def take_over(self) -> None:
        """Run the interview in this session from now on."""
        self._pane.services.interview_lock.take_over(self._pane.interview_id)
        self._pane.say("The interview is yours now: the other session only shows it")

    @property
    def _takes_over(self) -> str:
        return f"{self._pane.key('held.take_over')} takes over"
