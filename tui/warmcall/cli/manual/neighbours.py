"""Recipes for other programs of the terminal, which the manual page shows."""

from __future__ import annotations

from typing import NamedTuple


class RecipeStep(NamedTuple):
    """What to do, and the lines to copy for it, as they are."""

    words: str
    lines: str


INTRODUCTION = (
    "With --vdir, export ics and export vcf keep a folder with a file for each event or card. Only what "
    "changed is written, and what is done is removed. What another program changed there is kept, and named "
    "on standard error: change it in warmcall, too, or write over it with --force."
)

RECIPES: dict[str, tuple[RecipeStep, ...]] = {
    "A calendar on a server, with vdirsyncer": (
        RecipeStep(
            "In ~/.config/vdirsyncer/config, with your own address, name and password:",
            """
[general]
status_path = "~/.local/state/vdirsyncer/"

[pair calls]
a = "calls_here"
b = "calls_there"
collections = ["warmcall"]

[storage calls_here]
type = "filesystem"
path = "~/.calendars/"
fileext = ".ics"

[storage calls_there]
type = "caldav"
url = "https://dav.example.org/"
username = "robin"
password.fetch = ["command", "cat", "~/.dav-password"]
""",
        ),
        RecipeStep(
            "Once:",
            """
mkdir -p ~/.calendars
warmcall export ics --vdir ~/.calendars/warmcall
vdirsyncer discover
""",
        ),
        RecipeStep(
            "In a crontab:",
            """
*/15 * * * * warmcall export ics --vdir ~/.calendars/warmcall >/dev/null; vdirsyncer -v ERROR sync
""",
        ),
    ),
    "A calendar in the terminal, with khal": (
        RecipeStep(
            "In ~/.config/khal/config; then khal list today 7d:",
            """
[calendars]
[[warmcall]]
path = ~/.calendars/warmcall
""",
        ),
    ),
    "An address book, with khard": (
        RecipeStep(
            "Your notes are in the cards, too.",
            """
mkdir -p ~/.contacts
warmcall export vcf --vdir ~/.contacts/warmcall
""",
        ),
        RecipeStep(
            "In ~/.config/khard/khard.conf:",
            """
[addressbooks]
[[warmcall]]
path = ~/.contacts/warmcall
""",
        ),
        RecipeStep(
            "In the settings of mutt or neomutt, which then complete addresses:",
            """
set query_command = "khard email --parsable %s"
""",
        ),
    ),
    "Drafts, with mutt and neomutt": (
        RecipeStep(
            "A letter that is owed, by the ID that warmcall due has; one with a gap is refused.",
            """
mkdir -p ~/Mail
warmcall draft ID --maildir ~/Mail/Drafts
""",
        ),
        RecipeStep(
            "In ~/.neomuttrc or ~/.muttrc; neomutt -p goes on with the draft, and y sends it:",
            """
set mbox_type = Maildir
set folder = ~/Mail
set postponed = +Drafts
""",
        ),
    ),
    "Drafts, with aerc": (
        RecipeStep(
            "In ~/.config/aerc/accounts.conf; :recall goes on with the draft, and y sends it:",
            """
[warmcall]
source = maildir://~/Mail
postpone = Drafts
from = Robin Vale <robin@example.org>
outgoing = /usr/sbin/sendmail
""",
        ),
    ),
    "Markdown as other documents, with pandoc": (
        RecipeStep(
            "The Markdown is the same in every reader.",
            """
warmcall report | pandoc -f gfm -s -o report.docx
""",
        ),
    ),
}
"""What to do with each program, by what for."""
