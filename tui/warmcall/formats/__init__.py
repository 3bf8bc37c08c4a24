"""Formats of other programs: iCalendar, mail, Markdown, CSV and JSON of records, and the people in files
that others wrote. Pure functions of records and bytes.

May import domain. Opens no files.
"""
