"""Lets `python -m warmcall` start warmcall."""

from warmcall.cli.main import main

main(prog_name="warmcall")
