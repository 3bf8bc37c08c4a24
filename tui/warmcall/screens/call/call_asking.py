"""What is said or written in a call, step by step, and where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.domain.script import REPLY_LETTERS, speaking_seconds, word_count
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.screens.call.asking import Ask
from warmcall.screens.call.call_writing import WritingScreen
from warmcall.screens.call.facts import facts
from warmcall.screens.call.header import header
from warmcall.screens.call.outcome import id_of
from warmcall.services.services import Services
from warmcall.widgets.call_panel import CallPanel, CallView, Replies
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart


class AskingScreen(WritingScreen):
    """Shows one step of the ask, and moves through it; where it stands is all it remembers."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step_back", "back", id="call.back", tooltip="To the step before"),
        Binding("enter", "write", "write", id="call.write", tooltip="Into the text of what is written"),
        Binding(
            "tab", "channel", "other ways", id="call.channel", tooltip="Phone, voicemail, email, message"
        ),
        Binding("j,down", "scroll(1)", "Down", show=False, id="call.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="call.up"),
        *(
            Binding(letter, f"reply('{letter}')", "they say", show=False, id=f"call.reply.{letter}")
            for letter in sorted(REPLY_LETTERS)
        ),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._since: datetime | None = None
        self._counter: Timer | None = None

    def body(self) -> ComposeResult:
        """Lay out who it is, what to say, and the replies."""
        yield CallPanel(id="talk")
        yield Panel(id="empty")

    def on_mount(self) -> None:
        """Count the seconds of a voicemail while it is spoken."""
        self._counter = self.set_interval(1.0, self._count, pause=True)

    def in_view(self) -> str:
        """Return the id of the contact to be called; empty if there is none."""
        return self._contact_id

    def show(self, contact_id: str) -> None:
        """Begin a call with a contact, at the start of the script for their kind."""
        if contact_id and contact_id != self._contact_id:
            self._contact_id = contact_id
            self._asking = None
        self.reload()

    def reload(self) -> None:
        """Show the step as it is filled now."""
        if self._person() is None:
            self._contact_id = self.services.following_up.next_to_call()
            self._asking = None
        person = self._person()
        self._panel.display = person is not None
        empty = self.query_one("#empty", Panel)
        empty.display = person is None
        if person is None:
            empty.show(
                "Nobody is to be called.\n\n", (self.key("app.people"), "bold $primary"),
                self.with_keys("  People: {person.call} calls the one chosen\n"),
                (self.key("app.queue"), "bold $primary"),
                self.with_keys("  Queue: {queue.add} adds someone new"),
            )  # fmt: skip
        else:
            asking = self._asking = self._asking or Ask(self.services.library, person.kind)
            self._show_words(person, asking)
        self.refresh_bindings()

    def tick(self) -> None:
        """Let the times in the header follow the clock."""
        person = self._person()
        if person and self._asking:
            self._panel.show_head(header(self.services, person, self._asking.channel))
            self._count()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave only the letters of the replies that are there to be heard."""
        if action == "reply":
            step = self._asking.step if self._asking else None
            return step is not None and parameters[0] in step.replies
        if action in ("write", "mail", "own_editor"):
            return self._asking is not None and self._asking.written is not None
        return super().check_action(action, parameters)

    def label_of(self, action: str) -> str:
        """Return what a letter stands for at this step."""
        step = self._asking.step if self._asking else None
        if not action.startswith("reply(") or step is None:
            return ""
        reply = step.replies.get(action.removeprefix("reply('").removesuffix("')"))
        return one_line(reply.hear) if reply else ""

    def action_reply(self, letter: str) -> None:
        """Go where the reply leads."""
        if self._asking:
            self._asking.reply(letter)
            self._step_begins()

    def on_replies_clicked(self, event: Replies.Clicked) -> None:
        """Go where the reply clicked leads."""
        self.action_reply(event.letter)

    def action_step_back(self) -> None:
        """Go back one step."""
        if not self.blocked("step_back") and self._asking:
            self._asking.back()
            self._step_begins()

    def action_channel(self) -> None:
        """Turn to the next way of asking: the call, a voicemail, an email, a message."""
        self.flush()
        if self._panel.editor.is_editing:
            self._panel.editor.focus_text()
        elif not self.blocked("channel") and self._asking:
            self._asking.next_way()
            self._step_begins()

    def action_scroll(self, by: int) -> None:
        """Move what is said up or down, where it is longer than its place."""
        self._panel.scroll_text(by)

    def _show_words(self, person: Contact, asking: Ask) -> None:
        step, written = asking.step, self._written()
        text = asking.filled(self._values(person))[1].text
        outcome = Outcome.SENT if written else step.outcome if step else None
        keys = f"{self.key('call.outcome')} {self.key(id_of(outcome))}" if outcome else ""
        ends = f"{keys}  when it ends here: {outcome.replace('_', ' ')}" if outcome else ""
        dialling = asking.at_start and asking.channel is Channel.PHONE and is_number(person.phone)
        draft = written.draft() if written else ("", "")
        self._panel.show(
            CallView(
                head=header(self.services, person, asking.channel),
                title=asking.written.title if asking.written else "Say",
                length=written.measure(draft[1]) if written else self._measure(text, asking),
                text=with_gaps(text),
                tip=step.tip if step else "",
                replies={letter: reply.hear for letter, reply in step.replies.items()} if step else {},
                ending=ends,
                number=person.phone if dialling else "",
                facts=facts(self.services, person),
                message=(written.key, *draft) if written else None,
            )
        )
        self.on_message_editor_changed()
        if self._counter is not None:
            if asking.channel is Channel.VOICEMAIL:
                self._counter.resume()
            else:
                self._counter.pause()

    def _step_begins(self) -> None:
        self._since = self.now()
        self.reload()

    def _count(self) -> None:
        """Show how long a voicemail has been spoken."""
        person, asking = self._person(), self._asking
        if person is not None and asking is not None and asking.channel is Channel.VOICEMAIL:
            self._panel.show_length(self._measure(asking.filled(self._values(person))[1].text, asking))

    def _measure(self, text: str, asking: Ask) -> str:
        """Return how long a text is; of a voicemail also how long it has been spoken."""
        words = f"{word_count(text)} words"
        seconds = speaking_seconds(text, self.services.library.cadence.speaking_words_per_minute)
        if asking.channel is not Channel.VOICEMAIL or self._since is None:
            return f"{words} · {seconds} s"
        return f"{words} · {int((self.now() - self._since).total_seconds())} s of {seconds} s"

    def _gaps(self) -> tuple[str, ...]:
        person = self._person()
        if person is None or self._asking is None:
            return ()
        missing = () if person.phone else ("contact.phone",)
        return self._asking.gaps(self._values(person)) or missing

    def _values(self, person: Contact) -> dict[str, str]:
        return self.services.drafting.values(person)


def is_number(phone: str) -> bool:
    """Return whether a phone number has nothing in it but what large figures can show."""
    return bool(phone) and set(phone) <= set("0123456789 +-()./")


def with_gaps(text: str) -> list[RichPart]:
    """Return `text` in parts, its gaps standing out."""
    pieces = text.replace("‹", "\0‹").replace("›", "›\0").split("\0")
    return [(piece, "bold reverse $warning") if piece.startswith("‹") else piece for piece in pieces if piece]
