"""Targets in words: a row for each, and all of them compared, side by side or one below another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from warmcall.domain.pipeline import PipelineStep
from warmcall.domain.records import Contact, Target
from warmcall.domain.sanitize import one_line
from warmcall.domain.store import Store
from warmcall.presentation.counts import counted
from warmcall.presentation.decision import VERDICT
from warmcall.presentation.progress import dots
from warmcall.services.services import Services
from warmcall.services.targets import TargetStanding
from warmcall.widgets.rich_text import RichPart

LABEL_CELLS = 10
"""The cells of the labels left of the columns."""

NARROWEST_COLUMN = 20
"""The cells a column needs to hold what is said of a target; with fewer they stand one below another."""

SIDE_BY_SIDE_FROM = 72
"""The width from which targets stand side by side."""

Fit = Callable[[str, int], str]

PRESENT = "●"
NOT_SAID = "–"


def name_of(target: Target) -> str:
    """Return how a target is called: its role, else that it has none."""
    return one_line(target.role.strip()) or "a target without a job"


def for_target(store: Store, target: Target | None) -> str:
    """Return for which target something is, where there are several: " for Media Planner"."""
    return f" for {name_of(target)}" if target is not None and len(store.target_ids) > 1 else ""


def row_cells(standing: TargetStanding) -> tuple[RichPart, ...]:
    """Return one row: whether it is the present one, the job, its field and place, people, and those met."""
    target = standing.target
    where = ", ".join(filter(None, (target.industry.strip(), target.place.strip())))
    met = standing.pipeline.counts()[PipelineStep.MET]
    return (
        (PRESENT if standing.is_present else "", "$primary"),
        (name_of(target), "bold" if standing.is_present else ""),
        (one_line(where), "$muted"),
        counted(len(standing.pipeline.ids), "person", "people"),
        (f"{met} met", "$muted"),
    )


def compared(standings: Sequence[TargetStanding], width: int, fit: Fit) -> list[RichPart]:
    """Return the targets side by side, in a page `width` cells wide, or one below another in a narrow one.

    `fit` gives a text as wide as so many cells.
    """
    column = (width - LABEL_CELLS) // max(len(standings), 1)
    side_by_side = width >= SIDE_BY_SIDE_FROM and column >= NARROWEST_COLUMN
    groups = [standings] if side_by_side else [[standing] for standing in standings]
    cells = (column if side_by_side else width - LABEL_CELLS) - 1
    parts: list[RichPart] = []
    for number, group in enumerate(groups):
        parts += ["\n"] if number else []
        heads = [f"{name_of(one.target)}{' (present)' if one.is_present else ''}" for one in group]
        for label, words in (("target", heads), *_figures(group, cells)):
            style = "bold" if words is heads else ""
            parts += [(fit(label, LABEL_CELLS), "$muted"), (_line(words, cells, fit), style)]
    return parts


def unsaid(count: int, with_keys: Callable[[str], str]) -> str:
    """Return what becomes of people who serve no target; empty if there is nobody."""
    if not count:
        return ""
    who = "1 person serves" if count == 1 else f"{count} people serve"
    them = "counts" if count == 1 else "count"
    return f"{who} none of these, and {them} for each: {with_keys('{person.targets}')} on a person says which"


def deleted(target: Target, alone: int) -> str:
    """Return what is said of a target just deleted, and of those who served it alone."""
    if not alone:
        return f"Deleted: {name_of(target)}"
    who = "1 person who served it stays, and counts" if alone == 1 else f"Its {alone} people stay, and count"
    return f"Deleted: {name_of(target)}. {who} for each target until you say which"


def served(services: Services, contact: Contact) -> str:
    """Return which targets a contact serves: "Media Planner, Media Buyer"; empty where there is only one."""
    if services.store.count(Target) < 2:
        return ""
    found = services.targets.served_by(contact)
    return ", ".join(map(name_of, found)) or "not said: they count for each target"


def spoken_of(services: Services, contact: Contact) -> str:
    """Return which target a call to a contact speaks of, if that is not the present one; else empty."""
    target = services.store.target_for(contact)
    return "" if target is None or target == services.store.target else name_of(target)


def _figures(group: Sequence[TargetStanding], cells: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each line: its label, and the words for each target of the group."""
    rates = [standing.pipeline.rate() for standing in group]
    counts = [standing.pipeline.counts() for standing in group]
    yield "people", [_shared(standing) for standing in group]
    still_open = [f", {rate.open} open" if rate.open else "" for rate in rates]
    yield (
        "asked",
        [f"{count[PipelineStep.ASKED]}{words}" for count, words in zip(counts, still_open, strict=True)],
    )
    yield "answers", [dots(rate, cells) or NOT_SAID for rate in rates]
    yield "said yes", [f"{rate.yes} of {rate.answered}" if rate.answered else NOT_SAID for rate in rates]
    likely = [rate.likely() for rate in rates]
    if any(likely):
        yield "likely", [f"{shares[0]} to {shares[1]} %" if shares else NOT_SAID for shares in likely]
    yield "met", [str(count[PipelineStep.MET]) for count in counts]
    yield "fit", [_series([talk.fit for talk in standing.talks], cells) for standing in group]
    yield "sure", [_series([talk.confidence for talk in standing.talks], cells) for standing in group]
    yield "decided", [VERDICT[one.decision.verdict] if one.decision else NOT_SAID for one in group]


def _shared(standing: TargetStanding) -> str:
    count = str(len(standing.pipeline.ids))
    return f"{count}, {standing.shared} for another too" if standing.shared else count


def _series(ratings: Sequence[int], cells: int) -> str:
    """Return ratings from 1 to 5, the oldest first; of too many the newest."""
    if not any(ratings):
        return NOT_SAID
    shown = ratings[-max((cells + 1) // 2, 1) :]
    return " ".join(str(rating) if rating else NOT_SAID for rating in shown)


def _line(words: Sequence[str], cells: int, fit: Fit) -> str:
    """Return a line of columns."""
    return "".join(f"{fit(text, cells)} " for text in words).rstrip() + "\n"
