"""What a message states about its speaker: name, place, employer, role, and the tools they use.

Only plain statements count. Questions, suppositions, wishes, negations, other people and quoted
speech say nothing about the speaker, and a preference is no use. What grammar tells of that has
been blanked before (``statements.own_words``); the patterns here stand for texts it does not read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from memory.records import Kind, ProfileFact, Statement
from memory.rules import technologies
from memory.rules.personal_data.common_words import NO_NAMES

# How far a tool may stand behind the verb of use, in characters.
_REACH = 160
LONGEST_VALUE = 60
"""Characters; a longer one is a sentence, not a value."""

# Bounded, or a run of opening marks would be read to its end from each of them.
_QUOTED = re.compile(r"\"[^\"]{0,500}\"|“[^”]{0,500}”|`[^`]{0,500}`")
_CLAUSE = re.compile(
    r"[;]\s|,?\s(?:but|although|though|whereas|while|because|since|so that|which|who|unless"
    r"|until)\s|\s[-–—]\s|\sand\s(?=(?:no longer|never|stopped|do(?:es)? not|do(?:es)?n['’]t)\b)"
    r"|,\s(?:and\s)?(?=(?:I|we|my|our|he|she|they)\b)|(?<!\bSt)(?<!\bMt)(?<!\bFt)(?<!\bDr)\.\s",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:do|does|did|is|are|was|were|am|can|could|should|shall|would|will|have|has|what|which"
    r"|who|when|where|why"
    r"|how|if|suppose|imagine|assume|let['’]?s say|say|pretend|unless)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\bif (?:i|we|you|my|our)\b|\b(?:i|we)['’]d\b|\b(?:would|could|might|may|should|wish|wonder"
    r"|hope|want|plan|planning"
    r"|considering|thinking|consider|used to|need to|going to|will|['’]ll|maybe|perhaps"
    r"|hypothetically|pretend"
    r"|imagine|suppose)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|any ?more|without|stopped|quit|dropped|neither|nor|hardly|gave up"
    r"|nobody|no[- ]?one|none|few|almost|nearly"
    r"|haven['’]t|don['’]?t"
    r"|doesn['’]?t|didn['’]?t|isn['’]?t|aren['’]?t|can['’]?t|cannot|won['’]?t|wasn['’]?t)\b",
    re.IGNORECASE,
)
# From here on a clause names what is left behind, or what was not chosen.
_LEFT_BEHIND = re.compile(
    r"\b(?:instead of|rather than|over|than|unlike|not|from|except|as an alternative to"
    r"|replac(?:ing|ed)|to replace)\b",
    re.IGNORECASE,
)

_WE = r"(?:I|we|(?:my|our) (?:team|company|group|startup|department|employer))"
_ADVERB = (
    r"(?:(?:also|mostly|mainly|currently|now|just|always|usually|primarily|often|still|only"
    r"|recently|both|all|have been|have|['’]ve been|['’]ve|has) ){0,3}"
)
_AM = r"(?:['’]m |['’]re |am |are |is )?"
_SOME = r"(?: \w[\w.]*){0,5}"
_CHANGED = r"switched|moved|migrated|upgraded|downgraded|updated|bumped"
_VERBS_OF_USE = (
    r"us(?:e|es|ed|ing)|started using|runs?|running",
    r"work(?:s|ing)? (?:on|with|in)|maintain(?:s|ing)?",
    rf"(?:develop(?:s|ing)?|build(?:s|ing)?|writ(?:e|es|ing)|cod(?:e|es|ing)){_SOME}"
    " (?:with|in|on|using)",
    r"develop(?:s|ing)?|build(?:s|ing)?|writ(?:e|es|ing)|program(?:s|ming)? in",
    rf"(?:deploy(?:s|ed|ing)?|host(?:s|ed|ing)?|stor(?:e|es|ing)){_SOME} (?:to|on|in|with|via)",
    rf"(?:{_CHANGED}){_SOME} to|rely(?:ing)? on|relies on|on",
)
_NEW_VERSION = re.compile(
    rf"\b{_WE}(?: |(?=['’])){_ADVERB}(?:{_CHANGED})"
    r"(?!\w)(?P<object>.*)",
    re.IGNORECASE,
)
_OWN_THINGS = (
    r"stack|database|db|back ?end|front ?end|editor|ide|framework|os|operating system|cloud"
    r"|cloud provider|app|application|project|service|servers?|website|site|api|setup|codebase"
    r"|language|product|laptop|pc|machine|company|team"
)
_USE = re.compile(
    rf"(?:\b{_WE}(?: |(?=['’])){_ADVERB}{_AM}{_ADVERB}(?:{'|'.join(_VERBS_OF_USE)})"
    rf"|\b(?:my|our)(?: \w+){{0,3}} (?:{_OWN_THINGS})"
    r"(?: is| are|['’]s| runs| uses| consists| includes| currently| now|:)"
    r"(?: now| currently| all| mostly| running| using| written| built| based| hosted| deployed| of"
    r"| on| in| with){0,4})(?!\w)(?P<object>.*)",
    re.IGNORECASE,
)

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w.&'’-]{0,30}"
_PROPER = rf"{_CAPITAL}(?:,? (?:(?:of|de|do|del|la|le|the|am|and|&) )?{_CAPITAL}){{0,3}}"
_NAMED = re.compile(
    r"\b(?:my (?:full |first )?name(?:['’]s| is"
    r"|(?: is not| isn['’]t) [^,.;]{1,40}[,;]? (?:it['’]s|it is|but))"
    r"|(?:you can |please |just )?call me|i go by) "
    r"(?P<name>[^\W\d_][\w'’ -]{0,60})",
    re.IGNORECASE,
)
_I_AM = re.compile(r"\b(?:i['’]?m|i am|this is) (?P<name>[^\W\d_][\w'’. -]{0,60})", re.IGNORECASE)
_NOW = r"(?: currently| now| just| recently|['’]ve| have)?"
_I_BE = rf"(?:i['’]m|i am|we['’]re|we are){_NOW}"
_LIVES = re.compile(
    rf"\b(?i:(?:i|we){_NOW} (?:live|reside|moved|relocated|settled)(?: back| recently)?"
    r" (?:in|to|near)"
    rf"|{_I_BE} (?:living|based|located|based out) (?:in|of|near)) (?P<place>{_PROPER})"
)
_WORKS_AT = re.compile(
    rf"\b(?i:(?:i|we){_NOW} work(?: as (?:an? )?[\w -]{{2,40}}?)? (?:at|for)"
    rf"|{_I_BE} (?:working|employed)(?: as (?:an? )?[\w -]{{2,40}}?)? (?:at|for|by)"
    rf"|{_I_BE} an? [\w -]{{2,40}}? (?:at|for)|i{_NOW} joined|my employer is)"
    rf" (?P<employer>{_PROPER})"
)
_ROLES = """
    developer engineer programmer scientist analyst designer architect administrator admin manager
    consultant teacher nurse doctor physician surgeon dentist pharmacist therapist psychologist
    psychiatrist lawyer attorney paralegal judge accountant auditor economist banker broker trader
    student researcher professor lecturer librarian journalist writer author editor translator
    interpreter photographer artist musician singer actor actress dancer chef cook baker waiter
    waitress barista farmer gardener carpenter plumber electrician mechanic welder builder driver
    pilot captain sailor soldier officer firefighter paramedic carer caregiver midwife vet
    veterinarian biologist chemist physicist mathematician statistician geologist historian
    philosopher linguist freelancer founder entrepreneur contractor recruiter salesperson marketer
    secretary assistant receptionist clerk cashier technician tester director president ceo cto cfo
    coo intern apprentice trainee coach trainer tutor hairdresser tailor postdoc devops sre dba
    sysadmin pastor priest social_worker product_owner scrum_master team_lead tech_lead
    estate_agent civil_servant homemaker
"""
_ROLE_NOUN = "|".join(_ROLES.split()).replace("_", " ")
_ROLE = re.compile(
    rf"(?:\b(?:{_I_BE} (?:(?:working|employed) as )?|i work as |my (?:job|role|position|title) is )"
    r"|[Ii](?:['’]?m| am) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}, )(?:an? |the )?"
    rf"(?P<role>(?:[\w+#.&/-]{{1,20}} ){{0,4}}?(?:{_ROLE_NOUN}))\b",
    re.IGNORECASE,
)
_WORKS_AS = re.compile(
    r"\b(?:i work|i['’]m working|i am working) as (?:an? |the )?"
    r"(?P<role>[a-z][\w-]+(?: [a-z][\w-]+){0,3}?)"
    r"(?= (?:at|for|in|on|with|and|from|since|who|where)\b|[,.;!]|$)",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(
    r"\b(?:new|good|bad|big|not|no|huge|terrible|great|former|ex|your|his|her|their|looking"
    r"|talking|asking|fan|better|only|with|to|for)\b",
    re.IGNORECASE,
)
# Words that are common elsewhere and the end of many a company or place.
_ENDINGS = """
    bank university college institute school hospital inc ltd llc cloud software city north south
    east west house company law
"""
_PROPER_ENDINGS = frozenset(_ENDINGS.split())


def find_profile(sentences: Iterable[str], names: Sequence[str] = ()) -> tuple[ProfileFact, ...]:
    """What the sentences state about their speaker, each field and value once.

    ``names`` are the people found in the text: "I'm Maya" needs one, "I'm Ready" has none.
    """
    facts: dict[tuple[str, str], ProfileFact] = {}
    for sentence in sentences:
        for fact in _stated(_QUOTED.sub(" ", sentence), names):
            facts.setdefault((fact.field, fact.value.casefold()), fact)
    return tuple(facts.values())


def of_statements(
    statements: Sequence[Statement], stated: Sequence[ProfileFact]
) -> tuple[tuple[ProfileFact, ...], ...]:
    """The fields that each of the statements gives: those of ``stated`` that its own words state,
    each by one statement only; and what it says itself of its speaker, where only one value holds
    at a time."""
    names = [fact.value for fact in stated if fact.field == "name"]
    in_words = [find_profile([statement.text], names) for statement in statements]
    given: list[list[ProfileFact]] = [[] for _ in statements]
    for fact in stated:
        able = [
            place
            for place, found in enumerate(in_words)
            if (fact.field, fact.value) in {(other.field, other.value) for other in found}
        ]
        if able:
            given[min(able, key=lambda place: _is_far_from(fact, statements[place]))].append(fact)
    return tuple(
        (*facts, *_its_own(statement, facts))
        for statement, facts in zip(statements, given, strict=True)
    )


def _is_far_from(fact: ProfileFact, statement: Statement) -> int:
    """“I live in Berlin and work at Acme” is two statements of one sentence."""
    if fact.field == statement.attribute:
        return 0
    return 1 if fact.value in statement.value else 2


def _its_own(statement: Statement, given: Sequence[ProfileFact]) -> Iterator[ProfileFact]:
    if (
        statement.attribute
        and not statement.about
        and statement.exclusive
        and statement.kind in (Kind.FACT, Kind.PREFERENCE, Kind.EPISODE)
        and not (statement.negated or statement.ended)
        and statement.attribute not in {fact.field for fact in given}
        and 0 < len(statement.value) <= LONGEST_VALUE
        and "[" not in statement.value  # what was masked is not known
    ):
        yield ProfileFact(statement.attribute, statement.value, statement.confidence)


def _stated(sentence: str, names: Sequence[str]) -> Iterator[ProfileFact]:
    if _is_question(sentence):
        return
    yield from _name(sentence, names)
    for clause in _CLAUSE.split(sentence):
        if _QUESTION.match(clause) or _UNREAL.search(clause):
            continue
        yield from _person(clause)
        yield from _tools(clause)


def _is_question(sentence: str) -> bool:
    return sentence.rstrip(" )\"'”’").endswith("?") or bool(_QUESTION.match(sentence))


# -- who the speaker is -------------------------------------------------------------------


def _name(sentence: str, names: Sequence[str]) -> Iterator[ProfileFact]:
    if found := _NAMED.search(sentence):
        stated = _among(found["name"], names)
        if stated:
            yield ProfileFact("name", _titled(stated), 0.95)
            return
    if found := _I_AM.search(sentence):
        stated = _among(found["name"], names)
        if stated and found["name"].casefold().startswith(stated.casefold()):
            yield ProfileFact("name", _titled(stated), 0.9)


def _among(value: str, names: Sequence[str]) -> str:
    """The longest of the names that the value begins with; empty when none does."""
    folded = value.casefold()
    whole = r"(?!\w|['’]s\b)"  # “I'm Sam's brother”
    fitting = [n for n in names if re.match(re.escape(n.casefold()) + whole, folded)]
    return max(fitting, key=len, default="")


def _titled(name: str) -> str:
    return name if name != name.lower() else " ".join(word.capitalize() for word in name.split())


def _person(clause: str) -> Iterator[ProfileFact]:
    if _NEGATED.search(clause):
        return
    if found := _LIVES.search(clause):
        place = _trimmed(found["place"])
        if place and not technologies.is_technology(place):
            yield ProfileFact("location", place, 0.9)
    if found := _WORKS_AT.search(clause):
        employer = _trimmed(found["employer"])
        if employer:
            yield ProfileFact("employer", employer, 0.9)
    if role := _role(clause):
        yield ProfileFact("role", role, 0.85)


def _role(clause: str) -> str:
    for pattern in (_ROLE, _WORKS_AS):
        found = pattern.search(clause)
        if found and not _NO_ROLE.search(found["role"]):
            return found["role"].strip()
    return ""


def _trimmed(value: str) -> str:
    """The value without what no proper name ends with: a comma, a day, a technology's version."""
    words = value.rstrip(" .,'’").split()
    while words and words[-1].strip(",.").casefold() in NO_NAMES - _PROPER_ENDINGS:
        words.pop()
    return " ".join(words).rstrip(" .,")


# -- what the speaker uses ----------------------------------------------------------------


def _tools(clause: str) -> Iterator[ProfileFact]:
    """The technologies behind a verb of use, up to what is left behind."""
    changed = _NEW_VERSION.search(clause)
    number = technologies.renumbered(changed["object"][:_REACH]) if changed else None
    if changed and number and not _NEGATED.search(clause[: changed.start("object")]):
        yield ProfileFact(number.technology.category, number.new, 0.85)
        return
    found = _USE.search(clause)
    if found is None or _NEGATED.search(clause[: found.start("object")]):
        yield from _tools_of_role(clause)
        return
    chosen = _LEFT_BEHIND.split(found["object"][:_REACH], maxsplit=1)[0]
    if _NEGATED.search(found["object"]) and chosen == found["object"][:_REACH]:
        return
    for mention, use in technologies.used_for(chosen):
        yield ProfileFact(use, mention.name, 0.85)


def _tools_of_role(clause: str) -> Iterator[ProfileFact]:
    """A "Django developer" uses Django."""
    found = _ROLE.search(clause)
    if found and not _NEGATED.search(clause):
        for mention in technologies.find_technologies(found["role"]):
            yield ProfileFact(mention.category, mention.name, 0.75)
