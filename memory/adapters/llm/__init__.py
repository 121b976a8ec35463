"""Chat models through litellm, on this computer and elsewhere.

``local`` asks here and ``remote`` elsewhere, in the form of one of the ``wires``; ``answer`` is
what comes back, through ``chunks``, over a ``line`` that can be cut at any time. ``library`` holds
litellm quiet, ``failures`` tells what its errors mean, ``thoughts`` leaves out what a model thinks
aloud.
"""

from memory.adapters.llm.answer import ANSWER_SECONDS
from memory.adapters.llm.listing import ask_list
from memory.adapters.llm.local import LocalModel
from memory.adapters.llm.remote import RemoteModel, warm_up

__all__ = ["ANSWER_SECONDS", "LocalModel", "RemoteModel", "ask_list", "warm_up"]
