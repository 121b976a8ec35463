"""The report of the benchmarks, and which of them go into it; none is run here."""

import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as program
from tests.benchmarks import report
from tests.benchmarks.catalogue import BENCHMARKS, Benchmark, Needs, chosen
from tests.benchmarks.report import Outcome, Ran, document, judged

FAST = Benchmark("fast", "how fast it is")
SIZED = Benchmark("sized", "by size", arguments=("1000", "--composed"))
BESIDE = ("__init__", "__main__", "catalogue", "report", "telling")
"""Modules of the folder that are no benchmark and hold no data of one."""
DAY = date(2026, 3, 2)


def written(*ran: Ran, quick: bool = False, commit: str = "") -> str:
    return document(ran, DAY, quick=quick, machine=["2 cores", "Python 3.11.7"], commit=commit)


# -- the selection --------------------------------------------------------------------------


def test_every_program_of_the_folder_is_in_the_catalogue() -> None:
    """Whatever can be run there, and nothing that cannot."""
    folder = Path(program.__file__).parent
    programs = {path.stem for path in folder.glob("*.py") if '"__main__"' in path.read_text()}
    assert {each.name for each in BENCHMARKS} == programs - set(BESIDE)
    assert all(find_spec(each.module) for each in BENCHMARKS)


def test_without_names_all_run_that_need_no_data() -> None:
    assert {each.needs for each in chosen()} == {Needs.NOTHING, Needs.BROWSER, Needs.LOCAL}
    assert len(chosen()) > 10


def test_named_ones_run_in_the_order_of_the_catalogue_and_no_others() -> None:
    assert [each.name for each in chosen(("hot", "classes"))] == ["classes", "hot"]
    assert [each.name for each in chosen(("together",))] == ["together"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hott", "no benchmark 'hott'"),
        ("locomo", "needs a file (PATH): uv run --group test python -m tests.benchmarks.locomo"),
        ("learning", "needs a server of models (ADDRESS)"),
    ],
)
def test_what_cannot_be_chosen_is_refused(name: str, said: str) -> None:
    """With the command to run it by, where there is one."""
    with pytest.raises(ValueError, match=r"benchmark|needs") as refused:
        chosen(("hot", name))
    assert said in str(refused.value)


def test_a_quick_look_takes_its_own_sizes() -> None:
    """Not those of the report; other options stay."""
    assert SIZED.options(quick=False) == ("1000", "--composed")
    assert SIZED.options(quick=True) == ("--composed", "--quick")


def test_command_is_the_one_that_can_be_typed() -> None:
    commands = {each.name: each.command() for each in BENCHMARKS}
    assert commands["hot"] == "uv run --group test python -m tests.benchmarks.hot"
    assert commands["start"].startswith("uv run --group test --group browser python")
    assert commands["small_model"].startswith("uv run --extra local python")
    assert commands["locomo"].endswith("tests.benchmarks.locomo PATH")


# -- what came of one -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "lines", "outcome", "told"),
    [
        (0, ["a table\n", "Result: 1 ms\n", "Result: 2 ms\n"], Outcome.DONE, ("1 ms", "2 ms")),
        (0, ["a table\n"], Outcome.FAILED, ("ended without a result",)),
        (77, ["Result: no such system\n"], Outcome.SKIPPED, ("no such system",)),
        (1, ["Result: 3 faults\n"], Outcome.FAILED, ("exit status 1", "3 faults")),
        (1, ["Trace\n", "KeyError: 1\n", "\n"], Outcome.FAILED, ("exit status 1: KeyError: 1",)),
        (-9, [], Outcome.FAILED, ("exit status -9",)),
    ],
)
def test_outcome_is_told_by_status_and_results(
    status: int, lines: list[str], outcome: Outcome, told: tuple[str, ...]
) -> None:
    ran = judged(FAST, status, lines, 1.0)

    assert (ran.outcome, ran.told) == (outcome, told)


def test_it_is_a_process_whose_results_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One fails and one is skipped, all are told, and the status is 1."""
    (tmp_path / "one.py").write_text('print("Result: 5 ms")')
    (tmp_path / "two.py").write_text('print("Result: not here"); raise SystemExit(77)')
    (tmp_path / "three.py").write_text('print("seen"); raise SystemExit("broken")')
    names = ("one", "two", "three")
    monkeypatch.setattr(Benchmark, "module", property(lambda self: self.name))
    monkeypatch.setattr(report, "ROOT", tmp_path)
    monkeypatch.setattr(
        program, "chosen", lambda _names: [Benchmark(name, f"of {name}") for name in names]
    )
    place = tmp_path / "report.md"

    status = program.main(["--quick", "--to", str(place)])

    assert status == 1
    assert "seen" in capsys.readouterr().out
    rows = [line for line in place.read_text().splitlines() if line.startswith("| of ")]
    assert "| 5 ms |" in rows[0]
    assert "**skipped**: not here" in rows[1]
    assert "**failed**: exit status 1: broken" in rows[2]


def test_a_missing_browser_is_a_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "find_chromium", lambda: None)
    monkeypatch.setattr(program, "find_spec", lambda name: name == "playwright")

    ran = program.run(Benchmark("start", "from the start", Needs.BROWSER), quick=False)

    assert (ran.outcome, ran.told) == (Outcome.SKIPPED, ("there is no Chromium",))


# -- the report -----------------------------------------------------------------------------


def test_report_tells_day_machine_commit_and_each_result() -> None:
    text = written(Ran(FAST, Outcome.DONE, ("1 ms",), 3.2), commit="abc123")

    assert "Measured on 2026-03-02; 2 cores; Python 3.11.7; commit abc123." in text
    command = "uv run --group test python -m tests.benchmarks.fast"
    assert f"| how fast it is | `{command}` (3 s) | 1 ms |" in text
    assert "quick" not in text


def test_a_quick_look_says_that_it_is_one() -> None:
    text = written(Ran(FAST, Outcome.DONE, ("1 ms",)), quick=True)

    assert "A quick look" in text
    assert "tests.benchmarks.fast --quick`" in text


def test_a_table_stays_a_table_whatever_a_benchmark_says() -> None:
    text = written(Ran(FAST, Outcome.FAILED, ("exit status 1: a | b <i>", "2")))

    assert "| **failed**: exit status 1: a \\| b &lt;i><br>2 |" in text


def test_report_says_how_to_run_the_rest() -> None:
    (hot,) = chosen(("hot",))
    text = written(Ran(hot, Outcome.DONE, ("1 ms",)))

    others = text.partition("Not in this report")[2]
    assert "which needs a file (PATH): `uv run" in others
    assert "tests.benchmarks.turn`" in others
    assert "tests.benchmarks.hot`" not in others


def test_machine_is_told_without_its_name() -> None:
    told = " ".join(report.machine())

    assert "cores" in told
    assert "Python 3." in told
    name = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.node())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert not name or name not in told


def test_where_there_is_no_git_no_commit_is_told(tmp_path: Path) -> None:
    assert report.commit(tmp_path) == ""
