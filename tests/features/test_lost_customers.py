import datetime as dt

from crm_helpers.features.lost_customers import came_back, lost_customers, second_lives

AS_OF = dt.date(2024, 6, 30)


def test_lost_are_those_without_an_order_for_so_long(tiny_tables):
    rows = lost_customers(tiny_tables["transactions"], as_of=AS_OF, lost_days=30).to_pandas()
    # c: postage on 1 June is an order line as well, 29 days ago; d: 10 June; a: today
    assert rows["customer_id"].tolist() == ["b"]
    assert rows[["recency_days", "frequency_orders"]].to_numpy().tolist() == [[90, 1]]


def test_who_came_back_is_one_of_the_lost(tiny_tables):
    rows = came_back(tiny_tables["transactions"], as_of=AS_OF, outcome_days=30, lost_days=15)
    found = rows.to_pandas().set_index("customer_id")["returned"].to_dict()
    assert found == {"b": True, "c": False, "d": False}


def test_second_life_begins_with_the_order_after_the_gap(tiny_tables):
    rows = second_lives(
        tiny_tables["transactions"], as_of=dt.date(2024, 9, 30), lost_days=60, follow_days=60
    ).to_pandas()
    by_customer = rows.groupby("customer_id")["away_days"].apply(list).to_dict()
    assert by_customer == {"a": [60, 107], "b": [95]}
    assert rows["second_orders"].tolist() == [1, 1, 1]
    assert rows["second_revenue"].tolist() == [50.0, 30.0, 10.0]
