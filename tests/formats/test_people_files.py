from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.domain.found_people import (
    ColumnField,
    FileKind,
    FoundPeople,
    FoundPerson,
    LeftReason,
    RemarkKind,
)
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import ContactKind, News, Source
from warmcall.formats import people_files
from warmcall.formats.address_book_files import google_csv, vcards
from warmcall.formats.found_values import clean_line, clean_notes
from warmcall.formats.people_files import ColumnsNeeded, UnreadableFile, people_in
from warmcall.formats.tables import as_json, contacts_csv
from warmcall.presentation.found_people import left_words, remark_words

from tests.examples import STAMP, contact, contacts, interview
from tests.profiles import modest

CASES = Path(__file__).parent / "people"
EXPECTED = {case["file"]: case for case in json.loads((CASES / "EXPECTED.json").read_text(encoding="utf-8"))}

HEADINGS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
RENE = "René,Lefèvre,https://www.linkedin.com/in/x,rene@example.fr,Agence Étoile,Directeur média,12 Mar 2024"
SOREN = "Søren,Krøyer,,,Mølle,Indkøber,3 Jan 2019"
LINKEDIN = f"{HEADINGS}\n{RENE}\n{SOREN}\n"


def table(*rows: str) -> FoundPeople:
    return people_in("\r\n".join(rows).encode())


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def only(found: FoundPeople) -> FoundPerson:
    assert len(found.people) == 1, found
    return found.people[0]


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@pytest.mark.parametrize("name", [name for name in EXPECTED if "empty" not in name])
def test_each_file_gives_the_people_that_are_in_it(name: str) -> None:
    case = EXPECTED[name]
    found = people_in((CASES / name).read_bytes())
    fields = ("name", "organization", "title", "email", "phone")
    given = [{field: getattr(person, field) for field in fields} for person in found.people]
    assert given == [{field: person[field] for field in fields} for person in case["contacts"]]
    days = [str(person.connected_on or "") for person in found.people]
    assert days == [person["connected_on"] for person in case["contacts"]]
    for person, expected in zip(found.people, case["contacts"], strict=True):
        missing = [
            part for part in expected["notes_contain"] + expected["not_lost"] if part not in person.notes
        ]
        assert missing == []
    assert len(found.left) == case["skipped"]


def test_what_else_the_files_say_is_kept() -> None:
    found = {name: people_in((CASES / name).read_bytes()) for name in EXPECTED if "empty" not in name}
    kinds = [one.kind for _, one in sorted(found.items())]
    assert kinds[:3] == [FileKind.LINKEDIN] * 3
    assert set(kinds) == set(FileKind) - {FileKind.OWN_JSON}
    linkedin = found["08_Basic_LinkedInDataExport_11-27-2026.zip"]
    assert (linkedin.member, linkedin.people[0].source, linkedin.lines_before) == (
        "Connections.csv",
        Source.ONLINE,
        2,
    )
    assert found["11_outlook_en.csv"].people[0].referrer == "Dana Whitfield-Amadi"
    assert found["15_nextcloud_4.0.vcf"].people[0].zone == "Africa/Accra"
    assert found["16_alumni_directory.csv"].people[0].source is Source.ALUMNI
    assert "Graduation Year" in found["16_alumni_directory.csv"].unknown_headings
    excel = found["06_linkedin_excel_semicolons_cp1252.csv"]
    assert (excel.encoding, excel.day_first, excel.day_first_sure) == ("cp1252", True, False)
    own = found["17_warmcall_own_export.csv"].people
    assert [(one.kind, one.source, one.referrer, one.zone) for one in own] == [
        (ContactKind.HIRING_MANAGER, Source.ALUMNI, "Dana Whitfield-Amadi", "America/New_York"),
        (ContactKind.PRACTITIONER, Source.OTHER, "", ""),
        (ContactKind.CONNECTOR, Source.PROFESSOR, "", ""),
    ]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINKEDIN.replace("\n", "\r").encode("mac_roman"), "mac_roman"),
        (LINKEDIN.replace("\n", "\r").encode("cp1252"), "cp1252"),
        (LINKEDIN.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
        (LINKEDIN.encode("utf-16-le"), "utf-16-le"),
        (LINKEDIN.encode("utf-16-be"), "utf-16-be"),
        (LINKEDIN.encode("utf-16"), "utf-16-le"),
        (LINKEDIN.encode("utf-32"), "utf-32-le"),
        (LINKEDIN.replace(",", "\t").encode("utf-8-sig"), "utf-8"),
        (("sep=;\r\n" + LINKEDIN.replace(",", ";")).encode(), "utf-8"),
        (('"sep=|"\n' + LINKEDIN.replace(",", "|")).encode("utf-8-sig"), "utf-8"),
        (('\n\nNotes:\n"a, b\nc"\n\n' + LINKEDIN).encode(), "utf-8"),
        ("".join(f'"{line}"\r\n' for line in LINKEDIN.splitlines()).encode(), "utf-8"),
    ],
)
def test_a_table_saved_again_by_a_spreadsheet_gives_the_same_people(data: bytes, encoding: str) -> None:
    found = people_in(data)
    assert found.encoding == encoding
    assert [(one.name, one.organization, one.title, one.connected_on) for one in found.people] == [
        ("René Lefèvre", "Agence Étoile", "Directeur média", date(2024, 3, 12)),
        ("Søren Krøyer", "Mølle", "Indkøber", date(2019, 1, 3)),
    ]


@pytest.mark.parametrize(
    ("encoding", "row"),
    [
        ("cp1250", "Łukasz,Żółć,,,Kraków,Dyrektor ds. sprzedaży"),
        ("cp1250", "Jiří,Dvořák,,,Škoda,Ředitel"),
        ("cp1251", "Иван,Петров,,,Яндекс,Менеджер"),
        ("cp1253", "Γιώργος,Παπαδόπουλος,,,Εταιρεία,Διευθυντής"),
        ("cp1254", "Çağla,Öztürk,,,Şişli Ajansı,Müdür"),
        ("cp1255", "דוד,כהן,,,מגדל,מנהל"),
        ("cp1256", "محمد,أحمد,,,شركة,مدير"),
        ("shift_jis", "佐藤,由美,,,青空企画,メディアプランナー"),
        ("gb18030", "王,小明,,,北京广告公司,媒介策划经理"),
        ("big5", "王,小明,,,台北廣告公司,媒體企劃"),
        ("euc_kr", "김,민수,,,한국광고,미디어 플래너"),
    ],
)
def test_the_encoding_shows_by_the_letters(encoding: str, row: str) -> None:
    data = f"{HEADINGS}\n{row},12 Mar 2024\n".encode(encoding)
    first, last, *_ = row.split(",")
    assert only(people_in(data)).name == f"{first} {last}"
    assert only(people_in(data, encoding=encoding)).name == f"{first} {last}"


@pytest.mark.parametrize(
    "headings",
    [
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion",
        "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el",
        "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
        "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il",
        "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
        "Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten",
        "Fornavn,Efternavn,URL,E-mailadresse,Virksomhed,Stilling,Forbundet",
        "Imię,Nazwisko,URL,Adres e-mail,Firma,Stanowisko,Data połączenia",
        "Ad,Soyad,URL,E-posta Adresi,Şirket,Pozisyon,Bağlantı tarihi",
        "Имя,Фамилия,URL,Электронная почта,Компания,Должность,Дата контакта",
        "名,姓,URL,メールアドレス,会社,役職,つながった日",
        "名字,姓氏,URL,电子邮件地址,公司,职位,建立联系日期",
        "First Name,Last Name,URL,Email Address,Company,Position,Since when",
    ],
)
def test_linkedins_headings_are_known_in_many_languages(headings: str) -> None:
    person = only(table(headings, RENE))
    assert (person.name, person.email, person.organization) == (
        "René Lefèvre",
        "rene@example.fr",
        "Agence Étoile",
    )
    assert (person.title, person.connected_on) == ("Directeur média", date(2024, 3, 12))
    assert person.links == ("https://www.linkedin.com/in/x",)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["12 Mar 2024", "3 Jan 2019"], ["2024-03-12", "2019-01-03"]),
        (["3/21/18, 10:33 PM", "12/3/17, 9:05 AM"], ["2018-03-21", "2017-12-03"]),
        (["21/03/2018 22:33", "12/3/2017"], ["2018-03-21", "2017-03-12"]),
        (["12.3.2024", "1.2.2024"], ["2024-03-12", "2024-02-01"]),
        (["2/1/24, 3:00 PM"], ["2024-02-01"]),
        (["2024-03-12", "2019/1/3", "2024年3月12日"], ["2024-03-12", "2019-01-03", "2024-03-12"]),
        (["12 de março de 2024", "3 févr. 2019"], ["2024-03-12", "2019-02-03"]),
        (["12-Mar-24", "Mar 3, 2019", "45363"], ["2024-03-12", "2019-03-03", "2024-03-12"]),
        (["12 марта 2024 г.", "5 Dez 2023", "1 srp 2020"], ["2024-03-12", "2023-12-05", "2020-08-01"]),
        (["29 Feb 2023", "soon", "31/31/2020"], ["", "", ""]),
    ],
)
def test_the_days_of_a_file_are_read_in_one_notation(cells: list[str], days: list[str]) -> None:
    found = table(HEADINGS, *(f'A,B{index},,,,,"{cell}"' for index, cell in enumerate(cells)))
    assert [str(one.connected_on or "") for one in found.people] == days
    for person, cell, day in zip(found.people, cells, days, strict=True):
        if not day:
            assert cell in person.notes
            assert [remark.kind for remark in person.remarks] == [RemarkKind.BAD_DATE]


def test_dates_that_fit_both_ways_are_said_to_and_can_be_read_the_other_way() -> None:
    data = f"{HEADINGS}\nA,B,,,,,03/04/2024\n".encode()
    found = people_in(data)
    assert not found.day_first_sure
    assert only(found).connected_on == date(2024, 3, 4)
    assert only(people_in(data, day_first=True)).connected_on == date(2024, 4, 3)


def test_what_is_no_phone_email_or_zone_costs_no_row_and_is_told() -> None:
    person = only(table("Name,Phone,Email,Time zone,Source", "Ada,ask reception,ada at home,Mars,a friend"))
    assert (person.phone, person.email, person.zone) == ("", "", "")
    for words in ("ask reception", "ada at home", "Mars", "a friend"):
        assert words in person.notes
        assert any(words in remark_words(remark) for remark in person.remarks)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("'+49 30 123456", ("+49 30 123456",)),
        ('"=""0301234567"""', ("0301234567",)),
        ("tel:+1-312-555-0142;ext=7", ("+1-312-555-0142 ext. 7",)),
        ("312-555-0142 ::: 312-555-0143", ("312-555-0142", "312-555-0143")),
        ('"312-555-0142; 312-555-0143"', ("312-555-0142", "312-555-0143")),
        ("030 / 1234567-0", ("030 / 1234567-0",)),
        ("٠٣٠ ١٢٣٤٥٦", ("030 123456",)),
    ],
)
def test_phone_numbers_come_out_of_what_stands_around_them(cell: str, phones: tuple[str, ...]) -> None:
    person = only(table("Name,Phone", f"Ada,{cell}"))
    assert person.phones == phones
    assert person.phone == phones[0]
    assert all(phone in person.notes for phone in phones[1:])


def test_a_fax_is_not_the_phone_of_anybody() -> None:
    rows = [
        table("Name,Fax,Business Fax", "Ada,312-555-0142,312-555-0143"),
        table("Name,Phone 1 - Label,Phone 1 - Value", "Ada,Work Fax,312-555-0142"),
        table("First Name,Last Name,Business Street,Assistant's Phone,Home Phone,Business Phone",
              "Ada,B,,312-555-0142,312-555-0101,312-555-0100"),
        people_in(card("FN:Ada", "TEL;type=FAX:312-555-0142")),
        people_in(card("FN:Ada", "item1.TEL:312-555-0142", "item1.X-ABLabel:_$!<HomeFAX>!$_")),
        people_in(card("FN:Ada", "TEL;WORK;FAX:312-555-0142", version="2.1")),
    ]  # fmt: skip
    assert [only(found).phone for found in rows] == ["", "", "312-555-0100", "", "", ""]
    assert all("312-555-0142" in only(found).notes for found in rows)


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (["Name,Vorname,Firma", "Okafor,Ngozi,X"], "Ngozi Okafor"),
        (["Name,Vorname,Firma", "Ngozi Okafor,Ngozi,X"], "Ngozi Okafor"),
        (["Nombre,Empresa", "Ngozi Okafor,X"], "Ngozi Okafor"),
        (["Nom,Entreprise", "Ngozi Okafor,X"], "Ngozi Okafor"),
        (["Alumni Name,Class Year", "Ngozi Okafor,2019"], "Ngozi Okafor"),
        (["Contact Name\tEmployer", "Ngozi Okafor\tX"], "Ngozi Okafor"),
        (["Name", "Ngozi Okafor"], "Ngozi Okafor"),
        (["My tracker,,", ",,", "Who,Name,Company", "x,Ngozi Okafor,X"], "Ngozi Okafor"),
        (["first_name,last_name,company", "James,James,X"], "James James"),
        (["Preferred Name,Company", "Ngozi,X"], "Ngozi"),
    ],
)
def test_the_name_is_found_in_tables_of_all_kinds(rows: list[str], name: str) -> None:
    assert only(table(*rows)).name == name


def test_a_table_that_does_not_say_where_the_names_are_asks_and_is_read_by_the_answer() -> None:
    data = b"Wer,Wo,Wann\nNgozi Okafor,X,2019\nMei Tanaka,Y,2020\n"
    with pytest.raises(ColumnsNeeded, match="Wer, Wo, Wann") as asked:
        people_in(data)
    assert asked.value.columns == ("Wer", "Wo", "Wann")
    assert asked.value.samples[0] == ("Ngozi Okafor", "X", "2019")
    found = people_in(
        data, {"Wer": ColumnField.NAME, "Wo": ColumnField.ORGANIZATION, "Wann": ColumnField.IGNORED}
    )
    assert [(one.name, one.organization, one.notes) for one in found.people] == [
        ("Ngozi Okafor", "X", ""),
        ("Mei Tanaka", "Y", ""),
    ]


def test_headings_in_the_middle_of_a_file_are_nobody() -> None:
    found = people_in(f"{LINKEDIN}{LINKEDIN}".encode())
    assert [one.line for one in found.people] == [2, 3, 5, 6]
    assert [(one.line, one.reason) for one in found.left] == [(4, LeftReason.HEADINGS)]


def test_outlook_in_german_and_what_google_adds() -> None:
    german = table(
        "Anrede,Vorname,Nachname,Firma,Position,Straße geschäftlich,Telefon geschäftlich,Telefon privat,"
        "Fax geschäftlich,E-Mail-Adresse,E-Mail: Angezeigter Name,Geburtstag,Notizen,Priorität",
        "Herr,Jörg,Straßer,Büro,Leiter,Hauptstr. 1,030 1234567,030 111222,030 99,j@example.de,Jörg,0.0.00,"
        "hallo,Normal",
    )
    person = only(german)
    assert (german.kind, person.name, person.phone) == (FileKind.OUTLOOK, "Jörg Straßer", "030 1234567")
    assert "Geburtstag" not in person.notes
    google = table(
        "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,"
        "Address 1 - Formatted,Address 1 - Street,Custom Field 1 - Type,Custom Field 1 - Value,"
        "Group Membership",
        "Ada B,Ada,B,Home,a@example.org,* Work,b@example.org,1 Elm,1 Elm,School,Lake Arden,"
        "Fair ::: * myContacts",
    )
    person = only(google)
    assert (google.kind, person.emails) == (FileKind.GOOGLE, ("b@example.org", "a@example.org"))
    assert person.notes.splitlines() == [
        "Address 1 - Formatted: 1 Elm", "School: Lake Arden", "Group Membership: Fair", "Home: a@example.org",
    ]  # fmt: skip


def test_cells_of_any_length_are_read_at_once() -> None:
    long = " " * 100_000
    found = table("Name,Phone,Email,Connected On", f"Ada,1{long}x,a{long}@,1{long}May")
    person = only(found)
    assert {remark.kind for remark in person.remarks} == {
        RemarkKind.BAD_PHONE, RemarkKind.BAD_EMAIL, RemarkKind.BAD_DATE
    }  # fmt: skip


def test_a_row_with_an_open_quotation_mark_costs_no_other_row() -> None:
    found = table("Name,Company,Notes", '"Ada,X,one', "Bob,Y,two", 'Cy,"Z "co" Z",three', "Dee,W,four,five")
    assert [one.line for one in found.people] == [2, 3, 4, 5]
    kinds = [[remark.kind for remark in one.remarks] for one in found.people]
    assert kinds == [[RemarkKind.UNEVEN_QUOTES], [], [RemarkKind.UNEVEN_QUOTES], [RemarkKind.MORE_CELLS]]
    assert "five" in found.people[3].notes


def test_vcards_of_the_old_kind() -> None:
    nokia = card(
        "N;ENCODING=8BIT;CHARSET=UTF-8:Öztürk;Çağla", "TEL;CELL:+90 532 000 00 00",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:a=", "=0D=0Ab", "ORG:Şişli", " Ajansı;Medya", "AGENT:",
        "BEGIN:VCARD", "FN:Somebody Else", "END:VCARD",
        "X-IRMC-URL;QUOTED-PRINTABLE:=0D=0A=", "=41", "PHOTO;BASE64:", "  AAAA", "  BBBB", "",
        "TITLE:Müdür", version="2.1",
    )  # fmt: skip
    person = only(people_in(nokia))
    assert (person.name, person.organization, person.title) == ("Çağla Öztürk", "Şişli Ajansı", "Müdür")
    assert person.notes == "a\nb\nDepartment: Medya"


def test_the_signs_that_part_the_values_of_a_card_may_stand_in_them() -> None:
    person = only(people_in(card(r"FN:Ada\, B\; C", r"ORG:X\; Y\\;Dept", r"NOTE:a\nb\\nc")))
    assert (person.name, person.organization) == ("Ada, B; C", "X; Y\\")
    assert person.notes == "a\nb\\nc\nDepartment: Dept"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_vcards_in_unicode(encoding: str) -> None:
    text = card("FN:佐藤 由美", "N:佐藤;由美;;;", "ORG:青空企画").decode()
    assert only(people_in(text.encode(encoding))).organization == "青空企画"


def test_a_card_cut_short_costs_itself_only_and_a_group_is_no_person() -> None:
    whole = [card(f"FN:Person {number}", f"EMAIL:p{number}@example.org") for number in range(3)]
    cut = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut Short\r\nNOTE:abc"
    group = card("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group")
    nobody = card("EMAIL:news@example.org")
    headless = b"FN:No Start\r\nEND:VCARD\r\n"
    cards = [whole[0], cut, b"\r\n", whole[1], headless, group, nobody, whole[2], cut]
    found = people_in(b"".join(cards))
    assert [one.name for one in found.people] == ["Person 0", "Person 1", "Person 2"]
    assert [(one.reason, one.text) for one in found.left] == [
        (LeftReason.CUT_SHORT, "Cut Short"),
        (LeftReason.CUT_SHORT, "No Start"),
        (LeftReason.GROUP, "Friends"),
        (LeftReason.NO_NAME, "news@example.org"),
        (LeftReason.CUT_SHORT, "Cut Short"),
    ]
    assert left_words(found.left[3]).endswith("no name (news@example.org)")


@pytest.mark.parametrize(
    ("lines", "phone", "email"),
    [
        (["TEL;TYPE=home:312-555-0100", "TEL;TYPE=work;PREF=1:312-555-0101"], "312-555-0101", ""),
        (["TEL;TYPE=home,pref:312-555-0100", "TEL;TYPE=work:312-555-0101"], "312-555-0100", ""),
        (['TEL;VALUE=uri;TYPE="cell,home":tel:+1-312-555-0100;ext=5'], "+1-312-555-0100 ext. 5", ""),
        (["EMAIL:mailto:a@example.org", "item1.EMAIL;PREF=1:b@example.org"], "", "b@example.org"),
    ],
)
def test_the_preferred_number_and_address_of_a_card_come_first(
    lines: list[str], phone: str, email: str
) -> None:
    person = only(people_in(card("FN:Ada", *lines, version="4.0")))
    assert (person.phone, person.email) == (phone, email)


@pytest.mark.parametrize("name", ["Connections.csv", "Complete_Export/CONNECTIONS.CSV", "a\\Connections.csv"])
def test_connections_are_found_in_a_zip_by_their_name(name: str) -> None:
    others = {
        "Profile.csv": HEADINGS.encode(),
        "Contacts.csv": b"Name\nMe",
        "../Connections.csv": b"Name\nEvil",
    }
    found = people_in(zipped(**{**others, name: LINKEDIN.encode()}))
    assert [one.name for one in found.people] == ["René Lefèvre", "Søren Krøyer"]


LOCKED = bytearray(zipped(**{"Connections.csv": LINKEDIN.encode()}))
LOCKED[6] |= 1
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nobody is in it: it is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "nobody is in it: it is empty"),
        (f"{HEADINGS}\r\n".encode(), "below the headings First Name, Last Name"),
        (zipped(), "no Connections.csv is in it, but nothing"),
        (
            zipped(**{"Profile.csv": b"", "Rich.csv": b""}),
            "but Profile.csv, Rich.csv: ask LinkedIn for Connections",
        ),
        (zipped(**{"../../Connections.csv": b"Name\nA"}), "no Connections.csv is in it"),
        (zipped(**{"xl/workbook.xml": b"<x/>"}), "save it there as CSV"),
        (zipped(**{"Connections.csv": LINKEDIN.encode()})[:-30], "damaged ZIP"),
        (bytes(LOCKED), "a ZIP with a password"),
        (zipped(**{"Connections.csv": zipped()}), "is a ZIP itself"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "save it there as CSV"),
        (b"%PDF-1.7", "it is a PDF document"),
        (b"<!DOCTYPE html><html>", "it is a web page"),
        (bytes(1000), "it holds no text"),
        (b'{"contacts": []}', "it has no contacts"),
        (b'{"contacts": ', "it is no valid JSON"),
        (b"[1, 2]", "no list of people"),
        (b"[" * 100_000, "nested too deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_with_nobody_in_it_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        people_in(data)
    assert refused.value.fix


def test_a_zip_unpacks_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_files, "FILE_BYTES", 1_000_000)
    bomb = zipped(**{"Connections.csv": bytes(1_000_001)})
    lying = bytearray(bomb)
    lying[lying.index(b"PK\x01\x02") + 24 :][:4] = bytes(4)
    for data in (bomb, bytes(lying)):
        with pytest.raises(UnreadableFile, match=r"unpacks to more than|damaged ZIP"):
            people_in(data)


def test_text_from_outside_is_inert() -> None:
    found = table("Name,Company,Notes", "A\x1b[2Jda\u202e\u200b,X\tY\x07,one\x1b]0;x\x07")
    person = only(found)
    for text in (person.name, person.organization, person.notes):
        assert text.isprintable()


def test_json_of_other_programs_is_a_table_too() -> None:
    items = [{"name": "Ada", "organization": "X", "year": 2019}, {"name": "Bob", "email": "bob@example.org"}]
    for content in (items, {"schema": 1, "items": items}):
        found = people_in(json.dumps(content).encode())
        assert [(one.name, one.email, one.notes) for one in found.people] == [
            ("Ada", "", "year: 2019"),
            ("Bob", "bob@example.org", ""),
        ]


def test_a_record_that_is_broken_costs_itself_only() -> None:
    tables = json.loads(as_json(Store([contact(), interview()])))
    tables["contacts"] += [{"id": "x", "name": "No Dates"}, 5]
    found = people_in(json.dumps(tables).encode())
    assert [one.name for one in found.people] == ["Luis Ortega"]
    assert [(one.reason, one.text) for one in found.left] == [
        (LeftReason.BROKEN, "No Dates"),
        (LeftReason.BROKEN, "5"),
    ]
    assert found.other_records == {"interviews": 1}


_lines = st.text(max_size=10).map(clean_line)
_names = _lines.filter(bool)
_own = st.builds(
    lambda **fields: Contact(id=fields["name"], **STAMP, **fields),
    name=_names,
    goes_by=_lines,
    kind=st.sampled_from(ContactKind),
    organization=_lines,
    title=_lines,
    phone=st.sampled_from(
        ["", "+1 212 555 0142 ext. 77", "+49 30 123456", "030 / 1234567-0", "(312) 555-0142"]
    ),
    email=st.sampled_from(["", "ngozi+x@example.org", "'o@example.org"]),
    zone=st.sampled_from(["", "America/New_York"]),
    source=st.sampled_from(Source),
    found=_lines,
    news=st.sampled_from(News),
    why=_lines,
    notes=st.text(max_size=12).map(clean_notes) | st.just("one\n=two\n\nthree"),
    connected_on=st.sampled_from([None, date(2019, 3, 4)]),
)
OWN_FIELDS = ("name", "goes_by", "kind", "organization", "title", "phone", "email", "zone", "source", "found",
              "news", "why", "notes", "connected_on")  # fmt: skip


def fields_of(one: Contact | FoundPerson) -> dict[str, Any]:
    return {name: getattr(one, name) for name in OWN_FIELDS}


@settings(modest, max_examples=25)
@given(st.lists(_own, min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_what_warmcall_exports_comes_back_as_it_was(some: list[Contact]) -> None:
    store = Store(some)
    expected = sorted(map(repr, map(fields_of, some)))
    for text in (contacts_csv(store), contacts_csv(store, with_pool=True), as_json(store), vcards(store)):
        found = people_in(text.encode())
        assert sorted(map(repr, map(fields_of, found.people))) == expected
        assert not found.left
        assert not any(one.remarks for one in found.people)


_pooled = st.builds(
    lambda name, links, **fields: PoolPerson(
        id=name, **STAMP, name=name, links=links, notes="\n".join(links), **fields
    ),
    name=_names,
    links=st.sampled_from(
        [(), ("https://www.linkedin.com/in/mei",), ("https://a.example/x", "https://b.example/y")]
    ),
    kind=st.sampled_from([None, *ContactKind]),
    organization=_lines,
    source=st.sampled_from(Source),
    connected_on=st.sampled_from([None, date(2019, 3, 4)]),
    referrer=_lines,
)


@settings(modest, max_examples=25)
@given(st.lists(_pooled, min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_people_of_the_pool_come_back_as_they_were(some: list[PoolPerson]) -> None:
    fields = ("name", "kind", "organization", "source", "connected_on", "referrer", "links", "notes")
    expected = sorted(repr([getattr(one, name) for name in fields]) for one in some)
    store = Store(some)
    for text in (contacts_csv(store, with_pool=True), as_json(store), vcards(store, with_pool=True)):
        found = people_in(text.encode())
        assert sorted(repr([getattr(one, name) for name in fields]) for one in found.people) == expected


_GOOGLE_FIELDS = ("name", "goes_by", "organization", "title", "phone", "email", "notes")


@settings(modest, max_examples=25)
@given(st.lists(_own, min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_what_is_exported_for_google_comes_back_as_far_as_its_columns_go(some: list[Contact]) -> None:
    expected = sorted(repr([getattr(one, name) for name in _GOOGLE_FIELDS]) for one in some)
    found = people_in(google_csv(Store(some)).encode())
    assert found.kind is FileKind.GOOGLE
    assert sorted(repr([getattr(one, name) for name in _GOOGLE_FIELDS]) for one in found.people) == expected


def test_cards_are_folded_and_escaped_as_phones_read_them() -> None:
    mei = contact(
        id="m", name="Zoë van der Berg", organization="Smith; Jones, Ltd.", goes_by="Zo, Zoe",
        phone="+1 312 555 0142", notes="é" * 60 + "\nhttps://www.linkedin.com/in/zoe",
    )  # fmt: skip
    text = vcards(Store([mei]))
    lines = text.split("\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert lines[:4] == ["BEGIN:VCARD", "VERSION:3.0", "N:van der Berg;Zoë;;;", "FN:Zoë van der Berg"]
    for line in ("NICKNAME:Zo\\, Zoe", "ORG:Smith\\; Jones\\, Ltd.", "TEL;TYPE=VOICE:+1 312 555 0142",
                 "URL:https://www.linkedin.com/in/zoe"):  # fmt: skip
        assert line in lines
    assert [line for line in lines if line.startswith(" ")]


def test_who_named_whom_comes_back_from_both_exports() -> None:
    store = Store([contact(id="a", name="Ada", referrer_id="b"), contact(id="b", name="Bob")])
    for text in (contacts_csv(store), as_json(store), vcards(store)):
        assert [one.referrer for one in people_in(text.encode()).people] == ["Bob", ""]


@modest
@given(st.lists(contacts, max_size=4, unique_by=lambda one: one.id))
def test_no_contact_of_ours_vanishes_untold(some: list[Contact]) -> None:
    for text in (contacts_csv(Store(some)), as_json(Store(some))):
        if some:
            found = people_in(text.encode())
            assert len(found.people) + len(found.left) == len(some)


_cells = st.text(st.sampled_from('ab,;"\n\r\t =+5@é佐|'), max_size=8)


@modest
@given(st.lists(st.lists(_cells, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_no_row_vanishes_untold(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["Name", "Company", "Notes"], *rows])
    full = [row for row in rows if any(cell.strip() for cell in row)]
    try:
        found = people_in(out.getvalue().encode())
    except UnreadableFile:
        assert not full
        return
    assert len(found.people) + len(found.left) == len(full)
    left = {one.line for one in found.left}
    assert left.isdisjoint(one.line for one in found.people)
    named = [clean_line(row[0]) or clean_line(row[1]) for row in full]
    assert [one.name for one in found.people] == [name for name in named if name]


_SEEDS = [(CASES / name).read_bytes() for name in EXPECTED]


@modest
@given(
    st.sampled_from(_SEEDS),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 20), st.binary(max_size=6)), max_size=4),
    st.binary(max_size=30),
)
def test_any_bytes_give_people_or_a_sentence(
    seed: bytes, edits: list[tuple[int, int, bytes]], start: bytes
) -> None:
    for at, dropped, put in edits:
        seed = seed[:at] + put + seed[at + dropped :]
    for data in (seed, start, start + seed):
        try:
            found = people_in(data)
        except (UnreadableFile, ColumnsNeeded):
            pass  # its sentence is tested above
        else:
            assert found.people or found.left
            for person in found.people:
                assert person.name == clean_line(person.name) != ""
                assert all(remark_words(remark) for remark in person.remarks)
            assert all(left_words(one) for one in found.left)
