"""When a person confirms what an assistant proposed: only then is it a solution worth keeping.

What a model says is a guess until somebody has tried it. “That worked” right after a proposal is
the person's own word that it holds.
"""

import re
from collections.abc import Sequence

from memory.rules.importance import PROBLEM

MOST_WORDS = 25
"""A longer message speaks of more than that it worked."""
MOST_SENTENCES = 3
"""Of a proposal; what stands behind is mostly explanation."""

_CONFIRMS = re.compile(
    r"\b(?:that|this|it|your (?:fix|suggestion|idea|answer|solution)|the (?:fix|suggestion"
    r"|solution)|restarting|upgrading)(?: (?:really|finally|actually|just|totally))?"
    r" (?:worked|works(?: now)?|fixed (?:it|that|the \w+)|solved (?:it|that|the \w+)|did it"
    r"|did the trick|helped|was it)\b"
    r"|\b(?:problem|issue|bug|error) (?:is )?(?:solved|fixed|gone)\b"
    r"|\b(?:fixed|solved|works now|working now),? (?:now|thanks|thank you)\b"
    r"|^(?:it|that)(?:['’]s| is) (?:working|fixed|solved)(?: now)?\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nothing|hardly|almost|nearly|if|would|does ?n['’]?t|did ?n['’]?t"
    r"|is ?n['’]?t|was ?n['’]?t|how|why|still|but|except|until)\b|\?",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"^(?:(?:first|then|next|also|instead|so|simply|just|please),? )?(?:you (?:can|could|should"
    r"|need to|have to|may)|try|use|set|add|remove|change|increase|decrease|raise|lower|run|install"
    r"|update|upgrade|downgrade|restart|clear|delete|check|make sure|replace|move|rename|enable"
    r"|disable|wrap|call|pass|import|export|configure|switch|pin|reset|reinstall|rebuild|open"
    r"|close|create|put|turn|convert|catch|the (?:fix|solution|way) is)\b",
    re.IGNORECASE,
)


def confirms(text: str) -> bool:
    """Whether a message says, and says only, that what was proposed worked."""
    short = len(text.split()) <= MOST_WORDS
    return short and bool(_CONFIRMS.search(text)) and not _DENIES.search(text)


def proposal(sentences: Sequence[str]) -> str:
    """The sentences of an answer that say what to do, as they stand; empty when none does.

    Quoted lines say what the person told, not what the assistant proposes.
    """
    found = [each for each in sentences if _PROPOSES.match(each) and not each.startswith(">")]
    return " ".join(found[:MOST_SENTENCES])


def tells_problem(text: str) -> bool:
    return bool(PROBLEM.search(text))
