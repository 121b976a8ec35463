"""Whether a text is English: its grammar is read only then. Any other is kept word for word."""

import re

ENGLISH = frozenset(
    """
    i you we he she it they me my our your his her its their us them the a an this that these those
    is are am was were be been 's 'm 're 've have has had do does did not n't to of in on at for
    with by from and or but if when because as always never please will would can
    """.split()
)
"""Small words that English is held together by."""
FOREIGN = frozenset(
    """
    ich du wir und nicht ist bin der die das ein eine mit bei auf habe je tu nous et est suis les
    des une dans depuis avec pour que yo tú es soy el los las una en con por trabajo vivo
    io sono il che di è eu sou um uma com hij wij een het van niet ik zijn mijn woon jag är och
    inte
    """.split()
)
"""The like of other languages, as far as English has no such word."""
FEWEST_WORDS = 3
"""Of fewer nothing can be said."""
FEWEST_LETTERS = 6
"""Of a script without spaces."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)
_CODE = re.compile(r"[{};=<>]|\w\(|\w\.\w+\(|::|->|</")


def is_foreign(text: str) -> bool:
    """Prose of another language, in any script; code and lists of names are not."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    letters = sum(map(len, words))
    latin = len(_LATIN.findall(text))
    if letters >= FEWEST_LETTERS and latin < letters / 2:
        return True
    if len(words) < FEWEST_WORDS or _CODE.search(text):
        return False
    return sum(word in FOREIGN for word in words) > sum(word in ENGLISH for word in words)
