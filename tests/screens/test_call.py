from __future__ import annotations

from datetime import date

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Attempt, Contact, FollowUp, Opening, PoolPerson, replace
from warmcall.domain.script import REPLY_LETTERS, Reply, Script, Step
from warmcall.domain.vocabulary import Channel, ContactKind, FollowUpKind, Outcome, Source
from warmcall.screens.call.asking import Ask
from warmcall.screens.call.facts import FactsDialog
from warmcall.screens.call.outcome import OutcomeDialog
from warmcall.screens.forms import FormDialog
from warmcall.screens.message.dialog import MessageDialog
from warmcall.widgets.call_panel import SayBox
from warmcall.widgets.figures import Figures
from warmcall.widgets.form import Area
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import change, local, only, when
from tests.screens.driving import Driver, driven

REASSURANCE = "I'd thought so, and that's fine."


async def test_the_script_is_filled_and_says_how_long_it_takes(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        assert at.lines[1:4] == [
            " Mei Tanaka · Media Planner, Northgate Agency",
            " +1 312 555 0142 · phone · 10:00 there, 09:00 here",
            " first try",
        ]
        assert "Hello Mei, this is Robin Vale. Have I caught you at a bad moment?" in at.flat
        assert "14 words · 6 s" in at.text
        assert "y  No, go on" in at.text
        assert "v  (voicemail) beep" in at.text
        await at.press("y")
        assert "I'm a graduate in history who ran a shop, and I'm thinking of becoming" in at.flat
        assert "y  Sure, when?" in at.text


async def test_replies_lead_on_and_the_arrow_leads_back_step_by_step(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "left")
        assert at.last_said == "This is the first step"
        await at.press("b")
        assert "first thing or late in the day?" in at.flat
        await at.press("w", "h")
        assert REASSURANCE in at.flat
        await at.press("left")
        assert "If it doesn't suit you, just say so." in at.flat
        await at.press("left", "left")
        assert "Hello Mei, this is Robin Vale." in at.flat


async def test_a_letter_no_reply_has_does_nothing(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        before = at.text
        for letter in sorted(REPLY_LETTERS - set("ybwsedpav")):
            await at.press(letter)
        assert at.text == before


async def test_a_beep_leads_into_the_voicemail_script(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "v")
        assert at.lines[2] == " +1 312 555 0142 · voicemail · 10:00 there, 09:00 here"
        assert at.flat.count("+1 312 555 0118") == 2
        assert "o v  if it ends here: voicemail" in at.text


async def test_tab_goes_through_voicemail_email_and_message_and_round_to_the_call(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        seen = []
        for _ in range(6):
            seen.append(at.lines[2].strip().removesuffix(" · 10:00 there, 09:00 here"))
            await at.press("tab")
        assert seen == [
            "+1 312 555 0142 · phone",
            "+1 312 555 0142 · voicemail",
            "mei@example.com · email",
            "mei@example.com · email",
            "+1 312 555 0142 · message",
            "+1 312 555 0142 · phone",
        ]


async def test_what_is_written_shows_its_length_and_is_copied_whole(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "Y", "tab", "tab")
        assert "Ask by email" in at.text
        assert "Learning about your work" in at.text
        assert " characters " in at.text
        assert "o e  if it ends here: sent" in at.text
        await at.press("Y", "tab", "tab", "Y")
        number, email, message = at.copied
        assert number == "+1 312 555 0142"
        assert email.startswith("Learning about your work\n\nDear Mei,\n\n")
        assert message.startswith("Hello Mei. ")
        assert len(message) <= known.services.library.cadence.note_characters


async def test_a_gap_stands_out_and_e_opens_the_form_in_its_field(bench: Bench) -> None:
    bench.services.address_book.add({"name": "Mei Tanaka", "phone": "+1 312 555 0142"})
    async with driven(bench) as at:
        await at.press("enter")
        assert "‹your name›" in at.text
        await at.press("E")
        assert at.focused == "field-name"
        assert "You and the job you aim at" in at.text
        await at.type("Robin Vale")
        await at.press("ctrl+s")
        assert "this is Robin Vale" in at.flat
        await at.press("y")
        assert "‹the role you aim at›" in at.flat
        await at.press("E")
        assert at.focused == "field-role"
        await at.type("Media Planner")
        await at.press("ctrl+s", "E")
        assert at.last_said == "Nothing is missing here"


async def test_a_missing_number_is_a_gap_of_the_contact(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    known.services.address_book.edit(mei.id, {"phone": "", "email": ""})
    async with driven(known, keymap={"call.fill": ("X",)}) as at:
        await at.press("enter")
        assert at.lines[2] == " no number or email (X) · phone · 10:00 there, 09:00 here"
        await at.press("Y")
        assert at.last_said == "There is no number yet: X adds it"
        assert at.copied == []
        await at.press("X")
        assert at.focused == "field-phone"
        await at.type("+1 312 555 0199")
        await at.press("ctrl+s")
        assert at.lines[2].startswith(" +1 312 555 0199 · phone")


async def test_a_note_is_kept_with_the_attempt_that_ends_the_call(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "n")
        assert at.focused == "field-note"
        await at.type("Rang for a long time")
        await at.press("ctrl+s")
        assert at.lines[4] == " note  Rang for a long time"
        await at.press("n")
        assert at.one(Area, "field-note").text == "Rang for a long time"
        await at.press("escape")
        await at.forward(minutes=3)
        await at.press("o", "n")
        attempt = only(at.store.all(Attempt))
        assert (attempt.note, attempt.at) == ("Rang for a long time", local("2026-11-23 09:03"))


async def test_the_step_of_a_call_is_still_there_after_another_screen(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "y", "h", "2", "3")
        assert REASSURANCE in at.flat


async def test_the_third_screen_by_itself_is_on_the_next_call_of_the_queue(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "3")
        assert at.lines[1].startswith(" Maximiliana Konstantinidou-Featherstonehaugh · ")
        assert at.lines[3].startswith(" try 3 · no answer Wed 18 Nov: try a")


async def test_keys_without_anybody_to_call_say_why_they_do_nothing(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "6", "3")
        for key in ("o", "n", "Y", "left", "tab", "E"):
            at.said.clear()
            await at.press(key)
            assert "No calls due." in at.text
            assert at.last_said == "No calls due: 2 goes to People, c there calls", key


async def test_their_local_time_is_shown_and_a_bad_hour_is_marked(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Luis Ortega").id)
        await at.press("c")
        assert at.lines[2:4] == [
            " +1 312 555 0142 · phone · 08:00 there, 09:00 here · outside working hours",
            " try 2 · voicemail left Wed 18 Nov: try an afternoon · named by Dana Whitfield",
        ]
        await at.at(local("2026-11-23 10:00"))
        assert "09:00 there, 10:00 here" in at.text
        assert "outside working hours" not in at.text


async def test_a_script_longer_than_its_place_says_so_and_moves_with_j_and_k(demo: Bench) -> None:
    async with driven(demo, size=(50, 14)) as at:
        await at.press("6", "3", "y")
        assert "on a day that suits you?" not in at.flat
        assert "▾ more · 60 words" in at.text
        await at.type("jjjjjj")
        assert "you?" in at.text
        assert "▾ more · 60 words" not in at.text
        await at.press(*"kkkkkk")
        assert "I'm a recent marketing graduate" in at.flat
        assert "▾ more · 60 words" in at.text


async def test_in_a_low_window_every_step_is_whole_with_its_replies_under_one_line_about_the_person(
    demo: Bench,
) -> None:
    async with driven(demo, size=(60, 20)) as at:
        await at.press("6", "3")
        assert at.lines[1].startswith(" Maximiliana")
        await at.press("y")
        assert at.lines[1].startswith(" +1 312 555 0194 · Maximiliana")
        for words in ("on a day that suits you?", "What you look for"):
            assert words in at.flat
            assert at.one(SayBox, "say").max_scroll_y == 0
            assert "d  No, thanks" in at.text
            await at.press("a")


async def test_a_person_deleted_meanwhile_gives_way_to_the_next_to_call(known: Bench) -> None:
    luis = known.services.address_book.add({"name": "Luis Ortega"})
    async with driven(known) as at:
        await at.press("enter")
        assert at.lines[1].startswith(" Mei Tanaka")
        known.services.address_book.delete(at.contact("Mei Tanaka").id)
        await at.settle()
        assert at.lines[1].startswith(" Luis Ortega")
        known.services.address_book.delete(luis.id)
        await at.settle()
        assert "No calls due." in at.text


async def test_o_asks_how_it_ended_and_leaving_records_nothing(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        for key in ("o", "q", "escape"):
            await at.press("o")
            assert at.shows(OutcomeDialog)
            await at.press(key)
            assert "[3 Call]" in at.top
            assert not at.shows(OutcomeDialog)
        assert at.store.count(Attempt) == 0


async def test_space_says_that_they_keep_the_resume_and_nobody_does_who_was_not_there(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "space", "n")
        assert at.shows(OutcomeDialog)
        assert at.store.count(Attempt) == at.store.count(Opening) == 0
        await at.press("d")
        (kept,) = at.services.openings.of_contact(at.contact("Mei Tanaka").id)
        assert kept.on_file
        await at.press("u")
        assert at.store.count(Attempt) == at.store.count(Opening) == 0


async def test_e_in_a_hiring_managers_script_is_a_reply_and_shift_e_fills(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "3", "e")
        assert not at.shows(FormDialog)
        assert "Which address is best?" in at.flat


async def test_a_reply_may_be_on_m_which_is_the_key_for_mail_where_a_text_is_written(
    known: Bench, library: Library
) -> None:
    replies = {"m": Reply("Call my manager", "thanks")}
    steps = {
        "opening": Step("Hello.", replies=replies),
        "thanks": Step("Thank you.", outcome=Outcome.REFERRED),
    }
    script = Script("ask", "Ask", None, Channel.PHONE, "opening", steps)
    bench = Bench(library.replaced(scripts={"ask": script}), store=known.store)
    async with driven(bench) as at:
        await at.press("enter")
        assert "m  Call my manager" in at.text
        await at.press("m")
        assert "Thank you." in at.text


@pytest.mark.parametrize("kind", list(ContactKind))
def test_replies_lead_to_every_step_of_a_script_and_back_again(library: Library, kind: ContactKind) -> None:
    (spoken, *_) = library.scripts_for(kind)
    walks = walks_through(spoken)
    assert set(walks) == set(spoken.steps)
    for name, letters in walks.items():
        ask = Ask(library, kind)
        for letter in letters:
            ask.reply(letter)
        assert ask.path[-1] == f"{spoken.id}/{name}"
        assert len(ask.path) == len(letters) + 1
        for _ in letters:
            ask.back()
        assert ask.at_start


def test_a_call_that_leads_to_a_voicemail_counts_as_a_voicemail(library: Library) -> None:
    ask = Ask(library, ContactKind.PRACTITIONER)
    channels = [ask.channel]
    ask.reply("v")
    ask.reply("y")
    assert [*channels, ask.channel] == [Channel.PHONE, Channel.VOICEMAIL]
    assert ask.path == ("ask-practitioner/opening", "voicemail/message")


def walks_through(script: Script) -> dict[str, str]:
    """Return the letters that lead to each step, the shortest way."""
    walks = {script.start: ""}
    waiting = [script.start]
    while waiting:
        name = waiting.pop(0)
        for letter, reply in script.steps[name].replies.items():
            if reply.go and reply.go not in walks:
                walks[reply.go] = walks[name] + letter
                waiting.append(reply.go)
    return walks


async def test_the_footer_names_what_acts_and_greys_what_cannot(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        assert at.footer.strip().startswith("o outcome  n note  Y copy  E fill gap  B more  ← back")
        grey = colour_in_footer(at, "fill gap")
        assert colour_in_footer(at, "back") == grey
        assert colour_in_footer(at, "note") != grey
        await at.press("y")
        assert colour_in_footer(at, "back") != grey


def colour_in_footer(at: Driver, words: str) -> str:
    """Return the colour in which the footer shows `words`."""
    (style,) = (segment.style for segment in at.strips[-1] if segment.text.strip() == words)
    assert style is not None
    return str(style.color)


@pytest.mark.parametrize(
    ("size", "large"), [((80, 24), False), ((60, 20), False), ((100, 29), False), ((100, 30), True)]
)
async def test_the_number_is_large_where_there_is_room_until_the_call_is_under_way(
    known: Bench, size: tuple[int, int], large: bool
) -> None:
    async with driven(known, size=size) as at:
        await at.press("enter")
        dial = at.one(Figures, "dial")
        assert dial.display is large
        assert ("  ▄  ▄█      ▀▀█" in at.text) is large
        await at.press("y")
        assert not dial.display
        await at.press("left")
        assert dial.display is large


async def test_a_number_that_is_not_all_figures_is_not_shown_large(known: Bench) -> None:
    async with driven(known, size=(120, 40)) as at:
        for phone in ("", "extension: ask for Mei", "+1 312 x 4"):
            mei = only(known.store.all(Contact))
            known.store.apply(change((mei, replace(mei, phone=phone))))
            await at.press("1", "enter")
            assert not at.one(Figures, "dial").display, phone


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((120, 40), True), ((200, 60), True)])
async def test_beside_each_reply_stand_the_first_words_of_what_is_said_next(
    demo: Bench, size: tuple[int, int], shown: bool
) -> None:
    async with driven(demo, size=size) as at:
        await at.press("6", "3")
        line = at.line_of("b  I'm busy right now")
        assert ("→ “Of course, I won't keep you." in line) is shown
        box = at.one(SayBox, "say")
        assert box.query_one("#words").size.width <= 72


async def test_the_seconds_of_a_voicemail_are_counted_while_it_is_spoken(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        assert " s of " not in at.text
        await at.press("v")
        assert " · 0 s of 35 s" in at.text
        await at.forward(seconds=12)
        assert " · 12 s of 35 s" in at.text
        await at.press("left")
        await at.forward(seconds=3)
        await at.press("v")
        assert " · 0 s of 35 s" in at.text


@pytest.mark.parametrize("size", [(80, 24), (140, 30)], ids=["below", "beside"])
async def test_tries_notes_research_and_others_there_are_in_sight(demo: Bench, size: tuple[int, int]) -> None:
    person = next(contact for contact in demo.store.all(Contact) if contact.name.startswith("Maximiliana"))
    demo.services.address_book.edit(person.id, {"organization": "Bellwether"})
    demo.services.address_book.add({"name": "Ana Ruiz", "organization": "  BELLWETHER "})
    demo.services.profile_editing.save(
        {"research": "Nothing here\nBellwether bought a studio in May\nnor here"}
    )
    async with driven(demo, size=size) as at:
        await at.press("6", "3", "b")
        for words in (
            "Wed 18 Nov 09:40 · phone: no answer", "Started as an assistant", "Also at Bellwether",
            "Ana Ruiz (new)", "Bellwether bought a studio in May",
        ):  # fmt: skip
            assert words in at.flat or words in at.text or size[1] < 30, words
        assert "nor here" not in at.text
        await at.press("B")
        assert at.shows(FactsDialog)
        assert "Bellwether bought a studio in May" in at.flat
        assert "Ana Ruiz (new)" in at.flat
        await at.press("B")
        assert not at.shows(FactsDialog)


async def test_where_nothing_is_known_the_key_for_facts_says_so(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "B")
        assert at.last_said == "Nothing is known yet: notes, attempts and research will be here"


async def test_a_saturday_there_is_shown(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        await at.at(local("2026-11-28 10:00"))
        assert "it is Saturday there" in at.text


async def test_a_resume_asked_for_is_promised_with_the_outcome_and_undone_with_it(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "y", "r", "o")
        rows = {row.key: row.texts[2] for row in at.one(Rows, "outcomes").rows}
        assert rows["scheduled"].endswith("; promise my resume today")
        assert rows["declined"] == "nothing more is planned with them; promise my resume today"
        assert rows["no_answer"] == "call tomorrow afternoon, try 2 of 5"
        before = len(known.done)
        await at.press("d")
        assert len(known.done) == before + 1
        promise = only(at.store.open_follow_ups())
        assert (promise.kind, promise.note, promise.due) == (
            FollowUpKind.PROMISE, "my resume", when("2026-11-23"),
        )  # fmt: skip
        await at.press("u")
        assert only(at.store.open_follow_ups()).kind is FollowUpKind.CALL


async def test_a_resume_promised_to_an_assistant_is_owed_although_nobody_else_answers(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "a", "r", "x", "o", "n")
        owed = {(owed.kind, owed.note) for owed in at.store.open_follow_ups()}
        assert (FollowUpKind.PROMISE, "my resume") in owed


async def test_who_asks_why_them_hears_what_is_known_of_them(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    known.services.address_book.edit(mei.id, {"why": "plan for small shops"})
    async with driven(known) as at:
        await at.press("enter", "y", "m")
        assert "Because you plan for small shops. I'd sooner hear it from" in at.flat


async def test_an_opening_heard_of_is_written_into_the_note_of_the_call(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "y", "g")
        assert "n  write it down: posting" in at.text
        await at.press("n", "ctrl+s")
        assert at.store.count(Attempt) == 0
        await at.press("n")
        await at.type("on the board of the Media Club")
        await at.press("ctrl+s", "o", "d")
        assert only(at.store.all(Attempt)).note == "posting: on the board of the Media Club"


@pytest.mark.parametrize(
    ("keys", "subject"),
    [("be", "Learning about your work"), ("bz", "Three short questions"), ("bly", None)],
)
async def test_who_asked_to_be_written_to_is_written_to_from_what_was_promised(
    known: Bench, keys: str, subject: str | None
) -> None:
    async with driven(known) as at:
        await at.press("enter", *keys, "o", "r")
        call = only(at.store.open_follow_ups())
        assert (call.kind, call.due) == (FollowUpKind.CALL, when("2026-11-23"))
        await at.press("1", "enter")
        channel = "email" if subject else "message"
        assert f" · {channel} · " in at.lines[2]
        assert (subject or "Hello Mei.") in at.text


@pytest.mark.parametrize(
    ("name", "kind", "shows"),
    [
        ("佐藤 由美", None, "A second, shorter note"),
        ("Gordon Pike", None, "Learning about your work"),
        ("Isaac Brandt", None, "We spoke in October, and what you told me has helped."),
        ("Isaac Brandt", FollowUpKind.TELL_REFERRER, "Thank you for pointing me to Priya Raman."),
        ("Isaac Brandt", FollowUpKind.CHECK_IN, "Since we last spoke"),
        ("Mei Tanaka", FollowUpKind.CONFIRM, "I look forward to our talk on Monday 23 November"),
    ],
)
async def test_somebody_with_only_an_email_is_written_to_at_once(
    demo: Bench, name: str, kind: FollowUpKind | None, shows: str
) -> None:
    person = only(found for found in demo.store.all(Contact) if found.name == name)
    demo.services.address_book.edit(person.id, {"phone": ""})
    if kind is FollowUpKind.CONFIRM:
        demo.services.following_up.add(person.id, kind, when("2026-11-23"), "")
    async with driven(demo) as at:
        await at.press("1" if kind else "2")
        rows = at.one(Rows, "queue" if kind else "people")
        rows.go(at.owed(name, kind).id if kind else person.id)
        await at.press("c")
        assert shows in at.flat
        assert at.shows(MessageDialog) == bool(kind)
        if kind is None:
            assert at.lines[2].startswith(f" {person.email} · email")


async def test_somebody_with_only_a_profile_is_written_a_message_that_says_how_they_are_connected(
    demo: Bench,
) -> None:
    history = demo.services.history
    anna = PoolPerson(
        **history.stamp(),
        name="Anna Young",
        source=Source.ONLINE,
        links=("https://www.linkedin.com/in/anna-young",),
        connected_on=date(2018, 2, 18),
    )
    history.commit("import", anna)
    demo.services.pool.choose([anna.id])
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(anna.id)
        await at.press("c")
        assert at.lines[2].startswith(" linkedin.com/in/anna-young · message")
        assert "Hello Anna. We've been connected on LinkedIn since 2018." in at.flat


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("Isaac Brandt", "Hello Isaac, it's Robin Vale. We spoke in October, and you told me to"),
        (
            "Owen Achterberg",
            "Hello Owen, it's Robin Vale. I'm calling about our talk on Thursday 26 November",
        ),
        ("Teodoro Barlow", "Hello Teo, this is Robin Vale. Priya Raman suggested I talk to you."),
    ],
)
async def test_a_call_begins_by_how_well_the_two_know_each_other(demo: Bench, name: str, begins: str) -> None:
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact(name).id)
        await at.press("c")
        assert begins in at.flat


async def test_a_call_is_for_what_it_was_opened_from_and_that_is_done_by_it(demo: Bench) -> None:
    async with driven(demo) as at:
        tell = at.owed("Isaac Brandt", FollowUpKind.TELL_REFERRER)
        await at.press("1")
        at.one(Rows, "queue").go(tell.id)
        await at.press("c")
        assert "Have you a minute? I'm only calling to thank you." in at.flat
        await at.press("y")
        assert "You pointed me to Priya Raman." in at.flat
        before = len(demo.done)
        await at.press("o", "r")
        assert len(demo.done) == before + 1
        assert at.store.require(FollowUp, tell.id).done_at == demo.clock.now()
        await at.press("u")
        assert at.store.require(FollowUp, tell.id).done_at is None


async def test_somebody_without_a_number_is_written_to_when_one_is_late_for_the_meeting(demo: Bench) -> None:
    mei = only([person for person in demo.store.all(Contact) if person.name == "Mei Tanaka"])
    demo.services.address_book.edit(mei.id, {"phone": ""})
    demo.clock.move_to(local("2026-11-23 13:50"))
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(mei.id)
        for _ in range(2):
            await at.press("c")
            assert "to mei.tanaka@example.com" in at.text
            assert "I'm running ten minutes late for our talk." in at.flat
            await at.press("escape")
        letters = [owed for owed in at.store.open_follow_ups() if owed.letter]
        assert [owed.letter for owed in letters if owed.contact_id == mei.id] == ["late-email"]
