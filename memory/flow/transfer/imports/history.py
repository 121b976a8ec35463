"""What was done, as an archive tells of it: sweeps, absences and what answers took."""

from collections import Counter
from collections.abc import Iterator

from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.tally import Tally
from memory.records import LedgerEntry
from memory.records.archive import Archive, ArchivedAbsence, ArchivedSweep
from memory.records.transfer import Clash, LeftOutBecause


def sweeps_of(
    archive: Archive, here: Here, tally: Tally
) -> tuple[list[ArchivedSweep], dict[int, int]]:
    known = {(e.at, e.unattended, e.archived, e.purged): e.id for e in here.sweeps}
    added, same = [], {}
    for each in archive.sweeps:
        found = known.get((each.at, each.unattended, each.archived, each.purged))
        if found is None:
            added.append(each)
        else:
            same[each.id] = found
    tally.added["sweeps"] += len(added)
    tally.already_here["sweeps"] += len(same)
    return added, same


def absences_of(archive: Archive, here: Here, tally: Tally) -> Iterator[ArchivedAbsence]:
    """A holiday that lasts is one here only where nothing is stored that it would keep."""
    for each in archive.absences:
        if each in here.absences:
            tally.already_here["absences"] += 1
        elif each.until is None and not here.is_empty:
            on_here = any(other.until is None for other in here.absences)
            if not on_here:
                tally.clash(Clash.HOLIDAY, "off", "on")
        else:
            tally.added["absences"] += 1
            yield each


def entries_of(archive: Archive, here: Here, tally: Tally) -> Iterator[LedgerEntry]:
    """The first first, as it was written."""
    known = Counter(_entry(each) for each in here.ledger)
    for each in reversed(archive.ledger):
        if known[_entry(each)]:
            known[_entry(each)] -= 1
            tally.already_here["ledger entries"] += 1
        else:
            tally.added["ledger entries"] += 1
            yield each


def _entry(entry: LedgerEntry) -> tuple[object, ...]:
    took = entry.context_tokens, entry.answer_tokens
    return entry.at, entry.purpose, entry.provider, entry.model, entry.ending, took


def note_left_out(archive: Archive, tally: Tally) -> None:
    tally.left_out[LeftOutBecause.AUDIT] += len(archive.audit)
    tally.left_out[LeftOutBecause.GIVEN_TO_MODELS] += len(archive.inferred.given_to_models)
