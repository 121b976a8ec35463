"""The words by which a sentence is taken apart: who is a person, who is none, what links them.

Every word gets one letter; ``grammar`` says what the letters mean. English only.
"""

from collections.abc import Mapping

# Counted as people only with a word before that says whose or which: “my sister”, “the neighbour”.
# “Children with asthma” are nobody in particular.
_PEOPLE = """
    mother father parent sister brother sibling twin wife husband spouse partner girlfriend
    boyfriend fiance fiancé fiancee fiancée bride groom son daughter kid child children baby toddler
    teenager grandmother grandfather grandparent grandson granddaughter grandchild grandchildren
    aunt auntie uncle cousin niece nephew stepmother stepfather stepson stepdaughter stepbrother
    stepsister godmother godfather godson goddaughter widow family folks relative relatives ex
    friend mate buddy pal colleague coworker worker workmate teammate classmate roommate flatmate
    housemate boss manager supervisor employee assistant secretary intern apprentice trainee
    neighbour neighbor landlord landlady tenant lodger teacher tutor professor pupil student
    coach trainer nanny babysitter cleaner carer nurse doctor gp plumber electrician carpenter
    hairdresser lawyer accountant engineer developer designer programmer tester analyst director ceo
    cto founder cofounder investor client customer guest visitor driver chef cook waiter baker
    farmer singer drummer goalkeeper striker captain referee pilot librarian priest pastor
    man woman men women guy girl boy lady gentleman couple bloke lad person somebody
    someone female male
""".split()
# Names of their own, as it were: “Mum has asthma”.
_CALLED = """
    mum mom mummy mommy mama dad daddy papa grandma grandpa granny gran nan nana grandad granddad
""".split()
_ANIMALS = """
    dog puppy pup cat kitten pet horse pony mare foal pig piglet cow calf sheep lamb goat hen
    chicken rooster duck goose geese rabbit bunny hamster parrot budgie bird fish tortoise turtle
    snake donkey ferret gerbil retriever labrador poodle terrier spaniel dachshund animal mouse mice
    rat rats puppies ponies calves
""".split()
# No person: things of the trade, crowds, and what is written, shown or counted.
_THINGS = """
    account algorithm analysis analytics annotation anonymous api app application apps array article
    audience awareness backend badge banner benchmark blog book bot branch browser bucket budget
    build button cache calculator campaign candidate chapter charity chart chatbot checkbox
    checker class classifier client cli cluster code codebase column commit company compiler
    component computer conference config container corpus counter course csv dashboard data database
    dataset detection detector diagram dictionary docs document documentary documentation
    domain drama dropdown element endpoint entity enum episode event example expert feature field
    fields file fixture flag forecasting form forum foundation framework frontend
    function fundraiser game graph guidelines handler hackathon header icon images
    incidence index industry infographic input install interface issue job json kernel key
    keyboard label laptop lecture leaflet library linter logs machine magazine
    mapping marathon markers market meetup method metric metrics microservice migration mock model
    module monitor museum network news newsletter numbers object office
    ontology package page panel paper parameter parser participants patient people
    percentages phone pipeline plugin podcast poem poll polling population post
    poster predicting prediction predictions predictor prevalence printer process processor product
    program programme project prompt property protocol query questionnaire queue rate rates
    recognition regex registry regression release repo report reporting repository requests
    research researcher researchers response rows runner sample schema script
    section sensor series server service services session sheet simulation simulator site software
    song spec spreadsheet stack startup statistics stats street string struct studies subjects
    survey symposium system systems table tag talk team template tests text
    theory thesis thread ticket tool toolkit topic tracker transistor trial users
    validator value values variable vendor viewer version video volunteers walk webinar website
    widget ward clinic unit centre center hospital department surgeon specialist hotline
    workflow workshop writer zip jenkins webpack junction
    """.split()
# Fiction, when it speaks of others than the speaker.
FICTION = frozenset(
    """
    novel character characters protagonist hero heroine villain fictional fiction screenplay plot
    storyline film movie episode sitcom musical manga anime npc roleplay persona personas sims
    superhero comic fairytale sketch
    """.split()
)
HYPOTHESIS = frozenset("imagine suppose supposing pretend hypothetically assume assuming".split())
# After “if”, these make it a thought: “if I were ill”, “if she had cancer”.
UNREAL = frozenset("were was had got ever became would".split())

# What stands between a person and a word without the person having what the word says.
_FRAMES = """
    about whether how why what that think thinks thinking thought know knows knew heard hear read
    reads reading write writes wrote writing written watch watched watching learn learned learning
    study studying studied discuss discussed discussing research researching researched work works
    worked working wonder wondering teach teaches teaching taught lecture lecturing design designs
    designing building donate donated donating fundraise volunteer volunteers
    volunteered specialise specialises specialize analyse analyze analysing explain explained
    explains photographed painted paint draw drew sell sells selling sold
    """.split()
_LETTERS: Mapping[str, str] = {
    "i": "i we he she",
    "o": "me us him myself himself herself ourselves",
    "m": "my our his her",
    "b": "am is are was were be been being become became becoming 'm 're im feel feels felt "
    "feeling turned born raised identify identifies identified remain remained isn aren wasn weren",
    "d": "the a an this these those some another one no any",
    "j": "it its",
    "y": "as",
    "w": "with",
    "t": "to",
    "u": "on",
    "q": "in of",
    "p": "at for near from by into through under via during against between",
    "c": "and but so because since today tonight again now still right anymore too yet while "
    "after before last when if unfortunately",
    "s": "'s '",
    "f": " ".join(_FRAMES),
    "n": " ".join(_CALLED),
}
PLURAL_PEOPLE = frozenset({"they", "their", "them"})
ADDRESSED = frozenset({"you", "your"})
ANIMATE = frozenset({"he", "she", "his", "her", "him", "they", "their"})


def _letters() -> Mapping[str, str]:
    """The later tables have the last word: a nurse is a person before it is an expert."""
    letters = dict.fromkeys(_plurals(_THINGS), "k")
    letters |= dict.fromkeys(_plurals(_ANIMALS), "v")
    letters |= dict.fromkeys(_plurals(_PEOPLE), "h")
    for letter, words in _LETTERS.items():
        letters |= dict.fromkeys(words.split(), letter)
    return letters


def _plurals(words: list[str]) -> list[str]:
    return [*words, *(f"{word}s" for word in words)]


LETTERS = _letters()
