"""The engine beside a running app, as another program would have it: quicker than the pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from tests.browser.server import AppServer
from tests.fakes import FakeEmbedder, FakeLanguage


@contextmanager
def engine(app: AppServer) -> Iterator[Memory]:
    """On the app's file, with fakes under the names of what the app uses."""
    settings = Settings(database=app.database)
    embedder = FakeEmbedder(name=MiniLMEmbedder(settings.cache).name)
    with Memory.open(settings, embedder=embedder, language=FakeLanguage()) as memory:
        yield memory


def start_anew(app: AppServer) -> None:
    """Nothing is agreed to and nothing is kept: shared apps come with what others left."""
    with engine(app) as memory:
        for user_id in {"me", *(person.user_id for person in memory.people())}:
            receipt = memory.erase(user_id)
            assert receipt.verified, receipt.pending
