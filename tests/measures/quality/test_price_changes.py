import pandas as pd
import pytest

from crm_helpers.measures.quality.price_changes import price_changes


def prices(change, products=6, category="tea"):
    then = pd.Series(range(1, products + 1), dtype=float)
    return pd.DataFrame({"category": category, "price_then": then, "price_now": then * change})


def test_prices_that_stay_are_no_change():
    assert price_changes(prices(1.0)).empty


def test_a_category_that_got_dearer_is_told_with_its_products():
    found = price_changes(pd.concat([prices(1.2), prices(1.01, category="toys")]))
    assert found["group"].tolist() == ["tea"]
    assert found["products"].tolist() == [6]
    assert found["change"].item() == pytest.approx(0.2, rel=1e-9)


def test_four_products_are_too_few_to_speak_of_a_category():
    assert price_changes(prices(1.2, products=4)).empty


def test_prices_that_move_both_ways_are_no_new_price():
    both = pd.concat([prices(1.3, products=6), prices(0.7, products=5)])
    assert price_changes(both).empty
