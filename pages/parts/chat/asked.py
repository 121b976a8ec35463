"""What is to be answered in a run: handed from a button, or the composer, to the turn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be answered in this run."""

    text: str = ""
    replacing: int | None = None
    """Id of the message that this one takes the place of."""
    answer: int | None = None
    """Id of the answer to give anew, instead of a text."""
    from_memory: bool = False
    """By the built-in answerer, whichever model is chosen."""
    as_shown: str = ""
    """The digest of what the person was shown of it, and sent."""
    typed: bool = False
    """Into the composer, which then has a Stop of its own."""

    @property
    def in_place_of(self) -> int | None:
        """Id of the first message that goes."""
        return self.replacing or self.answer
