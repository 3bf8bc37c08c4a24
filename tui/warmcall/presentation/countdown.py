"""The countdown and the pace in words: what is left, what to say, and what became of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from warmcall.domain.countdown import Countdown, CountdownState
from warmcall.domain.pace import Pace, Verdict
from warmcall.domain.templates import spelled


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


_LAST_WORDS = {
    CountdownState.PAUSED: "paused, ",
    CountdownState.LAST_FIVE: "last 5, ",
    CountdownState.CLOSE: "close, ",
}


def time_left(countdown: Countdown, now: datetime, close: timedelta) -> str:
    """Return what the countdown says, another thing in each state: "12:41 left", "paused, 12:41 left",
    "last 5, 4:41 left", "close, 2:41 left", "time up", "over by 0:30"."""
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
    return _LAST_WORDS.get(state, "") + words


def minutes_left(countdown: Countdown, now: datetime) -> str:
    """Return what a running or paused countdown says in whole minutes, so that it changes seldom:
    "12 min left", "paused, 12 min left", "under 1 min left", "time up", "over by 2 min"."""
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
    """Return the sentence to say as the end comes near; empty while there is time.

    `more` is the minutes that may be asked for when the time is up, once.
    """
    match countdown.state(now, close):
        case CountdownState.LAST_FIVE:
            return "Last five minutes: “I see we have five minutes left.”"
        case CountdownState.CLOSE:
            return "The close: “Who else should I talk to? May I use your name?” Then thank them."
        case CountdownState.TIME_UP if countdown.extended:
            minutes = countdown.minutes + countdown.extended
            return f"Time is up: “The {minutes} minutes are up. Thank you: I will let you go.”"
        case CountdownState.TIME_UP:
            ask = f"Shall we stop, or would {spelled(more)} more suit you?"
            return f"Time is up: “The {countdown.minutes} minutes are up. {ask}”"
        case _:
            return ""


def clock_set(by: timedelta) -> str:
    """Return what is said of a wall clock set forward, or back if negative, while the countdown runs."""
    way = "forward" if by > timedelta() else "back"
    return f"The clock of this machine was set {length(by)} {way}; the countdown goes on as before"


def clock_behind(by: timedelta) -> str:
    """Return what is said of a wall clock that lies before what is on record."""
    return (
        f"The clock of this machine is {length(by)} behind the interview on record; "
        "the countdown goes on from there, and may show too much time"
    )


def pace(value: Pace, number_of: dict[str, int], key: str = "D") -> str:
    """Return the pace: "1:35 each · on pace"; `number_of` gives the place of each question.

    `key` is what is pressed to drop the question proposed.
    """
    match value.verdict:
        case Verdict.ON_PACE:
            return f"{clock_words(value.each)} each · on pace"
        case Verdict.BEHIND:
            asked = f"drop question {number_of.get(value.drop, 0)}? {key}: yes"
            return f"{clock_words(value.each)} each · behind: {asked}"
        case Verdict.CLOSE:
            return "the close: who else?"
        case Verdict.DONE:
            return "all asked"
