"""Days and times as they are typed."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, words

EXAMPLES = (
    ("a time of day", ("at 9", "2:30pm", "14.00", "14h", "1400", "quarter to 3", "noon")),
    ("a length of time", ("in half an hour", "in 2 hours", "90 minutes")),
    ("a day", ("today", "tomorrow", "the day after tomorrow", "the next business day")),
    (
        "a weekday",
        ("thu", "this friday", "next friday", "friday week", "a week on friday", "friday next week"),
    ),
    (
        "a date",
        (
            "dec 4",
            "4 dec",
            "4.12.",
            "12/4",
            "2026-12-04",
            "the 4th",
            "the 4th of next month",
            "friday the 4th",
        ),
    ),
    ("so many days", ("3d", "2w", "in 3 days", "3 business days", "a fortnight", "2 weeks from monday")),
    (
        "a day of a month",
        ("1st friday of next month", "last day of december", "end of the month", "next week", "december"),
    ),
    ("day and time", ("thu 2pm", "friday at 3:30", "tomorrow morning at 9", "2pm on thursday")),
    ("with a zone", ("2pm ET", "14:00 UTC", "14:00 +02:00")),
)
"""What may be typed for something to come, by what it is; the tests read each."""

PAST_EXAMPLES = ("an hour ago", "20 min ago", "yesterday 10:15", "last friday", "3 days ago", "now")
"""What may be typed for something past."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Times are typed as people say them. The line below the field shows what was understood, with "
        "weekday and hour, and another reading where there is one. Words that cannot be used are refused, "
        "never left out. Commands read the same words, as in warmcall snooze ID '3 business days'."
    )
    yield entries(
        *((what, ", ".join(shown)) for what, shown in EXAMPLES),
        ("something past", ", ".join(PAST_EXAMPLES)),
        as_it_is=True,
    )
    yield Subheading("Where words can mean two things")
    yield entries(
        (
            "an hour without am or pm",
            "the one within working hours, 8:30 to 17:30, or nearest to them: at 2 is 14:00, at 9 is 9:00, "
            "at 6 is 18:00. A leading zero or four figures, as in 06:00, mean the hour they show",
        ),
        (
            "an hour without a day",
            "the next time it is that hour; for something past, the last time",
        ),
        (
            "a weekday",
            "the next one after today. this friday may be today; next friday is that of next week, which "
            "begins on Monday",
        ),
        (
            "12/3",
            "begins with the month or the day as is usual in your country; see the setting country. 12.3. "
            "is always the 12th of March, and 2026-12-03 always the 3rd of December",
        ),
        ("12.30 and 24.12", "a time of day, as 12:30, and a day, as there is no such time"),
        ("a date without a year", "the next one from today on; for something past, the last one"),
        ("a weekday and a date", "must belong together: mon 4 dec is refused if the 4th is a Friday"),
        ("business days", "leave out weekends and the public holidays of your country"),
        (
            "a day without an hour",
            "stays a date and is the same date in every time zone; next week and december are their first "
            "day, and take no hour",
        ),
        ("something with an hour, put off to a day", "keeps its hour"),
        ("a time that a clock change leaves out", "is refused; of one that comes twice, the first is meant"),
    )
