"""Whether a text says no more than what it was read from.

Models invent: a name that nobody said, a number that is nearly right, a “not” that is lost, a
sister's allergy that becomes one's own. The rule is simple and errs towards dropping: whatever
names, counts, dates, denies or judges must stand in the source, and so must most of the other words
that tell something, be it in a form or a synonym of theirs.
"""

import re
from collections.abc import Iterable, Sequence

from memory.records import Sentence, Why
from memory.rules.statements import find_statements
from memory.rules.statements.attributes import KIN
from memory.rules.talk.vocabulary import LIGHT_WORDS, answering, content_words, stem

LEAST_SHARE = 0.6
"""Of the telling words: a paraphrase brings a verb of its own, seldom two."""
NOT_MEANT = frozenset({Why.HYPOTHETICAL, Why.QUOTATION, Why.ANOTHERS_VIEW, Why.SMALL_TALK})
"""What stands in such a sentence is not so, or not the person's word. A question or a request may
tell of them all the same, which a model can read out of it."""
NO_STATEMENT = NOT_MEANT | {Why.QUESTION, Why.REQUEST, Why.ASSISTANT}
_WORD = re.compile(r"[^\W_]+(?:['’.+#/:-]+[^\W_]+)*[+#]*")
_ADDRESS = re.compile(r"//|\w\.\w")
_CLAUSE = re.compile(
    r"[.!?;,\n]+(?=\s|$)|\s[–—-]\s|\b(?:but|and|though|although|because|while|whereas|so)\b",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|hardly|stopped|quit|gave up"
    r"|used to|formerly|any ?more)\b|n['’]t\b",
    re.IGNORECASE,
)
_JUDGING = frozenset(
    stem(word)
    for word in "love like enjoy prefer favourite adore hate dislike loathe fear want wish hope "
    "best worst always never only every all must allergic".split()
)
_NUMBERS_AND_DATES = frozenset(
    stem(word)
    for word in "two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million first second third fourth fifth once twice half quarter dozen "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december spring summer autumn winter today tomorrow "
    "yesterday tonight daily weekly monthly yearly".split()
)
_FIRST_PERSON = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|we|we['’](?:re|ve|d|ll))\b", re.IGNORECASE)


def meant(text: str, parsed: Sequence[Sentence]) -> str:
    """The text without the sentences that say nothing of the person, whatever is read in them."""
    passed = find_statements(parsed).passed_over
    left_out = {each.sentence for each in passed if each.why in NOT_MEANT}
    if not left_out:
        return text
    return "\n".join(each.text for place, each in enumerate(parsed) if place not in left_out)


def states_nothing(parsed: Sequence[Sentence]) -> bool:
    """Whether it is no statement at all: a question, a request, a supposition and the like."""
    found = find_statements(parsed)
    return not found.statements and any(each.why in NO_STATEMENT for each in found.passed_over)


def is_grounded(text: str, said: str, about: Iterable[str] = (), asked: str = "") -> bool:
    """Whether ``text`` says only what the person ``said``.

    ``about``: what is known already and the text is about. ``asked``: the question that was
    answered; names, numbers and judgements of it alone are not the person's.
    """
    own = "\n".join((said, *about))
    telling = content_words(text)
    if not telling:
        return False
    if not _specifics(text) <= _all_words(own):
        return False
    known = content_words(own)
    first = content_words(text.split(maxsplit=1)[0])  # may be a name, and is written like one
    if any(not answering(each) & known for each in (telling & _JUDGING) | first):
        return False
    wider = known | content_words(asked)
    counted = [each for each in telling if each not in LIGHT_WORDS] or list(telling)
    supported = [each for each in counted if answering(each) & wider]
    if len(supported) < LEAST_SHARE * len(counted):
        return False
    return _says_it_of_the_same(text, own)


def say_alike(one: str, other: str) -> bool:
    """Whether two texts that mean nearly the same also name, count and deny the same."""
    names = _specifics(one), _specifics(other)
    return (names[0] <= _all_words(other) and names[1] <= _all_words(one)) and _denies(
        one
    ) == _denies(other)


def _specifics(text: str) -> frozenset[str]:
    """What must stand in the source as it is: numbers, dates, addresses, and names, which have a
    capital where a sentence does not ask for it."""
    found = set()
    start = True
    for match in _WORD.finditer(text):
        word = match[0]
        name = word[0].isupper() and not start and not _FIRST_PERSON.fullmatch(word)
        address = _ADDRESS.search(word)
        if name or address or any(sign.isupper() for sign in word[1:]) or _counts_or_dates(word):
            found.add(_plain(word))
        start = text[match.end() : match.end() + 2].strip()[:1] in (".", "!", "?", ":")
    return frozenset(found)


def _counts_or_dates(word: str) -> bool:
    return any(sign.isdigit() for sign in word) or stem(word) in _NUMBERS_AND_DATES


def _all_words(text: str) -> frozenset[str]:
    return frozenset(_plain(match[0]) for match in _WORD.finditer(text))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _says_it_of_the_same(text: str, source: str) -> bool:
    """Whether one of the clauses that come nearest denies as the text does, and is about whom the
    text is about."""
    told = content_words(text)
    clauses = [part for part in _CLAUSE.split(source) if part.strip()]
    shared = {
        part: sum(1 for each in told if answering(each) & content_words(part)) for part in clauses
    }
    best = max(shared.values(), default=0)
    nearest = [part for part, count in shared.items() if count == best]
    return any(_denies(part) == _denies(text) and _is_of_the_same(text, part) for part in nearest)


def _denies(text: str) -> bool:
    return bool(_DENYING.search(text))


def _is_of_the_same(text: str, clause: str) -> bool:
    """What is said of a relative is not said of oneself."""
    relatives = _relatives(clause) - _relatives(text)
    speaks_of_self = bool(_FIRST_PERSON.search(text)) and not _relatives(text)
    return not (relatives and speaks_of_self and not _FIRST_PERSON.search(clause))


def _relatives(text: str) -> frozenset[str]:
    return _all_words(text) & KIN
