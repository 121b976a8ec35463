"""litellm, loaded late and held quiet: it imports for seconds, and by default it asks the network
for prices, reads ``.env`` files, looks models up elsewhere and logs what it is given."""

import json
import logging
import os
import threading
from typing import Any
from urllib.parse import quote

from memory.adapters.llm.line import Line

BEFORE_IMPORT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # or it fetches the list of prices
    "LITELLM_MODE": "PRODUCTION",  # or it reads a .env file, of this folder or one above it
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",  # or it fetches them when one is used
}
FORGOTTEN = (
    # Each has it ask over a client of its own, through the environment's proxy.
    "EXPERIMENTAL_OPENAI_BASE_LLM_HTTP_HANDLER",
    "LITELLM_RUST",
)
LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx", "httpcore")
"""At DEBUG they tell every message, and at ERROR what a server said of it."""
SILENT = logging.CRITICAL + 1
ANY_MODEL = "any"
"""litellm does many things by a model's name: it downloads a tokenizer from elsewhere for one that
has “llama-3” in it, looks prices up, refuses settings, sends it on to another interface. It is
given this name; the true one stands in the body alone."""
NO_KEY = "none"
"""Where there is no key: an empty one is replaced by the environment's."""
FREE = {
    "litellm_provider": "ollama_chat",
    "mode": "chat",
    "input_cost_per_token": 0.0,
    "output_cost_per_token": 0.0,
}
INSTRUCTED = {"litellm_provider": "gemini", "mode": "chat", "supports_system_messages": True}
"""Or it takes Gemini's instructions for something that the person said."""

_lock = threading.Lock()
_loaded: Any = None


def litellm() -> Any:
    """The one place where litellm is imported; 5 to 9 seconds the first time."""
    global _loaded
    with _lock:
        if _loaded is None:
            os.environ.update(BEFORE_IMPORT)
            for name in FORGOTTEN:
                os.environ.pop(name, None)
            _silence()
            import litellm as library

            _silence()  # it sets levels of its own
            _hold_quiet(library)
            _loaded = library
        return _loaded


def _silence() -> None:
    for name in LOGGERS:
        logging.getLogger(name).setLevel(SILENT)


def _hold_quiet(library: Any) -> None:
    library.suppress_debug_info = True
    library.set_verbose = False
    library.turn_off_message_logging = True
    library.disable_streaming_logging = True
    library.modify_params = False
    library.drop_params = False
    library.route_all_chat_openai_to_responses = False
    library.num_retries = 0
    library.disable_hf_tokenizer_download = True
    # A model without a price is looked up at OLLAMA_API_BASE, through the environment's proxy.
    library.model_cost[f"ollama_chat/{ANY_MODEL}"] = FREE
    library.model_cost[f"gemini/{ANY_MODEL}"] = INSTRUCTED
    for name in (
        "callbacks",
        "input_callback",
        "success_callback",
        "failure_callback",
        "service_callback",
    ):
        setattr(library, name, [])
    # Set from anywhere else, they would go before what is given with a call.
    for name in ("api_base", "api_key", "openai_key", "ollama_key", "organization", "headers"):
        setattr(library, name, None)


def openai_client(line: Line, base: str, model: str) -> Any:
    import openai

    class Client(openai.OpenAI):
        def _prepare_options(self, options: Any) -> Any:
            """openai's own hook for requests; litellm lets no other model through its options."""
            return options.model_copy(update={"json_data": {**options.json_data, "model": model}})

    return Client(
        api_key=line.key or NO_KEY,
        base_url=base,
        http_client=line.http,
        max_retries=0,
    )


def ollama_client(line: Line) -> Any:
    from litellm.llms.custom_httpx.http_handler import HTTPHandler

    return HTTPHandler(client=line.http)


def anthropic_client(line: Line, model: str) -> Any:
    from litellm.llms.custom_httpx.http_handler import HTTPHandler

    class Client(HTTPHandler):
        def post(self, *given: Any, **more: Any) -> Any:
            body = {**json.loads(more["data"]), "model": model}
            return super().post(*given, **{**more, "data": json.dumps(body)})

    return Client(client=line.http)


def gemini_client(line: Line, model: str) -> Any:
    """Its name stands in the address alone, with nothing else behind it than what asks for pieces:
    no key."""
    from litellm.llms.custom_httpx.http_handler import HTTPHandler

    name = quote(model.removeprefix("models/"), safe="")

    class Client(HTTPHandler):
        def post(self, *_: Any, **more: Any) -> Any:
            return super().post(
                f"{line.address}/models/{name}:streamGenerateContent?alt=sse", **more
            )

    return Client(client=line.http)


def foreign_errors() -> tuple[type[Exception], ...]:
    """All that can come out of a call, and out of reading what a server sends."""
    import httpx
    import openai
    from litellm.llms.base_llm.chat.transformation import BaseLLMException

    own = vars(litellm().exceptions).values()
    return (
        *(kind for kind in own if isinstance(kind, type) and issubclass(kind, Exception)),
        openai.OpenAIError,
        BaseLLMException,
        httpx.HTTPError,
        httpx.StreamError,
        httpx.InvalidURL,
        ValueError,  # JSON that is none
        RecursionError,  # or that is nested without end
        # what is of another shape than it should be
        LookupError,
        TypeError,
        AttributeError,
    )
