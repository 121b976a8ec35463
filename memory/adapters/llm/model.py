"""A chat model behind a server on this computer."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from memory.adapters.llm.answer import Answer, Call, Heard, Wait
from memory.adapters.llm.library import ANY_MODEL, NO_KEY, litellm, ollama_client, openai_client
from memory.adapters.llm.line import Line, line_to_nobody
from memory.adapters.loopback import MOST_TOKENS, address_here
from memory.records import ChatMessage, Server, Usage
from memory.rules.budget import MOST_ANSWER_TOKENS

ANSWER_SECONDS = 120.0
"""To the first piece of an answer, and between two: a large model on a small computer is slow."""
FORM_NAME = "answer"

Reach = Callable[[], tuple[str, str]]
"""The address of a server and its key; may start it first. Raises ModelUnavailable."""


def _wait(stopped: threading.Event, seconds: float) -> object:
    return stopped.wait(seconds)


class LiteLLMModel:
    """Nothing is asked, and nothing imported, before the first piece of its first answer."""

    is_local = True

    def __init__(
        self,
        name: str,
        server: Server,
        model: str,
        address: str = "",
        key: str = "",
        *,
        context_tokens: int | None = None,
        reach: Reach | None = None,
        measure: Callable[[], int | None] | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        wait: Wait = _wait,
    ) -> None:
        """``reach`` in place of an address that is known later; ``measure`` finds out how much the
        model can read, where that is not known. Raises InvalidInput for an address that is
        not of this computer."""
        here = address if reach else address_here(address)
        self.name = name
        self._server = server
        self._model = model
        self._reach: Reach = reach or (lambda: (here, key))
        self._context_tokens = context_tokens
        self._measure = measure
        self._answer_seconds = answer_seconds
        self._wait = wait

    @property
    def context_tokens(self) -> int | None:
        if self._context_tokens is None and self._measure:
            self._context_tokens = self._measure()
        return self._context_tokens

    def stream(self, messages: Sequence[ChatMessage]) -> Answer:
        return self._answer(messages, {})

    def structured(self, messages: Sequence[ChatMessage], schema: Mapping[str, object]) -> Answer:
        form = {"name": FORM_NAME, "schema": dict(schema), "strict": True}
        return self._answer(
            messages,
            {"response_format": {"type": "json_schema", "json_schema": form}, "temperature": 0},
        )

    def _answer(self, messages: Sequence[ChatMessage], options: Mapping[str, object]) -> Answer:
        given = [dict(message) for message in messages]

        def line() -> Line:
            address, key = self._reach()
            return Line(address_here(address), key, self._answer_seconds)

        def ask(line: Line) -> Iterator[Heard]:
            if self._server is not Server.OLLAMA:
                return _openai(line, self._model, given, options)
            # without it Ollama reads 4,096 and cuts off the rest, without a word
            size = {"num_ctx": self.context_tokens} if self.context_tokens else {}
            return _ollama(line, self._model, given, {**size, **options})

        return Answer(Call(self.name, line, ask, self._wait))


def warm_up() -> None:
    """Takes as long as the first answer would wait: seconds for litellm, and some for what it
    imports only when it is asked."""
    line = line_to_nobody()
    try:
        for _ in _openai(line, ANY_MODEL, [], {}):
            pass
    finally:
        line.close()


def _openai(
    line: Line, model: str, messages: list[Any], options: Mapping[str, Any]
) -> Iterator[Heard]:
    stream = litellm().completion(
        model=f"openai/{ANY_MODEL}",
        api_base=f"{line.address}/v1",
        client=openai_client(line, model),
        messages=messages,
        stream_options={"include_usage": True},
        **_common(line),
        **options,
    )
    for chunk in _unwrapped(stream):
        yield _heard_openai(chunk)


def _ollama(
    line: Line, model: str, messages: list[Any], options: Mapping[str, Any]
) -> Iterator[Heard]:
    stream = litellm().completion(
        model=f"ollama_chat/{ANY_MODEL}",
        api_base=line.address,
        client=ollama_client(line),
        extra_body={"model": model},
        messages=messages,
        **_common(line),
        **options,
    )
    # litellm's reader of these lines takes all but the first of the thoughts for the answer, where
    # a model writes them into its text
    for text in _unwrapped(stream).streaming_response:
        if text.strip():
            yield _heard_ollama(json.loads(text))


def _common(line: Line) -> dict[str, Any]:
    return {
        "api_key": line.key or NO_KEY,
        "stream": True,
        "timeout": line.timeout,
        "max_tokens": MOST_ANSWER_TOKENS,
        "max_retries": 0,
        "num_retries": 0,
    }


def _unwrapped(stream: Any) -> Any:
    """What the server sends, read, without litellm's wrapping: that counts tokens by itself where
    the server does not, ends an answer in order that was cut off, and holds pieces back."""
    return stream.completion_stream


def _heard_openai(chunk: Any) -> Heard:
    told = getattr(chunk, "usage", None)
    usage = _usage(getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None))
    if not chunk.choices:
        return Heard(usage=usage)
    choice = chunk.choices[0]
    text = choice.delta.content if choice.delta else None
    return Heard(_text(text), _text(choice.finish_reason), usage)


def _heard_ollama(line: Any) -> Heard:
    if "error" in line:
        raise ValueError(str(line["error"]))
    text = _text(line["message"].get("content"))
    if not line.get("done"):
        return Heard(text)
    usage = _usage(line.get("prompt_eval_count"), line.get("eval_count"))
    return Heard(text, _text(line.get("done_reason")) or "stop", usage)


def _text(given: object) -> str:
    if given is not None and not isinstance(given, str):
        raise ValueError("what is said is no text")
    return given or ""


def _usage(asked: object, answered: object) -> Usage | None:
    """None where a server tells none, or what cannot be."""
    if _can_be(asked) and _can_be(answered):
        return Usage(asked, answered, counted_by_model=True)
    return None


def _can_be(tokens: object) -> TypeGuard[int]:
    return isinstance(tokens, int) and not isinstance(tokens, bool) and 0 <= tokens < MOST_TOKENS
