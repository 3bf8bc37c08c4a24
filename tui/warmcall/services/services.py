"""Everything a screen or a command may ask for, each part imported and made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import tzinfo
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from warmcall.config.country import Country, country_finder
from warmcall.config.kept_holidays import HolidaysIn
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.change import Change
from warmcall.domain.store import Store
from warmcall.services.clock import Clock, Timekeeper
from warmcall.services.history import History
from warmcall.services.unfinished_forms import UnfinishedForms

if TYPE_CHECKING:
    from warmcall.services.address_book import AddressBook
    from warmcall.services.advice import AdviceList
    from warmcall.services.answer_marking import AnswerMarking
    from warmcall.services.answers import Answers
    from warmcall.services.attempt_editing import AttemptEditing
    from warmcall.services.calling import Calling
    from warmcall.services.capturing import Capturing
    from warmcall.services.checklists import Checklists
    from warmcall.services.clock_watch import ClockWatch
    from warmcall.services.deciding import Deciding
    from warmcall.services.drafting import Drafting
    from warmcall.services.duplicates import Duplicates
    from warmcall.services.following_up import FollowingUp
    from warmcall.services.here_already import HereAlready
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
    from warmcall.services.queue_cache import QueueCache
    from warmcall.services.search import Search
    from warmcall.services.shortlist import Shortlist
    from warmcall.services.sources import Sources
    from warmcall.services.stages import Stages
    from warmcall.services.targets import Targets
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
        holidays_in: HolidaysIn | None = None,
    ) -> None:
        self._environment = (clock, machine_zone, new_id)
        self._new_id = new_id
        self._has_ended = has_ended
        self._dice = dice or Random()  # noqa: S311 - it decides what is said in practice, and guards nothing
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
            holidays_in,
        )
        self.history = History(store, self.time, save, new_id, earlier, read_only)
        self.unfinished = UnfinishedForms(store, self.history)

    @cached_property
    def directory(self) -> OrganizationDirectory:
        """The names of organizations, and the people there."""
        from warmcall.services.organization_directory import OrganizationDirectory

        return OrganizationDirectory(self.store)

    @cached_property
    def address_book(self) -> AddressBook:
        """The contacts: adding, editing and deleting them."""
        from warmcall.services.address_book import AddressBook

        return AddressBook(
            self.store, self.history, self.time, self.library.cadence, self.config.country, self.directory
        )

    @cached_property
    def openings(self) -> Openings:
        """The openings heard of."""
        from warmcall.services.openings import Openings

        return Openings(
            self.store, self.history, self.time, self.library.cadence, self.address_book, self.directory
        )

    @cached_property
    def importing(self) -> Importing:
        """Imports of people: planning and making them."""
        from warmcall.services.importing import Importing

        return Importing(self.store, self.history, self.time, self.address_book, self._new_id)

    @cached_property
    def search(self) -> Search:
        """The index of contacts and follow-ups, found by words."""
        from warmcall.services.search import Search

        return Search(self.store)

    @cached_property
    def organizations(self) -> Organizations:
        """What is kept of organizations."""
        from warmcall.services.organizations import Organizations

        return Organizations(
            self.store, self.history, self.time, self.library.cadence, self.address_book, self.directory
        )

    @cached_property
    def people_merging(self) -> PeopleMerging:
        """Merging two people, and taking them apart."""
        from warmcall.services.people_merging import PeopleMerging

        return PeopleMerging(self.store, self.history, self.time)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Those who may be one person."""
        from warmcall.services.duplicates import Duplicates

        return Duplicates(self.store, self.directory, self.people_merging)

    @cached_property
    def here_already(self) -> HereAlready:
        """Those of a name, an address or a number that is being typed."""
        from warmcall.services.here_already import HereAlready

        return HereAlready(self.store, self.directory, self.people_merging)

    @cached_property
    def people_order(self) -> PeopleOrder:
        """The order of people in their list."""
        from warmcall.services.people_order import PeopleOrder

        return PeopleOrder(self.store, self.time, self.address_book)

    @cached_property
    def pool_search(self) -> PoolSearch:
        """The index of the pool, found by words."""
        from warmcall.services.pool_search import PoolSearch

        return PoolSearch(self.store)

    @cached_property
    def profile_editing(self) -> ProfileEditing:
        """The profile and the target."""
        from warmcall.services.profile import ProfileEditing

        return ProfileEditing(self.store, self.history, self.config.country)

    @cached_property
    def stages(self) -> Stages:
        """The stages of contacts."""
        from warmcall.services.stages import Stages

        return Stages(self.store)

    @cached_property
    def answers(self) -> Answers:
        """What was answered."""
        from warmcall.services.answers import Answers

        return Answers(self.store, self.library, self.stages)

    @cached_property
    def answer_marking(self) -> AnswerMarking:
        """Tags and marks of answers."""
        from warmcall.services.answer_marking import AnswerMarking

        return AnswerMarking(self.store, self.history, self.answers)

    @cached_property
    def checklists(self) -> Checklists:
        """The questions of meetings."""
        from warmcall.services.checklists import Checklists

        return Checklists(self.store, self.history, self.library, self.answers)

    @cached_property
    def pending_attempts(self) -> PendingAttempts:
        """Notes and texts of attempts without an outcome yet."""
        from warmcall.services.pending_attempts import PendingAttempts

        return PendingAttempts(self.store, self.history, self.time)

    @cached_property
    def calling(self) -> Calling:
        """Attempts, and what follows from them."""
        from warmcall.services.calling import Calling

        return Calling(
            self.store,
            self.history,
            self.time,
            self.library.cadence,
            self.address_book,
            self.checklists,
            self.pending_attempts,
            self.openings,
            self.session,
        )

    @cached_property
    def capturing(self) -> Capturing:
        """What is captured in meetings: names, promises."""
        from warmcall.services.capturing import Capturing

        return Capturing(
            self.store, self.history, self.time, self.library.cadence, self.address_book, self.openings
        )

    @cached_property
    def interviewing(self) -> Interviewing:
        """Meetings: planning, starting, pausing and ending them."""
        from warmcall.services.interviewing import Interviewing

        return Interviewing(
            self.store,
            self.history,
            self.time,
            self.library.cadence,
            self.address_book,
            self.calling,
            self.capturing,
            self.session,
        )

    @cached_property
    def interview_notes(self) -> InterviewNotes:
        """What is written in meetings."""
        from warmcall.services.interview_notes import InterviewNotes

        return InterviewNotes(self.store, self.history, self.time)

    @cached_property
    def attempts(self) -> AttemptEditing:
        """What can be done to attempts after the call."""
        from warmcall.services.attempt_editing import AttemptEditing

        return AttemptEditing(
            self.store, self.history, self.time, self.pending_attempts, self.calling, self.interviewing
        )

    @cached_property
    def clock_watch(self) -> ClockWatch:
        """The marks of the interview that is running."""
        from warmcall.services.clock_watch import ClockWatch

        return ClockWatch(self.store, self.time, lambda: self.library.cadence)

    @cached_property
    def interview_lock(self) -> InterviewLock:
        """Which session runs an interview."""
        from warmcall.services.interview_lock import InterviewLock

        return InterviewLock(self.store, self.history, self.session, self._has_ended)

    @cached_property
    def unfinished_interviews(self) -> UnfinishedInterviews:
        """Meetings that were never ended."""
        from warmcall.services.unfinished_interviews import UnfinishedInterviews

        return UnfinishedInterviews(self.store, self.history, self.time, self.address_book, self.interviewing)

    @cached_property
    def merge_back(self) -> MergeBack:
        """What copies put over the file lack."""
        from warmcall.services.merge_back import MergeBack

        return MergeBack(self.store, self.history)

    @cached_property
    def deciding(self) -> Deciding:
        """Answers weighed against requirements."""
        from warmcall.services.deciding import Deciding

        return Deciding(self.store, self.history, self.answers)

    @cached_property
    def drafting(self) -> Drafting:
        """Drafts of messages."""
        from warmcall.services.drafting import Drafting

        return Drafting(
            self.store,
            self.history,
            self.time,
            self.library,
            self.address_book,
            self.profile_editing,
            self.answers,
            self.deciding,
        )

    @cached_property
    def queue(self) -> QueueCache:
        """The open follow-ups in the order to do them."""
        from warmcall.services.queue_cache import QueueCache

        return QueueCache(self.store, self.time)

    @cached_property
    def following_up(self) -> FollowingUp:
        """Follow-ups: finding and changing them."""
        from warmcall.services.following_up import FollowingUp

        return FollowingUp(
            self.store,
            self.history,
            self.time,
            self.library,
            self.address_book,
            self.drafting,
            self.queue,
        )

    @cached_property
    def weeks(self) -> Weeks:
        """The weeks looked back at."""
        from warmcall.services.weeks import Weeks

        return Weeks(self.store, self.history, self.time, self.library, self.queue)

    @cached_property
    def pool(self) -> Pool:
        """The pool of people known of."""
        from warmcall.services.pool import Pool

        return Pool(self.store, self.history, self.time, self.library, self.address_book, self.weeks)

    @cached_property
    def shortlist(self) -> Shortlist:
        """Whom to ask this week."""
        from warmcall.services.shortlist import Shortlist

        return Shortlist(
            self.store,
            self.time,
            self.library,
            self.address_book,
            self.pool,
            self.organizations,
            self.directory,
        )

    @cached_property
    def sources(self) -> Sources:
        """What each way to find names gave."""
        from warmcall.services.sources import Sources

        return Sources(
            self.store, self.history, self.time, self.library, self.address_book, self.profile_editing
        )

    @cached_property
    def advice(self) -> AdviceList:
        """The advice that was given."""
        from warmcall.services.advice import AdviceList

        return AdviceList(self.store, self.history, self.time, self.address_book)

    @cached_property
    def progress(self) -> Progress:
        """The figures of progress."""
        from warmcall.services.progress import Progress

        return Progress(self.store, self.time, self.weeks, self.stages)

    @cached_property
    def targets(self) -> Targets:
        """The targets."""
        from warmcall.services.targets import Targets

        return Targets(self.store, self.history, self.progress)

    @cached_property
    def job_answers(self) -> JobAnswers:
        """The user's own answers to the questions of job interviews."""
        from warmcall.services.job_answers import JobAnswers

        return JobAnswers(self.store, self.history, self.time, self.library, self.answers, self.directory)

    @cached_property
    def next_steps(self) -> NextSteps:
        """Next steps with those to whom nothing is owed."""
        from warmcall.services.next_steps import NextSteps

        return NextSteps(self.store, self.history, self.time, self.library.cadence, self.address_book)

    @cached_property
    def practice_calls(self) -> PracticeCalls:
        """Practice calls."""
        from warmcall.services.practice_calls import PracticeCalls

        return PracticeCalls(self.store, self.time, self.library, self.drafting, self._dice)

    def for_practice(self, store: Store, library: Library) -> Services:
        """Return services with the same clock and zone over `store`; nothing of it is written to disk."""
        clock, machine_zone, new_id = self._environment
        return Services(store, library, self.config, clock, machine_zone, _discard, new_id)


def _discard(_change: Change) -> None:
    """Take the place of the writer for a store that is thrown away."""
