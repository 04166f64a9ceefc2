"""Ten customers of a shop, their two days, and a report on them."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.features.data_span import TwoDays
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
    made = Report("segmentation", SimpleNamespace(source=source), {"as_of": dt.date(2026, 9, 30)})
    made.frames = {}
    monkeypatch.setattr(made, "features", lambda function, **_: made.frames[function.__name__])
    return made


@pytest.fixture
def customers():
    """Ten customers, from the one who ordered today to the one asleep for longest."""
    orders = [9, 8, 7, 1, 1, 5, 2, 1, 1, 1]
    sums = [900.0, 800.0, 700.0, 50, 50, 300, 60, 40, 50, 50]
    return pd.DataFrame(
        {
            "customer_id": list("abcdefghij"),
            "recency_days": range(0, 200, 20),
            "frequency_orders": orders,
            "tenure_days": [300] * 10,
            "monetary_mean": [s / n for s, n in zip(sums, orders, strict=True)],
            "revenue_sum": sums,
            "returns_sum": 0.0,
            "net_revenue_sum": sums,
        }
    )
