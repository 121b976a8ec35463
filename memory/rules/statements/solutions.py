"""What was wrong and what helped, or did not: read word by word.

Notes of this sort are short and often without a subject (“Fixed the login bug by clearing the
cache”), so that the parser's tree is of little use; the words' forms and order tell.
"""

import re

from memory.records import Kind, Sentence, Statement, Word
from memory.rules.importance import PROBLEM
from memory.rules.statements import asides

_FIXING = frozenset({"fix", "solve", "resolve", "cure", "repair", "remedy", "eliminate"})
_HELPING = frozenset({"help", "work", "fix", "solve", "resolve", "cure", "change", "stop"})
_FAILING_WORDS = re.compile(
    r"\b(?:made no difference|changed nothing|did nothing|had no effect|was(?:n['’]t| not) enough"
    r"|to no avail)\b",
    re.IGNORECASE,
)
_CAUSED = re.compile(
    r"\b(?:(?:was|were|is|are|got) (?:\w+ )?(?:caused|triggered|due|down)(?: by| to)"
    r"|(?:happened|failed|failing|crashed|crashing|occurred|broke|was down|came)"
    r" (?:because of|because|due to|from))\s",
    re.IGNORECASE,
)
_CULPRIT = re.compile(
    r"^(?:so,? |in the end,? |finally,? )?(?:the|my|our) (?:real |root |actual |main )?"
    r"(?:problem|issue|cause|culprit|reason|trouble|bug|mistake|error)"
    r"(?: (?:with|of|behind|for) (?P<problem>[^,.;:]{2,80}?))?"
    r" (?:was|turned out to be) (?P<fix>.{3,200})$",
    re.IGNORECASE,
)
_REMEDY = re.compile(
    r"^(?:in the end,? |finally,? )?(?:the|my|our) (?:only |final )?"
    r"(?:fix|solution|workaround|remedy|cure)(?: (?:for|to|of) (?P<problem>[^,.;:]{2,80}?))?"
    r" (?:was|is) (?:to )?(?P<fix>.{3,200})$",
    re.IGNORECASE,
)
_DID_THE_TRICK = re.compile(
    r"^(?P<fix>(?:\w+ing|a|an) .{3,150}?) (?:did the (?:trick|job)"
    r"|made (?:it|everything) work(?: again)?|worked(?: (?:fine|well|in the end))?"
    r"|got rid of (?P<problem>.{3,80}))$",
    re.IGNORECASE,
)
_WORKS_SINCE = re.compile(
    r"^(?P<problem>.{2,80}?) works? (?:again |fine )?(?:now that|since|after)"
    r" (?P<fix>(?:i|we)\b.{4,160})$",
    re.IGNORECASE,
)
_IMPLEMENTED = re.compile(
    r"^(?:implemented|introduced|added|set up) (?P<fix>[^,;]{3,120}? (?:using|with) [^,;]{2,120}?)"
    r" (?:to (?:avoid|prevent|fix|solve|stop) (?P<problem>.{3,120})|(?:for|to) .{3,120})$",
    re.IGNORECASE,
)
"""Notes of work: “Implemented a cache using Redis for better performance”."""
_FIXED = re.compile(r"^(?:fixed|solved|resolved) (?P<problem>(?:[^\s,;]+ ){2,12}[^\s,;]+)$", re.I)
_LABELLED = re.compile(r"^(?:the )?(?:solution|workaround|root cause): (?P<fix>.{5,200})$", re.I)
_NOBODY = frozenset({"it", "that", "this", "i", "we", "they", "he", "she", "you", "which"})
_TRIED = re.compile(
    r"^(?:i|we)(?:['’]ve| have)? (?:already |also )?tried (?P<fix>.{3,120}?),?"
    r" (?:but (?:it|that|this|they) (?:did|does)(?:n['’]t| not) (?:really )?(?:help|work)"
    r"|without success|in vain)\b",
    re.IGNORECASE,
)
_TURNED_OUT = re.compile(
    r"^(?:in the end |finally |so )?(?:it )?turn(?:ed|s) out (?:that )?(?P<fix>.{5,200})$",
    re.IGNORECASE,
)
_WENT_AWAY = re.compile(
    r"^(?P<problem>.{3,120}?) (?:went away|disappeared|vanished|stopped|is gone|was gone|are gone)"
    r" (?:after|when|once|as soon as|since|by) (?P<fix>.{5,200})$",
    re.IGNORECASE,
)
_PHRASES: tuple[tuple[re.Pattern[str], bool | None], ...] = (
    (_WENT_AWAY, True),
    (_CULPRIT, None),
    (_REMEDY, True),
    (_DID_THE_TRICK, True),
    (_WORKS_SINCE, True),
    (_TRIED, False),
    (_LABELLED, None),
    (_TURNED_OUT, None),
    (_IMPLEMENTED, True),
)
"""Each with whether what it tells of helped; None: it tells what was behind the problem."""
_UNREAL = frozenset("would could can should might may will 'll ’ll if wo ca must".split())
_PRONOUNS = frozenset({"i", "we", "you", "he", "she", "they", "it", "that", "this", "which"})
_AUXILIARIES = frozenset("was were is are been be has have had got get 's 've since".split())
_ADVERBS = frozenset("finally just now already eventually also then and but so only".split())
_HEADING = re.compile(r"^[\w ]{3,40}:\s+")
_THAT = re.compile(
    r"^(?:the |this |that |my |our )?(?:problem|issue|it|that|this|them|error|bug)$", re.I
)
_CLAUSE_END = re.compile(r";\s|, (?:and|so|then) |,? but |\.\s|\s[-–—]\s")
_WRONG = re.compile(
    rf"{PROBLEM.pattern}|\b(?:kept|keeps|keep) \w{{2,20}}ing\b|n['’]t\b|"
    r"\b(?:could|would|did|does) not\b|\bflaky\b",
    re.IGNORECASE,
)
_DOINGS = ("VBG",)
_NO_PROBLEM = frozenset("price name time meeting date appointment house".split())


def read(sentence: Sentence, place: int, before: Statement | None = None) -> Statement | None:
    """The solution that a sentence tells; ``before`` is what the sentence before it told."""
    words = [w for w in sentence.words if w.pos != "SPACE"]
    if not words or _is_unreal(words):
        return None
    for shape in (_by_its_words, _by_its_form):
        found = shape(sentence, words)
        if found is not None:
            return _statement(sentence, place, found, before)
    return None


_Found = tuple[str, str, bool | None]
"""The problem, what was done or what was behind it, and whether that helped."""


def _is_unreal(words: list[Word]) -> bool:
    """“could be fixed by”, “if it helps”, “trying to fix”: nothing has been solved."""
    for index, word in enumerate(words):
        if word.lemma.lower() in _FIXING | _HELPING:
            near = [w.text.lower() for w in words[max(0, index - 4) : index]]
            if not _UNREAL.isdisjoint(near) or near[-1:] == ["to"]:
                return True
    return words[-1].text == "?" or words[0].text.lower() in ("if", "maybe", "perhaps")


def _by_its_words(sentence: Sentence, words: list[Word]) -> _Found | None:
    """Set phrases: “the problem was”, “turned out that”, “went away after”."""
    text = sentence.text.strip().rstrip(".!")
    for pattern, worked in _PHRASES:
        if found := pattern.match(text):
            parts = found.groupdict()
            fix = (parts.get("fix") or "").strip()
            if (worked and _is_negated(words)) or asides.is_vague(fix):
                return None
            return (parts.get("problem") or "").strip(), fix, worked
    if found := _FIXED.match(text):
        return None if " by " in text else (found["problem"], "", True)
    if failing := _FAILING_WORDS.search(text):
        deed = text[: failing.start()].strip(" ,")
        return ("", deed, False) if _is_a_deed(deed) else None
    return None


def _by_its_form(sentence: Sentence, words: list[Word]) -> _Found | None:
    problem = ""
    if caused := _CAUSED.search(sentence.text):
        problem = _HEADING.sub("", _last_clause(sentence.text[: caused.start()]))
        if problem.lower() in _NOBODY:
            return None
        if asides.is_vague(problem):
            problem = ""
    for index, word in enumerate(words):
        lemma = word.lemma.lower()
        if (lemma in _FIXING and word.tag in ("VBD", "VBN")) or _is_verb_of_help(words, index):
            found = _around(sentence, words, index)
            if found is not None:
                said, fix, worked = found
                if _names_nothing(said):
                    said = problem or _told_before(sentence.text[: word.start]) or said
                return said, fix, worked
    if caused:
        end = re.split(r"[;.]\s", sentence.text[caused.end() :], maxsplit=1)[0]
        return problem, end.rstrip(".! "), None
    return None


def _told_before(text: str) -> str:
    """What “it” is that was fixed: the clause before, where that tells what was wrong."""
    *_, before, _ = ["", *_CLAUSE_END.split(text)]
    return before.strip(" ,") if _WRONG.search(before) else ""


def _is_verb_of_help(words: list[Word], index: int) -> bool:
    word = words[index]
    if word.lemma.lower() not in _HELPING or word.pos not in ("VERB", "NOUN"):
        return False
    did = any(
        w.text.lower() in ("did", "does", "has", "have") for w in words[max(0, index - 3) : index]
    )
    return word.tag in ("VBD", "VBN") or (did and word.tag in ("VB", "VBP", "NN"))


def _around(sentence: Sentence, words: list[Word], index: int) -> _Found | None:
    """What stands before and behind the verb, sorted into problem and remedy."""
    text = sentence.text
    worked = not _is_negated(words[max(0, index - 3) : index])
    by = _remedy(words, index)
    left = _subject(text, words, index)
    if by is not None:
        said = text[words[index].end : words[by].start].strip(" ,")
        fix = _first_clause(text[words[by].end :])
        problem = said or left
        if words[index].lemma.lower() in ("help", "work", "change"):
            return None
        return (problem, fix, worked) if not _names_nothing(problem) else ("", fix, worked)
    if not _is_a_deed(left):
        return None
    problem = _first_clause(text[words[index].end :])
    if problem and words[index].lemma.lower() in ("help", "work", "change", "stop"):
        problem = re.sub(r"^(?:with|for|against|anything|much|either|at all)\b\s*", "", problem)
    return problem, left, worked


def _is_negated(before: list[Word]) -> bool:
    return any(w.text.lower() in ("n't", "n’t", "not", "never", "nothing") for w in before)


def _remedy(words: list[Word], index: int) -> int | None:
    """Place of “by” or “with” before what was done."""
    for i in range(index + 1, len(words) - 1):
        if words[i].text in (";", "."):
            return None
        following = words[i + 1]
        word = words[i].text.lower()
        doing = following.tag in _DOINGS or following.text.lower().endswith("ing")
        fixed = words[index].lemma.lower() in _FIXING and i > index + 1
        if (word in ("by", "with") and doing) or (word == "with" and fixed):
            return i
    return None


def _subject(text: str, words: list[Word], index: int) -> str:
    """What the verb is said of, without its auxiliaries and what stands before it."""
    end = index
    while end and (
        words[end - 1].text.lower() in _AUXILIARIES | _ADVERBS
        or words[end - 1].text.lower() in ("did", "does", "n't", "n’t", "not", "do")
    ):
        end -= 1
    left = text[: words[end - 1].end] if end else ""
    left = _HEADING.sub("", _last_clause(left))
    return re.sub(r"^(?:and|but|then|so|finally),?\s+", "", left, flags=re.IGNORECASE)


def _last_clause(text: str) -> str:
    return re.split(r";\s|, (?:and|but|so) |\. ", text)[-1].strip(" ,")


def _first_clause(text: str) -> str:
    return re.split(r";|, (?:and|but|so|which) |\. ", text)[0].strip(" ,.!")


def _is_a_deed(text: str) -> bool:
    """“Raising the pool size”: what somebody did, rather than who."""
    first = text.split(maxsplit=1)[0].lower() if text else ""
    if not first or first in _PRONOUNS or " " not in text:
        return False
    # “turning it off and on”, “a restart of the router”
    return first.endswith("ing") or first in ("a", "an")


def _names_nothing(problem: str) -> bool:
    return not problem or bool(_THAT.match(problem)) or asides.is_vague(problem)


def _statement(
    sentence: Sentence, place: int, found: _Found, before: Statement | None
) -> Statement | None:
    problem, fix, worked = found
    if _names_nothing(problem):
        problem = before.problem if before and before.kind is Kind.SOLUTION else ""
    if (fix or not problem) and _names_nothing(fix):
        return None
    if problem.split()[-1:] and problem.split()[-1].lower() in _NO_PROBLEM:
        return None
    return Statement(
        text=sentence.text,
        sentence=place,
        kind=Kind.SOLUTION,
        attribute="solution",
        value=fix or problem,
        problem=problem,
        fix=fix if worked is not None else "",
        worked=worked,
        confidence=0.8,
    )
