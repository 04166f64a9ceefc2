"""Margin where cost is known, revenue where it is not."""

import pandas as pd
import pytest

from crm_helpers.measures.value.profit_basis import profit_basis
from crm_helpers.tables.needs import Skip

VALUES = pd.DataFrame(
    {
        "customer_id": ["a", "b"],
        "revenue_sum": [100.0, 100.0],
        "net_revenue_sum": [90.0, 100.0],
        "margin_sum": [30.0, 40.0],
        "uncosted_revenue_sum": [0.0, 0.0],
    }
)


def test_margin_counts_where_cost_is_known():
    found = profit_basis(VALUES)
    assert (found.basis, found.profit.to_dict()) == ("margin", {"a": 30.0, "b": 40.0})


def test_without_cost_revenue_counts_and_it_says_so():
    found = profit_basis(VALUES.drop(columns=["margin_sum", "uncosted_revenue_sum"]))
    assert (found.basis, found.why) == ("revenue", "no_cost")
    assert found.profit.to_dict() == {"a": 90.0, "b": 100.0}


def test_too_many_sales_without_cost_fall_back_to_revenue():
    found = profit_basis(VALUES.assign(uncosted_revenue_sum=[11.0, 0.0]))
    assert found.basis == "revenue"
    assert (found.why, found.uncosted_share) == ("uncosted", pytest.approx(11 / 200))


def test_a_period_can_be_counted_like_another_without_cost():
    assert profit_basis(VALUES, "revenue").profit.tolist() == [90.0, 100.0]


@pytest.mark.parametrize("rows", [0, 2])
def test_a_window_that_brought_nothing_is_skipped_with_the_remedy(rows):
    nothing = VALUES.head(rows).assign(margin_sum=0.0)
    with pytest.raises(Skip, match=f"{rows} customers of the window bring 0.00 of margin.*longer"):
        profit_basis(nothing)


def test_what_was_counted_is_told_in_one_line():
    assert repr(profit_basis(VALUES)) == (
        "ProfitBasis: margin of 2 customers, 70.00 together (unit_cost)"
    )


def test_sales_without_a_cost_are_not_sold_without_a_margin():
    found = profit_basis(VALUES.assign(uncosted_revenue_sum=[0.0, 10.0]))
    # 70 of margin on the 190 of sales whose cost is known; b sold 10 more without one.
    assert found.profit.to_dict() == pytest.approx({"a": 30.0, "b": 40.0 + 10 * 70 / 190})
    assert (found.why, found.uncosted_share) == ("unit_cost", pytest.approx(0.05))
