"""Practice: calls and interviews with nobody; nothing of them is kept."""
