"""How well personal data is found: ``uv run python -m tests.benchmarks.pii PATH [PATH ...]``.

Three finders read the same messages and are counted the same way: Recollect; presidio as it comes,
with its own recognisers, entities and scores, over the spaCy pipeline that Recollect uses; and
patterns that do what the article's printed output shows. The article's code leaves its patterns
out, so those here are a reading of it. Both rivals' overlaps are settled, highest score first.

A file holds one JSON object a line: ``text``, ``spans`` (start, end, label) and ``ignore`` (start,
end). A find counts when its label and its span agree (overlap over union of at least 0.5, one to
one); what touches an ignored span is neither wanted nor punished. The lines by label are those of
Recollect, and ``--show`` prints what it missed and what it found in excess.
"""

import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from memory.adapters.language import PIPELINE, SpacyLanguage

ENOUGH_OVERLAP = 0.5

PRESIDIO_LABELS = {
    "PERSON": "NAME",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CREDIT_CARD",
    "IBAN_CODE": "IBAN",
    "US_SSN": "SSN",
    "IP_ADDRESS": "IP",
    "LOCATION": "ADDRESS",
    "DATE_TIME": "DOB",
}
"""presidio's entities by our labels. Any other keeps its name, and is in excess where found."""

ARTICLE_PATTERNS = {
    "EMAIL": re.compile(r"\b[\w.%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b"),
    "CREDIT_CARD": re.compile(r"\b\d{4}[-. ]?\d{4}[-. ]?\d{4}[-. ]?\d{4}\b"),
    "PHONE": re.compile(r"\b\d{3}[-. ]?\d{3}[-. ]?\d{4}\b"),
    "NAME": re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b"),
}
"""Its "[NAME] Smith" for "Contact John Smith" gives the names away: any two capitalised words. What
may stand between digits is read in its favour: the output shows hyphens only."""


@dataclass(frozen=True, slots=True)
class Find:
    """What any of the finders found; its label need not be one of Recollect's."""

    start: int
    end: int
    label: str
    rule: str
    score: float = 1.0


Finder = Callable[[str], Sequence[Find]]


@dataclass
class Score:
    wanted: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    excess: Counter[str] = field(default_factory=Counter)
    personal: int = 0
    covered: int = 0
    """Personal messages with every personal character inside some find."""
    clean: int = 0
    touched: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def f(self, beta: int) -> float:
        """F-measure over all labels: recall weighs beta times as much as precision."""
        hits, missed = self.hits.total(), self.wanted.total() - self.hits.total()
        weight = beta * beta
        weighted = (1 + weight) * hits
        return float(weighted / ((weighted + weight * missed + self.excess.total()) or 1))


def recollect() -> Finder:
    language = SpacyLanguage()
    language.load()

    def find(text: str) -> list[Find]:
        spans = language.personal_data(text)
        return [Find(s.start, s.end, s.label, s.rule, s.confidence) for s in spans]

    return find


def presidio_defaults() -> Finder:
    """presidio's own configuration, but for the pipeline's name: it would download a larger one."""
    # Read at import: without addresses tldextract does not fetch the public suffix list.
    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    provider = NlpEngineProvider()
    provider.nlp_configuration["models"] = [{"lang_code": "en", "model_name": PIPELINE}]
    engine = AnalyzerEngine(nlp_engine=provider.create_engine())

    def find(text: str) -> list[Find]:
        return settle(
            Find(r.start, r.end, PRESIDIO_LABELS.get(r.entity_type, r.entity_type), "", r.score)
            for r in engine.analyze(text, language="en")
        )

    return find


def article_patterns(text: str) -> list[Find]:
    return settle(
        Find(*match.span(), label, "")
        for label, pattern in ARTICLE_PATTERNS.items()
        for match in pattern.finditer(text)
    )


def settle(finds: Iterable[Find]) -> list[Find]:
    """The finds without overlaps: the highest score wins, then the longest, then the first."""
    kept: list[Find] = []
    for find in sorted(finds, key=lambda f: (-f.score, f.start - f.end, f.start)):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return kept


def overlap(find: Find, wanted: dict[str, Any]) -> float:
    """Overlap over union, 0 to 1."""
    shared = min(find.end, wanted["end"]) - max(find.start, wanted["start"])
    union = max(find.end, wanted["end"]) - min(find.start, wanted["start"])
    return float(max(0, shared) / union)


def pairs(finds: Sequence[Find], wanted: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Indices of finds and wanted spans that agree, best overlap first, each used once."""
    candidates = sorted(
        (-overlap(find, want), i, j)
        for i, find in enumerate(finds)
        for j, want in enumerate(wanted)
        if find.label == want["label"] and overlap(find, want) >= ENOUGH_OVERLAP
    )
    used: set[tuple[str, int]] = set()
    for _, i, j in candidates:
        if ("find", i) not in used and ("wanted", j) not in used:
            used |= {("find", i), ("wanted", j)}
            yield i, j


def measure(path: Path, finder: Finder, show: bool = False) -> Score:
    score = Score()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        started = time.perf_counter()
        finds = finder(row["text"])
        score.milliseconds.append((time.perf_counter() - started) * 1000)
        _count(score, row, finds, show)
    return score


def _count(score: Score, row: dict[str, Any], finds: Sequence[Find], show: bool) -> None:
    wanted, text, ignored = row["spans"], row["text"], row["ignore"]
    agreed = list(pairs(finds, wanted))
    matched = {i for i, _ in agreed}
    excess = [
        find
        for i, find in enumerate(finds)
        if i not in matched
        and not any(p["start"] < find.end and find.start < p["end"] for p in ignored)
    ]
    score.wanted.update(want["label"] for want in wanted)
    score.hits.update(wanted[j]["label"] for _, j in agreed)
    score.excess.update(find.label for find in excess)
    if wanted:
        covered = {place for find in finds for place in range(find.start, find.end)}
        score.personal += 1
        score.covered += all(set(range(want["start"], want["end"])) <= covered for want in wanted)
    else:
        score.clean += 1
        score.touched += bool(excess)
    if show:
        _show(text, wanted, {j for _, j in agreed}, excess)


def _show(
    text: str, wanted: Sequence[dict[str, Any]], hit: set[int], excess: Sequence[Find]
) -> None:
    for j, want in enumerate(wanted):
        if j not in hit:
            print(f"  missed {want['label']}: {text[want['start'] : want['end']]!r} in {text!r}")
    for find in excess:
        found = text[find.start : find.end]
        print(f"  excess {find.label} ({find.rule}): {found!r} in {text!r}")


def report(path: Path, scores: dict[str, Score]) -> None:
    """One line for each finder, then Recollect's labels."""
    print(f"{path.name:24}{'F1':>7}{'F2':>7}{'covered':>10}{'clean touched':>15}", end="")
    print(f"{'p50 ms':>8}{'p95 ms':>8}")
    for name, score in scores.items():
        times = sorted(score.milliseconds)
        p95 = times[int(0.95 * (len(times) - 1))]
        print(f"  {name:22}{score.f(1):7.3f}{score.f(2):7.3f}", end="")
        print(f"{f'{score.covered}/{score.personal}':>10}", end="")
        print(f"{f'{score.touched}/{score.clean}':>15}", end="")
        print(f"{statistics.median(times):8.2f}{p95:8.2f}")
    ours = scores["Recollect"]
    for label, count in sorted(ours.wanted.items()):
        print(f"  {label:<12} recall {ours.hits[label]}/{count}  in excess {ours.excess[label]}")


def main(arguments: Sequence[str]) -> None:
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if not paths:
        print("skipped: no file given. Usage: python -m tests.benchmarks.pii PATH [PATH ...]")
        return
    finders = {
        "Recollect": recollect(),
        "presidio's defaults": presidio_defaults(),
        "the article's patterns": article_patterns,
    }
    for path in paths:
        if not path.exists():
            print(f"skipped: there is no file {path}")
            continue
        shown = "Recollect" if "--show" in arguments else ""
        scores = {name: measure(path, find, name == shown) for name, find in finders.items()}
        report(path, scores)


if __name__ == "__main__":
    main(sys.argv[1:])
