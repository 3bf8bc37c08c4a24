from __future__ import annotations

import pytest
from warmcall.domain.kinds_met import kind_to_ask
from warmcall.domain.vocabulary import ContactKind

DOER, MANAGER, CONNECTOR = ContactKind


@pytest.mark.parametrize(
    ("doers", "managers", "connectors", "missing"),
    [
        (0, 0, 0, None),
        (0, 0, 3, None),
        (1, 0, 0, MANAGER),
        (0, 1, 0, DOER),
        (2, 2, 0, None),
        (3, 2, 9, MANAGER),
    ],
)
def test_the_kind_met_less_often_is_missing(
    doers: int, managers: int, connectors: int, missing: ContactKind | None
) -> None:
    met = {DOER: "d" * doers, MANAGER: "m" * managers, CONNECTOR: "c" * connectors}
    assert kind_to_ask(met) is missing
