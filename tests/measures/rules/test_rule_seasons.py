"""Seasons of rules: a bond that is only December, and one that is not."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.rules.rule_seasons import rule_seasons

COLUMNS = [
    "rule_id",
    "quarter",
    "basket_count",
    "antecedent_count",
    "consequent_count",
    "joint_count",
]


def test_products_that_only_share_a_season_have_lift_one_within_quarters():
    rows = [(1, "2026Q1", 1000, 0, 0, 0), (1, "2026Q4", 1000, 200, 100, 20)]
    found = rule_seasons(pd.DataFrame(rows, columns=COLUMNS)).loc[1]
    assert found["lift_within_quarters"] == pytest.approx(1.0, rel=1e-9)
    assert (found["peak_quarter"], found["peak_share"], found["is_seasonal"]) == ("2026Q4", 1, True)


def test_a_bond_in_every_quarter_is_not_seasonal():
    rows = [(7, f"2026Q{q}", 1000, 100, 50, 20) for q in (1, 2, 3, 4)]
    found = rule_seasons(pd.DataFrame(rows, columns=COLUMNS)).loc[7]
    assert found["lift_within_quarters"] == pytest.approx(4.0, rel=1e-9)
    assert not found["is_seasonal"]


def test_a_peak_where_most_baskets_are_anyway_is_not_seasonal():
    rows = [(1, "2026Q3", 200, 20, 20, 3), (1, "2026Q4", 800, 80, 80, 12)]
    found = rule_seasons(pd.DataFrame(rows, columns=COLUMNS)).loc[1]
    assert found["peak_share"] == pytest.approx(0.8, rel=1e-9)
    assert not found["is_seasonal"]


def test_a_quarter_without_baskets_is_left_out():
    rows = [(1, "2026Q1", 0, 0, 0, 0), (1, "2026Q2", 100, 10, 10, 4)]
    found = rule_seasons(pd.DataFrame(rows, columns=COLUMNS)).loc[1]
    assert found["lift_within_quarters"] == pytest.approx(4.0, rel=1e-9)


def test_a_rule_never_seen_has_no_peak():
    rows = [(1, "2026Q1", 100, 10, 10, 0)]
    found = rule_seasons(pd.DataFrame(rows, columns=COLUMNS)).loc[1]
    assert np.isnan(found["peak_share"])
    assert not found["is_seasonal"]
