"""After the interview: what was learned, who was named, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.domain.vocabulary import CaptureKind, Source
from warmcall.presentation.interview import debrief_head, what_came_of_it, what_they_said, who_next
from warmcall.presentation.person import added as added_words
from warmcall.presentation.person import answers_and_debrief
from warmcall.screens.base import THREE_COLUMNS_FROM, CopyText, View
from warmcall.screens.interview.capture_keys import CAPTURE_KEYS
from warmcall.screens.interview.debrief_form import DebriefForm
from warmcall.screens.interview.pane import Pane
from warmcall.services.address_book import SAME_AS
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from warmcall.screens.forms import Values


class DebriefPane(Pane):
    """The meeting as it was, and the debrief while it is fresh."""

    PART = "after"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "debrief", "Debrief", id="after.debrief",
                tooltip="Write what you learned and how it fits; {debrief.leave} leaves the form"),
        Binding("t", "screen.thank", "Thank-you", id="after.thank", tooltip="Write the thank-you"),
        Binding("m", "screen.meeting", "Next interview", id="after.meeting",
                tooltip="Set the next interview"),
        Binding("a", "add", "Add who is next", show=False, id="after.add",
                tooltip="Whom to talk to next goes into People, named by them"),
        Binding("Y", "copy", "Copy", id="after.copy", tooltip="Copy the answers"),
        Binding("V", "own_editor", "Own editor", show=False, id="after.own_editor",
                tooltip="Write what you learned in your editor: $EDITOR, nano or vi"),
        *CAPTURE_KEYS,
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out the head, the debrief, and below or beside it what was said."""
        yield Panel(id="after-head")
        with Container(id="after-parts"):
            with TitledPane(title="Debrief", id="after-left"):
                yield DebriefForm(self.services, id="debrief")
            with TitledPane(title="What came of it", id="after-right"), Page(id="after-page"):
                yield Panel(id="after-owed")
                yield Panel(id="after-said")

    def reload(self) -> None:
        """Show the meeting as it is now."""
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        self._form.show_of(interview)
        self.query_one("#after-head", Panel).show(
            self.name_part(contact), " · ", *debrief_head(self.services, interview, self.key)
        )
        said = what_they_said(self.services, interview)
        self.query_one("#after-owed", Panel).show(*what_came_of_it(self.services, interview, self.key))
        self.query_one("#after-said", Panel).show(*said)

    def on_resize(self) -> None:
        """Put what they said beside what comes of it where the window has room for that."""
        self.set_class(self.size.width >= THREE_COLUMNS_FROM, "-three")

    def enter(self) -> None:
        """Focus the page of what was said."""
        self.query_one("#after-page", Page).focus()

    def flush(self) -> None:
        """Save what was typed into the debrief."""
        for form in self.query(DebriefForm):
            form.flush()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now; the screen says so of its own actions."""
        namespace, _, name = action.rpartition(".")
        if namespace == "screen" and isinstance(self.screen, View):
            return self.screen.disabled_reason(name)
        return self.external.editor_disabled_reason() if action == "own_editor" else ""

    def on_debrief_form_left(self) -> None:
        """Come out of the debrief: letters are keys again."""
        self.enter()

    def action_debrief(self) -> None:
        """Go into the debrief."""
        self._form.enter()

    def action_add(self) -> None:
        """Add whom they named and who is next to talk to; of somebody in People only note it."""
        from warmcall.screens.people.contact_form import contact_form

        self.flush()
        interview = self.interview
        if interview is None:
            return
        name, known = who_next(self.services, interview)
        given = {"name": name, "source": Source.REFERRAL.value, "referrer_id": interview.contact_id}

        def add(values: Values | None) -> None:
            if values:
                person = self.services.capturing.add_person(interview.id, values)
                self.say_undoable(added_words(person, values))

        if known is not None:
            add({**given, SAME_AS: known.id})
        else:
            self.app.push_screen(contact_form(self.services, known=given), add)

    def action_own_editor(self) -> None:
        """Have what was learned written in the user's own editor."""
        self.flush()
        interview = self.interview
        if self.blocked("own_editor") or interview is None:
            return

        def save(text: str) -> None:
            debrief = msgspec.structs.replace(interview.debrief, learned=text.strip())
            self.services.interviewing.debrief(interview.id, debrief)

        self.external.edit_text(interview.debrief.learned, save)

    def action_capture(self, kind: str) -> None:
        """Ask for a capture of that kind, and record it."""
        from warmcall.screens.interview.captures import record_capture

        record_capture(self, CaptureKind(kind))

    def action_copy(self) -> None:
        """Copy the answers."""
        self.flush()
        if self.interview is not None:
            repeatable = self.services.answers.repeatable(self.interview)
            self.post_message(CopyText(plain_text(answers_and_debrief(repeatable))))

    @property
    def _form(self) -> DebriefForm:
        return self.query_one("#debrief", DebriefForm)
