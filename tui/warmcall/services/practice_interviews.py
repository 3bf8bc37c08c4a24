"""Practising an interview: with services over a store that is thrown away."""

from __future__ import annotations

import msgspec

from warmcall.domain import practice_interview as rules
from warmcall.domain.records import AnyRecord, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Mode
from warmcall.services.services import Services

INTERVIEW_RUNS = "An interview is running: practise when it is over"
"""Why practice is refused: its clock would hide the real one."""

_PERSON_NOTES = (
    "Made up, for practice: four years in the job, came to it from behind a shop counter.\n"
    "Answer for them aloud, or let somebody play them."
)


def practice_interview(services: Services) -> tuple[Services, Interview]:
    """Return services for practice alone, and an interview in them that is about to begin and is short.

    They have the profile, the target and the library of `services`; nothing done with them reaches
    `services`.
    """
    now, profile, target = services.time.now(), services.store.profile, services.store.target
    person = replace(services.practice_calls.person(""), id="practice", notes=_PERSON_NOTES)
    records: list[AnyRecord] = [person]
    if profile is not None:
        records.append(replace(profile, minutes=rules.MINUTES))
    if target is not None:
        records.append(target)
    library = msgspec.structs.replace(
        services.library,
        cadence=rules.short_cadence(services.library.cadence),
        banks={id_: rules.short_bank(bank) for id_, bank in services.library.banks.items()},
    )
    practice = services.for_practice(Store(records), library)
    meeting = practice.calling.plan_meeting(person, now, Mode.PHONE, "").interview
    if meeting is None:
        raise LookupError("a planned meeting has an interview")
    interview = replace(meeting, practice=True)
    practice.history.commit("practice", interview, undoable=False)
    return practice, interview
