"""How much a turn deserves long-term memory (article, section 4: “route intelligently”).

A base and a sum of terms, each with its reason, so that the page can show why something was
kept. Cues are looked for in what is stated; a question about a preference states none.
"""

import re
from collections.abc import Mapping, Sequence

from memory.records import EntityType, Importance, Mention, Role, Statement
from memory.rules.languages import is_foreign
from memory.rules.talk.questions import TOLD_TO_REMEMBER, is_question, is_small_talk

BASE = 0.4
TOLD = "explicit “remember”"
"""The term of what the person says is to be remembered."""

# The article's script gave a question about the weather 0.8 and kept it; with these weights any
# one real cue carries a plain statement over its threshold of 0.7, and nothing else does.
WEIGHTS: Mapping[str, float] = {
    TOLD: 0.5,
    "preference": 0.4,
    "decision": 0.4,
    "personal fact": 0.4,
    "problem": 0.3,
    "solution": 0.3,
    "states something lasting": 0.35,
    "names and technologies": 0.1,
    "length": 0.05,
    "told at length": 0.35,
    "in another language": 0.45,
    "very short": -0.1,
    "question": -0.3,
    "small talk": -0.4,
    "assistant's words": -0.4,
}
LONG_WORDS = 8
SHORT_WORDS = 3
TOLD_WORDS = 12
"""Of what another speaker states. The grammar is read of the person's own words only, so that of
theirs the length must tell; in long conversations 96 of 100 turns that answer a question later have
as many."""

PREFERENCE = re.compile(
    r"\b(?:i|we)(?:['’]d)?(?: (?:really|strongly|usually|always|generally|much|would))* "
    r"(?:prefer|like|love|enjoy|hate|dislike|favou?r|avoid|can['’]t stand"
    r"|(?:don['’]t|do not) (?:like|want|enjoy|eat|drink))\b"
    r"|\bmy (?:\w+ )?(?:favou?rite|preference|preferred)\b"
    r"|\b(?:i|we)(?:['’]d)? rather\b"
    r"|\b(?:always|never) (?:use|give|show|write|answer|send|call|include|add)\b",
    re.IGNORECASE,
)
DECISION = re.compile(
    r"\b(?:i|we)(?:['’]ve| have)? (?:just |finally |all |now )*"
    r"(?:decided|agreed|chose|chosen|settled on|picked|opted|committed to|switched|migrated)\b"
    r"|\b(?:the|our|my) (?:final )?decision\b"
    r"|\b(?:let['’]s|we['’]ll|i['’]ll|we will|i will|we['’]re going to|i['’]m going to) "
    r"(?:go with|use|stick with|switch|move to|adopt|drop|keep(?! (?:\w+ )?in mind))\b",
    re.IGNORECASE,
)
PERSONAL_FACT = re.compile(
    r"\b(?:i['’]m|i am) (?!(?:getting|trying|seeing|having|wondering|not sure|sure|afraid"
    r"|sorry|fine|good|ok|okay|here|back|done|ready|looking|asking|just|curious|sorry)\b)\w+"
    r"|\bi (?:live|lived|work|worked|study|studied|own|speak|use|run|teach|manage|lead|build"
    r"|maintain|moved|was (?:born|raised|diagnosed)|grew up|started|joined|graduated|married|play"
    r"|have (?:a|an|two|three|been))\b"
    r"|\bwe (?:use|run|have|deploy|ship|live|work|host|build)\b"
    r"|\bmy (?:\w+(?:['’]s)? ){0,3}(?:is|are|was|were|has|have|lives|works|likes|died|started"
    r"|called|uses|runs)\b"
    r"|\bcall me \w+|\bi['’]ve (?:been|worked|lived|moved|got|had)\b",
    re.IGNORECASE,
)
PROBLEM = re.compile(
    r"\b(?:errors?|exception|bugs?|crash(?:es|ed|ing)?|timeouts?|timed out|fail(?:s|ed|ing|ure)?"
    r"|broken|doesn['’]t work|not working|leaks?|stuck|issue|problem|regression|outage)\b",
    re.IGNORECASE,
)
SOLUTION = re.compile(
    r"\b(?:fixed|solved|resolved|solution|workaround|root cause|turned out|works now"
    r"|solves?|fix(?:es)? (?:it|this|that)|the fix)\b",
    re.IGNORECASE,
)
CUES = (
    (TOLD, TOLD_TO_REMEMBER),
    ("preference", PREFERENCE),
    ("decision", DECISION),
    ("personal fact", PERSONAL_FACT),
    ("problem", PROBLEM),
    ("solution", SOLUTION),
)
FOREIGN = "in another language"
AT_LENGTH = "told at length"
LASTING = "states something lasting"
NO_FAULTS = frozenset({"very short", "question"})
"""Of a statement: what asks behind it is another part of the sentence."""
ABOUT_THE_SPEAKER = frozenset({"preference", "decision", "personal fact"})
"""What the assistant says of this sort is about nobody."""


def importance(
    text: str,
    role: Role,
    sentences: Sequence[str],
    mentions: Sequence[Mention] = (),
    *,
    by_another: bool = False,
) -> Importance:
    """The score, 0 to 1, with the terms that are not zero; they add up to it before the clamp.

    ``by_another``: a named speaker who is not the person said it.
    """
    terms = {"base": BASE}
    terms |= {name: WEIGHTS[name] for name in _signs(text, role, sentences, mentions)}
    if role is Role.USER and _is_told_in_another_language(text, sentences):
        terms[FOREIGN] = WEIGHTS[FOREIGN]
    if by_another and role is Role.USER and _stated_words(sentences) >= TOLD_WORDS:
        terms[AT_LENGTH] = WEIGHTS[AT_LENGTH]
    return Importance(min(1.0, max(0.0, round(sum(terms.values()), 6))), terms)


def _is_told_in_another_language(text: str, sentences: Sequence[str]) -> bool:
    """No cue is known in it: what is told is kept word for word, what is asked is not."""
    return is_foreign(text) and not all(each.rstrip().endswith(("?", "？")) for each in sentences)


def _stated_words(sentences: Sequence[str]) -> int:
    return sum(len(each.split()) for each in sentences if not is_question(each))


def of_statement(statement: Statement, mentions: Sequence[Mention] = ()) -> Importance:
    """Of one statement: that its grammar states something lasting counts where no cue does, and
    being short is no fault in what is whole."""
    text = statement.text
    found = importance(text, Role.USER, [text], mentions).terms
    terms = {name: value for name, value in found.items() if name not in NO_FAULTS}
    if terms.keys().isdisjoint(name for name, _ in CUES):
        terms[LASTING] = WEIGHTS[LASTING]
    return Importance(min(1.0, max(0.0, round(sum(terms.values()), 6))), terms)


def _signs(
    text: str, role: Role, sentences: Sequence[str], mentions: Sequence[Mention]
) -> list[str]:
    stated = [sentence for sentence in sentences if not is_question(sentence)]
    statement = " ".join(stated)
    signs = [
        name
        for name, cue in CUES
        if cue.search(statement) and not (role is Role.ASSISTANT and name in ABOUT_THE_SPEAKER)
    ]
    words = len(statement.split())
    if stated and any(mention.type is not EntityType.CONCEPT for mention in mentions):
        signs.append("names and technologies")
    if words >= LONG_WORDS:
        signs.append("length")
    if len(text.split()) <= SHORT_WORDS:
        signs.append("very short")
    if not stated:
        signs.append("question")
    if is_small_talk(sentences):
        signs.append("small talk")
    if role is Role.ASSISTANT:
        signs.append("assistant's words")
    return signs
