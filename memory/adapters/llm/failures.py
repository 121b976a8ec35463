"""What an error that came through litellm means: one of ours.

Providers write what they like into their errors, prompts and keys included. Their text is looked
at, and goes no further: not into ours, and not as its cause either, which tracebacks print.
"""

from memory.errors import (
    AnswerBrokenOff,
    AnswerRefused,
    ContextTooLong,
    KeyRefused,
    ModelBusy,
    ModelNotConnected,
    ModelNotFound,
    ModelOutOfFunds,
    ModelTooSlow,
    ModelUnavailable,
    RequestNotUnderstood,
)

Kind = type[ModelUnavailable]

# What servers say, in lower case. Looked for where the status is UNCLEAR: any may quote a prompt.
SAID: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        ContextTooLong,
        (
            "exceed_context_size",
            "available context size",
            "context length",
            "context_length",
            "context window",
            "maximum context",
            "context size",
            "exceeds the context",
            "prompt is too long",
            "input is too long",
            "input length",
            "input token count",
        ),
    ),
    # in the middle of an answer, where the status was given before
    (ModelBusy, ("overloaded_error", "resource_exhausted")),
    # Gemini answers so with 400
    (KeyRefused, ("api_key_invalid", "api key not valid")),
    (ModelOutOfFunds, ("insufficient_quota", "credit balance", "insufficient credit")),
    (
        ModelNotFound,
        (
            "model_not_found",
            "model not found",
            "try pulling it",
            "no models loaded",
            "no such model",
            "invalid_model",
            "not a valid model id",
            "model_decommissioned",
        ),
    ),
    (
        AnswerRefused,
        (
            "content_policy",
            "content policy",
            "content_filter",
            "safety system",
            "your input was flagged",
        ),
    ),
)
UNCLEAR = frozenset({None, 200, 400, 402, 403, 404, 413, 422, 429, 500})
"""Statuses that servers give for several reasons; None: there was none."""

BY_STATUS: dict[int, Kind] = {
    400: RequestNotUnderstood,
    401: KeyRefused,
    402: ModelOutOfFunds,
    403: KeyRefused,
    404: ModelNotFound,
    405: RequestNotUnderstood,
    408: ModelTooSlow,
    413: ContextTooLong,
    415: RequestNotUnderstood,
    422: RequestNotUnderstood,
    429: ModelBusy,
    500: ModelUnavailable,
    502: ModelNotConnected,
    503: ModelBusy,
    504: ModelTooSlow,
    529: ModelBusy,
}

# By the library's name and the class's; the nearest ancestor counts.
BY_CLASS: dict[str, Kind] = {
    "httpx.ConnectError": ModelNotConnected,
    "httpx.ConnectTimeout": ModelNotConnected,
    "httpx.ProxyError": ModelNotConnected,
    "httpx.TimeoutException": ModelTooSlow,
    "httpx.HTTPError": AnswerBrokenOff,
    "httpx.InvalidURL": ModelNotConnected,
    "httpx.StreamError": AnswerBrokenOff,
    "openai.OpenAIError": ModelUnavailable,
    "openai.APIError": ModelUnavailable,
    "openai.APIConnectionError": ModelNotConnected,
    "openai.APITimeoutError": ModelTooSlow,
    "openai.APIResponseValidationError": AnswerBrokenOff,
    "openai.APIStatusError": ModelUnavailable,
    "openai.BadRequestError": RequestNotUnderstood,
    "openai.AuthenticationError": KeyRefused,
    "openai.OAuthError": KeyRefused,
    "openai.PermissionDeniedError": KeyRefused,
    "openai.NotFoundError": ModelNotFound,
    "openai.ConflictError": ModelBusy,
    "openai.UnprocessableEntityError": RequestNotUnderstood,
    "openai.RateLimitError": ModelBusy,
    "openai.InternalServerError": ModelUnavailable,
    "openai.LengthFinishReasonError": ModelUnavailable,
    "openai.ContentFilterFinishReasonError": AnswerRefused,
    "litellm.AuthenticationError": KeyRefused,
    "litellm.NotFoundError": ModelNotFound,
    "litellm.BadRequestError": RequestNotUnderstood,
    "litellm.ImageFetchError": RequestNotUnderstood,
    "litellm.VectorStoreSearchError": RequestNotUnderstood,
    "litellm.UnprocessableEntityError": RequestNotUnderstood,
    "litellm.Timeout": ModelTooSlow,
    "litellm.PermissionDeniedError": KeyRefused,
    "litellm.RateLimitError": ModelBusy,
    "litellm.ContextWindowExceededError": ContextTooLong,
    "litellm.PaymentRequiredError": ModelOutOfFunds,
    "litellm.RejectedRequestError": AnswerRefused,
    "litellm.ContentPolicyViolationError": AnswerRefused,
    "litellm.ServiceUnavailableError": ModelBusy,
    "litellm.BadGatewayError": ModelNotConnected,
    "litellm.InternalServerError": ModelUnavailable,
    "litellm.APIError": ModelUnavailable,
    "litellm.APIConnectionError": ModelNotConnected,
    "litellm.APIResponseValidationError": AnswerBrokenOff,
    "litellm.JSONSchemaValidationError": AnswerBrokenOff,
    "litellm.OpenAIError": ModelUnavailable,
    "litellm.UnsupportedParamsError": RequestNotUnderstood,
    "litellm.ModelNotMappedError": RequestNotUnderstood,
    "litellm.BudgetExceededError": ModelOutOfFunds,
    "litellm.InvalidRequestError": RequestNotUnderstood,
    "litellm.LiteLLMUnknownProvider": RequestNotUnderstood,
    "litellm.MidStreamFallbackError": AnswerBrokenOff,
    "litellm.BlockedPiiEntityError": AnswerRefused,
    "litellm.GuardrailRaisedException": AnswerRefused,
    "litellm.ModifyResponseException": AnswerRefused,
    "litellm.SensitiveDataRouteException": AnswerRefused,
    "litellm.MockException": ModelUnavailable,
}


class Foreign(Exception):
    """Stands for an error whose own text must not be seen: its class, and what was answered."""

    def __init__(self, error: BaseException, status: int | None) -> None:
        answered = f", answered with status {status}" if status else ""
        super().__init__(f"{type(error).__module__}.{type(error).__qualname__}{answered}")


def failure(
    error: BaseException, model: str, status: int | None, said: str = "", *, begun: bool = False
) -> ModelUnavailable:
    """``status``: what the server answered with, where it did, and ``said``: its words for it;
    ``begun``: its answer had begun."""
    found = kind_of(error, status, said, begun=begun)(model)
    found.__cause__ = Foreign(error, status)
    return found


def kind_of(
    error: BaseException, status: int | None = None, said: str = "", *, begun: bool = False
) -> Kind:
    """The connection knows best, then the server's own words, its status, and litellm's class."""
    line = _of_the_line(error)
    if line is not None:
        return line
    told = _told(f"{said or error}".lower()) if status in UNCLEAR else None
    if told is not None:
        return told
    if begun:
        return AnswerBrokenOff
    if status is not None and status in BY_STATUS:
        return BY_STATUS[status]
    return _by_class(error) or AnswerBrokenOff


def _of_the_line(error: BaseException | None) -> Kind | None:
    """What httpx said, however deep it lies under what others made of it."""
    while error is not None:
        if type(error).__module__.partition(".")[0] == "httpx":
            kind = _by_class(error)
            if kind is not None and "HTTPStatusError" not in type(error).__name__:
                return kind
        error = error.__cause__ or error.__context__
    return None


def _told(text: str) -> Kind | None:
    return next((kind for kind, words in SAID if any(word in text for word in words)), None)


def _by_class(error: BaseException) -> Kind | None:
    """Other classes of litellm have their status with them; what is none of these is of reading
    what a server sent."""
    for ancestor in type(error).__mro__:
        name = f"{ancestor.__module__.partition('.')[0]}.{ancestor.__name__}"
        if name in BY_CLASS:
            return BY_CLASS[name]
    return BY_STATUS.get(getattr(error, "status_code", 0))
