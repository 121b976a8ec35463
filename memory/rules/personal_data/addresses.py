"""Postal addresses: a street with a house number, then whatever of it follows.

A street is known by a street word of the larger European languages, by what the sentence says of
it ("lives at", "ship to"), or by the flat and postcode behind it. The rest, flat, town, region and
country, is taken piece by piece, across line breaks, for as long as pieces of an address follow.
"""

import re
from collections.abc import Iterator

from memory.records import Label, Span
from memory.rules import technologies
from memory.rules.personal_data.common_words import NO_NAMES

_MAX_PIECES = 8

# A letter that is no lower-case one of Western Europe: addresses are written in many alphabets.
_CAPITAL = r"(?:(?:[dlDL]['’])?[^\W\d_a-zß-öø-ÿ][\w'’-]{0,30}\.?)"
_LINK = (
    r"(?:d[aeiou]|d[oa]s|de la|de los|del|dell[ae]|dei|degli|des|la|las|les|los|le|of|the|van|von"
    r"|der|den|zum|zur"
    r"|y|e|z|na|nad|u)"
)
_UNIT_WORD = r"(?i:apt|apartment|suite|ste|unit|flat|floor|room|building|bldg|p\.?o\.? box)"
_NAME = rf"(?:(?!{_UNIT_WORD}\b)(?:{_CAPITAL}|{_LINK}|\d{{1,4}}(?:st|nd|rd|th)?))"
_NUMBER = r"(?:\d{1,6} )?\d{1,6}[A-Za-z]?(?:[-/]\d{1,4}[a-z]?)?"

# Behind the name of the street, in English.
_STREET_LAST = (
    r"(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|square|sq"
    r"|terrace|terr|way"
    r"|parkway|pkwy|highway|hwy|close|crescent|cres|grove|gardens?|mews|row|hill|park|circle|cir"
    r"|trail|alley"
    r"|walk|quay|esplanade|parade|loop|plaza|broadway)"
)
# Before it, in the Romance and Slavic languages.
_STREET_FIRST = (
    r"(?:[Vv]ia|[Vv]iale|[Vv]icolo|[Cc]orso|[Pp]iazza|[Pp]iazzale|[Pp]iazzetta|[Ss]trada|[Rr]ue"
    r"|[Aa]venue"
    r"|[Bb]oulevard|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Aa]llée|[Cc]alle|C/|[Aa]venida|[Aa]vda\.?"
    r"|[Pp]aseo|[Cc]amino"
    r"|[Cc]arrer|[Rr]onda|[Rr][uú]a|[Tt]ravessa|[Pp]raça|[Ee]strada|[Aa]lameda|[Uu]l\.|[Uu]lica"
    r"|[Aa]leja|[Tt]rg)"
)
# Part of it, in the Germanic, Nordic and Finno-Ugric ones.
_STREET_JOINED = (
    r"(?:[^\W\d_][\w'’-]{1,30}(?:stra(?:ß|ss)e|straat|gatan|vägen|katu|utca|vej)"
    rf"|{_CAPITAL}(?: {_CAPITAL}){{0,2}} (?:Stra(?:ß|ss)e|Str\.|u\.|út|útja|utca|tér|tere|körút)"
    r"|[^\W\d_a-zß-öø-ÿ][\w'’-]{1,30}(?:str\.|weg|gasse|platz|allee|damm|ufer|laan|plein|gracht"
    r"|dijk|kade|gade|gata"
    r"|veien|vegen|veg|tie|braut|vegur|stræde))"
)
_STREETS = tuple(
    re.compile(rf"(?<![\w.,#$€£:/-])(?:{street})(?!\w)")
    for street in (
        rf"{_NUMBER},? (?:{_NAME} ){{1,5}}{_STREET_LAST}\.?",
        rf"(?:{_NUMBER},? )?{_STREET_FIRST} (?:{_NAME} ){{1,5}}{_NUMBER}",
        rf"{_NUMBER},? {_STREET_FIRST}(?: {_LINK}){{0,2}} \w[\w'’-]{{1,30}}(?: {_NAME}){{0,4}}",
        rf"(?:{_NUMBER} )?{_STREET_JOINED} {_NUMBER}\.?",
        r"(?:P\.? ?O\.? ?Box|Postfach|GPO Box) \d{1,6}",
        r"(?i:psc|cmr|unit|usnv|uss|usns"
        r"|uscgc) [\w ]{1,24},?(?: (?i:box) \d{1,5})?\s{1,2}(?i:[afd]po,? a[aep],? \d{5})",
        rf"(?:the )?corner of (?:{_NAME} ){{1,6}}and(?: {_NAME}){{1,5}}",
    )
)
_SAID = re.compile(
    r"\b(?i:liv(?:e|es|ed|ing) (?:at|on|in)|resid(?:e|es|ing) at|moved to|ship(?:ped)?(?: it)? to"
    r"|deliver(?:ed)?(?: it)? to|address(?:es)?(?: is| to|:)|located (?:at|on)|send it to"
    r"|stay(?:ing)? at"
    r"|(?:office|home|house|flat|apartment|place|shop|store|hotel|restaurant"
    r"|clinic) is (?:at|in|on)):?\s"
    rf"(?P<street>{_NUMBER}(?: {_NAME}){{1,6}}|{_CAPITAL}(?: {_NAME}){{0,4}} {_NUMBER})(?!\w)"
)
_IN_LOWER_CASE = re.compile(
    r"\b(?:at|is|to|on|address:?) (?P<street>\d{1,5}[a-z]? (?P<name>[a-z]+(?: [a-z]+)?) (?:street"
    r"|avenue|road|lane|boulevard|drive|st|ave|rd))"
    r"(?=\s*(?:[,.;!?)\n]|$|apt\b|and\b|in\b|but\b))"
)
# No street by itself: only a flat, a postcode or a town behind it makes one of it.
_PERHAPS = re.compile(rf"(?<![\w.,#$€£:/(+-]){_NUMBER}(?: {_NAME}){{1,6}}(?!\w)\.?")
_COUNTED = re.compile(
    r"(?i:[ap]m|[kmg]b|jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*"
    r"|dec\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?"
)
# “Room 4”, “Week 30”, “Team 2”: counted, and on no street.
_ONE_OF_SEVERAL = re.compile(
    r"(?i:room|floor|desk|seat|table|team|group|class|grade|year|week|day|sprint|phase|stage|round"
    r"|level|slot|version|release|chapter|page|line|gate|terminal|platform|track) \w{1,6}\.?"
)

_TOWN = rf"{_CAPITAL}(?: (?:{_LINK} )?{_CAPITAL}){{0,3}}"
_POSTCODE = r"(?:\d{4,6}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{3} \d{2}|\d{2}-\d{3})"
# To the next piece: a comma, or up to two line breaks and the marks a quote or a list begins with.
_GAP = r"[ \t,;]{0,3}(?:\r?\n[^\w\n]{0,6}){0,2}"
_UNIT = re.compile(rf"{_GAP}{_UNIT_WORD}\.? ?#?[\w-]{{1,6}}(?!\w)")
_UNIT_BEFORE = re.compile(rf"(?<!\w){_UNIT_WORD}\.? ?#?[\w-]{{1,6}},? $")
_WITH_POSTCODE = re.compile(
    rf"{_GAP}(?:{_TOWN},? (?:(?:[A-Z]{{2,3}}|\({_TOWN}\)),? )?{_POSTCODE}"
    rf"|{_POSTCODE},?(?: {_TOWN})?)(?!\w)(?: [A-Z]{{2}}\b)?"
)
_AFTER_COMMA = re.compile(rf", {{1,2}}{_TOWN}(?: \({_TOWN}\))?(?![\w'’])")
_AFTER_UNIT = re.compile(rf" (?P<town>{_TOWN})(?![\w'’])")
_ON_NEXT_LINE = re.compile(rf"{_GAP}(?<=[^\w,]){_TOWN}(?=\W{{0,6}}(?:\n|$))")


def find_addresses(window: str) -> Iterator[Span]:
    """Streets with a number and what follows them; post boxes; military addresses; corners."""
    for pattern in _STREETS:
        for found in pattern.finditer(window):
            end, _ = _extended(window, found.end())
            yield _span(window, found.start(), end, "street")
    for found in _SAID.finditer(window):
        if _names_a_place(found["street"]):
            end, _ = _extended(window, found.end())
            yield _span(window, found.start("street"), end, "said to be an address")
    for found in _IN_LOWER_CASE.finditer(window):
        if not NO_NAMES.intersection(found["name"].split()):
            end, _ = _extended(window, found.end("street"))
            yield _span(window, found.start("street"), end, "street")
    for found in _PERHAPS.finditer(window):
        end, certain = _extended(window, found.end())
        town = end > found.end() and found[0].rstrip(".")[-1].isdigit()
        town = town and not NO_NAMES.intersection(found[0].lower().split())
        if (certain or town) and _names_a_place(found[0]):
            yield _span(window, found.start(), end, "flat, postcode or town")


def _span(window: str, start: int, end: int, rule: str) -> Span:
    before = _UNIT_BEFORE.search(window, max(0, start - 20), start)
    return Span(before.start() if before else start, end, Label.ADDRESS, 0.85, rule)


def _names_a_place(street: str) -> bool:
    """Neither "3 Docker containers" nor "July 3" nor "Room 4" nor "49 30 901820" is a place."""
    return (
        bool(re.search(r"[^\W\d_]{2}", street))
        and not technologies.matches(street)
        and not any(map(_COUNTED.fullmatch, street.split()))
        and not _ONE_OF_SEVERAL.fullmatch(street)
    )


def _extended(window: str, end: int) -> tuple[int, bool]:
    """Where the address ends, and whether a flat or a postcode was among its pieces.

    A town on a line of its own counts only when a flat or a postcode comes after it.
    """
    certain = False
    place = end
    for _ in range(_MAX_PIECES):
        if found := _UNIT.match(window, place):
            place = end = found.end()
            certain = True
            town = _AFTER_UNIT.match(window, place)
            if town and not NO_NAMES.intersection(town["town"].lower().split()):
                place = end = town.end()
        elif found := _WITH_POSTCODE.match(window, place):
            place = end = found.end()
            certain = True
        elif found := _AFTER_COMMA.match(window, place):
            place = end = found.end()
        elif found := _ON_NEXT_LINE.match(window, place):
            place = found.end()
        else:
            break
    return end, certain
