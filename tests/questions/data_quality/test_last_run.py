import datetime as dt
import json
from types import SimpleNamespace

import ibis
import pandas as pd
import pytest

from crm_helpers.questions.data_quality.last_run import findings, late_since

DAYS = pd.to_datetime(["2026-06-01", "2026-06-30", "2026-08-01"])
VISITS = ibis.memtable(pd.DataFrame({"person_id": ["1", "2", "3"], "visited_at": DAYS}))


@pytest.fixture
def report(tmp_path):
    return SimpleNamespace(
        tables={"visits": VISITS},
        as_of=dt.date(2026, 9, 30),
        stem="data_quality",
        history=tmp_path,
    )


def earlier_run(folder, rows):
    run = folder / "2026-06-30"
    run.mkdir()
    content = {
        "report": "data_quality",
        "as_of": "2026-06-30",
        "status": "ok",
        "findings": {"visits_rows_known": {"value": rows, "unit": "rows"}},
    }
    (run / "data_quality.json").write_text(json.dumps(content))


def test_each_run_keeps_how_many_rows_it_knew(report):
    assert findings(report) == {"visits_rows_known": {"value": 3, "unit": "rows"}}


def test_rows_that_came_after_the_last_run_for_its_days_are_late(report):
    earlier_run(report.history, rows=1)
    found = late_since(report)
    assert found[["table", "then", "now", "late"]].to_numpy().tolist() == [["visits", 1, 2, 1]]


def test_without_an_earlier_run_nothing_is_late(report):
    assert late_since(report).empty
