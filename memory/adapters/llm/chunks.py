"""Streamed answers parsed into chunks, from the form that each kind of server streams in.

Whatever is of another shape than it should be raises one of the ``foreign_errors``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from memory.adapters.llm.answer import Chunk
from memory.records import Usage
from memory.rules.context_window import is_count
from memory.rules.spending import is_dollars

STOP, LENGTH, REFUSED = "stop", "length", "content_filter"
"""Why an answer ended, in OpenAI's words."""
BROKEN_OFF = ""
"""No reason at all: the answer is taken for one that broke off."""
OPENAI_ENDS = {
    "model_length": LENGTH,  # Mistral's, where the model's size cut it off
    "error": BROKEN_OFF,  # OpenRouter's and Mistral's
}
ANTHROPIC_ENDS = {
    "max_tokens": LENGTH,
    "model_context_window_exceeded": LENGTH,
    "refusal": REFUSED,
}
GEMINI_ENDS = {
    "STOP": STOP,
    "MAX_TOKENS": LENGTH,
    **dict.fromkeys(
        ("SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"), REFUSED
    ),
}
"""Its other reasons tell that something went wrong."""
MOST_DOLLARS = 10_000.0
"""No answer costs as much, whatever a server says."""

Lines = Iterable[str]


def openai_chunks(chunks: Iterable[Any]) -> Iterator[Chunk]:
    """Chunks as openai's client reads them."""
    for chunk in chunks:
        usage = _counted(getattr(chunk, "usage", None))
        if not chunk.choices:
            yield Chunk(usage=usage)
            continue
        choice = chunk.choices[0]
        text = choice.delta.content if choice.delta else None
        ended = _text(choice.finish_reason)
        yield Chunk(_parts_or_text(text), OPENAI_ENDS.get(ended, ended), usage)


def ollama_chunks(lines: Lines) -> Iterator[Chunk]:
    """litellm's reader takes all but the first of the thoughts for the answer, where a model writes
    them into its text."""
    for line in lines:
        if line.strip():
            yield _ollama(json.loads(line))


def anthropic_chunks(lines: Lines) -> Iterator[Chunk]:
    """The first event tells what was read, and the last what was answered; litellm's reader knows
    not every reason to end, and holds back what is not JSON."""
    counts: dict[str, object] = {}
    for event in _events(lines):
        kind = event.get("type")
        if kind == "error":
            raise ValueError(json.dumps(event["error"]))
        if kind == "message_start":
            counts |= event["message"].get("usage") or {}
        elif kind == "content_block_delta" and event["delta"]["type"] == "text_delta":
            yield Chunk(_text(event["delta"]["text"]))
        elif kind == "message_delta":
            counts |= event.get("usage") or {}
            reason = _text(event["delta"].get("stop_reason"))
            if reason:
                yield Chunk("", ANTHROPIC_ENDS.get(reason, STOP), _anthropic_usage(counts))


def gemini_chunks(lines: Lines) -> Iterator[Chunk]:
    """litellm's reader takes every piece for the last one."""
    for document in _events(lines):
        if "error" in document:
            raise ValueError(json.dumps(document["error"]))
        if (document.get("promptFeedback") or {}).get("blockReason"):
            yield Chunk("", REFUSED, _gemini_usage(document))
        for candidate in (document.get("candidates") or ())[:1]:
            reason = _text(candidate.get("finishReason"))
            ended = GEMINI_ENDS.get(reason, BROKEN_OFF)
            yield Chunk(_gemini_text(candidate), ended, _gemini_usage(document) if reason else None)


def _events(lines: Lines) -> Iterator[dict[str, Any]]:
    """The documents of a stream of events."""
    for line in lines:
        name, _, said = line.partition(":")
        if name == "data" and said.strip():
            document = json.loads(said)
            if not isinstance(document, dict):
                raise ValueError("an event is no document")
            yield document


def _ollama(line: Any) -> Chunk:
    if "error" in line:
        raise ValueError(str(line["error"]))
    text = _text(line["message"].get("content"))
    if not line.get("done"):
        return Chunk(text)
    usage = _usage(line.get("prompt_eval_count"), line.get("eval_count"))
    return Chunk(text, _text(line.get("done_reason")) or STOP, usage)


def _gemini_text(candidate: Mapping[str, Any]) -> str:
    parts = (candidate.get("content") or {}).get("parts") or ()
    return "".join(_text(part.get("text")) for part in parts if not part.get("thought"))


def _parts_or_text(content: object) -> str:
    """Mistral's thinking models say it in parts, of which some are thoughts."""
    if not isinstance(content, list):
        return _text(content)
    return "".join(_text(part["text"]) for part in content if part["type"] == "text")


def _text(given: object) -> str:
    if given is not None and not isinstance(given, str):
        raise ValueError("what is said is no text")
    return given or ""


# -- tokens ------------------------------------------------------------------------------------


def _counted(counts: Any) -> Usage | None:
    cost = getattr(counts, "cost", None)
    return _usage(
        getattr(counts, "prompt_tokens", None),
        getattr(counts, "completion_tokens", None),
        float(cost) if is_dollars(cost, below=MOST_DOLLARS) else None,
    )


def _anthropic_usage(counts: Mapping[str, object]) -> Usage | None:
    """What was read before, and is kept there, is told beside the rest."""
    kept = (
        counts.get(name) or 0 for name in ("cache_creation_input_tokens", "cache_read_input_tokens")
    )
    return _usage(_sum(counts.get("input_tokens"), *kept), counts.get("output_tokens"))


def _gemini_usage(document: Mapping[str, Any]) -> Usage | None:
    """Thoughts are paid for as the answer is, and not always counted in it."""
    counts = document.get("usageMetadata") or {}
    asked = _sum(counts.get("promptTokenCount"), counts.get("toolUsePromptTokenCount") or 0)
    total = counts.get("totalTokenCount")
    return _usage(asked, total - asked) if is_count(asked) and is_count(total) else None


def _sum(*counts: object) -> int | None:
    return sum(each for each in counts if is_count(each)) if all(map(is_count, counts)) else None


def _usage(asked: object, answered: object, cost: float | None = None) -> Usage | None:
    """None where a server tells none, or what cannot be."""
    if is_count(asked) and is_count(answered):
        return Usage(asked, answered, counted_by_model=True, cost=cost)
    return None
