import numpy as np
import pandas as pd
import pytest

PATTERNS = ("stolen card", "account takeover", "refund abuse", "collusion", "account ring")


@pytest.fixture(scope="module")
def payments(company):
    frame = company["payments"].merge(company["truth_payments"], on="payment_id", how="left")
    return frame.assign(pattern=frame["pattern"].fillna(""))


def test_each_pattern_is_there_with_its_stated_count(company, payments):
    counts = payments["pattern"].value_counts().drop("").to_dict()
    assert counts == company.truth["fraud"]["payments"]
    assert set(counts) == set(PATTERNS)
    assert 0.005 < (payments["pattern"] != "").mean() < 0.012


def test_labels_are_true_and_known_only_for_the_examined(payments):
    known = payments["is_fraud"].notna()
    assert (payments["labelled_on"].notna() == known).all()
    truth = payments.loc[known, "pattern"] != ""
    assert (payments.loc[known, "is_fraud"].astype(bool) == truth).all()
    assert (pd.to_datetime(payments["labelled_on"]) > payments["paid_at"])[known].all()
    assert 0.01 < known.mean() < 0.05


def test_one_percent_is_audited_at_random(payments):
    share = payments["sampled_at_random"].mean()
    assert abs(share - 0.01) < 4 * np.sqrt(0.01 / len(payments))
    old = payments[payments["sampled_at_random"] & (payments["paid_at"] < "2026-08-01")]
    assert old["is_fraud"].notna().all()
    rate = (old["pattern"] != "").mean()
    assert abs(rate - (payments["pattern"] != "").mean()) < 4 * np.sqrt(0.01 / len(old))


def test_collusion_is_labelled_by_the_audit_alone(payments):
    ring = payments[payments["pattern"] == "collusion"]
    assert ring.loc[~ring["sampled_at_random"], "is_fraud"].isna().all()
    assert ring["shop_id"].unique().tolist() == ["S07"]
    assert ring["amount"].between(180, 200, inclusive="left").all()
    assert (ring["kind"] == "refund").all()


def test_collusion_stands_out_among_the_refunds_just_below_the_limit(payments):
    refunds = payments[payments["kind"] == "refund"]
    near = refunds[refunds["amount"].between(180, 200)]
    assert near["shop_id"].value_counts().idxmax() == "S07"


def test_stolen_cards_burst_on_one_device_within_two_hours(payments):
    burst = payments[payments["pattern"] == "stolen card"].groupby("card_id")
    assert (burst["device_id"].nunique() == 1).all()
    span = (burst["paid_at"].max() - burst["paid_at"].min()) / pd.Timedelta(hours=1)
    assert span.median() < 3
    assert burst.size().min() >= 3


def test_takeovers_pay_much_more_than_the_victim_usually_does(company, payments):
    taken = payments[payments["pattern"] == "account takeover"]
    usual = company["truth_customers"].set_index("customer_id")["mean_order_value"]
    ratio = taken["amount"] / usual.loc[taken["customer_id"]].to_numpy()
    assert ratio.median() == pytest.approx(4, rel=0.15)
    own = payments[(payments["pattern"] == "") & payments["device_id"].notna()]
    assert not taken["device_id"].isin(own["device_id"]).any()


def test_abusers_get_refund_after_refund(payments):
    abuse = payments[payments["pattern"] == "refund abuse"]
    assert (abuse["kind"] == "refund").all()
    assert abuse.groupby("customer_id").size().median() >= 4


def test_the_account_ring_shares_few_cards_and_devices_in_the_last_weeks(company, payments):
    planted, ring = company.truth["fraud"]["ACCOUNT_RING"], payments["pattern"] == "account ring"
    found = payments[ring]
    assert len(found) == planted["payments"]
    assert found["customer_id"].nunique() == planted["customers"]
    assert found["device_id"].nunique() == planted["devices"]
    assert found["card_id"].nunique() == planted["cards"]
    assert found["paid_at"].min() >= pd.Timestamp("2026-09-05")
    assert found["is_fraud"].isna().all()
    # Nobody else uses them, and its members paid before with cards of their own.
    assert not payments.loc[~ring, "device_id"].isin(found["device_id"]).any()
    assert not payments.loc[~ring, "card_id"].isin(found["card_id"]).any()


def test_the_account_ring_is_numbered_apart_so_that_no_other_payment_changes(payments):
    ring = payments["pattern"] == "account ring"
    others = payments.loc[~ring, "payment_id"].str[1:].astype(int)
    assert others.max() == len(others)


def test_without_the_layer_there_is_no_fraud(twin):
    assert len(twin()["truth_payments"]) == 0
    assert not twin()["payments"]["is_fraud"].dropna().astype(bool).any()
