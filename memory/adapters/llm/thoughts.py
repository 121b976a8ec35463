"""Leaves out what a model thinks aloud before it answers."""

BEGINS = "<think>"
ENDS = "</think>"


class Answering:
    """Takes a text in pieces and gives the answer in it: without white space in front, and without
    thoughts where it begins with them. Thoughts that never end leave no answer."""

    def __init__(self) -> None:
        self._held = ""
        self._thinks = False
        self._answers = False

    def take(self, piece: str) -> str:
        """As much of the answer as is certain by now."""
        if self._answers:
            return piece
        self._held += piece
        if not self._thinks:
            self._held = self._held.lstrip()
            if BEGINS.startswith(self._held):  # also of nothing: it may still become one
                return self._begin() if self._held == BEGINS else ""
            if not self._held.startswith(BEGINS):
                return self._answer(self._held)
        return self._begin()

    def end(self) -> str:
        """What was held back, when nothing more comes."""
        return "" if self._thinks else self._answer(self._held)

    def _begin(self) -> str:
        self._thinks = True
        _, ended, rest = self._held.partition(ENDS)
        if not ended:
            self._held = self._held[: len(BEGINS)] + self._held[len(BEGINS) :][-len(ENDS) + 1 :]
            return ""
        self._thinks = False
        self._held = rest.lstrip()
        return self._answer(self._held) if self._held else ""

    def _answer(self, text: str) -> str:
        self._answers, self._held = bool(text), ""
        return text
