"""How memories fade, and what is done about those that have (article, section 5).

Strengths are computed in numpy, which takes a quarter of a second to load: the modules that need it
come with their first use, and no start waits for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memory.flow.fading import curves, forecast, standing, sweep

    __all__ = ["curves", "forecast", "standing", "sweep"]
else:

    def __getattr__(name: str) -> object:
        if name not in ("curves", "forecast", "standing", "sweep"):
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")
