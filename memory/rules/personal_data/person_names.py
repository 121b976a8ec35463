"""Names of people: what a sentence introduces as a name, first names from a list, and the cleaning
of what a language model takes for one.

Models cut names short ("[NAME] Smith"), take the verb along ("Contact John") and see people in
"Redis" and "Monday"; here a find is trimmed to the words that can be part of a name, or refused.
"""

import re
from collections.abc import Iterator, Sequence

from memory.records import Label, Span
from memory.rules.personal_data.common_words import ALSO_NAMES, NO_NAMES
from memory.rules.personal_data.first_names import FIRST_NAMES
from memory.rules.technologies import is_technology, matches

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Herr|Frau|Mme|Señora?|Don|Doña)"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’-]{0,30}"
_PARTICLE = r"(?:van der|van den|van|von|de la|de|da|di|del|dos|bin|ibn|al|el|la|le|ten|ter|zu)"
_NAME = rf"{_CAPITAL}(?:[ ](?:{_PARTICLE} )?{_CAPITAL}\.?){{0,3}}"
_WORD = r"[^\W\d_][\w'’-]{0,30}"
_RELATION = (
    r"(?:mother|father|mum|mom|dad|sister|brother|wife|husband|partner|son|daughter|girlfriend"
    r"|boyfriend|fianc[eé]e?"
    r"|cousin|uncle|aunt|grandmother|grandfather|grandma|grandpa|niece|nephew|boss|manager"
    r"|colleague|co-?worker"
    r"|teammate|flatmate|roommate|neighbou?r|friend|best friend|teacher|therapist|doctor|landlord"
    r"|mentor|dog|cat)"
)
_TITLED = re.compile(rf"(?<!\w){_TITLE}\.?[ ](?P<name>{_NAME})")
_RELATED = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er"
    rf"|[Tt]heir) (?i:{_RELATION}),? (?P<name>{_WORD}(?: {_CAPITAL})?)"
)
_CALLED = re.compile(
    rf"\b(?i:(?:last |first |full |user )?name(?:['’]s| is|\?)|calls? me|named|known as|i go by"
    rf"|goes by|called)"
    rf" (?P<name>{_NAME})"
)
_NAME_FIELD = re.compile(
    rf"^\W{{0,4}}(?i:full |first "
    rf"|last )?(?i:name):[ ]{{1,4}}(?P<name>{_CAPITAL}(?: {_CAPITAL}\.?){{1,3}})$",
    re.MULTILINE,
)
_CALLED_IN_LOWER_CASE = re.compile(
    rf"\b(?:my (?:first |last |full )?name(?:['’]s| is)|(?:you can |please |just )?calls? me"
    rf"|i go by) "
    rf"(?P<name>{_WORD}(?: {_WORD})?)(?=\s*(?:[.,;!?)]|$|and\b|from\b|but\b|please\b|instead\b"
    rf"|\n))",
    re.IGNORECASE,
)
_I_AM = re.compile(
    rf"\b(?:I['’]?m|I am|[Ii]t['’]s|[Tt]his is|i['’]m|i am) (?P<name>{_WORD}(?: {_CAPITAL}){{0,2}})"
)
_CAPITALISED = re.compile(rf"(?<![\w@/.-]){_NAME}")
_GREETED = re.compile(
    rf"\b(?:hi|hey|hello|dear|thanks|thank you|ask|tell|with|and|from|to|by|for|ping|cc"
    rf"|meet) (?P<name>{_WORD})(?![\w@])",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?<![\w@/.-]){_CAPITAL}")
_ENUMERATION = re.compile(rf"(?<![\w@/.-]){_NAME}(?:, {_NAME}){{0,8}},? (?:and|&) {_NAME}")
_LINE_ABOVE = re.compile(
    rf"(?:^|\n)[^\w\n]{{0,6}}(?P<name>{_CAPITAL}(?: {{1,2}}(?:{_PARTICLE} )?{_CAPITAL}\.?){{1,3}})"
    r"\s*\n[^\w]{0,8}$"
)
_REST = re.compile(rf"(?: {_CAPITAL}\.?){{1,2}}(?![\w@])")
# What bears a person's name and is none: "Ohm's law", "Laplace transform", "Nobel prize".
_EPONYM = re.compile(
    r"(?:['’]s?)? (?:law|laws|principle|rule|theorem|lemma|conjecture|analysis|transforms?|series"
    r"|equations?|algorithm|matrix"
    r"|distribution|process|model|method|test|score|number|sequence|notation|code|diagram|tree"
    r"|filter|index|paradox|razor"
    r"|effect|curve|constant|machine|cipher|triangle|tea|prize|award|medal|disease|syndrome|sauce"
    r"|day|university|airport"
    r"|simulation|station|street|bridge|foundation|school|hospital|institute)\b",
    re.IGNORECASE,
)
# What a word of a name is never made of, and capitals inside a word that is no "McDonald".
_NO_PART = re.compile(
    r"[\d_/\\{}<>=()\[\]#@*|~^$%&+:;\"“”`]|^(?!Mc|Mac|De|Di|Du|La|Le|Van|Fitz"
    r"|O['’]).*[a-zß-öø-ÿ][A-Z]"
)
_TOKEN = re.compile(r"[^\s,;:!?\"“”()<>«»\[\]]+")
_POSSESSIVE = re.compile(r"['’]s?$")
# A name ends with a possessive, and with a full stop that is no initial's or title's.
_LAST = re.compile(r"['’]s?$|[^\W\d_]{4}\.$")
_CONTRACTION = re.compile(
    r"['’](?:m|ve|d|ll|re)$|n['’]t$|^(?:it|that|what|who|there|here|let|he|she|how|where)['’]s$",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|around|visit(?:ing)?|San|Santa|Saint|St\.?|Fort|Lake|Port|Mount|Los) $"
)
_PLACE_WORDS = frozenset(
    ("Lake", "Mount", "Fort", "Port", "Cape", "San", "Santa", "Saint", "St", "River")
)
_NOT_CALLED_LISTING = """
    later back now soon again anytime sometime before after during between crazy stupid
    old-fashioned here wrong missing spelled spelt misspelled taken hidden required empty unknown
    right just still already really very too up out off about around only never always unique
    visible optional blank
"""
_NOT_CALLED = frozenset(_NOT_CALLED_LISTING.split())
"""What is no name behind "call me" and "my name is"."""


def find_names(window: str) -> Iterator[Span]:
    """Names that the sentence introduces, and first names from the list with what follows them."""
    for pattern, rule in (
        (_NAME_FIELD, "field"),
        (_TITLED, "title"),
        (_CALLED, "called"),
        (_RELATED, "relation"),
    ):
        for found in pattern.finditer(window):
            if not found["name"].islower() or _is_listed(found["name"]):
                yield from clean(window, *found.span("name"), rule, 0.9)
    for found in _CALLED_IN_LOWER_CASE.finditer(window):
        if not any(_is_common(word) for word in found["name"].split()):
            yield Span(*found.span("name"), Label.NAME, 0.85, "called")
    for pattern in (_I_AM, _GREETED):
        for found in pattern.finditer(window):
            if _is_listed(found["name"]):
                yield from clean(window, *found.span("name"), "introduced", 0.85)
    for found in _CAPITALISED.finditer(window):
        yield from _listed(window, found)


def implied(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Names that other finds give away.

    Their repetitions, the people listed beside them, and the line above a postal address.
    """
    names = [span for span in spans if span.label is Label.NAME]
    if names:
        yield from _repeated(text, names)
        yield from _listed_beside(text, names)
    for span in spans:
        if span.label is Label.ADDRESS:
            yield from _above(text, span)


def _repeated(text: str, names: Sequence[Span]) -> Iterator[Span]:
    known = {
        word
        for span in names
        for word in text[span.start : span.end].split()
        if len(word) > 2 and not word.islower() and not _is_common(word)
    }
    for found in _SINGLE.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        if word in known:
            yield Span(found.start(), found.start() + len(word), Label.NAME, 0.7, "said again")


def _listed_beside(text: str, names: Sequence[Span]) -> Iterator[Span]:
    taken = {place for span in names for place in range(span.start, span.end)}
    for found in _ENUMERATION.finditer(text):
        if not taken.isdisjoint(range(*found.span())):
            for member in re.finditer(_NAME, found[0]):
                start = found.start() + member.start()
                yield from clean(text, start, start + len(member[0]), "listed beside", 0.7)


def _above(text: str, address: Span) -> Iterator[Span]:
    """The line above, when it is two to four capitalised words: whom the letter is for."""
    if found := _LINE_ABOVE.search(text, max(0, address.start - 120), address.start):
        yield from clean(text, *found.span("name"), "above an address", 0.7)


def introduced(window: str) -> Iterator[Span]:
    """Capitalised words after "I'm" that are in no list: names if the grammar says so."""
    for found in _I_AM.finditer(window):
        if found[0].lower().startswith(("i'm", "i’m", "i am")) and found["name"][0].isupper():
            yield from clean(window, *found.span("name"), "introduced", 0.8)


def clean(text: str, start: int, end: int, rule: str, confidence: float) -> Iterator[Span]:
    """The names within a find: verbs, titles and possessives trimmed, code and technology refused.

    A name stays on its line and carries neither digits nor characters of code.
    """
    technical = _technical_words(text, start, end)
    for run in _runs(text, start, end, technical):
        tokens = _trimmed(run)
        if not tokens:
            continue
        first, last = tokens[0].start(), tokens[-1].end()
        last -= _length_of_tail(text[first:last])
        if _can_be_a_name(text[first:last]) and not _EPONYM.match(text, last):
            yield Span(first, last, Label.NAME, confidence, rule)


def whole(text: str, end: int) -> int:
    """The end of a name that a model cut short: capitalised words beside it belong to it."""
    found = _REST.match(text, end)
    return found.end() if found else end


def _technical_words(text: str, start: int, end: int) -> set[str]:
    """Words of the find that name a technology, judged with what stands around them."""
    offset = max(0, start - 40)
    around = text[offset : end + 40]
    return {
        word.lower()
        for match in matches(around)
        if match.start + offset < end and start < match.end + offset
        for word in around[match.start : match.end].split()
    }


def _runs(text: str, start: int, end: int, technical: set[str]) -> Iterator[list[re.Match[str]]]:
    """Neighbouring words of a find that can be parts of one name."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        is_part = _is_part(token[0]) and token[0].lower() not in technical
        follows = bool(run) and text[run[-1].end() : token.start()] in (" ", "  ")
        if run and not (is_part and follows and not _LAST.search(run[-1][0])):
            yield run
            run = []
        if is_part:
            run.append(token)
    if run:
        yield run


def _is_part(word: str) -> bool:
    return not _NO_PART.search(word) and not _CONTRACTION.search(word)


def _trimmed(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """The run without the words at its edges that no name starts or ends with."""
    listed = any(_is_listed(token[0]) for token in run)
    keep = [_is_edge(token[0], alone=len(run) == 1, listed=listed) for token in run]
    if True not in keep:
        return []
    return run[keep.index(True) : len(run) - keep[::-1].index(True)]


def _is_edge(word: str, *, alone: bool, listed: bool) -> bool:
    bare = _POSSESSIVE.sub("", word).rstrip(".")
    if bare.lower() in ALSO_NAMES and not alone and not bare.islower():
        return True
    if not bare or bare.lower() in NO_NAMES:
        return False
    return listed or not bare[0].islower()


def _length_of_tail(value: str) -> int:
    """Length of a possessive or a full stop at the end; the dot of an initial stays."""
    if possessive := _POSSESSIVE.search(value):
        return len(possessive[0])
    return len(value) - len(value.rstrip(".-–—"))


def _can_be_a_name(value: str) -> bool:
    words = value.split()
    if not words or words[0].rstrip(".") in _PLACE_WORDS:
        return False
    if len(words) == 1 and (len(value) < 2 or (value.isupper() and not _is_listed(value))):
        return False
    return len(words) <= 6 and not is_technology(value) and any(len(word) > 1 for word in words)


def _listed(window: str, found: re.Match[str]) -> Iterator[Span]:
    """From the first listed first name to the end of the capitalised words."""
    for token in _TOKEN.finditer(window, *found.span()):
        if _is_listed(token[0]):
            alone = token.end() == found.end()
            if not (
                alone and _PLACE_BEFORE.search(window, max(0, token.start() - 12), token.start())
            ):
                yield from clean(window, token.start(), found.end(), "first name", 0.8)
            return


def _is_listed(name: str) -> bool:
    first = name.split()[0] if name.split() else ""
    return _POSSESSIVE.sub("", first).rstrip(".").lower() in FIRST_NAMES


def _is_common(word: str) -> bool:
    return word.lower() in NO_NAMES or word.lower() in _NOT_CALLED or is_technology(word)
