import pandas as pd
import pytest

from crm_helpers.measures.statistics.shifts import judged, latest, shifts

QUARTERS = pd.to_datetime(["2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"])
STEADY = {"a": 600, "b": 400}


def counted(*quarters, column="channel", levels=None, may_lack=False):
    """Rows per bin, one dict per quarter."""
    rows = [
        (column, quarter, bin_, rows, levels[place] if levels else float("nan"))
        for place, (quarter, bins) in enumerate(zip(QUARTERS, quarters, strict=False))
        for bin_, rows in bins.items()
    ]
    frame = pd.DataFrame(rows, columns=["column", "quarter", "bin", "rows", "level"])
    return frame.assign(table="customers", may_lack=may_lack)


def kinds(*quarters, psi_limit=0.25, **more):
    found = judged(shifts(counted(*quarters, **more)), psi_limit)
    return found[["kind", "is_defect"]].to_dict("records")


def test_a_column_that_stays_has_psi_zero_and_full_overlap():
    found = shifts(counted(STEADY, STEADY)).iloc[0]
    assert found["psi"] == pytest.approx(0.0, abs=1e-12)
    assert found["overlap"] == pytest.approx(1.0, rel=1e-12)
    assert kinds(STEADY, STEADY) == []


def test_a_new_value_beside_the_old_ones_is_a_change_of_the_business():
    now = {"a": 480, "b": 320, "app": 200}
    found = kinds(STEADY, STEADY, STEADY, now)
    assert found == [{"kind": "new value", "is_defect": False}]
    found = shifts(counted(STEADY, STEADY, now)).iloc[-1]
    assert found["new_values"] == "app"
    assert found["new_share"] == pytest.approx(0.2, rel=1e-12)


def test_other_values_throughout_are_another_meaning():
    coded = {"1": 600, "2": 400}
    assert kinds(STEADY, STEADY, STEADY, coded) == [{"kind": "meaning", "is_defect": True}]


def test_a_level_twelve_times_as_high_is_another_meaning():
    low, high = {"0": 900, "9": 100}, {"0": 90, "9": 910}
    found = kinds(low, low, low, high, column="years", levels=[5.0, 5.1, 5.0, 60.0])
    assert found == [{"kind": "meaning", "is_defect": True}]


def test_values_gone_missing_are_a_defect():
    gaps = {"a": 400, "b": 300, "(missing)": 300}
    assert kinds(STEADY, STEADY, STEADY, gaps) == [{"kind": "missing", "is_defect": True}]


def test_values_whose_absence_says_something_do_not_go_missing():
    gaps = {"a": 550, "b": 370, "(missing)": 80}
    found = kinds(STEADY, STEADY, STEADY, gaps, may_lack=True)
    assert found == [{"kind": "mix", "is_defect": False}]


def test_a_column_that_turns_over_every_quarter_is_no_news():
    assert kinds({"Q1": 1000}, {"Q2": 1000}, {"Q3": 1000}, {"Q4": 1000}) == []


def test_another_mix_of_the_same_values_is_told_but_no_defect():
    now = {"a": 300, "b": 700}
    assert kinds(STEADY, STEADY, STEADY, now) == [{"kind": "mix", "is_defect": False}]


def test_quarters_of_few_rows_are_not_judged():
    assert shifts(counted(STEADY, {"a": 100, "z": 50})).empty


def test_the_latest_quarter_is_that_of_any_column():
    moved = shifts(counted(STEADY, STEADY, {"a": 300, "b": 700}))
    assert latest(moved, moved)["quarter"].tolist() == [QUARTERS[2]]
