"""Customers who cost money, and why."""

import pandas as pd

from crm_helpers.measures.forecasts.losses import loss_reasons

VALUES = pd.DataFrame(
    {
        "customer_id": list("abcd"),
        "frequency_orders": [2, 0, 1, 3],
        "sales_margin_sum": [-4.0, 0.0, 5.0, 9.0],
    }
)
PROFIT = pd.Series([-4.0, -30.0, -2.0, 9.0], index=list("abcd"))


def test_each_loss_has_one_reason_largest_first():
    rows = loss_reasons(VALUES, PROFIT)
    assert rows["loss_reason"].tolist() == [
        "earlier_orders",
        "below_cost",
        "more_than_bought",
    ]
    assert rows["loss"].tolist() == [-30, -4, -2]


def test_no_loss_gives_no_row():
    assert loss_reasons(VALUES, PROFIT.abs()).empty


def test_without_cost_only_returns_make_a_loss():
    rows = loss_reasons(VALUES.drop(columns="sales_margin_sum"), PROFIT)
    assert "below_cost" not in rows["loss_reason"].tolist()
    assert rows["customers"].sum() == 3
