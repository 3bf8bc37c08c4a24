"""Writing a text in the user's own editor, from a command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from warmcall.cli.invocation import fail
from warmcall.domain.sanitize import many_lines


def edited(text: str, refusal: str) -> str:
    """Have the user change `text` in their editor, `$VISUAL` or `$EDITOR`; return what they saved.

    The text is in a private file while the editor runs. Ends with a sentence if there is no terminal or no
    editor, or if it fails.
    """
    from warmcall.terminal.editors import NoEditor, editor_words

    if sys.stdin is None or not sys.stdin.isatty():
        fail(f"{refusal}: an editor needs a terminal: --body gives the text without one")
    try:
        words = editor_words(os.environ)
    except NoEditor as reason:
        fail(f"{refusal}: {reason}")
    folder = Path(tempfile.mkdtemp(prefix="warmcall-"))
    try:
        path = folder / "text.txt"
        path.touch(0o600)
        path.write_text(f"{text.rstrip()}\n", encoding="utf-8", errors="replace", newline="\n")
        code = subprocess.run([*words, str(path)], check=False).returncode  # noqa: S603 - their own editor
        written = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        fail(f"{refusal}: {words[0]}: {(error.strerror or '').lower()}: set EDITOR or VISUAL to your editor")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if code:
        fail(f"{refusal}: {Path(words[0]).name} ended with {code}: nothing was changed")
    return many_lines(written).strip()
