import pandas as pd
import pytest

from crm_helpers.measures.statistics.rate_table import rate_table

ROWS = pd.DataFrame(
    {
        "offer": ["a"] * 10 + ["b"] * 10,
        "channel": ["mail"] * 20,
        "won": [True] * 1 + [False] * 9 + [True] * 5 + [False] * 5,
    }
)


def test_interval_is_wilson_1927():
    # 1 of 10: 0.0179 to 0.4042 (Newcombe 1998, two-sided 95 %)
    row = rate_table(ROWS, ["offer"], "won").set_index("group").loc["a"]
    assert (row["low"], row["high"]) == pytest.approx((0.0179, 0.4042), abs=5e-5)


def test_best_group_comes_first_and_a_kind_of_one_group_is_left_out():
    rates = rate_table(ROWS, ["channel", "offer", "absent"], "won")
    assert rates["group"].tolist() == ["b", "a"]
    assert set(rates["kind"]) == {"offer"}


def test_no_kinds_give_no_rows():
    assert rate_table(ROWS, ["channel"], "won").empty
