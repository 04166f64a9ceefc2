import os
import signal

import psutil
import pytest

from crm_helpers.runner.forking import ONE_THREAD, Kernels, kernel_environment
from crm_helpers.tables.paths import project_root

pytestmark = pytest.mark.whole


def test_kernel_gets_one_thread_per_library_and_its_share_of_the_memory(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment, alone = kernel_environment(4), kernel_environment(1)
    assert {environment[name] for name in (*ONE_THREAD, "CRM_DUCKDB_THREADS")} == {"1"}
    share = int(environment["CRM_DUCKDB_MEMORY"].removesuffix("MB"))
    assert share == pytest.approx(int(alone["CRM_DUCKDB_MEMORY"].removesuffix("MB")) / 4, abs=1)
    assert "PYTHONDONTWRITEBYTECODE" not in environment


def test_each_report_has_a_folder_to_write_and_to_spill_into(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_FRESH_KERNELS", "1")
    environment = Kernels(tmp_path, 1).environment(tmp_path)
    assert environment["CRM_RUN_FOLDER"] == str(tmp_path)
    assert environment["CRM_DUCKDB_SPILL"] == str(tmp_path / "spill")


def test_without_a_zygote_kernels_are_fresh(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_FRESH_KERNELS", "1")
    assert Kernels(tmp_path, 1).origin() == "fresh"


def test_warmed_process_has_one_thread_so_that_it_may_fork():
    kernels = Kernels(project_root(), 1)
    try:
        assert kernels.origin() == "forked"
    finally:
        kernels.close()
    assert kernels.closed


def test_kernels_are_fresh_when_the_warmed_process_was_killed():
    kernels = Kernels(project_root(), 1)
    (child,) = [c for c in psutil.Process().children() if "zygote" in " ".join(c.cmdline())]
    os.kill(child.pid, signal.SIGKILL)
    assert kernels.origin() == "fresh"
    kernels.close()
