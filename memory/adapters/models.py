"""Chat models on this computer."""

from memory.errors import ModelNotConnected
from memory.protocols import Model
from memory.records import Connection, ModelChoice, ModelOffer


class LocalModels:
    def find(self) -> tuple[ModelOffer, ...]:
        return ()

    def connect(self, choice: ModelChoice, key: str = "") -> Model:
        raise ModelNotConnected(choice.model)

    def test(self, choice: ModelChoice, key: str = "") -> Connection:
        return Connection(works=False, says=str(ModelNotConnected(choice.model)))

    def warm_up(self, choice: ModelChoice) -> None:
        raise ModelNotConnected(choice.model)

    def close(self) -> None: ...
