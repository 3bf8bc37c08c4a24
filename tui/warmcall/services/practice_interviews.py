"""Rehearsing: an interview with nobody, at the services over a store that is thrown away."""

from __future__ import annotations

import msgspec

from warmcall.domain import practice_interview as rules
from warmcall.domain.records import AnyRecord, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Mode
from warmcall.services.services import Services

INTERVIEW_RUNS = "An interview is running: practise when it is over"
"""Why practice is refused: its clock would hide the real one."""

_CARD = (
    "Made up, for practice: four years in the job, came to it from behind a shop counter.\n"
    "Answer for them aloud, or let somebody play them."
)


def practice_interview(services: Services) -> tuple[Services, Interview]:
    """Return services of its own with an interview about to begin, on the short clock.

    It knows the profile, the target and the library of `services`; nothing done at it reaches `services`.
    """
    now, profile, target = services.time.now(), services.store.profile, services.store.target
    person = replace(services.practice_calls.person(""), id="practice", notes=_CARD)
    known: list[AnyRecord] = [person]
    if profile is not None:
        known.append(replace(profile, minutes=rules.MINUTES))
    if target is not None:
        known.append(target)
    banks = {id_: rules.quick(bank) for id_, bank in services.library.banks.items()}
    library = msgspec.structs.replace(
        services.library, cadence=rules.short(services.library.cadence), banks=banks
    )
    aside = services.for_practice(Store(known), library)
    meeting = aside.calling.plan_meeting(person, now, Mode.PHONE, "").interview
    if meeting is None:
        raise LookupError("a meeting has an interview")
    practised = replace(meeting, practice=True)
    aside.history.commit("practice", practised, undoable=False)
    return aside, practised
