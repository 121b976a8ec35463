"""How a sentence can be said back: as a clause of ours (“I'll remember that you use Vim”), or only
as a quotation, because it tells somebody to do something or is no whole sentence.

Pattern work without a grammar, so it stays on the safe side: what is not surely a subject with its
verb is quoted, which is never wrong.
"""

import re
from collections.abc import Iterator

from memory.records import Label
from memory.rules.talk.phrasing import without_opening

_INSTRUCTION = re.compile(
    r"^(?:please|remind me|always|never|don['’]?t|do not|call me|use|avoid|keep|answer|reply"
    r"|respond|speak|write|show|give|stop|start|make sure|be|add|include|assume|treat|stick"
    r"|prefer|address|refer|no (?:more )?(?:emojis?|jargon))\b(?! (?:is|are|was|were|has|have)\b)",
    re.IGNORECASE,
)
_BE_OR_HAVE = (
    r"(?:is|are|was|were|am|has|have|had|does|did|will|would|can|could|should|must|may|might"
    r"|isn['’]t|aren['’]t|wasn['’]t|won['’]t|can['’]t|don['’]t|doesn['’]t|didn['’]t)"
)
# “On Fridays”, “When I code”, “Actually”: before the subject.
_ADJUNCT = (
    r"(?:(?:on|in|at|after|before|since|for|from|until|during|when|whenever|if|while|because"
    r"|although|today|yesterday|tomorrow|now|sometimes|usually|currently|last|next|this)\b"
    r"[^,.;:]{0,60}?,? (?=(?:i|we|my|our|he|she|they|it|the)\b))?"
)
_IRREGULAR_PAST = (
    r"(?:went|got|left|broke|met|made|took|came|gave|said|told|wrote|ran|began|built|bought|taught"
    r"|thought|kept|lost|paid|sold|spoke|spent|won|grew|fell|became|found|felt|chose|drove|flew"
    r"|forgot|held|knew|led|read|saw|sent|set|put|cost|sat|slept|stood|understood|wore)"
)
_VERB = rf"(?:{_BE_OR_HAVE}|{_IRREGULAR_PAST}|[\w-]{{2,}}(?<!['’])(?:(?<!s)s|ed)(?!['’]))\b"
_TOLD_TO = re.compile(
    r"^(?:e-?mail|mail|call|ring|phone|text|message|ping|send|buy|book|pay|pick|get|bring|take|meet"
    r"|ask|tell|see|look|try|fix|update|deploy|run|install|open|close|review|check|finish|submit"
    r"|contact|visit|watch|cancel|renew|return|bake|cook|feed|clean|wash|water|read|learn"
    rf"|follow|go|let|leave|move|put|set|turn|wait|wake)\b(?! {_BE_OR_HAVE}\b)",
    re.IGNORECASE,
)
_PRONOUN = (
    r"(?:i|we|you|he|she|it|they|there|somebody|someone|nobody|everybody|everyone|everything)"
    r"(?:['’](?:m|re|ve|s|d|ll))?\s+\w"
    r"|(?:im|ive) \w|(?:that|this|it|there|here|what|who)['’]s \w"
)
_DETERMINER = (
    r"(?:my|our|your|his|her|its|their|the|a|an|this|that|these|those|all|most|some|every|each|no"
    r"|one|two|three|both|many|few)"
)
# What follows an order, never a subject: “mail me”, “hand out the cards”.
_AFTER_AN_ORDER = r"(?:me|us|him|them|my|our|your|a|an|the|to|at|by|up|out|off|down)"
_SUBJECT_AND_VERB = re.compile(
    rf"^{_ADJUNCT}(?:{_PRONOUN}"
    # “my daughter Anya plays”, “the deploy broke”: the verb is known by its form
    rf"|{_DETERMINER} (?:[^\s.!?;:]+ ){{1,6}}?{_VERB}"
    # “Redis is”, “Release 4.2 ships”, “Sofia handles”
    rf"|[\w+#.'’-]+ (?:(?!{_AFTER_AN_ORDER}\b)[\w+#.'’&-]+ ){{0,3}}?{_VERB})",
    re.IGNORECASE,
)
SECRET_LEFT_OUT = f"[{Label.SECRET}]"
# A run of spaces is read from its start only: from each space to its end would be quadratic.
_JOINTS = re.compile(
    r"(?:(?<!\s)\s++)?[,;]\s*(?:(?:and|but|so) )?"
    r"|(?<!\s)\s++(?:and|but) (?=(?:my|our|i|we|the)\b)"
)


def is_instruction(sentence: str) -> bool:
    """“Call me Max”, “Always use tabs”: said to be followed, so quoted rather than turned round."""
    return bool(_INSTRUCTION.match(sentence))


def is_clause(sentence: str) -> bool:
    """Whether it surely has a subject and a verb, so that it can follow “that”."""
    bare = without_opening(sentence)
    return not _is_order(bare) and bool(_SUBJECT_AND_VERB.match(bare))


def without_secret(sentence: str) -> Iterator[str]:
    """The sentence, or what of it still makes sense where a secret was left out."""
    if SECRET_LEFT_OUT not in sentence:
        yield sentence
        return
    for piece in _JOINTS.split(sentence):
        if SECRET_LEFT_OUT not in piece and (is_clause(piece) or _is_order(piece)):
            yield piece


def _is_order(sentence: str) -> bool:
    return is_instruction(sentence) or bool(_TOLD_TO.match(sentence))
