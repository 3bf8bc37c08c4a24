"""The target: who the user is, the job they aim at, and what they found out about it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.presentation.profile import ASKED, SHOWN
from warmcall.presentation.profile import unanswered as unanswered_words
from warmcall.screens.base import SHORTLIST_KEY, THREE_COLUMNS_FROM, CopyText, TabScreen
from warmcall.screens.forms import Values
from warmcall.screens.people.news_form import add_from_news
from warmcall.screens.people.shortlist import ShortlistScreen
from warmcall.screens.places.screen import PlacesScreen
from warmcall.screens.profile.profile_form import ALL_FIELDS, profile_form
from warmcall.screens.profile.sources import SourcesScreen
from warmcall.screens.profile.targets import TargetsScreen
from warmcall.screens.progress.decision import DecisionPage, add_decided_letters, no_decided_letters
from warmcall.services.profile import TARGET_FIELDS
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.titled_pane import show_title

_OTHER_LINES = 11
"""The lines of a window beside the open questions of two kinds: the bars, borders, headings and counts."""


class TargetScreen(TabScreen):
    """Profile, target and research."""

    CSS_PATH = "profile.tcss"
    TAB = "Target"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "edit", "Edit", id="target.edit", tooltip="Change profile and target"),
        Binding("r", "research", "Research", id="target.research", tooltip="Go on with the research notes"),
        Binding("V", "own_editor", "Own editor", show=False, id="target.own_editor",
                tooltip="Write the research in your editor: $EDITOR, nano or vi"),
        Binding("o", "sources", "Sources", id="target.sources",
                tooltip="Where names come from: what was tried, what it gave, what to do next"),
        Binding("n", "news", "Read in the news", show=False, id="target.news",
                tooltip="Somebody promoted or hired: into People, their call into the queue"),
        SHORTLIST_KEY,
        Binding("p", "places", "Places", id="target.places",
                tooltip="The organizations: how much each is wanted, ways in, who is next there"),
        Binding("T", "targets", "Targets", id="target.targets",
                tooltip="All jobs you may aim at: change to another, compare them"),
        Binding("Y", "copy", "Copy", id="target.copy", tooltip="Copy target and research"),
        Binding("d", "decision", "Decision", id="target.decision",
                tooltip="What must be true for this job to be right, and what people said of it"),
        Binding("D", "decided", "I've decided", id="target.decided",
                tooltip="A letter to everybody who helped, to say what you decided"),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Lay out the page: who and what, and below or beside it what is known and what is not."""
        with Page(id="target-page"):
            with Container(id="target-text") as who:
                show_title(who, "You and your target", has_focus=False)
                yield Panel(id="target-fields")
            with Container(id="target-known") as known:
                show_title(known, "What is known, and what is not", has_focus=False)
                yield Panel(id="target-research")
                yield Panel(id="target-asked")

    def on_resize(self) -> None:
        """Put the open questions beside the research where there is room, as many as the height has."""
        self.set_class(self.size.width >= THREE_COLUMNS_FROM, "-three")
        self.call_after_refresh(self.reload)

    def reload(self) -> None:
        """Show what is known."""
        values = self.services.profile_editing.fields()
        if not values["zone"]:
            values["zone"] = f"{self.services.time.calendar.local(self.now()):%Z} (the machine's)"
        empty = (self.with_keys("{target.edit} fills this"), "$muted")
        profile_fields = [field for field in ALL_FIELDS if field.name not in TARGET_FIELDS]
        target_fields = [field for field in ALL_FIELDS if field.name in TARGET_FIELDS and not field.lines]
        parts: list[RichPart] = []
        for heading, fields in (("You", profile_fields), ("\nThe job you aim at", target_fields)):
            parts += [(heading, "bold"), "\n"]
            for field in fields:
                parts += [(f"{field.label:<16}", "$muted"), values[field.name] or empty, "\n"]
        self.query_one("#target-fields", Panel).show(*parts)
        hint = self.with_keys("{target.research} begins: what do you know about the job and the place?")
        known: list[RichPart] = [("Research", "bold"), "\n", values["research"] or (hint, "$muted")]
        unanswered = {kind: self.services.answers.unanswered(kind) for kind in ASKED}
        shown = max(SHOWN, (self.size.height - _OTHER_LINES) // 2) if self.has_class("-three") else SHOWN
        self.query_one("#target-research", Panel).show(*known)
        self.query_one("#target-asked", Panel).show(*unanswered_words(unanswered, shown))

    def action_edit(self) -> None:
        """Ask for all fields, and change them."""
        self._ask("name")

    def action_research(self) -> None:
        """Ask for all fields, beginning in the research notes."""
        self._ask("research")

    def action_own_editor(self) -> None:
        """Have the research written in the user's own editor."""
        if not self.blocked("own_editor"):
            editing = self.services.profile_editing
            self.external.edit_text(
                editing.fields()["research"], lambda text: editing.save({"research": text})
            )

    def action_sources(self) -> None:
        """Show where names come from."""
        self.app.push_screen(SourcesScreen(self.services))

    def action_news(self) -> None:
        """Take down somebody read of in the news."""
        add_from_news(self)

    def action_shortlist(self) -> None:
        """Show who of the pool, and of the contacts not asked yet, is worth asking next."""
        self.app.push_screen(ShortlistScreen(self.services))

    def action_places(self) -> None:
        """Show the organizations."""
        self.app.push_screen(PlacesScreen(self.services, self.TAB))

    def action_targets(self) -> None:
        """Show all targets."""
        self.app.push_screen(TargetsScreen(self.services, self.TAB))

    def action_copy(self) -> None:
        """Copy target and research."""
        values = self.services.profile_editing.fields()
        self.post_message(CopyText("\n".join(values[name] for name in TARGET_FIELDS if values[name])))

    def action_decided(self) -> None:
        """Put a letter to everybody who helped into the queue, one each."""
        if not self.blocked("decided"):
            add_decided_letters(self)

    def action_decision(self) -> None:
        """Show what must be true, and what people said of it."""
        self.app.push_screen(DecisionPage(self.services, self.TAB))

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "decided":
            return no_decided_letters(self.services)
        if action == "own_editor":
            return self.external.editor_disabled_reason()
        return super().disabled_reason(action)

    def _ask(self, first: str) -> None:
        def save(values: Values | None) -> None:
            if values:
                self.services.profile_editing.save(values)

        self.app.push_screen(profile_form(self.services, first), save)
