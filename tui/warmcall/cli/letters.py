"""The commands about letters: adding one, printing or handing over its draft, and marking it sent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from warmcall.cli.acting import acting, checked_line, json_option, quoted, typed_text
from warmcall.cli.base import FILE, db_option, examples, name_argument
from warmcall.cli.changing import changing
from warmcall.cli.completers import follow_ups, people
from warmcall.cli.exports import deliver, force_option, output_option
from warmcall.cli.gaps import fill_it, gap_words
from warmcall.cli.invocation import Invocation, fail, warn
from warmcall.cli.loading import Context, load_context
from warmcall.cli.logging import made_for, record_attempt
from warmcall.cli.reading import json_option as json_to_read
from warmcall.cli.reading import print_json, print_lines, services_for
from warmcall.cli.selecting import CANDIDATES, select_follow_up, select_person
from warmcall.domain.id_prefixes import LEAST, beginning_with
from warmcall.domain.message import Medium, MessageTemplate, Purpose
from warmcall.domain.message import draft as filled_draft
from warmcall.domain.objections import gap_problem
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.sanitize import many_lines, one_line
from warmcall.domain.vocabulary import Channel, FollowUpKind, Outcome

if TYPE_CHECKING:
    from warmcall.domain.lint import Remark
    from warmcall.services.drafting import LetterChoice
    from warmcall.services.services import Services

_NOT_ADDED, _NOT_DRAFTED, _NOT_SENT = "not added", "no draft", "not marked sent"

REMARKS_SHOWN = 3
"""More than three remarks at once are read by nobody."""


class OwedLetter(NamedTuple):
    """A letter that is owed: its follow-up, the reader, the template, and the words as they stand.

    A call is owed in writing where somebody is asked for a talk by email or by a message.
    """

    owed: FollowUp
    contact: Contact
    template: MessageTemplate | None
    subject: str
    body: str

    @property
    def asks(self) -> bool:
        """Whether it asks for a talk, in place of a call."""
        return self.owed.kind is FollowUpKind.CALL


@click.command(
    epilog=examples(
        ("warmcall draft mei", "print the letter that is owed to Mei Tanaka"),
        ("warmcall draft 77bb --mail", "open it in the mail program"),
        ("warmcall draft 77bb --reason 1", "a check-in, for the first reason that is proposed"),
        ("warmcall draft 77bb --edit", "fill its gaps in your editor"),
    )
)
@name_argument("id", shell_complete=follow_ups)
@click.option("--template", metavar="NAME", help="From which template; the one that fits without it.")
@click.option(
    "--reason", metavar="WHY", help="Of a check-in: why you write, or the number of a reason proposed."
)
@click.option("--subject", help="Keep this subject instead.")
@click.option("--body", help="Keep this text instead; - reads standard input.")
@click.option("--edit", "edits", is_flag=True, help="Write the text in your own editor, and keep it.")
@click.option("--mail", "mails", is_flag=True, help="Hand it to your mail program, or write a draft file.")
@click.option("--eml", "as_eml", is_flag=True, help="Print it as an email, with its header (RFC 5322).")
@click.option("--maildir", type=FILE, metavar="DIR", help="Put it as a draft into a Maildir.")
@json_to_read
@output_option
@force_option
@db_option
@click.pass_obj
def draft(
    invocation: Invocation,
    id: str,
    template: str | None,
    reason: str | None,
    subject: str | None,
    body: str | None,
    edits: bool,
    mails: bool,
    as_eml: bool,
    maildir: Path | None,
    as_json: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Print a letter that is owed.

    What is missing shows as a ‹gap›. Without --mail, --eml or --maildir it is printed with where it goes and
    its subject, and what could be better is said on standard error. Nothing is recorded as sent.
    """
    if sum((mails, as_eml, maildir is not None, as_json)) > 1:
        fail(f"{_NOT_DRAFTED}: --mail, --eml, --maildir and --json each say what becomes of it: give one")
    if output is not None and (mails or maildir is not None):
        fail(f"{_NOT_DRAFTED}: -o is for the letter that is printed: leave it out")
    context = load_context(invocation)
    keeps = edits or any(option is not None for option in (reason, subject, body))
    with changing(context, _NOT_DRAFTED, save=keeps) as services:
        letter = _select(services, id, _NOT_DRAFTED, template)
        if letter.owed.done_at is not None:
            fail(f"{_NOT_DRAFTED}: it is done already: warmcall show has what was sent")
        if reason is not None:
            letter = _with_reason(services, letter, reason, template)
        if subject is not None or body is not None:
            letter = _with_words(services, letter, subject, body, _NOT_DRAFTED)
        if edits:
            from warmcall.cli.own_editor import edited

            letter = letter._replace(body=edited(letter.body, _NOT_DRAFTED))
        if edits or subject is not None or body is not None:
            _keep(services, letter)
    if mails:
        _refuse_unready(services, letter, _NOT_DRAFTED)
        from warmcall.cli.mail_program import hand_over

        click.echo(f"{one_line(hand_over(context, services, letter.contact, letter.subject, letter.body))}.")
    elif maildir is not None:
        _refuse_unready(services, letter, _NOT_DRAFTED)
        from warmcall.cli.maildir_drafts import deliver_to_maildir

        click.echo(f"{deliver_to_maildir(services, letter.contact, letter.subject, letter.body, maildir)}.")
    elif as_json:
        deliver(context, f"{_letter_json(services, letter)}\n", output, force)
    else:
        _print(context, services, letter, as_eml, output, force)


def _print(
    context: Context, services: Services, letter: OwedLetter, as_eml: bool, output: Path | None, force: bool
) -> None:
    """Print a letter, or write it to a file, and say on standard error what could be better."""
    if as_eml:
        from warmcall.formats.mail import eml
        from warmcall.services.mail_drafts import mail_draft

        _refuse_without_address(letter.contact, _NOT_DRAFTED)
        mail = mail_draft(services, letter.contact, letter.subject, letter.body)
        deliver(context, eml(mail).decode("ascii"), output, force)
    else:
        head = [f"To: {_reader(letter)}", f"Subject: {one_line(letter.subject)}" if letter.subject else ""]
        text = "\n".join([*filter(None, head), "", many_lines(letter.body).rstrip(), ""])
        deliver(context, text, output, force)
    for words in _what_could_be_better(services, letter):
        warn(words)


def _letter_json(services: Services, letter: OwedLetter) -> str:
    """Return a letter as programs read it, with what could be better."""
    from warmcall.domain.templates import gaps_in
    from warmcall.presentation.json_shapes import LetterJson, encoded
    from warmcall.presentation.wording import message_address

    medium = letter.template.channel if letter.template else Medium.EMAIL
    shown = LetterJson(
        follow_up_id=letter.owed.id,
        contact_id=letter.contact.id,
        contact=letter.contact.name,
        channel=Channel(medium.value),
        address=letter.contact.email if medium is Medium.EMAIL else message_address(letter.contact, medium),
        template=letter.template.id if letter.template else None,
        subject=letter.subject,
        text=letter.body,
        gaps=gaps_in(f"{letter.subject}\n{letter.body}"),
        remarks=_what_could_be_better(services, letter),
    )
    return encoded([shown])


def _reader(letter: OwedLetter) -> str:
    """Return who reads it, and where it goes."""
    from warmcall.presentation.wording import message_address

    medium = letter.template.channel if letter.template else Medium.EMAIL
    if medium is Medium.EMAIL and letter.contact.email.strip():
        return one_line(f"{letter.contact.name} <{letter.contact.email}>")
    return one_line(f"{letter.contact.name}, {message_address(letter.contact, medium)}")


@click.command(
    epilog=examples(
        ("warmcall sent 77bb", "it was sent as it was drafted"),
        ("warmcall sent 77bb --subject 'Thank you' --body - < sent.txt", "it was sent in other words"),
    )
)
@name_argument("id", shell_complete=follow_ups)
@click.option("--template", metavar="NAME", help="From which template it was written, if not the usual one.")
@click.option("--subject", help="The subject of what was sent, if it was another one.")
@click.option("--body", help="The text that was sent, if it was another one; - reads standard input.")
@click.option("--anyway", is_flag=True, help="Although something speaks against it.")
@json_option
@db_option
@click.pass_obj
def sent(
    invocation: Invocation,
    id: str,
    template: str | None,
    subject: str | None,
    body: str | None,
    anyway: bool,
    as_json: bool,
) -> None:
    """Mark a letter that is owed as sent.

    Its text is kept, and what follows comes into the queue: the next time to write, or to ask somebody else.
    """
    from warmcall.presentation.acts import follow_up_words

    with acting(invocation, _NOT_SENT, as_json) as act:
        services = act.services
        letter = _select(services, id, _NOT_SENT, template)
        words = follow_up_words(services, letter.owed)
        if letter.owed.done_at is not None:
            fail(f"{_NOT_SENT}: it is done already: {words}")
        if subject is not None or body is not None:
            letter = _with_words(services, letter, subject, body, _NOT_SENT)
        if letter.asks:
            _log_ask(services, letter)
        else:
            _refuse_unready(services, letter, _NOT_SENT, anyway, "--anyway marks it sent all the same")
            template_id = letter.template.id if letter.template else ""
            services.following_up.sent(
                letter.owed.id, letter.subject, letter.body, anyway=True, template_id=template_id
            )
        act.items.append(services.store.require(FollowUp, letter.owed.id))
        act.done = f"Sent: {words}"


@click.command(
    epilog=examples(
        ("warmcall letter dana", "list the letters that fit now, with their numbers"),
        ("warmcall letter dana 2", "put the second into the queue, to be drafted"),
    )
)
@click.argument("who", shell_complete=people)
@click.argument("which", required=False)
@json_option
@db_option
@click.pass_obj
def letter(invocation: Invocation, who: str, which: str | None, as_json: bool) -> None:
    """Add a letter besides those in the queue.

    It settles a time, asks for an introduction, thanks for a no or a name, says you are late, or what you
    decided. WHICH is its number in the list of those that fit, or words of its title.
    """
    if which is None:
        _list_letters(invocation, who, as_json)
        return
    with acting(invocation, _NOT_ADDED, as_json) as act:
        services = act.services
        contact = select_person(services, who, _NOT_ADDED)
        choices = _letters_for(services, contact)
        chosen = choices[_place(which, [_title(choice) for choice in choices])]
        about_id = chosen.about.id if chosen.about else ""
        added = services.following_up.add_letter(contact.id, chosen.template, about_id)
        act.items.append(added)
        act.done = f"Added: {_title(chosen)}; warmcall draft prints it"


def _list_letters(invocation: Invocation, who: str, as_json: bool) -> None:
    """Print the letters that fit now, with their numbers."""
    from warmcall.presentation.json_shapes import LetterChoiceJson

    services = services_for(invocation)
    contact = select_person(services, who, "letter")
    choices = _letters_for(services, contact)
    if as_json:
        print_json(
            LetterChoiceJson(
                number=number,
                title=_title(choice),
                template=choice.template.id,
                contact_id=contact.id,
                about_id=choice.about.id if choice.about else None,
            )
            for number, choice in enumerate(choices, 1)
        )
    else:
        print_lines(f"{number}. {_title(choice)}" for number, choice in enumerate(choices, 1))


def _letters_for(services: Services, contact: Contact) -> Sequence[LetterChoice]:
    choices = services.drafting.letters_for(contact)
    if not choices:
        fail(f"{_NOT_ADDED}: no other letter to {one_line(contact.name)} fits now")
    return choices


def _title(choice: LetterChoice) -> str:
    title = choice.template.title.partition(",")[0]
    return one_line(f"{title}: {choice.about.name}" if choice.about else title)


def _place(words: str, titles: Sequence[str]) -> int:
    """Return the place of the one title that a number from 1, or words, mean, or end with a sentence."""
    typed = words.strip().casefold()
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= len(titles):
        return int(typed[:4]) - 1
    fits = [at for at, title in enumerate(titles) if typed and typed in title.casefold()]
    if len(fits) != 1:
        listed = "; ".join(f"{number} {title}" for number, title in enumerate(titles, 1))
        fail(f"{_NOT_ADDED}: {quoted(words)} is not one of them: use a number: {listed}")
    return fits[0]


def _log_ask(services: Services, letter: OwedLetter) -> None:
    """Record that somebody was asked for a talk in writing."""
    from warmcall.services.calling import CallResult

    if not letter.body.strip():
        fail(f"{_NOT_SENT}: there is nothing in it yet: --body gives the text")
    _refuse_gaps(services, letter, _NOT_SENT)
    medium = letter.template.channel if letter.template else Medium.EMAIL
    result = CallResult(
        outcome=Outcome.SENT, channel=Channel(medium.value), subject=letter.subject, body=letter.body
    )
    record_attempt(services, letter.contact, made_for(services, letter.contact, letter.owed, result))


def _select(services: Services, words: str, refusal: str, template_id: str | None) -> OwedLetter:
    """Return the letter that `words` name: the id of what is owed, or whom it is to; else end."""
    owed = _owed(services, words, refusal)
    contact = services.store.contact(owed.contact_id)
    if contact is None:
        fail(f"{refusal}: it is to somebody who was deleted: warmcall undo brings them back")
    if owed.kind is FollowUpKind.CALL:
        instead = services.calling.letter_instead(contact, owed)
        if instead is None:
            return _ask(services, owed, contact, template_id, refusal)
        owed = instead
    templates = services.drafting.templates(owed)
    if not templates:
        from warmcall.presentation.acts import follow_up_words

        fail(f"{refusal}: this is not done by a letter: {follow_up_words(services, owed)}")
    chosen = _chosen(templates, template_id, refusal)
    text = services.drafting.draft(owed, chosen.id if chosen else "")
    if chosen is not None and owed.body:
        blank = services.drafting.draft(_without_words(owed), chosen.id)
        text = blank
    return OwedLetter(
        owed, contact, services.drafting.template(owed, chosen.id if chosen else ""), text.subject, text.body
    )


def _owed(services: Services, words: str, refusal: str) -> FollowUp:
    """Return the follow-up of that id, else what is owed in writing to the person of that name.

    Of several letters it is the one that is due.
    """
    entries = [entry.follow_up for entry in services.queue.entries()]
    by_id = beginning_with((owed.id for owed in entries), words) if len(words.strip()) >= LEAST else []
    if by_id or services.store.get(FollowUp, words.strip()) is not None:
        return select_follow_up(services, words, refusal)
    person = select_person(services, words, refusal)
    own = [owed for owed in entries if owed.contact_id == person.id]
    written = [owed for owed in own if services.drafting.purpose(owed) is not None and not owed.waiting]
    found = written or [owed for owed in own if owed.kind is FollowUpKind.CALL]
    due = [owed for owed in found if services.time.calendar.has_come(owed.due, services.time.now())]
    found = due if len(due) == 1 else found
    if not found:
        fail(f"{refusal}: no letter to {one_line(person.name)} is owed: warmcall due lists what is")
    if len(found) > 1:
        from warmcall.presentation.acts import follow_up_words

        listed = "; ".join(follow_up_words(services, owed) for owed in found[:CANDIDATES])
        fail(f"{refusal}: {quoted(words)} could be {listed}: give the id")
    return found[0]


def _ask(
    services: Services, owed: FollowUp, contact: Contact, template_id: str | None, refusal: str
) -> OwedLetter:
    """Return the written ask to somebody: what was written so far, else the template that fits, filled."""
    templates = services.library.messages_for(Purpose.ASK)
    promised = services.calling.template_promised(contact, services.library.scripts)
    medium = Medium.EMAIL if contact.email.strip() or not contact.phone.strip() else Medium.MESSAGE
    fitting = sorted(templates, key=lambda each: (each.id != promised, each.channel is not medium))
    template = _chosen(templates, template_id, refusal) or next(iter(fitting), None)
    if template is None:
        fail(f"{refusal}: there is no template for an ask in writing: warmcall check says why")
    kept = services.pending_attempts.pending(contact.id, Channel(template.channel.value))
    if kept is not None and kept.body and template_id is None:
        return OwedLetter(owed, contact, template, kept.subject, kept.body)
    text = filled_draft(template, services.drafting.ask_values(contact))
    return OwedLetter(owed, contact, template, text.subject, text.body)


def _chosen(
    templates: Sequence[MessageTemplate], template_id: str | None, refusal: str
) -> MessageTemplate | None:
    """Return the template of that id; None without one. Of an unknown id it ends with those there are."""
    if template_id is None:
        return None
    found = [template for template in templates if template.id == template_id.strip()]
    if not found:
        known = ", ".join(one_line(template.id) for template in templates)
        fail(f"{refusal}: there is no template {quoted(template_id)} for this: use one of {known}")
    return found[0]


def _without_words(owed: FollowUp) -> FollowUp:
    from warmcall.domain.records import replace

    return replace(owed, subject="", body="")


def _with_words(
    services: Services, letter: OwedLetter, subject: str | None, body: str | None, refusal: str
) -> OwedLetter:
    """Return the letter with another subject or text."""
    if subject is not None:
        letter = letter._replace(subject=checked_line(subject, refusal, "subject").strip())
    if body is not None:
        letter = letter._replace(body=typed_text([body], refusal, "body"))
    return letter


def _with_reason(services: Services, letter: OwedLetter, reason: str, template_id: str | None) -> OwedLetter:
    """Set why a check-in is written, in words or by the number of a reason proposed; return the new draft."""
    if letter.owed.kind is not FollowUpKind.CHECK_IN:
        fail(f"{_NOT_DRAFTED}: --reason is for keeping in touch: this letter has its own")
    words = checked_line(reason, _NOT_DRAFTED, "reason").strip()
    proposed = services.drafting.reasons.proposed(letter.owed)
    if words.isascii() and words.isdigit():
        if not 1 <= int(words[:3]) <= len(proposed):
            fail(f"{_NOT_DRAFTED}: there is no reason {words[:3]}: {_reasons(services, letter)}")
        words = proposed[int(words) - 1].words
    if not words:
        fail(f"{_NOT_DRAFTED}: --reason: say why you write")
    fits = services.drafting.reasons.fits_in(letter.owed, words)
    if not fits:
        fix = "--body gives it new words"
        fail(f"{_NOT_DRAFTED}: you have written it already, with no place for a reason: {fix}")
    services.drafting.reasons.set(letter.owed.id, words)
    return _select(services, letter.owed.id, _NOT_DRAFTED, template_id)


def _keep(services: Services, letter: OwedLetter) -> None:
    """Keep the words of a letter that is not sent yet."""
    if letter.asks:
        channel = Channel(letter.template.channel.value) if letter.template else Channel.EMAIL
        services.pending_attempts.write(letter.contact.id, channel, letter.subject, letter.body)
    else:
        services.following_up.keep_draft(letter.owed.id, letter.subject, letter.body)


def _refuse_without_address(contact: Contact, refusal: str) -> None:
    from warmcall.services.mail_drafts import address_problem

    name = one_line(contact.name)
    if not contact.email.strip():
        fail(f"{refusal}: there is no email for {name} yet: warmcall edit --email adds one")
    if problem := address_problem(contact.email):
        fail(f"{refusal}: “{one_line(contact.email)}” is not an address to mail to: {problem}")


def _refuse_unready(
    services: Services, letter: OwedLetter, refusal: str, anyway: bool = False, way_out: str = ""
) -> None:
    """End with a sentence if a letter should not go out as it is; `anyway` allows what is not firm.

    `way_out` says how to do it all the same; without it, it is for the mail, which needs an address.
    """
    if not way_out:
        _refuse_without_address(letter.contact, refusal)
    if letter.asks:
        if not letter.body.strip():
            fail(f"{refusal}: there is nothing in it yet: --body gives the text")
        _refuse_gaps(services, letter, refusal)
        return
    template_id = letter.template.id if letter.template else ""
    found = services.drafting.objection(letter.owed, letter.subject, letter.body, template_id)
    if found is None or (anyway and not found.firm):
        return
    if letter.owed.kind is FollowUpKind.CHECK_IN and "Type a reason" in found.what:
        fail(f"{refusal}: say why you write: {_reasons(services, letter)}")
    if found.what == gap_problem(letter.subject, letter.body):
        _refuse_gaps(services, letter, refusal)
    words = one_line(found.what)
    fail(f"{refusal}: {words[:1].lower()}{words[1:]}{f': {way_out}' if way_out and not found.firm else ''}")


def _refuse_gaps(services: Services, letter: OwedLetter, refusal: str) -> None:
    """End with a sentence if a letter has a gap in it."""
    if gap := gap_words(letter.subject, letter.body):
        fail(f"{refusal}: {_fill(services, letter, gap)}")


def _fill(services: Services, letter: OwedLetter, gap: str) -> str:
    """Return that a gap is to be filled, and what to type for it."""
    from warmcall.presentation.acts import short_id

    draft = f"warmcall draft {short_id(services.store, letter.owed)}"
    return f"say {gap} in your own words first: {fill_it(gap, draft)}"


def _reasons(services: Services, letter: OwedLetter) -> str:
    """Return the reasons that the records give, with their numbers, for a sentence."""
    proposed = services.drafting.reasons.proposed(letter.owed)
    if not proposed:
        return "--reason says it in your own words"
    listed = "; ".join(f"{number} {one_line(each.words)}" for number, each in enumerate(proposed[:3], 1))
    return f"--reason with a number, or your own words: {listed}"


def _what_could_be_better(services: Services, letter: OwedLetter) -> list[str]:
    """Return what would make an answer less likely, and which gap is still open, in sentences."""
    template_id = letter.template.id if letter.template else ""
    remarks: list[Remark] = []
    if letter.asks and letter.template is not None:
        from warmcall.domain.lint import Remark as Found
        from warmcall.presentation.call import one_ask_at_a_time

        other = services.calling.active_ask(letter.contact)
        remarks += [Found(one_ask_at_a_time(services, other), True)] if other else []
        remarks += services.drafting.review_ask(letter.contact, letter.template, letter.subject, letter.body)
    elif not letter.asks:
        remarks += services.drafting.review(letter.owed, letter.subject, letter.body, template_id)
    found = [one_line(remark.what) for remark in remarks if "‹" not in remark.what][:REMARKS_SHOWN]
    if letter.owed.kind is FollowUpKind.CHECK_IN and not services.drafting.reason(
        letter.owed, letter.body, template_id
    ):
        found.insert(0, f"say why you write: {_reasons(services, letter)}")
    elif gap := gap_words(letter.subject, letter.body):
        found.insert(0, f"not ready to be sent: {_fill(services, letter, gap)}")
    return found
