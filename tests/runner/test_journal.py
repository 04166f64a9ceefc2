import json

from crm_helpers.runner.journal import Journal
from crm_helpers.runner.making import Outcome
from crm_helpers.runner.plan import Job

JOBS = [Job("churn", "Churn", None, {"seed": 1}, [], [], "")]


def begun(folder) -> Journal:
    journal = Journal(folder)
    journal.begin(JOBS, {"source": "shop"}, {"source": 1.234}, 5.0)
    return journal


def test_run_that_was_not_ended_was_interrupted(tmp_path):
    assert not Journal(tmp_path).was_interrupted()
    journal = begun(tmp_path)
    assert Journal(tmp_path).was_interrupted()
    journal.end(9.0)
    assert not Journal(tmp_path).was_interrupted()


def test_times_parameters_and_outcomes_are_written(tmp_path):
    journal = begun(tmp_path)
    journal.note(Outcome("churn", "ok", seconds=2.345))
    journal.end(9.0)
    written = json.loads((tmp_path / "run.json").read_text())
    assert written["timings"] == {"source": 1.23, "whole_run": 9.0}
    assert written["parameters"] == {"churn": {"seed": 1}}
    assert written["reports"] == {"churn": {"status": "ok", "reason": "", "seconds": 2.35}}


def test_report_that_was_kept_keeps_its_seconds(tmp_path):
    begun(tmp_path).note(Outcome("churn", "ok", seconds=2.0))
    begun(tmp_path).note(Outcome("churn", "ok", kept=True))
    assert Journal(tmp_path).seconds_before("churn") == 2.0


def test_other_reports_of_the_folder_stay_in_it(tmp_path):
    begun(tmp_path).note(Outcome("credit", "ok", seconds=1.0))
    begun(tmp_path).note(Outcome("churn", "ok", seconds=1.0))
    assert set(json.loads((tmp_path / "run.json").read_text())["reports"]) == {"churn", "credit"}
