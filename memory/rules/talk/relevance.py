"""Whether a statement can answer a question, apart from what both mean as a whole.

Vectors find what sounds alike; these rules say what has to be there before it may be called an
answer: the names asked for, a time for “when”, a place for “where”.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from memory.rules.talk.vocabulary import (
    FIRST_PERSON,
    LIGHT_WEIGHT,
    LIGHT_WORDS,
    answering,
    content_words,
    stem,
    words_with,
)
from memory.rules.technologies import find_technologies

# Words that ask for a thing of one of the technologies' categories.
_CATEGORY_WORDS = {
    "database": "database", "db": "database", "framework": "framework", "language": "language",
    "editor": "editor", "ide": "editor", "cloud": "cloud", "os": "operating system",
    "queue": "message queue", "broker": "message queue",
    "library": "library",
}  # fmt: skip
_CATEGORIES = {stem(word): category for word, category in _CATEGORY_WORDS.items()}
_SPOKEN = re.compile(r"\b(?:speak|spoken|native|foreign|mother tongue)\b", re.IGNORECASE)
_PROPER = re.compile(r"(?<=[\w,;:] )(?!I\b)[A-Z][\w+#.-]*\w|\b\w*\d[\w.]*\w|\b\d\b")
# “What does Leo like?”, “where does Lena live?”: without the verb there is no answer.
_USE_VERBS = frozenset(stem(word) for word in ("use", "have", "get", "run", "need"))
_LAST_VERB = re.compile(r"\b(?:does|did) .*?(\w+)\W*$", re.IGNORECASE)
_MY = re.compile(r"\b(?:my|our)((?: [\w'’+#-]+){1,2})", re.IGNORECASE)


class Wanted(StrEnum):
    """What sort of answer a question asks for."""

    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    NUMBER = "number"
    AGE = "age"
    MONEY = "money"
    REASON = "reason"
    NAME = "name"
    YES_OR_NO = "yes_or_no"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a statement fits a question, apart from what both mean as a whole."""

    share: float
    """0 to 1: the weight of the question's words that the statement covers."""
    category: bool
    """The question names a category (database), the statement one of its technologies."""
    telling: bool
    """It has at least one of the question's words that are not light."""
    typed: bool
    """It has the sort of thing that is asked for: a time, a place, a name."""
    possible: bool
    """False when it cannot be the answer: wrong sort, or something essential is missing."""


_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = tuple(
    (wanted, re.compile(pattern, re.IGNORECASE))
    for wanted, pattern in (
        (Wanted.NAME, r"\b(?:name|names|called|named)\W*$|^(?:what|who)(?:['’]s| is) the name\b"),
        (Wanted.AGE, r"^how old\b"),
        (Wanted.MONEY, r"^how much (?:is|are|was|were|does|do|did|will)\b"),
        (Wanted.NUMBER, r"\bnumber\W*$|^how (?:many|much|tall|far|high|big|heavy)\b"),
        (Wanted.TIME, r"^(?:when|what time|which day|what day|how (?:often|long))\b"),
        (Wanted.PLACE, r"^(?:where|in (?:which|what) (?:city|town|country))\b"),
        (Wanted.PERSON, r"^(?:who|whom|whose)\b(?!['’]s\b| (?:is|are|was|were) (?-i:[A-Z]))"),
        (Wanted.REASON, r"^(?:why|what for|for what reason)\b"),
        (Wanted.YES_OR_NO, r"^(?:am|is|are|was|were|do|does|did|have|has|can|could|should|will)\b"),
    )
)
_NUMBER = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand"
    r"|twice|once|half|no|none|several|both)\b"
)
_TIME = (
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|may"
    r"|june"
    r"|july|august|september|october|november|december|morning|noon|evening|night|midnight"
    r"|today|tomorrow|yesterday|week|weeks|weekend|month|months|year|years|hours?|minutes?|days?"
    r"|daily|weekly|monthly|always|never|every|spring|summer|autumn|winter|since|until|ago"
    r"|christmas"
    r"|easter|birthday|when)\b"
)
_SUPPLIED_BY: dict[Wanted, re.Pattern[str]] = {
    Wanted.NUMBER: re.compile(_NUMBER, re.IGNORECASE),
    Wanted.MONEY: re.compile(
        r"[$€£¥]|\b(?:\d[\d,.]{0,30}k|pounds?|euros?|dollars?|cents?|quid|bucks|free|cheap"
        r"|[A-Z]{3} \d+)\b"
    ),
    Wanted.AGE: re.compile(r"\d|\b(?:years?|aged|turn(?:s|ed|ing)?|born)\b", re.IGNORECASE),
    Wanted.TIME: re.compile(_TIME, re.IGNORECASE),
    Wanted.REASON: re.compile(
        r"\b(?:because|since|so that|so|due to|as|reason|caused? by|c[ao]mes? from|in order to"
        r"|therefore|thanks to|to avoid"
        r"|to be|which is why)\b",
        re.IGNORECASE,
    ),
}
# “in Lyon”, “under the stairs”; of two places one may be the very thing that is looked for.
_PLACES = re.compile(
    r"\b(?:in|at|near|from|to|on|by|under|behind|inside|outside|between|beside|above|below|off)"
    r" (?:(?:(?:the|a|an|my|our|his|her|their|this) )(\w+)|([A-Z\d]\w*))"
    r"|\b(leg|arm|head|home|abroad|here|upstairs|downstairs|back)\b"
)
_RELATIONS = re.compile(
    r"\b(?:wife|husband|partner|brother|sister|son|daughter|mother|father|mum|mom|dad|friend|boss"
    r"|manager|colleague|neighbour|neighbor|cousin|aunt|uncle|doctor|teacher|team|vegans?)\b"
)
_NOT_A_NAME = frozenset(
    "I The A An My Our We He She It They This That These Those Dr Mr Mrs Please In On At For Hi "
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mondays Tuesdays Wednesdays "
    "Thursdays Fridays Saturdays Sundays Customer".split()
)
# “What is Redis?”, “how do I reverse a list?”, “what does a CTO do?” ask the world, not memory;
# “how do I take my coffee?” asks memory.
_GENERAL = re.compile(
    r"^what causes\b|^(?:what|who)(?:['’]s| is| are| does| do) (?:an?|the (?:meaning|definition"
    r"|difference)) "
    r"|^how (?:do|can|should|would|could|to)(?: (?:i|you|one|people))?\b"
    r"(?!.*\b(?:my|our|me|like|prefer|feel|take)\b)(?! we\b)",
    re.IGNORECASE,
)
# “What is Kafka?”, “what does vitamin D do?”; not “what does Lena do?”, “what is my name?”.
_DEFINITION = re.compile(
    r"^(?:what(?:['’]s| is| are) (?!my\b|our\b|the\b|this\b|that\b)[\w+#.-]+(?: [\w+#.-]+)?"
    r"|what does (?!my\b|our\b|the\b|(?-i:[A-Z]))[\w+#.-]+(?: [\w+#.-]+)? (?:do|mean))\W*$",
    re.IGNORECASE,
)
# A question without “I” or “my” may be about anything, so that more of it has to be covered.
_IMPERSONAL_SHARE = 0.55
# “Which test framework?” is not answered by any framework: the rest has to be there too.
_CATEGORY_SHARE = 0.7
# “When did I adopt Miso?” is answered by the day on which “I adopted Miso” was said.
_SAID_THEN_SHARE = 0.8


def fit(question: str, statement: str) -> Fit:
    """Compare word by word; a word is found by stem, by meaning (“pet” by “dog”) or by category."""
    asked = content_words(question)
    by_category = _by_category(question, statement)
    found = _met(asked, statement) | by_category.keys()
    weight = sum(map(_weight, asked))
    share = sum(map(_weight, found)) / weight if weight else 0.0
    supplied = _supplies(statement, question, share)
    possible = (
        _essential(question, asked) <= found
        and share >= (0.0 if FIRST_PERSON.search(question) else _IMPERSONAL_SHARE)
        and not is_general(question)
        and supplied
    )
    return Fit(
        share=share,
        category=bool(by_category) and share >= _CATEGORY_SHARE,
        telling=not found <= LIGHT_WORDS,
        typed=supplied and wanted(question) not in (Wanted.ANY, Wanted.YES_OR_NO),
        possible=possible,
    )


def shared_words(question: str, statement: str) -> tuple[str, ...]:
    """The statement's words that meet the question's, as they are written; light ones left out."""
    met = _met(content_words(question), statement) - LIGHT_WORDS
    words = words_with(frozenset[str]().union(*map(answering, met)), statement)
    names = [name for names in _by_category(question, statement).values() for name in names]
    return tuple(dict.fromkeys([*words, *names]))


def _met(asked: frozenset[str], statement: str) -> frozenset[str]:
    stated = content_words(statement)
    return frozenset(word for word in asked if answering(word) & stated)


def _by_category(question: str, statement: str) -> dict[str, list[str]]:
    """Stems of the question that name a category (database), with the statement's names of it."""
    asked = {} if _SPOKEN.search(question) else _categories_in(question)
    named = find_technologies(statement) if asked else ()
    names = {
        word: [mention.name for mention in named if mention.category == category]
        for word, category in asked.items()
    }
    return {word: found for word, found in names.items() if found}


def _categories_in(question: str) -> dict[str, str]:
    return {w: _CATEGORIES[w] for w in content_words(question) if w in _CATEGORIES}


def wanted(question: str) -> Wanted:
    return next((kind for kind, pattern in _WANTED if pattern.search(question)), Wanted.ANY)


def is_general(question: str) -> bool:
    """Whether it asks about the world: what a thing is, how something is done."""
    return bool(_GENERAL.match(question) or _DEFINITION.match(question))


def _supplies(statement: str, question: str, share: float) -> bool:
    """Whether the statement has the sort of thing that is asked for."""
    kind = wanted(question)
    if kind in (Wanted.PERSON, Wanted.NAME):
        return _names_somebody_new(statement, question) or (
            kind == Wanted.PERSON and bool(_RELATIONS.search(statement))
        )
    if kind == Wanted.PLACE:
        places = {stem("".join(groups)) for groups in _PLACES.findall(statement)}
        return bool(places - content_words(question))
    if kind == Wanted.TIME and re.search(r"\bdid (?:i|we)\b", question, re.IGNORECASE):
        # the day it was said answers, if it says just that
        return share >= _SAID_THEN_SHARE or bool(_SUPPLIED_BY[kind].search(statement))
    pattern = _SUPPLIED_BY.get(kind)
    return pattern is None or bool(pattern.search(statement))


def _names_somebody_new(statement: str, question: str) -> bool:
    """A capitalised word that is no place (“in Vienna”), no day, no technology, and not asked."""
    known = {mention.name for mention in find_technologies(statement)}
    names = re.findall(
        r"(?<!\bin )(?<!\bto )(?<!\bat )(?<!\bfrom )\b[A-ZÀ-Þ][a-zß-ÿ][\w-]*", statement
    )
    return any(
        name not in _NOT_A_NAME and name not in known and name not in question for name in names
    )


def _weight(word: str) -> float:
    return LIGHT_WEIGHT if word in LIGHT_WORDS else 1.0


def _essential(question: str, asked: frozenset[str]) -> frozenset[str]:
    """Stems that cannot be missing: names, numbers, the X of “my X”, the last verb, and all of a
    yes-or-no question. Light words are never essential, save as that verb.
    """
    if wanted(question) != Wanted.YES_OR_NO:
        names = " ".join(_PROPER.findall(question))
        possessions = " ".join(_MY.findall(question))
        verb = content_words(" ".join(_LAST_VERB.findall(question))) - _USE_VERBS
        asked = content_words(f"{names} {possessions}")
    else:
        verb = frozenset()
    return verb | frozenset(word for word in asked if word not in LIGHT_WORDS)
