"""Reviewing a message before it is sent: what would make an answer less likely."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from warmcall.domain.cadence import Cadence
from warmcall.domain.message import Medium, Purpose
from warmcall.domain.names import first_name
from warmcall.domain.objections import kept_back, others_words
from warmcall.domain.script import word_count
from warmcall.domain.text_analysis import asks_for_job, job_word, refers_to, sentences
from warmcall.domain.word_runs import runs_of

FIRST_SENTENCES = 2
"""The connection belongs into this many sentences after the greeting: few read further without it."""

_GREETING = re.compile(
    r"\s*(?:dear|hello|hi|hey|greetings|good\s+(?:morning|afternoon|evening|day))\b"
    r"(?:\b(?:dr|prof|mr|mrs|ms|mx)\.|[^\n,.!:;])*[,.!:;]*",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b(?:(?:your|the)\s+(?:name|profile)|read\s+(?:about|your)|heard\s+(?:about|you|your)|saw\s+you"
    r"|(?:we|i)\s+(?:both\s+went|went|met|were|spoke|wrote)|found\s+you|professors?|placement\s+office|association|alumn\w+|news"
    r"|suggested|recommended|introduced|referred|mentioned\s+you|pointed\s+me|sent\s+me)\b",
    re.IGNORECASE,
)
"""Phrases that tell how the writer found the reader."""

_WORD = re.compile(r"\w+")
_KNOWN_ALREADY = re.compile(r"\b(?:I\s+wrote\s+to\s+you|we\s+(?:spoke|talked))\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"\w[\w'’-]*")
_SHE = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)(?:['’]\w+)?\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their|theirs|themselves)\b(?:['’]\w+)?", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:people|others|everybody|everyone|somebody|someone|anybody|anyone|nobody|whoever|team|men|women"
    r"|children|staff|and\s+[A-Z]\w+"
    r"|(?!(?:thanks|yes|always|perhaps|minutes|hours|days|weeks|months|years|times|lots|news|does|goes|says|makes"
    r"|takes|means|seems|comes|sometimes|besides|regards|wishes|fields?)\b)[a-z]{3,}(?<![aisu'’])s)\b",
)
"""Words for several people or things, which a "they" near them may stand for; it is a guess by the ending."""

_SPOKEN_TODAY = re.compile(
    r"\b(?:(?:talking|speaking)\s+with\s+me|spoke|met|your\s+time)\s+today\b", re.IGNORECASE
)
_JUDGEMENT = re.compile(
    r"\b(?:difficult|rude|unfair|lazy|horrible|awful|terrible|nasty|bully|arrogant|incompetent|hate[sd]?|fired"
    r"|sacked|laid\s+off|boss|quit|complain\w*|gossip\w*|dis?likes?|doesn['’]t\s+like|didn['’]t\s+like|can['’]t\s+stand"
    r"|no\s+time\s+for|said\s+(?:he|she)|(?:he|she)\s+said|bad|worst|stupid|crazy|annoying)\b",
    re.IGNORECASE,
)
"""Words that judge, or pass on what was said, when they stand beside a third person."""

_DOUBLED = re.compile(
    r"\b(?:i['’]m\s+(?:i\b|i['’]|was\b|have\b|am\b)\S*|i['’]ll\s+(?:the|an?|my|your|our|some)\b)",
    re.IGNORECASE,
)
"""Words that do not follow each other: a doubled "I'm", "I'll" without a verb."""

_SMALL_START = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)[.:!?]\s+[a-z]\w*(?:\s+\w+)?(?!\S*[@/])")
_ATTACHED = re.compile(
    r"\b(?:attach(?:ed|ment|ing)?|enclosed|(?:with|in)\s+this\s+(?:e-?mail|message))\b", re.IGNORECASE
)
_GAP = re.compile(r"‹[^‹›]*›|\{[^{}\n]*\}")
_QUESTION = re.compile(r"\?+(?!\w)")


class Remark(msgspec.Struct, frozen=True):
    """One thing that could be better; `serious` if it is likely to cost the answer, or good will."""

    what: str
    serious: bool = False


def lint(
    subject: str,
    body: str,
    medium: Medium,
    purpose: Purpose,
    cadence: Cadence,
    *,
    referrer: str = "",
    connection: str = "",
    said: Sequence[str] = (),
    reason: str = "",
    promised: Sequence[str] = (),
    owners: Mapping[str, str] = MappingProxyType({}),
    not_to_repeat: str = "",
    names: Callable[[], Collection[str]] = frozenset,
    reader: str = "",
    about: bool = False,
    agreed: tuple[str, str] = ("", ""),
    day: str = "",
) -> tuple[Remark, ...]:
    """Return the remarks on a message, the serious ones first; none if it is good as it is.

    For an ask, `referrer` is the name of whoever named the contact and `connection` how they were found,
    in words; both empty if unknown. For a thank-you, `said` are the notes of the meeting it should refer
    to, without what is not to be repeated, and `promised` the things promised in it. For a check-in,
    `reason` is why it is written. The `subject` counts in an email only.

    `owners` are the runs of words in it that stand in the notes of a talk with somebody else, each with whose
    they are; `not_to_repeat` is such a run that the reader said, and that is not to be repeated. `names`
    returns the words of the names of all known people, once they are needed; `reader` are the names of the
    reader; `about` says whether the letter is about a third person.

    `agreed` are date and time of the meeting that a confirmation names, `day` when the meeting was that a
    letter looks back on, both as letters say them; empty if there is none.
    """
    if not body.strip():
        return (Remark("There is nothing in it yet", True),)
    subject = subject if medium is Medium.EMAIL else ""
    remarks = [*_check_gaps(f"{subject}\n{body}")]
    match purpose:
        case Purpose.ASK:
            remarks += _check_length(body, medium, cadence)
            remarks += _check_connection(body, referrer, connection)
            remarks += _check_questions(body, cadence)
            remarks += _check_job_words(subject, body)
            remarks += _check_subject(subject, cadence) if medium is Medium.EMAIL else ()
        case Purpose.THANK_YOU:
            remarks += _check_thank_you(body, said, medium, cadence)
            remarks += _check_promised(body, promised)
        case Purpose.CHECK_IN:
            remarks += _check_reason(reason)
        case Purpose.CONFIRM:
            remarks += _check_agreed(body, agreed)
        case Purpose.SETTLE_TIME:
            remarks.append(Remark("Check that you are free at the times it names"))
    objections = (others_words(owners), kept_back(not_to_repeat))
    remarks += [Remark(found.what, True) for found in objections if found is not None]
    remarks += _check_judgements(body, names, reader)
    remarks += _check_own_notes(body, said)
    remarks += _check_day(body, day)
    remarks += _check_grammar(body, about or purpose is Purpose.ASK)
    remarks += _check_attached(body)
    keeps_promise = purpose is Purpose.PROMISE
    if purpose is not Purpose.ASK and asks_for_job(f"{subject}\n{body}", keeps_promise):
        remarks.append(Remark("It reads like asking for a job: leave that out", True))
    return tuple(sorted(remarks, key=lambda remark: not remark.serious))


def _check_gaps(text: str) -> Iterator[Remark]:
    gap = _GAP.search(text)
    if gap:
        shown = _short(gap.group())
        cut = len(shown) < len(" ".join(gap.group().split()))
        yield Remark(f"Fill in {f'{shown.rstrip()}…›' if cut else shown} first", True)
    elif "‹" in text or "›" in text:
        yield Remark("Half a gap is still there: remove the ‹ or ›", True)
    if "[" in text or "]" in text:
        yield Remark("A [ ] is still there: fill it in, or remove it", True)


def _check_length(body: str, medium: Medium, cadence: Cadence) -> Iterator[Remark]:
    if medium is Medium.EMAIL:
        words = word_count(body)
        if words > cadence.email_words_max:
            yield Remark(f"{words} words: past {cadence.email_words_max}, few read to the end", True)
        elif words > cadence.email_words_warn:
            yield Remark(f"{words} words: {cadence.email_words_warn} can be read at a glance")
        return
    characters = len(body.strip())
    if characters > cadence.note_characters_paid:
        most = cadence.note_characters_paid
        yield Remark(f"{characters} characters: even paid accounts can't send more than {most}", True)
    elif characters > cadence.note_characters:
        most = cadence.note_characters
        yield Remark(f"{characters} characters: only paid accounts can send more than {most}")


def _check_connection(body: str, referrer: str, connection: str) -> Iterator[Remark]:
    greeting, rest = _greeting_and_rest(body)
    beginning = " ".join([greeting, *sentences(rest)[:FIRST_SENTENCES]])
    known = [plain for item in (referrer, first_name(referrer), connection) if (plain := _plain(item))]
    if (
        not known
        or _KNOWN_ALREADY.search(beginning)
        or any(f" {plain} " in f" {_plain(beginning)} " for plain in known)
    ):
        return
    if referrer.strip():
        yield Remark(f"Begin with {_short(referrer)}: a name they know is why they read on")
    elif not _FOUND.search(beginning):
        yield Remark("Begin with how you found them: it's why they read on")


def _check_questions(body: str, cadence: Cadence) -> Iterator[Remark]:
    questions = len(_QUESTION.findall(body))
    if not questions:
        yield Remark("It asks nothing yet: end with a question", True)
    elif questions > cadence.email_questions_max:
        yield Remark(f"{questions} questions: {_at_most(cadence.email_questions_max)} easy to answer")


def _check_job_words(subject: str, body: str) -> Iterator[Remark]:
    word = job_word(f"{subject}\n{body}")
    if word:
        yield Remark(f"Leave “{_short(word)}” out: asking for advice gets a yes more often", True)


def _check_subject(subject: str, cadence: Cadence) -> Iterator[Remark]:
    words = word_count(subject)
    least, most = cadence.subject_words_min, cadence.subject_words_max
    if not words:
        yield Remark(f"Give it a subject of {least} to {most} words", True)
    elif not least <= words <= most:
        yield Remark(f"The subject has {_counted(words)}: {least} to {most} are read whole")


def _check_thank_you(body: str, said: Sequence[str], medium: Medium, cadence: Cadence) -> Iterator[Remark]:
    words = word_count(body)
    least, most = cadence.thank_you_words_min, cadence.thank_you_words_max
    if words < least and medium is Medium.EMAIL:
        yield Remark(f"{_counted(words)}: with fewer than {least}, it could be for anybody")
    if words > most:
        yield Remark(f"{words} words: {most} are enough, and quick to read")
    if not refers_to(_greeting_and_rest(body)[1], said):
        yield Remark("Name one thing they said: it shows that you listened")


def _check_promised(body: str, promised: Sequence[str]) -> Iterator[Remark]:
    for thing in promised:
        if f" {_plain(thing)} " not in f" {_plain(body)} ":
            yield Remark(f"You promised them {_short(thing)}: say that you haven't forgotten")


def _check_agreed(body: str, agreed: tuple[str, str]) -> Iterator[Remark]:
    """Yield a remark where a letter written before the meeting was moved says another day or hour."""
    date, time = agreed
    weekday, hour = date.partition(" ")[0], time.partition(" ")[0]
    named = weekday.casefold() in body.casefold() or re.search(r"\b(?:today|tomorrow)\b", body, re.IGNORECASE)
    if date and (hour not in body or not named):
        yield Remark(f"The meeting is on {date} at {time}: say so", True)


def _check_day(body: str, day: str) -> Iterator[Remark]:
    if day not in ("", "today") and _SPOKEN_TODAY.search(body):
        yield Remark(f"You spoke {day}, and it says “today”: change the day", True)


def _check_judgements(body: str, names: Callable[[], Collection[str]], reader: str) -> Iterator[Remark]:
    own = set(_NAME_WORD.findall(reader))
    for sentence in sentences(body):
        judged = _JUDGEMENT.search(sentence)
        if not judged:
            continue
        third = [word for word in _NAME_WORD.findall(sentence) if word in names() and word not in own]
        if third or _SHE.search(sentence):
            whom = third[0] if third else "somebody else"
            yield Remark(f"“{judged[0]}” beside {_short(whom)}: leave out judgements on other people", True)
            break


def _check_own_notes(body: str, said: Sequence[str]) -> Iterator[Remark]:
    written = set(runs_of(_GAP.sub("|", body)))
    if any(run in written for note in said for run in runs_of(note)):
        yield Remark("Your notes are in it word for word: say it as you would to them")


def _check_grammar(body: str, about: bool) -> Iterator[Remark]:
    text = _GAP.sub("X", body)
    if not about and (pronoun := _SHE.search(text) or _they_without_others(text)):
        yield Remark(f"“{pronoun[0]}”: the reader is “you”; name anybody else")
    if doubled := _DOUBLED.search(text):
        yield Remark(f"Read this aloud: “{_short(doubled[0])}”", True)
    if small := _SMALL_START.search(text):
        yield Remark(f"A sentence begins in lower case: “{_short(small[0])}”")


def _they_without_others(text: str) -> re.Match[str] | None:
    """Return a "they" that stands in a sentence where no plural stands, nor in the one before."""
    others = False
    for sentence in sentences(text):
        before, others = others, bool(_SEVERAL.search(sentence))
        if not before and not others and (found := _THEY.search(sentence)):
            return found
    return None


def _check_attached(body: str) -> Iterator[Remark]:
    if word := _ATTACHED.search(body):
        yield Remark(
            f"“{_short(word[0])}”: nothing is attached yet; add it in your mail program, or put the link here"
        )


def _check_reason(reason: str) -> Iterator[Remark]:
    if not word_count(reason):
        yield Remark("Give a reason to write: advice you took, news, or how it turned out", True)
    elif asks_for_job(reason):
        yield Remark("Give another reason to write: this one asks for a job", True)


def _greeting_and_rest(body: str) -> tuple[str, str]:
    greeting = _GREETING.match(body)
    end = greeting.end() if greeting else 0
    return body[:end], body[end:]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _short(text: str) -> str:
    return " ".join(text.split())[:40]


def _counted(words: int) -> str:
    return f"{words} {'word' if words == 1 else 'words'}"


def _at_most(count: int) -> str:
    return "one is" if count == 1 else f"{count} are"
