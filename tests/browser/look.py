"""What is measured of a page's look: axe's findings, what jumps, and what all its views are."""

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

SERIOUS = ("serious", "critical")
FINDINGS = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']})
  return found.violations.flatMap(rule => rule.nodes.map(node => [
    rule.impact, rule.id, node.target.flat().join(' '),
    node.any.concat(node.all, node.none).map(check => check.message).join('; ')]))
}"""

SHIFTS = """(() => {
  if (window.lookShifts) return  // a window is used again, and comes with what it was told before
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
  .map(shift => [shift.value, shift.sources.map(
    ({node, previousRect, currentRect}) => `${node?.className || node?.nodeName}: ` +
      `${Math.round(previousRect.y)} > ${Math.round(currentRect.y)}`)])"""


class Axe:
    """The engine of accessibility tests, of the package that brings it along."""

    def __init__(self) -> None:
        self._source = files("axe_playwright_python").joinpath("axe.min.js").read_text()

    def serious(self, page: "Page") -> list[tuple[str, str, str]]:
        """Rule, place and reason of each finding that is serious or critical."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._source)
        return [
            (rule, place, reason)
            for impact, rule, place, reason in page.evaluate(FINDINGS)
            if impact in SERIOUS
        ]


def jumped(page: "Page", since: float | None = None) -> tuple[float, list[str]]:
    """How far what was drawn has moved by itself (the cumulative layout shift, without unit), and
    what. ``since``: a moment of the page's own clock; without, since its heading stood there."""
    shifts = page.evaluate(JUMPED, since)
    total = sum(value for value, _ in shifts)
    return total, [f"{value:.3f} {places}" for value, places in shifts if value > 0.005]
