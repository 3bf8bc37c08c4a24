"""People and a meeting for the tests of services, unless a module has its own of that name."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, Interview

from tests.conftest import Bench


@pytest.fixture
def dana(bench: Bench) -> Contact:
    bench.services.profile_editing.save(
        {"name": "Robin Vale", "phone": "+1 312 555 0118", "role": "Media Planner"}
    )
    return bench.services.address_book.add({"name": "Dana Whitfield", "kind": "connector"})


@pytest.fixture
def mei(bench: Bench, dana: Contact) -> Contact:
    return bench.services.address_book.add({"name": "Mei Tanaka", "referrer_id": dana.id})


@pytest.fixture
def met(bench: Bench, mei: Contact) -> Interview:
    """A meeting that ended on Monday at 9:20, with one starred answer."""
    started = bench.services.interviewing.start_now(mei.id)
    assert started is not None
    first = started.checklist[0].id
    bench.services.interview_notes.write(started.id, first, "start at a small agency.")
    bench.services.checklists.star(started.id, first)
    bench.clock.forward(minutes=20)
    bench.services.interviewing.end(started.id)
    return started
