"""The library: scripts, question banks, message templates and figures, bundled and the user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from warmcall.config.yaml_folders import YamlFolders, convert, figures_of
from warmcall.config.yaml_source import Problem, YamlFault, YamlSource
from warmcall.domain import message as messages
from warmcall.domain import question_bank as banks
from warmcall.domain import script as scripts
from warmcall.domain import script_warnings
from warmcall.domain.cadence import Cadence
from warmcall.domain.job_answers import JobQuestion, job_question_faults
from warmcall.domain.message import MessageTemplate, Purpose
from warmcall.domain.preparation import PreparationItem
from warmcall.domain.question_bank import Bank, Occasion, Question
from warmcall.domain.ranking import Ranking
from warmcall.domain.script import ANY_KIND, Fault, Reply, Script, ScriptFor, Step
from warmcall.domain.source_advice import SourceAdvice, advice_faults
from warmcall.domain.vocabulary import Channel, ContactKind, Source

T = TypeVar("T")


class Library(msgspec.Struct, frozen=True):
    """Everything that was read. What the user wrote replaces what is bundled under the same id.

    `own_messages` are the ids of the templates that the user wrote.
    """

    scripts: dict[str, Script]
    banks: dict[str, Bank]
    messages: dict[str, MessageTemplate]
    preparation: tuple[PreparationItem, ...]
    cadence: Cadence
    problems: tuple[Problem, ...]
    own_messages: frozenset[str] = frozenset()
    ranking: Ranking = Ranking()
    sources: dict[Source, SourceAdvice] = {}
    job_questions: tuple[JobQuestion, ...] = ()

    def scripts_for(self, kind: ContactKind, serves: ScriptFor = ScriptFor.ASK) -> list[Script]:
        """Return the scripts for that kind of contact and use: by phone first, then those for it only."""
        matching = [
            script
            for script in self.scripts.values()
            if script.kind in (kind, None) and script.serves is serves
        ]
        return sorted(
            matching, key=lambda script: (script.channel is not Channel.PHONE, script.kind is None, script.id)
        )

    def bank_for(self, kind: ContactKind) -> Bank | None:
        """Return the question bank for that kind of contact."""
        return next((bank for bank in self.banks.values() if bank.kind is kind and bank.when is None), None)

    def sets_for(self, kind: ContactKind) -> list[Bank]:
        """Return the question sets for that kind of contact, in the order of their occasions.

        Of those for one occasion the user's own come first.
        """
        order = {occasion: at for at, occasion in enumerate(Occasion)}
        sets = [bank for bank in self.banks.values() if bank.when is not None and bank.kind in (None, kind)]
        return sorted(sets, key=lambda bank: order[bank.when] if bank.when else -1)

    def email_questions(self, kind: ContactKind) -> tuple[Question, ...]:
        """Return the first two core questions of the sets for an email to that kind of contact."""
        sets = (found for found in self.sets_for(kind) if found.when is Occasion.BY_EMAIL)
        return tuple(question for found in sets for question in found.questions if question.core)[:2]

    def messages_for(self, purpose: Purpose) -> list[MessageTemplate]:
        """Return the templates for that purpose: the user's own first, then emails first."""
        matching = [template for template in self.messages.values() if template.purpose is purpose]
        return sorted(
            matching,
            key=lambda template: (template.id not in self.own_messages, template.channel, template.id),
        )


def read_library(bundled: Traversable, own: Path) -> Library:
    """Read the folder `bundled` and the user's folder `own`; an invalid file is a problem, not an error."""
    reader = YamlFolders(bundled, own)
    cadence = figures_of("cadence.yaml", Cadence, reader)
    ranking = figures_of("ranking.yaml", Ranking, reader)
    found = list(reader.folder("scripts", _script))
    kept_scripts = _valid_scripts(found, reader)
    for shown, source, script in found:
        if own in Path(shown).parents:  # warnings are only for what the user wrote
            reader.add_faults(shown, source, script_warnings.warnings(script, cadence))
    kept_banks: dict[str, Bank] = {}
    for shown, source, bank in reader.folder("questions", _bank):
        if reader.add_faults(shown, source, banks.faults(bank)):
            kept_banks = {bank.id: bank} | {k: v for k, v in kept_banks.items() if k != bank.id}
    kept_messages: dict[str, MessageTemplate] = {}
    own_messages: set[str] = set()
    for shown, source, template in reader.folder("messages", _converter(MessageTemplate)):
        if reader.add_faults(shown, source, messages.faults(template)):
            kept_messages[template.id] = template
            own_messages |= {template.id} if own in Path(shown).parents else set()
    for shown, source, script in found:
        reader.add_faults(shown, source, scripts.unknown_templates(script, frozenset(kept_messages)))
    items: dict[str, PreparationItem] = {}
    for _, _, listed in reader.files_called("preparation.yaml", _converter(_PreparationFile)):
        items.update({item.id: item for item in listed.items})
    sources: dict[Source, SourceAdvice] = {}
    for shown, source, advised in reader.files_called("sources.yaml", _converter(_SourcesFile)):
        for number, advice in enumerate(advised.sources):
            found_faults = advice_faults(advice, kept_messages)
            if reader.add_faults(shown, source, _within(found_faults, "sources", number)):
                sources[advice.source] = advice
    job_questions: dict[str, JobQuestion] = {}
    for shown, source, asked in reader.files_called("job_questions.yaml", _converter(_JobQuestionsFile)):
        for number, question in enumerate(asked.questions):
            if reader.add_faults(shown, source, _within(job_question_faults(question), "questions", number)):
                job_questions[question.id] = question
    return Library(
        kept_scripts,
        kept_banks,
        kept_messages,
        tuple(items.values()),
        cadence,
        tuple(reader.problems),
        frozenset(own_messages),
        ranking,
        sources,
        tuple(job_questions.values()),
    )


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
