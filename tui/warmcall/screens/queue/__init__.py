"""The queue, the home screen: what is next, in order, and why."""
