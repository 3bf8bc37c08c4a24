from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.connections import UNNAMED, connection
from warmcall.domain.records import Contact, Profile, replace
from warmcall.domain.templates import contact_values
from warmcall.domain.vocabulary import News, Permission, Source

from tests.examples import LUIS, ME, REFERRER, contact

NO_SCHOOL, SCHOOL = replace(ME, school=""), replace(ME, school="Lake Arden College")
DANA = "Dana Whitfield suggested I talk to you"


@pytest.mark.parametrize(
    ("person", "referrer", "profile", "expected"),
    [
        (LUIS, REFERRER, ME, DANA),
        (contact(source=Source.ALUMNI, found="the club"), REFERRER, ME, DANA),
        (contact(source=Source.PROFESSOR), None, ME, "One of my professors suggested I talk to you"),
        (
            contact(source=Source.PROFESSOR, found="Professor Whitfield"), None, ME,
            "Professor Whitfield, who taught me, suggested I talk to you",
        ),
        (
            contact(source=Source.PROFESSOR, title="Professor of Marketing"), None, ME,
            "I was a student of yours",
        ),
        (
            contact(source=Source.PLACEMENT_OFFICE), None, SCHOOL,
            "The careers office at Lake Arden College gave me your name",
        ),
        (contact(source=Source.PLACEMENT_OFFICE), None, NO_SCHOOL, "The careers office gave me your name"),
        (contact(source=Source.PLACEMENT_OFFICE), None, None, "The careers office gave me your name"),
        (contact(source=Source.ASSOCIATION), None, ME, "I found you through your association"),
        (
            contact(source=Source.ASSOCIATION, found="the Lakeshore Media Club"), None, ME,
            "I found you through the Lakeshore Media Club",
        ),
        (contact(source=Source.BUSINESS_NEWS), None, ME, "I read about you in the business news"),
        (
            contact(source=Source.BUSINESS_NEWS, news=News.PROMOTED, found="the Tribune"), None, ME,
            "I read in the Tribune of your promotion",
        ),
        (
            contact(source=Source.BUSINESS_NEWS, news=News.HIRED, organization="Two Lamps"), None, ME,
            "I read that you've joined Two Lamps",
        ),
        (
            contact(source=Source.BUSINESS_NEWS, news=News.HIRED, organization=""), None, ME,
            "I read of your new position",
        ),
        (
            contact(source=Source.BUSINESS_NEWS, found="the Tribune"), None, ME,
            "I read about you in the Tribune",
        ),
        (contact(source=Source.ALUMNI), None, SCHOOL, "We both went to Lake Arden College"),
        (contact(source=Source.ALUMNI), None, NO_SCHOOL, "We went to the same school"),
        (contact(source=Source.EVENT), None, ME, "We met briefly at an event"),
        (contact(source=Source.EVENT, found="the open day"), None, ME, "We met at the open day"),
        (contact(source=Source.ONLINE), None, ME, "I came across your profile"),
        (
            contact(source=Source.ONLINE, connected_on=date(2018, 2, 18), notes="www.linkedin.com/in/anna"),
            None, ME, "We've been connected on LinkedIn since 2018",
        ),
        (
            contact(source=Source.ONLINE, connected_on=date(2018, 2, 18)), None, ME,
            "We've been connected since 2018",
        ),
        (
            contact(source=Source.ONLINE, connected_on=date(2018, 2, 18), found="your talk on buses"),
            None, ME, "I heard your talk on buses",
        ),
        (
            contact(source=Source.ONLINE, found="your piece on bus shelters"), None, ME,
            "I read your piece on bus shelters",
        ),
        (
            contact(source=Source.ONLINE, found="your two talks on bus shelters"), None, ME,
            "I heard your two talks on bus shelters",
        ),
        (
            contact(source=Source.ONLINE, found="Your video on bus shelters"), None, ME,
            "I watched your video on bus shelters",
        ),
        (contact(source=Source.ONLINE, found="LinkedIn"), None, ME, "I found you through LinkedIn"),
        (
            contact(source=Source.PROFESSOR, found="my adviser Kim Lee"), None, ME,
            "My adviser Kim Lee, who taught me, suggested I talk to you",
        ),
        (
            contact(source=Source.PLACEMENT_OFFICE, found="the careers office"), None, ME,
            "The careers office gave me your name",
        ),
        (contact(source=Source.REFERRAL), None, ME, ""),
        (contact(source=Source.OTHER), None, ME, ""),
        (contact(source=Source.OTHER, found="my neighbour"), None, ME, "I found you through my neighbour"),
    ],
)  # fmt: skip
def test_the_connection_says_exactly_where_the_name_came_from(
    person: Contact, referrer: Contact | None, profile: Profile | None, expected: str
) -> None:
    assert connection(person, referrer, profile) == expected


@pytest.mark.parametrize(
    ("permission", "named", "expected"),
    [
        (Permission.NOT_ASKED, "Dana Whitfield", DANA),
        (Permission.YES, "Dana Whitfield", DANA),
        (Permission.NO, "", UNNAMED),
        (Permission.ASK_LATER, "", UNNAMED),
    ],
)
@pytest.mark.parametrize("source", [Source.REFERRAL, Source.ALUMNI, Source.OTHER])
def test_whoever_gave_the_name_is_named_only_where_they_may_be(
    permission: Permission, named: str, expected: str, source: Source
) -> None:
    values = contact_values(contact(may_use_name=permission, source=source), REFERRER, ME)
    assert (values["contact.referrer"], values["contact.connection"]) == (named, expected)
    assert values["contact.referrer_first_name"] == named.partition(" ")[0]
    assert bool(named) is any("Dana" in text for text in values.values())


@pytest.mark.parametrize("permission", list(Permission))
def test_without_a_referrer_the_permission_changes_nothing(permission: Permission) -> None:
    person = contact(source=Source.ALUMNI)
    assert connection(replace(person, may_use_name=permission), None, ME) == connection(person, None, ME)
