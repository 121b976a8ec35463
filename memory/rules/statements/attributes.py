"""What statements are about, by one name for all wordings, and the verbs that say so.

One line an attribute: its name, whether one value holds at a time, then each verb with the
prepositions before its value; ``_`` is its direct object. What is asked or compared by attribute
depends on these names: change one, and what was kept under the old name is no longer found.
"""

from dataclasses import dataclass

_VERBS = """
    location    one   live in at on near; reside in at; dwell in; base in at near; locate in at near
    location    one   move to into; relocate to; settle in; stand in on; sit in; hang in
    employer    one   work at for; employ at by; join _
    role        one   work as
    origin      one   come from; hail from; originate from
    school      one   attend _; enrol at in; enroll at in; go to
    married     one   marry _ to
    born        one   bear in on at
    name        one   call _; name _
    time        one   plan for; schedule for on at; set for; postpone to until; start at
    time        one   begin at; open at; close at; end at
    uses        many  use _; rely on; run on; host on; deploy on to with; write in with
    uses        many  build with on in; switch to; migrate to; move to; code in; program in
    uses        many  develop in; depend on; store in
    has         many  have _; own _; get _
    keeps       many  keep _
    raised      one   grow in; raise in
    built       one   build in
    ends        one   end on in; finish on in; run until
    begins      one   start on in; begin on in
    runs        many  run _; operate _
    speaks      many  speak _
    studies     many  study _; major in
    learns      many  learn _; practise _; practice _
    plays       many  play _
    drives      many  drive _; ride _
    drinks      many  drink _
    eats        many  eat _
    smokes      many  smoke _
    takes       many  take _
    manages     many  manage _; lead _; supervise _; oversee _; head _
    teaches     many  teach _
    maintains   many  maintain _
    sells       many  sell _
    grows       many  grow _
    collects    many  collect _
    breeds      many  breed _
    plans       many  plan _
    supports    many  support _
    wears       many  wear _
    expires     one   expire on in
"""

_LASTING = """
    diet         vegetarian vegan pescatarian teetotal kosher halal celiac coeliac gluten-free
    allergy      allergic
    intolerance  intolerant
    status       married single divorced widowed engaged retired unemployed self-employed
                 freelance pregnant bilingual adopted
    handedness   left-handed right-handed lefthanded righthanded
    condition    diabetic asthmatic epileptic autistic dyslexic deaf blind colour-blind
                 color-blind colourblind colorblind short-sighted shortsighted disabled dyspraxic
                 lactose-intolerant bipolar hypertensive anaemic anemic
    interest     interested keen fond fascinated passionate
    fear         afraid scared terrified
    duty         responsible
    orientation  gay lesbian bisexual straight transgender queer heterosexual homosexual
    belief       catholic muslim jewish christian hindu buddhist atheist agnostic protestant sikh
"""

_NOUNS = """
    deadline budget rent price cost salary fee address name surname nickname birthday anniversary
    age size height weight colour color port version number code password pin username handle
    email url domain host hostname language timezone blood_type job role title profession
    occupation employer company hometown nationality capital due_date launch_date release_date
    start_date goal motto timezone time_zone phone model brand limit target interest_rate
    working_hours opening_hours pronouns diagnosis dose diet preference hobby hobbies dream
    blood_pressure pulse cholesterol heart_rate major degree status owner
    location place branch tagline shoe_size ring_size
"""

_THINGS = """
    customer client user team company department office shop store clinic ward hospital practice
    school class course exam kindergarten nursery house flat apartment room kitchen bathroom garden
    balcony cellar basement garage attic roof boiler heating fridge oven washing dishwasher car
    bike van caravan boat server database cluster system api app application service backend
    frontend website site repo repository pipeline project product release sprint build staging
    production deployment environment network router printer laptop wifi wi-fi standup meeting
    appointment interview conference workshop party wedding trip flight train holiday tenant
    landlord neighbour neighbor boss manager patient insurance contract lease mortgage loan
    invoice
    launch exam test deadline account subscription warranty band choir club committee board dog
    cat plan
"""


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    exclusive: bool


def _verbs() -> dict[tuple[str, str], Attribute]:
    """By verb and preposition; of two lines for the same pair the first holds."""
    table: dict[tuple[str, str], Attribute] = {}
    for line in _VERBS.strip().splitlines():
        name, number, verbs = line.split(maxsplit=2)
        for verb, *ways in (entry.split() for entry in verbs.split(";") if entry.strip()):
            for way in ways:
                table.setdefault((verb, way), Attribute(name, number == "one"))
    return table


def _lasting() -> dict[str, str]:
    """Attribute by adjective: what one is for longer than a day."""
    table: dict[str, str] = {}
    name = ""
    for line in _LASTING.strip().splitlines():
        words = line.split()
        if not line.startswith(" " * 8):
            name = words.pop(0)
        table |= dict.fromkeys(words, name)
    return table


VERBS = _verbs()
LASTING = _lasting()
NOUNS = frozenset(word.replace("_", " ") for word in _NOUNS.split())
"""What a thing or a person has one of: “the deadline is”."""
THINGS = frozenset(_THINGS.split())
"""What is one's own where it is spoken of as known: “the customer”, “the staging server”."""
EVENTS = frozenset({"move", "relocate", "switch", "migrate", "join", "marry", "bear", "grow"})
"""Verbs whose past tells how it is since then."""
KIN = frozenset(
    """
    mother father mum mom mummy mommy dad daddy parent parents sister brother sibling son daughter
    child kid children kids baby twin twins grandmother grandfather grandma grandpa granny nan
    grandson granddaughter grandchild grandchildren aunt uncle cousin niece nephew wife husband
    partner spouse girlfriend boyfriend fiancé fiancée fiance fiancee ex stepson stepdaughter
    stepmother stepfather stepmum stepdad godson goddaughter godmother godfather friend flatmate
    roommate housemate colleague coworker boss manager neighbour neighbor landlord tenant teacher
    student pupil client customer patient doctor dentist therapist tutor coach assistant
    dog cat puppy kitten horse rabbit parrot
    """.split()
)
"""People, and animals, by what they are to one."""
SWAPPED_WITH = frozenset({"replace", "swap", "exchange"})
"""“We replaced Jenkins with Actions”: the old one is the object."""
NEW_VERSION = frozenset({"upgrade", "downgrade", "update", "bump"})
"""“We upgraded from PostgreSQL 14 to PostgreSQL 16”: of a tool, its old version is left."""
DROPPED = frozenset({"drop", "ditch", "abandon", "dump", "scrap", "retire", "uninstall", "remove"})
"""“We ditched Jenkins (for Actions)”."""
SPELLING = {"favorite": "favourite", "color": "colour", "job": "role", "profession": "role"}
"""Of an attribute's noun: what else it is called, and what it is called here."""
SPELLING |= {"occupation": "role", "title": "role", "company": "employer", "hometown": "origin"}
SPELLING |= {"hobbies": "hobby", "neighbor": "neighbour", "place": "location", "job title": "role"}


def canonical(noun: str) -> str:
    """The one name of an attribute that a noun names."""
    words = noun.lower().split()
    whole = SPELLING.get(" ".join(words))
    return whole or " ".join(SPELLING.get(word, word) for word in words)
