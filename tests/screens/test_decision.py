from __future__ import annotations

from warmcall.domain.records import Decision, Evidence, FollowUp, Requirement
from warmcall.domain.vocabulary import TargetVerdict
from warmcall.screens.forms import FormDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.profile.screen import TargetScreen
from warmcall.screens.progress.decision import DecisionPage
from warmcall.screens.progress.evidence_dialog import EvidenceDialog

from tests.conftest import Bench
from tests.screens.driving import driven


async def test_a_decision_from_the_first_sentence_to_the_letters(demo: Bench) -> None:
    for kind in (Requirement, Evidence, Decision):
        demo.services.history.commit("begin anew", removed=tuple(demo.store.all(kind)))
    async with driven(demo) as at:
        await at.press("6", "d")
        assert at.shows(DecisionPage)
        assert "What must be true for this job to be right" in at.flat
        await at.press("plus")
        assert at.last_said.startswith("Nothing must be true yet: a adds")
        await at.press("a")
        await at.type("I like what fills the days")
        await at.press("enter", "tab")
        assert at.last_said.startswith("Nothing was said of it yet")
        await at.press("plus")
        assert at.shows(EvidenceDialog)
        await at.type("clients calm")
        await at.press("enter")
        assert "Isaac ★" in at.line_of("▸I like what fills")
        await at.press("minus")
        await at.type("one day in ten")
        await at.press("enter")
        assert "Priya" in at.line_of("▸I like what fills")
        assert at.last_said.startswith("Priya is against it")
        await at.press("enter", "j")
        assert "“Mornings go on checking" in at.flat
        await at.press("e")
        assert at.shows(FormDialog)
        await at.press("x", "ctrl+s")
        assert "these are not their words" in at.flat
        await at.press("backspace", "ctrl+s")
        await at.press("d")
        assert at.last_said.startswith("The answer is taken away")
        assert "Priya" not in at.line_of("▸I like what fills")
        await at.press("u", "enter")
        assert at.shows(PersonPage)
        await at.press("q", "q", "D")
        assert at.last_said.startswith("Only a go or a no is for letters")
        await at.press("v", "g", "enter")
        await at.type("I like revising")
        assert "“I've decided to go for the work of a Media Planner, because I like revising.”" in at.flat
        await at.press("ctrl+s")
        decision = demo.services.deciding.state().decision
        assert decision is not None
        assert (decision.verdict, decision.why) == (TargetVerdict.GO, "I like revising")
        helpers = {contact.id for contact in demo.services.drafting.helpers()}
        await at.press("D")
        letters = [owed for owed in at.store.all(FollowUp) if owed.letter.startswith("decided")]
        assert {owed.contact_id for owed in letters} == helpers
        await at.press("D")
        assert at.last_said.startswith("Everybody who helped has that letter")
        await at.press("q")
        assert at.shows(TargetScreen)
