"""Whether first digits tell anything: amounts of payments -> Benford's law beside them."""

import pandas as pd

from crm_helpers.measures.fraud.benford import benford_applies, benford_distance, first_digits
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.tables.needs import Skip


@unless_absent
def digits(rows: pd.DataFrame) -> Section:
    """Whether first digits of amounts can tell anything here.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        With amount.

    Returns
    -------
    Section
        data : one row per digit, columns digit, digit_share, benford_share; words alone where
        the law does not apply
    """
    if "amount" not in rows:
        raise Skip("the payments have no amounts.")
    distance = benford_distance(rows["amount"])
    if not benford_applies(rows["amount"]):
        beside = (
            f"Mean distance from Benford's law {number(distance, 4)} (it applies below 0.015, "
            "to amounts that span two orders of magnitude). No payment is judged by its digits."
        )
        said = "First digits tell nothing here: the honest amounts do not follow the law"
        return Section.of(answer(said), note(beside))
    columns = {
        "digit": "First digit",
        "digit_share": ("Found", lambda one: percent(one, 1)),
        "benford_share": ("By the law", lambda one: percent(one, 1)),
    }
    says = f"The amounts follow Benford's law (mean distance {number(distance, 4)})"
    shown = table(first_digits(rows["amount"]), columns)
    return section(says, shown, "It tells of whole groups, never of one payment.")
