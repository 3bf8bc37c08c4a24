from __future__ import annotations

import io
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual._border import BORDER_CHARS
from textual.color import Color
from textual.scrollbar import ScrollBarRender
from warmcall.terminal.charset import (
    AsciiFilter,
    Charset,
    charset_for,
    encoding_of,
    environment_at_start,
    filters_for,
)
from warmcall.terminal.plain_output import never_fail

from tests.requirements import needs_file

UTF_8 = {"LANG": "en_US.UTF-8"}
COMBINING = "Zoe\u0301"
FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("environ", "utf_8"),
    [
        ({}, False),
        ({"LANG": "C"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "C.utf8"}, True),
        ({"LANG": "en_US.UTF-8@euro"}, True),
        ({"LANG": "de_DE.utf-8"}, True),
        ({"LANG": "de_DE"}, False),
        ({"LANG": "de_DE@euro"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "ja_JP.eucJP"}, False),
        ({"LC_CTYPE": "UTF-8"}, True),
        ({"LC_CTYPE": "en_GB.UTF-8", "LANG": "C"}, True),
        ({"LC_CTYPE": "C", "LANG": "en_GB.UTF-8"}, False),
        ({"LC_ALL": "C", "LC_CTYPE": "en_GB.UTF-8", "LANG": "en_GB.UTF-8"}, False),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "PYTHONIOENCODING": "ascii:replace"}, False),
        ({"LANG": "en_GB.UTF-8", "PYTHONIOENCODING": ":replace"}, True),
        ({"LANG": "C", "PYTHONIOENCODING": "utf-8"}, False),
    ],
)
def test_without_a_word_the_locale_decides_and_a_wish_is_followed(
    environ: dict[str, str], utf_8: bool
) -> None:
    assert charset_for(None, environ, lambda: environ) is (Charset.ALL if utf_8 else Charset.ASCII)
    assert charset_for(True, environ, lambda: environ) is (Charset.OWN_ASCII if utf_8 else Charset.ASCII)
    assert charset_for(False, environ, lambda: environ) is Charset.ALL


@pytest.mark.parametrize(
    ("before", "letters"),
    [
        ({"LANG": "C"}, Charset.ASCII),
        ({"PATH": "/bin"}, Charset.ASCII),
        ({"LC_CTYPE": "C.UTF-8"}, Charset.ALL),
        ({}, Charset.ALL),
    ],
)
def test_what_python_put_into_the_locale_itself_does_not_count(
    before: dict[str, str], letters: Charset
) -> None:
    coerced = {"LC_CTYPE": "C.UTF-8", **({"LANG": before["LANG"]} if "LANG" in before else {})}
    assert charset_for(None, coerced, lambda: before) is letters


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [
        ("en_US.UTF-8", "utf-8"),
        ("de_DE.ISO-8859-15@euro", "iso8859-15"),
        ("ja_JP.eucJP", "euc_jp"),
        ("ru_RU.KOI8-R", "koi8-r"),
        ("C", "utf-8"),
        ("de_DE", "utf-8"),
        ("C.ascii", "utf-8"),
        ("", "utf-8"),
        ("x.utf-16", "utf-8"),
        ("x.hex", "utf-8"),
        ("x.no-such\0codec", "utf-8"),
    ],
)
def test_what_is_typed_is_read_in_the_encoding_of_the_locale(locale: str, encoding: str) -> None:
    environ = {"LANG": locale}
    assert encoding_of(environ, lambda: environ) == encoding


@needs_file("/proc/self/environ")
def test_the_environment_at_the_start_is_not_what_python_made_of_it() -> None:
    words = "import os; from warmcall.terminal.charset import *; print(charset_for(None, os.environ))"
    environ = {"LANG": "C", "PYTHONPATH": ":".join(filter(None, sys.path))}
    completed = subprocess.run(
        [sys.executable, "-c", words], env=environ, capture_output=True, text=True, check=True
    )
    assert completed.stdout.strip() == "Charset.ASCII"
    assert environment_at_start()["PATH"]


def drawn(text: str, letters: Charset = Charset.ASCII) -> str:
    """Return `text` as it is drawn."""
    [segment] = AsciiFilter(letters).apply([Segment(text)], Color(0, 0, 0))
    return segment.text


@pytest.mark.parametrize(
    ("text", "everything", "own"),
    [
        ("plain words", "plain words", "plain words"),
        ("╭─ Say ─╮", "+- Say -+", "+- Say -+"),
        ("│ x │", "| x |", "| x |"),
        ("‹your background›", "<your background>", "<your background>"),
        ("“Who’s next?”", '"Who\'s next?"', '"Who\'s next?"'),
        ("try 2 · 10:05 – 10:20", "try 2 - 10:05 - 10:20", "try 2 - 10:05 - 10:20"),
        ("Wilhelmina Th…", "Wilhelmina Th~", "Wilhelmina Th~"),
        ("▸● [✓] ★ 3 ×", ">* [x] * 3 x", ">* [x] * 3 x"),
        ("← → ↑ ↓", "< > ^ v", "< > ^ v"),
        ("████░░░", "####...", "####..."),
        ("🔎 find", ">  find", ">  find"),
        ("a\u2424b\u241bc\ufffd", "a?b?c?", "a?b?c?"),
        ("Zoé Ångström", "Zoe Angstrom", "Zoé Ångström"),
        (COMBINING, "Zoe", COMBINING),
        ("Łukasz Weiß Sørensen", "Lukasz Weis Sorensen", "Łukasz Weiß Sørensen"),
        ("李美玲 x", "?????? x", "李美玲 x"),
        ("Ａ１", "A 1 ", "Ａ１"),
        (f"{FAMILY} x", "?? x", f"{FAMILY} x"),
        ("Наталья", "???????", "Наталья"),
        ("½ ﬁ €", "? ? ?", "½ ﬁ €"),
        ("\u0301x", "x", "\u0301x"),
        ("▸\u0301x", ">x", ">\u0301x"),
    ],
)
def test_what_is_drawn_keeps_its_width(text: str, everything: str, own: str) -> None:
    assert drawn(text) == everything
    assert drawn(text, Charset.OWN_ASCII) == own
    assert cell_len(text) == cell_len(everything) == cell_len(own)


def test_every_line_of_a_box_and_every_block_has_a_likeness() -> None:
    signs = {chr(code) for code in range(0x2500, 0x25A0)}
    signs |= {sign for border in BORDER_CHARS.values() for line in border for sign in line}
    signs |= {*ScrollBarRender.VERTICAL_BARS, *ScrollBarRender.HORIZONTAL_BARS}
    for letters in (Charset.ASCII, Charset.OWN_ASCII):
        for sign in signs:
            assert drawn(sign, letters).isascii(), sign
            assert len(drawn(sign, letters)) == 1, sign
            assert drawn(sign, letters) != "?", sign


def test_styles_and_what_is_no_text_stay_as_they_are() -> None:
    style = Style(bold=True, meta={"offset": (0, 0)})
    control = Segment("\x1b[1m", None, [(1,)])  # type: ignore[list-item]
    assert AsciiFilter(Charset.ASCII).apply([Segment("é", style), control], Color(0, 0, 0)) == [
        Segment("e", style), control,
    ]  # fmt: skip


def test_with_all_letters_no_line_passes_a_filter() -> None:
    assert filters_for(Charset.ALL) == ()


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("ascii", b'Zoe ???? "x" 1 - 2~'),
        ("latin-1", b'Zo\xe9 ???? "x" 1 \xb7 2~'),
        ("cp1252", b"Zo\xe9 ???? \x93x\x94 1 \xb7 2\x85"),
        ("utf-8", "Zoé 李美由佐 “x” 1 · 2…".encode()),
    ],
)
def test_output_that_cannot_hold_a_letter_gets_what_looks_like_it(encoding: str, written: bytes) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    never_fail(stream, io.StringIO())
    stream.write("Zoé 李美由佐 “x” 1 · 2…")
    stream.flush()
    assert raw.getvalue() == written
