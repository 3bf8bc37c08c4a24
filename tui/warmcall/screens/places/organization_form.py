"""The form of an organization, and the one that asks which two become one."""

from __future__ import annotations

from warmcall.domain.organizations import MOST_WANTED
from warmcall.domain.vocabulary import Posting
from warmcall.screens.forms import FormDialog, Values
from warmcall.services.organizations import SEPARATOR
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.picker import Match, MatchSource

_WANTED = (("0", "0: not said"), ("1", "1: perhaps"), ("2", "2: gladly"), ("3", "3: above all"))
_POSTING = (
    (Posting.UNKNOWN.value, "not known"),
    (Posting.OPEN.value, "openings posted"),
    (Posting.NONE.value, "no openings"),
)

_NAMES_SLICE = 2000
"""How many names are prepared with each letter: where there are more, they are completed a letter later."""

INTO = "into"
"""The field of the organization that is kept."""


def organization_field(services: Services, label: str, name: str = "organization") -> Field:
    """Return a field for the name of an organization, which completes those that are known."""

    def find(words: str, limit: int) -> list[Match]:
        is_ready = services.directory.prepare(_NAMES_SLICE)
        found = services.directory.names_like(words, limit) if is_ready else []
        matches = [Match(known, known, only_chosen=True) for known in found]
        is_known = words.casefold() in (known.casefold() for known in found)
        return matches if is_known else [*matches, Match(words, words, "new", only_chosen=True)]

    return Field(name, label, match_source=MatchSource(find, lambda known: known))


def organization_form(services: Services, place: str = "") -> FormDialog:
    """Return the form of the organization at `place`, or of a new one."""
    fields = (
        Field("name", "Name"),
        Field("other_names", "Other names", f"NGA{SEPARATOR} Northgate"),
        Field("wanted", "How wanted", choices=_WANTED, letters="0123"),
        Field("posting", "Openings", choices=_POSTING, letters="?on"),
        Field("notes", "Notes", lines=4),
    )
    values = {"wanted": "0", "posting": Posting.UNKNOWN.value}
    title = "A new organization"
    if place:
        record = services.organizations.record_for(place)
        title = f"Edit {record.name}"
        values = {
            "name": record.name,
            "other_names": f"{SEPARATOR} ".join(record.other_names),
            "wanted": str(min(max(record.wanted, 0), MOST_WANTED)),
            "posting": record.posting.value,
            "notes": record.notes,
        }

    def check(values: Values) -> dict[str, str]:
        return services.organizations.problems(values, place)

    return FormDialog(services, title, fields, values, check, about=place)


def merge_form(services: Services, place: str) -> FormDialog:
    """Return the form that asks into which organization the one at `place` is merged."""
    name = services.directory.name_of(place)

    def find(words: str, limit: int) -> list[Match]:
        found = services.directory.names_like(words, limit + 1)
        return [Match(known, known) for known in found if services.directory.place_of(known) != place][:limit]

    def name_of(words: str) -> str:
        found = services.directory.place_of(words)
        return services.directory.name_of(found) if found and found != place else ""

    def check(values: Values) -> dict[str, str]:
        return {} if name_of(values[INTO]) else {INTO: "choose another of those listed"}

    source = MatchSource(find, name_of, "no other organization has that name")
    intro = "The one you choose keeps its name; the people of both are then found there."
    field = Field(INTO, "Into", "type its name", match_source=source)
    return FormDialog(services, f"Merge {name} into another", (field,), {}, check, intro=intro, about=place)
