"""Reading events and cards back, whoever wrote them, and comparing them by what they say."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.records import Contact
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.formats.address_book_files import CARDS, card_items
from warmcall.formats.content_lines import LARGEST_SEQUENCE, FolderItem, FoundItem, ItemKind, found_items
from warmcall.formats.icalendar import EVENTS, calendar_items

from tests.examples import CALENDAR, LUIS, NOW, contact, contacts, follow_up, interview, only
from tests.profiles import modest

EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a@warmcall
DTSTAMP:20261123T150000Z
SEQUENCE:7
SUMMARY:Call Luis\\, then Ana: soon
DTSTART;VALUE=DATE:20261124
DESCRIPTION:A long text that was cut into
  two lines\\nand more
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT5M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


LATER = NOW + timedelta(days=1)


def of_events(text: str) -> list[FoundItem]:
    return found_items(text.encode(), EVENTS)


def test_an_item_is_read_with_what_identifies_it() -> None:
    item = only(of_events(EVENT))
    assert (item.uid, item.label, item.sequence) == ("a@warmcall", "Call Luis, then Ana: soon", 7)
    assert item.revised == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert (item.written, item.is_as_written) == ("", False)


SAME = [
    ("\n", "\r\n"), ("into\n ", "in\n to"), ("Luis\\,", "Luis,"), ("\\nand", "\\Nand"),
    ("SUMMARY", "summary"), ("VALUE=DATE", 'value="DATE"'), ("SEQUENCE:7", "SEQUENCE:x\nX-LASTACK:1"),
    ("20261123T150000Z", "soon"), ("UID:a@warmcall\nDTSTAMP", "X-A:\nUID:a@warmcall\nDTSTAMP"),
    ("BEGIN:VCALENDAR\n", "BEGIN:VCALENDAR\nPRODID:x\n"), ("TRIGGER", "ACKNOWLEDGED:x\nTRIGGER"),
]  # fmt: skip
OTHER = [
    ("soon", "later"), ("20261124", "20261125"), ("VALUE=DATE", "VALUE=DATE-TIME"), ("PT5M", "PT6M"),
    ("ACTION", "LOCATION:x\nACTION"), ("END:VEVENT", "RRULE:FREQ=DAILY\nEND:VEVENT"),
    ("BEGIN:VALARM", "BEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM\nBEGIN:VALARM"),
]  # fmt: skip


def test_how_programs_write_it_makes_no_difference_and_what_it_says_makes_one() -> None:
    fingerprint = only(of_events(EVENT)).fingerprint
    for changes, is_same in ((SAME, True), (OTHER, False)):
        for old, new in changes:
            assert old in EVENT
            found = only(of_events(EVENT.replace(old, new)))
            assert (found.fingerprint == fingerprint) is is_same, (old, new)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"warmcall",
        b"BEGIN:VEVENT",
        b"END:VEVENT",
        b"BEGIN:A\nEND:B",
        b"UID:x",
        b"BEGIN:A\n" * 99,
    ],
)
def test_what_breaks_the_grammar_holds_no_item(data: bytes) -> None:
    assert found_items(data, EVENTS) == []


def revised(item: FolderItem, kind: ItemKind, by: FoundItem) -> FoundItem:
    return only(found_items(item.render(by), kind))


@modest
@given(contacts, st.text(max_size=80), st.integers(0, LARGEST_SEQUENCE))
def test_every_item_is_read_back_as_it_was_written_and_follows_the_one_it_replaces(
    person: Contact, text: str, sequence: int
) -> None:
    store = Store(
        [
            person,
            contact(id="mei", name=text, notes=text),
            interview(contact_id="mei", place=text),
            follow_up(FollowUpKind.OTHER, contact_id=person.id, note=text),
        ]
    )
    for kind, items in (
        (CARDS, card_items(store)),
        (EVENTS, calendar_items(store, LATER, CALENDAR, notes=True)),
    ):
        assert len({item.uid for item in items}) == len(items) == 2
        for item in items:
            content = item.render(None)
            found = only(found_items(content, kind))
            assert kind.is_ours(found.uid)
            assert (found.uid, found.fingerprint) == (item.uid, item.fingerprint)
            assert found.is_as_written
            assert {sign for sign in content.decode() if unicodedata.category(sign) == "Cc"} == {"\r", "\n"}
            assert item.render(found) == content
            later = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - timedelta(seconds=sequence)
            other = FoundItem(item.uid, "", "other", revised=later, sequence=sequence)
            after = revised(item, kind, other)
            assert after.revised == later + timedelta(seconds=1 if sequence else 0)
            assert after.sequence in ((LARGEST_SEQUENCE,) if kind is EVENTS else (0,))


def test_a_change_is_dated_when_it_was_made_and_one_over_the_change_of_others_now() -> None:
    item = only(calendar_items(Store([LUIS, follow_up(FollowUpKind.CALL)]), LATER, CALENDAR))
    before = FoundItem(item.uid, "", "before", "before", NOW - timedelta(days=9), 41)
    theirs = FoundItem(item.uid, "", "theirs", "before", NOW - timedelta(days=9), 41)
    assert [revised(item, EVENTS, by).revised for by in (before, theirs)] == [NOW, LATER]
    assert [revised(item, EVENTS, by).sequence for by in (before, theirs)] == [42, 24 * 3600]


def test_a_card_that_an_address_book_saved_again_says_the_same() -> None:
    item = only(card_items(Store([contact(id="mei", name="Mei Tanaka, Jr.", title="Editor")])))
    begin, *lines, end = item.render(None).decode().split("\r\n")[:-1]
    saved = [line for line in sorted(lines) if not line.startswith("REV")]
    khard = "\n".join([begin, *saved, "REV:20261130T211841Z", "X-KIND:individual", end, ""])
    assert only(found_items(khard.encode(), CARDS)).is_as_written
    assert not only(found_items(khard.replace("Editor", "Writer").encode(), CARDS)).is_as_written
