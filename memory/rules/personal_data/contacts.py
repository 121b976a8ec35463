"""How to reach a person: e-mail addresses, addresses on the net, phone numbers."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from memory.records import Label, Span
from memory.rules.personal_data.numbers import OTHER_NUMBER, before

_EMAIL = re.compile(
    r"(?<![\w.+%'’-])\w[\w.+%'’-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24}(?![\w@])"
)
_SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w+-]{2,40}(?:(?:\.| dot | \(dot\) )[\w+-]{1,30}){0,2}(?: at | ?[\[(]at[\])] ?)"
    r"[\w-]{2,40}(?:(?: dot | ?[\[(]dot[\])] ?)[a-z]{2,12}){1,3}(?!\w)",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])", re.IGNORECASE)
_VERSION_BEFORE = re.compile(
    r"\b(?:v|ver|version|release|build|firmware|driver|(?:upgraded?|updated?|bump(?:ed)?"
    r"|downgraded?) (?:from|to))[ :.]{0,2}$",
    re.I,
)


def find_emails(window: str) -> Iterator[Span]:
    """E-mail addresses, written or spelt out ("ann at post dot example")."""
    for found in _EMAIL.finditer(window):
        if not found[0].startswith("git@"):
            yield Span(*found.span(), Label.EMAIL, 1.0, "e-mail address")
    for found in _SPOKEN_EMAIL.finditer(window):
        yield Span(*found.span(), Label.EMAIL, 0.8, "e-mail address spelt out")


def find_ip_addresses(window: str) -> Iterator[Span]:
    """IPv4 and IPv6 addresses; loopback, unspecified and masks are nobody's."""
    for pattern, parse in ((_IPV4, IPv4Address), (_IPV6, IPv6Address)):
        for found in pattern.finditer(window):
            if _is_someones(found[0], parse) and not _VERSION_BEFORE.search(
                before(window, found, 20)
            ):
                yield Span(*found.span(), Label.IP, 0.95, "ip address")


def _is_someones(value: str, parse: type[IPv4Address] | type[IPv6Address]) -> bool:
    try:
        address = parse(value)
    except AddressValueError:
        return False
    if isinstance(address, IPv6Address):
        # "1::2" is a slice in code
        return len(value) >= 8 and not (address.is_loopback or address.is_unspecified)
    return not (address.is_loopback or address.is_unspecified or value.startswith(("255.", "0.")))


# -- phones -------------------------------------------------------------------------------

_PHONE_WORD = (
    r"(?:tele)?phones?|tel|mobile|cell(?:phone)?|fax|whatsapp|signal|call(?: me| us| him| her"
    r"| them)?(?: (?:on|at))?"
    r"|ring|text(?: me)?(?: (?:on|at))?|reach(?: me| us)?(?: (?:on|at))?|hotline|contact|dial"
    r"|office|work|home"
    r"|(?:my|his|her|their|phone|mobile|cell) number"
)
_NAMED_PHONE = re.compile(
    rf"\b(?:{_PHONE_WORD})(?: number| no\.?)?(?: is| was)?[ :.=#\n-]{{1,3}}(?:\((?:cell|home|work"
    rf"|mobile)\) ?)?"
    r"(?P<value>\+?\(?\d(?:[ ./()-]{0,2}\d){5,14}(?:,? ?(?:ext\.?|x|extension) ?\d{1,6})?)(?![\w-]"
    r"|\.\d)",
    re.IGNORECASE,
)
_PHONE_NOUN = re.compile(r"phone|tel\b|mobile|cell|fax|whatsapp|number", re.IGNORECASE)
_PHONE_THEN_WORD = re.compile(
    r"(?<![\w.+(-])(?P<value>[+(]{0,2}\d(?:[ .()-]{0,2}\d){5,14})[ -]{1,3}(?:office|fax|mobile|cell"
    r"|phone|home)\b",
    re.IGNORECASE,
)
_PHONE_SHAPES = re.compile(
    r"""(?<![\w.+(-])(?<!\d[ ])(?:
      \+\d{1,3}(?:[ ./()-]{0,2}\d){6,13}                                 # +49 30 123456
    | 00[1-9]\d{0,2}(?:[ ./()-]{1,2}\d{1,4}){2,5}                        # 0049 30 123456
    | (?:1[ .-]?)?(?:\(\d{3}\)[ ]?|\d{3}[ .-])\d{3}[ .-]\d{4}            # 555-123-4567
    | \(0\d{1,4}\)[ ]?\d{2,4}(?:[ -]?\d{2,4}){1,3}                       # (030) 123 456
    | 0\d{1,4}(?:[ -]\d{2,4}){2,4} | 0\d(?:\.\d\d){4}                    # 01 99 00 12 34
    | 0\d{4}[ ]\d{6}                                                    # 07700 900123
    )(?:,?[ ]?(?:ext\.?|x|extension)[ ]?\d{1,6})?(?![\w-]|\.\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOSE_PHONE = re.compile(
    r"(?<![\w.+(:/-])(?<!\d )[+(]{0,2}\d(?:[ .()-]{1,2}\d|\d){7,14}(?![\w-]|[.:]\d)"
)


def find_phones(window: str) -> Iterator[Span]:
    """Phone numbers by the shapes people write, or beside a word for a phone."""
    for pattern in (_NAMED_PHONE, _PHONE_THEN_WORD):
        for found in pattern.finditer(window):
            if _is_called_a_phone(window, found):
                yield Span(*found.span("value"), Label.PHONE, 0.9, "called a phone")
    for found in _PHONE_SHAPES.finditer(window):
        if is_phone_context(window, found.start()):
            yield Span(*found.span(), Label.PHONE, 0.85, "phone shape")


def _is_called_a_phone(window: str, found: re.Match[str]) -> bool:
    """A short bare number after "call" or "text" counts something, unless a phone is named."""
    value = found["value"]
    bare = value.isdigit() and len(value) < 9 and value[0] != "0"
    if bare and not _PHONE_NOUN.search(found[0]):
        return False
    return is_phone_context(window, found.start("value")) and not _is_date(value)


def loose_phones(window: str) -> Iterator[Span]:
    """Grouped runs of 8 to 15 digits that only a numbering plan can tell to be a phone."""
    for found in _LOOSE_PHONE.finditer(window):
        grouped = re.search(r"\d[ .()-]+\d", found[0]) is not None
        if grouped and is_phone_context(window, found.start()) and not _is_date(found[0]):
            yield Span(*found.span(), Label.PHONE, 0.7, "numbering plan")


def is_phone_context(window: str, start: int) -> bool:
    """False after a word that says the number is something else."""
    return OTHER_NUMBER.search(window[max(0, start - 30) : start]) is None


def _is_date(value: str) -> bool:
    return (
        re.match(
            r"(?:19|20)\d\d[ ./-]\d\d?[ ./-]\d\d?\b|\d\d?[./-]\d\d?[./-](?:19|20)\d\d\b", value
        )
        is not None
    )
