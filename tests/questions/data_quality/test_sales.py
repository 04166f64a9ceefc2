import pandas as pd
import pytest

from crm_helpers.questions.data_quality import sales

TOTALS = pd.Series(
    {
        "customers_with_sales": 12,
        "gross_sales": 1000.0,
        "known_customer_sales": 750.0,
        "guest_sales": 250.0,
        "returns_value": -100.00004,
        "known_returns_value": -50.0,
        "net_sales": 899.99996,
    }
)


def plain(text):
    return text.replace("\u00a0", " ")


def test_net_sales_and_customers_are_told(report):
    assert plain(sales.sold(report, TOTALS).says) == (
        "900 EUR net sales, from 12 known customers and guests, who bring 25 % of the sales"
    )


def test_totals_are_found_to_four_places_in_the_currency(report):
    found = sales.sold(report, TOTALS).findings
    assert list(found) == ["customers_with_sales", *sales.SALES]
    assert found["net_sales"] == {"value": 900.0, "unit": "EUR"}
    assert found["customers_with_sales"] == {"value": 12, "unit": "customers"}


def test_totals_are_shown_as_they_were_computed(report):
    shown = sales.sold(report, TOTALS).data.set_index("what")["amount"]
    assert shown["Net sales"] == pytest.approx(899.99996, rel=1e-12)


def test_sales_without_guests_name_none(report):
    none = sales.sold(report, TOTALS.replace(250.0, 0.0))
    assert none.says.endswith("from 12 known customers")


def test_sales_without_prices_say_so(report):
    said = sales.sold(report, pd.Series({"customers_with_sales": 12}))
    assert said.says == "There are no prices, so no sales can be stated"
    assert list(said.findings) == ["customers_with_sales"]


def test_a_source_without_transactions_has_no_totals(report):
    totals = sales.sales_so_far(report)
    assert totals.empty
    assert dict(sales.sold(report, totals).findings) == {}
