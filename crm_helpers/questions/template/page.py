"""Page of the question to copy: what it found in three sentences, and how far to trust it."""

import pandas as pd

from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import note
from crm_helpers.questions.template.coming_back import once_share
from crm_helpers.tables.needs import Skip

FIGURES = {"customers_active": "Active customers", "again_share": "Came back"}


def trust(*, save_rate: float) -> Section:
    """What the money on the list rests on.

    Parameters
    ----------
    save_rate : float in [0, 1]

    Returns
    -------
    Section of words alone
    """
    return Section.of(
        note(
            f"The effect of asking ({percent(save_rate)} order because of it) is an assumption; "
            "the control group of the list will measure it."
        )
    )


def findings(rows: pd.DataFrame) -> dict[str, Finding]:
    """Findings that no section shows: customers_active.

    Parameters
    ----------
    rows : DataFrame, one row per customer

    Returns
    -------
    dict of name to finding

    Raises
    ------
    Skip
        If there are no customers: then there is no report.
    """
    if is_absent(rows):
        raise Skip(rows.reason)
    return {"customers_active": finding("customers_active", len(rows), unit="customers")}


def three_sentences(report: Report, rows: pd.DataFrame) -> tuple[str, str, str]:
    """What is so, what it means, what to do.

    Parameters
    ----------
    report : Report
        Whose list is written and whose findings are kept.
    rows : DataFrame, one row per customer

    Returns
    -------
    three sentences
    """
    share = report.findings["again_share"]["value"]
    once = percent(once_share(rows))
    return (
        f"{per_hundred(share, 'customers')} came back within a year.",
        f"{once} ordered once, and the second order makes a customer.",
        f"Ask the {number(report.decision['to_contact'])} customers of the list for it.",
    )
