"""Offers by rule: who has one side and not the other; hand-sized tables."""

import datetime as dt

import ibis
import pandas as pd
import pytest
from tiny_tables import AS_OF, TINY

from crm_helpers.features.offers import (
    best_offers,
    offer_outcomes,
    product_value,
    products_bought,
    products_bought_next,
    rule_offers,
)

RULES = pd.DataFrame(
    {
        "rule_id": [1, 2, -1],
        "antecedent_ids": [("p",), ("p", "t"), ()],
        "consequent_id": ["t", "s", "z"],
        "score": [0.2, 0.9, 0.2],
    }
)


@pytest.fixture
def bought():
    return ibis.memtable(
        {
            "customer_id": ["a", "a", "b", "c", "c", "c"],
            "product_id": ["p", "t", "p", "t", "s", "p"],
        }
    )


def rows(table: ibis.Table) -> list[tuple]:
    frame = table.to_pandas()
    return sorted(map(tuple, frame.to_numpy().tolist()))


def test_an_offer_fits_who_has_all_of_the_antecedent_and_not_the_consequent(bought):
    fits = rows(rule_offers(bought, RULES).select("customer_id", "rule_id"))
    assert fits == [("a", -1), ("a", 2), ("b", -1), ("b", 1), ("c", -1)]


def test_no_rules_fit_nobody(bought):
    assert rule_offers(bought, RULES.head(0)).count().execute() == 0


def test_each_customer_gets_the_rule_of_the_highest_score(bought):
    best = best_offers(rule_offers(bought, RULES), RULES, by="score")
    assert rows(best.select("customer_id", "rule_id")) == [("a", 2), ("b", -1), ("c", -1)]


def test_buyers_are_those_who_bought_the_consequent_next(bought):
    bought_next = ibis.memtable({"customer_id": ["b", "a", "c"], "product_id": ["t", "x", "z"]})
    seen = rows(offer_outcomes(rule_offers(bought, RULES), bought_next))
    assert seen == [(-1, 3, 1), (1, 1, 1), (2, 1, 0)]


def test_products_bought_leave_out_guests_returns_and_postage():
    table = TINY["transactions"].table()
    found = rows(products_bought(table, as_of=AS_OF, observation_days=365))
    assert found == [("a", "p"), ("a", "q"), ("b", "p"), ("c", "r"), ("d", "q"), ("d", "r")]


def test_products_bought_next_begin_the_day_after():
    table = TINY["transactions"].table()
    found = products_bought_next(table, as_of=AS_OF, outcome_days=30)
    assert rows(found) == [("b", "p")]


def test_a_source_without_customers_has_nobody_to_offer_to():
    table = ibis.memtable({"order_id": ["1"], "product_id": ["p"]})
    assert products_bought(table, as_of=AS_OF).count().execute() == 0
    assert products_bought_next(table, as_of=AS_OF).count().execute() == 0


def test_value_of_a_product_is_that_of_its_average_order():
    table = TINY["transactions"].table()
    known = product_value(table, as_of=AS_OF, observation_days=365).to_pandas()
    q = known.set_index("product_id").loc["q"]
    assert (q["order_count"], float(q["revenue_per_order"]), float(q["margin_per_order"])) == (
        4,
        37.5,
        12.5,
    )


def test_a_source_without_prices_has_products_without_value():
    table = ibis.memtable({"order_id": ["1"], "product_id": ["p"]})
    known = product_value(table, as_of=dt.date(2024, 1, 1)).to_pandas()
    assert known["order_count"].tolist() == [1]
    assert known[["revenue_per_order", "margin_per_order"]].isna().all(axis=None)


def test_the_margin_of_an_order_is_that_of_orders_whose_cost_is_known():
    lines = ibis.memtable(
        {
            "order_id": ["1", "2", "3"],
            "product_id": ["p", "p", "p"],
            "revenue": [10.0, 10.0, 10.0],
            "margin": [4.0, None, 6.0],
        }
    )
    (row,) = product_value(lines, as_of=dt.date(2024, 1, 1)).to_pandas().to_dict("records")
    assert (row["order_count"], row["margin_per_order"]) == (3, 5.0)


def test_the_value_of_a_category_is_that_of_its_orders():
    lines = ibis.memtable(
        {
            "order_id": ["1", "1", "2"],
            "product_id": ["p", "q", "p"],
            "revenue": [10.0, 20.0, 30.0],
        }
    )
    products = ibis.memtable({"product_id": ["p", "q"], "category": ["dairy", "dairy"]})
    found = product_value(lines, products, as_of=dt.date(2024, 1, 1), level="category")
    (row,) = found.to_pandas().to_dict("records")
    assert (row["product_id"], row["order_count"], row["revenue_per_order"]) == ("dairy", 2, 30.0)
