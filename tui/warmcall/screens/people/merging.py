"""Merging a person by hand with another, and taking apart who was merged, wherever a person is shown."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from textual.binding import Binding

from warmcall.domain.person_merge import AnyPerson
from warmcall.domain.records import PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation.duplicates import apart, standing
from warmcall.presentation.wording import work
from warmcall.screens.base import TabScreen
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.duplicates import DuplicatesScreen
from warmcall.services.people_merging import MergeRefused
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.picker import Match, MatchSource

MERGE_KEY = Binding(
    "m", "merge", "Merge with…", show=False, id="person.merge",
    tooltip="This person and another one are the same: choose who, then see both side by side",
)  # fmt: skip
APART_KEY = Binding(
    "A", "take_apart", "Take apart", show=False, id="person.take_apart",
    tooltip="Give back whoever was merged into this person last, with all that came along",
)  # fmt: skip

OTHER = "other"
"""The field that holds the id of the other person."""


def disabled_reason(screen: TabScreen, action: str, person: AnyPerson) -> str:
    """Return why `person` cannot be merged, or taken apart, now; empty if they can, or for another action."""
    if action == "take_apart" and not screen.services.store.merged_into(person.id):
        return screen.with_keys("Nobody was merged into them: {person.merge} merges two who are one")
    if action in ("merge", "take_apart"):
        return screen.services.people_merging.disabled_reason(person.id)
    return ""


def merge(screen: TabScreen, person: AnyPerson, kept: Callable[[str], None] = lambda _id: None) -> None:
    """Ask who else `person` is, and show both side by side; `kept` is called with the id of who is kept."""

    def show(values: Values | None) -> None:
        if values:
            screen.app.push_screen(DuplicatesScreen(screen.services, (person.id, values[OTHER]), kept))

    screen.app.push_screen(merge_form(screen.services, person), show)


def take_apart(screen: TabScreen, person: AnyPerson) -> None:
    """Give back whoever was merged into `person` last."""
    try:
        done = screen.services.people_merging.take_apart(person.id)
    except MergeRefused as refusal:
        screen.say(str(refusal))
        return
    screen.say_undoable(apart(done))


def merge_form(services: Services, person: AnyPerson) -> FormDialog:
    """Return the form that asks which other person `person` is."""

    def find(words: str, limit: int) -> list[Match]:
        found: list[AnyPerson] = [*services.search.people_named(words, limit, exclude=person.id)]
        pool = services.pool_search
        for id_ in islice(pool.ids(words) if pool.prepare(0) else (), limit - len(found)):
            in_pool = services.store.get(PoolPerson, id_) if id_ != person.id else None
            found += [in_pool] if in_pool is not None else []
        return [
            Match(
                person.id, person.name, " · ".join(filter(None, [work(person), standing(services, person)]))
            )
            for person in found
        ]

    def name_of(person_id: str) -> str:
        other = services.people_merging.person(person_id) if person_id != person.id else None
        return other.name if other is not None else ""

    def check(values: Values) -> dict[str, str]:
        return {} if name_of(values[OTHER]) else {OTHER: "choose one of those listed"}

    field = Field(OTHER, "Is also", "type a name", match_source=MatchSource(find, name_of))
    intro = "Both are shown side by side before anything is changed."
    title = f"Merge {one_line(person.name)} with…"
    return FormDialog(
        services, title, (field,), {}, check, intro=intro, about=person.id,
        prepare=services.pool_search.prepare,
    )  # fmt: skip
