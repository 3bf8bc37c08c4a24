"""Lines for other programs, as the manual has them: prompts, tmux, cron, jq. The tests run each of them."""

from __future__ import annotations

from typing import NamedTuple


class Snippet(NamedTuple):
    """Lines to be copied: where they belong, what they do, and the lines."""

    title: str
    about: str
    lines: tuple[str, ...]


COUNT_EVERY_FIVE_MINUTES = Snippet(
    "cron, for prompts",
    "counts what is due every five minutes, so that no prompt has to wait: in the file that crontab -e "
    "opens. cron knows few folders, so programs are named with theirs",
    ("*/5 * * * * ~/.local/bin/warmcall due --count >~/.cache/warmcall.due",),
)
BASH = Snippet(
    "bash",
    "a line before each prompt, if anything is due: in ~/.bashrc",
    ('PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND; }cat ~/.cache/warmcall.due 2>/dev/null"',),
)
ZSH = Snippet(
    "zsh",
    "at the right of the prompt: in ~/.zshrc",
    ("setopt prompt_subst", "RPROMPT='$(cat ~/.cache/warmcall.due 2>/dev/null)'"),
)
FISH = Snippet(
    "fish",
    "at the right of the prompt: in ~/.config/fish/functions/fish_right_prompt.fish",
    ("function fish_right_prompt", "    cat ~/.cache/warmcall.due 2>/dev/null", "end"),
)
TMUX = Snippet(
    "tmux",
    "in the status line, counted again each minute: in ~/.tmux.conf",
    (
        "set -g status-interval 60",
        "set -g status-right-length 60",
        "set -ag status-right ' #(warmcall due --count)'",
    ),
)
TMUX_CLOCK = Snippet(
    "tmux and jq",
    "the minutes left of the interview that is running, in the status line",
    (
        "set -ag status-right ' #(warmcall interview status --json | "
        'jq -r ".items[] | select(.seconds_left) | .seconds_left / 60 | floor")\'',
    ),
)
NOTIFY = Snippet(
    "cron and notify-send",
    "a note on the desktop at nine on working days, if anything is due",
    (
        "0 9 * * 1-5 due=$(~/.local/bin/warmcall due --count) && "
        'XDG_RUNTIME_DIR=/run/user/$(id -u) notify-send warmcall "$due"',
    ),
)
MAIL_BY_CRON = Snippet(
    "cron by itself",
    "mails what a command prints, and nothing if that is nothing",
    ("MAILTO=you@example.org", "0 8 * * 1-5 ~/.local/bin/warmcall due"),
)
MAIL = Snippet(
    "cron and mail",
    "the same with a subject of its own",
    (
        "0 8 * * 1-5 due=$(~/.local/bin/warmcall due) && "
        "printf '\\%s\\n' \"$due\" | mail -s 'Due today' you@example.org",
    ),
)
CHECK_FOR_ALL = Snippet(
    "cron of root, on a shared host",
    "runs warmcall check for each of the group students, as that user, each Monday at six; cron mails what "
    "it prints: in the file that crontab -e opens for root",
    (
        "0 6 * * 1 getent group students | cut -d: -f4 | tr , '\\n' | while read -r user; do "
        'runuser -u "$user" -- env HOME="$(getent passwd "$user" | cut -d: -f6)" '
        "/usr/local/bin/warmcall check </dev/null; done",
    ),
)
JQ = Snippet(
    "jq",
    "calls with their numbers, people not asked yet, and answers that may be repeated. With -r, jq prints "
    "texts as they are, without it control characters are escaped",
    (
        "warmcall due --json | jq -r '.items[] | select(.kind == \"call\") | [.contact, .phone] | @tsv'",
        "warmcall list --json | jq -r '.items[] | select(.stage == \"new\") | .name'",
        "warmcall answers --json | jq '.items[] | select(.not_to_repeat | not) | {question, contact, words}'",
    ),
)

SNIPPETS = (
    COUNT_EVERY_FIVE_MINUTES,
    BASH,
    ZSH,
    FISH,
    TMUX,
    TMUX_CLOCK,
    NOTIFY,
    MAIL_BY_CRON,
    MAIL,
    CHECK_FOR_ALL,
    JQ,
)
"""All of them, in the order of the manual."""
