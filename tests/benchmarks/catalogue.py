"""Which benchmarks there are, what each tells, and what it needs that not everybody has."""

from dataclasses import dataclass
from enum import StrEnum


class Needs(StrEnum):
    """What is neither here nor installed with the group ``test``."""

    NOTHING = "nothing"
    BROWSER = "Chromium and the group browser"
    LOCAL = "the extra local"
    FILE = "a file (PATH)"
    SERVER = "a server of models (ADDRESS)"


@dataclass(frozen=True, slots=True)
class Benchmark:
    name: str
    what: str
    needs: Needs = Needs.NOTHING
    arguments: tuple[str, ...] = ()
    """Of the report, where its own default takes too long."""

    def command(self, *, quick: bool = False) -> str:
        """As somebody types it."""
        before = "uv run --extra local" if self.needs is Needs.LOCAL else "uv run --group test"
        if self.needs is Needs.BROWSER:
            before += " --group browser"
        given = {Needs.FILE: ("PATH",), Needs.SERVER: ("ADDRESS",)}.get(self.needs, ())
        return " ".join((before, "python -m", self.module, *given, *self.options(quick=quick)))

    def options(self, *, quick: bool) -> tuple[str, ...]:
        """Without its own sizes, a quick look has smaller ones."""
        if not quick:
            return self.arguments
        return (*(each for each in self.arguments if each.startswith("--")), "--quick")

    @property
    def module(self) -> str:
        return f"tests.benchmarks.{self.name}"


BENCHMARKS = (
    Benchmark("classes", "privacy classes of made-up sentences"),
    Benchmark("entities", "names and their types in prose with invented names"),
    Benchmark("hot", "the hot tier, 1,000 live rows"),
    Benchmark("embedding", "embedding, padded to the longest against 128 tokens"),
    Benchmark("retention", "every strength, and the days of fading and archiving"),
    Benchmark("sending", "names and identifiers on their way to a model elsewhere and back"),
    Benchmark("turn", "a turn outside its models against inside them"),
    Benchmark("overhead", "what is added to a chat model's call"),
    Benchmark("scale", "recall, vector search and erasure by size", arguments=("--composed",)),
    Benchmark("encryption", "a passphrase: encrypted against plain"),
    Benchmark("erasure", "erasure to the bytes"),
    Benchmark("clusters", "memories grouped by meaning, against topics"),
    Benchmark("reindex", "the index of another embedding model"),
    Benchmark("memory", "memory of the process over turns full of new words"),
    Benchmark("chats", "an import of ChatGPT's export", arguments=("1000",)),
    Benchmark("crashes", "kill -9 at random moments"),
    Benchmark(
        "any_order", "random lives of two people, judged after each step", arguments=("200",)
    ),
    Benchmark("start", "from start to a usable page", Needs.BROWSER),
    Benchmark("pages", "large pages against small ones", Needs.BROWSER),
    Benchmark("together", "two tabs and two programs on one file at once", Needs.BROWSER),
    Benchmark("small_model", "the model inside the app, asked about what it was told", Needs.LOCAL),
    Benchmark("locomo", "recall on long conversations", Needs.FILE),
    Benchmark("context", "what a context costs and holds", Needs.FILE),
    Benchmark("weights", "the weights of recall, learnt anew", Needs.FILE),
    Benchmark("pii", "personal data, beside presidio and the article's patterns", Needs.FILE),
    Benchmark("learning", "a model that reads along", Needs.SERVER),
)
RUNNABLE = (Needs.NOTHING, Needs.BROWSER, Needs.LOCAL)
"""Without more on the command line; where a browser or the extra is missing, they are skipped."""


def chosen(names: tuple[str, ...] = ()) -> list[Benchmark]:
    """Those of these names, in the order of the catalogue; without names, all that need no data.
    Raises ValueError for a name that is none, and for what needs a file or a server."""
    if not names:
        return [each for each in BENCHMARKS if each.needs in RUNNABLE]
    known = {each.name: each for each in BENCHMARKS}
    for name in names:
        if name not in known:
            raise ValueError(f"There is no benchmark {name!r}; --list tells which there are.")
        if known[name].needs not in RUNNABLE:
            raise ValueError(f"{name} needs {known[name].needs}: {known[name].command()}")
    return [each for each in BENCHMARKS if each.name in names]
