"""Every key that the app declares and where it is active, to check a keymap and to list the keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from warmcall.app.app import WarmcallApp
from warmcall.app.keymap import REPLY, DeclaredKey, Keyboard, Place, keys_in_force
from warmcall.app.screen_imports import import_screens
from warmcall.config.keymap import Keys
from warmcall.screens.call.facts import FactsDialog
from warmcall.screens.call.outcome import OutcomeDialog
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.forms import FormDialog
from warmcall.screens.help import HelpDialog
from warmcall.screens.interview.add_questions import QuestionDialog
from warmcall.screens.interview.briefing_page import BriefingDialog
from warmcall.screens.interview.captures import CapturesDialog
from warmcall.screens.interview.debrief_form import DebriefForm
from warmcall.screens.interview.debrief_pane import DebriefPane
from warmcall.screens.interview.live_pane import LivePane
from warmcall.screens.interview.prep_pane import PrepPane
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.screens.message.delivery import MailAddressDialog
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.palette import PaletteDialog
from warmcall.screens.people.attempts import AttemptsDialog
from warmcall.screens.people.duplicates import DuplicatesScreen
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_targets import PersonTargetsDialog
from warmcall.screens.people.pool_person import PoolPage
from warmcall.screens.people.screen import PeopleScreen
from warmcall.screens.people.shortlist import ShortlistScreen
from warmcall.screens.places.organization_page import OrganizationPage
from warmcall.screens.places.screen import PlacesScreen
from warmcall.screens.practice.interview import InterviewPractice
from warmcall.screens.profile.screen import TargetScreen
from warmcall.screens.profile.source_letter import SourceLetterDialog
from warmcall.screens.profile.sources import SourcesScreen
from warmcall.screens.profile.targets import TargetsScreen
from warmcall.screens.progress.advice import AdvicePage
from warmcall.screens.progress.answer_dialogs import DifferDialog, JoinDialog, ThemeDialog
from warmcall.screens.progress.answers import AnswersPage
from warmcall.screens.progress.decision import DecisionPage
from warmcall.screens.progress.evidence_dialog import EvidenceDialog
from warmcall.screens.progress.job_answer import JobAnswerPage, PlaceDialog
from warmcall.screens.progress.job_answers import JobAnswersPage
from warmcall.screens.progress.openings import OpeningsPage
from warmcall.screens.progress.people import ProgressPeople
from warmcall.screens.progress.referrals import ReferralsPage
from warmcall.screens.progress.screen import ProgressScreen
from warmcall.screens.queue.screen import QueueScreen
from warmcall.screens.queue.week_form import WeekForm
from warmcall.screens.queue.week_review import WeekScreen
from warmcall.widgets.cards import Cards
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.form import Area, Choice, Form
from warmcall.widgets.keys import bindings_of, key_display, key_displays, own_node_classes, replace_key_ids
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.page import Page
from warmcall.widgets.picker import Picker
from warmcall.widgets.rows import Rows

PLACES: Mapping[str, str] = {
    "app": "Everywhere",
    "screen": "On every screen",
    "dialog": "In a dialog",
    "help": "Help",
    "palette": "The palette",
    "rows": "In a list",
    "page": "On a page to read",
    "filter": "In a filter",
    "queue": "Queue",
    "calendar": "Queue and Interview",
    "week": "Your week",
    "people": "People",
    "person": "On a person",
    "import": "Importing people",
    "duplicates": "People who may be one",
    "pool": "On somebody in the pool",
    "shortlist": "Shortlist",
    "places": "Places",
    "organization": "On an organization",
    "attempts": "Attempts",
    "call": "Call",
    "outcome": "How a call ended",
    "interview": "Interview",
    "before": "Interview, before",
    "during": "Interview, during",
    "capture": "Interview, during and after",
    "after": "Interview, after",
    "held": "Interview open elsewhere",
    "captures": "What is captured",
    "briefing": "The page to read",
    "minute": "One minute about yourself",
    "question": "Adding questions",
    "progress": "Progress",
    "answers": "Answers",
    "advice": "Advice",
    "job_answers": "Your answers in a job interview",
    "job_answer": "One of your answers",
    "decision": "Decision",
    "evidence": "Choosing an answer",
    "target": "Target",
    "openings": "Openings",
    "targets": "Your targets",
    "serves": "The targets of a person",
    "sources": "Where names come from",
    "source_letter": "A letter that asks for names",
    "message": "A message",
    "mail_address": "A mail link",
    "when": "Putting off",
    "form": "A form",
    "choice": "A field to choose in",
    "picker": "A name being found",
    "notes": "A text",
    "area": "A text in a form",
    "debrief": "The debrief",
    "practice": "Practising a call",
    "rehearsal": "Practising an interview",
    "rehearsed": "A practised interview over",
    "answering": "Practising your answers",
    "first": "The first screen",
    "resume": "An interview running at the start",
    "ended": "An interview never ended",
    "missed": "An interview never begun",
    "running": "One interview at a time",
    "unsaved": "Something not saved",
}
"""The heading under which keys are listed, by the first word of their ids, in the order of the list."""

_FIELDS = (Area, Choice, Picker)
_PANES = (PrepPane, LivePane, DebriefPane)

PARTS: Mapping[type[DOMNode], tuple[type[Widget], ...]] = {
    QueueScreen: (Rows, Page, FilterLine),
    WeekScreen: (Page, WeekForm),
    WeekForm: _FIELDS,
    PeopleScreen: (Rows, Page, FilterLine),
    PersonPage: (Page, Rows),
    DuplicatesScreen: (Rows, Page),
    PoolPage: (Page,),
    ShortlistScreen: (Rows,),
    PlacesScreen: (Rows, Page, FilterLine),
    OrganizationPage: (Rows, Page),
    AttemptsDialog: (Rows,),
    CallScreen: (NotesEditor,),
    FactsDialog: (Page,),
    OutcomeDialog: (Rows,),
    InterviewScreen: _PANES,
    InterviewPractice: _PANES,
    PrepPane: (Rows,),
    LivePane: (Rows, NotesEditor),
    DebriefPane: (Page, DebriefForm),
    DebriefForm: _FIELDS,
    QuestionDialog: (Rows,),
    CapturesDialog: (Rows,),
    BriefingDialog: (Page,),
    MessageDialog: (NotesEditor,),
    MailAddressDialog: (Page,),
    ProgressScreen: (Rows,),
    ProgressPeople: (Rows,),
    AdvicePage: (Rows,),
    DecisionPage: (Rows,),
    EvidenceDialog: (Rows,),
    AnswersPage: (Cards, Rows, FilterLine),
    ThemeDialog: (Rows,),
    DifferDialog: (Rows,),
    JoinDialog: (Rows,),
    ReferralsPage: (Rows,),
    JobAnswersPage: (Rows, Page),
    JobAnswerPage: (NotesEditor, Page),
    PlaceDialog: (Rows,),
    TargetScreen: (Page,),
    TargetsScreen: (Rows, Page),
    OpeningsPage: (Rows,),
    PersonTargetsDialog: (Rows,),
    SourcesScreen: (Rows, Page),
    SourceLetterDialog: (NotesEditor,),
    FormDialog: _FIELDS,
    HelpDialog: (Rows, FilterLine),
    PaletteDialog: (Rows,),
}
"""The widgets inside a screen or a widget that have keys of their own; a subclass has those of its base."""

_TEXT_FIELDS = (Input, TextArea, Choice)
"""What uses letters itself, so that its own keys are never single letters."""


def keyboard() -> Keyboard:
    """Return what a keymap is checked against."""
    editing = (binding for field in (Input, TextArea) for binding in Binding.make_bindings(field.BINDINGS))
    return Keyboard(tuple(declared_keys()), frozenset(binding.key for binding in editing))


def declared_keys() -> Iterator[DeclaredKey]:
    """Yield every key of the app, once for each place where it is active."""
    import_screens()
    yield from _keys_of(WarmcallApp, ("app",))
    for node_class in own_node_classes():
        if issubclass(node_class, ModalScreen):  # under it no key of the app acts
            yield from _keys_within(node_class, (node_class.__name__,))
        elif issubclass(node_class, Screen):
            yield from _keys_within(node_class, ("app", node_class.__name__))


def lines(keymap: Mapping[str, Keys]) -> Iterator[str]:
    """Yield the list of all keys as plain text, a heading for each place.

    Keys are shown as they are under `keymap`, and those it changes are marked.
    """
    yield "Keys by id, for keymap.yaml; * marks those set there. An id with … has more keys in some places;"
    yield "set in keymap.yaml, its keys are the same everywhere."
    for place, keys in keys_by_place(keymap).items():
        yield ""
        yield place
        for id_, display, meaning in keys:
            yield _line("*" if id_ in keymap else " ", id_, display, meaning)


def keys_by_place(keymap: Mapping[str, Keys]) -> dict[str, list[tuple[str, str, str]]]:
    """Return the keys of each place: the id, the keys it has under `keymap`, and what it does."""
    displays = key_displays(keymap)
    by_id: dict[str, list[DeclaredKey]] = {}
    for key in declared_keys():
        by_id.setdefault(key.id, []).append(key)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for word, place in PLACES.items():
        found[place] = [
            (
                id_,
                _displays(declarations, keymap),
                replace_key_ids(_meaning(declarations[0]), lambda id_: displays.get(id_, "")),
            )
            for id_, declarations in by_id.items()
            if id_.partition(".")[0] == word and not id_.startswith(REPLY)
        ]
        if word == "call":
            found[place].append((f"{REPLY}…", "a … z", "What they say, as the script has it"))
    return found


def _line(mark: str, id_: str, keys: str, meaning: str) -> str:
    return f"  {mark} {id_:<26} {keys or 'none':<12} {meaning}"


def _displays(declarations: Sequence[DeclaredKey], keymap: Mapping[str, Keys]) -> str:
    """Return the keys that an id has everywhere, with … if it has others in some places."""
    keys = [keys_in_force(declared, keymap) for declared in declarations]
    common = [key for key in keys[0] if all(key in others for others in keys)]
    shown = [key_display(Binding(key, "", "")) for key in common]
    return " ".join([*shown, *(["…"] if any(len(others) > len(common) for others in keys) else [])])


def _meaning(key: DeclaredKey) -> str:
    return f"{key.label}: {key.tooltip}" if key.tooltip else key.label


def _keys_within(node_class: type[DOMNode], place: Place) -> Iterator[DeclaredKey]:
    """Yield the keys of a class, and those of the parts inside it."""
    yield from _keys_of(node_class, place)
    for part in next((PARTS[base] for base in node_class.__mro__ if base in PARTS), ()):
        yield from _keys_within(part, (*place, part.__name__))


def _keys_of(node_class: type[DOMNode], place: Place) -> Iterator[DeclaredKey]:
    """Yield the keys that a class has, inherited ones included."""
    is_text_field = issubclass(node_class, _TEXT_FIELDS)
    for binding, keys in bindings_of(node_class):
        everywhere = issubclass(node_class, App) and binding.priority
        yield DeclaredKey(
            id=str(binding.id),
            keys=keys,
            label=binding.description,
            tooltip=binding.tooltip,
            place=() if everywhere else place,
            typing=is_text_field or _works_while_typing(node_class, keys),
            first=is_text_field or binding.priority,
        )


def _works_while_typing(node_class: type[DOMNode], keys: Keys) -> bool:
    """Return whether a text inside `node_class` may have the focus and leaves all of `keys` alone."""
    if not keys or not issubclass(node_class, App | Screen | Form):
        return False
    left_alone = {"escape", "backspace"}
    if issubclass(node_class, ModalScreen | Form):
        left_alone |= {"tab", "shift+tab"}
    return all(key in left_alone or key.startswith("ctrl+") or _is_function_key(key) for key in keys)


def _is_function_key(key: str) -> bool:
    return key[0] == "f" and key[1:].isdigit()
