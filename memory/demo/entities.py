"""The article's ``2_entity_memory.py`` (section 3): six messages, four queries, one network.

Its inputs. Its table of keywords takes “user” and “customer” for people and “app” for a project;
here a language model on this computer reads names, and the grammar tells who did what to what.
"""

from memory import Entity, EntityGraph, ErasureReceipt, Memory, RelevantEntity
from memory.demo import printing
from memory.demo.printing import better, brief, counted, otherwise, part, point, say, summed, table
from memory.demo.scratch import Scratch

MESSAGES = (
    "The user mentioned their app has database performance issues",
    "The customer is using PostgreSQL with their Django app",
    "Developer Smith reported a bug in the authentication system",
    "The API service needs optimization for better performance",
    "John from the team fixed the timeout error in the PostgreSQL database",
    "The Django app is now working properly after Smith's bug fix",
)
WHO = "Who fixed the authentication bug?"
QUERIES = (
    "Help optimize the database performance",
    WHO,
    "What technology does the app use?",
    "Tell me about recent errors",
)
SHOWN = 5
"""Entities a query, as in the article."""
PERSON = "Smith"
"""Of the article's network."""
ROLES = ("user", "customer", "developer", "app", "system", "service")
"""What the article's output counts among people and projects, beside names."""


def walk(scratch: Scratch) -> None:
    printing.title("Entity memory", "2_entity_memory.py")
    with scratch.open_for_me() as memory:
        _read(scratch, memory)
        known = memory.entities("me")
        _show_known(known)
        answers = {query: _show_query(memory, query) for query in QUERIES}
        smith = next(entity for entity in known if entity.name == PERSON)
        network = _show_network(memory, smith)
        receipt = _erase(memory, smith)
        left = memory.entities("me")
    _compare(known, answers[WHO], network, receipt, left)


def _read(scratch: Scratch, memory: Memory) -> None:
    part("Six messages")
    for number, text in enumerate(MESSAGES, start=1):
        seen = memory.observe("me", "user", text)
        scratch.clock.forward(minutes=1)
        say(f"{number}. {text}")
        say(", ".join(f"{mention.name} ({mention.type})" for mention in seen.entities), 3)


def _show_known(known: list[Entity]) -> None:
    part("What is known then")
    rows = [(e.name, str(e.type), e.mention_count, e.importance, _said(e)) for e in known]
    table(("name", "type", "mentions", "importance", "what is said of it"), rows)


def _said(entity: Entity) -> str:
    return ", ".join(f"{name}: {value}" for name, value in entity.attributes.items())


def _show_query(memory: Memory, query: str) -> list[RelevantEntity]:
    part(f"“{query}”")
    found = memory.relevant_entities("me", query, limit=SHOWN)
    for number, each in enumerate(found, start=1):
        terms = summed(each.terms)
        say(f"{number}. {each.entity.name} ({each.entity.type}), {each.score:.2f}: {terms}")
        say(f"{each.reason}.", 3)
        if number == 1:
            say(f"Last said: {each.entity.last_context}", 3)
    return found


def _show_network(memory: Memory, smith: Entity) -> EntityGraph:
    part("The network")
    whole = memory.entity_graph("me")
    names = {entity.id: entity.name for entity in whole.entities}
    say("What the messages state, in order:")
    for told in reversed(whole.relations):
        point(f"{names[told.subject_id]} {told.said} {names[told.object_id]}", 2)
    around = memory.relations_of(smith.id)
    with_smith = {
        names[each]
        for pair in around.together
        for each in (pair.first_id, pair.second_id)
        if each != smith.id
    }
    say(f"Named together with {smith.name} in a memory: {', '.join(sorted(with_smith))}.")
    say(f"Where {smith.name} is mentioned:")
    for mention in memory.mentions_of(smith.id):
        point(mention.context, 2)
    return whole


def _erase(memory: Memory, smith: Entity) -> ErasureReceipt:
    part(f"Not in the article: erase {smith.name}")
    places = memory.footprint("me", entity=smith.id).places
    say("It would take, before it is done: " + counted(places) + ".")
    receipt = memory.erase("me", entity=smith.id)
    say(
        f"Done: {receipt.total} rows; {receipt.bytes_searched:,} bytes of the file were read after "
        f"it. {'No byte of it is left.' if receipt.verified else receipt.pending}"
    )
    return receipt


def _compare(
    known: list[Entity],
    who: list[RelevantEntity],
    network: EntityGraph,
    receipt: ErasureReceipt,
    left: list[Entity],
) -> None:
    names = {entity.name for entity in known}
    roles = [role for role in ROLES if role in names]
    answer = who[0]
    better(
        [
            "Names instead of roles. The article finds person_user, person_customer, "
            f"person_developer, project_app, project_system; of such words {len(roles)} are "
            f"among the {len(known)} here.",
            f"“{WHO}” puts {answer.entity.name} first, where the article puts bug, app and "
            "database before him; and it says why.",
            f"{len(network.relations)} relations were read from the grammar, each from a sentence "
            "that states it; the article's network of Smith has one, “reported bug”.",
            "Each score is a sum of terms with its reason; the article prints none.",
            f"A name can be erased from everything: {receipt.total} rows went, "
            f"{'verified on the file' if receipt.verified else 'not verified yet'}; the "
            f"{len(left)} others stay.",
        ]
    )
    otherwise(
        [
            "“The app” has no name, so that it is no entity, though the article counts three "
            "mentions of it.",
            "What is left of five places is filled with what was mentioned lately, as in the "
            "article; here the reason says so.",
            "“bug” is one concept, whichever bug is meant; only what is said of it tells them "
            f"apart. Ordinary nouns of the field count as concepts ({_concepts(known)}).",
            f"Erasing {PERSON} takes the sentences that name him, and with them what nothing else "
            f"mentions: {', '.join(sorted(names - {entity.name for entity in left} - {PERSON}))}.",
        ]
    )


def _concepts(known: list[Entity]) -> str:
    return brief(", ".join(each.name for each in known if each.type == "concept"), 70)
