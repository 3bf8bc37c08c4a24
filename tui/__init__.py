"""warmcall: twenty minutes with someone who knows, run from the terminal."""

__version__ = "0.1.0"
