"""Models that were connected to, and the keys that were typed for them: in this process, and
nowhere else."""

from threading import Lock

from memory.protocols import Model, Models
from memory.records import ModelChoice


class Connections:
    def __init__(self, models: Models) -> None:
        self.models = models
        self._lock = Lock()
        self._connected: dict[ModelChoice, Model] = {}
        self._keys: dict[str, str] = {}

    def key(self, address: str) -> str:
        with self._lock:
            return self._keys.get(address, "")

    def set_key(self, address: str, key: str) -> None:
        """An empty one is forgotten."""
        with self._lock:
            self._keys.pop(address, None)
            if key:
                self._keys[address] = key
            self._connected = {
                choice: model
                for choice, model in self._connected.items()
                if choice.address != address
            }

    def to(self, choice: ModelChoice) -> Model:
        """Raises ModelUnavailable."""
        key = self.key(choice.address)
        with self._lock:
            if choice not in self._connected:
                self._connected[choice] = self.models.connect(choice, key)
            return self._connected[choice]
