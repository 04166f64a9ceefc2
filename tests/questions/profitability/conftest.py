"""Ten customers of a shop, their profit, and a report on them."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.features.data_span import TwoDays
from crm_helpers.measures.value.profit_basis import profit_basis
from crm_helpers.page.report import Report


@pytest.fixture
def days():
    """Two days, 90 days apart, that both look back for 214 of the 365 days asked for."""
    return TwoDays(dt.date(2026, 7, 2), dt.date(2026, 9, 30), 214, 90, 365)


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Report of a shop in EUR; what its features give stands in ``report.frames``."""
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path))
    source = SimpleNamespace(name="shop", title="Shop", currency="EUR")
    made = Report("profitability", SimpleNamespace(source=source), {"as_of": dt.date(2026, 9, 30)})
    made.frames = {"data_span": pd.DataFrame({"days_of_data": [304]})}
    monkeypatch.setattr(made, "features", lambda function, **_: made.frames[function.__name__])
    return made


@pytest.fixture
def values():
    """Ten customers: the best two bring 800 of 1,000 EUR of margin, one sent everything back."""
    margin = [500.0, 300.0, 80.0, 60.0, 50.0, 40.0, 30.0, 10.0, 0.0, -70.0]
    return pd.DataFrame(
        {
            "customer_id": list("abcdefghij"),
            "frequency_orders": [9, 7, 4, 3, 3, 2, 2, 1, 1, 0],
            "revenue_sum": [2 * max(one, 0.0) for one in margin],
            "returns_sum": [0.0] * 9 + [-140.0],
            "net_revenue_sum": [2 * one for one in margin],
            "margin_sum": margin,
            "sales_margin_sum": [max(one, 0.0) for one in margin],
            "uncosted_revenue_sum": 0.0,
        }
    )


@pytest.fixture
def earned(values):
    """Margin of the ten customers."""
    return profit_basis(values)
