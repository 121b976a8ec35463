"""What a person states, read from the grammar of their sentences; and which of them state nothing.

The way through is in ``finding``; each kind of statement has its module, and ``attributes`` is the
table of what statements are about.
"""

from memory.rules.statements.finding import find_statements
from memory.rules.statements.own_words import own_words

__all__ = ["find_statements", "own_words"]
