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
    r"|(?:^|[,.;!]\s{1,3}|\b(?:and|now|yes|yep) )(?:it|that|everything|all)(?:['’]s| is)"
    r" (?:now )?(?:working|fixed|solved|resolved|gone)\b"
    r"|(?:^|[,.;!]\s{1,3}|\bit )work(?:s|ed) (?:now|again|perfectly|great|fine|flawlessly"
    r"|beautifully|wonderfully|like a charm|like magic)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nothing|hardly|almost|nearly|if|would|does ?n['’]?t|did ?n['’]?t"
    r"|is ?n['’]?t|was ?n['’]?t|how|why|still|but|except|until|whether|unless|hop(?:e|es|ed|ing)"
    r"|hopefully|wish(?:es|ed)?|pray|maybe|perhaps|expect(?:s|ed)?|suppose|ought|should|might|may"
    r"|could|check|verify|ensure|make sure|once|when)\b|\?",
    re.IGNORECASE,
)
"""“I hope that works”: nobody has tried it yet."""
_FAILED = re.compile(
    r"(?:^|[,.;!]\s{1,3}|\b(?:it|that|this|they|but|and|no|yet|nope|which)\s)(?:still\s)?"
    r"(?:(?:did|does|do|has|is|was)(?:n['’]?t| not)\s(?:really |quite |seem to |even )?"
    r"(?:work(?:ing|ed)?|help(?:ed|ing)?|do (?:it|anything|the trick)|make a difference"
    r"|(?:fix|solve)(?:ed|d)? (?:it|that|the (?:problem|issue|error|bug)))"
    r"|(?:fail(?:s|ed|ing)?|broken|not working|crash(?:es|ed|ing)?))\b"
    r"|(?:^|[,.;!]\s{1,3}|\bbut\s)still(?!,)[^.!?\n]{1,60}"
    r"|\b(?:the )?same (?:error|problem|issue|result|exception)\b"
    r"|\b(?:the )?(?:error|problem|issue|bug) (?:is still there|persists|remains|is back)\b",
    re.IGNORECASE,
)
"""Said of what was proposed, and of no problem of its own."""
_POINTS_BACK = re.compile(r"\b(?:that|this|it|there|then|next)\b.{0,60}\?\W{0,3}$", re.IGNORECASE)
_SHORT = 12
"""Words of a question that only asks on: “How do I do that?”."""
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
    """Not “that failed”, said of a proposal: the problem is the one from before."""
    return bool(PROBLEM.search(_FAILED.sub(" ", text)))


def asks_on(text: str) -> bool:
    """Whether a message only says that a proposal failed, or asks on about it: what is wrong was
    told before it."""
    if tells_problem(text):
        return False
    short = len(text.split()) <= _SHORT
    return bool(_FAILED.search(text)) or (short and bool(_POINTS_BACK.search(text)))
