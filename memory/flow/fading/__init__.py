"""How memories fade, and what is done about those that have (article, section 5).

Strengths are computed in numpy, which takes a quarter of a second to load. The modules that need it
are therefore loaded with the first call that names them, such as ``fading.sweep.plan(...)``, and no
start waits for them; ``choices`` and ``presence`` do without, and are imported as any other.
"""

from importlib import import_module
from typing import TYPE_CHECKING

WITH_NUMPY = ("curves", "forecast", "standing", "sweep")

if TYPE_CHECKING:
    from memory.flow.fading import curves, forecast, standing, sweep

    __all__ = ["curves", "forecast", "standing", "sweep"]
else:  # not for the type checker, which would take any name for one that is here

    def __getattr__(name: str) -> object:
        """Python asks here for what the package does not hold yet."""
        if name not in WITH_NUMPY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return import_module(f"{__name__}.{name}")
