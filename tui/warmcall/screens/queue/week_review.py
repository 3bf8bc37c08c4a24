"""The look back at a week: what was done, one sentence learned, and whom the next week is for."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.weeks import WEEK
from warmcall.presentation import weeks as words
from warmcall.screens.base import BACK_KEY, CopyText, GoBack, TabScreen
from warmcall.screens.people.shortlist import ShortlistScreen
from warmcall.screens.queue.week_form import WeekForm
from warmcall.services.services import Services
from warmcall.services.weeks import WeekReview
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel


class WeekScreen(TabScreen):
    """One week, the present one first; the keys turn to those before it, and to the next one."""

    CSS_PATH = "queue.tcss"
    TAB = "Queue"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "write", "Write", id="week.write",
                tooltip="What you learned, in one sentence; {week.leave} leaves it"),
        Binding("x", "done", "Done", id="week.done", tooltip="You have looked back at this week"),
        Binding("v", "off", "Week off", id="week.off", tooltip="A week off is not counted"),
        Binding("S", "shortlist", "Shortlist", id="week.shortlist", tooltip="Choose whom to ask next week"),
        Binding("left", "turn(-1)", "Week before", id="week.before", tooltip="Look back at the week before"),
        Binding("right", "turn(1)", "Week after", show=False, id="week.after",
                tooltip="Look at the week after, up to the next one"),
        Binding("Y", "copy", "Copy", show=False, id="week.copy", tooltip="Copy the week as text"),
        Binding("N", "offer", "Never offer", show=False, id="week.offer",
                tooltip="Whether a look back is offered at the end of each week"),
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._monday = services.weeks.present()

    def body(self) -> ComposeResult:
        """Lay out what was done, the questions with their fields, and the next week."""
        with Page(id="week-page"):
            yield Panel(id="week-head")
            yield WeekForm(self.services, self.services.weeks.week(self._monday), id="week-form")
            yield Panel(id="week-next")

    def on_mount(self) -> None:
        """Begin outside the fields: letters are keys."""
        self._enter_page()

    def reload(self) -> None:
        """Show the week as it is now."""
        review = self._review()
        self._form.show_of(review.week)
        self.query_one("#week-head", Panel).show(*words.head(self.services, review))
        self.query_one("#week-next", Panel).show(*words.following(review, self.with_keys))
        self.refresh_bindings()

    def flush(self) -> None:
        """Save what was typed."""
        self._form.flush()

    def on_week_form_left(self) -> None:
        """Come out of the fields: letters are keys again."""
        self._enter_page()

    def on_form_submitted(self) -> None:
        """Finish on Enter in the last field."""
        self.action_done()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        latest = self.services.weeks.present() + WEEK
        if action.startswith("turn(1") and self._monday >= latest:
            return "This is next week: nothing is planned further ahead here"
        if action == "done" and self._monday > self.services.weeks.present():
            return "This week is still to come"
        return ""

    def label_of(self, action: str) -> str:
        """Return what the keys do that take back what they did."""
        weeks = self.services.weeks
        if action == "off" and weeks.is_off(self._monday):
            return "No week off"
        if action == "offer" and not weeks.offers():
            return "Offer again"
        return ""

    def action_write(self) -> None:
        """Go into the first field."""
        self._form.enter()

    def action_done(self) -> None:
        """Note that the user has looked back at this week, and close it."""
        self.flush()
        if not self.blocked("done"):
            self.services.weeks.finish(self._monday)
            self.say_undoable("You have looked back at your week")
            self.post_message(GoBack())

    def action_off(self) -> None:
        """Make the week one off, or one like the others."""
        self.flush()
        weeks = self.services.weeks
        weeks.set_off(self._monday, not weeks.is_off(self._monday))
        self.say_undoable(words.off_now(weeks.week(self._monday)))

    def action_offer(self) -> None:
        """Offer a look back each week, or never any more."""
        self.flush()
        weeks = self.services.weeks
        weeks.offer(not weeks.offers())
        again = "A look back is offered at the end of each week"
        never = self.with_keys("A look back is never offered any more: {queue.week} in Queue still opens it")
        self.say_undoable(again if weeks.offers() else never)

    def action_shortlist(self) -> None:
        """Open the shortlist, over this page."""
        self.flush()
        self.app.push_screen(ShortlistScreen(self.services))

    def action_turn(self, step: int) -> None:
        """Show the week so many weeks later, or earlier if `step` is negative."""
        if not self.blocked(f"turn({step})"):
            self.flush()
            self._monday += WEEK * step
            self.reload()

    def action_copy(self) -> None:
        """Copy the week as text."""
        self.flush()
        self.post_message(CopyText(words.as_text(self.services, self._review(), self.with_keys)))

    def action_back(self) -> None:
        """Come out of the fields, else go back to the queue."""
        self.flush()
        self.post_message(GoBack())

    def _review(self) -> WeekReview:
        return self.services.weeks.review(self._monday)

    def _enter_page(self) -> None:
        self.query_one("#week-page", Page).focus()

    @property
    def _form(self) -> WeekForm:
        return self.query_one("#week-form", WeekForm)
