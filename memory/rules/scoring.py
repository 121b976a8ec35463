"""How candidates of a search become a ranking that can explain itself.

A weighted sum of terms, every one between 0 and 1 before its weight, so that each term of a
result can be read as "how much of the score this was".
"""

from collections.abc import Mapping

from memory.records import SearchMode, Terms

# Recall@10 on three long conversations (tests/benchmarks/locomo.py, 2026-11-22): vectors alone
# .50, full text alone .62, 7 : 3 of the two .715; every other mixture is worse.
WEIGHTS: Mapping[SearchMode, Mapping[str, float]] = {
    SearchMode.HYBRID: {"similarity": 0.63, "full text": 0.27, "strength": 0.1},
    SearchMode.VECTOR: {"similarity": 1.0},
    SearchMode.TEXT: {"full text": 1.0},
}
CLOSE_SIMILARITY = 0.45
"""A cosine of this model above it is close in meaning; unrelated texts are mostly below 0.2."""


def weigh(
    mode: SearchMode, *, similarity: float, full_text: float, strength: float
) -> tuple[float, Terms]:
    """The score and its weighted terms.

    ``similarity`` is a cosine, ``full_text`` the BM25 divided by the best of the query,
    ``strength`` from the forgetting curve.
    """
    values = {"similarity": similarity, "full text": full_text, "strength": strength}
    terms = {name: weight * values[name] for name, weight in WEIGHTS[mode].items()}
    return sum(terms.values()), terms


def reason(similarity: float, full_text: float) -> str:
    """Why a memory was found, in words."""
    words = full_text > 0
    if words and similarity >= CLOSE_SIMILARITY:
        return "It shares words with the question and is close in meaning."
    if words:
        return "It shares words with the question."
    if similarity >= CLOSE_SIMILARITY:
        return "It is close in meaning, in other words."
    return "It is loosely related in meaning."
