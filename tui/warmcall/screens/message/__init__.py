"""Messages: drafting, the reason to write, and the ways a text leaves the app."""
