"""What a text says of itself: that it is confided, that it speaks of oneself, that it is public."""

import re
from collections.abc import Mapping, Set

from memory.rules.classification.grammar import NAME

_WHOM = (
    r"(?:any(?:one|body)|no ?(?:one|body)|him|her|them|others|people|a soul|the (?:others|press)"
    r"|(?:my|our|your|his) \w{2,15}"
    rf"|{NAME})"
)
_NEVER = r"\b(?:don['’]t|do not|never|mustn['’]t|must not|not to|can['’]t|cannot|shouldn['’]t) "
_NDA = r"(?:ndas?|non-?disclosure agreement)"
_KEEP = r"\b(?:keep|keeping|kept|stays?|remains?) "

# Words to look for -> what they must stand in, in small letters. A word alone is no sign: a secret
# may be Kubernetes', and “confidential computing” is a technique.
CONFIDED: Mapping[tuple[str, ...], re.Pattern[str]] = {
    ("confidential", "confidentially", "confidence"): re.compile(
        r"\bconfidentially\b|\bin (?:the )?(?:strict |strictest )?confidence\b(?! interval)"
        r"|\b(?:is|are|was|be|stays?|remains?|kept?|keep (?:this|it|that)|strictly|highly|company"
        r"|treat (?:this|it|that) as) (?:strictly |highly |still |company )?confidential\b"
        r"|\bconfidential(?:\s*[:.!)]|$|,? please\b| (?:info|information|news|report|memo|document"
        r"|deal|talks|matter|project|settlement|agreement|figures|offer|until|for now|between)\b)"
    ),
    ("secret", "secrets", "secrecy"): re.compile(
        r"\b(?:top|trade) secrets?\b|\bsworn to secrecy\b|\bkeep a secret\b"
        r"|\b(?:tell|told|telling) (?:you|me|him|her) (?:a|my|our|her|his) secret\b"
        rf"|{_KEEP}(?:this|it|that|everything) (?:a )?secret\b"
        r"|\b(?:is|it['’]s|that['’]s|was|still|remains) (?:still )?(?:a|our|my|their|her|his)"
        r" (?:big |little )?secret\b"
    ),
    ("nda", "ndas", "disclosure", "nondisclosure"): re.compile(
        r"\b(?:under|signed|sign|bound by|covered by|breach of|subject to|violates)"
        rf" (?:(?:an?|the|our|my|their) )?(?:strict |mutual )?{_NDA}\b"
        rf"|\b{_NDA} (?:forbids|prohibits|covers|applies|i signed|we signed)\b"
    ),
    ("embargo", "embargoed"): re.compile(
        r"\bunder (?:strict )?embargo\b|\bembargoed (?:until|till)\b"
    ),
    ("record", "inside", "insider", "eyes"): re.compile(
        r"\boff the record\b|\binsider? information\b|\bfor your eyes only\b"
    ),
    ("public", "announced", "knows", "know"): re.compile(
        r"(?:\bnot|n['’]t) (?:yet public|public (?:yet|knowledge)|(?:yet )?(?:officially )?"
        r"announced|been (?:officially |publicly )?(?:announced|made public))\b"
        r"|\bbefore (?:it|this|that) (?:is|becomes|goes|gets) (?:public|announced)\b"
        r"|\bnobody (?:else )?(?:knows|must know|may know|should know|is supposed to know)"
        r" (?:about )?(?:this|that|it|yet)\b"
    ),
    ("tell", "mention", "breathe", "repeat", "say"): re.compile(
        rf"{_NEVER}(?:tell {_WHOM}\b(?! to )|mention (?:this|it|that) to|breathe a word|say a word"
        r"|repeat (?:this|that|it) to)\b"
    ),
    ("share", "forward", "spread", "discuss", "leak", "leave"): re.compile(
        rf"{_NEVER}(?:let (?:this|it|that) (?:leave|leak)\b|(?:share|forward|spread|discuss|leak)"
        rf" (?:with {_WHOM}\b|(?:this|it|that|them|these)(?:\W*$|[.!,;]"
        rf"| (?:with {_WHOM}|outside|publicly|yet|further|externally|around)\b)))"
    ),
    ("between", "wraps", "hush", "yourself", "hat"): re.compile(
        r"\bbetween (?:you and me|us|ourselves|the two of us)\b(?! (?:and|or)\b)"
        rf"|{_KEEP}(?:this |it |that )?(?:under wraps|hush|to yourself|under your hat)\b"
    ),
    (
        *("salary", "salaries", "wage", "wages", "pay", "payslip", "raise", "rise", "bonus"),
        *("severance", "earn", "earns", "make", "makes", "paid"),
    ): re.compile(
        rf"\b(?:my|our|his|her|their|your|{NAME}['’]s) (?:\w+ )?(?:salar(?:y|ies)|wages?|bonus"
        r"|pay ?(?:rise|raise|cheque|check|slip)|severance|take-?home pay)\b"
        r"(?! (?:column|field|table|api|calculator|service|module))"
        r"|\b(?:i|we|she|he) (?:now |only |currently |still )?(?:earns?|makes?|gets? paid|am paid"
        r"|is paid) (?:about |around |over |only |roughly |just )?(?:[$€£] ?\d|\d{1,7}"
        r"(?:[.,]\d{1,3})? ?(?:k|thousand|[$€£]|euros?|dollars?|pounds?|an? (?:year|month"
        r"|hour)|per (?:year|month|hour)|gross|net)\b)|\ba salary of [$€£]? ?\d"
    ),
}
# “The distance between us”: two sides, no secret.
_TWO_SIDES = frozenset(
    """
    distance difference differences gap relationship agreement contract split fight tension match
    game shared divided connection latency dependency score border ocean miles table chemistry
    boundary interface trust wall
    """.split()
)
# In a sentence with these, a secret is a setting, and confidential a technique.
_TRADE = frozenset(
    """
    kubernetes k8s kubectl vault pod pods env oauth yaml namespace helm terraform hmac jwt token
    tokens docker base64 mounted cipher thread threads mutable enclave enclaves computing
    webhook ledger
    """.split()
)
_SETTINGS = frozenset(("confidential", "secret", "share", "between"))

_I = (
    # written large, but for “I/O”, “Chapter I” and “World War I”
    r"(?<![\w./&-])(?<!war )(?<!War )(?<!art )(?<!hapter )(?<!olume )(?<!ype )(?<!hase )(?<!lass )"
    r"I(?![\w/&-]|\.\w)"
    # written small with a word after it, but for a program's counter
    r"|(?<![\w.(\[{<=+*/-])(?<!for )(?<!int )(?<!let )(?<!var )(?<!const )(?<!index )i"
    r"(?:['’](?:m|ve|d|ll)\b|(?= [a-z]{2})(?! in (?:range|the|a)\b)"
    r"(?! (?:is|equals) (?:the|a|an)\b)|(?=[!?]))"
)
_ONESELF = re.compile(
    rf"{_I}|(?<![\w.-])(?:[Mm](?:e|y|yself)|[Ww]e|[Oo]urs?|[Oo]urselves|us|Us|[Ii](?:m|ve)|MY|WE|OUR)"
    r"(?![\w-]|\.\w|\()"
    # the pronoun, not the one that coal comes from
    r"|\b(?:is|are|was|were|not|of|than|like|as|be) mine\b"
    r"|\bMine (?:is|are|was|were|has|does|did|works|broke|will|would|came|says)\b"
)
_SELVES = frozenset("i im ive me my myself mine we our ours ourselves us".split())
_FENCED = re.compile(r"```(?:[^`]|`(?!``))*+(?:```|$)|`[^`\n]{1,400}`")

_NAMED = r"(?:[A-Z0-9][\w.+#-]{0,30} ){1,4}"
_PAPERS = (
    r"(?:documentation|docs|manual|reference|specification|spec|standard|release notes|changelog"
    r"|man page|handbook|FAQ|tutorial|website|wiki|encyclopa?edia|guide)"
)
_SAYS = (
    r"(?:say|state|define|describe|specif|recommend|note|require|list|explain|warn|mention"
    r"|deprecate|announce|allow|forbid|read)(?:y|ies|s)?\b"
)
_PUBLIC = re.compile(
    rf"\b(?:[Aa]ccording to|[Aa]s per|[Pp]er|[Qq]uoting|[Qq]uoted from|[Ff]rom) (?:the )?"
    rf"(?:official |current |latest )?(?:{_NAMED}{_PAPERS}|{_PAPERS} (?:of|for|on) (?:the )?"
    r"[A-Z0-9]|(?:RFC|PEP|ISO) ?\d|Wikipedia\b|MDN\b|Britannica\b|NASA\b|GDPR\b"
    r"|World Health Organi[sz]ation)"
    rf"|\b(?:RFC|PEP|ISO|IEEE|ECMA)[ -]?\d[\d-]{{0,9}}(?: section [\d.]{{1,9}})?,? {_SAYS}"
    rf"|\b[Tt]he (?:official )?(?:{_NAMED}{_PAPERS}|{_PAPERS} (?:of|for) (?:the )?{_NAMED}?"
    rf"[A-Z0-9][\w.+#-]{{0,30}}) {_SAYS}"
    rf"|\b(?:Wikipedia|MDN|Britannica)(?::|,| {_SAYS})"
    rf"|\b(?:Article|Art\.) \d{{1,3}} (?:of the )?GDPR {_SAYS}"
)
_QUOTED_WITH_URL = re.compile(
    r"[“\"][^“”\"\n]{15,600}[”\"][^“”\"\n]{0,40}\bhttps?://(?!(?:localhost|127\.|10\.|192\.168\."
    r"|intranet|wiki\.|internal|staging|jira|confluence))[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)
_NOBODYS = frozenset(
    """
    internal intranet staging localhost confluence jira you your she he her his him customer client
    clients today yesterday tomorrow please remind meeting deadline mum dad boss
    """.split()
)


def is_confided(sentence: str, words: Set[str]) -> bool:
    """By its own words to be kept from others, or about what somebody earns.

    ``words`` are the sentence's own, in small letters.
    """
    said = sentence.lower()
    return any(
        pattern.search(said)
        for signs, pattern in CONFIDED.items()
        if not words.isdisjoint(signs)
        and (_SETTINGS.isdisjoint(signs) or words.isdisjoint(_TRADE))
        and not ("between" in signs and words & _TWO_SIDES)
    )


def without_code(text: str) -> str:
    """The text without what stands between backticks: a program's “i” and “my” are nobody's."""
    return _FENCED.sub(" ", text) if "`" in text else text


def speaks_of_oneself(text: str, words: Set[str]) -> bool:
    """Whether it says I, me, my, we or our; ``words`` are its own, in small letters."""
    return not words.isdisjoint(_SELVES) and bool(_ONESELF.search(text))


def repeats_what_is_public(text: str, words: Set[str]) -> bool:
    """A named public source, and nothing of anybody's own; when in doubt, not."""
    if "?" in text or not words.isdisjoint(_NOBODYS):
        return False
    return bool(_PUBLIC.search(text)) or ("http" in text and bool(_QUOTED_WITH_URL.search(text)))
