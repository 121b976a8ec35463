"""The view “Your data” of Privacy: one section for each thing that can be done with the file."""

from memory import Memory
from pages.parts.yours.embedding import draw_embedding
from pages.parts.yours.export import draw_export


def draw_yours(memory: Memory) -> None:
    draw_export(memory)
    draw_embedding(memory)
