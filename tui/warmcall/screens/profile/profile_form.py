"""The form of the profile and the target, and the short one that a new user begins with."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.presentation import own_words
from warmcall.screens.forms import FormDialog, zone_field
from warmcall.services.services import Services
from warmcall.widgets.form import Field

_NAME = Field("name", "Your name", sentence=own_words.name)
_BACKGROUND = Field(
    "background", "Background I'm", "a graduate in history who ran a shop", sentence=own_words.background
)
_SCHOOL = Field("school", "School", "Lake Arden College", sentence=own_words.studies)
_DEGREE = Field("degree", "Degree", "BA in Marketing", sentence=own_words.studies)
_PHONE = Field("phone", "Your phone", sentence=own_words.number)
_ROLE = Field("role", "The job", "Media Planner", sentence=own_words.job)
_SYNONYMS = Field("synonyms", "Other words", "media buyer, planning")
_INDUSTRY = Field("industry", "Industry", "advertising", sentence=own_words.job)
_PLACE = Field("place", "Place", "Chicago", sentence=own_words.job)
_WHY = Field("why", "Why this job", "I liked …", sentence=own_words.why)
_MINUTES = Field("minutes", "Minutes to ask", sentence=own_words.ask)

FIRST_FIELDS = (
    _NAME, _BACKGROUND, _SCHOOL, _DEGREE, _PHONE, _ROLE, _INDUSTRY, _PLACE, _WHY, _MINUTES,
)  # fmt: skip
ALL_FIELDS = (
    _NAME, _BACKGROUND, _SCHOOL, _DEGREE, _PHONE, Field("email", "Your email", sentence=own_words.address),
    _MINUTES, zone_field("Your zone", "empty: the machine's own"), _ROLE, _SYNONYMS,
    _INDUSTRY, _PLACE,
    Field("research", "Research", lines=5), _WHY,
)  # fmt: skip


def profile_form(services: Services, first: str = "name", only: Sequence[str] = ()) -> FormDialog:
    """Return the form of profile and target, beginning in the field `first`; with `only`, of those fields."""
    values = services.profile_editing.fields()
    fields = tuple(field for field in ALL_FIELDS if not only or field.name in only)
    values["minutes"] = values["minutes"] or str(services.library.cadence.minutes_asked)
    return FormDialog(
        services, "You and the job you aim at", fields, values, services.profile_editing.problems, first=first
    )


def first_form(services: Services) -> FormDialog:
    """Return the short form that a new user begins with; its fields may stay empty."""
    values = {"minutes": str(services.library.cadence.minutes_asked)}
    return FormDialog(
        services, "A few facts for the script", FIRST_FIELDS, values, services.profile_editing.problems,
        intro="Fill in what you know; the rest can wait. {form.save} saves.",
    )  # fmt: skip
