"""All memories of one kind: what was decided, promised or preferred."""

from memory.flow.answering.knowledge import Answer, Knowledge
from memory.flow.answering.listing import MAX_LISTED, in_order, listing
from memory.flow.answering.of_days import said_days, within
from memory.rules.talk.kinds import NAMES, kind_asked
from memory.rules.talk.limited import is_about, limited
from memory.rules.talk.markdown import inert


def of_kind(question: str, knowledge: Knowledge) -> Answer | None:
    """Of the days that are named, if any. None when it asks for something else, or there is nothing
    about its topic: what is no memory of the kind may answer."""
    days = limited(question, knowledge.times(question), knowledge.now.date())
    asked = kind_asked(days.rest if days else question)
    if asked is None:
        return None
    found = [
        item
        for item in knowledge.kept.all()
        if item.kind is asked.kind
        and (days is None or within(said_days(item, knowledge), days))
        and (not asked.topic or is_about(item.text, asked.topic))
    ]
    name = NAMES[asked.kind]
    then = f" {inert(days.name)}" if days else ""
    if not found:
        none = Answer(f"I have kept no {name} that you told me{then or ' of'}.")
        return None if asked.topic else none
    about = f" about {inert(asked.topic)}" if asked.topic else ""
    opening = f"These are your {name}{about}, as you told me{then}."
    ids = [item.id for item in found[:MAX_LISTED]]
    return listing([opening, *in_order(found, knowledge)], ids, f"It is one of your {name}.")
