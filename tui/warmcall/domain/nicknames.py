"""Short forms and spellings of given names, as people use them in English, German, Spanish and French.

The table knows common ones only. It suggests who may be one person, and never decides it.
"""

from __future__ import annotations

from functools import lru_cache

_SHORT_FORMS = """
abigail: abby gail
adalbert: bert
albert: al bert
albrecht: al
alejandra: ale sandra
alejandro: ale alex jandro
alexander: al alex alec lex sandy sascha xander sasha
alexandra: alex lexi sandra sandy sasha
alexandre: alex
alfred: al alf fred
alfonso: alfo poncho
alicia: licha
amanda: mandy
andrea: andi andy
andreas: andi andy
andres: andi
andrew: andy drew
angela: angie
angelica: angie
ann: annie nan
anna: anni annie
annette: anne nettie
anthony: tony ant
anton: toni
antonia: toni
antonio: toni tony tonio
archibald: archie
arthur: art artie
augustus: gus
barbara: babs barb barbie
bartholomew: bart
beatrice: bea trixie
beatriz: bea
benedict: ben
benedikt: ben
benjamin: ben benji benny
bernadette: bernie
bernard: bernie
bernhard: bernd
bernardo: berni
bradley: brad
brandon: bran
bridget: biddy
calvin: cal
cameron: cam
carolina: caro
caroline: caro carrie
cassandra: cass cassie sandra
catherine: cath cathy cate cat kate katie kathy kit kitty
charles: charlie chuck chas chip
charlotte: charlie lottie lotte
chester: chet
christian: chris
christina: chris chrissy tina christa
christine: chris chrissy tine
christoph: chris
christophe: chris
christopher: chris kit topher
clara: clari
claudia: claudi
clifford: cliff
clinton: clint
concepcion: concha conchita
consuelo: chelo
cristina: cris tina
cristobal: cris
cynthia: cindy
daniel: dan danny dani
daniela: dani
danielle: dani
david: dave davey davy
deborah: deb debbie debby
dennis: den denny
diego: dieguito
dietmar: didi
dietrich: dieter
dolores: lola loli
dominic: dom nick
dominique: dom
donald: don donnie
dorothea: dora thea
dorothy: dot dottie dolly
douglas: doug
eberhard: ebbo
edmund: ed eddie ned ted
eduard: edi
eduardo: edu lalo
edward: ed eddie ned ted teddy
edwin: ed eddie
eleanor: ellie nell nora
elisabeth: elli lisa lisbeth lise sissi betty
elizabeth: beth betty bess eliza ellie libby lisa liz lizzie liza betsy
emanuel: manu
emily: em emmy
enrique: quique kike
ernest: ernie
ernesto: neto
eugene: gene
ezekiel: zeke
federico: fede
felicity: fliss
ferdinand: ferdi
fernando: fer nando
florence: flo
frances: fran frannie
francesca: fran
francis: frank fran
francisca: paca paquita
francisco: paco pancho curro fran kiko
franklin: frank
franz: franzl
franziska: franzi
frederic: fred
frederick: fred freddie freddy
friederike: rike
friedrich: fritz fred
gabriel: gabe gabi
gabriela: gabi
gabriele: gabi
gabrielle: gaby
geoffrey: geoff
georg: schorsch
george: georgie
gerald: gerry jerry
gerard: gerry
gerhard: gerd
geraldine: gerry
gertrud: trude trudi
gilbert: gil
gottfried: friedel
graciela: chela
gregory: greg
gregor: greg
guadalupe: lupe
guillaume: gui
guillermo: memo guille
gunther: guenni
guy: guido
gwendolyn: gwen
hannah: hanna
hannelore: hanne lore
harold: hal harry
harrison: harry
heinrich: heiner heinz heini
helene: leni lene
helena: lena leni
henry: hank harry hal
herbert: herb bert
herman: herm
hildegard: hilde
howard: howie
hubert: hugh bert
ignacio: nacho
ignatius: iggy
irene: reni
isaac: ike zac
isabel: isa belle chabela
isabella: bella izzy isa
isabelle: belle isa
jacob: jake
jacqueline: jackie
jacques: jacquot
jakob: jack
james: jim jimmy jamie jay
janet: jan
jeffrey: jeff
jennifer: jen jenny jenn
jeremiah: jerry
jeremy: jem jerry
jerome: jerry
jessica: jess jessie
jesus: chucho chuy
joachim: achim jochen jo
joanna: jo
johann: hans
johanna: hanna hanni jo
johannes: hannes hans jo
john: jack johnny
jonathan: jon johnny nathan
jorge: coque
jose: pepe
josef: sepp jupp
josefa: pepa
josefina: fina
joseph: joe joey jo
josephine: jo josie
joshua: josh
juan: juanito
judith: judy
julia: jule juli
julian: jules
katharina: kathi kati katja kathe
katherine: kat kate kathy katie kay kit kitty
kathleen: kathy katie kath
kenneth: ken kenny
kimberly: kim
konrad: conny
lawrence: larry laurie lars
leonard: len lenny leo
leonardo: leo
leopold: leo poldi
leslie: les
liselotte: lilo lotte
lorenzo: enzo renzo
lourdes: lulu
louis: lou louie
louise: lou
lucia: luci
ludwig: lutz wiggerl
luis: lucho
madeleine: maddie mado
madeline: maddie
magdalena: lena magda leni
manfred: manni
manuel: manolo manu manny
manuela: manu
margaret: maggie meg peggy marge margie greta daisy madge peg
margarete: grete gretel greta gretchen
margarita: marga rita
marguerite: margot
maria: mia mariechen
marjorie: marge
martha: marty
martin: marty
martina: tina
mathilde: tilda
matilda: tilda tilly
matthew: matt matty
matthias: matze matti hias
maximilian: max maxi
maximiliana: maxi
maxwell: max
melanie: mel
melissa: mel lissa
mercedes: merche
michael: mike mick micky mickey michi mikey
michaela: michi
michel: mich
michelle: shelly
miguel: migue
mildred: millie
mitchell: mitch
mohammed: mo
montgomery: monty
monserrat: montse
nancy: nan
natalie: nat
nathan: nate nat
nathaniel: nate nat nathan
nicholas: nick nicky nico
nicolas: nico
nicole: nicki niki
nikolaus: klaus niko
norbert: bert
oliver: ollie oli
olivia: liv livvy
oswald: ossi ozzie
pamela: pam
patricia: pat patty tricia trish patti paty
patrick: pat paddy rick
paula: pauli
pauline: paule
penelope: penny
peter: pete
philip: phil pip
philipp: phil
philippe: phil
prudence: prue
rachel: rae
rafael: rafa
ralph: ralphie
randall: randy
raphael: raf
raymond: ray
rebecca: becca becky
reginald: reg reggie
reinhard: reini
richard: dick rich rick ricky richie
ricardo: rick richie
robert: bob bobby rob robbie bert robby
roberto: beto rob
roderick: rod
rodolfo: fito
rodrigo: rodri
roger: rog
roland: roli
ronald: ron ronnie
rosario: charo
rudolf: rudi
rudolph: rudy
russell: russ
salvador: chava salva
samantha: sam sammy
samuel: sam sammy
sandra: sandy
sebastian: seb basti bastian
sebastien: seb
sergio: checo
siegfried: siggi
sigmund: siggi
simon: si
sofia: sofi
solomon: sol
sophia: sophie
stanley: stan
stefan: steff
stefanie: steffi
stephanie: steph steffi
stephen: steve stevie
steven: steve stevie
stuart: stu
susan: sue suzie susie
susana: susi
susanna: sanna
susanne: susi sanne
suzanne: sue suzie
sylvester: sly
tabitha: tabby
teodoro: teo
teresa: tere teresita
terence: terry
thaddeus: tad ted
theodor: theo
theodore: ted teddy theo
theresa: tess terry tracy resi
therese: resi
thomas: tom tommy thom
timothy: tim timmy
tobias: tobi toby
ulrich: uli ulli
ulrike: uli rike
ursula: uschi ursel
valerie: val
vanessa: nessa
veronica: ronnie vero
veronika: vroni
vicente: chente
victor: vic
victoria: vicky vicki tori vic
viktoria: vicki
vincent: vince vin vinny
virginia: ginny ginger
walter: walt wally
wendelin: wendel
werner: wern
wilfred: wilf fred
wilhelm: willi willy wim
wilhelmina: mina willa
william: bill billy will willie liam willy
winifred: winnie
wolfgang: wolf wolfi
yolanda: yoli
yvonne: vonnie
zachary: zach zack zac
"""
"""Full names with their short forms, folded. A short form may belong to several names."""

_SPELLINGS = """
aaron aron
alan allan allen
alain alan
alice alyce
anna ana
anne ann
brian bryan
carl karl
carol carole
caroline carolyn karoline
catherine katherine kathryn cathryn katharine katherina catharine
cathleen kathleen
charlotte charlott
christian kristian cristian
christina kristina cristina
christine kristine christin kristin
christoph kristof christof
christopher kristopher
claire clare clair
claus klaus
connor conor
cristobal christobal
deborah debra
denis dennis
elisabeth elizabeth elisabet
elise elyse
eric erik erich
frederic frederick frederik fredric fredrick
geoffrey jeffrey geoff jeff
georg george
gregor gregory
hannah hanna
helen helene
henry henri
isabel isabelle isobel
jakob jacob
jonathan jonathon johnathan
john jon
josef joseph
josefine josephine
judith judit
juergen jurgen
kate cate
katrina catrina
kristen kirsten
laurence lawrence
leila layla
lewis louis luis
lindsay lindsey
luca luka
lucas lukas
luise louise
marc mark
marcus markus
mathew matthew
mathias matthias
megan meghan
michele michelle
mohammed muhammad mohamed mohammad muhammed
natalie nathalie
neil neal
nicolas nicholas nikolas niklas
nicole nichole
oscar oskar
philip phillip philipp philippe
rachel rachael
rafael raphael
rebecca rebekah rebeka
ralf ralph
rudolf rudolph
sara sarah
sean shaun shawn
sofia sophia
sofie sophie
stefan stephan
stefanie stephanie
stephen steven stephan
stewart stuart
susan suzan
susanne suzanne
teresa theresa
terence terrence
thomas tomas
tobias tobiasz
tracy tracey
victor viktor
victoria viktoria
vincent vincenz
walter walther
yvonne ivonne
zoe zoey
"""
"""Spellings of one name, those of other languages among them."""


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return by short form the full names, and by spelling the others."""
    full: dict[str, set[str]] = {}
    for line in _SHORT_FORMS.strip().splitlines():
        name, _, short_forms = line.partition(":")
        for short in short_forms.split():
            full.setdefault(short, set()).add(name)
    spelled: dict[str, set[str]] = {}
    for line in _SPELLINGS.strip().splitlines():
        names = line.split()
        for name in names:
            spelled.setdefault(name, set()).update(names)
    return (
        {name: frozenset(names) for name, names in full.items()},
        {name: frozenset(names) for name, names in spelled.items()},
    )


def full_names(given: str) -> frozenset[str]:
    """Return the names for which `given`, folded, may be a short form; none for a full name."""
    return _names()[0].get(given, frozenset())


@lru_cache(maxsize=1)
def _short() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for short, names in _names()[0].items():
        for name in names:
            found.setdefault(name, set()).add(short)
    return {name: frozenset(short) for name, short in found.items()}


def short_forms(given: str) -> frozenset[str]:
    """Return the short forms of a name, folded; none for a name that has none."""
    return _short().get(given, frozenset())


def spellings(given: str) -> frozenset[str]:
    """Return `given`, folded, with the other spellings of the name."""
    return _names()[1].get(given, frozenset()) | {given}


@lru_cache(maxsize=8192)
def name_groups(given: str) -> frozenset[str]:
    """Return what two given names have in common if they may be one: full names in all their spellings."""
    full = full_names(given) | {given}
    return frozenset(spelling for name in full for spelling in spellings(name))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    full, spelled = _names()
    return frozenset(full) | frozenset(spelled) | frozenset(name for names in full.values() for name in names)


def is_known(given: str) -> bool:
    """Return whether the table has that name, so that one close to it may be a name of its own."""
    return given in _known()
