"""What a customer is worth: groups by what they brought -> one row each."""

import pandas as pd

from crm_helpers.measures.value.profit_basis import ProfitBasis
from crm_helpers.measures.value.value_groups import GOLDEN, LOWER_HALF
from crm_helpers.page.numerals import money, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section
from crm_helpers.page.words import table
from crm_helpers.questions.profitability.phrases import group_in_words


def customer_worth(
    report: Report,
    groups: pd.DataFrame,
    earned: ProfitBasis,
    *,
    golden_share: float,
    min_group: int,
) -> Section:
    """What the golden, the next, the lower and the loss-making customers bring.

    Parameters
    ----------
    report : Report
    groups : DataFrame, one row per group
        As `measures.value.value_groups.value_groups` gives them.
    earned : ProfitBasis
    golden_share : float
        Share of customers called golden.
    min_group : int
        Groups with fewer customers are not shown.

    Returns
    -------
    Section
        says : profit of a golden customer beside one of the lower half
        data : one row per group shown, columns value_group (code), named (in words), customers,
        profit, profit_share, profit_mean (currency per customer), orders_mean, returned_share
        findings : golden_customers
    """
    shown = groups[groups["customers"] >= min_group]
    names = [group_in_words(group, golden_share) for group in shown["value_group"]]
    shown = shown.assign(named=names)
    columns = {
        "named": "Customers",
        "customers": ("Number", number),
        "profit": (f"{earned.basis.capitalize()}, {report.currency}", number),
        "profit_share": (f"Share of {earned.basis}", percent),
        "profit_mean": (f"{report.currency} per customer", number),
        "orders_mean": ("Orders each", "{:.1f}".format),
        "returned_share": ("Sent back, of sales", percent),
    }
    found = section(worth_answer(shown, report.currency), table(shown, columns))
    golden = int(groups.loc[groups["value_group"] == GOLDEN, "customers"].sum())
    return found.finds("golden_customers", golden, unit="customers", n=len(earned.profit))


def worth_answer(groups: pd.DataFrame, currency: str) -> str:
    """What a golden customer brings, and one of the lower half, as far as they are shown."""
    golden = groups[groups["value_group"] == GOLDEN]["profit_mean"]
    lower = groups[groups["value_group"] == LOWER_HALF]["profit_mean"]
    if golden.empty:
        return "The golden customers are too few to be shown as a group"
    answer = f"A golden customer brings {money(golden.iloc[0], currency)}"
    if lower.empty:
        return answer
    return f"{answer}, one of the lower half {money(lower.iloc[0], currency)}"
