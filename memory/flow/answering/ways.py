"""How the person does something, and what solved a problem of theirs, as they told it."""

from collections.abc import Iterator, Sequence

from memory.flow.answering.knowledge import Answer, Knowledge, Used
from memory.records import Kind, MemoryItem, Statement
from memory.rules.talk.ways import fix_asked, goal_asked, is_solved, is_way
from memory.rules.talk.wording import quote

MAX_WAYS = 3


def way(question: str, knowledge: Knowledge) -> Answer | None:
    """None if it asks for none, or none is known of just that."""
    if problem := fix_asked(question):
        solved = (
            item
            for item, stated in _stated(Kind.SOLUTION, knowledge)
            if stated.worked is not False and is_solved(stated.problem, item.text, problem)
        )
        if found := list(solved)[:MAX_WAYS]:
            return _quoted("This is what solved it:", found, "It says what solved it.", knowledge)
    if goal := goal_asked(question):
        ways = (
            item
            for item, stated in _stated(Kind.PROCEDURE, knowledge)
            if is_way(stated.attribute, item.text, goal)
        )
        if found := list(ways)[:MAX_WAYS]:
            return _quoted("This is how, as you told me:", found, "It says how.", knowledge)
    return None


def _stated(kind: Kind, knowledge: Knowledge) -> Iterator[tuple[MemoryItem, Statement]]:
    for item in knowledge.kept.all():
        if item.kind is kind and item.statement is not None:
            yield item, item.statement


def _quoted(lead: str, items: Sequence[MemoryItem], reason: str, knowledge: Knowledge) -> Answer:
    quotes = [quote(item, [item.text], knowledge.now) for item in items]
    return Answer("\n\n".join([lead, *quotes]), tuple(Used(item.id, reason) for item in items))
