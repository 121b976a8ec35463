"""Who answers elsewhere: where each is, what its key is read from, and how it wants to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from memory.records import Server

BEARER = "authorization"
"""The header of a key, for most servers."""


class Wire(Enum):
    """The wire format of what is asked and answered."""

    OPENAI = "OpenAI's chat completions"
    ANTHROPIC = "Anthropic's messages"
    GEMINI = "Google's content"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server elsewhere is, and how it wants to be asked."""

    address: str
    """With the version of its interface, as its documentation gives it."""
    variables: tuple[str, ...] = ()
    """Of the environment: what the key is read from, the first that has one."""
    wire: Wire = Wire.OPENAI
    key_header: str = BEARER
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beside the key, where the list of models is asked for."""
    most_tokens: str = "max_tokens"
    """What the parameter for the length of an answer is called."""
    counts_when_asked: bool = True
    """Tokens are told where ``stream_options`` asks for them; False: they are told anyway."""
    lists_to_anybody: bool = False
    """Its list of models is public: no key is shown for it."""
    page: str = ""
    """Asked with the list, so that all of it comes at once."""


# The addresses are those of each one's own documentation. What was tried by others: Mistral refuses
# stream_options and max_completion_tokens, and counts by itself; OpenAI's thinking models refuse
# max_tokens; OpenRouter always counts, and tells what it charged.
PROVIDERS: Mapping[Server, Endpoint] = {
    Server.OPENAI: Endpoint(
        "https://api.openai.com/v1",
        ("OPENAI_API_KEY",),
        most_tokens="max_completion_tokens",
    ),
    Server.ANTHROPIC: Endpoint(
        "https://api.anthropic.com/v1",
        ("ANTHROPIC_API_KEY",),
        Wire.ANTHROPIC,
        key_header="x-api-key",
        headers={"anthropic-version": "2023-06-01"},
        page="?limit=1000",
    ),
    Server.GEMINI: Endpoint(
        "https://generativelanguage.googleapis.com/v1beta",
        ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
        Wire.GEMINI,
        key_header="x-goog-api-key",
        page="?pageSize=1000",
    ),
    Server.OPENROUTER: Endpoint(
        "https://openrouter.ai/api/v1",
        ("OPENROUTER_API_KEY",),
        counts_when_asked=False,
        lists_to_anybody=True,
    ),
    Server.MISTRAL: Endpoint(
        "https://api.mistral.ai/v1",
        ("MISTRAL_API_KEY",),
        counts_when_asked=False,
    ),
    Server.GROQ: Endpoint(
        "https://api.groq.com/openai/v1",
        ("GROQ_API_KEY",),
    ),
}

KEY_VARIABLES = frozenset(name for endpoint in PROVIDERS.values() for name in endpoint.variables)


def without_keys(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment for programs of ours that have nothing to do with keys."""
    return {name: value for name, value in environ.items() if name not in KEY_VARIABLES}
