"""Editing the profile of the user and the target they aim at."""

from __future__ import annotations

from typing import Any

import msgspec

from warmcall.domain.about_me import background_clause, background_problem
from warmcall.domain.countdown import MINUTES_ASKED
from warmcall.domain.records import Contact, Profile, Target
from warmcall.domain.store import Store
from warmcall.domain.templates import profile_values, target_values
from warmcall.formats.contact_details import email_problem, phone_problem
from warmcall.services.history import History
from warmcall.services.validators import minutes_problem, plain_field, zone_problem

PROFILE_FIELDS = ("name", "background", "school", "degree", "phone", "email", "minutes", "zone")
TARGET_FIELDS = ("role", "synonyms", "industry", "place", "why", "research")


class ProfileEditing:
    """Saves the profile and the target."""

    def __init__(self, store: Store, history: History, country: str) -> None:
        self._store = store
        self._history = history
        self._country = country

    def problems(self, fields: dict[str, str]) -> dict[str, str]:
        """Return what is wrong, by field; every field may be empty."""
        found = {
            "background": background_problem(fields.get("background", "")),
            "phone": phone_problem(fields.get("phone", ""), self._country),
            "email": email_problem(fields.get("email", "")),
            "minutes": minutes_problem(fields.get("minutes", "")),
            "zone": zone_problem(fields.get("zone", "")),
        }
        return {name: what for name, what in found.items() if what}

    def fields(self) -> dict[str, str]:
        """Return the profile and the target as text fields."""
        profile, target = self._store.profile, self._store.target
        texts = {name: str(getattr(profile, name)) if profile else "" for name in PROFILE_FIELDS}
        texts |= {name: str(getattr(target, name)) if target else "" for name in TARGET_FIELDS}
        return texts

    def save(self, fields: dict[str, str]) -> None:
        """Save the given fields of profile and target as one change; the others stay as they are."""
        stamp = self._history.stamp()
        target = self._store.target or Target(**stamp)
        target_changes = {name: fields[name].strip() for name in TARGET_FIELDS if name in fields}
        target = msgspec.structs.replace(target, **target_changes)
        profile = self._store.profile or Profile(**(stamp | {"id": "profile"}))
        changes: dict[str, Any] = {
            name: plain_field(name, fields[name]) for name in PROFILE_FIELDS if name in fields
        }
        if "background" in changes:
            changes["background"] = background_clause(changes["background"])
        if "minutes" in changes:
            changes["minutes"] = int(changes["minutes"] or MINUTES_ASKED)
        profile = msgspec.structs.replace(profile, **changes, target_id=target.id)
        self._history.commit("profile and target", profile, target)

    def values(self, contact: Contact | None = None) -> dict[str, str]:
        """Return the values of profile and target for templates, by placeholder.

        The target is that which is spoken of with `contact`, without one the present one.
        """
        target = self._store.target if contact is None else self._store.target_for(contact)
        return profile_values(self._store.profile) | target_values(target)
