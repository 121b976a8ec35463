"""Shared words, weighed by BM25 over a turn and the turns around it.

What a turn is about is often said in the turn before: “Did you see the heron?” — “Yes, at dawn.”
So the words of the two turns on each side count for a part. They are added when a question is
asked, from turns that may be recalled at that moment: nothing is stored twice, and what is paused,
over or erased lends its words to nobody.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    """BM25 of every memory counted with one of the words, from its own text alone."""
    return _bm25(hits, dict.fromkeys(hits.lengths, ()))


def spread_over_turns(
    hits: WordHits, neighbours: Mapping[int, Neighbours], lengths: Mapping[int, int]
) -> dict[int, float]:
    """BM25 of the candidates, with what their neighbours say; 0 where nobody says any of it.

    ``lengths``: characters of each candidate.
    """
    known = replace(hits, lengths={**hits.lengths, **lengths})
    near = {ident: neighbours.get(ident, _NONE) for ident in lengths}
    return _bm25(known, {i: (*beside.before, *beside.after) for i, beside in near.items()})


def _bm25(hits: WordHits, near: Mapping[int, Iterable[int]]) -> dict[int, float]:
    """sum over words of idf x tf (k1 + 1) / (tf + k1 (1 - b + b x length / mean length)), with
    idf = ln(1 + (N - n + 0.5) / (n + 0.5)).

    ``near``: of each memory that is weighed, those whose words count for a part.
    """
    lent = _lent(near)
    length = _spread(hits.lengths, near, lent)
    mean = sum(length.values()) / max(1, len(near)) or 1.0
    room = {ident: SATURATION * (1 - LENGTH + LENGTH * own / mean) for ident, own in length.items()}
    scores = dict.fromkeys(near, 0.0)
    for stem, counts in hits.counts.items():
        said_in = hits.said_in[stem]
        rarity = math.log(1 + (hits.memories - said_in + 0.5) / (said_in + 0.5))
        for ident, times in _spread(counts, near, lent).items():
            scores[ident] += rarity * times * (SATURATION + 1) / (times + room[ident])
    return scores


def _lent(near: Mapping[int, Iterable[int]]) -> dict[int, list[int]]:
    """Whom each lends its words to: from there a word is looked up where it stands, and not at
    each of hundreds where it does not."""
    lent: dict[int, list[int]] = defaultdict(list)
    for ident, others in near.items():
        for other in others:
            lent[other].append(ident)
    return lent


def _spread(
    values: Mapping[int, int], near: Mapping[int, object], lent: Mapping[int, Sequence[int]]
) -> dict[int, float]:
    """Its own value and a part of its neighbours', of each memory that has any."""
    if not lent:
        return {ident: value for ident, value in values.items() if ident in near}
    total: dict[int, float] = defaultdict(float)
    of_near = near.keys() | lent.keys()
    for ident in [ident for ident in values if ident in of_near]:
        value = values[ident]
        if ident in near:
            total[ident] += value
        for other in lent.get(ident, ()):
            total[other] += NEIGHBOUR * value
    return total
