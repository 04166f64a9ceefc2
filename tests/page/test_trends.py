import datetime as dt
import json
from pathlib import Path

import pytest

from crm_helpers.page.trends import (
    Change,
    change,
    change_in_words,
    earlier_report,
    false_discovery,
    made_otherwise,
)

SINCE = dt.date(2026, 6, 30)
AS_OF = dt.date(2026, 9, 30)


def put(folder: Path, day: str, **content: object) -> None:
    (folder / day).mkdir(parents=True)
    report = {"as_of": day, "status": "ok", **content}
    (folder / day / "churn.json").write_text(json.dumps(report))


def test_the_run_nearest_to_a_quarter_before_is_found(tmp_path: Path) -> None:
    for day in ("2025-09-30", "2026-03-31", "2026-06-30", "2026-09-29", "2026-09-30"):
        put(tmp_path, day)
    assert earlier_report(tmp_path, AS_OF, "churn")["as_of"] == "2026-06-30"


@pytest.mark.parametrize("day", ["2025-09-30", "2026-09-20", "2026-12-31"])
def test_another_time_is_no_comparison(tmp_path: Path, day: str) -> None:
    put(tmp_path, day)
    assert earlier_report(tmp_path, AS_OF, "churn") is None


def test_a_skipped_or_broken_report_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "2026-06-30", status="skipped")
    put(tmp_path, "2026-07-01")
    (tmp_path / "2026-07-01" / "churn.json").write_text("{")
    put(tmp_path, "2026-07-20")
    assert earlier_report(tmp_path, AS_OF, "churn")["as_of"] == "2026-07-20"


def put_run(folder: Path, **content: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(content))
    return folder


def test_another_version_or_other_parameters_are_told(tmp_path: Path) -> None:
    churn = {"as_of": "2026-06-30", "outcome_days": 60}
    then = put_run(tmp_path / "2026-06-30", commit="aaa", parameters={"churn": churn})
    later = {"as_of": "2026-09-30", "outcome_days": 90}
    now = put_run(tmp_path / "2026-09-30", commit="bbb", parameters={"churn": later})
    version, parameters = made_otherwise(now, then, ["churn", "credit"])
    assert "2026-06-30 were made by another version of the suite (aaa, now bbb)" in version
    assert parameters == "churn was made with other parameters then: outcome_days."


def test_the_same_version_and_parameters_are_no_difference(tmp_path: Path) -> None:
    same = {"commit": "aaa", "parameters": {"churn": {"capacity": 5}}}
    then, now = put_run(tmp_path / "2026-06-30", **same), put_run(tmp_path / "2026-09-30", **same)
    assert made_otherwise(now, then, ["churn"]) == []


def test_no_folder_is_no_comparison(tmp_path: Path) -> None:
    assert earlier_report(tmp_path / "none", AS_OF, "churn") is None


def found(value: object, half: float | None = None, unit: str = "share") -> dict:
    ends = {} if half is None else {"low": value - half, "high": value + half}
    return {"value": value, "unit": unit, **ends}


def test_an_interval_of_another_level_has_the_same_error_as_one_of_95_per_cent() -> None:
    error = 0.01
    wide = {**found(0.25, 2.807033768 * error), "level": 0.995}
    moved = change(
        wide, {**wide, "value": 0.23, "low": wide["low"] - 0.02, "high": wide["high"] - 0.02}, SINCE
    )
    assert moved.p_value == pytest.approx(0.15729920705, rel=1e-6)


def test_a_change_has_the_p_value_of_two_independent_intervals() -> None:
    # Standard errors 0.01 each: z = 0.02 / (0.01 * sqrt 2) = 1.4142, two-sided p = 0.1573.
    half = 1.959963984540054 * 0.01
    moved = change(found(0.25, half), found(0.23, half), SINCE)
    assert moved.difference == pytest.approx(0.02)
    assert moved.p_value == pytest.approx(0.15729920705, rel=1e-6)


def test_without_intervals_there_is_no_verdict() -> None:
    moved = change(found(0.25), found(0.23, 0.01), SINCE)
    assert moved.p_value is None
    assert change_in_words(moved).endswith("since 30 Jun 2026")


@pytest.mark.parametrize(
    ("now", "earlier"),
    [(found("margin"), found("revenue")), (found(True), found(False)), (found(1), found(1, 0, ""))],
)
def test_what_cannot_be_compared_is_not(now: dict, earlier: dict) -> None:
    assert change(now, earlier, SINCE) is None


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (Change(0.031, SINCE, "share", 0.001), "up 3.1 points since 30 Jun 2026, more than chance"),
        (Change(-1200.0, SINCE, "EUR", None), "down 1,200 EUR since 30 Jun 2026"),
        (Change(12, SINCE, "customers", None), "up 12 since 30 Jun 2026"),
        (Change(-92.1, SINCE, "customers", None, 6406.0), "down 92 since 30 Jun 2026"),
        (Change(0.3, SINCE, "customers", None, 6406.0), "up less than 1 since 30 Jun 2026"),
        (Change(-89.2, SINCE, "EUR", None, 831.0), "down 89 EUR since 30 Jun 2026"),
        (Change(2.5, SINCE, "EUR", None, 15.46), "up 2.50 EUR since 30 Jun 2026"),
        (Change(0.0, SINCE, "share", 1.0), "unchanged since 30 Jun 2026"),
        (Change(0.0001, SINCE, "share", None), "up less than 0.1 points since 30 Jun 2026"),
    ],
)
def test_a_change_is_said_in_words(moved: Change, said: str) -> None:
    assert change_in_words(moved).replace("\u00a0", " ") == said


def test_the_verdict_of_many_stands_above_that_of_one() -> None:
    moved = Change(0.03, SINCE, "share", 0.04)
    assert "more than chance" in change_in_words(moved)
    assert "may be chance" in change_in_words(moved, beyond_noise=False)


def test_false_discovery_as_in_benjamini_hochberg_1995_section_3() -> None:
    p_values = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert false_discovery(p_values) == [True] * 4 + [False] * 11


def test_no_figures_make_no_verdicts() -> None:
    assert false_discovery([]) == []


def test_a_count_is_told_with_its_rate_which_may_fall_while_it_rises() -> None:
    then, now = {"value": 640.0, "of": 1200}, {"value": 661.0, "of": 1320}
    moved = change(now | {"unit": "customers"}, then | {"unit": "customers"}, SINCE)
    assert change_in_words(moved) == "up 21 (from 53 to 50 of 100) since 30 Jun 2026"
    same = change({**now, "value": 704.0, "unit": ""}, then | {"unit": ""}, SINCE)
    assert "(still 53 of 100)" in change_in_words(same)
    without = change({"value": 9, "unit": "", "of": 10}, {"value": 8, "unit": ""}, SINCE)
    assert change_in_words(without) == "up 1 since 30 Jun 2026"
