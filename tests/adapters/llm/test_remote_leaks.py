"""Where the text and the key for a model elsewhere go: to its address, and nowhere else."""

import logging
from collections.abc import Iterator

import pytest

from memory.adapters.llm import warm_up
from memory.adapters.llm.providers import Wire
from memory.records import Server
from tests.adapters.llm.played import (
    ECHO,
    KEY,
    MESSAGES,
    PROXIES,
    every_provider,
    every_wire,
    failing,
    model_of,
    went,
)
from tests.adapters.llm.played import library as library
from tests.adapters.llm.played import played as played
from tests.adapters.scripted_server import Play, ScriptedServer, refusal

ENVIRONMENT_KEY = "sk-of-another-service"
BASES = (
    "OPENAI_BASE_URL OPENAI_API_BASE ANTHROPIC_API_BASE ANTHROPIC_BASE_URL GEMINI_API_BASE "
    "GOOGLE_GEMINI_BASE_URL OPENROUTER_API_BASE MISTRAL_API_BASE MISTRAL_BASE_URL GROQ_API_BASE"
).split()
OTHER_KEYS = (
    "OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY GOOGLE_API_KEY PALM_API_KEY MISTRAL_API_KEY "
    "OPENROUTER_API_KEY GROQ_API_KEY LITELLM_API_KEY OPENAI_ORGANIZATION OPENAI_ORG_ID "
    "OPENAI_PROJECT_ID ANTHROPIC_AUTH_TOKEN OR_SITE_URL OR_APP_NAME"
).split()


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """Where everything would go that the environment has a say in."""
    with ScriptedServer("other") as started:
        for name in (*PROXIES, *BASES):
            monkeypatch.setenv(name, started.address)
        for name in OTHER_KEYS:
            monkeypatch.setenv(name, ENVIRONMENT_KEY)
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"X-Key: {ENVIRONMENT_KEY}")
        yield started


@every_provider
def test_nothing_of_the_environment_is_sent(
    played: ScriptedServer, other: ScriptedServer, server: Server
) -> None:
    """Not its keys, and not the text to where it says: the address that was given is the one."""
    assert list(model_of(played, server, model="llama-3").stream(MESSAGES))

    (asked,) = played.asked
    assert ENVIRONMENT_KEY not in str(asked)
    assert (went(other), played.looked_up) == ([], [])


def test_warming_up_asks_nobody(other: ScriptedServer) -> None:
    """Whatever is imported for a first answer is, and nothing more."""
    for wire in Wire:
        warm_up(wire)

    assert went(other) == []


@every_wire
def test_a_server_that_sends_elsewhere_is_not_followed(
    played: ScriptedServer, other: ScriptedServer, server: Server
) -> None:
    """The text would go with it."""
    there = f"{other.address}/v1/chat/completions"
    played.play(Play(status=307, error="{}", headers={"Location": there}))

    failing(model_of(played, server))
    assert went(other) == []


@every_provider
def test_nothing_of_a_conversation_is_logged(
    played: ScriptedServer,
    server: Server,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """At no level, and on no error; neither what was asked nor what was answered, nor the key."""
    caplog.set_level(logging.DEBUG)
    played.play(Play(["Fjordvik, then."]), *(refusal(s, ECHO) for s in (400, 401, 500)))
    model = model_of(played, server)

    assert list(model.stream(MESSAGES))
    for _ in range(3):
        failing(model)
    out, err = capfd.readouterr()
    for shown in (caplog.text, out, err, repr(model), repr(vars(model)["_endpoint"])):
        assert "Fjordvik" not in shown
        assert KEY not in shown
