"""Questions that are limited to some days: what was said then, what happened then, and anything
else that is asked of a time that has begun (“Who visited me on 9 June?”)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from memory.records import Days, TimeSpan
from memory.rules.talk.phrasing import lowered
from memory.rules.talk.vocabulary import answering, content_words


class Asked(StrEnum):
    SAID = "said"
    """“What did I say about Redis last week?”"""
    HAPPENED = "happened"
    """“What happened in June?”"""
    OTHER = "other"
    """“Who visited me on 9 June?”"""


@dataclass(frozen=True, slots=True)
class Limited:
    """A question without its time, and the days that it is limited to."""

    asked: Asked
    days: Days
    name: str
    """The words for them: “last week”, “in June”."""
    rest: str
    """The question without the words for the time."""
    topic: str = ""
    """What is asked about, if anything."""
    named: str = ""
    """The words for the time, where they may as well belong to the topic: “the trip in June”."""


_START = r"^(?:(?:so|and|but|then|ok|okay),?\s)?"
_SAY = (
    r"(?:say|said|tell|told|mention|mentioned|talk|talked|talking|speak|spoke|discuss|discussed"
    r"|report|reported|learn|learned|learnt)"
)
_SAID = re.compile(
    rf"{_START}what(?:\selse|\sall)?\s(?:(?:did|have|had)\s)?(?:i|we)\s(?:ever\s|just\s|already\s|been\s)?"
    rf"{_SAY}(?:\s(?:to|with))?(?:\syou)?(?P<about>\s(?:about|of|on)(?:\s(?P<topic>.{{1,200}}))?)?$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    rf"{_START}(?:(?:did|has)\sanything\s(?:else\s)?happen(?:ed)?"
    r"|what(?:\selse|\sall)?\s(?:happened|went\son|took\splace|was\s(?:going\son|happening)"
    r"|(?:did|have)\s(?:i|we)\s(?:do|done|been\sdoing)))"
    r"(?:\s(?:to|with|at|about)\s(?P<topic>.{1,200}))?$",
    re.IGNORECASE,
)
_OF_THE_PAST = re.compile(
    r"\b(?:did|was|were|had|have|has|happened)\b|^who(?:\s\w{1,30}ed)\b", re.IGNORECASE
)
_ASKS_DAY = re.compile(
    rf"{_START}(?:on\s|in\s)?(?:when|(?:what|which)\s(?:day|date|week|weekend|month|year))\s"
    r"(?:exactly\s)?(?:did|was|were|had|have|has)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:^|\s)(?P<word>in|on|at|during|between|over|within|from|of|back\sin)\s?$", re.IGNORECASE
)
_NO_TOPIC = frozenset(("me", "us", "you", "my life", "our life"))


def limited(question: str, spans: Sequence[TimeSpan], today: date) -> Limited | None:
    """None where no one time is named, it has not begun, or is itself what is asked about.

    ``spans``: what the question says of time; of several, the one that is surely over is meant.
    """
    meant = [span for span in spans if span.past] or spans
    if len(meant) != 1 or meant[0].first > today:
        return None
    when = meant[0]
    before, name = _led(question, when)
    rest = f"{before.strip(' ,')} {question[when.end :].strip(' ,')}".strip(" ?.!,")
    days = Days(when.first, when.last)
    if said := _SAID.match(rest):
        topic = _topic(said["topic"])
        named = "" if when.past or not topic else when.text
        # “about June” asks for June; “about yesterday” and “about on Friday” for what was said then
        is_topic = said["about"] and not topic and when.any_year and name == when.text
        return None if is_topic else Limited(Asked.SAID, days, name, rest, topic, named)
    if happened := _HAPPENED.match(rest):
        return Limited(Asked.HAPPENED, days, name, rest, _topic(happened["topic"]))
    return Limited(Asked.OTHER, days, name, f"{rest}?") if _OF_THE_PAST.search(rest) else None


def is_about(text: str, topic: str) -> bool:
    """Whether it has every telling word of the topic, in whatever form."""
    wanted, stated = content_words(topic), content_words(text)
    return bool(wanted) and all(answering(word) & stated for word in wanted)


def asks_day(question: str) -> bool:
    """“When did my sister visit me?”; not “when does she visit”, which asks for a habit."""
    return bool(_ASKS_DAY.match(question.strip()))


def _led(question: str, when: TimeSpan) -> tuple[str, str]:
    """What stands before the time, and the time with the word that leads to it: “in June”."""
    before = question[: when.start].rstrip()
    leading = _LEADING.search(before)
    if leading is None:
        return before, lowered(when.text)
    return before[: leading.start()], f"{leading['word'].lower()} {when.text}"


def _topic(found: str | None) -> str:
    topic = (found or "").strip(" ?.!,")
    return "" if topic.lower() in _NO_TOPIC else topic
