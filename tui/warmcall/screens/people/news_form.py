"""Somebody read of in the business news: the form, and adding them with a call in the queue."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events

from warmcall.domain.news_sentence import read_news
from warmcall.domain.vocabulary import Source
from warmcall.presentation import own_words
from warmcall.presentation.person import added as added_words
from warmcall.screens.base import View
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.contact_form import NEWS_CHOICES
from warmcall.screens.people.here_already import name_here
from warmcall.screens.people.same_person import settle_who
from warmcall.services.services import Services
from warmcall.widgets.form import Field

_SOURCE = {"source": Source.BUSINESS_NEWS.value, "referrer_id": ""}
"""The fields that the form does not ask for."""


class NewsForm(FormDialog):
    """Fields about somebody read of, of which the sentence proposes those that nobody filled in."""

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Read the sentence once it is left."""
        if event.widget.id == "field-notes":
            read = read_news(self.values["notes"])
            proposed = {
                "name": read.name, "organization": read.organization, "title": read.title,
                "news": read.news.value,
            }  # fmt: skip
            self._form.show({**self.values, **{name: text for name, text in proposed.items() if text}})


def news_form(services: Services) -> FormDialog:
    """Return the form, which begins in the sentence, and says how the call will begin."""

    def how_found(values: Mapping[str, str]) -> str:
        return own_words.how_found({**values, **_SOURCE}, None, services.store.profile)

    def check(values: Values) -> Mapping[str, str]:
        return services.address_book.problems(values)

    fields = (
        Field("notes", "The sentence", "as you read it"),
        Field("name", "Name", sentence=how_found, remark=name_here(services)),
        Field("organization", "Organization", sentence=how_found),
        Field("title", "New title"),
        Field("news", "They were", choices=NEWS_CHOICES, sentence=how_found),
        Field("found", "Where read", "the Lakeshore Business Journal", sentence=how_found),
        Field("why", "Because you", "started as an assistant planner there", sentence=own_words.because),
    )
    return NewsForm(
        services, "Read in the news", fields, {}, check, settle=settle_who(services),
        intro="The sentence fills in what it says, and stands in the notes when you call.",
    )  # fmt: skip


def add_from_news(view: View) -> None:
    """Ask on `view` for somebody read of in the news, and add them with a call in the queue."""

    def add(values: Values | None) -> None:
        if values:
            person = view.services.sources.add_from_news(values)
            view.say_undoable(added_words(person, {**values, **_SOURCE}))

    view.app.push_screen(news_form(view.services), add)
