from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import only
from tui.domain.records import Profile, Target
from tui.services.desk import Desk


def test_profile_and_target_are_saved_as_one_change(made: Made) -> None:
    made.desk.targeting.save({"name": " Robin Vale ", "minutes": "25", "role": " Media Planner "})
    profile, target = only(made.book.all(Profile)), only(made.book.all(Target))
    assert (profile.name, profile.minutes, profile.target_id) == ("Robin Vale", 25, target.id)
    assert target.role == "Media Planner"
    assert len(made.saved) == 1
    assert made.desk.history.undo() == "profile and target"
    assert made.book.empty


def test_saving_again_changes_the_given_fields_alone(made: Made) -> None:
    made.desk.targeting.save({"name": "Robin", "role": "Media Planner", "zone": "America/Chicago"})
    made.desk.targeting.save({"phone": "1", "why": "It is fun"})
    profile, target = only(made.book.all(Profile)), only(made.book.all(Target))
    assert (profile.name, profile.phone, profile.zone) == ("Robin", "1", "America/Chicago")
    assert (target.role, target.why) == ("Media Planner", "It is fun")


def test_saving_the_same_again_is_no_change(made: Made) -> None:
    made.desk.targeting.save({"name": "Robin", "role": "Media Planner"})
    made.desk.targeting.save({"name": "Robin", "role": "Media Planner"})
    assert len(made.saved) == 1


@pytest.mark.parametrize(("text", "minutes"), [("", 20), ("  ", 20), (" 15 ", 15)])
def test_minutes_left_empty_are_the_usual_twenty(made: Made, text: str, minutes: int) -> None:
    made.desk.targeting.save({"minutes": text})
    assert only(made.book.all(Profile)).minutes == minutes


def test_the_fields_are_texts(made: Made) -> None:
    assert set(made.desk.targeting.fields().values()) == {""}
    made.desk.targeting.save({"name": "Robin", "minutes": "25", "place": "Chicago"})
    fields = made.desk.targeting.fields()
    assert (fields["name"], fields["minutes"], fields["place"], fields["why"]) == (
        "Robin",
        "25",
        "Chicago",
        "",
    )
    made.desk.targeting.save(fields)
    assert len(made.saved) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"name": "", "role": ""}, set()),
        ({"phone": "x", "email": "x", "minutes": "x", "zone": "x"}, {"phone", "email", "minutes", "zone"}),
        ({"phone": "+1 312 555 0118", "email": "a@b.co", "minutes": "20", "zone": "UTC"}, set()),
    ],
)
def test_what_is_wrong_is_said_by_field(desk: Desk, fields: dict[str, str], wrong: set[str]) -> None:
    assert set(desk.targeting.problems(fields)) == wrong


def test_templates_get_profile_and_target(made: Made) -> None:
    assert made.desk.targeting.values() == {}
    made.desk.targeting.save({"name": "Robin Vale", "role": "art director"})
    values = made.desk.targeting.values()
    assert (values["me.first_name"], values["target.a_role"], values["me.minutes"]) == (
        "Robin",
        "an art director",
        "twenty",
    )


def test_a_new_zone_moves_the_users_days(made: Made) -> None:
    made.desk.targeting.save({"zone": "Asia/Tokyo"})
    calendar = made.desk.time.calendar
    assert str(calendar.zone) == "Asia/Tokyo"
    assert calendar.day_of(made.clock.now()).isoformat() == "2026-11-24"
