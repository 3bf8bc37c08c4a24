"""Reading the files of the library: what each has to hold, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from warmcall.config.office import is_in
from warmcall.config.yaml_folders import YamlFolders, convert, figures_of
from warmcall.config.yaml_source import Problem, YamlFault, YamlSource
from warmcall.domain import message as messages
from warmcall.domain import question_bank as banks
from warmcall.domain import script as scripts
from warmcall.domain import script_warnings
from warmcall.domain.cadence import Cadence
from warmcall.domain.job_answers import JobQuestion, job_question_faults
from warmcall.domain.message import MessageTemplate
from warmcall.domain.preparation import PreparationItem
from warmcall.domain.question_bank import Bank, Occasion
from warmcall.domain.ranking import Ranking
from warmcall.domain.sanitize import one_line
from warmcall.domain.script import ANY_KIND, Fault, Reply, Script, ScriptFor, Step
from warmcall.domain.source_advice import SourceAdvice, advice_faults
from warmcall.domain.vocabulary import Channel, ContactKind, Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")


class LibraryFiles:
    """Reads the parts of a library, and keeps what is wrong in the files of each."""

    def __init__(self, bundled: Traversable, own: Path, office: Sequence[Path] = ()) -> None:
        self._bundled = bundled
        self._own = own
        self._office = office
        self._readers: dict[str, YamlFolders] = {}

    def _reader(self, part: str) -> YamlFolders:
        self._readers[part] = reader = YamlFolders(self._bundled, self._own, self._office)
        return reader

    def problems(self, known: Iterable[str]) -> tuple[Problem, ...]:
        """Return what is wrong in the parts read so far; `known` are the ids of all templates."""
        links = self._reader("links")
        for shown, source, script in self._script_files:
            links.add_faults(shown, source, scripts.unknown_templates(script, frozenset(known)))
        order = ["cadence", "ranking", "script files", "scripts", "banks", "messages", "links"]
        order += ["preparation", "sources", "job_questions", "holidays"]
        found = [problem for part in order for problem in self._readers[part].problems]
        return tuple(dict.fromkeys(found))  # a folder that cannot be listed is one for each part

    def cadence(self) -> Cadence:
        """Return the figures."""
        return figures_of("cadence.yaml", Cadence, self._reader("cadence"))

    def ranking(self) -> Ranking:
        """Return the weights of the shortlist."""
        return figures_of("ranking.yaml", Ranking, self._reader("ranking"))

    def holidays(self) -> dict[date, str]:
        """Return the names of the days off by day, the user's own in the place of the office's."""
        days: dict[date, str] = {}
        for _, _, found in self._reader("holidays").files_called("holidays.yaml", _days_off):
            days.update(found)
        return days

    @cached_property
    def _script_files(self) -> list[tuple[str, YamlSource, Script]]:
        return list(self._reader("script files").folder("scripts", _script))

    def read_scripts_ahead(self) -> Iterator[None]:
        """Read the scripts one by one, unless they are asked for before or meanwhile."""
        if "_script_files" in vars(self):
            return
        reader = YamlFolders(self._bundled, self._own, self._office)
        found: list[tuple[str, YamlSource, Script]] = []
        for script in reader.folder("scripts", _script):
            found.append(script)
            yield
        if "_script_files" not in vars(self):
            self._readers["script files"] = reader
            vars(self)["_script_files"] = found

    def scripts(self, cadence: Cadence) -> dict[str, Script]:
        """Return the scripts without faults, by id; `cadence` says how long they may take.

        The user's own come first, then the office's, then the bundled ones; of each, those for one kind of
        contact before those for any.
        """
        found, reader = self._script_files, self._reader("scripts")
        kept = _valid_scripts(found, reader)
        bundled = len(self._office) + 1
        places: dict[str, int] = {}
        for shown, source, script in found:
            place = self._place(shown)
            if kept.get(script.id) is script:
                places[script.id] = bundled if place is None else place
            if place is not None:  # warnings are only for what people here wrote
                reader.add_faults(shown, source, script_warnings.warnings(script, cadence))
        return dict(sorted(kept.items(), key=lambda item: (places[item[0]], item[1].kind is None, item[0])))

    def banks(self) -> dict[str, Bank]:
        """Return the question banks by id, the last read first."""
        reader = self._reader("banks")
        kept: dict[str, Bank] = {}
        for shown, source, bank in reader.folder("questions", _bank):
            if reader.add_faults(shown, source, banks.faults(bank)):
                kept = {bank.id: bank} | {k: v for k, v in kept.items() if k != bank.id}
        return kept

    def messages(self) -> tuple[dict[str, MessageTemplate], Mapping[str, int]]:
        """Return the templates by id, and of those that are not bundled the place: 0 for the user's own."""
        return self._messages

    @cached_property
    def _messages(self) -> tuple[dict[str, MessageTemplate], Mapping[str, int]]:
        reader = self._reader("messages")
        kept: dict[str, MessageTemplate] = {}
        places: dict[str, int] = {}
        for shown, source, template in reader.folder("messages", _converter(MessageTemplate)):
            if reader.add_faults(shown, source, messages.faults(template)):
                kept[template.id] = template
                place = self._place(shown)
                places |= {} if place is None else {template.id: place}
        return kept, places

    def _place(self, shown: str) -> int | None:
        """Return whose a file is: 0 the user's, from 1 the office's by importance, None if it is bundled."""
        written = (self._own, *reversed(self._office))
        return next((at for at, folder in enumerate(written) if is_in(Path(shown), [folder])), None)

    def preparation(self) -> tuple[PreparationItem, ...]:
        """Return the items of the list to prepare by."""
        items: dict[str, PreparationItem] = {}
        reader = self._reader("preparation")
        for _, _, listed in reader.files_called("preparation.yaml", _converter(_PreparationFile)):
            items.update({item.id: item for item in listed.items})
        return tuple(items.values())

    def sources(self, known: dict[str, MessageTemplate]) -> dict[Source, SourceAdvice]:
        """Return the advice on each source; `known` are the templates it may name."""
        reader = self._reader("sources")
        kept: dict[Source, SourceAdvice] = {}
        for shown, source, advised in reader.files_called("sources.yaml", _converter(_SourcesFile)):
            for number, advice in enumerate(advised.sources):
                found_faults = advice_faults(advice, known)
                if reader.add_faults(shown, source, _within(found_faults, "sources", number)):
                    kept[advice.source] = advice
        return kept

    def job_questions(self) -> tuple[JobQuestion, ...]:
        """Return the questions that job interviews ask."""
        reader = self._reader("job_questions")
        kept: dict[str, JobQuestion] = {}
        for shown, source, asked in reader.files_called("job_questions.yaml", _converter(_JobQuestionsFile)):
            for number, question in enumerate(asked.questions):
                faults = _within(job_question_faults(question), "questions", number)
                if reader.add_faults(shown, source, faults):
                    kept[question.id] = question
        return tuple(kept.values())


def _within(faults: Iterable[Fault], *path: object) -> Iterator[Fault]:
    """Yield `faults` of a part of a file, with the path of the part before theirs."""
    for fault in faults:
        yield msgspec.structs.replace(fault, where=(*map(str, path), *fault.where))


def _valid_scripts(found: list[tuple[str, YamlSource, Script]], reader: YamlFolders) -> dict[str, Script]:
    """Return the scripts without faults, the last of each id.

    A script that leads to one with faults has a fault itself, so this is repeated until nothing changes.
    """
    valid = found
    while True:
        ids = frozenset(script.id for _, _, script in valid)
        kept = [item for item in valid if all(fault.warning for fault in scripts.faults(item[2], ids))]
        if len(kept) == len(valid):
            break
        valid = kept
    for shown, source, script in found:
        reader.add_faults(shown, source, scripts.faults(script, ids))
    return {script.id: script for _, _, script in valid}


class _PreparationFile(msgspec.Struct, forbid_unknown_fields=True):
    items: tuple[PreparationItem, ...]


class _SourcesFile(msgspec.Struct, forbid_unknown_fields=True):
    sources: tuple[SourceAdvice, ...]


class _JobQuestionsFile(msgspec.Struct, forbid_unknown_fields=True):
    questions: tuple[JobQuestion, ...]


class _ScriptHead(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    kind: str
    channel: Channel
    start: str
    steps: dict[str, Any]
    serves: ScriptFor = msgspec.field(name="for", default=ScriptFor.ASK)


def _script(source: YamlSource) -> Script:
    head = convert(source, (), _ScriptHead)
    kinds = [*ContactKind, ANY_KIND]
    if head.kind not in kinds:
        raise YamlFault(
            source.line_of(("kind",)), f"“{head.kind}” is not a kind", "use one of: " + ", ".join(kinds)
        )
    steps: dict[str, Step] = {}
    for name, raw in head.steps.items():
        at = ("steps", name)
        raw_replies = (raw.get("replies") if isinstance(raw, dict) else None) or {}
        if not isinstance(raw_replies, dict):
            fix = "write one reply a line: letter: {hear: …, go: …}"
            raise YamlFault(source.line_of((*at, "replies")), "each reply needs a letter", fix)
        replies = {letter: convert(source, (*at, "replies", letter), Reply) for letter in raw_replies}
        step = convert(source, at, Step)
        steps[name] = msgspec.structs.replace(step, replies=replies)
    kind = None if head.kind == ANY_KIND else ContactKind(head.kind)
    return Script(head.id, head.title, kind, head.channel, head.start, steps, head.serves)


def _bank(source: YamlSource) -> Bank:
    for key, words in (("kind", ContactKind), ("when", Occasion)):
        value = source.value.get(key) if isinstance(source.value, dict) else None
        if value is not None and value not in list(words):
            fix = "use one of: " + ", ".join(words)
            raise YamlFault(source.line_of((key,)), f"“{value}” is not a value of “{key}”", fix)
    return convert(source, (), Bank)


def _converter(kind: type[T]) -> Callable[[YamlSource], T]:
    return lambda source: convert(source, (), kind)


def _days_off(source: YamlSource) -> dict[date, str]:
    """Return the days in a file of holidays, each with its name, which may be empty.

    Raises:
        YamlFault: if one is no day, or has no name.
    """
    form = "write each day like 2026-12-24: Closed"
    found = {} if source.value is None else source.value
    if not isinstance(found, dict):
        raise YamlFault(1, "these are no days with names", form)
    days: dict[date, str] = {}
    for key, name in found.items():
        line = source.line_of((key,))
        if not isinstance(name, str | None):
            raise YamlFault(line, f"what is named at “{one_line(key)}” is no text", form)
        try:
            days[date.fromisoformat(key)] = one_line(name or "")
        except ValueError as error:
            raise YamlFault(line, f"“{one_line(key)}” is no day", form) from error
    return days
