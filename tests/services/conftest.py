"""People and a meeting for the tests of services, unless a module has its own of that name."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import Mode

from tests.conftest import Bench
from tests.examples import local


@pytest.fixture
def dana(bench: Bench) -> Contact:
    bench.services.profile_editing.save(
        {"name": "Robin Vale", "phone": "+1 312 555 0118", "role": "Media Planner"}
    )
    return bench.services.address_book.add(
        {"name": "Dana Whitfield", "kind": "connector", "email": "dana@example.org"}
    )


@pytest.fixture
def mei(bench: Bench, dana: Contact) -> Contact:
    return bench.services.address_book.add(
        {"name": "Mei Tanaka", "referrer_id": dana.id, "email": "mei@example.com"}
    )


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


@pytest.fixture
def luis(bench: Bench) -> Contact:
    return bench.services.address_book.add(
        {"name": "Luis", "organization": "Parkway", "phone": "+1 312 555 0142", "kind": "hiring_manager"}
    )


@pytest.fixture
def meeting(bench: Bench) -> Interview:
    mei = bench.services.address_book.add({"name": "Mei"})
    arranged = bench.services.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.VIDEO, "")
    assert arranged is not None
    return arranged
