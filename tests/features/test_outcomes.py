import datetime as dt

from tiny_tables import AS_OF, TINY

from crm_helpers.features.outcomes import days_to_next_order, lapse_labels


def labels(**windows):
    rows = lapse_labels(TINY["transactions"].table(), as_of=AS_OF, **windows).to_pandas()
    return rows.set_index("customer_id")["lapsed"].to_dict()


def test_lapsed_is_no_order_in_the_outcome_window():
    # b orders on day 5 after as_of, d on day 36, a and c never.
    assert labels(observation_days=365, outcome_days=30) == {
        "a": True,
        "b": False,
        "c": True,
        "d": True,
    }


def test_a_longer_window_forgives():
    assert labels(observation_days=365, outcome_days=40)["d"] is False


def test_only_customers_of_the_observation_window_are_labelled():
    assert set(labels(observation_days=30, outcome_days=30)) == {"a", "c", "d"}


def test_a_return_is_no_order_and_a_guest_no_customer():
    # On 20 April b sent goods back; seen from the day before, that is no return to the shop.
    rows = lapse_labels(
        TINY["transactions"].table(), as_of=dt.date(2024, 4, 19), outcome_days=10
    ).to_pandas()
    assert rows.set_index("customer_id")["lapsed"].to_dict() == {"a": True, "b": True}


def test_days_to_the_next_order_are_empty_when_none_came():
    rows = days_to_next_order(TINY["transactions"].table(), as_of=AS_OF, outcome_days=40)
    days = rows.to_pandas().set_index("customer_id")["next_order_days"]
    assert days["b"] == 5
    assert days["d"] == 36
    assert days[["a", "c"]].isna().all()
