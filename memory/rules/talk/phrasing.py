"""What a person said, turned back to them: first person to second, a sentence or a clause.

“I prefer tea, and my cat is ill” is remembered as it was said and answered as “you prefer tea,
and your cat is ill”. Everything here is pattern work without a grammar, so it stays on the safe
side: code, addresses and quoted speech are never touched, and the verbatim quote always stands
beside the turned sentence.
"""

import re
from collections.abc import Sequence

# Left as it is: code, links, and what somebody else is quoted as saying. A quotation mark after
# a letter or digit opens nothing (27" monitor, the dogs' bowl).
_UNTOUCHED = (
    r"```.*?(?:```|\Z)|`[^`\n]*`|\b[a-z][a-z\d+.-]{1,20}://\S*|“[^”]{0,500}”|"
    r"(?<!\w)\"[^\"\n]*\"(?!\w)|(?<!\w)[‘'][^‘’'\n]*[’'](?!\w)"
)

# Not part of a name, path, address or version: my.cnf, I/O, me@x.org, I-95, about.me.
_BEFORE = r"(?<![\w@./\\-])"
_AFTER = r"(?![\w@/\\]|[.\-]\w)"

# Not the pronoun: World War I, Type I, "for i in", "i = 0".
_PRONOUN_I = (
    r"(?<!War )(?<!Part )(?<!Type )(?<!Phase )(?<!Chapter )(?<!Level )(?<!for )"
    r"I(?!\s*(?:[=<>+]|\[))"
)
_ADVERBS = r"(?P<adverbs>(?: (?:\w+ly|also|just|still|never|always|often|now|once|not|then))*)"

_PRONOUNS = re.compile(
    rf"(?P<untouched>{_UNTOUCHED})|{_BEFORE}(?:"
    r"my (?P<companion>\w+(?: \w+)?) and I(?P<companion_be> am| was)?"
    r"|(?P<asked_be>am|was|wasn['’]t|aren['’]t) I"
    rf"|{_PRONOUN_I}{_ADVERBS} (?P<be>am|was|wasn['’]t)"
    rf"|(?P<i>{_PRONOUN_I}(?P<short>['’](?:m|ve|d|ll))?)"
    r"|(?P<bare>im|ive)"
    r"|(?<!a )(?<!the )(?<!coal )(?<!gold )(?<!data )(?P<mine>mine)"
    r"|(?P<other>myself|my|ourselves|ours|our|we(?:['’](?:re|ve|d|ll))?)"
    r"|(?P<object>(?-i:[Mm]e|[Uu]s))"
    r"|(?P<to_me>(?:want|need|like|ask|asked|expect|trust|tell|told|teach|taught) )you"
    r"|your (?P<mine_too>answers?|repl(?:y|ies)|responses?|explanations?)"
    r"|(?P<joined>(?:and|but|or|then)(?: also| now| once| never)? )(?P<joined_was>was)"
    rf"|(?<!\d )(?<!\d)(?P<am>(?-i:am))){_AFTER}",
    re.IGNORECASE | re.DOTALL,
)
_BE = {"am": "are", "was": "were", "wasn't": "weren't", "aren't": "aren't"}
_OTHER = {
    "myself": "yourself",
    "my": "your",
    "ourselves": "yourselves",
    "ours": "yours",
    "our": "your",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "we'd": "you'd",
    "we'll": "you'll",
}
_SHORT = {"": "you", "m": "you're", "ve": "you've", "d": "you'd", "ll": "you'll"}
_SUBJECT = re.compile(r"\b(?:I|he|she|it|they|who|which|that)\b|\b[Mm]y \w+")
# How far back the subject of “… and was” is looked for, in characters.
_SENTENCE_REACH = 300
_SENTENCE_END = re.compile(r"(?:[.!?…][\"”’)]*\s+|\n\s*)(?:[-*•]\s+)?$")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx)\.\s+$", re.IGNORECASE)

_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: there| all| recollect)?"
    r"(?:\s*[,.!:;–—-]+\s*|\s+(?=i\b|i['’]|im\b|my\b))"
    r"|(?:well|so|ok|okay|oh|also|actually|anyway|yes|no|yeah|sure|thanks|great|cool|fyi|btw"
    r"|by the way|just so you know|for the record|to be clear)\s*[,:–—-]+\s*"
    r"|(?:btw|fyi|and|but|so|also|because)\s+(?=i\b|i['’]|my\b|we\b)"
    r"|here(?:['’]s| is| are)\s[^.:!?\n]{1,80}:\s+)+",
    re.IGNORECASE,
)
_LOWERED_FIRST = frozenset(
    "a an the this that these those there here it its he his she her they their we you your "
    "yours you're you've you'd you'll yourself when if since after before while because every "
    "all most some in on at for from with by as one nobody everyone everything no not "
    "yesterday today tonight tomorrow earlier recently lately previously formerly originally "
    "currently now nowadays then later soon once twice sometimes usually normally often always "
    "never finally meanwhile "
    "both several many few each any another two three four five six seven eight nine ten "
    "until during despite although though whenever wherever unless instead unlike like".split()
)
# “Last March”, “next week”; not a name that begins so (“Next sells clothes”).
_LOWERED_BEFORE_TIME = re.compile(
    r"^(?:last|next|early|late)\s(?:in\s)?(?:night|time|morning|afternoon|evening|day|week|weekend"
    r"|month|quarter|year|decade|spring|summer|autumn|fall|winter|christmas|easter"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def to_second_person(text: str) -> str:
    """What the person said of themselves, as said to them; wording is otherwise kept."""
    return _PRONOUNS.sub(_turned, text)


def _turned(found: re.Match[str]) -> str:
    if found["untouched"]:
        return found[0]
    starts = _starts_sentence(found.string, found.start())
    proper = found[0][0].isupper() and not found[0].upper().startswith("I")
    turned = _second_person(found)
    return turned[0].upper() + turned[1:] if starts or proper else turned


def _second_person(found: re.Match[str]) -> str:
    groups = {name: value.replace("’", "'") for name, value in found.groupdict().items() if value}
    if "companion" in groups:
        be = _BE.get(groups.get("companion_be", "").strip().lower(), "")
        return f"you and your {groups['companion']}" + (f" {be}" if be else "")
    if "asked_be" in groups:
        return f"{_BE[groups['asked_be'].lower()]} you"
    if "be" in groups:
        return f"you{groups.get('adverbs', '')} {_BE[groups['be'].lower()]}"
    if "i" in groups:
        return _SHORT[groups.get("short", "").lstrip("'").lower()]
    if "bare" in groups:
        return _SHORT[groups["bare"].lower().removeprefix("i")]
    if "other" in groups:
        return _OTHER[groups["other"].lower()]
    if "to_me" in groups:
        return groups["to_me"] + "me"
    if "mine_too" in groups:
        return f"my {groups['mine_too']}"
    if "joined_was" in groups:
        return groups["joined"] + ("were" if _subject_is_i(found) else "was")
    return {"mine": "yours", "object": "you", "am": "are"}[str(found.lastgroup)]


def _subject_is_i(found: re.Match[str]) -> bool:
    """Whether “… and was” belongs to an “I” said before it in the same sentence."""
    before = found.string[max(0, found.start() - _SENTENCE_REACH) : found.start()]
    sentence = re.split(r"[.!?]\s", before)[-1]
    subjects = _SUBJECT.findall(sentence)
    return bool(subjects) and subjects[-1] == "I"


def _starts_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 12) : at]
    if (at <= len(before) and not before.strip()) or "\n" in before[len(before.rstrip()) :]:
        return True
    return bool(_SENTENCE_END.search(before)) and not _ABBREVIATION.search(before)


def without_opening(sentence: str) -> str:
    """The sentence without “Hi,”, “By the way,” and the like before what it says."""
    return _OPENING.sub("", sentence.strip()) or sentence.strip()


def as_sentence(said: str) -> str:
    """“hi, i use Vim” -> “You use Vim.”"""
    turned = to_second_person(without_opening(said)).strip()
    ended = turned if turned.endswith((".", "!", "?", "…", ":")) else turned + "."
    return capitalised(ended)


def as_clause(said: str) -> str:
    """“Hi, I use Vim.” -> “you use Vim”, to follow “that”."""
    turned = to_second_person(without_opening(said)).strip().rstrip(" .!?…;:,")
    return lowered(turned)


def lowered(text: str) -> str:
    """To stand within a sentence: with a small first letter, unless it may be that of a name."""
    first = text.partition(" ")[0].rstrip(",").lower()
    small = first in _LOWERED_FIRST or _LOWERED_BEFORE_TIME.match(text)
    return text[0].lower() + text[1:] if small else text


def capitalised(text: str) -> str:
    """With a capital first letter, unless the first word has its own spelling (iPhone, npm_x)."""
    first = text.partition(" ")[0]
    return text[0].upper() + text[1:] if first.rstrip(",.;:!?").replace("'", "").islower() else text


def listed(parts: Sequence[str], joiner: str = "and") -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joiner} {parts[-1]}"


def with_article(noun: str) -> str:
    """“a nurse”, “an engineer”; titles (“CTO”) and what has an article stay as they are."""
    if not noun[:1].islower() or noun.split()[0] in ("a", "an", "the", "my", "your", "our"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
