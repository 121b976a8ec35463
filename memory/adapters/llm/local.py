"""A chat model behind a server on this computer."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from memory.adapters.addresses import address_here
from memory.adapters.llm.answer import ANSWER_SECONDS, Answer, Call, Chunk, Wait, wait_for
from memory.adapters.llm.line import Line
from memory.adapters.llm.wires import ask_ollama, ask_openai
from memory.records import ChatMessage, Server
from memory.rules.context_window import MOST_ANSWER_TOKENS

FORM_NAME = "answer"

Reach = Callable[[], tuple[str, str]]
"""The address of a server and its key; may start it first. Raises ModelUnavailable."""


class LocalModel:
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
        answer_tokens: int | None = None,
        reach: Reach | None = None,
        measure: Callable[[], int | None] | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        wait: Wait = wait_for,
    ) -> None:
        """``reach`` in place of an address that is known later; ``measure`` finds out how much the
        model can read, where that is not known; ``answer_tokens``: the longest answer it is asked
        for, by others than Ollama. Raises InvalidInput for an address that is not of this
        computer."""
        here = address if reach else address_here(address)
        self.name = name
        self._server = server
        self._model = model
        self._reach: Reach = reach or (lambda: (here, key))
        self._context_tokens = context_tokens
        self._answer_tokens = answer_tokens or MOST_ANSWER_TOKENS
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

        def ask(line: Line) -> Iterator[Chunk]:
            if self._server is not Server.OLLAMA:
                base = f"{line.address}/v1"
                return ask_openai(
                    line, base, self._model, given, options, answer_tokens=self._answer_tokens
                )
            # without it Ollama reads 4,096 and cuts off the rest, without a word
            size = {"num_ctx": self.context_tokens} if self.context_tokens else {}
            return ask_ollama(line, self._model, given, {**size, **options})

        return Answer(Call(self.name, line, ask, self._wait))
