import datetime as dt

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
    assert rows.to_dict("records") == [{"customer_id": "a", "channel": "web"}]


def test_months_count_for_customers_observed_through_them(tiny_tables):
    rows = channel_months(
        tiny_tables["leads"], tiny_tables["transactions"], as_of=AS_OF, follow_months=12
    ).to_pandas()
    # 150 days from the conversion of a to as_of: five months; 15 March falls in the second
    assert rows["month"].tolist() == [1, 2, 3, 4, 5]
    assert rows["customers_observed"].tolist() == [1] * 5
    assert rows["money_sum"].tolist() == pytest.approx([0, 22, 0, 0, 0])
