"""The desk: everything a screen may ask for, put together once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import tzinfo
from random import Random

from tui.domain.book import Book
from tui.domain.change import Change
from tui.services.address_book import AddressBook
from tui.services.calling import Calling
from tui.services.capturing import Capturing
from tui.services.checklists import Checklists
from tui.services.clock import Clock, Timekeeper
from tui.services.following_up import FollowingUp
from tui.services.history import History
from tui.services.holding import Holding
from tui.services.interrupted import Interrupted
from tui.services.interviewing import Interviewing
from tui.services.logging_attempts import LoggingAttempts
from tui.services.practising import Practising
from tui.services.targeting import Targeting
from tui.services.unfinished_forms import UnfinishedForms
from tui.services.watching import Watching
from tui.storage.config import Config
from tui.storage.library import Library


class Desk:
    """The book and the services over it, for one state file and one user.

    `session` tells this run of the program from any other on the same file.
    """

    def __init__(
        self,
        book: Book,
        library: Library,
        config: Config,
        clock: Clock,
        machine_zone: Callable[[], tzinfo],
        save: Callable[[Change], None],
        new_id: Callable[[], str],
        earlier: Iterable[Change] = (),
        read_only: str = "",
        dice: Random | None = None,
        session: str = "this session",
    ) -> None:
        self._from_outside = (clock, machine_zone, new_id)
        self.book = book
        self.session = session
        self.library = library
        self.config = config
        self.time = Timekeeper(clock, book, machine_zone, config.country, library.cadence.noon_hour)
        self.history = History(book, self.time, save, new_id, earlier, read_only)
        self.unfinished = UnfinishedForms(book, self.history)
        cadence = library.cadence
        self.address_book = AddressBook(book, self.history, self.time, cadence, config.country)
        self.targeting = Targeting(book, self.history, config.country)
        self.checklists = Checklists(book, library)
        self.calling = Calling(
            book, self.history, self.time, cadence, self.address_book, self.checklists, session
        )
        self.capturing = Capturing(book, self.history, self.time, cadence, self.address_book)
        self.interviewing = Interviewing(
            book, self.history, self.time, cadence, self.address_book, self.calling, self.capturing, session
        )
        self.attempts = LoggingAttempts(book, self.history, self.time, self.calling, self.interviewing)
        self.watching = Watching(book, self.time, cadence)
        self.holding = Holding(book, self.history, session)
        self.interrupted = Interrupted(book, self.history, self.time, self.address_book, self.interviewing)
        self.following_up = FollowingUp(
            book, self.history, self.time, library, self.address_book, self.targeting
        )
        self.practising = Practising(
            book, self.time, library, self.following_up,
            dice or Random(),  # noqa: S311 - it decides what is said in practice, and guards nothing
        )  # fmt: skip

    def aside(self, book: Book, library: Library) -> Desk:
        """Return a desk at the same time and place over another book, of which nothing is ever written."""
        clock, machine_zone, new_id = self._from_outside
        return Desk(book, library, self.config, clock, machine_zone, _forgotten, new_id)


def _forgotten(_change: Change) -> None:
    """Stand for the writer of a book that is thrown away."""
