"""Weight of evidence: a worked table, limits, messages."""

import math

import pandas as pd
import pytest

from crm_helpers.measures.credit.woe import information_value, woe_table


@pytest.fixture
def checking_account(shared_data):
    columns = ["checking", *(f"A{i}" for i in range(2, 21)), "class"]
    file = shared_data / "german_credit" / "german.data"
    rows = pd.read_csv(file, sep=" ", header=None, names=columns)
    return woe_table(rows["checking"], rows["class"] == 2)


def test_woe_of_the_german_checking_account_equals_a_calculation_by_hand(checking_account):
    # A14, no account: 348 good of 700, 46 bad of 300.
    found = checking_account.set_index("bin").loc["A14", "woe"]
    assert found == pytest.approx(math.log((348 / 700) / (46 / 300)), rel=1e-12)


def test_information_value_of_the_german_checking_account_is_the_known_0_666(checking_account):
    assert information_value(checking_account) == pytest.approx(0.666, abs=0.0005)  # three digits


def test_attribute_that_tells_nothing_has_no_information_value():
    table = woe_table(pd.Series(["a", "a", "b", "b"]), pd.Series([True, False, True, False]))
    assert information_value(table) == 0.0
    assert table["woe"].tolist() == [0.0, 0.0]


def test_bin_without_events_gets_half_a_case_in_both_counts():
    table = woe_table(pd.Series(["a"] * 4 + ["b"] * 4), pd.Series([True] + [False] * 7))
    expected = math.log((4.5 / 7) / (0.5 / 1))
    assert table.set_index("bin").loc["b", "woe"] == pytest.approx(expected, rel=1e-12)


def test_woe_falls_as_the_event_rate_rises():
    bins = pd.Series(["a"] * 10 + ["b"] * 10)
    table = woe_table(bins, pd.Series([True] * 2 + [False] * 8 + [True] * 7 + [False] * 3))
    assert table["woe"].is_monotonic_decreasing
    assert table["event_rate"].is_monotonic_increasing


def test_outcome_of_one_kind_is_counted():
    with pytest.raises(ValueError, match=r"0 of 2 subjects are True; weight of evidence needs"):
        woe_table(pd.Series(["a", "b"]), pd.Series([False, False]))
