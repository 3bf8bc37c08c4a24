"""The written ask: what was written so far or the template filled, and what is to be said of it."""

from __future__ import annotations

from warmcall.domain.asking_rules import ActiveAsk
from warmcall.domain.lint import Remark, lint
from warmcall.domain.message import MessageTemplate, Purpose
from warmcall.domain.records import Contact
from warmcall.domain.script import word_count
from warmcall.domain.vocabulary import Channel
from warmcall.presentation import wording
from warmcall.presentation.remarks import remarks
from warmcall.screens.call.asking import Ask
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart


class WrittenAsk:
    """What an email or a short message to one person says now."""

    def __init__(self, services: Services, person: Contact, asking: Ask, template: MessageTemplate) -> None:
        self._services = services
        self._person = person
        self._asking = asking
        self._template = template
        self.channel = Channel(template.channel.value)
        self.key = f"{person.id} {template.id}"
        self.has_subject = bool(template.subject)

    def draft(self) -> tuple[str | None, str]:
        """Return subject, None if there is no line for one, and words: those kept, else the template's."""
        kept = self._services.pending_attempts.pending(self._person.id, self.channel)
        if kept is not None and kept.body:
            return (kept.subject if self.has_subject else None), kept.body
        subject, text = self._asking.filled(self._services.drafting.values(self._person))
        return (subject.text if self.has_subject else None), text.text

    def keep(self, subject: str, body: str) -> None:
        """Keep what was written, unless it is only what the template says."""
        shown, words = self.draft()
        if (subject, body) != (shown or "", words):
            self._services.pending_attempts.write(self._person.id, self.channel, subject, body)

    def measure(self, body: str) -> str:
        """Return how long it is."""
        return f"{word_count(body)} words · {len(body)} characters"

    def remarks(self, subject: str, body: str) -> list[RichPart]:
        """Return what is to be said of it before it is sent."""
        values = self._services.drafting.values(self._person)
        found = lint(
            subject, body, self._template.channel, Purpose.ASK, self._services.library.cadence,
            referrer=values.get("contact.referrer", ""), connection=values.get("contact.connection", ""),
        )  # fmt: skip
        open_ask = self._services.calling.active_ask(self._person)
        if open_ask is not None:
            found = (Remark(self._one_at_a_time(open_ask), True), *found)
        return remarks(found)

    def _one_at_a_time(self, ask: ActiveAsk) -> str:
        calendar = self._services.time.calendar
        sent = wording.day(calendar.day_of(ask.sent_at), calendar.day_of(self._services.time.now()))
        return (
            f"{ask.contact.name} there was written to {sent}, and has not answered: "
            f"one at a time, so from {wording.plain_day(ask.another_from)}"
        )
