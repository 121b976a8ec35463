"""How a chat is asked for in the form that its server reads, and what is heard of the answer.

What a server sends is read without litellm's wrapping: that counts tokens by itself where the
server does not, ends an answer in order that was cut off, and holds pieces back.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from memory.adapters.llm.answer import Heard
from memory.adapters.llm.library import (
    ANY_MODEL,
    NO_KEY,
    anthropic_client,
    gemini_client,
    litellm,
    ollama_client,
    openai_client,
)
from memory.adapters.llm.line import Line
from memory.adapters.loopback import MOST_TOKENS
from memory.records import Usage
from memory.rules.budget import MOST_ANSWER_TOKENS

Messages = list[Any]
Options = Mapping[str, Any]

CUT_OFF = {"model_length": "length"}
"""Mistral's word for an answer that its model's size cut off."""
BROKEN_OFF = frozenset({"error"})
"""OpenRouter's and Mistral's word for an answer that came to no end."""
MOST_DOLLARS = 10_000.0
"""No answer costs as much, whatever a server says."""


def ask_openai(
    line: Line,
    base: str,
    model: str,
    messages: Messages,
    options: Options,
    *,
    size: str = "max_tokens",
    counts: bool = True,
) -> Iterator[Heard]:
    """``size``: what the length of an answer is called; ``counts``: tokens are asked for."""
    counting = {"stream_options": {"include_usage": True}} if counts else {}
    stream = litellm().completion(
        model=f"openai/{ANY_MODEL}",
        api_base=base,
        client=openai_client(line, base, model),
        messages=messages,
        **{size: MOST_ANSWER_TOKENS},
        **counting,
        **_common(line),
        **options,
    )
    for chunk in stream.completion_stream:
        yield _heard_openai(chunk)


def ask_ollama(line: Line, model: str, messages: Messages, options: Options) -> Iterator[Heard]:
    stream = litellm().completion(
        model=f"ollama_chat/{ANY_MODEL}",
        api_base=line.address,
        client=ollama_client(line),
        extra_body={"model": model},
        messages=messages,
        max_tokens=MOST_ANSWER_TOKENS,
        **_common(line),
        **options,
    )
    # litellm's reader of these lines takes all but the first of the thoughts for the answer, where
    # a model writes them into its text
    for text in stream.completion_stream.streaming_response:
        if text.strip():
            yield _heard_ollama(json.loads(text))


def ask_anthropic(line: Line, model: str, messages: Messages) -> Iterator[Heard]:
    stream = litellm().completion(
        model=f"anthropic/{ANY_MODEL}",
        api_base=f"{line.address}/messages",
        client=anthropic_client(line, model),
        messages=messages,
        max_tokens=MOST_ANSWER_TOKENS,
        **_common(line),
    )
    for chunk in stream.completion_stream:
        if not isinstance(chunk, dict):  # which stand for lines that say nothing
            yield _heard_whole(chunk)


def ask_gemini(line: Line, model: str, messages: Messages) -> Iterator[Heard]:
    stream = litellm().completion(
        model=f"gemini/{ANY_MODEL}",
        api_base=line.address,
        client=gemini_client(line, model),
        messages=messages,
        max_tokens=MOST_ANSWER_TOKENS,
        **_common(line),
    )
    for chunk in stream.make_call(client=None):  # it waits for whoever reads, and has our client
        if chunk is not None:
            yield _heard_whole(chunk)


def _common(line: Line) -> dict[str, Any]:
    return {
        "api_key": line.key or NO_KEY,
        "stream": True,
        "timeout": line.timeout,
        "max_retries": 0,
        "num_retries": 0,
    }


def _heard_openai(chunk: Any) -> Heard:
    usage = _told(getattr(chunk, "usage", None))
    if not chunk.choices:
        return Heard(usage=usage)
    choice = chunk.choices[0]
    text = choice.delta.content if choice.delta else None
    ended = _text(choice.finish_reason)
    return Heard(_answer(text), "" if ended in BROKEN_OFF else CUT_OFF.get(ended, ended), usage)


def _heard_whole(chunk: Any) -> Heard:
    """Anthropic and Gemini tell tokens from the first piece on: so far. Only the last are all."""
    heard = _heard_openai(chunk)
    return heard if heard.ended else Heard(heard.text)


def _heard_ollama(line: Any) -> Heard:
    if "error" in line:
        raise ValueError(str(line["error"]))
    text = _text(line["message"].get("content"))
    if not line.get("done"):
        return Heard(text)
    usage = _usage(line.get("prompt_eval_count"), line.get("eval_count"))
    return Heard(text, _text(line.get("done_reason")) or "stop", usage)


def _answer(content: object) -> str:
    """Mistral's thinking models say it in parts, of which some are thoughts."""
    if not isinstance(content, list):
        return _text(content)
    return "".join(_text(part["text"]) for part in content if part["type"] == "text")


def _text(given: object) -> str:
    if given is not None and not isinstance(given, str):
        raise ValueError("what is said is no text")
    return given or ""


def _told(counts: Any) -> Usage | None:
    cost = getattr(counts, "cost", None)
    return _usage(
        getattr(counts, "prompt_tokens", None),
        getattr(counts, "completion_tokens", None),
        float(cost) if _is_money(cost) else None,
    )


def _usage(asked: object, answered: object, cost: float | None = None) -> Usage | None:
    """None where a server tells none, or what cannot be."""
    if _can_be(asked) and _can_be(answered):
        return Usage(asked, answered, counted_by_model=True, cost=cost)
    return None


def _can_be(tokens: object) -> TypeGuard[int]:
    return isinstance(tokens, int) and not isinstance(tokens, bool) and 0 <= tokens < MOST_TOKENS


def _is_money(cost: object) -> TypeGuard[int | float]:
    number = isinstance(cost, int | float) and not isinstance(cost, bool)
    return number and math.isfinite(cost) and 0 <= cost < MOST_DOLLARS  # type: ignore[arg-type,operator]
