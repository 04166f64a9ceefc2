"""Runs that are killed, stopped, or started twice: kernels end, nothing is half written."""

import contextlib
import os
import random
import signal
import subprocess
import time

import pandas as pd
import psutil
import pytest

from crm_helpers.runner.locks import only_run
from tests.runner.conftest import TinySuite, make_suite

pytestmark = pytest.mark.whole

PROMISE = """
import pandas as pd, time
time.sleep({seconds})
report.promise(pd.DataFrame({{"subject": ["anna"], "value": [0.2]}}),
    quantity="{stem}", due_on=pd.Timestamp("2026-09-28"))
report.keep({{"{stem}_share": finding("{stem}_share", 0.25, unit="share")}})
answer("A quarter of them")
"""
STEMS = ("first", "second", "third")


def write_notebooks(suite: TinySuite) -> TinySuite:
    for seconds, stem in enumerate(STEMS):
        suite.notebook(stem, PROMISE.format(stem=stem, seconds=seconds * 0.7))
    suite.notebook("overview")
    return suite


def contents(suite: TinySuite) -> dict[str, bytes]:
    """All files of the reports but those that tell times, and the ledger as a table."""
    files = {
        str(path.relative_to(suite.reports)): path.read_bytes()
        for path in suite.reports.rglob("*")
        if path.is_file() and path.name not in ("run.json", ".lock")
    }
    ledger = pd.read_parquet(suite.reports.parent / "ledger").sort_values("report")
    return files | {"ledger": ledger.to_csv(index=False).encode()}


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    return write_notebooks(make_suite(tmp_path_factory.mktemp("kill")))


@pytest.fixture(scope="module")
def undisturbed(suite):
    assert suite.run().returncode == 0
    whole = contents(suite)
    assert {f"{stem}.html" for stem in STEMS} <= set(whole)
    return whole


def start(suite: TinySuite, **environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        suite.command("--jobs", "2"),
        env=suite.environment(PYTHONUNBUFFERED="1", **environment),
        cwd=suite.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell that runs the tests in the background has them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for(run: subprocess.Popen, words: str) -> None:
    for line in run.stdout:
        if words in line:
            return
    raise AssertionError(f"'{words}' was never said")


def end(run: subprocess.Popen, number: int) -> int:
    """Exit code after a signal; every process the run had started has ended too."""
    # Between two reports a run without a warmed process has no kernel for a moment.
    while not (started := psutil.Process(run.pid).children(recursive=True)):
        assert run.poll() is None, "the run ended before it could be stopped"
        time.sleep(0.01)
    run.send_signal(number)
    code = run.wait(timeout=30)
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []
    return code


def clear(suite: TinySuite) -> None:
    subprocess.run(["rm", "-rf", str(suite.folder / "reports")], check=True)


def test_killed_run_started_again_keeps_what_was_whole_and_ends_with_the_same_files(
    suite, undisturbed
):
    clear(suite)
    run = start(suite)
    wait_for(run, "first: ok")
    time.sleep(random.Random(7).uniform(0, 0.6))
    end(run, signal.SIGKILL)
    assert not (suite.reports / "third.json").exists()
    again = suite.run()
    assert "first: ok, kept" in again.stdout
    assert "third: ok (" in again.stdout
    assert contents(suite) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_run_killed_at_any_moment_ends_with_the_same_files(suite, undisturbed, seconds):
    clear(suite)
    run = start(suite)
    with contextlib.suppress(subprocess.TimeoutExpired):
        run.wait(timeout=seconds + random.random())
    run.kill()
    run.wait()
    assert suite.run().returncode == 0
    assert contents(suite) == undisturbed


def test_second_run_on_the_same_folder_says_so_and_ends(suite, undisturbed):
    with only_run(suite.reports, "the first run"):
        second = suite.run(CRM_FRESH_KERNELS="1")
    assert second.returncode == 2
    assert f"another run is writing there (process {os.getpid()}, since" in second.stderr
    assert contents(suite) == undisturbed


def test_ctrl_c_ends_all_kernels_and_publishes_nothing_half_done(suite, undisturbed):
    clear(suite)
    run = start(suite)
    wait_for(run, "third: running")
    assert end(run, signal.SIGINT) == 130
    assert not (suite.reports / ".making").exists()
    assert list(suite.reports.glob("*.failed.*")) == []
    assert not (suite.reports / "third.json").exists()


def test_fresh_kernels_end_with_a_killed_run_and_a_changed_notebook_is_made_anew(tmp_path):
    suite = write_notebooks(make_suite(tmp_path))
    run = start(suite, CRM_FRESH_KERNELS="1")
    wait_for(run, "first: ok")
    end(run, signal.SIGKILL)
    suite.notebook("first", "answer('Another answer')")
    again = suite.run(CRM_FRESH_KERNELS="1")
    assert "first: ok (" in again.stdout
    assert "Another answer" in (suite.reports / "first.html").read_text()
