"""What models cost and read, by the table that comes with litellm."""

import json
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from memory.adapters.models import prices
from memory.records import Price, Server

ROOT = Path(__file__).parents[3]
LONG_AGO = date(2000, 1, 1)
PROVIDERS = list(prices.NAMES.values())

every_provider = pytest.mark.parametrize("server", PROVIDERS)


@pytest.fixture(scope="module")
def table() -> dict[str, dict[str, Any]]:
    spec = find_spec("litellm")
    assert spec is not None
    assert spec.origin is not None
    read = json.loads(Path(spec.origin).with_name(prices.TABLE).read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(
    ("server", "model", "entry"),
    [
        (Server.OPENAI, "gpt-4o", "gpt-4o"),
        (Server.ANTHROPIC, "claude-opus-4-5", "claude-opus-4-5"),
        (Server.GEMINI, "gemini-2.5-pro", "gemini/gemini-2.5-pro"),
        (Server.MISTRAL, "mistral-large-latest", "mistral/mistral-large-latest"),
        (Server.GROQ, "openai/gpt-oss-120b", "groq/openai/gpt-oss-120b"),
    ],
)
def test_size_and_price_are_those_of_the_table(
    table: dict[str, dict[str, Any]], server: Server, model: str, entry: str
) -> None:
    """By the name as the provider has it."""
    row, told = prices.row(server, model), table[entry]

    assert row is not None
    assert row.context_tokens == told["max_input_tokens"]
    assert row.price == Price(told["input_cost_per_token"], told["output_cost_per_token"])
    assert row.chats
    assert model in prices.models(server, LONG_AGO)


@pytest.mark.parametrize("told", [float("nan"), float("inf"), -1e-6, "1e-6", None])
def test_what_can_be_no_price_is_none(told: object) -> None:
    entry = {"input_cost_per_token": 1e-6, "output_cost_per_token": told}

    assert prices._price(entry) is None
    assert prices._price(entry | {"output_cost_per_token": 0}) == Price(1e-6, 0.0)


def test_what_is_in_no_table_is_unknown() -> None:
    """It can be asked all the same."""
    assert prices.row(Server.OPENAI, "new-9") is None
    assert prices.row(Server.OPENROUTER, "maker/model") is None
    assert prices.row(Server.GEMINI, "gpt-4o") is None
    assert prices.answers(Server.OPENAI, "new-9")


@every_provider
def test_only_models_that_answer_in_text_are_offered(
    table: dict[str, dict[str, Any]], server: Server
) -> None:
    """Not those of other interfaces, of sound, pictures, search or a person's own."""
    offered = prices.models(server, LONG_AGO)

    assert offered
    for model in offered:
        prefix = next(name for name, each in prices.NAMES.items() if each is server)
        entry = table.get(f"{prefix}/{model}") or table[model]
        assert entry["mode"] == "chat"
        assert "/v1/chat/completions" in entry.get("supported_endpoints", [prices.CHAT])


@pytest.mark.parametrize(
    "model",
    [
        "gpt-5-pro",
        "o3-deep-research",
        "gpt-4o-search-preview",
        "gpt-audio",
        "ft:gpt-4o-2024-08-06",
        "computer-use-preview",
        "text-embedding-3-small",
        "omni-moderation-latest",
        "whisper-1",
        "dall-e-3",
        "tts-1-hd",
    ],
)
def test_models_of_other_work_do_not_answer(model: str) -> None:
    """Whether the table has them or only a provider's list."""
    assert not prices.answers(Server.OPENAI, model)
    assert model not in prices.models(Server.OPENAI, LONG_AGO)


def test_a_name_is_not_misread() -> None:
    """Parts of other words mean nothing."""
    for model in ("gpt-rosalind-research", "olive-1", "gpt-audi", "mistral-small"):
        assert prices.answers(Server.OPENAI, model)


def test_models_without_instructions_are_left_out_where_they_are_refused() -> None:
    """Others run the same models otherwise."""
    assert not prices.answers(Server.GEMINI, "gemma-3-27b-it")
    assert prices.answers(Server.GEMINI, "gemma-4-31b-it")
    assert prices.answers(Server.OPENROUTER, "google/gemma-3-27b-it")


def test_models_that_their_provider_has_given_up_are_left_out(
    table: dict[str, dict[str, Any]],
) -> None:
    """From the day that was announced."""
    ends = date.fromisoformat(table["gpt-3.5-turbo"]["deprecation_date"])

    assert "gpt-3.5-turbo" in prices.models(Server.OPENAI, date(ends.year, ends.month, 1))
    assert "gpt-3.5-turbo" not in prices.models(Server.OPENAI, ends)


def test_states_of_a_day_stand_behind_what_has_none() -> None:
    """They are the same, as it was then."""
    names = (
        "gpt-4o gpt-4o-2024-08-06 gpt-4-0613 gpt-4 mistral-large-2512 mistral-large-latest "
        "claude-haiku-4-5-20251001 claude-haiku-4-5 only-2024-01-01 ministral-3-8b-2512"
    ).split()

    assert set(prices.without_dated(names)) == {
        *("gpt-4o", "gpt-4", "mistral-large-latest", "claude-haiku-4-5"),
        *("only-2024-01-01", "ministral-3-8b-2512"),
    }


def test_models_stand_in_an_order_to_choose_from() -> None:
    """By name, the highest version first."""
    names = "gpt-4o gpt-5 gpt-10 gpt-5.1 gpt-5-mini claude-opus-5 claude-opus-5-5 o3 o4-mini x"

    assert prices.in_order(names.split()) == (
        *("claude-opus-5-5", "claude-opus-5", "gpt-10", "gpt-5.1", "gpt-5", "gpt-5-mini"),
        *("gpt-4o", "o4-mini", "o3", "x"),
    )


WITHOUT_LITELLM = """
import sys
from memory.adapters.models import prices
from memory.records import Server
assert prices.row(Server.OPENAI, "gpt-4o")
assert not {"litellm", "httpx", "openai"} & set(sys.modules), sorted(sys.modules)
"""


def test_the_table_is_read_without_loading_litellm() -> None:
    """It takes seconds, and a list of models is shown before any of them answers."""
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_LITELLM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
