"""A chat model that somebody else runs: what it is given leaves this computer."""

from collections.abc import Iterator, Sequence
from typing import Any

from memory.adapters.llm.answer import ANSWER_SECONDS, Answer, Call, Chunk, wait_for
from memory.adapters.llm.line import Line, line_elsewhere, line_to_nobody
from memory.adapters.llm.providers import Endpoint, Wire
from memory.adapters.llm.wires import ask_anthropic, ask_gemini, ask_openai
from memory.records import ChatMessage, ModelOffer
from memory.rules.context_window import MOST_ANSWER_TOKENS, longest_answer


class RemoteModel:
    """Nothing is asked, and nothing imported, before the first piece of its first answer; and then
    once: what was refused is not sent again by itself."""

    is_local = False

    def __init__(
        self,
        provider: str,
        endpoint: Endpoint,
        key: str,
        offer: ModelOffer,
        *,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.name = offer.choice.model
        self.provider = provider
        self.context_tokens = offer.context_tokens
        self.price = offer.price
        self.answer_tokens = longest_answer(offer.context_tokens, offer.answer_tokens)
        self._endpoint = endpoint
        self._key = key
        self._answer_seconds = answer_seconds

    def stream(self, messages: Sequence[ChatMessage]) -> Answer:
        given = [dict(message) for message in messages]

        def line() -> Line:
            return line_elsewhere(self._endpoint, self._key, self._answer_seconds, self.name)

        def ask(line: Line) -> Iterator[Chunk]:
            return _ask(line, self._endpoint, self.name, given, self.answer_tokens)

        return Answer(Call(self.name, line, ask, wait_for, tries=1))


def _ask(
    line: Line, endpoint: Endpoint, model: str, messages: list[Any], answer_tokens: int
) -> Iterator[Chunk]:
    if endpoint.wire is Wire.ANTHROPIC:
        return ask_anthropic(line, model, messages, answer_tokens)
    if endpoint.wire is Wire.GEMINI:
        return ask_gemini(line, model, messages, answer_tokens)
    return ask_openai(
        line,
        line.address,
        model,
        messages,
        {},
        answer_tokens=answer_tokens,
        size=endpoint.most_tokens,
        counts=endpoint.counts_when_asked,
    )


ENDS = {
    Wire.OPENAI: b"data: [DONE]\n\n",
    Wire.ANTHROPIC: b'data: {"type": "message_stop"}\n\n',
    Wire.GEMINI: b'data: {"candidates": []}\n\n',
}


def warm_up(wire: Wire = Wire.OPENAI) -> None:
    """Takes as long as the first answer would wait: seconds for litellm, and some for what it
    imports only when it is asked. Asks nobody."""
    line = line_to_nobody(ENDS[wire])
    endpoint = Endpoint(line.address, wire=wire)
    try:
        messages = [{"role": "user", "content": "any"}]
        for _ in _ask(line, endpoint, "any", messages, MOST_ANSWER_TOKENS):
            pass
    finally:
        line.close()
