"""The sentences of memories that answer a question, turned to the person, with their quotes."""

import re
from collections.abc import Callable, Sequence

from memory.flow.answering.evidence import Evidence, Reader
from memory.flow.answering.knowledge import Answer, Knowledge, Used
from memory.records import MemoryItem
from memory.rules.talk.clauses import is_clause
from memory.rules.talk.dates import day, in_stretch, on_day
from memory.rules.talk.limited import asks_day
from memory.rules.talk.markdown import inert
from memory.rules.talk.phrasing import as_clause, as_sentence, capitalised, lowered
from memory.rules.talk.relevance import shared_words
from memory.rules.talk.wording import in_words, is_anothers, quote

# Of the words that a question and its answer share, so many are named as the reason.
MAX_REASON_WORDS = 3

_RELATIVE_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|ago|(?:this|next|last) (?:\w+)|right now|at the moment"
    r"|in (?:a|an|two|three|\d+) (?:minutes?|hours?|days?|weeks?|months?))\b",
    re.IGNORECASE,
)


def from_memory(
    question: str,
    knowledge: Knowledge,
    reader: Reader,
    only: Callable[[MemoryItem], bool] = lambda _item: True,
    *,
    dated: bool = False,
) -> Answer | None:
    """None if nothing answers. ``only``: which memories may; ``dated``: the day on which it
    happened is told as well, as it is where it is asked for."""
    by_item: dict[int, list[Evidence]] = {}
    for found in reader.answers(question, only):
        by_item.setdefault(found.item.id, []).append(found)
    if not by_item:
        return None
    groups = sorted(by_item.values(), key=lambda group: group[0].item.said_at, reverse=True)
    dates = dated or asks_day(question)
    leads, quotes, used = [], [], []
    for at, group in enumerate(groups):
        item, sentences = group[0].item, [found.sentence for found in group]
        for sentence in sentences:
            lead = _lead(item, sentence, knowledge, latest=at == 0)
            alone = len(reader.statements(item)) == 1
            leads.append(_dated(item, lead, knowledge) if dates and alone else lead)
        quotes.append(quote(item, sentences, knowledge.now))
        used.append(Used(item.id, _why(question, sentences)))
    text = " ".join(filter(None, leads)) or "This is what I was told:"
    return Answer("\n\n".join([text, *quotes]), tuple(used))


def _lead(item: MemoryItem, sentence: str, knowledge: Knowledge, *, latest: bool) -> str:
    """The sentence as said to the person; dated where the words depend on the day."""
    if is_anothers(item) or not is_clause(sentence):
        return ""
    today = day(item.said_at, knowledge.now) == "today"
    if not today and (_RELATIVE_TIME.search(sentence) or not latest):
        said_on = capitalised(on_day(item.said_at, knowledge.now))
        return f"{said_on} you said that {inert(as_clause(sentence))}."
    return inert(as_sentence(sentence))


def _dated(item: MemoryItem, lead: str, knowledge: Knowledge) -> str:
    """With the day it happened before it, which may be another than the day it was said."""
    if not item.happened:
        return lead
    happened = in_stretch(item.happened, knowledge.now)
    if _names_the_day(lead, happened, knowledge.now.year):
        return lead
    happened = capitalised(happened)
    return f"{happened}: {lowered(lead)}" if lead else f"{happened}:"


def _names_the_day(lead: str, happened: str, year: int) -> bool:
    """“You ordered it on 20 May” says it already, of a day of this year."""
    named = happened.removesuffix(f" {year}").split()[1:]
    return set(named) <= set(re.findall(r"\w+", lead))


def _why(question: str, sentences: Sequence[str]) -> str:
    shared = shared_words(question, " ".join(sentences))[:MAX_REASON_WORDS]
    if not shared:
        return "It is close in meaning to the question."
    return f"It answers with {in_words(shared)}."
