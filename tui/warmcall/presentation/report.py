"""The report in words, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from warmcall.domain.day_names import MONTHS
from warmcall.domain.evidence import and_join
from warmcall.domain.pipeline import PipelineStep
from warmcall.domain.vocabulary import ContactKind, OpeningEnd, Source
from warmcall.formats.documents import (
    Chart,
    ChartBar,
    Document,
    DocumentSection,
    Item,
    Mark,
    Quotation,
    QuotationGroup,
    Quotations,
    Tree,
    TreeEntry,
    lines_in,
)
from warmcall.formats.html import html
from warmcall.formats.markdown import markdown
from warmcall.presentation import wording
from warmcall.presentation.counts import counted
from warmcall.presentation.decision import VERDICT
from warmcall.presentation.openings import END as OPENING_END
from warmcall.presentation.progress import KINDS, ProgressLine, lines
from warmcall.presentation.referrals import tree_signs
from warmcall.services.progress import ProgressFigures
from warmcall.services.report import (
    Report,
    ReportedAnswer,
    ReportedBranch,
    ReportedPerson,
    ReportedQuestion,
    gather_report,
)
from warmcall.services.services import Services

HTML, MARKDOWN = "html", "md"
FORMS = ((HTML, "HTML: one page to show or print"), (MARKDOWN, "Markdown: plain text"))
"""What a report can be, by the ending of its file."""

WITH, WITHOUT = "with", "without"
NAMES = ((WITH, "with names"), (WITHOUT, "without names and organizations"))
"""Whether people are named in a report."""

INTRO = "What is not to be repeated, and what connectors said of people, is left out."

_GROUP = {
    ContactKind.PRACTITIONER: "Those who do the job",
    ContactKind.HIRING_MANAGER: "Those who hire for it",
    ContactKind.CONNECTOR: "Those who can introduce",
}
_UNANSWERED_SHOWN = 8
"""How many questions for each kind of people are listed: as many as one talk has room for."""

WITHOUT_NAMES = (
    "Names, organizations, numbers and addresses are left out. What people said may still show who they are: "
    "read it through before you give it to anybody."
)
"""What stands at the top of a report without names, and beside the choice of one."""


def proposed_file(form: str) -> str:
    """Return where a report of that form is to go, unless the user names another file."""
    return f"~/warmcall-report.{form}"


def names_sentence(values: Mapping[str, str]) -> str:
    """Return what to know before a report without names is given to anybody."""
    return WITHOUT_NAMES if values["names"] == WITHOUT else ""


def form_problems(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the form that asks for a report."""
    return {} if values["file"].strip() else {"file": "name a file"}


def file_exists(file: str, key: str) -> str:
    """Return that there is such a file, and which `key` writes over it."""
    return f"{file} is there already: {key} again writes over it"


def report_text(services: Services, names: bool, as_html: bool) -> str:
    """Return the report as of today, with the names of people or without, as HTML or Markdown."""
    document = report_document(gather_report(services, names))
    return html(document) if as_html else markdown(document)


def report_document(report: Report) -> Document:
    """Return the report as a document; what there is nothing of is left out."""
    role = report.target.role.strip() if report.target else ""
    by = f"By {report.author.strip()}" if report.author.strip() else ""
    met = len({person for people in report.figures.met.values() for person in people})
    talked = f"from talks with {counted(met, 'person', 'people')}" if met else ""
    return Document(
        f"{role}: what I learned" if role else "What I learned",
        tuple(
            line
            for line in (
                " · ".join(filter(None, (by, _long_day(report.written_on), talked))),
                "" if report.names else WITHOUT_NAMES,
            )
            if line
        ),
        tuple(_sections(report)),
    )


def _sections(report: Report) -> Iterator[DocumentSection]:
    yield from _target(report)
    yield from _decision(report)
    yield from _talks(report)
    yield from _questions(report)
    yield from _unanswered(report)
    yield from _advice(report)
    yield from _openings(report)
    yield from _tree(report)
    yield from _figures(report)


def _target(report: Report) -> Iterator[DocumentSection]:
    target = report.target
    if target is None:
        return
    fields = (("Role", target.role), ("Industry", target.industry), ("Place", target.place))
    items = [Item(f"{label}: {text}", Mark.POINT) for label, text in fields if text.strip()]
    for label, text in (("Why", target.why), ("What I found out beforehand", target.research)):
        if text.strip():
            items.append(Item(label, Mark.POINT, lines_in(text)))
    if items:
        yield DocumentSection("What I aim at", tuple(items))


def _decision(report: Report) -> Iterator[DocumentSection]:
    """Yield what is decided and why, and what was said for and against all that must be true."""
    decision = report.decision
    if decision.verdict is None and not decision.requirements:
        return
    on = f" on {_long_day(decision.on)}" if decision.on else ""
    verdict = VERDICT[decision.verdict] if decision.verdict else "nothing yet"
    items = [Item(f"Decided{on}: {verdict}")]
    for label, text in (
        ("Why", decision.why),
        ("One more talk would change my mind if it said", decision.would_change_my_mind),
    ):
        if text.strip():
            items.append(Item(f"{label}: {text}"))
    yield DocumentSection("The decision", tuple(items))
    for requirement in decision.requirements:
        said = (("For it", requirement.supporting), ("Against it", requirement.opposing))
        groups = tuple(
            QuotationGroup(title, tuple(_quotation(answer, report) for answer in answers))
            for title, answers in said
            if answers
        )
        nothing = (Item("Nothing was said of it yet."),) if requirement.is_open else ()
        parts = (Quotations(groups),) if groups else ()
        yield DocumentSection(f"What must be true: {requirement.text}", nothing, 3, parts)


def _talks(report: Report) -> Iterator[DocumentSection]:
    items = []
    for talk in report.talks:
        more = [*lines_in(talk.learned), *(f"What it changes: {line}" for line in lines_in(talk.changes))]
        items.append(Item(f"{_by(talk.by)}, {_day(talk.on, report)}", Mark.POINT, tuple(more)))
    if items:
        yield DocumentSection("What I took from each talk", tuple(items))


def _questions(report: Report) -> Iterator[DocumentSection]:
    if not report.questions:
        return
    themes = _counted(report.themes)
    said = (Item(f"Themes: {themes}"),) if themes else ()
    yield DocumentSection("What they said, question by question", said)
    for question in report.questions:
        yield DocumentSection(
            question.ask, tuple(_remarks(question)), 3, (Quotations(tuple(_groups(question, report))),)
        )


def _remarks(question: ReportedQuestion) -> Iterator[Item]:
    """Yield what the user says of the answers to a question: their themes, and who differs."""
    if question.themes:
        yield Item(f"Themes: {_counted(question.themes)}")
    for difference in question.differences:
        how = f": {difference.how.strip()}" if difference.how.strip() else ""
        yield Item(f"{and_join(difference.names)} differ{how}")


def _groups(question: ReportedQuestion, report: Report) -> Iterator[QuotationGroup]:
    """Yield the answers of each kind of people, under a heading if there are several kinds."""
    by_kind = {kind: [answer for answer in question.answers if answer.by.kind is kind] for kind in _GROUP}
    answered = {kind: answers for kind, answers in by_kind.items() if answers}
    for kind, answers in answered.items():
        title = _GROUP[kind] if len(answered) > 1 else ""
        yield QuotationGroup(title, tuple(_quotation(answer, report) for answer in answers))


def _quotation(answer: ReportedAnswer, report: Report) -> Quotation:
    return Quotation(lines_in(answer.words), f"{_by(answer.by)}, {_day(answer.on, report)}", answer.starred)


def _unanswered(report: Report) -> Iterator[DocumentSection]:
    if not report.questions:
        return
    items = []
    for kind, title in _GROUP.items():
        asks = tuple(ask for ask, of_kind in report.unanswered if of_kind is kind)
        if asks:
            more = len(asks) - _UNANSWERED_SHOWN
            rest = (f"and {more} more",) if more > 0 else ()
            items.append(Item(f"{title} could say", Mark.POINT, (*asks[:_UNANSWERED_SHOWN], *rest)))
    if items:
        yield DocumentSection("Still unanswered, most wanted first", tuple(items))


def _advice(report: Report) -> Iterator[DocumentSection]:
    if report.advice:
        yield DocumentSection(
            "Advice",
            tuple(
                Item(f"{given.words} ({given.by.name})", Mark.DONE if given.is_followed else Mark.OPEN)
                for given in report.advice
            ),
        )


def _openings(report: Report) -> Iterator[DocumentSection]:
    """Yield the openings; those of which nothing may come any more say why."""
    items = []
    for heard in report.openings:
        what = "My resume is on file" if heard.on_file else heard.what or "An opening"
        where = f" at {heard.place}" if heard.place else ""
        by = f"from {heard.by.name}" if heard.by else ""
        end = "" if heard.end is OpeningEnd.OPEN else OPENING_END[heard.end]
        items.append(
            Item(", ".join(filter(None, (what + where, by, _day(heard.on, report), end))), Mark.POINT)
        )
    if items:
        yield DocumentSection("Openings heard of", tuple(items))


def _tree(report: Report) -> Iterator[DocumentSection]:
    if not report.chains:
        return
    entries = (
        TreeEntry(
            branch.person.name, _about_branch(branch, report.names), branch.depth, tree_signs(branch.leads)
        )
        for branch in report.chains
    )
    yield DocumentSection("Who led to whom", (), 2, (Tree(tuple(entries)),))
    if report.alone:
        others = "1 other person" if report.alone == 1 else f"{report.alone} others"
        yield DocumentSection("", (Item(f"{others} came another way, and led to nobody yet."),))


def _about_branch(branch: ReportedBranch, names: bool) -> str:
    """Return where the first of a chain came from, or what the others are, and how far they have come."""
    kind = wording.KIND[branch.person.kind] if names else ""
    what = kind if branch.depth else wording.SOURCE[branch.source]
    return " · ".join(filter(None, (what, wording.STAGE[branch.stage])))


def _figures(report: Report) -> Iterator[DocumentSection]:
    figures = report.figures
    if not figures.pipeline.ids:
        return
    found = lines(figures, lambda _id: "", each_week=True)
    steps, sources, weeks = (
        [line for line in found if line.key.startswith(key)] for key in ("step:", "source:", "week:")
    )
    yield DocumentSection(
        "How the search went", tuple(_remarks_on_talks(report)), 2, (_chart("", steps, figures),)
    )
    remarks = tuple(Item(line.label.strip().capitalize()) for line in found if line.dim and not line.series)
    asked = (_chart("People asked, and what they said", sources, figures),) if sources else ()
    yield DocumentSection("Where the names came from", remarks, 2, asked)
    title = f"People asked; the goal is {figures.goal} a week" if figures.goal else "People asked"
    yield DocumentSection("Week by week", (), 2, (_chart(title, weeks, figures),))


def _remarks_on_talks(report: Report) -> Iterator[Item]:
    """Yield whom the user has met, and how sure of themselves they were after each talk."""
    found = lines(report.figures, lambda _id: "", narrow=True)
    met = next((line.text for line in found if line.key == KINDS), "")
    if met:
        yield Item(f"Met: {met}")
    talks = report.figures.talks
    for title, ratings in (
        ("Sure of myself after each talk, 1 to 5", [talk.confidence for talk in talks]),
        ("How well the job fits, after each talk, 1 to 5", [talk.fit for talk in talks]),
    ):
        rated = [
            f"{rating} ({report.rated[talk.contact_id]})"
            for talk, rating in zip(talks, ratings, strict=True)
            if rating
        ]
        if rated:
            yield Item(f"{title}: {', '.join(rated)}")


def _chart(title: str, shown: Iterable[ProgressLine], figures: ProgressFigures) -> Chart:
    """Return a chart of lines of Progress."""
    return Chart(
        title,
        tuple(
            ChartBar(
                line.label.strip(),
                line.number,
                _parts(line.key, figures),
                line.narrow_chart,
                _said(line, figures) or line.words,
            )
            for line in shown
        ),
    )


def _said(line: ProgressLine, figures: ProgressFigures) -> str:
    """Return what the people of one source said: "3 yes, 1 still open", and the likely share if known."""
    what, _, which = line.key.partition(":")
    if what != "source":
        return ""
    rate = figures.pipeline.rate(Source(which))
    counts = zip(rate, ("yes", "no", "still open"), strict=True)
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"{said}; {line.words}" if rate.likely() else said


def _parts(key: str, figures: ProgressFigures) -> tuple[float, ...]:
    """Return how long the segments of a line's bar are, each from 0 to 1."""
    what, _, which = key.partition(":")
    pipeline = figures.pipeline
    if what == "step":
        return (len(pipeline.at_least(PipelineStep[which])) / max(len(pipeline.ids), 1),)
    if what == "source":
        most = max((len(asked) for _, asked in pipeline.sources()), default=1)
        return tuple(count / most for count in pipeline.rate(Source(which)))
    most = max(figures.goal, *(len(week.asked) for week in figures.weeks), 1)
    return tuple(len(week.asked) / most for week in figures.weeks if week.monday.isoformat() == which)


def _by(person: ReportedPerson) -> str:
    return ", ".join(filter(None, (person.name, person.work)))


def _counted(themes: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{theme} ({count})" for theme, count in themes)


def _day(day: date, report: Report) -> str:
    """Return a day of a talk; without names only its month, as the day may show who it was."""
    return _long_day(day) if report.names else f"{MONTHS[day.month - 1]} {day.year}"


def _long_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
