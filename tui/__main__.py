"""Lets `python -m tui` start warmcall."""

from tui.cli import main

main()
