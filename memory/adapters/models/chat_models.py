"""The chat models that can be connected: each question goes to ``here`` or to ``elsewhere``."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from memory.adapters.llm import LocalModel, RemoteModel
from memory.adapters.llm.providers import PROVIDERS, Endpoint
from memory.adapters.models.elsewhere import Elsewhere
from memory.adapters.models.here import Here, OwnServer
from memory.adapters.models.local_servers import usual_addresses
from memory.adapters.models.trying import TEST_SECONDS
from memory.records import Connection, ModelChoice, ModelOffer, ModelPlace, Provider, Server


class ChatModels:
    """``memory.protocols.Models``."""

    def __init__(
        self,
        own: OwnServer | None = None,
        *,
        addresses: Callable[[], Sequence[str]] = usual_addresses,
        timer: Callable[[], float] = time.monotonic,
        test_seconds: float = TEST_SECONDS,
        environ: Mapping[str, str] = os.environ,
        providers: Mapping[Server, Endpoint] = PROVIDERS,
        today: Callable[[], date] = date.today,
    ) -> None:
        """``addresses``: where to look for servers on this computer; ``environ`` has the keys of
        ``providers``, some of whose models are gone by ``today``."""
        self._here = Here(own, addresses, timer, test_seconds)
        self._elsewhere = Elsewhere(providers, environ, today, timer, test_seconds)

    def find(self) -> tuple[ModelOffer, ...]:
        return self._here.find()

    def find_at(
        self, address: str, key: str = "", *, elsewhere: bool = False
    ) -> tuple[ModelOffer, ...]:
        return (self._elsewhere if elsewhere else self._here).find_at(address, key)

    def providers(self) -> tuple[Provider, ...]:
        return self._elsewhere.providers()

    def offers(self, server: Server) -> tuple[ModelOffer, ...]:
        return self._elsewhere.offers(server)

    def look_up(self, server: Server, key: str) -> tuple[ModelOffer, ...]:
        return self._elsewhere.look_up(server, key)

    def known(self, choice: ModelChoice) -> ModelOffer:
        return self._elsewhere.offer(choice) if _is_elsewhere(choice) else ModelOffer(choice)

    def connect(
        self, choice: ModelChoice, key: str = "", known: ModelOffer | None = None
    ) -> LocalModel | RemoteModel:
        if _is_elsewhere(choice):
            return self._elsewhere.connect(choice, key, known)
        return self._here.connect(choice, key)

    def test(self, choice: ModelChoice, key: str = "") -> Connection:
        return (self._elsewhere if _is_elsewhere(choice) else self._here).test(choice, key)

    def warm_up(self, choice: ModelChoice) -> None:
        (self._elsewhere if _is_elsewhere(choice) else self._here).warm_up(choice)

    def close(self) -> None:
        self._here.close()


def _is_elsewhere(choice: ModelChoice) -> bool:
    return choice.server.place is ModelPlace.REMOTE
