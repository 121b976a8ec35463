"""What if."""

from memory import Memory


def draw_what_if(memory: Memory) -> None:
    """To be drawn."""
