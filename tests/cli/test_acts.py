"""The commands that record something, each with what it says, what follows, and what it refuses."""

from __future__ import annotations

import json
import os
import shlex

import pytest
from warmcall.domain.records import Profile, Target
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.migrations import SCHEMA

from tests.cli.conftest import EVIL, Shell, assert_inert, save, tables
from tests.cli.json_output import items_of
from tests.examples import STAMP, contact, follow_up, interview, local


@pytest.fixture
def people(shell: Shell) -> Shell:
    """A shell with three people, to each of whom a call is owed."""
    save(
        shell.file,
        Profile(**STAMP, id="profile", name="Robin Vale", target_id="job"),
        Target(**STAMP, id="job", role="Media Planner"),
        contact(id="aaaa1111", name="Luis Ortega", organization="Parkway & Sons", phone="+1 312 555 0142"),
        contact(id="bbbb2222", name="Mei Tanaka", organization="Northgate Agency", zone="Europe/Berlin"),
        contact(id="cccc3333", name="Ana Ruiz", email="ana@example.org"),
        follow_up(FollowUpKind.CALL, "2026-11-23", id="1111aaaa", contact_id="aaaa1111"),
        follow_up(FollowUpKind.CALL, "2026-11-24", id="2222bbbb", contact_id="bbbb2222"),
        follow_up(FollowUpKind.CALL, "2026-11-25", id="3333cccc", contact_id="cccc3333"),
    )
    return shell


def named(shell: Shell, name: str) -> dict[str, object]:
    """Return the contact of that name as the file has it."""
    found: dict[str, object] = next(
        each for each in tables(shell.file)["contacts"].values() if each["name"] == name
    )
    return found


SAID = [
    # what is typed, what it says, and what comes into the queue or moves
    ("done luis", "Done: call Luis Ortega (id 1111)", []),
    ("done 1111 2222", "Done: call Luis Ortega (id 1111)\nDone: call Mei Tanaka (id 2222)", []),
    ("snooze luis ortega 3d", "Put off: call Luis Ortega (id 1111)",
     ["next: 1111  Thu 26 Nov · call Luis Ortega"]),
    ("snooze luis 3d", "Put off: call Luis Ortega (id 1111)", ["next: 1111  Thu 26 Nov · call Luis Ortega"]),
    (
        "snooze 1111 24 dec 14:00", "Put off: call Luis Ortega (id 1111)",
        ["next: 1111  Thu 24 Dec 14:00 · call Luis Ortega"],
    ),
    ("edit luis --title Director --phone=", "Changed Luis Ortega (id aaaa): title, phone", []),
    ("edit luis --kind manager --news promoted", "Changed Luis Ortega (id aaaa): kind, news", []),
    ("edit luis --referrer mei", "Changed Luis Ortega (id aaaa): source, referrer", []),
    ("edit luis --target media", "Changed Luis Ortega (id aaaa): target", []),
    ("edit luis --org 'Parkway & Sons'", "Nothing to change: Luis Ortega (id aaaa) has that already", []),
    (
        "follow-up luis ortega lend him the book --due friday", "Added for Luis Ortega (id aaaa)",
        ["Fri 27 Nov · lend him the book: Luis Ortega"],
    ),
    ("follow-up luis 'send her the article' --due 3d --kind promise", "Added for Luis Ortega (id aaaa)",
     ["Thu 26 Nov · keep the promise to Luis Ortega · the article"]),
    ("delete luis", "Deleted: Luis Ortega (id aaaa), with 1 record of theirs", []),
    ("delete 2222", "Deleted: call Mei Tanaka (id 2222)", []),
    ("note luis ortega plays in a band", "Noted with Luis Ortega (id aaaa)", []),
    ("note luis plays in a band", "Noted with Luis Ortega (id aaaa)", []),
    (
        "log luis voicemail", "Logged with Luis Ortega (id aaaa): voicemail left",
        ["Thu 26 Nov afternoon · call Luis Ortega · try 2 of 3, voicemail Mon 23 Nov"],
    ),
    (
        "log luis no-answer --at 'fri 10:15'",
        "Logged with Luis Ortega (id aaaa) Fri 20 Nov 10:15: no answer",
        ["this afternoon · call Luis Ortega · try 2 of 5, no answer Fri 20 Nov"],
    ),
    (
        "log mei scheduled --when 'thu 3 dec 14:00' --their-time --mode video --place https://x.example/1",
        "Logged with Mei Tanaka (id bbbb): an interview was set\n"
        "interview: Thu 3 Dec 07:00, by video, https://x.example/1",
        ["Wed 2 Dec · confirm the interview with Mei Tanaka", "Thu 3 Dec 07:00 · interview Mei Tanaka"],
    ),
    (
        "log luis call-back --when 'wed 10:00'", "Logged with Luis Ortega (id aaaa): asked to be called back",
        ["Wed 25 Nov 10:00 · call Luis Ortega · asked on Mon 23 Nov to be called back"],
    ),
    (
        "log luis referred --name 'Zed Zola' --phone '+1 312 555 0199'",
        "Logged with Luis Ortega (id aaaa): named someone else",
        ["Wed 25 Nov · call Zed Zola · named by Luis Ortega"],
    ),
    (
        "log luis referred --name 'ana ruiz'",
        "Logged with Luis Ortega (id aaaa): named someone else; Ana Ruiz is in People already", [],
    ),
    (
        "log luis declined --note 'too busy'",
        "Logged with Luis Ortega (id aaaa): said no; nothing more is planned with them", [],
    ),
    (
        "log luis wrong-number", "Logged with Luis Ortega (id aaaa): wrong number; the number is removed",
        ["tomorrow · find a number that works: Luis Ortega"],
    ),
    (
        "log luis replied --promise 'send him my resume' --on-file",
        "Logged with Luis Ortega (id aaaa): they replied, or want an email",
        ["keep the promise to Luis Ortega · my resume"],
    ),
    ("log 3333 sent --subject 'Twenty minutes' --body 'Dear Ana, …'",
     "Logged with Ana Ruiz (id cccc): sent", []),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said", "follows"), SAID, ids=lambda each: str(each)[:40])
def test_a_command_says_what_it_did_and_what_follows_and_undo_takes_it_back(
    people: Shell, typed: str, said: str, follows: list[str]
) -> None:
    before = tables(people.file)
    output = people.ok(*shlex.split(typed))
    assert output.startswith(said + "\n"), output
    lines = [line for line in output.splitlines() if line.startswith("next: ")]
    for words in follows:
        assert any(words in line for line in lines), output
    if not said.startswith("Nothing"):
        assert people.ok("undo").startswith("Undone: ")
        after = tables(people.file)
        changed = {"changed_at"}
        for table in ("contacts", "follow_ups", "attempts", "interviews", "openings"):
            rows = [
                sorted(
                    (
                        {key: row[key] for key in row.keys() - changed}
                        for row in found.get(table, {}).values()
                    ),
                    key=lambda row: str(row["id"]),
                )
                for found in (before, after)
            ]
            assert rows[0] == rows[1], table


REFUSED = [
    ("done luis nobody", "not done: nobody is called “nobody”: warmcall list shows who there is."),
    ("done ''", "not done: nobody is called “”: warmcall list shows who there is."),
    ("snooze luis yesterday", "not put off: “yesterday”: that has passed already: write a day to come."),
    ("snooze luis whenever", "not put off: “whenever”: "),
    ("snooze luis 'fri 14:0\x1b[31m0'", "not put off: “fri 14:0␛[31m0”: "),
    ("follow-up luis --due 3d", "not added: what: there is nothing in it: say what is owed."),
    ("follow-up luis call her --due 3d --kind promise", "not added: promise: “call her”: say it as a thing"),
    ("follow-up luis x --due yesterday", "not added: “yesterday”: that has passed already"),
    ("delete nobody", "not deleted: nobody is called “nobody”"),
    ("edit luis", "not changed: say what is to change, as in --phone '+1 312 555 0142'."),
    ("edit luis --name ' '", "not changed: name: a name is needed."),
    ("edit luis --zone Mars/Base", "not changed: zone: a zone looks like Europe/Berlin."),
    ("edit luis --email nobody", "not changed: email: "),
    ("edit luis --target cook", "target: “cook” is not one of them: your targets are Media Planner."),
    ("edit luis --referrer luis", "not changed: referrer: nobody gives you their own name."),
    ("edit luis --source referral", "not changed: referrer: choose who gave you the name."),
    ("edit luis --title " + "x" * 2001, "not changed: title: 2,001 characters are more than"),
    ("edit e --title x", "not changed: “e” could be Luis Ortega, Parkway & Sons (id aaaa); Mei"),
    ("note luis ortega", "not noted: text: there is nothing in it: say what to write."),
    ("note luis ' '", "not noted: text: there is nothing in it: say what to write."),
    ("log luis scheduled", "not logged: scheduled needs a time: say when you meet, as in --when 'thu 2pm'."),
    ("log luis scheduled --when thu", "not logged: “thu”: say the hour too, as in “thu 2pm”."),
    ("log luis scheduled --when 'thu 2pm' --their-time", "the time zone of Luis Ortega is not known"),
    ("log luis call-back", "not logged: call-back needs a time: say when to call"),
    ("log luis voicemail --at 'tomorrow 9:00'", "not logged: “tomorrow 9:00”: that is still to come"),
    ("log luis voicemail --at monday", "not logged: “monday”: say the hour too"),
    ("log luis voicemail --on-file", "not logged: nobody was there to say that they keep your resume"),
    ("log luis voicemail --name x", "not logged: --name goes with referred, not with voicemail."),
    ("log luis referred", "not logged: name: a name is needed, as in --name 'Ana Ruiz'."),
    (
        "log luis sent --body 'Hello ‹your name›'",
        "not logged: say ‹your name› in your own words first: --body takes the text as it was sent.",
    ),
    ("log luis replied --promise 'call her'", "not logged: promise: “call her”: say it as a thing"),
    ("log luis dreamt", "“dreamt” is not one of scheduled, talk-now"),
    ("redo", "not done again: there is nothing to redo."),
    ("target --use cook", "not changed: --use: “cook” is not one of them"),
    ("target --add", "not changed: role: say which job"),
    ("profile --minutes 999", "not changed: minutes: "),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "sentence"), REFUSED, ids=lambda each: str(each)[:40])
def test_what_cannot_be_done_is_refused_in_one_sentence_and_nothing_is_written(
    people: Shell, typed: str, sentence: str
) -> None:
    assert sentence in people.refused(*shlex.split(typed))


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        ("add Zed --json", "stage"), ("edit luis --title C --json", "stage"), ("note luis x --json", "stage"),
        ("done luis --json", "due_on"), ("snooze luis friday --json", "due_on"),
        ("log luis voicemail --json", "outcome"), ("profile --json", "background"),
        ("profile --name R --json", "background"), ("target --json", "role"),
        ("interview start luis --json", "checklist"),
    ],
)  # fmt: skip
def test_what_was_changed_is_printed_for_programs_the_main_record_first(
    people: Shell, typed: str, shape: str
) -> None:
    command = typed.split()[0]
    items = items_of(people(*typed.split()), "interview end" if command == "interview" else command)
    assert shape in items[0]
    ids = [item["id"] for item in items if "id" in item]
    assert len(set(ids)) == len(ids)


def test_undo_and_redo_go_back_and_forth_over_what_several_commands_did(people: Shell) -> None:
    people.ok("note", "luis", "one")
    people.ok("log", "luis", "voicemail")
    assert people.ok("undo").startswith(
        "Undone: log voicemail: Luis Ortega" if False else "Undone: voicemail: Luis"
    )
    assert people.ok("undo") == "Undone: edit Luis Ortega\n"
    assert people.ok("redo") == "Done again: edit Luis Ortega\n"
    assert named(people, "Luis Ortega")["notes"] == "one"
    people.ok("note", "luis", "-", stdin="two\nlines\n")
    assert named(people, "Luis Ortega")["notes"] == "one\ntwo\nlines"
    assert people.refused("redo") == "not done again: there is nothing to redo."


def test_without_any_change_there_is_nothing_to_undo(shell: Shell) -> None:
    shell.ok("profile", "--name", "Robin Vale")
    shell.ok("undo")
    assert shell.refused("undo") == "not undone: there is nothing to undo."


def test_undo_is_refused_with_the_reason_if_more_was_done_since(people: Shell) -> None:
    people.ok("edit", "luis", "--title", "Chief")
    content = json.loads(people.file.read_text())
    [luis] = [row for row in content["contacts"].values() if row["name"] == "Luis Ortega"]
    luis["title"] = "Chief of all"
    people.file.write_text(json.dumps(content))
    assert people.refused("undo") == "Not undone: edit Luis Ortega. Its title was changed again since."


def test_a_text_with_every_control_character_is_inert_wherever_it_comes_back(shell: Shell) -> None:
    name = EVIL.replace("\x00", "")
    assert_inert(shell.ok("add", name, "--org", name, "--notes", name), lines=2)
    assert_inert(shell.ok("log", "evil", "voicemail", "--note", name), lines=2)
    assert_inert(shell.ok("profile", "--name", name, "--school", name), lines=1)
    assert_inert(shell.ok("target", "--role", name, "--research", name), lines=1)
    assert_inert(shell.ok("profile"), lines=8)
    assert_inert(shell.ok("edit", "evil", "--name", name + "!"), lines=1)
    assert_inert(shell.ok("undo"), lines=1)


@pytest.mark.parametrize("name", ["田中 芽衣", "Ξενοφών " + "x" * 52, "O'Neil-\u00dcnal"])
def test_any_name_is_kept_and_found_again(shell: Shell, name: str) -> None:
    shell.ok("add", name)
    assert shell.ok("log", name, "voicemail").startswith(f"Logged with {name} (id ")


def test_a_file_of_a_newer_version_is_only_read(people: Shell) -> None:
    content = json.loads(people.file.read_text())
    content["meta"]["1"]["schema"] = SCHEMA + 1
    people.file.write_text(json.dumps(content))
    for command in (["done", "luis"], ["log", "luis", "voicemail"], ["undo"], ["profile", "--name", "x"]):
        assert "newer" in people.refused(*command)
    for command in (["draft", "luis"], ["list"], ["next"], ["show", "luis"]):
        people.ok(*command)


def test_what_is_gone_is_said_to_programs(people: Shell) -> None:
    gone = items_of(people("delete", "luis", "--json"), "delete")
    assert gone[0] == {"type": "deleted", "id": "aaaa1111", "was": "person"}
    assert {item["was"] for item in gone} == {"person", "follow_up"}
    assert [item["type"] for item in items_of(people("undo", "--json"), "undo")] == ["person", "follow_up"]


def test_a_disk_that_is_full_is_said_and_nothing_is_written(
    people: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, *_: object) -> None:
        raise OSError(28, os.strerror(28), "warmcall.json")

    monkeypatch.setattr(os, "fsync", full)
    assert people.refused("done", "luis").startswith("not done: ")


def test_a_command_that_changes_something_says_if_the_file_named_is_not_there(shell: Shell) -> None:
    assert "there is no such state file" in shell.refused("done", "luis")
    shell.ok("target", "--role", "Editor")
    assert shell.file.exists()


def test_profile_and_target_are_printed_and_set(shell: Shell) -> None:
    shell.ok("profile", "--name", "Robin Vale", "--minutes", "15")
    assert shell.ok("profile").splitlines()[:2] == ["name: Robin Vale", "background: –"]
    assert "minutes: 15" in shell.ok("profile")
    assert "name –" in shell.ok("profile", "--name", "")
    shell.ok("target", "--role", "Media Planner", "--research", "-", stdin="Rule one.\nRule two.\n")
    assert "research: Rule one.\n  Rule two." in shell.ok("target")
    added = shell.ok("target", "--add", "--role", "Editor")
    assert added == "Added the target Editor; warmcall target --use changes to it\n"
    assert shell.ok("target", "--use", "edit") == "You aim at Editor now\n"
    assert shell.ok("target").splitlines()[0] == "role: Editor"
    assert "another target: Media Planner" in shell.ok("target")


FROM_INPUT = [
    ("names", "Ana Ruiz\n\n  Zed Zola \n", ["Ana Ruiz", "Zed Zola"]),
    ("a list", '[{"name": "Ana Ruiz", "kind": "manager"}, "Zed Zola"]', ["Ana Ruiz", "Zed Zola"]),
    ("an envelope", '{"schema": 1, "items": [{"name": "Ana Ruiz", "id": "x"}]}', ["Ana Ruiz"]),
    ("lines", '{"name": "Ana Ruiz", "source": "linkedin"}\n{"name": "Zed Zola", "phone": null}\n',
     ["Ana Ruiz", "Zed Zola"]),
    ("one object", '\ufeff{"name": "Ana Ruiz",\n "org\\u0061nization": "Two Lamps"}', ["Ana Ruiz"]),
    ("a referrer among them", '[{"name": "Ana Ruiz"}, {"name": "Zed Zola", "referrer": "ana ruiz"}]',
     ["Ana Ruiz", "Zed Zola"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stdin", "names"), [case[1:] for case in FROM_INPUT], ids=[c[0] for c in FROM_INPUT]
)
def test_people_are_added_from_standard_input_as_one_change(
    shell: Shell, stdin: str, names: list[str]
) -> None:
    output = shell.ok("add", "-", "--source", "alumni", stdin=stdin)
    assert [row["name"] for row in tables(shell.file)["contacts"].values()] == names
    assert len([line for line in output.splitlines() if line.startswith("next: ")]) == len(names)
    assert shell.ok("undo").startswith("Undone: add ")
    assert tables(shell.file)["contacts"] == {}


def test_a_referrer_before_them_in_the_input_gave_the_name(shell: Shell) -> None:
    shell.ok("add", "-", stdin='[{"name": "Ana Ruiz"}, {"name": "Zed Zola", "referrer": "ana ruiz"}]')
    ana, zed = named(shell, "Ana Ruiz"), named(shell, "Zed Zola")
    assert (zed["referrer_id"], zed["source"]) == (ana["id"], "referral")
    assert shell.ok("due", "--within", "3d").count("named by Ana Ruiz") == 1


BAD_INPUT = [
    ("", "there is nobody on standard input"),
    ("[]", "there is nobody on standard input"),
    ("[{]", "line 1 is not JSON"),
    ('[{"name": "Ana"}, {"name": " "}]', "item 2: name: a name is needed."),
    ('[{"name": "Ana"}, {"name": "Zed", "emial": "x"}]', "item 2: emial: there is no such field: use"),
    ('[{"name": "Ana"}, {"name": "Zed", "email": "x"}]', "item 2: email: "),
    ('[{"name": "Ana", "kind": "boss"}]', "item 1: kind: “boss” is not one of practitioner, manager"),
    ('[{"name": "Ana", "phone": 5}]', "item 1: phone: a text is needed, in quotes."),
    ('[{"name": "Ana", "referrer": "Nobody"}]', "item 1: referrer: nobody is called “Nobody”"),
    ("[7]", "item 1: a person is an object such as"),
    ('{"schema": 2, "items": []}', "standard input is of another schema than 1"),
    ('{"name": "Ana"}\n{"name": "Zed"\n', "line 2 is not JSON"),
    ("Ana\n" + "x" * 2001, "line 2: name: 2,001 characters are more than"),
    ("\n".join(f"Ana {n}" for n in range(1001)), "1,001 people are more than 1,000: use warmcall import."),
    (b"\xff\xfe", "standard input is not UTF-8"),
    ("[" * 100_000, "standard input is nested too deeply"),
]  # fmt: skip


@pytest.mark.parametrize(("stdin", "sentence"), BAD_INPUT, ids=lambda each: str(each)[:30])
def test_input_with_something_wrong_in_it_adds_nobody(
    people: Shell, stdin: str | bytes, sentence: str
) -> None:
    assert sentence in people.refused("add", "-", stdin=stdin)


def test_a_namesake_among_those_read_is_said(people: Shell) -> None:
    result = people("add", "-", stdin="Ana Ruiz\nZed Zola\n")
    assert result.exit_code == 0
    assert result.stderr.startswith("warmcall: Ana Ruiz: somebody of that name is in People already;")


def test_a_call_is_recorded_as_what_it_was_made_for(shell: Shell) -> None:
    save(
        shell.file,
        contact(id="aaaa1111", name="Mei Tanaka"),
        interview(id="abcd1234", contact_id="aaaa1111", at=local("2026-11-24 14:00")),
        follow_up(
            FollowUpKind.CONFIRM, "2026-11-23", id="1111aaaa", contact_id="aaaa1111", interview_id="abcd1234"
        ),
        follow_up(
            FollowUpKind.INTERVIEW,
            "2026-11-24",
            id="2222bbbb",
            contact_id="aaaa1111",
            interview_id="abcd1234",
        ),
    )
    output = shell.ok("log", "mei", "replied")
    assert output == "Logged with Mei Tanaka (id aaaa): we spoke; “confirm the interview” is done\n"


def test_what_is_done_already_and_meetings_are_refused(shell: Shell) -> None:
    save(
        shell.file,
        contact(id="aaaa1111", name="Mei Tanaka"),
        interview(id="abcd1234", contact_id="aaaa1111", at=local("2026-11-24 14:00")),
        follow_up(
            FollowUpKind.INTERVIEW,
            "2026-11-24",
            id="2222bbbb",
            contact_id="aaaa1111",
            interview_id="abcd1234",
        ),
        follow_up(
            FollowUpKind.CALL,
            "2026-11-20",
            id="3333cccc",
            contact_id="aaaa1111",
            done_at=local("2026-11-20 09:00"),
        ),
    )
    assert "an interview is done when it ends" in shell.refused("done", "2222")
    assert "an interview stays when it was agreed" in shell.refused("snooze", "mei", "3d")
    assert "it is done already" in shell.refused("done", "3333cccc")
