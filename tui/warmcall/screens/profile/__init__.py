"""The profile and the target, and the first screen of a new user."""
