"""The shortlist: out of thousands, those to ask this week and why; whoever is chosen is queued."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import shortlist as words
from warmcall.presentation import wording
from warmcall.screens.base import BACK_KEY, IMPORT_KEY, GoBack, TabScreen
from warmcall.screens.forms import Values
from warmcall.screens.index_preparation import IndexPreparation
from warmcall.screens.people.importing import ask_for_import
from warmcall.screens.profile.profile_form import profile_form
from warmcall.services.services import Services
from warmcall.services.shortlist import SLICE
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, ColumnNames, LazyRows, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

COLUMNS = (
    Column(3),
    Column(weight=5, at_most=28, name="name"),
    Column(weight=6, at_most=52, name="what they do"),
    Column(weight=6, name="why"),
)
"""Whether chosen, the name, the work, and the reasons in a few words."""

_MORE = "more who fit"
"""The key of the heading between those proposed for the week and the others."""


class ShortlistScreen(TabScreen):
    """People ranked by reasons that are shown; Space chooses, Enter puts those chosen into the queue."""

    CSS_PATH = "people.tcss"
    TAB = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose_person", "Choose", id="shortlist.choose",
                tooltip="Choose this person, or not after all"),
        Binding("x", "never", "Never", id="shortlist.never",
                tooltip="Keep this person off the shortlist; {app.undo} undoes it"),
        Binding("h", "kind", "Hires/does it", id="shortlist.kind",
                tooltip="Say whether they do the job, hire for it, or can introduce"),
        Binding("w", "weights", "Weights", id="shortlist.weights",
                tooltip="How much each reason counts; ranking.yaml holds the weights"),
        Binding("e", "words", "Words", id="shortlist.words",
                tooltip="Other words for the job, as titles have them"),
        IMPORT_KEY,
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._chosen: dict[str, None] = {}
        self._with_weights = False
        self._problem = ""
        self._preparation = IndexPreparation(self, services.shortlist.prepare, self.reload, SLICE)

    def body(self) -> ComposeResult:
        """Lay out the head, the list, and below or beside it why the one under the cursor is there."""
        with Horizontal(id="shortlist-head"):
            yield Panel(id="shortlist-title")
            yield Panel(id="shortlist-count")
        with Horizontal(id="shortlist-words"):
            yield Panel(id="shortlist-aim")
            yield Panel(id="shortlist-places")
        with Horizontal(id="shortlist-parts"):
            with TitledPane(title="To ask", id="shortlist-listed"):
                yield ColumnNames(COLUMNS)
                yield Rows(COLUMNS, id="shortlist", enter_label="Add to the queue")
            with TitledPane(title="Why", id="shortlist-why"):
                yield Panel(id="shortlist-person")
                yield Panel(id="shortlist-mix")
        yield Panel(id="empty")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._rows.focus()

    def in_view(self) -> str:
        """Return the id of the contact under the cursor; empty for somebody in the pool."""
        contact = self.services.store.contact(self._rows.key)
        return contact.id if contact else ""

    def reload(self) -> None:
        """Show who is ranked, once that is worked out."""
        ready = self._preparation.ready()
        shortlist = self.services.shortlist
        self._chosen = {id_: None for id_ in self._chosen if self._person(id_) is not None}
        keys = list(shortlist.ids)
        if 0 < (place := shortlist.proposed_end()) < len(keys):
            keys.insert(place, _MORE)
        self._rows.show(LazyRows(keys, self._row))
        problem = self._problem = words.why_empty(self.services, ready)
        for selector in ("#shortlist-parts", "#shortlist-words"):
            self.query_one(selector).display = not problem
        empty = self.query_one("#empty", Panel)
        empty.display = bool(problem)
        if problem:
            empty.show(*self.with_key_lines(problem, *self._ways_on(ready)))
        self._show("title", "Shortlist" if problem else words.head(self.services, self.size.width))
        self._show("aim", words.looked_for(self.services))
        self._show("places", words.wanted_places(self.services))
        self._show_choice()
        if not problem and self.focused is None:
            self._rows.focus()

    def on_resize(self) -> None:
        """Fit the head to the width."""
        self.call_after_refresh(self.reload)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        person = self._person(self._rows.key)
        if self._problem and action in ("choose_person", "never", "kind", "weights", "choose"):
            return self._problem
        if action in ("choose_person", "never", "kind", "weights") and person is None:
            return "There is nobody here to choose"
        if action == "never" and isinstance(person, Contact):
            return self.with_keys("This is a contact already: in People {people.delete} deletes them")
        if action == "choose_person" and person is not None and person.id not in self._chosen:
            place = self.services.shortlist.place(person.id)
            if place is not None and place.asked_id:
                return f"{words.being_asked(self.services, place)}: one person at a time"
            same = self.services.shortlist.colleague(person.id, self._chosen)
            if same is not None:
                return one_line(f"{same.name} is chosen, who works there, too: one person at a time")
        if action == "choose" and not self._chosen:
            return self.with_keys("Nobody is chosen yet: {shortlist.choose} chooses")
        return super().disabled_reason(action)

    def on_rows_moved(self) -> None:
        """Show why the person under the cursor is there."""
        self._show_choice()
        self.refresh_bindings()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Put those chosen into the queue, and say on which days they are to be called."""
        if isinstance(event, Rows.Moved) or not self._chosen or self._problem:
            return
        ranked = [id_ for id_ in self.services.shortlist.ids if id_ in self._chosen]
        chosen = self.services.pool.choose(ranked)
        self._chosen = {}
        if chosen:
            self.say_undoable(words.added(self.services, chosen))
        self.reload()

    def action_choose_person(self) -> None:
        """Choose the person under the cursor, or not after all, and go on to the next."""
        if self.blocked("choose_person"):
            return
        id_ = self._rows.key
        if id_ in self._chosen:
            del self._chosen[id_]
        else:
            self._chosen[id_] = None
        self.reload()
        self._rows.action_move(1)

    def action_never(self) -> None:
        """Keep the person under the cursor off the shortlist."""
        if self.blocked("never"):
            return
        person = self.services.pool.never(self._rows.key)
        if person is not None:
            self.say_undoable(f"{one_line(person.name)} is off the shortlist")

    def action_kind(self) -> None:
        """Say that the person does the job, hires for it, or can introduce: the next of these."""
        place = self.services.shortlist.place(self._rows.key)
        if self.blocked("kind") or place is None:
            return
        kind = self.services.pool.set_next_kind(place.id, place.kind)
        person = self._person(place.id)
        if person is not None:
            self.say_undoable(f"{one_line(person.name)} {wording.KIND[kind]}")

    def action_weights(self) -> None:
        """Show how much each reason counts, or the reasons alone."""
        if not self.blocked("weights"):
            self._with_weights = not self._with_weights
            self._show_choice()

    def action_words(self) -> None:
        """Ask for the job and other words for it."""

        def save(values: Values | None) -> None:
            if values:
                self.services.profile_editing.save(values)
                self._rows.action_first()

        first = "synonyms" if words.role(self.services) else "role"
        self.app.push_screen(profile_form(self.services, first, only=("role", "synonyms")), save)

    def action_import(self) -> None:
        """Ask for a file with people, and import it."""
        ask_for_import(self)

    def action_back(self) -> None:
        """Close the shortlist; first a message, if one is shown."""
        self.post_message(GoBack())

    def _ways_on(self, ready: bool) -> list[tuple[str, str]]:
        """Return the keys that help while the list is empty, and what they do."""
        if not words.role(self.services):
            return [("{shortlist.words}", "says which job you aim at")]
        if not ready:
            return []
        imports = ("{people.import}", wording.IMPORTS)
        other_words = ("{shortlist.words}", "adds other words for the job, as titles have them")
        return [other_words, imports] if self.services.shortlist.considered else [imports]

    def _person(self, id_: str) -> PoolPerson | Contact | None:
        return self.services.shortlist.person(id_)

    def _row(self, id_: str) -> Row:
        if id_ == _MORE:
            return Row("", ("More who fit",), heading=True)
        person, place = self._person(id_), self.services.shortlist.place(id_)
        if person is None or place is None:
            return Row(id_, ("",))
        cells = (
            words.mark(place, self._chosen),
            one_line(person.name),
            (wording.work(person), "$muted"),
            words.short_reasons(self.services, place),
        )
        return Row(id_, cells, style="dim" if place.asked_id else "")

    def _show_choice(self) -> None:
        """Show who is chosen, and why the person under the cursor is on the list."""
        place = self.services.shortlist.place(self._rows.key)
        parts = words.explanation(self.services, place, self._with_weights) if place else [""]
        self.query_one("#shortlist-person", Panel).show(*parts)
        places = (self.services.shortlist.place(id_) for id_ in self._chosen)
        kinds = [place.kind for place in places if place is not None]
        self._show("mix", words.mix(self.services, kinds))
        self._show("count", words.chosen_count(len(self._chosen)) if not self._problem else "")

    def _show(self, name: str, text: str) -> None:
        self.query_one(f"#shortlist-{name}", Panel).show(text)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#shortlist", Rows)
