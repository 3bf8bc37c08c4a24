"""One verb, one change: what a key press does to the book."""
