"""Words that say when: what has happened, what is to be done, and what is so for the moment."""

import re

_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|christmas|easter|new year|eid|ramadan|diwali"
    r"|hanukkah|thanksgiving|passover"
)
_SPAN = r"(?:minute|hour|day|night|week|weekend|month|year|decade|spring|summer|autumn|fall|winter)"
_PAST = re.compile(
    rf"\b(?:yesterday|ago|last {_SPAN}|last (?:{_DAY})|the other day|back in|in (?:19|20)\d\d"
    rf"|(?:on|in|at|over|since|this) (?:\w+ )?(?:{_DAY}|spring|summer|autumn|winter)"
    rf"|(?:the )?day before yesterday|earlier this {_SPAN}|(?:on|in) \d{{1,2}}(?:st|nd|rd|th)? "
    r"|as a (?:child|kid|teenager|student)|when i was|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    rf"\b(?:tomorrow|next {_SPAN}s?|next (?:{_DAY})|(?:by|on|until|before|in|at|this|every|for"
    rf"|from|coming) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{_DAY})"
    r"|by (?:the end of|noon|midnight|then|\d)|at \d|before (?:the end|noon|\d)|tonight"
    rf"|(?:at|by) the end of|by the \w+ of"
    rf"|in (?:a|two|three|four|five|six|\d+) (?:days|weeks?|months?|years?)|every {_SPAN}"
    rf"|at the weekend|this (?:weekend|evening|week|month|{_SPAN})|on the \d|(?:in|by) 20\d\d"
    rf"|(?:{_DAY}) \d|\d (?:{_DAY})|(?:at|by) (?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|noon))\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    r"\b(?:(?:months|years|decades|weeks) ago|in (?:19|20)\d\d|last (?:year|month|spring|summer"
    r"|autumn|fall|winter)|as a (?:child|kid|teenager|student)|back in)\b",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b(?:right now|at the moment|just now|currently stuck|today|this (?:morning|afternoon)"
    r"|minutes? ago|hours? ago|seconds? ago|again|still|already)\b",
    re.IGNORECASE,
)


def has_been(text: str) -> bool:
    return bool(_PAST.search(text))


def is_long_ago(text: str) -> bool:
    return bool(_LONG_AGO.search(text))


def is_only_a_time(text: str) -> bool:
    """“Tuesday”: when, and not what."""
    return bool(re.fullmatch(rf"(?:the )?(?:{_DAY}|tomorrow|today)", text.strip(), re.IGNORECASE))


def is_coming(text: str) -> bool:
    return bool(_COMING.search(text))


def is_of_the_moment(text: str) -> bool:
    return bool(_MOMENT.search(text))
