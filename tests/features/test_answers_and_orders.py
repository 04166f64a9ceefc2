import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.answers_and_orders import answers_and_orders

AS_OF = dt.date(2024, 6, 30)


def tables(answered: str) -> tuple[ibis.Table, ibis.Table]:
    feedback = pd.DataFrame(
        {
            "feedback_id": ["f1"],
            "given_at": [pd.Timestamp(answered)],
            "customer_id": ["a"],
            "score": [3.0],
        }
    )
    days = ["2024-01-10", "2024-03-01", "2024-03-15", "2024-04-02", "2024-06-29"]
    orders = pd.DataFrame(
        {
            "order_id": list("12345"),
            "product_id": "p",
            "customer_id": "a",
            "is_return": False,
            "ordered_at": pd.to_datetime(days),
            "revenue": [1.0, 2.0, 4.0, 8.0, 16.0],
        }
    )
    return ibis.memtable(feedback), ibis.memtable(orders)


def test_orders_before_and_after_an_answer_leave_out_its_day():
    rows = answers_and_orders(*tables("2024-03-15 09:00"), as_of=AS_OF, outcome_days=30).to_pandas()
    kept = ["orders_before", "orders_after", "recency_days", "revenue_before", "revenue_after"]
    assert rows[kept].to_numpy().tolist() == [[2, 1, 14, 3.0, 8.0]]


def test_answer_counts_only_when_all_days_after_it_were_seen():
    seen = answers_and_orders(*tables("2024-05-31"), as_of=AS_OF, outcome_days=30)
    late = answers_and_orders(*tables("2024-06-01"), as_of=AS_OF, outcome_days=30)
    assert (seen.count().execute(), late.count().execute()) == (1, 0)


def test_customer_without_an_order_before_is_left_out():
    rows = answers_and_orders(*tables("2024-01-05"), as_of=AS_OF, outcome_days=30)
    assert rows.count().execute() == 0


def test_without_prices_money_is_not_known_and_orders_are():
    feedback, orders = tables("2024-03-15 09:00")
    bare = orders.drop("revenue")
    rows = answers_and_orders(feedback, bare, as_of=AS_OF, outcome_days=30).to_pandas()
    assert rows[["orders_before", "orders_after"]].to_numpy().tolist() == [[2, 1]]
    assert rows[["revenue_before", "revenue_after"]].isna().all(axis=None)
