"""Chat models on this computer, through litellm.

``model`` asks, ``answer`` is what comes back, over a ``line`` that can be cut at any time.
``library`` holds litellm quiet, ``failures`` tells what its errors mean, ``thoughts`` leaves out
what a model thinks aloud.
"""

from memory.adapters.llm.model import ANSWER_SECONDS, LiteLLMModel, warm_up

__all__ = ["ANSWER_SECONDS", "LiteLLMModel", "warm_up"]
