"""Named things: every candidate's evidence is summed over all places where its name stands.

Names in a list are of one sort, so that each hears part of what speaks for its neighbour; a name
that is plain in one place takes its type in the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from memory.records import EntityType, Mention, Sentence, Span
from memory.rules import technologies
from memory.rules.entities import aliases, candidates, evidence
from memory.rules.entities.candidates import Candidate
from memory.rules.entities.words import TITLES

MOST_CANDIDATES = 150
"""Of one text's grammar; behind them nothing is named: a list of a thousand names returns."""
FROM_NEIGHBOUR = 0.7
"""Share of a neighbour's evidence that counts for the others of its list."""

Weights = defaultdict[EntityType, float]
Named = tuple[int, range, Mention]
"""The sentence, the words in it and what they name. In a sentence without grammar the words are an
empty range at the name's offset."""

_LISTING = frozenset((",", "and", "or", "&", "nor", "/"))


def find(sentences: Sequence[Sentence], people: Sequence[Sequence[Span]]) -> list[Named]:
    """What is named, and where. ``people``: for each sentence the names already found in it.

    A thing by several names has one mention, by its fullest name.
    """
    by_sentence = [
        candidates.candidates(place, sentence, people[place])
        for place, sentence in enumerate(sentences)
    ]
    found = [candidate for each in by_sentence for candidate in each][:MOST_CANDIDATES]
    weights = [
        _summed(evidence.weigh(c, by_sentence[c.sentence], sentences, people[c.sentence]))
        for c in found
    ]
    totals = [
        _summed([*evidence.of_shape(c), *heard.items()])
        for c, heard in zip(found, _with_neighbours(found, weights, sentences), strict=True)
    ]
    mentions = _decided(found, totals)
    named = [(c.sentence, c.words, mentions[c.name]) for c in found if c.name in mentions]
    return [*named, *_unparsed(sentences, people)]


def _summed(heard: candidates.Evidence) -> Weights:
    weights: Weights = defaultdict(float)
    for type_, weight in heard:
        weights[type_] += weight
    return weights


def _with_neighbours(
    found: Sequence[Candidate], weights: Sequence[Weights], sentences: Sequence[Sentence]
) -> list[Weights]:
    """Each with its share of what speaks for the names before and behind it in a list."""
    shared = [_summed(each.items()) for each in weights]
    for i, (one, other) in enumerate(pairwise(found)):
        if one.sentence == other.sentence and _listed(one, other, sentences[one.sentence]):
            for to, source in ((i, i + 1), (i + 1, i)):
                for type_, weight in weights[source].items():
                    shared[to][type_] += FROM_NEIGHBOUR * weight
    return shared


def _listed(one: Candidate, other: Candidate, sentence: Sentence) -> bool:
    """Whether "and" or a comma stands between them, or "to" in "from one to the other"."""
    between = [word.text.lower() for word in sentence.words[one.words.stop : other.words.start]]
    if between == ["to"]:
        first = one.words.start
        return first > 0 and sentence.words[first - 1].text.lower() == "from"
    return 0 < len(between) <= 2 and _LISTING.issuperset(between)


def _decided(found: Sequence[Candidate], weights: Sequence[Weights]) -> dict[str, Mention]:
    """What each name mentions; names with too little evidence are left out."""
    fullest = _fullest({candidate.name for candidate in found})
    members: defaultdict[str, list[Candidate]] = defaultdict(list)
    totals: defaultdict[str, Weights] = defaultdict(lambda: defaultdict(float))
    for candidate, heard in zip(found, weights, strict=True):
        name = fullest[candidate.name]
        members[name].append(candidate)
        for type_, weight in heard.items():
            totals[name][type_] += weight
    decided = {name: _mention(name, members[name], totals[name]) for name in members}
    return {
        name: mention for name, full in fullest.items() if (mention := decided[full]) is not None
    }


def _fullest(names: set[str]) -> Mapping[str, str]:
    """For each name the fullest one of the same thing."""
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda n: (-len(n.split()), n.islower(), -len(n), n)):
        found[name] = aliases.canonical(name, dict.fromkeys(found.values())) or name
    return found


def _mention(name: str, members: Sequence[Candidate], total: Weights) -> Mention | None:
    """What all the places of a name say together; None when it is too little."""
    best, score = max(total.items(), key=lambda one: one[1], default=(EntityType.CONCEPT, 0.0))
    if score < min(candidate.needs for candidate in members):
        return None
    known = [candidate.known for candidate in members if candidate.known is not None]
    if known and best is EntityType.TECHNOLOGY:
        return replace(_technology(known), evidence=score)
    titles = [c.title for c in members if c.title.rstrip(".").lower() in TITLES]
    is_titled = titles and best is EntityType.PERSON
    attributes = {"title": titles[0]} if is_titled else {}
    return Mention(name, best, attributes=attributes, evidence=score)


def _technology(known: Sequence[Mention]) -> Mention:
    """By its canonical name; the version is an attribute, the last one said."""
    name = aliases.without_version(known[0].name)
    versions = [mention.name[len(name) + 1 :] for mention in known if mention.name != name]
    attributes = {"version": versions[-1]} if versions else {}
    return Mention(name, EntityType.TECHNOLOGY, known[0].category, attributes)


def _unparsed(sentences: Sequence[Sentence], people: Sequence[Sequence[Span]]) -> Iterator[Named]:
    """Known technologies and people in sentences whose grammar was not read."""
    for place, sentence in enumerate(sentences):
        if sentence.words:
            continue
        for match in technologies.matches(sentence.text):
            yield place, range(match.start, match.start), _technology([match.mention])
        for span in people[place]:
            name = aliases.bare_name(sentence.text[span.start : span.end])
            yield place, range(span.start, span.start), Mention(name, EntityType.PERSON)
