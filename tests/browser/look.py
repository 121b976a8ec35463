"""What is measured of a page's look: axe's findings, what jumps, and what all its views are."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

INSPECTOR = ("Memories", "Inbox", "Profile", "Names", "Clusters", "Timeline")
FORGETTING = ("curves", "week", "future", "what-if", "sweeps")
PRIVACY = ("overview", "consent", "sent", "retention", "data", "yours", "erasure", "audit")
VIEWS = (
    "/",
    *(f"/inspector?inspector_tab={tab}" for tab in INSPECTOR),
    *(f"/forgetting?view={view}" for view in FORGETTING),
    *(f"/privacy?view={view}" for view in PRIVACY),
)

FIRST_VIEWS = ("/", "/inspector", "/forgetting", "/privacy")

MORE_THAN_MINOR = ("moderate", "serious", "critical")
CONTRAST = ("color-contrast",)
FINDINGS = """async rules => {
  const only = rules.length ? {runOnly: rules} : {}
  const found = await axe.run(document, {resultTypes: ['violations'], ...only})
  return found.violations.flatMap(rule => rule.nodes.map(node => [
    rule.impact, rule.id, node.target.flat().join(' '),
    node.any.concat(node.all, node.none).map(check => check.message).join('; ')]))
}"""

SHIFTS = """(() => {
  window.lookShifts = []
  window.lookHeading = null
  new PerformanceObserver(list => window.lookShifts.push(...list.getEntries()))
    .observe({type: 'layout-shift', buffered: true})
  const watch = new MutationObserver(() => {
    if (!document.querySelector('h1')) return
    watch.disconnect()
    requestAnimationFrame(() => requestAnimationFrame(
      () => { window.lookHeading = performance.now() }))
  })
  watch.observe(document, {childList: true, subtree: true})
})()"""
"""From the frame after that of the heading on: before it the page is empty."""
JUMPED = """since => window.lookShifts
  .filter(shift => !shift.hadRecentInput && shift.startTime > (since ?? window.lookHeading))
  .map(shift => [shift.startTime, shift.value, shift.sources.map(
    ({node, previousRect, currentRect}) => `${node?.className || node?.nodeName}: ` +
      `${Math.round(previousRect.y)} > ${Math.round(currentRect.y)}`)])"""
GAP_MILLISECONDS, WINDOW_MILLISECONDS = 1_000, 5_000


class Axe:
    """The engine of accessibility tests, of the package that brings it along."""

    def __init__(self) -> None:
        self._source = files("axe_playwright_python").joinpath("axe.min.js").read_text()

    def findings(self, page: "Page", rules: Sequence[str] = ()) -> list[tuple[str, str, str]]:
        """Rule, place and reason of each finding that is more than minor; by all rules, or by
        these."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._source)
        return [
            (rule, place, reason)
            for impact, rule, place, reason in page.evaluate(FINDINGS, list(rules))
            if impact in MORE_THAN_MINOR
        ]


def jumped(page: "Page", since: float | None = None) -> tuple[float, list[str]]:
    """How far what was drawn has moved by itself, and what did: the cumulative layout shift, which
    has no unit, of the worst window. ``since``: a moment of the page's own clock; without, since
    its heading stood there."""
    shifts = page.evaluate(JUMPED, since)
    worst = max(_windows([(at, value) for at, value, _ in shifts]), default=0.0)
    return worst, [f"{value:.3f} {places}" for _, value, places in shifts if value > 0.005]


def _windows(shifts: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Sums of what comes within a second of the one before, and five of the first."""
    begin = last = total = 0.0
    for at, value in shifts:
        if at - last > GAP_MILLISECONDS or at - begin > WINDOW_MILLISECONDS:
            yield total
            begin, total = at, 0.0
        last, total = at, total + value
    yield total
