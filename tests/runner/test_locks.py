import os
import subprocess
import sys

import pytest

from crm_helpers.runner.locks import AnotherRunError, FolderError, only_run


def test_second_run_on_a_folder_is_told_who_holds_it(tmp_path):
    message = rf"reports/demo: another run is writing there \(process {os.getpid()}, since "
    with only_run(tmp_path, "reports/demo"), pytest.raises(AnotherRunError, match=message):
        with only_run(tmp_path, "reports/demo"):
            pass


def test_folder_is_free_again_when_the_run_has_ended(tmp_path):
    for _ in range(2):
        with only_run(tmp_path, "reports/demo"):
            pass


def test_killed_run_holds_nothing(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from crm_helpers.runner.locks import *\n"
        "with only_run(Path(sys.argv[1]), 'x'): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        held = pytest.raises(AnotherRunError, match=rf"\(process {other.pid}, since ")
        with held, only_run(tmp_path, "x"):
            pass
        other.kill()
        other.wait()
    with only_run(tmp_path, "x"):
        pass


def test_run_that_ended_leaves_no_word_of_itself(tmp_path):
    with only_run(tmp_path, "x"):
        assert (tmp_path / ".lock.holder").exists()
    assert not (tmp_path / ".lock.holder").exists()


def test_folder_that_cannot_be_written_is_refused_with_the_way_out(tmp_path):
    (tmp_path / "reports").write_text("a file in its place")
    message = (
        r"reports/demo: cannot be written \(Not a directory\). Set CRM_REPORTS_DIR to a folder"
    )
    with (
        pytest.raises(FolderError, match=message),
        only_run(tmp_path / "reports/demo", "reports/demo"),
    ):
        pass
