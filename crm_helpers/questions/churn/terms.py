"""Terms of keeping a customer: costs of a contact, margin and fees ahead -> its net value."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.measures.value.net_value import expected_net_value


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
    """

    save_rate: float
    contact_cost: float
    margin_share: float
    horizon_months: int
    observation_days: int

    def margin_ahead(self, rows: pd.DataFrame) -> pd.Series:
        """Margin of a customer over the months ahead at the pace of the observation window.

        Parameters
        ----------
        rows : DataFrame, one row per customer
            With margin_sum, or revenue_sum and returns_share, and first_order_age_days.

        Returns
        -------
        Series of float, in currency, zero or more
            Zero where the source has no prices.
        """
        if "margin_sum" in rows:
            margin = rows["margin_sum"]
        elif "revenue_sum" in rows:
            margin = rows["revenue_sum"] * (1 - rows["returns_share"]) * self.margin_share
        else:
            margin = pd.Series(0.0, index=rows.index)
        oldest = rows["first_order_age_days"].max()
        days = min(self.observation_days, int(oldest) + 1 if len(rows) else 1)
        return (margin * (self.horizon_months * 365.25 / 12) / days).clip(lower=0)

    def fees_ahead(self, rows: pd.DataFrame) -> pd.Series:
        """Fees of a contract over the months ahead, if it runs on.

        Parameters
        ----------
        rows : DataFrame, one row per contract
            With monthly_fee.

        Returns
        -------
        Series of float, in currency; zero where the source has no fees
        """
        if "monthly_fee" not in rows:
            return pd.Series(0.0, index=rows.index)
        return rows["monthly_fee"].astype(float).fillna(0.0) * self.horizon_months

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
