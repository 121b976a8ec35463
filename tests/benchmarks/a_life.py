"""A made-up life in up to a million different sentences, the same at every run.

Each is put together from a person, what they did, a thing and a circumstance. As in real text some
of these come up all the time and most hardly ever: the one of rank r is drawn as often as 1 / r
(Zipf). The commonest thing stands in about every sixth sentence, the rarest in one of a thousand.
"""

import itertools
import random
from collections.abc import Iterator

PEOPLE = (
    "I", "My sister", "The team", "Bob", "Our customer", "Maria", "My neighbour", "The boss",
    "My father", "Aunt Rosa", "Jonas", "The landlord", "My partner", "Dr. Weiss", "The choir",
    "Priya", "Our tax adviser", "Tom from accounting", "The kids", "My grandmother", "Elif",
    "The dentist", "Our new intern", "Sven", "The running group", "Chiara", "My old teacher",
    "The architect", "Uncle Paul", "The book club", "Nadia", "The plumber", "Kenji", "My cousin",
    "The support desk", "Lucas", "The vet", "My flatmate", "The orchestra", "Olga",
)  # fmt: skip
ACTIONS = (
    "decided to use", "moved away from", "complained about", "spent the afternoon with",
    "wants to learn about", "never liked", "explained", "wrote a long note on", "is saving for",
    "got help with", "forgot about", "recommends", "was surprised by", "paid too much for",
    "finally repaired", "dreams of", "gave a talk on", "postponed", "sent photos of", "tested",
    "argued about", "was thanked for", "prepared", "found a mistake in", "asked twice about",
    "is proud of", "keeps a list of", "lost interest in", "borrowed money for", "photographed",
    "laughed about", "had a plan for", "measured", "gave up on", "started again with",
    "compared three offers for", "was late because of", "talked for an hour about", "sold",
    "celebrated",
)  # fmt: skip
THINGS = (
    "the garden behind the house", "PostgreSQL", "the login page", "a train to Berlin",
    "green tea", "type hints in Python", "the budget of the shop", "Redis as a cache",
    "short meetings", "Docker", "concise examples", "the guitar", "the kitchen renovation",
    "a sourdough starter", "the marathon in October", "swimming lessons", "the old camera",
    "a bicycle with a trailer", "the wedding in June", "the tax return", "vegetarian recipes",
    "a night train to Vienna", "the piano", "the balcony tomatoes", "the test suite",
    "Kubernetes", "the yearly report", "a second monitor", "the flu vaccination", "the dog",
    "a language course in Portuguese", "the chess tournament", "the heating bill",
    "a winter coat", "the school play", "a hiking trail in Slovenia", "the database migration",
    "the insurance claim", "a mountain hut", "the aquarium", "the release notes",
    "the choir rehearsal", "a broken dishwasher", "the ferry to Sardinia", "the job interview",
    "a telescope", "the reading list", "the bee hives", "an espresso machine", "the roof",
    "the birthday party", "a podcast on history", "the electric car", "the allotment",
    "the invoice template", "a watercolour class", "the neighbourhood festival", "the cello",
    "the back pain", "an old typewriter", "the backup drive", "the cherry tree",
    "a ceramics workshop", "the mortgage", "the sailing licence", "the parking permit",
    "a sleeping bag", "the museum ticket", "the broken ankle", "the solar panels",
    "a pottery wheel", "the onboarding guide", "the fishing rod", "the family recipe book",
    "a violin concert", "the search index", "the compost", "the driving test", "the goldfish",
    "an inherited clock", "the front door lock", "a train set", "the thesis", "the wood stove",
    "a used van", "the data protection audit", "the ski trip", "the washing machine",
    "a new mattress", "the lemon tree", "the visa application", "a pair of running shoes",
    "the attic", "a card game", "the translation", "the harbour tour", "the radio play",
    "a charity run", "the laboratory results", "the stamp collection",
)  # fmt: skip
CIRCUMSTANCES = (
    "because the old way was too slow", "after the release in spring",
    "although nobody had asked", "and it worked better than expected", "which cost two days",
    "since the office moved", "to save money before the summer", "and asked for advice",
    "while the server was down", "before the visit of the auditors", "and regretted it soon",
    "for the third time this year", "so that the children can help", "without telling anyone",
    "during the power cut", "on the way back from Lisbon", "after a bad night",
    "with a borrowed toolbox", "in spite of the rain", "as a present for a friend",
    "because the shop was closed", "and felt better afterwards", "two weeks before the deadline",
    "with help from the neighbours", "after reading a book on it", "instead of a holiday",
    "and wrote everything down", "when the guests had left", "at half the usual price",
    "to everyone's surprise", "during the long strike", "in the smallest room of the house",
    "after three failed attempts", "because of a misunderstanding", "over a pot of coffee",
    "the day before the move", "and will do so again", "with mixed results", "for old times' sake",
    "as the doctor had suggested", "on the last day of the fair", "after the second reminder",
    "with the radio on", "and missed the last bus", "to settle an old bet",
    "in the middle of the night", "thanks to a good tip", "and nobody noticed",
    "between two meetings", "before the shops opened",
)  # fmt: skip
QUESTIONS = (
    "What did {} say about {}?",
    "Why does {} care about {}?",
    "When was it that {} had to do with {}?",
    "How did it go with {} and {}?",
)

Phrases = tuple[str, ...]


def phrases(seed: int = 1) -> Iterator[Phrases]:
    """The four parts of one sentence after the other, all different; there are eight million."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    parts = (PEOPLE, ACTIONS, THINGS, CIRCUMSTANCES)
    ranked = [
        (part, list(itertools.accumulate(1 / rank for rank in range(1, len(part) + 1))))
        for part in parts
    ]
    told: set[Phrases] = set()
    while True:
        found = tuple(chance.choices(part, cum_weights=weights)[0] for part, weights in ranked)
        if found not in told:
            told.add(found)
            yield found


def questions(seed: int = 2) -> Iterator[str]:
    """Without end: of anything, as often of the rare as of the common."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    while True:
        yield chance.choice(QUESTIONS).format(chance.choice(PEOPLE), chance.choice(THINGS))
