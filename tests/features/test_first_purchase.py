import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.first_purchase import first_purchases

AS_OF = dt.date(2024, 6, 30)


def rows_of(tiny_tables, *names, **more):
    given = [tiny_tables[name] for name in ("transactions", *names)]
    return first_purchases(*given, as_of=AS_OF, **more).to_pandas().set_index("customer_id")


def test_only_customers_followed_for_all_the_days_count(tiny_tables):
    assert rows_of(tiny_tables, follow_days=60).index.tolist() == ["a", "b"]


def test_later_orders_are_those_of_later_days_within_the_days_followed(tiny_tables):
    row = rows_of(tiny_tables, follow_days=60).loc["a"]
    assert (row["first_revenue"], row["later_orders"], row["later_revenue"]) == (10, 1, 50)
    assert row["later_promotion_share"] == 0.5
    assert row["first_promotion"] == "no promotion"


def test_customers_from_before_the_data_are_left_out(tiny_tables):
    # a joined on 10 January, five days before the first order of the data
    assert rows_of(tiny_tables, "customers", follow_days=20).index.tolist() == ["b", "c", "d"]


def of_first_order(promotions, revenue=10.0):
    """First purchases of one customer whose first order held these promotions."""
    count = len(promotions)
    lines = pd.DataFrame(
        {
            "customer_id": "a",
            "order_id": "o1",
            "ordered_at": pd.Timestamp("2023-01-05"),
            "promotion": pd.Series(promotions, dtype="str"),
            "is_return": False,
            "revenue": [revenue] + [10.0] * (count - 1),
        }
    )
    return first_purchases(ibis.memtable(lines), as_of=AS_OF, follow_days=60).to_pandas().iloc[0]


def test_the_first_promotion_is_the_one_of_most_lines():
    row = of_first_order(["zoo", "ant", "ant", None, None, None])
    assert (row["first_promotion"], row["promotion_share"]) == ("ant", 0.5)


def test_of_promotions_with_as_many_lines_the_first_by_name_counts():
    assert of_first_order(["zoo", "ant"])["first_promotion"] == "ant"


def test_without_later_orders_their_number_is_zero_and_their_share_not_known():
    row = of_first_order(["zoo"])
    assert (row["later_orders"], row["later_revenue"]) == (0, 0)
    assert pd.isna(row["later_promotion_share"])


def test_revenue_with_a_price_missing_is_not_known():
    assert pd.isna(of_first_order(["zoo", None], revenue=None)["first_revenue"])
