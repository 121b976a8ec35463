"""The words that give entities away: what people, companies, projects and places are called.

All in lower case and as lemmas, the form in which the cues see a sentence.
"""

from memory.rules.personal_data import common_words


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


TITLES = _words("""
    mr mrs ms miss mx dr prof professor sir madam herr frau judge captain sergeant officer father
    sister brother pastor rabbi imam reverend senator president coach nurse doctor chef lord lady
    aunt auntie uncle grandma grandpa granny cousin
""")
"""Before a name, capitalised; left out of it."""

CALLINGS = _words("""
    developer engineer designer programmer tester analyst architect teacher lawyer accountant
    journalist photographer electrician plumber carpenter therapist dentist pharmacist mechanic
    manager director founder consultant researcher scientist student intern recruiter writer
    painter singer musician actor author baker gardener tutor trainer nanny landlord landlady
    barber vet surgeon physiotherapist psychologist librarian chairman ceo cto cfo
    supervisor mentor lead owner host caretaker doctor nurse professor coach pastor chef
""")

KIN = _words("""
    mother father mum mom dad sister brother wife husband partner son daughter girlfriend boyfriend
    fiancé fiancée fiance fiancee cousin uncle aunt grandmother grandfather grandma grandpa niece
    nephew stepmother stepfather godmother godson twin parent child kid baby boss colleague coworker
    teammate flatmate roommate neighbour neighbor friend buddy mate ex
""")

PETS = _words("""
    dog puppy cat kitten horse pony rabbit hamster parrot budgie canary goldfish tortoise turtle
    ferret donkey pet
""")

FIRMS = _words("""
    company firm startup start-up customer client vendor supplier competitor employer agency bank
    retailer manufacturer insurer charity publisher bakery brewery studio consultancy contractor
    partner airline organisation organization nonprofit provider
""")

FIRM_ENDINGS = _words("""
    inc inc. gmbh ag ltd ltd. llc plc corp corp. co co. kg bv oy ab sa srl labs lab systems
    technologies software solutions consulting logistics foods analytics robotics industries
    partners holdings group bank university college institute foundation hospital school studios
    studio media pharma energy airlines airways motors insurance mutual dairy dairies farm farms
    brothers sons
    associates ventures capital press records clinic council ministry association bakery brewery
    hotel hotels security networks networking dynamics aerospace works interactive digital
    enterprises plumbing roofing hosting shipping trading catering landscaping
    cleaning printing publishing engineering heating electrical tours travel taxis pharmacy dental
    cafe café restaurant garage airlines railways telecom mobile entertainment gaming games
    trust society museum library theatre academy church union club
""")
"""The last word of a company's or an institution's name."""

PLACE_STARTS = _words("""
    lake mount fort port cape san santa saint st st. river new north south east west upper lower
    little great old los las el isle bay
""")
PLACE_ENDINGS = _words("""
    street road avenue lane square bay lake river valley island islands beach bridge harbour
    harbor mountains hills park forest springs wells falls cross coast county district heights
    village town city gardens station airport castle common peninsula canyon pass
""")
PLACE_TAILS = (
    *("ville", "dale", "burg", "borough", "bury", "ford", "mouth", "haven", "wick", "mere", "stad"),
    *("holm", "fjord", "vik", "stead", "thorpe", "minster", "cester", "shire", "land", "quay"),
    *("moor", "heim", "furt", "ovo", "grad", "polis", "ington", "hampton", "fell", "vale", "by"),
)
"""How towns end; people are named after towns, so that it says little."""
TOOL_TAILS = ("db", "mq", "css", "js", "sql", "ql", "kv", "ctl", "kit", "lint")
SOFT_TOOL_TAILS = ("stack", "cache", "base", "file", "script", "flow", "queue", "shell", "cast")
"""How tools end, surely and perhaps."""

PROJECTS = _words("""
    project app application repo repository codebase initiative campaign prototype game website
    site blog podcast newsletter plugin bot dashboard
""")
TOOLS = _words("""
    tool library framework database language editor package plugin compiler linter orm cli sdk
    queue broker cache engine server client driver cluster container module extension runtime
    parser debugger ide api software platform datastore store toolkit crate format protocol
    backend frontend model index
""")
PLACES = _words("""
    city town village island country capital region district suburb neighbourhood county province
    state beach lake river valley harbour
""")
VENUES = _words("""
    hall restaurant cafe café bistro bar pub gym cinema theatre museum park venue hotel pool beach
    campsite
""")
"""Where one goes; what they are called is a place's name, not somebody's."""

ORDINARY = common_words.NO_NAMES | _words("""
    god internet web earth moon sun lord honey darling dude guys mate everyone congratulations
    congrats cheers sincerely regards best kind warm ps p.s. cv pc tv dvd usb gps dna diy atm ok
    todo note notes warning update summary agenda minutes question questions step steps part
    section table figure bonus tip tips reminder important urgent attention breaking true false
    none null select insert delete where class import return function public static void
    covid covid-19 easter spring summer autumn winter weekend breakfast lunch dinner brunch
    mom dad mum mama papa daddy mommy grandma grandpa granny auntie sir madam
    version release beta alpha chapter volume episode season day night step level phase quarter
    q1 q2 q3 q4 am pm utc gmt cet est pst oct nov dec jan feb mar apr jun jul aug sep sept mon tue
    wed thu fri sat sun
    always often sometimes seldom again instead otherwise meanwhile forever twice once somehow
    someday kindly usually rarely whenever perhaps maybe besides
    kb mb gb tb pb kib mib gib tib khz mhz ghz hz kwh kbps mbps gbps fps dpi px rpm
    never kudos lgbtq lgbt tues thurs weds
    aw aww awww woah whoa woohoo oof nah gotcha lemme wanna gonna y'all bye goodbye yay ugh hooray
    sounds sound seems looks look just stuff tons trips feels feel agreed ever since after before
    thankful strong family pride families friends things people moments memories love life
    yeah yep nope hmm wow oops ugh haha please sorry thanks actually basically honestly finally
    today luckily unfortunately apparently obviously personally overall still then later soon
    wonderful great awesome amazing terrible nice cool bad good perfect awful horrible quick slow
    bread milk tea coffee eggs butter cheese rice pasta pizza soup
    math maths physics chemistry biology history geography science art music sport sports
    hanukkah eid passover lent valentine xmas
    vegan asian western eastern northern southern internet android-like
    thinking working looking going trying reading writing running deploying using having getting
    making doing feeling building learning testing waiting
    ux ui qa hr pr ci cd kpi okr roi mvp rfc sla sql http https tcp udp dns ssl tls ssh ftp html
    cpu gpu ram ssd usb pdf csv json xml yaml api apis rest crud jwt oauth sso 2fa mfa vpn gdpr eu
    uk us usa un nato
""")
"""Capitalised often enough, and nobody's name alone."""
