"""What each signal counts: the one table, and the command that learns it."""

from collections.abc import Mapping
from typing import TypeAlias

from memory.records import Terms

Weights: TypeAlias = Mapping[str, float]

# Learnt by ``python -m tests.benchmarks.weights`` on 2026-11-28 from 394 questions about three long
# conversations, to bring what answers among the first ten. Three are not learnt, since in those
# conversations nothing fades or changes: strength, names and superseded are set by hand, the
# first two so that they decide among equals.
HYBRID: Weights = {
    "full text": 0.47,
    "similarity": 0.14,
    "similarity in context": 0.44,
    "same conversation": 0.14,
    "length": 0.55,
    "answers a question": 1.33,
    "is a question": -0.35,
    "first person": 0.05,
    "speaker": 1.87,
    "date": 2.54,
    "tells a time": 1.35,
    "names": 0.5,
    "strength": 0.5,
    "superseded": -3.0,
}


def weighed(signals: Mapping[str, float], weights: Weights) -> tuple[float, Terms]:
    """The score, and its terms: each signal times its weight. What has no weight is left out."""
    terms = {name: weights[name] * value for name, value in signals.items() if name in weights}
    return sum(terms.values()), terms
