"""Recall on long conversations: ``uv run python -m tests.benchmarks.locomo PATH [--without]``.

PATH is a file of conversations (see ``conversations``). Every turn goes in through ``observe``,
every question through ``recall``; recall@10 is the share of a question's turns that answer among
the first ten distinct turns, hit@10 whether there is one, MRR the mean of 1 / the first one's rank.
Questions about what nobody said stand apart: a high figure is no merit there.

First everything is kept, and the ways to rank are compared, the usual fusion of two lists among
them; ``--without`` leaves out each signal in turn. Then what deserves it is kept, by default
settings: what that saves and costs.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from memory import Memory, Settings
from memory.records import SearchMode
from memory.rules.scoring import HYBRID
from tests.benchmarks.conversations import (
    ADVERSARIAL,
    CATEGORIES,
    Asked,
    Told,
    given_path,
    read,
    tell,
)

WITHOUT = "--without"
LIMIT = 40
FIRST = 10
FUSED = 100
"""Of each list go into the fusion."""
FUSION_K = 60
"""Cormack and others, “Reciprocal Rank Fusion” (2009)."""
HYBRID_LINE = "hybrid"
COLUMNS = (*CATEGORIES.values(), "adversarial")


@dataclass(frozen=True, slots=True)
class Score:
    """Of one question."""

    category: int
    recall: float
    hit: float
    reciprocal_rank: float


def main(path: Path, *, without: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = Settings(database=Path(folder) / "whole.db", importance_threshold=0)
        everything = told(whole, path)
        lines = compared(whole, everything)
        print(head())
        for name, scores in lines.items():
            print(line(name, scores))
        if without:
            for name, scores in left_out(whole, everything):
                print(line(f"- {name}", scores), flush=True)
        kept = Settings(database=Path(folder) / "kept.db")
        chosen = told(kept, path)
        by_default = hybrid(kept, chosen)
    print(line("kept by default", by_default))
    stored, turns = (sum(t.stored for t in chosen), sum(len(t.turns) for t in chosen))
    share = mean_recall(by_default) / mean_recall(lines[HYBRID_LINE])
    print(
        f"by default {stored:,} of {turns:,} turns are kept ({stored / turns:.1%}), "
        f"with {share:.1%} of the recall@{FIRST}"
    )


# -- asking ---------------------------------------------------------------------------------


def told(settings: Settings, path: Path) -> list[Told]:
    with Memory.open(settings) as memory:
        return [tell(memory, conversation) for conversation in read(path)]


def compared(settings: Settings, conversations: Sequence[Told]) -> dict[str, list[Score]]:
    """Each way to rank, by its name."""
    found: dict[str, list[Score]] = defaultdict(list)
    with Memory.open(settings) as memory:
        for conversation, asked in questions(conversations):
            by_words = ranked(memory, conversation, asked, SearchMode.TEXT, FUSED)
            by_meaning = ranked(memory, conversation, asked, SearchMode.VECTOR, FUSED)
            found["BM25"].append(score(asked, by_words[:LIMIT]))
            found["dense"].append(score(asked, by_meaning[:LIMIT]))
            found["usual fusion"].append(score(asked, fused(by_words, by_meaning)[:LIMIT]))
            full = ranked(memory, conversation, asked, SearchMode.HYBRID, LIMIT)
            found[HYBRID_LINE].append(score(asked, full))
    return found


def hybrid(
    settings: Settings, conversations: Sequence[Told], weights: dict[str, float] | None = None
) -> list[Score]:
    with Memory.open(settings, weights=weights) as memory:
        return [
            score(asked, ranked(memory, conversation, asked, SearchMode.HYBRID, LIMIT))
            for conversation, asked in questions(conversations)
        ]


def left_out(
    settings: Settings, conversations: Sequence[Told]
) -> Iterator[tuple[str, list[Score]]]:
    """The full ranking without each of its signals."""
    for name in HYBRID:
        others = {other: weight for other, weight in HYBRID.items() if other != name}
        yield name, hybrid(settings, conversations, others)


def questions(conversations: Sequence[Told]) -> Iterator[tuple[Told, Asked]]:
    for conversation in conversations:
        for asked in conversation.questions:
            if asked.category in (*CATEGORIES, ADVERSARIAL):
                yield conversation, asked


def ranked(
    memory: Memory, conversation: Told, asked: Asked, mode: SearchMode, limit: int
) -> list[str]:
    """The distinct turns that are found, the best first."""
    results = memory.recall(conversation.name, asked.text, limit=limit, touch=False, mode=mode)
    messages = [result.item.source_message_id for result in results]
    return list(dict.fromkeys(conversation.turns[m] for m in messages if m is not None))


def fused(*rankings: Sequence[str]) -> list[str]:
    """By the sum of 1 / (60 + rank) over the lists."""
    total: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, turn in enumerate(ranking, start=1):
            total[turn] += 1 / (FUSION_K + rank)
    return sorted(total, key=lambda turn: -total[turn])


# -- scores ---------------------------------------------------------------------------------


def score(asked: Asked, turns: Sequence[str]) -> Score:
    ranks = [rank for rank, turn in enumerate(turns, start=1) if turn in asked.evidence]
    first = sum(rank <= FIRST for rank in ranks)
    return Score(
        asked.category,
        first / len(asked.evidence),
        float(first > 0),
        1 / ranks[0] if ranks else 0.0,
    )


def answerable(scores: Sequence[Score]) -> list[Score]:
    return [each for each in scores if each.category in CATEGORIES]


def mean_recall(scores: Sequence[Score]) -> float:
    return fmean(each.recall for each in answerable(scores))


def head() -> str:
    columns = "".join(f"{column:>13}" for column in COLUMNS)
    return f"{'':24}{'recall@10':>10}{'hit@10':>8}{'MRR':>8}  {columns}"


def line(name: str, scores: Sequence[Score]) -> str:
    own = answerable(scores)
    hit, rank = fmean(each.hit for each in own), fmean(each.reciprocal_rank for each in own)
    by_category = "".join(
        f"{fmean(each.recall for each in scores if each.category == category):13.3f}"
        for category in (*CATEGORIES, ADVERSARIAL)
    )
    return f"{name:24}{mean_recall(scores):10.3f}{hit:8.3f}{rank:8.3f}  {by_category}"


if __name__ == "__main__":
    main(given_path(), without=WITHOUT in sys.argv)
