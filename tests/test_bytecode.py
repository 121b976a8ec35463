"""What tests start need not compile everything anew where Python was told to keep no bytecode."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STARTER = """
import pathlib, shutil, subprocess, sys
from tests import bytecode
folder = bytecode.share()
if folder is None:
    sys.exit("kept anyway")
subprocess.run([sys.executable, "-c", "import colorsys"], check=True)
print(*sorted(path.name for path in pathlib.Path(folder).rglob("colorsys.*")))
shutil.rmtree(folder)
"""


def start(**environ: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-c", STARTER],
        cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT)} | environ,
        capture_output=True,
        text=True,
    )


def test_processes_share_the_bytecode_that_they_would_not_keep() -> None:
    ended = start(PYTHONDONTWRITEBYTECODE="1")

    assert ended.stdout.split() == [f"colorsys.{sys.implementation.cache_tag}.pyc"]


def test_where_bytecode_is_kept_nothing_changes(tmp_path: Path) -> None:
    ended = start(PYTHONPYCACHEPREFIX=str(tmp_path))

    assert ended.stderr == "kept anyway\n"
