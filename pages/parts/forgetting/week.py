"""This week: what fades or is archived in the next seven days, what waits to be erased, and
what to do about either."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import streamlit as st

from memory import (
    Change,
    Leaving,
    Memory,
    MemoryFilter,
    MemoryItem,
    Order,
    Retention,
    Status,
    StoreUnavailable,
)
from pages.parts.forgetting.deeds import change, draw_done, keep
from pages.parts.forgetting.rows import PAGE, WEEK_DAYS, Action, day_in_words, draw_row, present
from pages.parts.shared import attempt, count_of, draw_empty, draw_pages, on_day
from pages.parts.sweeping import alone
from pages.parts.whose import user

HOLIDAY = "forgetting_holiday"
NUMBER, WAITING_NUMBER = "forgetting_week_page", "forgetting_waiting_page"
YEAR_DAYS = 365


def draw_week(memory: Memory) -> None:
    if not memory.find(user(), limit=0).total:
        draw_empty(
            "Nothing to forget yet",
            "What is about to fade will be listed here, to keep, to pin or to let go.",
        )
        return
    _draw_holiday(memory)
    draw_done(memory)
    _draw_leaving(memory)
    _draw_waiting(memory)


# -- holiday mode ---------------------------------------------------------------------------


def _draw_holiday(memory: Memory) -> None:
    since = memory.holiday(user())
    st.session_state[HOLIDAY] = since is not None  # also when it was refused
    with st.container(horizontal=True, vertical_alignment="center", key="forgetting_away"):
        st.toggle("Holiday mode", key=HOLIDAY, on_change=_set_holiday, args=(memory,))
        st.caption(
            f":material/beach_access: Since {on_day(since)} nothing fades and nothing is swept."
            if since
            else "Going away? While it is on, nothing fades and nothing is swept.",
            width="content",
        )


def _set_holiday(memory: Memory) -> None:
    attempt(memory.set_holiday, user(), st.session_state[HOLIDAY])
    alone().forget(user())


# -- what fades or is archived --------------------------------------------------------------


def _draw_leaving(memory: Memory) -> None:
    forecast = memory.forecast(user(), days=WEEK_DAYS)
    leaving = leaving_this_week(forecast.leaving, swept=memory.holiday(user()) is None)
    if not leaving:
        draw_empty("Nothing fades this week", _next_day(memory))
        return
    head, rows = st.container(), st.container()
    number = draw_pages(len(leaving), PAGE, NUMBER)
    items = _items(memory, leaving[PAGE * (number - 1) : PAGE * number])
    with head:
        _draw_head(memory, len(leaving), items)
    with rows:
        now = forecast.start
        for kept in sorted(memory.retention_of(items), key=lambda each: _next(each, now)):
            told = f"strength {kept.strength:.0%} · **{_becomes(kept, now)}**"
            draw_row(kept.item, told, _choices(memory, kept.item))


def leaving_this_week(leaving: Sequence[Leaving], *, swept: bool) -> list[Leaving]:
    """What comes next first. ``swept``: whether what is weak enough today is taken by a sweep."""

    def day(each: Leaving) -> int:
        if each.archives_on == 0:
            return 0 if swept else WEEK_DAYS + 1
        ahead = [on for on in (each.fades_on, each.archives_on) if on]
        return min(ahead, default=WEEK_DAYS + 1)

    near = [each for each in leaving if day(each) <= WEEK_DAYS]
    return sorted(near, key=lambda each: (day(each), each.strength, each.item_id))


def _items(memory: Memory, leaving: Sequence[Leaving]) -> list[MemoryItem]:
    items = (present(memory, each.item_id) for each in leaving)
    return [item for item in items if item]


def _draw_head(memory: Memory, total: int, items: Sequence[MemoryItem]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="forgetting_week_head"):
        st.header(f"{count_of(total, 'memory')} on the way out", anchor=False, width="content")
        if len(items) > 1:
            st.button(
                f"Keep all {len(items)} on this page" if total > PAGE else f"Keep all {total}",
                key="forgetting_keep_all",
                type="tertiary",
                icon=":material/done_all:",
                on_click=keep,
                args=(memory, [item.id for item in items]),
            )


def _becomes(kept: Retention, now: datetime) -> str:
    """“fades on Thursday, is archived in a week”."""
    coming = [f"{verb} {day_in_words(moment, now)}" for moment, verb in _coming(kept, now)]
    return ", ".join(coming) or "is archived with the next sweep"


def _next(kept: Retention, now: datetime) -> datetime:
    """When something happens to it, to sort by."""
    return min((moment for moment, _ in _coming(kept, now)), default=now)


def _coming(kept: Retention, now: datetime) -> list[tuple[datetime, str]]:
    """What happens to it this week; nothing of what is weak enough for the archive already."""
    steps = ((kept.fades_at, "fades"), (kept.archives_at, "is archived"))
    end = now + timedelta(days=WEEK_DAYS)
    return [(moment, verb) for moment, verb in steps if moment and now < moment <= end]


def _choices(memory: Memory, item: MemoryItem) -> dict[str, Action]:
    ids = (item.id,)
    found = {
        "keep": Action("Keep", "autorenew", keep, (memory, ids), "As if it had been used today"),
        "pin": Action("Pin", "keep", change, (memory, ids, Change.PIN), "It does not fade"),
        "let_go": Action(
            "Let go", "archive", change, (memory, ids, Change.ARCHIVE), "Into the archive, now"
        ),
    }
    if item.pinned:
        del found["pin"]
    return found


def _next_day(memory: Memory) -> str:
    """When something will be listed here."""
    if memory.holiday(user()):
        return "Holiday mode is on. Turn it off to go on forgetting."
    told = "What is about to fade is listed here, to keep, to pin or to let go."
    forecast = memory.forecast(user(), days=YEAR_DAYS)
    coming = [each for each in forecast.leaving if each.fades_on or each.archives_on]
    if not coming:
        return f"{told} Nothing will be for a year."
    first = min(coming, key=lambda each: each.fades_on or each.archives_on or 0)
    (kept,) = memory.retention_of([memory.item(first.item_id)])
    moment = kept.fades_at if first.fades_on else kept.archives_at
    assert moment is not None
    return f"{told} The next will on {on_day(moment)}."


# -- what waits to be erased ----------------------------------------------------------------


def _draw_waiting(memory: Memory) -> None:
    """What is drawn here was shown: the app's own sweeps erase nothing else."""
    now, rules = memory.now(), memory.forgetting_rules(user())
    due = now + timedelta(days=WEEK_DAYS) - timedelta(days=rules.grace_days)
    wanted = MemoryFilter(status=Status.ARCHIVED, pinned=False, archived_by=due)
    total = memory.find(user(), wanted, limit=0).total
    if not total:
        return
    st.header(f"{count_of(total, 'memory')} to be erased", anchor=False)
    st.caption(
        f"Archived for {count_of(rules.grace_days, 'day')}, or soon. By itself Recollect erases "
        "only what you have seen here."
    )
    rows = st.container()
    number = draw_pages(total, PAGE, WAITING_NUMBER)
    page = memory.find(
        user(), wanted, order=Order.LONGEST_ARCHIVED, limit=PAGE, offset=PAGE * (number - 1)
    )
    with rows:
        for kept in memory.retention_of(page.items):
            draw_row(kept.item, f"**{_goes(kept, now)}**", _ways_back(memory, kept.item))
    with suppress(StoreUnavailable):  # told above the page; what is not noted is not erased
        memory.note_shown([item.id for item in page.items])


def _goes(kept: Retention, now: datetime) -> str:
    if kept.purges_at is None or kept.purges_at <= now:
        return "erased with the next sweep"
    return f"erased {day_in_words(kept.purges_at, now)}"


def _ways_back(memory: Memory, item: MemoryItem) -> dict[str, Action]:
    ids = (item.id,)
    return {
        "put_back": Action(
            "Put back", "unarchive", change, (memory, ids, Change.RESTORE), "Into use again"
        ),
        "pin": Action(
            "Pin", "keep", change, (memory, ids, Change.PIN), "Stays in the archive, never erased"
        ),
    }
