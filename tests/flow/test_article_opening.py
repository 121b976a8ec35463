"""The opening of the article, of the assistant that does not remember “that bug you fixed together
last week”, and its section 1: “Fix the login bug we discussed yesterday” needs semantic, procedural
and episodic memory at once."""

from datetime import timedelta

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION, Context
from memory.settings import Settings
from tests.fakes import FixedClock

ASKED = "Fix the login bug we discussed yesterday"

STACK = ("I use Django with PostgreSQL at work.", "We run Redis on AWS.")
DEBUGGING = "To debug, first reproduce it, then read the logs, then bisect."
FAILED = (
    "I tried clearing the session cookies for the login bug, but it didn't help.",
    "I tried raising the login timeout, but that did not work.",
)
SIMILAR = "We fixed the signup redirect bug by correcting the CSRF cookie domain."
YESTERDAY = (
    "The login bug logs people out again right after they sign in.",
    "The login bug started on Monday, after we upgraded Django.",
)
UNRELATED = (
    "My sister Anna lives in Lisbon.",
    "I prefer oat milk in my coffee.",
    "We fixed the leak under the kitchen sink by replacing the seal.",
    "I decided to run the marathon in October.",
    "My favourite film is Stalker.",
    "I bought a new bicycle for the summer.",
    "The dentist said that my teeth are fine.",
    "I always plant the tomatoes in May.",
    "Our landlord raised the rent by fifty euros.",
    "I love hiking in the Alps with my brother.",
    "To make risotto, first fry the onions, then add the rice, then pour in the broth slowly.",
    "My cat Miso sleeps on the radiator.",
    "I decided to learn the cello this winter.",
    "We are going to Porto for a week in June.",
    "I am allergic to peanuts.",
    "My grandmother was born in Trieste.",
    "The library closes at six on Fridays.",
    "I like detective novels more than thrillers.",
    "My neighbour plays the trumpet every evening.",
    "I finished painting the bedroom last weekend.",
)
LEAK, RISOTTO, SISTER = UNRELATED[2], UNRELATED[10], UNRELATED[0]


@pytest.fixture(scope="module")
def context(
    tmp_path_factory: pytest.TempPathFactory,
    real_embedder: MiniLMEmbedder,
    real_language: SpacyLanguage,
) -> Context:
    clock = FixedClock()
    settings = Settings(database=tmp_path_factory.mktemp("opening") / "recollect.db")
    real = {"embedder": real_embedder, "language": real_language}
    with Memory.open(settings, clock=clock, **real) as memory:
        memory.grant("me", PERSONALIZATION)
        tell(memory, clock)
        return memory.context("me", ASKED, conversation_id="today")


def tell(memory: Memory, clock: FixedClock) -> None:
    """Five weeks of conversations; the twenty unrelated turns stand between the others."""
    weeks = [[*STACK], [DEBUGGING], [FAILED[0]], [SIMILAR], [FAILED[1]]]
    unrelated = iter(UNRELATED)
    for number, said in enumerate(weeks):
        for text in said:
            memory.observe("me", "user", text, conversation_id=f"week {number}")
        for text in (next(unrelated) for _ in range(4)):
            memory.observe("me", "user", text, conversation_id=f"home {number}")
        clock.advance(days=7)
    for text in YESTERDAY:
        memory.observe("me", "user", text, conversation_id="the login bug")
        clock.advance(minutes=2)
    clock.now += timedelta(days=1)


def test_all_three_kinds_of_memory_stand_in_one_context(context: Context) -> None:
    """The tech stack, what was tried and what solved the like, how debugging is done, and
    yesterday; within the default budget."""
    known = context.messages[0]["content"]

    for technology in ("Django", "PostgreSQL", "Redis", "AWS"):
        assert technology in known.split("Memories:")[0], technology
    for text in (*FAILED, SIMILAR, DEBUGGING, *YESTERDAY):
        assert text in known, text
    assert context.report.tokens <= context.report.budget == 3000


def test_what_has_nothing_to_do_with_it_stays_out(context: Context) -> None:
    """A leak that was fixed, another procedure and a person."""
    known = context.messages[0]["content"]

    for text in (LEAK, RISOTTO, SISTER):
        assert text not in known, text
