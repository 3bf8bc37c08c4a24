"""Where names come from: reached with one key, tried with one, and two keys to a name read in the news."""

from __future__ import annotations

from warmcall.domain.records import Contact, FollowUp, SourceNote
from warmcall.domain.vocabulary import News, Source
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.profile.screen import TargetScreen
from warmcall.screens.profile.source_letter import ReaderDialog, SourceLetterDialog
from warmcall.screens.profile.sources import SourcesScreen
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.screens.driving import app_over, driven
from tests.screens.test_pictures import EIGHTY, Compares, pressing


async def test_trying_a_way_is_one_key_and_its_words_can_be_changed(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "o")
        assert at.shows(SourcesScreen)
        await at.press("G", "e")
        assert "Nothing is noted here yet" in at.last_said
        await at.press("g", "j", "space")
        assert "today, asked the placement" in at.line_of("placement office  ")
        assert "u undoes it" in at.last_said
        await at.press("e")
        for _ in range(30):
            await at.press("backspace")
        await at.type("wrote to them")
        await at.press("enter")
        assert "Tried today, wrote to them" in at.panel("sources-detail")
        count = at.store.count(SourceNote)
        await at.press("d")
        assert at.store.count(SourceNote) == count - 1
        await at.press("u")
        assert "wrote to them" in at.panel("sources-detail")
        await at.press("Y", "q")
        assert at.copied[-1].startswith("Placement office · 1 person")
        assert at.shows(TargetScreen)


async def test_two_keys_lead_from_anywhere_to_a_name_read_in_the_news(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "n")
        assert at.focused == "field-notes"
        await at.type("Nora Feld joins Tern & Plover as media supervisor.")
        await at.press("enter")
        fields = {name: at.one(Line, f"field-{name}").value for name in ("name", "organization", "title")}
        assert fields == {"name": "Nora Feld", "organization": "Tern & Plover", "title": "media supervisor"}
        await at.press("enter", "enter", "enter", "enter")
        await at.type("the Business Journal")
        assert "I read in the Business Journal that you've joined Tern & Plover" in at.flat
        await at.press("ctrl+s")
        nora = at.contact("Nora Feld")
        assert (nora.source, nora.news, nora.notes) == (
            Source.BUSINESS_NEWS, News.HIRED, "Nora Feld joins Tern & Plover as media supervisor.",
        )  # fmt: skip
        assert len(at.store.of_contact(FollowUp, nora.id)) == 1
        assert "in the queue to be called" in at.last_said
        await at.press("o", "j", "j", "j", "enter")
        assert at.focused == "field-notes"
        await at.press("tab")
        await at.type("Ivo Santos")
        await at.press("shift+tab")
        await at.type("Mei Tanaka was promoted at Two Lamps.")
        await at.press("tab")
        assert at.one(Line, "field-name").value == "Ivo Santos"
        assert at.one(Line, "field-organization").value == "Two Lamps"


async def test_a_letter_to_nobody_in_people_is_edited_copied_kept_and_noted(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "o", "j", "enter")
        assert at.shows(SourceLetterDialog)
        await at.press("Y")
        assert at.copied[-1].startswith("Graduates I could ask\n\nDear ‹their name›,")
        assert any("Not ready to send" in words for words in at.said)
        await at.press("s")
        assert at.shows(SourceLetterDialog)
        await at.press("g")
        await at.type("Ms Ito")
        await at.cut_off()
        await at.press("escape", "escape", "W")
        assert at.one(MessageEditor, "editor").text.startswith("Dear Ms Ito,")
        await at.press("s")
        assert at.shows(SourcesScreen)
        assert demo.services.unfinished.all() == []
        assert "asked the placement office" in at.panel("sources-detail")
        await at.press("W", "g", "escape", "R")
        assert at.one(MessageEditor, "editor").text.startswith("Dear ‹their name›,")


async def test_a_letter_to_a_professor_in_people_is_one_like_any_other(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        await at.press("6", "o", "W")
        assert at.shows(ReaderDialog)
        await at.press("enter")
        assert at.shows(MessageDialog)
        assert at.one(MessageEditor, "editor").text.startswith("Dear Dana Whitfield,")
        await at.press("s")
        assert "today, wrote to Dana" in at.panel("sources-detail")
        await at.press("W", "j", "enter")
        assert at.shows(SourceLetterDialog)
        await at.press("q", "j", "j", "W")
        assert "There is no letter for this way" in at.last_said
        await at.press("a")
        await at.type("Ana Ruiz")
        await at.press("ctrl+s")
        ana = next(person for person in at.store.all(Contact) if person.name == "Ana Ruiz")
        assert ana.source is Source.ASSOCIATION


def test_the_sources_look_as_they_did(demo: Bench, snap_compare: Compares) -> None:
    assert snap_compare(app_over(demo), terminal_size=EIGHTY, run_before=pressing(demo, "6", "o", "space"))
