"""The library: scripts, questions, messages and figures, bundled, the office's and the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from warmcall.config.office import for_this_user
from warmcall.config.yaml_folders import YamlFolders, figures_of
from warmcall.config.yaml_source import Problem
from warmcall.domain.cadence import Cadence
from warmcall.domain.vocabulary import Channel, ContactKind, Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from warmcall.config.library_files import LibraryFiles
    from warmcall.domain.job_answers import JobQuestion
    from warmcall.domain.message import MessageTemplate, Purpose
    from warmcall.domain.preparation import PreparationItem
    from warmcall.domain.question_bank import Bank, Question
    from warmcall.domain.ranking import Ranking
    from warmcall.domain.script import Script, ScriptFor
    from warmcall.domain.source_advice import SourceAdvice

PARTS = (
    "cadence", "ranking", "scripts", "banks", "messages", "own_messages", "preparation", "sources",
    "job_questions", "holidays",
)  # fmt: skip
"""What a library has, in the order in which problems are listed."""

_OWN_NAMES = (
    "scripts", "questions", "messages", "cadence.yaml", "preparation.yaml", "ranking.yaml", "sources.yaml",
    "job_questions.yaml", "holidays.yaml",
)  # fmt: skip
"""What of the library users may have in their own folder, and an office in its."""


class Library:
    """What is written in the folder `bundled`, in those of the `office`, and in the user's `own`.

    The files of each replace those of their id in the ones before. Each part is read when it is first asked
    for. An invalid file is not used, and is one of the `problems`.
    """

    def __init__(self, bundled: Traversable, own: Path, office: Sequence[Path] = ()) -> None:
        self._bundled = bundled
        self._own = own
        self._office = office

    @cached_property
    def cadence(self) -> Cadence:
        """The figures; the first screen shows one, so no other part is imported for them."""
        if self._has_written_files:
            return self._files.cadence()
        return figures_of("cadence.yaml", Cadence, YamlFolders(self._bundled, self._own))

    @cached_property
    def ranking(self) -> Ranking:
        """What counts for a place on the shortlist, and how much."""
        return self._files.ranking()

    @cached_property
    def scripts(self) -> dict[str, Script]:
        """The scripts by id, the user's own first."""
        return self._files.scripts(self.cadence)

    @cached_property
    def banks(self) -> dict[str, Bank]:
        """The question banks and sets by id, the last of the user first."""
        return self._files.banks()

    @cached_property
    def messages(self) -> dict[str, MessageTemplate]:
        """The templates of messages by id."""
        return self._files.messages()[0]

    @cached_property
    def own_messages(self) -> Mapping[str, int]:
        """The ids of the templates that are not bundled, each with its place: 0 for those the user wrote."""
        return self._files.messages()[1]

    @cached_property
    def preparation(self) -> tuple[PreparationItem, ...]:
        """The items of the list to prepare by."""
        return self._files.preparation()

    @cached_property
    def sources(self) -> dict[Source, SourceAdvice]:
        """The advice on each source of names."""
        return self._files.sources(self.messages)

    @cached_property
    def job_questions(self) -> tuple[JobQuestion, ...]:
        """The questions that job interviews ask."""
        return self._files.job_questions()

    @cached_property
    def holidays(self) -> dict[date, str]:
        """The days that are no business days beside the public holidays, each with its name.

        One without a name is a business day, even if it is a public holiday.
        """
        return self._files.holidays() if self._has_written_files else {}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files; the bundled ones alone have none, so they are not read for it."""
        if not self._has_written_files:
            return ()
        for part in PARTS:
            getattr(self, part)
        return for_this_user(self._files.problems(self.messages), self._office)

    @cached_property
    def _files(self) -> LibraryFiles:
        from warmcall.config.library_files import LibraryFiles

        return LibraryFiles(self._bundled, self._own, self._office)

    @cached_property
    def _has_written_files(self) -> bool:
        """Whether the user or the office has files of a library, or a folder that cannot be listed."""
        try:
            folders = [folder for folder in (self._own, *self._office) if folder.is_dir()]
            return any(path.name in _OWN_NAMES for folder in folders for path in folder.iterdir())
        except OSError:
            return True

    def read_ahead(self) -> Iterator[None]:
        """Read all parts before they are asked for, a file or a few of them at a time."""
        yield from self._files.read_scripts_ahead()
        for part in PARTS:
            getattr(self, part)
            yield

    def replaced(self, **parts: object) -> Library:
        """Return a library with other `parts`, by their names, in place of those read."""
        changed = copy(self)
        vars(changed).update(parts)
        return changed

    def scripts_for(self, kind: ContactKind, serves: ScriptFor | None = None) -> list[Script]:
        """Return the scripts for that kind of contact and use: by phone first, and of those the user's own.

        Without a use, they are those for asking.
        """
        from warmcall.domain.script import ScriptFor

        wanted = serves or ScriptFor.ASK
        matching = [
            script
            for script in self.scripts.values()
            if script.kind in (kind, None) and script.serves is wanted
        ]
        return sorted(matching, key=lambda script: script.channel is not Channel.PHONE)

    def bank_for(self, kind: ContactKind) -> Bank | None:
        """Return the question bank for that kind of contact."""
        return next((bank for bank in self.banks.values() if bank.kind is kind and bank.when is None), None)

    def sets_for(self, kind: ContactKind) -> list[Bank]:
        """Return the question sets for that kind of contact, in the order of their occasions.

        Of those for one occasion the user's own come first.
        """
        from warmcall.domain.question_bank import Occasion

        order = {occasion: at for at, occasion in enumerate(Occasion)}
        sets = [bank for bank in self.banks.values() if bank.when is not None and bank.kind in (None, kind)]
        return sorted(sets, key=lambda bank: order[bank.when] if bank.when else -1)

    def email_questions(self, kind: ContactKind) -> tuple[Question, ...]:
        """Return the first two core questions of the sets for an email to that kind of contact."""
        from warmcall.domain.question_bank import Occasion

        sets = (found for found in self.sets_for(kind) if found.when is Occasion.BY_EMAIL)
        return tuple(question for found in sets for question in found.questions if question.core)[:2]

    def messages_for(self, purpose: Purpose) -> list[MessageTemplate]:
        """Return the templates for that purpose: the user's own, the office's, the others, emails first."""
        bundled = max(self.own_messages.values(), default=0) + 1
        matching = [template for template in self.messages.values() if template.purpose is purpose]
        return sorted(
            matching,
            key=lambda found: (self.own_messages.get(found.id, bundled), found.channel, found.id),
        )
