"""Models that were connected to, and the keys that were typed for them: in this process, and
nowhere else."""

from threading import Lock

from memory.protocols import Model, Models
from memory.records import ModelChoice, ModelOffer


def place(choice: ModelChoice) -> str:
    """What a key is for: an address, or who has only one."""
    return choice.address or choice.server


class Connections:
    """Made once for each choice. A key holds for all choices of one ``place``, here ``where``."""

    def __init__(self, models: Models) -> None:
        self.models = models
        self._lock = Lock()
        self._connected: dict[ModelChoice, Model] = {}
        self._keys: dict[str, str] = {}

    def key(self, where: str) -> str:
        with self._lock:
            return self._keys.get(where, "")

    def set_key(self, where: str, key: str) -> None:
        """An empty one is forgotten."""
        with self._lock:
            self._keys.pop(where, None)
            if key:
                self._keys[where] = key
            self._connected = {
                choice: model for choice, model in self._connected.items() if place(choice) != where
            }

    def to(self, choice: ModelChoice, known: ModelOffer | None = None) -> Model:
        """Raises ModelUnavailable."""
        key = self.key(place(choice))
        with self._lock:
            if choice not in self._connected:
                self._connected[choice] = self.models.connect(choice, key, known)
            return self._connected[choice]
