"""The countdown and the pace in words: the time left, what to say, and that the clock was set."""

from __future__ import annotations

from datetime import datetime, timedelta

from warmcall.domain.countdown import LAST_MINUTES, Countdown, CountdownState
from warmcall.domain.number_words import spelled
from warmcall.domain.pace import Pace, Verdict


def clock_words(span: timedelta) -> str:
    """Return a span as m:ss, without its sign."""
    seconds = abs(int(span.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def length(span: timedelta) -> str:
    """Return a span, without its sign, to the minute: "1 h", "1 h 5 min"; in seconds below one minute."""
    seconds = round(abs(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]))


_STATE_PREFIX = {
    CountdownState.PAUSED: "paused, ",
    CountdownState.LAST_FIVE: "last 5, ",
    CountdownState.CLOSE: "close, ",
}


def time_left(countdown: Countdown, now: datetime, close: timedelta) -> str:
    """Return the countdown as its state has it: "12:41 left", "paused, 12:41 left", "last 5, 4:41 left",
    "close, 2:41 left", "time up", "over by 0:30"; "20 minutes" before, and "took 19:00" after."""
    left = countdown.left(now)
    state = countdown.state(now, close)
    if state is CountdownState.NOT_STARTED:
        return f"{countdown.minutes} minutes"
    if state is CountdownState.ENDED:
        return f"took {clock_words(countdown.spent(now))}"
    if left > timedelta():
        words = f"{clock_words(left)} left"
    else:
        words = "time up" if left > timedelta(seconds=-1) else f"over by {clock_words(left)}"
    return _STATE_PREFIX.get(state, "") + words


def urgency(countdown: Countdown, now: datetime, close: timedelta) -> str:
    """Return the colour of the time left: none while there is time, amber near the end, red over the limit.

    It is near the end in the last minutes and in the close, which may be longer in the settings.
    """
    left = countdown.left(now)
    if not countdown.going:
        return ""
    if left <= timedelta():
        return "$error"
    last = LAST_MINUTES if timedelta(minutes=countdown.minutes) > LAST_MINUTES else timedelta()
    return "$warning" if left <= max(last, close) else ""


_BESIDE_CLOCK = {
    CountdownState.PAUSED: "paused",
    CountdownState.LAST_FIVE: "left, the last five",
    CountdownState.CLOSE: "left, the close",
    CountdownState.TIME_UP: "over: time is up",
}


def beside_clock(countdown: Countdown, now: datetime, close: timedelta) -> str:
    """Return the words beside a large clock, which do not change with it: "left of 20 minutes"."""
    words = _BESIDE_CLOCK.get(countdown.state(now, close), "left")
    return f"{words} · {limit(countdown)}"


def minutes_left(countdown: Countdown, now: datetime) -> str:
    """Return the time left in whole minutes, so that it changes seldom: "12 min left",
    "paused, 12 min left", "under 1 min left", "time up", "over by 2 min"."""
    left = countdown.left(now)
    minutes = int(abs(left.total_seconds())) // 60
    if left > timedelta():
        words = f"{minutes or 'under 1'} min left"
    else:
        words = f"over by {minutes} min" if minutes else "time up"
    return ("paused, " if countdown.paused else "") + words


def limit(countdown: Countdown) -> str:
    """Return the minutes asked for, and those offered on top: "20 minutes", "20 + 5 minutes"."""
    offered = f" + {countdown.extended}" if countdown.extended else ""
    return f"{countdown.minutes}{offered} minutes"


def advice(countdown: Countdown, now: datetime, close: timedelta, more: int = 5) -> str:
    """Return the sentence to say near the end; empty while there is time.

    `more` is how many minutes the user may offer when the time is up, which is done once.
    """
    match countdown.state(now, close):
        case CountdownState.LAST_FIVE:
            return "Last five minutes: “We have five minutes left, and one thing I'd still like to ask.”"
        case CountdownState.CLOSE:
            return (
                "The close: “Is there something I should have asked, and didn't?” "
                "Then “Who else would you talk to? May I use your name?”"
            )
        case CountdownState.TIME_UP if countdown.extended:
            minutes = countdown.minutes + countdown.extended
            return f"Time is up: “The {minutes} minutes are up. Thank you: I will let you go.”"
        case CountdownState.TIME_UP:
            ask = f"Shall we stop, or would {spelled(more)} more suit you?"
            return f"Time is up: “The {countdown.minutes} minutes are up. {ask}”"
        case _:
            return ""


def clock_set(by: timedelta) -> str:
    """Return the notice that the wall clock was set `by` so much, back if negative, during a countdown."""
    direction = "forward" if by > timedelta() else "back"
    return f"The clock of this machine was set {length(by)} {direction}; the countdown goes on as before"


def clock_behind(by: timedelta) -> str:
    """Return the notice that the wall clock is `by` so much earlier than what is on record."""
    return (
        f"The clock of this machine is {length(by)} behind the interview on record; "
        "the countdown goes on from there, and may show too much time"
    )


OTHER_CLOCK = (
    "This interview was begun on another machine, or before this one was started again; "
    "the time left is as right as the clocks of both"
)
"""The notice that the time left cannot be measured by one clock."""

PACE_STYLE = {Verdict.ON_PACE: "$success", Verdict.BEHIND: "bold $warning"}
"""The colour of the words for a pace, which say the same."""


def pace(value: Pace, number_of: dict[str, int], key: str = "D") -> str:
    """Return the pace: "1:35 each · on pace".

    `number_of` maps the id of a question to its number; `key` drops the question proposed.
    """
    match value.verdict:
        case Verdict.ON_PACE:
            return f"{clock_words(value.each)} each · on pace"
        case Verdict.BEHIND:
            proposal = f"skip question {number_of.get(value.drop, 0)}? {key}: yes"
            return f"{clock_words(value.each)} each · behind: {proposal}"
        case Verdict.CLOSE:
            return "the close: who else?"
        case Verdict.DONE:
            return "all asked"
