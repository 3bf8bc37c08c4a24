"""The form of an attempt: when it was made, how it ended, by what way, and a note."""

from __future__ import annotations

import msgspec
from textual.app import ComposeResult
from textual.widgets import Input

from warmcall.domain.records import Attempt, Contact
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.presentation.call import outcome_effect, planned_follow_ups
from warmcall.presentation.wording import CHANNEL, OUTCOME_CHOICE
from warmcall.screens.call.outcome_forms import DETAILS_ASKED, ask_for_details
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.when_form import understood_past, understood_words
from warmcall.services.calling import CallPlan, CallResult
from warmcall.services.natural_dates import DateError, preload_parser
from warmcall.services.services import Services
from warmcall.widgets.form import Choice, Field
from warmcall.widgets.panel import Panel

WHEN_IT_WAS = "empty: now; yesterday 10:15, tue 9:40"
_USUAL_CHANNEL = {Outcome.VOICEMAIL: Channel.VOICEMAIL, Outcome.SENT: Channel.EMAIL}
"""The way that goes with an outcome until another is chosen; any other goes with a call."""

_OUTCOMES = tuple(OUTCOME_CHOICE)
"""As they are listed at the end of a call, on the same letters."""

_FIELDS = (
    Field("when", "When it was", WHEN_IT_WAS),
    Field(
        "outcome",
        "How it ended",
        choices=tuple((outcome.value, OUTCOME_CHOICE[outcome]) for outcome in _OUTCOMES),
    ),
    Field("channel", "By", choices=tuple((channel.value, CHANNEL[channel]) for channel in Channel)),
    Field("note", "Note", lines=2),
)


class AttemptForm(FormDialog):
    """Records an attempt made earlier, or tells one otherwise, and shows first what follows from it."""

    def __init__(self, services: Services, contact: Contact, attempt: Attempt | None = None) -> None:
        self._contact = contact
        self._attempt = attempt
        self._given = _values(services, attempt)
        self._channel_by_hand = attempt is not None
        title = f"{'Edit an attempt' if attempt else 'Log a call'}: {contact.name}"
        about = attempt.id if attempt else contact.id
        super().__init__(services, title, _FIELDS, self._given, self._wrong, about=about)

    def body(self) -> ComposeResult:
        """Lay out the form, and below it what is understood and what follows."""
        yield from super().body()
        yield Panel("", id="understood")

    def on_mount(self) -> None:
        """Show what follows from what the form begins with."""
        super().on_mount()
        preload_parser()
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words are taken for."""
        super().on_input_changed(event)
        self._tell()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Let the way follow the outcome until it is chosen by hand, and show what follows."""
        super().on_choice_changed(event)
        if event.choice.id == "field-channel":
            self._channel_by_hand = True
        elif not self._channel_by_hand:
            usual = _USUAL_CHANNEL.get(Outcome(event.choice.value), Channel.PHONE)
            self._form.choose("channel", usual)
        self._tell()

    def action_save(self) -> None:
        """Check the fields, ask for what the outcome needs besides, and record it all."""
        values = self._form.values
        problems = self._wrong(values)
        self._form.show_problems(problems)
        if problems:
            return
        end = self._end(values)
        if self._asks(end) and not self._gone():
            ask_for_details(self, self.services, self._contact, end, self._plan, self._record)
        else:
            self._record(end)

    def _record(self, end: CallResult) -> None:
        services, contact, attempt = self.services, self._contact, self._attempt
        if self._gone():
            self.say("Not recorded: it was deleted in the meantime")
        else:
            ending = (
                services.attempts.edit(attempt.id, end) if attempt else services.attempts.log(contact.id, end)
            )
            self.say_undoable(f"{contact.name}: {self._follows(ending, end.outcome)}")
        self.close_with(self._form.values)

    def _gone(self) -> bool:
        """Return whether what the form is about was deleted by another session."""
        attempt = self._attempt
        deleted = attempt is not None and self.services.store.get(Attempt, attempt.id) is None
        return deleted or self.services.store.contact(self._contact.id) is None

    def _wrong(self, values: Values) -> dict[str, str]:
        problems = {}
        try:
            if not self._as_it_was(values) and not understood_past(self.services, values["when"]).timed:
                problems["when"] = "say the hour too: “tue 9:40”"
        except DateError:
            problems["when"] = "no time gone by"
        running = self.services.store.running()
        if values["outcome"] == Outcome.TALK_NOW and running and running.contact_id == self._contact.id:
            problems["outcome"] = "the interview with them is running"
        return problems

    def _as_it_was(self, values: Values) -> bool:
        """Return whether the time of the attempt that is edited was left alone."""
        return self._attempt is not None and values["when"] == self._given["when"]

    def _end(self, values: Values) -> CallResult:
        """Return what the fields tell. Raises DateError."""
        kept = self._attempt.at if self._attempt and self._as_it_was(values) else None
        return CallResult(
            outcome=Outcome(values["outcome"]),
            channel=Channel(values["channel"]),
            note=values["note"].strip(),
            made_at=kept or understood_past(self.services, values["when"]).at,
        )

    def _asks(self, end: CallResult) -> bool:
        """Return whether a time or a person has to be asked for; what was told before is not."""
        return end.outcome in DETAILS_ASKED and (
            self._attempt is None or self._attempt.outcome is not end.outcome
        )

    def _plan(self, end: CallResult) -> CallPlan:
        if self._attempt:
            return self.services.attempts.plan_edit(self._attempt.id, end)
        return self.services.attempts.plan(self._contact.id, end)

    def _tell(self) -> None:
        """Show what the words are taken for, and what follows from all that is told."""
        values = self._form.values
        words, then = understood_words(self.services, values["when"], understood_past), ""
        if self._as_it_was(values):
            words = ""
        if not self._wrong(values) and not self._gone():
            end = self._end(values)
            then = (
                DETAILS_ASKED[end.outcome] if self._asks(end) else self._follows(self._plan(end), end.outcome)
            )
        self.query_one("#understood", Panel).show(
            words, "\n" if words and then else "", ("then  " if then else "", "bold"), then
        )

    def _follows(self, ending: CallPlan, outcome: Outcome) -> str:
        """Return what an ending does to the queue, in words."""
        if len(ending.records) == 1 or not (ending.owed or ending.hold or outcome is Outcome.DECLINED):
            return "the queue stays as it is"
        if outcome is Outcome.TALK_NOW:
            return f"the talk is put down; {planned_follow_ups(self.services, ending)}"
        return outcome_effect(self.services, ending, outcome)


def _values(services: Services, attempt: Attempt | None) -> Values:
    """Return what the fields of `attempt`, or of a new one, begin with."""
    if attempt is None:
        return {"outcome": Outcome.NO_ANSWER.value, "channel": Channel.PHONE.value}
    told = msgspec.structs.replace(attempt, outcome=attempt.outcome or Outcome.NO_ANSWER)
    return {
        "when": f"{services.time.calendar.local(told.at):%Y-%m-%d %H:%M}",
        "outcome": told.outcome or Outcome.NO_ANSWER,
        "channel": told.channel,
        "note": told.note,
    }
