"""Vintage curves."""

import numpy as np
import pandas as pd

from crm_helpers.measures.credit.vintage_curves import tells_ages, vintage_curves

QUARTERS = pd.Series(["2026Q1"] * 4 + ["2026Q2"] * 2)
DAYS = pd.Series([10.0, 70.0, np.nan, np.nan, 40.0, np.nan])


def test_shares_are_counted_by_age_and_never_fall():
    curves = vintage_curves(QUARTERS, DAYS, until_days=90, fewest=2).set_index("vintage")
    assert curves.loc["2026Q1", "defaulted_share"].tolist() == [0, 0.25, 0.25, 0.5]
    assert curves.loc["2026Q2", "defaulted_share"].tolist() == [0, 0, 0.5, 0.5]


def test_the_end_is_the_default_rate_of_the_quarter():
    last = vintage_curves(QUARTERS, DAYS, until_days=90, fewest=1).groupby("vintage").last()
    assert last["defaulted_share"].to_dict() == {"2026Q1": 0.5, "2026Q2": 0.5}


def test_small_quarters_are_left_out():
    assert vintage_curves(QUARTERS, DAYS, until_days=90, fewest=3)["vintage"].unique() == "2026Q1"


def test_nothing_is_left_when_all_are_small():
    assert vintage_curves(QUARTERS, DAYS, until_days=90, fewest=9).empty


def test_one_age_for_all_tells_no_curve():
    assert not tells_ages(pd.Series([180.0, 180.0, np.nan]))
    assert tells_ages(DAYS)
