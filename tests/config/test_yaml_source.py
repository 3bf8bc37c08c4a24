from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from warmcall.config.yaml_source import YamlFault, read_yaml

from tests.profiles import modest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: 1\nb: [x, 2.5, true, null, ~]", {"a": 1, "b": ["x", 2.5, True, None, None]}),
        ("y: yes\nn: no\non: off", {"y": True, "n": False, "on": False}),
        ("1: one\n2026-11-23: day\ntrue: word", {"1": "one", "2026-11-23": "day", "true": "word"}),
        ("say: >-\n  Hello\n  there.", {"say": "Hello there."}),
        ("body: |-\n  Hello\n  there.", {"body": "Hello\nthere."}),
        ("due: 2026-11-23", {"due": date(2026, 11, 23)}),
        ("'': empty", {"": "empty"}),
        ("\ufeffa: 1", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("[]", []),
        ("just words", "just words"),
    ],
)
def test_what_people_write_is_read(text: str, value: Any) -> None:
    assert read_yaml(text).value == value


LINES = """\
# a comment
id: ask

steps:
  opening:
    say: >-
      Hello
      there.
    replies:
      y: {hear: "Yes", go: book}
      h:
        hear: "No"
  list:
    - first
    - id: second
      ask: What?
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("", 1),
        ("id", 2),
        ("steps", 4),
        ("steps.opening", 5),
        ("steps.opening.say", 6),
        ("steps.opening.replies.y", 10),
        ("steps.opening.replies.y.go", 10),
        ("steps.opening.replies.h.hear", 12),
        ("steps.list.0", 14),
        ("steps.list.1", 15),
        ("steps.list.1.ask", 16),
        ("steps.opening.tip", 5),
        ("steps.list.1.ask.nothing.more", 16),
        ("nowhere", 1),
    ],
)
def test_every_part_knows_its_line(path: str, line: int) -> None:
    assert read_yaml(LINES).line_of(tuple(path.split(".")) if path else ()) == line


LAUGHS = "a0: &a0 ha\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: [", 2, "this is not YAML"),
        ("a: 1\nb: 'x", 2, "this is not YAML"),
        ("a: 1\n b: 2", 2, "this is not YAML"),
        ("a:\n\t- b", 2, "this is not YAML"),
        ("say: Hello: there", 1, "this is not YAML"),
        ("a: 1\n---\nb: 2", 2, "this is not YAML"),
        ("a: \x00", 1, "a character it does not allow"),
        ("a: \x07", 1, "a character it does not allow"),
        ("a: 1\nb:\n  c: 1\n  c: 2", 4, "“c” is there twice"),
        ("a: 1\n? [x, y]\n: 2", 2, "a key is not a word"),
        ("? {a: b}\n: 2", 1, "a key is not a word"),
        ("a: &x 1\nb: *x", 2, "repeats another part"),
        ("a: &x {b: 1}\nc:\n  <<: *x", 3, "repeats another part"),
        ("a: &x\n  b: *x", 2, "repeats another part"),
        ("&x [*x]", 1, "repeats another part"),
        (LAUGHS, 2, "repeats another part"),
        ("a: *x", 1, "this is not YAML"),
        ("a: 1\nb: !!python/object/apply:os.system ['true']", 2, "has no meaning here"),
        ("a: !!python/object:os.environ {}", 1, "has no meaning here"),
        ("a: !!python/name:os.system", 1, "this is not YAML"),
        ("a: !!python/name:os.system ''", 1, "this is not YAML"),
        ("a: !include other.yaml", 1, "this is not YAML"),
        ("a: !mine {b: 1}", 1, "has no meaning here"),
        ("a: !!set {b}", 1, "has no meaning here"),
        ("a: !!int abc", 1, "“abc” cannot be read"),
        ("a: 1\nb: 2026-13-45", 2, "“2026-13-45” cannot be read"),
        ("a: 0b_", 1, "“0b_” cannot be read"),
        ("a: !!bool perhaps", 1, "“perhaps” cannot be read"),
        ("a: " + "9" * 5000, 1, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_reported_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(YamlFault) as fault:
        read_yaml(text)
    assert (fault.value.line, what in fault.value.what) == (line, True), fault.value.what
    assert fault.value.fix
    assert str(fault.value) == f"line {line}: {fault.value.what}; {fault.value.fix}"


@pytest.mark.parametrize("text", ["[" * 100_000, "a:\n" + "- " * 100_000, "? " * 100_000, "{a: " * 5_000])
def test_deep_nesting_is_refused_and_not_an_error(text: str) -> None:
    with pytest.raises(YamlFault):
        read_yaml(text)


@modest
@given(st.text(max_size=60) | st.text("ab:-[]{}&*!|>'\"#?,. \n0_", max_size=60))
@example("!!timestamp x")
@example("!!float x")
@example("!!binary x")
@example("=")
@example("<<: 1")
@example("? ")
@example("%YAML 9.9\n---\na")
@example("{a, b: [c: d]}")
@example("0x_")
@example("1:99999999999:0")
@example("2026-11-23T99:99:99Z")
@example("0000-01-01")
@example("2026-11-23 10:00:00 +99:99")
def test_any_text_is_read_or_refused_with_a_line_in_it(text: str) -> None:
    try:
        source = read_yaml(text)
        line = source.line_of(("nowhere",))
    except YamlFault as fault:
        line = fault.line
    assert 1 <= line <= max(len(text.splitlines()), 1)
