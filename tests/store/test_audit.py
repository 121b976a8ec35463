"""The audit: what it holds, how it is searched, and that whatever is done to it shows.

Who tampers has the database file and a connection of their own; the keys are beside it.
"""

import hmac
import io
import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from memory.errors import DiskFull, KeysUnreadable
from memory.records import Act, AuditEvent, AuditVerification
from memory.store import Store
from memory.store.audit import AuditLog, NewEvent
from memory.store.chain_head import Head, HeadFile
from memory.store.keys import ChainKeys, Keys
from memory.store.salvage import salvage
from tests.fakes import NOON
from tests.store.full_disk import no_room_for_files

CUT_THE_END = "delete from audit where id > 3"
PROCESSES = 2
THREADS = 4
APPENDED = 150
# Waits for a line, so that all of them append at once.
APPEND = """
import pathlib, sys
from memory.store import Store
from memory.store.audit import NewEvent
from memory.store.keys import Keys
from tests.fakes import NOON
database = pathlib.Path(sys.argv[1])
store, keys = Store(database), Keys(database.with_name("recollect.db.keys"))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    store.audit.append(keys, NewEvent(NOON, "store", str(number), {}))
store.close()
"""


class Chain:
    """An audit with its keys, and what can be done to the three files."""

    def __init__(self, store: Store, keys: Path) -> None:
        self.store = store
        self.file = keys
        self.head = keys.with_name(keys.name + ".head")
        self.keys = Keys(keys)

    def append(self, count: int = 1, person: str = "someone", scope: str = "all") -> None:
        for number in range(count):
            new = NewEvent(NOON, "store", f"subject {number}", {"memories": 1}, person, scope)
            self.store.audit.append(self.keys, new)

    def append_and_take_back(self, count: int) -> None:
        with suppress(InterruptedError), self.store.transaction():
            self.append(count)
            raise InterruptedError

    def tamper(self, statement: str) -> None:
        """Through another connection, with the triggers out of the way."""
        with closing(apsw.Connection(str(self.store.database.path))) as other:
            other.execute("drop trigger if exists audit_is_not_changed")
            other.execute("drop trigger if exists audit_is_not_cut")
            other.execute(statement)

    def age(self) -> None:
        """Write the same anew as an earlier version did: rows without a person and a scope, no
        head, and no key for one."""
        rows = self.store.audit.count()
        self.tamper("delete from audit")
        lose_both(self)
        self.append(rows, person="", scope="")
        self.head.unlink()
        kept = json.loads(self.file.read_text())
        del kept["head"]
        self.file.write_text(json.dumps(kept))

    def verify(self) -> AuditVerification:
        return self.store.audit.verify(self.keys)

    @property
    def state(self) -> tuple[str, int | None, int | None]:
        """State, first bad id, unverifiable before."""
        found = self.verify()
        return found.state, found.first_bad_id, found.unverifiable_before


@pytest.fixture
def empty(store: Store, path: Path) -> Chain:
    return Chain(store, path.with_name(path.name + ".keys"))


@pytest.fixture
def chain(empty: Chain) -> Chain:
    empty.append(5)
    return empty


# -- changed and cut ------------------------------------------------------------------------


def test_an_untouched_chain_is_intact(chain: Chain) -> None:
    """And verifying changes nothing."""
    files = [file.read_bytes() for file in (chain.file, chain.head)]

    assert chain.verify() == AuditVerification("intact", 5)
    assert [file.read_bytes() for file in (chain.file, chain.head)] == files


@pytest.mark.parametrize(
    "change",
    [
        "update audit set counts = '{\"memories\": 30}' where id = 3",
        "update audit set subject = 'somebody else' where id = 3",
        "update audit set action = 'export' where id = 3",
        "update audit set at = '2026-01-01T00:00:00.000000+00:00' where id = 3",
        "update audit set person = 'another' where id = 3",
        "update audit set scope = 'memory' where id = 3",
        "update audit set person = '', scope = '' where id = 3",
        "update audit set link = (select link from audit where id = 2) where id = 3",
        "update audit set link = 'é' where id = 3",
        "update audit set subject = x'00' where id = 3",
        "insert or replace into audit select 3, at, action, subject, counts, link, person, scope "
        "from audit where id = 4",
    ],
)
def test_a_changed_row_is_found(chain: Chain, change: str) -> None:
    """Whichever column it is, the first bad row is named."""
    chain.tamper(change)

    assert chain.state == ("broken", 3, None)


def test_a_row_cut_out_of_the_middle_is_found(chain: Chain) -> None:
    """The one behind it no longer follows on."""
    chain.tamper("delete from audit where id = 3")

    assert chain.verify() == AuditVerification("broken", 4, 4)


def test_rows_cut_off_the_beginning_are_found(chain: Chain) -> None:
    """The first that is left does not follow on nothing."""
    chain.tamper("delete from audit where id <= 2")

    assert chain.state == ("broken", 3, None)


def test_a_row_put_before_the_first_is_found(chain: Chain) -> None:
    """Also with an id that no row of ours ever has."""
    chain.tamper(
        "insert into audit (id, at, action, subject, counts, link) values (-1, '', '', '', '', '')"
    )

    assert chain.state == ("broken", -1, None)


@pytest.mark.parametrize(
    ("statement", "first"),
    [("delete from audit where id = 5", 5), (CUT_THE_END, 4), ("delete from audit", 1)],
)
def test_rows_cut_off_the_end_are_found(chain: Chain, statement: str, first: int) -> None:
    """What is left fits together, but the head names a row that is not here."""
    chain.tamper(statement)

    assert chain.state == ("cut", first, None)


def test_a_cut_never_closes_again(chain: Chain) -> None:
    """However much is written afterwards: the next row goes on from what was cut."""
    chain.tamper(CUT_THE_END)

    for _ in range(4):
        chain.append()
        assert chain.state == ("broken", 6, None)


def test_an_older_copy_put_back_is_a_cut(chain: Chain) -> None:
    """The keys and the head are newer than it."""
    with closing(apsw.Connection(":memory:")) as copy:
        with copy.backup("main", chain.store.database._connection, "main") as backup:
            backup.step()
        chain.append(2)
        with (
            chain.store.database.exclusive() as connection,
            connection.backup("main", copy, "main") as backup,
        ):
            backup.step()

    assert chain.state == ("cut", 6, None)


def test_another_history_is_found_at_the_head(empty: Chain) -> None:
    """Rows that all fit, written with the right keys but in another place, are not ours."""
    empty.append(4)
    before = empty.head.read_bytes()
    empty.append()
    ours = empty.head.read_bytes()
    empty.tamper("delete from audit where id = 5")
    empty.head.write_bytes(before)
    empty.store.audit.append(empty.keys, NewEvent(NOON, "export", "another", {}))
    assert empty.state == ("intact", None, None)

    empty.head.write_bytes(ours)

    assert empty.state == ("broken", 5, None)
    empty.append(3)
    assert empty.state == ("broken", 6, None)


def test_another_key_does_not_verify(chain: Chain) -> None:
    """Who rewrites the file cannot make the chain anew without the key."""
    content = chain.file.read_text()
    link = chain.keys.chain().link.hex()

    chain.file.write_text(content.replace(link, "00" * 32))

    assert chain.state == ("broken", 1, None)


# -- keys and head lost ---------------------------------------------------------------------


def test_a_new_audit_has_nothing_to_verify_until_its_first_row(empty: Chain) -> None:
    """It looks like one whose files were all taken away; from its first row on it is intact."""
    assert empty.verify() == AuditVerification("unverifiable", 0)

    empty.append()

    assert empty.verify() == AuditVerification("intact", 1)


def lose_keys(chain: Chain) -> None:
    chain.file.unlink()


def lose_head(chain: Chain) -> None:
    chain.head.unlink()


def lose_both(chain: Chain) -> None:
    lose_keys(chain)
    lose_head(chain)


def change_head(chain: Chain) -> None:
    content = chain.head.read_bytes()
    last = int(content.split()[1])
    chain.head.write_bytes(content.replace(b"%020d" % last, b"%020d" % (last - 1), 1))


def empty_head(chain: Chain) -> None:
    chain.head.write_bytes(b"")


Loss = Callable[[Chain], None]
LOSSES = [lose_keys, lose_head, lose_both, change_head, empty_head]


@pytest.mark.parametrize("lose", LOSSES)
def test_after_a_loss_a_new_chain_begins_with_the_next_row(chain: Chain, lose: Loss) -> None:
    """Nothing can be said of the rows before it; the rest is verified as ever."""
    lose(chain)
    assert chain.verify() == AuditVerification("unverifiable", 5)

    chain.append(5)

    assert chain.verify() == AuditVerification("intact", 10, None, 6)
    chain.tamper("update audit set action = 'x' where id = 2")
    assert chain.state == ("intact", None, 6)
    chain.tamper("delete from audit where id = 10")
    assert chain.state == ("cut", 10, 6)
    chain.tamper("update audit set action = 'x' where id = 8")
    assert chain.state == ("broken", 8, 6)


@pytest.mark.parametrize("lose", LOSSES)
def test_the_new_chain_itself_can_be_lost(chain: Chain, lose: Loss) -> None:
    """Each loss moves the place on from which the audit can be verified."""
    lose_head(chain)
    chain.append(2)
    lose(chain)
    chain.append()

    assert chain.state == ("intact", None, 8)


@pytest.mark.parametrize("statement", [CUT_THE_END, "delete from audit"])
def test_who_cuts_and_deletes_the_head_gets_no_clean_audit(chain: Chain, statement: str) -> None:
    """What is written next begins a chain of which it is told that it is not the first."""
    left = 3 if statement == CUT_THE_END else 0
    chain.tamper(statement)
    chain.head.unlink()
    assert chain.state == ("unverifiable", None, None)

    chain.append(3)

    assert chain.state == ("intact", None, max(left + 1, 2))


def test_who_empties_the_audit_and_deletes_keys_and_head_gets_no_clean_one(chain: Chain) -> None:
    """Not while the file holds something that must have been told of."""
    with chain.store.transaction():
        chain.store.erasure.begin("memory", NOON)
    chain.tamper("delete from audit")
    lose_both(chain)

    chain.append()

    assert chain.verify().unverifiable_before == 2


def test_a_head_kept_from_before_a_loss_fits_no_more(chain: Chain) -> None:
    """Each new chain seals its head with a key of its own."""
    old = chain.head.read_bytes()
    lose_head(chain)
    chain.append(3)

    chain.head.write_bytes(old)

    assert chain.state == ("unverifiable", None, None)


def test_keys_put_back_from_a_copy_verify_all_that_was_written_since(chain: Chain) -> None:
    """The keys of a chain stay the same as long as it lasts."""
    copy = chain.file.read_bytes()
    chain.append(3)
    chain.keys.digest(7, "a newer person")

    chain.file.write_bytes(copy)

    assert chain.verify() == AuditVerification("intact", 8)


def test_keys_put_back_from_before_a_loss_verify_nothing(chain: Chain) -> None:
    """The chain of today is another one; with the next row one begins that they do verify."""
    copy = chain.file.read_bytes()
    lose_both(chain)
    chain.append(3)

    chain.file.write_bytes(copy)

    assert chain.state == ("unverifiable", None, None)
    chain.append()
    assert chain.state == ("intact", None, 9)


def test_an_unreadable_head_stops_the_audit_with_a_remedy(chain: Chain) -> None:
    """It may be put back, so no new chain begins, and nothing is written without it."""
    chain.head.unlink()
    chain.head.mkdir()

    with pytest.raises(KeysUnreadable, match="Restore it from a backup"):
        chain.verify()
    with pytest.raises(KeysUnreadable, match=r"recollect\.db\.keys\.head"):
        chain.append()
    assert chain.store.audit.count() == 5


class Torn:
    """A file that another process is writing when it is first read."""

    def __init__(self, *contents: bytes) -> None:
        self._contents = iter(contents)

    def open(self, mode: str, *, buffering: int) -> io.BytesIO:
        return io.BytesIO(next(self._contents))


def test_a_head_read_while_it_is_written_is_read_again(chain: Chain) -> None:
    """Half of a line is no lost head."""
    whole, key = chain.head.read_bytes(), chain.keys.chain().head
    mixed = whole[:100] + b"0" * 72

    assert HeadFile(Torn(b"", mixed, whole)).read(key) == chain.keys.head.read(key)


def test_the_head_never_goes_back(chain: Chain) -> None:
    """Of two processes the later row counts, whichever of them writes last."""
    key = chain.keys.chain().head
    standing = chain.keys.head.read(key)

    for last in (standing.last - 1, standing.last):
        chain.keys.head.move(key, Head(1, last, "0" * 64))
    assert chain.keys.head.read(key) == standing

    chain.keys.head.move(key, Head(1, 6, "0" * 64))
    assert chain.keys.head.read(key) == Head(1, 6, "0" * 64)


def test_the_head_is_for_its_owner_only_and_tells_no_key(chain: Chain) -> None:
    """0600, one line of a fixed width, nothing of it left elsewhere."""
    size = chain.head.stat().st_size
    chain.append()

    assert chain.head.stat().st_mode & 0o777 == 0o600
    assert chain.head.stat().st_size == size
    for key in json.loads(chain.file.read_text()).values():
        assert key not in chain.head.read_text()
    assert {file.name for file in chain.head.parent.glob("*.keys*")} == {
        "recollect.db.keys",
        "recollect.db.keys.head",
    }


# -- from before there was a head -----------------------------------------------------------


def test_an_audit_without_a_head_is_adopted(chain: Chain) -> None:
    """Rows without a person and a scope verify as they were linked; the end is known from the
    next row on."""
    chain.age()
    assert chain.state == ("intact", None, None)

    chain.append()

    assert chain.verify() == AuditVerification("intact", 6)
    chain.tamper("delete from audit where id > 4")
    assert chain.state == ("cut", 5, None)


def test_links_of_an_earlier_version_hold_four_columns(chain: Chain) -> None:
    """As it wrote them: the time, the action, the subject and the counts."""
    chain.age()
    link, *body = chain.store.database.row("select link, at, action, subject, counts from audit")
    message = json.dumps(["", *body]).encode()

    assert link == hmac.digest(chain.keys.chain().link, message, "sha256").hex()


def test_an_old_row_given_a_person_is_found(chain: Chain) -> None:
    """Its link holds none."""
    chain.age()
    chain.append()

    chain.tamper("update audit set person = 'someone' where id = 2")

    assert chain.state == ("broken", 2, None)


def test_an_audit_that_does_not_verify_is_not_adopted(chain: Chain) -> None:
    """A new chain begins behind it, and says so."""
    chain.age()
    chain.tamper("update audit set action = 'x' where id = 2")
    assert chain.state == ("broken", 2, None)

    chain.append(2)

    assert chain.state == ("intact", None, 6)


# -- the head and the transaction -----------------------------------------------------------


def test_the_head_follows_when_the_transaction_is_in_the_file(chain: Chain) -> None:
    """Not before: until then the rows can be taken back."""
    before = chain.head.read_bytes()

    with chain.store.transaction():
        chain.append(2)
        assert chain.head.read_bytes() == before

    assert b"00007 " in chain.head.read_bytes()
    assert chain.verify() == AuditVerification("intact", 7)


@pytest.mark.parametrize("lose", LOSSES)
def test_a_chain_can_begin_with_several_rows_at_once(chain: Chain, lose: Loss) -> None:
    """The head does not name the first yet when the second is linked to it."""
    lose(chain)

    with chain.store.transaction():
        chain.append(3)

    assert chain.verify() == AuditVerification("intact", 8, None, 6)


@pytest.mark.parametrize("lose", [None, *LOSSES])
def test_what_is_taken_back_leaves_the_audit_as_it_was(chain: Chain, lose: Loss | None) -> None:
    """Also where it would have begun a new chain: the next row begins it at the same place."""
    if lose is not None:
        lose(chain)

    chain.append_and_take_back(2)

    assert chain.store.audit.count() == 5
    chain.append(2)
    assert chain.verify() == AuditVerification("intact", 7, None, None if lose is None else 6)


def test_a_first_event_taken_back_is_no_loss(empty: Chain) -> None:
    """The chain still begins with row 1."""
    empty.append_and_take_back(1)
    assert empty.verify() == AuditVerification("intact", 0)

    empty.append()

    assert empty.verify() == AuditVerification("intact", 1)


def test_a_crash_before_the_head_is_written_only_makes_it_lag(chain: Chain) -> None:
    """It never goes ahead, and catches up with the next event."""
    before = chain.head.read_bytes()
    chain.append(2)
    chain.head.write_bytes(before)
    assert chain.verify() == AuditVerification("intact", 7)

    chain.append()

    assert chain.verify() == AuditVerification("intact", 8)
    chain.tamper("delete from audit where id = 8")
    assert chain.state == ("cut", 8, None)


class FullHead(HeadFile):
    """On a disk that is full whenever the head is moved."""

    def move(self, key: bytes, head: Head) -> None:
        with no_room_for_files():
            super().move(key, head)


class FullKeys(Keys):
    """On a disk that is full whenever a chain begins."""

    def begin_chain(self, head: Head) -> ChainKeys:
        with no_room_for_files():
            return super().begin_chain(head)


def test_a_head_that_cannot_be_written_lags(chain: Chain) -> None:
    """The event is written all the same, and the head with the next one for which it can."""
    before, head = chain.head.read_bytes(), chain.keys.head

    chain.keys.head = FullHead(chain.head)
    chain.append(2)
    assert chain.head.read_bytes() == before
    assert chain.verify() == AuditVerification("intact", 7)

    chain.keys.head = head
    chain.append()
    assert chain.verify() == AuditVerification("intact", 8)
    chain.tamper("delete from audit where id = 8")
    assert chain.state == ("cut", 8, None)


def test_a_lost_head_that_cannot_be_made_anew_stops_nothing(chain: Chain) -> None:
    """The chain begins with the first event for which it can."""
    keys = chain.keys
    chain.head.unlink()

    chain.keys = FullKeys(chain.file)
    chain.append(2)
    assert chain.verify() == AuditVerification("unverifiable", 7)

    chain.keys = keys
    chain.append()
    assert chain.verify() == AuditVerification("intact", 8, None, 8)


def test_an_audit_that_cannot_be_adopted_yet_goes_on_as_it_was(chain: Chain) -> None:
    """And is adopted later, as a whole."""
    keys = chain.keys
    chain.age()

    chain.keys = FullKeys(chain.file)
    chain.append(2)
    assert chain.verify() == AuditVerification("intact", 7)

    chain.keys = keys
    chain.append()
    assert chain.verify() == AuditVerification("intact", 8)


def test_without_keys_nothing_is_written(empty: Chain) -> None:
    """A row that nothing links would be worth nothing."""
    empty.keys = FullKeys(empty.file)

    with pytest.raises(DiskFull):
        empty.append()

    assert empty.store.audit.count() == 0


# -- many at once ---------------------------------------------------------------------------


def begin_appending(database: Path) -> list[subprocess.Popen[str]]:
    """Processes that all begin when the last of them is ready."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", APPEND, str(database), str(APPENDED)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * PROCESSES
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    return running


def wait_for(running: list[subprocess.Popen[str]]) -> None:
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0] * PROCESSES


def test_processes_and_threads_append_to_one_chain(chain: Chain) -> None:
    """Two other processes and four threads here, in no order; no link is lost or doubled, and at
    every moment the audit is intact."""
    running = begin_appending(chain.store.database.path)
    with ThreadPoolExecutor(THREADS) as pool:
        appending = [pool.submit(chain.append, APPENDED) for _ in range(THREADS)]
        seen = {chain.verify().state for _ in range(20)}
        for one in appending:
            one.result()
    wait_for(running)

    assert seen == {"intact"}
    rows = 5 + (PROCESSES + THREADS) * APPENDED
    assert chain.verify() == AuditVerification("intact", rows)
    chain.append()
    chain.tamper("delete from audit where id = (select max(id) from audit)")
    assert chain.state == ("cut", rows + 1, None)


def test_processes_that_begin_the_chain_at_once_begin_one(path: Path) -> None:
    """On a file that has no audit and no keys yet."""
    Store(path).close()

    wait_for(begin_appending(path))

    with closing(Store(path)) as store:
        chain = Chain(store, path.with_name("recollect.db.keys"))
        assert chain.verify() == AuditVerification("intact", PROCESSES * APPENDED)


# -- the table itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("update audit set action = 'x' where id = 2", "the audit is never changed"),
        ("delete from audit where id = 5", "the audit is never cut"),
        ("delete from audit", "the audit is never cut"),
    ],
)
def test_the_table_refuses_change(chain: Chain, statement: str, refusal: str) -> None:
    """Also from our own connection: no mistake of ours can do it."""
    with pytest.raises(apsw.ConstraintError, match=refusal):
        chain.store.database.run(statement)

    assert chain.verify() == AuditVerification("intact", 5)


def test_rows_outlive_the_person_they_are_about(chain: Chain, person: int) -> None:
    """Erasing a person touches no row; without their key nothing in it can be tied to them."""
    digest = chain.keys.digest(person, "person")
    chain.store.audit.append(chain.keys, NewEvent(NOON, "erase", "x", {}, digest, "everything"))

    with chain.store.transaction():
        chain.store.erasure.delete_person(person)
    chain.keys.destroy(person)
    assert chain.store.erasure.purge()

    assert chain.verify() == AuditVerification("intact", 6)
    assert chain.keys.known_digest(person, "person") is None
    assert chain.keys.digest(person, "person") != digest


def test_a_file_with_an_audit_can_be_salvaged(chain: Chain, person: int) -> None:
    """What refuses change of the table does not hinder reading the others."""
    chain.store.database.close()

    assert salvage(chain.store.database.path)


# -- what is found in it --------------------------------------------------------------------


@pytest.fixture
def events(empty: Chain) -> AuditLog:
    """Of two people, an hour apart each."""
    told = [
        ("store", {"memories": 1}, "maya", ""),
        ("erase", {"memories": 2, "messages": 7}, "maya", "memory"),
        ("erase", {"memories": 3}, "maya", "conversation"),
        ("expire", {"memories": 4}, "maya", "memory"),
        ("erase", {"memories": 5}, "ben", "memory"),
        ("erase", {"messages": 1}, "ben", "conversation"),
        ("export", {"bytes": 900}, "maya", ""),
        ("export", {"bytes": 800}, "ben", ""),
    ]
    for hours, (action, counts, person, scope) in enumerate(told):
        at = NOON + timedelta(hours=hours)
        new = NewEvent(at, action, f"subject {hours}", counts, person, scope)
        empty.store.audit.append(empty.keys, new)
    return empty.store.audit


def test_events_come_newest_first(events: AuditLog) -> None:
    """With all that they hold; only as many as asked for."""
    first, second = events.events(2, offset=4)

    assert first == AuditEvent(
        4, NOON + timedelta(hours=3), "expire", "subject 3", {"memories": 4}, "memory"
    )
    assert second.id == 3
    assert len(events.events(100)) == 8
    assert events.events(100, offset=8) == []


def test_events_are_found_by_person_and_action(events: AuditLog) -> None:
    """By both, by one, and counted alike."""
    given = {"person": "maya", "actions": ("erase", "export")}

    assert [event.id for event in events.events(100, **given)] == [7, 3, 2]
    assert [event.id for event in events.events(1, offset=1, **given)] == [3]
    assert [event.id for event in events.events(100, person="ben")] == [8, 6, 5]
    assert [event.id for event in events.events(100, actions=("expire",))] == [4]
    assert events.events(100, person="nobody") == []
    assert events.count() == 8
    assert events.count("erase") == 4
    assert events.count("erase", "export", person="maya") == 3
    assert events.count(person="nobody") == 0


def test_erased_memories_are_summed_by_scope(events: AuditLog) -> None:
    """By hand or by expiry; an erasure that took no memory along counts none."""
    assert events.deletions() == {"conversation": 3, "memory": 11}
    assert events.deletions("maya") == {"conversation": 3, "memory": 6}
    assert events.deletions("ben") == {"conversation": 0, "memory": 5}
    assert events.deletions("nobody") == {}


def test_exports_are_counted_with_the_latest(events: AuditLog) -> None:
    """Of everybody or of one person; no export has no time."""
    assert events.taken(Act.EXPORT) == (2, NOON + timedelta(hours=7))
    assert events.taken(Act.EXPORT, "maya") == (1, NOON + timedelta(hours=6))
    assert events.taken(Act.EXPORT, "nobody") == (0, None)


def test_calls_of_models_elsewhere_are_counted(empty: Chain) -> None:
    """Of everybody or of one person; those on this computer are none."""
    for person, place in (("maya", "remote"), ("maya", "local"), ("ben", "remote")):
        new = NewEvent(NOON, "model call", "subject", {}, person, place)
        empty.store.audit.append(empty.keys, new)

    audit = empty.store.audit
    assert (audit.sent(), audit.sent("maya"), audit.sent("nobody")) == (2, 1, 0)
