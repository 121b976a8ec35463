"""The models that a server elsewhere lists, each provider in a form of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memory.adapters.llm import ask_list
from memory.adapters.llm.providers import Endpoint
from memory.errors import InvalidInput
from memory.records import Price
from memory.rules.context_window import size
from memory.rules.spending import is_dollars

NOT_A_LIST = (
    "{name} answers, but not with a list of chat models. Correct the address, or type the name of "
    "the model."
)
SIZES = ("context_length", "context_window", "max_context_length", "max_model_len")
"""What OpenRouter, Groq, Mistral and vLLM call how much a model reads."""
MORE_SIZES = ("inputTokenLimit", "max_input_tokens")
"""The same for Gemini and Anthropic."""
ANSWER_SIZES = ("max_completion_tokens", "outputTokenLimit", "max_tokens")
"""What OpenRouter and Groq, Gemini and Anthropic call the longest answer."""
MOST_DOLLARS_A_TOKEN = 1.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One model of a list."""

    model: str
    context_tokens: int | None
    answer_tokens: int | None
    price: Price | None
    chats: bool


def of(endpoint: Endpoint, key: str, name: str) -> tuple[Listed, ...]:
    """``name``: whose list it is, as errors say it. Raises ModelUnavailable, and InvalidInput for
    an answer that is no list."""
    entries = _entries(ask_list(endpoint, key, name))
    if entries is None:
        raise InvalidInput(NOT_A_LIST.format(name=name))
    return tuple(_listed(entry) for entry in entries)


def _entries(document: object) -> Sequence[Mapping[str, Any]] | None:
    """Under “data”; Gemini's under “models”; and some servers send the list alone."""
    found = document
    if isinstance(document, dict):
        found = document.get("data", document.get("models"))
    if not isinstance(found, list):
        return None
    return [each for each in found if isinstance(each, dict) and _name(each)]


def _name(entry: Mapping[str, Any]) -> str:
    name = entry.get("id") or entry.get("name")
    return name.removeprefix("models/") if isinstance(name, str) else ""


def _listed(entry: Mapping[str, Any]) -> Listed:
    return Listed(
        _name(entry),
        _size(entry, (*SIZES, *MORE_SIZES)),
        _size(entry, ANSWER_SIZES) or _size(entry.get("top_provider"), ANSWER_SIZES),
        _price(entry.get("pricing")),
        _chats(entry),
    )


def _size(told: object, names: Sequence[str]) -> int | None:
    sizes = (size(told.get(name)) for name in names) if isinstance(told, dict) else iter(())
    return next((each for each in sizes if each is not None), None)


def _price(pricing: object) -> Price | None:
    """OpenRouter's; a negative one stands for a price that changes with what is asked."""
    if not isinstance(pricing, dict):
        return None
    context, answer = _dollars(pricing.get("prompt")), _dollars(pricing.get("completion"))
    return None if context is None or answer is None else Price(context, answer)


def _dollars(told: object) -> float | None:
    try:
        dollars = float(told) if isinstance(told, str) else told
    except ValueError:
        return None
    return float(dollars) if is_dollars(dollars, below=MOST_DOLLARS_A_TOKEN) else None


def _chats(entry: Mapping[str, Any]) -> bool:
    """As far as the list says: each has another word for it."""
    can = entry.get("capabilities")
    methods = entry.get("supportedGenerationMethods")
    made = entry.get("architecture")
    says = made.get("output_modalities") if isinstance(made, dict) else None
    return not (
        (isinstance(can, dict) and can.get("completion_chat") is False)
        or (isinstance(methods, list) and "generateContent" not in methods)
        or (isinstance(says, list) and "text" not in says)
        or entry.get("active") is False
    )
