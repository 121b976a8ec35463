"""The shapes of expressions of time, as bounded patterns.

Months, weekdays and seasons are also verbs, names and things: each counts only in the company that
makes it a time (“in May”, “7 May”, “last May”; never “may” alone).
"""

import re
from enum import StrEnum


class Shape(StrEnum):
    NEAR = "near"
    """today, last night, the day before yesterday"""
    NUMERIC = "numeric"
    """2023-05-07, 07/05/2023"""
    DATE = "date"
    """7 May, Friday, June 9th, 2023, the first of May, 3-5 May"""
    DAY_OF_MONTH = "day of month"
    """on the 15th, on the 3rd of last month"""
    WEEKDAY = "weekday"
    """on Tuesday, next Friday, Monday last week"""
    MONTH = "month"
    """in May, last March, June 2022"""
    SEASON = "season"
    """in the summer, winter 2022, last fall"""
    YEAR = "year"
    """in 2019, the 1990s"""
    UNIT = "unit"
    """last week, this month, the weekend, the year before last"""
    DISTANCE = "distance"
    """3 days ago, in two weeks, a year and a half ago"""
    STRETCH = "stretch"
    """the last two weeks, over the next month"""


MONTHS = (
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_FULL_MONTH = rf"(?:{'|'.join(MONTHS)})(?!\w|['’]s)"
# Nobody's name: a little company is enough.
_SAFE_MONTH = r"(?:january|february|july|september|october|november|december)(?!\w|['’]s)"
_SEASON = (
    r"(?:spring|summer|autumn|fall|winter)(?!\w|['’]s| (?:of (?!(?:19|20)\d\d|(?:last|this|next) )"
    r"|house|dress|clothes|coat|boots|jacket|tyres|tires|water|mattress|rolls?|onions?)\b)"
)
_YEAR = r"(?:19|20)\d\d(?![\w%]|[.,:/-]\d)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = (
    rf"(?:twenty(?: |-)(?:{'|'.join(ORDINALS[:9])})|thirty(?: |-)first|thirtieth"
    rf"|{'|'.join(ORDINALS)})"
)
_WHICH = r"last|this past|this coming|this|next"
_UNIT = r"(?:minute|hour|day|week|fortnight|month|year|decade)"
COUNT = (
    r"(?:\d{1,3}|half an?|an?|(?:a )?few|(?:a )?couple(?: of)?|several"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:(?: |-)(?:one|two|three|four"
    r"|five|six|seven|eight|nine))?|one|two|three|fourteen|four|fifteen|five|sixteen|six|seventeen|seven"
    r"|eighteen|eight|nineteen|nine|ten|eleven|twelve|thirteen)"
)
_LENGTH = (
    rf"(?P<count>{COUNT}) (?P<half>and a half )?(?P<unit>{_UNIT})s?(?P<and_half> and a half)?"
    rf"(?:(?:,| and) (?P<more>{COUNT}) (?P<more_unit>{_UNIT})s?)?"
)
# What is counted after a bare number: “in 2000 lines”, “March 10 miles”.
_COUNTED = (
    r"(?! (?:\w{2,9} )?(?:people|lines|words|bytes|files|rows|steps|items|pages|tests|users|euros"
    r"|dollars|pounds|miles|kilomet(?:er|re)s|km|met(?:er|re)s|times|days|weeks|months|years|hours"
    r"|minutes|seconds|percent|points|cups?|pieces|requests|places)\b)"
)
_EARLY = r"(?:early |mid(?: |-)|late )?"
_IN_PERIOD = r"in|during|since|until|till|through|throughout"
_PART_OF = (
    r"early|mid|late|(?:end|middle|beginning|start|half|week|weekend|month) (?:of|in|before|after)"
)


def compiled(words: str) -> re.Pattern[str]:
    """Of words with single spaces, which stand for what people put between words.

    ASCII: other letters that only fold to these would be found and then not be known.
    """
    return re.compile(words.replace(" ", "[\\s\u00a0\u202f]{1,3}"), re.IGNORECASE | re.ASCII)


def _phrase(words: str) -> re.Pattern[str]:
    """Not in the middle of a word, a path, a time of day or a version."""
    return compiled(rf"(?<![\w/.:-])(?:{words})")


# ``at`` is the expression itself, where what makes it one stands before it.
PATTERNS: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    (
        Shape.NEAR,
        _phrase(
            r"(?P<near>(?:the )?day before yesterday|(?:the )?day after tomorrow|today|tonight"
            r"|yesterday|tomorrow|this (?:morning|afternoon|evening)|last (?:night|evening))"
            r"(?: (?:morning|afternoon|evening|night)\b)?(?!\w)"
        ),
    ),
    (
        Shape.NUMERIC,
        _phrase(
            r"(?P<numeric>(?:19|20)\d\d([/-])(?:0?[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]|[1-9])"
            r"|(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|[12]\d|3[01])\3(?:19|20)\d\d)"
            r"(?=T\d|(?![\w/-]|\.\d))"
        ),
    ),
    (
        Shape.DATE,
        _phrase(
            rf"(?:(?P<weekday>{WEEKDAY}|{_SHORT_WEEKDAY}),? )?(?:the )?(?:(?P<day>{_DAY})"
            rf"(?:(?P<th>st|nd|rd|th)?(?:(?: )?(?:-|–| to | and )(?: )?(?P<until>{_DAY})"
            rf"(?:st|nd|rd|th)?)?)|(?P<ordinal>{_ORDINAL})(?= of ))"
            rf"(?P<of> of)?(?: |-)(?P<month>{_MONTH})(?!\w|['’]s)"
            rf"(?:(?:,? |-)(?P<year>{_YEAR}))?"
        ),
    ),
    (
        Shape.DATE,
        _phrase(
            rf"(?:(?P<weekday>{WEEKDAY}|{_SHORT_WEEKDAY}),? )?(?P<month>{_MONTH}) (?P<the>the )?"
            rf"(?P<day>{_DAY})(?P<th>st|nd|rd|th)?(?!\w|[:%/]|\.\d)"
            rf"(?:(?: )?(?:-|–| to | and )(?: )?(?P<until>{_DAY})(?:st|nd|rd|th)?(?![\w:%/]))?"
            rf"(?:(?:,| of)? (?P<year>{_YEAR}))?{_COUNTED}"
        ),
    ),
    (
        Shape.DATE,
        _phrase(rf"on (?P<at>(?P<month>{_FULL_MONTH}) (?P<the>the )?(?P<ordinal>{_ORDINAL})\b)"),
    ),
    (
        Shape.DAY_OF_MONTH,
        _phrase(
            rf"(?:on|since|until|till|before|after|by) (?P<at>the (?P<day>{_DAY})(?:st|nd|rd|th)"
            r"(?: of (?P<which>last|this|next) month\b)?)(?=[.,;!?)]|$"
            r"| (?:i|we|he|she|it|they|you|my|our|at|and|in)\b)"
        ),
    ),
    (
        Shape.WEEKDAY,
        _phrase(
            rf"(?:(?P<which>{_WHICH}) )?(?P<weekday>{WEEKDAY})(?!\w)"
            r"(?: (?:morning|afternoon|evening|night)\b(?!s))?"
            r"(?:(?: of)? (?P<week>last|this|next) week\b)?"
            r"(?! (?:school|roast|prayers|blues|paper|best|addams)\b)"
        ),
    ),
    (
        Shape.WEEKDAY,
        _phrase(
            rf"(?:on (?=[A-Z])|(?=(?:{_WHICH}) (?-i:[A-Z])))"
            rf"(?P<at>(?:(?P<which>{_WHICH}) )?(?P<weekday>(?-i:[MTWFS])(?:on|ues?|ed|hu(?:rs?)?|ri"
            r"|at|un))(?!\w| (?-i:[A-Z][a-z])))"
        ),
    ),
    (Shape.MONTH, _phrase(rf"(?P<which>{_WHICH}) (?P<month>{_FULL_MONTH})(?! {_DAY}\b)")),
    (
        Shape.MONTH,
        _phrase(
            rf"(?:(?:(?:{_IN_PERIOD}|{_PART_OF}|between)(?: |-){_EARLY}(?:the )?)"
            rf"(?P<at>(?P<month>{_FULL_MONTH}))"
            rf"|(?:from|by|of|for|before|after) (?P<at_safe>(?P<safe>{_SAFE_MONTH})))"
            rf"(?! (?:{_DAY}(?:st|nd|rd|th)?\b|(?:of )?{_YEAR}))"
        ),
    ),
    (
        Shape.MONTH,
        _phrase(
            rf"(?:between|from) {_FULL_MONTH}(?: {_YEAR})? (?:and|to|until|till|through) "
            rf"(?P<at>(?P<month>{_FULL_MONTH}))(?! {_DAY}\b)"
        ),
    ),
    (
        Shape.MONTH,
        _phrase(rf"from (?P<at>(?P<month>{_FULL_MONTH}))(?= (?:to|until|till|through) )"),
    ),
    (
        Shape.MONTH,
        _phrase(
            rf"(?P<month>{_MONTH})(?:,|(?: of))? (?:(?P<year>{_YEAR})"
            r"|(?P<which_year>last|this|next) year\b)"
        ),
    ),
    (Shape.SEASON, _phrase(rf"(?P<which>{_WHICH}) (?P<season>{_SEASON})")),
    (
        Shape.SEASON,
        _phrase(
            rf"(?P<season>{_SEASON})(?: of)? (?:(?P<year>{_YEAR})|(?P<which_year>last|this|next)"
            r" year\b)"
        ),
    ),
    (
        Shape.SEASON,
        _phrase(
            rf"(?:{_IN_PERIOD}|over|for(?= the )|{_PART_OF})(?: |-){_EARLY}"
            rf"(?P<at>(?P<the>the )?(?P<season>{_SEASON}))(?! (?:of )?{_YEAR})"
        ),
    ),
    (
        Shape.YEAR,
        _phrase(
            rf"(?:{_IN_PERIOD}|from|before|after|between|the year|{_PART_OF})(?: |-){_EARLY}"
            rf"(?P<at>(?P<year>{_YEAR}))(?!['’]s){_COUNTED}"
        ),
    ),
    (
        Shape.YEAR,
        _phrase(
            rf"(?:between|from|in) {_YEAR}(?: )?(?:-|–| and | to | until )(?: )?"
            rf"(?P<at>(?P<year>{_YEAR}))"
        ),
    ),
    (Shape.YEAR, _phrase(r"(?:the )?(?P<decade>(?:19|20)\d0)['’]?s\b")),
    (
        Shape.UNIT,
        _phrase(
            rf"(?:(?P<which>{_WHICH}) (?P<unit>week|weekend|month|year|decade)\b(?! of\b)"
            r"|(?:the )?(?P<far>week|weekend|month|year) (?P<beyond>before last|after next)\b"
            rf"(?! (?:{_FULL_MONTH}|{_SEASON}|{WEEKDAY}|week|weekend|month|year)\b)"
            rf"|(?P<weekends>{COUNT}) weekends ago\b)"
        ),
    ),
    (
        Shape.UNIT,
        _phrase(
            r"(?:(?:at|over|on|during|for) (?P<at>the (?P<the_unit>weekend))"
            r"|(?:early|later?|end|start|beginning|middle|rest) (?:of|in) (?P<at_the>the "
            r"(?P<the_rest>week|weekend|month|year)))\b(?! of\b)"
        ),
    ),
    (Shape.DISTANCE, _phrase(rf"{_LENGTH} (?P<back>ago|back)\b")),
    (Shape.DISTANCE, _phrase(rf"{_LENGTH} (?P<ahead>from now|hence)\b")),
    (
        Shape.DISTANCE,
        _phrase(rf"(?P<ahead>in) (?!(?:an?|\w+) (?:minute|hour)){_LENGTH}(?P<time>['’]? time)?\b"),
    ),
    (
        Shape.STRETCH,
        _phrase(
            rf"(?:the|these|this) (?P<side>last|past|next|coming) (?P<count>{COUNT}) "
            rf"(?P<unit>{_UNIT})s?\b(?! of\b)"
        ),
    ),
    (
        Shape.STRETCH,
        _phrase(
            r"(?:over|in|during|within|for|throughout) (?P<at>the (?P<side>last|past|next|coming) "
            r"(?P<unit>week|month|year|decade))\b(?! of\b)"
        ),
    ),
)

_MONTH_WORDS = f"{' '.join(MONTHS)} jan feb mar apr jun jul aug sep sept oct nov dec"
_UNIT_WORDS = (
    "minute minutes hour hours day days week weeks fortnight fortnights month months year years "
    "decade decades"
)
WORDS = {
    shape: frozenset(words.split())
    for shape, words in (
        (Shape.NEAR, "today tonight yesterday tomorrow morning afternoon evening night"),
        (Shape.DATE, _MONTH_WORDS),
        (Shape.DAY_OF_MONTH, "st nd rd th"),
        (Shape.MONTH, _MONTH_WORDS),
        (Shape.WEEKDAY, f"{' '.join(WEEKDAYS)} mon tue tues wed thu thur thurs fri sat sun"),
        (Shape.SEASON, "spring summer autumn fall winter"),
        (Shape.UNIT, "week weekend weekends month year decade"),
        (Shape.DISTANCE, _UNIT_WORDS),
        (Shape.STRETCH, _UNIT_WORDS),
    )
}
"""A text without any of these does not hold the shape: most texts are done with here. The shapes
that are left out hold the figures of a year."""
