"""Numbers that stand for a person: cards, accounts, papers, dates of birth.

A number is known by its check digits or its shape, or by what the words before it call it; the same
words tell when it is an order, a version or a line.
"""

import re
from collections.abc import Iterator

from memory.records import Label, Span

# What is counted or catalogued is nobody's number.
OTHER_NUMBER = re.compile(
    r"\b(?:isbn|issn|doi|order|version|port|error|ticket|issue|pr|invoice|tracking|part|serial|sku"
    r"|model"
    r"|build|commit|line|lines|page|pages|timestamp|epoch|unix|id|pid|uid|ref|reference|bug|rfc|cve"
    r"|article|chapter|section|step|row|code)(?:es|s)?(?: (?:number|no|id|code))?[ .:#=]{0,3}$",
    re.IGNORECASE,
)
# ISO 13616 registry: length of an IBAN by country.
_IBAN_LENGTHS = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20
    EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30
    KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25
    QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 XK20"""
_LENGTH_OF_IBAN = {entry[:2]: int(entry[2:]) for entry in _IBAN_LENGTHS.split()}
_IBAN = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z\d]){11,34}")
_CARD = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){11,18}(?![\w-]|\.\d)")
_CARD_SHAPE = re.compile(r"[2-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}")
_CARD_WORD = re.compile(
    r"\b(?:cards?|cc|visa|master ?card|amex|american express|discover|maestro|diners"
    r"|jcb)\b[^\d\n]{0,40}$",
    re.IGNORECASE,
)
_SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])")
_NAMED_SSN = re.compile(
    r"\b(?:ssn|social security(?: number| no\.?)?|social)(?: ?[:=#] ?| is | number is | )"
    r"(?P<value>\d{3}[- ]?\d\d[- ]?\d{4})(?![\w-])",
    re.IGNORECASE,
)


def find_ibans(window: str) -> Iterator[Span]:
    """IBANs of their country's length whose check digits hold, or that are called an IBAN."""
    for found in _IBAN.finditer(window):
        length = _LENGTH_OF_IBAN.get(found[0][:2].upper())
        end = _end_of(found[0], length) if length else None
        if end is None or window[found.start() + end : found.start() + end + 1].isalnum():
            continue
        called = "iban" in before(window, found, 30).lower()
        if called or _iban_checks(found[0][:end]):
            yield Span(
                found.start(), found.start() + end, Label.IBAN, 1.0 if not called else 0.95, "iban"
            )


def _end_of(run: str, length: int) -> int | None:
    """Where the ``length``-th letter or digit of the run ends; None when it is shorter."""
    places = [place for place, character in enumerate(run) if character.isalnum()]
    return places[length - 1] + 1 if len(places) >= length else None


def _iban_checks(value: str) -> bool:
    """ISO 7064 mod 97-10: country and check digits to the end, letters as 10 to 35, remainder 1."""
    compact = re.sub(r"[ -]", "", value).upper()
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def find_cards(window: str) -> Iterator[Span]:
    """Card numbers by checksum, by the shape printed on cards, or beside a word for a card."""
    for found in _CARD.finditer(window):
        context = before(window, found, 48)
        if _CARD_WORD.search(context):
            yield Span(*found.span(), Label.CREDIT_CARD, 0.95, "called a card")
        elif not OTHER_NUMBER.search(context) and _is_card(found[0]):
            yield Span(*found.span(), Label.CREDIT_CARD, 0.9, "card number")


def _is_card(value: str) -> bool:
    digits = re.sub(r"\D", "", value)
    if _CARD_SHAPE.fullmatch(value):
        return True
    return len(digits) >= 13 and digits[0] in "3456" and luhn(digits)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: with every second digit from the right doubled, the digits' sum is a ten."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def find_ssns(window: str) -> Iterator[Span]:
    """United States social security numbers."""
    for found in _NAMED_SSN.finditer(window):
        yield Span(*found.span("value"), Label.SSN, 0.99, "called an ssn")
    for found in _SSN.finditer(window):
        if not OTHER_NUMBER.search(before(window, found, 30)):
            yield Span(*found.span(), Label.SSN, 0.9, "ssn shape")


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|{_MONTH} {_DAY}(?:,? \d{{4}})?"
    rf"|(?:the )?{_DAY} (?:of )?{_MONTH}(?:,? \d{{4}})?)"
)
_BIRTH = re.compile(
    r"\b(?:born(?: (?:on|in))?|date of birth|d\.?o\.?b\.?|birth ?da(?:y|te)|geburtsdatum)"
    rf"(?: ?[:=] ?| is(?: on)?:? | was | on | \(|,? )(?P<value>{_DATE})(?!\w)",
    re.IGNORECASE,
)


def find_birth_dates(window: str) -> Iterator[Span]:
    """Dates that are called a birth: any other date is nobody's."""
    for found in _BIRTH.finditer(window):
        yield Span(*found.span("value"), Label.DOB, 0.95, "date of birth")


_NAMED_ID = re.compile(
    r"""\b(?:passport|(?:driver'?s?|driving)['’]?s?[ ]licen[cs]e|licen[cs]e[ ]plate|number[ ]plate
        |national[ ](?:insurance|id(?:entity)?)|(?:identity|id)[ ]card|tax(?:payer)?[ ]?(?:id|file)
        |steuer-?id|(?:social|health|pension)[ ]insurance|(?:insurance[ ])?policy|medical[ ]record
        |nhs|ni|nin|nif|dni|nie|cpf|vat|itin|tin|ein|vin|mrn|pesel|aadhaar|bsn|svnr|codice[ ]fiscale
        |(?:personal|patient|student|employee|member(?:ship)?)[ ]id|(?:bank[ ])?account|routing
        |sort[ ]code)
        (?:[ ](?:number|no\.?|num|nr\.?|id|code|card))?(?:[ ]?[:=\#][ ]?|[ ]is:?[ ]|[ ])
        (?P<value>(?=(?:[^\s\d]{0,6}[\s-]?\d){4})[A-Z\d](?:[ -]?[A-Z\d]){4,22})(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_NINO = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_CODICE_FISCALE = re.compile(r"(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)")


def find_ids(window: str) -> Iterator[Span]:
    """Numbers of papers and accounts: called one, or of a shape that only one kind has."""
    for found in _NAMED_ID.finditer(window):
        value = _number_part(found["value"])
        if value:
            start = found.start("value")
            yield Span(start, start + len(value), Label.ID, 0.9, "named number")
    for pattern, rule in ((_NINO, "national insurance"), (_CODICE_FISCALE, "codice fiscale")):
        for found in pattern.finditer(window):
            yield Span(*found.span(), Label.ID, 0.9, rule)


def _number_part(run: str) -> str:
    """The run up to its first word without a digit: "9434 7650 from my" gives "9434 7650"."""
    parts = re.split(r"(?<= )(?=[^\d ]{3,}(?: |$))|(?<= )(?=[a-z]+(?: |$))", run, maxsplit=1)
    value = parts[0].rstrip(" -")
    return value if sum(map(str.isdigit, value)) >= 4 else ""


def before(window: str, found: re.Match[str], width: int) -> str:
    """The ``width`` characters that stand before the find."""
    return window[max(0, found.start() - width) : found.start()]
