"""The tables of the full company tell one story, dirt aside."""

import pandas as pd
import pytest

LAST = pd.Timestamp("2026-10-01")


def joined(company) -> pd.Series:
    people = company["customers"].set_index("customer_id")
    return pd.to_datetime(people["joined_on"])


def test_orders_start_after_joining(clean):
    orders = clean.sales().groupby("customer_id")["ordered_at"].min()
    assert (orders.dt.normalize() >= joined(clean).loc[orders.index]).all()
    assert (clean["transactions"]["ordered_at"] < LAST).all()


def test_members_applicants_and_contacted_have_joined_before(clean):
    since = joined(clean)
    for table, column in (
        ("subscriptions", "started_on"),
        ("applications", "applied_on"),
        ("contacts", "contacted_at"),
        ("feedback", "given_at"),
    ):
        frame = clean[table].dropna(subset=["customer_id", column])
        dates = pd.to_datetime(frame[column])
        assert (dates >= since.loc[frame["customer_id"]].to_numpy()).all(), table


def test_credit_comes_after_application(clean):
    frame = clean["applications"]
    decided, known = frame["decided_on"].dropna(), frame["outcome_known_on"].dropna()
    assert (decided >= frame.loc[decided.index, "applied_on"]).all()
    assert (known > frame.loc[known.index, "decided_on"]).all()
    assert frame["applied_on"].max() < LAST.date()


def test_a_review_follows_an_order_of_its_product(clean):
    reviews = clean["feedback"].query("collected_by == 'review'")
    sales = clean.sales()[["customer_id", "product_id", "ordered_at"]]
    both = reviews.merge(sales, on=["customer_id", "product_id"])
    both = both[both["ordered_at"] < both["given_at"]]
    assert both["feedback_id"].nunique() == len(reviews)


def test_every_order_has_one_payment_of_its_value(clean):
    lines = clean["transactions"]
    lines = lines[lines["quantity"] > 0]
    value = (lines["quantity"] * lines["unit_price"]).groupby(lines["order_id"]).sum()
    honest = clean["payments"][
        ~clean["payments"]["payment_id"].isin(clean["truth_payments"]["payment_id"])
    ]
    paid = honest[honest["kind"] == "payment"]
    assert len(paid) == len(value)
    assert paid["amount"].sum() == pytest.approx(value.sum(), rel=1e-9)


def test_contracts_end_after_their_start_with_a_reason(clean):
    frame = clean["subscriptions"]
    ended = frame["ended_on"].notna()
    assert (frame.loc[ended, "ended_on"] >= frame.loc[ended, "started_on"]).all()
    assert (frame["end_reason"].notna() == ended).all()
    assert set(frame["plan"]) == {"basic", "plus", "family"}


def test_keys_are_unique_and_refer_to_rows_that_exist(clean):
    keys = {
        "customers": "customer_id",
        "products": "product_id",
        "leads": "lead_id",
        "feedback": "feedback_id",
        "applications": "application_id",
        "payments": "payment_id",
    }
    for table, key in keys.items():
        assert clean[table][key].is_unique, table
        assert clean[table][key].notna().all(), table
    people, products = set(clean["customers"]["customer_id"]), set(clean["products"]["product_id"])
    for table in ("transactions", "subscriptions", "leads", "contacts", "feedback", "payments"):
        assert set(clean[table]["customer_id"].dropna()) <= people, table
    assert set(clean["visits"]["item_id"]) | set(clean["transactions"]["product_id"]) <= products
    assert set(clean["contacts"]["lead_id"].dropna()) <= set(clean["leads"]["lead_id"])


def test_the_untouched_cohort_has_no_campaign_no_membership_and_no_promotion(clean):
    truth = clean["truth_customers"]
    untouched = set(truth.loc[truth["is_untouched"], "customer_id"])
    assert len(untouched) / len(truth) == pytest.approx(0.15, abs=0.03)
    assert not clean["contacts"]["customer_id"].isin(untouched).any()
    assert not clean["subscriptions"]["customer_id"].isin(untouched).any()
    promoted = clean["transactions"].dropna(subset=["promotion"])
    assert not promoted["customer_id"].isin(untouched).any()


def test_guests_order_without_an_account(clean):
    orders = clean["transactions"].drop_duplicates("order_id")
    assert 0.01 < orders["customer_id"].isna().mean() < 0.05


def test_a_truth_stands_beside_every_row_that_has_one(clean):
    for table, key in (
        ("customers", "customer_id"),
        ("leads", "lead_id"),
        ("applications", "application_id"),
        ("subscriptions", "customer_id"),
    ):
        assert (clean[table][key] == clean[f"truth_{table}"][key]).all(), table
    contacts = ["person_id", "campaign"]
    assert (clean["contacts"][contacts] == clean["truth_contacts"][contacts]).all().all()
