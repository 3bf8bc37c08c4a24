"""The preparation list: what to have ready before a meeting."""

from __future__ import annotations

import msgspec

from tui.domain.vocabulary import Mode


class PreparationItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to tick off, for meetings held in one of `modes`."""

    id: str
    text: str
    modes: tuple[Mode, ...] = tuple(Mode)


def items_for(items: tuple[PreparationItem, ...], mode: Mode) -> tuple[PreparationItem, ...]:
    """Return the items that matter for a meeting held in that way."""
    return tuple(item for item in items if mode in item.modes)
