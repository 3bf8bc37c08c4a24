"""What a person sees, and the keys that act there: one folder for each area, and what they share.

May import presentation, widgets, terminal, services and below; no storage.
"""
