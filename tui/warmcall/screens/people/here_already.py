"""What a form says of a name, an address or a number while it is typed: who here has it already."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from warmcall.presentation.duplicates import has_it, is_here
from warmcall.services.services import Services

Remark = Callable[[Mapping[str, str]], str]
"""Returns what is to be said of the values of a form; empty if nothing is."""


_NAMES_AT_ONCE = 1000
"""How many names are prepared at a time: some 8 ms of processor."""


def prepare_names(services: Services) -> Callable[[int], bool]:
    """Return what prepares a form to know who is here, a piece at each call, until it returns True."""
    return lambda _limit: services.here_already.prepare(_NAMES_AT_ONCE)


def name_here(services: Services, field: str = "name", exclude: str = "") -> Remark:
    """Return what says who is here of the name in `field`; `exclude` is the id of the person of the form."""

    def remark(values: Mapping[str, str]) -> str:
        organization = values.get("organization", "")
        return is_here(services, services.here_already.called(values[field], organization, exclude))

    return remark


def address_here(services: Services, exclude: str = "") -> Remark:
    """Return what says who here has the address typed."""

    def remark(values: Mapping[str, str]) -> str:
        people = services.here_already.with_address(values["email"])
        return has_it(services, [person for person in people if person.id != exclude], "address")

    return remark


def number_here(services: Services, exclude: str = "") -> Remark:
    """Return what says who here has the number typed."""

    def remark(values: Mapping[str, str]) -> str:
        people = services.here_already.with_number(values["phone"])
        return has_it(services, [person for person in people if person.id != exclude], "number")

    return remark
