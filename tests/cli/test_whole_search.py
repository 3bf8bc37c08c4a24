"""A search from an empty file to the referral's call, by commands alone: what is typed, and what is printed.

The transcript is `golden/shell.txt`. After a change of the words, run this file with
WARMCALL_TESTS_GOLDEN=write, and read what changed, aloud.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from tests.cli.conftest import Shell, tables
from tests.examples import local

GOLDEN = Path(__file__).parents[1] / "golden" / "shell.txt"
REWRITE = "WARMCALL_TESTS_GOLDEN"

SCRIPT = """\
@ 2026-11-23 08:40
$ profile --name 'Robin Vale' --background 'a graduate in history who ran a shop' --phone '+1 312 \
555 0100' --email robin@example.org --zone America/Chicago
$ target --role 'Media Planner' --industry advertising --place Chicago --why 'I planned the \
advertising of the shop'
$ target --research -
< Northgate Agency plans for regional shops.
< Parkway & Sons won the account of a railway in May.
$ add 'Dana Whitfield' --kind connector --org 'Lakeshore College' --source professor --email \
dana@example.edu
$ add 'Luis Ortega' --kind manager --org 'Parkway & Sons' --title 'Account Director' --phone '+1 312 \
555 0142' --email luis@example.com --zone America/Chicago --referrer dana --may-use-name yes
$ add - --source alumni
< {"name": "Mei Tanaka", "kind": "practitioner", \
"organization": "Northgate Agency", "title": "Media Planner", "phone": "+1 312 555 0163"}
< {"name": "Owen Price", "kind": "practitioner", "email": "owen@example.net"}
$ due --within 1w
$ done dana
$ next
$ log luis voicemail
$ draft owen
$ sent owen
$ log mei no-answer
@ 2026-11-24 14:10
$ due
$ log mei call-back --when 'wed 10:00' --note 'in a meeting, very kind'
@ 2026-11-25 10:02
$ log mei replied --channel email --note 'wants to think about it'
$ undo
$ log mei scheduled --when '2 dec 16:00'
@ 2026-11-27 09:15
$ due
$ log luis scheduled --when 'tue 1 dec 14:00' --mode video --place https://meet.example/luis
@ 2026-11-30 09:00
$ due
$ log luis replied
@ 2026-12-01 13:50
$ next
$ interview add-question 'What would you read first?'
$ interview reword 3 I read that you won the account of a railway. What did that change?
@ 2026-12-01 14:00
$ interview start luis
@ 2026-12-01 14:01
$ interview note 'Somebody who rings back. The spreadsheets can be learned.'
$ interview star
@ 2026-12-01 14:04
$ interview next
$ interview note 'By the phones, as I did: a year at the reception'
@ 2026-12-01 14:08
$ interview next
$ interview note 'Twice the plans, and nobody new for them yet'
$ interview refer Ana Ruiz --org 'Two Lamps' --why 'hires juniors in spring' --may-use-name yes
$ interview promise 'send him the article' --by friday
$ interview advice 'learn to read a rate card'
@ 2026-12-01 14:14
$ interview skip 5
$ interview skip 5000
$ interview status
@ 2026-12-01 14:17
$ interview next 'who else'
$ interview note 'Ana, and whoever sits beside her'
@ 2026-12-01 14:20
$ interview status --notes
$ interview end
$ interview debrief --learned 'They look for people who ring back.' --fit 4 --confidence 3 --next 'Ana Ruiz'
@ 2026-12-01 14:31
$ draft {thank Luis Ortega}
$ sent {thank Luis Ortega}
$ sent {thank Luis Ortega} --subject 'Thank you, Luis' --body -
< Dear Luis,
<
< Thank you for your time today. That you look for somebody who rings back is what I will remember.
<
< Robin
$ due --within 1w
$ done {keep the promise to Luis Ortega}
$ draft {tell Dana Whitfield how it went}
@ 2026-12-03 09:00
$ due
$ interview held mei
$ snooze {thank Mei Tanaka} tomorrow
$ log ana voicemail
$ answers
$ progress
$ undo
$ redo
$ undo
$ undo
"""


def test_a_whole_search_is_run_from_the_shell_alone(shell: Shell) -> None:
    text = "\n".join(_transcript(shell, SCRIPT))
    if os.environ.get(REWRITE) == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    people = {row["name"]: row for row in tables(shell.file)["contacts"].values()}
    assert people["Ana Ruiz"]["referrer_id"] == people["Luis Ortega"]["id"]
    assert people["Ana Ruiz"]["source"] == "referral"


def _transcript(shell: Shell, script: str) -> Iterator[str]:
    """Yield what a script types and what is printed, a line each.

    A line of it moves the clock (@), is a command ($), or a line of its standard input (<). An id is written
    as {what is to be done}, and is that of the last line that said so.
    """
    lines = script.splitlines()
    said = ""
    for at, line in enumerate(lines):
        mark, _, words = line.partition(" ")
        if mark == "@":
            shell.clock.move_to(local(words))
            yield f"@ {words}"
        elif mark == "$":
            typed = words
            for what in re.findall(r"\{(.*?)\}", words):
                typed = typed.replace(f"{{{what}}}", _id_of(what, said))
            rest = lines[at + 1 :]
            count = next((n for n, other in enumerate(rest) if not other.startswith("<")), len(rest))
            stdin = "".join(f"{other[2:]}\n" for other in rest[:count])
            result = shell(*shlex.split(typed), stdin=stdin)
            said += result.stdout
            yield f"$ warmcall {typed}"
            yield from rest[:count]
            yield result.stdout.rstrip("\n") if result.stdout else "(nothing)"
            yield from result.stderr.splitlines()
            if result.exit_code:
                yield f"(ends with {result.exit_code})"
            yield ""


def _id_of(words: str, said: str) -> str:
    """Return the id in the last line that says what is to be done."""
    found = re.findall(rf"^(?:next: )?([0-9a-f]{{4,}})  .*{re.escape(words)}", said, re.MULTILINE)
    assert found, words
    return str(found[-1])
