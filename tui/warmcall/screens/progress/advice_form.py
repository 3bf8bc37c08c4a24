"""The form of a piece of advice: who gave it, what to do, and by when."""

from __future__ import annotations

from collections.abc import Mapping

from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.sanitize import plain_line
from warmcall.presentation import own_words
from warmcall.screens.forms import Values, person_field
from warmcall.screens.when_form import WhenFormDialog, typed_day, when_problems
from warmcall.services.services import Services
from warmcall.widgets.form import Field

BY, WORDS, ABOUT, WHEN = "contact_id", "words", "about", "when"
"""The fields: who gave it, what to do, whether it is about the resume, and the day of its task."""

RESUME, OTHER = "resume", "other"
"""The values of the field ABOUT."""


def advice_form(services: Services, advice: AdviceGiven | None = None) -> WhenFormDialog:
    """Return the form of `advice`, or of a new piece; the day may stay empty."""

    def check(values: Values) -> dict[str, str]:
        problems = when_problems(services, values, optional=True)
        if services.store.contact(values[BY]) is None:
            problems[BY] = "choose somebody in People"
        if not plain_line(values[WORDS]):
            problems[WORDS] = "say what they advise"
        return problems

    def sentence(values: Mapping[str, str]) -> str:
        return "" if values.get(ABOUT) == RESUME else own_words.advice(values[WORDS])

    fields = (
        person_field(services, BY, "From", "type a name"),
        Field(WORDS, "You should", "join the media club", sentence=sentence),
        Field(ABOUT, "About", choices=((OTHER, "anything"), (RESUME, "your resume")), sentence=sentence),
        Field(WHEN, "By when", "may be empty: then it is not in the queue", select_on_focus=True),
    )
    values = {ABOUT: OTHER}
    if advice is not None:
        about = RESUME if advice.on_resume else OTHER
        values = {BY: advice.contact_id, WORDS: advice.words, ABOUT: about, WHEN: _day(services, advice)}
    title = "Edit advice" if advice else "Advice somebody gave you"
    return WhenFormDialog(services, title, fields, values, check, about=advice.id if advice else "")


def _day(services: Services, advice: AdviceGiven) -> str:
    """Return the day of the task that is still to be done, as the form reads it back; empty without one."""
    if advice.task is None or advice.task.done_at is not None:
        return ""
    return typed_day(services.time.calendar.day_of(advice.task.due))
