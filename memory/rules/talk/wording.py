"""What the built-in answerer says besides the person's own words: its fixed sentences, and those
it builds around a field, a date or a count."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from memory.records import Label, MemoryItem, Span
from memory.rules.talk.clauses import is_clause, without_secret
from memory.rules.talk.dates import corrected_when, said_when
from memory.rules.talk.markdown import block_quote, inert
from memory.rules.talk.phrasing import as_clause, as_sentence, listed, with_article

NOTHING_SAID = "I'm listening: tell me something, or ask what I remember."
CHAT_IS_PRIVATE = (
    "I'm not remembering now: this chat is private. What you say stays in this chat only."
)
REMEMBERING_IS_OFF = (
    "I'm not remembering now: remembering is off in Privacy. What you say stays in this chat only."
)
MEMORY_IS_OFF = (
    "I'm not using memory now: it is off in this conversation. What you say stays in it only."
)
NOTHING_ANSWERS = "Nothing you've told me answers that, and no model is connected that might."
NOTHING_KEPT_ANSWERS = "Nothing you've told me answers that."
NO_REMINDERS = "I don't send reminders: ask me when you need it."
WAITS = "It waits in your inbox, in the Inspector, until you say whether I may remember it."
REST_WAITS = "What is new waits in your inbox, in the Inspector, until you have decided."
INSTRUCTION_WAITS = (
    "It reads like an instruction to a model, so it waits in your inbox, in the Inspector, and is "
    "not used until you have looked at it."
)
HOW_TO_CORRECT = "Anything wrong? You can correct or forget each of these in the Inspector."
HOW_TO_FORGET = (
    "To have something forgotten, choose it in the Inspector and press Forget; "
    "Privacy erases what I know for good."
)
# More than this is easier to check as a list than in a sentence.
MAX_CLAUSES = 3
MAX_QUOTED_CHARACTERS = 280
PERSON_FIRST = ("name", "role", "employer", "location")
USED_THINGS = frozenset(("tool", "library", "message queue", "model", "cloud"))
_SAYABLE_VERBS = frozenset(
    "write explain translate summarise summarize rewrite rephrase refactor debug generate "
    "implement compose calculate compute convert fix create build draft design draw describe "
    "compare solve optimise optimize improve review plan outline".split()
)
_UNKNOWN_FIELDS = {
    "location": "where you live",
    "employer": "where you work",
    "role": "what you do",
    "age": "how old you are",
    "birthday": "when your birthday is",
    "project": "what you're working on",
}
_WHAT_IS_MY = re.compile(
    r"(?P<wh>what|who)(?:['’]?s| is| are) (?:my|our) (?P<thing>.+?)(?P<called> called| named)?$",
    re.IGNORECASE,
)
_PROFILE_SENTENCES = {
    "role": "You work as {}.",
    "employer": "You work at {}.",
    "location": "You live in {}.",
    "age": "You are {}.",
}
_PROFILE_SENTENCES_THEN = {
    "role": "you worked as {}.",
    "employer": "you worked at {}.",
    "location": "you lived in {}.",
    "age": "you were {}.",
}
_LABELS_IN_WORDS = {
    Label.EMAIL: "e-mail address",
    Label.IBAN: "bank account number",
    Label.CREDIT_CARD: "card number",
    Label.SSN: "social security number",
    Label.DOB: "date of birth",
    Label.ADDRESS: "street address",
    Label.ID: "identity number",
    Label.IP: "IP address",
    Label.PHONE: "phone number",
    Label.NAME: "name",
}

# -- what was told ------------------------------------------------------------------------


def not_saved(reason: str) -> str:
    """``reason``: what stood in the way, as whole sentences."""
    return f"I can answer, but not remember now. {reason}"


def not_kept(reason: str) -> str:
    """``reason``: why it may not be, as a whole sentence."""
    return f"I don't keep that. {reason}"


def promise(sentences: Sequence[str], *, name_given: bool) -> str:
    """What will be remembered, said back; empty when nothing but a secret was told."""
    if not sentences:
        return "I'll remember your name." if name_given else "I'll remember that."
    tellable = [piece for sentence in sentences for piece in without_secret(sentence)]
    # “Here is what you should know:” only leads to what is told
    tellable = [said for said in tellable if not said.rstrip().endswith(":")] or tellable
    told = [said for said in tellable if is_clause(said)]
    others = [quoted(said) for said in tellable if not is_clause(said)]
    if len(tellable) > MAX_CLAUSES:
        lines = [*map(as_sentence, told), *others]
        return "\n".join(["I'll remember:", "", *(f"- {inert(line)}" for line in lines)])
    if not told:
        return f"I'll remember this: {inert(listed(others))}." if others else ""
    clauses = [f"that {as_clause(sentence)}" for sentence in told]
    return f"I'll remember {inert(listed([*clauses, *others]))}."


def said_before(sentences: Sequence[str]) -> str:
    """What was known already, said back; it is surer now."""
    told = [as_clause(said) for said in sentences if is_clause(said)]
    if not told or len(told) > MAX_CLAUSES:
        return "You have told me that before. Now I am surer of it."
    clauses = listed([f"that {clause}" for clause in told])
    return f"You have told me before {inert(clauses)}. Now I am surer of it."


def at_odds(new: str, before: str) -> str:
    """Both as they were said."""
    new, before = inert(quoted(new)), inert(quoted(before))
    return f"{new} is at odds with what you told me before: {before}. Your inbox asks which holds."


def masked(spans: Sequence[Span]) -> str:
    """What was masked before storing, in words: kinds and counts, never a value."""
    counts = Counter(span.label for span in spans)
    secrets = counts.pop(Label.SECRET, 0)
    named = [_counted(count, _LABELS_IN_WORDS[label]) for label, count in counts.items()]
    sentences = []
    if named:
        sentences.append(f"I masked {listed(named)} before storing it.")
    if secrets:
        sentences.append("I left out what looks like a password or key: those are never stored.")
    return " ".join(sentences)


def _counted(count: int, noun: str) -> str:
    if count == 1:
        return f"an {noun}" if noun[0] in "aeiouI" else f"a {noun}"
    return f"{count} {noun}es" if noun.endswith("s") else f"{count} {noun}s"


# -- what is known ------------------------------------------------------------------------


def profile_sentence(name: str, values: Sequence[str]) -> str:
    """“You live in Oslo.”"""
    if name == "role":
        values = [with_article(value) for value in values]
    shown = listed([inert(value) for value in dict.fromkeys(values)])
    if name in _PROFILE_SENTENCES:
        return _PROFILE_SENTENCES[name].format(shown)
    if name in USED_THINGS:
        return f"You use {shown}."
    several = len(set(values)) > 1
    return f"Your {inert(name)}s are {shown}." if several else f"Your {inert(name)} is {shown}."


def profile_sentence_then(name: str, values: Sequence[str]) -> str:
    """“you lived in Oslo.”, to stand behind when that was."""
    if name == "role":
        values = [with_article(value) for value in values]
    shown = listed([inert(value) for value in dict.fromkeys(values)])
    if name in _PROFILE_SENTENCES_THEN:
        return _PROFILE_SENTENCES_THEN[name].format(shown)
    if name in USED_THINGS:
        return f"you used {shown}."
    return f"your {inert(name)} was {shown}."


def untold(question: str, field: str) -> str:
    """“You haven't told me where you live yet.”"""
    return f"You haven't told me {_indirectly(question.strip(' ?!.'), field)} yet."


def _indirectly(question: str, field: str) -> str:
    """The question as what was not told: “your name”, “where you live”, “which editor you use”."""
    if field in _UNKNOWN_FIELDS:
        return _UNKNOWN_FIELDS[field]
    called = _WHAT_IS_MY.match(question)
    if called and (called["called"] or called["wh"].lower() == "who"):
        words = f"{called['wh'].lower()} your {called['thing']} is{called['called'] or ''}"
    elif field == "name" or re.search(r"\b(?:my|our)\b", question, re.IGNORECASE):
        words = f"your {field}"
    else:
        turned = re.sub(r"\b(?:do|did|am|are) (?:i|we)\b", "you", question, flags=re.IGNORECASE)
        words = turned[0].lower() + turned[1:]
    return inert(words)


def cannot(request: str, *, has_model: bool = False) -> str:
    """Why work for a model is not done. ``has_model``: one is connected, and was not asked."""
    verb = request.partition(" ")[0].lower()
    doing = f"{verb} that" if verb in _SAYABLE_VERBS else "do that"
    if has_model:
        return f"I can't {doing}: this is answered from memory alone, without the model."
    return f"I can't {doing}: no model is connected, and I answer from memory alone."


def in_words(words: Sequence[str]) -> str:
    """“the words “deploy” and “AWS””"""
    noun = "word" if len(words) == 1 else "words"
    return f"the {noun} {listed([f'“{word}”' for word in words])}"


# -- forgetting ---------------------------------------------------------------------------


def forgotten(texts: Sequence[str], undo_seconds: int, *, with_its_turn: bool) -> str:
    """What was taken out of memory, in quotes, and the way back.

    ``with_its_turn``: the message that says it among other things is not recalled any more, either.
    """
    said = listed([_in_quotes(text) for text in texts])
    turn = (
        " The message you said it in goes, too; what else it told stays." if with_its_turn else ""
    )
    minutes = max(1, undo_seconds // 60)
    return (
        f"I've forgotten {said}.{turn} To undo that, choose it among the forgotten ones in the "
        f"Inspector and press Put back, within {minutes} minutes and before Recollect closes. Then "
        "it is erased, with this message and yours."
    )


def nothing_forgotten(closest: Sequence[str], *, several: bool) -> str:
    """``closest``: what may have been meant, each with its day."""
    if not closest:
        return f"I haven't forgotten anything: I know of nothing like that. {HOW_TO_FORGET}"
    why = "more than one memory fits" if several else "I'm not sure which memory you mean"
    lines = "\n".join(f"- {line}" for line in closest)
    return (
        f"I haven't forgotten anything: {why}. Perhaps one of these?\n\n{lines}\n\n"
        "Say “Forget that …” with the words of the one you mean, or choose it in the Inspector."
    )


def quoted_when(item: MemoryItem, now: datetime) -> str:
    """“I live in Berlin” (yesterday)"""
    return f"{_in_quotes(item.text)} ({said_when(item.said_at, now)})"


def _in_quotes(text: str) -> str:
    return f"“{inert(shortened(' '.join(text.split())).rstrip('.'))}”"


# -- quotations ---------------------------------------------------------------------------


def quote(item: MemoryItem, sentences: Iterable[str], now: datetime) -> str:
    """Words of a memory with who said them and on which day, or when they were corrected."""
    who = item.speaker if item.speaker and is_anothers(item) else "you"
    when = said_when(item.said_at, now)
    if item.edited_at:
        when = f"corrected {corrected_when(item.edited_at, now)}"
    return block_quote(" … ".join(sentences), f"{who}, {when}")


def is_anothers(item: MemoryItem) -> bool:
    """Somebody else said it, in a chat of more than person and assistant."""
    return item.speaker is not None and item.speaker.lower() not in ("", "me", "user", item.user_id)


def quoted(sentence: str) -> str:
    return f"“{shortened(sentence).rstrip('.')}”"


def shortened(text: str) -> str:
    if len(text) <= MAX_QUOTED_CHARACTERS:
        return text
    return text[:MAX_QUOTED_CHARACTERS].rsplit(" ", 1)[0] + " …"


def plain(text: str) -> str:
    """For comparing what was said, without case, spaces and closing marks."""
    return " ".join(text.lower().split()).strip(" .!?…\"'“”")
