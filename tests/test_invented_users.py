from __future__ import annotations

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact

from tests.invented_users import USERS, bench_of, written


@pytest.mark.parametrize("user", USERS)
def test_every_person_of_an_invented_user_is_at_the_stage_written(library: Library, user: str) -> None:
    bench = bench_of(user, library)
    stages = {
        contact.name: bench.services.address_book.stage(contact.id) for contact in bench.store.all(Contact)
    }
    assert stages == {contact.name: contact.stage for contact in written(user).contacts}
