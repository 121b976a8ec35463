"""The words of a question and of a statement made to meet: stems, synonyms, and how much each word
carries. Tables of English rather than a model, so that every match can be named."""

import re

FIRST_PERSON = re.compile(r"\b(?:i|i['’]m|me|my|mine|myself|we|our|us)\b", re.IGNORECASE)

_STOP_WORDS = frozenset(
    "a about again all am an and any anything are as at be been being but by can could current "
    "currently did do does doing done for from had has have having he her here hers him his how i "
    "if in into is it its just may me might mine much my myself no not of off on once one or our "
    "out over please s shall she should so some still than that the their them then there these "
    "they this those to too under until up us usually very was we were what when where which while "
    "who whom whose why will with would you your yours t ve ll d m re let tell told say said "
    "mention mentioned remember know talk talked recall think ever already normally now "
    "recently".split()
)
_WORD = re.compile(r"[\w+#]+(?:['’.]\w+)*\+*")
_WORD_AS_WRITTEN = re.compile(r"[\w+#]+(?:['’.-]\w+)*\+*")
_IRREGULAR = {
    "bought": "buy", "went": "go", "gone": "go", "met": "meet", "ate": "eat", "drove": "drive",
    "wrote": "write", "chose": "choose", "got": "get", "made": "make", "ran": "run",
    "running": "run", "began": "begin", "built": "build", "taught": "teach", "thought": "think",
    "kept": "keep", "left": "leave", "paid": "pay", "slept": "sleep", "spoke": "speak",
    "spent": "spend", "took": "take", "children": "child", "kids": "child", "kid": "child",
    "mum": "mother", "mom": "mother", "dad": "father", "lives": "live", "living": "live",
    "colour": "color", "colours": "color", "favorite": "favourite",
    "won": "win", "sold": "sell", "read": "read", "grew": "grow", "studied": "study",
    "saw": "see", "came": "come", "broke": "break", "bigger": "big", "flew": "fly",
}  # fmt: skip


def stem(word: str) -> str:
    """A word without its commonest endings, so that “prefers” and “preferred” meet."""
    plain = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    plain = _IRREGULAR.get(plain, plain)
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "i"
    for ending, shortest in (("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if plain.endswith(ending) and len(plain) >= shortest and not plain.endswith("ss"):
            plain = plain[: -len(ending)]
            plain = plain[:-1] if len(plain) > 3 and plain[-1] == plain[-2] != "l" else plain
            break
    if plain.endswith("y") and len(plain) > 4:
        return plain[:-1] + "i"
    return plain.removesuffix("e") if len(plain) > 3 else plain


# Words that carry little of what is asked: they count for a third of another.
LIGHT_WORDS = frozenset(
    stem(word)
    for word in "use get go make take want need like thing kind sort type name call give keep put "
    "new many old "
    "long often favourite prefer best team person people time day last year".split()
)
LIGHT_WEIGHT = 1 / 3

# What is asked for -> words in a statement that answer it without repeating it.
_ANSWERED_BY = {
    stem(asked): frozenset(stem(word) for word in words.split())
    for asked, words in {
        "live": "home move base flat apartment house reside",
        "job": "work engineer developer teacher nurse manager",
        "role": "work engineer developer teacher nurse manager",
        "work": "job employ freelance",
        "company": "work employ employer startup business firm",
        "employer": "work employ company",
        "pet": "dog cat rabbit hamster parrot fish horse puppy kitten",
        "partner": "wife husband girlfriend boyfriend spouse fiance fiancee",
        "spouse": "wife husband",
        "child": "son daughter baby twin",
        "sibl": "brother sister",
        "parent": "mother father",
        "famili": "wife husband son daughter mother father brother sister",
        "birthday": "born turn",
        "born": "birthday",
        "age": "old born turn",
        "diet": "vegetarian vegan gluten lactose keto halal kosher",
        "eat": "vegetarian vegan food diet",
        "allergi": "allergic intoleran",
        "allergic": "allergi intoleran",
        "drink": "coffee tea wine beer water juice",
        "instrument": "guitar piano violin drum cello flute bass ukulele",
        "sport": "football tennis run swim climb cycl yoga basketball rugby cricket hik gym",
        "hobbi": "enjoy play paint hik climb garden photography love",
        "exercise": "run gym swim yoga",
        "car": "drive",
        "buy": "order purchas",
        "color": "red blue green yellow purpl orang pink black white teal",
        "like": "love enjoy prefer favourit fan adore",
        "love": "like enjoy adore",
        "enjoy": "like love",
        "hate": "dislik loath stand",
        "dislik": "hate loath stand",
        "favourit": "love prefer best like",
        "prefer": "favourit rather love like",
        "deadlin": "due submit",
        "meet": "appointment call",
        "appointment": "meet",
        "holiday": "vacation trip travel fly",
        "vacation": "holiday trip travel",
        "trip": "travel fly visit holiday",
        "studi": "degree university student cours",
        "bug": "error fail crash break",
        "fix": "solve resolv",
        "solve": "fix resolv",
        "decid": "chose choose agree go pick",
        "decision": "decid choose agree",
        "wedding": "marry",
        "due": "expect submit ship",
        "baby": "child born",
        "old": "turn year age born",
        "want": "like need wish",
        "boss": "manager",
        "manager": "boss",
        "name": "call",
        "call": "name",
        "host": "deploy",
    }.items()
}  # fmt: skip


def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    plain = text.lower().replace("-", "")
    plain = plain.replace("operating system", "os").replace("message queue", "queue")
    words = _WORD.findall(plain)
    return frozenset(stem(word) for word in words if word.split("'")[0] not in _STOP_WORDS)


def answering(asked: str) -> frozenset[str]:
    """The stems that answer to one that is asked for: itself, and what says it in other words."""
    return _ANSWERED_BY.get(asked, frozenset()) | {asked}


def words_with(stems: frozenset[str], text: str) -> tuple[str, ...]:
    """The words of a text that have one of the stems, as they are written, in order."""
    words = _WORD_AS_WRITTEN.findall(text)
    return tuple(dict.fromkeys(word for word in words if content_words(word) & stems))
