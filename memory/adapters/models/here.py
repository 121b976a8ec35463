"""The chat models of this computer: those of servers that run here, and the one inside the app."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from memory.adapters.addresses import address_here
from memory.adapters.llm import ANSWER_SECONDS, LocalModel, warm_up
from memory.adapters.models import local_servers
from memory.adapters.models.local_servers import Found, Look
from memory.adapters.models.trying import SAYS, TEST_MESSAGES, TEST_SECONDS, answered_in
from memory.errors import (
    AppError,
    InvalidInput,
    KeyRefused,
    ModelNotConnected,
    ModelNotInstalled,
    ModelUnavailable,
)
from memory.records import Connection, ModelChoice, ModelOffer, Server

NAMED_AT_MOST = 5

NO_MODELS = (
    "Something answers at {address}, but it is no server of chat models. Correct the address, then "
    "try again."
)


class OwnServer(Protocol):
    """The model inside the app."""

    @property
    def name(self) -> str:
        """What the person reads."""

    def offer(self) -> ModelOffer | None:
        """None where it is not installed."""

    def start(self) -> tuple[str, str]:
        """Its address and key; takes seconds the first time. Raises ModelUnavailable."""

    def close(self) -> None: ...


class Here:
    """What it is asked for, and asks, stays on this computer."""

    def __init__(
        self,
        own: OwnServer | None,
        addresses: Callable[[], Sequence[str]] = local_servers.usual_addresses,
        timer: Callable[[], float] = time.monotonic,
        test_seconds: float = TEST_SECONDS,
    ) -> None:
        self._own = own
        self._addresses = addresses
        self._timer = timer
        self._test_seconds = test_seconds
        self._sizes: dict[tuple[str, str], int | None] = {}
        """How much models read, by address and name, as far as it was found out."""

    def find(self) -> tuple[ModelOffer, ...]:
        own = self._own.offer() if self._own else None
        found = local_servers.find(self._addresses())
        self._note(found)
        return (own, *found) if own else found

    def find_at(self, address: str, key: str) -> tuple[ModelOffer, ...]:
        seen = self._look(address, key)
        if seen.found is Found.NOTHING:
            raise ModelNotConnected(address)
        if seen.found is Found.KEY_REFUSED:
            raise KeyRefused(address)
        if seen.found is Found.NO_MODELS:
            raise InvalidInput(NO_MODELS.format(address=address))
        return seen.offers

    def connect(
        self, choice: ModelChoice, key: str, answer_seconds: float = ANSWER_SECONDS
    ) -> LocalModel:
        if choice.server is Server.OWN:
            own, offer = self._offered(choice)
            return LocalModel(
                own.name,
                choice.server,
                choice.model,
                reach=own.start,
                context_tokens=offer.context_tokens,
                answer_tokens=offer.answer_tokens,
                answer_seconds=answer_seconds,
            )
        if choice.server is Server.OLLAMA and local_servers.runs_elsewhere(choice.model):
            raise InvalidInput(
                f"“{choice.model}” is not run on this computer, but by Ollama's makers. Choose a "
                "model that is downloaded."
            )
        return LocalModel(
            choice.model,
            choice.server,
            choice.model,
            choice.address,
            key,
            measure=lambda: self._measure(choice, key),
            answer_seconds=answer_seconds,
        )

    def test(self, choice: ModelChoice, key: str = "") -> Connection:
        try:
            model = self.connect(choice, key, answer_seconds=self._test_seconds)
            missing = self._missing(choice, key)
            if missing:
                return Connection(False, missing)
            self.warm_up(choice)  # what is loaded once is not the model's to answer for
            return Connection(True, answered_in(self._seconds_to_answer(model)))
        except ModelUnavailable as error:
            says = SAYS.get(type(error))
            if says is None or choice.server is Server.OWN:
                return Connection(False, str(error))
            return Connection(False, says.format(model=choice.model, address=choice.address))
        except AppError as error:
            return Connection(False, str(error))

    def warm_up(self, choice: ModelChoice) -> None:
        warm_up()
        if choice.server is Server.OWN:
            self._offered(choice)[0].start()

    def close(self) -> None:
        if self._own:
            self._own.close()

    def _offered(self, choice: ModelChoice) -> tuple[OwnServer, ModelOffer]:
        offer = self._own.offer() if self._own else None
        if self._own is None or offer is None:
            raise ModelNotInstalled(choice.model)
        return self._own, offer

    def _measure(self, choice: ModelChoice, key: str) -> int | None:
        place = (address_here(choice.address), choice.model)
        if place not in self._sizes:
            self._look(choice.address, key)
        return self._sizes.get(place)

    def _look(self, address: str, key: str) -> Look:
        seen = local_servers.look(address, key)
        self._note(seen.offers)
        return seen

    def _note(self, offers: Iterable[ModelOffer]) -> None:
        for offer in offers:
            self._sizes[offer.choice.address, offer.choice.model] = offer.context_tokens

    def _missing(self, choice: ModelChoice, key: str) -> str:
        """Why the model is not there; empty when it is, or may be."""
        if choice.server is Server.OWN:
            return ""
        names = [offer.choice.model for offer in self.find_at(choice.address, key)]
        # llama.cpp answers with the model it has, whatever it is asked for
        if choice.server is Server.LLAMA_CPP or choice.model in names:
            return ""
        if choice.server is Server.OLLAMA and f"{choice.model}:latest" in names:
            return ""
        return _not_there(choice.model, names)

    def _seconds_to_answer(self, model: LocalModel) -> float:
        began = self._timer()
        answer = model.stream(TEST_MESSAGES)
        try:
            next(answer)
            return self._timer() - began
        finally:
            answer.close()


def _not_there(model: str, names: Sequence[str]) -> str:
    if not names:
        return f"The server does not have “{model}”, and no other model either. Load one there."
    named = ", ".join(f"“{name}”" for name in names[:NAMED_AT_MOST])
    more = f" and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else ""
    return f"The server does not have “{model}”. It has {named}{more}."
