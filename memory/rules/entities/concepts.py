"""Generic nouns worth remembering: what goes wrong, and what software is about.

A concept is named by its head, in the singular: an "authentication bug" is the concept "bug", with
"authentication" as its ``kind``, and "authentication" as well, which is a concept of its own. Words
that mean other things outside software ("leak", "performance") need technical company in the same
text. A database without a name is a technology, as in the article (section 3), unless it is asked
for.
"""

from collections.abc import Container, Iterator, Sequence

from memory.records import EntityType, Mention, Sentence

_PLAIN_LISTING = """
    bug error timeout exception regression outage downtime latency deadlock bottleneck segfault
    traceback stacktrace workaround hotfix authentication authorization authorisation encryption
    optimization optimisation refactoring concurrency scalability throughput caching logging
    debugging deployment rollback backup migration downgrade serialization indexing pagination
    middleware microservice webhook endpoint api login signup password-reset memory-leak typo
    vulnerability exploit malware phishing ransomware breach firewall overflow race-condition
    backlog roadmap
"""
_PLAIN = frozenset(_PLAIN_LISTING.split())
_IN_COMPANY_LISTING = """
    issue problem performance crash leak failure feature requirement security cache release test
    testing request query schema transaction index load replication configuration dependency
    upgrade permission session token incident glitch warning lag corruption integration pipeline
    monitoring
"""
_IN_COMPANY = frozenset(_IN_COMPANY_LISTING.split())
"""Concepts only where the text speaks of software."""
_TECHNICAL_LISTING = """
    app application system server service database code codebase api backend frontend repo
    repository software script module library framework endpoint deploy deployment staging login
    browser website cluster cloud developer programmer commit compile debug authentication bug
    error timeout exception query python sdk plugin
"""
_TECHNICAL = frozenset(_TECHNICAL_LISTING.split())
_GENERIC_TECHNOLOGIES = frozenset(("database",))
_NOUNS = frozenset(("NOUN", "PROPN"))

Found = tuple[int, range, Mention]
"""The sentence, the words and what they mention."""


def find(
    sentences: Sequence[Sentence], taken: Sequence[Container[int]], *, technical: bool = False
) -> list[Found]:
    """Concepts in order; ``taken`` are the words of each sentence that name something.

    ``technical``: the text names a technology, so that it speaks of software.
    """
    technical = technical or _is_technical(sentences)
    return [
        found
        for place, sentence in enumerate(sentences)
        for found in _in_sentence(place, sentence, taken[place], technical)
    ]


def _is_technical(sentences: Sequence[Sentence]) -> bool:
    return any(word.lemma.lower() in _TECHNICAL for s in sentences for word in s.words)


def _in_sentence(
    place: int, sentence: Sentence, taken: Container[int], technical: bool
) -> Iterator[Found]:
    for i, word in enumerate(sentence.words):
        lemma = word.lemma.lower()
        if i in taken or word.pos not in _NOUNS:
            continue
        if lemma in _GENERIC_TECHNOLOGIES:
            if _is_asked_for(sentence, i):
                continue
            yield place, range(i, i + 1), Mention(lemma, EntityType.TECHNOLOGY, lemma)
        elif lemma in _PLAIN or (technical and lemma in _IN_COMPANY):
            kind = _kind(sentence, i, taken)
            attributes = {"kind": kind} if kind else {}
            yield place, range(i, i + 1), Mention(lemma, EntityType.CONCEPT, attributes=attributes)


def _is_asked_for(sentence: Sentence, at: int) -> bool:
    """“Which database do we use?” tells of none."""
    words = sentence.words
    determiners = {words[i].tag for i in sentence.children(at, "det")}
    first = words[0]
    opens_by_asking = first.tag.startswith("W") and words[first.head].head == first.head
    asks = opens_by_asking or sentence.text.rstrip("\"'”’) !").endswith("?")
    return asks or "WDT" in determiners


def _kind(sentence: Sentence, at: int, taken: Container[int]) -> str:
    """The nouns directly before it: "checkout page" of a checkout page bug; no names."""
    first = at
    while first > 0 and first - 1 not in taken and sentence.words[first - 1].dep == "compound":
        first -= 1
    return sentence.verbatim(range(first, at)).lower() if first < at else ""
