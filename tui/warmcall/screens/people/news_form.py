"""Somebody read of in the business news: the form, and adding them with a call in the queue."""

from __future__ import annotations

from collections.abc import Mapping

from warmcall.domain.vocabulary import News, Source
from warmcall.presentation import own_words
from warmcall.presentation.person import added as added_words
from warmcall.screens.base import View
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.contact_form import NEWS_CHOICES
from warmcall.screens.people.same_person import settle_who
from warmcall.services.services import Services
from warmcall.widgets.form import Field

_SOURCE = {"source": Source.BUSINESS_NEWS.value, "referrer_id": ""}
"""The fields that the form does not ask for."""


def news_form(services: Services) -> FormDialog:
    """Return the form, which begins in the name, and says how the call will begin."""

    def how_found(values: Mapping[str, str]) -> str:
        return own_words.how_found({**values, **_SOURCE}, None, services.store.profile)

    def check(values: Values) -> Mapping[str, str]:
        return services.address_book.problems(values)

    fields = (
        Field("name", "Name", sentence=how_found),
        Field("organization", "Organization", sentence=how_found),
        Field("title", "New title"),
        Field("news", "They were", choices=NEWS_CHOICES, sentence=how_found),
        Field("found", "Where read", "the Lakeshore Business Journal", sentence=how_found),
        Field("notes", "The sentence", lines=2),
        Field("why", "Because you", "started as an assistant planner there", sentence=own_words.because),
    )
    known = {"news": News.PROMOTED.value}
    return FormDialog(
        services, "Read in the news", fields, known, check, settle=settle_who(services),
        intro="Copy the sentence as you read it; it stands in the notes when you call.",
    )  # fmt: skip


def add_from_news(view: View) -> None:
    """Ask on `view` for somebody read of in the news, and add them with a call in the queue."""

    def add(values: Values | None) -> None:
        if values:
            person = view.services.sources.add_from_news(values)
            view.say_undoable(added_words(person, {**values, **_SOURCE}))

    view.app.push_screen(news_form(view.services), add)
