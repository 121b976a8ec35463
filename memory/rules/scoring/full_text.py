"""Shared words, weighed by BM25 over a turn and the turns around it.

What a turn is about is often said in the turn before: “Did you see the heron?” — “Yes, at dawn.”
So the words of the two turns on each side count for a part. They are added when a question is
asked, from turns that may be recalled at that moment: nothing is stored twice, and what is paused,
over or erased lends its words to nobody.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

from memory.records import Neighbours, WordHits

# Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond” (2009).
SATURATION = 1.2
"""k1: how soon more of the same word stops to tell more."""
LENGTH = 0.75
"""b: how much a long text has to say a word more often."""
NEIGHBOUR = 0.3
"""What a word of a neighbouring turn counts, against 1 in the turn itself."""

_NONE = Neighbours()


def best_words(hits: WordHits) -> dict[int, float]:
    """BM25 of every memory with one of the words, from its own text alone."""
    return _bm25(hits, dict.fromkeys(hits.lengths, _NONE))


def spread_over_turns(
    hits: WordHits, neighbours: Mapping[int, Neighbours], lengths: Mapping[int, int]
) -> dict[int, float]:
    """BM25 of the candidates, with what their neighbours say; 0 where nobody says any of it.

    ``lengths``: characters of each candidate.
    """
    known = replace(hits, lengths={**hits.lengths, **lengths})
    return _bm25(known, {ident: neighbours.get(ident, _NONE) for ident in lengths})


def _bm25(hits: WordHits, around: Mapping[int, Neighbours]) -> dict[int, float]:
    """sum over words of idf x tf (k1 + 1) / (tf + k1 (1 - b + b x length / mean length)), with
    idf = ln(1 + (N - n + 0.5) / (n + 0.5))."""
    near = {ident: (*beside.before, *beside.after) for ident, beside in around.items()}
    length = {ident: _spread(hits.lengths, ident, near[ident]) for ident in around}
    mean = sum(length.values()) / max(1, len(length)) or 1.0
    scores = dict.fromkeys(around, 0.0)
    for counts in hits.counts.values():
        said_in = len(counts)
        rarity = math.log(1 + (hits.memories - said_in + 0.5) / (said_in + 0.5))
        for ident in around:
            if times := _spread(counts, ident, near[ident]):
                room = SATURATION * (1 - LENGTH + LENGTH * length[ident] / mean)
                scores[ident] += rarity * times * (SATURATION + 1) / (times + room)
    return scores


def _spread(counts: Mapping[int, int], ident: int, near: tuple[int, ...]) -> float:
    return counts.get(ident, 0) + NEIGHBOUR * sum(counts.get(other, 0) for other in near)
