"""The form of a piece of advice: who gave it, what to do, and by when."""

from __future__ import annotations

from collections.abc import Mapping

from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.day_names import MONTHS
from warmcall.domain.sanitize import plain_line
from warmcall.presentation import own_words
from warmcall.presentation.wording import work
from warmcall.screens.forms import Values
from warmcall.screens.when_form import WhenFormDialog, when_problems
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.picker import Match, MatchSource

BY, WORDS, ABOUT, WHEN = "contact_id", "words", "about", "when"
"""The fields: who gave it, what to do, whether it is about the resume, and the day of its task."""

RESUME, OTHER = "resume", "other"
"""The values of the field ABOUT."""


def advice_form(services: Services, advice: AdviceGiven | None = None) -> WhenFormDialog:
    """Return the form of `advice`, or of a new piece; the day may stay empty."""
    store = services.store

    def find(words: str, limit: int) -> list[Match]:
        people = services.search.people_named(words, limit)
        return [Match(person.id, person.name, work(person)) for person in people]

    def name_of(contact_id: str) -> str:
        person = store.contact(contact_id)
        return person.name if person else ""

    def check(values: Values) -> dict[str, str]:
        problems = when_problems(services, values, optional=True)
        if store.contact(values[BY]) is None:
            problems[BY] = "choose somebody in People"
        if not plain_line(values[WORDS]):
            problems[WORDS] = "say what they advise"
        return problems

    def sentence(values: Mapping[str, str]) -> str:
        return "" if values.get(ABOUT) == RESUME else own_words.advice(values[WORDS])

    fields = (
        Field(BY, "From", "type a name", match_source=MatchSource(find, name_of)),
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
    day = services.time.calendar.day_of(advice.task.due)
    return f"{day.day} {MONTHS[day.month - 1][:3].lower()} {day.year}"
