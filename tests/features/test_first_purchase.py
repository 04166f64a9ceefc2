import datetime as dt

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
