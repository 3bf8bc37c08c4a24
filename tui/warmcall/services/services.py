"""Everything a screen or a command may ask for, put together once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import tzinfo
from random import Random

from warmcall.config.country import Country, country_finder
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.change import Change
from warmcall.domain.store import Store
from warmcall.services.address_book import AddressBook
from warmcall.services.advice import AdviceList
from warmcall.services.answer_marking import AnswerMarking
from warmcall.services.answers import Answers
from warmcall.services.attempt_editing import AttemptEditing
from warmcall.services.calling import Calling
from warmcall.services.capturing import Capturing
from warmcall.services.checklists import Checklists
from warmcall.services.clock import Clock, Timekeeper
from warmcall.services.clock_watch import ClockWatch
from warmcall.services.deciding import Deciding
from warmcall.services.drafting import Drafting
from warmcall.services.duplicates import Duplicates
from warmcall.services.following_up import FollowingUp
from warmcall.services.history import History
from warmcall.services.importing import Importing
from warmcall.services.interview_lock import CheckSession, InterviewLock
from warmcall.services.interview_notes import InterviewNotes
from warmcall.services.interviewing import Interviewing
from warmcall.services.job_answers import JobAnswers
from warmcall.services.merge_back import MergeBack
from warmcall.services.next_steps import NextSteps
from warmcall.services.openings import Openings
from warmcall.services.organization_directory import OrganizationDirectory
from warmcall.services.organizations import Organizations
from warmcall.services.pending_attempts import PendingAttempts
from warmcall.services.people_merging import PeopleMerging
from warmcall.services.people_order import PeopleOrder
from warmcall.services.pool import Pool
from warmcall.services.pool_search import PoolSearch
from warmcall.services.practice_calls import PracticeCalls
from warmcall.services.profile import ProfileEditing
from warmcall.services.progress import Progress
from warmcall.services.search import Search
from warmcall.services.shortlist import Shortlist
from warmcall.services.sources import Sources
from warmcall.services.stages import Stages
from warmcall.services.targets import Targets
from warmcall.services.unfinished_forms import UnfinishedForms
from warmcall.services.unfinished_interviews import UnfinishedInterviews
from warmcall.services.weeks import Weeks


class Services:
    """The store and the services over it, for one state file and one user.

    `session` is the name of this run of the program, unique among those on the same file.
    """

    def __init__(
        self,
        store: Store,
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
        has_ended: CheckSession = lambda _session: None,
        find_country: Callable[[str], Country] | None = None,
    ) -> None:
        self._environment = (clock, machine_zone, new_id)
        self.store = store
        self.session = session
        self.library = library
        self.config = config
        self.time = Timekeeper(
            clock,
            store,
            machine_zone,
            find_country or country_finder(config.country),
            lambda: library.cadence.noon_hour,
        )
        self.history = History(store, self.time, save, new_id, earlier, read_only)
        self.unfinished = UnfinishedForms(store, self.history)
        cadence = library.cadence
        self.directory = OrganizationDirectory(store)
        self.address_book = AddressBook(
            store, self.history, self.time, cadence, config.country, self.directory
        )
        self.openings = Openings(store, self.history, self.time, cadence, self.address_book, self.directory)
        self.importing = Importing(store, self.history, self.time, self.address_book, new_id)
        self.search = Search(store)
        self.organizations = Organizations(
            store, self.history, self.time, cadence, self.address_book, self.directory
        )
        self.people_merging = PeopleMerging(store, self.history, self.time)
        self.duplicates = Duplicates(store, self.directory, self.people_merging)
        self.people_order = PeopleOrder(store, self.time, self.address_book)
        self.pool_search = PoolSearch(store)
        self.profile_editing = ProfileEditing(store, self.history, config.country)
        self.stages = Stages(store)
        self.answers = Answers(store, library, self.stages)
        self.answer_marking = AnswerMarking(store, self.history, self.answers)
        self.checklists = Checklists(store, self.history, library, self.answers)
        self.pending_attempts = PendingAttempts(store, self.history, self.time)
        self.calling = Calling(
            store,
            self.history,
            self.time,
            cadence,
            self.address_book,
            self.checklists,
            self.pending_attempts,
            self.openings,
            session,
        )
        self.capturing = Capturing(store, self.history, self.time, cadence, self.address_book, self.openings)
        self.interviewing = Interviewing(
            store, self.history, self.time, cadence, self.address_book, self.calling, self.capturing, session
        )
        self.interview_notes = InterviewNotes(store, self.history, self.time)
        self.attempts = AttemptEditing(
            store, self.history, self.time, self.pending_attempts, self.calling, self.interviewing
        )
        self.clock_watch = ClockWatch(store, self.time, cadence)
        self.interview_lock = InterviewLock(store, self.history, session, has_ended)
        self.unfinished_interviews = UnfinishedInterviews(
            store, self.history, self.time, self.address_book, self.interviewing
        )
        self.merge_back = MergeBack(store, self.history)
        self.deciding = Deciding(store, self.history, self.answers)
        self.drafting = Drafting(
            store,
            self.history,
            self.time,
            library,
            self.address_book,
            self.profile_editing,
            self.answers,
            self.deciding,
        )
        self.following_up = FollowingUp(
            store, self.history, self.time, library, self.address_book, self.drafting
        )
        self.weeks = Weeks(store, self.history, self.time, library, self.address_book, self.following_up)
        self.pool = Pool(store, self.history, self.time, library, self.address_book, self.weeks)
        self.shortlist = Shortlist(
            store, self.time, library, self.address_book, self.pool, self.organizations, self.directory
        )
        self.sources = Sources(
            store, self.history, self.time, library, self.address_book, self.profile_editing
        )
        self.advice = AdviceList(store, self.history, self.time, self.address_book)
        self.progress = Progress(store, self.time, self.weeks, self.stages)
        self.targets = Targets(store, self.history, self.progress)
        self.job_answers = JobAnswers(store, self.history, self.time, library, self.answers, self.directory)
        self.next_steps = NextSteps(store, self.history, self.time, cadence, self.address_book)
        self.practice_calls = PracticeCalls(
            store, self.time, library, self.drafting,
            dice or Random(),  # noqa: S311 - it decides what is said in practice, and guards nothing
        )  # fmt: skip

    def for_practice(self, store: Store, library: Library) -> Services:
        """Return services with the same clock and zone over `store`; nothing of it is written to disk."""
        clock, machine_zone, new_id = self._environment
        return Services(store, library, self.config, clock, machine_zone, _discard, new_id)


def _discard(_change: Change) -> None:
    """Take the place of the writer for a store that is thrown away."""
