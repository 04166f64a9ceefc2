"""The runner, whole: one run of a small suite that many tests read, and runs that are refused."""

import json
import stat

import pandas as pd
import pytest

from crm_helpers.runner.run import main
from tests.runner.conftest import make_suite

pytestmark = pytest.mark.whole

SECRET = "hunter22-hunter22"
LIST = """
import pandas as pd
candidates = pd.DataFrame({"customer_id": ["anna", "bert"], "what": "call", "why": "last order",
    "probability": 0.5, "value": 10.0, "cost": 1.0, "expected_net_value": [4.0, 3.0]})
report.promise(pd.DataFrame({"subject": ["anna", "bert"], "value": [0.2, 0.8]}),
    quantity="lapsed", due_on=pd.Timestamp("2026-09-28"), model="rule")
report.act(candidates)
"""
SKIP = """
from crm_helpers.tables.needs import Skip
raise Skip("Only 3 orders were found. Add more orders to the source file.")
"""
LEAK = """
import os, sys
print(os.environ["PGPASSWORD"], file=sys.stderr)
report.keep({"login": finding("login", os.environ["PGPASSWORD"])})
answer(f"The login is {os.environ['PGPASSWORD']}")
"""
SEEN = """
seen = len(list(report.folder.parent.parent.glob("*.json")))
report.keep({"seen": finding("seen", seen)})
"""
THREADS = """
import os
threads = os.environ["OMP_NUM_THREADS"] + os.environ["CRM_DUCKDB_THREADS"]
report.keep({"threads": finding("threads", threads)})
answer("One thread each")
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    suite = make_suite(tmp_path_factory.mktemp("suite"))
    suite.notebook("good", LIST)
    suite.notebook("broken", "1/0")
    suite.notebook("crash", "import os; os.kill(os.getpid(), 9)")
    suite.notebook("slow", "import time; time.sleep(60)")
    suite.notebook("thin", SKIP)
    suite.notebook("needy", needs=[{"visits": ["person_id", "item_id"]}])
    suite.notebook("leaky", LEAK)
    suite.notebook("threads", THREADS)
    suite.notebook("overview", SEEN)
    return suite


@pytest.fixture(scope="module")
def done(suite):
    return suite.run("--timeout", "4", PGPASSWORD=SECRET)


@pytest.mark.parametrize(
    ("stem", "status", "reason"),
    [
        ("good", "ok", ""),
        ("broken", "failed", "ZeroDivisionError: division by zero."),
        ("crash", "failed", "The kernel was killed, as happens when memory runs out."),
        ("slow", "failed", "A cell ran longer than 4 seconds."),
        ("thin", "skipped", "Only 3 orders were found. Add more orders to the source file."),
        ("needy", "skipped", "visits (person_id, item_id)"),
        ("leaky", "ok", ""),
    ],
)
def test_each_report_ends_as_it_should_and_says_why(suite, done, stem, status, reason):
    content = suite.json(stem)
    assert (content["report"], content["source"], content["as_of"]) == (stem, "shop", "2026-06-30")
    assert content["status"] == status
    assert reason in content["reason"]


def test_one_failure_does_not_stop_the_others_and_the_exit_code_tells_it(suite, done):
    assert done.returncode == 1
    assert "3 failed: " in done.stdout
    assert {path.stem for path in suite.reports.glob("*.json")} == {
        "good",
        "broken",
        "crash",
        "slow",
        "thin",
        "needy",
        "leaky",
        "threads",
        "overview",
        "run",
    }


def test_findings_and_summary_of_a_good_report_stand_in_its_json(suite, done):
    content = suite.json("good")
    assert content["findings"]["orders"] == {"value": 3, "unit": "", "n": 3}
    assert content["summary"] == ["One.", "Two.", "Three."]
    assert content["actions"]["file"] == "actions/good.csv"


def test_pages_of_all_kinds_have_their_title_and_no_traceback(suite, done):
    for name in ("good", "broken.failed", "crash.failed", "thin", "needy", "index"):
        page = (suite.reports / f"{name}.html").read_text()
        stem = "overview" if name == "index" else name.partition(".")[0]
        assert f"Title of {stem}" in page
        assert "Traceback" not in page


def test_failed_page_says_what_was_asked_and_the_error_in_words(suite, done):
    page = (suite.reports / "broken.failed.html").read_text()
    assert "How many orders are there?" in page
    assert "division by zero" in page
    assert not (suite.reports / "broken.html").exists()


def test_overview_is_made_last_so_that_it_sees_the_others(suite, done):
    assert suite.json("overview")["findings"]["seen"]["value"] == 9  # eight reports and run.json


def test_credentials_appear_in_no_file_and_no_line(suite, done):
    assert suite.json("leaky")["findings"]["login"]["value"] == "***"
    assert SECRET not in done.stdout + done.stderr
    written = [path for path in suite.folder.rglob("*") if path.is_file()]
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []


def test_list_and_ledger_are_for_their_owner_alone(suite, done):
    private = [suite.reports / "actions/good.csv", *(suite.reports.parent / "ledger").iterdir()]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o600, 0o600]


def test_predictions_of_a_successful_report_are_in_the_ledger(suite, done):
    ledger = pd.read_parquet(suite.reports.parent / "ledger")
    assert ledger[["report", "subject", "quantity", "value", "backtest"]].values.tolist() == [
        ["good", "anna", "lapsed", 0.2, False],
        ["good", "bert", "lapsed", 0.8, False],
    ]


def test_kernels_have_one_thread(suite, done):
    assert suite.json("threads")["findings"]["threads"]["value"] == "11"


def test_run_json_holds_parameters_fingerprint_versions_and_timings(suite, done):
    run = suite.json("run")
    assert run["parameters"]["good"]["seed"] == 7
    assert run["fingerprint"] == suite.json("good")["fingerprint"]
    assert run["versions"]["pandas"] == pd.__version__
    assert run["timings"]["whole_run"] > run["timings"]["source"] > 0
    assert run["reports"]["slow"]["seconds"] >= 4
    assert run["finished_at"] >= run["started_at"]


def test_nothing_unfinished_is_left(suite, done):
    assert not (suite.reports / ".making").exists()
    assert list(suite.folder.rglob(".*.????????")) == []


def test_lines_tell_each_report_its_state_and_its_seconds(suite, done):
    assert "thin: skipped (" in done.stdout
    assert "Small shop, as of 2026-06-30: 3 rows in 1 table checked" in done.stdout


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    suite = make_suite(tmp_path_factory.mktemp("plain"))
    suite.notebook("good", parameters="outcome_days: int = 90  # days")
    return suite


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--set", "good.outcom_days=60"], "unknown 'outcom_days'; did you mean 'outcome_days'?"),
        (["--set", "good.outcome_days=0"], "outcome_days: 0 is not between 1 and 1,095 days"),
        (["--set", "good.outcome_days=soon"], "outcome_days: found 'soon' (str)"),
        (["--reports", "god"], "REPORTS: unknown 'god'; did you mean 'good'?"),
        (["--as-of", "2027-06-30"], "as_of: 2027-06-30 is outside the data, which run from 2026-0"),
        (["--as-of", "2025-06-30"], "Usable as_of: 2026-01-05 to 2026-06-30."),
        (["--as-of", "30.6.2026"], "found '30.6.2026'; expected a day as YYYY-MM-DD"),
        (["--quarter", "2026Q5"], "2026Q5"),
        (["--quarter", "2026Q1", "--as-of", "2026-03-31"], "are both given"),
        (["--source", "demoo"], "source: 'demoo' is not in params/sources; did you mean 'demo'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused_in_one_sentence_before_any_kernel(
    plain, capsys, monkeypatch, options, message
):
    assert refusal(plain, monkeypatch, *options) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not plain.reports.parent.exists()


def refusal(suite, monkeypatch, *options):
    for name, value in suite.environment(CRM_FRESH_KERNELS="1").items():
        monkeypatch.setenv(name, value)
    places = {part: suite.folder / part for part in ("notebooks", "params")}
    return main(["--source", str(suite.source), *options], **places)


def test_missing_file_is_refused_with_the_place_where_it_was_looked_for(
    tiny_suite, capsys, monkeypatch
):
    tiny_suite.notebook("good")
    (tiny_suite.folder / "sales.csv").unlink()
    assert refusal(tiny_suite, monkeypatch) == 2
    message = f"sales.csv is not there; it was looked for in {tiny_suite.folder}"
    assert message in capsys.readouterr().err
    assert not tiny_suite.reports.exists()


def test_jobs_must_be_a_whole_number(plain, capsys, monkeypatch):
    with pytest.raises(SystemExit, match="2"):
        refusal(plain, monkeypatch, "--jobs", "many")
    assert "JOBS: found 'many'; expected a whole number from 1. Write JOBS=2." in (
        capsys.readouterr().err
    )


def test_table_with_too_many_bad_rows_fails_the_reports_that_need_it(tiny_suite):
    sales = tiny_suite.folder / "sales.csv"
    sales.write_text(sales.read_text() + "4,A,anna,2027-01-01,1,10.00\n")
    tiny_suite.notebook("good", needs=[{"transactions": ["order_id"]}])
    tiny_suite.notebook("data_quality", needs=[{"transactions": ["order_id"]}])
    done = tiny_suite.run(CRM_FRESH_KERNELS="1")
    assert done.returncode == 1
    assert tiny_suite.json("data_quality")["status"] == "ok"
    reason = tiny_suite.json("good")["reason"]
    assert reason.startswith("transactions.ordered_at: 1 of 4 rows were set aside (25.0%, limit 5")
    assert "2027-01-01" in reason
    aside = tiny_suite.reports / "set_aside/transactions.parquet"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert len(pd.read_parquet(aside)) == 1


def test_failure_leaves_the_earlier_page_and_the_next_success_clears_it(tiny_suite):
    tiny_suite.notebook("good")
    assert tiny_suite.run(CRM_FRESH_KERNELS="1").returncode == 0
    before = (tiny_suite.reports / "good.html").read_text()
    tiny_suite.notebook("good", "1/0")
    assert tiny_suite.run(CRM_FRESH_KERNELS="1").returncode == 1
    assert (tiny_suite.reports / "good.html").read_text() == before
    assert tiny_suite.json("good")["status"] == "failed"
    tiny_suite.notebook("good")
    assert tiny_suite.run(CRM_FRESH_KERNELS="1").returncode == 0
    assert (tiny_suite.reports / "good.html").read_text() == before
    assert list(tiny_suite.reports.glob("*.failed.*")) == []
    assert json.loads((tiny_suite.reports / "run.json").read_text())["kernels"] == "fresh"
