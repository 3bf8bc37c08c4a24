"""Texts without names: people become "Practitioner 1", and organizations, numbers and addresses are left out.

What is put in the place of a name within a text stands in square brackets, as is usual in transcripts of
interviews. Only names on record are known: what somebody said may still show who it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise

from warmcall.domain.names import first_name, written_name
from warmcall.domain.nicknames import short_forms
from warmcall.domain.organizations import organization_key
from warmcall.domain.records import Contact
from warmcall.domain.text_folding import folded, respelled
from warmcall.domain.vocabulary import ContactKind

_KIND = {
    ContactKind.PRACTITIONER: "Practitioner",
    ContactKind.HIRING_MANAGER: "Hiring manager",
    ContactKind.CONNECTOR: "Connector",
}
NAME, ORGANIZATION, PHONE, EMAIL, LINK = "[name]", "[organization]", "[phone]", "[email]", "[link]"
"""What stands in a text for the name of somebody without a number, and for other things that identify."""

_WORD = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_ASCII_WORD = re.compile("[a-z0-9]+")
_BETWEEN = re.compile(r"[^\w\n]{0,4}|_")
"""What may stand between the words of one name."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
)
"""A letter of the scripts that put no space between words, or particles right after names."""

_ADDRESS = re.compile(r"[^@\s<>()\[\],;:\"]+@[^@\s<>()\[\],;:\"]*[^@\s<>()\[\],;:\".!?]|(?<!\w)@\w[\w.-]*\w")
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)]"
    r"|\b(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|biz|io|co|ai|app|dev|me|us|uk|ca|au|nz|ie|de|at|ch|fr|es|it|nl"
    r"|be|se|no|dk|fi|pl|pt|br|mx|jp|cn|in|example|test)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?/?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\+|\b00|\()?\d[\d ()./·\-‐‑‒–\u00a0]{5,}\d")
_USUAL_NUMBER = re.compile(r"\(?\d{3}\)?[ .\-‐‑–]?\d{3}[ .\-‐‑–]\d{4}")
_PLAIN_NAME = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+")
"""A name that has only one form: most of a pool of 30,000 are such."""

_POINT_INSIDE = re.compile(r"\w[.:][\w/]")
_FIGURE, _NO_FIGURES = re.compile(r"\d"), re.compile(r"\D+")
_TWICE = re.compile(r"(\[[A-Z][a-z ]+\d+\])(?:[ -]\1)+")
_FIGURES = 7
"""So many last figures of a telephone number are compared: those before them may be written or not."""

_NO_NAME_WORDS = """
al and ba bin bsc cfa cpa da dame de del della den der di dos dr du el frau herr ibn ii iii iv jd jr la le
ma mac mba mc md mr mrs ms msc mx ni nic of phd pmp prof professor rn saint san santa sir sr st ten ter the
ui van von zu
"""
"""Words in names that identify nobody by themselves."""

_ORDINARY_WORDS = """
ai al alma am amazon an any apple april are art as at august autumn bay be bell berg best bill bird black
block bloom blue bond book box brand bright brook brown bush but by can carol case chance chase church clay
cliff coast cole cook cool corner cross dawn day dean dell discord do dream drew earl early eve ever fair
faith field finch fish ford forest fox frank free gap gene glad go good grace grant gray green guy had hall
hand harbor hardy has have he heart heath her hill him his holly home hope how ice if in indeed is it ivy
jack jade jasmine jay jo joy june just key king lake lance lane lark lee light lily long love low major mark
market mason may me mercy meta mike mile miles mill miller more my no north now oak of olive on one or
oracle orange our own page paris park parker pat patience pearl pen penny pepper piper port porter price
prince queen rain ray red reed rich river rob robin rock rose ruby rush sage sales sandy say sea see she
shell silver sky slack small smart smith so south spring square star stay stone story stripe strong sue
summer sun sunny swift tad take target tern that them then they this time to tower trip true turner two up
us violet visa wade walker ward water way we wells west who will win winter wise wood wright yes you young
zoom
"""
"""Names that are words, too: they are taken for names only where they are written with a capital."""

_COMMON_IN_ORGANIZATIONS_WORDS = """
agency and associates bank business center centre city club college communications company consulting
council county department design digital east first foundation general global great group health hospital
house institute integrated international lab labs lake marketing media national new north office one
partners planning press public radio research school service services society solutions south state studio
studios systems team tech technologies technology the trust two union united university west works world
"""
"""Words by which no organization is known alone."""

_NO_NAME, _ORDINARY, _COMMON_IN_ORGANIZATIONS = (
    frozenset(words.split()) for words in (_NO_NAME_WORDS, _ORDINARY_WORDS, _COMMON_IN_ORGANIZATIONS_WORDS)
)

_Names = dict[str, dict[str, list[tuple[tuple[str, ...], str, bool]]]]
"""By its first word and its second, which may be empty: each name as folded words, what stands for it, and
whether it needs a capital. Many organizations of a pool begin with the same word."""


class Pseudonyms:
    """What people are called where they must not be named, and texts in which nobody is named.

    The people of `contacts` are numbered by kind, in their order. `other_people` are further names that are
    known, which are left out where they stand in full; `former_names` are other names of contacts, each after
    the id of the contact, or of nobody with a number; `organizations` are the names of organizations, and
    `other_organizations` those where others on record work, which are left out where they stand in full, with
    a capital. A short name of an organization is not taken for one where it is among the words `kept`, such
    as those of the role.
    """

    def __init__(
        self,
        contacts: Iterable[Contact],
        other_people: Iterable[str] = (),
        former_names: Iterable[tuple[str, str]] = (),
        organizations: Iterable[str] = (),
        other_organizations: Iterable[str] = (),
        phones: Iterable[str] = (),
        kept: str = "",
    ) -> None:
        counts: dict[ContactKind, int] = {}
        self._labels: dict[str, str] = {}
        self._names: _Names = {}
        self._unspaced: dict[str, str] = {}
        self._phones = {figures[-_FIGURES:] for number in phones if len(figures := _figures(number)) >= 5}
        self._phone_lengths = sorted({len(figures) for figures in self._phones})
        for contact in contacts:
            counts[contact.kind] = counts.get(contact.kind, 0) + 1
            self._labels[contact.id] = f"{_KIND[contact.kind]} {counts[contact.kind]}"
            self._add_person(contact.name, contact.goes_by, f"[{self._labels[contact.id]}]")
        for id_, name in former_names:
            self._add_person(name, "", f"[{self._labels[id_]}]" if id_ in self._labels else NAME)
        for name in other_people:
            self._add_whole(name)
        kept_words = frozenset(_words(kept))
        self._add_organizations(organizations, kept_words)
        for name in other_organizations:
            self._add_other_organization(name, kept_words)
        for by_second in self._names.values():
            for names in by_second.values():
                names.sort(key=lambda name: -len(name[0]))
        self._unspaced = dict(sorted(self._unspaced.items(), key=lambda item: -len(item[0])))

    def label(self, contact_id: str) -> str:
        """Return what a contact is called: "Practitioner 1"; "somebody" for one who is not known."""
        return self._labels.get(contact_id, "somebody")

    def hidden(self, text: str) -> str:
        """Return `text` without names, organizations, telephone numbers and addresses."""
        text = unicodedata.normalize("NFC", text)
        if "@" in text:
            text = _ADDRESS.sub(EMAIL, text)
        if _POINT_INSIDE.search(text):
            text = _WEB.sub(LINK, text)
        if _FIGURE.search(text):
            text = _NUMBER.sub(self._number, text)
        if self._unspaced and _UNSPACED.search(text):
            for name, label in self._unspaced.items():
                text = text.replace(name, label)
        if text.isascii():
            words = [(match.start(), match.end(), match[0]) for match in _ASCII_WORD.finditer(text.lower())]
        else:
            words = [(match.start(), match.end(), _fold(match[0])) for match in _WORD.finditer(text)]
        return _TWICE.sub(r"\1", "".join(self._pieces(text, words)))

    def _pieces(self, text: str, words: list[tuple[int, int, str]]) -> Iterator[str]:
        """Yield `text` in pieces, with a label in the place of each name.

        `words` are its words as they are compared, with where each begins and ends.
        """
        at, number = 0, 0
        while number < len(words):
            start, _, word = words[number]
            found = self._name_at(text, words, number) if word in self._names else None
            if found is None:
                number += 1
                continue
            length, label = found
            yield text[at:start]
            yield label
            at, number = words[number + length - 1][1], number + length
        yield text[at:]

    def _name_at(self, text: str, words: list[tuple[int, int, str]], number: int) -> tuple[int, str] | None:
        """Return how many words the longest name there has, and what stands for it; None without one."""
        labels: set[str] = set()
        longest = 0
        by_second = self._names[words[number][2]]
        second = words[number + 1][2] if number + 1 < len(words) else ""
        for name, label, needs_capital in chain(by_second.get(second, ()), by_second.get("", ())):
            if len(name) < longest:
                break
            here = words[number : number + len(name)]
            if tuple(word for _, _, word in here) != name or (needs_capital and text[here[0][0]].islower()):
                continue
            gaps = pairwise(here)
            if all(_BETWEEN.fullmatch(text, before[1], after[0]) for before, after in gaps):
                longest = len(name)
                labels.add(label)
        if not longest:
            return None
        return longest, labels.pop() if len(labels) == 1 else _shared(labels)

    def _add_person(self, name: str, goes_by: str, label: str) -> None:
        """Have all forms of a name replaced: in full, the given name, the family name, and short forms."""
        self._add_whole(name, label)
        said = written_name(name)
        for form in (name, said, goes_by, respelled(name), respelled(goes_by)):
            parts = [part for part in _words(form) if part not in _NO_NAME]
            for part in parts:
                self._add((part,), label, part in _ORDINARY)
            if len(parts) > 1:
                self._add(("".join(parts),), label)
                self._add(tuple(_words("".join(form.split()))), label)  # one with a hyphen stays two words
                self._add(("".join(reversed(parts)),), label)
                self._add((parts[0], parts[-1]), label)
                self._add((parts[-1], parts[0]), label)
            for joined in (*form.split(), *form.replace("-", " ").split()):
                if len(pieces := _words(joined)) > 1:
                    self._add(("".join(pieces),), label)
                    self._add(tuple(pieces), label)
        for short in short_forms(_fold(first_name(said))):
            self._add((short,), label, True)

    def _add_whole(self, name: str, label: str = NAME) -> None:
        """Have a name replaced where it stands in full."""
        if _PLAIN_NAME.fullmatch(name):
            self._add(tuple(name.lower().split()), label)
            return
        for form in dict.fromkeys((name, written_name(name))):
            if _UNSPACED.search(form):
                for piece in (form, *form.split()):
                    if len(piece) > 1 and _UNSPACED.search(piece):
                        self._unspaced.setdefault(unicodedata.normalize("NFC", piece), label)
            words = tuple(_words(form))
            if len(words) > 1:
                self._add(words, label)

    def _add_organizations(self, names: Iterable[str], kept: frozenset[str]) -> None:
        for name in names:
            if _UNSPACED.search(name) and len(name.strip()) > 1:
                self._unspaced.setdefault(unicodedata.normalize("NFC", name.strip()), ORGANIZATION)
            whole, short = tuple(_words(name)), tuple(_words(organization_key(name)))
            for words in (whole, short, tuple(word for word in whole if word != "and")):
                if len(words) > 1:
                    self._add(words, ORGANIZATION)
                    self._add((*words[:-1], "and", words[-1]), ORGANIZATION)
                    self._add(("".join(words),), ORGANIZATION)
                elif words:
                    self._add(words, ORGANIZATION, words[0] in _ORDINARY)
            first = short[0] if len(short) > 1 else ""
            if len(first) > 2 and first not in _COMMON_IN_ORGANIZATIONS and first not in kept:
                self._add((first,), ORGANIZATION, True)

    def _add_other_organization(self, name: str, kept: frozenset[str]) -> None:
        """Have an organization replaced where it stands in full: many of a pool are called by usual words."""
        if _UNSPACED.search(name) and len(name.strip()) > 1:
            self._unspaced.setdefault(unicodedata.normalize("NFC", name.strip()), ORGANIZATION)
        words = tuple(_words(name))
        if not kept.issuperset(words):
            self._add(words, ORGANIZATION, needs_capital=True)

    def _add(self, words: tuple[str, ...], label: str, needs_capital: bool = False) -> None:
        if not words or (len(words) == 1 and len(words[0]) < 2):
            return
        name = (words, label, needs_capital)
        by_second = self._names.setdefault(words[0], {})
        names = by_second.setdefault(words[1] if len(words) > 1 else "", [])
        if name not in names:
            names.append(name)

    def _number(self, match: re.Match[str]) -> str:
        """Return what stands for figures: a telephone number is left out, anything else stays."""
        written, figures = match[0], _figures(match[0])
        is_known = any(
            figures[at : at + length] in self._phones
            for length in self._phone_lengths
            for at in range(len(figures) - length + 1)
        )
        is_usual = written.startswith(("+", "00")) or _USUAL_NUMBER.fullmatch(written.strip()) is not None
        return PHONE if is_known or (is_usual and len(figures) >= _FIGURES) else written


def _shared(labels: Iterable[str]) -> str:
    """Return what stands for a name that several have: people count more than organizations."""
    people = [label for label in labels if label != ORGANIZATION]
    return people[0] if len(people) == 1 else NAME


def _words(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def _figures(text: str) -> str:
    return _NO_FIGURES.sub("", folded(text))


_fold = lru_cache(maxsize=65536)(folded)
"""Returns a word as it is compared; each is folded once."""
