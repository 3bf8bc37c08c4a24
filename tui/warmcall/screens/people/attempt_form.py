"""The form of an attempt: when it was made, how it ended, on which channel, and a note."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.widgets import Input

from warmcall.domain.records import Attempt, Contact
from warmcall.domain.time_words import TimeRefused
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.presentation.call import outcome_effect, planned_follow_ups
from warmcall.presentation.wording import CHANNEL, OUTCOME_CHOICE
from warmcall.screens.call.outcome import LETTERS
from warmcall.screens.call.outcome_forms import DETAILS_ASKED, ask_for_details
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.when_form import read_past_when, when_words
from warmcall.services.calling import CallPlan, CallResult
from warmcall.services.services import Services
from warmcall.widgets.form import Choice, Field
from warmcall.widgets.panel import Panel

_USUAL_CHANNEL = {Outcome.VOICEMAIL: Channel.VOICEMAIL, Outcome.SENT: Channel.EMAIL}
"""The channel of an outcome until the user chooses another; it is the phone for the other outcomes."""

_FIELDS = (
    Field("when", "When it was", "yesterday 10:15, tue 9:40; empty: just now"),
    Field(
        "outcome",
        "How it ended",
        choices=tuple((outcome.value, OUTCOME_CHOICE[outcome]) for outcome in LETTERS.values()),
        letters="".join(LETTERS),
    ),
    Field("note", "Note", lines=2),
    Field("channel", "By", choices=tuple((channel.value, CHANNEL[channel]) for channel in Channel)),
)


class AttemptForm(FormDialog):
    """Records an attempt made earlier, or changes one, and shows first what follows from it."""

    def __init__(self, services: Services, contact: Contact, attempt: Attempt | None = None) -> None:
        self._contact = contact
        self._attempt = attempt
        self._values_before = _values(services, attempt)
        self._channel_chosen = attempt is not None
        title = f"{'Edit an attempt' if attempt else 'Log a call'}: {contact.name}"
        about = attempt.id if attempt else contact.id
        super().__init__(services, title, _FIELDS, self._values_before, self._problems, about=about)

    def body(self) -> ComposeResult:
        """Lay out the form, and below it what is understood and what follows."""
        yield from super().body()
        yield Panel("", id="understood")

    def on_mount(self) -> None:
        """Show what follows from the values that the form begins with."""
        self._show_effect()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show which time the words mean."""
        self._show_effect()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Set the usual channel of the outcome until the user chooses one, and show what follows."""
        if event.choice.id == "field-channel":
            self._channel_chosen = True
        elif not self._channel_chosen:
            usual = _USUAL_CHANNEL.get(Outcome(event.choice.value), Channel.PHONE)
            self._form.choose("channel", usual)
        self._show_effect()

    def action_save(self) -> None:
        """Check the fields, ask for what the outcome needs besides, and record it all."""
        values = self._form.values
        problems = self._problems(values)
        self._form.show_problems(problems)
        if problems:
            return
        result = self._result(values)
        if self._needs_details(result) and not self._deleted():
            ask_for_details(self, self.services, self._contact, result, self._plan, self._record)
        else:
            self._record(result)

    def _record(self, result: CallResult) -> None:
        attempts, contact, attempt = self.services.attempts, self._contact, self._attempt
        if self._deleted():
            self.say("Not recorded: it was deleted in the meantime")
        else:
            plan = attempts.edit(attempt.id, result) if attempt else attempts.log(contact.id, result)
            self.say_undoable(f"{contact.name}: {self._effect(plan, result.outcome)}")
        self.close_with(self._form.values)

    def _deleted(self) -> bool:
        """Return whether another session has deleted the attempt or the contact."""
        attempt = self._attempt
        attempt_deleted = attempt is not None and self.services.store.get(Attempt, attempt.id) is None
        return attempt_deleted or self.services.store.contact(self._contact.id) is None

    def _problems(self, values: Values) -> dict[str, str]:
        """Return what is wrong with the values, by field."""
        problems = {}
        try:
            if self._made_at(values) is None:
                problems["when"] = "say the hour too: “tue 9:40”"
        except TimeRefused:
            problems["when"] = "this is not in the past"
        talks_with = {interview.contact_id for interview in self.services.store.going()}
        if values["outcome"] == Outcome.TALK_NOW and self._contact.id in talks_with:
            problems["outcome"] = "the interview with them is running"
        return problems

    def _time_unchanged(self, values: Values) -> bool:
        """Return whether an attempt is edited and its time is not."""
        return self._attempt is not None and values["when"] == self._values_before["when"]

    def _made_at(self, values: Values) -> datetime | None:
        """Return when the attempt was made; None if the words name only a day. Raises TimeRefused."""
        if self._attempt is not None and self._time_unchanged(values):
            return self._attempt.at
        return read_past_when(self.services, values["when"]).when.instant

    def _result(self, values: Values) -> CallResult:
        """Return what the fields describe. Raises TimeRefused."""
        return CallResult(
            outcome=Outcome(values["outcome"]),
            channel=Channel(values["channel"]),
            note=values["note"].strip(),
            made_at=self._made_at(values),
        )

    def _needs_details(self, result: CallResult) -> bool:
        """Return whether the outcome needs a time or a name that is not recorded yet."""
        same_outcome = self._attempt is not None and self._attempt.outcome is result.outcome
        return result.outcome in DETAILS_ASKED and not same_outcome

    def _plan(self, result: CallResult) -> CallPlan:
        """Return what recording the result would do."""
        if self._attempt:
            return self.services.attempts.plan_edit(self._attempt.id, result)
        return self.services.attempts.plan(self._contact.id, result)

    def _show_effect(self) -> None:
        """Show which time the words mean, and what follows from the values."""
        values = self._form.values
        words, effect = "", ""
        if not self._time_unchanged(values):
            words = when_words(self.services, partial(read_past_when, self.services, values["when"]))
        if not self._problems(values) and not self._deleted():
            result = self._result(values)
            if self._needs_details(result):
                effect = DETAILS_ASKED[result.outcome]
            else:
                effect = self._effect(self._plan(result), result.outcome)
        self.query_one("#understood", Panel).show(
            words, "\n" if words and effect else "", ("then  " if effect else "", "bold"), effect
        )

    def _effect(self, plan: CallPlan, outcome: Outcome) -> str:
        """Return in words what `plan` does to the queue."""
        if len(plan.records) == 1 or not (plan.owed or plan.hold or outcome is Outcome.DECLINED):
            return "the queue stays as it is"
        if outcome is Outcome.TALK_NOW:
            return f"the interview is recorded; {planned_follow_ups(self.services, plan)}"
        return outcome_effect(self.services, plan, outcome)


def _values(services: Services, attempt: Attempt | None) -> Values:
    """Return the values that the form of `attempt`, or of a new one, begins with."""
    if attempt is None:
        return {"outcome": Outcome.NO_ANSWER.value, "channel": Channel.PHONE.value}
    return {
        "when": f"{services.time.calendar.local(attempt.at):%Y-%m-%d %H:%M}",
        "outcome": (attempt.outcome or Outcome.NO_ANSWER).value,
        "channel": attempt.channel.value,
        "note": attempt.note,
    }
