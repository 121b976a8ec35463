"""Who does what to whom, read off the grammar of each sentence.

Only what a sentence states: no questions, no wishes, nothing that may or will be, nothing under an
"if" or under what somebody merely believes. What it denies is kept as negated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from memory.records import EntityType, Mention, Relation, Sentence

Placed = Mapping[int, Mention]
"""What each word of a sentence mentions, by its place."""

_MODAL = frozenset(
    (
        "would",
        "could",
        "should",
        "might",
        "may",
        "must",
        "can",
        "will",
        "shall",
        "'ll",
        "’ll",
        "'d",
        "’d",
    )
)
_UNREAL = frozenset(
    ("if", "unless", "whether", "lest", "maybe", "perhaps", "probably", "possibly", "almost")
)
_DOUBTED_UNDER = frozenset(
    (
        "think",
        "believe",
        "hope",
        "wish",
        "doubt",
        "suppose",
        "guess",
        "imagine",
        "claim",
        "deny",
        "pretend",
        "assume",
        "suspect",
        "wonder",
        "want",
        "ask",
        "suggest",
        "recommend",
        "propose",
        "dream",
        "fear",
        "expect",
    )
)
"""What is said under these verbs is nobody's statement of a fact."""
_NEGATING = frozenset(("never", "nobody", "neither", "hardly"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_PRESENT = frozenset(("do", "does"))
_STATES = frozenset(("be",))
_PLACED_BY = frozenset(("from", "in", "at", "with", "on", "by", "near"))
_OWNERS = frozenset((EntityType.PROJECT, EntityType.ORGANIZATION))
_DEEDS = {
    "fix": "fixed",
    "review": "reviewed",
    "report": "reported",
    "rewrite": "rewrote",
    "redesign": "redesigned",
}
"""Nouns that are deeds: in "Ada's bug fix" somebody fixed a bug."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb with what it states, in one sentence."""

    sentence: Sentence
    placed: Placed
    verb: int
    negated: bool


def find(sentences: Sequence[Sentence], placed: Sequence[Placed]) -> tuple[Relation, ...]:
    """All relations between what is mentioned, each once, in order."""
    found = (
        relation
        for place, sentence in enumerate(sentences)
        if placed[place] and not sentence.text.rstrip("\"'”’) ").endswith("?")
        for relation in _in_sentence(place, sentence, placed[place])
    )
    return tuple(dict.fromkeys(found))


def _in_sentence(place: int, sentence: Sentence, placed: Placed) -> Iterator[Relation]:
    for i, word in enumerate(sentence.words):
        if word.pos in ("VERB", "AUX") and _is_stated(sentence, i):
            clause = _Clause(sentence, placed, i, _is_negated(sentence, i))
            yield from _of_clause(place, clause)
        elif word.pos in ("NOUN", "VERB") and word.lemma in _DEEDS:
            yield from _of_deed(place, sentence, placed, i)


def _of_clause(place: int, clause: _Clause) -> Iterator[Relation]:
    for subject in _subjects(clause):
        for verb, said, thing in _objects(clause):
            if thing.name != subject.name:
                yield Relation(subject, verb, thing, said, clause.negated, place)


def _of_deed(place: int, sentence: Sentence, placed: Placed, at: int) -> Iterator[Relation]:
    verb = sentence.words[at].lemma
    doers = _mentioned(sentence, placed, sentence.children(at, "poss"))
    things = _mentioned(sentence, placed, sentence.children(at, "compound"))
    yield from (Relation(a, verb, b, _DEEDS[verb], sentence=place) for a in doers for b in things)


# -- what is stated -----------------------------------------------------------------------


def _is_stated(sentence: Sentence, verb: int) -> bool:
    """Whether the clause is told as a fact, and so is every clause that it is part of."""
    words = sentence.words
    at = verb
    for _ in words:
        if not _is_real(sentence, at):
            return False
        head = words[at].head
        if head == at:
            return True
        if words[at].dep in ("ccomp", "xcomp") and words[head].lemma in _DOUBTED_UNDER:
            return False
        at = head
    return False


def _is_real(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    aux = {words[i].text.lower() for i in sentence.children(at, "aux", "auxpass")}
    marks = {words[i].text.lower() for i in sentence.children(at, "mark", "advmod")}
    if words[at].dep == "xcomp" or (words[at].dep in ("advcl", "acl") and "to" in aux):
        return False
    return _MODAL.isdisjoint(aux) and _UNREAL.isdisjoint(marks)


def _is_negated(sentence: Sentence, verb: int) -> bool:
    words = sentence.words
    if sentence.children(verb, "neg"):
        return True
    below = [words[i].text.lower() for i in sentence.children(verb)]
    return not _NEGATING.isdisjoint(below)


# -- who and whom -------------------------------------------------------------------------


def _subjects(clause: _Clause) -> list[Mention]:
    sentence = clause.sentence
    if _is_passive(clause):
        agents = [
            j for i in sentence.children(clause.verb, "agent") for j in sentence.children(i, "pobj")
        ]
        return _mentioned(sentence, clause.placed, agents)
    return _mentioned(sentence, clause.placed, _subject_places(sentence, clause.verb))


def _subject_places(sentence: Sentence, verb: int) -> list[int]:
    """Of the verb itself, else of the verb it is joined to: "she met Bo and left"."""
    words, at = sentence.words, verb
    for _ in words:
        own = sentence.children(at, "nsubj", "nsubjpass")
        # the parser takes some names before a verb for a time, as in "Sunday we met"
        own += [i for i in sentence.children(at, "npadvmod") if i < at and words[i].pos == "PROPN"]
        if own:
            return [_antecedent(sentence, at, i) for i in own]
        if words[at].dep != "conj" or words[words[at].head].pos not in ("VERB", "AUX"):
            return []
        at = words[at].head
    return []


def _antecedent(sentence: Sentence, verb: int, at: int) -> int:
    """What "who" or "which" stands for."""
    words = sentence.words
    if words[verb].dep == "relcl" and words[at].text.lower() in _RELATIVE:
        return words[verb].head
    return at


def _is_passive(clause: _Clause) -> bool:
    verb = clause.sentence.words[clause.verb]
    passive = clause.sentence.children(clause.verb, "auxpass", "nsubjpass", "agent")
    return verb.tag == "VBN" and bool(passive)


def _objects(clause: _Clause) -> Iterator[tuple[str, str, Mention]]:
    """Verb, the verb as it was said, and what it is done to."""
    sentence = clause.sentence
    verb, said = _verb(clause)
    direct = _done_to(clause)
    if sentence.words[clause.verb].lemma not in _STATES:
        for thing in _mentioned(sentence, clause.placed, direct, wide=True):
            yield verb, said, thing
    if not direct:
        yield from _with_prepositions(clause, verb, said)


def _done_to(clause: _Clause) -> list[int]:
    """What it is done to: the object, in a passive the subject, or what the clause describes."""
    sentence, verb = clause.sentence, clause.verb
    described = [sentence.words[verb].head] if sentence.words[verb].dep in ("acl", "relcl") else []
    if _is_passive(clause):
        return _subject_places(sentence, verb) or described
    direct = [_antecedent(sentence, verb, i) for i in sentence.children(verb, "dobj")]
    if direct or sentence.words[verb].dep != "relcl":
        return direct
    subjects = sentence.children(verb, "nsubj")
    is_theirs = subjects and sentence.words[subjects[0]].text.lower() not in _RELATIVE
    return described if is_theirs else []


def _with_prepositions(clause: _Clause, verb: str, said: str) -> Iterator[tuple[str, str, Mention]]:
    """ "works at", "moved to"; and what somebody is to another: "is married to", "is head of"."""
    sentence, words = clause.sentence, clause.sentence.words
    for i in sentence.children(clause.verb, "prep", "agent"):
        yield from _behind(clause, i, verb, said)
    if words[clause.verb].lemma in _STATES:
        for state in sentence.children(clause.verb, "acomp", "attr"):
            for i in sentence.children(state, "prep") if state not in clause.placed else ():
                text = words[state].text
                yield from _behind(clause, i, f"{verb} {text.lower()}", f"{said} {text}")


def _behind(
    clause: _Clause, preposition: int, verb: str, said: str
) -> Iterator[tuple[str, str, Mention]]:
    sentence = clause.sentence
    word = sentence.words[preposition].text.lower()
    if verb in _STATES and word not in _PLACED_BY:
        return
    for thing in _mentioned(sentence, clause.placed, sentence.children(preposition, "pobj")):
        yield f"{verb} {word}", f"{said} {word}", thing


def _verb(clause: _Clause) -> tuple[str, str]:
    """Its lemma and its own form, each with the particle: "set up", "did not set up"."""
    sentence, word = clause.sentence, clause.sentence.words[clause.verb]
    particles = [sentence.words[i].text.lower() for i in sentence.children(clause.verb, "prt")]
    aux = [sentence.words[i].text.lower() for i in sentence.children(clause.verb, "aux")]
    lemma = " ".join([word.lemma.lower(), *particles])
    if clause.negated and word.lemma in _STATES:
        return lemma, f"{word.text.lower()} not"
    if clause.negated:
        return lemma, f"{'does' if _PRESENT.intersection(aux) else 'did'} not {lemma}"
    before = aux if word.tag == "VBG" else []
    return lemma, " ".join([*before, word.text.lower(), *particles])


def _mentioned(
    sentence: Sentence, placed: Placed, places: Sequence[int], *, wide: bool = False
) -> list[Mention]:
    """What these words, those joined to them and their appositions mention.

    ``wide``: and the concepts before them, so that a "timeout error" is a timeout, too.
    """
    found: dict[Mention, None] = {}
    waiting = list(places)
    seen: set[int] = set()
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        if at in placed:
            found[placed[at]] = None
        else:
            found |= dict.fromkeys(_name_before(sentence, placed, at))
        waiting += sentence.children(at, "conj", "appos")
        if wide:
            waiting += sentence.children(at, "compound")
    return list(found)


def _name_before(sentence: Sentence, placed: Placed, at: int) -> list[Mention]:
    """The project or company that a noun belongs to: in "the Halcyon app" it is Halcyon."""
    before = [placed[i] for i in sentence.children(at, "compound") if i in placed]
    return [mention for mention in before if mention.type in _OWNERS]
