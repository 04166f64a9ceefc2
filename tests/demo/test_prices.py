import numpy as np
import pandas as pd
import pytest


def margins(company) -> pd.DataFrame:
    """Lines with price over cost, relative to the usual of the product."""
    lines = company["transactions"].merge(
        company["products"][["product_id", "category"]], on="product_id"
    )
    # Cents round small prices, so only lines above one euro can show a change of some percent.
    lines = lines[(lines["unit_price"] > 1) & (lines["quantity"] > 0)]
    ratio = lines["unit_price"] / lines["unit_cost"]
    return lines.assign(ratio=ratio / ratio.groupby(lines["product_id"]).transform("median"))


def test_two_categories_get_dearer_on_one_day(twin):
    company = twin("price_change")
    prices = company.truth["prices"]
    lines = margins(company)
    after = lines["ordered_at"] >= prices["price_change_on"]
    changed = lines["category"].isin(prices["price_change_categories"])
    rise = lines[changed & after]["ratio"].median() / lines[changed & ~after]["ratio"].median()
    others = lines[~changed & after]["ratio"].median() / lines[~changed & ~after]["ratio"].median()
    assert rise == pytest.approx(1 + prices["price_change"], rel=0.01)
    assert others == pytest.approx(1, rel=0.002)


def test_prices_and_costs_rise_with_inflation(twin):
    plain, dearer = twin()["transactions"], twin("inflation")["transactions"]
    assert len(plain) == len(dearer)
    year = dearer["ordered_at"].dt.year
    rate = twin("inflation").truth["prices"]["inflation_per_year"]
    for column in ("unit_price", "unit_cost"):
        ratio = dearer[column].sum() / plain[column].sum()
        expected = (plain[column] * (1 + rate) ** (year - 2023)).sum() / plain[column].sum()
        assert ratio == pytest.approx(expected, rel=1e-3)


def test_order_values_are_met_but_for_the_rounding_of_cents(twin):
    company = twin()
    paid = company["payments"]
    truth = company["truth_customers"].set_index("customer_id")["mean_order_value"]
    per_customer = paid.groupby("customer_id")["amount"].agg(["mean", "size"])
    ratio = per_customer["mean"] / truth.loc[per_customer.index]
    z = (ratio - 1) * np.sqrt(per_customer["size"] * company.truth["laws"]["spend_shape"])
    assert abs(z.mean()) < 4 / np.sqrt(len(z))
    assert z.std() == pytest.approx(1, abs=0.1)


def test_promotions_take_the_planted_discount_off(twin):
    company = twin("promotions")
    lines = margins(company)
    promoted = lines[lines["promotion"].notna()]
    discount = 1 - promoted.groupby("promotion")["ratio"].median()
    planted = np.array(company.truth["prices"]["promotion_discounts"])
    nearest = np.abs(discount.to_numpy()[:, None] - planted).min(axis=1)
    assert len(discount) == 17
    assert nearest.max() < 0.02


def test_some_lines_come_back_within_a_month(twin):
    company = twin("type_change", "returns")
    lines = company["transactions"]
    back = lines[lines["quantity"] < 0]
    sold = lines[lines["quantity"] > 0]
    early = sold[sold["ordered_at"] < "2026-08-30"]
    share = (back["ordered_at"] < "2026-09-30").sum() / len(sold)
    assert share == pytest.approx(company.truth["prices"]["return_share"], rel=0.1)
    assert len(early) > 0
    original = sold.set_index(["order_id", "product_id"])["quantity"]
    keys = pd.MultiIndex.from_arrays([back["order_id"].str.replace("R", "O"), back["product_id"]])
    assert (original.loc[keys].to_numpy() == -back["quantity"].to_numpy()).all()


def test_a_few_products_lose_money(twin):
    company = twin()
    lines = company["transactions"]
    ratio = (lines["unit_price"] / lines["unit_cost"]).groupby(lines["product_id"]).median()
    assert (ratio < 1).sum() == 6
