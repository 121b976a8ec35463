"""How a chat is asked for, in the form that its server reads.

What the server sends is read without litellm's wrapping, which counts tokens by itself where the
server does not, ends an answer in order that was cut off, and holds pieces back. Its readers of
single forms do some of that, too: where they do, ``chunks`` has one of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from memory.adapters.llm.answer import Chunk
from memory.adapters.llm.chunks import anthropic_chunks, gemini_chunks, ollama_chunks, openai_chunks
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
from memory.rules.context_window import MOST_ANSWER_TOKENS

Messages = list[Any]
Options = Mapping[str, Any]


def ask_openai(
    line: Line,
    base: str,
    model: str,
    messages: Messages,
    options: Options,
    *,
    answer_tokens: int = MOST_ANSWER_TOKENS,
    size: str = "max_tokens",
    counts: bool = True,
) -> Iterator[Chunk]:
    """``size``: what the length of an answer is called; ``counts``: tokens are asked for."""
    counting = {"stream_options": {"include_usage": True}} if counts else {}
    stream = litellm().completion(
        model=f"openai/{ANY_MODEL}",
        api_base=base,
        client=openai_client(line, base, model),
        messages=messages,
        **{size: answer_tokens},
        **counting,
        **_common(line),
        **options,
    )
    return openai_chunks(stream.completion_stream)


def ask_ollama(line: Line, model: str, messages: Messages, options: Options) -> Iterator[Chunk]:
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
    return ollama_chunks(stream.completion_stream.streaming_response)


def ask_anthropic(
    line: Line, model: str, messages: Messages, answer_tokens: int
) -> Iterator[Chunk]:
    stream = litellm().completion(
        model=f"anthropic/{ANY_MODEL}",
        api_base=f"{line.address}/messages",
        client=anthropic_client(line, model),
        messages=messages,
        max_tokens=answer_tokens,
        **_common(line),
    )
    return anthropic_chunks(stream.completion_stream.streaming_response)


def ask_gemini(line: Line, model: str, messages: Messages, answer_tokens: int) -> Iterator[Chunk]:
    stream = litellm().completion(
        model=f"gemini/{ANY_MODEL}",
        api_base=line.address,
        client=gemini_client(line, model),
        messages=messages,
        max_tokens=answer_tokens,
        **_common(line),
    )
    # it is sent by whoever reads first, over the client that was given
    return gemini_chunks(stream.make_call(client=None).streaming_response)


def _common(line: Line) -> dict[str, Any]:
    return {
        "api_key": line.key or NO_KEY,
        "stream": True,
        "timeout": line.timeout,
        "max_retries": 0,
        "num_retries": 0,
    }
