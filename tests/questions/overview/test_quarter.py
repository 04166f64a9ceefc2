import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest

from crm_helpers.page.actions import write_list
from crm_helpers.questions.overview import quarter as q

AS_OF = dt.date(2026, 9, 30)
NOW, THEN = "2026-09-30", "2026-06-30"


def put(history: Path, day: str, stem: str, *, page: str = "html", **content: object) -> None:
    folder = history / day
    folder.mkdir(parents=True, exist_ok=True)
    whole = {"report": stem, "title": stem.title(), "as_of": day, "status": "ok", "reason": "",
             "fingerprint": "f1", "summary": ["a", "b", "c"], "findings": {}, "key_figures": [],
             "actions": None}  # fmt: skip
    (folder / f"{stem}.json").write_text(json.dumps(whole | content))
    if page:
        (folder / f"{stem}.{page}").write_text("page")


def read(history: Path, *stems: str) -> list[q.ReportState]:
    return q.read_quarter(history / NOW, stems, "f1")


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
    assert q.lists(quarter).empty
    assert q.stated_by_several(quarter) == []


def share(value: float, half: float | None = None) -> dict:
    ends = {} if half is None else {"low": value - half, "high": value + half}
    return {"value": value, "unit": "share", **ends}


def test_changes_beyond_noise_come_first_and_those_without_interval_get_no_verdict(
    tmp_path: Path,
) -> None:
    figures = [
        {"label": n.title(), "value": "", "about": "", "finding": n} for n in ("a", "b", "c")
    ]
    then = {"a": share(0.2), "b": share(0.2, 0.02), "c": share(0.2, 0.02)}
    now = {"a": share(0.9), "b": share(0.201, 0.02), "c": share(0.4, 0.02)}
    put(tmp_path, THEN, "churn", findings=then, key_figures=figures)
    put(tmp_path, NOW, "churn", findings=now, key_figures=figures)
    moved = q.changes(read(tmp_path, "churn"), tmp_path, AS_OF)
    assert moved["label"].tolist()[0] == "C"
    assert dict(zip(moved["label"], moved["is_beyond_noise"], strict=True)) == {
        "C": True, "A": None, "B": False,
    }  # fmt: skip
    assert moved["finding"].iloc[0] == "churn.c"


def test_one_verdict_is_made_over_the_figures_of_all_reports(tmp_path: Path) -> None:
    # Each alone has p = 0.04; among twenty such figures none of the others moves it stands alone.
    half = 1.959963984540054
    names = [f"x{i}" for i in range(20)]
    figures = [{"label": n, "value": "", "about": "", "finding": n} for n in names]
    put(
        tmp_path, THEN, "churn", key_figures=figures,
        findings={n: {"value": 0.0, "unit": "", "low": -half, "high": half} for n in names},
    )  # fmt: skip
    z = 2.0537 * 2**0.5
    put(
        tmp_path, NOW, "churn", key_figures=figures,
        findings={
            n: {"value": v, "unit": "", "low": v - half, "high": v + half}
            for n, v in zip(names, [z] + [0.0] * 19, strict=True)
        },
    )  # fmt: skip
    moved = q.changes(read(tmp_path, "churn"), tmp_path, AS_OF)
    assert moved["p_value"].min() == pytest.approx(0.04, rel=1e-3)
    assert not moved["is_beyond_noise"].any()


def test_without_an_earlier_quarter_there_are_no_changes(tmp_path: Path) -> None:
    put(tmp_path, NOW, "churn", findings={"a": share(1.0)})
    assert q.changes(read(tmp_path, "churn"), tmp_path, AS_OF).empty


def test_reports_that_state_other_numbers_are_found(tmp_path: Path) -> None:
    put(tmp_path, NOW, "churn", findings={"customers": {"value": 5, "unit": "customers"}})
    put(tmp_path, NOW, "profitability", findings={"customers": {"value": 6, "unit": "customers"}})
    quarter = read(tmp_path, "churn", "profitability")
    (row,) = q.disagreements(quarter).to_dict("records")
    assert row == {
        "finding": "customers",
        "said": "profitability: 6 customers; churn: 5 customers",
    }


def test_the_last_bits_of_a_sum_are_no_disagreement(tmp_path: Path) -> None:
    put(tmp_path, NOW, "churn", findings={"sales": {"value": 0.1 + 0.2, "unit": "EUR"}})
    put(tmp_path, NOW, "profitability", findings={"sales": {"value": 0.3, "unit": "EUR"}})
    quarter = read(tmp_path, "churn", "profitability")
    assert q.disagreements(quarter).empty
    assert q.stated_by_several(quarter) == ["sales"]


@pytest.mark.parametrize(
    "other",
    [{"value": 5, "unit": "orders"}, {"value": "5", "unit": "x"}, {"value": 5.1, "unit": "x"}],
)
def test_another_unit_or_kind_is_a_disagreement(tmp_path: Path, other: dict) -> None:
    put(tmp_path, NOW, "churn", findings={"n": {"value": 5, "unit": "x"}})
    put(tmp_path, NOW, "profitability", findings={"n": other})
    assert len(q.disagreements(read(tmp_path, "churn", "profitability"))) == 1


def test_lists_are_sorted_by_what_they_should_bring(tmp_path: Path) -> None:
    told = {"to_contact": 5, "control": 1, "cost": 2.0, "file": "actions/x.csv"}
    put(tmp_path, NOW, "churn", actions={**told, "expected_net_value": 10.0})
    put(tmp_path, NOW, "cross_sell", actions={**told, "expected_net_value": 30.0})
    found = q.lists(read(tmp_path, "churn", "cross_sell", "credit"))
    assert found["stem"].tolist() == ["cross_sell", "churn"]


def test_customers_on_several_lists_are_counted(tmp_path: Path) -> None:
    def listed(name: str, ids: list[str], held: list[str], key: str = "customer_id") -> None:
        frame = pd.DataFrame(
            {key: ids + held, "is_control": [False] * len(ids) + [True] * len(held)}
        )
        write_list(frame, tmp_path / name)

    listed("a.csv", ["01", "02"], ["03"])
    listed("b.csv", ["02", "03"], ["04"])
    listed("leads.csv", ["01"], [], key="lead_id")
    listed("nobody.csv", [], [])
    files = ["a.csv", "b.csv", "leads.csv", "gone.csv", "nobody.csv"]
    shared = q.overlap(tmp_path, files)
    assert shared == q.Overlap(on_several=1, held_back_elsewhere=1)
