"""Answers: one question with everyone's answers, what the user says of them, and what is still unanswered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from warmcall.domain.answers import Answer, AnsweredQuestion, OpenQuestion, as_theme, matching, ordered
from warmcall.domain.records import Contact
from warmcall.domain.text_folding import span_of, terms
from warmcall.presentation import signs
from warmcall.presentation.answers import (
    card_groups,
    head,
    put_words,
    question_parts,
    still_unanswered,
    theme_words,
    who_could_say,
)
from warmcall.screens.base import BACK_KEY, GoBack
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.screens.progress.answer_dialogs import (
    SWITCH_KEY,
    DifferDialog,
    Differing,
    JoinDialog,
    ThemeDialog,
)
from warmcall.services.services import Services
from warmcall.widgets.cards import Cards
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

OPEN_COLUMNS = (Column(weight=3), Column(weight=2, at_most=24))
QUESTION_COLUMNS = (Column(1), Column(), Column(3))
_ON_ANSWERS = ("star", "theme", "theme_again", "not_to_repeat", "differ")


class AnswersPage(PersonScreen):
    """One question at a time, in a wide window beside the list of all; and what nobody has answered yet."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "question(1)", "Next question", id="answers.next",
                tooltip="The next question that somebody answered"),
        Binding("left,h", "question(-1)", "Question before", show=False, id="answers.before",
                tooltip="The question before this one"),
        Binding("plus", "put_on_list", "Onto a list", id="answers.list",
                tooltip="Put the question on the list of who could say it; again, of the next who could"),
        Binding("number_sign", "theme", "Theme", id="answers.theme",
                tooltip="Tag the answer with a theme of yours, or take the theme away"),
        Binding("full_stop", "theme_again", "Same theme", show=False, id="answers.theme_again",
                tooltip="The theme given last, on this answer too, or away again"),
        Binding("m", "differ", "They differ", id="answers.differ",
                tooltip="Say how this answer differs from another"),
        Binding("exclamation_mark", "not_to_repeat", "Not to repeat", id="answers.not_to_repeat",
                tooltip="Keep the answer out of letters, reports and exports, or no longer"),
        Binding("asterisk", "star", "Star", id="answers.star",
                tooltip="Star the answer, or remove the star: starred ones come first"),
        Binding("equals_sign", "join", "Same question", show=False, id="answers.join",
                tooltip="Say that another question is this one in other words, or take them apart"),
        Binding("slash", "find", "Find", id="answers.find", tooltip="A word, through all answers and themes"),
        Binding("n", "question(1)", "Next found", show=False, id="answers.next_found",
                tooltip="The next question in whose answers the word is"),
        Binding("N", "question(-1)", "Found before", show=False, id="answers.found_before",
                tooltip="The question before, in whose answers the word is"),
        SWITCH_KEY,
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._question_id = ""
        self._theme = ""
        self._day: date | None = None
        self._questions: list[AnsweredQuestion] = []

    def body(self) -> ComposeResult:
        """Lay out the head, the questions, the answers to one, and what is still unanswered."""
        yield Panel(id="answers-head")
        yield FilterLine("find a word in all answers", id="answers-find")
        with Vertical(id="answers-parts"):
            yield TitledPane(
                Rows(QUESTION_COLUMNS, id="questions", enter_label="Its answers"),
                title="Questions", id="answers-questions",
            )  # fmt: skip
            with TitledPane(title="Answers", id="answers-said"):
                yield Panel(id="answers-ask")
                yield Cards(id="answers")
                yield Panel(id="answers-none")
                yield Panel(id="answers-themes")
            yield TitledPane(
                Rows(OPEN_COLUMNS, id="open", enter_label="Person"),
                title=still_unanswered(self.services), id="answers-open",
            )  # fmt: skip

    def on_mount(self) -> None:
        """Begin in the answers, or without any in what is unanswered."""
        (self._cards if self.services.answers.all().questions else self._open).focus()

    def person(self) -> Contact | None:
        """Return whoever gave the answer under the cursor, or could answer the question under it."""
        wanted, answer = self._wanted(), self._answer()
        if wanted is not None:
            return self.services.store.contact(next(iter(wanted.listed), "") or wanted.next_to_ask)
        return self.services.store.contact(answer.contact_id) if answer else None

    def reload(self) -> None:
        """Show the question, its answers and what is still unanswered, as they are now."""
        self._day = self._today()
        found, typed = self.services.answers.all(), self._find.value
        fitting = matching(found.by_id.values(), typed)
        self._find.show_found(len(fitting), len(found.by_id))
        ids = {answer.id for answer in fitting}
        self._questions = [
            asked for asked in found.questions if any(answer.id in ids for answer in asked.answers)
        ]
        self._question_id = found.same.id_of(self._question_id)
        asked = self._asked()
        if asked is not None:
            self._question_id = asked.id
        self.query_one("#answers-head", Panel).show((head(self.services), "bold"))
        self._show_question(asked, ids, typed)
        themes = theme_words(found.themes)
        panel = self.query_one("#answers-themes", Panel)
        panel.display = bool(themes)
        panel.show(("Themes, yours: ", "$muted"), themes)
        self._show_open()
        if self.focused is None:
            (self._cards if found.questions else self._open).focus()
        self.refresh_bindings()

    def new_minute(self) -> None:
        """Let the words about days follow the calendar."""
        if self._day != self._today():
            self.reload()

    def on_resize(self) -> None:
        """Show the list of questions, or the heading of what is unanswered, as the window has room."""
        self.call_after_refresh(self.reload)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in _ON_ANSWERS and self._answer() is None:
            return "No answer is chosen: they come from the notes under the questions of a meeting"
        if action == "theme_again" and not self._theme:
            return self.with_keys("No theme was given yet: {answers.theme} gives one")
        if action == "differ" and len(self.services.answers.all().by_id) < 2:
            return "There is no other answer yet"
        if action == "join" and self._asked() is None:
            return "No question is answered yet"
        if action == "question" and len(self._questions) < 2:
            return "There is no other question with answers here"
        if action == "put_on_list":
            return self._why_on_no_list()
        if action == "choose" and self._wanted() is not None and self.person() is None:
            return "Nobody you know could say it yet"
        return super().disabled_reason(action)

    def on_cards_moved(self) -> None:
        """Let the keys know on what they act."""
        self.refresh_bindings()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Let the keys know on what they act."""
        self.refresh_bindings()

    def on_cards_chosen(self) -> None:
        """Open the page of whoever said it."""
        self._open_person()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the question that the list came to."""
        if event.rows.id == "questions" and event.key and event.rows.has_focus:
            self._question_id = event.key
            self.reload()
        self.refresh_bindings()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go to the answers, or open the page of who could say what is unanswered."""
        if isinstance(event, Rows.Moved):
            return
        if event.rows.id == "questions":
            self._cards.focus()
        else:
            self._open_person()

    def on_input_changed(self) -> None:
        """Find with every letter."""
        if self._find.display:
            self.reload()

    def on_input_submitted(self) -> None:
        """Go to what was found."""
        self._cards.focus()

    def on_filter_line_cleared(self) -> None:
        """Show all answers again."""
        self._stop_finding()

    def action_find(self) -> None:
        """Begin to look for a word."""
        self._find.open()

    def action_question(self, by: int) -> None:
        """Show the next question, or the one before, going round."""
        if self.blocked("question"):
            return
        ids = [asked.id for asked in self._questions]
        at = ids.index(self._question_id) if self._question_id in ids else 0
        self._question_id = ids[(at + by) % len(ids)]
        self.reload()

    def action_star(self) -> None:
        """Star the answer, or remove the star."""
        answer = self._answer()
        if not self.blocked("star") and answer:
            self.services.checklists.star(answer.interview_id, answer.question_id)

    def action_theme(self) -> None:
        """Ask for a theme, and tag the answer with it."""
        answer = self._answer()
        if self.blocked("theme") or answer is None:
            return

        def tag(typed: str | None) -> None:
            if typed and (theme := as_theme(typed)):
                self._theme = theme
                self.services.answer_marking.toggle_theme(answer.id, theme)

        self.app.push_screen(ThemeDialog(self.services, answer, self._theme), tag)

    def action_theme_again(self) -> None:
        """Tag the answer with the theme given last."""
        answer = self._answer()
        if not self.blocked("theme_again") and answer:
            self.services.answer_marking.toggle_theme(answer.id, self._theme)

    def action_not_to_repeat(self) -> None:
        """Keep the answer out of letters, reports and exports, or no longer."""
        answer = self._answer()
        if self.blocked("not_to_repeat") or answer is None:
            return
        self.services.answer_marking.toggle_not_to_repeat(answer.id)
        again = "It may be repeated again"
        self.say_undoable(again if answer.not_to_repeat else "It stays out of letters, reports and exports")

    def action_differ(self) -> None:
        """Ask from which answer this one differs, and how."""
        answer, asked = self._answer(), self._asked()
        if self.blocked("differ") or answer is None or asked is None:
            return

        def mark(differing: Differing | None) -> None:
            if differing is not None:
                self.services.answer_marking.differ(answer.id, *differing)

        same = [other for other in asked.answers if other.id != answer.id]
        self.app.push_screen(DifferDialog(self.services, answer, same), mark)

    def action_join(self) -> None:
        """Ask which question is the same in other words, and join the two, or take them apart."""
        asked = self._asked()
        if self.blocked("join") or asked is None:
            return

        def join(chosen: str | None) -> None:
            if not chosen:
                return
            if chosen in asked.others:
                self.services.answer_marking.take_apart(chosen)
                self.say_undoable("They are two questions again")
            else:
                self.services.answer_marking.join(chosen, asked.id)
                self.say_undoable("They are one question now")

        self.app.push_screen(JoinDialog(self.services, asked), join)

    def action_put_on_list(self) -> None:
        """Put the question on the list of the first who could say it."""
        if self.blocked("put_on_list"):
            return
        question_id, contact_id = self._to_put()
        contact = self.services.store.require(Contact, contact_id)
        meeting = self.services.checklists.put_on_list(contact_id, question_id)
        self.say_undoable(put_words(self.services, contact, meeting))

    def action_back(self) -> None:
        """Show all answers again while a word is looked for; else close the page."""
        if not self._stop_finding():
            self.post_message(GoBack())

    def _today(self) -> date:
        return self.services.time.calendar.day_of(self.now())

    def _stop_finding(self) -> bool:
        was_open = self._find.close()
        if was_open:
            self.reload()
            self._cards.focus()
        return was_open

    def _open_person(self) -> None:
        person = self.person()
        if person is not None:
            self.app.push_screen(PersonPage(self.services, person.id, self.TAB))

    def _show_question(self, asked: AnsweredQuestion | None, ids: set[str], typed: str) -> None:
        self._list_questions()
        for part in (self.query_one("#answers-ask"), self._cards):
            part.display = asked is not None
        nothing = self.query_one("#answers-none", Panel)
        nothing.display = asked is None
        if asked is None:
            nothing.show(*self._nothing(typed))
            return
        place = [other.id for other in self._questions].index(asked.id) + 1
        self.query_one("#answers-ask", Panel).show(*question_parts(asked, place, len(self._questions)))
        shown = ordered(answer for answer in asked.answers if answer.id in ids)
        wanted = terms(typed)

        def find(line: str) -> tuple[int, int] | None:
            return next(filter(None, (span_of(term, line) for term in wanted)), None)

        self._cards.show(card_groups(self.services, asked, shown, self.key("answers.list")), find)

    def _nothing(self, typed: str) -> list[RichPart]:
        if typed.strip():
            return [f"“{typed.strip()}” is in no answer. ", *self.with_keys("{filter.clear} shows all again")]
        return self.with_key_lines(
            "Nobody has answered anything yet: what you note under a question is an answer.",
            ("{app.interview}", "is where an interview is held"),
            ("{answers.list}", "puts a question from below on the list of who could say it"),
        )

    def _list_questions(self) -> None:
        if self.has_class("-wide"):
            listed = [
                Row(asked.id, (_star(asked), asked.ask, f"{len(asked.answers):>3}"))
                for asked in self._questions
            ]
            self.query_one("#questions", Rows).show(listed, self._question_id)

    def _show_open(self) -> None:
        rows = [
            Row(_key_of(wanted), (wanted.question.ask, (who_could_say(self.services, wanted), "$muted")))
            for wanted in self.services.answers.still_open().questions
        ]
        self._open.show(rows)
        pane = self.query_one("#answers-open", TitledPane)
        pane.rename(still_unanswered(self.services))
        pane.display = bool(rows)

    def _why_on_no_list(self) -> str:
        question_id, contact_id = self._to_put()
        if contact_id:
            return ""
        if not question_id:
            return "No question is chosen"
        if self.services.answers.listed_for(question_id):
            return "It is on the list of everybody who could say it"
        return self.with_keys("Nobody is left to ask: {app.people} {people.add} adds somebody")

    def _to_put(self) -> tuple[str, str]:
        """Return the id of the question that goes onto a list, and of whose list; empty if there is none."""
        wanted, asked = self._wanted(), self._asked()
        if wanted is not None:
            return wanted.question.id, wanted.next_to_ask
        return (asked.id, self.services.answers.to_ask_next(asked.id)) if asked else ("", "")

    def _asked(self) -> AnsweredQuestion | None:
        """Return the question shown: the one chosen, else the first; None if there is none."""
        first = next(iter(self._questions), None)
        return next((asked for asked in self._questions if asked.id == self._question_id), first)

    def _answer(self) -> Answer | None:
        """Return the answer under the cursor; None while the cursor is among what is unanswered."""
        if self._open.has_focus or not self._cards.display:
            return None
        return self.services.answers.all().by_id.get(self._cards.key)

    def _wanted(self) -> OpenQuestion | None:
        """Return what is unanswered and under the cursor; None while the keys go elsewhere."""
        if not self._open.has_focus:
            return None
        still_open = self.services.answers.still_open().questions
        return next((wanted for wanted in still_open if _key_of(wanted) == self._open.key), None)

    @property
    def _find(self) -> FilterLine:
        return self.query_one("#answers-find", FilterLine)

    @property
    def _cards(self) -> Cards:
        return self.query_one("#answers", Cards)

    @property
    def _open(self) -> Rows:
        return self.query_one("#open", Rows)


def _star(asked: AnsweredQuestion) -> tuple[str, str]:
    """Return the star of a question that has a starred answer: those come first."""
    return signs.STARRED if asked.answers[0].starred else ("", "")


def _key_of(wanted: OpenQuestion) -> str:
    """Return the key of a row: two kinds may be asked the same question."""
    return f"{wanted.kind}/{wanted.question.id}"
