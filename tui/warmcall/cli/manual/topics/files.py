"""Where everything is."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(
        (
            "$XDG_DATA_HOME/warmcall/warmcall.json",
            "the state file: everything, as plain JSON. Backups, drafts, "
            "warmcall.ics, interview.txt and copied.txt are beside it, for your eyes only",
        ),
        (
            "$XDG_STATE_HOME/warmcall/warmcall.log",
            "what happened when an error in warmcall ended it; beside the "
            "state file if that was named by --db or WARMCALL_DB",
        ),
        ("$XDG_CONFIG_HOME/warmcall/config.yaml", "settings, all of them optional"),
        (
            "$XDG_CONFIG_HOME/warmcall/keymap.yaml",
            "your own keys by id, unless the settings name another file; warmcall keys lists the ids",
        ),
        (
            "$XDG_CONFIG_HOME/warmcall/themes/NAME.yaml",
            "a theme of your own, called NAME in the settings and in the palette; see THEMES",
        ),
        (
            "$XDG_CONFIG_HOME/warmcall/scripts, questions, messages",
            "your own YAML; cadence.yaml, "
            "job_questions.yaml, preparation.yaml, ranking.yaml and sources.yaml beside them",
        ),
        (
            "/etc/xdg/warmcall",
            "all of these but keymap.yaml, for everybody on the host; see ON A SHARED HOST",
        ),
    )
