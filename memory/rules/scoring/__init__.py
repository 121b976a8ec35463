"""How candidates of a search become a ranking that can explain itself.

``question`` reads what is looked for, ``full_text`` weighs shared words, ``meaning`` a turn among
those beside it; ``signals`` puts every signal on one scale, ``weights`` is the one table of what
each counts, and ``ranking`` keeps one fact from filling the list. All of it is pure.
"""

from memory.rules.scoring.full_text import best_words, spread_over_turns
from memory.rules.scoring.meaning import in_context
from memory.rules.scoring.question import Question
from memory.rules.scoring.ranking import RELATED_SIMILARITY, bears_on, distinct, reason
from memory.rules.scoring.signals import Candidate, signals
from memory.rules.scoring.weights import HYBRID, Weights, weighed

__all__ = [
    "HYBRID",
    "RELATED_SIMILARITY",
    "Candidate",
    "Question",
    "Weights",
    "bears_on",
    "best_words",
    "distinct",
    "in_context",
    "reason",
    "signals",
    "spread_over_turns",
    "weighed",
]
