"""The form of a contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from warmcall.domain.records import Contact
from warmcall.domain.text_folding import folded_words
from warmcall.domain.vocabulary import ContactKind, News, Source
from warmcall.presentation import own_words
from warmcall.presentation.captures import PERMISSION_CHOICES
from warmcall.presentation.wording import KIND, SOURCE, work
from warmcall.screens.forms import FormDialog, Values, zone_field
from warmcall.screens.people.here_already import address_here, name_here, number_here, prepare_names
from warmcall.screens.people.same_person import settle_who
from warmcall.screens.places.organization_form import organization_field
from warmcall.services.address_book import new_referrer, referrer_to_add
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.picker import Match, MatchSource, Picker

KIND_CHOICES = tuple((kind.value, f"{kind.replace('_', ' ')}: {KIND[kind]}") for kind in ContactKind)
NEWS_CHOICES = ((News.OTHER.value, "–"), (News.PROMOTED.value, "promoted"), (News.HIRED.value, "hired"))
_SOURCE_CHOICES = tuple((source.value, SOURCE[source]) for source in Source)


class ContactForm(FormDialog):
    """The fields of a contact, whose source becomes a referral when a referrer is chosen."""

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Make the source a referral when a referrer is picked."""
        if event.picker.id == "field-referrer_id" and "source" in self.values:
            self._form.choose("source", Source.REFERRAL)


def contact_form(
    services: Services,
    contact: Contact | None = None,
    first: str = "name",
    only: Sequence[str] = (),
    known: Mapping[str, str] = MappingProxyType({}),
) -> FormDialog:
    """Return the form of `contact`, or of a new one with the values `known`.

    It begins in the field `first`, and has all fields, or `only` those named.
    """
    store, own_id = services.store, contact.id if contact else ""
    referrer_deleted = (
        contact and contact.source is Source.REFERRAL and store.contact(contact.referrer_id) is None
    )

    def find(words: str, limit: int) -> list[Match]:
        found = services.search.people_named(words, limit, exclude=own_id)
        matches = [Match(other.id, other.name, work(other)) for other in found]
        names = [*(other.name for other in found), contact.name if contact else ""]
        if folded_words(words) not in [folded_words(name) for name in names]:
            matches.append(Match(referrer_to_add(words), words, "new: will be added too", only_chosen=True))
        return matches

    def name_of(contact_id: str) -> str:
        found = store.contact(contact_id)
        return found.name if found else new_referrer(contact_id)

    def check(values: Values) -> dict[str, str]:
        problems = services.address_book.problems(values)
        if referrer_deleted and not values.get("referrer_id"):
            # The other fields of a referral can be saved although its referrer was deleted.
            problems.pop("referrer_id", None)
        return problems

    def how_found(values: Mapping[str, str]) -> str:
        referrer_id = values.get("referrer_id", "")
        new = new_referrer(referrer_id)
        referrer = own_words.called(new) if new else store.contact(referrer_id)
        return own_words.how_found(values, referrer, store.profile)

    fields: tuple[Field, ...] = (
        Field("name", "Name", sentence=own_words.greeting, remark=name_here(services, exclude=own_id)),
        Field("kind", "Who they are", choices=KIND_CHOICES),
        organization_field(services, "Organization"),
        Field("title", "Title"),
        Field("phone", "Phone", "+1 312 555 0142", remark=number_here(services, own_id)),
        Field("email", "Email", remark=address_here(services, own_id)),
        zone_field("Their zone", "Chicago, if you know it"),
        Field("source", "Name came from", choices=_SOURCE_CHOICES, sentence=how_found),
        Field(
            "referrer_id",
            "Referred by",
            "nobody; type a name, known or new",
            match_source=MatchSource(find, name_of),
            sentence=how_found,
        ),
        Field("may_use_name", "Use their name", choices=PERMISSION_CHOICES, sentence=how_found),
        Field("found", "Where exactly", "the Lakeshore Media Club", sentence=how_found),
        Field("news", "News of them", choices=NEWS_CHOICES, sentence=how_found),
        Field("notes", "Notes", lines=2),
        Field("goes_by", "Goes by", "if not the first name", sentence=own_words.greeting),
        Field("why", "Because you", "run a small agency", sentence=own_words.because),
    )
    fields = tuple(field for field in fields if not only or field.name in only)
    values = {"kind": ContactKind.PRACTITIONER.value, "source": Source.OTHER.value, **known}
    if contact is not None:
        values = {field.name: str(getattr(contact, field.name)) for field in fields}
    title = f"Edit {contact.name}" if contact else "A new contact"
    settle = None if contact else settle_who(services)
    return ContactForm(
        services, title, fields, values, check, first=first, about=own_id, settle=settle,
        prepare=prepare_names(services),
    )  # fmt: skip
