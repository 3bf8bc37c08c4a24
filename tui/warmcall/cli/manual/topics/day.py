"""Your first call, and an ordinary day, in ten steps."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, words

_STEPS = (
    "6 opens Target: who you are, and the job you aim at. What is still missing appears in scripts and "
    "letters between ‹ and ›, so that you see it before you say it.",
    "2 opens People, and a adds somebody: a name is enough. Their call is in the queue at once. I imports "
    "all the people you know, from LinkedIn or a phone, into the pool; S proposes whom of them to ask this "
    "week, and says why.",
    "1 opens the Queue: what to do next, and why. Enter does it: the right screen opens on that person. "
    "x marks it done.",
    "On the call, read what is in the box. Each answer they may give has a letter; type it, and the next "
    "thing to say appears.",
    "o and one more letter record how the call ended. Each line says beforehand what it will put into the "
    "queue. A call made earlier is recorded with l on the person, with a time such as yesterday 10:15 or an "
    "hour ago.",
    "Before the meeting, tick what is ready, and put the questions in order: K moves one up, J down, a adds "
    "one, d drops one.",
    "s starts the clock. Enter goes into the notes, Tab to the next question, and Esc out of the notes.",
    "* stars an answer, r records whom they named, and p what was promised; while you type, ctrl+t, ctrl+r "
    "and ctrl+o do the same. x ends the interview: the people and promises are now in People and in the "
    "Queue. e asks what you learned, m sets the next interview.",
    "t is the thank-you, drafted from the starred answers: m hands it to your mail program, Y copies it, s "
    "marks it sent.",
    "Thirty days later the queue asks you to write again, with a reason to. u undoes any change. 5 opens "
    "Progress: who answered, week by week, how sure you are, who led to whom; Enter opens the people behind "
    "a figure. y there keeps your own answers for a job interview, beside what you learned; P practises "
    "saying them.",
)


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "warmcall demo opens sample data to look around in; nothing you do there is kept. warmcall opens "
        "your own file, which the first screen helps to begin. Then, in ten steps:"
    )
    yield entries(*((str(number), step) for number, step in enumerate(_STEPS, 1)), as_it_is=True)
    yield Subheading("The clock")
    yield from words(
        "The countdown is right when you come back, whatever happened meanwhile: the line dropped, you were "
        "in the shell, the machine slept, or its own clock was set. Five minutes before the end, at the "
        "close, and when the time is up it rings once and shows what to say.",
        "In the shell the same day goes by commands; see the topic shell.",
    )
