"""Sales of all order lines -> the totals that every report rests on."""

import pandas as pd

from crm_helpers.features.totals import sales_totals
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import Html, answer, note, table
from crm_helpers.tables.needs import unmet_needs

SALES = (
    "gross_sales",
    "known_customer_sales",
    "guest_sales",
    "returns_value",
    "known_returns_value",
    "net_sales",
)


def sales_so_far(report: Report) -> pd.Series:
    """Totals of the order lines up to the day of the report; empty without transactions.

    Returns
    -------
    Series, indexed by name
        [customers_with_sales], and where there are prices gross_sales, known_customer_sales,
        guest_sales, returns_value, known_returns_value, net_sales, in currency
    """
    if unmet_needs([{"transactions": ["order_id"]}], report.tables):
        return pd.Series(dtype=float)
    return report.features(sales_totals).iloc[0]


def sold(report: Report, totals: pd.Series) -> Section:
    """Net sales, and how many customers they come from.

    Parameters
    ----------
    report : Report
    totals : Series
        From `sales_so_far`.

    Returns
    -------
    Section
        data : one row per total, columns what, amount; words alone without prices;
        findings : customers_with_sales and the totals, where the source has them
    """
    amounts = {name: round(float(totals[name]), 4) for name in SALES if name in totals}
    buyers = int(totals["customers_with_sales"]) if "customers_with_sales" in totals else None
    said = Section.of(answer(_sold(report, amounts, buyers)), _table(report, totals))
    if buyers is not None:
        said = said.finds("customers_with_sales", buyers, "customers")
    for name, amount in amounts.items():
        said = said.finds(name, amount, report.currency)
    return said


def _sold(report: Report, amounts: dict[str, float], buyers: int | None) -> str:
    if "net_sales" not in amounts:
        return "There are no prices, so no sales can be stated"
    told = f"{report.money(amounts['net_sales'])} net sales"
    if buyers is not None:
        told += f", from {number(buyers)} known customers"
    guests = amounts["guest_sales"] / (amounts["gross_sales"] or 1)
    return f"{told} and guests, who bring {percent(guests)} of the sales" if guests else told


def _table(report: Report, totals: pd.Series) -> Html:
    shown = [name for name in SALES if name in totals]
    if not shown:
        return note("Map unit_price to state sales.")
    labels = [name.replace("_", " ").capitalize() for name in shown]
    amounts = [float(totals[name]) for name in shown]
    frame = pd.DataFrame({"what": labels, "amount": amounts})
    return table(frame, {"what": "What", "amount": ("Amount", report.money)})
