"""Fast-forward."""

from memory import Memory


def draw_future(memory: Memory) -> None:
    """To be drawn."""
