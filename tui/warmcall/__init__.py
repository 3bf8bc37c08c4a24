"""warmcall: twenty minutes with someone who knows, run from the terminal.

The packages, each of which may import only those below it in this list:

cli            one module for each group of commands; `bootstrap` builds everything
app            the Textual app, which owns what is the same on every screen
screens        what a person sees and the keys that act there, one folder for each area
presentation   records put into words, for the screens and the plain commands alike
widgets        generic pieces of a screen; terminal, beside it: what makes a poor line bearable
services       one verb, one change: what can be done to the records
storage        the state file: reading it, writing it, merging, backups
config         the settings, the keymap and the YAML of scripts, questions and messages
formats        other people's formats: iCalendar, mail, Markdown, CSV
domain         frozen records and the rules over them; the standard library and msgspec only
"""

__version__ = "0.1.0"
