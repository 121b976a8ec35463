"""What the words around a name say of its type: a table of patterns with their weights.

A pattern reads a sentence's lemmas in lower case, a space on either side of each. ``@`` is the name
in question and ``#`` any other: "my sister @ work at #". Behind a stroke stand the pairs that
grammar makes of distant words: in "Ada from the team fixed it" that is "/ @ fix".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from memory.records import EntityType
from memory.rules.entities import deeds
from memory.rules.entities.words import CALLINGS, FIRMS, KIN, PETS, PLACES, PROJECTS, TOOLS, VENUES


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that speaks for a type when its pattern is found."""

    type: EntityType
    weight: float
    """1 is enough for a name, 3 settles its type; below 0 it speaks against it."""
    pattern: re.Pattern[str]


def _any(*words: str | Iterable[str]) -> str:
    listed = [w for words in words for w in (words.split() if isinstance(words, str) else words)]
    return "(?:" + "|".join(map(re.escape, sorted(set(listed)))) + ")"


# The name where it can be a subject: behind a preposition it is none.
_DOER = r"(?<! in)(?<! to)(?<! from)(?<! at)(?<! near)(?<! of)(?<! on)(?<! the) @ "
# Other names that stand in a list with it, and words that stand between a subject and its verb.
_AND = r"(?:(?:and|or|&|,) # ){0,2}"
_OR = r"(?:# (?:and|or|&|,|with) ){0,2}"
_OR_PLACE = r"(?:# (?:and|or|&|,) ){0,2}"
_BETWEEN = _any(
    "also then never just already have be will would do not who finally now still always often "
    "once later really first , that which"
)
_SUBJECT = rf"{_DOER}{_AND}(?:{_BETWEEN} ){{0,3}}"
_STEPS = r"(?:\w{1,15} ){0,3}"
_OUR = r"(?:my|our|his|her|their|your|'s|’s|the|a|an|another|some|i) (?:[\w-]{2,20} ){0,2}"
_IS_A = (
    r"@ (?:, |be |become |, be |be not )(?:my|our|his|her|their|your|the|a|an|another|one of) "
    r"(?:(?!(?:of|who|for|in|on|from) )[\w-]{2,20} ){0,3}"
)
_CALLED = r",? ?(?:call|name|codename|nickname|like|such as|:|,)? ?@"
_OWNS = r"@ (?:'s|’s) (?:[\w-]{2,15} )?"
_WRITTEN_IN = r" @ be (?:\w{2,12} )?(?:write|code|program|implement) (?:\w{2,12} )?in # "
_VENUE = rf" (?:my|our|favourite|favorite) (?:[\w-]{{2,20}} )?{_any(VENUES)} be (?:call )?@ "

_PERSON: tuple[tuple[float, str], ...] = (
    (2.0, rf"{_SUBJECT}{_any(deeds.OF_PEOPLE)} "),
    (1.5, rf"{_SUBJECT}{_any(deeds.OF_PEOPLE_MOSTLY)} "),
    (1.0, rf"{_SUBJECT}{_any(deeds.OF_PEOPLE_OFTEN)} "),
    (2.0, rf"{_DOER}{_AND}(?:will |have )?be (?:\w{{2,12}} )?{_any(deeds.STATES_OF_PEOPLE)} "),
    (1.0, rf"{_DOER}(?:[^@/#]{{0,60}} )?(?:he|she|him|her|himself|herself|his) "),
    (2.0, rf" (?:{_any(deeds.TO_PEOPLE)}|(?:report|speak|talk|listen|write) to) {_OR}@ "),
    (2.0, rf"(?<! you)(?<! /) know {_OR}@ "),
    (2.0, r" (?:i|we|you|he|she|they|to|please|just|not|will) call @ "),
    (2.0, rf" {_any(deeds.GIVING)} @ (?:my|a|an|the|some|his|her|our|this|these|two|back|one) "),
    (2.0, r" (?:introduce (?:\w+ )?to|on behalf of|dear|love ,|regards ,) @ "),
    (2.0, r" (?:thank to|thanks|credit to|kudos to|add|assign) @ (?:for|to|[.,!/])"),
    (1.5, r" \w{3,15} by @ "),
    (1.5, rf" {_any(deeds.WITH_PEOPLE)} (?:\w{{2,15}} ){{0,2}}with {_OR}@ "),
    (0.7, rf" with {_OR}@ (?!\d)"),
    (1.5, rf" {_any(deeds.FROM_PEOPLE)} (?:\w{{2,15}} )?(?:by|from) @ "),
    (3.0, rf" {_OUR}{_any(KIN, CALLINGS)} (?:- in - law )?,? ?@ "),
    (3.0, r" name be @ "),
    (3.0, rf" {_IS_A}{_any(KIN, CALLINGS)} "),
    (3.0, rf" {_any(deeds.MEANT_PEOPLE)} (?:name|call|be)? ?@ "),
    (2.0, rf" {_OWNS}{_any(KIN, deeds.OWNED_BY_PEOPLE)} "),
    (1.5, rf"{_DOER}be (?:\w{{2,12}} )?from # "),
    (1.5, r" pick up @ "),
    (1.5, r" (?:i and @|@ and i|me and @|@ and me) "),
    (2.0, r" @ from (?:the|our|my|#) "),
    (-2.0, r" the @ "),
    (-2.0, _WRITTEN_IN),
    (-2.0, _VENUE),
)
_ORGANIZATION: tuple[tuple[float, str], ...] = (
    (3.0, rf" {_any(deeds.WORKING)} (?:\w{{2,12}} )?(?:at|for) {_OR}@ "),
    (3.0, rf" {_any(deeds.POSTS)} (?:at|with) @ "),
    (4.0, rf" {_any(deeds.OFFICES, CALLINGS)} (?:at|of|from) @ "),
    (2.5, r" join @ "),
    (2.5, r" # (?:(?:and|&) # )?(?:from|at) @ (?!be)"),
    (2.0, r" (?:leave|quit) @ (?:as|in|after|last|this|to|for|when|because|[.,])"),
    (1.0, r" at (?:the )?@ "),
    (3.0, rf" {_any(FIRMS)} {_CALLED} "),
    (3.0, rf" {_IS_A}{_any(FIRMS)} "),
    (2.5, rf" {_OWNS}{_any(deeds.OWNED_BY_FIRMS)} "),
    (2.0, rf" (?:the|our|a) @ {_any(deeds.NAMED_AFTER_FIRMS)} "),
    (1.5, rf"{_SUBJECT}{_any(deeds.OF_FIRMS)} "),
    (2.0, rf" (?:{_any(deeds.TO_FIRMS)}|{_any(deeds.BY_FIRMS)} by) @ "),
    (2.0, r" (?:contract|deal|account|loan|offer|invoice|order|bank) (?:with|at|from) @ "),
    (2.0, r" (?:apply to|apply at|sell to|invoice to) @ "),
)
_PROJECT: tuple[tuple[float, str], ...] = (
    (3.0, rf" {_any(PROJECTS, 'service')} {_CALLED} "),
    (5.0, r" (?:project|initiative|campaign|prototype) (?:be )?(?:call|name|codename|nickname) @ "),
    (2.0, _WRITTEN_IN),
    (2.0, rf" {_any(deeds.FAULTS)} in @ "),
    (2.5, rf" (?:the|our|my|their) @ {_any(PROJECTS, deeds.NAMED_AFTER_PROJECTS)} "),
    (3.0, rf" {_IS_A}{_any(PROJECTS)} "),
    (1.5, rf" (?:{_any(deeds.TO_PROJECTS)}|work on|kick off) @ (?!\d)"),
    (1.5, rf" {_any(deeds.PARTS_OF_SOFTWARE)} (?:of|for) @ "),
    (3.0, r" @ (?:\w{2,10} )?go live "),
    (1.2, rf"{_DOER}run on # "),
    (1.0, r" @ (?:launch|ship|be (?:delay|behind|cancel|ship|on hold|launch|do|live)) "),
)
_TECHNOLOGY: tuple[tuple[float, str], ...] = (
    (2.0, rf" {_any(deeds.USING)} {_OR}@ "),
    (2.5, rf" {_any(deeds.BUILDING)} (?:\w{{2,12}} )?(?:on|in|with|using|by) {_OR}@ "),
    (2.5, rf" {_any(deeds.MIGRATING)} (?:\w{{2,15}} ){{0,4}}(?:from # )?(?:to|from|into) @ "),
    (2.0, r" (?:move|go) (?:from )?# (?:over )?to @ (?!last|next|in)"),
    (1.5, r" @ v?\d[\d.]{0,8} (?!(?:people|year|day|hour|minute|time|month|week|am|pm|euro|%))"),
    (3.0, rf" {_IS_A}{_any(TOOLS)} "),
    (3.0, rf" {_any(TOOLS)} (?:call|name|like|such as) @ "),
    (3.0, rf" @ (?:as|for) (?:the|a|an|our) (?:\w{{2,15}} )?{_any(TOOLS)} "),
    (1.5, rf" @ {_any(deeds.NAMED_AFTER_TOOLS)} "),
    (1.0, rf" {_any(deeds.NAMED_AFTER_TOOLS)} (?:of|for) @ "),
    (1.5, r" (?:than|over|instead of|compare|versus|vs|vs\.) @ (?!who|say)"),
    (1.5, rf" {_any(deeds.WEIGHING)} {_OR}@ "),
    (2.0, rf" {_any(deeds.CHOOSING)} @ over "),
    (1.0, r" @ (?:be )?\w{3,12} than # "),
    (2.0, rf" @ {_any(deeds.OF_TOOLS)} "),
    (2.0, rf" @ (?:be|feel) (?:\w{{2,10}} )?{_any(deeds.STATES_OF_TOOLS)} "),
    (1.0, r" (?:in|with|on|via) @ (?:we|you|i|it|there|the|for) "),
)
_PLACE: tuple[tuple[float, str], ...] = (
    (
        2.5,
        rf" {_any(deeds.TRAVELLING)} {_STEPS}(?:from # )?"
        rf"(?:to|from|through|via|into|for|towards?) {_OR_PLACE}@ ",
    ),
    (2.5, rf" {_any(deeds.DWELLING)} {_STEPS}(?:in|near|outside|around|to) {_OR_PLACE}@ "),
    (1.5, r" (?:near|outside|around|across|beyond|leave for) @ "),
    (1.0, r" in @ "),
    (1.5, r" (?:be|come|originally|hail) from @ "),
    (1.5, rf" {_any(deeds.TO_PLACES)} @ "),
    (1.5, rf" {_any(deeds.SENT_FROM_PLACES)} from @ "),
    (0.5, r" (?:to|from) @ "),
    (3.0, rf" {_any(PLACES)} (?:of|call|name) @ "),
    (3.0, rf" {_IS_A}{_any(PLACES)} "),
    (2.0, rf" {_any(deeds.PARTS_OF_PLACES)} (?:of|in) @ "),
    (2.0, _VENUE),
)
_NO_ENTITY = (
    rf" {_any(PETS)} (?:be )?(?:call |name |nickname )?@ ",
    rf" {_any(PETS)} , @ , ",
    rf" {_any(PETS)} (?:'s|’s) name be @ ",
    rf" {_IS_A}{_any(PETS)} ",
)
"""A pet's name is none of any type, whatever else speaks for one."""
_OUTWEIGHING = -12.0
_TABLES: Mapping[EntityType, tuple[tuple[float, str], ...]] = {
    EntityType.PERSON: _PERSON,
    EntityType.ORGANIZATION: _ORGANIZATION,
    EntityType.PROJECT: _PROJECT,
    EntityType.TECHNOLOGY: _TECHNOLOGY,
    EntityType.PLACE: _PLACE,
}
CUES = tuple(
    Cue(type_, weight, re.compile(pattern))
    for type_, table in _TABLES.items()
    for weight, pattern in (*table, *((_OUTWEIGHING, pattern) for pattern in _NO_ENTITY))
)
