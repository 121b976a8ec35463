"""Why a sentence, or a clause of it, states nothing to keep, however much it looks like it.

Asked before anything is read into it, from what is plain to see to what only grammar tells.
"""

import re
from collections.abc import Sequence

from memory.records import Sentence, Why
from memory.rules.languages import ENGLISH, FOREIGN
from memory.rules.statements.clauses import Clause
from memory.rules.talk.questions import ASKING, SMALL_TALK, Turn, read_turn

_QUOTED_LINE = re.compile(r"^\s{0,8}(?:>|```|\||#{1,6} |\[\d{4}-\d\d-\d\d\b)")
"""Also what begins with its day in brackets: a line out of some record."""
_QUOTED = re.compile(
    r"\"[^\"]{0,500}\"|“[^”]{0,500}”|„[^“”]{0,500}[“”]|`[^`]{0,500}`|(?<!\w)'[^']{2,500}'(?!\w)"
)
_SPOKEN_BY = re.compile(
    r"^(?:user|human|assistant|bot|ai|system|subject|speaker|agent|narrator|me|you|q|a)\s?:\s", re.I
)
_TEXT_TO_WORK_ON = re.compile(
    r"^[A-Za-z]{3,15} (?:this|these|the (?:following|sentence|text|phrase|word))\b[^:]{0,40}:", re.I
)
"""“Correct this sentence: …”: what follows is not said, but worked on."""
_IN_A_STORY = re.compile(
    r"^(?:in (?:the|this|my|our|a|that) (?:\w+ )?(?:novel|story|book|film|movie|poem|game"
    r"|scenario|example|play|series|exercise|puzzle|riddle|dream|song)\b|once upon a time)",
    re.IGNORECASE,
)
_MADE_UP = frozenset({"alice", "bob"})
"""Together they are the people of examples."""
_CODE = re.compile(
    r"[{};]\s*$|^\s{0,8}(?:\$ |//|/\*|<\w|@\w|\w+\(|return\b|import\b|def \w|class \w+[:(]"
    r"|for \w+ in |SELECT\b|INSERT\b|UPDATE\b|DELETE\b|npm |pip |git |docker |sudo |curl )"
    r"|\w\(\w{0,40}\)|\w\.\w+\(|==|=>|->|::|&&|\|\||^\w{0,40}(?:Error|Exception)\b"
    r"|^\d{4}-\d\d-\d\d[ T]\d|^\s{0,8}[\w.]{1,60}\s?=\s?\S|^https?://\S+$"
)
_COURTESY = re.compile(
    r"^(?:i(?:['’]m| am) (?:so |very |really )?sorry|i (?:do ?n['’]?t|do not) know|i have no idea"
    r"|no idea|i (?:understand|see|agree|guess so|think so|hope so)|you(?:['’]re| are) right"
    r"|what an? \w+(?: \w+)?|happy \w+|(?:it(?:['’]s| is| was) )?(?:very )?nice (?:to meet you|one)"
    r"|oh(?: my)?(?: god| no| well)?|haha\W+\w+(?: one)?|i appreciate (?:it|that)|congratulations"
    r"|good (?:luck|job|point)|well done|kind regards|best wishes|take care)[\s,.!:)]*$",
    re.IGNORECASE,
)
_WONDERING = re.compile(r"^(?:i (?:wonder|was wondering|am wondering)|i['’]m wondering)\b", re.I)
_HYPOTHETICAL_WORDS = frozenset(
    "maybe perhaps possibly probably hypothetically presumably supposedly unless".split()
)
_HYPOTHETICAL_VERBS = frozenset(
    """
    suppose imagine assume pretend wish hope wonder consider plan guess doubt dream hesitate
    hypothesize contemplate
    """.split()
)
_NEARLY = frozenset({"almost", "nearly"})
"""“We almost moved to Rome”: it did not happen."""
_HYPOTHETICAL_MODALS = frozenset("would 'd ’d might may could should".split())
SAYING = frozenset(
    """
    say tell claim state insist mention write explain announce report argue reply answer ask read
    """.split()
)
VIEWING = frozenset(
    "think believe feel find reckon suppose guess consider assume want expect hope".split()
)
LIKING = frozenset("like love hate prefer enjoy adore dislike want".split())
_NO_MATTER = frozenset(
    """
    it this that these those them they he she him her something anything nothing everything stuff
    thing things one ones some lot bit way kind sort idea point sense there here what which so
    such same rest case example question problem issue trouble error message exception headache
    feeling time look try minute moment second doubt clue favour favor need chance right hurry
    """.split()
)
_FEWEST_WORDS = 2
_PEOPLE = frozenset({"people", "everybody", "everyone", "some", "many", "others", "they"})

_TAKEN_BACK = re.compile(
    r"[,.;:!(–—-]\s?(?:(?:(?:just |only |i['’]?m |i am ){0,2}(?:kidding|joking|jk)|no,? wait"
    r"|scratch that)\s?(?:[,.;:!)–—-]\W{0,3}|$)|i meant )",
    re.IGNORECASE,
)


def taken_back(text: str) -> int:
    """Where what counts begins, behind “just kidding” and the like; 0 where nothing is."""
    return max((found.end() for found in _TAKEN_BACK.finditer(text)), default=0)


def of_the_sentence(sentence: Sentence) -> Why | None:
    """What the whole sentence is, where that alone says that it states nothing."""
    return _of_its_look(sentence) or _of_its_turn(sentence) or _of_its_language(sentence)


def _of_its_look(sentence: Sentence) -> Why | None:
    text = sentence.text
    if _QUOTED_LINE.match(text) or _SPOKEN_BY.match(text):
        return Why.QUOTATION
    if _CODE.search(without_quotes(text)):
        return Why.NOT_ENGLISH
    if _TEXT_TO_WORK_ON.match(text):
        return Why.REQUEST
    made_up = _MADE_UP.issubset(word.text.lower() for word in sentence.words)
    return Why.HYPOTHETICAL if made_up or _IN_A_STORY.match(text) else None


def _of_its_turn(sentence: Sentence) -> Why | None:
    """What it wants of the assistant, where it states nothing besides."""
    turns = {part.turn for part in read_turn([sentence.text])}
    if turns <= SMALL_TALK or _COURTESY.match(sentence.text):
        return Why.SMALL_TALK
    if Turn.REQUEST in turns:
        return Why.REQUEST
    asks = sentence.text.rstrip(" )\"'”’!.").endswith("?") or not turns.isdisjoint(ASKING)
    if _WONDERING.match(sentence.text) or (asks and Turn.STATEMENT not in turns):
        return Why.QUESTION
    return None


def without_quotes(text: str) -> str:
    """The text with what is quoted blanked, so that offsets stay."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def of_the_clause(clause: Clause) -> Why | None:
    """What stands against taking a clause at its word."""
    if _is_quoted(clause):
        return Why.QUOTATION
    if _is_hypothetical(clause):
        return Why.HYPOTHETICAL
    if clause.lemma in SAYING and _is_of_people(clause):
        return Why.ANOTHERS_VIEW
    if clause.lemma in SAYING and clause.children("ccomp") and not _is_said_by_me(clause):
        return Why.QUOTATION
    if clause.lemma in VIEWING and clause.children("ccomp", "xcomp") and not _is_said_by_me(clause):
        return Why.ANOTHERS_VIEW
    if _according(clause):
        return Why.QUOTATION
    if clause.subject is not None and clause.lower(clause.subject) in ("you", "u"):
        return Why.ASSISTANT
    if clause.subject is not None and any(
        clause.lower(i) == "your" for i in clause.sentence.children(clause.subject, "poss")
    ):
        return Why.ASSISTANT
    return None


def is_vague(text: str) -> bool:
    """Whether it names nothing: “it”, “a question”, “the same thing”."""
    words = re.findall(r"[\w'’-]+", text.lower())
    telling = [w for w in words if w not in _NO_MATTER | _LITTLE]
    return not telling


_LITTLE = frozenset(
    "a an the my our your of to in on for no any much many more other another new strange weird "
    "small big quick good bad great nice little with about".split()
)


def names_nothing(clause: Clause, place: int) -> bool:
    """Whether the noun here points at something that was said elsewhere, or at nothing."""
    word = clause.word(place)
    for preposition in clause.sentence.children(place, "prep"):
        if word.lemma.lower() in _AMOUNTS and clause.lower(preposition) == "of":
            nouns = clause.sentence.children(preposition, "pobj")
            return not nouns or names_nothing(clause, nouns[0])
    pronoun = word.pos == "PRON" and (word.text.islower() or word.text == "I")
    if pronoun or word.text.lower() in _NO_MATTER:
        return True
    children = clause.sentence.children(place, "det", "poss", "amod")
    before = {clause.lower(i) for i in children}
    if not before.isdisjoint(_POINTING):
        return True
    in_sight = len(clause.named(place)) == len(("the", "code")) and word.lemma in _IN_SIGHT
    return "the" in before and (in_sight or not before.isdisjoint(_WHICH))


_IN_SIGHT = frozenset(
    "code function script snippet file method command formula approach text list table".split()
)
"""“I use the code below”: the assistant sees it, and nobody will tomorrow."""
_AMOUNTS = frozenset({"lot", "kind", "sort", "couple", "bit", "number", "pair", "type"})
_POINTING = frozenset({"this", "that", "these", "those", "such", "your"})
_WHICH = frozenset(
    "first second third fourth last other previous latter former above wrong right".split()
)
"""“The second version”: of a list that stands elsewhere."""


def default_reason(found: Sequence[Clause]) -> Why:
    """Why a sentence that was read and says nothing is passed over."""
    if not found:
        return Why.VAGUE
    clause = found[0]
    subject, lemma = clause.subject, clause.lemma
    if subject is None:
        return Why.REQUEST if clause.word(clause.head).tag in ("VB", "VBP") else Why.VAGUE
    speaks = clause.lower(subject) in ("i", "we")
    if speaks and (lemma in ("need", "want") or (lemma == "look" and clause.via("for"))):
        return Why.REQUEST
    place = clause.object("dobj")
    if place is not None and names_nothing(clause, place) and clause.word(place).pos == "PRON":
        return Why.VAGUE
    owners = clause.sentence.children(subject, "poss", "det")
    if speaks or any(clause.lower(i) in ("my", "our", "the") for i in owners):
        return Why.PASSING
    if lemma in LIKING:
        return Why.ANOTHERS_VIEW
    return Why.VAGUE if clause.word(subject).pos == "PRON" else Why.WORLD


def _of_its_language(sentence: Sentence) -> Why | None:
    """Enough to walk its grammar: some of the small words that English is held together by."""
    texts = (word.text for word in sentence.words)
    words = [text.lower() for text in texts if text[:1].isalpha() or "'" in text]
    english = sum(word in ENGLISH for word in words)
    foreign = sum(word in FOREIGN for word in words)
    return Why.NOT_ENGLISH if len(words) < _FEWEST_WORDS or foreign > english else None


def _is_quoted(clause: Clause) -> bool:
    start = clause.word(clause.head).start
    return any(q.start() <= start < q.end() for q in _QUOTED.finditer(clause.sentence.text))


def _is_hypothetical(clause: Clause) -> bool:
    words = clause.sentence.words
    governed = [i for i, word in enumerate(words) if word.head in (clause.head, clause.verb)]
    if clause.modal in _HYPOTHETICAL_MODALS and not _is_a_wish_for_good(clause, governed):
        return True
    if any(clause.lower(i) in _HYPOTHETICAL_WORDS for i in governed):
        return True
    if clause.lemma in _HYPOTHETICAL_VERBS or clause.word(clause.head).lemma in _HYPOTHETICAL_VERBS:
        # “I consider meetings a waste” is a view, “the launch is planned for May” a fact
        view = clause.lemma == "consider" and clause.is_present
        planned = clause.lemma == "plan" and not clause.children("xcomp", "ccomp")
        return not view and not planned
    if any(clause.lower(i) in ("if", "unless", "whether") for i in clause.children("mark")):
        return True
    if any(clause.lower(i) in _NEARLY for i in governed) and (clause.is_past or clause.is_perfect):
        return True
    return _is_a_supposition(clause) or _depends_on_if(clause)


def _is_a_supposition(clause: Clause) -> bool:
    """“Let's say”, “I'm thinking about”, “I was going to”, “what if”."""
    lemma = clause.word(clause.head).lemma.lower()
    text = clause.sentence.text.lower()
    if lemma == "think" and (clause.is_under_way or clause.via("about", "of") is not None):
        return True
    if lemma == "go" and clause.children("xcomp") and clause.is_under_way:
        return any(clause.lower(i) in ("was", "were") for i in clause.helpers)
    return text.startswith(("let's say", "let’s say", "say ", "what if", "even if", "if only"))


def _depends_on_if(clause: Clause) -> bool:
    """“If I used Redis, I need …”: what follows from something that is not so."""
    for i in clause.children("advcl"):
        marks = [clause.lower(m) for m in clause.sentence.children(i, "mark", "advmod")]
        if "if" in marks or "unless" in marks:
            return True
    return False


def _is_a_wish_for_good(clause: Clause, governed: list[int]) -> bool:
    """“I'd rather”, “I'd prefer”, “I'd like you to always”, “you should always”."""
    near = {clause.lower(i) for i in governed}
    if "rather" in near or clause.lemma == "prefer":
        return clause.modal in ("'d", "’d", "would")
    return not {"always", "never"}.isdisjoint(
        word.text.lower() for word in clause.sentence.words
    ) and (clause.modal == "should" or clause.lemma == "like")


def _is_said_by_me(clause: Clause) -> bool:
    return clause.subject is None or clause.lower(clause.subject) in ("i", "we", "user")


def _is_of_people(clause: Clause) -> bool:
    """“People say”, “everybody says”: nobody in particular."""
    return clause.subject is not None and clause.lower(clause.subject) in _PEOPLE


def _according(clause: Clause) -> bool:
    return clause.sentence.text.lower().startswith("according to ")
