"""What the user says of answers and questions: each method is one change, which can be undone."""

from __future__ import annotations

from typing import Any

from warmcall.domain.answers import as_theme, difference_id, with_theme
from warmcall.domain.records import AnswerMark, Difference, JoinedQuestion, replace
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded
from warmcall.services.answers import Answers
from warmcall.services.history import History


class AnswerMarking:
    """Tags, marks and joins. A star stands on the checklist: `Checklists.star` sets it.

    A method that is given the id of an answer raises KeyError if there is no such answer.
    """

    def __init__(self, store: Store, history: History, answers: Answers) -> None:
        self._store = store
        self._history = history
        self._answers = answers

    def toggle_theme(self, id_: str, typed: str) -> None:
        """Tag an answer with a theme, or take it away; one used before keeps the words it has there.

        Nothing is done if nothing was typed.
        """
        theme = as_theme(typed)
        if not theme:
            return
        known = {folded(used): used for used, _ in self._answers.all().themes}
        theme = known.get(folded(theme), theme)
        mark = self._mark(id_)
        themes = with_theme(mark.themes, theme)
        label = f"theme {theme}" if len(themes) > len(mark.themes) else f"no theme {theme}"
        self._put(label, replace(mark, themes=themes))

    def toggle_not_to_repeat(self, id_: str) -> None:
        """Keep an answer out of letters, reports and exports, or let it be repeated again."""
        mark = self._mark(id_)
        label = "may be repeated" if mark.not_to_repeat else "not to repeat"
        self._put(label, replace(mark, not_to_repeat=not mark.not_to_repeat))

    def differ(self, one_id: str, other_id: str, how: str) -> None:
        """Say how two answers differ, on one line; with nothing said they do not differ any more.

        Raises:
            ValueError: if the two are one answer.
        """
        found = self._answers.all()
        one, other = found.by_id[one_id], found.by_id[other_id]
        if one.id == other.id:
            raise ValueError("an answer does not differ from itself")
        pair_id, words = difference_id(one.id, other.id), " ".join(how.split())
        present = self._store.get(Difference, pair_id)
        if words:
            first, second = sorted((one.id, other.id))
            pair = present or Difference(**self._stamp(pair_id), answers=(first, second))
            self._history.commit("answers that differ", replace(pair, how=words))
        elif present is not None:
            self._history.commit("answers that do not differ", removed=(present,))

    def join(self, question_id: str, same_as: str) -> None:
        """Say that a question is another in other words: all that are one with it stand under that.

        Nothing is done if the two are one already.
        """
        same = self._answers.all().same
        one, other = same.id_of(question_id), same.id_of(same_as)
        if one == other:
            return
        present = self._store.get(JoinedQuestion, one)
        joint = present or JoinedQuestion(**self._stamp(one), same_as=other)
        self._history.commit("the same question", replace(joint, same_as=other))

    def take_apart(self, question_id: str) -> None:
        """Take back that a question is another in other words; those joined to it stay with it."""
        present = self._store.get(JoinedQuestion, question_id)
        if present is not None:
            self._history.commit("not the same question", removed=(present,))

    def _mark(self, id_: str) -> AnswerMark:
        answer = self._answers.all().by_id[id_]
        return self._store.get(AnswerMark, id_) or AnswerMark(
            **self._stamp(id_), interview_id=answer.interview_id, question_id=answer.question_id
        )

    def _put(self, label: str, mark: AnswerMark) -> None:
        """Save a mark; one that says nothing is no record."""
        if mark.themes or mark.not_to_repeat:
            self._history.commit(label, mark)
        elif (present := self._store.get(AnswerMark, mark.id)) is not None:
            self._history.commit(label, removed=(present,))

    def _stamp(self, id_: str) -> dict[str, Any]:
        return self._history.stamp() | {"id": id_}
