"""Other people's formats: iCalendar, mail, Markdown, tables. Pure functions of records.

May import domain.
"""
