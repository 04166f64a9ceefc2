import pandas as pd
import pytest


def test_purchases_are_looked_at_before(twin):
    company = twin()
    visits, sales = company["visits"], company.sales()
    sales = sales[sales["ordered_at"] >= "2025-12-01"].drop_duplicates(
        ["customer_id", "product_id"]
    )
    visits = visits.rename(columns={"person_id": "customer_id", "item_id": "product_id"})
    both = sales.merge(visits, on=["customer_id", "product_id"], how="left")
    wait = (both["ordered_at"] - both["visited_at"]) / pd.Timedelta(days=1)
    before = (wait > 0) & (wait < 30)
    looked = before.groupby([both["customer_id"], both["product_id"]]).any().mean()
    assert looked == pytest.approx(company.truth["visits"]["VISITED_SHARE"], abs=0.04)


def test_visits_go_back_one_year_and_no_further(company):
    visited = company["visits"]["visited_at"]
    assert visited.min() >= pd.Timestamp("2025-10-01")
    assert visited.max() < pd.Timestamp("2026-10-01")


def test_many_visits_lead_to_nothing(company):
    visits = company["visits"].drop_duplicates(["person_id", "item_id"])
    bought = company.sales()[["customer_id", "product_id"]].drop_duplicates()
    both = visits.merge(
        bought, left_on=["person_id", "item_id"], right_on=["customer_id", "product_id"], how="left"
    )
    assert 0.2 < both["customer_id"].isna().mean() < 0.7
