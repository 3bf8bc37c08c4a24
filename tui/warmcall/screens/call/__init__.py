"""The call: the script, the replies, the written asks, and how it ended."""
