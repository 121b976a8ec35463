"""Made-up sentences of a person who tells an assistant about their days, the same at every run.

Benchmarks need thousands of texts that differ. They share words and topics as real ones do, so
that a search finds much and has to rank it.
"""

import itertools
import random
from collections.abc import Iterator

PEOPLE = ("I", "My sister", "The team", "Bob", "Our customer", "Maria", "My neighbour", "The boss")
ACTIONS = (
    "decided to use",
    "moved away from",
    "complained about",
    "spent the afternoon with",
    "wants to learn",
    "never liked",
    "explained",
    "wrote a long note on",
)
THINGS = (
    "PostgreSQL",
    "the login page",
    "a train to Berlin",
    "green tea",
    "type hints in Python",
    "the budget of the shop",
    "Redis as a cache",
    "short meetings",
    "the garden behind the house",
    "Docker",
    "concise examples",
    "the guitar",
)
REASONS = (
    "because the old way was too slow",
    "after the release in spring",
    "although nobody had asked",
    "and it worked better than expected",
    "which cost two days",
    "since the office moved",
    "to save money before the summer",
    "and asked for advice",
    "while the server was down",
    "before the visit of the auditors",
    "for the third time this year",
    "and regretted it soon",
    "so that the children can help",
    "without telling anyone",
)
QUESTIONS = (
    "What did {} say about {}?",
    "Why does {} care about {}?",
    "When was it that {} had to do with {}?",
    "How did it go with {} and {}?",
)


Phrases = tuple[str, ...]


def phrases(count: int, seed: int = 1) -> list[Phrases]:
    """The four parts of as many different sentences. Raises ValueError for too many."""
    every = list(itertools.product(PEOPLE, ACTIONS, THINGS, REASONS))
    return random.Random(seed).sample(every, count)  # noqa: S311  nothing secret


def sentence(parts: Phrases) -> str:
    return f"{' '.join(parts)}."


def questions(seed: int = 2) -> Iterator[str]:
    """Without end, and with repetitions."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    while True:
        yield chance.choice(QUESTIONS).format(chance.choice(PEOPLE), chance.choice(THINGS))


def new_words(seed: int = 3) -> Iterator[str]:
    """Without end: made-up words that no vocabulary knows, all different in practice."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    while True:
        yield "".join(chance.choices(syllables, k=4)).capitalize()
