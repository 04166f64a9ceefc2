"""Terms of keeping a customer: costs of a contact, margin and fees ahead -> its net value."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_helpers.measures.value.net_value import expected_net_value

MONTH_DAYS = 365.25 / 12
if TYPE_CHECKING:
    from crm_helpers.questions.churn.lapse_worth import LapseFollowUp


@dataclass(frozen=True)
class Terms:
    """What a contact costs and prevents, and how the value of a customer kept is counted.

    Parameters
    ----------
    save_rate : float in [0, 1]
        Share of those leaving whom a contact keeps: assumed.
    contact_cost : float, in currency
        Of one contact.
    margin_share : float in [0, 1]
        Share of revenue or fees that is margin, where no cost is known.
    horizon_months : int
        Months ahead that count.
    observation_days : int
        Days of the past whose pace is carried on.
    is_cost_known : bool, default True
        Whether margin can be counted where the source has it; else margin_share of revenue is.
    seen : LapseFollowUp, optional
        What customers of an earlier day brought after a lapse, and without one.
    """

    save_rate: float
    contact_cost: float
    margin_share: float
    horizon_months: int
    observation_days: int
    is_cost_known: bool = True
    seen: "LapseFollowUp | None" = None

    @property
    def horizon_days(self) -> int:
        """Days of the months ahead that count."""
        return round(self.horizon_months * MONTH_DAYS)

    @property
    def ahead_words(self) -> str:
        """How long ahead a lapse is counted: the months, or the days that could be followed."""
        if self.seen is None or self.seen.days >= self.horizon_days:
            return f"{self.horizon_months} months"
        return f"{self.seen.days} days"

    def margin_ahead(self, rows: pd.DataFrame) -> pd.Series:
        """Margin of a customer over the months ahead at the pace of the observation window.

        Parameters
        ----------
        rows : DataFrame, one row per customer
            With margin_sum, or revenue_sum and returns_share, and first_order_age_days.

        Returns
        -------
        Series of float, in currency, zero or more
            Empty where the source has no prices: not known is not zero.
        """
        if self.counts_margin(rows):
            margin = rows["margin_sum"]
        elif "revenue_sum" in rows:
            margin = rows["revenue_sum"] * (1 - rows["returns_share"]) * self.margin_share
        else:
            return pd.Series(np.nan, index=rows.index)
        oldest = rows["first_order_age_days"].max()
        days = min(self.observation_days, int(oldest) + 1 if len(rows) else 1)
        return (margin * (self.horizon_months * MONTH_DAYS) / days).clip(lower=0)

    def margin_lost(self, rows: pd.DataFrame) -> pd.Series:
        """Margin of the months ahead that a customer would bring less after a lapse.

        Some who lapse order again later, and who stays does not stay at the old pace: both were
        seen on customers of an earlier day (`seen`). Where nobody could be followed, all margin
        is taken for lost, which is the most that it can be.

        Parameters
        ----------
        rows : DataFrame, one row per customer
            As for `margin_ahead`, with recency_days.

        Returns
        -------
        Series of float, in currency, zero or more
            Empty where the source has no prices.
        """
        ahead = self.margin_ahead(rows)
        if self.seen is None:
            return ahead
        return ahead * self.seen.loss.share(ahead, rows["recency_days"])

    def counts_margin(self, rows: pd.DataFrame) -> bool:
        """Whether margin is counted from costs, not taken as a share of revenue."""
        return self.is_cost_known and "margin_sum" in rows

    def asks_for_prices(self, rows: pd.DataFrame) -> bool:
        """Whether nobody can say what these customers bring."""
        return not {"margin_sum", "revenue_sum"} & set(rows.columns)

    def asks_for_fees(self, rows: pd.DataFrame) -> bool:
        """Whether nobody can say what these contracts bring."""
        return "monthly_fee" not in rows or bool(rows["monthly_fee"].isna().all())

    def fees_ahead(self, rows: pd.DataFrame) -> pd.Series:
        """Fees of a contract over the months ahead, if it runs on.

        Parameters
        ----------
        rows : DataFrame, one row per contract
            With monthly_fee, [plan].

        Returns
        -------
        Series of float, in currency
            A fee that is not known counts as the median of its plan, or of all; empty where no
            fee is known.
        """
        if self.asks_for_fees(rows):
            return pd.Series(np.nan, index=rows.index)
        fee = rows["monthly_fee"].astype(float)
        if "plan" in rows:
            fee = fee.fillna(fee.groupby(rows["plan"].astype(str)).transform("median"))
        return fee.fillna(rows["monthly_fee"].astype(float).median()) * self.horizon_months

    def net_value(self, probability: pd.Series, value: pd.Series) -> pd.Series:
        """What contacting a customer brings on average, less what it costs.

        Parameters
        ----------
        probability : Series of float in [0, 1], shape (n_customers,)
            Chance that the customer leaves if nothing is done.
        value : Series of float, in currency, shape (n_customers,)
            What a customer kept is worth.

        Returns
        -------
        Series of float, in currency
        """
        return expected_net_value(
            probability, save_rate=self.save_rate, value_if_kept=value, cost=self.contact_cost
        )
