"""What commands that record something share: their arguments, what they say was done, what follows."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from warmcall.cli.changing import changing
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import Context
from warmcall.cli.selecting import CANDIDATES
from warmcall.domain.change import Change, ChangeKind
from warmcall.domain.records import TABLE_OF, TABLES, AnyRecord, FollowUp
from warmcall.domain.sanitize import one_line, visible
from warmcall.domain.text_folding import folded_words
from warmcall.domain.time_words import Reading, TimeRefused, read_past_time, read_time_to_come
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When

if TYPE_CHECKING:
    from warmcall.presentation.json_shapes import DeletedKind
    from warmcall.services.services import Services

LONGEST_LINE, LONGEST_TEXT = 2_000, 200_000
"""How many characters a field of one line takes, and a text of many: more is a mistake, such as a file."""

_STANDARD_INPUT = "-"

_LINE_ENDS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")

_QUOTED = 40
"""How many characters of what was typed are repeated in a sentence."""

_WAS: dict[str, DeletedKind] = {
    "contacts": "person", "follow_ups": "follow_up", "attempts": "attempt", "interviews": "interview",
    "openings": "opening", "advice": "advice", "targets": "target",
}  # fmt: skip
"""What programs call a record of each table that they are shown."""

C = TypeVar("C", bound=Callable[..., Any])


class Act:
    """One thing that a command does: the services it uses, and what is said of it once it is saved.

    `done` is the line that says what was done, `follows` adds further lines. With --json the records that
    were changed are printed instead, those of `items` first.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.done = ""
        self.follows: list[str] = []
        self.warnings: list[str] = []
        self.items: list[AnyRecord] = []
        self.deleted: set[tuple[str, str]] = set()
        self._touched: dict[tuple[str, str], None] = {}
        self._dues = {owed.id: owed.due for owed in services.store.all(FollowUp) if owed.done_at is None}
        services.store.listen(self._note)

    def _note(self, change: Change) -> None:
        if change.kind is not ChangeKind.NOT_UNDOABLE:
            self._touched |= {(edit.table, edit.id): None for edit in change.edits}
            self.deleted |= {(edit.table, edit.id) for edit in change.edits if edit.after is None}

    @property
    def changed(self) -> list[AnyRecord]:
        """The records that were changed and are there, as they are now."""
        found = (
            self.services.store.get(TABLES[table], id_) for table, id_ in self._touched if table in TABLES
        )
        return [record for record in found if record is not None]

    @property
    def owed(self) -> list[FollowUp]:
        """The follow-ups that came into the queue or are due at another time, but for a meeting under way."""
        going = {interview.id for interview in self.services.store.going()}
        return [
            record
            for record in self.changed
            if isinstance(record, FollowUp) and record.done_at is None
            if self._dues.get(record.id) != record.due
            if record.kind is not FollowUpKind.INTERVIEW or record.interview_id not in going
        ]

    def lines(self) -> list[str]:
        """Return what to print: what was done, what more there is to say, and what follows in the queue."""
        from warmcall.presentation.acts import next_lines

        return [self.done, *self.follows, *next_lines(self.services, self.owed)]

    def json(self) -> str:
        """Return the records that were changed, as programs read them, and which of them are deleted."""
        from warmcall.presentation.json_shapes import DeletedJson, encoded

        known = {(TABLE_OF[type(record)], record.id) for record in self.items}
        rest = [record for record in self.changed if (TABLE_OF[type(record)], record.id) not in known]
        found = (_shape(self.services, record) for record in (*self.items, *rest))
        gone = (
            DeletedJson(id=id_, was=_WAS[table])
            for shown in _WAS
            for table, id_ in self._touched
            if table == shown and self.services.store.get(TABLES[table], id_) is None
        )
        return encoded([*(shape for shape in found if shape is not None), *gone])


@contextmanager
def acting(
    source: Invocation | Context, refusal: str, as_json: bool = False, must_exist: bool = True
) -> Iterator[Act]:
    """Yield what a command does something with; what it says is printed when the change is saved.

    The arguments are those of `changing`. If the command ends inside, nothing is printed and nothing written.
    """
    with changing(source, refusal, must_exist) as services:
        act = Act(services)
        yield act
    if as_json:
        click.echo(act.json())
    else:
        click.echo("\n".join(filter(None, act.lines())))
    for warning in act.warnings:
        click.echo(f"warmcall: {warning}", err=True)


def json_option(command: C) -> C:
    """Give a command `--json`."""
    option = click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print what was changed as JSON; warmcall schema describes it.",
    )
    return option(command)


def coming(
    services: Services, words: str, refusal: str, zone: tzinfo | None = None, needs_hour: bool = False
) -> When:
    """Return the coming day or instant that `words` mean, or end with a sentence that says why there is none.

    They are read by the user's clock, or by that of `zone`.
    """
    calendar = services.time.calendar
    if zone is not None:
        calendar = msgspec.structs.replace(calendar, zone=zone)
    return _time(lambda: read_time_to_come(words, services.time.now(), calendar), words, refusal, needs_hour)


def past_instant(services: Services, words: str, refusal: str) -> datetime:
    """Return the past instant that `words` mean, or end with a sentence that says why there is none."""
    time = services.time
    when = _time(lambda: read_past_time(words, time.now(), time.calendar), words, refusal, needs_hour=True)
    assert when.instant is not None  # noqa: S101 - an hour was asked for
    return when.instant


def _time(read: Callable[[], Reading], words: str, refusal: str, needs_hour: bool) -> When:
    try:
        reading = read()
    except TimeRefused as refused:
        fail(f"{refusal}: {quoted(words)}: {refused}")
    if needs_hour and reading.when.instant is None:
        fail(f"{refusal}: {quoted(words)}: say the hour too, as in “thu 2pm”")
    return reading.when


def quoted(words: str) -> str:
    """Return the beginning of what was typed, in quotes, for a sentence."""
    text = one_line(words.strip())
    return f"“{text if len(text) <= _QUOTED else f'{text[:_QUOTED]}…'}”"


def checked_line(text: str, refusal: str, name: str) -> str:
    """Return a text as one line, or end with a sentence if it is too long for any field."""
    if len(text) > LONGEST_LINE:
        fail(f"{refusal}: {name}: {len(text):,} characters are more than the {LONGEST_LINE:,} a field takes")
    return _LINE_ENDS.sub(" ", text)


def words_after_name(name: str, typed: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return `words` without those at their beginning that go on with a name typed without quotes.

    "Mei" and "Tanaka likes jazz" are Mei Tanaka and "likes jazz".
    """
    whole, begun = folded_words(name), folded_words(typed)
    rest = whole[len(begun) :]
    goes_on = whole[: len(begun)] == begun and [folded_words(word) for word in words[: len(rest)]] == [
        [part] for part in rest
    ]
    return words[len(rest) :] if goes_on else words


def typed_text(words: Sequence[str], refusal: str, name: str, what: str = "say what to write") -> str:
    """Return the text that words on the command line make, or that of standard input if they are "-".

    Ends with a sentence if there is none, or too much of it.
    """
    text = read_input(refusal) if tuple(words) == (_STANDARD_INPUT,) else " ".join(words)
    text = visible(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST_TEXT:
        fail(f"{refusal}: {name}: {len(text):,} characters are more than the {LONGEST_TEXT:,} it takes")
    if not text:
        fail(f"{refusal}: {name}: there is nothing in it: {what}")
    return text


def namesake_id(services: Services, name: str, by_id: str, refusal: str) -> str:
    """Return the id of the one contact of that name besides who named them; empty without one.

    If there are several, it ends with a sentence that names them.
    """
    from warmcall.presentation.acts import person_words

    known = [person for person in services.address_book.people_called(name) if person.id != by_id]
    if len(known) > 1:
        who = "; ".join(person_words(services, person) for person in known[:CANDIDATES])
        fail(f"{refusal}: {quoted(name)} could be {who}: give more of the name, or --new for somebody else")
    return known[0].id if known else ""


def read_input(refusal: str, most: int = 4 * LONGEST_TEXT) -> str:
    """Return what comes on standard input, of at most so many bytes, or end with a sentence."""
    data = sys.stdin.buffer.read(most + 1) if sys.stdin is not None else b""
    if len(data) > most:
        fail(f"{refusal}: standard input has more than {most:,} bytes: give it in parts")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{refusal}: standard input is not UTF-8: convert it first, as with iconv -t UTF-8")


def _shape(services: Services, record: AnyRecord) -> msgspec.Struct | None:
    """Return a record as programs read it; None if it is of no kind that they are shown."""
    from warmcall.domain.records import Advice, Attempt, Contact, Interview, Opening, Profile, Target
    from warmcall.presentation import json_shapes as shapes

    store = services.store
    match record:
        case Contact():
            return shapes.person_json(services, record)
        case FollowUp():
            return shapes.follow_up_json(store, services.time, record)
        case Attempt():
            return shapes.attempt_json(store, record)
        case Interview():
            return shapes.interview_json(store, services.time, record)
        case Opening():
            return shapes.opening_json(store, record)
        case Advice():
            return shapes.advice_json(store, record)
        case Profile():
            return shapes.profile_json(record, record.minutes)
        case Target():
            return shapes.target_json(record, record == store.target)
        case _:
            return None
