"""The form that asks who else a person is, among contacts and the pool."""

from __future__ import annotations

from itertools import islice

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation.duplicates import standing
from warmcall.presentation.wording import work
from warmcall.screens.forms import FormDialog, Values
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.picker import Match, MatchSource

OTHER = "other"
"""The field that holds the id of the other person."""


def merge_form(services: Services, contact: Contact) -> FormDialog:
    """Return the form that asks which other person `contact` is."""

    def find(words: str, limit: int) -> list[Match]:
        found: list[Contact | PoolPerson] = [*services.search.people_named(words, limit, exclude=contact.id)]
        pool = services.pool_search
        for id_ in islice(pool.ids(words) if pool.prepare(0) else (), limit - len(found)):
            person = services.store.get(PoolPerson, id_)
            found += [person] if person is not None else []
        return [
            Match(
                person.id, person.name, " · ".join(filter(None, [work(person), standing(services, person)]))
            )
            for person in found
        ]

    def name_of(person_id: str) -> str:
        person = services.people_merging.person(person_id) if person_id != contact.id else None
        return person.name if person is not None else ""

    def check(values: Values) -> dict[str, str]:
        return {} if name_of(values[OTHER]) else {OTHER: "choose one of those listed"}

    field = Field(OTHER, "Is also", "type a name", match_source=MatchSource(find, name_of))
    intro = "Both are shown side by side before anything is changed."
    title = f"Merge {one_line(contact.name)} with…"
    return FormDialog(
        services, title, (field,), {}, check, intro=intro, about=contact.id,
        prepare=services.pool_search.prepare,
    )  # fmt: skip
