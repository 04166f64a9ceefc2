import pytest
from tiny_tables import AS_OF, TINY

from crm_helpers.features.compute import compute
from crm_helpers.features.predictors import customer_predictors


@pytest.fixture
def rows():
    tables = {name: TINY[name].table() for name in ("transactions", "products")}
    found = compute(customer_predictors, tables, {"as_of": AS_OF, "observation_days": 365})
    return found.set_index("customer_id")


def test_rhythm_of_a_customer(rows):
    # a ordered on 15 January, 15 March (60 days later) and 30 June (107 days later).
    assert rows.loc["a", "recency_days"] == 0
    assert rows.loc["a", "gap_median_days"] == 83.5
    assert rows.loc["a", "gap_last_days"] == 107
    assert rows.loc["a", "frequency_orders"] == 3


def test_one_order_has_no_rhythm(rows):
    assert rows["gap_median_days"].isna()[["b", "c", "d"]].tolist() == [True, False, True]
    assert rows["overdue_ratio"].isna()["b"]


def test_breadth_promotion_and_returns(rows):
    assert rows.loc["a", "products_count"] == 2
    assert rows.loc["a", "categories_count"] == 2
    assert rows.loc["a", "promotion_share"] == pytest.approx(1 / 4)
    assert rows.loc["b", "returns_share"] == pytest.approx(30 / 30)


def test_money_is_the_window_s_sales(rows):
    assert rows.loc["a", "revenue_sum"] == 90
    assert rows.loc["a", "monetary_mean"] == 30
    assert rows.loc["b", "margin_sum"] == 0


def test_guests_are_no_customers(rows):
    assert rows.index.tolist() == ["a", "b", "c", "d"]


def test_without_last_year_the_season_is_the_length_of_the_days():
    tables = {"transactions": TINY["transactions"].table()}
    found = compute(
        customer_predictors, tables, {"as_of": AS_OF, "observation_days": 120, "coming_days": 60}
    ).set_index("customer_id")
    # c: first order 41 days ago, two orders in 42 days, at 60 days to come.
    assert found.loc["c", "expected_orders"] == pytest.approx(2 * 60 / 42)


def test_prices_and_products_may_be_absent():
    bare = TINY["transactions"].table().drop("revenue", "margin", "promotion")
    found = customer_predictors(bare, as_of=AS_OF).to_pandas()
    assert "revenue_sum" not in found
    assert found["frequency_orders"].tolist() == [3, 1, 2, 1]
