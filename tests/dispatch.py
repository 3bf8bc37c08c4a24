"""Handlers of messages found once for a class: Textual looks through all its bases anew for each message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual import _callback
from textual.message import Message
from textual.message_pump import MessagePump


@contextmanager
def handlers_found_once() -> Iterator[None]:
    """Remember which classes handle which messages by name, and how many parameters a function has.

    A class whose handlers are decorated with selectors is looked at by Textual itself, as they depend on
    the message.
    """
    plans: dict[tuple[type, type, str], list[tuple[type, Any]] | None] = {}
    counts: dict[Any, int] = {}
    usual = MessagePump._get_dispatch_methods
    count_usually = _callback._count_parameters

    def handlers(self: MessagePump, method_name: str, message: Message) -> Any:
        key = (self.__class__, message.__class__, method_name)
        if key not in plans:
            plans[key] = _plan(*key)
        plan = plans[key]
        return usual(self, method_name, message) if plan is None else _bound(self, message, plan)

    def count(function: Callable[..., Any]) -> int:
        code = getattr(function, "__code__", None)
        if code is None or hasattr(function, "__wrapped__") or hasattr(function, "__signature__"):
            return count_usually(function)
        if code not in counts:
            counts[code] = count_usually(function)
        return counts[code]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MessagePump, "_get_dispatch_methods", handlers)
        patch.setattr(_callback, "_count_parameters", count)
        yield


def _plan(owner: type, kind: type, method_name: str) -> list[tuple[type, Any]] | None:
    """Return the handlers in the bases of a class, by name; None if some are decorated for that message."""
    kinds = [base for base in kind.__mro__ if issubclass(base, Message)]
    found: list[tuple[type, Any]] = []
    for base in owner.__mro__:
        decorated = base.__dict__.get("_decorated_handlers") or {}
        if any(decorated.get(each) for each in kinds):
            return None
        method = base.__dict__.get(f"_{method_name}") or base.__dict__.get(method_name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((base, method))
    return found


def _bound(owner: MessagePump, message: Message, plan: list[tuple[type, Any]]) -> Iterator[tuple[type, Any]]:
    """Give the handlers, until one of them prevents those of the bases."""
    for base, method in plan:
        if message._no_default_action:
            return
        yield base, method.__get__(owner, base)
