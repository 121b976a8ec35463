"""What a text speaks of: people, organizations, projects, technologies, places and concepts, and
what they have to do with one another.

``candidates``, ``evidence`` (from ``cues`` in terms of ``deeds`` and ``words``, and from what is
``known``) and ``names``, which decides: named things. ``concepts``: the nouns that matter.
``relations``: who does what. ``aliases``: one thing by many names. ``relevance``: which of what is
known a question is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from memory.records import EntityType, Label, Mention, Relation, Sentence, Span
from memory.rules.entities import aliases, concepts, names, relations


@dataclass(frozen=True, slots=True)
class Findings:
    mentions: tuple[Mention, ...]
    """Each once, in order of appearance."""
    relations: tuple[Relation, ...]
    """Between those mentions."""


def find(
    text: str, sentences: Sequence[Sentence], spans: Iterable[Span], own_names: Iterable[str] = ()
) -> Findings:
    """Everything that the text's sentences mention and state.

    ``spans`` are the personal data in ``text``. ``own_names`` are the speaker's, who is left out.
    """
    people = _placed(text, sentences, [span for span in spans if span.label is Label.NAME])
    own = list(own_names)
    named = [
        (place, words, mention)
        for place, words, mention in names.find(sentences, people)
        if mention.type is not EntityType.PERSON or aliases.canonical(mention.name, own) is None
    ]
    technical = any(mention.type is EntityType.TECHNOLOGY for _, _, mention in named)
    taken = _by_sentence(sentences, named)
    nouns = concepts.find(sentences, taken, technical=technical)
    found = sorted([*named, *nouns], key=lambda one: (one[0], one[1].start))
    mentions = _merged(mention for _, _, mention in found)
    placed = [
        {i: mentions[_key(mention)] for i, mention in each.items()}
        for each in _by_sentence(sentences, found)
    ]
    return Findings(tuple(mentions.values()), relations.find(sentences, placed))


def _by_sentence(
    sentences: Sequence[Sentence], found: Iterable[names.Named]
) -> list[dict[int, Mention]]:
    """For each sentence what each of its words mentions."""
    placed: list[dict[int, Mention]] = [{} for _ in sentences]
    for place, words, mention in found:
        placed[place].update(dict.fromkeys(words, mention))
    return placed


def _key(mention: Mention) -> tuple[str, str]:
    return mention.name, mention.type


def _merged(mentions: Iterable[Mention]) -> dict[tuple[str, str], Mention]:
    """One mention for each thing, with all that is said of it."""
    merged: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        earlier = merged.setdefault(_key(mention), mention)
        merged[_key(mention)] = replace(
            earlier,
            attributes={**earlier.attributes, **mention.attributes},
            evidence=max(earlier.evidence, mention.evidence),
        )
    return merged


def _placed(text: str, sentences: Sequence[Sentence], found: Sequence[Span]) -> list[list[Span]]:
    """For each sentence the names in it, by their offsets there; sentences stand in order."""
    placed, begin = [], 0
    for sentence in sentences:
        start = text.find(sentence.text, begin)
        begin = end = start + len(sentence.text)
        inside = [span for span in found if start <= span.start and span.end <= end]
        placed.append(
            [replace(span, start=span.start - start, end=span.end - start) for span in inside]
        )
    return placed
