"""Payments described by their own past, worked out by hand."""

import datetime as dt

import ibis
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_helpers.features.compute import compute
from crm_helpers.features.payments import payment_features

AS_OF = dt.date(2024, 6, 30)
START = pd.Timestamp("2024-06-01 10:00:00")
# One customer, one card: four payments within two hours, a refund the day after.
ROWS = pd.DataFrame(
    {
        "payment_id": ["a", "b", "c", "d", "e"],
        "customer_id": "k",
        "paid_at": START + pd.to_timedelta([0, 30, 60, 60, 1500], unit="min"),
        "amount": [10.0, 20.0, 60.0, 30.0, 30.0],
        "kind": ["payment"] * 4 + ["refund"],
        "shop_id": ["s", "s", "t", "s", "s"],
        "device_id": ["m", "m", "n", "m", None],
        "card_id": "v",
    }
)


def described(rows, as_of=AS_OF):
    tables = {"payments": ibis.memtable(rows)}
    return compute(payment_features, tables, {"as_of": as_of}).set_index("payment_id")


@pytest.fixture(scope="module")
def features():
    return described(ROWS)


def test_only_strictly_earlier_payments_are_counted(features):
    assert features["customer_count"].tolist() == [0, 1, 2, 2, 4]
    assert features["card_hour_count"].tolist() == [0, 1, 2, 2, 0]


def test_payments_of_the_same_second_see_nothing_of_each_other(features):
    assert features.loc["d", "customer_amount_median"] == 15.0
    assert features.loc["c", "amount_ratio"] == 4.0


def test_spread_of_the_amounts_is_that_of_the_past(features):
    row = features.loc["c"]
    assert row["customer_amount_mean"] == 15.0
    assert row["customer_amount_deviation"] == pytest.approx(7.0710678118654755)
    assert row["amount_score"] == pytest.approx(45 / 7.0710678118654755)


def test_a_first_payment_has_no_past(features):
    assert pd.isna(features.loc["a", ["customer_amount_median", "card_age_hours"]]).all()


def test_first_use_of_device_and_shop_is_seen(features):
    assert features["is_new_device"].tolist()[:4] == [True, False, True, False]
    assert features["is_new_shop"].tolist() == [True, False, True, False, False]
    assert pd.isna(features.loc["e", "is_new_device"])


def test_refunds_are_counted_after_they_were_made():
    again = ROWS.tail(1).assign(payment_id="f", paid_at=START + pd.Timedelta(days=3), amount=24.0)
    row = described(pd.concat([ROWS, again])).loc["f"]
    assert (row["customer_refund_count"], row["customer_shop_refund_count"]) == (1, 1)
    assert row["customer_refund_share"] == pytest.approx(30 / 120)
    assert row["shop_refund_share"] == pytest.approx(1 / 4)
    assert row["customer_hours_since_last"] == 72 - 25


def test_guests_have_no_common_past():
    rows = described(ROWS.assign(customer_id=pd.Series([None] * 5, dtype="str")))
    assert rows["customer_count"].isna().all()
    assert rows["card_hour_count"].tolist() == [0, 1, 2, 2, 0]


def test_a_label_known_later_is_not_there():
    rows = ROWS.assign(is_fraud=True, labelled_on=pd.Timestamp("2024-07-01"))
    assert described(rows)["is_fraud"].isna().all()
    later = described(rows, dt.date(2024, 7, 2))
    assert later["is_fraud"].all()
    assert later["label_age_days"].tolist() == [1] * 5


def test_without_dates_the_attributes_stay():
    rows = pd.DataFrame({"payment_id": ["a"], "is_fraud": [True], "make": ["Honda"]})
    assert described(rows).loc["a"].to_dict() == {
        "is_fraud": True,
        "is_refund": False,
        "make": "Honda",
    }


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_payment_sees_the_same_second_or_anything_later(features, data):
    """The leakage law per payment: what comes at its second or after changes nothing of it."""
    place = data.draw(st.integers(0, 4))
    wait = data.draw(st.integers(0, 10_000))
    kind = data.draw(st.sampled_from(["payment", "refund"]))
    moment = ROWS.loc[place, "paid_at"]
    more = ROWS.iloc[[data.draw(st.integers(0, 4))]].assign(
        payment_id="z", paid_at=moment + pd.Timedelta(seconds=wait), amount=999.0, kind=kind
    )
    seen = described(pd.concat([ROWS, more], ignore_index=True))
    earlier = ROWS.loc[ROWS["paid_at"] <= moment, "payment_id"].tolist()
    pd.testing.assert_frame_equal(seen.loc[earlier], features.loc[earlier])
