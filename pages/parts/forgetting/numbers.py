"""Numbers."""

from memory import Memory


def draw_numbers(memory: Memory) -> None:
    """To be drawn."""
