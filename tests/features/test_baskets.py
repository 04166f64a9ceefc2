"""Baskets from order lines: what is in, what is out, with and without dates."""

import datetime as dt

import ibis
import pandas as pd
import pytest
from tiny_tables import AS_OF, TINY

from crm_helpers.features.baskets import basket_lines, product_lines
from crm_helpers.features.compute import compute


def baskets(**parameters: object) -> pd.DataFrame:
    tables = {"transactions": TINY["transactions"].table()}
    return compute(basket_lines, tables, {"as_of": AS_OF, "observation_days": 365, **parameters})


def test_returns_postage_and_later_orders_are_in_no_basket():
    found = baskets()
    assert found[["order_id", "product_id"]].to_records(index=False).tolist() == [
        ("1", "p"),
        ("2", "p"),
        ("2", "q"),
        ("3", "q"),
        ("4", "p"),
        ("6", "r"),
        ("8", "q"),
        ("9", "q"),
        ("9", "r"),
    ]


def test_a_product_counts_once_per_order():
    lines = ibis.memtable({"order_id": ["1", "1", "1"], "product_id": ["p", "p", "q"]})
    assert basket_lines(lines, as_of=AS_OF).count().execute() == 2


def test_orders_of_the_last_days_are_marked_as_later():
    found = baskets(later_days=21).set_index("order_id")["is_later"]
    assert set(found[found].index) == {"3", "9"}


def test_quarters_are_those_of_the_calendar():
    quarters = baskets().drop_duplicates("order_id").set_index("order_id")["quarter"]
    assert (quarters["1"], quarters["4"], quarters["3"]) == ("2024Q1", "2024Q2", "2024Q2")


def test_what_was_sold_on_promotion_is_marked():
    found = baskets().set_index(["order_id", "product_id"])["is_promoted"]
    assert found[found].index.tolist() == [("2", "q")]


def test_a_table_of_orders_and_products_alone_has_baskets():
    lines = ibis.memtable({"order_id": ["2", "1"], "product_id": ["milk", "cream cheese "]})
    found = basket_lines(lines, as_of=AS_OF).to_pandas()
    assert found.to_dict("list") == {
        "order_id": ["1", "2"],
        "product_id": ["cream cheese ", "milk"],
    }


def test_lines_without_order_or_product_are_left_out():
    lines = ibis.memtable(
        {"order_id": ["1", None, "2"], "product_id": [None, "q", "r"]},
        schema=ibis.schema({"order_id": "string", "product_id": "string"}),
    )
    assert product_lines(lines).count().execute() == 1


def test_flags_and_names_of_promotions_are_both_understood():
    day = dt.datetime(2024, 6, 1)
    lines = ibis.memtable(
        {
            "order_id": ["1", "2"],
            "product_id": ["p", "p"],
            "ordered_at": [day, day],
            "promotion": [True, False],
        }
    )
    named = lines.mutate(promotion=lines["promotion"].ifelse("spring sale", "none"))
    for table in (lines, named):
        assert basket_lines(table, as_of=AS_OF).to_pandas()["is_promoted"].tolist() == [True, False]


PRODUCTS = ibis.memtable(
    {"product_id": ["p", "q", "r"], "category": ["dairy", "dairy", None], "brand": [1, 2, 2]}
)


def at(level: str) -> list[tuple]:
    lines = ibis.memtable({"order_id": ["1", "1", "2", "2"], "product_id": ["p", "q", "q", "r"]})
    found = basket_lines(lines, PRODUCTS, as_of=AS_OF, level=level)
    return found.to_pandas().to_records(index=False).tolist()


def test_baskets_hold_categories_once_each_and_leave_out_what_has_none():
    assert at("product") == [("1", "p"), ("1", "q"), ("2", "q"), ("2", "r")]
    assert at("category") == [("1", "dairy"), ("2", "dairy")]


def test_baskets_hold_any_attribute_of_products_or_of_lines():
    assert at("brand") == [("1", "1"), ("1", "2"), ("2", "2")]
    lines = ibis.memtable({"order_id": ["1"], "product_id": ["p"], "shelf": ["left"]})
    found = basket_lines(lines, as_of=AS_OF, level="shelf").to_pandas()
    assert found["product_id"].tolist() == ["left"]


def test_a_level_that_no_table_has_is_refused_with_those_there_are():
    with pytest.raises(
        ValueError,
        match="level: 'categry' is no column of products; found product, category, brand",
    ):
        at("categry")
