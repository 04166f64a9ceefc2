"""Ways of choosing an offer, tested on what was bought next -> which is better, a table of all."""

import math

import pandas as pd

from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH
from crm_helpers.page.numerals import money, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer
from crm_helpers.questions.cross_sell.phrases import WAYS, of_hundred, strongest_rows, two_places


def better(report: Report, test: pd.DataFrame, way: str) -> Section:
    """Which way picked more of what customers went on to buy.

    Parameters
    ----------
    report : Report
    test : DataFrame, one row per way
        From `offer_choice.offer_test`.
    way : str
        From `offer_choice.chosen_way`.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(answer(_better(test, way, report.currency)))


def _better(test: pd.DataFrame, way: str, currency: str) -> str:
    seen = test.set_index("chosen_by")
    if not seen["customers"].min():
        return "The source does not say who bought what when, so no way could be tested"
    both, plain = seen.loc[BOTH], seen.loc[BEST_SELLERS]
    if pd.isna(both["margin_per_customer"]):
        return "What products bring is not known: map unit_price, then the ways are compared"
    gain = both["margin_per_customer"] - plain["margin_per_customer"]
    noise = 1.96 * math.hypot(both["margin_error"], plain["margin_error"])
    amount = money(100 * abs(gain), currency, 2)
    if abs(gain) <= noise:
        return f"No clear winner: {amount} between them per 100 customers is within noise"
    if way == BOTH:
        return f"Rules with best-sellers picked {amount} more per 100 customers than best-sellers"
    return (
        f"Best-sellers alone picked {amount} more per 100 customers than rules do, so the list "
        "offers best-sellers"
    )


def picked(report: Report, test: pd.DataFrame) -> Section:
    """What customers bought, unasked, of what each way had picked for them.

    Parameters
    ----------
    report : Report
    test : DataFrame, one row per way

    Returns
    -------
    Section
        data : one row per way that picked something, columns way, customers, hit_share,
        margin_per_100 (currency); words alone where no way did
    """
    columns = {
        "way": "Offer picked by",
        "customers": ("Customers", number),
        "hit_share": ("bought it, of 100", of_hundred),
        "margin_per_100": (f"margin per 100 customers, {report.currency}", two_places),
    }
    seen = test[test["customers"] > 0]
    told = seen.assign(
        way=seen["chosen_by"].map(WAYS), margin_per_100=100 * seen["margin_per_customer"]
    )
    otherwise = "Customers and dates are needed for this."
    return Section.of(strongest_rows(told[list(columns)], columns, otherwise=otherwise))
