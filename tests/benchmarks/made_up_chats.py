"""Made-up exports of ChatGPT, the same at every run: what ten thousand messages are measured on.

Each conversation has a dozen messages, question and answer in turn. Of what the person says a third
tells of themselves, a third asks with something told on the way, a third only asks; they have 5 to
60 words. Answers have 40 to 260 words, with headings, lists and code, as such answers do. Nothing
in it is anybody's.
"""

import io
import itertools
import json
import random
import zipfile
from collections.abc import Iterator

from tests.benchmarks.made_up import PEOPLE, REASONS, THINGS, phrases, questions, sentence

A_CONVERSATION = 12
"""Messages."""
BEGAN = 1_690_000_000
"""Seconds since 1970: July 2023."""
A_DAY = 86_400
TOLD = (
    "I live in {place} and work as a {job}.",
    "My favourite tool is {thing}, I use it every day.",
    "I prefer {thing} over {other}.",
    "We decided to use {thing} for the shop in {place}.",
    "I'm allergic to {food}.",
    "My sister {name} moved to {place} last year.",
    "I have to finish {thing} by 15 March.",
    "Please always keep your answers short when I ask about {thing}.",
    "I find {thing} harder to read than {other}.",
    "My e-mail is {name}@example.com, and my colleague is {name} from {place}.",
)
PLACES = "Oslo Munich Lisbon Leeds Ghent Turin Porto Graz Malmö Utrecht Cork Basel".split()
JOBS = "nurse teacher carpenter chemist librarian baker gardener translator pilot cook".split()
FOODS = "peanuts shellfish strawberries gluten soy celery mustard sesame lupins eggs".split()
NAMES = "Elif Tobias Maria Jonas Aylin Pedro Ingrid Bastian Chiara Henrik Noor Wiebke".split()
LEADS = ("Here is how:", "Good question.", "In short:", "Let us look at it step by step.", "Sure!")
CODE = "```python\nfor row in rows:\n    total += row.price * row.count\nprint(total)\n```"


def export(messages: int, seed: int = 11) -> bytes:
    """A ZIP as ChatGPT's export is one, with so many messages, half of them answers."""
    told = list(itertools.islice(said(seed), messages))
    conversations = [
        _conversation(number, told[start : start + A_CONVERSATION])
        for number, start in enumerate(range(0, messages, A_CONVERSATION))
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(conversations))
    return content.getvalue()


def said(seed: int) -> Iterator[str]:
    """What the person and the assistant say, in turn; without end."""
    chance = random.Random(seed)  # noqa: S311  nothing secret
    asked, told = questions(seed), itertools.cycle(phrases(5_000, seed))
    while True:
        kind = chance.randrange(3)
        parts = [] if kind == 2 else [_statement(chance)]
        parts += [sentence(next(told)) for _ in range(chance.randrange(3))]
        parts += [] if kind == 0 else [next(asked)]
        chance.shuffle(parts)
        yield " ".join(parts or [next(asked)])
        yield _answer(chance, told)


def _statement(chance: random.Random) -> str:
    thing, other = chance.sample(THINGS, 2)
    return chance.choice(TOLD).format(
        place=chance.choice(PLACES),
        job=chance.choice(JOBS),
        food=chance.choice(FOODS),
        name=chance.choice(NAMES),
        thing=thing,
        other=other,
    )


def _answer(chance: random.Random, told: Iterator[tuple[str, ...]]) -> str:
    parts = [chance.choice(LEADS)]
    for number in range(chance.randrange(1, 5)):
        parts += [f"## {chance.choice(THINGS).capitalize()}", sentence(next(told))]
        points = (sentence(next(told)) for _ in range(chance.randrange(1, 4)))
        parts.append("\n".join(f"- {point}" for point in points))
        if number == 2:
            parts.append(CODE)
    parts.append(f"{chance.choice(PEOPLE)} may like that {chance.choice(REASONS)}.")
    return "\n\n".join(parts)


def _conversation(number: int, told: list[str]) -> dict[str, object]:
    name, begins = f"made-up-{number}", BEGAN + number * A_DAY
    nodes: dict[str, object] = {
        f"{name}-0": {"id": f"{name}-0", "message": None, "parent": None, "children": []}
    }
    for place, text in enumerate(told, 1):
        ident = f"{name}-{place}"
        message = {
            "id": ident,
            "author": {"role": "user" if place % 2 else "assistant"},
            "create_time": begins + 60.0 * place,
            "content": {"content_type": "text", "parts": [text]},
            "status": "finished_successfully",
            "weight": 1.0,
            "metadata": {},
            "recipient": "all",
        }
        nodes[ident] = {
            "id": ident,
            "message": message,
            "parent": f"{name}-{place - 1}",
            "children": [],
        }
    return {
        "id": name,
        "conversation_id": name,
        "title": f"Conversation {number}",
        "create_time": float(begins),
        "update_time": begins + 60.0 * len(told),
        "mapping": nodes,
        "current_node": f"{name}-{len(told)}",
    }
