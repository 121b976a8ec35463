"""What a scripted answer is made of, and how each kind of server says it."""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum


class Fault(Enum):
    DROP = "the connection is cut in the middle of what it was saying"
    END = "the answer ends as if it were whole, without the words that end one"


@dataclass(frozen=True)
class Thought:
    """Something a model thinks before it answers, told apart by its server."""

    text: str


Step = str | bytes | Thought | threading.Event | Fault | Mapping[str, object]
"""Said as a piece, sent as it is, thought, waited for, done, or sent as one line of JSON."""


@dataclass(frozen=True)
class Play:
    """One answer."""

    steps: Sequence[Step] = ("That ", "is ", "noted.")
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    usage: tuple[int, int] | None = (12, 3)
    """Tokens of the question and of the answer; None: the server does not count."""
    finish: str = "stop"
    error: object = None
    """Answered instead, as JSON, with ``status``; a text is sent as it is."""
    before: threading.Event | None = None
    """Waited for before the first byte of the answer."""


class OpenAIForm:
    """As OpenAI-compatible servers stream."""

    content_type = "text/event-stream"

    def __init__(self, play: Play) -> None:
        self._play = play

    def begin(self) -> list[bytes]:
        return []

    def step(self, step: object) -> Mapping[str, object]:
        if isinstance(step, Mapping):
            return step
        name, text = (
            ("reasoning_content", step.text) if isinstance(step, Thought) else ("content", step)
        )
        return self._document([{"index": 0, "delta": {name: text}, "finish_reason": None}])

    def line(self, document: Mapping[str, object]) -> bytes:
        return f"data: {json.dumps(document)}\n\n".encode()

    def end(self) -> list[bytes]:
        last = self._document([{"index": 0, "delta": {}, "finish_reason": self._play.finish}])
        lines = [self.line(last)]
        if self._play.usage:
            asked, answered = self._play.usage
            counted = {
                "prompt_tokens": asked,
                "completion_tokens": answered,
                "total_tokens": asked + answered,
            }
            lines.append(self.line(self._document([], usage=counted)))
        return [*lines, b"data: [DONE]\n\n"]

    def _document(self, choices: Sequence[object], **more: object) -> dict[str, object]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1772452800,
            "model": "scripted",
            "choices": choices,
            **more,
        }


class OllamaForm:
    """As Ollama streams."""

    content_type = "application/x-ndjson"

    def __init__(self, play: Play) -> None:
        self._play = play

    def begin(self) -> list[bytes]:
        return []

    def step(self, step: object) -> Mapping[str, object]:
        if isinstance(step, Mapping):
            return step
        thinks = isinstance(step, Thought)
        said = {"content": "", "thinking": step.text} if thinks else {"content": step}
        return self._document({"role": "assistant", **said}, done=False)

    def line(self, document: Mapping[str, object]) -> bytes:
        return json.dumps(document).encode() + b"\n"

    def end(self) -> list[bytes]:
        said = {"role": "assistant", "content": ""}
        names = ("prompt_eval_count", "eval_count")
        counts = dict(zip(names, self._play.usage, strict=True)) if self._play.usage else {}
        return [self.line(self._document(said, done=True, done_reason=self._play.finish, **counts))]

    def _document(self, message: Mapping[str, object], **more: object) -> dict[str, object]:
        return {
            "model": "scripted",
            "created_at": "2026-03-02T12:00:00.000000Z",
            "message": message,
            **more,
        }


class AnthropicForm:
    """As Anthropic's messages stream: events, of which the first tells what was read."""

    content_type = "text/event-stream"

    def __init__(self, play: Play) -> None:
        self._play = play

    def begin(self) -> list[bytes]:
        counted = self._play.usage
        usage = {"input_tokens": counted[0], "output_tokens": 1} if counted else {}
        message = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "scripted",
            "content": [],
            "stop_reason": None,
            "usage": usage,
        }
        return [self.line({"type": "message_start", "message": message}), self.line(PING)]

    def step(self, step: object) -> Mapping[str, object]:
        if isinstance(step, Mapping):
            return step
        thinks = isinstance(step, Thought)
        delta = (
            {"type": "thinking_delta", "thinking": step.text}
            if isinstance(step, Thought)
            else {"type": "text_delta", "text": step}
        )
        return {"type": "content_block_delta", "index": int(not thinks), "delta": delta}

    def line(self, document: Mapping[str, object]) -> bytes:
        return f"event: {document.get('type')}\ndata: {json.dumps(document)}\n\n".encode()

    def end(self) -> list[bytes]:
        counted = {"output_tokens": self._play.usage[1]} if self._play.usage else {}
        delta = {"stop_reason": ANTHROPIC_ENDS.get(self._play.finish, self._play.finish)}
        return [
            self.line({"type": "message_delta", "delta": delta, "usage": counted}),
            self.line({"type": "message_stop"}),
        ]


class GeminiForm:
    """As Gemini streams: every piece tells what was counted so far."""

    content_type = "text/event-stream"

    def __init__(self, play: Play) -> None:
        self._play = play

    def begin(self) -> list[bytes]:
        return []

    def step(self, step: object) -> Mapping[str, object]:
        if isinstance(step, Mapping):
            return step
        part = {"text": step.text, "thought": True} if isinstance(step, Thought) else {"text": step}
        return self._document({"content": {"role": "model", "parts": [part]}, "index": 0}, 1)

    def line(self, document: Mapping[str, object]) -> bytes:
        return f"data: {json.dumps(document)}\r\n\r\n".encode()

    def end(self) -> list[bytes]:
        finish = GEMINI_ENDS.get(self._play.finish, self._play.finish)
        said = {"content": {"role": "model", "parts": [{"text": ""}]}, "finishReason": finish}
        answered = self._play.usage[1] if self._play.usage else 0
        return [self.line(self._document({**said, "index": 0}, answered))]

    def _document(self, candidate: Mapping[str, object], answered: int) -> dict[str, object]:
        document: dict[str, object] = {"candidates": [candidate], "modelVersion": "scripted"}
        if self._play.usage:
            asked = self._play.usage[0]
            document["usageMetadata"] = {
                "promptTokenCount": asked,
                "candidatesTokenCount": answered,
                "totalTokenCount": asked + answered,
            }
        return document


PING = {"type": "ping"}
ANTHROPIC_ENDS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
GEMINI_ENDS = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}

Form = type[OpenAIForm] | type[OllamaForm] | type[AnthropicForm] | type[GeminiForm]


def form_of(path: str) -> Form | None:
    """In which form a chat is asked for there; None where none is."""
    if path == "/api/chat":
        return OllamaForm
    if path.endswith("/chat/completions"):
        return OpenAIForm
    if path == "/v1/messages":
        return AnthropicForm
    return GeminiForm if path.endswith(":streamGenerateContent?alt=sse") else None
