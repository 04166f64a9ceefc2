"""Who costs money: customers with a loss and its reasons -> how many, how much, why."""

import pandas as pd

from crm_helpers.measures.value.profit_basis import ProfitBasis
from crm_helpers.page.numerals import counted, money, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section
from crm_helpers.page.words import Html, note, paragraph, table
from crm_helpers.questions.profitability.phrases import LOSSES


def costly_customers(
    report: Report, reasons: pd.DataFrame, earned: ProfitBasis, *, min_group: int
) -> Section:
    """Customers whose profit is below zero, by the reason that explains it.

    Parameters
    ----------
    report : Report
    reasons : DataFrame, one row per reason
        As `measures.forecasts.losses.loss_reasons` gives them.
    earned : ProfitBasis
        Profit of each customer.
    min_group : int
        Reasons with fewer customers are not shown.

    Returns
    -------
    Section
        says : how many cost money, and how much
        data : one row per reason shown, columns loss_reason, customers, loss (currency); words
        alone where none is shown
        findings : profit_total, loss_making_customers, loss_making_profit
    """
    profit, currency = earned.profit, report.currency
    lost = profit[profit < 0]
    says = loss_answer(reasons, profit, currency)
    found = section(says, losses_table(reasons, currency, min_group=min_group))
    found = found.finds("profit_total", profit.sum(), unit=currency, n=len(profit))
    found = found.finds("loss_making_customers", len(lost), unit="customers", n=len(profit))
    return found.finds("loss_making_profit", lost.sum(), unit=currency)


def loss_answer(reasons: pd.DataFrame, profit: pd.Series, currency: str) -> str:
    """How many customers cost money, and how much."""
    if reasons.empty:
        return "No customer cost money"
    lost, customers = -reasons["loss"].sum(), int(reasons["customers"].sum())
    return (
        f"{counted(customers, 'customer')} ({per_hundred(customers / len(profit))}) cost "
        f"{money(lost, currency)}, {percent(lost / profit.sum())} of the profit"
    )


def losses_table(reasons: pd.DataFrame, currency: str, *, min_group: int) -> Html:
    """Customers who cost money, by reason; small groups together."""
    if reasons.empty:
        return paragraph("In this window every customer brought something or nothing.")
    small = reasons["customers"] < min_group
    shown = reasons[~small]
    if shown.empty:
        return paragraph(f"No reason applies to {number(min_group)} customers or more.")
    hidden = note(f"Reasons with fewer than {number(min_group)} customers are not shown.")
    columns = {
        "loss_reason": "Why",
        "customers": ("Customers", number),
        "loss": (f"Loss, {currency}", number),
    }
    named = [LOSSES.get(reason, reason) for reason in shown["loss_reason"]]
    return table(shown.assign(loss_reason=named), columns) + (hidden if small.any() else Html(""))
