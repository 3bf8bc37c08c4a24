"""Practice: calls and interviews with nobody, of which nothing is kept."""
