"""Progress in words and charts of text: the pipeline, who answered, the weeks, and how sure the user is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from warmcall.domain.day_names import MONTHS
from warmcall.domain.pipeline import AskResult, PersonProgress, Pipeline, PipelineStep, rate_of
from warmcall.domain.rates import FEWEST_ANSWERED, Rate
from warmcall.domain.vocabulary import ContactKind, Source
from warmcall.domain.week_counts import WeekCount
from warmcall.domain.weeks import WEEK
from warmcall.presentation import wording
from warmcall.presentation.counts import counted
from warmcall.services.progress import ProgressFigures, RatedTalk
from warmcall.widgets.rich_text import RichPart

STEP = {
    PipelineStep.FOUND: "found",
    PipelineStep.ASKED: "asked",
    PipelineStep.AGREED: "agreed",
    PipelineStep.MET: "met",
    PipelineStep.IN_TOUCH: "in touch",
}
SIGN = {AskResult.YES: "●", AskResult.NO: "○", AskResult.OPEN: "·"}
"""The signs of what became of asking somebody; each is another sign in ASCII, too."""

_RESULT = {
    AskResult.YES: "said yes",
    AskResult.NO: "said no",
    AskResult.OPEN: "still open",
}
_KIND = {
    ContactKind.PRACTITIONER: ("doer", "doers"),
    ContactKind.HIRING_MANAGER: ("manager", "managers"),
    ContactKind.CONNECTOR: ("connector", "connectors"),
}
_BLOCKS = "▁▂▃▄▅▆▇█"

CHART_CELLS = 28
"""The cells of a chart in a list at least 76 wide: nine weeks after the day of the first."""

NARROW_CHART_CELLS = 10
"""The same in a narrower list."""

RATINGS_SHOWN = 60
"""Of how many of the last talks the ratings are shown: the widest window has room for no more."""

ASKED, MET, SURE, FIT = "asked by week", "met by week", "sure of yourself", "how it fits"
KINDS, NEXT = "kinds met", "ask next"


class ProgressLine(NamedTuple):
    """One line: its label, a number, a chart, and words.

    Without a `key` it is a heading, or blank. `series` are short texts that stand under each other in
    columns, the newest last, and `text` words in the place of number, chart and words. A `dim` line says
    something in passing.
    """

    key: str = ""
    label: str = ""
    number: str = ""
    chart: str = ""
    narrow_chart: str = ""
    words: str = ""
    series: tuple[str, ...] = ()
    text: str = ""
    dim: bool = False


class PeopleGroup(NamedTuple):
    """People under a heading, by id, with a note on each where there is one to say."""

    heading: str
    ids: tuple[str, ...]
    notes: Mapping[str, str] = {}


class GroupedPeople(NamedTuple):
    """Those whom a line of Progress is about."""

    title: str
    groups: tuple[PeopleGroup, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody."""
        return not any(group.ids for group in self.groups)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of them, each once."""
        return tuple(dict.fromkeys(id_ for group in self.groups for id_ in group.ids))


def head(figures: ProgressFigures, role: str, targets: int = 1) -> str:
    """Return whose figures they are: "Media Planner · 9 weeks · 12 people".

    Where there are several targets it says that these are for one of them.
    """
    weeks = (figures.today - figures.began).days // 7 + 1 if figures.began else 0
    people = len(figures.pipeline.ids)
    parts = [role.strip(), counted(weeks, "week"), counted(people, "person", "people")]
    parts += [f"one of {targets} targets"] if targets > 1 else []
    return " · ".join(filter(None, parts))


def lines(
    figures: ProgressFigures,
    name_of: Callable[[str], str],
    narrow: bool = False,
    each_week: bool = False,
    room: int = 0,
) -> list[ProgressLine]:
    """Return all lines below the head; `name_of` gives the short name of a contact.

    With `narrow` no line is longer than a list of 60 cells has room for. With `each_week`, or if there is
    `room` for so many lines, each week has a line of its own.
    """
    blank = ProgressLine()
    above = [*_pipeline(figures.pipeline, narrow), blank, *_sources(figures.pipeline, narrow), blank]
    below = [*_ratings(figures.talks, name_of), *_kinds(figures, narrow)]
    weeks = [*_each_week(figures), *((blank,) if figures.talks or figures.met else ())]
    if not each_week and len(above) + len(weeks) + len(below) > room:
        weeks = list(_weeks(figures))
    return [*above, *weeks, *below]


def plain_lines(
    figures: ProgressFigures, name_of: Callable[[str], str], day_of: Callable[[datetime], date]
) -> list[RichPart]:
    """Return the figures in lines to be read in a pipe or heard: no charts, and headings in bold."""
    rows: list[RichPart] = [("How far they have come", "bold"), *_plain_pipeline(figures.pipeline)]
    rows += ["", ("Where the name came from", "bold")]
    for source, asked in figures.pipeline.sources():
        rate = rate_of(asked)
        counts = f"{len(asked)} asked, {rate.yes} yes, {rate.no} no, {rate.open} open"
        rows.append(f"{wording.SOURCE[source]}: {counts}{_likely(rate)}")
    rows += [] if figures.pipeline.asked else ["nobody is asked yet"]
    rows += ["", ("Week by week", "bold"), *_plain_weeks(figures)]
    if figures.talks:
        rows += ["", ("After each talk", "bold")]
    for talk in figures.talks:
        rows.append(f"{name_of(talk.contact_id)}, {_day(day_of(talk.at))}: {_rated(talk)}")
    kinds = [line.text for line in _kinds(figures, narrow=False)]
    if kinds:
        rows += ["", ("Kinds met", "bold"), *kinds]
    return rows


def _plain_pipeline(pipeline: Pipeline) -> Iterable[str]:
    """Yield how many have come to each step: "agreed: 6 of 9 who answered, likely 40 to 86 %"."""
    counts, rate = pipeline.counts(), pipeline.rate()
    not_asked = counts[PipelineStep.FOUND] - counts[PipelineStep.ASKED]
    more = {
        PipelineStep.FOUND: f", {not_asked} not asked yet" if not_asked else "",
        PipelineStep.ASKED: f", {rate.open} still open" if rate.open else "",
        PipelineStep.AGREED: f" of {rate.answered} who answered{_likely(rate)}" if rate.answered else "",
    }
    for step, count in counts.items():
        yield f"{STEP[step]}: {count}{more.get(step, '')}"


def _likely(rate: Rate) -> str:
    likely = rate.likely()
    return f", likely {likely[0]} to {likely[1]} %" if likely else ""


def _plain_weeks(figures: ProgressFigures) -> Iterable[str]:
    """Yield a line for each week since the first contact was added, the present one first."""
    for week in reversed(figures.weeks):
        is_present = week is figures.weeks[-1]
        if not is_present and (figures.began is None or week.monday + WEEK <= figures.began):
            return
        name = "this week" if is_present else f"week of {_day(week.monday)}"
        goal = f" of {figures.goal}" if figures.goal and is_present and not week.off else ""
        off = ", a week off" if week.off else ""
        yield f"{name}: {len(week.asked)}{goal} asked, {len(week.met)} met{off}"


def share_words(rate: Rate, narrow: bool = False) -> str:
    """Return how many of those who answered said yes: "6 of 9, likely 40 to 86 %", "3 of 3 said yes".

    A share is said only where enough answered, with the range in which it is likely to be; in a `narrow`
    list as "likely 40–86 %".
    """
    likely = rate.likely()
    if likely is not None:
        return f"{rate.yes} of {rate.answered}, likely {likely[0]}{'–' if narrow else ' to '}{likely[1]} %"
    return f"{rate.yes} of {rate.answered} said yes" if rate.answered > 1 else ""


def bar(count: int, most: int, cells: int) -> str:
    """Return a bar of at most `cells` blocks, in proportion to `most`; at least one for anything at all."""
    return "█" * max(round(count * cells / most), 1) if count else ""


def dots(rate: Rate, cells: int) -> str:
    """Return a sign for each who was asked: yes, then no, then open; in proportion where they do not fit."""
    counts = [rate.yes, rate.no, rate.open]
    if sum(counts) > cells:
        counts = [max(cells * count // sum(counts), bool(count)) for count in counts]
        counts[counts.index(max(counts))] -= max(sum(counts) - cells, 0)
    return "".join(sign * count for sign, count in zip(SIGN.values(), counts, strict=True))


def blocks(counts: Sequence[int], full: int) -> list[str]:
    """Return for each count a block as high as it is of `full`, or of the highest if that is more."""
    top = max(full, *counts) if counts else 1
    return [_BLOCKS[-(-len(_BLOCKS) * count // top) - 1] if count else "·" for count in counts]


def people_of(key: str, figures: ProgressFigures) -> GroupedPeople:
    """Return those whom the line of that key is about, in groups that say how they differ; some are empty."""
    what, _, which = key.partition(":")
    if what == "step":
        return _people_at(PipelineStep[which], figures.pipeline)
    if what == "source":
        asked = [person for person in figures.pipeline.asked if person.source.value == which]
        title = f"{wording.SOURCE[Source(which)]}: asked"
        return GroupedPeople(title, _by_result(asked))
    if what == "week":
        (week,) = (week for week in figures.weeks if week.monday.isoformat() == which)
        groups = (PeopleGroup("asked", week.asked), PeopleGroup("met", week.met))
        return GroupedPeople(f"week of {_day(week.monday)}", groups)
    weeks = tuple(reversed(figures.weeks))
    if key == ASKED:
        return GroupedPeople(key, tuple(_in_week(week, week.asked, figures.goal) for week in weeks))
    if key == MET:
        return GroupedPeople(key, tuple(_in_week(week, week.met) for week in weeks))
    if key == NEXT:
        return GroupedPeople(_to_ask(figures).heading, (_to_ask(figures),))
    if key == KINDS:
        return GroupedPeople(key, tuple(_by_kind(figures)))
    notes: dict[str, str] = {}
    for talk in figures.talks:
        words = _rated(talk)
        notes[talk.contact_id] = f"{notes[talk.contact_id]}; {words}" if talk.contact_id in notes else words
    return GroupedPeople("sure of yourself, and how it fits", (PeopleGroup("", tuple(notes), notes),))


def group_head(people: GroupedPeople) -> str:
    """Return what a list of people is: "asked · 11 people"."""
    return f"{people.title} · {counted(len(people.ids), 'person', 'people')}"


def _pipeline(pipeline: Pipeline, narrow: bool) -> Iterable[ProgressLine]:
    counts = pipeline.counts()
    rate, most = pipeline.rate(), max(counts[PipelineStep.FOUND], 1)
    not_asked = counts[PipelineStep.FOUND] - counts[PipelineStep.ASKED]
    words = {
        PipelineStep.FOUND: f"{not_asked} not asked yet" if not_asked else "",
        PipelineStep.ASKED: f"{rate.open} still open" if rate.open else "",
        PipelineStep.AGREED: share_words(rate, narrow),
    }
    for step, count in counts.items():
        charts = (bar(count, most, CHART_CELLS), bar(count, most, NARROW_CHART_CELLS))
        yield ProgressLine(f"step:{step.name}", STEP[step], _number(count), *charts, words.get(step, ""))


def _sources(pipeline: Pipeline, narrow: bool) -> Iterable[ProgressLine]:
    yes, no, still_open = (
        f"{sign} {words}" for sign, words in zip(SIGN.values(), ("yes", "no", "open"), strict=True)
    )
    yield ProgressLine(label=f"Where the name came from   {yes}  {no}  {still_open}")
    sources = pipeline.sources()
    for source, asked in sources:
        rate = rate_of(asked)
        charts = (dots(rate, CHART_CELLS), dots(rate, NARROW_CHART_CELLS))
        yield ProgressLine(
            f"source:{source.value}",
            wording.SOURCE[source],
            _number(len(asked)),
            *charts,
            share_words(rate, narrow),
        )
    if not sources:
        yield ProgressLine(label=" nobody is asked yet", dim=True)
    elif pipeline.rate().answered < FEWEST_ANSWERED:
        yield ProgressLine(label=f" fewer than {FEWEST_ANSWERED} answered anywhere: no rates yet", dim=True)


def _weeks(figures: ProgressFigures) -> Iterable[ProgressLine]:
    goal = f"of {counted(figures.goal, 'person', 'people')} this week" if figures.goal else "this week"
    for key, counts, words in (
        (ASKED, [len(week.asked) for week in figures.weeks], goal),
        (MET, [len(week.met) for week in figures.weeks], "this week"),
    ):
        found = [
            " " if week.off and not count else block
            for week, count, block in zip(figures.weeks, counts, blocks(counts, figures.goal), strict=True)
        ]
        first = _day(figures.weeks[0].monday)
        chart = f"{first:>6} {' '.join(found)}"
        yield ProgressLine(key, key, _number(counts[-1]), chart, "".join(found), words)


def _each_week(figures: ProgressFigures) -> Iterable[ProgressLine]:
    """Yield a line for each week since the first contact was added, the present one first."""
    goal = f"{counted(figures.goal, 'person', 'people')} is the goal" if figures.goal else ""
    yield ProgressLine(label=f"Asked by week   {goal}".rstrip())
    for week in reversed(figures.weeks):
        if week is not figures.weeks[-1] and figures.began and week.monday + WEEK <= figures.began:
            return
        asked, met = len(week.asked), len(week.met)
        label = "this week" if week is figures.weeks[-1] else f"{_day(week.monday):>6}"
        chart, narrow = (
            "█" * min(asked, cells) + "·" * (0 if week.off else min(figures.goal, cells) - asked)
            for cells in (CHART_CELLS, NARROW_CHART_CELLS)
        )
        words = " · ".join(filter(None, ["a week off" if week.off else "", f"met {met}" if met else ""]))
        yield ProgressLine(f"week:{week.monday.isoformat()}", label, _number(asked), chart, narrow, words)


def _ratings(talks: Sequence[RatedTalk], name_of: Callable[[str], str]) -> Iterable[ProgressLine]:
    last = talks[-RATINGS_SHOWN:]
    if last:
        names = tuple(name_of(talk.contact_id) for talk in last)
        yield ProgressLine(label="1 to 5, after", series=names, dim=True)
        yield ProgressLine(SURE, SURE, series=tuple(_figure(talk.confidence) for talk in last))
        yield ProgressLine(FIT, FIT, series=tuple(_figure(talk.fit) for talk in last))


def _kinds(figures: ProgressFigures, narrow: bool) -> Iterable[ProgressLine]:
    met = ", ".join(counted(len(ids), *_KIND[kind]) for kind in _KIND if (ids := figures.met.get(kind)))
    lacking = f"a {_KIND[figures.to_ask][0]}" if figures.to_ask else ""
    if met and narrow:
        yield ProgressLine(KINDS, KINDS, text=met)
        if lacking:
            yield ProgressLine(NEXT, NEXT, text=f"{lacking}?")
    elif met:
        yield ProgressLine(KINDS, KINDS, text=f"{met}. Ask {lacking} next?" if lacking else met)


def _people_at(step: PipelineStep, pipeline: Pipeline) -> GroupedPeople:
    """Return those at `step` or beyond, those who have come no further first."""
    there = [person for person in pipeline.asked if person.step >= step]
    if step is PipelineStep.ASKED:
        return GroupedPeople(STEP[step], _by_result(there))
    here = tuple(person.contact_id for person in there if person.step is step)
    beyond = tuple(person.contact_id for person in there if person.step is not step)
    if step is PipelineStep.FOUND:
        groups = (PeopleGroup("not asked yet", pipeline.not_asked()), PeopleGroup("asked", beyond))
    else:
        no_further, further = {PipelineStep.AGREED: ("not met yet", "met")}.get(step, ("", "in touch"))
        groups = (PeopleGroup(no_further, here), PeopleGroup(further, beyond))
    return GroupedPeople(STEP[step], groups)


def _by_result(people: Sequence[PersonProgress]) -> tuple[PeopleGroup, ...]:
    return tuple(
        PeopleGroup(
            f"{SIGN[result]} {_RESULT[result]}",
            tuple(person.contact_id for person in people if person.answer is result),
        )
        for result in SIGN
    )


def _in_week(week: WeekCount, ids: tuple[str, ...], goal: int = 0) -> PeopleGroup:
    of_goal = f" of {goal}" if goal else ""
    return PeopleGroup(f"week of {_day(week.monday)} · {len(ids)}{of_goal}", ids)


def _by_kind(figures: ProgressFigures) -> Iterable[PeopleGroup]:
    """Yield whom of the kind that the mix lacks one could meet, then those met, kind by kind."""
    yield _to_ask(figures)
    for kind in _KIND:
        yield PeopleGroup(f"{wording.KIND[kind]} · met", figures.met.get(kind, ()))


def _to_ask(figures: ProgressFigures) -> PeopleGroup:
    kind = f"{wording.KIND[figures.to_ask]} · not met yet" if figures.to_ask else ""
    return PeopleGroup(kind, figures.to_meet)


def _rated(talk: RatedTalk) -> str:
    parts = (f"sure {talk.confidence}" if talk.confidence else "", f"fits {talk.fit}" if talk.fit else "")
    return f"{', '.join(filter(None, parts))} of 5"


def _figure(rating: int) -> str:
    return str(rating) if rating else "–"


def _number(count: int) -> str:
    """Return a number in at most three figures: from a thousand on only the thousands, "30k"."""
    return str(count) if count < 1000 else f"{count // 1000}k"


def _day(day: date) -> str:
    """Return a day as "28 Sep"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"
