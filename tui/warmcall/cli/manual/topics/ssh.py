"""On a remote machine: a slow line, copying, a line that drops."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, words
from warmcall.terminal.clipboard import LONGEST, MOSH_LONGEST


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "warmcall is made for SSH: it needs no mouse and no function keys, and sends only what changed on "
        "the screen. At 80x24 a letter in the notes takes about 20 bytes and a move in a list about 150, "
        "fewer than in vim; nothing is sent while nothing changes. ssh -C compresses a whole new screen to "
        "a third or less."
    )
    yield entries(
        ("ctrl+l", "draws the screen again, if something else wrote on it"),
        (
            "--plain-drawing",
            "draws as Textual does by itself: the same picture for more bytes, if your terminal shows "
            "something odd. WARMCALL_PLAIN_TEXTUAL=1 does that, and leaves out every other change to "
            "Textual. With another version of Textual than it was made for, warmcall works like that by "
            "itself, and warmcall check says so",
        ),
        (
            "tmux, screen",
            "keep the session when the line drops; warmcall then goes on by itself. The topic shell puts "
            "what is due into the status line of tmux",
        ),
        ("mosh", "1.4 or newer copies to your clipboard; it does not keep the title of your window"),
        ("ctrl+z", "goes to the shell, and fg comes back; the countdown goes on meanwhile"),
        (
            "a terminal that cannot place the cursor",
            "gets a sentence instead of the screens; every command works there",
        ),
    )
    yield Subheading("When the line drops")
    yield from words(
        "Nothing typed is lost, and the clock is right, whether the line drops, the machine sleeps or you "
        "forget to end an interview. The next start offers it at the same question, and Enter goes on with "
        "it, on whatever terminal you are. One that was left running can be ended as of the last note you "
        "typed. Of one that never began, Enter in the Queue asks what became of it.",
        "If two sessions have one interview open, one of them writes and the other looks on: T takes over, "
        "and the words of both stay. A session that was killed, or ended with its machine, does not count, "
        "even if another process has its number by now, on macOS and the BSDs, too. A session on another "
        "machine, or in another container, counts for an hour after its last note or pause, since nobody "
        "can know from here whether it still runs.",
    )
    yield Subheading("Copying")
    yield from words(
        "Y copies, and so do ctrl+c and ctrl+x in a text, to the clipboard of the terminal you sit at (OSC "
        "52): in tmux through tmux, in screen through screen, and through mosh 1.4 or newer. A terminal "
        "does not say whether it took the text, so the message only says what was sent; tmux keeps it in "
        "its buffer in any case.",
        f"A text of more than {LONGEST:,} bytes, in screen and mosh {MOSH_LONGEST:,}, goes into the file "
        "copied.txt beside the state file, for your eyes only. The next long copy replaces it.",
    )
    yield Subheading("The title of the window")
    yield from words(
        "While a countdown runs, the title of the window says how many minutes are left, never a name. Your "
        "own title is back when it has ended, when warmcall ends, and while the shell or your editor has "
        "the terminal."
    )
