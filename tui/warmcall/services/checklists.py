"""The checklist of an interview: choosing its questions from the banks, and changing the list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import msgspec

from warmcall.config.library import Library
from warmcall.domain.answers import SameQuestions, question_words
from warmcall.domain.cadence import Cadence
from warmcall.domain.question_bank import (
    Bank,
    Occasion,
    Offer,
    Question,
    Talk,
    as_checklist_question,
    choose,
    not_chosen,
    occasions,
    proposals,
    with_questions,
)
from warmcall.domain.records import Attempt, ChecklistQuestion, Contact, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.templates import has_gap
from warmcall.domain.vocabulary import ContactKind, Mode, QuestionState
from warmcall.services.answers import Answers
from warmcall.services.history import History
from warmcall.services.meetings import planned as planned_meetings

SET_ASIDE = "set aside"
"""What stands for the id of a set with the questions of an interview that are set aside."""


class Checklists:
    """Chooses questions for a meeting, and changes its list; each method that changes it is one change.

    A method that is given an interview's id raises KeyError if there is no such interview.
    """

    def __init__(self, store: Store, history: History, library: Library, answers: Answers) -> None:
        self._store = store
        self._history = history
        self._library = library
        self._answers = answers

    @property
    def cadence(self) -> Cadence:
        """The figures: how few and how many questions are reasonable."""
        return self._library.cadence

    def first_choice(self, contact: Contact, mode: Mode, minutes: int) -> tuple[ChecklistQuestion, ...]:
        """Return the checklist to begin with for a talk with `contact` of so many minutes.

        It is empty if their kind has no bank. Of the questions that are not core, those are preferred that
        nobody of that kind has answered yet for their target; those of the sets for what is special about the
        talk come besides, and so do those the user has put on their list.
        """
        bank = self._library.bank_for(contact.kind)
        if bank is None:
            return ()
        target = self._store.target_for(contact)
        count = self._counting((contact.kind,), target.id if target else "")
        fewest, most = self.cadence.questions_min, self.cadence.questions_max
        talk = self._talk(contact, mode, minutes)
        sets = [found for found in self._library.sets_for(contact.kind) if found.when in talk.occasions]

        def answered(question: Question) -> bool:
            return count(question.id) > 0

        chosen = choose(bank, fewest, most, answered, sets, talk)
        return with_questions(chosen, self._wanted(contact))

    def shortened(self, interview: Interview, contact: Contact, minutes: int) -> Interview:
        """Return `interview`, not started, with the questions of a talk of so few `minutes`.

        Those that are on its list already keep the user's words; the rest of the list is set aside.
        """
        words = {question.id: question.ask for question in interview.checklist}
        chosen = tuple(
            msgspec.structs.replace(question, ask=words.get(question.id, question.ask))
            for question in self.first_choice(contact, interview.mode, minutes)
        )
        ids = {question.id for question in chosen}
        rest = tuple(question for question in interview.checklist if question.id not in ids)
        return replace(interview, checklist=chosen, set_aside=rest, current="")

    def offers(self, interview: Interview) -> list[Offer]:
        """Return the questions that can be added to the checklist of `interview`, in the order to offer them.

        First come those set aside for a short talk, then the sets for what is special about the talk, and the
        one for an email if they were sent its questions; then the rest of the bank and the user's own
        questions from other interviews, unanswered ones first; last the other sets. Of those that are one in
        other words only the first is offered, and none that is on the checklist so.
        """
        contact = self._store.contact(interview.contact_id)
        if contact is None:
            return []
        count = self._counting(tuple(ContactKind), self._store.target_id_of(interview, contact))
        talk = self._talk(contact, interview.mode, interview.countdown.minutes, interview.id)
        bank = self._library.bank_for(contact.kind)
        sets = self._library.sets_for(contact.kind)
        fitting = {*talk.occasions, *([Occasion.BY_EMAIL] if self._was_sent_questions(contact) else ())}

        def offers_of(bank: Bank | None, set_id: str = "", set_title: str = "") -> Iterator[Offer]:
            for raw in not_chosen(bank, interview.checklist) if bank else ():
                question = as_checklist_question(raw, talk.proposals)
                yield Offer(question, count(raw.id), False, set_id, set_title)

        aside = [
            Offer(question, count(question.id), False, SET_ASIDE, "Set aside from your list")
            for question in interview.set_aside
        ]
        usual = list(offers_of(bank))
        usual += [
            Offer(question, count(question.id), own=True) for question in self._own_questions(interview)
        ]
        usual.sort(key=lambda offer: (offer.answered > 0, has_gap(offer.question.ask)))
        special = [offer for found in sets if found.when in fitting
                   for offer in offers_of(found, found.id, found.title)]  # fmt: skip
        rest = [offer for found in sets if found.when not in fitting
                for offer in offers_of(found, found.id, found.title)]  # fmt: skip
        same, found = self._answers.all().same, list[Offer]()
        known = {key for question in interview.checklist for key in _keys(question, same)}
        for offer in (*aside, *special, *usual, *rest):
            if not known & (keys := _keys(offer.question, same)):
                found.append(offer)
                known |= keys
        return found

    def warning(self, interview: Interview) -> str:
        """Return a warning about the number of questions, empty if it is fine."""
        return self.warning_for(len(interview.checklist))

    def warning_for(self, count: int) -> str:
        """Return a warning about that many questions, empty if the number is fine."""
        if count < self.cadence.questions_min:
            return f"{count} questions: fewer than {self.cadence.questions_min} may leave time empty"
        if count > self.cadence.questions_max:
            return f"{count} questions: more than {self.cadence.questions_max} seldom fit"
        return ""

    def mark(self, interview_id: str, question_id: str, state: QuestionState) -> None:
        """Mark a question asked, skipped or open again; one that was asked stays so instead of skipped."""
        interview = self._store.require(Interview, interview_id)
        asked = any(
            question.id == question_id and question.state is QuestionState.ASKED
            for question in interview.checklist
        )
        if asked and state is QuestionState.SKIPPED:
            return
        self._question(interview_id, question_id, f"{state}", state=state)

    def star(self, interview_id: str, question_id: str) -> None:
        """Star an answer worth thanking for, or remove the star."""
        interview = self._store.require(Interview, interview_id)
        starred = any(question.id == question_id and question.starred for question in interview.checklist)
        self._question(interview_id, question_id, "star", starred=not starred)

    def add_questions(
        self, interview_id: str, questions: Sequence[ChecklistQuestion], after: str = ""
    ) -> None:
        """Put questions on the checklist, in their order: after the one with the id `after`, else before the
        close.

        One for the close goes to its end, the referral question last; one that is there already is left out.
        """
        interview = self._store.require(Interview, interview_id)
        listed = with_questions(interview.checklist, questions, after)
        added = len(listed) - len(interview.checklist)
        label = "add a question" if added == 1 else f"add {added} questions"
        self._put(label, interview, checklist=listed)

    def put_on_list(self, contact_id: str, question_id: str) -> Interview | None:
        """Put a question on the list of the next meeting with a contact; return that meeting.

        Where none is planned it is kept for the one that will be, and None is returned. It comes before the
        close, not asked yet.

        Raises:
            KeyError: if there is no such contact.
        """
        contact = self._store.require(Contact, contact_id)
        question = self._answers.to_be_asked(question_id)
        coming = (talk for talk in planned_meetings(self._store) if talk.contact_id == contact_id)
        planned = next(coming, None)
        label = f"ask {contact.name}: {question.ask}"
        if planned is None:
            to_ask = with_questions(contact.to_ask, (question,))
            self._history.commit(label, replace(contact, to_ask=to_ask))
        else:
            self._put(label, planned, checklist=with_questions(planned.checklist, (question,)))
        return planned

    def own_question(self, ask: str) -> ChecklistQuestion:
        """Return a question of the user's own, not on any checklist yet."""
        return ChecklistQuestion(id=str(self._history.stamp()["id"]), ask=ask.strip())

    def reword(self, interview_id: str, question_id: str, ask: str) -> None:
        """Change the words of a question."""
        self._question(interview_id, question_id, "edit a question", ask=ask.strip())

    def move(self, interview_id: str, question_id: str, by: int) -> None:
        """Move a question up (negative) or down the checklist."""
        interview = self._store.require(Interview, interview_id)
        listed = list(interview.checklist)
        at = next((at for at, question in enumerate(listed) if question.id == question_id), None)
        if at is not None and 0 <= at + by < len(listed):
            listed.insert(at + by, listed.pop(at))
            self._put("move a question", interview, checklist=tuple(listed))

    def drop(self, interview_id: str, question_id: str) -> None:
        """Remove a question from the checklist; what was written under it stays in the file.

        A meeting that was at it goes to the one after it, or to the last.
        """
        interview = self._store.require(Interview, interview_id)
        ids = [question.id for question in interview.checklist]
        kept = tuple(question for question in interview.checklist if question.id != question_id)
        current = interview.current
        if question_id in ids and current == question_id:
            current = (kept[min(ids.index(question_id), len(kept) - 1)].id) if kept else ""
        self._put("drop a question", interview, checklist=kept, current=current)

    def _question(self, interview_id: str, question_id: str, label: str, **changes: object) -> None:
        interview = self._store.require(Interview, interview_id)
        checklist = tuple(
            msgspec.structs.replace(question, **changes) if question.id == question_id else question
            for question in interview.checklist
        )
        self._put(label, interview, checklist=checklist)

    def _put(self, label: str, interview: Interview, **changes: object) -> None:
        self._history.commit(label, replace(interview, **changes))

    def _talk(self, contact: Contact, mode: Mode, minutes: int, interview_id: str = "") -> Talk:
        """Return what is known of a talk with `contact`, the interview of that id, if there is one yet."""
        meetings = [
            meeting
            for meeting in self._store.of_contact(Interview, contact.id)
            if meeting.ended_at is not None and not meeting.practice and meeting.id != interview_id
        ]
        last = max(meetings, key=lambda meeting: meeting.began_at, default=None)
        profile, target = self._store.profile, self._store.target_for(contact)
        abroad = bool(profile) and is_abroad(contact.phone, profile.phone if profile else "")
        return Talk(
            minutes,
            self.cadence.close_minutes,
            occasions(
                contact, mode, minutes, last is not None, abroad, self._is_career_changer(interview_id)
            ),
            proposals(contact, target, self._answers.repeatable(last) if last else None),
        )

    def _is_career_changer(self, interview_id: str) -> bool:
        """Return whether the user has put a question for career changers on the list of another meeting."""
        ids = {
            question.id
            for bank in self._library.banks.values()
            if bank.when is Occasion.CAREER_CHANGER
            for question in bank.questions
        }
        meetings = (meeting for meeting in self._store.all(Interview) if meeting.id != interview_id)
        return any(question.id in ids for meeting in meetings for question in meeting.checklist)

    def _was_sent_questions(self, contact: Contact) -> bool:
        """Return whether a letter with the first question for an email was sent to `contact`."""
        asked = self._library.email_questions(contact.kind)[:1]
        attempts = self._store.of_contact(Attempt, contact.id)
        return any(question.ask in attempt.body for question in asked for attempt in attempts)

    def _wanted(self, contact: Contact) -> list[ChecklistQuestion]:
        """Return what the user has put on the list of `contact`, and was on that of no meeting held since."""
        held = (talk for talk in self._store.of_contact(Interview, contact.id) if talk.was_held)
        asked = {question.id for talk in held for question in talk.checklist}
        return [question for question in contact.to_ask if question.id not in asked]

    def _counting(self, kinds: Collection[ContactKind], target_id: str) -> Callable[[str], int]:
        """Return what counts how many people of those kinds have answered a question for that target."""
        people, same = self._answers.people_answering(kinds, target_id), self._answers.all().same
        return lambda question_id: sum(same.id_of(question_id) in answered for answered in people)

    def _own_questions(self, interview: Interview) -> Iterator[ChecklistQuestion]:
        """Yield the user's own questions from other interviews as open ones, those of the newest first."""
        banked = {question.id for bank in self._library.banks.values() for question in bank.questions}
        known = banked | {question.id for question in interview.checklist}
        others = (other for other in self._store.all(Interview) if other.id != interview.id)
        for other in sorted(others, key=lambda interview: interview.at, reverse=True):
            for question in other.checklist:
                if question.id not in known and not question.in_close:
                    known.add(question.id)
                    yield ChecklistQuestion(id=question.id, ask=question.ask, minutes=question.minutes)


def _keys(question: ChecklistQuestion, same: SameQuestions) -> set[tuple[str, str]]:
    """Return by what a question is known again: its words, and which question it is."""
    return {("words", question_words(question.ask)), ("id", same.id_of(question.id))}


_UNITED_STATES = frozenset(("AS", "GU", "MP", "PR", "VI"))
"""Territories in which an American needs no papers to work, with numbers of their own."""


def is_abroad(phone: str, own_phone: str) -> bool:
    """Return whether two international numbers ("+…") are of different countries; False if either is none.

    Canada and the United States share a code, and the number says which of them it is.
    """
    if not (phone.startswith("+") and own_phone.startswith("+")):
        return False
    import phonenumbers

    try:
        numbers = [phonenumbers.parse(number) for number in (phone, own_phone)]
    except phonenumbers.NumberParseException:
        return False
    found = [phonenumbers.region_code_for_number(number) for number in numbers]
    regions = {"US" if region in _UNITED_STATES else region for region in found}
    return len({number.country_code for number in numbers}) > 1 or (None not in regions and len(regions) > 1)
