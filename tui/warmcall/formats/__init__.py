"""Formats of other programs: iCalendar, mail, Markdown, CSV and JSON. Pure functions of records.

May import domain. Opens no files.
"""
