"""A written ask: the text kept so far or the filled template, its length, and what could be better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmcall.domain.message import MessageTemplate, draft
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import Channel
from warmcall.presentation.call import one_ask_at_a_time
from warmcall.presentation.counts import words_and_characters
from warmcall.services.services import Services

if TYPE_CHECKING:
    from warmcall.domain.lint import Remark


class WrittenAsk:
    """An email or a short message to one person, asking for their time."""

    def __init__(self, services: Services, person: Contact, template: MessageTemplate) -> None:
        self._services = services
        self._person = person
        self._template = template
        self._channel = Channel(template.channel.value)
        self.key = f"{person.id} {template.id}"

    def draft(self) -> tuple[str | None, str]:
        """Return subject and text: those kept, else the filled template. A short message has no subject."""
        kept = self._services.pending_attempts.pending(self._person.id, self._channel)
        shown = kept if kept and kept.body else draft(self._template, self._values())
        return (shown.subject if self._template.subject else None), shown.body

    def save(self, subject: str, body: str) -> None:
        """Keep what was written, unless it is only what the template gives."""
        drafted_subject, drafted_body = self.draft()
        if (subject, body) != (drafted_subject or "", drafted_body):
            self._services.pending_attempts.write(self._person.id, self._channel, subject, body)

    def length(self, body: str) -> str:
        """Return how long `body` is, in words: "64 words · 371 characters"."""
        return words_and_characters(body)

    def review(self, subject: str, body: str) -> tuple[Remark, ...]:
        """Return what could be better before it is sent, the serious first."""
        remarks = self._services.drafting.review_ask(self._person, self._template, subject, body)
        other_ask = self._services.calling.active_ask(self._person)
        if other_ask is None:
            return remarks
        from warmcall.domain.lint import Remark

        return (Remark(one_ask_at_a_time(self._services, other_ask), True), *remarks)

    def _values(self) -> dict[str, str]:
        return self._services.drafting.ask_values(self._person)
