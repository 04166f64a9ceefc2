"""Groups of customers by what they bring."""

import pandas as pd
import pytest

from crm_helpers.measures.value.value_groups import GOLDEN, LOSS, value_groups

VALUES = pd.DataFrame(
    {
        "customer_id": list("abcdefghij"),
        "frequency_orders": [9, 5, 4, 3, 3, 2, 2, 1, 1, 0],
        "revenue_sum": [90.0, 50, 40, 30, 20, 10, 10, 5, 5, 0],
        "returns_sum": [0.0, -5, 0, 0, 0, 0, 0, 0, -5, -20],
    }
)
PROFIT = (VALUES["revenue_sum"] + VALUES["returns_sum"]).set_axis(VALUES["customer_id"])


def groups(share=0.2):
    return value_groups(PROFIT, VALUES, golden_share=share).set_index("value_group")


def test_customers_are_counted_once_and_profit_adds_up():
    rows = groups()
    assert rows["customers"].tolist() == [2, 3, 3, 2]
    assert rows["profit"].sum() == pytest.approx(PROFIT.sum())
    assert rows["profit_share"].sum() == pytest.approx(1)


def test_zero_and_loss_are_their_own_group_whatever_their_rank():
    assert groups().loc[LOSS, ["customers", "profit"]].tolist() == [2, -20]
    assert groups(0.5).loc[GOLDEN, "customers"] == 5


def test_returns_are_a_share_of_sales_and_empty_without_sales():
    only = VALUES.tail(1)
    rows = value_groups(PROFIT.tail(1), only, golden_share=0.2)
    assert rows["returned_share"].isna().all()
    assert groups().loc[GOLDEN, "returned_share"] == pytest.approx(5 / 140)
