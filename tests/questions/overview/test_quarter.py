import datetime as dt
import json
from pathlib import Path

import pytest

from crm_helpers.questions.overview import agreement, lists
from crm_helpers.questions.overview import quarter as q

AS_OF = dt.date(2026, 9, 30)
NOW, THEN = "2026-09-30", "2026-06-30"


def put(history: Path, day: str, stem: str, *, page: str = "html", **content: object) -> None:
    folder = history / day
    folder.mkdir(parents=True, exist_ok=True)
    whole = {
        "report": stem,
        "title": stem.title(),
        "as_of": day,
        "status": "ok",
        "reason": "",
        "fingerprint": "f1",
        "summary": ["a", "b", "c"],
        "findings": {},
        "key_figures": [],
        "actions": None,
    }
    (folder / f"{stem}.json").write_text(json.dumps(whole | content))
    if page:
        (folder / f"{stem}.{page}").write_text("page")


def read(history: Path, *stems: str) -> list[q.ReportState]:
    return q.read_quarter(history / NOW, stems, "f1")


def share(value: float, half: float | None = None) -> dict:
    ends = {} if half is None else {"low": value - half, "high": value + half}
    return {"value": value, "unit": "share", **ends}


def test_money_comes_first_and_the_overview_does_not_read_itself(tmp_path: Path) -> None:
    stems = ["overview", "data_quality", "zebra", "profitability", "churn"]
    states = read(tmp_path, *stems)
    assert [s.stem for s in states] == ["profitability", "churn", "data_quality", "zebra"]


@pytest.mark.parametrize(
    ("content", "page", "status", "linked"),
    [
        ({}, "html", "ok", "churn.html"),
        ({"status": "skipped"}, "html", "skipped", "churn.html"),
        ({"status": "failed"}, "failed.html", "failed", "churn.failed.html"),
        ({"status": "failed"}, "html", "stale", "churn.html"),
        ({"fingerprint": "f0"}, "html", "stale", "churn.html"),
    ],
)
def test_each_report_has_a_state(
    tmp_path: Path, content: dict, page: str, status: str, linked: str
) -> None:
    put(tmp_path, NOW, "churn", page=page, **content)
    (state,) = read(tmp_path, "churn")
    assert (state.status, state.page) == (status, linked)


def test_a_report_that_was_never_made_and_a_broken_one_are_missing(tmp_path: Path) -> None:
    put(tmp_path, NOW, "credit", page="")
    (tmp_path / NOW / "credit.json").write_text("{")
    states = read(tmp_path, "churn", "credit")
    assert [state.status for state in states] == ["missing", "missing"]


def test_numbers_of_a_stale_report_are_not_used(tmp_path: Path) -> None:
    found = {"customers": {"value": 5, "unit": ""}}
    put(tmp_path, NOW, "churn", fingerprint="f0", findings=found, actions={"file": "x"})
    quarter = read(tmp_path, "churn")
    assert lists.lists(quarter).empty
    assert agreement.stated_by_several(quarter) == []
