"""Section 3 of the article, “Vector-Based Semantic Memory”, with the article's model: the same
ten memories and five queries give the hits and the similarities it prints."""

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.engine import Memory
from memory.records import PERSONALIZATION
from tests.flow.conftest import OpenMemory

CONCISE = "User prefers concise code examples with comments"
POSTGRESQL = "Customer uses PostgreSQL 14 with Django ORM"
LOGIN = "Debugging session: login timeout issues resolved by increasing session timeout"
BUDGET = "User wants cost-effective solutions, mentioned budget constraints"
POOLING = "Fixed database connection pooling issue in production"
PYTHON = "User asked about Python best practices for web development"
LEAK = "Resolved memory leak in Django application by optimizing queries"
AWS = "Customer prefers AWS over Google Cloud for deployment"
REDIS = "Implemented caching strategy using Redis for better performance"
LARGE = "User mentioned they work with large datasets and need efficient processing"

MEMORIES = (CONCISE, POSTGRESQL, LOGIN, BUDGET, POOLING, PYTHON, LEAK, AWS, REDIS, LARGE)

PRINTED = {
    "Show me efficient database code": [(LARGE, 0.361), (CONCISE, 0.342)],
    "What are the user's preferences?": [],
    "Help with performance optimization": [(REDIS, 0.367), (BUDGET, 0.347)],
    "Cloud deployment options": [(AWS, 0.685)],
    "Python web development advice": [(PYTHON, 0.837)],
}

# The article names no threshold for its demonstration. This one separates what it prints from
# what it leaves out.
THRESHOLD = 0.32
TOLERANCE = 0.02
"""The packaged weights are rounded to 8 bits."""


@pytest.fixture
def memory(open_memory: OpenMemory, real_embedder: MiniLMEmbedder) -> Memory:
    opened = open_memory(embedder=real_embedder)
    opened.grant("me", PERSONALIZATION)
    for text in MEMORIES:
        opened.remember("me", text)
    return opened


def test_the_article_s_queries_give_what_it_prints(memory: Memory) -> None:
    """Exactly these memories, in this order, this similar; each hit counts as a use."""
    expected = dict.fromkeys(MEMORIES, 0)
    for query, printed in PRINTED.items():
        found = memory.recall("me", query, mode="vector", threshold=THRESHOLD, limit=3)

        assert [result.item.text for result in found] == [text for text, _ in printed], query
        for result, (text, similarity) in zip(found, printed, strict=True):
            assert result.similarity == pytest.approx(similarity, abs=TOLERANCE)
            assert result.item.access_count == expected[text]
            expected[text] += 1

    assert {item.text: item.access_count for item in memory.items("me")} == expected


def test_the_article_s_own_threshold_finds_next_to_nothing(memory: Memory) -> None:
    """0.7, its default: of the five queries one has a hit."""
    hits = {
        query: len(memory.recall("me", query, mode="vector", threshold=0.7, touch=False))
        for query in PRINTED
    }

    assert hits == dict.fromkeys(PRINTED, 0) | {"Python web development advice": 1}


def test_words_and_meaning_together_find_what_the_article_missed(memory: Memory) -> None:
    """It prints nothing for “What are the user's preferences?”; two memories speak of them."""
    found = memory.recall("me", "What are the user's preferences?", limit=2, touch=False)

    assert [result.item.text for result in found] == [CONCISE, AWS]
