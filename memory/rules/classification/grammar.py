"""Whether a sentence says something of a person: patterns over one letter a word.

“My sister was diagnosed with type 2 diabetes” reads ``mhbrwxxH``. Letters of the sentence:
``i`` I, she · ``o`` me, him · ``m`` my, her · ``h`` sister, boss · ``n`` a name · ``v`` an animal ·
``s`` 's · ``b`` is, felt · ``d`` the, a · ``j`` it · ``w`` with · ``t`` to · ``u`` on ·
``q`` of, in · ``p`` at, for ·
``k`` a thing or crowd (server, data set, patients) · ``f`` a frame (about, research, whether) ·
``c`` and, today · ``y`` as · ``,`` · ``|`` a break · ``z`` other words in -s, -ed, -ing ·
``x`` all others.
Letters of a topic's table, in capitals:
``S`` what a person is · ``H`` what a person has, by one of the topic's verbs ``R`` or as a
possession · ``B`` both · ``O`` what counts as a possession only · ``A`` what a person does ·
``E`` like ``S`` and ``H``, at the end of its phrase only · ``L`` like ``A`` and ``S``, and also
where a sentence starts with it: “Allergic to nuts” · ``X`` what needs no person beside it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from memory.records import ClassReason
from memory.rules.classification.people import (
    ADDRESSED,
    ANIMATE,
    FICTION,
    HYPOTHESIS,
    LETTERS,
    PLURAL_PEOPLE,
    UNREAL,
)

NAME = "\ue000"
"""Stands in a text for a name that was found in it: one word of its own."""
_WORD = re.compile(rf"{NAME}|['’]\w*|\w+|[,;:()]|[—–](?=\s)")
_SPOKEN = re.compile(r"[HOSEALXB]")
_BEFORE, _AFTER = 24, 20
"""Letters that the longest pattern reads before and after the topic's word."""
_VERB_FORM = re.compile(r"(?:s|ed|ing)$")

_PERSON = r"(?:i|n|[md][xz]{0,3}h|ms?h|nsh|hsh)"
# A word that may stand between a person and what is said of them; “in the army” counts as one.
_STEP = r"(?:[pqwt][dm]?[xzhn]|bd|[xzbowtcsuyR,])"
_MINE = r"(?:m|(?:[mdf][xz]{0,2}h|n)s)"
_NO_THING = r"(?!x?k|[xz]{0,2}[pq][dm]?x?v)"
_ENDS = r"(?:$|[,|cydpqwb])"
_HAS = rf"(?:[HB]{_NO_THING}|E(?={_ENDS}))"
_IS = rf"(?:[SLB]{_NO_THING}|E(?=$|[,|cydpq]))"
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "has": re.compile(rf"{_PERSON}{_STEP}{{0,6}}R[xzdpqmowtcys,]{{0,5}}{_HAS}"),
    "on": re.compile(rf"(?:{_PERSON}[xc]{{0,2}}[bs][xc]{{0,2}}|o)[uw][xzdm]{{0,2}}{_HAS}"),
    "possession": re.compile(rf"{_MINE}x{{0,3}}[HBO]{_NO_THING}"),
    "with": re.compile(rf"(?:[md][xz]{{0,2}}h|n|o),?[xz]?[wpqt][xzd]{{0,3}}{_HAS}"),
    "is in": re.compile(rf"{_PERSON}{_STEP}{{0,5}}[bs]x?q[dm]?[xzs]{{0,2}}{_HAS}"),
    "of one": re.compile(r"[HBO]q(?:o|n|m[xz]?h)(?!s)"),
    "taken": re.compile(rf"[HB]{_NO_THING}f?(?:i|[md]x?h)[xb]{{0,2}}R{_ENDS}"),
    "put on": re.compile(rf"R[xz]?(?:o|[md]x{{0,2}}h|m?n)(?:u[xzdm]{{0,2}}{_HAS}|S)"),
    "strikes": re.compile(r"H[xzb]{1,3}[pq]?(?:o|mx?h)"),
    "is": re.compile(rf"{_PERSON}{_STEP}{{0,5}}[bs][xzdocysSR]{{0,4}}{_IS}"),
    "is a person": re.compile(rf"(?:m|{_PERSON}{_STEP}{{0,4}}[bR]?[xtpq]{{0,2}}d)x?[SE]h(?!s?k)"),
    "as one": re.compile(rf"[im]{_STEP}{{0,6}}yd?x?[SB]{_NO_THING}"),
    "to begin with": re.compile(rf"^[xc]?(?:[cy]d|yhw|z?b)[xz]?[SHB]{_NO_THING}.{{0,12}}[iom]"),
    "does": re.compile(rf"{_PERSON}{_STEP}{{0,6}}[AL]"),
    "starts": re.compile(rf"^[xc]{{0,2}}L{_NO_THING}"),
    "alone": re.compile("X(?!x?k)"),
}
"""Each way of saying it, by name."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A table of words; each entry is separated by commas, and ``~`` stands for all verb forms.

    A word in capitals is matched in capitals only. The longest entry that fits wins, so what is
    said otherwise (“sick of”) is a longer entry under ``otherwise``.
    """

    reason: ClassReason
    verbs: str = ""
    has: str = ""
    own: str = ""
    states: str = ""
    ends: str = ""
    acts: str = ""
    leads: str = ""
    alone: str = ""
    otherwise: str = ""
    never_with: frozenset[str] = frozenset()
    """Words of a trade in which the topic's words mean something else; they end the matter."""
    phrases: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(init=False)
    """All entries in small letters -> their letter, and the entry as it was written."""
    lengths: Mapping[str, tuple[int, ...]] = field(init=False)
    """First word -> how many words the entries have that begin with it, the most first."""
    triggers: frozenset[str] = field(init=False)
    """One word of each entry that says something: where none of them is, nothing is said."""

    def __post_init__(self) -> None:
        tables = {
            "R": self.verbs,
            "H": self.has,
            "O": self.own,
            "S": self.states,
            "E": self.ends,
            "A": self.acts,
            "L": self.leads,
            "X": self.alone,
            "x": self.otherwise,
        }
        phrases: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
        lengths: dict[str, set[int]] = {}
        for letter, table in tables.items():
            for phrase in _phrases(table, plurals=letter in "HOS"):
                small = tuple(map(str.lower, phrase))
                known, _ = phrases.get(small, ("", ()))
                phrases[small] = (_both(known, letter), phrase)
                lengths.setdefault(small[0], set()).add(len(small))
        spoken = (small for small, (letter, _) in phrases.items() if letter not in "Rx")
        object.__setattr__(self, "phrases", phrases)
        object.__setattr__(
            self,
            "lengths",
            {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        )
        object.__setattr__(self, "triggers", frozenset(map(_telling_word, spoken)))


def _telling_word(phrase: Sequence[str]) -> str:
    """The last one that is no “in” or “my”."""
    return next((word for word in reversed(phrase) if word not in LETTERS), phrase[-1])


def _both(known: str, letter: str) -> str:
    """What is had and also owned is had; what is either and also a state is both."""
    if known in ("H", "O") and letter in "OS":
        return known if letter == "O" else "B"
    return letter


def _phrases(table: str, *, plurals: bool) -> Iterator[tuple[str, ...]]:
    for entry in filter(None, map(str.strip, re.split(r",\s*", table))):
        for words in _forms(entry.split()):
            yield words
            if plurals and len("".join(words)) > 3 and words[-1].islower():
                yield (*words[:-1], f"{words[-1]}s")


def _forms(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """“pray~ for” as pray, prays, prayed and praying for."""
    for place, word in enumerate(words):
        if word.endswith("~"):
            bare = word[:-1]
            stem = bare.removesuffix("e")
            for form in (bare, f"{bare}s", f"{stem}ed", f"{stem}ing"):
                yield (*words[:place], form, *words[place + 1 :])
            return
    yield tuple(words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's words as written and in small letters, and one letter for each."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    letters: tuple[str, ...]


def sentence_of(text: str, before: str = "") -> Sentence:
    """Read a sentence; the one ``before`` may say whom “they” and “she” stand for."""
    words = tuple(_WORD.findall(text))
    plain = tuple(word.lower().replace("’", "'") for word in words)
    letters = list(map(_letter, words, plain))
    spoken_of = set(letters)
    if not _STANDING_FOR.isdisjoint(plain):
        if before:
            spoken_of.update(map(_letter, *(2 * [_WORD.findall(before.lower())])))
        if spoken_of & {"h", "n"}:
            _put(letters, plain, PLURAL_PEOPLE, {"they": "i", "their": "m", "them": "o"})
        elif "v" in spoken_of:
            _put(letters, plain, ANIMATE, {})
    if not ADDRESSED.isdisjoint(plain) and not _is_general(text, plain):
        _put(letters, plain, ADDRESSED, {"you": "i", "your": "m"})
    if not FICTION.isdisjoint(plain):
        _put(letters, plain, ANIMATE, {})
        letters = ["x" if letter in "hm" else letter for letter in letters]
    return Sentence(words, plain, tuple(letters))


def _put(
    letters: list[str], plain: Sequence[str], words: Iterable[str], meant: Mapping[str, str]
) -> None:
    wanted = frozenset(words)
    for place, word in enumerate(plain):
        if word in wanted:
            letters[place] = meant.get(word, "x")


def _is_general(text: str, plain: Sequence[str]) -> bool:
    """“If you have diabetes”, “Are you gay?”: nobody in particular, or not said yet."""
    return "?" in text or not _GENERAL.isdisjoint(plain)


_STANDING_FOR = ANIMATE | PLURAL_PEOPLE
_GENERAL = frozenset("if when whether unless should can may must could might people anyone".split())


def _letter(word: str, plain: str) -> str:
    if word == NAME:
        return "n"
    if word in ("US", "IT", "ME"):
        return "k"
    known = LETTERS.get(plain)
    if known:
        return known
    if not word[0].isalpha():
        return {",": ","}.get(word, "x" if word[0].isalnum() or word[0] in "'’_" else "|")
    return "z" if _VERB_FORM.search(plain) else "x"


def speaks_of_a_person(sentence: Sentence, topic: Topic) -> str:
    """The name of the pattern by which it says something of the topic; empty when it does not."""
    if not topic.never_with.isdisjoint(sentence.plain):
        return ""
    line, places = _line(sentence, topic)
    for start, end in _windows(line):
        for name, pattern in PATTERNS.items():
            for found in pattern.finditer(line, start, end):
                first, last = places[found.start()], places[found.end() - 1]
                said, before = sentence.plain[first:last], sentence.plain[max(0, first - 3) : first]
                if not _unreal(said, before):
                    return name
    return ""


def _windows(line: str) -> Iterator[tuple[int, int]]:
    """The stretches around the topic's words: in a long sentence the rest need not be read."""
    start = end = -1
    for found in _SPOKEN.finditer(line):
        if found.start() - _BEFORE > end:
            if end >= 0:
                yield start, end
            start = max(0, found.start() - _BEFORE)
        end = found.end() + _AFTER
    if end >= 0:
        yield start, end


def _line(sentence: Sentence, topic: Topic) -> tuple[str, list[int]]:
    """The sentence's letters with the topic's laid over them, and the word each stands for."""
    line, places, place = [], [], 0
    while place < len(sentence.plain):
        letter, length = _entry(sentence, topic, place)
        line.append(letter or sentence.letters[place])
        places.append(place)
        place += length
    return "".join(line), places


def _entry(sentence: Sentence, topic: Topic, place: int) -> tuple[str, int]:
    for length in topic.lengths.get(sentence.plain[place], ()):
        end = place + length
        letter, written = topic.phrases.get(sentence.plain[place:end], ("", ()))
        if letter and all(map(_as_written, written, sentence.words[place:end])):
            return letter, length
    return "", 1


def _as_written(wanted: str, word: str) -> bool:
    return word == wanted or not wanted.isupper()


def _unreal(said: Sequence[str], before: Sequence[str]) -> bool:
    """“If I were ill”, “suppose she is pregnant”: a thought, not a fact."""
    if not HYPOTHESIS.isdisjoint((*before, *said)):
        return True
    return "if" in before[-2:] and not UNREAL.isdisjoint(said)
