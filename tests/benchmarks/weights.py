"""Learn the weights of recall: ``uv run python -m tests.benchmarks.weights PATH``.

PATH is a file of conversations (see ``conversations``). The signals of every candidate of every
question come from the engine itself. The weights are first those that make what answers likelier
than each thing that does not (softmax), then moved so that it comes before what stands around
place ten. Each conversation is also judged by weights that were learnt from the others alone: that
figure is what to expect elsewhere. What is set by hand is left as it is.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from memory import Memory, Settings
from memory.flow import recall
from memory.rules.scoring import HYBRID
from tests.benchmarks.conversations import CATEGORIES, Asked, Told, given_path, read, tell

BY_HAND = ("strength", "superseded")
LEARNT = tuple(name for name in HYBRID if name not in BY_HAND)
LIMIT = 40
FIRST = 10
STEPS, RATE, RIDGE = 300, 0.05, 0.01
AROUND_TEN = slice(4, 14)
REFINING_RATE = 0.02

Array = NDArray[np.float64]
Gradient = Callable[[Array, "Question"], Array]


@dataclass(frozen=True, slots=True)
class Question:
    conversation: str
    signals: Array
    """Shape (candidates, signals)."""
    fixed: Array
    """What is set by hand adds to each candidate's score; shape (candidates,)."""
    answers: tuple[int, ...]
    """Rows that answer."""
    wanted: int
    """How many there are, found or not."""


def main(path: Path) -> None:
    questions = gather(path)
    names = list(dict.fromkeys(question.conversation for question in questions))
    weights = learn(questions)
    print(f"{len(questions)} questions; recall@{FIRST} of all {score(questions, weights):.4f}")
    held_out = []
    for name in names:
        others = [question for question in questions if question.conversation != name]
        own = [question for question in questions if question.conversation == name]
        apart = learn(others)
        held_out += [score([question], apart) for question in own]
    print(f"each conversation by weights learnt from the others: {np.mean(held_out):.4f}")
    for name, weight in zip(LEARNT, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


def gather(path: Path) -> list[Question]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=Path(folder) / "weights.db", importance_threshold=0)
        with Memory.open(settings, weights=dict.fromkeys(HYBRID, 1.0)) as memory:
            for conversation in read(path):
                told = tell(memory, conversation)
                found += [
                    measured(memory, told, asked)
                    for asked in told.questions
                    if asked.category in CATEGORIES
                ]
    return found


def measured(memory: Memory, told: Told, asked: Asked) -> Question:
    """With a weight of one each, the terms are the signals."""
    parts = memory._parts
    person_id = parts.store.people.find(told.name)
    assert person_id is not None
    vector = parts.embedder.question(asked.text)
    now = memory.now()
    results = recall.search(parts, person_id, asked.text, vector, limit=LIMIT, now=now)
    turns = [told.turns.get(result.item.source_message_id or 0) for result in results]
    return Question(
        told.name,
        np.array([[result.terms[name] for name in LEARNT] for result in results]),
        np.array([sum(HYBRID[n] * result.terms.get(n, 0) for n in BY_HAND) for result in results]),
        tuple(row for row, turn in enumerate(turns) if turn in asked.evidence),
        len(asked.evidence),
    )


# -- learning -------------------------------------------------------------------------------


def learn(questions: Sequence[Question]) -> Array:
    answered = [question for question in questions if question.answers]
    start = descend(np.zeros(len(LEARNT)), answered, likelier_than_all_else, RATE)
    return descend(start, answered, before_place_ten, REFINING_RATE)


def descend(start: Array, questions: Sequence[Question], gradient: Gradient, rate: float) -> Array:
    """Adam, with a pull back to where it started."""
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = RIDGE * (weights - start)
        slope -= sum(gradient(weights, question) for question in questions) / len(questions)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights = weights - rate * (mean / (1 - 0.9**step)) / (
            np.sqrt(square / (1 - 0.999**step)) + 1e-8
        )
    return weights


def likelier_than_all_else(weights: Array, question: Question) -> Array:
    """Each that answers against all that do not; another that answers is no rival."""
    scores = question.signals @ weights + question.fixed
    likely = np.exp(scores - scores.max())
    others = np.ones(len(scores), bool)
    others[list(question.answers)] = False
    total = np.zeros(len(weights))
    for row in question.answers:
        whole = likely[others].sum() + likely[row]
        share = likely[others] / whole
        expected = share @ question.signals[others] + likely[row] / whole * question.signals[row]
        total += question.signals[row] - expected
    return total / len(question.answers)


def before_place_ten(weights: Array, question: Question) -> Array:
    scores = question.signals @ weights + question.fixed
    others = np.setdiff1d(np.arange(len(scores)), question.answers)
    rivals = others[np.argsort(-scores[others])][AROUND_TEN]
    if not len(rivals):
        return np.zeros(len(weights))
    bar, rival = scores[rivals].mean(), question.signals[rivals].mean(axis=0)
    total = np.zeros(len(weights))
    for row in question.answers:
        short = 1 / (1 + np.exp(np.clip(scores[row] - bar, -50, 50)))
        total += short * (question.signals[row] - rival)
    return total / len(question.answers)


def score(questions: Sequence[Question], weights: Array) -> float:
    """Mean recall@10."""
    return float(
        np.mean(
            [
                sum(
                    row in question.answers
                    for row in np.argsort(
                        -(question.signals @ weights + question.fixed), kind="stable"
                    )[:FIRST]
                )
                / question.wanted
                for question in questions
            ]
        )
    )


if __name__ == "__main__":
    main(given_path())
