"""What of a sentence its speaker says in their own name and for a fact.

For whatever reads a text by patterns of its own: what is quoted, reported, supposed or asked is
blanked, so that “my brother said: I live in Vienna” says nothing of the speaker. Decided by the
grammar that tells statements apart, once for all of them.
"""

from collections.abc import Iterator

from memory.records import Sentence, Why
from memory.rules.statements import asides
from memory.rules.statements.clauses import Clause, clauses
from memory.rules.statements.finding import cut, said_before_asking, told_to_remember

_NOT_ONES_OWN = frozenset({Why.QUOTATION, Why.HYPOTHETICAL, Why.ANOTHERS_VIEW, Why.QUESTION})
"""Not what is aimed at the assistant: “you can call me Sam”, “you know that I use Vim”."""


def own_words(sentence: Sentence) -> str:
    """The sentence, with the rest blanked; all of it where its grammar was not read, or is that of
    another language."""
    if start := asides.taken_back(sentence.text):
        return own_words(cut(sentence, start, len(sentence.text)))
    if said := said_before_asking(sentence):
        return own_words(said)
    against = asides.of_the_sentence(sentence)
    if against in _NOT_ONES_OWN:
        return ""
    if against is Why.NOT_ENGLISH:
        return sentence.text
    blanked = list(sentence.text)
    for clause in clauses(sentence, 0):
        if _is_taken_at_its_word(clause, asked_for=against is Why.REQUEST):
            continue
        for start, end in _stretches(clause):
            blanked[start:end] = " " * (end - start)
    return "".join(blanked).strip()


def _is_taken_at_its_word(clause: Clause, *, asked_for: bool) -> bool:
    """“Write that I live in Rome” asks for it; “help me with this, we use Django” says it too."""
    if told := told_to_remember(clause):
        return _is_taken_at_its_word(told, asked_for=False)
    if asked_for and clause.subject is None:
        return False
    return asides.of_the_clause(clause) not in _NOT_ONES_OWN


def _stretches(clause: Clause) -> Iterator[tuple[int, int]]:
    for place in clause.places:
        word = clause.word(place)
        yield word.start, word.end
