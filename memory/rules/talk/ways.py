"""Questions for how something is done or was put right: “How do I deploy?”, “What fixed the CORS
error?”. The world has answers to them, too, so a way is only the answer if it was told of just
that."""

import re

from memory.rules.talk.vocabulary import LIGHT_WORDS, answering, content_words, stem

_START = r"^(?:(?:so|and|but|then|ok|okay),?\s)?"
_ONE = r"(?:i|we|you|one|people)"
_MEND = (
    r"(?:fix|fixed|solve|solved|resolve|resolved|repair|repaired|cure|cured|get\srid\sof"
    r"|work\saround|deal\swith|handle)"
)
_MENDED = r"(?:fixed|solved|resolved|repaired|cured)"
_FIX = tuple(
    re.compile(rf"{_START}{pattern}\W{{0,9}}$", re.IGNORECASE)
    for pattern in (
        rf"how\s(?:did|do|can|could|should|have)\s{_ONE}\s(?:\w{{2,12}}\s)?{_MEND}"
        r"\s(?P<topic>.{1,200}?)",
        rf"how\s(?:was|were|is|are|did)\s(?P<topic>.{{1,200}}?)\s(?:get\s)?{_MENDED}",
        rf"what\s(?:has\s)?(?:\w{{2,12}}\s)?(?:{_MENDED}|helped\s(?:with|against)"
        r"|worked\s(?:for|with|against))\s(?P<topic>.{1,200}?)",
        r"what(?:['’]s|\sis|\swas)\s(?:the|our|my)\s(?:fix|solution|remedy|workaround)"
        r"\s(?:for|to|of)\s(?P<topic>.{1,200}?)",
    )
)
_PROCEDURE = tuple(
    re.compile(rf"{_START}{pattern}\W{{0,9}}$", re.IGNORECASE)
    for pattern in (
        rf"how\s(?:do|did|can|should|could|would|must)\s{_ONE}\s(?P<goal>.{{1,200}}?)",
        r"(?:what|which)\sare\s(?:the|my|our)\ssteps\s(?:to|for|of|when)\s(?P<goal>.{1,200}?)",
        r"what(?:['’]s|\sis)\s(?:the|my|our)\s(?:procedure|process|routine|way)"
        r"\s(?:to|for|of)\s(?P<goal>.{1,200}?)",
    )
)
# What is wrong is called now this, now that.
_PROBLEM_WORDS = frozenset(
    stem(word)
    for word in "error problem issue bug failure fault trouble crash exception failing".split()
)


def fix_asked(question: str) -> str:
    """The problem whose solution is asked for; empty when none is."""
    return next((found["topic"] for each in _FIX if (found := each.match(question))), "")


def goal_asked(question: str) -> str:
    """What one wants to do; empty when the question does not ask how."""
    return next((found["goal"] for each in _PROCEDURE if (found := each.match(question))), "")


def is_solved(problem: str, solution: str, asked: str) -> bool:
    """Whether it is the problem that is asked for, by all that sets it apart from others."""
    wanted = content_words(asked)
    apart = wanted - _PROBLEM_WORDS
    stated = content_words(f"{problem} {solution}") if apart else content_words(problem)
    return bool(wanted) and all(answering(word) & stated for word in apart or wanted)


def is_way(goal: str, told: str, asked: str) -> bool:
    """Whether a procedure for a goal, in the words it was told, is one for what is asked: that and
    no more, or the goal with what the procedure names besides."""
    wanted, own = content_words(asked), content_words(goal)
    if not wanted - LIGHT_WORDS or not own:
        return False
    if wanted <= own:
        return True
    return own <= wanted and all(answering(word) & content_words(told) for word in wanted)
