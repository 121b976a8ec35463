"""A sentence cut into clauses: each verb that says something of its own, with its subject.

What a clause says is asked here in the words of grammar (tense, negation, object), so that the
other modules read as the shapes they look for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from memory.records import Sentence, Word

LONGEST = 150
"""Words; the parser makes nothing of a longer sentence, and walking its tree takes long."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_OBJECTS = ("dobj", "attr", "acomp", "oprd")
_BESIDE = ("conj", "ccomp", "parataxis", "dep", "advcl")
"""How a clause of its own hangs on another one's verb."""
_STOPPING = frozenset({"stop", "quit", "cease"})
_BEGINNING = frozenset({"start", "begin", "keep", "continue", "tend"})
_SLIPS = {"hat": "hate", "instal": "install", "'m": "be", "'re": "be", "'ve": "have"}
"""Lemmas that the pipeline gets wrong."""
_HAVE = ("have", "'s")
_REASONS = frozenset({"because", "since", "although", "though", "whereas", "as", "while"})
"""Before a clause that is as true as the one it hangs on."""
_NO_MORE = ("any more", "anymore", "any longer", "no longer", "no more")
_HABIT = re.compile(
    r"\b(?:usually|normally|typically|generally|mostly|always|never|every \w+|each \w+|once a \w+"
    r"|twice a \w+|on (?:\w+days|weekends?)|at weekends|in the (?:mornings|evenings))\b",
    re.IGNORECASE,
)
_LEFT_OUT = ("relcl", "acl", "advcl", "prep", "punct", "appos", "npadvmod", "advmod", "case")
"""Branches that say more of a thing but do not name it."""
_NAMING_PREPOSITIONS = frozenset({"of"})


@dataclass(frozen=True, slots=True)
class Clause:
    sentence: Sentence
    place: int
    """Of the sentence in the text."""
    head: int
    """The verb that governs the clause."""
    verb: int
    """The verb that says it: “use” in “I stopped using”, else the head."""
    subject: int | None
    own_subject: bool
    """False: the subject stands in another clause of the sentence."""
    ended: bool = False
    beside: frozenset[int] = frozenset()
    """Heads of the sentence's other clauses."""
    begun: bool = False
    """“I've started using”: it holds since then."""

    @property
    def lemma(self) -> str:
        return self.lemma_of(self.verb)

    def lemma_of(self, place: int) -> str:
        lemma = self.word(place).lemma.lower().replace("’", "'")
        return _SLIPS.get(lemma, lemma)

    def word(self, place: int) -> Word:
        return self.sentence.words[place]

    def lower(self, place: int) -> str:
        return self.word(place).text.lower()

    def children(self, *deps: str) -> list[int]:
        return self.sentence.children(self.verb, *deps)

    def child(self, *deps: str) -> int | None:
        return next(iter(self.children(*deps)), None)

    @property
    def places(self) -> list[int]:
        """Its words, without the clauses beside it."""
        found, waiting = [], [self.head]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += [i for i in self.sentence.children(at) if i not in self.beside]
        return sorted(found)

    @property
    def text(self) -> str:
        """Verbatim, without the conjunction or comma around it."""
        places = self.places
        while places and self.word(places[-1]).dep in ("punct", "cc"):
            places.pop()
        while places and self.word(places[0]).dep in ("punct", "cc", "mark"):
            places.pop(0)
        return self.sentence.verbatim(places)

    # -- how it is said ---------------------------------------------------------------------

    @property
    def helpers(self) -> list[int]:
        """Auxiliaries of the head and the verb."""
        heads = {self.head, self.verb}
        return [
            i
            for i, word in enumerate(self.sentence.words)
            if word.head in heads and word.dep in ("aux", "auxpass")
        ]

    @property
    def modal(self) -> str:
        """“will”, “would” and so on, as it is written; empty without one."""
        return next((self.lower(i) for i in self.helpers if self.word(i).tag == "MD"), "")

    @property
    def negated(self) -> bool:
        heads = {self.head, self.verb}
        words = self.sentence.words
        return any(word.dep == "neg" and word.head in heads for word in words) or any(
            word.lower() in ("never", "neither", "nobody")
            for word in (w.text for w in words if w.head in heads)
        )

    @property
    def said_to_be_over(self) -> bool:
        # “we no longer smoke and drink” says it once of both
        alone = self.own_subject and bool(self.beside)
        text = f" {(self.text if alone else self.sentence.text).lower()} "
        no_more = any(f" {words}" in text for words in _NO_MORE)
        return self.ended or " no longer " in text or (self.negated and no_more)

    @property
    def is_present(self) -> bool:
        """What holds in general: no past, no future, nothing under way."""
        tag = self.word(self.head).tag
        did = any(self.lower(i) == "did" for i in self.helpers)
        can = self.modal in ("", "can", "ca", "cannot")
        plain = tag in ("VBP", "VBZ") or (tag == "VB" and can and not did)
        return plain or self.ended or self.begun or self.has_lasted

    @property
    def is_habit(self) -> bool:
        """“I usually get up at five”."""
        return bool(_HABIT.search(self.text))

    @property
    def has_lasted(self) -> bool:
        """“I've been using”, “I have used … for ten years”."""
        helpers = {self.lemma_of(i) for i in self.helpers}
        has = not helpers.isdisjoint(_HAVE)
        tag = self.word(self.verb).tag
        if tag == "VBG":
            return any(self.lower(i) == "been" for i in self.helpers)
        since = any(self.lower(i) in ("for", "since") for i in self.children("prep", "mark"))
        got = self.lemma == "get" and has and tag in ("VBN", "VBD")
        return got or (tag == "VBN" and has and since)

    @property
    def is_past(self) -> bool:
        tags = {self.word(i).tag for i in (self.head, *self.helpers)}
        return "VBD" in tags and not self.modal and self.word(self.verb).tag != "VBG"

    @property
    def is_perfect(self) -> bool:
        has = any(self.lemma_of(i) in _HAVE for i in self.helpers)
        return has and self.word(self.verb).tag in ("VBN", "VBD")

    @property
    def is_under_way(self) -> bool:
        """“I'm getting”: it is so now, and may soon be over."""
        be = any(self.lemma_of(i) == "be" for i in self.helpers)
        tags = {self.word(i).tag for i in (self.verb, *self.helpers)}
        return "VBG" in tags and be and not self.has_lasted

    @property
    def is_passive(self) -> bool:
        return bool(self.children("auxpass"))

    # -- what it is said of -----------------------------------------------------------------

    def object(self, *deps: str) -> int | None:
        return self.child(*(deps or _OBJECTS))

    def via(self, *prepositions: str) -> int | None:
        """The noun behind one of these prepositions of the verb."""
        for preposition in self.children("prep", "agent", "prt"):
            if self.lower(preposition) in prepositions:
                for noun in self.sentence.children(preposition, "pobj", "pcomp"):
                    return noun
        return None

    def named(self, place: int) -> list[int]:
        """The words that name the thing here, without what is said of it besides."""
        found, waiting = [], [place]
        while waiting:
            at = waiting.pop()
            found.append(at)
            for i in self.sentence.children(at):
                word = self.word(i)
                naming = word.dep == "prep" and word.lemma in _NAMING_PREPOSITIONS
                if word.dep not in _LEFT_OUT or naming or (word.dep == "advmod" and i < at):
                    waiting.append(i)
        found += self._number_after(max(found))
        while found and self.word(max(found)).dep in ("punct", "cc"):
            found.remove(max(found))
        return sorted(found)

    def _number_after(self, place: int) -> list[int]:
        """A version or a number that the parser hung elsewhere: “PostgreSQL 14”."""
        words = self.sentence.words
        if place + 1 == len(words) or words[place].pos not in ("PROPN", "NOUN", "PRON"):
            return []
        following = words[place + 1]
        counts_another = following.dep in ("nummod", "compound") and following.head > place + 1
        return [place + 1] if following.pos == "NUM" and not counts_another else []

    def thing(self, place: int) -> str:
        said = self.sentence.verbatim(self.named(place))
        return said.rstrip(".") if self.sentence.text.endswith(said) else said

    def rest(self, place: int) -> str:
        """From here to the end of the clause, verbatim."""
        last = max(self.places)
        while last >= place and self.word(last).dep in ("punct", "cc"):
            last -= 1
        if last < place:
            return ""
        return self.sentence.text[self.word(place).start : self.word(last).end].rstrip(" .!")


def clauses(sentence: Sentence, place: int) -> tuple[Clause, ...]:
    """The clauses that are stated, in the order of their words; subordinate ones stay inside."""
    if len(sentence.words) > LONGEST:
        return ()
    # the parser sees several sentences in some that are one
    roots = [i for i, word in enumerate(sentence.words) if word.head == i]
    found = [clause for root in roots for clause in _from(sentence, place, root, None)]
    heads = frozenset(clause.head for clause in found)
    apart = (replace(clause, beside=heads - {clause.head}) for clause in found)
    return tuple(sorted(apart, key=lambda clause: clause.head))


def _from(sentence: Sentence, place: int, head: int, inherited: int | None) -> Iterator[Clause]:
    own = next(iter(_subjects(sentence, head)), None)
    subject = inherited if own is None else own
    if sentence.words[head].pos in ("VERB", "AUX"):
        yield _spoken(Clause(sentence, place, head, head, subject, own is not None))
    for i in sentence.children(head, *_BESIDE):
        if _stands_alone(sentence, head, i):
            yield from _from(sentence, place, i, subject)


def _subjects(sentence: Sentence, head: int) -> list[int]:
    """Those of the verb, or of the auxiliary where the parser hung them there: “we got married”."""
    return sentence.children(head, *_SUBJECTS) or [
        i
        for helper in sentence.children(head, "auxpass", "aux")
        for i in sentence.children(helper, *_SUBJECTS)
    ]


def _stands_alone(sentence: Sentence, head: int, place: int) -> bool:
    word = sentence.words[place]
    marks = {sentence.words[i].text.lower() for i in sentence.children(place, "mark", "advmod")}
    with_subject = bool(_subjects(sentence, place))
    if word.pos not in ("VERB", "AUX"):
        return False
    if word.dep == "advcl":
        return with_subject and not marks.isdisjoint(_REASONS)
    if sentence.children(place, "mark"):
        return False
    if word.dep == "conj":
        return with_subject or word.tag in ("VBP", "VBZ", "VBD", "VB")
    # “I live here, we work there” hangs as an object of what follows
    return with_subject and (place < head or _behind_a_mark(sentence, head, place))


def _behind_a_mark(sentence: Sentence, head: int, place: int) -> bool:
    """Whether a stop stands between the two: “; ”, “ - ”."""
    between = sentence.words[head + 1 : place]
    return any(word.text in (";", "-", "–", "—") for word in between)


def _spoken(clause: Clause) -> Clause:
    """The clause by the verb that matters: of “stopped using” and “used to use” it is “use”."""
    inner = clause.child("xcomp")
    ending = clause.lemma in _STOPPING or (
        clause.lemma == "give" and any(clause.lower(i) == "up" for i in clause.children("prt"))
    )
    if inner is None and ending:
        inner = clause.child("dobj")
        if inner is not None and not clause.lower(inner).endswith("ing"):
            return clause
    if inner is None or clause.word(inner).pos not in ("VERB", "NOUN"):
        return clause
    if ending and clause.word(inner).tag != "VB":
        return replace(clause, verb=inner, ended=True)
    to = any(clause.lower(i) == "to" for i in clause.sentence.children(inner, "aux"))
    if clause.lemma == "use" and to and clause.word(clause.head).tag in ("VBD", "VBN"):
        return replace(clause, verb=inner, ended=not clause.negated)
    if clause.lemma in _BEGINNING:
        return replace(clause, verb=inner, begun=clause.word(inner).tag == "VBG")
    return clause
