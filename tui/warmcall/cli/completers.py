"""What fits where a command line has a name, an id, a day or a zone: for shells that complete it.

Each function is the `shell_complete` of arguments and options. What it needs is imported when a shell asks.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from warmcall.config.paths import Paths
    from warmcall.storage.quick_look import OwedSeen, PersonSeen, QuickLook

_MOST = 200
"""How many words are offered at most: shells take long to show more, and nobody reads them."""


def people(context: click.Context, argument: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Return the names of contacts of which a word begins with what was typed.

    Of those who have a name in common it is the id, as it is if the beginning of an id was typed. Where a
    name may be typed without quotes, it is what is left of the names that begin with the words before.
    """
    from click.shell_completion import CompletionItem

    from warmcall.domain.text_folding import folded

    looked = _looked_into(context)
    if argument.nargs == -1 and (words := context.params.get(str(argument.name))):
        begun = " ".join(words)
        wanted = folded(f"{begun} {typed}")
        seen = looked.people(wanted)
        going_on = {person.name for person in seen if folded(person.name).startswith(wanted)}
        return _fewer([CompletionItem(rest) for name in sorted(going_on) if (rest := name[len(begun) + 1 :])])
    wanted = folded(typed)
    seen = looked.people(wanted)
    named = [person for person in seen if _has_word(folded(person.name), wanted)] if wanted else seen
    if named:
        common = Counter(person.name for person in seen)
        items = [
            CompletionItem(person.name, help=_work(person))
            if common[person.name] == 1
            else CompletionItem(person.id, help=", ".join(filter(None, (person.name, _work(person)))))
            for person in named
        ]
    else:
        items = [
            CompletionItem(person.id, help=", ".join(filter(None, (person.name, _work(person)))))
            for person in seen
            if person.id.casefold().startswith(wanted)
        ]
    return _fewer(sorted(items, key=lambda item: item.value.casefold()))


def follow_ups(context: click.Context, _argument: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Return the ids of what is owed that begin with what was typed, or the names of those it is owed to."""
    from click.shell_completion import CompletionItem

    from warmcall.domain.id_prefixes import short_ids
    from warmcall.domain.text_folding import folded

    looked = _looked_into(context)
    owed = looked.owed()
    names = {person.id: person.name for person in looked.people()}
    short, wanted = short_ids(item.id for item in owed), folded(typed)
    items = [
        CompletionItem(short[item.id], help=_owed_words(item, names.get(item.contact_id, "")))
        for item in owed
        if item.id.casefold().startswith(wanted)
    ]
    if wanted:
        ids = Counter(item.contact_id for item in owed)
        once = [item for item in owed if ids[item.contact_id] == 1 and item.contact_id in names]
        items += [
            CompletionItem(names[item.contact_id], help=_owed_words(item, ""))
            for item in once
            if _has_word(folded(names[item.contact_id]), wanted)
        ]
    return _fewer(items)


def days(context: click.Context, _argument: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Return the first words of days that begin with what was typed, each with the day it means."""
    from click.shell_completion import CompletionItem

    from warmcall.config.settings import read_config
    from warmcall.config.zones import machine_zone
    from warmcall.services.clock import SystemClock

    paths = _paths(context)
    zone = machine_zone(read_config(paths.config_file, paths.office_folders)[0].zone)()
    today = (context.obj.clock or SystemClock()).now().astimezone(zone).date()
    coming = [today + timedelta(days=ahead) for ahead in range(2, 8)]
    words = {"today": today, "tomorrow": today + timedelta(days=1)}
    words |= {f"{day:%A}".lower(): day for day in coming}
    words |= {"3d": today + timedelta(days=3), "1w": today + timedelta(weeks=1)}
    words |= {"2w": today + timedelta(weeks=2)}
    return [
        CompletionItem(word, help=f"{day:%a} {day.day} {day:%b}")
        for word, day in words.items()
        if word.startswith(typed.casefold())
    ]


def _looked_into(context: click.Context) -> QuickLook:
    from warmcall.storage.quick_look import QuickLook

    return QuickLook(_paths(context).state_file)


def _paths(context: click.Context) -> Paths:
    from warmcall.config.paths import user_paths

    return user_paths(context.obj.db, os.environ)


def _has_word(name: str, wanted: str) -> bool:
    """Return whether a folded name begins with the letters wanted, or a later word of it does."""
    return name.startswith(wanted) or f" {wanted}" in name


def _work(person: PersonSeen) -> str:
    return ", ".join(filter(None, (person.title, person.organization)))


def _owed_words(owed: OwedSeen, name: str) -> str:
    what = owed.note or owed.kind.replace("_", " ")
    return f"{what} {name}".strip() + f", {owed.due[:10]}"


def _fewer(items: list[CompletionItem[str]]) -> list[CompletionItem[str]]:
    """Return at most `_MOST` of the items.

    The first and the last by the alphabet stay, so that the letters which all have in common, which a shell
    types by itself, stay the same.
    """
    if len(items) <= _MOST:
        return items
    ends = [min(items, key=lambda item: item.value), max(items, key=lambda item: item.value)]
    return [*items[: _MOST - 2], *ends]


def zones(_context: click.Context, _option: click.Parameter, typed: str) -> list[str]:
    """Return the names of time zones that begin with what was typed, ignoring case."""
    from zoneinfo import available_timezones

    return sorted(name for name in available_timezones() if name.casefold().startswith(typed.casefold()))
