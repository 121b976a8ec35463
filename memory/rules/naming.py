"""What a group of texts is called: the words that tell it from the other groups.

The weight of a word is class-based tf-idf (Grootendorst, “BERTopic”, 2022), counted in texts rather
than in occurrences, so that one long text does not name its group alone.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from memory.rules.query import STOP_WORDS, WORD
from memory.rules.talk.vocabulary import LIGHT_WORDS, stem

MOST, LEAST = 4, 2
"""Words in a name."""
CLEAR = 0.4
"""Of the first word's weight: what tells less is not added to two that tell more."""
MORE_OFTEN = 1.25
"""Times as often in the group as anywhere: a word of all groups tells none of them."""
LIGHT = 0.5
"""Words that say little, such as “want” or “new”, count for so much of another."""
NAMED_BY = 100
"""Texts of a group, the most central, and as many of no group: more of them say the same."""
SHORTEST = 2
"""Characters of a word."""

# Masked personal data, as it stands in a memory: [NAME_1], [EMAIL].
_MASKED = re.compile(r"\[[A-Z_]+(?:_\d+)?\]")
# What says how, when, how much or to whom, but not what of. Beside those that a search drops.
_EMPTY = STOP_WORDS | frozenset(
    """
    also after again ago ahead almost along already always among another anyone anything around
    away back became because become been before began being below beside besides best better
    between both bring came can't cannot come comes couldn't day days did doing done down during
    each either else enough even every everyone everything except far few find first found gave
    give given gives good great happen happened hardly here himself herself hour hours however i'm
    instead itself i've keep keeps kept know known knows last later least less let like likes
    little long longer lot mainly maybe might minute minutes month months more most mostly must
    myself near need needs neither never new next no nobody none nor not nothing now off old once
    one ones only onto other others otherwise ours ourselves out over own part people per perhaps
    please prefer prefers put quite rather really said same see seem seen set shall she's he's
    since someone something sometimes soon still such sure talk than thank thanks themselves thing
    things those though through till time times today together told tomorrow too toward towards
    twice two three four five six seven eight nine ten under until upon use used user uses using
    usually very via wanted wants want wasn't way week weeks well went weren't whatever whenever
    while within without won't would wouldn't year years yes yesterday yet you're yours
    eleven twelve first second third ok okay oh ah aw aww wow hey hi hello hmm haha yeah yep yup
    nope bye sorry awesome amazing
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december morning evening night noon
    there's they're we're we've we'll let's they've can't haven't hasn't hadn't shouldn't
    """.split()
)


def terms(groups: Sequence[Sequence[str]], others: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """Of each group the words that name it, most telling first. Each group's texts are in order,
    the most central first; ``others`` are texts of no group, against which words count too."""
    central = [texts[:NAMED_BY] for texts in groups]
    counted = [_counted(texts) for texts in central]
    everywhere = _counted(islice(others, NAMED_BY))
    for stems in counted:
        everywhere.update(stems)
    average = everywhere.total() / max(len(groups), 1)
    return [
        _name(texts, stems, everywhere, average)
        for texts, stems in zip(central, counted, strict=True)
    ]


def weight(here: int, of_group: int, everywhere: int, average: float) -> float:
    """f/F · log(1 + A/n): how often in the group, and how seldom anywhere. A is the mean number
    of words of a group."""
    return here / max(of_group, 1) * math.log(1 + average / everywhere)


def _name(
    texts: Sequence[str], stems: Counter[str], everywhere: Mapping[str, int], average: float
) -> tuple[str, ...]:
    """Of words that tell as much, those of the most central text come first."""
    of_group, total = stems.total(), sum(everywhere.values())
    telling = [
        word
        for word, count in stems.items()
        if count * total >= MORE_OFTEN * everywhere[word] * of_group
    ]
    weights = {
        word: weight(stems[word], of_group, everywhere[word], average)
        * (LIGHT if word in LIGHT_WORDS else 1)
        for word in telling or stems
    }
    ordered = sorted(weights, key=lambda word: -weights[word])[:MOST]
    clear = [
        word
        for place, word in enumerate(ordered)
        if place < LEAST or (stems[word] > 1 and weights[word] >= CLEAR * weights[ordered[0]])
    ]
    written = _written(texts, clear)
    return tuple(written[word] for word in clear)


def _counted(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each stem stands; the stems of the first text come first."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_stems(text))
    return found


def _stems(text: str) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(stem(word) for word in _words(text)))


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(_MASKED.sub(" ", text)) if _tells(word)]


def _tells(word: str) -> bool:
    plain = word.lower().replace("’", "'")
    letters = any(character.isalpha() for character in plain)
    bare = plain.removesuffix("'s")
    return letters and len(plain) >= SHORTEST and plain not in _EMPTY and bare not in _EMPTY


def _written(texts: Iterable[str], stems: Sequence[str]) -> dict[str, str]:
    """Each stem as it is written most often; of two, as it was met first."""
    forms: dict[str, Counter[str]] = {word: Counter() for word in stems}
    for text in texts:
        for word in _words(text):
            if stem(word) in forms:
                forms[stem(word)][word.removesuffix("'s").removesuffix("’s")] += 1
    return {word: found.most_common(1)[0][0] for word, found in forms.items()}
