"""What every flow works with, handed in whole so that a test can replace any of it."""

from dataclasses import dataclass

from memory.flow.clusters.kept import Arrangements
from memory.flow.connections import Connections
from memory.flow.indexing.builds import Builds
from memory.flow.indexing.embedders import Embedders
from memory.flow.indexing.foreground import Foreground
from memory.flow.transcripts import Transcripts
from memory.flow.withheld import Withheld
from memory.protocols import (
    Background,
    Calendar,
    ChatReader,
    Clock,
    Language,
    Model,
    SchemaChecker,
    SuggestionReader,
    TokenCounter,
)
from memory.rules.scoring import Weights
from memory.settings import Settings
from memory.store import Store
from memory.store.keys import Keys


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    store: Store
    keys: Keys
    clock: Clock
    embedder: Embedders
    """The model in use, whichever that is by now."""
    language: Language
    calendar: Calendar
    tokens: TokenCounter
    transcripts: Transcripts
    withheld: Withheld
    suggestions: SuggestionReader
    chat_files: ChatReader
    arrangements: Arrangements
    schema_checker: SchemaChecker
    model: Model | None
    """Answers where the person chose none; None: the built-in answerer does."""
    connections: Connections
    background: Background
    foreground: Foreground
    builds: Builds
    weights: Weights
    """Of the signals of recall; what is left out does not count."""
