import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.product_prices import product_prices

AS_OF = dt.date(2026, 9, 30)


def lines(*rows):
    frame = pd.DataFrame(
        rows, columns=["product_id", "day", "unit_price", "is_return", "is_product"]
    )
    frame["ordered_at"] = pd.to_datetime(frame.pop("day"))
    return ibis.memtable(frame)


def test_medians_of_this_quarter_and_the_last_stand_side_by_side():
    sold = lines(
        ("a", "2026-06-30", 1.0, False, True),
        ("a", "2026-07-01", 2.0, False, True),
        ("a", "2026-09-30", 4.0, False, True),
        ("a", "2026-03-31", 9.0, False, True),
        ("a", "2026-10-01", 9.0, False, True),
        ("a", "2026-09-01", 9.0, True, True),
    )
    found = product_prices(sold, as_of=AS_OF).to_pandas()
    assert found[["price_then", "price_now"]].iloc[0].tolist() == [1.0, 3.0]
    assert found["category"].tolist() == ["all products"]


def test_products_sold_in_one_quarter_only_are_left_out():
    sold = lines(("a", "2026-06-30", 1.0, False, True), ("b", "2026-07-01", 2.0, False, True))
    assert product_prices(sold, as_of=AS_OF).to_pandas().empty


def test_the_category_comes_from_the_products():
    sold = lines(("a", "2026-06-30", 1.0, False, True), ("a", "2026-07-01", 2.0, False, True))
    products = ibis.memtable(pd.DataFrame({"product_id": ["a"], "category": ["tea"]}))
    assert product_prices(sold, products, as_of=AS_OF).to_pandas()["category"].tolist() == ["tea"]
