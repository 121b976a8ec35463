"""Finds the chat models that servers on this computer offer, without litellm."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from memory.adapters.addresses import address_here
from memory.adapters.models.json_server import JsonServer
from memory.errors import InvalidInput
from memory.records import ModelChoice, ModelOffer, Server
from memory.rules.context_window import size

OLLAMA_PORT = 11434
PORTS = (OLLAMA_PORT, 8080, 1234, 8000, 1337, 5001, 5000)
"""Where servers listen unless they are told otherwise: Ollama, llama.cpp, LM Studio, vLLM and many
others, Jan, KoboldCpp, text-generation-webui."""
LOOK_SECONDS = 1.0
"""For everything that is asked of one server."""
OLLAMA_CONTEXT_TOKENS = 8192
"""As much as is asked of Ollama, which reserves memory for all of it before the first word; many
models could read 131,072. Its own default is 4,096: what is above it cuts off in silence."""
LM_STUDIO_CONTEXT_TOKENS = 4096
"""What LM Studio loads a model with unless the person has it otherwise."""
NOT_FOR_CHAT = re.compile(
    r"embed|rerank|minilm|whisper|(?<![a-z])(?:bge|tts)(?![a-z])", re.IGNORECASE
)
ELSEWHERE = re.compile(r"[:-]cloud$", re.IGNORECASE)
NUM_CTX = re.compile(r"^num_ctx\s+(\d{1,9})\s*$", re.MULTILINE)

Document = Mapping[str, Any]


class Found(Enum):
    """What is at an address."""

    NOTHING = "nothing answers"
    NO_MODELS = "something answers that is no server of chat models"
    KEY_REFUSED = "it wants a key, or another one"
    MODELS = "a server of chat models"


@dataclass(frozen=True, slots=True)
class Look:
    found: Found
    offers: tuple[ModelOffer, ...] = ()


def usual_addresses(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Where servers usually are; Ollama's may be named in OLLAMA_HOST, which counts when it is
    here."""
    usual = [f"http://127.0.0.1:{port}" for port in PORTS]
    named = environ.get("OLLAMA_HOST", "").strip()
    if named:
        with suppress(InvalidInput, ValueError):  # nothing elsewhere is asked, nor what is none
            usual[0] = _of_ollama(named)
    return tuple(usual)


def _of_ollama(named: str) -> str:
    """It is where Ollama listens: on every address, if it says 0.0.0.0."""
    parts = urlsplit(named if "://" in named else f"//{named}")
    every = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104
    host = every.get(parts.hostname or "", parts.hostname or "")
    name = f"[{host}]" if ":" in host else host
    return address_here(f"http://{name}:{parts.port or OLLAMA_PORT}")


def runs_elsewhere(model: str) -> bool:
    """Ollama offers models that its makers' servers run, among its own."""
    return bool(ELSEWHERE.search(model))


def find(addresses: Iterable[str]) -> tuple[ModelOffer, ...]:
    """All that is offered at these addresses now, in their order. Raises InvalidInput for one of
    elsewhere."""
    places = list(dict.fromkeys(address_here(address) for address in addresses))
    looks = _at_once([partial(look, place) for place in places], LOOK_SECONDS + 0.2)
    return tuple(offer for seen in looks if seen is not None for offer in seen.offers)


def look(address: str, key: str = "") -> Look:
    """What is at this address. Raises InvalidInput for one of elsewhere."""
    server = JsonServer(address_here(address), key, LOOK_SECONDS)
    listed = server.ask("/v1/models")
    if server.status is None:
        return Look(Found.NOTHING)
    refused = server.status in (401, 403)
    names = _names(listed)
    if names is not None and _says(names, "llamacpp"):
        return Look(Found.MODELS, _of_llama_cpp(server, names))
    if names is None or not _says(names, "koboldcpp"):  # which speaks as Ollama does, too
        tags = server.ask("/api/tags")
        if (models := _list(tags, "models")) is not None:
            return Look(Found.MODELS, _of_ollama_tags(server, models))
    if names is not None:
        return Look(Found.MODELS, _of_compatible(server, names))
    return Look(Found.KEY_REFUSED if refused else Found.NO_MODELS)


# -- what each kind of server says ------------------------------------------------------------


def _names(listed: object) -> list[Document] | None:
    models = _list(listed, "data")
    return None if models is None else [each for each in models if _is_text(each.get("id"))]


def _says(names: Sequence[Document], owner: str) -> bool:
    return any(each.get("owned_by") == owner for each in names)


def _of_llama_cpp(server: JsonServer, names: Sequence[Document]) -> tuple[ModelOffer, ...]:
    """How much one conversation may take is in its properties; the list knows the model's own."""
    properties = server.ask("/props")
    n_ctx = size(_part(_part(properties, "default_generation_settings"), "n_ctx"))
    return _offers(
        server,
        Server.LLAMA_CPP,
        [(each["id"], n_ctx or size(_part(each.get("meta"), "n_ctx"))) for each in names],
    )


def _of_ollama_tags(server: JsonServer, models: Sequence[Document]) -> tuple[ModelOffer, ...]:
    named = [
        str(each.get("model") or each.get("name"))
        for each in models
        if _is_text(each.get("model") or each.get("name")) and not each.get("remote_host")
    ]
    here = [name for name in named if not runs_elsewhere(name)]
    shown = _at_once([partial(_show, server, name) for name in here], server.left())
    return _offers(
        server,
        Server.OLLAMA,
        [
            (name, _ollama_context(document))
            for name, document in zip(here, shown, strict=True)
            if _chats(document)
        ],
    )


def _show(server: JsonServer, name: str) -> object:
    return server.ask("/api/show", {"model": name})


def _chats(shown: object) -> bool:
    """Unless it only embeds, or runs elsewhere."""
    can = _part(shown, "capabilities")
    embeds = isinstance(can, list) and bool(can) and "completion" not in can
    return not embeds and not _part(shown, "remote_host")


def _ollama_context(shown: object) -> int | None:
    """As its maker set it, or what the model can read, up to what is asked of a small computer."""
    parameters = _part(shown, "parameters")
    if isinstance(parameters, str) and (set_to := NUM_CTX.search(parameters)):
        return size(int(set_to[1]))
    details = _part(shown, "model_info")
    for name, value in details.items() if isinstance(details, dict) else ():
        if name.endswith(".context_length") and (tokens := size(value)):
            return min(tokens, OLLAMA_CONTEXT_TOKENS)
    return None


def _of_compatible(server: JsonServer, names: Sequence[Document]) -> tuple[ModelOffer, ...]:
    """LM Studio and KoboldCpp tell of contexts elsewhere; vLLM in the list itself."""
    rows = {
        str(each.get("id")): each
        for each in _list(server.ask("/api/v0/models"), "data") or ()
        if _is_text(each.get("id"))
    }
    alone = None
    if _says(names, "koboldcpp"):
        alone = size(_part(server.ask("/api/extra/true_max_context_length"), "value"))
    return _offers(
        server,
        Server.COMPATIBLE,
        [
            (
                each["id"],
                size(each.get("max_model_len"))
                or _lm_studio_context(rows.get(each["id"], {}))
                or alone,
            )
            for each in names
            if rows.get(each["id"], {}).get("type") != "embeddings"
        ],
    )


def _lm_studio_context(row: Document) -> int | None:
    loaded = size(row.get("loaded_context_length"))
    most = size(row.get("max_context_length"))
    return loaded or (min(most, LM_STUDIO_CONTEXT_TOKENS) if most else None)


def _offers(
    server: JsonServer, kind: Server, models: Iterable[tuple[str, int | None]]
) -> tuple[ModelOffer, ...]:
    return tuple(
        ModelOffer(ModelChoice(kind, name, server.address), context)
        for name, context in models
        if not NOT_FOR_CHAT.search(name)
    )


# -- reading what may be anything --------------------------------------------------------------


def _part(document: object, name: str) -> Any:
    return document.get(name) if isinstance(document, dict) else None


def _list(document: object, name: str) -> list[Document] | None:
    found = _part(document, name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _at_once(asks: Sequence[Callable[[], Any]], seconds: float) -> list[Any]:
    """What each gives, in order; None for one that takes longer."""
    if not asks:
        return []
    pool = ThreadPoolExecutor(max_workers=min(len(asks), len(PORTS)))
    try:
        given = [pool.submit(ask) for ask in asks]
        done, _ = wait(given, seconds)
        return [each.result() if each in done else None for each in given]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
