"""The people: adding, editing and deleting contacts, and what can be asked about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from warmcall.domain.cadence import Cadence, FollowUpPlan, for_new_contact
from warmcall.domain.names import recognized_by
from warmcall.domain.organizations import organization_id, organization_key
from warmcall.domain.queue import due_order
from warmcall.domain.records import (
    OF_CONTACT,
    AnyRecord,
    Attempt,
    Contact,
    FollowUp,
    Interview,
    MergedPerson,
    Organization,
    PoolPerson,
    replace,
)
from warmcall.domain.sanitize import plain_line
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.targets import target_fields
from warmcall.domain.templates import contact_values
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, News, Permission, Source, Stage
from warmcall.formats.contact_details import email_problem, phone_problem
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.organization_directory import OrganizationDirectory
from warmcall.services.validators import plain_field, zone_problem

TEXT_FIELDS = (
    "name", "goes_by", "organization", "title", "phone", "email", "zone", "found", "why", "notes",
    "referrer_id",
)  # fmt: skip


_FILLED_IN = ("organization", "title", "phone", "email", "zone", "found", "why", "news", "goes_by")
"""The fields of a contact that are filled in when somebody in People is named again; notes are added to."""

_NOTED = {"phone": "Phone", "email": "Email"}
"""The fields of which a second value goes into the notes, with the word before it."""

_NEW = "+"
"""The prefix of a new referrer's name, in a field that otherwise holds the id of a contact."""


NOT_CALLED = "new: not called yet"
"""Why the first call to somebody is in the queue whom no contact named."""

SAME_AS = "same_as"
"""The field that says who a named person is: the id of somebody in People or the pool, or SOMEBODY_ELSE."""

FROM_POOL = "from_pool"
"""The field that is not empty if SAME_AS is somebody in the pool, who becomes a contact."""

SOMEBODY_ELSE = "new"
"""The value of SAME_AS for a new person, although somebody of that name is in People."""


def referrer_to_add(name: str) -> str:
    """Return what the field of a referrer holds for somebody of that name who is to be added."""
    return f"{_NEW}{plain_line(name)}"


def new_referrer(referrer_id: str) -> str:
    """Return the name of the referrer to be added; empty if the field holds an id, or nothing."""
    return referrer_id.removeprefix(_NEW).strip() if referrer_id.startswith(_NEW) else ""


class AddressBook:
    """Adds, edits and deletes contacts; each is one change. It also makes their follow-ups."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        country: str,
        directory: OrganizationDirectory,
    ) -> None:
        self._store = store
        self._directory = directory
        self._history = history
        self._time = time
        self._cadence = cadence
        self._country = country
        self._names_revision: tuple[int, ...] = ()
        self._names: dict[str, list[Contact]] | None = None

    def problems(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return what is wrong with the given fields of a contact, by field."""
        found = {
            "name": "" if plain_line(fields.get("name", "x")) else "a name is needed",
            "phone": phone_problem(fields.get("phone", ""), self._country),
            "email": email_problem(fields.get("email", "")),
            "zone": zone_problem(fields.get("zone", "")),
            "referrer_id": self._referrer_problem(fields.get("source", ""), fields.get("referrer_id", "")),
        }
        return {name: what for name, what in found.items() if what}

    def new(self, fields: Mapping[str, str], referrer: Contact | None = None) -> tuple[Contact, FollowUp]:
        """Return a new contact with `fields`, and the call owed to them; neither is in the store yet.

        `referrer` is who referred them, if that is a new contact, too.
        """
        target = self._store.target
        changes = {"target_id": target.id if target else ""} | self._values_of(fields)
        contact = Contact(**self._history.stamp(), **changes)
        referrer = referrer or self._store.contact(contact.referrer_id)
        return contact, self._first_call(contact, referrer, NOT_CALLED)

    def people_called(self, name: str) -> list[Contact]:
        """Return the contacts who are recognized by `name`, in the order they came into the store.

        To ask once is to go through all of them; asked again before any changes, an index is made.
        """
        wanted, revision = recognized_by(name)[0], self._store.revision(Contact)
        if revision != self._names_revision:
            self._names_revision, self._names = revision, None
            last = wanted.rpartition(" ")[2]
            return [
                contact
                for contact in self._store.all(Contact)
                if (last in folded(contact.name) or contact.goes_by or not contact.name.isascii())
                and wanted in recognized_by(contact.name, contact.goes_by)
            ]
        if self._names is None:
            self._names = {}
            for contact in self._store.all(Contact):
                for words in recognized_by(contact.name, contact.goes_by):
                    self._names.setdefault(words, []).append(contact)
        return list(self._names.get(wanted, ()))

    def named(
        self, fields: Mapping[str, str], referrer: Contact | None = None
    ) -> tuple[Contact, tuple[FollowUp, ...]]:
        """Return the contact whom `fields` describe, and the call owed to them; neither is in the store yet.

        It is the contact whose id is in the field SAME_AS, or who somebody of the pool with that id becomes:
        then what is not known of them yet is filled in, notes and a second number or address are added to the
        notes, and a call is owed if nothing else is, they were not met, and they did not decline. Where they
        were not tried yet, their name counts as given by the referrer. Without such a person it is a new
        contact, as `new` returns it.
        """
        given = self._values_of(fields)
        known, why = self._store.contact(fields.get(SAME_AS, "")), "added again"
        of_pool = self._store.get(PoolPerson, fields.get(SAME_AS, ""))
        if known is None and of_pool is not None:
            kind = of_pool.kind or given.get("kind", ContactKind.PRACTITIONER)
            known, why = self.contact_of(of_pool, kind), NOT_CALLED
        if known is None:
            contact, call = self.new(fields, referrer)
            return contact, (call,)
        referrer = referrer or self._store.contact(given.get("referrer_id", ""))
        changes = {
            name: value
            for name, value in given.items()
            if name in _FILLED_IN and value and not getattr(known, name)
        }
        changes["notes"] = _with_notes(known, given)
        own = self._store.of_contact
        tried = bool(own(Attempt, known.id) or own(Interview, known.id) or known.referrer_id)
        if referrer is not None and referrer.id != known.id and not tried:
            changes |= {"referrer_id": referrer.id, "source": Source.REFERRAL}
        if referrer is not None and changes.get("referrer_id", known.referrer_id) == referrer.id:
            permission = given.get("may_use_name", Permission.NOT_ASKED)
            changes |= {"may_use_name": permission} if permission else {}
        contact = replace(known, **changes)
        rests = self.stage(known.id) not in (Stage.NEW, Stage.ASKED, Stage.HELD)
        if rests or self._store.open_of_contact(known.id):
            return contact, ()
        return contact, (self._first_call(contact, referrer, why),)

    def contact_of(self, person: PoolPerson, kind: ContactKind) -> Contact:
        """Return the contact, not stored yet, that somebody in the pool becomes, with all that is known."""
        target, now = self._store.target, self._time.now()
        referrers = self.people_called(person.referrer) if person.referrer.strip() else []
        referrer = referrers[0] if len(referrers) == 1 else None
        return Contact(
            id=person.id,
            created_at=now,
            changed_at=now,
            name=person.name,
            goes_by=person.goes_by,
            kind=kind,
            organization=person.organization,
            title=person.title,
            phone=person.phone,
            email=person.email,
            zone=person.zone,
            source=Source.REFERRAL if referrer else person.source,
            found=person.found,
            news=person.news,
            why=person.why,
            referrer_id=referrer.id if referrer else "",
            may_use_name=person.may_use_name,
            notes=_notes(person, has_referrer=referrer is not None),
            connected_on=person.connected_on,
            target_id=target.id if target else "",
        )

    def _first_call(self, contact: Contact, referrer: Contact | None, otherwise: str) -> FollowUp:
        """Return the call owed to `contact`; `otherwise` is why, if no referrer named them."""
        why = f"named by {referrer.name}" if referrer else otherwise
        now, calendar = self._time.now(), self._time.calendar
        return self.follow_up(
            contact.id, for_new_contact(referrer is not None, now, self._cadence, calendar, why)
        )

    def add(self, fields: Mapping[str, str]) -> Contact:
        """Add a contact, and with them the first call to the queue, and a new referrer to People.

        With the field SAME_AS nobody is added: that contact changes as `named` says.
        """
        contact, records = self.records_for(fields)
        is_known = self._store.contact(contact.id) is not None
        self._history.commit(f"{'edit' if is_known else 'add'} {contact.name}", *records)
        return contact

    def add_all(self, people: Sequence[Mapping[str, str]]) -> list[Contact]:
        """Add several people, each as `add` does a new one, as one change; return them.

        A new referrer of the name of somebody before them in `people` is that person.
        """
        added: list[Contact] = []
        records: list[AnyRecord] = []
        by_name: dict[str, Contact] = {}
        for given in people:
            name = new_referrer(given.get("referrer_id", ""))
            referrer = by_name.get(recognized_by(name)[0]) if name else None
            known = {"referrer_id": referrer.id} if referrer is not None else {}
            fields, referrers = self._with_new_referrer({**given, **known})
            contact, call = self.new(fields, referrer or next(iter(referrers), None))
            records += [*referrers, contact, call]
            for person in (*referrers, contact):
                by_name.setdefault(recognized_by(person.name)[0], person)
            added.append(contact)
        what = f"add {added[0].name}" if len(added) == 1 else f"add {len(added)} people"
        self._history.commit(what, *records, *self.new_organizations(*added))
        return added

    def records_for(self, fields: Mapping[str, str]) -> tuple[Contact, tuple[AnyRecord, ...]]:
        """Return the contact that adding somebody with `fields` leads to, and all records it changes."""
        fields, referrers = self._with_new_referrer(fields)
        contact, calls = self.named(fields, next(iter(referrers), None))
        return contact, (*referrers, contact, *calls, *self.new_organizations(contact))

    def edit(self, contact_id: str, fields: Mapping[str, str]) -> None:
        """Change the given fields of a contact; an answer to "may I use your name?" closes the asking."""
        contact = self._store.contact(contact_id)
        if contact is not None:
            fields, referrers = self._with_new_referrer(fields)
            changed = msgspec.structs.replace(contact, **self._values_of(fields))
            answered = self.answered(contact, changed)
            places = self.new_organizations(changed)
            self._history.commit(f"edit {contact.name}", *referrers, changed, *answered, *places)

    def delete(self, contact_id: str) -> None:
        """Delete a contact with all that belongs to them, and who was merged into them."""
        contact = self._store.contact(contact_id)
        if contact is None:
            return
        belonging: list[AnyRecord] = [
            *(found for kind in OF_CONTACT for found in self._store.of_contact(kind, contact_id)),
            *self.merged_into(contact_id),
        ]
        self._history.commit(f"delete {contact.name}", removed=(*belonging, contact))

    def merged_into(self, person_id: str, known: frozenset[str] = frozenset()) -> Iterator[MergedPerson]:
        """Yield the records of those who were merged into a person, and into any of those before."""
        for record in self._store.merged_into(person_id):
            if record.id not in known:
                yield record
                original_id = str(record.original.get("id", ""))
                yield from self.merged_into(original_id, known | {record.id})

    def at_same_organization(self, contact: Contact) -> list[Contact]:
        """Return the others who work where `contact` does, by name; nobody if that is not known."""
        return self._directory.colleagues_of(contact)

    def new_organizations(self, *people: Contact) -> list[Organization]:
        """Return a new record, not in the store yet, for each organization of `people` that has none."""
        found: dict[str, Organization] = {}
        for person in people:
            key = organization_key(person.organization)
            if key and key not in found and self._directory.index.find(person.organization) is None:
                found[key] = self.new_organization(person.organization)
        return list(found.values())

    def new_organization(self, name: str) -> Organization:
        """Return a new record for an organization; it is not in the store yet.

        Its id follows from the name, unless the record of that id has another name by now.
        """
        stamp, id_ = self._history.stamp(), organization_id(name)
        if self._store.get(Organization, id_) is None:
            stamp["id"] = id_
        return Organization(**stamp, name=name)

    def stage(self, contact_id: str) -> Stage:
        """Return the stage of a contact."""
        own = self._store.of_contact
        return stage_of(own(Attempt, contact_id), own(Interview, contact_id), own(FollowUp, contact_id))

    def next_step(self, contact_id: str) -> FollowUp | None:
        """Return the follow-up of that contact that is due first, or None."""
        own = self._store.open_of_contact(contact_id)
        if len(own) < 2:  # as most people have, and there may be thousands
            return own[0] if own else None
        calendar = self._time.calendar
        return min(own, key=lambda follow_up: due_order(follow_up, calendar))

    def values(self, contact: Contact) -> dict[str, str]:
        """Return the values of a contact for templates, by placeholder."""
        return contact_values(contact, self._store.contact(contact.referrer_id), self._store.profile)

    def follow_up(self, contact_id: str, plan: FollowUpPlan, **more: Any) -> FollowUp:
        """Return a new follow-up as `plan` says, with the fields in `more`; it is not in the store yet."""
        planned = {name: getattr(plan, name) for name in plan.__struct_fields__}
        return FollowUp(**self._history.stamp(), contact_id=contact_id, **planned, **more)

    def answered(self, before: Contact, after: Contact) -> list[FollowUp]:
        """Return the follow-ups that ask for the permission which `after` has and `before` lacks, done."""
        answered = (Permission.YES, Permission.NO)
        if before.may_use_name is not Permission.ASK_LATER or after.may_use_name not in answered:
            return []
        return [
            replace(follow_up, done_at=self._time.now())
            for follow_up in self._store.open_of_contact(before.referrer_id, FollowUpKind.OTHER)
            if follow_up.about_id == before.id and not (follow_up.letter or follow_up.introduction)
        ]

    def _referrer_problem(self, source: str, referrer_id: str) -> str:
        if referrer_id and not new_referrer(referrer_id) and self._store.contact(referrer_id) is None:
            return "choose one of those listed"
        return "choose who gave you the name" if source == Source.REFERRAL and not referrer_id else ""

    def _with_new_referrer(self, fields: Mapping[str, str]) -> tuple[Mapping[str, str], list[Contact]]:
        """Return `fields` with the id of a referrer named as a new one, and that contact, not yet stored.

        Nothing is owed to them: they have done their part.
        """
        name = new_referrer(fields.get("referrer_id", ""))
        if not name:
            return fields, []
        target = self._store.target
        referrer = Contact(
            **self._history.stamp(),
            name=name,
            kind=ContactKind.CONNECTOR,
            source=Source.OTHER,
            target_id=target.id if target else "",
        )
        return {**fields, "referrer_id": referrer.id}, [referrer]

    @staticmethod
    def _values_of(fields: Mapping[str, str]) -> dict[str, Any]:
        """Return `fields`, which are texts, as the values of a contact; a referrer makes it a referral."""
        changes: dict[str, Any] = {
            name: plain_field(name, fields[name]) for name in TEXT_FIELDS if name in fields
        }
        if "kind" in fields:
            changes["kind"] = ContactKind(fields["kind"])
        if "may_use_name" in fields:
            changes["may_use_name"] = Permission(fields["may_use_name"])
        if "news" in fields:
            changes["news"] = News(fields["news"])
        if "source" in fields:
            changes["source"] = Source(fields["source"])
        if changes.get("referrer_id"):
            changes["source"] = Source.REFERRAL
        if "target_id" in fields:
            changes |= target_fields((fields["target_id"],))
        return changes


def _with_notes(known: Contact, given: Mapping[str, Any]) -> str:
    """Return the notes of `known` with those `given`, and with the given values that their fields lack."""
    lines = [given.get("notes", "").strip()]
    for name, word in _NOTED.items():
        value, present = given.get(name, ""), getattr(known, name)
        if present and value not in (present, ""):
            lines.append(f"{word}: {value}")
    new = [line for line in lines if line and line not in known.notes]
    return "\n".join([*([known.notes] if known.notes else []), *new]) if new else known.notes


def _notes(person: PoolPerson, has_referrer: bool) -> str:
    """Return the notes of the contact that `person` becomes: with what no field of a contact holds."""
    notes = person.notes.strip()
    known = folded(notes)
    lines = [link for link in person.links if folded(link) not in known]
    if person.earlier_work and folded(person.earlier_work) not in known:
        lines.append(f"before: {person.earlier_work}")
    if person.referrer and not has_referrer and folded(person.referrer) not in known:
        lines.append(f"named by {person.referrer}")
    others = (*person.emails[1:], *person.phones[1:])
    lines += [other for other in others if folded(other) not in known]
    return "\n".join([notes, *lines] if notes else lines)
