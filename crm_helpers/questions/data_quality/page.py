"""What the data quality report finds: checks and a report -> findings and words."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.features.product_prices import product_prices
from crm_helpers.features.totals import sales_totals
from crm_helpers.measures.quality.price_changes import price_changes
from crm_helpers.tables.needs import unmet_needs
from crm_helpers.tables.periods import dating_column

ROW_COUNTS = ("rows_read", "rows_excluded", "rows_set_aside", "rows_used")
SALES = (
    "gross_sales",
    "known_customer_sales",
    "guest_sales",
    "returns_value",
    "known_returns_value",
    "net_sales",
)
KINDS = {
    "empty": "empty_id_rows",
    "future date": "future_date_rows",
    "out of range": "out_of_range_rows",
    "off the scale": "off_scale_rows",
    "dates out of order": "dates_out_of_order_rows",
    "key twice": "repeated_key_rows",
    "orphan": "orphan_rows",
    "line twice": "repeated_lines",
    "likely duplicate": "likely_duplicate_pairs",
    "trial account": "trial_account_rows",
    "missing day": "missing_days",
    "missing together": "missing_together_rows",
    "late row": "late_rows",
    "gone missing": "gone_missing_rows",
    "another meaning": "another_meaning_rows",
    "leak": "leak_alarms",
}

KEY_FIGURES = {
    "rows_used_share": "Rows that can be used",
    "serious_defects": "Serious defects",
    "minor_defects": "Minor defects",
    "business_changes": "Changes of the business",
}


def find_row_counts(report: Any) -> pd.Series:
    """Keep how many rows were read, excluded, set aside and used; the same over all tables."""
    counts = report.tables.counts.set_index("table")
    for name in counts.index.intersection(["transactions"]):
        for part in ROW_COUNTS:
            report.find(f"{name}_{part}", int(counts.at[name, part]), unit="rows")
    total = counts[list(ROW_COUNTS)].sum()
    report.find("rows_read", int(total["rows_read"]), unit="rows")
    report.find("rows_used_share", total["rows_used"] / total["rows_read"], unit="share")
    return total


def find_sales(report: Any) -> pd.DataFrame:
    """Keep the sales that every report rests on; a table of them, empty without prices."""
    if unmet_needs([{"transactions": ["order_id"]}], report.tables):
        return pd.DataFrame(columns=["what", "amount"])
    totals = report.features(sales_totals).iloc[0]
    if "customers_with_sales" in totals:
        report.find("customers_with_sales", int(totals["customers_with_sales"]), unit="customers")
    money = [name for name in SALES if name in totals]
    for name in money:
        report.find(name, round(float(totals[name]), 4), unit=report.currency)
    labels = [name.replace("_", " ").capitalize() for name in money]
    return pd.DataFrame({"what": labels, "amount": [float(totals[name]) for name in money]})


def lapsed_customers(report: Any) -> pd.DataFrame:
    """Who lapsed in the outcome window that ends on as_of; empty without customers and dates."""
    needs = [{"transactions": ["customer_id", "ordered_at"], "customers": ["customer_id"]}]
    if unmet_needs(needs, report.tables):
        return pd.DataFrame(columns=["customer_id", "lapsed"])
    origin = report.as_of - dt.timedelta(days=report.p.outcome_days)
    return report.features(lapse_labels, as_of=origin)


def new_prices(report: Any) -> pd.DataFrame:
    """Categories with a new price this quarter; empty without prices and dates."""
    needs = [{"transactions": ["product_id", "ordered_at", "unit_price"]}]
    if unmet_needs(needs, report.tables):
        return pd.DataFrame(columns=["group", "products", "change"])
    return price_changes(report.features(product_prices))


def find_defects(report: Any, defects: pd.DataFrame) -> None:
    """Keep the number of defects by severity, and the rows of each kind that was found."""
    for severity in ("serious", "minor"):
        report.find(f"{severity}_defects", int((defects["severity"] == severity).sum()))
    report.find("stopping_defects", int((defects["severity"] == "stops reports").sum()))
    rows = defects.groupby("kind")["rows"].sum()
    for kind, name in KINDS.items():
        counted_as = int((defects["kind"] == kind).sum()) if kind == "leak" else rows.get(kind, 0)
        report.find(name, int(counted_as))


def dated_tables(tables: Mapping[str, Any]) -> list[str]:
    """Tables whose rows are dated events; a customer's attributes are as of today."""
    return [n for n, table in tables.items() if n != "customers" and dating_column(n, table)]
