"""Three invented users with their people, for tests that read what is said to them and written.

Their records are written as the sample data is (`data/demo.yaml`), with what breaks a sentence: apostrophes,
long names, names of every order, titles, and people without an email, a phone, or both.
"""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.config.yaml_folders import convert
from warmcall.config.yaml_source import read_yaml
from warmcall.domain.records import Capture, Contact, Interview
from warmcall.domain.vocabulary import CaptureKind
from warmcall.services.demo import Demo, demo_change

from tests.conftest import Bench

NURSE = """
profile:
  name: Siobhán O'Dwyer-Nakamura
  background: a ward nurse who writes the leaflets our patients take home
  school: St. Brigid's College
  degree: BSc in Nursing
  phone: "+353 1 555 0101"
  email: siobhan.odwyer@example.com
  minutes: 20
  zone: Europe/Dublin
target:
  role: Medical Writer
  industry: clinical research
  place: Dublin
  why: I've seen what happens when a leaflet can't be understood.
  research: |-
    Regulatory writers work on trial reports; others write for patients or for journals.
    Halloran & Byrne take on nurses, says their site.
contacts:
  - key: aoife
    name: Aoife Ní Bhraonáin
    kind: practitioner
    organization: Halloran & Byrne
    title: Senior Medical Writer
    phone: "+353 1 555 0110"
    email: aoife.nibhraonain@example.com
    zone: Europe/Dublin
    source: association
    found: the Irish Medical Writers' Evening
    notes: Was a nurse herself. Quick, kind.
    added: "-20b 10:00"
    stage: met
    attempts:
      - {at: "-19b 09:10", channel: email, outcome: sent}
      - {at: "-17b 11:00", channel: email, outcome: replied, note: "Any morning."}
      - {at: "-16b 09:00", channel: phone, outcome: scheduled}
    interviews:
      - at: "-1b 09:30"
        mode: video
        place: https://meet.example.com/aoife
        ended: "-1b 09:51"
        answers:
          - question: came-to-it
            notes: Left the ward after her second child. Her first boss was difficult; she nearly went back.
          - question: ordinary-day
            notes: Three hours of writing, then comments. "Nobody's first draft survives," she said.
            star: true
          - question: my-experience
            notes: >-
              she'd put the leaflets first on my resume, since they're the only thing a manager hasn't seen
              before
            star: true
          - question: who-else
            notes: Dr. Fitzgerald, who hires; and Mei, who went freelance. I may say she sent me.
        debrief:
          learned: The work is explaining, which I do already.
          next: Dr. Fitzgerald
          fit: 5
          confidence: 3
    follow_ups:
      - {kind: interview, due: "-1b 09:30", done: "-1b 09:51"}
      - {kind: thank_you, due: "0b 09:51"}
      - {kind: promise, due: "+1b", note: "the leaflet on blood thinners"}
  - key: fitzgerald
    name: Dr. Cornelius Fitzgerald
    kind: hiring_manager
    organization: Halloran & Byrne
    title: Head of Medical Writing
    phone: "+353 1 555 0111"
    email: c.fitzgerald@example.com
    zone: Europe/Dublin
    source: referral
    referrer: aoife
    may_use_name: "yes"
    why: have taken on three nurses
    notes: Aoife says he's direct.
    added: "-1b 10:00"
    stage: new
    follow_ups:
      - {kind: call, due: "+1b"}
  - key: mei
    name: Tanaka, Mei
    kind: practitioner
    organization: ""
    title: Freelance Medical Writer
    phone: "+1 312 555 0163"
    zone: America/Chicago
    source: referral
    referrer: aoife
    may_use_name: ask_later
    notes: Went freelance in Chicago. No email.
    added: "-1b 10:02"
    stage: new
    follow_ups:
      - {kind: call, due: "+1b"}
      - {kind: other, due: "0b", note: "ask Aoife whether I may use their name"}
  - key: niamh
    name: Niamh de Búrca
    kind: connector
    organization: St. Brigid's College
    title: Lecturer in Nursing
    email: niamh.deburca@example.org
    zone: Europe/Dublin
    source: professor
    found: Professor Whelan
    notes: Knows everybody who left nursing.
    added: "-40b 10:00"
    stage: in_touch
    attempts:
      - {at: "-39b 09:10", channel: email, outcome: scheduled}
    interviews:
      - at: "-35b 16:00"
        mode: in_person
        place: The nursing library
        ended: "-35b 16:20"
        answers:
          - question: talk-to-first
            notes: talk to Padraig at the regulator, he reads more badly written reports than anybody alive
            star: true
          - question: how-to-ask-them
            notes: write, never ring; they're all shy
    follow_ups:
      - {kind: interview, due: "-35b 16:00", done: "-35b 16:20"}
      - {kind: thank_you, due: "-34b", done: "-34b 09:00"}
      - {kind: check_in, due: "-13b", done: "-13b 09:00", note: "I went to the writers' evening"}
      - {kind: tell_referrer, due: "0b", about: padraig}
      - {kind: check_in, due: "+60d"}
  - key: padraig
    name: Pádraig Ó Súilleabháin
    goes_by: Paddy
    kind: hiring_manager
    organization: The Medicines Office
    title: Assessor
    phone: "+353 1 555 0133"
    email: padraig@example.org
    zone: Europe/Dublin
    source: referral
    referrer: niamh
    may_use_name: "yes"
    notes: He said he hated the old director. Not to be repeated!
    added: "-34b 10:00"
    stage: thanked
    attempts:
      - {at: "-30b 09:10", channel: phone, outcome: scheduled}
    interviews:
      - at: "-3b 11:00"
        mode: phone
        ended: "-3b 11:19"
        answers:
          - question: look-for
            notes: people who'd rather ask twice than guess once, and who can say so to a professor
            star: true
          - question: my-background
            notes: He'd keep my resume on file for the spring.
    follow_ups:
      - {kind: interview, due: "-3b 11:00", done: "-3b 11:19"}
      - {kind: thank_you, due: "-2b", done: "-2b 08:30"}
      - {kind: check_in, due: "+27d"}
  - key: bernadette
    name: Bernadette O'Shaughnessy-Wolfeschlegelstein
    kind: practitioner
    organization: O'Shaughnessy & Daughters' Clinical Communications, Unlimited
    title: Principal Medical and Scientific Communications Consultant
    email: bernadette.oshaughnessy@example.com
    source: business_news
    found: the Irish Business Post
    news: promoted
    added: "-12b 10:00"
    stage: held
    attempts:
      - {at: "-11b 09:10", channel: email, outcome: sent}
      - {at: "-2b 09:10", channel: email, outcome: sent}
  - key: tom
    name: Tom Quigley
    kind: practitioner
    organization: Lir Research
    phone: ""
    email: tom.quigley@example.com
    source: online
    found: your piece on plain consent forms
    added: "-10b 10:00"
    stage: asked
    attempts:
      - {at: "-8b 09:10", channel: email, outcome: sent}
    follow_ups:
      - {kind: call, due: "0b", note: "no answer: write again"}
  - key: orla
    name: Orla Keane
    kind: hiring_manager
    organization: Lir Research
    phone: "+353 1 555 0155"
    email: orla.keane@example.com
    zone: Europe/Dublin
    source: event
    found: the patients' day at the Mater
    added: "-9b 10:00"
    stage: declined
    attempts:
      - {at: "-3b 09:10", channel: email, outcome: sent}
      - {at: "-1b 15:10", channel: email, outcome: declined, note: "Kind. Audit until March."}
"""

CAREER_CHANGER = """
profile:
  name: Walter J. Brzezinski
  background: a bookkeeper of twenty-six years at a printing works that has closed
  school: Fort Collins Community College
  degree: an associate degree in accounting
  phone: "+1 970 555 0101"
  email: walt.brzezinski@example.com
  minutes: 15
  zone: America/Denver
target:
  role: Energy Auditor
  industry: home energy
  place: Fort Collins
  why: ""
contacts:
  - key: rosa
    name: Rosa María Delgado
    goes_by: Rosie
    kind: practitioner
    organization: Front Range Home Energy
    title: Energy Auditor
    phone: "+1 970 555 0110"
    zone: America/Denver
    source: event
    added: "-15b 10:00"
    stage: met
    attempts:
      - {at: "-14b 09:10", channel: phone, outcome: no_answer}
      - {at: "-12b 16:10", channel: phone, outcome: scheduled}
    interviews:
      - at: "-1b 12:00"
        mode: in_person
        place: Rosie's van, at the depot
        ended: "-1b 12:18"
        answers:
          - question: ordinary-day
            notes: crawlspaces all morning. numbers all afternoon
            star: true
          - question: surprised-most
            notes: "people cry when you tell them why the house is cold (‹her words›)"
            star: true
          - question: who-else
            notes: Her cousin Curtis at the city. Her boss got fired, don't mention.
    follow_ups:
      - {kind: interview, due: "-1b 12:00", done: "-1b 12:18"}
      - {kind: thank_you, due: "0b"}
      - {kind: promise, due: "+1b", note: "send her the spreadsheet for mileage"}
  - key: curtis
    name: Curtis "Buck" Hollingsworth-Abernathy
    goes_by: Buck
    kind: hiring_manager
    organization: City of Fort Collins
    title: Program Manager, Efficiency
    phone: "+1 970 555 0120"
    email: chollingsworth@example.gov
    zone: America/Denver
    source: referral
    referrer: rosa
    may_use_name: "no"
    added: "-1b 13:00"
    stage: new
    follow_ups:
      - {kind: call, due: "+1b"}
  - key: harriet
    name: Mrs. Harriet Long
    kind: connector
    organization: Workforce Center
    title: Adviser
    phone: "+1 970 555 0130"
    email: hlong@example.org
    zone: America/Denver
    source: placement_office
    found: The Workforce Center
    added: "-30b 10:00"
    stage: thanked
    attempts:
      - {at: "-29b 09:10", channel: in_person, outcome: scheduled}
    interviews:
      - at: "-25b 10:00"
        mode: in_person
        ended: "-25b 10:15"
        answers:
          - question: does-it-daily
            notes: Don't say "career change" to anyone over 40, say "next job". She laughed.
            star: true
    follow_ups:
      - {kind: interview, due: "-25b 10:00", done: "-25b 10:15"}
      - {kind: thank_you, due: "-24b", done: "-24b 09:00"}
      - {kind: promise, due: "-3b", note: "the list of people I've talked to"}
      - {kind: check_in, due: "0b"}
  - key: dwayne
    name: Dwayne Pruitt
    kind: practitioner
    organization: Pruitt & Sons Insulation
    title: Owner
    phone: "+1 970 555 0140"
    source: other
    found: my brother-in-law
    added: "-8b 10:00"
    stage: scheduled
    attempts:
      - {at: "-3b 09:10", channel: phone, outcome: scheduled}
    interviews:
      - {at: "+1b 07:30", mode: in_person, place: "the diner on College Avenue"}
    follow_ups:
      - {kind: confirm, due: "0b"}
      - {kind: interview, due: "+1b 07:30"}
  - key: lena
    name: Lena Whitehorse
    kind: practitioner
    organization: Poudre Valley Power
    title: Field Auditor
    email: lena.whitehorse@example.com
    source: alumni
    added: "-8b 10:00"
    stage: asked
    attempts:
      - {at: "-3b 09:10", channel: message, outcome: sent}
      - {at: "-1b 09:10", channel: message, outcome: replied, note: "Sure, when?"}
    follow_ups:
      - {kind: call, due: "0b", note: "they wrote back: settle a time"}
  - key: nick
    name: Nick Ferreira
    kind: hiring_manager
    organization: ""
    source: business_news
    added: "-8b 10:00"
    stage: new
    follow_ups:
      - {kind: call, due: "0b"}
  - key: gail
    name: Gail St. John
    kind: hiring_manager
    organization: Poudre Valley Power
    phone: "+1 970 555 0170"
    zone: America/New_York
    source: online
    added: "-15b 10:00"
    stage: declined
    attempts:
      - {at: "-9b 09:10", channel: phone, outcome: declined}
"""

STUDENT_ABROAD = """
profile:
  name: João Pedro d'Ávila
  background: a Brazilian student of psychology, in Munich for my master's
  school: the Isar University
  degree: MSc in Psychology
  phone: "+49 89 5550101"
  email: joao.davila@example.com
  minutes: 20
  zone: Europe/Berlin
target:
  role: UX Researcher
  industry: medical devices
  place: Munich
  why: I like watching people find out that it wasn't their fault.
contacts:
  - key: annelise
    name: Dr. Annelise Groß-Hübner
    kind: practitioner
    organization: Isartal Medizintechnik GmbH
    title: Lead UX Researcher
    phone: "+49 89 5550110"
    email: a.gross-huebner@example.de
    zone: Europe/Berlin
    source: professor
    found: Professor Lindner
    added: "-20b 10:00"
    stage: met
    attempts:
      - {at: "-15b 09:10", channel: email, outcome: scheduled}
    interviews:
      - at: "0b 09:00"
        mode: video
        place: https://meet.example.com/annelise
        ended: "0b 09:20"
        answers:
          - question: ordinary-day
            notes: Two interviews before lunch, then she argues with engineers until five.
            star: true
          - question: my-experience
            notes: my Portuguese is worth more than I think, because nobody tests the pumps in Brazil
            star: true
          - question: who-else
            notes: Yuki Sato in Yokohama, who did the same as me ten years ago.
        debrief:
          changes: Look at the makers of pumps first.
          fit: 4
          confidence: 2
    follow_ups:
      - {kind: interview, due: "0b 09:00", done: "0b 09:20"}
      - {kind: thank_you, due: "+1b 09:20"}
      - {kind: promise, due: "+2b", note: "my two interview guides"}
  - key: yuki
    name: 佐藤 由紀
    kind: practitioner
    organization: 横浜メディカル
    title: UX Researcher
    email: yuki.sato@example.jp
    zone: Asia/Tokyo
    source: referral
    referrer: annelise
    may_use_name: "yes"
    added: "0b 09:30"
    stage: new
    follow_ups:
      - {kind: call, due: "+2b"}
  - key: henrique
    name: Henrique dos Santos e Silva Albuquerque de Vasconcelos
    goes_by: Rique
    kind: connector
    organization: Clube Brasileiro de Munique
    email: henrique@example.com.br
    zone: America/Sao_Paulo
    source: association
    found: the Clube Brasileiro
    added: "-30b 10:00"
    stage: thanked
    attempts:
      - {at: "-29b 09:10", channel: message, outcome: scheduled}
    interviews:
      - at: "-26b 18:00"
        mode: phone
        ended: "-26b 18:20"
        answers:
          - question: talk-to-first
            notes: "Ines Moser: 'she answers everyone'. And don't call Germans before ten."
            star: true
    follow_ups:
      - {kind: interview, due: "-26b 18:00", done: "-26b 18:20"}
      - {kind: thank_you, due: "-25b", done: "-25b 09:00"}
      - {kind: tell_referrer, due: "0b", about: ines}
  - key: ines
    name: Ines Moser
    kind: hiring_manager
    organization: Alpenblick Design
    title: Head of Research
    phone: "+49 89 5550140"
    email: ines.moser@example.de
    zone: Europe/Berlin
    source: referral
    referrer: henrique
    may_use_name: ask_later
    added: "-25b 10:00"
    stage: thanked
    attempts:
      - {at: "-20b 09:10", channel: email, outcome: scheduled}
    interviews:
      - at: "-2b 10:00"
        mode: in_person
        place: Alpenblick, 2nd floor
        ended: "-2b 10:20"
        answers:
          - question: look-for
            notes: somebody who has watched one real nurse use one real pump, even once
            star: true
          - question: schooling-counts
            notes: A master's helps with visas, not with work, she said.
    follow_ups:
      - {kind: interview, due: "-2b 10:00", done: "-2b 10:20"}
      - {kind: thank_you, due: "-1b", done: "-1b 09:00"}
      - {kind: check_in, due: "+28d", note: "I watched a nurse set up a pump at the university clinic"}
  - key: kofi
    name: Kofi Mensah
    kind: practitioner
    organization: Isartal Medizintechnik GmbH
    title: Interaction Designer
    phone: "+49 89 5550150"
    zone: Europe/Berlin
    source: event
    found: the Munich usability meetup
    added: "-9b 10:00"
    stage: asked
    attempts:
      - {at: "-4b 10:10", channel: phone, outcome: voicemail}
    follow_ups:
      - {kind: call, due: "0b"}
  - key: charlotte
    name: Charlotte Ahrens
    kind: hiring_manager
    organization: Nordlicht
    email: charlotte.ahrens@example.de
    source: online
    found: your talk on infusion pumps
    added: "-14b 10:00"
    stage: asked
    attempts:
      - {at: "-9b 10:10", channel: email, outcome: sent}
    follow_ups:
      - {kind: other, due: "-5b", note: "ask another person at Nordlicht"}
      - {kind: call, due: "0b", note: "no answer to what you wrote: write again, or call"}
  - key: dieter
    name: Dieter Holzapfel
    kind: practitioner
    organization: Nordlicht
    phone: "+49 40 5550160"
    email: d.holzapfel@example.de
    zone: Europe/Berlin
    source: online
    added: "-14b 10:00"
    stage: scheduled
    attempts:
      - {at: "-6b 10:10", channel: email, outcome: scheduled}
    interviews:
      - {at: "+6b 15:30", mode: video, place: "https://meet.example.com/dieter"}
    follow_ups:
      - {kind: confirm, due: "+5b"}
      - {kind: interview, due: "+6b 15:30"}
  - key: lukas
    name: Lukas Wimmer
    kind: hiring_manager
    organization: Pumpenwerk Süd
    email: lukas.wimmer@example.de
    source: placement_office
    added: "-7b 10:00"
    stage: asked
    attempts:
      - {at: "-2b 10:10", channel: phone, outcome: referred, note: "No time, but call Sofie."}
    follow_ups:
      - {kind: call, due: "+3b"}
  - key: sofie
    name: Brandl, Sofie
    kind: practitioner
    organization: Pumpenwerk Süd
    email: sofie.brandl@example.de
    zone: Asia/Tokyo
    source: referral
    referrer: lukas
    may_use_name: "yes"
    added: "-2b 10:15"
    stage: asked
    attempts:
      - {at: "-1b 10:10", channel: email, outcome: sent}
      - {at: "0b 08:10", channel: email, outcome: replied, note: "From Yokohama till spring. Gladly."}
    follow_ups:
      - {kind: call, due: "+1b", note: "they wrote back: settle a time"}
"""

USERS = {"nurse": NURSE, "career changer": CAREER_CHANGER, "student abroad": STUDENT_ABROAD}

_ZONES = {"nurse": "Europe/Dublin", "career changer": "America/Denver", "student abroad": "Europe/Berlin"}
_COUNTRIES = {"nurse": "IE", "career changer": "US", "student abroad": "DE"}
_CAPTURES = {
    "Aoife Ní Bhraonáin": Capture(id="", kind=CaptureKind.RESUME, what="the leaflets first, then the ward"),
    "Pádraig Ó Súilleabháin": Capture(id="", kind=CaptureKind.ON_FILE, what="till spring"),
    "Ines Moser": Capture(id="", kind=CaptureKind.PROMISE, what="her reading list", theirs=True),
}
"""What was captured in the last meeting with a person; the format of the sample data has no place for it."""


@cache
def written(user: str) -> Demo:
    """Return what is written about the user of that name in USERS."""
    return convert(read_yaml(USERS[user]), (), Demo)


def bench_of(user: str, library: Library) -> Bench:
    """Return the services over the records of an invented user, at the fixed time of the tests."""
    bench = Bench(library, Config(country=_COUNTRIES[user]), zone=ZoneInfo(_ZONES[user]))
    services = bench.services
    now, calendar = services.time.now(), services.time.calendar

    def new_id() -> str:
        return str(services.history.stamp()["id"])

    bench.store.apply(demo_change(written(user), library, now, calendar, new_id))
    for contact in bench.store.all(Contact):
        if contact.name in _CAPTURES:
            (met,) = bench.store.of_contact(Interview, contact.id)
            services.capturing.add(met.id, _CAPTURES[contact.name])
    return bench
