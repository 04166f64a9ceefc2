import pandas as pd

from crm_helpers.measures.value.payback import payback_curve, payback_month

MONTHS = pd.DataFrame(
    {
        "group": ["web", "web", "web", "shop", "shop"],
        "month": [2, 1, 3, 1, 2],
        "customers_observed": [10, 10, 2, 4, 4],
        "money_sum": [20.0, 30.0, 20.0, 4.0, 4.0],
    }
)
COST = pd.Series({"web": 6.0, "shop": 9.0})


def test_money_adds_up_over_months_per_customer_observed():
    curve = payback_curve(MONTHS)
    assert curve[curve["group"] == "web"]["money_to_date"].tolist() == [3.0, 5.0, 15.0]


def test_first_month_that_covers_the_cost():
    assert payback_month(payback_curve(MONTHS), COST)["web"] == 3


def test_cost_not_covered_is_missing_and_months_with_few_customers_do_not_count():
    months = payback_month(payback_curve(MONTHS), COST, min_customers=3)
    assert months.isna().all()


def test_free_customers_pay_back_in_the_first_month():
    assert payback_month(payback_curve(MONTHS), COST * 0).tolist() == [1, 1]
