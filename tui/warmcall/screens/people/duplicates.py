"""People who may be one, side by side: one key makes them one, another says that they are two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.person_merge import AnyPerson
from warmcall.presentation import duplicates as words
from warmcall.screens.base import BACK_KEY, GoBack, TabScreen
from warmcall.screens.index_preparation import IndexPreparation
from warmcall.services.duplicates import Pair
from warmcall.services.people_merging import MergeRefused
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.rows import Column, ColumnNames, LazyRows, Row, Rows
from warmcall.widgets.text_width import fit_width, truncate

COLUMNS = (
    Column(weight=3, at_most=32, name="left"),
    Column(weight=3, at_most=32, name="right"),
    Column(weight=5, min_width=50, name="why"),
)
"""Both names, and why the two may be one."""

DUPLICATES_KEY = Binding(
    "equals_sign", "duplicates", "Duplicates", show=False, id="people.duplicates",
    tooltip="People who may be one and the same, side by side",
)  # fmt: skip

_LABEL_CELLS, _SIGN_CELLS, _EDGES = 10, 3, 3
"""Cells for the names of things, for a sign between two blanks, and for the margins with the scrollbar."""

_WITH_LEGEND = 76
"""From so many columns on the meaning of the signs is said beside the reason."""

_ACTIONS = ("keep", "both", "skip")


class DuplicatesScreen(TabScreen):
    """The pairs of people who may be one, or the one pair that was chosen by hand."""

    CSS_PATH = "people.tcss"
    TAB = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "keep('left')", "Left", id="duplicates.left",
                tooltip="They are one: where both have a value, the left one's stays"),
        Binding("r", "keep('right')", "Right", id="duplicates.right",
                tooltip="They are one: where both have a value, the right one's stays"),
        Binding("b", "both", "Both", id="duplicates.both",
                tooltip="They are two different people: you are not asked about them again"),
        Binding("s", "skip", "Skip", id="duplicates.skip", tooltip="Not now: they come last"),
        BACK_KEY,
    ]  # fmt: skip

    def __init__(
        self,
        services: Services,
        chosen: tuple[str, str] | None = None,
        kept: Callable[[str], None] = lambda _id: None,
    ) -> None:
        """Show all pairs, or only the two people with the ids `chosen`.

        `kept` is called with the id of whoever is kept when two are made one.
        """
        super().__init__(services)
        self._chosen = chosen
        self._kept = kept
        self._skipped: dict[str, None] = {}
        self._pairs: dict[str, Pair] = {}
        self._seen: tuple[AnyPerson, ...] = ()
        self._shown = ""
        self._preparation = IndexPreparation(self, services.duplicates.prepare, self.reload)

    def body(self) -> ComposeResult:
        """Lay out the list of pairs, and under it the two people of the selected one."""
        yield Panel(id="duplicates-head")
        yield ColumnNames(COLUMNS, id="pair-names")
        yield Rows(COLUMNS, id="pairs", leading=2, enter_label="Read")
        yield Panel(id="pair-why")
        with Page(id="pair-page"):
            yield Panel(id="pair")
        yield Panel(id="empty")

    def on_mount(self) -> None:
        """Begin in the list; two who were chosen have none."""
        (self._rows if self._chosen is None else self._page).focus()

    def on_resize(self) -> None:
        """Use the new width for the two columns."""
        self._show_pair()

    def reload(self) -> None:
        """Show the pairs as they are now; look for them first, if that is not done yet."""
        ready = self._chosen is not None or self._preparation.ready()
        pairs = self._listed()
        if self._chosen is not None and not pairs:
            if self._pairs:
                self._pairs = {}
                self.post_message(GoBack())
            return
        self._pairs = {pair.key: pair for pair in pairs}
        self._rows.show(LazyRows(list(self._pairs), self._row))
        listed = self._rows.display = bool(pairs) and self._chosen is None
        self.query_one("#pair-names").set_class(not listed, "-unlisted")
        head = self.query_one("#duplicates-head", Panel)
        head.display = bool(pairs)
        head.show(words.head(len(pairs), self.services.duplicates.left))
        empty = self.query_one("#empty", Panel)
        empty.display = not pairs
        by_hand = self.with_key_lines(words.NOBODY, ("{person.merge}", words.ANY_TWO))
        empty.show(*(by_hand if ready else [words.LOOKING]))
        self._show_pair()
        self.refresh_bindings()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        name = action.partition("(")[0]
        if name not in _ACTIONS:
            return ""
        if self._pair is None:
            return "Nobody is left here who looks like another one"
        if name == "skip" and self._chosen is not None:
            return self.with_keys("There are only these two: {screen.leave} leaves them as they are")
        return ""

    def on_rows_moved(self) -> None:
        """Show the pair under the cursor."""
        self._show_pair()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go to the two of the pair, to read what does not fit."""
        if not isinstance(event, Rows.Moved):
            self._page.focus()

    def action_keep(self, side: str) -> None:
        """Make the two one person, with the values of one side where both have any."""
        pair = self._pair
        if self.blocked("keep") or pair is None:
            return
        winner, other = (pair.left_id, pair.right_id) if side == "left" else (pair.right_id, pair.left_id)
        following = self._following()
        try:
            done = self.services.people_merging.merge(winner, other, seen=self._seen)
        except MergeRefused as refusal:
            self.reload()
            self.say(str(refusal))
            return
        self._kept(done.kept.id)
        self._go_on(following)
        self.say_undoable(words.merged(self.services, done))

    def action_both(self) -> None:
        """Remember that they are two."""
        pair = self._pair
        if self.blocked("both") or pair is None:
            return
        following = self._following()
        try:
            self.services.people_merging.say_distinct(pair.left_id, pair.right_id)
        except MergeRefused as refusal:
            self.reload()
            self.say(str(refusal))
            return
        self._go_on(following)
        self.say_undoable("They are two people, and you are not asked again")

    def action_skip(self) -> None:
        """Put the pair last, and go on with the next."""
        pair = self._pair
        if self.blocked("skip") or pair is None:
            return
        following = self._following()
        self._skipped.pop(pair.key, None)
        self._skipped[pair.key] = None
        self._go_on(following)

    def action_back(self) -> None:
        """Go from the two of a pair back to the list, from there to where one came from."""
        if self._page.has_focus and self._rows.display:
            self._rows.focus()
        else:
            self.post_message(GoBack())

    def _listed(self) -> Sequence[Pair]:
        duplicates = self.services.duplicates
        if self._chosen is not None:
            pair = duplicates.pair_of(*self._chosen)
            distinct = self.services.people_merging.are_distinct(*self._chosen)
            return [pair] if pair is not None and not distinct else []
        pairs = duplicates.pairs()
        last = [pair for key in self._skipped for pair in pairs if pair.key == key]
        return [*(pair for pair in pairs if pair.key not in self._skipped), *last]

    def _row(self, key: str) -> Row:
        pair = self._pairs.get(key)
        return Row(key, words.pair_cells(self.services, pair) if pair is not None else ("", "", ""))

    def _following(self) -> str:
        """Return the key of the pair after the selected one; the one before it if that is the last."""
        keys = list(self._pairs)
        at = keys.index(self._rows.key) if self._rows.key in keys else 0
        return next(iter((*keys[at + 1 :], *reversed(keys[:at]))), "")

    def _go_on(self, key: str) -> None:
        self.reload()
        if key in self._pairs:
            self._rows.go(key)
        self._show_pair()

    def _show_pair(self) -> None:
        """Show the two of the selected pair side by side."""
        pair = self._pair
        people = (
            (self.services.people_merging.person(id_) for id_ in (pair.left_id, pair.right_id))
            if pair
            else ()
        )
        self._seen = tuple(person for person in people if person is not None)
        why = self.query_one("#pair-why", Panel)
        self._page.display = why.display = pair is not None
        if pair is not None and len(self._seen) == 2:
            if pair.key != self._shown:
                self._shown = pair.key
                self._page.scroll_home(animate=False)
            legend = words.LEGEND if self.size.width >= _WITH_LEGEND else ""
            why.show((words.reason(pair.why, *self._seen), "bold"), (legend, "$muted"))
            self.query_one("#pair", Panel).show(*self._columns(pair))

    def _columns(self, pair: Pair) -> list[RichPart]:
        """Return the two people in columns that fill the width."""
        width = max(self.size.width - _EDGES, 40) - _LABEL_CELLS - _SIGN_CELLS
        left, right = width // 2, width - width // 2
        keep_left, keep_right = (
            f"{self.key(id_)} keeps this" for id_ in ("duplicates.left", "duplicates.right")
        )
        parts: list[RichPart] = [
            " " * _LABEL_CELLS,
            (fit_width(keep_left, left + _SIGN_CELLS), "bold $primary"),
            (truncate(keep_right, right), "bold $primary"),
        ]
        for fact in words.side_by_side(self.services, pair):
            sign, style = (fact.sign, "") if isinstance(fact.sign, str) else fact.sign
            parts += [
                "\n",
                (fit_width(fact.label, _LABEL_CELLS), "$muted"),
                fit_width(fact.left, left),
                (f" {sign} ", style),
                truncate(fact.right, right),
            ]
        return parts

    @property
    def _pair(self) -> Pair | None:
        """The selected pair."""
        if self._chosen is not None:
            return next(iter(self._pairs.values()), None)
        return self._pairs.get(self._rows.key)

    @property
    def _page(self) -> Page:
        return self.query_one("#pair-page", Page)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#pairs", Rows)
