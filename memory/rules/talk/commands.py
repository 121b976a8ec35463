"""What a message tells Recollect to do with its memory: remember, forget, say what it knows.

Only a message that is nothing but the command counts, be it put as a favour (“can you forget that I
use Vim?”). To forget cannot be taken back for long, so a question (“can you forget things?”), a
supposition (“if I asked you to forget …”) and what merely begins so (“forget it”, “forget to
call”) are none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from memory.rules.talk.fields import field_asked
from memory.rules.talk.questions import Turn, read_turn


class Wish(StrEnum):
    REMEMBER = "remember"
    FORGET_LAST = "forget the last"
    """“Forget that”: what was remembered last in this conversation."""
    FORGET_STATED = "forget what is stated"
    """“Forget that I live in Berlin”."""
    FORGET_FIELD = "forget a field"
    """“Forget where I live”; its words are the canonical name of the field."""
    FORGET_ABOUT = "forget about a thing"
    """“Forget what I said about Berlin”."""
    TELL_ABOUT = "tell about a thing"
    """“What do you know about Redis?”"""


FORGETS = frozenset({Wish.FORGET_LAST, Wish.FORGET_STATED, Wish.FORGET_FIELD, Wish.FORGET_ABOUT})


@dataclass(frozen=True, slots=True)
class Command:
    wish: Wish
    words: str = ""
    """What is stated, or the thing."""


_OPENING = r"^(?:(?:please|kindly|ok|okay|now|so|actually|no|hey|recollect|just|and),?\s{1,3}){0,4}"
_FAVOUR = re.compile(
    rf"{_OPENING}(?:(?:can|could)\s{{1,3}}you\s{{1,3}}(?:please\s{{1,3}}|just\s{{1,3}}){{0,2}}"
    r"|(?:would|will)\s{1,3}you\s{1,3}please\s{1,3}"
    r"|i(?:['’]d|\s{1,3}would)\s{1,3}like\s{1,3}you\s{1,3}to\s{1,3}"
    r"|i\s{1,3}(?:want|need)\s{1,3}you\s{1,3}to\s{1,3})(?=forget|unlearn|delete|erase)",
    re.IGNORECASE,
)
_FORGET = r"(?:forget|unlearn|delete|erase)"
_THAT = re.compile(
    rf"{_OPENING}{_FORGET}\s{{1,3}}(?:(?:that|this)(?:\s{{1,3}}(?:one|last\s{{1,3}}(?:one|thing)"
    r"|again))?|(?:what|the\s{1,3}(?:last\s{1,3})?thing)(?:\s{1,3}that)?\s{1,3}i\s{1,3}"
    r"(?:just\s{1,3})?(?:said|told\s{1,3}you)|the\s{1,3}last\s{1,3}(?:one|thing|memory))"
    r"(?:,?\s{1,3}please)?\s{0,3}[.!]{0,3}$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"{_OPENING}{_FORGET}\s{{1,3}}(?:what|all(?:\s{{1,3}}that)?|everything|anything)"
    r"(?:\s{1,3}that)?\s{1,3}(?:(?:i|you|we)(?:['’]ve)?\s{1,3}(?:(?:have|had|ever|just|once)\s{1,3})?"
    r"(?:said|told\s{1,3}you|tell\s{1,3}you|know|remember|mentioned|stored|saved|learnt|learned"
    r"|talked)\s{1,3})?(?:about|of|on)\s{1,3}(?P<thing>[^?\n]{1,200})$",
    re.IGNORECASE,
)
# “Forget about the meeting” may say no more than that it does not matter.
_ABOUT_A_NAME = re.compile(
    rf"{_OPENING}(?:forget|unlearn)\s{{1,3}}about\s{{1,3}}"
    r"(?P<thing>(?:(?:my|our)\s{1,3}|(?-i:[A-Z\d]))[^?,;:\n]{1,200})$",
    re.IGNORECASE,
)
_A_DAY = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|today|yesterday|tomorrow)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"{_OPENING}{_FORGET}\s{{1,3}}(?P<asked>(?:where|who|what|how\s{{1,3}}old|when|for\s{{1,3}}whom"
    r"|which)\s{1,3}[^?,;:\n]{1,80})$",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"{_OPENING}{_FORGET}\s{{1,3}}(?:that\s{{1,3}})?(?P<stated>(?:i|we|my|our|he|she|it|they|his"
    r"|her|their|the|there|somebody|someone)(?:['’]\w{1,3})?\s{1,3}[^?\n]{1,500})$",
    re.IGNORECASE,
)
_STATED_OF_A_NAME = re.compile(
    rf"{_OPENING}{_FORGET}\s{{1,3}}that\s{{1,3}}(?P<stated>\S{{1,60}}\s{{1,3}}[^?\n]{{1,500}})$",
    re.IGNORECASE,
)
_KNOW = r"(?:know|remember|recall|have(?:\s{1,3}stored)?|learnt|learned|stored)"
_TELL = re.compile(
    r"^(?:(?:so|and|ok|okay|please|hey|now),?\s{1,3}){0,3}(?:"
    r"what(?:\s{1,3}(?:all|else|exactly))?\s{1,3}(?:(?:do|can|have|did)\s{1,3})?you\s{1,3}"
    rf"(?:already\s{{1,3}}|still\s{{1,3}})?{_KNOW}"
    r"|(?:(?:tell|show|list|give)(?:\s{1,3}me)?\s{1,3})?(?:what|all|everything|anything)\s{1,3}"
    rf"(?:that\s{{1,3}})?you\s{{1,3}}{_KNOW}"
    rf"|(?:do|did)\s{{1,3}}you\s{{1,3}}{_KNOW}\s{{1,3}}anything)"
    r"\s{1,3}(?:about|on|of)\s{1,3}(?P<thing>[^?.!\n]{1,120})[?.!]{0,3}$",
    re.IGNORECASE,
)
_NOT_A_THING = re.compile(
    r"^(?:me|myself|us|ourselves|you|yourself|it|that|this|these|those|them|him|her|everything"
    r"|anything|all|things?|memory|recollect|when|how|why|what|who|where|whether)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:,?\s{1,3}(?:please|so far|now|again|at all|anymore|thanks))?[\s.!]{0,9}$")


def read_command(sentences: Sequence[str]) -> Command | None:
    """What the message as a whole commands; None when it says anything else, or more."""
    if not sentences:
        return None
    parts = read_turn(sentences)
    if parts and all(part.turn is Turn.REMEMBER and not part.about for part in parts):
        return Command(Wish.REMEMBER, " ".join(part.text for part in parts))
    if len(sentences) > 1:
        return None
    return _forget(sentences[0].strip()) or _tell(sentences[0].strip())


def _forget(sentence: str) -> Command | None:
    if favour := _FAVOUR.match(sentence):
        sentence = sentence[favour.end() :].rstrip("? ")
    if sentence.endswith("?"):
        return None
    if _THAT.match(sentence):
        return Command(Wish.FORGET_LAST)
    bare = _ENDING.sub("", sentence, count=1)
    if found := _ABOUT.match(sentence) or _ABOUT_A_NAME.match(bare):
        thing = _ENDING.sub("", found["thing"])
        named = not _NOT_A_THING.match(thing) and not _A_DAY.match(thing)
        return Command(Wish.FORGET_ABOUT, thing) if named else None
    if found := _FIELD.match(bare):
        field = field_asked(found["asked"])
        return Command(Wish.FORGET_FIELD, field) if field else None
    if found := _STATED.match(sentence) or _STATED_OF_A_NAME.match(sentence):
        return Command(Wish.FORGET_STATED, _ENDING.sub("", found["stated"]))
    return None


def _tell(sentence: str) -> Command | None:
    found = _TELL.match(sentence)
    thing = _ENDING.sub("", found["thing"]) if found else ""
    return Command(Wish.TELL_ABOUT, thing) if thing and not _NOT_A_THING.match(thing) else None
