"""One family of errors, each a sentence for the person at the screen, with what to do.

    AppError
    ├── ConsentRequired       a purpose was not agreed to
    ├── NotFound              no such memory, message, conversation or entity
    ├── InvalidInput          the text cannot be taken as it is
    │   └── BudgetExceeded    a message alone does not fit the token budget
    ├── StoreUnavailable      the database file cannot be used
    ├── EmbedderUnavailable   the embedding model cannot be loaded
    │   └── EmbedderMismatch  vectors of the wrong model, size or value
    ├── LanguageUnavailable   the language model that finds personal data cannot be loaded
    └── ModelUnavailable      the chosen chat model cannot answer

Causes from libraries are chained with ``from`` where they enter, and nowhere else.
"""


class AppError(Exception):
    """``str(error)`` is what the person reads: what happened, then what to do."""


class ConsentRequired(AppError):
    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"Nothing was stored: there is no consent for “{purpose}”. "
            "Turn it on in Privacy, then try again."
        )
        self.purpose = purpose


class NotFound(AppError):
    def __init__(self, what: str, key: object) -> None:
        super().__init__(
            f"There is no {what} {key!r} here; it may have been erased. Reload the page."
        )


class InvalidInput(AppError):
    pass


class BudgetExceeded(InvalidInput):
    def __init__(self, tokens: int, budget: int) -> None:
        super().__init__(
            f"This message needs {tokens:,} tokens together with the instructions, and "
            f"{budget:,} are allowed. Shorten it, or raise RECOLLECT_BUFFER_TOKENS."
        )
        self.tokens = tokens
        self.budget = budget


class StoreUnavailable(AppError):
    pass


class EmbedderUnavailable(AppError):
    pass


class EmbedderMismatch(EmbedderUnavailable):
    pass


class LanguageUnavailable(AppError):
    pass


class ModelUnavailable(AppError):
    pass
