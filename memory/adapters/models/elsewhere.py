"""The chat models of providers and of other servers elsewhere: offered, looked up, connected."""

import os
import time
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlsplit

from memory.adapters.addresses import address_elsewhere
from memory.adapters.llm import ANSWER_SECONDS, RemoteModel, warm_up
from memory.adapters.llm.providers import PROVIDERS, Endpoint
from memory.adapters.models import listings, prices
from memory.adapters.models.trying import SAYS_ELSEWHERE, TEST_MESSAGES, TEST_SECONDS, answered_in
from memory.errors import InvalidInput, KeyMissing, ModelUnavailable
from memory.records import Connection, KeySource, ModelChoice, ModelOffer, Provider, Server
from memory.rules import keys
from memory.rules.personal_data.secrets import find_secrets


class Elsewhere:
    """Nobody is asked anything but in ``find_at``, ``look_up`` and ``test``, and by a model that
    answers."""

    def __init__(
        self,
        providers: Mapping[Server, Endpoint] = PROVIDERS,
        environ: Mapping[str, str] = os.environ,
        today: Callable[[], date] = date.today,
        timer: Callable[[], float] = time.monotonic,
        test_seconds: float = TEST_SECONDS,
    ) -> None:
        self._providers = providers
        self._environ = environ
        self._today = today
        self._timer = timer
        self._test_seconds = test_seconds
        self._known: dict[ModelChoice, ModelOffer] = {}
        """What servers told of their models."""

    def providers(self) -> tuple[Provider, ...]:
        return tuple(
            Provider(
                server,
                self._variable(endpoint) or endpoint.variables[0],
                KeySource.ENVIRONMENT if self._variable(endpoint) else None,
            )
            for server, endpoint in self._providers.items()
        )

    def _key(self, server: Server) -> str:
        """Of the environment; empty when there is none."""
        endpoint = self._providers.get(server)
        variable = self._variable(endpoint) if endpoint else ""
        return self._environ[variable].strip() if variable else ""

    def _variable(self, endpoint: Endpoint) -> str:
        """The first that has a key in it; what no header can carry is none."""
        for name in endpoint.variables:
            key = self._environ.get(name, "").strip()
            if key and keys.fits(key):
                return name
        return ""

    def offers(self, server: Server) -> tuple[ModelOffer, ...]:
        self._provider(server)
        return tuple(
            self.offer(ModelChoice(server, model)) for model in prices.models(server, self._today())
        )

    def look_up(self, server: Server, key: str) -> tuple[ModelOffer, ...]:
        endpoint = self._provider(server)
        key = "" if endpoint.lists_to_anybody else keys.checked(key) or self._key(server)
        if not key and not endpoint.lists_to_anybody:
            raise KeyMissing(server)
        found = {
            each.model: each
            for each in listings.of(endpoint, key, server)
            if each.chats and prices.answers(server, each.model)
        }
        return tuple(
            self._note(ModelChoice(server, model), found[model])
            for model in prices.in_order(prices.without_dated(found))
        )

    def find_at(self, address: str, key: str) -> tuple[ModelOffer, ...]:
        endpoint = Endpoint(address_elsewhere(address))
        return tuple(
            self._note(ModelChoice(Server.ELSEWHERE, each.model, endpoint.address), each)
            for each in listings.of(endpoint, keys.checked(key), endpoint.address)
            if each.chats and not prices.OTHER_WORK.search(each.model)
        )

    def connect(
        self,
        choice: ModelChoice,
        key: str,
        known: ModelOffer | None = None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> RemoteModel:
        endpoint = self._endpoint(choice)
        key = keys.checked(key) or self._key(choice.server)
        if not key and choice.server is not Server.ELSEWHERE:
            raise KeyMissing(choice.model)
        offer = self.offer(choice, known)
        return RemoteModel(self._name(choice), endpoint, key, offer, answer_seconds=answer_seconds)

    def test(self, choice: ModelChoice, key: str) -> Connection:
        """Nothing is asked but for one word; all of the answer is read, so that it is known what
        it cost."""
        try:
            model = self.connect(choice, key, answer_seconds=self._test_seconds)
            self.warm_up(choice)  # what is loaded once is not the model's to answer for
            began = self._timer()
            answer = model.stream(TEST_MESSAGES)
            next(answer)
            waited = self._timer() - began
            for _ in answer:
                pass
            return Connection(True, answered_in(waited), answer.usage)
        except InvalidInput as error:
            return Connection(False, str(error))
        except ModelUnavailable as error:
            return Connection(False, self._failed(choice, error))

    def warm_up(self, choice: ModelChoice) -> None:
        warm_up(self._endpoint(choice).wire)

    def _failed(self, choice: ModelChoice, error: ModelUnavailable) -> str:
        says = SAYS_ELSEWHERE.get(type(error))
        if says is None:
            return str(error)
        endpoint = self._endpoint(choice)
        return says.format(
            model=choice.model,
            provider=self._name(choice),
            address=endpoint.address,
            variable=next(iter(endpoint.variables), ""),
        )

    def _endpoint(self, choice: ModelChoice) -> Endpoint:
        """Raises InvalidInput for an address that may not be, without a name, and with a key in
        either: both are kept and told."""
        if not choice.model.strip():
            raise InvalidInput("Which model is to answer? Choose one, or type its name.")
        if any(find_secrets(choice.model)) or any(find_secrets(choice.address)):
            raise InvalidInput(
                "There is a key in the name or the address of the model, and these are stored. "
                "Enter it as the key instead."
            )
        if choice.server is Server.ELSEWHERE:
            return Endpoint(address_elsewhere(choice.address))
        endpoint = self._provider(choice.server)
        if choice.address:
            raise InvalidInput(
                f"{choice.server} has an address of its own. Leave the address out, or choose "
                f"“{Server.ELSEWHERE}” for it."
            )
        return endpoint

    def _name(self, choice: ModelChoice) -> str:
        """Who it is, as the person reads it."""
        if choice.server is not Server.ELSEWHERE:
            return choice.server
        return urlsplit(address_elsewhere(choice.address)).netloc

    def _provider(self, server: Server) -> Endpoint:
        if server not in self._providers:
            known = ", ".join(self._providers)
            raise InvalidInput(f"“{server}” is no provider. Choose one of: {known}.")
        return self._providers[server]

    def offer(self, choice: ModelChoice, before: ModelOffer | None = None) -> ModelOffer:
        """What is known of a model: by the table, by what its server told, and what was known
        ``before``."""
        if choice.server is Server.ELSEWHERE:
            choice = ModelChoice(choice.server, choice.model, address_elsewhere(choice.address))
        told = self._known.get(choice, before or ModelOffer(choice))
        row = prices.row(choice.server, choice.model)
        if row is None:
            return told
        return ModelOffer(
            choice,
            row.context_tokens or told.context_tokens,
            row.price or told.price,
            row.answer_tokens or told.answer_tokens,
        )

    def _note(self, choice: ModelChoice, listed: listings.Listed) -> ModelOffer:
        self._known[choice] = ModelOffer(
            choice, listed.context_tokens, listed.price, listed.answer_tokens
        )
        return self.offer(choice)
