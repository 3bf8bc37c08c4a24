"""What the columns of other people's tables hold, by their headings, in the languages they come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from warmcall.domain.found_people import ColumnField as Field
from warmcall.domain.found_people import FileKind
from warmcall.domain.text_folding import folded

_WORDS: Mapping[Field, str] = {
    Field.NAME:
    "name; full name; fullname; contact; contact name; person; formatted name; alumni name; "
    "alumnus; alum; contact person; first and last name; vollstandiger name; ansprechpartner; "
    "nom complet; nom et prenom; nombre completo; nombre y apellidos; nome completo; "
    "nome e cognome; naam; volledige naam; navn; fullt navn; namn; fullstandigt namn; "
    "imie i nazwisko; jmeno a prijmeni; ad soyad; adi soyadi; фио; имя и фамилия; 氏名; 名前; お名前; "
    "姓名; 이름 전체; 성명; nama; nama lengkap; nume complet; שם מלא; الاسم الكامل; ονοματεπωνυμο",
    Field.FIRST_NAME:
    "first name; firstname; first; given name; given names; forename; christian name; vorname; "
    "prenom; nombre; nombres; nome; primeiro nome; nome proprio; voornaam; fornavn; fornamn; "
    "imie; jmeno; krestni jmeno; ad; adi; isim; имя; 名; 이름; 名字; nama depan; prenume; keresztnev; "
    "etunimi; שם פרטי; الاسم الأول; ονομα",
    Field.MIDDLE_NAME:
    "middle name; middle; additional name; middle initial; weitere vornamen; zweiter vorname; "
    "deuxieme prenom; segundo nombre; nome do meio; tweede voornaam; mellomnavn; mellannamn; "
    "mellemnavn; отчество",
    Field.LAST_NAME:
    "last name; lastname; last; surname; family name; nachname; familienname; zuname; nom; "
    "nom de famille; apellido; apellidos; cognome; sobrenome; apelido; ultimo nome; achternaam; "
    "familienaam; etternavn; efternavn; efternamn; nazwisko; prijmeni; soyad; soyadi; soyisim; "
    "фамилия; 姓; 성; 姓氏; nama belakang; nume; nume de familie; vezeteknev; sukunimi; שם משפחה; "
    "اسم العائلة; الاسم الأخير; επωνυμο",
    Field.PREFIX:
    "prefix; name prefix; salutation; honorific; courtesy title; anrede; namenstitel; civilite; "
    "tratamiento; titulo de cortesia; aanhef",
    Field.SUFFIX:
    "suffix; name suffix; generation; namenszusatz; suffixe; sufijo; sufixo; suffisso; "
    "achtervoegsel",
    Field.GOES_BY:
    "goes by; goes_by; nickname; preferred name; preferred first name; called; known as; "
    "spitzname; rufname; surnom; apodo; soprannome; bijnaam; kaldenavn; smeknamn",
    Field.KIND:
    "kind; contact kind",
    Field.ORGANIZATION:
    "company; organization; organisation; employer; firm; current company; current employer; "
    "current organization; company name; organization name; employer name; place of work; "
    "workplace; organization 1 name; company organization; business name; unternehmen; firma; "
    "arbeitgeber; organisation 1 name; entreprise; societe; employeur; empresa; compania; "
    "empleador; azienda; societa; ditta; bedrijf; bedrijfsnaam; organisatie; werkgever; "
    "virksomhed; selskap; bedrift; arbeidsgiver; arbejdsgiver; foretag; arbetsgivare; "
    "organizacja; pracodawca; spolecnost; zamestnavatel; sirket; kurum; компания; организация; "
    "会社; 会社名; 勤務先; 公司; 单位; 公司名称; 회사; 회사명; perusahaan; "
    "companie; vallalat; yritys; חברה; الشركة; "
    "εταιρεια",
    Field.TITLE:
    "title; job title; position; role; job; current title; current position; current role; "
    "designation; headline; job role; organization title; organization 1 title; position title; "
    "occupation; function; berufsbezeichnung; stellenbezeichnung; beruf; funktion; stelle; "
    "poste; fonction; intitule du poste; titre professionnel; cargo; puesto; posicion; "
    "ocupacion; posicao; funcao; posizione; qualifica; ruolo; mansione; functie; functietitel; "
    "positie; beroep; stilling; stillingsbetegnelse; jobtitel; titel; befattning; jobbtitel; "
    "stanowisko; pozycja; pozice; pracovni pozice; pozisyon; unvan; должность; 役職; 職位; 职位; 职务; "
    "職稱; 직책; 직위; posisi; jabatan; pozitie; functia; beosztas; asema; tehtavanimike; תפקיד; "
    "المنصب; المسمى الوظيفي; θεση",
    Field.EMAIL:
    "email; email address; mail; primary email; work email; personal email; home email; "
    "business email; other email; email 2 address; email 3 address; preferred email; "
    "school email; alumni email; adresse email; adresse de messagerie; adresse electronique; "
    "courriel; correo; correo electronico; direccion de correo electronico; direccion de email; "
    "endereco de email; correio eletronico; indirizzo email; indirizzo di posta elettronica; "
    "posta elettronica; epost; epostadresse; epostadress; mailadresse; mailadres; adres email; "
    "emailova adresa; eposta; eposta adresi; email adresi; электронная почта; "
    "адрес электронной почты; почта; メール; メールアドレス; eメールアドレス; 电子邮件; 电子邮件地址; "
    "電子郵件; 電子郵件地址; 邮箱; "
    "邮箱地址; 이메일; 이메일 주소; alamat email; adresa de email; email cim; sahkoposti; sahkopostiosoite; "
    "דואל; البريد الإلكتروني",
    Field.CONNECTED_ON:
    "connected on; connected; connection date; verbunden am; vernetzt am; in kontakt seit; "
    "kontakt seit; date de connexion; connecte le; connexion le; en relation depuis; "
    "en relation le; date de mise en relation; fecha de conexion; conectado el; conectado; "
    "contacto desde; conectado em; conexao em; data da conexao; data de conexao; collegato il; "
    "data di collegamento; collegato dal; verbonden op; connectie sinds; geconnecteerd op; "
    "gekoppeld op; forbundet; forbundet den; kontakt siden; tilknyttet; ansluten; ansluten den; "
    "kontakt sedan; kontakter sedan; data polaczenia; polaczono; w kontakcie od; spojeno; "
    "datum spojeni; baglanti tarihi; baglanti kuruldu; baglanma tarihi; "
    "дата установления контакта; дата контакта; в контакте с; 接続日; つながった日; つながり日; "
    "联系时间; 建立联系日期; "
    "加为好友时间; 成为联系人日期; 連結日期; 1촌 맺은 날짜; 연결 날짜; 연결일; terhubung pada; conectat la; "
    "kapcsolatfelvetel datuma; verkostoitumispaiva",
    Field.LINK:
    "url; linkedin; linkedin url; linkedin profile; linkedin profile url; profile; profile url; "
    "profile link; public profile url; website; web page; webpage; homepage; web; web site; "
    "webseite; webadresse; internetseite; site web; page web; pagina web; sitio web; site; "
    "sito web; hjemmeside; hemsida; nettside; link; adresse url; profil; profil url; "
    "personal web page; blog; portfolio",
    Field.ZONE:
    "zone; time zone; timezone; tz; zeitzone; fuseau horaire; zona horaria",
    Field.SOURCE:
    "source; name source",
    Field.REFERRER:
    "referrer; referred by; referral; introduced by; recommended by; recommended via; "
    "empfohlen von; recommande par; referido por; verwezen door",
    Field.FOUND:
    "found",
    Field.NEWS:
    "news",
    Field.WHY:
    "why",
    Field.NOTES:
    "notes; note; comments; comment; remarks; notizen; notiz; bemerkungen; bemerkung; "
    "anmerkungen; kommentar; kommentare; remarques; commentaires; notas; observaciones; "
    "comentarios; observacoes; commenti; opmerkingen; notities; noter; notater; bemaerkninger; "
    "anteckningar; notatki; uwagi; poznamky; notlar; заметки; примечания; комментарий; メモ; 備考; "
    "备注; 備註; 메모; catatan; note personali; muistiinpanot; הערות; ملاحظات",
}  # fmt: skip

_NUMBERED = (
    (re.compile(r"email( \d+)? (value|address)|e?mail( address)? \d+"), Field.EMAIL),
    (re.compile(r"phone \d+ value|(phone|mobile|telephone|telefon) \d+"), Field.PHONE),
    (re.compile(r"website \d+ value|(website|url|link) \d+"), Field.LINK),
    (re.compile(r"(custom field|[a-z]+) \d+ (type|label)"), Field.IGNORED),
    (re.compile(r"organization \d+ name"), Field.ORGANIZATION),
    (re.compile(r"organization \d+ title"), Field.TITLE),
    (re.compile(r"email( \d+)? ?(display name|typ|type|anzeigename|angezeigter name)"), Field.IGNORED),
)  # fmt: skip

_WHOLE_ADDRESS = re.compile(r"address \d+ formatted")
_ADDRESS_PART = re.compile(r"address \d+ (street|city|po box|region|postal code|country|extended address)")

_PHONE = re.compile(
    r"\b(phone|telephone|tel|cell|cellphone|mobile|mobil|mobiel|handy|portable|movil|celular|telemovel|cellulare"
    r"|gsm|matkapuhelin)\b|phone|telefon|telefoon|telephone|telefone|mobilnummer|mobiltelefon|puhelin|телефон"
    r"|電話|电话|전화|טלפון|هاتف|τηλεφωνο"
)
_NO_CALL = re.compile(
    r"fax|telex|pager|isdn|tty|tdd|assistant|assistent|callback|ruckruf|assistente|asistente|radio|autotelefon"
)
"""Numbers nobody answers, or somebody else does: they stand in the notes and never become the phone."""

_IGNORED = frozenset(
    {
        "photo", "file as", "initials", "short name", "directory server", "mileage", "priority",
        "sensitivity", "private", "gender", "subject", "email type", "internet free busy", "personal id",
        "verified email", "record id", "row", "id", "#", "no", "nr", "initialen", "geschlecht",
        "prioritat", "privat", "vertraulichkeit", "reisekilometer", "verzeichnisserver",
        "group membership type", "language type",
    }
)  # fmt: skip

_OUTLOOK_ORDER = (
    "primary", "business", "work", "company main", "mobile", "cell", "home", "other", "car",
)  # fmt: skip
"""Which of the numbers of one row of Outlook's is called: working hours are when one calls."""

OWN_HEADINGS = frozenset(
    ("name", "kind", "organization", "title", "phone", "email", "zone", "source", "referrer", "notes")
)
"""The headings every CSV of ours has, in every version."""

_HEADING_LETTERS = 80
"""Longer cells are sentences, not headings."""

_SCHOOL = re.compile(r"(graduation|grad|class|degree) (year|of)|class year|abschlussjahr|promotion|jahrgang")


def heading_words(heading: str) -> str:
    """Return a heading as headings are compared: folded, "e-mail" in one word, signs as single spaces."""
    words = re.sub(r"[\s_\-./:*?()&'\"\u3000]+", " ", folded(heading)).strip()
    return re.sub(r"\be (mail|post|posta)", r"e\1", words)


@cache
def _exact_words() -> dict[str, Field]:
    """Return what whole headings say, made when the first is looked up."""
    return {heading_words(word): field for field, names in _WORDS.items() for word in names.split(";")}


def field_of(heading: str) -> Field | None:
    """Return what a column with that heading holds; None if it says nothing warmcall knows."""
    return _field_of(heading) if len(heading) <= _HEADING_LETTERS else None


@lru_cache(maxsize=2048)
def _field_of(heading: str) -> Field | None:
    words = heading_words(heading)
    if not words:
        return None
    for pattern, field in _NUMBERED:
        if pattern.fullmatch(words):
            return field
    if words in _exact_words():
        return _exact_words()[words]
    if words in _IGNORED:
        return Field.IGNORED
    if words.startswith("email") and not words.endswith("name"):
        return Field.EMAIL
    if _NO_CALL.search(words):
        return Field.OTHER if _PHONE.search(words) or "fax" in words or "pager" in words else None
    return Field.PHONE if _PHONE.search(words) else None


def fields_of(headings: Sequence[str]) -> list[Field | None]:
    """Return what each column holds, by its heading and the others'.

    Outlook's "Title" beside a "Job Title" is what stands before the name, and a "Name" beside a first name
    and no last name is the last name, as a "Nombre" without one is the whole.
    """
    fields = [field_of(heading) for heading in headings]
    words = [heading_words(heading) for heading in headings]
    titles = [index for index, field in enumerate(fields) if field is Field.TITLE]
    if len(titles) > 1:
        for index in titles:
            if words[index] in ("title", "titel", "anrede", "occupation", "headline", "beruf"):
                fields[index] = Field.PREFIX if words[index] in ("title", "titel") else Field.OTHER
    if any(_WHOLE_ADDRESS.fullmatch(word) for word in words):
        for index, word in enumerate(words):
            if _ADDRESS_PART.fullmatch(word):
                fields[index] = Field.IGNORED
    if Field.FIRST_NAME in fields and Field.LAST_NAME not in fields and Field.NAME not in fields:
        fields[fields.index(Field.FIRST_NAME)] = Field.NAME
    if Field.FIRST_NAME in fields and Field.NAME in fields and Field.LAST_NAME not in fields:
        fields[fields.index(Field.NAME)] = Field.LAST_NAME
    if Field.LAST_NAME in fields and Field.FIRST_NAME not in fields and Field.NAME not in fields:
        fields[fields.index(Field.LAST_NAME)] = Field.NAME
    return fields


def heading_score(cells: Sequence[str]) -> int:
    """Return how many cells of a row are headings that warmcall knows; 0 if none of them is of a name."""
    fields = [field_of(cell) for cell in cells]
    names = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.GOES_BY}
    return sum(field is not None for field in fields) if names.intersection(fields) else 0


def phone_rank(heading: str) -> int:
    """Return the place of a number of Outlook's among those of its row, by its heading."""
    words = heading_words(heading)
    places = (place for place, word in enumerate(_OUTLOOK_ORDER) if words.startswith(word))
    return next(places, len(_OUTLOOK_ORDER))


def table_kind(headings: Iterable[str]) -> FileKind:
    """Return whose table has such headings."""
    given = [heading.strip() for heading in headings]
    words = {heading_words(heading) for heading in given}
    if OWN_HEADINGS.issubset(given):
        return FileKind.OWN_CSV
    if words & {
        "email 1 value",
        "phone 1 value",
        "organization 1 name",
        "phonetic first name",
        "given name yomi",
    }:
        return FileKind.GOOGLE
    fields = [field_of(heading) for heading in given]
    outlook = {"business street", "email 2 address", "email display name", "business phone", "home street",
               "internet free busy", "telefon geschaftlich", "strasse geschaftlich"}  # fmt: skip
    if len(words & outlook) > 1:
        return FileKind.OUTLOOK
    if Field.CONNECTED_ON in fields and Field.FIRST_NAME in fields and Field.LAST_NAME in fields:
        return FileKind.LINKEDIN
    return FileKind.TABLE


def is_of_a_school(headings: Iterable[str]) -> bool:
    """Return whether a table with such headings lists people by the school they went to."""
    return any(_SCHOOL.search(heading_words(heading)) or "alumn" in heading.lower() for heading in headings)
