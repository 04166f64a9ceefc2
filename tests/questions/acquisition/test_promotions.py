import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.acquisition.promotions import first_orders, later

ORDERS = pd.DataFrame(
    {
        "order_id": ["o1", "o2", "o3", "o4"],
        "product_id": "x",
        "customer_id": ["a", "a", "b", "c"],
        "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-05", "2025-06-01"]),
        "promotion": ["sale", None, None, "sale"],
        "is_return": False,
        "revenue": [10.0, 20.0, 30.0, 40.0],
    }
)
FIRST = pd.DataFrame(
    {
        "customer_id": [f"c{n}" for n in range(10)],
        "promotion_share": [1.0] * 4 + [0.0] * 6,
        "later_orders": [1, 1, 1, 1, 5, 5, 5, 5, 5, 5],
        "later_revenue": [10.0, 11, 9, 10, 50, 51, 49, 50, 50, 50],
        "later_promotion_share": [1.0] * 4 + [0.5] * 6,
    }
)


def test_first_orders_are_those_that_could_be_followed(shop):
    rows = first_orders(shop(transactions=ORDERS), follow_days=365).set_index("customer_id")
    assert rows.index.tolist() == ["a", "b"]
    assert rows["promotion_share"].tolist() == [1, 0]
    assert rows["later_revenue"].tolist() == [20, 0]


def test_orders_without_promotions_tell_nothing(shop):
    none = first_orders(shop(transactions=ORDERS.drop(columns="promotion")), follow_days=365)
    assert "promotion in transactions" in none.reason


def told(shop, rows=FIRST, min_group=4):
    return later(shop(), rows, follow_days=365, min_group=min_group)


def test_both_kinds_stand_beside_each_other(shop):
    shown = told(shop).data.set_index("first")
    assert shown["customers"].to_dict() == {"with a promotion": 4, "without": 6}
    assert shown.loc["with a promotion", "later_revenue"] == 10
    assert shown.loc["without", "later_orders"] == 5


@pytest.mark.parametrize(
    ("factor", "words"),
    [(1, "bring 40 EUR less later"), (-1, "bring 40 EUR more later"), (0, "not shown to differ")],
    ids=["less", "more", "alike"],
)
def test_the_difference_is_the_answer(shop, factor, words):
    rows = FIRST.assign(later_revenue=FIRST["later_revenue"] * factor)
    assert words in told(shop, rows).says.replace("\u00a0", " ")


def test_margin_counts_before_revenue(shop):
    rows = FIRST.assign(later_margin=FIRST["later_revenue"] / 2)
    assert "20 EUR less" in told(shop, rows).says.replace("\u00a0", " ")


def test_too_few_of_either_kind_are_not_compared(shop):
    assert told(shop, min_group=5).reason.startswith("Only 4 customers came with")
    assert is_absent(told(shop, FIRST.assign(promotion_share=0.0), min_group=1))
