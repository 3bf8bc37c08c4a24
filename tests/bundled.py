"""Bundled files parsed once for all tests of a run: reading them is most of what a short command does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest
from warmcall.cli import launch
from warmcall.config import yaml_folders
from warmcall.config.yaml_source import read_yaml

TEXTS_AT_MOST = 500
"""How many texts are kept: all the bundled ones, beside the last of those that tests make up."""


@contextmanager
def bundled_read_once() -> Iterator[None]:
    """Let the library, and the sample data, share what was parsed from the same text; nothing changes it."""
    read = lru_cache(TEXTS_AT_MOST)(read_yaml)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_folders, "read_yaml", read)
        patch.setattr(launch, "read_yaml", read)
        yield
