"""A model's answer as it comes: at once, and stopped at once, also while nothing comes."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from memory.engine import Memory
from memory.errors import AnswerBrokenOff, ConsentRequired
from memory.flow.streaming import Heard, Stream, read
from memory.records import Ending, Usage
from tests.fakes import FakeModel

SECONDS = 10
"""A test that hangs fails in the end."""


class Slow:
    """A server that says its pieces when it is told to, and hears when it is left."""

    def __init__(self, *pieces: str) -> None:
        self._pieces = iter(pieces)
        self.go_on = Event()
        self.left = Event()
        self.usage: Usage | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        assert self.go_on.wait(SECONDS)
        self.go_on.clear()
        if self.left.is_set():
            raise StopIteration
        return next(self._pieces)

    def close(self) -> None:
        self.left.set()
        self.go_on.set()


def test_a_piece_is_there_as_soon_as_it_comes() -> None:
    """Until then there are empty ones: whoever waits is not held."""
    server = Slow("Hello", " you")
    stream = Stream(lambda: server)

    assert next(stream) == ""
    assert stream.first_seconds is None
    server.go_on.set()
    assert next(piece for piece in stream if piece) == "Hello"
    assert stream.first_seconds is not None
    assert next(stream) == ""
    server.close()
    assert "".join(stream) == ""


def test_a_model_is_told_to_stop_while_nothing_comes() -> None:
    """From the thread that waits, while another one reads."""
    server = Slow("never")
    stream = Stream(lambda: server)
    next(stream)

    stream.close()

    assert server.left.wait(SECONDS)


def test_a_generator_is_left_at_its_next_piece() -> None:
    """It cannot be closed while it is at work."""
    go_on, left = Event(), Event()

    def generator() -> Iterator[str]:
        try:
            yield "one"
            assert go_on.wait(SECONDS)
            yield "two"
        finally:
            left.set()

    stream = Stream(generator)
    assert next(piece for piece in stream if piece) == "one"
    stream.close()
    assert not left.is_set()
    go_on.set()

    assert left.wait(SECONDS)


def test_an_error_of_the_model_comes_after_what_was_said_before() -> None:
    """And again, to whoever asks again."""

    def broken() -> Iterator[str]:
        yield "one"
        raise AnswerBrokenOff("m")

    stream = Stream(broken)
    assert next(piece for piece in stream if piece) == "one"
    for _ in range(2):
        with pytest.raises(AnswerBrokenOff):
            list(stream)


def test_an_error_at_the_first_piece_is_raised_where_it_is_asked_for() -> None:
    """Nothing is asked before."""
    asked = []

    def refuse() -> Iterator[str]:
        asked.append(1)
        raise AnswerBrokenOff("m")

    stream = Stream(refuse)
    assert asked == []
    with pytest.raises(AnswerBrokenOff):
        next(stream)


def test_tokens_are_as_the_server_counts_them() -> None:
    """None where it does not."""
    server = Slow()
    stream = Stream(lambda: server)
    server.go_on.set()
    assert list(stream) == []
    assert stream.usage is None
    server.usage = Usage(12, 3, counted_by_model=True)
    assert stream.usage == server.usage
    assert Stream(lambda: iter(("a",))).usage is None


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("So ", "\ud83d", "\ude00", "!"), "So 😀!"),
        (("So \ud83d", "\ude00!"), "So 😀!"),
        (("So ", "\ud83d"), "So \ufffd"),
        (("\ude00", "\ud83d", "so"), "\ufffd\ufffdso"),
    ],
)
def test_a_character_that_comes_in_halves_is_whole(
    memory: Memory, pieces: tuple[str, ...], text: str
) -> None:
    """Half a one can be neither shown nor stored: the whole answer would be lost to it."""
    reply = memory.respond("me", "What do you say?", model=FakeModel(pieces))

    assert "".join(reply) == text
    assert reply.message_id is not None
    assert memory.message(reply.message_id).text == text


# -- read where nobody watches ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "fails_after", "said", "ending"),
    [
        (99, None, "That is noted.", Ending.COMPLETE),
        (3, None, "That ", Ending.STOPPED),
        (99, 2, None, Ending.BROKEN_OFF),
    ],
    ids=["to its end", "enough of it", "broken off"],
)
def test_what_was_read_is_told_of_however_it_ends(
    most: int, fails_after: int | None, said: str | None, ending: Ending
) -> None:
    """With as much as came; what a server counted comes along."""
    model, heard = FakeModel(fails_after=fails_after), list[Heard]()
    try:
        found = read(lambda: model.stream([]), Event(), most, heard.append)
    except AnswerBrokenOff:
        found = None

    assert found == said
    assert heard == [Heard(said or "That is ", None, ending)]


def test_what_was_to_end_early_is_told_as_stopped() -> None:
    """Though nobody gets what came."""
    stop, heard = Event(), list[Heard]()
    stop.set()

    assert read(lambda: FakeModel().stream([]), stop, 99, heard.append) is None
    assert [each.ending for each in heard] == [Ending.STOPPED]


def test_the_usage_of_a_server_is_told_of() -> None:
    server, heard = Slow("one"), list[Heard]()
    server.usage = Usage(9, 1, counted_by_model=True)
    server.go_on.set()

    read(lambda: server, Event(), 2, heard.append)

    assert [each.usage for each in heard] == [server.usage]


def test_a_model_is_asked_once_however_many_wait_for_it() -> None:
    asked, begun, go_on = [], Event(), Event()

    def begin() -> Iterator[str]:
        asked.append(begun.set())
        assert go_on.wait(SECONDS)
        return iter(["Hello"])

    stream = Stream(begin)
    waiting = [Thread(target=next, args=(stream, None)) for _ in range(3)]
    for each in waiting:
        each.start()
    assert begun.wait(SECONDS)
    go_on.set()
    for each in waiting:
        each.join(SECONDS)

    assert len(asked) == 1


def test_nobody_is_asked_once_it_is_stopped() -> None:
    """Before it has begun, and while it is being written down that it begins."""
    begun, go_on = Event(), Event()
    server = Slow("never")

    def begin() -> Iterator[str]:
        begun.set()
        assert go_on.wait(SECONDS)
        return server

    stream, never = Stream(begin), Stream(begin)
    never.close()
    assert list(never) == []
    assert not begun.is_set()
    reading = Thread(target=list, args=(stream,))
    reading.start()
    assert begun.wait(SECONDS)
    stopping = Thread(target=stream.close)
    stopping.start()
    assert stream._stopped.wait(SECONDS)
    go_on.set()
    reading.join(SECONDS)
    stopping.join(SECONDS)

    assert not stream.asked
    assert not reading.is_alive()


def test_what_was_not_asked_is_not_told_of() -> None:
    """Nothing was said, for nobody was asked."""
    heard: list[Heard] = []

    def refused() -> Iterator[str]:
        raise ConsentRequired("remote_model", "sent")

    with pytest.raises(ConsentRequired):
        read(refused, Event(), 99, heard.append)

    assert heard == []
