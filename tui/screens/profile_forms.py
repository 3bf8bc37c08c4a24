"""The form of the profile and the target, whole and in its first short form."""

from __future__ import annotations

from collections.abc import Sequence

from tui.screens.forms import FormDialog
from tui.services.desk import Desk
from tui.widgets.form import Field

_NAME = Field("name", "Your name")
_BACKGROUND = Field("background", "Background", "I'm … (a graduate in history who ran a shop)")
_PHONE = Field("phone", "Your phone")
_ROLE = Field("role", "The job", "Media Planner")
_INDUSTRY = Field("industry", "Industry")
_MINUTES = Field("minutes", "Minutes to ask")

FIRST_FIELDS = (_NAME, _BACKGROUND, _PHONE, _ROLE, _INDUSTRY, _MINUTES)
ALL_FIELDS = (
    _NAME, _BACKGROUND, Field("school", "School"), Field("degree", "Degree"), _PHONE,
    Field("email", "Your email"), _MINUTES, Field("zone", "Your zone", "empty: the machine's own"),
    _ROLE, _INDUSTRY, Field("place", "Place"), Field("why", "Why this job"),
    Field("research", "Research", lines=5),
)  # fmt: skip


def profile_form(desk: Desk, first: str = "name", only: Sequence[str] = ()) -> FormDialog:
    """Return the form of profile and target, beginning in the field `first`; with `only`, of those fields."""
    values = desk.targeting.fields()
    fields = tuple(field for field in ALL_FIELDS if not only or field.name in only)
    values["minutes"] = values["minutes"] or str(desk.library.cadence.minutes_asked)
    return FormDialog(
        desk, "You and the job you aim at", fields, values, desk.targeting.problems, first=first
    )


def first_form(desk: Desk) -> FormDialog:
    """Return the short form a new user begins with; it can be left half filled."""
    values = {"minutes": str(desk.library.cadence.minutes_asked)}
    return FormDialog(
        desk, "A few facts for the script", FIRST_FIELDS, values, desk.targeting.problems,
        intro="Fill what you know; the rest can wait. {form.save} saves.",
    )  # fmt: skip
