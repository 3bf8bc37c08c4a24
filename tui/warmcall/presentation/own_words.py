"""The sentences that fields of the profile and of a contact make in scripts and letters, for their forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from warmcall.domain.about_me import aim, background_clause, background_problem, education
from warmcall.domain.advice_given import advice_problem, followed_sentence
from warmcall.domain.connections import connection
from warmcall.domain.decisions import decision_sentence
from warmcall.domain.number_words import spelled
from warmcall.domain.promises import as_thing, promise_problem, promise_sentence
from warmcall.domain.records import Contact, Profile
from warmcall.domain.sanitize import plain_line
from warmcall.domain.templates import greeting_name
from warmcall.domain.vocabulary import News, Permission, Source, TargetVerdict

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The times of a record that is only looked at and never saved."""

Values = Mapping[str, str]
"""What the fields of a form hold, by their names."""


def spoken(sentence: str) -> str:
    """Return `sentence` in quotation marks, as what will be said; empty if it is."""
    sentence = plain_line(sentence)
    if not sentence:
        return ""
    return f"“{sentence}”" if sentence[-1] in ".!?…" else f"“{sentence}.”"


def name(values: Values) -> str:
    """Return how the user says who calls."""
    own = _line(values, "name")
    return spoken(f"Hello, this is {own}") if own else ""


def background(values: Values) -> str:
    """Return what the user says they are, or why these words cannot say it."""
    clause = background_clause(values.get("background", ""))
    if problem := background_problem(clause):
        return f"{problem[0].upper()}{problem[1:]}"
    return spoken(f"I'm {clause}") if clause else ""


def studies(values: Values) -> str:
    """Return where and what the user says they studied."""
    return spoken(education(_line(values, "school"), _line(values, "degree")))


def number(values: Values) -> str:
    """Return how the user leaves their number."""
    own = _line(values, "phone")
    return spoken(f"My number is {own}") if own else ""


def address(values: Values) -> str:
    """Return how the user says where to write to."""
    own = _line(values, "email")
    return spoken(f"You can write to me at {own}") if own else ""


def ask(values: Values) -> str:
    """Return how the user asks for their minutes."""
    minutes = values.get("minutes", "").strip()
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) <= 3):
        return ""
    return spoken(f"Could I have {spelled(int(minutes))} minutes, on a day that suits you?")


def job(values: Values) -> str:
    """Return which job the user says they aim at."""
    return spoken(aim(_line(values, "role"), _line(values, "industry"), _line(values, "place")))


def why(values: Values) -> str:
    """Return why the user aims at that job, as said in the minute about oneself."""
    return spoken(values.get("why", ""))


def greeting(values: Values) -> str:
    """Return how a letter greets the contact."""
    called = greeting_name(_contact(values))
    return spoken(f"Dear {called},").replace(",.”", ",”") if called else ""


def how_found(values: Values, referrer: Contact | None, profile: Profile | None) -> str:
    """Return how the user came to the contact, as a call or a letter begins."""
    return spoken(connection(_contact(values), referrer, profile))


def because(values: Values) -> str:
    """Return the answer to "Why me?"."""
    reason = _line(values, "why")
    return spoken(f"Because you {reason}") if reason else ""


def promise(words: str, theirs: bool) -> str:
    """Return the sentence that a promise typed makes in a letter, or what to write instead."""
    if not words.strip():
        return ""
    if problem := promise_problem(words, theirs):
        return f"{problem[0].upper()}{problem[1:]}"
    return spoken(promise_sentence(as_thing(words, theirs), theirs))


def advice(words: str) -> str:
    """Return the sentence that advice makes in a letter once followed, or what to write instead."""
    if not words.strip():
        return ""
    if problem := advice_problem(words):
        return f"{problem[0].upper()}{problem[1:]}"
    return spoken(followed_sentence(words))


def decided(verdict: str, role: str, why: str) -> str:
    """Return what the letters to those who helped say of a decision; empty while nothing is final."""
    return (
        spoken(decision_sentence(TargetVerdict(verdict), role, why)) if verdict in list(TargetVerdict) else ""
    )


def called(name: str) -> Contact:
    """Return somebody of whom only the name is known."""
    return _contact({"name": name})


def _line(values: Values, name: str) -> str:
    return plain_line(values.get(name, ""))


def _contact(values: Values) -> Contact:
    """Return the contact that the fields of its form describe; an unknown choice counts as none."""
    source, news, permission = (values.get(field, "") for field in ("source", "news", "may_use_name"))
    return Contact(
        id="", created_at=_NEVER, changed_at=_NEVER,
        name=_line(values, "name"), goes_by=_line(values, "goes_by"),
        organization=_line(values, "organization"), found=_line(values, "found"),
        source=Source(source) if source in list(Source) else Source.OTHER,
        news=News(news) if news in list(News) else News.OTHER,
        may_use_name=Permission(permission) if permission in list(Permission) else Permission.NOT_ASKED,
    )  # fmt: skip
