"""Where names come from: what was tried, what it gave, what is next, and the letter that asks for names."""

from __future__ import annotations

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, FollowUp, SourceNote
from warmcall.domain.vocabulary import FollowUpKind, Mode, News, Outcome, Source
from warmcall.services.calling import CallResult
from warmcall.services.services import Services
from warmcall.services.sources import SourceState

from tests.conftest import Bench
from tests.examples import contact, local

ALWAYS = [
    Source.PROFESSOR, Source.PLACEMENT_OFFICE, Source.ASSOCIATION, Source.BUSINESS_NEWS, Source.ALUMNI,
    Source.REFERRAL, Source.ONLINE,
]  # fmt: skip


def state(services: Services, source: Source) -> SourceState:
    found = services.sources.state(source)
    assert found is not None
    return found


def counts(services: Services, source: Source) -> tuple[int, int, int, int]:
    now = state(services, source)
    return now.people, now.asked, now.agreed, now.met


def test_every_usual_way_is_listed_and_others_once_there_is_something(services: Services) -> None:
    assert [found.source for found in services.sources.states()] == ALWAYS
    services.sources.mark_tried(Source.EVENT)
    services.address_book.add({"name": "Ana", "source": "other"})
    assert [found.source for found in services.sources.states()] == [*ALWAYS, Source.EVENT, Source.OTHER]
    services.history.undo()
    services.history.undo()
    assert [found.source for found in services.sources.states()] == ALWAYS


def test_a_way_counts_who_came_of_it_was_asked_agreed_and_was_met(bench: Bench, services: Services) -> None:
    luis, ana, _ = (
        services.address_book.add({"name": name, "source": "alumni"}) for name in ("Luis", "Ana", "Ben")
    )
    assert counts(services, Source.ALUMNI) == (3, 0, 0, 0)
    services.calling.record(ana.id, CallResult(outcome=Outcome.NO_ANSWER))
    assert counts(services, Source.ALUMNI) == (3, 0, 0, 0)
    services.calling.record(ana.id, CallResult(outcome=Outcome.DECLINED))
    assert counts(services, Source.ALUMNI) == (3, 1, 0, 0)
    meeting = services.interviewing.arrange(luis.id, local("2026-11-24 10:00"), Mode.PHONE, "")
    assert meeting is not None
    assert counts(services, Source.ALUMNI) == (3, 2, 1, 0)
    bench.clock.move_to(local("2026-11-24 10:00"))
    services.interviewing.start(meeting.id)
    services.interviewing.end(meeting.id)
    assert counts(services, Source.ALUMNI) == (3, 2, 1, 1)


def test_what_is_next_follows_from_what_was_tried_and_what_it_gave(services: Services) -> None:
    services.profile_editing.save({"school": "Lake Arden College", "role": "Media Planner"})
    advice = services.library.sources[Source.PLACEMENT_OFFICE]
    first = "Write to the placement office of Lake Arden College, and ask for two graduates who work as"
    assert state(services, Source.PLACEMENT_OFFICE).next == f"{first} a Media Planner."
    services.sources.mark_tried(Source.PLACEMENT_OFFICE)
    assert state(services, Source.PLACEMENT_OFFICE).next == advice.again
    services.address_book.add({"name": "Ana", "source": "placement_office"})
    assert state(services, Source.PLACEMENT_OFFICE).next == advice.more


def test_a_sentence_says_which_fact_is_missing(services: Services) -> None:
    assert "‹your industry›" in state(services, Source.ASSOCIATION).next


def test_what_was_tried_is_noted_changed_deleted_and_undone(bench: Bench, services: Services) -> None:
    services.sources.mark_tried(Source.PROFESSOR)
    bench.clock.forward(days=1)
    services.sources.mark_tried(Source.PROFESSOR, " wrote to Dana ")
    latest, earlier = state(services, Source.PROFESSOR).tried
    assert (latest.what, earlier.what) == ("wrote to Dana", "asked a professor")
    services.sources.edit_note(latest.note_id, "called Dana")
    services.sources.delete_note(earlier.note_id)
    assert [tried.what for tried in state(services, Source.PROFESSOR).tried] == ["called Dana"]
    for _ in range(4):
        services.history.undo()
    assert bench.store.count(SourceNote) == 0


@pytest.mark.parametrize(
    ("source", "title", "can_be_asked"),
    [
        (Source.PROFESSOR, "Professor of Marketing", True),
        (Source.PROFESSOR, "Senior Lecturer, Media", True),
        (Source.PROFESSOR, "Profession Coach", False),
        (Source.PLACEMENT_OFFICE, "Director, Career Services", True),
        (Source.PLACEMENT_OFFICE, "Media Planner", False),
        (Source.ALUMNI, "Professor", False),
    ],
)
def test_who_can_be_asked_for_names_is_known_by_the_title(
    library: Library, source: Source, title: str, can_be_asked: bool
) -> None:
    assert library.sources[source].is_asked_of(contact(title=title)) is can_be_asked


def test_a_letter_for_names_goes_to_whoever_is_in_people_like_any_other(
    bench: Bench, services: Services
) -> None:
    services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    dana = services.address_book.add({"name": "Dana Whitfield", "title": "Professor of Marketing"})
    assert services.sources.recipients(Source.PROFESSOR) == [dana]
    assert services.sources.recipients(Source.PLACEMENT_OFFICE) == []
    template = services.sources.letter(Source.PROFESSOR)
    assert template is not None
    assert [choice.template for choice in services.drafting.letters_for(dana)] == [template]
    owed = services.following_up.add_letter(dana.id, template)
    draft = services.drafting.draft(owed)
    assert draft.body.startswith("Dear Dana Whitfield,")
    assert state(services, Source.PROFESSOR).tried == ()
    assert services.following_up.sent(owed.id, draft.subject, draft.body) == ""
    (tried,) = state(services, Source.PROFESSOR).tried
    assert (tried.reader, tried.note_id) == (bench.store.contact(dana.id), "")


def test_without_anybody_in_people_the_letter_has_one_gap_for_its_reader(services: Services) -> None:
    services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    for source in (Source.PROFESSOR, Source.PLACEMENT_OFFICE):
        draft = services.sources.draft(source)
        assert draft.gaps == ("contact.name",)
        assert "Robin Vale" in draft.body
    assert services.sources.letter(Source.ALUMNI) is None
    assert services.sources.draft(Source.ALUMNI).body == ""


def test_a_name_read_in_the_news_is_a_contact_with_a_call(bench: Bench, services: Services) -> None:
    read = {
        "name": "Nora Feld", "organization": "Tern & Plover", "title": "Media Supervisor", "news": "promoted",
        "found": "the Lakeshore Business Journal", "why": "started as a buyer there",
        "notes": "Nora Feld, a buyer since 2019, is now media supervisor.",
    }  # fmt: skip
    nora = services.sources.add_from_news(read)
    kept = bench.store.require(Contact, nora.id)
    assert (kept.source, kept.news, kept.found) == (
        Source.BUSINESS_NEWS, News.PROMOTED, "the Lakeshore Business Journal",
    )  # fmt: skip
    assert (kept.why, kept.notes) == (read["why"], read["notes"])
    (call,) = bench.store.of_contact(FollowUp, nora.id)
    assert call.kind is FollowUpKind.CALL
    values = services.drafting.ask_values(kept)
    assert values["contact.connection"] == "I read in the Lakeshore Business Journal of your promotion"
