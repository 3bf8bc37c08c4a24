"""How a command ends when a file of ours cannot be read or written: with one sentence, and nothing done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from warmcall.cli.invocation import fail
from warmcall.config.safe_files import FileRefused, explanation
from warmcall.storage.errors import BadStateFile


@contextmanager
def refusing(refusal: str) -> Iterator[None]:
    """End with a sentence if a file cannot be used inside; it begins with `refusal`, such as "not merged"."""
    try:
        yield
    except BadStateFile as error:
        fail(f"{refusal}: {error}")
    except FileRefused as refused:
        fail(f"{refusal}: {refused.filename}: {refused.what}: {refused.fix}.")
    except OSError as error:
        fail(f"{refusal}: {explanation(error)}.")


@contextmanager
def nothing_done(what: str) -> Iterator[None]:
    """End with a sentence if a file cannot be used inside; it says that nothing was `what`: "written"."""
    try:
        yield
    except FileRefused as refused:
        fail(f"{refused.filename}: {refused.what}. Nothing was {what}: {refused.fix}.")
    except OSError as error:
        fail(f"{explanation(error)}. Nothing was {what}.")
