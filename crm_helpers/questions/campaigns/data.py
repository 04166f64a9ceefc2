"""Contacts of a report with what was known of each person: tables -> frames, consent respected."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features.consent import known_customers
from crm_helpers.features.contact_profiles import contact_profiles, customer_profiles
from crm_helpers.features.contacts import campaign_contacts
from crm_helpers.features.customer_value import customer_value
from crm_helpers.page.report import Report
from crm_helpers.page.sections import need
from crm_helpers.questions.consents import consents

KEY = ["person_id", "campaign"]


class ContactData:
    """Contacts and profiles of a report, of those who may be profiled.

    Attributes
    ----------
    report : Report
    refused : int
        Persons left out because they refused, or are customers without a usable row.
    """

    def __init__(self, report: Report) -> None:
        self.report, self.refused = report, 0

    @cached_property
    def agreed(self) -> pd.DataFrame:
        """Consent of each customer."""
        return consents(self.report)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """Everyone assigned in a campaign that is over; outcomes shuffled when asked for."""
        need(self.report.tables, contacts=["person_id", "campaign", "responded"])
        rows = self._allowed(self.report.features(campaign_contacts), count=True)
        if not self.report.parameters.get("shuffle_outcomes"):
            return rows
        # Within campaigns, so that only who did it is mixed, not how many.
        luck = np.random.default_rng(self.report.seed).uniform(size=len(rows))
        codes = pd.factorize(rows["campaign"])[0]
        to, order = np.argsort(codes, kind="stable"), np.lexsort([luck, codes])
        mixed = rows.copy()
        for name in [name for name in ("responded", "value") if name in rows]:
            mixed.loc[rows.index[to], name] = rows[name].to_numpy()[order]
        return mixed

    def profiles(self, **overrides: int) -> pd.DataFrame:
        """What was known of each person before each contact."""
        return self.report.features(contact_profiles, **overrides)

    def today(self, **overrides: int) -> pd.DataFrame:
        """What is known of each person now: of customers, else of those contacted before."""
        if "customers" in self.report.tables:
            return self._allowed(self.report.features(customer_profiles, **overrides))
        rows = self.profiles(**overrides)
        return rows.drop_duplicates("person_id", keep="last").reset_index(drop=True)

    @cached_property
    def margin_share(self) -> float:
        """Margin / revenue of the last year where cost is known, else the parameter."""
        tables = self.report.tables
        if "transactions" in tables and "margin" in tables["transactions"].columns:
            value = self.report.features(customer_value, observation_days=365)
            revenue = float(value["net_revenue_sum"].astype(float).sum())
            if revenue > 0:
                return float(value["margin_sum"].astype(float).sum()) / revenue
        return self.report.p.margin_share

    @cached_property
    def _without_consent(self) -> set[str]:
        """Customers who refused, and those whose row was set aside, with what they said."""
        known = self.report.features(known_customers)["customer_id"]
        refused = self.agreed.loc[~self.agreed["may_profile"], "customer_id"]
        return {*refused, *known[~known.isin(self.agreed["customer_id"])]}

    def _allowed(self, rows: pd.DataFrame, *, count: bool = False) -> pd.DataFrame:
        if "may_profile" not in self.agreed:
            return rows
        kept = ~rows["person_id"].isin(self._without_consent)
        if count:
            self.refused = int(rows.loc[~kept, "person_id"].nunique())
        return rows[kept].reset_index(drop=True)


def within_reach(
    now: pd.DataFrame, past: pd.DataFrame, column: str = "recency_days"
) -> pd.DataFrame:
    """Persons who are today like those contacted before: the same range of days since the order.

    Parameters
    ----------
    now, past : DataFrame, one row per person
    column : str
        Where it is missing in either, everybody is within reach.

    Returns
    -------
    DataFrame, the rows of `now` within the range
    """
    if column not in now or column not in past or past[column].isna().all():
        return now
    low, high = past[column].quantile([0.005, 0.995])
    return now[now[column].between(low, high)].reset_index(drop=True)
