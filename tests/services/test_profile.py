from __future__ import annotations

import pytest
from warmcall.domain.records import Profile, Target
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import only


def test_profile_and_target_are_saved_as_one_change(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": " Robin Vale ", "minutes": "25", "role": " Media Planner "})
    profile, target = only(bench.store.all(Profile)), only(bench.store.all(Target))
    assert (profile.name, profile.minutes, profile.target_id) == ("Robin Vale", 25, target.id)
    assert target.role == "Media Planner"
    assert len(bench.saved) == 1
    assert bench.services.history.undo() == "profile and target"
    assert bench.store.empty


def test_saving_again_changes_the_given_fields_alone(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner", "zone": "America/Chicago"})
    bench.services.profile_editing.save({"phone": "1", "why": "It is fun"})
    profile, target = only(bench.store.all(Profile)), only(bench.store.all(Target))
    assert (profile.name, profile.phone, profile.zone) == ("Robin", "1", "America/Chicago")
    assert (target.role, target.why) == ("Media Planner", "It is fun")


def test_saving_the_same_again_is_no_change(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner"})
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner"})
    assert len(bench.saved) == 1


@pytest.mark.parametrize(("text", "minutes"), [("", 20), ("  ", 20), (" 15 ", 15)])
def test_minutes_left_empty_are_the_usual_twenty(bench: Bench, text: str, minutes: int) -> None:
    bench.services.profile_editing.save({"minutes": text})
    assert only(bench.store.all(Profile)).minutes == minutes


def test_the_fields_are_texts(bench: Bench) -> None:
    assert set(bench.services.profile_editing.fields().values()) == {""}
    bench.services.profile_editing.save({"name": "Robin", "minutes": "25", "place": "Chicago"})
    fields = bench.services.profile_editing.fields()
    assert (fields["name"], fields["minutes"], fields["place"], fields["why"]) == (
        "Robin",
        "25",
        "Chicago",
        "",
    )
    bench.services.profile_editing.save(fields)
    assert len(bench.saved) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"name": "", "role": ""}, set()),
        ({"phone": "x", "email": "x", "minutes": "x", "zone": "x"}, {"phone", "email", "minutes", "zone"}),
        ({"phone": "+1 312 555 0118", "email": "a@b.co", "minutes": "20", "zone": "UTC"}, set()),
    ],
)
def test_what_is_wrong_is_said_by_field(services: Services, fields: dict[str, str], wrong: set[str]) -> None:
    assert set(services.profile_editing.problems(fields)) == wrong


def test_templates_get_profile_and_target(bench: Bench) -> None:
    assert bench.services.profile_editing.values() == {}
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "art director"})
    values = bench.services.profile_editing.values()
    assert (values["me.first_name"], values["target.a_role"], values["me.minutes"]) == (
        "Robin",
        "an art director",
        "twenty",
    )


def test_a_new_zone_moves_the_users_days(bench: Bench) -> None:
    bench.services.profile_editing.save({"zone": "Asia/Tokyo"})
    calendar = bench.services.time.calendar
    assert str(calendar.zone) == "Asia/Tokyo"
    assert calendar.day_of(bench.clock.now()).isoformat() == "2026-11-24"
