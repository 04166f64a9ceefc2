"""Who may be grouped, who may be contacted: customers of a report -> rows allowed, and counts."""

import pandas as pd

from crm_helpers.features.consent import consent
from crm_helpers.page.numerals import counted
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent


def consents(report: Report) -> pd.DataFrame:
    """Consent of each customer; without rows where the source has no customers table.

    Returns
    -------
    DataFrame, one row per customer
        customer_id : str
        [may_contact], [may_profile] : bool, where the source asks
    """
    if "customers" not in report.tables:
        return pd.DataFrame({"customer_id": pd.Series(dtype="str")})
    return report.features(consent)


def who_may_be_grouped(rows: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    """Rows of those who may be profiled, sorted as before.

    Where the source asks, a customer without a usable row in its customers table is left out
    as well: a refusal may stand on the row that was set aside. Rows that name no customer, such
    as payments of guests, are nobody's profile and stay.
    """
    if "may_profile" not in agreed:
        return rows
    allowed = agreed.loc[agreed["may_profile"], "customer_id"]
    nobodys = rows["customer_id"].isna()
    return rows[nobodys | rows["customer_id"].isin(allowed)].reset_index(drop=True)


@unless_absent
def with_consent(candidates: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    """Candidates with may_contact, where the source asks for it; not known counts as no."""
    if "may_contact" not in agreed:
        return candidates
    given = agreed.set_index("customer_id")["may_contact"]
    allowed = candidates["customer_id"].map(given).eq(True)
    return candidates.assign(may_contact=allowed)


def refusals(before: pd.DataFrame, after: pd.DataFrame, what: str = "are in no segment") -> str:
    """Sentence on those left out because they refused to be profiled, or their row is unusable."""
    left_out = len(before) - len(after)
    if not left_out:
        return "Nobody was left out for having refused to be profiled."
    return (
        f"Refused to be profiled, or without a usable row that says so: "
        f"{counted(left_out, 'customer')}, who {what}."
    )


def not_listed(rows: pd.DataFrame, agreed: pd.DataFrame, key: str = "customer_id") -> int:
    """Count of customers whose consent nobody knows: they have no usable row of their own."""
    if "may_profile" not in agreed:
        return 0
    return int(rows.loc[~rows[key].isin(agreed["customer_id"]), key].nunique())
