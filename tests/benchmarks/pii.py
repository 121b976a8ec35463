"""How well personal data is found: ``uv run python -m tests.benchmarks.pii PATH [PATH ...]``.

A file holds one JSON object a line: ``text``, ``spans`` (start, end, label) and ``ignore`` (start,
end). A find counts when its label and its span agree (overlap over union of at least 0.5, one to
one); what touches an ignored span is neither wanted nor punished. ``--show`` prints what was missed
and what was found in excess.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from memory.adapters.language import SpacyLanguage
from memory.records import Span

ENOUGH_OVERLAP = 0.5


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


def overlap(span: Span, wanted: dict[str, Any]) -> float:
    """Overlap over union, 0 to 1."""
    shared = min(span.end, wanted["end"]) - max(span.start, wanted["start"])
    union = max(span.end, wanted["end"]) - min(span.start, wanted["start"])
    return float(max(0, shared) / union)


def pairs(spans: Sequence[Span], wanted: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Indices of finds and wanted spans that agree, best overlap first, each used once."""
    candidates = sorted(
        (-overlap(span, want), i, j)
        for i, span in enumerate(spans)
        for j, want in enumerate(wanted)
        if span.label == want["label"] and overlap(span, want) >= ENOUGH_OVERLAP
    )
    used: set[tuple[str, int]] = set()
    for _, i, j in candidates:
        if ("find", i) not in used and ("wanted", j) not in used:
            used |= {("find", i), ("wanted", j)}
            yield i, j


def measure(path: Path, language: SpacyLanguage, show: bool = False) -> Score:
    score = Score()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        started = time.perf_counter()
        spans = language.personal_data(row["text"])
        score.milliseconds.append((time.perf_counter() - started) * 1000)
        _count(score, row, spans, show)
    return score


def _count(score: Score, row: dict[str, Any], spans: Sequence[Span], show: bool) -> None:
    wanted, text, ignored = row["spans"], row["text"], row["ignore"]
    agreed = list(pairs(spans, wanted))
    matched = {i for i, _ in agreed}
    excess = [
        span
        for i, span in enumerate(spans)
        if i not in matched
        and not any(p["start"] < span.end and span.start < p["end"] for p in ignored)
    ]
    score.wanted.update(want["label"] for want in wanted)
    score.hits.update(wanted[j]["label"] for _, j in agreed)
    score.excess.update(span.label for span in excess)
    if wanted:
        covered = {place for span in spans for place in range(span.start, span.end)}
        score.personal += 1
        score.covered += all(set(range(want["start"], want["end"])) <= covered for want in wanted)
    else:
        score.clean += 1
        score.touched += bool(excess)
    if show:
        _show(text, wanted, {j for _, j in agreed}, excess)


def _show(
    text: str, wanted: Sequence[dict[str, Any]], hit: set[int], excess: Sequence[Span]
) -> None:
    for j, want in enumerate(wanted):
        if j not in hit:
            print(f"  missed {want['label']}: {text[want['start'] : want['end']]!r} in {text!r}")
    for span in excess:
        found = text[span.start : span.end]
        print(f"  excess {span.label} ({span.rule}): {found!r} in {text!r}")


def report(path: Path, score: Score) -> None:
    times = sorted(score.milliseconds)
    p95 = times[int(0.95 * (len(times) - 1))]
    print(f"{path.name}: F1 {score.f(1):.3f}  F2 {score.f(2):.3f}", end="  ")
    print(
        f"covered {score.covered}/{score.personal}  clean touched {score.touched}/{score.clean}",
        end="  ",
    )
    print(f"p50 {statistics.median(times):.1f} ms  p95 {p95:.1f} ms")
    for label, count in sorted(score.wanted.items()):
        excess = score.excess[label]
        print(f"  {label:<12} recall {score.hits[label]}/{count}  in excess {excess}")


def main(arguments: Sequence[str]) -> None:
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if not paths:
        print("skipped: no file given. Usage: python -m tests.benchmarks.pii PATH [PATH ...]")
        return
    language = SpacyLanguage()
    language.load()
    for path in paths:
        if path.exists():
            report(path, measure(path, language, show="--show" in arguments))
        else:
            print(f"skipped: there is no file {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
