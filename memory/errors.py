"""One family of errors, each a sentence for the person at the screen, with what to do.

    AppError
    ├── ConsentRequired       a purpose was not agreed to
    ├── StaysHome             the person's rules do not let it leave this computer
    ├── NotFound              no such memory, message, conversation or entity
    ├── InvalidInput          the text cannot be taken as it is
    │   └── BudgetExceeded    a message alone does not fit the token budget
    ├── StoreUnavailable      the database, or the key file beside it, cannot be used
    │   ├── NotADatabase      the file is of another kind
    │   ├── ForeignDatabase   the file belongs to another program
    │   ├── NewerSchema       a newer Recollect wrote the file
    │   ├── DamagedDatabase   parts of the file cannot be read
    │   ├── UnwritableFile    the file or its folder does not let us write
    │   ├── DiskFull          there is no room for anything new
    │   ├── DatabaseBusy      another program holds the file
    │   ├── DiskError         the disk failed to read or write
    │   └── KeysUnreadable    the file with the keys of the audit is not readable
    ├── EmbedderUnavailable   the embedding model cannot be loaded
    │   └── EmbedderMismatch  vectors of the wrong model, size or value
    ├── TokenizerUnavailable  tokens cannot be counted
    ├── LanguageUnavailable   the language model that finds personal data cannot be loaded
    └── ModelUnavailable      the chosen chat model cannot answer

Causes from libraries are chained with ``from`` where they enter, and nowhere else.
"""

from pathlib import Path

DATABASE_SETTING = "RECOLLECT_DATABASE"


class AppError(Exception):
    """``str(error)`` is what the person reads: what happened, then what to do."""


class ConsentRequired(AppError):
    def __init__(self, purpose: str, undone: str = "stored") -> None:
        """``undone``: what was not done with the text."""
        super().__init__(
            f"Nothing was {undone}: there is no consent for “{purpose}”. "
            "Turn it on in Privacy, then try again."
        )
        self.purpose = purpose


class StaysHome(AppError):
    def __init__(self, data_class: str) -> None:
        super().__init__(
            f"Nothing was sent: this message is {data_class}, and your rules keep that on this "
            "computer. Ask without a remote model, or allow it in Privacy."
        )


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
    """``path``: the file it is about."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class NotADatabase(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” is not a database; nothing was changed in it. "
            "Point RECOLLECT_DATABASE at another file.",
            path,
        )


class ForeignDatabase(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” is a database of another program; nothing was changed in it. "
            "Point RECOLLECT_DATABASE at another file.",
            path,
        )


class NewerSchema(StoreUnavailable):
    def __init__(self, path: Path, version: int) -> None:
        super().__init__(
            f"“{path}” was written by a newer Recollect (schema {version}); nothing was changed "
            "in it. Update Recollect, or point RECOLLECT_DATABASE at another file.",
            path,
        )


class DamagedDatabase(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Parts of “{path}” cannot be read any more: the file is damaged. Restore a copy of "
            "it, or point RECOLLECT_DATABASE at another file.",
            path,
        )


class UnwritableFile(StoreUnavailable):
    """``reason`` completes “cannot be written: …”, ``setting`` names another place."""

    def __init__(self, path: Path, reason: str, setting: str = DATABASE_SETTING) -> None:
        super().__init__(
            f"“{path}” cannot be written: {reason}. Put that right, or name another place in "
            f"{setting}.",
            path,
        )
        self.reason = reason
        self.setting = setting


class DiskFull(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            "The disk is full, so this was not saved. Free some space, then try again.", path
        )


class DatabaseBusy(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            "Another program is holding the database, so this was not saved. Close it, then try "
            "again.",
            path,
        )


class DiskError(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The disk reported an error at “{path}”, so this was not done. Check the disk, then "
            "try again.",
            path,
        )


class KeysUnreadable(StoreUnavailable):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key file “{path}” cannot be read. Restore it from a backup, or move it away: "
            "then the audit so far can no longer be verified.",
            path,
        )


class EmbedderUnavailable(AppError):
    pass


class EmbedderMismatch(EmbedderUnavailable):
    pass


class TokenizerUnavailable(AppError):
    pass


class LanguageUnavailable(AppError):
    pass


class ModelUnavailable(AppError):
    pass
