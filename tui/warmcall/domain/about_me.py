"""What the user says of themselves: the clauses that scripts, letters and the one minute are made of."""

from __future__ import annotations

import re

from warmcall.domain.articles import with_article
from warmcall.domain.records import Profile, Target

_I_AM = re.compile(r"\s*i\s*(?:['’‘ʼ]\s*m|\s+am)\s+", re.IGNORECASE)
_NOT_AFTER_I_AM = re.compile(
    r"\s*(?:i|i['’](?:ve|d|ll)|we|was|were|have|had|has|did|do|graduated|studied|worked)\b",
    re.IGNORECASE,
)
"""How a text begins that cannot follow “I'm”."""

_STUDIED = re.compile(r"\b(?:graduate|graduated|student|degree|alum\w*)\b", re.IGNORECASE)
"""How a background says by itself what was studied."""

_ARTICLE = re.compile(r"(?:an?|the|my|one|two)\b", re.IGNORECASE)


def background_clause(text: str) -> str:
    """Return the background as it follows “I'm ”: without an “I'm” of its own, and without a full stop."""
    clause = " ".join(text.split())
    while match := _I_AM.match(clause):
        clause = clause[match.end() :]
    return clause.rstrip(" .")


def background_problem(text: str) -> str:
    """Return why `text` cannot follow “I'm ”; empty if it can, or is empty."""
    return "not after “I'm”: say “a former …”" if _NOT_AFTER_I_AM.match(background_clause(text)) else ""


def education(school: str, degree: str) -> str:
    """Return where the user studied and what, as a sentence without a full stop; empty if unknown."""
    school, degree = school.strip(), degree.strip()
    if not degree:
        return f"I went to {school}" if school else ""
    named = degree if _ARTICLE.match(degree) else with_article(degree)
    return f"I have {named}{f' from {school}' if school else ''}"


def introduction(background: str, school: str, degree: str) -> str:
    """Return who the user is, as a sentence without its full stop; empty if nothing is known.

    Where they studied, and what, follows the background unless that says by itself that they did, or do.
    """
    clause = background_clause(background)
    studied = education(school, degree)
    if not clause:
        return studied
    names_school = bool(school.strip()) and school.strip().casefold() in clause.casefold()
    if names_school or not studied or _STUDIED.search(clause):
        return f"I'm {clause}"
    return f"I'm {clause}. {studied}"


def aim(role: str, industry: str, place: str) -> str:
    """Return the job aimed at as a sentence without its full stop; empty without a role."""
    if not role.strip():
        return ""
    places = "".join(f" in {part.strip()}" for part in (industry, place) if part.strip())
    return f"I'm thinking of becoming {with_article(role)}{places}"


def one_minute(profile: Profile | None, target: Target | None) -> tuple[str, ...]:
    """Return the sentences of a minute about oneself, in the order to say them; none without any facts."""
    background = background_clause(profile.background) if profile else ""
    school = profile.school.strip() if profile else ""
    school = "" if school.casefold() in background.casefold() else school  # named once
    sentences = (
        f"I'm {profile.name.strip()}" if profile and profile.name.strip() else "",
        f"I'm {background}" if background else "",
        education(school, profile.degree) if profile else "",
        aim(target.role, target.industry, target.place) if target else "",
        " ".join(target.why.split()) if target else "",
    )
    return tuple(text if text[-1] in ".!?…" else f"{text}." for text in sentences if text)
