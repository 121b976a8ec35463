"""How a new statement stands to an earlier one: the same, newer, its end, or against it.

Decided by what both are about and what they say of it, never by likeness of wording alone: two
texts that differ in a number or a proper name never say the same. Where both cannot well be true
and nothing says that things have changed, they contradict: the person decides.
"""

import re

from memory.records import Kind, Mention, Standing, Statement
from memory.rules import technologies
from memory.rules.document import is_the_same_tool

CHANGE = re.compile(
    r"\b(?:now|no longer|any ?more|any longer|instead|these days|nowadays|from now on|going forward"
    r"|switched|moved|changed|replaced|migrated|upgraded|downgraded"
    r"|since then|meanwhile|in the meantime|recently|lately|correction|rescheduled|postponed"
    r"|brought forward|have started|['’]ve started|new)\b",
    re.IGNORECASE,
)
"""Words that say that something is no longer as it was."""
ONE_OF_A_SORT = frozenset({"uses", "prefers", "drives", "answers", "takes", "wears", "decision"})
"""Attributes that may have several values, but mostly one of each sort: one database, one mode."""
_WORD = re.compile(r"[^\W_]+(?:[.'’+#-][^\W_]+)*[+#]{0,2}")
_LITTLE = frozenset(
    """
    a an the my our your his her its their this that of in on at to for with by from and or i we
    me us is are am was were be been do does did have has had now really very still also just too
    always usually please not n't don't so
    """.split()
)
_NUMBERS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million first second third once twice half
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december spring summer autumn winter
    """.split()
)
_DATED = re.compile(
    r"\b(?:(?:by|on|in|at|before|until|next|this|every|from)\s+)?(?:the\s+)?(?:(?:\d[\d:./-]{0,9}"
    r"(?:st|nd|rd|th)?|tomorrow|tonight|today|noon|midnight|week|month|year|weekend|end)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)


def topic(statement: Statement) -> str:
    """What it is a statement of, in one form for all wordings: two statements of different topics
    have nothing to do with each other. Without an attribute, its words are all there is."""
    about = " ".join(_key(statement.about))
    if statement.attribute:
        return f"{about}|{' '.join(_key(statement.attribute))}"
    return f"{about}|={' '.join(_key(statement.text))}"


def standing(earlier: Statement, new: Statement) -> Standing:
    """How ``new`` stands to ``earlier``, which was said before it."""
    if _key(earlier.about) != _key(new.about):
        return Standing.UNRELATED
    if new.instead_of and _is_replaced(earlier, new):
        return Standing.SUPERSEDES
    if new.kind is Kind.SOLUTION or earlier.kind is Kind.SOLUTION:
        return _of_solutions(earlier, new)
    if not _same_attribute(earlier, new):
        return Standing.UNRELATED
    if not earlier.attribute:
        return Standing.SAME if _says_the_same(earlier.text, new.text) else Standing.UNRELATED
    if new.ended or earlier.ended:
        return _of_an_end(earlier, new)
    if _key(earlier.value) == _key(new.value):
        return _of_one_value(earlier, new)
    return _of_two_values(earlier, new)


# -- the same value -----------------------------------------------------------------------


def _of_one_value(earlier: Statement, new: Statement) -> Standing:
    if earlier.negated != new.negated:
        return Standing.SUPERSEDES if says_change(new) else Standing.CONTRADICTS
    if earlier.steps != new.steps:
        return Standing.SUPERSEDES
    # “Vim for Python” and “Vim for Go”: more than the value differs
    return Standing.SAME if _names_the_same(earlier.text, new.text) else Standing.UNRELATED


def _of_an_end(earlier: Statement, new: Statement) -> Standing:
    same = _key(earlier.value) == _key(new.value) or _is_part(earlier.value, new.value)
    if new.ended and earlier.ended:
        return Standing.SAME if same else Standing.UNRELATED
    if new.ended:
        ends = same and not earlier.negated
        return Standing.ENDS if ends else Standing.UNRELATED
    return Standing.SUPERSEDES if same and not new.negated else Standing.UNRELATED


# -- different values ---------------------------------------------------------------------


def _of_two_values(earlier: Statement, new: Statement) -> Standing:
    if earlier.kind is Kind.COMMITMENT and new.kind is Kind.COMMITMENT:
        return _of_commitments(earlier, new)
    if earlier.kind is Kind.EPISODE and new.kind is Kind.EPISODE and not new.exclusive:
        alike = set(_words(earlier.text)) == set(_words(new.text))
        return Standing.SAME if alike else Standing.UNRELATED
    if earlier.kind is Kind.PROCEDURE and new.kind is Kind.PROCEDURE:
        return Standing.SUPERSEDES
    if earlier.negated or new.negated:
        return Standing.UNRELATED
    if _says_the_same(earlier.value, new.value):
        return Standing.SAME
    if _is_part(new.value, earlier.value):
        # less is said than is known: “Munich” after “Munich, near the river”
        return Standing.SAME if _names_the_same(new.value, earlier.value) else Standing.UNRELATED
    if earlier.exclusive or new.exclusive:
        return Standing.SUPERSEDES
    if earlier.kind is Kind.OPINION and new.kind is Kind.OPINION:
        return Standing.SUPERSEDES if says_change(new) else Standing.CONTRADICTS
    another_was_left = _tools(new.instead_of)
    if new.attribute not in ONE_OF_A_SORT or another_was_left:
        return Standing.UNRELATED
    return _of_a_sort(earlier, new)


def _of_a_sort(earlier: Statement, new: Statement) -> Standing:
    if not _are_of_a_sort(earlier.value, new.value):
        return Standing.UNRELATED
    return Standing.SUPERSEDES if says_change(new) else Standing.CONTRADICTS


def _of_commitments(earlier: Statement, new: Statement) -> Standing:
    """The same thing to be done at another time is the newer plan."""
    if _says_the_same(earlier.value, new.value):
        return Standing.SAME
    deeds = _key(_DATED.sub(" ", earlier.value)), _key(_DATED.sub(" ", new.value))
    return Standing.SUPERSEDES if deeds[0] == deeds[1] and deeds[0] else Standing.UNRELATED


def _of_solutions(earlier: Statement, new: Statement) -> Standing:
    if earlier.kind is not new.kind:
        return Standing.UNRELATED
    if _key(earlier.value) != _key(new.value) or not _names_the_same(earlier.value, new.value):
        return Standing.UNRELATED
    problems = _key(earlier.problem), _key(new.problem)
    if problems[0] and problems[1] and problems[0] != problems[1]:
        return Standing.UNRELATED
    both_known = earlier.worked is not None and new.worked is not None
    if both_known and earlier.worked != new.worked:
        return Standing.CONTRADICTS
    return Standing.SAME


def _is_replaced(earlier: Statement, new: Statement) -> bool:
    """“Switched from MySQL to Postgres” replaces “uses MySQL”, not “prefers tea”."""
    gone = _key(new.instead_of)
    was = _key(earlier.value)
    holds = not earlier.negated and not earlier.ended
    chosen_over = new.kind is Kind.PREFERENCE and not says_change(new)
    if chosen_over or not holds or not was:
        return False
    older = was != _key(new.value) and _is_the_same_tool(new.instead_of, earlier.value)
    return (gone == was or older) and _same_attribute(earlier, new)


# -- what is compared ---------------------------------------------------------------------


def says_change(statement: Statement) -> bool:
    """Whether its words say that it was otherwise before."""
    return bool(statement.instead_of) or bool(CHANGE.search(statement.text))


def _same_attribute(earlier: Statement, new: Statement) -> bool:
    return _key(earlier.attribute) == _key(new.attribute)


def _are_of_a_sort(earlier: str, new: str) -> bool:
    """Two databases, two editors; “dark mode” and “light mode”."""
    sorts = _sorts(earlier), _sorts(new)
    if sorts[0] or sorts[1]:
        return not sorts[0].isdisjoint(sorts[1])
    last = _words(earlier)[-1:], _words(new)[-1:]
    return (last[0] == last[1] and bool(last[0])) or _first(earlier) == _first(new) != ""


def _sorts(value: str) -> frozenset[str]:
    return frozenset(mention.category for mention in _tools(value))


def _tools(value: str) -> tuple[Mention, ...]:
    return technologies.find_technologies(f"we use {value}")


def _is_the_same_tool(gone: str, was: str) -> bool:
    """By any of its names, and whatever its version: “Postgres” and “PostgreSQL 14”."""
    one, other = _tools(gone), _tools(was)
    if len(one) != 1 or len(other) != 1:
        return False
    return is_the_same_tool(one[0].name, other[0].name)


def _first(value: str) -> str:
    """The preposition of “in French”, “in English”: how something is done."""
    first = value.split(maxsplit=1)[0].lower() if value.strip() else ""
    return first if first in ("in", "with", "as", "by") else ""


def _says_the_same(one: str, other: str) -> bool:
    return _key(one) == _key(other) and _names_the_same(one, other)


def _is_part(small: str, large: str) -> bool:
    words = set(_words(small))
    return bool(words) and words < set(_words(large))


def _names_the_same(one: str, other: str) -> bool:
    """Whether both hold the same numbers and proper names; a sentence's first word may be one."""
    firsts = {word.casefold() for text in (one, other) for word in _WORD.findall(text)[:1]}
    return (_names(one) ^ _names(other)) <= firsts


def _names(text: str) -> frozenset[str]:
    """Numbers, and words with a capital where a sentence does not ask for one."""
    found = set()
    for index, match in enumerate(_WORD.finditer(text)):
        word = match[0]
        capital = word[0].isupper() and index > 0 and word.casefold() not in _LITTLE
        number = any(sign.isdigit() for sign in word) or word.casefold() in _NUMBERS
        inner = any(sign.isupper() for sign in word[1:])
        if capital or number or inner:
            found.add(word.casefold())
    return frozenset(found)


def _key(text: str) -> tuple[str, ...]:
    """The words that tell, in one form for singular and plural, in their order."""
    return tuple(_words(text))


def _words(text: str) -> list[str]:
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    telling = [word for word in words if word not in _LITTLE] or words
    return [_singular(word) for word in telling]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
