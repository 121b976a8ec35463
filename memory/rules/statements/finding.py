"""The way through a text: what each sentence states, or why it states nothing.

A sentence is first asked whether it can state anything; then its procedure or solution, which
are told by a whole sentence; then each of its clauses, from the most particular shape to the
least.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from memory.records import Finding, PassedOver, Sentence, Statement, Why
from memory.rules.statements import (
    asides,
    events,
    facts,
    opinions,
    plans,
    preferences,
    procedures,
    solutions,
)
from memory.rules.statements.clauses import Clause, clauses

_READERS: tuple[Callable[[Clause], Statement | None], ...] = (
    preferences.read,
    plans.decision,
    plans.commitment,
    opinions.read,
    facts.read,
    events.read,
)
"""From the most particular to the least: the first that finds something is right."""
_REMEMBERING = frozenset({"remember", "note", "forget", "remind", "know", "bear", "keep"})
"""“Remember that”, “don't forget that”, “you should know that”: what follows is the statement."""
_MEANING_TO = frozenset({"want", "mention", "add", "forget", "like"})
_TELLING = frozenset({"mention", "say", "add", "tell", "note"})
"""“I forgot to mention that”."""

_SAID_OF_ONESELF = re.compile(r"^(?:(?:hi|hello|hey|so|ok|okay|well)\W+)?(?:i|we|my|our)\b", re.I)
_HEADING = re.compile(
    r"^(?:(?:for )?context|background|fyi|note|info|btw|by the way|update|reminder|edit|ps|p\.s\."
    r"|about me|(?:a )?fun fact|just so you know|for the record|for your information)\s?[:,–-]?\s+",
    re.IGNORECASE,
)
_ASKED_BEHIND = re.compile(
    r"(?:[,;.]|\s[-–—])\s+(?:and |so |but )?(?:(?:can|could|would|will) you|please|what|which|who"
    r"|where|when|why|how|do you|did i|do i|am i|is there|are there|should i|can i"
    r"|any (?:idea|tips?))\b(?=.{3,300}$)"
    r"|\s(?:and|so|but) (?:can|could|would|will) you\b",
    re.IGNORECASE,
)
"""Where a sentence that began with oneself goes on to ask for something."""


def find_statements(parsed: Sequence[Sentence]) -> Finding:
    """What a person's sentences state, in their order, and why the others state nothing."""
    statements: list[Statement] = []
    passed: list[PassedOver] = []
    place = 0
    while place < len(parsed):
        if listed := procedures.over_lines(parsed, place):
            statements.append(listed[0])
            place += listed[1]
            continue
        before = statements[-1] if statements and statements[-1].sentence == place - 1 else None
        found, why = _read(parsed[place], place, before)
        statements += found
        if not found:
            passed.append(PassedOver(place, why))
        place += 1
    return Finding(tuple(statements), tuple(passed))


def _read(sentence: Sentence, place: int, before: Statement | None) -> tuple[list[Statement], Why]:
    said = said_before_asking(sentence)
    if said and (found := _read(said, place, before)[0]):
        return found, Why.QUESTION
    if heading := _HEADING.match(sentence.text):
        bare = cut(sentence, heading.end(), len(sentence.text))
        found, why = _read(bare, place, before)
        return [_as_said(statement, bare, sentence) for statement in found], why
    if start := asides.taken_back(sentence.text):
        rest = cut(sentence, start, len(sentence.text))
        return _read(rest, place, before) if rest.words else ([], Why.HYPOTHETICAL)
    against = asides.of_the_sentence(sentence)
    if against in (None, Why.REQUEST) and (wish := preferences.instruction(sentence, place)):
        return [wish], Why.REQUEST
    if against:
        return [], against
    whole = procedures.read(sentence, place) or solutions.read(sentence, place, before)
    return ([whole], Why.VAGUE) if whole else _by_its_clauses(sentence, place)


def _by_its_clauses(sentence: Sentence, place: int) -> tuple[list[Statement], Why]:
    spoken = clauses(sentence, place)
    read = [(clause, *_of_clause(clause)) for clause in spoken]
    stated = [(clause, statement) for clause, statement, _ in read if statement]
    reasons = [reason for _, _, reason in read if reason]
    reason = reasons[0] if reasons else asides.default_reason(spoken)
    return list(_told_apart(sentence, stated)), reason


def said_before_asking(sentence: Sentence) -> Sentence | None:
    """What stands before what is asked: “I'm vegetarian, can you suggest a dinner?”."""
    asked = _ASKED_BEHIND.search(sentence.text)
    if asked is None or not _SAID_OF_ONESELF.match(sentence.text):
        return None
    return cut(sentence, 0, asked.start())


def _as_said(statement: Statement, bare: Sentence, sentence: Sentence) -> Statement:
    """With “Context: ” or “by the way” before it again, where it is the whole sentence."""
    whole = statement.text == bare.text
    return replace(statement, text=sentence.text) if whole else statement


def cut(sentence: Sentence, start: int, end: int) -> Sentence:
    """A stretch of the sentence; words whose head is left out stand at the top."""
    kept = [i for i, word in enumerate(sentence.words) if start <= word.start and word.end <= end]
    new = {old: place for place, old in enumerate(kept)}
    words = tuple(
        replace(word, head=new.get(word.head, place), start=word.start - start)
        for place, word in enumerate(sentence.words[i] for i in kept)
    )
    return Sentence(sentence.text[start:end], words)


def _of_clause(clause: Clause) -> tuple[Statement | None, Why | None]:
    if told := told_to_remember(clause):
        return _of_clause(told)
    if why := asides.of_the_clause(clause):
        return None, why
    for reader in _READERS:
        if found := reader(clause):
            return found, None
    return None, None


def told_to_remember(clause: Clause) -> Clause | None:
    """What follows “remember that” or “I forgot to mention that”."""
    if clause.lemma in asides.SAYING:
        return _told_by_oneself(clause)
    subject = "" if clause.subject is None else clause.lower(clause.subject)
    if clause.lemma in _REMEMBERING and subject in ("", "you") and clause.modal != "will":
        return _inner(clause, clause.children("ccomp"))
    telling = clause.child("xcomp") if clause.lemma in _MEANING_TO and subject == "i" else None
    if telling is not None and clause.word(telling).lemma.lower() in _TELLING:
        return _inner(clause, clause.sentence.children(telling, "ccomp"))
    return None


def _inner(clause: Clause, places: Sequence[int]) -> Clause | None:
    """The clause of the first verb here that has a subject of its own."""
    for verb in places:
        subjects = clause.sentence.children(verb, "nsubj", "nsubjpass")
        if subjects and clause.word(verb).pos in ("VERB", "AUX"):
            return replace(clause, head=verb, verb=verb, subject=subjects[0], own_subject=True)
    return None


def _told_by_oneself(clause: Clause) -> Clause | None:
    """“I told you that I live in Berlin”, “User mentioned they use Django”."""
    if clause.subject is None or clause.negated or clause.modal:
        return None
    inner = _inner(clause, clause.children("ccomp"))
    if inner is None or clause.lower(clause.subject) not in ("i", "user", "customer"):
        return None
    assert inner.subject is not None
    oneself = clause.lower(inner.subject) in ("they", "he", "she")
    return replace(inner, subject=clause.subject) if oneself else inner


def _told_apart(
    sentence: Sentence, stated: Sequence[tuple[Clause, Statement]]
) -> Iterator[Statement]:
    """Each with its clause as text where several clauses with subjects of their own say something;
    else with the whole sentence, as it was said."""
    apart = len(stated) > 1 and all(clause.own_subject for clause, _ in stated)
    for _, statement in stated:
        yield statement if apart else replace(statement, text=sentence.text)
