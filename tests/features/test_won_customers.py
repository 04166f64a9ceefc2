import datetime as dt

import ibis
import pandas as pd
import pytest

from crm_helpers.features.won_customers import channel_months, won_customers

AS_OF = dt.date(2024, 6, 30)


def test_orders_count_from_the_conversion_for_the_days_followed(tiny_tables):
    rows = won_customers(
        tiny_tables["leads"],
        tiny_tables["transactions"],
        as_of=AS_OF,
        follow_days=140,
        lost_days=60,
    ).to_pandas()
    row = rows.iloc[0]  # converted on 1 February; orders in March, and on day 150
    assert rows["customer_id"].tolist() == ["a"]
    assert (row["followed_orders"], row["followed_margin"], row["is_lost"]) == (1, 22.0, True)


def test_without_orders_only_the_channel_is_known(tiny_tables):
    rows = won_customers(tiny_tables["leads"], as_of=AS_OF, follow_days=30).to_pandas()
    assert rows.to_dict("records") == [{"customer_id": "a", "lead_id": "l1", "channel": "web"}]


def test_months_count_for_customers_observed_through_them(tiny_tables):
    rows = channel_months(
        tiny_tables["leads"],
        tiny_tables["transactions"],
        as_of=AS_OF,
        follow_months=12,
        margin_share=0.5,
    ).to_pandas()
    # 150 days from the conversion of a to as_of: five months; 15 March falls in the second
    assert rows["month"].tolist() == [1, 2, 3, 4, 5]
    assert rows["customers_observed"].tolist() == [1] * 5
    assert rows["money_sum"].tolist() == pytest.approx([0, 22, 0, 0, 0])


def day(text):
    return dt.date.fromisoformat(text)


TWICE = pd.DataFrame(
    {
        "lead_id": ["l1", "l2", "l3", "l4"],
        "customer_id": ["a", "a", "b", None],
        "created_on": [day("2023-01-05"), day("2023-02-01"), day("2023-01-01"), day("2023-01-01")],
        "converted_on": [day("2023-03-01"), day("2023-02-20"), day("2023-02-20"), None],
        "channel": ["fair", "web", "web", "web"],
    }
)
LINES = pd.DataFrame(
    {
        "customer_id": ["a", "a", "a", "b", None],
        "order_id": ["o1", "o2", "r1", "o3", "o4"],
        "ordered_at": pd.to_datetime(
            ["2023-02-25", "2023-03-10", "2023-03-20", "2023-03-01", "2023-03-01"]
        ),
        "is_return": [False, False, True, False, False],
        "revenue": [100.0, 50.0, -30.0, 20.0, 999.0],
        "margin": [40.0, None, -10.0, 5.0, 500.0],
    }
)


def followed(lines=LINES, leads=TWICE, **more):
    given = {"as_of": AS_OF, "follow_days": 100, "lost_days": 50} | more
    table = won_customers(ibis.memtable(leads), ibis.memtable(lines), **given)
    return table.to_pandas().set_index("customer_id")


def test_two_leads_of_one_customer_are_one_customer_with_his_orders_once():
    rows = followed()
    assert rows.index.tolist() == ["a", "b"]
    # the second lead converted first; its channel won the customer
    assert rows.loc["a", ["lead_id", "channel"]].tolist() == ["l2", "web"]
    assert rows["followed_orders"].tolist() == [2, 1]


def test_money_is_after_returns():
    rows = followed()
    assert rows["followed_revenue"].tolist() == [120.0, 20.0]
    assert rows["followed_margin"].tolist() == [30.0, 5.0]
    assert rows["followed_uncosted"].tolist() == [50.0, 0.0]


def test_a_return_is_no_order_that_keeps_a_customer():
    late = LINES.assign(
        ordered_at=LINES["ordered_at"].where(LINES["order_id"] != "r1", "2023-05-20")
    )
    assert followed(late)["is_lost"].tolist() == [True, True]


def test_without_a_price_the_money_is_not_known_and_without_orders_it_is_zero():
    unpriced = LINES.assign(revenue=[None, 50.0, -30.0, 20.0, 1.0], margin=None)
    rows = followed(unpriced.iloc[:3].astype({"margin": float}))
    assert pd.isna(rows.loc["a", "followed_revenue"])
    assert rows.loc["b", ["followed_orders", "followed_revenue"]].tolist() == [0, 0]


def test_months_hold_each_line_once_and_are_after_returns():
    given = {"as_of": day("2023-04-30"), "margin_share": 0.5}
    rows = channel_months(ibis.memtable(TWICE), ibis.memtable(LINES), **given).to_pandas()
    assert rows["group"].tolist() == ["web", "web"]
    assert rows["customers_observed"].tolist() == [2, 2]
    # 40 and half of 50, less 10, and 5, all within thirty days of 20 February
    assert rows["money_sum"].tolist() == pytest.approx([60.0, 0.0])


def test_months_leave_out_customers_whose_prices_are_not_known():
    given = {"as_of": day("2023-04-30"), "margin_share": 0.5}
    unpriced = LINES.assign(revenue=[None, 50.0, -30.0, 20.0, 1.0])
    rows = channel_months(ibis.memtable(TWICE), ibis.memtable(unpriced), **given).to_pandas()
    assert rows["customers_observed"].tolist() == [1, 1]
    assert rows["money_sum"].tolist() == [5.0, 0.0]
