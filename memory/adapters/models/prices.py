"""What providers' models cost and how much they read, by the table that litellm ships.

The table is read without importing litellm (5 s), once, when it is first wanted.
"""

import importlib.util
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from memory.records import Price, Server
from memory.rules.context_window import size
from memory.rules.spending import is_dollars

TABLE = "model_prices_and_context_window_backup.json"
NAMES = {
    "openai": Server.OPENAI,
    "anthropic": Server.ANTHROPIC,
    "gemini": Server.GEMINI,
    "mistral": Server.MISTRAL,
    "groq": Server.GROQ,
}
"""Of providers, as the table has them. It has none of OpenRouter's models."""
CHAT = "/v1/chat/completions"
"""How the table says that a model answers in a chat."""
OTHER_WORK = re.compile(
    r"^ft:|audio|realtime|image|(?<![a-z])(?:search|tts|fim|ocr|omni|sora|veo)(?![a-z])|robotics"
    r"|computer-use|guard|embed|moderation|transcri|whisper|dall-e|imagen|deep-research|voxtral"
    r"|lyria|customtools|(?<![a-z])live(?![a-z])|(?<![a-z])aqa",
    re.IGNORECASE,
)
"""Models of other or narrower use, by what stands in their names."""
NO_INSTRUCTIONS = re.compile(r"gemma-[123]n?-")
"""Gemini's interface refuses these what stands beside the conversation."""
DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{6}|\d{4})$")
LATEST = "-latest"


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one model."""

    context_tokens: int | None
    answer_tokens: int | None
    price: Price | None
    chats: bool
    ends: date | None
    """From when its provider has it no more, as announced."""


def row(server: Server, model: str) -> Row | None:
    """None for one that is not in the table."""
    return _rows().get(server, {}).get(model)


def models(server: Server, today: date) -> tuple[str, ...]:
    """Those of a provider that answer in a chat, in an order to choose from."""
    there = {
        name: found
        for name, found in _rows().get(server, {}).items()
        if found.chats and (found.ends is None or found.ends > today)
    }
    return in_order(without_dated(there))


def answers(server: Server, model: str) -> bool:
    """Whether a model that a provider lists answers in a chat, as far as is known."""
    found = row(server, model)
    return not _other(server, model) and (found is None or found.chats)


def without_dated(names: Iterable[str]) -> list[str]:
    """Without the states of a day of what is there without one, too."""
    there = set(names)

    def stands_for_it(name: str) -> bool:
        base = DATED.sub("", name)
        return base != name and bool({base, base + LATEST} & there)

    return [name for name in there if not stands_for_it(name)]


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """By name, and the highest version first."""
    return tuple(sorted(names, key=_place))


def _place(name: str) -> tuple[str | float, ...]:
    numbers = re.sub(r"(?<=\d)-(?=\d{1,2}(?!\d))", ".", name)  # claude-opus-5-5
    parts = re.split(r"(\d+(?:\.\d+)?)", numbers)
    return tuple(-float(part) if at % 2 else part for at, part in enumerate(parts))


@cache
def _rows() -> Mapping[Server, Mapping[str, Row]]:
    found: dict[Server, dict[str, Row]] = {server: {} for server in NAMES.values()}
    for name, entry in _table().items():
        server = NAMES.get(entry.get("litellm_provider", ""))
        if server is not None:
            provider, _, rest = name.partition("/")
            own = rest if provider in NAMES and rest else name
            found[server].setdefault(own, _row(server, own, entry))
    return found


def _table() -> Mapping[str, Mapping[str, Any]]:
    """Where it is missing or damaged, nobody says a price; a model can be asked all the same."""
    spec = importlib.util.find_spec("litellm")
    if spec is None or spec.origin is None:
        return {}
    try:
        read = json.loads(Path(spec.origin).with_name(TABLE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: entry for name, entry in read.items() if isinstance(entry, dict)}


def _other(server: Server, model: str) -> bool:
    refused = server is Server.GEMINI and bool(NO_INSTRUCTIONS.search(model))
    return refused or bool(OTHER_WORK.search(model))


def _row(server: Server, name: str, entry: Mapping[str, Any]) -> Row:
    price = _price(entry)
    ways = entry.get("supported_endpoints") or [CHAT]
    says = entry.get("supported_output_modalities") or ["text"]
    return Row(
        size(entry.get("max_input_tokens")),
        size(entry.get("max_output_tokens")),
        price,
        chats=entry.get("mode") == "chat"
        and price is not None
        and CHAT in ways
        and "text" in says
        and not _other(server, name),
        ends=_day(entry.get("deprecation_date")),
    )


def _price(entry: Mapping[str, Any]) -> Price | None:
    asks, answers = entry.get("input_cost_per_token"), entry.get("output_cost_per_token")
    if is_dollars(asks) and is_dollars(answers):
        return Price(float(asks), float(answers))
    return None


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
