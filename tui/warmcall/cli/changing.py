"""What commands that write share: services whose changes are saved when the command is through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warmcall.cli.bootstrap import build_services
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import Context, load_context, load_state
from warmcall.cli.refusals import refusing
from warmcall.domain.change import Change

if TYPE_CHECKING:
    from warmcall.services.services import Services


@contextmanager
def changing(
    source: Invocation | Context, refusal: str, must_exist: bool = True, save: bool = True
) -> Iterator[Services]:
    """Yield services over the state file; their changes are saved at the end, in one durable write.

    `refusal` begins the sentence with which the command ends if nothing can be written: "not added". If the
    command ends inside, nothing is written. A file that was named by hand has to be there, unless
    `must_exist` is false. Without `save` nothing is written: for a command that shows what it would do.
    """
    context = load_context(source) if isinstance(source, Invocation) else source
    file, loaded = load_state(context, must_exist=must_exist, to_write=save)
    if loaded.read_only and save:
        fail(f"{refusal}: {loaded.read_only}.")
    changes: list[Change] = []
    yield build_services(context, loaded, changes.append)
    if not (changes and save):
        return
    with refusing(refusal):
        file.save(changes)
    file.backups.write_waiting()
