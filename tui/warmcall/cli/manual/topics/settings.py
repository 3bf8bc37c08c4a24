"""What `config.yaml` can say."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries
from warmcall.config.settings import SETTINGS


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(*((name, f"{found.about}, as in {found.example}") for name, found in SETTINGS.items()))
