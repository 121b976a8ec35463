"""What a turn wants: small talk, an answer from memory, work for a model, or to be remembered.

Read sentence by sentence, since people mix (“Hi! I use Redis. Which database do I use?”). The
patterns are tried from the most particular to the least; what none of them claims is a statement,
because to remember too readily is easier to see and to undo than to miss what was said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from memory.rules.talk.about_recollect import topic_asked
from memory.rules.talk.fields import END_OF_QUESTION, field_asked
from memory.rules.talk.vocabulary import FIRST_PERSON


class Turn(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HOW_ARE_YOU = "how_are_you"
    ASSENT = "assent"
    """“ok”, “yes”, “great”: nothing to answer, nothing to keep."""
    ABOUT_ME = "about_me"
    """What do you know about me?"""
    PROFILE = "profile"
    """One thing about the person; ``about`` names it."""
    ABOUT_RECOLLECT = "about_recollect"
    """``about`` is identity, memory, privacy or abilities."""
    QUESTION = "question"
    REQUEST = "request"
    """Work that needs a model."""
    FORGET = "forget"
    REMEMBER = "remember"
    STATEMENT = "statement"


ASKING = frozenset(
    {
        Turn.ABOUT_ME,
        Turn.PROFILE,
        Turn.ABOUT_RECOLLECT,
        Turn.QUESTION,
        Turn.REQUEST,
        Turn.FORGET,
        Turn.HOW_ARE_YOU,
    }
)
SMALL_TALK = frozenset({Turn.GREETING, Turn.THANKS, Turn.GOODBYE, Turn.HOW_ARE_YOU, Turn.ASSENT})


@dataclass(frozen=True, slots=True)
class Part:
    turn: Turn
    text: str
    about: str = ""
    """PROFILE: the field in its canonical name; ABOUT_RECOLLECT: the topic; REMEMBER: reminder."""


# -- what is asked of memory --------------------------------------------------------------

# “Do you remember …”, “can you tell me …”: what follows is the question, not inverted.
_ASKING = re.compile(
    r"^(?:(?:so|and|but|ok|okay),?\s+)?(?:please\s+)?(?:"
    r"(?:do|can|could|would|will|did) you (?:still |please |maybe )?"
    r"(?:know|remember|recall|tell me|remind me(?: of)?|guess)"
    r"|(?:tell|remind|show) me(?: again)?(?: of)?(?! about)"
    r"|i (?:forgot|forget|can['’]?t remember)(?= (?:what|which|who|where|when|how|my name)\b))"
    r"\s+(?!to\b|that\b)",
    re.IGNORECASE,
)
_ABOUT_ME = re.compile(
    r"(?:\bwhat|\beverything|\ball(?: that)?|\banything|\bfacts|\bmuch)\b.{0,30}"
    r"\b(?:you (?:know|remember|(?:have )?learn(?:ed|t)|recall|(?:have )?stored|have)"
    r"|know|remember|learned|learnt|recall|stored|have)\b.{0,20}"
    r"\b(?:about|on|of) (?:me|myself|us)\b"
    r"|^what (?:do|can) you (?:know|remember|recall)" + END_OF_QUESTION + r"|^what have i (?:told"
    r"|said)(?: to)?"
    r"(?: you)?(?: about me| about myself)?(?: so far| before| up to now| until now)?"
    + END_OF_QUESTION
    + r"|^(?:tell me|what can you (?:tell|say)(?: me)?|what do you think) about (?:me"
    r"|myself)" + END_OF_QUESTION + r"|^(?:show|list|give)(?: me)? (?:all |everything |all of )?"
    r"(?:my memories|your memories|you remember|you know)|^what(?:['’]s| is) in your memory"
    r"|^(?:describe|summari[sz]e|profile) (?:me|what you know)\b|^do you know (?:me"
    r"|anything about me)"
    r"|^(?:everything|all) you (?:know|remember)" + END_OF_QUESTION,
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"^(?:here(?:['’]s| is| are)|this is|these are)\b"
    r"|^(?:what|all|everything) you (?:should|need to|must|have to) (?:know|remember)\b",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:(?:so|and|but|then|now|ok|okay|also|well|hey|actually),?\s+)*"
    r"(?:(?:in|on|at|for|with|from|to|by) )?"
    r"(?:(?:what|which|who|whom|whose)\b(?! (?:a|an)\b)(?:['’]?s)?(?! i\b| we\b)"
    r"|(?:when|where|why|how)(?:['’]s)? (?:do|did|does|is|are|am|was|were|will|would|can|could"
    r"|should|have|has|many|much|often|long|old|far|big|come|to)\b)",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"^(?:(?:so|and|but|then|now|ok|okay),?\s+)*"
    r"(?:do|does|did|am|is|are|was|were|have|has|had|can|could|should|would|will|shall)(?:n['’]t)?"
    r" (?:i|you|we|he|she|it|they|there|my|our|the|this|that|anyone|anybody)\b",
    re.IGNORECASE,
)

# -- commands -----------------------------------------------------------------------------

_POLITE = re.compile(
    r"^(?:(?:please|kindly|now|then|and|so|ok|okay|hey|just|also),?\s+|"
    r"(?:can|could|would|will) you (?:please |kindly |maybe |also |just |help me (?:to )?)?|"
    r"i(?:['’]d| would) (?:like|love|want) (?:you )?to (?=write|draft)|"
    r"i (?:want|need|would like)(?: for)? you to |i['’]d like you to |help me (?:to |with )?)+",
    re.IGNORECASE,
)
_FORGET = re.compile(
    r"^(?:you (?:can|should|may|must) )?(?:"
    r"forget\b(?! to\b)|(?:don['’]?t|do not|never) (?:remember|store|save|keep|record)\b|unlearn\b"
    r"|(?:delete|erase|remove|wipe|clear)\b.{0,60}?\b(?:memor(?:y|ies)|about me|i (?:said|told)"
    r"|everything|you know|my (?:name|data|address|history)|(?:that|this|it)\W*$))",
    re.IGNORECASE,
)
_REMEMBER = re.compile(
    r"^(?:(?:remember|note|memorise|memorize|keep in mind|bear in mind|make a note|take note"
    r"|don['’]?t forget|do not forget|never forget|save|store|record)\b"
    r"(?!\s+(?:when|how|what|who|where|why|the time)\b)"
    r"(?:\s+(?:this|that|down|of|also|please|for me|the following))*\s*[:,–—-]*\s*)",
    re.IGNORECASE,
)
# Within a sentence only words that mean nothing else: “I use Vim, please remember that”.
TOLD_TO_REMEMBER = re.compile(
    r"\b(?:(?:please |do )?(?:remember|keep in mind|note|don['’]t forget)"
    r"(?: that| this|:|,)|for future reference|for the record)",
    re.IGNORECASE,
)
# Verbs that always ask for work, and verbs that may also be the start of a noun (“Build fails”).
_WORK = re.compile(
    r"^(?:explain|translate|summari[sz]e|rewrite|rephrase|refactor|debug|generate|implement|compose"
    r"|calculate|compute|convert|recommend|suggest|brainstorm|proofread|paraphrase|teach|elaborate"
    r"|analy[sz]e|transcribe|simplify|tell me|show me|give me|write|fix|make(?! sure)|create|draw"
    r"|describe|compare|solve|optimi[sz]e|improve|outline|look up|google|imagine|pretend"
    r"|(?:build|draft|design|list|find|search|review|check|send|book|order|play|sing|plan|sort|add"
    r"|format)(?= (?:a|an|the|this|that|these|those|me|my|our|it|some|for|in|out|up|all|five|ten"
    r"|\d+)\b))\b"
    r"(?!(?: \w+){0,2} (?:is|are|was|were|fails?|failed|takes?|took|starts?|has|broke|works)\b)",
    re.IGNORECASE,
)
_WHAT_YOU_KNOW = re.compile(
    r"(?:what|all|everything|anything)(?: that)? you (?:already |still )?"
    r"(?:know|remember|recall|have learnt|have learned|have stored) ",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"^(?:please |(?:can|could|would|will) you (?:please )?)?help me (?:to|with)\b", re.IGNORECASE
)

# -- small talk ---------------------------------------------------------------------------

_YOU_TOO = (
    r"(?:,? (?:there|all|everyone|recollect|again|so much|a lot|very much|for (?:that|now)))*"
)
_SMALL_TALK: tuple[tuple[Turn, re.Pattern[str]], ...] = tuple(
    (turn, re.compile(rf"^(?:{pattern}){_YOU_TOO}[\s,.!:;)]*", re.IGNORECASE))
    for turn, pattern in (
        (Turn.GREETING, r"hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening)|yo"),
        (Turn.THANKS, r"(?:many )?thanks|thank you|thx|cheers|ta|much appreciated"),
        (
            Turn.GOODBYE,
            r"bye|goodbye|bye bye|good night|see (?:you|ya)(?: later| soon| tomorrow)?"
            r"|talk (?:to you )?(?:later|soon)|farewell|that['’]s all(?: for (?:now"
            r"|today))?",
        ),
    )
)
_HOW_ARE_YOU = re.compile(
    r"^(?:(?:and|so),? )?(?:how are you|how(?:['’]s| is) it going|how are things|how do you do"
    r"|what['’]s up|how(?:['’]s| is) your day|are you (?:ok|okay|well)|you ok(?:ay)?)\b.{0,20}$",
    re.IGNORECASE,
)
_ASSENT = re.compile(
    r"^(?:(?:ok|okay|k|yes|yeah|yep|no|nope|sure|great|good|nice|cool|perfect|fine|right|exactly"
    r"|alright|all right|got it|i see|understood|lol|haha|hm+|wow|awesome|excellent|never ?mind"
    r"|sounds good|makes sense|well done|you['’]re welcome|no worries|no problem"
    r"|that(?:['’]s)? (?:helps?|helped|works|right|great|good)|test|testing)\b[\s,.!]*)+[?]?$",
    re.IGNORECASE,
)
_SAID_THEN_ASKED = re.compile(
    r"^(?P<said>[^?]{4,400}?)(?:\s*[,;–—]\s*|\s+-\s+)(?P<asked>(?:and |so |but )?(?:what|which"
    r"|who|whose"
    r"|where|when|why|how|do you|can you|could you|did i|do i|am i)\b[^,]{4,200}\?)$",
    re.IGNORECASE,
)


def read_turn(sentences: Sequence[str]) -> tuple[Part, ...]:
    """What each sentence wants, in order; small talk before a sentence is a part of its own."""
    return tuple(part for sentence in sentences for part in _read(sentence.strip()))


def is_question(sentence: str) -> bool:
    """Whether a sentence asks or requests, if only in part, instead of stating."""
    return any(part.turn in ASKING for part in _read(sentence.strip()))


def is_small_talk(sentences: Sequence[str]) -> bool:
    """Whether the whole turn is greeting, thanks or the like."""
    parts = read_turn(sentences)
    return bool(parts) and all(part.turn in SMALL_TALK for part in parts)


def _read(sentence: str) -> Iterator[Part]:
    while opening := _opening(sentence):
        turn, end = opening
        yield Part(turn, sentence[:end].strip())
        sentence = sentence[end:].strip()
    split = _SAID_THEN_ASKED.match(sentence)
    if split and _kind(split["said"]).turn == Turn.STATEMENT and FIRST_PERSON.search(split["said"]):
        yield Part(Turn.STATEMENT, split["said"])
        yield _kind(split["asked"])
    elif sentence:
        yield _kind(sentence)


def _opening(sentence: str) -> tuple[Turn, int] | None:
    """The small talk a sentence begins with, and where it ends."""
    for turn, pattern in _SMALL_TALK:
        found = pattern.match(sentence)
        if found and (found.end() == len(sentence) or found[0][-1] in " ,.!:;)"):
            return turn, found.end()
    return None


def _kind(sentence: str) -> Part:
    """The one kind of a sentence without small talk."""
    if _ASSENT.match(sentence):
        return Part(Turn.ASSENT, sentence)
    if _HOW_ARE_YOU.match(sentence):
        return Part(Turn.HOW_ARE_YOU, sentence)
    if _ABOUT_ME.search(sentence) and not _is_told(sentence):
        return Part(Turn.ABOUT_ME, sentence)
    topic = topic_asked(sentence)
    if topic:
        return Part(Turn.ABOUT_RECOLLECT, sentence, topic)
    return _command(sentence) or _asked(sentence) or Part(Turn.STATEMENT, sentence)


def _is_told(sentence: str) -> bool:
    """“Remember all you know about me”, “Here is what you should know about me:”."""
    leads_in = _LEADS_IN.match(sentence) and not sentence.rstrip().endswith("?")
    return bool(leads_in or _REMEMBER.match(sentence)) or _is_forget(sentence)


def _command(sentence: str) -> Part | None:
    bare = _POLITE.sub("", sentence)
    if _is_forget(sentence):
        return Part(Turn.FORGET, sentence)
    if _REMEMBER.match(bare) and not _ASKING.match(sentence):
        told = _REMEMBER.sub("", bare)
        # “Can you remember that I prefer trains?” asks a favour, not whether it is so
        told = told if bare == sentence else told.rstrip("? ")
        return Part(Turn.REMEMBER, told or sentence)
    if bare.lower().startswith("remind me to "):
        return Part(Turn.REMEMBER, bare, "reminder")
    if (_WORK.match(bare) or _HELP.match(sentence)) and not _is_about_the_person(bare):
        return Part(Turn.REQUEST, bare)
    return None


def _is_forget(sentence: str) -> bool:
    return bool(_FORGET.match(_POLITE.sub("", sentence)))


def _is_about_the_person(request: str) -> bool:
    """“Show me what I said about Redis” and “tell me what you know about Ana” ask memory; “write me
    a letter to my bank” does not."""
    asks_memory = re.match(r"(?:tell|show|give) me |list |find |describe ", request, re.IGNORECASE)
    if asks_memory is None:
        return False
    asked = request[asks_memory.end() :]
    return bool(FIRST_PERSON.search(asked) or _WHAT_YOU_KNOW.match(asked))


def _asked(sentence: str) -> Part | None:
    asking = _ASKING.match(sentence)
    question = sentence[asking.end() :] if asking else sentence
    # “My phone?” alone may be anything; “do you know my phone number” asks for it
    field = field_asked(question) if asking or not question.lower().startswith("my ") else ""
    if field:
        return Part(Turn.PROFILE, question, field)
    is_question = asking or sentence.rstrip(" !.)").endswith("?") or _WH.match(sentence)
    if is_question or _INVERTED.match(sentence) or _is_about_the_person(_POLITE.sub("", sentence)):
        return Part(Turn.QUESTION, question)
    return None
