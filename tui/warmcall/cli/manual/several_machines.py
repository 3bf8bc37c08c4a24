"""One search on several machines: which way to choose, the recipes, and what a shared home promises."""

from __future__ import annotations

from warmcall.cli.manual.neighbours import RecipeStep

WAYS = (
    ("You can reach one machine from the other", "keep the file there, and run warmcall over ssh: no copies"),
    ("Both have the same home, by NFS or the like", "do nothing; see A home on the network"),
    ("You want each state kept, with who changed what", "git"),
    ("Both are often online, and it should go by itself", "Syncthing, or another program that syncs folders"),
    ("It happens a few times", "a copy over ssh, or on a stick, and warmcall merge"),
)
"""When to use which."""

SYNCTHING_IGNORES = """
.warmcall.json.*
warmcall.json.backups
warmcall.json.*typing-*
"""
"""What Syncthing has to leave on each machine."""

WITH_GIT = (
    RecipeStep(
        "On the machine that both reach, here myhost, an empty repository:",
        """
git init --bare -b main search.git
""",
    ),
    RecipeStep(
        "On the machine that has the search:",
        """
cd ~/.local/share/warmcall
warmcall git-setup
git add -A
git commit -m 'My search'
git branch -M main
git remote add origin myhost:search.git
git push -u origin main
""",
    ),
    RecipeStep(
        "On each other one, before warmcall is started there:",
        """
git clone myhost:search.git ~/.local/share/warmcall
warmcall git-setup
""",
    ),
    RecipeStep(
        "Before and after work, on each. Git does not overwrite what is not committed, so commit first:",
        """
cd ~/.local/share/warmcall
git commit -am "On $(hostname)"
git pull --no-rebase --no-edit
git push
""",
    ),
)

WITH_SYNCTHING = (
    RecipeStep(
        "On each machine, before the folder is shared, so that what belongs to it alone stays there:",
        f"""
cat > ~/.local/share/warmcall/.stignore <<'END'
{SYNCTHING_IGNORES.strip()}
END
""",
    ),
    RecipeStep(
        "Share ~/.local/share/warmcall in Syncthing. If both machines changed the file, one version is left "
        "beside it. warmcall finds it while it runs and says what it would bring: F merges it into the file, "
        "as one change that u takes back, and moves it to the backups; X leaves it. Without the screens:",
        """
cd ~/.local/share/warmcall
warmcall check
warmcall merge warmcall.sync-conflict-*.json && rm warmcall.sync-conflict-*.json
""",
    ),
)

WITH_SSH = (
    RecipeStep(
        "Bring the copy of myhost in; rsync or scp into a file of another name do as well. Never copy over a "
        "state file itself:",
        """
ssh myhost cat .local/share/warmcall/warmcall.json > ~/from-myhost.json
warmcall merge ~/from-myhost.json
""",
    ),
    RecipeStep(
        "And let myhost have the result:",
        """
ssh myhost 'cat > from-here.json && warmcall merge from-here.json' < ~/.local/share/warmcall/warmcall.json
""",
    ),
)

SHARED_HOME = (
    (
        "Promised",
        "two machines may have the file open at once, also where the locks of one hold back nobody on the "
        "other (NFS mounted with nolock) or are missing: they write one after the other, different records "
        "and fields of both stay, and what one saved is neither lost nor half written",
    ),
    (
        "When the other sees it",
        "what is saved, within a few seconds; words still being typed, within a minute, as long as NFS "
        "remembers the names in a folder (acdirmax)",
    ),
    (
        "If a machine dies while it writes",
        "the others wait up to half a minute, by the clock of the file server, before they write; each says "
        "so, and keeps what is typed meanwhile",
    ),
    (
        "Not promised",
        "a machine that was held up for over half a minute in the middle of writing, at the very moment "
        "another one writes; older versions of warmcall at the same time, which do not wait for machines "
        "without common locks; and what a server lost that says that something is on disk when it is not "
        "(the export option async). A session that runs sees that what it saved is missing, and brings it "
        "back on F",
    ),
    (
        "NFS version 4",
        "tried with sessions that end by themselves. If one is killed while it writes, the server may keep "
        "its lock: nothing was seen to be lost, but the others may have to wait for longer. Version 3 "
        "mounted with nolock was tried with sessions that are killed, too",
    ),
)
"""What holds on a network home, and what does not."""
